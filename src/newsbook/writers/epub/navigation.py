"""The ways into an e-book: its contents as lines that lead somewhere, and its landmarks."""

from collections.abc import Iterator

from msgspec import Struct

from newsbook.model import Document, Edition, Entry
from newsbook.writers.epub.pages import COVER_PAGE, cover_title, has_own_cover, render

# EPUB Structural Semantics Vocabulary 1.1, and the OPF 2.0.1 guide's word for the same place (§2.6), which Kindle
# still reads: https://www.w3.org/TR/epub-ssv-11/ and https://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm
_LANDMARKS = (
    ("cover", "cover", "cover"),
    ("contents", "toc", "toc"),
    ("article", "bodymatter", "text"),
    ("index", "index", "index"),
    ("colophon", "colophon", "colophon"),
)


class Landmark(Struct, frozen=True):
    """A place that reading systems offer to jump to; `guide` is its name in an OPF 2 guide."""

    kind: str
    guide: str
    href: str
    title: str


class ContentsLine(Struct, frozen=True):
    """A line of the contents. `href` is empty for a heading that leads nowhere; `target` is then its first line's."""

    number: int
    title: str
    href: str
    target: str
    language: str
    lines: tuple["ContentsLine", ...] = ()


def lines(edition: Edition) -> tuple[ContentsLine, ...]:
    """Return the edition's contents. A line without words takes its document's title, or its name."""
    documents = {document.name: document for document in edition.documents}
    numbers = iter(range(1, 1 + _count(edition.contents)))
    return tuple(_lines(edition.contents, documents, numbers))


def _lines(
    entries: tuple[Entry, ...], documents: dict[str, Document], numbers: Iterator[int]
) -> Iterator[ContentsLine]:
    for entry in entries:
        number = next(numbers)
        below = tuple(_lines(entry.entries, documents, numbers))
        document = documents.get(entry.document)
        title = entry.title.strip() or (document and document.title.strip()) or entry.document
        href = f"{entry.document}.xhtml" if document else ""
        yield ContentsLine(number, title, href, href or below[0].target, document.language if document else "", below)


def _count(entries: tuple[Entry, ...]) -> int:
    return sum(1 + _count(entry.entries) for entry in entries)


def depth(contents: tuple[ContentsLine, ...]) -> int:
    """Return how many levels the contents have."""
    return max((1 + depth(line.lines) for line in contents), default=0)


def navigation(edition: Edition, contents: tuple[ContentsLine, ...], marks: tuple[Landmark, ...]) -> bytes:
    """Return the navigation document: contents, pages, landmarks (EPUB 3.3, “EPUB navigation document”)."""
    title = next((_title(document, edition) for document in _in_role(edition, "contents")), edition.metadata.title)
    return render("nav.xhtml", edition=edition, lines=contents, title=title, landmarks=marks)


def landmarks(edition: Edition, *, with_cover: bool) -> tuple[Landmark, ...]:
    """Return the places that the edition has, each the first document of its role."""
    return tuple(_landmarks(edition, with_cover=with_cover))


def _landmarks(edition: Edition, *, with_cover: bool) -> Iterator[Landmark]:
    if with_cover and not has_own_cover(edition):
        yield Landmark("cover", "cover", COVER_PAGE, cover_title(edition))
    for role, kind, guide in _LANDMARKS:
        for document in _in_role(edition, role)[:1]:
            yield Landmark(kind, guide, f"{document.name}.xhtml", _title(document, edition))


def _in_role(edition: Edition, role: str) -> tuple[Document, ...]:
    return tuple(document for document in edition.documents if document.role == role)


def _title(document: Document, edition: Edition) -> str:
    return document.title.strip() or edition.metadata.title
