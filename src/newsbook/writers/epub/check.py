"""Open a finished EPUB again and hold it against its edition: every file parses, every reference resolves, and every
character of the edition's text is there, in order.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from lxml import etree

from newsbook.diagnostics import ValidationError
from newsbook.model import Edition

FOLDER = "EPUB"
_EXTERNAL = ("http://", "https://", "mailto:")


def check(made: bytes, edition: Edition) -> None:
    """Raise `ValidationError`, naming each fault, where the e-book is not whole."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        faults = tuple(_faults(archive, edition))
    if faults:
        raise ValidationError(f"the finished EPUB is not whole: {'; '.join(faults)}.")


def _faults(archive: zipfile.ZipFile, edition: Edition) -> Iterator[str]:
    names = archive.namelist()
    if names[0] != "mimetype" or len(set(names)) != len(names):
        yield "its container is out of order"
    try:
        trees = {
            name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xhtml", ".opf", ".ncx"))
        }
    except etree.XMLSyntaxError as error:
        yield f"it holds XML that does not parse ({error})"
        return
    yield from _dangling(trees, frozenset(names))
    yield from _lost(trees, edition)


def _dangling(trees: dict[str, etree._Element], names: frozenset[str]) -> Iterator[str]:
    ids = {name: [node.get("id") for node in tree.iter() if node.get("id")] for name, tree in trees.items()}
    for name, tree in trees.items():
        if len(set(ids[name])) != len(ids[name]):
            yield f"{name} uses an id twice"
        for reference in _references(tree):
            path, fragment = urldefrag(reference)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            if target not in names or (fragment and fragment not in ids.get(target, ())):
                yield f"{name} refers to {reference}, which is not there"


def _references(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter():
        for attribute in ("href", "src"):
            value = node.get(attribute)
            if value and not value.startswith(_EXTERNAL):
                yield value


def _lost(trees: dict[str, etree._Element], edition: Edition) -> Iterator[str]:
    for document in edition.documents:
        tree = trees.get(f"{FOLDER}/{document.name}.xhtml")
        if tree is None:
            yield f"the document {document.name} is missing"
            continue
        body = tree.find("{http://www.w3.org/1999/xhtml}body")
        written = "" if body is None else "".join(body.itertext()).strip()
        if written != _plain(document.body):
            yield f"the text of {document.name} is not the edition's"


def _plain(body: str) -> str:
    root = etree.fromstring(f'<body xmlns:epub="http://www.idpf.org/2007/ops">{body}</body>')
    return "".join(root.itertext()).strip()
