"""The index of names: anchors in the documents where names stand, and at the back a document that leads to them."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import cast

from msgspec import Struct

from newsbook.dates import numeral
from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.documents import with_body
from newsbook.layout.listings import Listing, file_as
from newsbook.layout.words import Words
from newsbook.model import Document, Issue
from newsbook.nameindex import (
    Filed,
    Heading,
    Occurrence,
    Order,
    Wanted,
    anchored,
    filed,
    forms_of,
    headings,
    order_for,
    unfound,
)


class Locator(Struct, frozen=True):
    """A place that an index leads to: its link, and of the article that it stands in the title and its language."""

    href: str
    title: str
    language: str


class IndexLine(Struct, frozen=True):
    """A name of an index, as it is filed, and its places in reading order. `reading` is how it is said."""

    name: str
    locators: tuple[Locator, ...]
    reading: str = ""


class IndexGroup(Struct, frozen=True):
    """The names of an index under one heading."""

    title: str
    lines: tuple[IndexLine, ...]


class Indexed(Struct, frozen=True):
    """The documents of an edition with anchors in them, and the groups of its index; none where no name was found."""

    documents: tuple[Document, ...]
    groups: tuple[IndexGroup, ...] = ()


def indexed(  # noqa: PLR0913, PLR0917 - an index is made of all of these, and of nothing else.
    issue: Issue,
    listings: Sequence[Listing],
    documents: Iterable[Document],
    wanted: Wanted,
    words: Words,
    report: Report,
) -> Indexed:
    """Return the documents of an issue's articles with anchors, and the groups of its index.

    A page of print has an anchor wherever a name stands, and an e-book in each article where it stands first.
    """
    known = headings(issue.articles, wanted, issue.language)
    names = forms_of(known)
    is_print = any(listing.href.startswith("#") for listing in listings)
    made: list[Document] = []
    places: dict[str, list[tuple[Occurrence, Locator]]] = {}
    for document, listing in zip(documents, listings, strict=True):
        body, found = anchored(document.body, names, f"{document.name}-name-", every=is_print)
        made.append(with_body(document, body) if found else document)
        for one in found:
            href = f"#{one.anchor}" if is_print else f"{listing.href}#{one.anchor}"
            places.setdefault(one.name, []).append((one, Locator(href, listing.title, listing.language)))
    _tell_unfound(wanted, places, report)
    order = cast("Order", wanted.order or order_for(issue.language))
    return Indexed(tuple(made), _groups(known, places, order, issue.language, words, report))


def _tell_unfound(wanted: Wanted, places: Iterable[str], report: Report) -> None:
    for name in unfound(wanted, places):
        message = f"the index is to have “{name}”, which stands in no article."
        report(Diagnostic(Code.INDEX_NAME_UNFOUND, message, Place("index"), "Write the name as the articles do."))


def _groups(  # noqa: PLR0913, PLR0917 - as above.
    known: Iterable[Heading],
    places: dict[str, list[tuple[Occurrence, Locator]]],
    order: Order,
    language: str,
    words: Words,
    report: Report,
) -> tuple[IndexGroup, ...]:
    """Return the names that were found, filed in an order."""
    where = partial(filed, order=order, is_taiwan=language.startswith("zh-Hant"))
    lines: list[tuple[Filed, IndexLine]] = []
    for heading in known:
        if heading.name not in places:
            continue
        found = places[heading.name]
        reading = heading.reading or next((one.reading for one, _ in found if one.reading), "")
        name = file_as(heading.name) if heading.is_person else heading.name
        filing = where(name, reading=reading, is_person=heading.is_person)
        lines.append((filing, IndexLine(name, tuple(locator for _, locator in found), reading)))
    unread = [line.name for filing, line in lines if filing.group == "unread"]
    if unread:
        message = f"how to read {len(unread)} of the names in the index is not known: {'、'.join(unread[:5])}."
        hint = "Give each a reading under [[index.entries]]; they stand at the end, by strokes."
        report(Diagnostic(Code.INDEX_READING_UNKNOWN, message, Place("index"), hint))
    grouped: dict[str, list[IndexLine]] = {}
    for filing, line in sorted(lines, key=lambda one: (one[0].key[0], one[0].key)):
        grouped.setdefault(_titled(filing, order, words), []).append(line)
    return tuple(IndexGroup(title, tuple(own)) for title, own in grouped.items())


def _titled(filing: Filed, order: Order, words: Words) -> str:
    """Return the heading of a group as it is printed."""
    if filing.group == "unread":
        return words.unread
    if order != "strokes" or not filing.group.isdecimal():
        return filing.group
    is_figured = words.strokes[-1] not in "画畫"
    return words.strokes.format(count=filing.group if is_figured else numeral(int(filing.group)))
