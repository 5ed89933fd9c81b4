"""Refuse an edition that cannot become an e-book, before anything is written, in words that name what is wrong."""

import re
from collections import Counter
from collections.abc import Iterator

from newsbook.diagnostics import ValidationError
from newsbook.languagetags import TAG
from newsbook.model import FORBIDDEN, Edition, Entry
from newsbook.writers.epub.archive import moment_of
from newsbook.writers.epub.pages import COVER_PAGE, COVER_PICTURE, has_own_cover

# RFC 3986 §2.3, unreserved characters without the tilde: such a name is its own percent-encoding.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
# RFC 3629 §4: what a forbidden character begins with in UTF-8: controls with themselves, those of Latin-1 and
# surrogates with a byte that they share with others. The last two of the plane share theirs with full-width marks.
_SUSPECT = bytes({*range(0x20), 0x7F, 0xC2, 0xED} - {*b"\t\n\r"})
# https://www.w3.org/TR/epub-33/, “Core media types”, without WebP, which Kindle refuses, and SVG, which runs scripts.
_PICTURES = ("image/jpeg", "image/png", "image/gif")


def demand_fit(edition: Edition) -> None:
    """Raise `ValidationError` where the edition cannot become an e-book."""
    fault = next(_faults(edition), None)
    if fault:
        raise ValidationError(f"the edition cannot become an e-book: {fault}.")


def _faults(edition: Edition) -> Iterator[str]:
    yield from _illegal(edition)
    yield from _names(edition)
    yield from _pictures(edition)
    yield from _statements(edition)
    yield from _contents(edition)
    if edition.progression not in {"ltr", "rtl"}:
        yield f"its pages turn {edition.progression!a}, which is neither ltr nor rtl"


def _illegal(edition: Edition) -> Iterator[str]:
    """Find characters that XML cannot hold, which EbookLib would answer by dropping what they stand in."""
    for place, text in _texts(edition):
        found = None if _is_plain(text) else FORBIDDEN.search(text)
        if found:
            yield f"{place} holds U+{ord(found.group()[0]):04X}, which no XML can hold"


def _is_plain(text: str) -> bool:
    """Tell of most texts that hold nothing forbidden that they do not, six times as fast as the pattern does."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _SUSPECT)) == len(data) and "\ufffe" not in text and "\uffff" not in text


def _texts(edition: Edition) -> Iterator[tuple[str, str]]:
    for document in edition.documents:
        yield f"the document {document.name}", document.body
        yield f"the title of the document {document.name}", document.title
    yield from ((f"the style sheet {sheet.name}", sheet.css) for sheet in edition.stylesheets)
    yield from (("a line of the contents", entry.title) for entry in _entries(edition.contents))
    metadata = edition.metadata
    single = ("title", "identifier", "date", "publisher", "rights", "description", "accessibility")
    yield from ((f"the edition's {name}", getattr(metadata, name)) for name in single)
    yield from (
        ("a contributor's name", text)
        for person in (*metadata.creators, *metadata.contributors)
        for text in (person.name, person.relator, person.file_as)
    )
    yield from (("a source", text) for origin in metadata.sources for text in (origin.source, origin.history))
    yield from (("a collection's name", collection.name) for collection in metadata.collections)
    yield from (("a page's label", page.label) for page in edition.pages)


def _names(edition: Edition) -> Iterator[str]:
    """Find names that are not plain, or that are one where letter case does not count.

    EPUB 3.3, “File paths and file names”.
    """
    given = [document.name for document in edition.documents]
    given += [sheet.name for sheet in edition.stylesheets] + [media.name for media in edition.media]
    given += [font.name for font in edition.fonts]
    yield from (f"{name!a} is no plain ASCII file name" for name in given if not _NAME.fullmatch(name))
    files = ["nav.xhtml", "toc.ncx", "content.opf", COVER_PICTURE]
    files += [] if has_own_cover(edition) else [COVER_PAGE]
    files += [f"{document.name}.xhtml" for document in edition.documents]
    files += [f"styles/{sheet.name}" for sheet in edition.stylesheets]
    files += [f"images/{media.name}" for media in edition.media]
    files += [f"fonts/{font.name}" for font in edition.fonts]
    counts = Counter(file.lower() for file in files)
    yield from (f"two of its files would be called {file}" for file, count in counts.items() if count > 1)


def _pictures(edition: Edition) -> Iterator[str]:
    for media in edition.media:
        if media.type not in _PICTURES:
            yield f"the picture {media.name} is {media.type or 'of no type'}, and only JPEG, PNG and GIF are taken"


def _statements(edition: Edition) -> Iterator[str]:
    metadata = edition.metadata
    for language in dict.fromkeys((metadata.language, *metadata.languages)):
        if not TAG.fullmatch(language):
            yield f"{language!a} is no language tag"
    if not metadata.title.strip() or not metadata.identifier.strip():
        yield "it has no title or no identifier"
    try:
        moment_of(metadata.modified)
    except ValueError:
        yield f"its time of change, {metadata.modified!a}, is no ISO 8601 time"


def _contents(edition: Edition) -> Iterator[str]:
    if not edition.documents or not edition.contents:
        yield "it has no documents or no contents"
    known = {document.name for document in edition.documents}
    for entry in _entries(edition.contents):
        if entry.document not in known and (entry.document or not entry.entries):
            yield f"a line of its contents leads to {entry.document!a}, which is not there"


def _entries(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _entries(entry.entries)
