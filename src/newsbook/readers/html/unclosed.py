"""Make harmless the start tags whose end is missing, where the element would swallow the rest of the page.

A film without its `</video>` hides all that follows. Its tag is renamed, to the same length so that every place stays
where it is, into an element that is nothing; what follows is read. Premature `</body>` and `</html>` go the same way.
"""

import re
from collections.abc import Iterator

# Elements that are not shown, or not as text, and cannot do without their end tag.
_SWALLOWING = (
    "amp-ad|amp-analytics|amp-consent|amp-embed|amp-sidebar|amp-social-share|audio|button|canvas|datalist|dialog|math"
    "|noscript|object|plaintext|rp|select|svg|template|video"
)
# Their content is text in which no tag counts. HTML, section 13.2.6.4. https://html.spec.whatwg.org/multipage/parsing.html
_RAW = "iframe|noembed|noframes|script|style|textarea|title|xmp"
_TOKEN = re.compile(rf"<!--|<(/?)({_SWALLOWING}|{_RAW})(?=[\s/>])|</(?:body|html)(?=[\s>])", re.IGNORECASE)
_RAW_NAMES = frozenset(_RAW.split("|"))
_CODE = frozenset({"script", "style"})
_TAG_END = re.compile(r"[^>]{0,2000}?(/?)>")
_BRACKET = re.compile(r"<rp[^>]*>[^<]{1,2}<", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
# Code without an end ends where the page's text goes on.
_TEXT_AGAIN = re.compile(r"<(?:p|div|h[1-6]|article|section|main|body|table|ul|ol|blockquote)(?=[\s/>])", re.IGNORECASE)


def without_unclosed(text: str) -> str:
    """Return a page, of the same length, in which no element without its end tag swallows what follows."""
    pieces: list[str] = []
    at = 0
    for start, end, instead in sorted(_changes(text)):
        pieces += [text[at:start], instead]
        at = end
    return "".join((*pieces, text[at:])) if pieces else text


def open_comment(text: str) -> int:
    """Return where a comment without an end begins, -1 where there is none. As in a browser, it hides the rest."""
    return next((match.start() for match in _tokens(text, []) if match[0] == "<!--"), -1)


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is to be replaced: start, end, and what stands there then."""
    open_tags: dict[str, list[int]] = {}
    raw: list[tuple[int, int, str]] = []
    for match in _tokens(text, raw):
        name = (match[2] or "").lower()
        if match[0].startswith("</") and not name:
            yield match.start(), match.end(), "</" + "-" * (len(match[0]) - 2)
        elif match[1]:
            open_tags.get(name, [0])[-1:] = []
        elif name and not _closes_itself(text, name, match.end()):
            open_tags.setdefault(name, []).append(match.start())
    yield from raw
    for name, starts in open_tags.items():
        for start in starts:
            if name != "rp" or not _BRACKET.match(text, start):
                yield start + 1, start + 1 + len(name), _nameless(name)


def _tokens(text: str, raw: list[tuple[int, int, str]]) -> Iterator[re.Match[str]]:
    """Yield the tags that count, and a comment without an end as the last. What raw elements need goes to `raw`."""
    at, ends = 0, _Ends(text)
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match[0] == "<!--":
            comment = _COMMENT_END.search(text, match.start() + 2)
            if not comment:
                yield match
                return
            at = comment.end()
        elif (match[2] or "").lower() not in _RAW_NAMES:
            yield match
        elif not match[1]:
            at, change = _raw(text, match, ends)
            raw += change


class _Ends:
    """Where the end tags of raw elements stand, each looked for once and no further than needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}

    def after(self, name: str, at: int) -> int:
        """Return the place of the next end tag of `name`, or the length of the text where there is none."""
        if self._found.get(name, -1) < at:
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._text, at)
            self._found[name] = end.start() if end else len(self._text)
        return self._found[name]


def _raw(text: str, tag: re.Match[str], ends: _Ends) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Return where a raw element ends, and what is to be changed where it does not, or holds the next of its kind."""
    name = tag[2].lower()
    end = ends.after(name, tag.end())
    again = None if name in _CODE else re.compile(rf"<{name}(?=[\s/>])", re.IGNORECASE).search(text, tag.end(), end)
    if end < len(text) and not again:
        return end, ()
    if name not in _CODE:
        return tag.end(), ((tag.start() + 1, tag.start() + 1 + len(name), _nameless(name)),)
    more = _TEXT_AGAIN.search(text, tag.end())
    stop = more.start() if more else len(text)
    return stop, ((tag.start(), stop, " " * (stop - tag.start())),)


def _closes_itself(text: str, name: str, at: int) -> bool:
    """Tell whether a tag of foreign content ends its element with a slash, as only these can."""
    end = _TAG_END.match(text, at) if name in {"svg", "math"} else None
    return bool(end and end[1])


def _nameless(name: str) -> str:
    """Return the name of an element that is nothing, as long as `name`."""
    return "x" + "-" * (len(name) - 1)
