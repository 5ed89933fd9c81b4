"""Read what a page states about itself: JSON-LD, microdata, OpenGraph and other meta elements, in this order."""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from newsbook.model import Markup, Origin, Part
from newsbook.readers.html.imprints import noticed, on_banner
from newsbook.readers.html.scriptdata import find_script_date
from newsbook.readers.html.titles import headline_in, is_site, nameless, site_names
from newsbook.readers.html.tree import Tree, attribute, offset_of, without_markers
from newsbook.readers.interface import MarkedLine

_SPACE = re.compile(r"\s+")

# schema.org: NewsArticle and its neighbours. https://schema.org/NewsArticle
_ARTICLE = re.compile(r"(?:\w*Article|Report|\w*Posting|Review)$")
_LD = {
    "headline": "headline", "datePublished": "published", "dateModified": "updated", "author": "author",
    "articleSection": "section", "publisher": "outlet", "inLanguage": "language",
}  # fmt: skip

# The Open Graph protocol, its article object, and the names that the sites of the region use beside it.
_META = {
    "og:title": "headline", "twitter:title": "headline", "title": "headline", "articletitle": "headline",
    "article:published_time": "published", "og:article:published_time": "published", "publishdate": "published",
    "pubdate": "published", "date": "published", "dc.date": "published", "dc.date.issued": "published",
    "dcterms.created": "published", "dcterms.issued": "published", "dcterms.modified": "updated",
    "firstpublishtime": "published", "publish_date": "published", "apub:time": "published",
    "datepublished": "published",
    "og:release_date": "published", "og:regdate": "published", "cxenseparse:recs:publishtime": "published",
    "article:modified_time": "updated", "og:updated_time": "updated", "lastmod": "updated", "datemodified": "updated",
    "article:author": "author", "og:article:author": "author", "author": "author", "dable:author": "author",
    "dc.creator": "author", "byl": "author", "cxenseparse:author": "author",
    "cxenseparse:recs:author": "author", "article:section": "section", "section": "section",
    "og:site_name": "outlet", "source": "outlet", "contentsource": "outlet", "mediaid": "outlet",
    "og:url": "url",
}  # fmt: skip
_FROM_YEAR = re.compile(r"(?:19|20)\d\d")

# Portals use these for the outlet whose story they show.
_CARRIED = frozenset({"article:author", "og:article:author", "article:media_name"})
_FIELDS = ("headline", "published", "updated", "author", "section", "outlet", "tail", "site", "language", "url")
_LONGEST = 300
_DEEPEST = 12
_TITLE_TAIL = re.compile(r"\s*[_|｜–—]\s*[^_|｜–—]*$|\s*--?\s*[^-]*$|\s*[：:]\s*[^：:\s，。！？!?、]{2,12}$")
_BAR = re.compile(
    r"\s*[_|｜]+\s*|\s+[-–—·]+\s+|\s*(?:--|——)\s*|(?<=[^\x00-\x7f])-|-(?=[^\x00-\x7f])"
    r"|\s*[：:]\s*(?=(?:[^：:\s]{2,12}|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){1,2})$)"
)
_LAST_BAR = re.compile(r"(.+?)(\s+-+\s+|\s*[|ㅣ｜_–—]+\s*|-+(?=[^\x00-\x7f]))([^|ㅣ｜_–—-]{1,20})\s*")
_LONGEST_NAME = 20
_LONGEST_CHANNEL = 6
_LONGEST_OUTLET = 8
_SHORTEST_SITE = 2
_STATEMENT = re.compile(r"[，。！？!?、；…「」『』“”()（）]|\d{3}")

