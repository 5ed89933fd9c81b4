"""Mark in an e-book where the pages of its printed edition begin, by the words that stand on each.

The two are made up from one issue, so that the lines of a page stand in the e-book, in the same order and close
together. What only the page has, running heads and folios, stands nowhere near them, and is told by that.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from statistics import median_low

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import UsageError
from newsbook.documents import places, with_body
from newsbook.model import Document, Edition, PageBreak
from newsbook.writers.pdf.pdfium import page_texts

# So many characters in a row stand in one place only, or nearly so.
_TELLING = 8
# Fewer, from here on, tell where they stand right before what is found; with so many characters between, that are set
# in another way on paper.
_SHORT, _GAP = 4, 80

# What an e-book has and a printed edition has not.
_OWN = frozenset({"index", "licence"})

_MARK = Markup('<span epub:type="pagebreak" role="doc-pagebreak" id="{0}" aria-label="{1}"></span>')


class _Page(Struct, frozen=True):
    """A printed page: its label, and its lines without white space, in the order in which they were set."""

    label: str
    lines: tuple[str, ...]


def with_pages_of(edition: Edition, pdf: bytes) -> Edition:
    """Return an e-book with a mark wherever a page of `pdf` begins. Raises `UsageError` where that is another issue."""
    words = [_words(document) for document in edition.documents]
    first = [0, *accumulate(map(len, words))]
    breaks: list[PageBreak] = []
    marks: dict[int, list[tuple[int, str]]] = {}
    for number, (label, start) in enumerate(_starts(_pages(pdf), "".join(words)), 1):
        held, anchor = bisect_right(first, start) - 1, f"page-{number}"
        marks.setdefault(held, []).append((start - first[held], str(_MARK.format(anchor, label))))
        breaks.append(PageBreak(label, edition.documents[held].name, anchor))
    documents = (_marked(document, marks.get(number, [])) for number, document in enumerate(edition.documents))
    return replace(edition, documents=tuple(documents), pages=tuple(breaks), pages_of=f"{edition.metadata.title} (PDF)")


def _words(document: Document) -> str:
    """Return the characters of a document without white space, as far as a printed edition has them."""
    return "" if document.role in _OWN else "".join(document.text.split())


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
    """Return a document with marks, each before the character of its text, white space left out, of a number."""
    if not marks:
        return document
    body, stand = document.body, places(document.body)
    for number, mark in sorted(marks, reverse=True):
        body = body[: stand[number]] + mark + body[stand[number] :]
    return with_body(document, body)
