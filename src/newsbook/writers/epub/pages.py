"""The files of an e-book that newsbook serialises itself: finished XHTML, never parsed and rewritten by a library."""

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.assets import template_environment
from newsbook.diagnostics import ValidationError
from newsbook.model import Document, Edition

XHTML = "{http://www.w3.org/1999/xhtml}"
COVER_PAGE = "cover.xhtml"
COVER_PICTURE = "cover.jpg"

# EPUB Structural Semantics Vocabulary 1.1, partitions of a publication: https://www.w3.org/TR/epub-ssv-11/
_PARTITION = {
    "cover": "frontmatter",
    "front": "frontmatter",
    "contents": "frontmatter",
    "sources": "backmatter",
    "imprint": "backmatter",
    "colophon": "backmatter",
}

# A document that holds one of these says so: https://www.w3.org/TR/epub-33/, “Manifest properties vocabulary”.
_PROPERTIES = {
    "svg": "{http://www.w3.org/2000/svg}svg",
    "mathml": "{http://www.w3.org/1998/Math/MathML}math",
}


class File(Struct, frozen=True):
    """A file of the e-book: its name in the package folder, its bytes, and what the manifest says of it."""

    name: str
    data: bytes
    properties: tuple[str, ...] = ()


def page(document: Document, edition: Edition) -> File:
    """Return a document of the edition as an XHTML file. Raises `ValidationError` where it is not well-formed."""
    text = render(
        "page.xhtml",
        document=document,
        language=document.language or edition.metadata.language,
        title=document.title.strip() or edition.metadata.title,
        stylesheets=edition.stylesheets,
        part=_PARTITION.get(document.role, "bodymatter"),
    )
    root = _parsed(text, document.name)
    if [child.tag for child in root] != [f"{XHTML}head", f"{XHTML}body"]:
        raise ValidationError(f"the e-book's document {document.name} is not well-formed: it closes its own page.")
    return File(f"{document.name}.xhtml", text.encode("utf-8"), tuple(_properties(root)))


def cover_page(edition: Edition) -> File:
    """Return the page that shows the cover."""
    text = render("cover.xhtml", metadata=edition.metadata, title=cover_title(edition), picture=COVER_PICTURE)
    return File(COVER_PAGE, strict(text, "cover"))


def cover_title(edition: Edition) -> str:
    """Return what stands for the cover where it is not seen: the edition's own title."""
    return edition.metadata.title


def has_own_cover(edition: Edition) -> bool:
    """Tell whether a document of the edition is its cover page."""
    return any(document.role == "cover" for document in edition.documents)


def render(template: str, **values: object) -> str:
    """Return a template of the e-book, filled in."""
    return template_environment().get_template(f"ebook/{template}").render(values)


def strict(text: str, name: str) -> bytes:
    """Return `text` as UTF-8. Raises `ValidationError`, naming the document, where it is not well-formed XML."""
    _parsed(text, name)
    return text.encode("utf-8")


def _parsed(text: str, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise ValidationError(f"the e-book's document {name} is not well-formed: {error}.") from error


def _properties(root: etree._Element) -> Iterator[str]:
    return (name for name, tag in _PROPERTIES.items() if next(root.iter(tag), None) is not None)
