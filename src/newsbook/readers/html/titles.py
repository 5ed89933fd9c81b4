"""What the titles of a page say: the headline, and the names of site and channel that stand around it."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from newsbook.readers.html.tree import Tree, attribute

# The parts of a page's title, between which stand the bars and dashes of sites and channels.
_BAR = re.compile(r"\s*[_|｜ㅣ丨]+\s*|\s+[-–—·:：»>]+\s+|\s*(?:--|——)\s*|(?<=[^\x00-\x7f])-(?=[^\d])|-(?=[^\x00-\x7f])")
_SITES = frozenset({"og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "site_name"})
# Portals name whose story it is in brackets behind the headline.
_CARRIED = re.compile(r"\s*[（(]([^（()）]{2,20})[)）]$")
_LONGEST_SITE = 16
_SHORTEST = 6
_LONGEST = 80
_NO_TITLE = re.compile(r"[。;；=]|^[\x00-\x7f]*$|://")
_NAMED = ("name", "property", "http-equiv", "charset", "itemprop", "id", "scheme")

# What the whole name of a paper, agency, site or station ends in; a headline may end in 網 or 報 as well.
_SITE = re.compile(
    r"[^\W\d]{1,6}[网網]|(?:[A-Za-z!&.]+ )*\S{0,12}"
    r"(?:新[闻聞][网網云雲]?|[资資][讯訊][网網站]?|新[闻聞]站|[网網]站|[门門][户戶]"
    r"|[电電]子[报報]|[电電][台視视]|[广廣]播|[日晚早晨商快周週時时][报報]|月刊|[周週]刊|[杂雜][志誌]|通[讯訊]社|[新通]信社"
    r"|在[线線]|[传傳]媒|客[户戶]端|頻道|频道|[首主][页頁]|官[网網]|オンライン|ニュース"
    r"|デジタル|新聞|放送|テレビ|일보|신문|뉴스|방송|통신|투데이|닷컴|News|Times|Daily|Online)"
    r"\s*(?:[首主][页頁]|官[网網]|官方[网網]站)?",
    re.IGNORECASE,
)


def stated_titles(tree: Tree) -> Iterator[str]:
    """Yield the titles that the head of the page states."""
    for element in tree.root.iter("title"):
        yield element.text or ""
        break
    for element in tree.root.iter("meta"):
        if attribute(element, "property", "name") in {"og:title", "twitter:title"}:
            yield attribute(element, "content")


def site_names(tree: Tree) -> frozenset[str]:
    """Return the letters of the names that the head of the page gives its site."""
    metas = tree.root.iter("meta")
    names = (
        attribute(each, "content", "value") for each in metas if attribute(each, "property", "name").lower() in _SITES
    )
    return frozenset(filter(None, map(plain_letters, names)))


def is_site(text: str, sites: frozenset[str]) -> bool:
    """Tell whether a part of a title is but the name of its site: so called in the page's head, or by its ending."""
    letters = plain_letters(text)
    if letters in sites:
        return True
    return len(letters) <= _LONGEST_SITE and bool(_SITE.fullmatch(text.strip()))


def parts_of(title: str, sites: frozenset[str]) -> Iterator[str]:
    """Yield a title and what stands between the bars in it, but not the name of the site."""
    for text in (title, *_BAR.split(title)):
        if text.strip() and not is_site(text, sites):
            yield text.strip()


def headline_in(title: str, sites: frozenset[str]) -> str:
    """Return a title without the names of its site and its channels at either end; nothing where it has no more.

    >>> headline_in("渡口電子報 - 大霧再停3班船 累計停開20班", frozenset())
    '大霧再停3班船 累計停開20班'
    """
    spans = _spans(title)
    named = [is_site(title[start:end], sites) for start, end in spans]
    if all(named):
        return ""
    first = next(at for at, site in enumerate(named) if not site)
    last = next(at for at in range(len(named) - 1, -1, -1) if not named[at])
    headline = title[spans[first][0] : spans[last][1]].strip()
    carried = _CARRIED.search(headline)
    return headline[: carried.start()] if carried and is_site(carried[1], sites) else headline


def _spans(title: str) -> list[tuple[int, int]]:
    """Return where the parts of a title begin and end."""
    bars = list(_BAR.finditer(title))
    starts, ends = [0, *(bar.end() for bar in bars)], [*(bar.start() for bar in bars), len(title)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if title[start:end].strip()] or [(0, 0)]


def nameless(tree: Tree) -> Iterator[tuple[str, etree._Element]]:
    """Yield what may be a headline in elements of the head that say nothing of what they state."""
    for element in tree.root.iter("meta"):
        content = attribute(element, "content").strip()
        told = any(element.get(name) for name in _NAMED) or not _SHORTEST <= len(content) <= _LONGEST
        if not told and not _NO_TITLE.search(content):
            yield content, element


def plain_letters(text: str) -> str:
    """Return the letters and digits of `text`, full width made half: what two spellings of a title share."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()
