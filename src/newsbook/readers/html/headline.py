"""Find the element of a story's headline: the heading that the page's title repeats, or the nearest one."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.tree import Tree, attribute, hints, printed_length, shown_text

_TITLE = re.compile(
    r"(?:^|[\s_-])(?:head-?line|(?:article|news|post|story|main|arc|media_end_head|entry|detail|content)?[_-]?(?:title|tit|subject|h1))(?=$|[\s_-])"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_MAY_BE = ("h1", "h2", "h3", "h4", "h5", "div", "p", "span", "strong", "td", "font", "b", "header")
_LONGEST = 90

# The parts of a page's title, between which stand the bars and dashes of sites and channels.
_BAR = re.compile(r"\s*[_|｜]\s*|\s+[-–—·:：]+\s+|\s*(?:--|——)\s*|-")

# A heading as short as this may name the channel. A much longer one that is nearer to the body is the headline.
_CHANNEL = 6
_NEARLY = 0.6


class Candidate(Struct, frozen=True):
    """An element that may be the headline. `likeness`, in 0…1, is how alike it is to the titles of the page."""

    element: etree._Element
    text: str
    likeness: float
    inside: bool


def find_headline(tree: Tree, main: etree._Element, boilerplate: frozenset[etree._Element]) -> etree._Element | None:
    """Return the heading that the page's title repeats. Else it is the last above the body, or the first in it."""
    candidates = tuple(_candidates(tree, main, boilerplate))
    named = [each for each in candidates if each.likeness >= _NEARLY]
    near = [each for each in candidates if _is_heading(each)]
    nearest = next((each for each in (*reversed([each for each in near if not each.inside]), *near)), None)
    best = max(named, key=_rank, default=None)
    if best and not (len(best.text) <= _CHANNEL and nearest and len(nearest.text) > 2 * len(best.text)):
        return _around(best, candidates).element
    return nearest.element if nearest else None


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


def _candidates(tree: Tree, main: etree._Element, boilerplate: frozenset[etree._Element]) -> Iterator[Candidate]:
    """Yield what may be the headline, in the order of the page, down to the end of the body."""
    titles = tuple(_parts(tree))
    within = set(main.iter())
    seen = False
    for element in tree.root.iter(*_MAY_BE):
        inside = element in within
        if seen and not inside:
            break
        seen = seen or inside
        text = plain_letters(_short_text(element))
        if text and not any(each in boilerplate for each in element.iterancestors()) and element not in boilerplate:
            likeness = max((_likeness(text, title) for title in titles), default=0.0)
            yield Candidate(element, text, likeness, inside)


def _short_text(element: etree._Element) -> str:
    """Return the text of an element that is set or called as a title and is short enough; else nothing."""
    called = _TITLE.search(hints(element)) or attribute(element, "itemprop") == "headline"
    if not (called or element.tag in _HEADINGS):
        return ""
    length = sum(len(text) for text, _ in zip(element.itertext(), range(50), strict=False))
    text = shown_text(element) if length else ""
    return text if printed_length(text) <= _LONGEST else ""


def _likeness(text: str, title: str) -> float:
    """Return the length of the shorter text over that of the longer, if it is a part of it; else 0."""
    shorter, longer = sorted((text, title), key=len)
    return len(shorter) / len(longer) if shorter and shorter in longer else 0.0


def _parts(tree: Tree) -> Iterator[str]:
    """Yield the titles that the page states, and what stands between the bars in them, as letters.

    The name of the site is none, as its banner is often a heading too.
    """
    sites = {plain_letters(attribute(each, "content", "value")) for each in tree.root.iter("meta") if _is_site(each)}
    for title in stated_titles(tree):
        pieces = _BAR.split(title)
        yield from (text for text in map(plain_letters, (title, *pieces)) if text and text not in sites)


def _is_site(element: etree._Element) -> bool:
    return attribute(element, "property", "name") in {"og:site_name", "application-name", "apple-mobile-web-app-title"}


def stated_titles(tree: Tree) -> Iterator[str]:
    """Yield the titles that the head of the page states."""
    for element in tree.root.iter("title"):
        yield element.text or ""
        break
    for element in tree.root.iter("meta"):
        if attribute(element, "property", "name") in {"og:title", "twitter:title"}:
            yield attribute(element, "content")


def plain_letters(text: str) -> str:
    """Return the letters and digits of `text`, full width made half: what two spellings of a title share."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()
