"""Sort the first lines of a text: kicker, headline, deck, and the meta lines that say when, where and by whom."""

import re

from msgspec import Struct
from msgspec.structs import replace

from newsbook.dates import find_dates
from newsbook.desk.draft import Draft, without
from newsbook.desk.fields import states, take_meta, with_source
from newsbook.desk.labels import Field
from newsbook.desk.language import detect
from newsbook.desk.lines import folded, inked, printed
from newsbook.desk.meta import Meta, Value
from newsbook.desk.metaline import parse, parse_outlet
from newsbook.desk.names import is_japanese_name, is_person, split_names
from newsbook.desk.unlabelled import joined_name, may_sign_in_japanese, names_in
from newsbook.model import Article, Line, Omission, Part
from newsbook.script import fold


class _Head(Struct, frozen=True):
    """The lines above a story, sorted: titles, and meta lines with what they say."""

    titles: tuple[Line, ...] = ()
    metas: tuple[tuple[Line, Meta], ...] = ()
    urls: tuple[Line, ...] = ()


_DEEPEST = 12
_LONGEST_TITLE = 70
_MOST_TITLES = 4
# A sentence ends in a full stop, which Korean writes as the Latin one; no headline does.
_LONGEST_BYLINE = 24
_CALLED = re.compile("记者|作者|通讯员|文/")
# Platforms give an account's name above a day without its year.
_ACCOUNT = re.compile(r"\w{2,6}")
# The name of a column stands in lenticular brackets.
_COLUMN = re.compile(r"【[^【】]{2,10}】")
# 渡口社雲溪3月2日電 opens a story, whatever follows it.
_DATELINED = re.compile(r"[^\s,。:()]{2,16}\d{1,2}月\d{1,2}日(?:专|综合)?电(?:\s|$)|[^\s,。:()]{2,10}(?:讯|消息) ")
_STATEMENT = re.compile(r"[。;,、]$|。|[가-힣][\"”’)]?\.(?:\s|$)")
_URL = re.compile(r"[(（<]?(?:[^\s:：]{2,6}[:：\s]\s*)?(?P<url>https?://[^\s)）>\u3000-\u9fff]+)[)）>]?")
_DASHED = re.compile(r"^\s*[—–\-─]{1,3}\s*\S")
_KICKER = re.compile(r"[^。]{2,16}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年/.-]")


def take_opening(draft: Draft) -> Draft:
    """Move the lines above the story of a text into the article's fields; a headline that is told stands above them."""
    text = inked(draft.of(Part.TEXT))
    if not text:
        return draft
    headline = next((line for line in draft.copy.lines if draft.part(line) is Part.HEADLINE), None)
    lines = (headline, *text) if headline else text
    head = _sort(lines, _year(lines), headline)
    numbers = {line.number for line in (*head.titles, *head.urls, *(line for line, _ in head.metas))}
    article = _title(draft.article, head.titles, headline)
    for line in () if states(draft, "url") else head.urls:
        article = with_source(article, "", _address(line))
    taken = replace(without(draft, numbers), article=article)
    for line, meta in head.metas:
        taken = take_meta(taken, line, meta)
    if not taken.article.published:
        # The only day that a page gives is the one that it goes by.
        taken = replace(taken, article=replace(taken.article, published=taken.article.updated, updated=""))
    return _without_site_name(_with_outlet(_with_employer(taken, head), head), head.titles)


def _with_outlet(draft: Draft, head: _Head) -> Draft:
    """Take a short name between headline and date for the account that published, where nothing else says which."""
    article = draft.article
    below = head.titles[-1].number if len(head.titles) > 1 else 0
    dated = min((line.number for line, _ in head.metas), default=0)
    name = parse_outlet(article.deck) or (not article.published and _ACCOUNT.fullmatch(article.deck))
    name = name if below < dated else None
    if article.source.outlet or not name or is_person(article.deck):
        return draft
    return replace(draft, article=with_source(replace(article, deck=""), article.deck, ""))


def _with_employer(draft: Draft, head: _Head) -> Draft:
    """Take the reporter's paper for the outlet where the page names no other."""
    employer = next((name for _, meta in head.metas if (name := meta.first(Field.EMPLOYER))), "")
    return replace(draft, article=with_source(draft.article, employer, ""))


def _without_site_name(draft: Draft, titles: tuple[Line, ...]) -> Draft:
    """Leave out a line above the headline that but names the outlet, as the meta line does again."""
    article = draft.article
    if not article.kicker or fold(article.kicker) != fold(article.source.outlet):
        return draft
    omission = Omission("site-label", titles[0].number, article.kicker)
    return replace(draft, article=replace(article, kicker=""), omissions=(*draft.omissions, omission))


def _year(lines: tuple[Line, ...]) -> int:
    """Return the first year that the page writes outside its story, for dates that leave it out."""
    told = (folded(line) for line in lines if not _STATEMENT.search(folded(line)))
    return next((int(match[1]) for plain in told if (match := _YEAR.search(plain))), 0)


