"""What readers are given and what they give: an input as it came, and the documents that are read from it."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, LimitError, Place, Report
from newsbook.model import Article, Copy, Issue

# An article of a hundred megabytes is no article; the bound keeps a wrong file name from filling the memory.
MOST_BYTES = 100_000_000

Document: TypeAlias = Copy | Article | Issue

Enclosed: TypeAlias = Callable[[str], bytes]
"""Returns a picture that came inside the input, by its name there. Raises `InputError` where there is none."""


class Page(Struct, frozen=True):
    """A page before it is read. `encoding` is what the user said, or empty; `pictures` as in `Copy`."""

    name: str
    raw: bytes
    pictures: tuple[str, ...]
    encoding: str
    report: Report


class Received(Struct, frozen=True):
    """An input as it came: an open file that can be read again from its beginning; the rest as in `Page`."""

    name: str
    file: BinaryIO
    pictures: tuple[str, ...]
    encoding: str
    report: Report

    def page(self) -> Page:
        """Return the whole input as one page. Raises `LimitError` where it is too large to be that."""
        self.file.seek(0)
        raw = self.file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise LimitError(f"{self.name} has more than {MOST_BYTES:,} bytes; split it.")
        return Page(self.name, raw, self.pictures, self.encoding, self.report)

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes of the input."""
        self.file.seek(0)
        return self.file.read(size)


class Taken(Struct, frozen=True):
    """A document that was read, and how to come by the pictures that came in the same file; None where none did."""

    document: Document
    enclosed: Enclosed | None = None


Reader: TypeAlias = Callable[[Received], Iterator[Taken]]


def pass_over(received: Received | Page, what: str, why: object) -> None:
    """Report that a part of an input is no article or a broken one; the others are read all the same."""
    hint = "The other articles of the input were read."
    received.report(Diagnostic(Code.ARTICLE_UNUSABLE, f"{why}", Place(what), hint))
