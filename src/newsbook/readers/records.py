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
    "headline": (
        "headline title newstitle articletitle name subject 标题 標題 题名 題名 题目 題目 제목 기사제목 "
        "タイトル 見出し 題"
    ),
    "text": (
        "text maintext articletext articlebody bodytext fulltext textcontent content contents body article "
        "story paragraphs rawtext 正文 内容 內容 內文 内文 全文 本文 記事 본문 내용 기사내용 기사본문"
    ),
    "html": "contenthtml bodyhtml articlehtml texthtml htmlcontent cleanedhtml html",
    "kicker": "kicker eyebrow 引题 肩題",
    "deck": "subtitle deck dek standfirst subheadline alternativeheadline 副标题 副標題 副題 부제 부제목",
    "byline": "byline",
    "published": (
        "published date publishdate publisheddate datepublished datepublish publicationdate pubdate "
        "publishedat publishtime publishedtime pubtime releasedate releasetime time datetime timestamp 日期 "
        "时间 時間 发布时间 發布時間 发布日期 發布日期 发表时间 發表時間 出版日期 刊登日期 日付 日時 公開日 "
        "公開日時 掲載日 配信日時 発行日 날짜 일자 일시 작성일 등록일 게시일 입력일 발행일"
    ),
    "updated": "updated modified datemodified datemodify lastmodified updatedat updatetime 修改时间",
    "authors": (
        "authors author creator reporter reporters journalist writer 作者 记者 記者 撰文 著者 執筆者 筆者 "
        "기자 기자명 글쓴이 저자 기고자"
    ),
    "editors": "editor editors 编辑 編輯 责任编辑 編集者",
    "section": (
        "section articlesection category categories channel column 栏目 欄目 分类 版面 版次 カテゴリ "
        "カテゴリー 面 분류 섹션 분야"
    ),
    "outlet": (
        "outlet sitename metasitename publisher sourcename media newspaper press provider source site "
        "sourcehostname sourcedomain hostname domain 来源 來源 稿源 出处 出處 媒体 媒體 报纸 報紙 媒体名 出典 "
        "掲載紙 新聞社 출처 언론사 매체 신문사"
    ),
    "url": (
        "url link canonicalurl canonicallink sourceurl permalink originalurl href 网址 網址 链接 連結 鏈接 "
        "原文链接 リンク 링크 주소"
    ),
    "language": "language lang inlanguage metalang 语言 語言 言語 언어",
    "rights": "rights license licence copyright 版权 版權",
    "retrieved": "retrieved filedate datedownload downloaddate fetchedat crawledat crawldate accessed",
    "identifier": "identifier guid uuid id newsid docid articleid uri",
    "images": (
        "images pictures photos image topimage leadimageurl imageurl imageurls urltoimage thumbnail 图片 圖片 "
        "画像 이미지 사진"
    ),
}

# What extractors write beside the article: digests of it, and how they came by it.
_DIGESTS = frozenset({
    "excerpt", "description", "summary", "abstract", "metadescription", "fingerprint", "wordcount", "raw", "desc",
    "keywords", "tags", "comments", "pagetype", "type", "keywordscores", "metakeywords", "metafavicon", "metaimg",
    "readmorelink", "movies", "length", "dir", "direction", "totalpages", "renderedpages", "nextpageurl", "filename",
})  # fmt: skip

# What a spider puts before the names of its fields, as news_title and articleUrl, and behind them, as content_list.
_BEFORE = re.compile(
    r"\A(?:news|article|art|post|story|item|doc|page|entry|meta|og|dc|新[闻聞]|文章|稿件|記事|ニュース|기사|뉴스)(?=.)"
)
_BEHIND = re.compile(r"(?<=.)(?:list|str|txt|text|raw|value|info|s)\Z")
_LESS_SURE = 1000

_FIELD = {name: (field, place) for field, names in _NAMES.items() for place, name in enumerate(names.split())}
_TAG = re.compile(
    r"<(?:p|div|br|figure|img|h[1-6]|ul|ol|table|blockquote|section|article|span|a|strong)\b[^<>]*>", re.IGNORECASE
)
# What begins no paragraph, what ends one as a rule, and what indents one.
_GOES_ON = re.compile(r"\s*[，。、；：！？）」』”’》,.;:!?)\]…]")
_ENDED = re.compile(r"[。！？!?…][”」』’）)\]]*\s*\Z")
_INDENT = re.compile(r"\s*(?:[\r\n]|\N{IDEOGRAPHIC SPACE})")
_PADDING = " \t\r\n\N{NO-BREAK SPACE}"

