"""Read JSON Feed, versions 1 and 1.1: one item, one article."""

import hashlib
import json
from collections.abc import Iterator

from newsbook.diagnostics import InputError
from newsbook.readers.feeds import deck_of, entries
from newsbook.readers.interface import Page, Taken
from newsbook.readers.mappings import Entry, maps_in, text_in
from newsbook.readers.newsitem import Facts, Item, Picture
from newsbook.readers.values import iso


def read_json_feed(feed: Entry, page: Page) -> Iterator[Taken]:
    """Yield the articles in a feed. Raises `InputError` where there is none in it."""
    listed = maps_in(feed, "items")
    if not listed:
        raise InputError(f"{page.name} is a feed without items.")
    yield from entries((_item(entry, feed, f"{page.name}#{n}") for n, entry in enumerate(listed, 1)), page)


def _item(entry: Entry, feed: Entry, name: str) -> Item:
    html, text = text_in(entry, "content_html"), text_in(entry, "content_text")
    facts = Facts(
        headline=text_in(entry, "title"),
        deck=deck_of(text_in(entry, "summary"), html or text),
        published=iso(text_in(entry, "date_published")),
        updated=iso(text_in(entry, "date_modified")),
        authors=_authors(entry) or _authors(feed),
        outlet=text_in(feed, "title"),
        language=text_in(entry, "language") or text_in(feed, "language"),
        url=text_in(entry, "url") or text_in(entry, "external_url"),
        identifier=str(entry.get("id") or ""),
    )
    digest = hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()
    return Item(name, digest, facts, html, text, tuple(_pictures(entry)), base=facts.url)


def _pictures(entry: Entry) -> Iterator[Picture]:
    attached = (
        text_in(each, "url") for each in maps_in(entry, "attachments") if text_in(each, "mime_type")[:6] == "image/"
    )
    lead = text_in(entry, "image") or text_in(entry, "banner_image")
    yield from (Picture((source,)) for source in dict.fromkeys((lead, *attached)) if source)


def _authors(entry: Entry) -> tuple[str, ...]:
    """Return the names of authors; version 1 has one, version 1.1 a list."""
    told = (*maps_in(entry, "authors"), *maps_in(entry, "author"))
    return tuple(dict.fromkeys(filter(None, (text_in(each, "name") for each in told))))
