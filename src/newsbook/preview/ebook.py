"""An EPUB as the preview shows it: the order of its documents, and its files, each as a reading system takes it."""

import posixpath
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from msgspec import Struct

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_XHTML = "{http://www.w3.org/1999/xhtml}"

TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
"""What is shown of an e-book, by its suffix."""


class Chapter(Struct, frozen=True):
    """A document in the order of reading: where it lies in the archive, and what the contents call it."""

    path: str
    title: str


class Chapters(Struct, frozen=True):
    """The documents of a book, and which way its pages turn, `ltr` or `rtl`."""

    chapters: tuple[Chapter, ...]
    direction: str = "ltr"


def chapters_of(file: Path) -> Chapters:
    """Return the documents of a book. Raises `ValueError` where the file is no EPUB."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with ZipFile(file) as archive:
            container = etree.fromstring(archive.read(_CONTAINER), parser)
            place = container.xpath("string(//*[local-name()='rootfile']/@full-path)")
            package = etree.fromstring(archive.read(place), parser)
            folder = posixpath.dirname(place)
            items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
            spine = next(package.iter(f"{_OPF}spine"))
            paths = [_joined(folder, items[reference.get("idref")]) for reference in spine.iter(f"{_OPF}itemref")]
            navigation = next(item for item in items.values() if "nav" in item.get("properties", "").split())
            nav = _joined(folder, navigation)
            titles = _titles(etree.fromstring(archive.read(nav), parser), posixpath.dirname(nav))
    except (zipfile.BadZipFile, KeyError, StopIteration, AttributeError, etree.XMLSyntaxError) as error:
        raise ValueError(f"this is no e-book: {error}") from error
    chapters = tuple(Chapter(path, titles.get(path, posixpath.basename(path))) for path in paths)
    return Chapters(chapters, spine.get("page-progression-direction") or "ltr")


def _joined(folder: str, item: "_Element") -> str:
    """Return where an item of the package lies in the archive."""
    return posixpath.join(folder, item.get("href", ""))


def _titles(nav: "_Element", folder: str) -> dict[str, str]:
    titles: dict[str, str] = {}
    for link in nav.iter(f"{_XHTML}a"):
        path = posixpath.normpath(posixpath.join(folder, link.get("href", "").partition("#")[0]))
        titles.setdefault(path, " ".join("".join(link.itertext()).split()))
    return titles


def file_in(file: Path, path: str) -> tuple[bytes, str] | None:
    """Return a file of a book and its media type; None where there is none that is shown."""
    kind = TYPES.get(posixpath.splitext(path)[1].lower())
    try:
        with ZipFile(file) as archive:
            return (archive.read(path), kind) if kind else None
    except (zipfile.BadZipFile, KeyError, OSError):
        return None
