"""Write an edition as an EPUB: its documents, styles and pictures as items of a package."""

import io
from collections.abc import Iterator
from pathlib import Path

from ebooklib import epub

from newsbook.diagnostics import InputError
from newsbook.model import Edition, Media
from newsbook.writers.epub import pages
from newsbook.writers.epub.check import check
from newsbook.writers.epub.fitness import demand_fit
from newsbook.writers.epub.navigation import Line, depth, landmarks, lines, navigation
from newsbook.writers.epub.package import PackageWriter
from newsbook.writers.epub.statement import state

XHTML = "application/xhtml+xml"


class PictureItem(epub.EpubItem):  # type: ignore[misc] # EbookLib ships no types.
    """A picture that is read from its file when it is written, so that a volume's pictures are never all in memory."""

    def __init__(self, media: Media, uid: str) -> None:
        super().__init__(uid=uid, file_name=f"images/{media.name}", media_type=media.type)
        self._media = media

    def get_content(self, default: bytes = b"") -> bytes:
        """Return the picture's bytes. Raises `InputError` where its file cannot be read."""
        del default
        try:
            return Path(self._media.path).read_bytes()
        except OSError as error:
            raise InputError(f"the picture {self._media.name} cannot be read: {error.strerror}.") from error


def write_epub(edition: Edition, cover: bytes) -> bytes:
    """Return the edition as an EPUB 3.3 that has been opened again and found whole.

    `cover` is a JPEG, or empty for none. The same edition gives the same bytes. Raises `ValidationError` where the
    edition cannot become an e-book or the finished file is not what was asked for, and `InputError` where a picture
    cannot be read.
    """
    demand_fit(edition)
    contents = lines(edition)
    book = epub.EpubBook()
    state(book, edition, with_cover=bool(cover))
    _fill(book, edition, contents, cover)
    book.toc = tuple(_points(contents))
    target = io.BytesIO()
    PackageWriter(target, book, edition.metadata, depth(contents)).write()
    made = target.getvalue()
    check(made, edition)
    return made


def _fill(book: epub.EpubBook, edition: Edition, contents: tuple[Line, ...], cover: bytes) -> None:
    """Add every file of the edition to the book, and what is read to the spine."""
    marks = landmarks(edition, with_cover=bool(cover))
    _add(book, navigation(edition, contents, marks), "nav", XHTML, "nav")
    book.add_item(epub.EpubNcx())
    if cover:
        _add(book, pages.File(pages.COVER_PICTURE, cover), "cover-image", "image/jpeg", "cover-image")
    if cover and not pages.has_own_cover(edition):
        book.spine.append(_add(book, pages.cover_page(edition), "cover", XHTML))
    for document in edition.documents:
        file = pages.page(document, edition)
        book.spine.append(_add(book, file, f"doc-{document.name}", XHTML, *file.properties))
    for number, sheet in enumerate(edition.stylesheets, 1):
        _add(book, pages.File(f"styles/{sheet.name}", sheet.css.encode("utf-8")), f"style-{number}", "text/css")
    for number, media in enumerate(edition.media, 1):
        book.add_item(PictureItem(media, f"picture-{number}"))
    book.guide += [{"type": mark.guide, "href": mark.href, "title": mark.title} for mark in marks if mark.guide]


def _add(book: epub.EpubBook, file: pages.File, uid: str, kind: str, *properties: str) -> epub.EpubItem:
    item = epub.EpubItem(uid=uid, file_name=file.name, media_type=kind, content=file.data)
    item.properties = list(properties)
    book.add_item(item)
    return item


def _points(contents: tuple[Line, ...]) -> Iterator[object]:
    """Yield the contents as EbookLib takes them for the NCX, where every line needs a place to lead to."""
    for line in contents:
        if line.lines:
            yield epub.Section(line.title, line.target), tuple(_points(line.lines))
        else:
            yield epub.Link(line.target, line.title, f"point-{line.number}")
