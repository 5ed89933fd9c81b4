"""What Unihan knows of each Han character: its strokes, its radical, and how Korean reads it."""

import lzma
from bisect import bisect_left
from functools import cache
from pathlib import Path

from msgspec import Struct

# The blocks that `scripts/pack_han.py` packs.
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
_COUNT = sum(end - first for first, end in _BLOCKS)


class Strokes(Struct, frozen=True, order=True):
    """How a character is filed by strokes: their number, its radical, the strokes beside that, its code point."""

    count: int
    radical: int
    rest: int
    code: int


def is_han(character: str) -> bool:
    """Tell whether a character is a unified ideograph."""
    return _place(character) >= 0


def strokes_of(character: str, *, is_taiwan: bool = False) -> Strokes:
    """Return how a character is filed by strokes, as China counts them, or Taiwan.

    >>> strokes_of("王").count, strokes_of("骨").count, strokes_of("骨", is_taiwan=True).count
    (4, 9, 10)
    """
    place = _place(character)
    if place < 0:
        return Strokes(0, 0, 0, ord(character))
    planes = _planes()
    china, radical, rest = planes[place], planes[2 * _COUNT + place], planes[3 * _COUNT + place]
    count = (
        _TAIWAN.get(character) or planes[_COUNT + place] or _traditional(china, radical, rest) if is_taiwan else china
    )
    return Strokes(count, radical, rest, ord(character))


# The Kangxi radicals by their strokes: up to which number a radical has so many. And those of other forms, as Taiwan
# writes and counts them: 忄 扌 氵 犭 王 月 艹 辶 阝.
_RADICALS = (6, 29, 60, 94, 117, 146, 166, 175, 186, 194, 200, 204, 208, 210, 211, 213, 214)
_TAIWAN = {"慕": 15, "諸": 15}
_FORMS = {61: 3, 64: 3, 85: 3, 94: 3, 96: 4, 122: 5, 130: 4, 140: 4, 145: 5, 162: 4, 163: 3, 170: 3}


def _traditional(china: int, radical: int, rest: int) -> int:
    """Return the strokes of a character in Taiwan: those of its radical and the rest, which Unihan counts like that.

    Where China has another form of it, of two strokes more or less, nothing is known but that one's.
    """
    whole = bisect_left(_RADICALS, radical) + 1
    counts = {rest + whole, rest + _FORMS.get(radical, whole)}
    near = sorted(count for count in counts if abs(count - china) <= 1)
    return china if china in counts or not near else near[-1]


def hangul_of(character: str) -> str:
    """Return how Korean reads a character, empty where Unihan does not know.

    >>> hangul_of("李"), hangul_of("丂")
    ('리', '')
    """
    place = _place(character)
    number = 256 * _planes()[4 * _COUNT + place] + _planes()[5 * _COUNT + place] if place >= 0 else 0
    return chr(0xAC00 + number - 1) if number else ""


def _place(character: str) -> int:
    """Return the place of a character in a plane, -1 where it has none."""
    code, before = ord(character), 0
    for first, end in _BLOCKS:
        if first <= code < end:
            return before + code - first
        before += end - first
    return -1


@cache
def _planes() -> bytes:
    return lzma.decompress(Path(__file__).with_name("han.bin").read_bytes())
