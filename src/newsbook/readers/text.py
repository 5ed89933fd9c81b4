"""Read a text page: its lines as they stand, for repairs and desk. Split lines, close up white space."""

import hashlib
import re
import unicodedata

from newsbook.diagnostics import InputError
from newsbook.model import Copy, Line, Source
from newsbook.readers.encoding import decode
from newsbook.readers.interface import RawPage

# UAX #14, section 5.1: the characters that force a break. NEL is one of them, but in text that was decoded wrongly it
# is half of a Han character, so that it counts only where nothing else ends a line.
_LINE_END = re.compile("\r\n|[\n\r\v\f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_NEL = "\x85"

_SPACE = re.compile(r"\s+")


def read_text(page: RawPage) -> Copy:
    """Return the copy of a text page. Raises `InputError` where it is empty or no text."""
    decoded = decode(page)
    lines = split_lines(decoded.text)
    if not any(_has_ink(line) for line in lines):
        raise InputError(f"{page.name} is empty.")
    source = Source(name=page.name, sha256=hashlib.sha256(page.raw).hexdigest(), encoding=decoded.encoding)
    numbered = tuple(Line(line, number) for number, line in enumerate(lines, 1))
    return Copy(numbered, source, page.pictures, album=page.album)


def split_lines(text: str) -> list[str]:
    r"""Return the lines of `text` without their ends, whichever system wrote them.

    >>> split_lines("晨報\r\n晚報\r號外\n")
    ['晨報', '晚報', '號外']
    """
    lines = _LINE_END.split(text)
    if len(lines) == 1:
        lines = text.split(_NEL)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _has_ink(line: str) -> bool:
    return any(not character.isspace() and character.isprintable() for character in line)


def closed_up(text: str) -> str:
    r"""Return `text` on one line, its white space closed up.

    >>> closed_up(" 渡口\n  開市 了\t!\n")
    '渡口開市 了 !'
    """
    return _SPACE.sub(_between, text.strip())


def is_wide(character: str) -> bool:
    """Tell whether `character` is Han, kana or a full-width mark, which no space divides from its like."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _between(match: re.Match[str]) -> str:
    broken = "\n" in match[0] and is_wide(match.string[match.start() - 1]) and is_wide(match.string[match.end()])
    return "" if broken else " "
