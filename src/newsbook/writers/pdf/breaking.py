"""Line breaking: choose the lines of a paragraph, all at once, and say how much each gap of a line gives.

The lines chosen are those that need the least change over the whole paragraph, after Knuth and Plass. A line gives in
the order of CLREQ §3.2.3: it shrinks before it is stretched; word spaces give first, then the joints of Han and Latin,
then the air of marks, and only then is space put between Han characters.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from heapq import heappop, heappush

from msgspec import Struct

from newsbook.cjk import Kind
from newsbook.writers.pdf.spacing import Gap, HorizontalList

# Thousandths of an em, the unit of the PDF's own spacing arrays.
THOUSAND = 1000

# What a change costs. A line shrunk to its limit costs as much as one with this much space between its Han characters.
_FULL_SHRINK, _FULL_GROWTH, _SPACE_OF_ONE = 1.0, 1.0, 0.004

# A last line of a single Han character, for which an eighth of an em may part those of another line; a digit torn from
# the unit behind it; and a word torn, in the same currency.
_WIDOW, _TORN_UNIT, _TORN_WORD = 1250.0, 8.0, 1e5

# How many ems a line may fall short before it is one that the search takes only for want of another: two characters,
# sent after a third that would else end the paragraph alone, and the half em of a mark.
_SLACK = 2.6

# A hundredth of a point, which nobody sees and which rounding must not turn into a new line.
_NOTHING = 0.01

_UNLIMITED = float("inf")

_MARKS = frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP, Kind.CENTRED_STOP, Kind.CALL, Kind.ELLIPSIS})


class Measure(Struct, frozen=True):
    """The widths to fill, in points: that of the first line and that of all others; and how."""

    first: float
    rest: float
    is_justified: bool = True
    is_last_justified: bool = False
    hangs: bool = False


class ChosenLine(Struct, frozen=True):
    """A line: the places where it begins and ends to the eye, where the next one begins, and its gaps.

    `trim` is what is cut off before its first character, in points. `gaps` are added behind each of its characters,
    in thousandths of the character's em. `excess` is what rounding made it too long, in points.
    """

    start: int
    end: int
    resume: int
    trim: float = 0.0
    gaps: tuple[int, ...] = ()
    excess: float = 0.0


class _Choice(Struct):
    """The best way found to a place: what it costs, and the start of the line that ends there."""

    cost: float
    origin: int


def break_lines(hlist: HorizontalList, start: int, measure: Measure) -> tuple[ChosenLine, ...]:
    """Return the lines of `hlist` from the place `start` on, the best over all of them."""
    begin = hlist.start(start)
    places = (_best if measure.is_justified else _greedy)(hlist, begin, measure)
    lines = []
    width = measure.first
    for resume in places:
        lines.append(_line(hlist, begin, resume, measure, width))
        begin, width = hlist.start(resume), measure.rest
    return tuple(lines)


# --- which lines -------------------------------------------------------------------------------------------------


def _greedy(hlist: HorizontalList, begin: int, measure: Measure) -> list[int]:
    """Return the ends of lines that are filled one after the other."""
    places = []
    width = measure.first
    while begin < hlist.length:
        limit = hlist.width[begin] + width + _trim(hlist, begin, measure)
        first = hlist.next_break(begin)
        index = max(first, bisect_left(hlist.ends, limit, first) - 1)
        while index + 1 < len(hlist.breaks) and _shortest(hlist, index + 1) <= limit + _NOTHING:
            index += 1
        fits = _shortest(hlist, index) <= limit + _NOTHING
        resume = hlist.breaks[index] if fits else _torn(hlist, begin, limit, first)
        places.append(resume)
        begin, width = hlist.start(resume), measure.rest
    return places


def _shortest(hlist: HorizontalList, index: int) -> float:
    return hlist.ends[index] - hlist.trims[index]


def _torn(hlist: HorizontalList, begin: int, limit: float, first: int) -> int:
    """Return where to break what fits on no line: where the line is full, if the text may be torn at all."""
    if not hlist.may_tear:
        return hlist.breaks[first]
    return min(max(begin + 1, bisect_right(hlist.width, limit + _NOTHING) - 1), hlist.breaks[first])


def _best(hlist: HorizontalList, begin: int, measure: Measure) -> list[int]:
    """Return the ends of the lines that cost the least together."""
    ways = {begin: _Choice(0.0, -1)}
    ahead = [begin]
    while ahead:
        place = heappop(ahead)
        if place >= hlist.length:
            break
        width = measure.first if place == begin else measure.rest
        so_far = ways[place].cost
        for resume, cost in _candidates(hlist, place, width, measure):
            follower = hlist.start(resume)
            known = ways.get(follower)
            if known is None:
                heappush(ahead, follower)
            if known is None or so_far + cost < known.cost:
                ways[follower] = _Choice(so_far + cost, place)
    return _path(ways, hlist.length)


def _path(ways: dict[int, _Choice], end: int) -> list[int]:
    places: list[int] = []
    while end in ways and ways[end].origin >= 0:
        places.append(end)
        end = ways[end].origin
    return places[::-1]


def _candidates(hlist: HorizontalList, begin: int, width: float, measure: Measure) -> Iterator[tuple[int, float]]:
    """Yield the places where a line from `begin` may end, with what each costs."""
    limit = hlist.width[begin] + _trim(hlist, begin, measure) + width
    slack = _SLACK * hlist.characters[begin].em
    first = hlist.next_break(begin)
    index = low = min(bisect_left(hlist.ends, limit - slack, first), len(hlist.breaks) - 1)
    found = False
    while index < len(hlist.breaks):
        cost = _cost(hlist, begin, index, limit, measure)
        if cost is not None:
            found = True
            yield hlist.breaks[index], cost
        elif hlist.ends[index] > limit + slack:
            break
        index += 1
    if not found and low > first:
        yield hlist.breaks[low - 1], _TORN_WORD / 2
    elif not found:
        yield _torn(hlist, begin, limit, first), _TORN_WORD


def _cost(hlist: HorizontalList, begin: int, index: int, limit: float, measure: Measure) -> float | None:
    """Return what it costs to make a line end at a break, or None where it cannot be made to fit."""
    stop = hlist.stops[index]
    over = hlist.ends[index] - limit
    if hlist.breaks[index] >= hlist.length and over <= _NOTHING and not measure.is_last_justified:
        return _WIDOW if _is_widow(hlist, begin, stop) else 0.0
    if hlist.trims[index]:
        cost = min(_change(hlist, begin, stop - 1, over - trim) for trim in _trims(hlist, stop, measure))
    else:
        cost = _change(hlist, begin, stop - 1, over)
    if cost == _UNLIMITED:
        return None
    return cost + _TORN_UNIT if _tears_unit(hlist, stop) else cost


def _trim(hlist: HorizontalList, begin: int, measure: Measure) -> float:
    """Return what is cut off before a line, in points: an indent of an em is left whole, to be told from none.

    JLREQ §3.1.5 has both ways; with its air a bracket in an indent of one em stands at one and a half.
    """
    indent = measure.rest - measure.first
    is_narrow = 0 < indent < _WIDE_INDENT * hlist.characters[begin].em
    return 0.0 if is_narrow and begin == hlist.start(0) else hlist.trim(begin)


# An indent this many ems wide is seen, whatever is cut off beside it.
_WIDE_INDENT = 1.5


def _trims(hlist: HorizontalList, stop: int, measure: Measure) -> tuple[float, ...]:
    """Return what may be cut off behind the last character of a line: nothing, its air, or all of it where it hangs."""
    trim = hlist.trim_end(stop)
    if not trim:
        return (0.0,)
    hangs = measure.hangs and hlist.characters[stop - 1].kind is Kind.STOP
    return (0.0, trim, 2 * trim) if hangs else (0.0, trim)


def _change(hlist: HorizontalList, begin: int, last: int, over: float) -> float:
    """Return what it costs to take `over` points out of the gaps from `begin` up to `last`, or to put them in."""
    if over > _NOTHING:
        blanks = hlist.blank_shrinks[last] - hlist.blank_shrinks[begin]
        shrinks = blanks + hlist.mark_shrinks[last] - hlist.mark_shrinks[begin]
        return _FULL_SHRINK * (over / shrinks) ** 2 if over <= shrinks else _UNLIMITED
    grows = hlist.blank_grows[last] - hlist.blank_grows[begin]
    if -over <= grows:
        return _FULL_GROWTH * (over / grows) ** 2 if grows else 0.0
    solid = hlist.solid[last] - hlist.solid[begin]
    left = -over - grows
    if not solid:
        return _FULL_GROWTH + left * left
    return _FULL_GROWTH * (grows > 0) + (left / solid / _SPACE_OF_ONE) ** 2


def _is_widow(hlist: HorizontalList, begin: int, stop: int) -> bool:
    """Tell whether a last line has a single character beside its marks, and is not the paragraph's only one."""
    words = (character.kind not in _MARKS for character in hlist.characters[begin:stop])
    return begin != hlist.start(0) and sum(words) == 1