def _sort(lines: tuple[Line, ...], year: int, headline: Line | None) -> _Head:
    """Sort the first lines into titles and meta lines; the story begins where neither fits."""
    last_meta = _last_meta(lines[:_DEEPEST], year)
    titles: tuple[Line, ...] = ()
    metas: tuple[tuple[Line, Meta], ...] = ()
    urls: tuple[Line, ...] = ()
    for place, line in enumerate(lines[:_DEEPEST]):
        if headline and line.number == headline.number:
            titles = (line,)
            continue
        meta = parse(_legible(line), year) if place or _is_plainly_meta(line) else None
        if not meta and metas and titles and not any(known.fields & {Field.OUTLET} for _, known in metas):
            meta = parse_outlet(printed(line))
        if not meta and titles:
            meta = _corroborated(line, lines)
        if meta:
            meta = _with_author(meta, lines)
        if _URL.fullmatch(printed(line)):
            urls = (*urls, line)
        elif meta:
            metas = (*metas, (line, meta))
        elif _is_title(line) and _may_be_title(place, titles, last_meta):
            titles = (*titles, line)
        else:
            break
    return _Head(titles, metas, urls)


def _with_author(meta: Meta, lines: tuple[Line, ...]) -> Meta:
    """Take the name beside a date for its author's, where the page says that whoever bears it wrote or photographed.

    On a Japanese page, the one beside date and outlet is, or the only one beside the date.
    """
    beside = tuple(value for value in meta.values if value.field is not Field.PUBLISHED)
    if beside == meta.values[1:] and all(value.field is Field.OUTLET for value in beside):
        name = joined_name(meta.rest) or "".join(value.text for value in beside if not meta.rest)
        if may_sign_in_japanese(name) and not parse_outlet(name) and _is_japanese(lines):
            kept = (value for value in meta.values if value.text != name)
            return Meta((*kept, Value(Field.AUTHOR, name)))
    name = meta.first(Field.OUTLET)
    called = re.compile(rf"{re.escape(fold(name))}撮影|闻き手[ ・]?{re.escape(fold(name))}")
    if not name or not any(called.search(folded(line)) for line in lines):
        return meta
    values = (Value(Field.AUTHOR, name) if value.text == name else value for value in meta.values)
    return Meta(tuple(values), meta.rest)


def _is_japanese(lines: tuple[Line, ...]) -> bool:
    return detect("".join(printed(line) for line in lines)) == "ja"


def _corroborated(line: Line, lines: tuple[Line, ...]) -> Meta | None:
    """Return a line of nothing but names as a byline, where they are people's for certain.

    Others are where the page calls each of them its reporter elsewhere.
    """
    names = split_names(printed(line)) if len(printed(line)) <= _LONGEST_BYLINE else ()
    if names and names_in(printed(line)):
        return Meta((Value(Field.AUTHOR, printed(line)),))
    if joined_name(names) and is_japanese_name(joined_name(names)) and _is_japanese(lines):
        return Meta((Value(Field.AUTHOR, joined_name(names)),))
    if not names or not all(is_person(name) for name in names):
        return None
    called = "\n".join(folded(other) for other in lines if _CALLED.search(folded(other)))
    known = all(re.search(rf"(?:记者|作者|通讯员|文)[^。\n]{{0,12}}{re.escape(fold(name))}", called) for name in names)
    return Meta((Value(Field.AUTHOR, printed(line)),)) if known else None


def _last_meta(lines: tuple[Line, ...], year: int) -> int:
    """Return the place of the last meta line before the story's first statement, or -1."""
    last = -1
    for place, line in enumerate(lines):
        if place and (parse(_legible(line), year) or _corroborated(line, lines)):
            last = place
        elif not _is_title(line) and not _URL.fullmatch(printed(line)):
            break
    return last


def _legible(line: Line) -> str:
    """Return a line as printed, its lost characters as spaces: in a meta line they stand between its parts."""
    text = line.text
    for start, end in line.doubts:
        if text[start:end] == "?":
            text = f"{text[:start]} {text[end:]}"
    return printed(replace(line, text=text))


def _may_be_title(place: int, titles: tuple[Line, ...], last_meta: int) -> bool:
    """Tell whether a line at `place` can still be a title: nothing but titles above the last meta line is."""
    return not titles or (place < last_meta and len(titles) < _MOST_TITLES)


def _is_plainly_meta(line: Line) -> bool:
    """Tell whether the first line, which is a headline as a rule, is a meta line all the same."""
    text = printed(line)
    if len(text) > _LONGEST_TITLE:
        return False
    moments = find_dates(text)
    bare = bool(moments) and moments[0].start == 0 and moments[0].end == len(text)
    return bare or bool(re.match(r"(?:来源|发布时间|时间|日期|稿源)\s*:", folded(line)))


def _is_title(line: Line) -> bool:
    plain = folded(line)
    return len(plain) <= _LONGEST_TITLE and not _STATEMENT.search(plain) and not _DATELINED.match(plain)


def _title(article: Article, titles: tuple[Line, ...], headline: Line | None) -> Article:
    """Share out one to four lines among kicker, headline and deck."""
    texts = [printed(line) for line in titles]
    if not texts:
        return article
    columns = [text for text in texts[1:] if _COLUMN.fullmatch(text)]
    decks = [text for text in texts[1:] if _DASHED.match(text)]
    heads = [text for text in texts if text not in decks and text not in columns]
    has_kicker = (
        not headline
        and len(heads) > 1
        and _KICKER.fullmatch(heads[0])
        and (bool(decks) or len(heads[0]) * 1.5 < len(heads[1]))
    )
    kicker = heads.pop(0) if has_kicker else article.kicker
    deck = article.deck or " ".join([*heads[1:], *decks])
    return replace(article, kicker=kicker, headline=heads[0], deck=deck, section="".join(columns[:1]).strip("【】"))


def _address(line: Line) -> str:
    match = _URL.fullmatch(printed(line))
    return match["url"] if match else ""
