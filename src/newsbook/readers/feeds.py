"""Read feeds, RSS, Atom and JSON Feed: one entry, one article, with its full content where the feed brings it."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.model import Extent, Lack
from newsbook.readers.encoding import decode_xml
from newsbook.readers.interface import RawPage, Received, Taken, pass_over
from newsbook.readers.newsitem import ItemFacts, ItemPicture, NewsItem, copy_of
from newsbook.readers.values import Fields, iso, maps_in, text_in

_MARKUP = re.compile(r"<[A-Za-z/!][^<>]*>|&#?\w+;")
_MAILBOX = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)|(?P<other>[^<>]+?)\s*<\S+@\S+>")

# A longer summary is no deck but a text of its own.
_LONGEST_DECK = 160

# What a feed cuts a story short with; and a text without content that is no more than a summary.
_CUT = re.compile(
    r"(?:…|\.\.\.|(?:阅读|閱讀|查看|更多|点击|點擊)(?:全文|更多|原文|内容|內容)"
    r"|続き(?:を読む|はこちら)|もっと読む|(?:全文|記事)を読む|더 ?(?:보기|읽기)|자세히 ?보기|계속 ?읽기|전문 ?보기"
    r"|read (?:more|the rest|full)[\w ]*|continue reading.{0,80})[\s\])>»→)]*\Z",
    re.IGNORECASE,
)
_LONGEST_SUMMARY = 200
_PARAGRAPH = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)


def read_feed(received: Received) -> Iterator[Taken]:
    """Yield the articles in a feed. Raises `InputError` where there is none in it."""
    import feedparser

    page = received.page()
    decoded = decode_xml(page)
    headers = {"content-type": "application/xml; charset=utf-8"}
    plain = BytesIO(decoded.text.encode("utf-8", "replace"))
    parsed = feedparser.parse(plain, sanitize_html=False, response_headers=headers)
    if not parsed.entries:
        raise InputError(f"{page.name} is a feed without entries, or a broken one.")
    if parsed.bozo:
        message = f"the feed is not well formed ({parsed.bozo_exception}); it was read as far as it goes."
        hint = "Compare the number of entries with the feed's."
        page.report(Diagnostic(Code.FORM_BROKEN, message, Place(page.name), hint))
    # feedparser's own mapping gives another field where one is missing; a plain one does not.
    items = (_item(dict(entry), dict(parsed.feed), f"{page.name}#{n}") for n, entry in enumerate(parsed.entries, 1))
    yield from entries((replace(item, encoding=decoded.encoding) for item in items), page)


def entries(items: Iterable[NewsItem], page: RawPage) -> Iterator[Taken]:
    """Yield the articles of a feed. One that comes a second time is left out and reported."""
    seen: set[str] = set()
    for item in items:
        identifier = item.facts.identifier
        if identifier and identifier in seen:
            message = f"the feed has its entry {identifier} more than once; the first was taken."
            page.report(Diagnostic(Code.DUPLICATE_LEFT_OUT, message, Place(item.name)))
            continue
        seen.add(identifier)
        try:
            yield Taken(copy_of(item))
        except (InputError, LimitError) as error:
            pass_over(page, item.name, error)


def _item(entry: Fields, feed: Fields, name: str) -> NewsItem:
    html, text = _body(entry)
    facts = ItemFacts(
        headline=_plain(entry, "title"),
        deck=deck_of(text_in(entry, "summary"), html or text),
        published=iso(text_in(entry, "published", "created", "updated")),
        updated=iso(text_in(entry, "updated")),
        authors=_authors(entry) or _authors(feed),
        section=next((text_in(tag, "term") for tag in maps_in(entry, "tags")), ""),
        outlet=text_in(entry.get("source"), "title") or _plain(feed, "title"),
        language=next((text_in(each, "language") for each in maps_in(entry, "content")), "")
        or text_in(feed, "language"),
        rights=_plain(entry, "rights") or _plain(feed, "rights"),
        url=link if (link := text_in(entry, "link")).startswith("http") else "",
        identifier=text_in(entry, "id"),
    )
    digest = hashlib.sha256(repr(sorted(entry.items())).encode("utf-8", "replace")).hexdigest()
    extent = _extent(html or text, facts.url, has_content=bool(maps_in(entry, "content")))
    base = facts.url or text_in(feed, "link")
    return NewsItem(name, digest, facts, html, text, tuple(_pictures(entry)), base=base, extent=extent)


def _extent(body: str, url: str, *, has_content: bool) -> Extent:
    """Return how far an entry goes: to its end, or no further than its summary, with where the whole is."""
    words = words_of(body)
    is_brief = len(words) <= _LONGEST_SUMMARY and len(_PARAGRAPH.findall(body)) < 2  # noqa: PLR2004 - one and another.
    is_summary = bool(_CUT.search(words)) or (not has_content and is_brief)
    return Extent((Lack.SUMMARY,), whole=url) if is_summary and words else Extent()


def _body(entry: Fields) -> tuple[str, str]:
    """Return an entry's content as HTML or as text: the longest that it brings, else its summary."""
    bodies = [(text_in(each, "type"), text_in(each, "value")) for each in maps_in(entry, "content")]
    kind, body = max(bodies, key=lambda each: len(each[1]), default=("", ""))
    if not body:
        kind, body = "", text_in(entry, "summary")
    return (body, "") if "xhtml" in kind or _MARKUP.search(body) else ("", body)


