"""Make several documents of one that is too long for e-readers, and lead links to where their places went."""

from collections.abc import Iterator

from markupsafe import escape
from msgspec.structs import replace

from newsbook.diagnostics import ValidationError
from newsbook.documents import document as made
from newsbook.documents import with_body
from newsbook.model import Document, Edition, PageBreak
from newsbook.writers.epub.cutting import cut

# Adobe's reading engine, which many devices are built on, stops at 300 KB; the page around a body has its share too.
LIMIT = 280_000


def in_parts(edition: Edition) -> Edition:
    """Return `edition` with every document short enough, and its links and pages led to where their places went.

    The parts of `a001` are `a001`, `a001-part2` and so on. Raises `ValidationError` where a long document is not
    well-formed.
    """
    if not any(map(_is_long, edition.documents)):
        return edition
    parts = [(document.name, part) for document in edition.documents for part in _parts(document)]
    places = {(whole, uid): part.name for whole, part in parts for uid in part.anchors}
    return replace(
        edition,
        documents=tuple(_relinked(part, whole, places) for whole, part in parts),
        pages=tuple(_placed(page, places) for page in edition.pages),
    )


def _is_long(document: Document) -> bool:
    # The second test counts, the first spares it most documents: UTF-8 takes four bytes for a character at the most.
    return len(document.body) * 4 > LIMIT and len(document.body.encode("utf-8")) > LIMIT


def _parts(document: Document) -> Iterator[Document]:
    if not _is_long(document):
        yield document
        return
    try:
        bodies = cut(document.body, LIMIT)
    except ValueError as error:
        raise ValidationError(f"the e-book's document {document.name} is not well-formed: {error}.") from error
    for number, body in enumerate(bodies, 1):
        name = f"{document.name}-part{number}" if number > 1 else document.name
        yield made(name, document.role, document.title, document.language, body)


def _relinked(part: Document, whole: str, places: dict[tuple[str, str], str]) -> Document:
    body = part.body
    for link in part.links:
        led = _led(link, part.name, whole, places)
        if led != link:
            body = body.replace(f' href="{escape(link)}"', f' href="{escape(led)}"')
    return part if body == part.body else with_body(part, body)


def _led(link: str, part: str, whole: str, places: dict[tuple[str, str], str]) -> str:
    """Return a link as it stands in a part of the document `whole`: to where the place went that it leads to."""
    path, _, anchor = link.partition("#")
    if ":" in path or not anchor:
        return link
    target = path.removesuffix(".xhtml") or whole
    file = places.get((target, anchor), target)
    return f"#{anchor}" if file == part else f"{file}.xhtml#{anchor}"


def _placed(page: PageBreak, places: dict[tuple[str, str], str]) -> PageBreak:
    return replace(page, document=places.get((page.document, page.anchor), page.document))
