"""Parse a page of HTML into a tree whose every element knows its place in the page."""

import re
from bisect import bisect_right
from functools import cached_property

from lxml import etree

from newsbook.diagnostics import LimitError
from newsbook.model import Origin
from newsbook.readers.html.unclosed import without_unclosed

# An attribute of our own, written into every start tag before the page is parsed, holds the tag's place.
_AT = "newsbook-at"
_START_TAG = re.compile(r"<([A-Za-z][\w:-]*)(?=[\s/>])")
_MARKER = re.compile(rf" {_AT}=\d+ ")
_LINE_END = re.compile("\r\n|\r|\n")
_SPACE = re.compile(r"\s+")
# What a mirror puts behind a character, which makes a title three times as long as it is.
_READING = re.compile(r"\([a-z\u00e0-\u0261]{1,6}\)")
# Words written together, but no hash that happens to have capitals: at least eight letters, in words of three and more.
_TOGETHER = re.compile(r"(?<![\w-])(?=\w{8})[A-Za-z][a-z]+(?:[A-Z][a-z]{2,})+(?![\w-])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

# What is set as a block of its own. HTML, section 15.3. https://html.spec.whatwg.org/multipage/rendering.html
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "xmp",
})  # fmt: skip

# What is never shown as text.
UNSHOWN = frozenset({
    "amp-ad", "amp-analytics", "amp-consent", "amp-embed", "amp-sidebar", "amp-social-share", "audio", "canvas",
    "datalist", "head", "iframe", "input", "link", "math", "meta",
    "noembed", "noframes", "noscript", "object", "rp", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
})  # fmt: skip

# What a head may hold. HTML, section 4.2.1. https://html.spec.whatwg.org/multipage/semantics.html#the-head-element
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"}
)


# Words of a line that a page sets as blocks of their own.
_INLINE = frozenset({"span", "font", "b", "strong", "em", "i", "label", "small", "a"})
_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)


def is_block(element: etree._Element) -> bool:
    """Tell whether an element is set as a block of its own, by its tag or by its style."""
    if element.tag in BLOCKS:
        return True
    return element.tag in _INLINE and bool(_BLOCK.search(element.get("style", "")))


# Elements that have no content, of which libxml2 does not know so. HTML, section 13.1.2.
# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID = re.compile(
    r"<(bgsound|embed|keygen|source|track|wbr)(?=[\s/>])(?:\"[^\"<]{0,300}\"|'[^'<]{0,300}'|[^<>\"'])*+>", re.IGNORECASE
)


class Tree:
    """A parsed page. `root` is its outermost element."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
        whole = without_unclosed(self.text)
        marked = _START_TAG.sub(lambda match: f"<{match[1]} {_AT}={match.start()} ", whole)
        marked = _VOID.sub(r"\g<0></\1>", marked)
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        encoded = marked.encode("utf-8", "replace")
        try:
            root: etree._Element | None = etree.fromstring(encoded or b"<html/>", parser)
        except etree.XMLSyntaxError:
            root = None
        self.root = etree.Element("html") if root is None else root
        _move_out_of_head(self.root)
        if any("depth" in entry.message for entry in parser.error_log):
            raise LimitError("its elements are nested deeper than 2,000 levels; save the page as plain text.")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def origin(self, at: int, offset: int) -> Origin:
        """Return the place `offset` in the page as line and column, from character `at` of a line of its text on."""
        line = bisect_right(self._line_starts, offset)
        return Origin(at, line, offset - self._line_starts[line - 1] + 1)


def _move_out_of_head(root: etree._Element) -> None:
    """Begin the body where a browser does: at the first element that no head holds.

    libxml2 knows the elements of HTML 4 alone, and leaves an article or a header in a head without an end tag.
    """
    head = root.find("head")
    if head is None:
        return
    first = next((at for at, child in enumerate(head) if child.tag not in _OF_HEAD), None)
    if first is None:
        return
    moved = head[first:]
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    elif body.text:
        moved[-1].tail = f"{moved[-1].tail or ''}{body.text}"
        body.text = None
    body[:0] = moved


def offset_of(element: etree._Element) -> int:
    """Return the offset of the start tag of `element` in the page. It is -1 if the parser added the element."""
    return int(element.get(_AT, "-1"))


def attribute(element: etree._Element, *names: str) -> str:
    """Return the first of the attributes `names` that says something, white space closed up."""
    for name in names:
        value = element.get(name)
        if value:
            closed = " ".join((_MARKER.sub("", value) if _AT in value else value).split())
            if closed:
                return closed
    return ""


def hints(element: etree._Element) -> str:
    """Return the class and id of `element`, lower-case: what the page's author calls it."""
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def hints_apart(element: etree._Element) -> str:
    """Return the words in the `hints` that were written together, with hyphens: cmsBodyRelated as cms-body-related."""
    words = _TOGETHER.findall(f"{element.get('class', '')} {element.get('id', '')}")
    return " ".join(_HUMP.sub("-", word) for word in words).lower()


def without_markers(text: str) -> str:
    """Return raw text of the page, as of a script, as it was before it was parsed."""
    return _MARKER.sub("", text)


def shown_text(element: etree._Element) -> str:
    """Return the text of `element` as it is shown, white space closed up."""
    pieces: list[str] = []
    unshown = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            unshown += each.tag in UNSHOWN or each.tag == "rt"
            pieces += [each.text or ""] if not unshown else []
        else:
            unshown -= each.tag in UNSHOWN or each.tag == "rt"
            pieces += [each.tail or ""] if not unshown and each is not element else []
            pieces += [" "] if each.tag in BLOCKS else []
    return _SPACE.sub(" ", "".join(pieces)).strip()


def printed_length(text: str) -> int:
    """Return the length of `text` in characters, without a mirror's readings in brackets."""
    return len(_READING.sub("", text))
