"""Tell by a page's markup how far its story goes: further pages, a paywall, what scripts fill in, films and sounds."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from newsbook.model import Extent, Lack
from newsbook.readers.html.content import MainContent
from newsbook.readers.html.tree import Tree, attribute, hints, shown_text, without_markers

_NEXT = re.compile(
    r"\W*(?:(?:点击|點擊|阅读|閱讀)?(?:下一?[页頁]|[后後]一?[页頁])|次の?ページ(?:へ|を読む)?|(?P<bare>次[へ頁]|次|다음"
    r"|next|[›»>→▶]+)|다음 ?(?:페이지|쪽)|next ?page)\W*",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\W*(?:(?:在?本[页頁])?(?:阅读|閱讀|查看|显示|顯示)(?:全文|全部|完整)|全文(?:阅读|閱讀|显示|顯示)|(?:单|單)[页頁](?:阅读|閱讀)"
    r"|[余剩]下?全文|記事?全文を(?:読む|表示)|全文を(?:読む|表示)|全ページを?表示|1ページで(?:読む|表示)(?:する)?"
    r"|전체 ?(?:기사)? ?보기|한 ?페이지로 보기|view (?:all|as (?:a )?single page)|single page|show full article)\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\W第]*(\d{1,2})[\W]*(?:[页頁쪽]|ページ)?\W*")
_COUNTED = re.compile(r"共\s*\d{1,2}\s*[页頁]|\d{1,2}\s*/\s*\d{1,2}(?:\s*(?:ページ|[页頁쪽]))?|全\s*\d{1,2}\s*ページ")
_PAGED = re.compile(
    r"(?:^|[\s_-])(?:page(?:s|r|bar|box|nav|list|num)?|pagination|paging|paginator|fenye|pagelist)(?=$|[\s_-])"
)
_ELSEWHERE = re.compile(
    r"comment|reply|repl(?:y|ies)|pinglun|评论|related|recommend|rank|gallery|swiper|slick|slide|carousel|album|calendar|list"
)
# What tells a page of a story from the first: a1_2.html, a1-2.html, a1/2, ?page=2.
_SUFFIX = re.compile(r"(?<=.)[_-](?:p|page)?\d{1,2}(?=(?:\.\w{2,6})?$)|(?<=/)\d{1,2}/?$|(?<=\w/)(?:p|page)/?\d{1,2}/?$")
_QUERY = re.compile(r"(?:^|&)(?:p|pg|pn|page|pageno|page_?no|pagenum|currentpage|cpage)=\d{1,3}(?=&|$)", re.IGNORECASE)
_NO_ADDRESS = ("#", "javascript:", "mailto:")

_LONGEST_PAGER = 160
_LEVELS = 4
_MOST_PAGES = 60

# A page of links has some, each of the length of a headline, and of prose no more than a few words to each.
_FEWEST, _FEWEST_ALONE = 5, 2
_PROSE_EACH = 60.0
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 7, 80

_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?\s*(?:false|no|0)\b', re.IGNORECASE)
_SELECTOR = re.compile(r'"cssSelector"\s*:\s*"\s*([.#])([\w-]+)"')
_LOCKED = frozenset({"locked", "paid", "premium"})
_READ = 80

# Where frameworks fill a page in.
_MOUNTS = frozenset({"app", "root", "__next", "__nuxt", "main-app", "react-root", "q-app"})
_LITTLE = 60.0

_PLAYED = re.compile(
    r"youtube|youtu\.be|vimeo|youku|bilibili|v\.qq|iqiyi|tudou|nicovideo|tv\.naver|kakaotv|dailymotion|video|player"
)
_PLAYERS = ("video", "audio", "iframe", "embed", "object", "mpvoice", "mp-common-mpaudio", "mpvideosnap")


def extent_of(tree: Tree, content: MainContent) -> Extent:
    """Return what a page says of how far its story goes. Addresses are as the page has them."""
    pages, before, is_hidden = _pages(tree, content)
    missing = [
        lack
        for lack, is_so in (
            (Lack.PAYWALL, _is_locked(tree)),
            (Lack.SCRIPT, _is_shell(tree, content)),
            (Lack.MEDIA, _has_player(content)),
            (Lack.PAGES, is_hidden and not pages),
        )
        if is_so
    ]
    return Extent(tuple(missing), pages, before, _whole(tree, content) if pages else "", links_in(content))


# --- further pages


def _pages(tree: Tree, content: MainContent) -> tuple[tuple[str, ...], int, bool]:
    """Return the addresses of the story's other pages, how many come before, and whether scripts hide some."""
    pager = next((found for found in map(_pager, _next_links(tree, content)) if found), None)
    if pager is None:
        stated = tuple(dict.fromkeys(_stated_next(tree)))[:1]
        return stated, 0, False
    linked, current, is_hidden = pager
    before = sum(number < current for number in linked if number)
    ordered = [href for _, href in sorted(linked.items(), key=lambda entry: entry[0] or _MOST_PAGES + 1)]
    return tuple(islice(dict.fromkeys(ordered), _MOST_PAGES)), before, is_hidden


