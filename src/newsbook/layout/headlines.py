"""Headlines: turned over where the sense does, with no character or two left over, and set large on a cover."""

import math
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

# Where a phrase ends: behind a mark that no other follows, and at white space.
_JOINT = re.compile(r"(?<=[：，。！？；])(?=[^：，。！？；”’」』）])|(\s+)")

# Simplified from JLREQ §3.1.7–8: what no line begins with, and what none ends with. Letters and figures stay together.
_NO_START = frozenset("，。、：；！？”’」』）》〉】〕…—·・ー％,.:;!?)]%")
_NO_END = frozenset("“‘「『（《〈【〔([")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f'’.-]")

# A line that ends inside a phrase is as bad as one that is so many ems longer than even ones; type set smaller by so
# large a part would be no worse.
_INSIDE = 6.0
_SMALLER = 0.35
# A headline of more ems is no display, and is cut off; one of so few stands on one line.
_LONGEST = 60
_SHORT = 9
_MOST_LINES = 6
# A line of display type and the room to the next, in ems.
_LINE = 1.35

# A sheet of manuscript paper has so many squares across; it would rather have so many more than divide a phrase.
_ACROSS = range(8, 15)
_MORE = 3
# Two figures share a square, as on manuscript paper.
_SQUARE = re.compile(r"[0-9]{1,2}|\S")


# Vertical Forms and CJK Compatibility Forms of Unicode: what fonts put there for marks in columns.
_MARKS = "，、。：；！？…—「」『』（）《》〈〉【】〔〕“”‘’"
_IN_COLUMNS = str.maketrans(_MARKS, "︐︑︒︓︔︕︖︙︱﹁﹂﹃﹄︵︶︽︾︿﹀︻︼︹︺﹁﹂﹃﹄")
_FIGURES = str.maketrans("0123456789 ", "０１２３４５６７８９\N{IDEOGRAPHIC SPACE}")


def phrases(headline: str, measure: float) -> tuple[str, ...]:
    """Return the parts that a headline may be turned over between, white space as parts of its own.

    A headline whose parts do not fit into lines of `measure` ems is one part.

    >>> phrases("渡口老街開市：早點鋪又見炊煙", 19)
    ('渡口老街開市：', '早點鋪又見炊煙')
    """
    parts = tuple(part for part in _JOINT.split(headline) if part)
    return parts if max(map(width_of, parts), default=0) <= measure else (headline,)


# A headline is set in one of these shares of its size. At its full size it takes fewer lines than when it is smaller;
# to end one inside a phrase is as bad as type that is smaller by so large a part.
_SIZES = (1.0, 0.86, 0.76, 0.68)
_MOST_AT_FULL_SIZE, _MOST = 2, 3
_INSIDE_A_PHRASE = 0.3


def size_of(headline: str, measure: float) -> float:
    """Return the share of its size at which a headline is set, where `measure` ems have room for it at full size.

    >>> long = "渡口老街的早市停了三年又開市，豆花攤前天沒亮就排起了長隊，街坊說等的就是這一碗"
    >>> size_of("渡口老街開市", 18), size_of(long, 18)
    (1.0, 0.86)
    """
    limits = {size: _MOST_AT_FULL_SIZE if size == _SIZES[0] else _MOST for size in _SIZES}
    fitting = [size for size in _SIZES if _lines(headline, measure / size) <= limits[size]]
    return min(fitting, key=lambda size: 1 - size + _penalty(headline, measure / size), default=_SIZES[-1])


def _penalty(headline: str, measure: float) -> float:
    is_broken = width_of(headline) > measure and len(phrases(headline, measure)) == 1
    return _INSIDE_A_PHRASE if is_broken else 0.0


def _lines(headline: str, measure: float) -> int:
    """Return how many lines a headline takes: filled phrase by phrase, or evenly where it is one part."""
    lines, room = 0, 0.0
    for part in phrases(headline, measure):
        width = width_of(part)
        if width > room and part.strip():
            lines += max(1, math.ceil(width / measure))
            room = measure
        room -= width
    return lines


def balanced(headline: str, measure: float) -> float:
    """Return the width in ems that spreads `headline` evenly over the lines it needs in `measure` ems.

    A headline that turns over between phrases has the whole measure.

    >>> balanced("一二三四五六七八九十" * 2, 19), balanced("一二三四五六七八九，" * 2, 19)
    (11, 19)
    """
    width = width_of(headline)
    lines = math.ceil(width / measure)
    whole = len(phrases(headline, measure)) == 1
    return min(measure, math.ceil(width / lines) + 1) if whole and lines > 1 else measure


def width_of(text: str) -> float:
    """Return a width in ems: one for a character that UAX #11 calls wide, about a half for any other."""
    return sum(1.0 if unicodedata.east_asian_width(character) in {"W", "F"} else 0.55 for character in text)


class Display(Struct, frozen=True):
    """A headline for a box: its lines, and how many ems of it the box is wide."""

    lines: tuple[str, ...]
    measure: float


class Turned(Struct, frozen=True):
    """A headline turned over: its lines, and how many of them end inside a phrase."""

    lines: tuple[str, ...]
    inside: int

    @property
    def width(self) -> float:
        """The width of the longest line, in ems."""
        return max(map(width_of, self.lines))


