"""Mark in an e-book where the pages of its printed edition begin, by the words that stand on each.

The two are made up from one issue, so that the lines of a page stand in the e-book, in the same order and close
together. What only the page has, running heads and folios, stands nowhere near them, and is told by that.
"""

import re
from collections.abc import Iterator
from html import unescape
from statistics import median_low

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import UsageError
from newsbook.model import Document, Edition, PageBreak
from newsbook.writers.pdf.pdfium import page_texts

# So many characters in a row stand in one place only, or nearly so.
_TELLING = 8
# Fewer, from here on, tell where they stand right before what is found; with so many characters between, that are set
# in another way on paper.
_SHORT, _GAP = 4, 80

# What an e-book has and a printed edition has not.
_OWN = frozenset({"index", "licence"})

_PIECE = re.compile(r"<[^>]*>|&[^;<]*;|[^<&]", re.DOTALL)
_MARK = Markup('<span epub:type="pagebreak" role="doc-pagebreak" id="{0}" aria-label="{1}"></span>')


class _Spot(Struct, frozen=True):
    """A character of the e-book: the number of its document, and its place in the document's body."""

    document: int
    place: int


class _Page(Struct, frozen=True):
    """A printed page: its label, and its lines without white space, in the order in which they were set."""

    label: str
    lines: tuple[str, ...]


def with_pages_of(edition: Edition, pdf: bytes) -> Edition:
    """Return an e-book with a mark wherever a page of `pdf` begins. Raises `UsageError` where that is another issue."""
    text, spots = _words(edition)
    breaks: list[PageBreak] = []
    marks: dict[int, list[tuple[int, str]]] = {}
    for number, (label, start) in enumerate(_starts(_pages(pdf), text), 1):
        spot, anchor = spots[start], f"page-{number}"
        marks.setdefault(spot.document, []).append((spot.place, str(_MARK.format(anchor, label))))
        breaks.append(PageBreak(label, edition.documents[spot.document].name, anchor))
    documents = (_marked(document, marks.get(number, [])) for number, document in enumerate(edition.documents))
    return replace(edition, documents=tuple(documents), pages=tuple(breaks), pages_of=f"{edition.metadata.title} (PDF)")


def _words(edition: Edition) -> tuple[str, list[_Spot]]:
    """Return the characters of an e-book without white space, and where each of them stands."""
    characters: list[str] = []
    spots: list[_Spot] = []
    for number, document in enumerate(edition.documents):
        if document.role in _OWN:
            continue
        for piece in _PIECE.finditer(document.body):
            bare = "" if piece[0].startswith("<") else unescape(piece[0]).strip()
            characters += bare
            spots += [_Spot(number, piece.start())] * len(bare)
    return "".join(characters), spots


def _pages(pdf: bytes) -> Iterator[_Page]:
    """Yield the pages of a PDF. Raises `UsageError` where it is none."""
    try:
        pages = page_texts(pdf)
    except ValueError as error:
        raise UsageError("what --pages names is no PDF; make one of the same issue with `newsbook pdf`.") from error
    for number, page in enumerate(pages, 1):
        yield _Page(page.label or str(number), tuple("".join(line.split()) for line in page.text.splitlines()))


def _starts(pages: Iterator[_Page], text: str) -> Iterator[tuple[str, int]]:
    """Yield the label of each page and where its first character stands in `text`; the first page begins the book.

    A page without words of its own, such as one that a picture fills, begins where the next one does.
    """
    at, waiting, missed, count = 0, list[str](), 0, 0
    for count, page in enumerate(pages, 1):
        start = _start(page.lines, text, at) if count > 1 else 0
        waiting.append(page.label)
        if start is None:
            missed += 1
            continue
        at = start
        yield from ((label, at) for label in waiting)
        waiting = []
    if not text or missed * 2 > count:
        raise UsageError("the PDF that --pages names is of another issue; make it of the same one with `newsbook pdf`.")


def _start(lines: tuple[str, ...], text: str, behind: int) -> int | None:
    """Return where the first line of a page stands in `text`, at `behind` or later."""
    found = [(text.find(line, behind), number) for number, line in enumerate(lines) if len(line) >= _TELLING]
    places = [place for place, _ in found if place >= 0]
    if not places:
        return None
    middle, reach = median_low(places), sum(map(len, lines))
    start, number = min((place, number) for place, number in found if place >= 0 and abs(place - middle) <= reach)
    for line in reversed(lines[:number]):
        gap = _GAP if len(line) >= _SHORT else 0
        place = text.rfind(line, max(behind, start - len(line) - gap), start) if line else -1
        start = place if place >= 0 else start
    return start


def _marked(document: Document, marks: list[tuple[int, str]]) -> Document:
    body = document.body
    for place, mark in sorted(marks, reverse=True):
        body = body[:place] + mark + body[place:]
    return replace(document, body=body)
