"""A text wherever it stands: what no edition can hold, marks piled on a base, direction left open, readings, links.

UAX #9 has the controls of direction. An override turns letters round that need no turning, so it always goes; an
embedding or an isolate stays where the text has letters that run to the left, and is closed where it was left open.
"""

import re
from collections import Counter

from msgspec.structs import replace

from newsbook.gate.caps import Caps
from newsbook.model import FORBIDDEN, Span, Text

# Beside what XML forbids, as `FORBIDDEN` has it, none of these is more than a sign that something may have to be done.
_OVERRIDES = "\u202d\u202e"
_OPENERS = "\u202a\u202b\u2066-\u2068"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
_DIRECTION = re.compile(f"[{_OVERRIDES}{_OPENERS}\u202c\u2069]")
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_CLOSERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}

# What an edition may link to (RFC 3986, section 3.1): no scheme that runs a program or reads a file.
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# RFC 9110, section 4.1: what everybody should bear with. Engines spell an ideograph of an address out, in nine letters.
_LONGEST_ADDRESS = 8_000
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

CONTROL, PILED, TURNED, LINK, READING = "control", "piled", "turned", "link", "reading"


class Scrubber:
    """Cleans the texts of an article, and counts by kind what it took out; see the constants above."""

    def __init__(self, caps: Caps) -> None:
        self.taken: Counter[str] = Counter()
        self._caps = caps
        self._piled = re.compile(f"([{_MARKS}]{{{caps.marks}}})([{_MARKS}]+)")
        self._suspect = re.compile(f"{FORBIDDEN.pattern}|{_DIRECTION.pattern}|[{_MARKS}]{{{caps.marks + 1}}}")

    def is_clean(self, text: str) -> bool:
        """Tell whether there is nothing in a text to take out."""
        return not self._suspect.search(text)

    def label(self, text: str) -> str:
        """Return a text that stands alone, as a name or a heading."""
        return self._kept(text) if self._suspect.search(text) else text

    def spans(self, text: Text) -> Text:
        """Return a text with its spans clean, their links of a fit scheme, and long readings in brackets."""
        cleaned = tuple(map(self._span, text))
        return tuple(span for one in cleaned for span in self._read_out(one))

    def link(self, address: str) -> str:
        """Return an address, or nothing where its scheme is none that an edition links to, or it has no end."""
        if not address or is_fit(address):
            return address
        self.taken[LINK] += 1
        return ""

    def _span(self, span: Span) -> Span:
        href = self.link(span.href)
        text, ruby = self.label(span.text), self.label(span.ruby)
        same = href == span.href and text == span.text and ruby == span.ruby
        return span if same else replace(span, text=text, ruby=ruby, href=href)

    def _read_out(self, span: Span) -> Text:
        """Return a span, and behind it, in brackets, its reading where that is too long to stand above the line."""
        if len(span.ruby) <= self._caps.reading:
            return (span,)
        self.taken[READING] += 1
        return replace(span, ruby=""), Span(f"（{span.ruby}）")

    def _kept(self, text: str) -> str:
        kept = self._without(FORBIDDEN, text, CONTROL)
        if _DIRECTION.search(kept):
            directed = _closed(kept) if _LEFTWARDS.search(kept) else _DIRECTION.sub("", kept)
            self.taken[TURNED] += directed != kept
            kept = directed
        piled, count = self._piled.subn(r"\1", kept)
        self.taken[PILED] += len(kept) - len(piled) if count else 0
        return piled

    def _without(self, pattern: re.Pattern[str], text: str, kind: str) -> str:
        kept = pattern.sub("", text)
        self.taken[kind] += len(text) - len(kept)
        return kept


def is_fit(address: str) -> bool:
    r"""Tell whether an edition may link to an address. One without a scheme is seen from its page, and may.

    >>> is_fit("https://news.example/a"), is_fit("java\tscript:alert(1)"), is_fit("a.html#b"), is_fit("//host/a")
    (True, False, True, True)
    """
    if len(address) > _LONGEST_ADDRESS:
        return False
    match = _SCHEME.match(_UNSEEN.sub("", address))
    return not match or match[1].lower() in _SCHEMES


def _closed(text: str) -> str:
    """Return a text without overrides, every embedding and isolate closed, and no closer without an opener."""
    kept: list[str] = []
    awaited: list[str] = []
    for character in text:
        if character in _OVERRIDES:
            continue
        if closer := _CLOSERS.get(character):
            awaited.append(closer)
        elif character in "\u202c\u2069":
            if not awaited or awaited[-1] != character:
                continue
            awaited.pop()
        kept.append(character)
    return "".join((*kept, *reversed(awaited)))