def _tears_unit(hlist: HorizontalList, stop: int) -> bool:
    """Tell whether a line ends between a digit and the Han character that says what it counts (CLREQ §3.1.4)."""
    if stop >= hlist.length:
        return False
    return hlist.text[stop - 1].isdigit() and hlist.characters[stop].kind is Kind.HAN


# --- how a line gives --------------------------------------------------------------------------------------------


def _line(hlist: HorizontalList, begin: int, resume: int, measure: Measure, width: float) -> ChosenLine:
    stop = hlist.stop(resume)
    trim = _trim(hlist, begin, measure)
    need = width - (hlist.end(stop) - hlist.width[begin] - trim)
    inner = hlist.gaps[begin : stop - 1]
    gaps = [round(gap.size * THOUSAND) for gap in inner]
    is_filled = measure.is_justified and (resume < hlist.length or measure.is_last_justified)
    cut = _cut(hlist, begin, stop, measure, need) if is_filled or need < -_NOTHING else 0.0
    need += cut
    ems = [character.em for character in hlist.characters[begin:stop]]
    if need < -_NOTHING or is_filled:
        need = _give(gaps, inner, ems, need)
    gaps.append(-round(cut / ems[-1] * THOUSAND))
    return ChosenLine(begin, stop, resume, trim, tuple(gaps), max(0.0, -need))


