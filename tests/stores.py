"""A store for the pictures of the tests, which lasts as long as the tests do."""

from pathlib import Path
from tempfile import TemporaryDirectory

from newsbook.store import Store

_folder = TemporaryDirectory(prefix="newsbook-tests-")
STORE = Store(Path(_folder.name))


def put(path: Path) -> str:
    """Put a file into the store, and return its hash."""
    return STORE.put(path.read_bytes())
