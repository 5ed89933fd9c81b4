"""Open a finished EPUB again and hold it against its edition.

Every file parses, every reference resolves, the manifest names what is there and nothing else, and every character of
the edition's text is in its document, in order.
"""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from newsbook.diagnostics import ValidationError
from newsbook.model import Document, Edition
from newsbook.writers.epub.pages import XHTML

FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/content.opf"
_XML = (".xhtml", ".opf", ".ncx", ".xml")
# What a reader may leave the book for. Nothing else may point outside, and nothing may be fetched from there.
_OUTSIDE = ("http://", "https://", "mailto:")
_MANY = 5

_IDS = etree.XPath("//@id", smart_strings=False)
_LINKS = etree.XPath("//*[local-name() = 'a']/@*[local-name() = 'href']", smart_strings=False)
_LOADED = etree.XPath(
    "//@src | //@srcset | //@poster | //@data | //*[local-name() != 'a']/@*[local-name() = 'href']",
    smart_strings=False,
)
# EPUB 3.3 allows these; shelves refuse them, and no news story needs them.
_ACTIVE = tuple(f"{{*}}{name}" for name in ("script", "iframe", "object", "embed", "form", "base"))
_HANDLERS = etree.XPath("//@*[starts-with(local-name(), 'on')]", smart_strings=False)


class File(Struct, frozen=True):
    """What the check remembers of a parsed file: its ids, and the references that it makes."""

    name: str
    ids: frozenset[str]
    references: tuple[str, ...]


def check(made: BinaryIO, edition: Edition) -> None:
    """Raise `ValidationError`, naming the first faults, where the e-book is not whole."""
    with zipfile.ZipFile(made) as archive:
        faults = tuple(islice(_faults(archive, edition), _MANY))
    if faults:
        raise ValidationError(f"the finished EPUB is not whole: {'; '.join(faults)}.")


def _faults(archive: zipfile.ZipFile, edition: Edition) -> Iterator[str]:
    yield from _container(archive)
    documents = {f"{FOLDER}/{document.name}.xhtml": document for document in edition.documents}
    files: dict[str, File] = {}
    for name in archive.namelist():
        if name.endswith(_XML):
            yield from _file(archive, name, documents.pop(name, None), files)
    yield from (f"the document {document.name} is missing" for document in documents.values())
    yield from _dangling(files, frozenset(archive.namelist()))


def _container(archive: zipfile.ZipFile) -> Iterator[str]:
    """Hold the container against EPUB 3.3, “OCF ZIP container”: the type first and plain, and no name twice."""
    first, *rest = archive.infolist()
    if (first.filename, first.compress_type, first.extra) != ("mimetype", zipfile.ZIP_STORED, b""):
        yield "its container does not begin with its type"
    twice = (name for name, count in Counter(archive.namelist()).items() if count > 1)
    yield from (f"{name} is in it twice" for name in twice)
    if PACKAGE not in {entry.filename for entry in rest}:
        yield "it has no package document"


def _file(archive: zipfile.ZipFile, name: str, document: Document | None, files: dict[str, File]) -> Iterator[str]:
    """Check one file by itself, and remember in `files` what the others need to know of it."""
    data = archive.read(name)
    try:
        tree = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        yield f"{name} does not parse ({error})"
        return
    ids = _strings(_IDS(tree))
    files[name] = File(name, frozenset(ids), tuple(dict.fromkeys(_inside(tree))))
    yield from (f"{name} uses the id {uid!r} twice" for uid, count in Counter(ids).items() if count > 1)
    yield from _unwanted(name, tree)
    if name == PACKAGE:
        yield from _package(tree, frozenset(archive.namelist()))
    if document:
        yield from _lost(data, tree, document)


def _strings(found: object) -> tuple[str, ...]:
    """Return the strings of an XPath result, which by its type could be anything."""
    return tuple(str(value) for value in found) if isinstance(found, list) else ()


def _inside(tree: etree._Element) -> Iterator[str]:
    yield from _strings(_LOADED(tree))
    yield from (link for link in _strings(_LINKS(tree)) if not link.lower().startswith(_OUTSIDE))


def _unwanted(name: str, tree: etree._Element) -> Iterator[str]:
    found = next(tree.iter(etree.Comment, etree.ProcessingInstruction, *_ACTIVE), None)
    if found is not None or _HANDLERS(tree):
        yield f"{name} holds comments, scripts or frames, which an e-book of ours never does"


def _package(tree: etree._Element, names: frozenset[str]) -> Iterator[str]:
    """Hold the manifest against what is there, and the spine against the manifest (EPUB 3.3, “Package document”)."""
    items = {item.get("id"): item for item in tree.iterfind("{*}manifest/{*}item")}
    hrefs = Counter(unquote(item.get("href", "")) for item in tree.iterfind("{*}manifest/{*}item"))
    listed = {posixpath.join(FOLDER, href) for href in hrefs}
    there = {name for name in names if name.startswith(f"{FOLDER}/")} - {PACKAGE}
    yield from (f"{name} is not in the manifest" for name in sorted(there - listed))
    yield from (f"the manifest names {name}, which is not there" for name in sorted(listed - there))
    yield from (f"the manifest names {href} twice" for href, count in hrefs.items() if count > 1)
    spine = [reference.get("idref") for reference in tree.iterfind("{*}spine/{*}itemref")]
    if not spine or len(set(spine)) != len(spine) or not items.keys() >= set(spine):
        yield "its spine does not follow its manifest"


def _lost(data: bytes, tree: etree._Element, document: Document) -> Iterator[str]:
    """Hold what stands in a document against the edition, byte by byte; that it is text, its parsing has shown."""
    page, _, _ = data.rpartition(b"</body>")
    _, _, held = page.partition(b"<body")[2].partition(b">")
    if held != document.body.encode("utf-8") or [child.tag for child in tree] != [f"{XHTML}head", f"{XHTML}body"]:
        yield f"the text of the document {document.name} is not the edition's"


def _dangling(files: dict[str, File], names: frozenset[str]) -> Iterator[str]:
    for file in files.values():
        folder = posixpath.dirname(file.name)
        for reference in file.references:
            path, _, anchor = reference.partition("#")
            target = _resolved(folder, path) if path else file.name
            known = files[target].ids if target in files else frozenset()
            if target not in names or (anchor and unquote(anchor) not in known):
                yield f"{file.name} refers to {reference}, which is not there"


@lru_cache(maxsize=64)
def _resolved(folder: str, path: str) -> str:
    """Return the name of the file that a path in a file of `folder` leads to; many ask for the same sheets."""
    return posixpath.normpath(posixpath.join(folder, unquote(path)))
