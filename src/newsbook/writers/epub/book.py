"""Write an edition as an EPUB: its documents, styles, pictures and fonts as items of a package."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from ebooklib import epub

from newsbook.diagnostics import InputError
from newsbook.model import Edition, Media
from newsbook.store import Store
from newsbook.writers.epub import pages
from newsbook.writers.epub.check import check
from newsbook.writers.epub.fitness import demand_fit
from newsbook.writers.epub.navigation import ContentsLine, depth, landmarks, lines, navigation
from newsbook.writers.epub.package import PackageWriter
from newsbook.writers.epub.parts import in_parts
from newsbook.writers.epub.statement import state

XHTML = "application/xhtml+xml"

# Apple Books sets what a book brings along only where it is told to: Apple Books Asset Guide, “Fonts”.
_DISPLAY_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"


class Item(epub.EpubItem):  # type: ignore[misc] # EbookLib ships no types.
    """A file that is made when it is written, so that a volume's files are never all in memory."""

    def __init__(self, name: str, uid: str, kind: str, make: Callable[[], bytes]) -> None:
        super().__init__(uid=uid, file_name=name, media_type=kind)
        self.properties: list[str] = []
        self._make = make

    def get_content(self, default: bytes = b"") -> bytes:
        """Return the file's bytes."""
        del default
        return self._make()


def write_epub(edition: Edition, cover: bytes, target: BinaryIO, store: Store) -> None:
    """Write the edition as an EPUB 3.3 into `target`, then open it again and find it whole.

    Its pictures are in `store`. `cover` is a JPEG, or empty for none. The same edition gives the same bytes. `target`
    must be open for writing and reading. Raises `ValidationError` where the edition cannot become an e-book or the
    finished file is not what was asked for, and `InputError` where the store lacks a picture.
    """
    demand_fit(edition)
    edition = in_parts(edition)
    contents = lines(edition)
    book = epub.EpubBook()
    state(book, edition, with_cover=bool(cover))
    _fill(book, edition, contents, cover, store)
    book.toc = tuple(_points(contents))
    book.set_direction(edition.progression)
    PackageWriter(target, book, edition, depth(contents)).write()
    check(target, edition)


def _fill(
    book: epub.EpubBook, edition: Edition, contents: tuple[ContentsLine, ...], cover: bytes, store: Store
) -> None:
    """Add every file of the edition to the book, and what is read to the spine."""
    marks = landmarks(edition, with_cover=bool(cover))
    _add(book, "nav.xhtml", "nav", XHTML, partial(navigation, edition, contents, marks), "nav")
    book.add_item(epub.EpubNcx())
    if cover:
        _add(book, pages.COVER_PICTURE, "cover-image", "image/jpeg", lambda: cover, "cover-image")
    if cover and not pages.has_own_cover(edition):
        book.spine.append(_add(book, pages.COVER_PAGE, "cover", XHTML, partial(pages.cover_page, edition)))
    pictures = {media.name: (number, media) for number, media in enumerate(edition.media, 1)}
    for document in edition.documents:
        make = partial(pages.page, document, edition)
        item = _add(book, f"{document.name}.xhtml", f"doc-{document.name}", XHTML, make, *pages.properties(document))
        book.spine.append(item)
        for name in document.images:
            if name in pictures:
                _add_picture(book, *pictures.pop(name), store)
    for held in pictures.values():
        _add_picture(book, *held, store)
    for number, sheet in enumerate(edition.stylesheets, 1):
        _add(book, f"styles/{sheet.name}", f"style-{number}", "text/css", partial(sheet.css.encode, "utf-8"))
    for number, font in enumerate(edition.fonts, 1):
        _add(book, f"fonts/{font.name}", f"font-{number}", font.type, partial(bytes, font.data))
    if edition.fonts:
        _add(book, _DISPLAY_OPTIONS, "display-options", "", pages.display_options).manifest = False
    book.guide += [{"type": mark.guide, "href": mark.href, "title": mark.title} for mark in marks if mark.guide]


def _add_picture(book: epub.EpubBook, number: int, media: Media, store: Store) -> None:
    _add(book, f"images/{media.name}", f"picture-{number}", media.type, partial(_read, media, store))


def _add(book: epub.EpubBook, name: str, uid: str, kind: str, make: Callable[[], bytes], *properties: str) -> Item:
    item = Item(name, uid, kind, make)
    item.properties += properties
    book.add_item(item)
    return item


def _read(media: Media, store: Store) -> bytes:
    """Return the bytes of a picture. Raises `InputError` where the store lacks it."""
    try:
        return store.read(media.sha256)
    except InputError as error:
        raise InputError(f"the picture {media.name} cannot be read: {error}.") from error


def _points(contents: tuple[ContentsLine, ...]) -> Iterator[object]:
    """Yield the contents as EbookLib takes them for the NCX, where every line needs a place to lead to."""
    for line in contents:
        if line.lines:
            yield epub.Section(line.title, line.target), tuple(_points(line.lines))
        else:
            yield epub.Link(line.target, line.title, f"point-{line.number}")