def fit(headline: str, ratio: float) -> Display:
    """Return a headline as large as it can be set in a box that is `ratio` times as wide as it is high.

    >>> fit("渡口街道：停了三十年的船鐘重新敲響", 1.5).lines
    ('渡口街道：', '停了三十年的', '船鐘重新敲響')
    """
    headline = clipped(headline, _LONGEST)
    counts = range(1, 2 if width_of(headline) <= _SHORT else _MOST_LINES + 1)
    measures = {turned: max(turned.width, len(turned.lines) * _LINE * ratio) for turned in _turned(headline, counts)}
    best = min(measures, key=lambda turned: measures[turned] * (1 + _SMALLER * turned.inside))
    return Display(best.lines, measures[best])


def columns(headline: str, ratio: float) -> Display | None:
    """Return a headline as columns, the first one first, for a box that is `ratio` times as wide as it is high.

    Marks and figures stand as they do in columns. Where a headline has letters, which do not, there are no columns.

    >>> columns("老街「早市」：第12年", 0.7), columns("K歌", 0.7)
    (Display(lines=('老街﹁早市﹂︓', '第１２年'), measure=7.0), None)
    """
    upright = headline.translate(_FIGURES)
    if any(width_of(character) < 1 and character not in _MARKS for character in upright):
        return None
    set_across = fit(upright, 1 / ratio)
    return Display(tuple(line.translate(_IN_COLUMNS) for line in set_across.lines), set_across.measure)


def turned_over(headline: str, measure: float, most: int) -> tuple[str, ...]:
    """Return a headline as at most so many lines of `measure` ems; what does not go in is cut off with an ellipsis.

    >>> turned_over("渡口街道：停了三十年的船鐘重新敲響", 13, 2), turned_over("渡口老街", 2, 1)
    (('渡口街道：', '停了三十年的船鐘重新敲響'), ('渡…',))
    """
    kept = clipped(headline, measure * most)
    while kept:
        for turned in _turned(kept, range(1, most + 1)):
            if turned.width <= measure:
                return turned.lines
        kept = clipped(kept, width_of(kept) - 1)
    return (headline,)


def clipped(headline: str, most: float) -> str:
    """Return as much of a headline as goes into so many ems, with an ellipsis where that is not all.

    >>> clipped("渡口老街開市", 6), clipped("渡口老街開市", 5)
    ('渡口老街開市', '渡口老街…')
    """
    if width_of(headline) <= most:
        return headline
    kept = headline.removesuffix("…")
    while kept and width_of(kept) + 1 > most:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept else ""


def squares(headline: str, ratio: float) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a sheet of squares that holds a headline, with a margin; none where it has letters in it.

    >>> ["".join(square or "・" for square in row) for row in squares("渡口：早市", 2)]
    ['・・・・・・・・', '・渡口：早市・・', '・・・・・・・・', '・・・・・・・・']
    """
    headline = clipped(headline, _LONGEST)
    if any(width_of(character) < 1 and not re.match(r"[0-9\s]", character) for character in headline):
        return ()
    sheets = {
        (across, turned): rows
        for across in _ACROSS
        for turned in _turned(headline, range(1, round(across / ratio) - 1))
        if max(map(len, rows := [_SQUARE.findall(line) for line in turned.lines])) <= across - 2
    }
    if not sheets:
        return ()
    (across, turned) = min(sheets, key=lambda sheet: (sheet[0] + _MORE * sheet[1].inside, len(sheet[1].lines)))
    return tuple(_sheet(sheets[across, turned], across, round(across / ratio)))


def _sheet(rows: list[list[str]], across: int, down: int) -> Iterator[tuple[str, ...]]:
    above = (down - len(rows)) // 2
    for number in range(down):
        held = rows[number - above] if 0 <= number - above < len(rows) else []
        yield ("", *held, *[""] * (across - 1 - len(held)))


def _turned(headline: str, counts: range) -> Iterator[Turned]:
    """Yield a headline turned over into each number of lines, as evenly as its phrases allow."""
    joints = _joints(headline)
    turns = {at: at not in joints for at in range(1, len(headline)) if _may_turn(headline, at)}
    for count in counts:
        starts = _starts(headline, turns, count)
        if starts:
            lines = (headline[a:b].strip() for a, b in zip(starts, (*starts[1:], len(headline)), strict=True))
            yield Turned(tuple(lines), sum(turns[start] for start in starts[1:]))


def _starts(headline: str, turns: dict[int, bool], count: int) -> tuple[int, ...]:
    """Return where so many lines begin, all as long as the others as far as may be; nothing where there is no way."""
    even = width_of(headline) / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        ends = turns if line < count else {len(headline): False}
        ways = (
            (end, cost + _unevenness(headline[start:end], even) + _INSIDE**2 * ends[end], (*before, start))
            for end in ends
            for start, (cost, before) in best.items()
            if start < end
        )
        best = {end: (cost, starts) for end, cost, starts in sorted(ways, key=lambda way: -way[1])}
    return best[len(headline)][1] if len(headline) in best else ()


def _unevenness(line: str, even: float) -> float:
    return (width_of(line.strip()) - even) ** 2


def _joints(headline: str) -> frozenset[int]:
    """Return where the phrases of a headline end."""
    places, at = set[int](), 0
    for phrase in phrases(headline, len(headline)):
        at += len(phrase)
        places.add(at)
    return frozenset(places)


def _may_turn(headline: str, at: int) -> bool:
    before, behind = headline[at - 1], headline[at]
    is_word = _WORD.fullmatch(before) and _WORD.fullmatch(behind)
    return not (is_word or behind in _NO_START or before in _NO_END or behind.isspace())
