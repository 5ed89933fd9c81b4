"""A page as it came: bytes with a name, and what its readers may say about it."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from newsbook.diagnostics import Report
from newsbook.model import Article, Copy, Issue


class Page(Struct, frozen=True):
    """An input before it is read. `encoding` is what the user said, or empty; `pictures` as in `Copy`.

    `url` is where it was fetched from, and empty for a file.
    """

    name: str
    raw: bytes
    pictures: tuple[str, ...]
    encoding: str
    report: Report
    url: str = ""


Reader: TypeAlias = Callable[[Page], Copy | Article | Issue]
