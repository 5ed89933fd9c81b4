"""Write an edition as an EPUB: its documents, styles and pictures as items of a package, and what it says of itself."""

import io
from collections.abc import Iterator
from pathlib import Path

from ebooklib import epub

from newsbook.model import Edition, Entry, Media, Metadata
from newsbook.writers.epub import pages
from newsbook.writers.epub.check import check
from newsbook.writers.epub.package import PackageWriter

XHTML = "application/xhtml+xml"


class PictureItem(epub.EpubItem):  # type: ignore[misc] # EbookLib ships no types.
    """A picture that is read from its file when it is written, so that a volume's pictures are never all in memory."""

    def __init__(self, media: Media, uid: str) -> None:
        super().__init__(uid=uid, file_name=f"images/{media.name}", media_type=media.type)
        self._path = Path(media.path)

    def get_content(self, default: bytes = b"") -> bytes:
        """Return the picture's bytes."""
        del default
        return self._path.read_bytes()


def write_epub(edition: Edition, cover: bytes) -> bytes:
    """Return the edition as an EPUB 3.3 that has been opened again and found whole.

    `cover` is a JPEG, or empty for none. The same edition gives the same bytes. Raises `ValidationError` where a
    document is not well-formed or the finished file is not what was asked for.
    """
    book = epub.EpubBook()
    _describe(book, edition, with_cover=bool(cover))
    _fill(book, edition, cover)
    book.toc = tuple(_links(edition.contents))
    target = io.BytesIO()
    PackageWriter(target, book, edition.metadata, _depth(edition.contents)).write()
    made = target.getvalue()
    check(made, edition)
    return made


def _describe(book: epub.EpubBook, edition: Edition, *, with_cover: bool) -> None:
    metadata = edition.metadata
    book.set_identifier(metadata.identifier)
    book.set_title(metadata.title)
    book.set_language(metadata.language)
    for name, value in _dublin_core(metadata):
        book.add_metadata("DC", name, value)
    for number, person in enumerate(metadata.contributors, 1):
        name = "creator" if person.relator == "aut" else "contributor"
        book.add_metadata("DC", name, person.name, {"id": f"person{number}"})
        role = {"refines": f"#person{number}", "property": "role", "scheme": "marc:relators"}
        book.add_metadata(None, "meta", person.relator, role)
    for name, value in _accessibility(edition):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    if with_cover:
        book.add_metadata(None, "meta", None, {"name": "cover", "content": "cover-image"})


def _dublin_core(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield from (("language", language) for language in metadata.languages if language != metadata.language)
    yield from (("source", source) for source in metadata.sources)
    optional = (
        ("date", metadata.date),
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("description", metadata.description),
    )
    yield from ((name, value) for name, value in optional if value)


def _accessibility(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield EPUB Accessibility 1.1 metadata that says only what is true.

    Alternative text is not claimed: whether a picture's words can stand for it is the editor's to say.
    """
    yield "accessMode", "textual"
    if edition.media:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual,visual" if edition.media else "textual"
    yield from (("accessibilityFeature", name) for name in ("displayTransformability", "readingOrder"))
    yield from (("accessibilityFeature", name) for name in ("structuralNavigation", "tableOfContents"))
    yield "accessibilityHazard", "none"
    yield "accessibilitySummary", edition.metadata.accessibility


def _fill(book: epub.EpubBook, edition: Edition, cover: bytes) -> None:
    """Add every file of the edition to the book, and what is read to the spine."""
    _add(book, pages.navigation(edition, with_cover=bool(cover)), "nav", XHTML, "nav")
    book.add_item(epub.EpubNcx())
    if cover:
        _add(book, pages.File("images/cover.jpg", cover), "cover-image", "image/jpeg", "cover-image")
        book.spine.append(_add(book, pages.cover_page(edition), "cover", XHTML))
        book.guide.append({"type": "cover", "href": "cover.xhtml", "title": edition.metadata.title})
    for document in edition.documents:
        book.spine.append(_add(book, pages.page(document, edition), document.name, XHTML))
    for number, sheet in enumerate(edition.stylesheets, 1):
        file = pages.File(f"styles/{sheet.name}", sheet.css.encode("utf-8"))
        _add(book, file, f"style{number}", "text/css")
    for number, media in enumerate(edition.media, 1):
        book.add_item(PictureItem(media, f"picture{number}"))


def _add(book: epub.EpubBook, file: pages.File, uid: str, kind: str, *properties: str) -> epub.EpubItem:
    item = epub.EpubItem(uid=uid, file_name=file.name, media_type=kind, content=file.data)
    item.properties = list(properties)
    book.add_item(item)
    return item


def _links(entries: tuple[Entry, ...]) -> Iterator[object]:
    for entry in entries:
        href = f"{entry.document}.xhtml"
        if entry.entries:
            yield epub.Section(entry.title, href), tuple(_links(entry.entries))
        else:
            yield epub.Link(href, entry.title, f"toc-{entry.document}")


def _depth(entries: tuple[Entry, ...]) -> int:
    return 1 + max((_depth(entry.entries) for entry in entries), default=0) if entries else 0