def words_of(markup: str) -> str:
    """Return the words in a piece of HTML."""
    from newsbook.readers.html.tree import Tree, shown_text

    return shown_text(Tree(markup).root) if _MARKUP.search(markup) else markup.strip()


def deck_of(summary: str, body: str) -> str:
    """Return an entry's summary if it is short and is not a part of its content; else nothing."""
    words = words_of(summary)
    core = re.sub(r"[\W_]+", "", re.sub(r"(?:\[?(?:…|\.\.\.)\]?|\[&#8230;\])\s*$", "", words))
    fresh = bool(core) and core not in re.sub(r"[\W_]+", "", words_of(body))
    return words if fresh and len(words) <= _LONGEST_DECK else ""


def _plain(entry: Fields, name: str) -> str:
    kind = text_in(entry.get(f"{name}_detail"), "type")
    return words_of(text_in(entry, name)) if "html" in kind else text_in(entry, name)


def _authors(entry: Fields) -> tuple[str, ...]:
    """Return the names of authors, out of the mailboxes that RSS asks for."""
    listed = [text_in(each, "name") for each in maps_in(entry, "authors")]
    names = listed if len(listed) > 1 else [text_in(entry, "author") or "".join(listed)]
    found = (match["name"] or match["other"] if (match := _MAILBOX.fullmatch(name)) else name for name in names)
    return tuple(dict.fromkeys(filter(None, found)))


def _pictures(entry: Fields) -> Iterator[ItemPicture]:
    """Yield the pictures among an entry's enclosures and media, with what the feed says of a lone one."""
    media = [each for each in maps_in(entry, "media_content") if _is_picture(each)]
    links = [each for each in maps_in(entry, "links") if each.get("rel") == "enclosure" and _is_picture(each)]
    thumbnails = [] if media or links else maps_in(entry, "media_thumbnail")
    sources = dict.fromkeys(text_in(each, "url") or text_in(each, "href") for each in (*links, *media, *thumbnails))
    credit = text_in(entry, "credit") if len(sources) == 1 else ""
    yield from (ItemPicture((source,), credit=credit) for source in sources if source)


def _is_picture(media: Fields) -> bool:
    kinds = (text_in(media, "medium"), text_in(media, "type").partition("/")[0])
    named = re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", text_in(media, "url"), re.IGNORECASE)
    return "image" in kinds or (not any(kinds) and bool(named))


def read_json_feed(feed: Fields, page: RawPage) -> Iterator[Taken]:
    """Yield the articles in a feed. Raises `InputError` where there is none in it."""
    listed = maps_in(feed, "items")
    if not listed:
        raise InputError(f"{page.name} is a feed without items.")
    yield from entries((_json_item(entry, feed, f"{page.name}#{n}") for n, entry in enumerate(listed, 1)), page)


def _json_item(entry: Fields, feed: Fields, name: str) -> NewsItem:
    html, text = text_in(entry, "content_html"), text_in(entry, "content_text")
    has_content = bool(html or text)
    text = text if has_content else text_in(entry, "summary")
    facts = ItemFacts(
        headline=text_in(entry, "title"),
        deck=deck_of(text_in(entry, "summary"), html or text),
        published=iso(text_in(entry, "date_published")),
        updated=iso(text_in(entry, "date_modified")),
        authors=_json_authors(entry) or _json_authors(feed),
        outlet=text_in(feed, "title"),
        language=text_in(entry, "language") or text_in(feed, "language"),
        url=text_in(entry, "url") or text_in(entry, "external_url"),
        identifier=str(entry.get("id") or ""),
    )
    digest = hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()
    extent = _extent(html or text, facts.url, has_content=has_content)
    return NewsItem(name, digest, facts, html, text, tuple(_json_pictures(entry)), base=facts.url, extent=extent)


def _json_pictures(entry: Fields) -> Iterator[ItemPicture]:
    attached = (
        text_in(each, "url") for each in maps_in(entry, "attachments") if text_in(each, "mime_type")[:6] == "image/"
    )
    lead = text_in(entry, "image") or text_in(entry, "banner_image")
    yield from (ItemPicture((source,)) for source in dict.fromkeys((lead, *attached)) if source)


def _json_authors(entry: Fields) -> tuple[str, ...]:
    """Return the names of authors; version 1 has one, version 1.1 a list."""
    told = (*maps_in(entry, "authors"), *maps_in(entry, "author"))
    return tuple(dict.fromkeys(filter(None, (text_in(each, "name") for each in told))))
