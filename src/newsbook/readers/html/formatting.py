"""What an inline element says of its words: marks, an address, a language, a direction, quotation marks around them."""

import re
from collections.abc import Iterable

from lxml import etree
from msgspec import Struct

from newsbook.languagetags import canonical
from newsbook.model import Mark
from newsbook.readers.html.tree import Tree, attribute


class Formatting(Struct, frozen=True):
    """The formatting of a run, as in `newsbook.model.Span`."""

    marks: tuple[Mark, ...] = ()
    href: str = ""
    language: str = ""
    direction: str = ""
    note: str = ""


# HTML, section 15.3.4: what browsers set bold, slanted, raised, lowered, struck out, underlined as put in, and as code.
_MARKS = {
    **dict.fromkeys(("strong", "b"), Mark.STRONG),
    **dict.fromkeys(("em", "i", "cite"), Mark.EMPHASIS),
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
    **dict.fromkeys(("del", "s", "strike"), Mark.DELETED),
    "ins": Mark.INSERTED,
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Mark.CODE),
}
# What an edition of newsbook calls the line of a name and the wave of a title.
_CALLED = {"proper-name": Mark.PROPER_NAME, "book-title": Mark.BOOK_TITLE}
_STYLES = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), Mark.STRONG),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), Mark.SUPERSCRIPT),
    (re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE), Mark.SUBSCRIPT),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), Mark.DELETED),
    (re.compile(r"text-emphasis(?:-style)?\s*:\s*(?!none)\w", re.IGNORECASE), Mark.EMPHASIS),
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# RFC 3986, section 4.2: what has a scheme or a host is no relative reference.
_WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
# HTML, section 7.4.6.4: what leads to the top of the page; and what is for a script or the browser to follow.
_HERE = re.compile(r"#(?:top|!.*|/.*|:~:.*)?|\?.*", re.IGNORECASE | re.DOTALL)
_DIRECTIONS = frozenset({"ltr", "rtl"})

QUOTES = frozenset("“”‘’「」『』\"'«»《》〈〉")
_CURLY, _CORNER = (("“", "”"), ("‘", "’")), (("「", "」"), ("『", "』"))
_CORNERED = re.compile(r"(?:ja|zh-(?:hant|tw|hk|mo))\b", re.IGNORECASE)
_CURLED = re.compile(r"(?!zh$)[a-z]{2,3}\b", re.IGNORECASE)


def formatting_of(element: etree._Element) -> Formatting | None:
    """Return what an element says of its words, None where that is nothing."""
    # Most elements have no attribute but the one that holds their place.
    if len(element.attrib) < 2 and element.tag not in _MARKS:  # noqa: PLR2004
        return None
    names = element.get("class", "").split()
    called = next((_CALLED[name] for name in names if name in _CALLED), None)
    mark = called or _MARKS.get(str(element.tag))
    style = element.get("style")
    styled = (mark for form, mark in _STYLES if form.search(style)) if style else ()
    marks = tuple(dict.fromkeys((*((mark,) if mark else ()), *styled)))
    href = attribute(element, "href") if element.tag == "a" else ""
    href = f"https:{href}" if href.startswith("//") else href
    direction = attribute(element, "dir").lower()
    formatting = Formatting(
        marks,
        href if _ADDRESS.match(href) else "",
        canonical(attribute(element, "lang", "xml:lang")),
        direction if direction in _DIRECTIONS else "",
    )
    return None if formatting == _NONE else formatting


_NONE = Formatting()


def inner_href(element: etree._Element) -> str:
    """Return where a link leads to beside its page or within it, empty for all that is none."""
    href = attribute(element, "href").strip() if element.tag == "a" else ""
    return "" if not href or _WHOLE.match(href) or _HERE.fullmatch(href) else href


def targets_in(root: etree._Element) -> frozenset[str]:
    """Return the names of the places in a page that a link can lead to."""
    named = (element.get(name) for element in root.iter(etree.Element) for name in ("id", "name"))
    return frozenset(filter(None, named))


def combined(inline: Iterable[Formatting]) -> Formatting:
    """Return what elements say together, each inside the one before: all marks, and of the rest what is innermost."""
    marks: dict[Mark, None] = {}
    href = language = direction = note = ""
    for each in inline:
        marks |= dict.fromkeys(each.marks)
        href = each.href or href
        language = each.language or language
        direction = each.direction or direction
        note = each.note or note
    return Formatting(tuple(marks), href, language, direction, note)


def page_quotes(tree: Tree) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the quotation marks, outer and inner, of a page: those of its language, else those that it uses most."""
    language = attribute(tree.root, "lang", "xml:lang")
    if _CORNERED.match(language):
        return _CORNER
    if _CURLED.match(language) and not language.lower().startswith("en"):
        return _CURLY
    return _CORNER if tree.text.count("「") > tree.text.count("“") else _CURLY
