"""Find the element of a story's headline: the heading that the page's title repeats, or the nearest one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.titles import is_site, parts_of, plain_letters, site_names, stated_titles
from newsbook.readers.html.tree import Tree, attribute, hints, printed_length, shown_text

_TITLE = re.compile(
    r"(?:^|[\s_-])(?:head-?line|(?:article|news|post|story|main|arc|media_end_head|entry|detail|content)?[_-]?(?:title|tit|subject|h1))(?=$|[\s_-])"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_MAY_BE = ("h1", "h2", "h3", "h4", "h5", "div", "p", "span", "strong", "td", "font", "b", "header")
_LONGEST = 90

# A heading as short as this may name the channel. A much longer one that is nearer to the body is the headline.
_CHANNEL = 6
_NEARLY = 0.6
_SHARED = 0.25
_NEAR_TOP = 40
_BADGE = re.compile(
    "原[创創]|[独獨]家|[转轉][载載]|[快速][讯訊报報]|[视視][频頻]|影音|[图圖]集|[图圖]文|[组組][图圖]|直播|置[顶頂]|推[荐薦]|[热熱]|精[选選华華]?|[更最]新"
    "|[专專]题|[专專]題|[头頭][条條]|付[费費]|VIP|[会會][员員](?:限定|[专專]享)?|会員限定記?事?|有料(?:会員限定)?(?:記事)?|無料|独自|動画|PR|AD|広告"
)


class Candidate(Struct, frozen=True):
    """An element that may be the headline. `likeness`, in 0…1, is how alike it is to the titles of the page."""

    element: etree._Element
    text: str
    likeness: float
    inside: bool


def find_headline(tree: Tree, main: etree._Element, boilerplate: frozenset[etree._Element]) -> etree._Element | None:
    """Return the heading that the page's title repeats. Else it is the last above the body, or the first in it.

    Where no heading repeats the title, what is no heading and does is the headline; and one that has nothing of two
    titles that agree is another story's.
    """
    titles = _titles(tree)
    candidates = tuple(_candidates(tree, main, boilerplate, titles))
    named = [each for each in candidates if each.likeness >= _NEARLY]
    near = [each for each in candidates if _is_heading(each)]
    nearest = next((each for each in (*reversed([each for each in near if not each.inside]), *near)), None)
    best = max(named, key=_rank, default=None)
    if best and not (len(best.text) <= _CHANNEL and nearest and len(nearest.text) > 2 * len(best.text)):
        return _around(best, candidates).element
    unmarked = _unmarked(tree, main, boilerplate, titles)
    if unmarked is not None:
        return unmarked
    if nearest is None and not titles:
        nearest = next((each for each in candidates if _opens(each, main)), None)
    return nearest.element if nearest and not _is_foreign(nearest.text, titles) else None


def _opens(candidate: Candidate, main: etree._Element) -> bool:
    """Tell whether a heading is what a page without a title begins with."""
    before = plain_letters(shown_text(main)).find(candidate.text)
    return candidate.element.tag in _HEADINGS and len(candidate.text) > _CHANNEL and 0 <= before <= _NEAR_TOP


def badges_in(headline: etree._Element | None) -> frozenset[etree._Element]:
    """Return the elements at either end of a headline that say what kind of story it is: 原創, 獨家."""
    inner = () if headline is None else headline.iterdescendants("span", "em", "i", "b", "strong", "font", "a", "small")
    return frozenset(each for each in inner if _BADGE.fullmatch(shown_text(each).strip(" 【】[]〔〕|｜·")))


def _unmarked(
    tree: Tree, main: etree._Element, boilerplate: frozenset[etree._Element], titles: tuple[str, ...]
) -> etree._Element | None:
    """Return the element above the body, else in it, whose own text is a title, though nothing calls it one."""
    wanted = {title for title in titles if len(title) > _CHANNEL}
    texts = ((each, each.text or "") for each in tree.root.iter(*_MAY_BE, "center", "dt", "a")) if wanted else ()
    found = [
        each
        for each, text in texts
        if _CHANNEL < len(text.strip()) <= _LONGEST
        and plain_letters(text) in wanted
        and not any(above in boilerplate for above in each.iterancestors())
    ]
    within = set(main.iter()) if found else set()
    outside = [each for each in found if each not in within]
    return next((each for each in (*reversed(outside), *found)), None)


def _is_foreign(text: str, titles: tuple[str, ...]) -> bool:
    """Tell whether a heading shares next to nothing with two titles of the page, of which one repeats the other."""
    longer = sorted((title for title in titles if len(title) > _CHANNEL), key=len)
    agreed = any(one in other for one, other in pairwise(longer))
    return agreed and all(len({*text} & {*title}) < _SHARED * min(len({*text}), len({*title})) for title in longer)


def headings(tree: Tree) -> str:
    """Return the words of a page's titles and headings."""
    return " ".join((*stated_titles(tree), *map(shown_text, tree.root.iter("h1", "h2", "h3"))))


