"""Mark in an e-book where the pages of its printed edition begin, by the words that stand at the top of each.

The two are made up from one issue, so that the words of a page are words of the e-book, in the same order. A page is
looked for behind the one before it; running heads, folios and the contents, which the e-book has not or has elsewhere,
are not found there. A page that begins inside a word-long line is found by its next line and led back.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import UsageError
from newsbook.model import Document, Edition, PageBreak

# A line of this many characters stands in one place only, or nearly so.
_TELLING = 8

_TEXT = re.compile(r"<[^>]*>|[^<]+")


class _Spot(Struct, frozen=True):
    """A character of the e-book: its document, and its place in the document's body."""

    document: int
    place: int


def with_pages_of(edition: Edition, pdf: bytes) -> Edition:
    """Return an e-book with a mark wherever a page of `pdf` begins. Raises `UsageError` where that is another issue."""
    starts = _starts(edition, pdf)
    breaks: list[PageBreak] = []
    marks: dict[int, list[tuple[int, str]]] = {}
    for number, (label, spot) in enumerate(starts, 1):
        marks.setdefault(spot.document, []).append((spot.place, _mark(number, label)))
        breaks.append(PageBreak(label, edition.documents[spot.document].name, f"page-{number}"))
    documents = (_marked(document, marks.get(at, [])) for at, document in enumerate(edition.documents))
    return replace(
        edition, documents=tuple(documents), pages=tuple(breaks), pages_of=f"{edition.metadata.title} (PDF)"
    )
