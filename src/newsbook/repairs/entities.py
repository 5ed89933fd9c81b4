"""Character references of HTML that were left in the text, escaped once or twice: &nbsp;, &#8220;, &amp;ldquo;.

One that lost its semicolon, or has a full-width one, counts where East Asian text stands beside it, and only by the
names of HTML 4: &nbsp守 and &ldquo木.

A line that is about HTML or holds its tags keeps them, and so does what would become a tag.
"""

import html
import re
from collections.abc import Iterator
from html.entities import html5, name2codepoint

from newsbook.model import FORBIDDEN
from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

KIND = "html-entity"

SIGNS = (("&", "&[#A-Za-z][0-9A-Za-z]{1,31};"), ("&", "&#?[0-9A-Za-z]{2,8}(?![0-9A-Za-z;=])"))

# https://html.spec.whatwg.org/multipage/named-characters.html; only those that end in a semicolon are unambiguous.
_ENTITY = re.compile(r"&(?:(?:amp|#38|#[xX]26);)*(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});")

# https://www.w3.org/TR/html4/sgml/entities.html; a reference may end without a semicolon where no name goes on.
_BARE = re.compile(
    "&(?:amp[;；]?)?(#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5}|"
    f"{'|'.join(sorted(name2codepoint, key=len, reverse=True))})(?:；|(?![0-9A-Za-z;=_&]))"
)
_EAST = re.compile("[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uffee“”‘’…—]")
_CLOSING = frozenset("”’»")

_ABOUT = re.compile(
    r"</?[A-Za-z]+[^<>]*>|HTML|XML|实体|實體|实体参照|実体参照|转义|轉義|跳脫|엔티티|entity|entities", re.IGNORECASE
)
_TAG = re.compile(r"&(?:amp;)*lt;\s*[/!]?[A-Za-z]")
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def is_topic(text: str) -> bool:
    """Tell whether a line with references in it is about them, or is HTML itself."""
    return bool(_ABOUT.search(text) or _TAG.search(text))


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield the edits that put characters for the references of a line."""
    del context
    if "&" in text and not is_topic(text):
        yield from references(text)
        yield from _bare(text)


def _bare(text: str) -> Iterator[Edit]:
    """Yield an edit for each reference without a semicolon beside East Asian text."""
    for match in _BARE.finditer(text):
        character = _character(match[1])
        beside = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        before_is_word = beside[0].isascii() and beside[0].isalnum()
        if (
            character
            and (
                _EAST.match(beside[1])
                or (_EAST.match(beside[0]) and not beside[1].strip())
                or _is_mark(character, beside)
            )
            and not before_is_word
        ):
            end = match.end() - (match[0].endswith("；") and character in _CLOSING)
            yield Edit(match.start(), end, character, KIND)


def _is_mark(character: str, beside: tuple[str, str]) -> bool:
    """Tell whether a reference is to a mark behind East Asian text."""
    return not character.isalnum() and bool(_EAST.match(beside[0]))


def references(text: str) -> Iterator[Edit]:
    """Yield an edit for each reference that stands for a character."""
    for match in _ENTITY.finditer(text):
        character = _character(match[1])
        if character is not None:
            yield Edit(match.start(), match.end(), character, KIND)


def _character(name: str) -> str | None:
    """Return the character that a reference stands for, or None."""
    if not name.startswith("#") and f"{name};" not in html5:
        return None
    character = html.unescape(f"&{name};")
    if _UNREADABLE in character:
        return None
    return " " if character in "\t\r\n" else FORBIDDEN.sub("", character)
