"""Put what an edition says of itself into the package: Dublin Core, names, collections, how it can be read."""

import re
from collections.abc import Iterator
from itertools import islice

from ebooklib import epub

from newsbook.model import Collection, Edition, Metadata

# W3C Date and Time Formats, the levels without a time of day: https://www.w3.org/TR/NOTE-datetime
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

# EPUB 3.3, “group-position”: whole numbers, with points between them where groups have groups.
_POSITION = re.compile(r"\d+(\.\d+)*")

# Which way lines run is stated of languages that can have both, Schema.org Accessibility Properties for
# Discoverability Vocabulary, “Internationalization terms”: https://www.w3.org/2021/a11y-discov-vocab/latest/
_EITHER_WAY = re.compile(r"(zh|ja|ko)(-|$)")


# A book with more names on its back is filed under none of them.
_MOST_CREATORS = 3


def state(book: epub.EpubBook, edition: Edition, *, with_cover: bool) -> None:
    """Give the book the edition's metadata."""
    metadata = edition.metadata
    book.set_identifier(metadata.identifier)
    book.set_title(metadata.title)
    book.set_language(metadata.language)
    for name, value in _dublin_core(metadata):
        book.add_metadata("DC", name, value)
    _publish(book, metadata)
    _trace(book, metadata)
    _credit(book, metadata)
    for number, collection in enumerate(metadata.collections, 1):
        _belong(book, f"collection-{number}", collection)
    for name, value in _accessibility(edition):
        book.add_metadata(None, "meta", value, {"property": name})
    if with_cover:
        book.add_metadata(None, "meta", None, {"name": "cover", "content": "cover-image"})


def _dublin_core(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield from (("language", language) for language in metadata.languages if language != metadata.language)
    day = _DAY.match(metadata.date)
    optional = (
        ("date", day.group() if day else ""),
        ("rights", metadata.rights),
        ("description", metadata.description),
    )
    yield from ((name, value) for name, value in optional if value.strip())


def _publish(book: epub.EpubBook, metadata: Metadata) -> None:
    if metadata.publisher.strip():
        book.add_metadata("DC", "publisher", metadata.publisher, {"id": "publisher"})
        _refine(book, "publisher", "role", "pbl", scheme="marc:relators")


def _trace(book: epub.EpubBook, metadata: Metadata) -> None:
    """Name the sources, each with what is known of how the text came from there (DCMI Metadata Terms, provenance)."""
    for number, origin in enumerate((origin for origin in metadata.sources if origin.source.strip()), 1):
        book.add_metadata("DC", "source", origin.source, {"id": f"source-{number}"})
        if origin.history:
            _refine(book, f"source-{number}", "dcterms:provenance", origin.history)


def _credit(book: epub.EpubBook, metadata: Metadata) -> None:
    """Name creators and contributors, each with the MARC relator of its part (EPUB 3.3, “Meta properties vocabulary”).

    A shelf prints every creator on a book's back: those under whose name it is filed, or the first authors, are enough.
    """
    authors = (person for person in metadata.contributors if person.relator == "aut")
    creators = metadata.creators or tuple(islice(authors, _MOST_CREATORS))
    others = (person for person in metadata.contributors if person not in creators)
    for number, person in enumerate((*creators, *others), 1):
        name = "creator" if number <= len(creators) else "contributor"
        book.add_metadata("DC", name, person.name, {"id": f"person-{number}"})
        _refine(book, f"person-{number}", "role", person.relator, scheme="marc:relators")
        if person.file_as:
            _refine(book, f"person-{number}", "file-as", person.file_as)


def _belong(book: epub.EpubBook, uid: str, collection: Collection) -> None:
    """Say what the book is a part of (EPUB 3.3, “belongs-to-collection”)."""
    book.add_metadata(None, "meta", collection.name, {"property": "belongs-to-collection", "id": uid})
    _refine(book, uid, "collection-type", collection.kind)
    if _POSITION.fullmatch(collection.position):
        _refine(book, uid, "group-position", collection.position)


def _refine(book: epub.EpubBook, uid: str, name: str, value: str, scheme: str = "") -> None:
    said = {"refines": f"#{uid}", "property": name} | ({"scheme": scheme} if scheme else {})
    book.add_metadata(None, "meta", value, said)


def _accessibility(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield EPUB Accessibility 1.1 metadata that says only what is true.

    Words are enough where every picture has words that stand for it, and claimed to be so only there.
    """
    metadata = edition.metadata
    pictures = bool(edition.media)
    is_described = pictures and metadata.is_described
    yield "schema:accessMode", "textual"
    if pictures:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    if is_described or not pictures:
        yield "schema:accessModeSufficient", "textual"
    features = (
        ("displayTransformability", True),
        ("readingOrder", True),
        ("structuralNavigation", True),
        ("tableOfContents", True),
        ("alternativeText", is_described),
        ("rubyAnnotations", any("ruby" in document.properties for document in edition.documents)),
        (
            "verticalWriting" if edition.progression == "rtl" else "horizontalWriting",
            _EITHER_WAY.match(metadata.language),
        ),
        ("index", any(document.role == "index" for document in edition.documents)),
        ("pageBreakMarkers", bool(edition.pages)),
        ("pageNavigation", bool(edition.pages)),
    )
    yield from (("schema:accessibilityFeature", name) for name, is_there in features if is_there)
    if edition.pages:
        yield "pageBreakSource", edition.pages_of
    yield "schema:accessibilityHazard", "none"
    if metadata.accessibility.strip():
        yield "schema:accessibilitySummary", metadata.accessibility
