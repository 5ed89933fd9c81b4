"""Read a record that an extractor or a dataset has written: one mapping of names to values for each article.

Every extractor has its own names for the same few fields. They are looked up here in one table, spelt without case,
hyphens and underscores, so that `date_publish`, `datePublish` and `Date-Publish` are one.
"""

import re
from collections.abc import Iterator, Mapping

from newsbook.readers.html import is_whole_page
from newsbook.readers.newsitem import ItemFacts, ItemPicture, NewsItem
from newsbook.readers.values import iso

# The names that trafilatura, newspaper4k, news-please, Readability, Postlight, NewsAPI, schema.org, Common Crawl's
# news and the region's corpora use, the surer ones first.
_NAMES = {
    "headline": "headline title newstitle articletitle name 标题 標題 题名 제목 タイトル 見出し",
    "text": (
        "text maintext articletext articlebody bodytext fulltext textcontent content contents body "
        "article story paragraphs rawtext 正文 内容 內容 本文 본문 내용"
    ),
    "html": "contenthtml bodyhtml articlehtml texthtml htmlcontent cleanedhtml html",
    "kicker": "kicker eyebrow 引题 肩題",
    "deck": "subtitle deck dek standfirst subheadline alternativeheadline 副标题 副標題 부제",
    "byline": "byline",
    "published": (
        "published date publishdate publisheddate datepublished datepublish publicationdate pubdate "
        "publishedat publishtime publishedtime pubtime releasedate releasetime time datetime timestamp "
        "日期 时间 時間 发布时间 發布時間 日付 날짜 일자"
    ),
    "updated": "updated modified datemodified datemodify lastmodified updatedat updatetime 修改时间",
    "authors": "authors author creator reporter reporters journalist writer 作者 记者 記者 著者 기자 기고자",
    "editors": "editor editors 编辑 編輯 责任编辑 編集者",
    "section": "section articlesection category categories channel column 栏目 欄目 分类 版面 분류",
    "outlet": (
        "outlet sitename metasitename publisher sourcename media newspaper press provider source site "
        "sourcehostname sourcedomain hostname domain 来源 來源 媒体 媒體 출처 언론사"
    ),
    "url": "url link canonicalurl canonicallink sourceurl permalink originalurl 网址 網址 链接",
    "language": "language lang inlanguage metalang 语言",
    "rights": "rights license licence copyright 版权",
    "retrieved": "retrieved filedate datedownload downloaddate fetchedat crawledat crawldate accessed",
    "identifier": "identifier guid uuid id newsid docid articleid uri",
    "images": "images pictures photos image topimage leadimageurl imageurl urltoimage thumbnail",
}

# What extractors write beside the article: digests of it, and how they came by it.
_DIGESTS = frozenset({
    "excerpt", "description", "summary", "abstract", "metadescription", "fingerprint", "wordcount", "raw", "desc",
    "keywords", "tags", "comments", "pagetype", "type", "keywordscores", "metakeywords", "metafavicon", "metaimg",
    "readmorelink", "movies", "length", "dir", "direction", "totalpages", "renderedpages", "nextpageurl", "filename",
})  # fmt: skip

_FIELD = {name: (field, place) for field, names in _NAMES.items() for place, name in enumerate(names.split())}
_TAG = re.compile(
    r"<(?:p|div|br|figure|img|h[1-6]|ul|ol|table|blockquote|section|article|span|a|strong)\b[^<>]*>", re.IGNORECASE
)
# What exports write for nothing.
_NOTHING = frozenset({"none", "null", "nan", "n/a", "undefined"})
_WEB = re.compile(r"https?://\S+\Z|//\S+\Z")


def is_record(value: Mapping[str, object]) -> bool:
    """Tell whether a mapping holds an article: some text of its own, or a headline with something to go by."""
    found = _sorted(value)
    return any(_written(text) for field in ("text", "html", "headline") for text in found.get(field, ()))