# Extended JSON, which mongoexport writes. https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/
_EXTENDED = ("$oid", "$date", "$numberLong", "$numberInt", "$numberDouble", "$uuid")

# Of these, a list holds the pieces of one.
_HEAD = frozenset({"headline", "kicker", "deck", "byline"})

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
    first = {
        field: next(filter(None, (_written(value, " " if field in _HEAD else "、") for value in values)), "")
        for field, values in found.items()
    }
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
    return tuple(
        sorted(
            name for name, item in value.items() if item and not _known(name) and _core(_plain(name)) not in _DIGESTS
        )
    )


def field_of(name: str) -> str:
    """Return the field that a name stands for, empty where it stands for none.

    >>> field_of("news_title"), field_of("正文"), field_of("Score")
    ('headline', 'text', '')
    """
    return (_known(name) or ("",))[0]


def _known(name: str) -> tuple[str, int] | None:
    """Return the field that a name stands for, and how sure that is: the lower, the surer."""
    plain = _plain(name)
    if plain in _FIELD or plain in _DIGESTS:
        return _FIELD.get(plain)
    found = _FIELD.get(_core(plain))
    return (found[0], found[1] + _LESS_SURE) if found else None


def _core(plain: str) -> str:
    """Return a name without what a spider puts before and behind it."""
    shorter = _BEFORE.sub("", plain, count=1)
    bare = _BEHIND.sub("", shorter)
    return next((each for each in (plain, shorter, bare) if each in _FIELD or each in _DIGESTS), plain)


def _sorted(value: Mapping[str, object]) -> dict[str, tuple[object, ...]]:
    """Return the values of each field that say something, the surest first."""
    told = [(*known, _unwrapped(item)) for name, item in value.items() if item and (known := _known(name))]
    told.sort(key=lambda entry: entry[1])
    fields = dict.fromkeys(field for field, _, _ in told)
    return {field: tuple(item for name, _, item in told if name == field) for field in fields}


def _plain(name: str) -> str:
    return re.sub(r"[\s_.:@-]+", "", name).lower()


def _body(found: dict[str, tuple[object, ...]]) -> tuple[str, str]:
    """Return an article's body as HTML or as text, the other empty."""
    texts = [text for item in found.get("text", ()) if (text := _prose(item))]
    marked = [*filter(None, map(_written, found.get("html", ()))), *(text for text in texts if _TAG.search(text))]
    pages = [text for text in marked if is_whole_page(text)]
    parts = [text for text in marked if text not in pages]
    if parts or (pages and not texts):
        return (*parts, *pages)[0], ""
    return "", texts[0] if texts else ""


def _prose(value: object) -> str:
    """Return a text. A list of strings is its paragraphs, or the pieces of them that a selector found."""
    if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        return _written(value, "\n")
    pieces = [item for item in value if item.strip()]
    if any(_TAG.search(piece) for piece in pieces) or not any(_GOES_ON.match(piece) for piece in pieces):
        return "\n".join(piece.strip(_PADDING) for piece in pieces)
    return "".join(_joined(pieces)).strip()


def _joined(pieces: list[str]) -> Iterator[str]:
    """Yield pieces with a line end where a paragraph begins: behind a stop, and before an indent."""
    ended = True
    for piece in pieces:
        yield "\n" if (ended or _INDENT.match(piece)) and not _GOES_ON.match(piece) else ""
        yield piece.strip("\r\n\t")
        ended = bool(_ENDED.search(piece))


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
            names = (*_EXTENDED, "name", "text", "value", "title")
            return next(filter(None, (_written(value.get(name)) for name in names)), "")
        case _:
            return ""


def _unwrapped(value: object) -> object:
    """Return a value out of MongoDB's Extended JSON: {"$date": …}, {"$numberLong": …}."""
    while isinstance(value, dict) and (name := next((name for name in _EXTENDED if name in value), "")):
        value = value[name]
    return value


def _first(found: dict[str, tuple[object, ...]], field: str) -> object:
    """Return the first value of a field that says something; of a list, its first."""
    items = (inner for item in found.get(field, ()) for inner in (item if isinstance(item, list) else [item]))
    return next((item for item in items if isinstance(item, str | int | float) and _written(item)), "")


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
