"""The files of an e-book that newsbook serialises itself: finished XHTML, never parsed and rewritten by a library."""

from typing import TYPE_CHECKING

from msgspec import Struct

from newsbook.assets import template_environment
from newsbook.diagnostics import ValidationError
from newsbook.model import Document, Edition

if TYPE_CHECKING:
    from lxml import etree

# EPUB Structural Semantics Vocabulary 1.1, partitions of a publication: https://www.w3.org/TR/epub-ssv-11/
_PARTITION = {"contents": "frontmatter", "article": "bodymatter", "colophon": "backmatter"}


class File(Struct, frozen=True):
    """A text file of the e-book: its name in the package folder and its bytes."""

    name: str
    data: bytes


class Landmark(Struct, frozen=True):
    """A place that reading systems offer to jump to."""

    kind: str
    href: str
    title: str


def page(document: Document, edition: Edition) -> File:
    """Return a document of the edition as an XHTML file. Raises `ValidationError` where it is not well-formed."""
    part = _PARTITION.get(document.role, "bodymatter")
    text = _render("page.xhtml", document=document, stylesheets=edition.stylesheets, part=part)
    return File(f"{document.name}.xhtml", _well_formed(text, document.name))


def cover_page(edition: Edition) -> File:
    """Return the page that shows the cover."""
    return File("cover.xhtml", _well_formed(_render("cover.xhtml", metadata=edition.metadata), "cover"))


def navigation(edition: Edition, *, with_cover: bool) -> File:
    """Return the navigation document: contents and landmarks."""
    text = _render(
        "nav.xhtml",
        metadata=edition.metadata,
        entries=edition.contents,
        contents_title=contents_title(edition),
        landmarks=tuple(_landmarks(edition, with_cover=with_cover)),
    )
    return File("nav.xhtml", _well_formed(text, "nav"))


def contents_title(edition: Edition) -> str:
    """Return the words for the contents in the edition's language, as its own contents page has them."""
    titles = (document.title for document in edition.documents if document.role == "contents")
    return next(titles, edition.metadata.title)


def _landmarks(edition: Edition, *, with_cover: bool) -> list[Landmark]:
    found = [Landmark("cover", "cover.xhtml", edition.metadata.title)] if with_cover else []
    for role, kind in (("contents", "toc"), ("article", "bodymatter"), ("colophon", "colophon")):
        first = next((document for document in edition.documents if document.role == role), None)
        found += [Landmark(kind, f"{first.name}.xhtml", first.title)] if first else []
    return found


def _render(template: str, **values: object) -> str:
    return template_environment().get_template(f"ebook/{template}").render(**values).lstrip()


def _well_formed(text: str, name: str) -> bytes:
    from lxml import etree

    try:
        data = text.encode("utf-8")
        etree.fromstring(data, _strict())
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise ValidationError(f"the e-book's document {name} is not well-formed: {error}.") from error
    return data


def _strict() -> "etree.XMLParser":
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
