"""Read EPUB: each document of the spine that tells a story is an article, with the pictures that the book holds.

EPUB 2 and 3, by the package's own account. https://www.w3.org/TR/epub-33/
"""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree
from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.readers.encoding import decode_xml
from newsbook.readers.interface import Enclosed, RawPage, Received, Taken, pass_over
from newsbook.readers.newsitem import ItemFacts, NewsItem, copy_of
from newsbook.readers.values import iso
from newsbook.readers.xml import every, first, parse, words
from newsbook.readers.ziparchive import ZipArchive, joined, opened, read_from

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = re.compile(r"\.(?:ttf|otf|woff2?)$", re.IGNORECASE)
_XHTML = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})

# Structural semantics: what of a book is no story. https://www.w3.org/TR/epub-ssv-11/ and OPF 2.0.1, section 2.6.
_APPARATUS = frozenset({
    "cover", "toc", "landmarks", "loi", "lot", "titlepage", "title-page", "halftitlepage", "copyright-page", "colophon",
    "imprint", "index", "page-list", "text-cover", "notes-page",
})  # fmt: skip
_TYPED = re.compile(r"<(?:body|section|article|div|nav)\b[^>]*\bepub:type\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body>|\Z)", re.IGNORECASE | re.DOTALL)
# What an e-book that newsbook made shows where a picture was not supplied.
_FRAME = re.compile(r'<p class="not-supplied">[^<]*</p>')
_TEXT = re.compile(r"<[^>]*>|\s+")
_FEWEST = 40


class _Book(Struct, frozen=True):
    """What a package states: the documents in reading order, what the guide calls them, their titles, the facts."""

    spine: tuple[str, ...]
    roles: dict[str, str]
    titles: dict[str, str]
    facts: ItemFacts


def read_epub(received: Received) -> Iterator[Taken]:
    """Yield the articles in a book. Raises `InputError` where it is broken, locked, or holds none."""
    found = 0
    with opened(received) as archive:
        _refuse_locked(archive, received.name)
        book = _book(archive, received)
        for number, name in enumerate(book.spine, 1):
            try:
                item = _item(archive, name, book, received, number)
                if item:
                    found += 1
                    yield Taken(copy_of(item), _enclosed(received, posixpath.dirname(name)))
            except (InputError, LimitError) as error:
                pass_over(received, f"{received.name}/{name}", error)
    if not found:
        raise InputError(f"{received.name} is an EPUB without an article in it.")


def _refuse_locked(archive: ZipArchive, name: str) -> None:
    """Raise `InputError` where more of a book is encrypted than its fonts."""
    if _ENCRYPTION not in archive:
        return
    locked = re.findall(rb"CipherReference[^>]*URI\s*=\s*[\"']([^\"']+)", archive.read(_ENCRYPTION))
    if any(not _FONTS_ONLY.search(each.decode("utf-8", "replace")) for each in locked):
        raise InputError(f"{name} is locked by its seller; newsbook reads free books only.")


def _book(archive: ZipArchive, received: Received) -> _Book:
    root = _parsed(archive, _CONTAINER, received)
    rootfile = first(root, "rootfiles/rootfile")
    path = unquote(rootfile.get("full-path", "")) if rootfile is not None else ""
    package = _parsed(archive, path, received)
    folder = posixpath.dirname(path)
    manifest = {
        item.get("id", ""): (joined(folder, unquote(item.get("href", ""))), item)
        for item in every(package, "manifest/item")
    }
    refs = (ref.get("idref", "") for ref in every(package, "spine/itemref") if ref.get("linear") != "no")
    documents = (manifest[ref] for ref in refs if ref in manifest)
    navigation = {name for name, item in manifest.values() if "nav" in item.get("properties", "").split()}
    spine = (name for name, item in documents if item.get("media-type", "") in _XHTML and name not in navigation)
    guide = every(package, "guide/reference")
    roles = {joined(folder, _path(each.get("href", ""))): each.get("type", "") for each in guide}
    return _Book(tuple(dict.fromkeys(spine)), roles, _titles(archive, manifest, received), _facts(package))


def _parsed(archive: ZipArchive, name: str, received: Received) -> etree._Element:
    return parse(RawPage(f"{received.name}/{name}", archive.read(name), (), "", received.report, caps=received.caps))


def _path(href: str) -> str:
    return unquote(urlsplit(href).path)


def _titles(archive: ZipArchive, manifest: dict[str, tuple[str, etree._Element]], received: Received) -> dict[str, str]:
    """Return the titles of documents, as the navigation document or the NCX gives them."""
    titles: dict[str, str] = {}
    for name, item in manifest.values():
        is_navigation = "nav" in item.get("properties", "").split()
        if name not in archive or not (is_navigation or item.get("media-type") == "application/x-dtbncx+xml"):
            continue
        root, folder = _parsed(archive, name, received), posixpath.dirname(name)
        points = [(words(first(point, "navLabel/text")), first(point, "content")) for point in root.iter("{*}navPoint")]
        links = [(words(link), link) for link in root.iter("{*}a")] if is_navigation else points
        for title, element in links:
            target = "" if element is None else element.get("href", "") or element.get("src", "")
            titles.setdefault(joined(folder, _path(target)), title)
    return titles


def _facts(package: etree._Element) -> ItemFacts:
    """Return what holds for every article of a book: who published it, when, and on what terms."""
    metadata = first(package, "metadata")
    if metadata is None:
        return ItemFacts()
    said = {name: words(first(metadata, name)) for name in ("publisher", "title", "date", "language", "rights")}
    return ItemFacts(
        outlet=said["publisher"] or said["title"],
        published=iso(said["date"]),
        language=said["language"],
        rights=said["rights"],
    )


def _item(archive: ZipArchive, name: str, book: _Book, received: Received, number: int) -> NewsItem | None:
    """Return the article in a document. The book's apparatus is none: it is reported, and the result is None."""
    raw = archive.read(name)
    decoded = decode_xml(RawPage(name, raw, (), received.encoding, received.report))
    typed = _TYPED.search(decoded.text)
    roles = {*(typed[1].lower().split() if typed else ()), book.roles.get(name, "").lower()}
    body = _BODY.search(decoded.text)
    markup = _FRAME.sub("", body[1] if body else decoded.text)
    letters = len(_TEXT.sub("", markup))
    if roles & _APPARATUS or (letters < _FEWEST and "<p" not in markup):
        why = f"it is the book's {min(roles & _APPARATUS)}" if roles & _APPARATUS else "it has hardly any text"
        message = f"{name} is no article: {why}."
        received.report(Diagnostic(Code.INPUT_IGNORED, message, Place(received.name)))
        return None
    titled = "<h1" in markup.lower()
    headline = "" if titled else book.titles.get(name, "")
    facts = ItemFacts(
        headline=headline,
        outlet=book.facts.outlet,
        published=book.facts.published,
        language=book.facts.language,
        rights=book.facts.rights,
    )
    digest = hashlib.sha256(raw).hexdigest()
    return NewsItem(f"{received.name}#{number}", digest, facts, html=markup, encoding=decoded.encoding)


def _enclosed(received: Received, folder: str) -> Enclosed:
    return lambda image: read_from(received, joined(folder, image))
