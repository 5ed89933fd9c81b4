"""Read what a page states about itself: JSON-LD, microdata, OpenGraph and other meta elements, in this order."""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from newsbook.model import Markup, Origin, Part
from newsbook.readers.html.tree import Tree, attribute, offset_of, without_markers
from newsbook.readers.told import Told

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
    "firstpublishtime": "published", "publish_date": "published", "apub:time": "published",
    "datepublished": "published",
    "og:release_date": "published", "og:regdate": "published", "cxenseparse:recs:publishtime": "published",
    "article:modified_time": "updated", "og:updated_time": "updated", "lastmod": "updated", "datemodified": "updated",
    "article:author": "author", "og:article:author": "author", "author": "author", "dable:author": "author",
    "dc.creator": "author", "byl": "author", "article:section": "section", "section": "section",
    "og:site_name": "outlet", "source": "outlet", "contentsource": "outlet", "mediaid": "outlet",
    "og:url": "url",
}  # fmt: skip
_FIELDS = ("headline", "published", "updated", "author", "section", "outlet", "language", "url")
_LONGEST = 300
_DEEPEST = 12
_TITLE_TAIL = re.compile(r"\s*[_|｜–—]\s*[^_|｜–—]*$|\s*--?\s*[^-]*$|\s*[：:]\s*[^：:\s]{2,12}$")
_LONGEST_NAME = 20


def stated(tree: Tree) -> tuple[Told, ...]:
    """Return what the page states as lines, the first statement of each field; an author each."""
    found: dict[str, Told] = {}
    for source in (_linked_data, _microdata, _metas, _links, _elements):
        for field, value, element in source(tree):
            text = _SPACE.sub(" ", html.unescape(value)).strip()
            if text and len(text) <= _LONGEST and field not in found:
                found[field] = _told(tree, field, text, element)
    return tuple(found[field] for field in _FIELDS if field in found)


def _told(tree: Tree, field: str, value: str, element: etree._Element) -> Told:
    place: Origin = tree.origin(0, max(0, offset_of(element)))
    return Told(value, Markup(Part.STATED, field=field, origins=(place,)))


def _linked_data(tree: Tree) -> Iterator[tuple[str, str, etree._Element]]:
    for script in tree.root.iter("script"):
        if "ld+json" not in script.get("type", ""):
            continue
        for node in _nodes(_loaded(without_markers(script.text or "")), 0):
            if any(_ARTICLE.search(kind) for kind in _words(node.get("@type"))):
                yield from ((field, "、".join(_words(node.get(key))), script) for key, field in _LD.items())


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
    for element in tree.root.iter("meta"):
        field = _META.get(attribute(element, "property", "name", "itemprop").lower())
        content = attribute(element, "content")
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
        tail = _TITLE_TAIL.search(title)
        yield "headline", _TITLE_TAIL.sub("", title), element
        yield "outlet", tail[0].strip(" _|｜–—-：:") if tail and len(tail[0]) <= _LONGEST_NAME else "", element
        break
    for element in tree.root.iter("time"):
        yield "published", attribute(element, "datetime"), element
    yield "language", tree.root.get("lang", ""), tree.root