# What names of papers, agencies, sites and stations end in.
_OUTLET = re.compile(
    r"(?:[网網报報社台]|新[闻聞]|[日时時]报|[周週]刊|[杂雜][志誌]|[电電][视視]|[卫衛][视視]|[频頻]道|在[线線]|[传傳]媒|客户端"
    r"|News|Times|Daily|Post|Press|NHK|BBC|TV|\.com|オンライン|デジタル|ニュース|通信|放送|テレビ"
    r"|뉴스|신문|일보|방송|경제|타임스|닷컴|투데이|데일리|통신)\s*$",
    re.IGNORECASE,
)


def stated(tree: Tree) -> tuple[MarkedLine, ...]:
    """Return what the page states, a line for each field. The first statement of a field counts."""
    found: dict[str, MarkedLine] = {}
    sites: list[str] = []
    titles: list[tuple[str, etree._Element]] = []
    for source in (_linked_data, _microdata, _metas, _links, _elements, _scripts):
        for field, value, element in source(tree):
            text = _SPACE.sub(" ", html.unescape(value)).strip()
            sites += [text] if text and field in {"outlet", "site"} else []
            titles += [(text, element)] if text and field == "headline" else []
            if text and len(text) <= _LONGEST and (field not in found or _is_clearer(field, text, found[field].text)):
                found[field] = _told(tree, field, text, element)
    found.pop("headline", None)
    for text, element in _headlines(tree, titles, sites):
        found.setdefault("headline", _told(tree, "headline", text, element))
    if sites:
        found["site"] = _told(tree, "site", "、".join(dict.fromkeys(sites))[:_LONGEST], tree.root)
    return tuple(found[field] for field in _FIELDS if field in found)


def _is_clearer(field: str, text: str, before: str) -> bool:
    """Tell whether a date begins with the year, as programs write them, and the one stated before does not."""
    return field in {"published", "updated"} and bool(_FROM_YEAR.match(text)) and not _FROM_YEAR.match(before)


def _headlines(
    tree: Tree, titles: list[tuple[str, etree._Element]], sites: list[str]
) -> Iterator[tuple[str, etree._Element]]:
    """Yield the titles without the site's name; behind them, what the head may state otherwise."""
    called = site_names(tree)
    for text, element in titles:
        headline = headline_in(_without_site(text, sites), called)
        if headline and len(text) <= _LONGEST:
            yield headline, element
    yield from nameless(tree)


def _without_site(title: str, sites: list[str]) -> str:
    """Return a title without the name of its site at the end, and without that of a channel before it."""
    head, bar, tail = _last_bar(title)
    if not head or not any(tail in site or site in tail for site in sites):
        return title
    channel_head, _, channel = _last_bar(head)
    return channel_head if bar and channel_head and len(channel) <= _LONGEST_CHANNEL else head


def _last_bar(title: str) -> tuple[str, str, str]:
    match = _LAST_BAR.fullmatch(title)
    return (match[1], match[2], match[3]) if match else ("", "", title)


def _told(tree: Tree, field: str, value: str, element: etree._Element) -> MarkedLine:
    place: Origin = tree.origin(0, max(0, offset_of(element)))
    return MarkedLine(value, Markup(Part.STATED, field=field, origins=(place,)))


