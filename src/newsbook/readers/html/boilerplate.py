"""Find the boilerplate of a page by its tags, classes and ids: navigation, rankings, comments, adverts.

Such names mark blocks. On an element within a line they mark boilerplate only where the whole line is nothing else:
`worded` are the others, words of a sentence whatever they are called.
"""

import re

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.blockroles import is_called_pull_quote
from newsbook.readers.html.density import TextDensity
from newsbook.readers.html.tree import BLOCKS, UNSHOWN, hints, hints_apart, shown_text

_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar|box)?|aside|foot(?:er)?|nav(?:bar|igation|i)?|gnb|lnb|menu|bread-?crumbs?|crumbs?"
    r"|comments?|reply|replies|related?|relate(?:s|d-?\w*)?|recommend(?:s|ed|ation\w*)?|rec|hot(?:news|list|words?)?|rank(?:ing|s)?|popular|most-?(?:read|viewed)"
    r"|ad|ads|adv|adsense|advert(?:isement)?|advertorial|banner|sponsor(?:ed)?|promo(?:tion)?|copy-?right|disclaimer|login"
    r"|page-?nav|subscribe|newsletter|topbar|toplink|outbrain|taboola|dable|popin|cookie|consent-?(?:banner|box|layer)|end-of-\w+|(?:ez-)?toc(?:[_-]\w+)?|table-?of-?contents|mokuji"
    r"|prev-?next|linklist|more-?(?:news|articles?)|latest|bottom-?links|feedback|app-?download|download-?app|skip"
    r"|hidd?en|hide|invisible|sr-only|(?:is[_-])?blind|visually-hidden|popup|modal|layer|twitter-tweet|instagram-media|tiktok-embed|bluesky-embed|fb-post|read-?more|also-?read|see-?also|ctread|widget|inarticle|in-?read|member-?only|paywall-?notice)"
    r"(?=$|[\s_-]|[0-9])|\w(?:sidebar|recommend\w*|relate(?:d|s)?\w*news|relatedarticles?|breadcrumbs?)(?=$|[\s_-])"
)
# What readers do with a page. Such a name is as often that of the text that they do it to: font-size, share, search.
_TOOLS = re.compile(
    r"(?:^|[\s_-])(?:share(?:bar|box|s|-?btn)?|sns|social|search(?:box)?|tool-?(?:bar|s|box)|pager|pagination|paging|tags?|keywords?"
    r"|qr-?code|font-?size|jiucuo|vote|emotion|like-?btn)(?=$|[\s_-]|[0-9])|\wsharebar(?=$|[\s_-])"
)
# A block of this much prose is no tool.
_MOST_OF_TOOL = 80.0
_BESIDE_TAGS = frozenset({"nav", "aside", "footer", "dialog", "menu", "button"})
# Fields that ask nothing of a reader: editing systems lay them, and the form around them, about a story.
_SILENT = frozenset({"hidden", "image"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_PAST = re.compile(
    r"跳[过過至到转轉]|略过|略過|Skip\b|건너|바로\s?가기|スキップ|.{0,12}(?:を飛ばす|へ移動|へスキップ)|.{1,12}(?:건너뛰기|바로가기)"
)

_FEWEST_PARTS = 2

_SENTENCE = re.compile("[。！？]|[.!?](?=\\s|$)")

# What holds most of the prose of a page holds the story, whatever it is called.
_MOST = 0.5


def boilerplate_in(root: etree._Element, density: TextDensity) -> frozenset[etree._Element]:
    """Return the elements of a page that are called boilerplate, and do not hold most of its prose.

    What is called a tool, or is a form to be filled in, is none where it holds a paragraph or two.
    """
    whole = density.held.get(root, 0.0)
    return frozenset(
        element
        for element in root.iter(etree.Element)
        if (_is_called_so(element) and not density.held.get(element, 0.0) > _MOST * whole)
        or (_is_tool(element) and not density.held.get(element, 0.0) > min(_MOST_OF_TOOL, _MOST * whole))
        or (element.tag == "form" and not density.held.get(element))
    )


class _CalledLine(Struct):
    """A line of the page while it is walked: what stands in it, outside and inside elements called boilerplate."""

    called: list[etree._Element]
    around: bool = False
    stated: bool = False
    inside: str = ""


def worded_in(root: etree._Element, boilerplate: frozenset[etree._Element]) -> dict[etree._Element, bool]:
    """Return the elements of `boilerplate` that are words of a line with other words, or are a statement themselves.

    The value tells whether the line is prose: it has a sentence mark outside of them, or in them.
    """
    return _Lines(boilerplate).run(root)


class _Lines:
    """The state of one pass that takes a page for lines, each from the edge of a block to the next."""

    def __init__(self, boilerplate: frozenset[etree._Element]) -> None:
        self._boilerplate = boilerplate
        self._worded: dict[etree._Element, bool] = {}
        self._line = _CalledLine([])
        self._depth = 0

    def run(self, root: etree._Element) -> dict[etree._Element, bool]:
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            if event == "end":
                self._leave(element)
            elif element.tag in UNSHOWN or element.tag == "rt" or _is_undisplayed(element):
                self._unread = element
                steps.skip_subtree()
            else:
                self._enter(element)
        self._end()
        return self._worded

    _unread: etree._Element | None = None

    def _enter(self, element: etree._Element) -> None:
        if element.tag in BLOCKS and element.tag != "br":
            self._end()
        elif element in self._boilerplate:
            self._line.called.append(element)
            self._depth += 1
        self._add(element.text or "")

    def _leave(self, element: etree._Element) -> None:
        if element is self._unread:
            self._unread = None
        elif element.tag in BLOCKS and element.tag != "br":
            self._end()
        elif element in self._boilerplate:
            self._depth -= 1
        self._add(element.tail or "")

    def _add(self, text: str) -> None:
        if self._depth:
            self._line.inside += text
        elif any(map(str.isalnum, text)):
            self._line.around = True
            self._line.stated = self._line.stated or bool(_SENTENCE.search(text))
        elif _SENTENCE.search(text):
            self._line.stated = True

    def _end(self) -> None:
        """End a line. An element that goes on over its end is a block in all but name, and stays what it is called."""
        line, self._line = self._line, _CalledLine([])
        if not self._depth and (line.around or line.stated or _SENTENCE.search(line.inside)):
            is_prose = line.stated or bool(_SENTENCE.search(line.inside))
            self._worded |= dict.fromkeys(line.called, is_prose)


def _is_called_so(element: etree._Element) -> bool:
    if element.tag in {"html", "body"} or is_called_pull_quote(element):
        return False
    if element.tag in _BESIDE_TAGS or element.get("hidden") is not None or _is_unread(element) or _skips(element):
        return True
    if element.tag in {"ul", "ol"} and _is_contents(element):
        return True
    return _is_called(element, _BESIDE) or _is_undisplayed(element)


def _is_tool(element: etree._Element) -> bool:
    return _is_called(element, _TOOLS) or (element.tag == "form" and _asks(element))


def _asks(form: etree._Element) -> bool:
    """Tell whether a form has a field or a button: those for entrance, search and comments do."""
    return any(
        field.get("type", "").lower() not in _SILENT for field in form.iter("input", "textarea", "select", "button")
    )


def _is_called(element: etree._Element, names: re.Pattern[str]) -> bool:
    if element.tag in {"html", "body"} or is_called_pull_quote(element):
        return False
    return bool(names.search(hints(element)) or names.search(hints_apart(element)))


def _skips(element: etree._Element) -> bool:
    """Tell whether an element is a link past something on the page, for those who have it read out."""
    inside = element.tag == "a" and element.get("href", "").startswith("#")
    return inside and bool(_PAST.match(shown_text(element)))


def _is_contents(element: etree._Element) -> bool:
    """Tell whether a list leads to parts of the page and is nothing else: a table of contents."""
    links = [link for link in element.iter("a") if link.get("href", "").startswith("#")]
    return len(links) >= _FEWEST_PARTS and shown_text(element) == " ".join(filter(None, map(shown_text, links)))


def _is_undisplayed(element: etree._Element) -> bool:
    """Tell whether the page itself hides an element, so that no reader of it ever saw its words."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_unread(element: etree._Element) -> bool:
    """Tell whether a block is hidden from screen readers. Words within a line may be so and are shown all the same."""
    return element.get("aria-hidden") == "true" and element.tag in BLOCKS
