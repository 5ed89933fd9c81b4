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

# What names a file to load, or, in a link, to go to.
_LOADING = frozenset({"src", "srcset", "poster", "data"})
# EPUB 3.3 allows these; shelves refuse them, and no news story needs them.
_ACTIVE = frozenset({"script", "iframe", "object", "embed", "form", "base"})


class File(Struct, frozen=True):
    """What the check remembers of a file: its own faults, its ids, and the references that it makes."""

    name: str
    faults: tuple[str, ...]
    ids: frozenset[str] = frozenset()
    references: tuple[str, ...] = ()


def check(made: BinaryIO, edition: Edition) -> None:
    """Raise `ValidationError`, naming the first faults, where the e-book is not whole."""
    with zipfile.ZipFile(made) as archive:
        faults = tuple(islice(_faults(archive, edition), _MANY))
    if faults:
        raise ValidationError(f"the finished EPUB is not whole: {'; '.join(faults)}.")


def _faults(archive: zipfile.ZipFile, edition: Edition) -> Iterator[str]:
    yield from _container(archive)
    documents = {f"{FOLDER}/{document.name}.xhtml": document for document in edition.documents}
    names = (name for name in archive.namelist() if name.endswith(_XML))
    files = {name: _file(archive, name, documents.get(name)) for name in names}
    yield from (fault for file in files.values() for fault in file.faults)
    yield from (f"the document {documents[name].name} is missing" for name in documents if name not in files)
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


def _file(archive: zipfile.ZipFile, name: str, document: Document | None) -> File:
    """Check one file by itself, and keep what the others need to know of it."""
    data = archive.read(name)
    try:
        tree = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        return File(name, (f"{name} does not parse ({error})",))
    ids, references, is_plain = _walk(tree)
    unique = frozenset(ids)
    faults: list[str] = []
    if len(unique) < len(ids):
        faults += (f"{name} uses the id {uid!r} twice" for uid, count in Counter(ids).items() if count > 1)
    if not is_plain:
        faults.append(f"{name} holds comments, scripts or frames, which an e-book of ours never does")
    if name == PACKAGE:
        faults += _package(tree, frozenset(archive.namelist()))
    if document:
        faults += _lost(data, tree, document)
    return File(name, tuple(faults), unique, tuple(dict.fromkeys(references)))


def _walk(tree: etree._Element) -> tuple[list[str], list[str], bool]:
    """Return the ids in a tree, its references inside the book, and whether it is free of what may not be there.

    One walk finds all, for a volume has tens of thousands of elements.
    """
    ids: list[str] = []
    references: list[str] = []
    is_plain = True
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        is_plain &= isinstance(element.tag, str) and tag not in _ACTIVE
        for attribute, value in element.items():
            name = str(attribute).rpartition("}")[2]
            if attribute == "id":
                ids.append(str(value))
            elif attribute in _LOADING or (name == "href" and _is_inside(tag, str(value))):
                references.append(str(value))
            is_plain &= not name.startswith("on")
    return ids, references, is_plain


def _is_inside(tag: str, href: str) -> bool:
    """Tell whether a reference must be found in the book: all but a link that a reader may leave it by."""
    return tag != "a" or not href.lower().startswith(_OUTSIDE)


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
            target, anchor = _resolved(folder, reference)
            target = target or file.name
            known = files[target].ids if anchor and target in files else frozenset()
            if target not in names or (anchor and anchor not in known):
                yield f"{file.name} refers to {reference}, which is not there"


@lru_cache(maxsize=64)
def _resolved(folder: str, reference: str) -> tuple[str, str]:
    """Return what a reference in a file of `folder` leads to, a file, or none for its own, and an id there.

    Many ask for the same sheets.
    """
    path, _, anchor = reference.partition("#")
    return posixpath.normpath(posixpath.join(folder, unquote(path))) if path else "", unquote(anchor)
