"""Traditional and simplified characters: which belong to one script only, and text folded for matching.

Patterns on the desk are written once, in simplified characters and half-width marks, and matched against `fold`ed
text. Folding never changes a length, so that a match gives the place in the text as printed.
"""

import re
from collections import Counter
from functools import cache, lru_cache

from msgspec import Struct

# Unicode 17, chart U+4E00 and chart U+3400: the blocks that OpenCC's character tables are about.
_HAN = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))

# Unicode 17, chart U+FF00: full-width forms stand 0xFEE0 above ASCII.
_WIDTHS = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
# Every line of a page is looked at by a score of rules; longer ones than this are paragraphs to nearly all of them.
_LINE = 400
_SPACES = dict.fromkeys((0x09, 0xA0, 0x3000, *range(0x2000, 0x200B)), " ")
_MARKS = dict(zip(map(ord, "〔〕﹝﹞﹕︰︱ㅣ╱∕⁄"), "()()::||///", strict=True))


class Scripts(Struct, frozen=True):
    """The characters of one script only, and the table that makes text simple to match."""

    traditional: frozenset[str]
    simplified: frozenset[str]
    folding: dict[int, str]


@cache
def scripts() -> Scripts:
    """Build the tables from OpenCC's, once; takes a few milliseconds.

    A character belongs to one script only where OpenCC's pair and the standards agree: GB 2312 holds what simplified
    Chinese uses, Big5 what traditional Chinese uses, so that 后, 里 and 台 tell nothing.
    """
    from opencc import OpenCC

    simple = OpenCC("t2s").convert("\n".join(_HAN)).split("\n")
    pairs = {old: new for old, new in zip(_HAN, simple, strict=True) if old != new and len(new) == 1}
    gb, big5 = _repertoire("gb2312", range(0xB0, 0xF8), 0xA1), _repertoire("big5", range(0xA4, 0xFA), 0x40)
    return Scripts(
        traditional=frozenset(old for old in pairs if old not in gb),
        simplified=frozenset(new for new in pairs.values() if new in gb and new not in big5),
        folding={**{ord(old): new for old, new in pairs.items()}, **_WIDTHS, **_SPACES, **_MARKS},
    )


def _repertoire(encoding: str, leads: range, first_trail: int) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(first_trail, 0xFF))
    return frozenset(b"".join(pairs).decode(encoding, "ignore"))


def fold(text: str) -> str:
    """Return `text` with simplified characters, half-width ASCII and plain spaces; its length does not change.

    >>> fold("來源：２０２０")
    '来源:2020'
    """
    return _fold(text) if len(text) <= _LINE else text.translate(scripts().folding)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return text.translate(scripts().folding)


def letters_of(text: str) -> str:
    """Return the letters and figures of `text`, folded and in lower case: what is the same in every copy of it.

    >>> letters_of("「渡口」開市，１２ 人。")
    '渡口开市12人'
    """
    return "".join(filter(str.isalnum, fold(text))).lower()


def trimmed(form: re.Pattern[str], text: str) -> str:
    """Return `text` as printed, without what `form` finds in it folded.

    >>> trimmed(re.compile("^记者 ?"), "記者\N{IDEOGRAPHIC SPACE}林小滿")
    '林小滿'
    """
    for match in reversed(tuple(form.finditer(fold(text)))):
        text = text[: match.start()] + text[match.end() :]
    return text


def count_scripts(text: str) -> tuple[int, int]:
    """Return how many characters of `text` are traditional only, and how many simplified only."""
    tables = scripts()
    counts = Counter(text)
    traditional, simplified = (only.intersection(counts) for only in (tables.traditional, tables.simplified))
    return sum(map(counts.__getitem__, traditional)), sum(map(counts.__getitem__, simplified))