def _cut(hlist: HorizontalList, begin: int, stop: int, measure: Measure, need: float) -> float:
    """Return how much of the last mark's air is best cut off."""
    return min(
        _trims(hlist, stop, measure),
        key=lambda trim: (_change(hlist, begin, stop - 1, -need - trim), -trim),
    )


def _give(gaps: list[int], inner: list[Gap], ems: list[float], need: float) -> float:
    """Add `need` points to `gaps` tier by tier, less than nothing where they shrink. Return what is still needed."""
    for tier in _tiers(inner, need):
        if tier:
            need -= _share(gaps, tier, ems, need)
    return need


def _tiers(inner: list[Gap], need: float) -> Iterator[list[tuple[int, float]]]:
    """Yield the places that give and how much each may, in ems, tier by tier; the last tier to grow has no limit."""
    places = list(enumerate(inner))
    if need < 0:
        yield [(at, -gap.blank_shrinks) for at, gap in places if gap.blank_shrinks and not gap.size]
        yield [(at, -gap.blank_shrinks) for at, gap in places if gap.blank_shrinks and gap.size]
        yield [(at, -gap.mark_shrinks) for at, gap in places if gap.mark_shrinks]
    else:
        yield [(at, gap.blank_grows) for at, gap in places if gap.blank_grows and not gap.size]
        yield [(at, gap.blank_grows) for at, gap in places if gap.blank_grows and gap.size]
        solid = [(at, _UNLIMITED) for at, gap in places if gap.is_solid]
        yield solid or [(at, _UNLIMITED) for at, gap in places if gap.blank_grows]


def _share(gaps: list[int], tier: list[tuple[int, float]], ems: list[float], need: float) -> float:
    """Spread `need` over a tier as far as it goes, in whole thousandths of ems. Return how much was given."""
    weights = [(at, (1.0 if most == _UNLIMITED else most) * ems[at]) for at, most in tier]
    room = sum(weight for _, weight in weights)
    part = need / room if tier[0][1] == _UNLIMITED else min(1.0, need / room)
    wanted = given = 0.0
    for at, weight in weights:
        wanted += weight * part
        share = round((wanted - given) / ems[at] * THOUSAND)
        gaps[at] += share
        given += share * ems[at] / THOUSAND
    return given
