"""Read ninjs, the IPTC's News in JSON, versions 1 to 3: text with its associated pictures, rights and release.

Version 1 writes `headline` and `body_html`, version 2 lists of `headlines` and `bodies`, version 3 the same with
capitals within its names. Here the names are looked up in lower case. https://iptc.org/std/ninjs/
"""

import hashlib
import json
from collections.abc import Iterator

from newsbook.diagnostics import Code, Diagnostic, InputError, Place
from newsbook.readers.feeds import deck_of, words_of
from newsbook.readers.interface import RawPage, Taken
from newsbook.readers.newsitem import ItemFacts, ItemPicture, NewsItem, copy_of
from newsbook.readers.values import Fields, iso, maps_in, text_in

_PICTURES = frozenset({"picture", "graphic"})
_TEXTS = frozenset({"text", ""})
_MARKED = ("html", "richtext")
_DECKS = frozenset({"deck", "sub", "subheadline", "subheading", "subtitle"})
_KICKERS = frozenset({"kicker", "eyebrow", "overline"})
# What holds for a news object holds for those within it, unless they say otherwise.
_RELEASE = ("embargoed", "embargoeduntil", "pubstatus", "usageterms")
_UNRELEASED = frozenset({"withheld", "canceled"})


def read_ninjs(value: Fields, page: RawPage) -> Iterator[Taken]:
    """Yield the article in a news object, and those associated with it. Raises `InputError` where there is none."""
    news = _lowered(value)
    items = [_item(each, page, f"{page.name}{tail}") for tail, each in _stories(news)]
    if not items:
        raise InputError(f"{page.name} is ninjs of the type “{text_in(news, 'type') or '?'}”, without any text.")
    for item in items:
        yield Taken(copy_of(item))


def _stories(news: Fields) -> Iterator[tuple[str, Fields]]:
    """Yield the news objects that have a story in them, each with what tells it apart."""
    is_picture = text_in(news, "type") in _PICTURES
    if is_picture or any(_body(news)):
        yield "", news
    for number, associated in enumerate(_associated(news), 1):
        if text_in(associated, "type") not in _PICTURES and any(_body(associated)):
            release = {name: news[name] for name in _RELEASE if name in news}
            yield f"#{number}", {**release, **associated}


def _item(news: Fields, page: RawPage, name: str) -> NewsItem:
    html, text = _body(news)
    lone = text_in(news, "type") in _PICTURES
    titles = _roles(news, "headline")
    version, first = iso(text_in(news, "versioncreated")), iso(text_in(news, "firstcreated", "contentcreated"))
    summary = next(iter(_roles(news, "description").values()), "")
    facts = ItemFacts(
        headline=_main(titles) or text_in(news, "title"),
        kicker=next((text for role, text in titles.items() if role in _KICKERS), ""),
        deck=next((text for role, text in titles.items() if role in _DECKS), "")
        or ("" if lone else deck_of(summary, html or text)),
        byline=text_in(news, "by", "byline"),
        dateline=text_in(news, "located"),
        published=first or version,
        updated=version if first else "",
        authors=_sources(news, "author", "writer", "journalist"),
        editors=_sources(news, "editor"),
        photographers=_sources(news, "photographer"),
        section=next((text_in(each, "name") for each in maps_in(news, "subjects") if each.get("rel") == "section"), ""),
        outlet=next(iter(_sources(news, "publisher", "provider", "")), "") or text_in(news, "copyrightholder"),
        language=text_in(news, "language"),
        rights=text_in(news, "copyrightnotice", "copyrightholder"),
        usage=text_in(news, "usageterms") or text_in(news.get("rightsinfo"), "linkedrights"),
        url=next((text_in(each, "value") for each in maps_in(news, "altids") if each.get("role") == "url"), ""),
        identifier=text_in(news, "uri"),
        embargo=iso(text_in(news, "embargoeduntil", "embargoed")),
        status=text_in(news, "pubstatus"),
    )
    pictures = tuple(_picture(each) for each in ([news] if lone else _released(news, page, name)))
    digest = hashlib.sha256(json.dumps(news, sort_keys=True).encode()).hexdigest()
    return NewsItem(name, digest, facts, "" if lone else html, "" if lone else text, pictures)


def _lowered(value: Fields) -> Fields:
    """Return a news object and what is in it with the names of their fields in lower case."""
    return {str(name).lower(): _lowered_in(item) for name, item in value.items()}


def _lowered_in(value: object) -> object:
    if isinstance(value, dict):
        return _lowered(value)
    return [_lowered_in(item) for item in value] if isinstance(value, list) else value


