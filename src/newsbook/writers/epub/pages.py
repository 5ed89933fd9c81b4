"""The files of an e-book that newsbook serialises itself: finished XHTML, never parsed and rewritten by a library."""

from functools import cache
from typing import TYPE_CHECKING

from newsbook.assets import template_environment
from newsbook.model import Document, Edition

if TYPE_CHECKING:
    from jinja2 import Template

XHTML = "{http://www.w3.org/1999/xhtml}"
COVER_PAGE = "cover.xhtml"
COVER_PICTURE = "cover.jpg"

# EPUB Structural Semantics Vocabulary 1.1, partitions of a publication: https://www.w3.org/TR/epub-ssv-11/
_PARTITION = {
    "cover": "frontmatter",
    "contents": "frontmatter",
    "foreword": "frontmatter",
    "index": "backmatter",
    "colophon": "backmatter",
    "licence": "backmatter",
}

# A document that holds one of these says so: https://www.w3.org/TR/epub-33/, “Manifest properties vocabulary”.
_PROPERTIES = ("svg", "mathml")


def page(document: Document, edition: Edition) -> bytes:
    """Return a document of the edition as an XHTML file."""
    return render(
        "page.xhtml",
        document=document,
        language=document.language or edition.metadata.language,
        title=document.title.strip() or edition.metadata.title,
        stylesheets=edition.stylesheets,
        part=_PARTITION.get(document.role, "bodymatter"),
    )


def properties(document: Document) -> tuple[str, ...]:
    """Return what the manifest must say of a document."""
    return tuple(name for name in _PROPERTIES if name in document.properties)


def cover_page(edition: Edition) -> bytes:
    """Return the page that shows the cover."""
    return render("cover.xhtml", metadata=edition.metadata, title=cover_title(edition), picture=COVER_PICTURE)


def cover_title(edition: Edition) -> str:
    """Return what stands for the cover where it is not seen: the edition's own title."""
    return edition.metadata.title


def has_own_cover(edition: Edition) -> bool:
    """Tell whether a document of the edition is its cover page."""
    return any(document.role == "cover" for document in edition.documents)


def display_options() -> bytes:
    """Return the file that tells Apple Books to set the fonts that the e-book brings along."""
    return render("display-options.xml")


def render(template: str, **values: object) -> bytes:
    """Return a template of the e-book, filled in."""
    return _template(template).render(values).encode("utf-8")


@cache
def _template(name: str) -> "Template":
    """Return a template, looked up once: the library would ask its file for the date at every page."""
    return template_environment().get_template(f"ebook/{name}")
