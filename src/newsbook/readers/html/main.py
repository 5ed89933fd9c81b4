"""Find the story in a page: the element that holds it, by where the prose is; and the element of its headline."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.tree import BLOCKS, UNSHOWN, Tree, attribute, hints, shown_text


class Story(Struct, frozen=True):
    """Where the story is: `main` holds its body; `headline` is inside it, above it, or missing."""

    main: etree._Element
    headline: etree._Element | None


# Prose is text outside links with sentence marks in it.
_MARKS = re.compile("[，。、！？；：,.!?;「」『』“”]")
_MARKS_PER_BLOCK = 25

# A parent counts this much less than a child that holds all its prose.
_NEARER = 0.6
_LEVELS = 6

# A body's own element holds no more prose than its paragraphs but for a lead, a note or the line of a caption.
_SOME_MORE = 1.15
_A_LINE = 30

# What sites call the element of the body, and what stands beside it.
_BODY = re.compile(
    r"(?:^|[\s_-])(?:article[_-]?(?:body|content|text|main|detail|con|txt|view|p)|articlebody|articlecontent|artibody|artical"
    r"|trs[_-]?editor|rm_txt_con|post[_-]?(?:body|content|text|article)|main[_-]?text|left_zw|js_content|rich_media_content"
    r"|entry[_-]?content|story[_-]?(?:body|content|text|main)|news[_-]?(?:text|body|content|con|view|end|txt)|newstext"
    r"|content[_-]?(?:area|text|body|detail|article|main)|text[_-]?content|zoom|cont?ent|detail[_-]?(?:content|body|text)"
    r"|dic_area|newsct_article|newsendcontents|articeBody|article_view|harmonycontainer|caas-body|paragraphs)(?=$|[\s_-])"
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar|box)?|aside|foot(?:er)?|nav(?:bar|igation|i)?|gnb|lnb|menu|bread-?crumbs?|crumbs?|share(?:bar|box|s)?|sns|social"
    r"|comments?|reply|replies|related?|relate(?:s|d-?news)?|recommend(?:s|ed|ation)?|rec|hot(?:news|list)?|rank(?:ing|s)?|popular|most-?(?:read|viewed)"
    r"|ad|ads|adv|advert(?:isement)?|advertorial|banner|sponsor(?:ed)?|promo(?:tion)?|copy-?right|disclaimer|login|search(?:box)?|tool-?(?:bar|s|box)"
    r"|pager|pagination|paging|page-?nav|tags?|keywords?|qr-?code|subscribe|newsletter|topbar|toplink|font-?size|outbrain|taboola|dable|cookie"
    r"|prev-?next|linklist|more-?news|latest|bottom-?links|feedback|jiucuo|vote|emotion|like-?btn|app-?download|skip|popup|modal)"
    r"(?=$|[\s_-]|[0-9])"
)
_BESIDE_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:^|[\s_-])(?:head-?line|(?:article|news|post|story|main|arc|media_end_head|entry|detail|content)?[_-]?(?:title|tit|subject|h1))(?=$|[\s_-])"
)
_SHORTEST_TITLE = 4
_LONGEST_TITLE = 90


def find_story(tree: Tree) -> Story:
    """Return the element that holds the story's body, the page's own where none stands out, and its headline's."""
    weights = _weights(tree.root)
    best = max(weights, key=lambda element: weights[element], default=None)
    main = tree.root if best is None else _widened(best, _held(tree.root, _prose(tree.root)))
    return Story(main, find_headline(tree, main))


def is_beside(element: etree._Element) -> bool:
    """Tell whether `element` is called, by its tag or its author, something that stands beside a story."""
    if element.tag in _BESIDE_TAGS or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_BESIDE.search(hints(element)) or _HIDDEN.search(element.get("style", "")))


