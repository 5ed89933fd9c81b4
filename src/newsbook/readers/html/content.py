"""Content extraction, the first step: find the element of a page that holds the story's body, by where the prose is."""

import re

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.boilerplate import boilerplate_in, worded_in
from newsbook.readers.html.density import TextDensity, ancestors, measure
from newsbook.readers.html.figures import is_called_caption
from newsbook.readers.html.headline import badges_in, find_headline, headings
from newsbook.readers.html.notices import is_foreign, is_notice
from newsbook.readers.html.tree import Tree, attribute, hints


class MainContent(Struct, frozen=True):
    """Where the story is in a page.

    `main` holds its body. `headline` is inside it, above it, or missing. `boilerplate` are the elements that are called
    navigation, ranking, comments and the like. `worded` are those of them that are words of a line, each with whether
    that line is prose.
    """

    main: etree._Element
    headline: etree._Element | None
    boilerplate: frozenset[etree._Element]
    worded: dict[etree._Element, bool]
    density: TextDensity


# A parent counts this much less than a child that holds all its prose.
_NEARER = 0.6
_LEVELS = 6

# What the prose of a list counts for, what a site says for itself, what is in other letters, and what is said
# of a picture.
_LISTED = 0.5
_SITES = 0.25
_FOREIGN = 0.1
_SAID_OF_PICTURES = 0.4

# A body in parts is called and made alike in each; one of them holds at least this share of the others' prose.
_PEER = 0.15

# Elements that are parts of a body, and never all of it.
_PARTS = frozenset({
    "p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "td", "th", "tr", "tbody", "table", "span", "font", "b",
    "strong", "pre", "h1", "h2", "h3", "h4",
})  # fmt: skip

# What sites call the element of the body.
_BODY = re.compile(
    r"(?:^|[\s_-])(?:article[_-]?(?:body|content|text|main|detail|con|txt|view|p)|articlebody|articlecontent|artibody|artical"
    r"|trs[_-]?editor|rm_txt_con|post[_-]?(?:body|content|text|article)|main[_-]?text|left_zw|js_content|rich_media_content"
    r"|entry[_-]?content|story[_-]?(?:body|content|text|main)|news[_-]?(?:text|body|content|con|view|end|txt)|newstext"
    r"|content[_-]?(?:area|text|body|detail|article|main)|text[_-]?content|zoom|cont?ent|detail[_-]?(?:content|body|text)"
    r"|dic_area|newsct_article|newsendcontents|articebody|article_view|harmonycontainer|caas-body|paragraphs)(?=$|[\s_-])"
)
_DIGITS = re.compile(r"\d+")


def content_in(tree: Tree, main: etree._Element) -> MainContent:
    """Return the content of a fragment whose body is `main`, as feeds and records hold one."""
    density = measure(tree.root)
    boilerplate = boilerplate_in(tree.root, density)
    return _found(tree, main, boilerplate, density)


def find_content(tree: Tree) -> MainContent:
    """Return where the story is. Where no element stands out, the whole page is its body."""
    density = measure(tree.root)
    boilerplate = boilerplate_in(tree.root, density)
    scores = _scores(_weighed(tree, density, boilerplate))
    best = max(scores, key=lambda element: scores[element], default=None)
    main = tree.root if best is None else _whole(best, density, boilerplate)
    return _found(tree, main, boilerplate, density)


def _found(
    tree: Tree, main: etree._Element, boilerplate: frozenset[etree._Element], density: TextDensity
) -> MainContent:
    headline = find_headline(tree, main, boilerplate)
    worded = worded_in(tree.root, boilerplate)
    return MainContent(main, headline, boilerplate | badges_in(headline), worded, density)


def _weighed(tree: Tree, density: TextDensity, boilerplate: frozenset[etree._Element]) -> dict[etree._Element, float]:
    """Return the prose of each block that may be of the story, in characters, weighed by what it speaks of.

    What a site says for itself weighs less than what its story says, and so does what stands in lists.
    """
    outside = _outside(tree.root, boilerplate)
    told = headings(tree)
    weighed: dict[etree._Element, float] = {}
    for element, prose in density.prose.items():
        if prose and element not in outside:
            text = density.texts[element]
            share = prose * (0.9 if element.tag in _PARTS else 1.0) * (_LISTED if element.tag == "li" else 1.0)
            share *= _SITES if is_notice(text) else 1.0
            share *= _SAID_OF_PICTURES if is_called_caption(element, len(text)) else 1.0
            weighed[element] = share * (_FOREIGN if is_foreign(text, told) else 1.0)
    return weighed


def _scores(weighed: dict[etree._Element, float]) -> dict[etree._Element, float]:
    """Return a score for each element: the prose in it, which counts the more the nearer it is."""
    scores: dict[etree._Element, float] = {}
    for element, prose in weighed.items():
        share = prose
        for at, _ in zip(ancestors(element), range(_LEVELS), strict=False):
            bonus = 1.25 if _is_called_body(at) else 1.0
            scores[at] = scores.get(at, 0.0) + share * bonus
            share *= _NEARER
    return scores


def _outside(root: etree._Element, boilerplate: frozenset[etree._Element]) -> set[etree._Element]:
    """Return all elements that are boilerplate, or stand in it."""
    outside: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        if element in boilerplate or element.getparent() in outside:
            outside.add(element)
    return outside


def _is_called_body(element: etree._Element) -> bool:
    return (
        attribute(element, "itemprop").lower() == "articlebody"
        or element.tag == "article"
        or bool(_BODY.search(hints(element)))
    )


def _whole(best: etree._Element, density: TextDensity, boilerplate: frozenset[etree._Element]) -> etree._Element:
    """Return the element that holds all parts of a body, of which `best` holds the largest."""
    main = best
    for at, _ in zip(best.iterancestors(), range(_LEVELS), strict=False):
        if at.tag == "html" or (at.tag == "body" and main.tag not in _PARTS):
            break
        child = next(each for each in ancestors(best) if each.getparent() is at)
        if main.tag in _PARTS or _has_peers(child, density, boilerplate):
            main = at
    return main


def _has_peers(element: etree._Element, density: TextDensity, boilerplate: frozenset[etree._Element]) -> bool:
    """Tell whether siblings made alike hold more of the same body."""
    parent = element.getparent()
    others = () if parent is None else (each for each in parent if each is not element and each not in boilerplate)
    like = [other for other in others if other.tag == element.tag and _name(other) == _name(element)]
    return sum(density.held.get(other, 0.0) for other in like) > _PEER * density.held.get(element, 0.0)


def _name(element: etree._Element) -> set[str]:
    return set(_DIGITS.sub("", element.get("class", "")).split())