def _linked_data(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    for script in tree.root.iter("script"):
        if "ld+json" not in script.get("type", ""):
            continue
        for node in _nodes(_loaded(without_markers(script.text or "")), 0):
            if any(_ARTICLE.search(kind) for kind in _words(node.get("@type"))):
                yield "outlet", _carried(node), script
                yield from ((field, "、".join(_words(_person(node, key))), script) for key, field in _LD.items())


def _carried(node: dict[str, object]) -> str:
    """Return the organisation that wrote a story, unless the publisher is that with more to its name: 渡口報Online."""
    name = "、".join(_words(_organisation(node.get("author"))))
    return "" if any(word.startswith(name) for word in _words(node.get("publisher"))) else name


def _person(node: dict[str, object], key: str) -> object:
    """Return what is stated under a key; of authors, those that are no organisations."""
    value = node.get(key)
    if key != "author":
        return value
    return [each for each in (value if isinstance(value, list) else [value]) if _organisation(each) is None]


def _organisation(author: object) -> object:
    """Return a stated author that is an organisation: where the story comes from, whoever publishes it here."""
    first = author[0] if isinstance(author, list) and len(author) == 1 else author
    return first if isinstance(first, dict) and str(first.get("@type", "")).endswith("Organization") else None


def _site_names(title: str) -> list[str]:
    """Return the parts of a page's title that may name its site: short ones, and no statements."""
    parts = [part.strip() for part in _BAR.split(title) if part.strip()]
    longest = max(parts, key=len, default="")
    return [part for part in parts if part != longest and len(part) <= _LONGEST_NAME and not _STATEMENT.search(part)]


def _site_of(names: list[str]) -> str:
    """Return the last of the names in a title that is longer than two characters: it is the site's as a rule."""
    longer = [name for name in names if len(name) > _SHORTEST_SITE]
    return next(reversed(longer or names), "")


def _is_outlet(name: str) -> bool:
    """Tell whether a part of a title names a site: by its ending, which a long part may have by chance."""
    return is_site(name, frozenset()) or (len(name) <= _LONGEST_OUTLET and bool(_OUTLET.search(name)))


def _loaded(text: str) -> object:
    """Return the data in a script; sites write raw line ends into strings, and rubbish."""
    try:
        return json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        yield from (
            node for key in ("@graph", "mainEntity", "mainEntityOfPage") for node in _nodes(value.get(key), depth + 1)
        )
    elif isinstance(value, list):
        yield from (node for item in value for node in _nodes(item, depth + 1))


def _words(value: object) -> list[str]:
    """Return the strings or the names in a value of linked data."""
    match value:
        case str():
            return [value]
        case {"name": name}:
            return _words(name) if isinstance(name, str | list) else []
        case list():
            return [word for item in value[:20] if isinstance(item, str | dict) for word in _words(item)]
        case _:
            return []


def _microdata(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    for element in tree.root.iter():
        name = element.get("itemprop")
        if name in {"headline", "datePublished", "dateModified", "articleSection"} and element.tag in {
            "meta",
            "time",
            "link",
        }:
            yield _LD[name], attribute(element, "content", "datetime"), element


def _metas(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    owners = noticed(tree)
    for element in tree.root.iter("meta"):
        content = attribute(element, "content", "value").removesuffix(" | 네이버")
        called = attribute(element, "property", "name").lower() in _CARRIED
        if called and (_OUTLET.search(content) or content in owners):
            yield "outlet", content, element
    for element in tree.root.iter("meta"):
        field = _META.get(attribute(element, "property", "name", "itemprop").lower())
        content = attribute(element, "content", "value")
        if field and not (field == "author" and _is_address(content)):
            yield field, content, element


def _is_address(content: str) -> bool:
    """Tell whether an author is given as the address of a page about the author."""
    try:
        return bool(urlsplit(content).scheme)
    except ValueError:
        return True


def _links(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    for element in tree.root.iter("link"):
        if attribute(element, "rel").lower() == "canonical":
            yield "url", attribute(element, "href"), element


def _elements(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    for element in tree.root.iter("title"):
        title = element.text or ""
        yield "headline", _TITLE_TAIL.sub("", title) or title, element
        yield "headline", title, element
        names = _site_names(title)
        yield from (("outlet", name, element) for name in reversed(names) if _is_outlet(name))
        yield from (("site", name, element) for name in names)
        yield "tail", _site_of(names), element
        break
    yield from (("outlet", name, tree.root) for name in noticed(tree))
    yield from (("outlet", name, element) for name, element in on_banner(tree))
    for element in tree.root.iter("time"):
        yield "published", attribute(element, "datetime"), element
    yield "language", tree.root.get("lang", ""), tree.root


def _scripts(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield the day that only a script knows."""
    dated = find_script_date(tree)
    if dated:
        yield "published", *dated