def read_record(value: Mapping[str, object], name: str, sha256: str, encoding: str) -> NewsItem:
    """Return the article in a record."""
    found = _sorted(value)
    html, text = _body(found)
    first = {field: next(filter(None, map(_written, values)), "") for field, values in found.items()}
    addresses = [*filter(_is_web, map(_written, (*found.get("url", ()), *found.get("outlet", ()))))]
    outlets = [name for name in map(_written, found.get("outlet", ())) if name and not _is_web(name)]
    facts = ItemFacts(
        headline=first.get("headline", ""),
        kicker=first.get("kicker", ""),
        deck=first.get("deck", ""),
        byline=first.get("byline", ""),
        published=iso(_first(found, "published")),
        updated=iso(_first(found, "updated")),
        authors=_names(found, "authors"),
        editors=_names(found, "editors"),
        section=first.get("section", ""),
        outlet=outlets[0] if outlets else "",
        language=first.get("language", ""),
        rights=first.get("rights", ""),
        url=_absolute(addresses[0]) if addresses else "",
        identifier=first.get("identifier", ""),
        retrieved=iso(_first(found, "retrieved")),
    )
    return NewsItem(name, sha256, facts, html, text, tuple(_pictures(found.get("images", ()))), encoding)


def left_out(value: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of a record's fields that say something and have no place in an article."""
    used = {name for name in value if _plain(name) in _FIELD}
    return tuple(sorted(name for name in value if name not in used and _plain(name) not in _DIGESTS and value[name]))


def _sorted(value: Mapping[str, object]) -> dict[str, tuple[object, ...]]:
    """Return the values of each field that say something, the surest first."""
    told = [(*_FIELD[_plain(name)], item) for name, item in value.items() if _plain(name) in _FIELD and item]
    told.sort(key=lambda entry: entry[1])
    fields = dict.fromkeys(field for field, _, _ in told)
    return {field: tuple(item for name, _, item in told if name == field) for field in fields}


def _plain(name: str) -> str:
    return re.sub(r"[\s_.:@-]+", "", name).lower()


def _body(found: dict[str, tuple[object, ...]]) -> tuple[str, str]:
    """Return an article's body as HTML or as text, the other empty."""
    texts = [text for item in found.get("text", ()) if (text := _written(item, "\n"))]
    marked = [*filter(None, map(_written, found.get("html", ()))), *(text for text in texts if _TAG.search(text))]
    pages = [text for text in marked if is_whole_page(text)]
    parts = [text for text in marked if text not in pages]
    if parts or (pages and not texts):
        return (*parts, *pages)[0], ""
    return "", texts[0] if texts else ""


def _written(value: object, between: str = "、") -> str:
    """Return a value as text: a list joined, the name in a mapping."""
    match value:
        case str():
            return "" if value.strip().lower() in _NOTHING else value.strip()
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list():
            return between.join(filter(None, (_written(item, between) for item in value)))
        case dict():
            return next(filter(None, (_written(value.get(name)) for name in ("name", "text", "value", "title"))), "")
        case _:
            return ""


def _first(found: dict[str, tuple[object, ...]], field: str) -> object:
    return next((item for item in found.get(field, ()) if isinstance(item, str | int | float) and _written(item)), "")


def _names(found: dict[str, tuple[object, ...]], field: str) -> tuple[str, ...]:
    """Return the names in a field, once each, whether it holds one, a list, or mappings."""
    values = found.get(field, ())[:1]
    items = values[0] if values and isinstance(values[0], list) else values
    return tuple(dict.fromkeys(filter(None, map(_written, items))))


def _absolute(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address


def _is_web(text: str) -> bool:
    return bool(_WEB.match(text))


def _pictures(values: tuple[object, ...]) -> Iterator[ItemPicture]:
    """Yield the pictures of a record once each: those that it describes, or its main one, or all that it names."""
    described = [item for value in values if isinstance(value, list) for item in value if isinstance(item, dict)]
    leads = [value for value in values if not isinstance(value, list)][:1]
    seen: set[str] = set()
    for item in described or leads or [item for value in values if isinstance(value, list) for item in value]:
        told = item if isinstance(item, dict) else {"src": item}
        plain = {_plain(str(name)): _written(text) for name, text in told.items()}
        source = next((plain[name] for name in ("src", "url", "href", "file", "path", "image") if plain.get(name)), "")
        if source and source not in seen:
            seen.add(source)
            caption = plain.get("caption") or plain.get("description") or ""
            yield ItemPicture((source,), caption, plain.get("credit", ""), plain.get("alt", ""))