def _next_links(tree: Tree, content: MainContent) -> Iterator[etree._Element]:
    """Yield the links that may be part of a pager of the story, and what is called one."""
    near = {content.main, *islice(content.main.iterancestors(), _LEVELS)}
    for link in tree.root.iter("a"):
        text = shown_text(link)
        match = _NEXT.fullmatch(text)
        if not (match or (_NUMBER.fullmatch(text) and _is_called_pager(link))):
            continue
        holders = list(islice(link.iterancestors(), _LEVELS + 2))
        if any(_ELSEWHERE.search(hints(holder)) and holder not in near for holder in holders[:_LEVELS]):
            continue
        if near.intersection(link.iterancestors()) - {tree.root} or _is_called_pager(link):
            yield link


def _is_called_pager(link: etree._Element) -> bool:
    return any(_PAGED.search(hints(holder)) for holder in islice(link.iterancestors(), 3))


def _pager(link: etree._Element) -> tuple[dict[int, str], int, bool] | None:
    """Return the pages that a pager links to by their numbers, 0 for one without; the current one; whether some hide.

    The pager is the nearest element around the link with numbers or other words of its kind, and nothing else in it.
    """
    match = _NEXT.fullmatch(shown_text(link))
    for holder in islice(link.iterancestors(), _LEVELS):
        text = shown_text(holder)
        if len(text) > _LONGEST_PAGER or holder.tag in {"body", "html"}:
            break
        linked, is_hidden = _linked(holder)
        numbers = [number for number in linked if number]
        if numbers or _COUNTED.search(text):
            return linked, _current(holder, linked), is_hidden
    if match and not match["bare"] and _address(link):
        return {0: _address(link)}, 1, False
    return None


def _linked(holder: etree._Element) -> tuple[dict[int, str], bool]:
    """Return what a pager links to, by the numbers of pages, 0 for a next one that has none; and whether some hide.

    The page at hand is not among them, even where the pager links to it.
    """
    linked: dict[int, str] = {}
    onward = ""
    is_hidden = False
    for link in holder.iter("a"):
        number = _NUMBER.fullmatch(shown_text(link))
        if number and _address(link):
            linked[int(number[1])] = _address(link)
        elif number or _NEXT.fullmatch(shown_text(link)):
            onward = onward or _address(link)
            is_hidden = is_hidden or not _address(link)
    numbered = next((number for number, href in linked.items() if href == onward), 0)
    linked.pop(numbered - 1, None)
    return linked | ({0: onward} if onward and not numbered else {}), is_hidden


def _current(holder: etree._Element, linked: dict[int, str]) -> int:
    """Return the number of the page at hand: one that is no link, else the first that is missing."""
    plain = {int(found) for found in re.findall(r"(?<!\d)\d{1,2}(?!\d)", _COUNTED.sub(" ", shown_text(holder)))}
    spare = sorted(plain - set(linked) - {0})
    return spare[0] if spare else next(number for number in range(1, _MOST_PAGES * 2) if number not in linked)


