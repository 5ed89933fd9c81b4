"""A store for the pictures and fonts of the tests, which lasts as long as the tests do, and styles out of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from newsbook.layout import Style, load_style
from newsbook.store import Store

_folder = TemporaryDirectory(prefix="newsbook-tests-")
STORE = Store(Path(_folder.name))


def put(path: Path) -> str:
    """Put a file into the store, and return its hash."""
    return STORE.put(path.read_bytes())


def style_of(name: str = "bulletin") -> Style:
    """Return the style called `name`, or that of a folder."""
    return load_style(name, STORE)
