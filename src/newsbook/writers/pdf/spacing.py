"""The space between characters: a paragraph as one endless line, and how far each place between two may give.

Between two characters there is a gap. Its natural size is what the rules ask for: less than nothing where two marks
meet, a quarter em between Han and Latin. From there it may shrink, and grow, by what this module says.
"""

from bisect import bisect_left
from functools import cache
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from newsbook.cjk import Kind, kind_of

# CLREQ §3.2.2: a quarter em stands between Han and Latin, from which it may shrink to an eighth and grow to a half.
JOINT, JOINT_SHRINKS, JOINT_GROWS = 0.25, 0.125, 0.25

# CLREQ §3.2.3, JLREQ §3.8: a word space may shrink by a quarter of itself, and grow by a quarter em.
SPACE_SHRINKS, SPACE_GROWS = 0.0625, 0.25

# CLREQ §3.1.3: the air of a mark in the corner of its em, and that on either side of one in the middle.
HALF, QUARTER = 0.5, 0.25

# What takes this much of an em is set in an em; a mark of a proportional face has no air to give.
FULL = 0.9

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Gap(Struct, frozen=True):
    """The place between two characters, in ems: its natural size, how far it shrinks, and in which tier it grows."""

    size: float = 0.0
    blank_shrinks: float = 0.0
    mark_shrinks: float = 0.0
    blank_grows: float = 0.0
    is_solid: bool = False


_NONE = Gap()
_SOLID = Gap(is_solid=True)
_AIR = {
    Kind.OPENER: (HALF, 0.0),
    Kind.CLOSER: (0.0, HALF),
    Kind.STOP: (0.0, HALF),
    Kind.CENTRED_STOP: (QUARTER, QUARTER),
}
_MARKS = frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP, Kind.CENTRED_STOP, Kind.CALL})
_CLOSING = frozenset({Kind.CLOSER, Kind.STOP})
_IN_AN_EM = _MARKS | {Kind.HAN, Kind.ELLIPSIS, Kind.DASH, Kind.FULL_WIDTH}


@cache
def gap(left: Kind, right: Kind) -> Gap:
    """Return the gap between two characters that stand in ems of their own, or beside Latin.

    CLREQ §3.1.6: two marks in a row give half an em, or the air that is between them where it is less, as it is
    between a stop in the middle of its em and the bracket behind it. What is left of it gives where a line must shrink.

    >>> gap(Kind.STOP, Kind.CLOSER).size, gap(Kind.HAN, Kind.LATIN).size, gap(Kind.STOP, Kind.HAN).mark_shrinks
    (-0.5, 0.25, 0.5)
    """
    if left is Kind.SPACE:
        return Gap(blank_shrinks=SPACE_SHRINKS, blank_grows=SPACE_GROWS)
    if {left, right} == {Kind.HAN, Kind.LATIN}:
        return Gap(JOINT, blank_shrinks=JOINT_SHRINKS, blank_grows=JOINT_GROWS)
    air = _AIR.get(left, (0.0, 0.0))[1] + _AIR.get(right, (0.0, 0.0))[0]
    if left in _MARKS and right in _MARKS and left is not Kind.CALL and air:
        return Gap(-min(HALF, air), mark_shrinks=max(0.0, air - HALF))
    return Gap(mark_shrinks=air, is_solid=_is_solid(left, right))


def _is_solid(left: Kind, right: Kind) -> bool:
    """Tell whether space may be added, as a last resort: not within a pair of dashes, nor on a bracket's inner side."""
    if left not in _IN_AN_EM or right not in _IN_AN_EM or left is Kind.OPENER:
        return False
    if left is right and left in {Kind.ELLIPSIS, Kind.DASH}:
        return False
    return right not in _MARKS or right is Kind.OPENER


class Character(Struct, gc=False):
    """A character of a paragraph: its width and its em in points, and its kind.

    `edge` is what boxes around it add to its width, `spread` what is added behind it for a long reading, in ems.
    `is_loose` is false where nothing may be added behind it.
    """

    text: str
    width: float
    em: float
    kind: Kind
    edge: float = 0.0
    spread: float = 0.0
    is_loose: bool = True


