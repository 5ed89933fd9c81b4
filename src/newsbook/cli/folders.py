"""Where the user's programs keep what they can get again, and what they need for as long as they run."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsbook.diagnostics import OutputError


def cache_folder() -> str:
    """Return the folder for what newsbook has fetched, as the system has it; empty where the user has no home.

    XDG Base Directory Specification, and its like on macOS and Windows.
    """
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if stated.is_absolute():
        return str(stated / "newsbook")
    try:
        home = Path.home()
    except RuntimeError:
        return ""
    if sys.platform == "win32":
        return str(Path(os.environ.get("LOCALAPPDATA", home)) / "newsbook" / "cache")
    return str(home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "newsbook")


@contextmanager
def workshop() -> Iterator[Path]:
    """Yield a new folder that lasts as long as the context. Raises `OutputError` where none can be made."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="newsbook-")
    except OSError as error:
        message = f"there is no place for temporary files ({error.strerror}); make room, or name a folder in TMPDIR."
        raise OutputError(message) from error
    with folder as name:
        yield Path(name)