def _prose(root: etree._Element) -> dict[etree._Element, float]:
    """Return how much prose each element holds directly: characters outside links, as far as marks vouch for them."""
    found: dict[etree._Element, list[str]] = {}
    holders: list[etree._Element] = []
    passed = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        skipped = (
            element.tag in UNSHOWN or element.tag == "a" or (is_beside(element) and element.tag not in {"body", "html"})
        )
        if event == "start":
            passed += skipped
            if element.tag in BLOCKS and element.tag != "br":
                holders.append(element)
            if not passed and holders and element.text:
                found.setdefault(holders[-1], []).append(element.text)
        else:
            passed -= skipped
            if holders and holders[-1] is element:
                holders.pop()
            if not passed and holders and element.tail:
                found.setdefault(holders[-1], []).append(element.tail)
    return {element: _weight("".join(pieces)) for element, pieces in found.items()}


def _weight(text: str) -> float:
    text = re.sub(r"\s+", "", text)
    return float(min(len(text), _MARKS_PER_BLOCK * len(_MARKS.findall(text))))


def _weights(root: etree._Element) -> dict[etree._Element, float]:
    """Return how well each element would do as the story's: the prose in it, the nearer the better."""
    weights: dict[etree._Element, float] = {}
    for element, prose in _prose(root).items():
        share = prose
        if element.tag in {"p", "h2", "h3", "h4", "li", "td", "tr", "tbody", "blockquote", "pre"}:
            share *= 0.9
        at: etree._Element | None = element
        for _ in range(_LEVELS):
            if at is None or not share:
                break
            bonus = 1.25 if _is_called_body(at) else 1.0
            weights[at] = weights.get(at, 0.0) + share * bonus
            at, share = at.getparent(), share * _NEARER
    return weights


def _is_called_body(element: etree._Element) -> bool:
    return (
        attribute(element, "itemprop").lower() == "articlebody"
        or element.tag == "article"
        or bool(_BODY.search(hints(element)))
    )


def _widened(best: etree._Element, held: dict[etree._Element, float]) -> etree._Element:
    """Return the ancestor that its author calls the body, where hardly more prose than `best` has stands in it.

    A table, a list or a quotation is never the whole story, unless nothing stands around it.
    """
    main = best
    for at in best.iterancestors():
        if held.get(at, 0.0) > _SOME_MORE * held.get(best, 0.0) + _A_LINE or at.tag in {"body", "html"}:
            break
        if _is_called_body(at) or main.tag in {"p", "li", "ul", "ol", "blockquote", "td", "tr", "tbody"}:
            main = at
    return main


def _held(root: etree._Element, prose: dict[etree._Element, float]) -> dict[etree._Element, float]:
    """Return how much prose each element below `root` holds, directly or not."""
    held = dict(prose)
    for _, element in etree.iterwalk(root, events=("end",)):
        parent = element.getparent()
        if parent is not None and held.get(element):
            held[parent] = held.get(parent, 0.0) + held[element]
    return held


def find_headline(tree: Tree, main: etree._Element) -> etree._Element | None:
    """Return the heading that the page's title repeats, the last above the body, or the first in it."""
    titles = tuple(filter(None, map(plain_letters, stated_titles(tree))))
    before: list[etree._Element] = []
    inside: list[etree._Element] = []
    seen_main = False
    within = set(main.iter())
    for element in tree.root.iter("h1", "h2", "h3", "h4", "div", "p", "span", "strong", "td", "font", "b", "header"):
        seen_main = seen_main or element in within
        if _may_be_headline(element):
            (inside if element in within else before if not seen_main else []).append(element)
    named = [element for element in (*before, *inside) if _repeats(plain_letters(shown_text(element)), titles)]
    if named:
        return max(named, key=lambda element: (len(plain_letters(shown_text(element))), element.tag == "h1"))
    return next((element for element in (*inside, *reversed(before)) if element.tag == "h1"), None)


def _may_be_headline(element: etree._Element) -> bool:
    if (
        element.tag in {"h1", "h2", "h3", "h4"}
        or _TITLE.search(hints(element))
        or attribute(element, "itemprop") == "headline"
    ):
        length = sum(len(text) for text, _ in zip(element.itertext(), range(50), strict=False))
        return (
            length > 0
            and len(shown_text(element)) <= _LONGEST_TITLE
            and not any(map(is_beside, element.iterancestors()))
        )
    return False


def _repeats(text: str, titles: tuple[str, ...]) -> bool:
    return len(text) >= _SHORTEST_TITLE and any(
        text in title or (title in text and len(title) * 1.5 > len(text)) for title in titles
    )


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