def _roles(news: Fields, field: str) -> dict[str, str]:
    """Return the texts of a field by their roles, in order: `headlines` with roles, `headline` and `headline_main`."""
    listed = {text_in(each, "role") or f"{n}": _words(each) for n, each in enumerate(maps_in(news, f"{field}s"))}
    named = {name.removeprefix(field).strip("_"): text_in(news, name) for name in news if _is_of(name, field)}
    return {role: text for role, text in (listed | named).items() if text}


def _is_of(name: str, field: str) -> bool:
    return name == field or name.startswith(f"{field}_")


def _words(each: Fields) -> str:
    marked = any(kind in text_in(each, "contenttype") for kind in _MARKED)
    return words_of(text_in(each, "value")) if marked else text_in(each, "value")


def _main(titles: dict[str, str]) -> str:
    """Return the headline: the one of the role `main`, or the first that is no kicker or deck."""
    heads = [text for role, text in titles.items() if role not in _KICKERS | _DECKS]
    return titles.get("main") or (heads[0] if heads else "")


def _body(news: Fields) -> tuple[str, str]:
    """Return the body as HTML or as text: the longest that is marked up, else the longest."""
    listed = [
        (f"{text_in(each, 'contenttype')} {text_in(each, 'role')}", text_in(each, "value"))
        for each in maps_in(news, "bodies")
    ]
    bodies = [*listed, *((name, text_in(news, name)) for name in news if _is_of(name, "body"))]
    nitf = [text for kind, text in bodies if "nitf" in kind and text]
    marked = [text for kind, text in bodies if any(each in kind for each in _MARKED)]
    plain = [text for kind, text in bodies if "text/plain" in kind or "xml" not in kind]
    if any(marked):
        return max(marked, key=len), ""
    if nitf:
        from newsbook.readers.nitf import body_of

        return body_of(nitf[0]), ""
    return "", max(plain, key=len, default="") or _description(news)


def _description(news: Fields) -> str:
    """Return the description of a short text, which stands for its body. That of other kinds tells about something."""
    is_text = text_in(news, "type") in _TEXTS and "eventdetails" not in news
    return max(_roles(news, "description").values(), key=len, default="") if is_text else ""


def _associated(news: Fields) -> tuple[Fields, ...]:
    """Return the associated news objects: a list, or by their names as in version 1."""
    value = news.get("associations")
    return maps_in(news, "associations") if isinstance(value, list) else _values(value)


def _values(value: object) -> tuple[Fields, ...]:
    return tuple(each for each in value.values() if isinstance(each, dict)) if isinstance(value, dict) else ()


def _released(news: Fields, page: RawPage, name: str) -> Iterator[Fields]:
    """Yield the associated pictures that may be used. What else is associated and is no story is reported."""
    for each in _associated(news):
        kind = text_in(each, "type")
        if kind in _PICTURES and text_in(each, "pubstatus") in _UNRELEASED:
            message = (
                f"the picture {text_in(each, 'uri')} is {text_in(each, 'pubstatus')} by its provider; it is left out."
            )
            page.report(Diagnostic(Code.PICTURE_UNUSABLE, message, Place(name)))
        elif kind in _PICTURES:
            yield each
        elif not any(_body(each)):
            message = f"what is associated as {kind or 'something'} has no place in an article: {text_in(each, 'uri')}."
            page.report(Diagnostic(Code.FIELDS_LEFT_OUT, message, Place(name)))


def _picture(news: Fields) -> ItemPicture:
    """Return a picture with its addresses, the widest first."""
    value = news.get("renditions")
    renditions = maps_in(news, "renditions") if isinstance(value, list) else _values(value)
    pictured = [each for each in renditions if text_in(each, "contenttype", "mimetype")[:6] in {"", "image/"}]
    pictured.sort(key=_width, reverse=True)
    described = _roles(news, "description")
    alt = described.pop("alt", "")
    caption = described.get("caption") or next(iter(described.values()), "") or _main(_roles(news, "headline"))
    credit = text_in(news, "by", "byline", "copyrightholder")
    sources = [*filter(None, (text_in(each, "href") for each in pictured))] or [""]
    return ItemPicture((*sources, *filter(None, [text_in(news, "uri")])), words_of(caption), credit, alt)


def _width(rendition: Fields) -> float:
    width = rendition.get("width")
    return float(width) if isinstance(width, int | float) else 0.0


def _sources(news: Fields, *roles: str) -> tuple[str, ...]:
    """Return the names of those among the sources of information who have one of `roles`."""
    told = (*maps_in(news, "infosources"), *maps_in(news, "infosource"))
    return tuple(filter(None, (text_in(each, "name") for each in told if text_in(each, "role", "rel") in roles)))