def _around(best: Candidate, candidates: tuple[Candidate, ...]) -> Candidate:
    """Return the heading around `best`, if a title of the page repeats all of that heading; else `best`."""
    above = set(best.element.iterancestors())
    outer = (each for each in candidates if each.element in above and each.element.tag in _HEADINGS and each.likeness)
    return next(outer, best)


def _rank(candidate: Candidate) -> tuple[float, bool, int]:
    return candidate.likeness, candidate.element.tag == "h1", len(candidate.text)


def _is_heading(candidate: Candidate) -> bool:
    """Tell whether a candidate is an `h1`, or above the body another heading that is set or called as a headline."""
    tag = candidate.element.tag
    called = _TITLE.search(hints(candidate.element)) or tag in _HEADINGS
    return tag == "h1" or (bool(called) and not candidate.inside and len(candidate.text) > _CHANNEL)


def _candidates(
    tree: Tree, main: etree._Element, boilerplate: frozenset[etree._Element], titles: tuple[str, ...]
) -> Iterator[Candidate]:
    """Yield what may be the headline, in the order of the page, down to the end of the body."""
    within, sites = set(main.iter()), site_names(tree)
    seen = False
    for element in tree.root.iter(*_MAY_BE):
        inside = element in within
        if seen and not inside:
            break
        seen = seen or inside
        shown = _short_text(element)
        text = "" if is_site(shown, sites) else plain_letters(shown)
        if text and not any(each in boilerplate for each in element.iterancestors()) and element not in boilerplate:
            likeness = max((_likeness(text, title) for title in titles), default=0.0)
            yield Candidate(element, text, likeness, inside)


def _short_text(element: etree._Element) -> str:
    """Return the text of an element that is set or called as a title and is short enough; else nothing."""
    called = _TITLE.search(hints(element)) or attribute(element, "itemprop") == "headline"
    if not (called or element.tag in _HEADINGS):
        return ""
    if element.tag not in _HEADINGS and any(shown_text(each) for each in element.iterdescendants(*_HEADINGS)):
        return ""
    length = sum(len(text) for text, _ in zip(element.itertext(), range(50), strict=False))
    text = shown_text(element) if length else ""
    return text if printed_length(text) <= _LONGEST else ""


def _likeness(text: str, title: str) -> float:
    """Return the length of the shorter text over that of the longer, if it is a part of it; else 0."""
    shorter, longer = sorted((text, title), key=len)
    return len(shorter) / len(longer) if shorter and shorter in longer else 0.0


def _titles(tree: Tree) -> tuple[str, ...]:
    """Return the letters of the titles that the page states, and of their parts; not of the name of its site."""
    sites = site_names(tree)
    parts = (part for title in stated_titles(tree) for part in parts_of(title, sites))
    return tuple(dict.fromkeys(filter(None, map(plain_letters, parts))))
