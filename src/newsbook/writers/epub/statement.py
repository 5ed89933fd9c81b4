"""Put what an edition says of itself into the package: Dublin Core, who did what, and how it can be read."""

import re
from collections.abc import Iterator

from ebooklib import epub

from newsbook.model import Edition, Metadata

# W3C Date and Time Formats, the levels without a time of day: https://www.w3.org/TR/NOTE-datetime
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def state(book: epub.EpubBook, edition: Edition, *, with_cover: bool) -> None:
    """Give the book the edition's metadata."""
    metadata = edition.metadata
    book.set_identifier(metadata.identifier)
    book.set_title(metadata.title)
    book.set_language(metadata.language)
    for name, value in _dublin_core(metadata):
        book.add_metadata("DC", name, value)
    _credit(book, metadata)
    for name, value in _accessibility(edition):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    if with_cover:
        book.add_metadata(None, "meta", None, {"name": "cover", "content": "cover-image"})


def _dublin_core(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield from (("language", language) for language in metadata.languages if language != metadata.language)
    yield from (("source", source) for source in metadata.sources if source.strip())
    day = _DAY.match(metadata.date)
    optional = (
        ("date", day.group() if day else ""),
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("description", metadata.description),
    )
    yield from ((name, value) for name, value in optional if value.strip())


def _credit(book: epub.EpubBook, metadata: Metadata) -> None:
    """Name the contributors, each with the MARC relator of what it did (EPUB 3.3, “Meta properties vocabulary”)."""
    for number, person in enumerate(metadata.contributors, 1):
        name = "creator" if person.relator == "aut" else "contributor"
        book.add_metadata("DC", name, person.name, {"id": f"person-{number}"})
        role = {"refines": f"#person-{number}", "property": "role", "scheme": "marc:relators"}
        book.add_metadata(None, "meta", person.relator, role)


def _accessibility(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield EPUB Accessibility 1.1 metadata that says only what is true.

    Alternative text is not claimed: an edition does not say whether a picture's words can stand for it.
    """
    yield "accessMode", "textual"
    if edition.media:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual,visual" if edition.media else "textual"
    yield from (("accessibilityFeature", name) for name in ("displayTransformability", "readingOrder"))
    yield from (("accessibilityFeature", name) for name in ("structuralNavigation", "tableOfContents"))
    yield "accessibilityHazard", "none"
    if edition.metadata.accessibility.strip():
        yield "accessibilitySummary", edition.metadata.accessibility
