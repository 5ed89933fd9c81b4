"""Where the user's programs keep what they can get again."""

import os
import sys
from pathlib import Path


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


def store_folder() -> str:
    """Return the folder for what builds have worked out; empty where the user has no home."""
    folder = cache_folder()
    return str(Path(folder) / "builds") if folder else ""