def _address(link: etree._Element) -> str:
    href = attribute(link, "href")
    return "" if href.lower().startswith(_NO_ADDRESS) else href


def _stated_next(tree: Tree) -> Iterator[str]:
    """Yield what is stated as the next page, where its address is that of a page of a story.

    Sites state the next story so, too.
    """
    for link in tree.root.iter("link", "a"):
        if "next" in attribute(link, "rel").lower().split() and not attribute(link, "title"):
            href = _address(link)
            try:
                parts = urlsplit(href)
            except ValueError:
                continue
            if _SUFFIX.search(parts.path) or _QUERY.search(parts.query):
                yield href


def _whole(tree: Tree, content: MainContent) -> str:
    """Return the address of the page that has all of a story, empty where the page names none."""
    near = {content.main, *islice(content.main.iterancestors(), _LEVELS)}
    links = (link for link in tree.root.iter("a") if _ALL.fullmatch(shown_text(link)) and _address(link))
    return next((_address(link) for link in links if near.intersection(link.iterancestors()) - {tree.root}), "")


def links_in(content: MainContent) -> tuple[str, ...]:
    """Return what a page of links leads to, empty for a story: its text is headlines, and those are links."""
    outside: set[etree._Element] = set()
    found: dict[str, None] = {}
    for element in content.main.iter(etree.Element):
        if element in content.boilerplate or element.getparent() in outside:
            outside.add(element)
        elif element.tag == "a" and _is_headline(shown_text(element)) and (href := _address(element)):
            found[href.partition("#")[0]] = None
    prose = content.density.held.get(content.main, 0.0)
    fewest = _FEWEST if prose else _FEWEST_ALONE
    return tuple(filter(None, found)) if len(found) >= fewest and prose < _PROSE_EACH * len(found) else ()


def _is_headline(text: str) -> bool:
    return _SHORTEST_HEADLINE <= len(text) <= _LONGEST_HEADLINE


# --- what is held back, filled in, or played


def _is_locked(tree: Tree) -> bool:
    """Tell whether a page says that it is not free to read, and does not hold what it says so of.

    Google's markup of paywalled content, with schema.org's isAccessibleForFree.
    """
    scripts = [
        without_markers(each.text or "") for each in tree.root.iter("script") if "ld+json" in each.get("type", "")
    ]
    stated = [text for text in scripts if _NOT_FREE.search(text)]
    metas = (attribute(each, "content").lower() for each in tree.root.iter("meta") if _is_tier(each))
    return (bool(stated) and not any(_is_there(tree, text) for text in stated)) or any(
        each in _LOCKED for each in metas
    )


def _is_tier(meta: etree._Element) -> bool:
    return attribute(meta, "property", "name").lower() in {"article:content_tier", "content_tier", "og:content_tier"}


def _is_there(tree: Tree, text: str) -> bool:
    """Tell whether the part that is not free is in the page all the same, with words in it."""
    for kind, name in _SELECTOR.findall(text):
        for element in tree.root.iter(etree.Element):
            names = element.get("class", "").split() if kind == "." else [element.get("id", "")]
            if name in names and len(shown_text(element)) > _READ:
                return True
    return False


def _is_shell(tree: Tree, content: MainContent) -> bool:
    """Tell whether a page is an empty frame that a script fills: no prose, and the place for it is bare."""
    if content.density.held.get(content.main, 0.0) > _LITTLE:
        return False
    return any(
        element.get("id", "") in _MOUNTS and not shown_text(element) for element in tree.root.iter("div", "main")
    )


def _has_player(content: MainContent) -> bool:
    """Tell whether a film or a sound stands in the story: an edition shows neither."""
    outside: set[etree._Element] = set()
    for element in content.main.iter(etree.Element):
        if element in content.boilerplate or element.getparent() in outside:
            outside.add(element)
        elif element.tag in _PLAYERS and (element.tag not in {"iframe", "embed", "object"} or _is_played(element)):
            return True
    return False


def _is_played(element: etree._Element) -> bool:
    source = attribute(element, "src", "data-src", "data", "href")
    return bool(_PLAYED.search(f"{source} {element.get('class', '')}".lower()))