class HorizontalList:
    """A paragraph as one endless line, which is what TeX calls a horizontal list.

    `breaks` are the places at which a line may begin, in order, the end of the text the last; `stops[n]` is where the
    line before `breaks[n]` ends to the eye, without its trailing spaces. The sums run over everything before a place.
    """

    def __init__(self, characters: list[Character], breaks: list[int], *, may_tear: bool = True) -> None:
        self.characters = characters
        self.length = len(characters)
        self.may_tear = may_tear
        self.text = "".join(character.text for character in characters)
        self.gaps = _gaps(characters)
        pairs = list(zip(characters, self.gaps, strict=True))
        self.width = list(accumulate([c.width + c.edge + g.size * c.em for c, g in pairs], initial=0.0))
        self.blank_shrinks = list(accumulate([g.blank_shrinks * c.em for c, g in pairs], initial=0.0))
        self.mark_shrinks = list(accumulate([g.mark_shrinks * c.em for c, g in pairs], initial=0.0))
        self.blank_grows = list(accumulate([g.blank_grows * c.em for c, g in pairs], initial=0.0))
        self.solid = list(accumulate([c.em if g.is_solid else 0.0 for c, g in pairs], initial=0.0))
        self.breaks = breaks
        self.stops = [self.stop(at) for at in breaks] if " " in self.text else breaks
        self.ends = [self.end(stop) for stop in self.stops]
        self.trims = [self.trim_end(stop) if characters[stop - 1].kind in _CLOSING else 0.0 for stop in self.stops]

    def stop(self, at: int) -> int:
        """Return where a line before the place `at` ends to the eye: before its trailing spaces."""
        while at > 0 and self.characters[at - 1].text == " ":
            at -= 1
        return at

    def end(self, stop: int) -> float:
        """Return the width up to the end of a line, where the gap behind its last character falls away."""
        return self.width[stop] - (self.gaps[stop - 1].size * self.characters[stop - 1].em if stop else 0.0)

    def start(self, at: int) -> int:
        """Return where a line that begins at `at` begins to the eye: behind its spaces."""
        while at < self.length and self.text[at] == " ":
            at += 1
        return at

    def trim(self, start: int) -> float:
        """Return how much of an opening mark's air is cut off at the start of a line, in points."""
        character = self.characters[start]
        return HALF * character.em if character.kind is Kind.OPENER and is_full(character) else 0.0

    def trim_end(self, stop: int) -> float:
        """Return how much of a closing mark's air may be cut off at the end of a line, in points."""
        character = self.characters[stop - 1]
        return HALF * character.em if character.kind in _CLOSING and is_full(character) else 0.0

    def widest(self) -> float:
        """Return the width of the widest part that no line can be broken inside, in points."""
        starts = [0, *(self.start(at) for at in self.breaks[:-1])]
        return max((end - self.width[start] for start, end in zip(starts, self.ends, strict=True)), default=0.0)

    def next_break(self, at: int) -> int:
        """Return the index of the first break behind the place `at`."""
        return bisect_left(self.breaks, at + 1)


def is_full(character: Character) -> bool:
    """Tell whether a character's glyph fills its em."""
    return character.width > FULL * character.em


def _gaps(characters: list[Character]) -> list[Gap]:
    """Return the gap behind each character; behind the last there is none."""
    han = Kind.HAN
    gaps = [
        # Most of a text is Han beside Han.
        _SOLID
        if left.kind is han and right.kind is han and left.is_loose and not left.spread
        else _between(left, right)
        for left, right in pairwise(characters)
    ]
    return [*gaps, _NONE] if characters else []


def _between(left: Character, right: Character) -> Gap:
    natural = _natural(left, right)
    # In whole thousandths, as lines are set: what rounding adds up to would break a line where the engine breaks one.
    return replace(natural, size=natural.size + round(left.spread, 3)) if left.spread else natural


def _natural(left: Character, right: Character) -> Gap:
    kinds = (left.kind, right.kind)
    if kinds == (Kind.HAN, Kind.HAN):
        return _SOLID if left.is_loose else _NONE
    if not left.is_loose:
        return _NONE
    if (left.kind in _AIR and not is_full(left)) or (right.kind in _AIR and not is_full(right)):
        return _NONE
    return gap(*kinds)


def in_squares(text: str, language: str, em: float = 1.0) -> list[Character]:
    """Return text in a face of squares: what is Western takes half an em, everything else an em.

    >>> [character.width for character in in_squares("渡A，", "zh-Hans")]
    [1.0, 0.5, 1.0]
    """
    return [Character(one, em / 2 if one.isascii() else em, em, kind_of(one, language)) for one in text]
