"""What readers are given and what they give: an input as it came, lines with their markup, and whole documents."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, Place, Report, of_it
from newsbook.gate import Caps
from newsbook.inputs import read_all
from newsbook.model import Article, Copy, Issue, Markup


class Addresses(Struct, frozen=True):
    """What an input is that holds no article and says where some are: the URLs of pages or of more such lists.

    `is_sitemap` tells that it is made for programs to follow.
    """

    urls: tuple[str, ...]
    is_sitemap: bool = False


Document: TypeAlias = Copy | Article | Issue | Addresses

Enclosed: TypeAlias = Callable[[str], bytes]
"""Returns a picture that came inside the input, by its name there. Raises `InputError` where there is none."""


class RawPage(Struct, frozen=True):
    """A page before it is read. `encoding` is the one that the user named, or empty.

    `pictures` and `album` are as in `Copy`. `url` is where the page was fetched from, and empty for a file.
    """

    name: str
    raw: bytes
    pictures: tuple[str, ...]
    encoding: str
    report: Report
    url: str = ""
    album: tuple[str, ...] = ()
    caps: Caps = Caps()


class Received(Struct, frozen=True):
    """An input as it came; its fields are as in `RawPage`.

    `open` gives its bytes from their beginning, as often as it is called.
    """

    name: str
    open: Callable[[], BinaryIO]
    pictures: tuple[str, ...]
    encoding: str
    report: Report
    url: str = ""
    album: tuple[str, ...] = ()
    caps: Caps = Caps()

    def page(self) -> RawPage:
        """Return the whole input as one page. Raises `LimitError` where it is too large for that."""
        with self.open() as file:
            raw = read_all(file, self.name, self.caps)
        return RawPage(self.name, raw, self.pictures, self.encoding, self.report, self.url, self.album, self.caps)

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes of the input."""
        with self.open() as file:
            return file.read(size)


class Taken(Struct, frozen=True):
    """A document that was read. `enclosed` returns the pictures that came in the same file, if any did."""

    document: Document
    enclosed: Enclosed | None = None


Reader: TypeAlias = Callable[[Received], Iterator[Taken]]


def pass_over(received: Received | RawPage, what: str, why: object) -> None:
    """Report that a part of an input cannot be used as an article. The others are read all the same."""
    hint = "The other articles of the input were read."
    received.report(Diagnostic(Code.ARTICLE_UNUSABLE, of_it(what, why), Place(what), hint))


class MarkedLine(Struct, frozen=True):
    """A line of the story's text and what its markup says."""

    text: str
    markup: Markup
