"""Shape units into modules: rectangles of whole columns whose text and insets fill them, with what each costs."""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import log

from msgspec import Struct

from newsbook.writers.pdf.makeup.insets import AIR, OFF, Seat, seatings
from newsbook.writers.pdf.makeup.rowstream import RowStream
from newsbook.writers.pdf.makeup.units import Sheet, Unit, UnitKind

# Blank lines that a head may have about it, beyond those that are its own.
_AIRIEST = 4

# What a module costs that is not filled by a line of one column; up to a line a column nobody sees it.
_SEEN, _UNSEEN = 1.6, 0.35

# Columns of text are neither shallower nor deeper than so many lines.
_SHALLOW, _DEEP = 6, 40

# A column of text of fewer lines is a sliver; a picture of so many columns is large.
_SLIVER, _LARGE = 3, 2

# What a jump costs, and the lines of text before it and after it below which it is not worth it.
_JUMP, _WORTH = 8.0, 20

# The contents list so many entries at least; what it costs that they list none.
_FEWEST, _OMITTED = 3, 14.0

# What it costs that the lead is a column narrower than three fifths of the page.
_NARROW = 16.0

# What it costs that briefs are a column wider than two.
_WIDE = 4.0

# Insets that a page has at most of a story that is continued.
_MOST = 4

# Ways to seat insets that are tried where a story is continued.
_TRIED = 3


class Stretch(Struct, frozen=True):
    """Unit from a row and an inset on: all of it, or what another page has left."""

    unit: int
    row: int = 0
    inset: int = 0


class Module(Struct, frozen=True):
    """A rectangle: its columns, its lines, and those of its head, which has `air` more about it.

    `seats` are its insets, with the `heights` of their pictures. `rooms` has the line and the lines of each column of
    text, below the head, and `ends` the row that each ends before.
    """

    part: Stretch
    span: int
    lines: int
    head: int
    air: int
    seats: tuple[Seat, ...]
    heights: tuple[int, ...]
    rooms: tuple[tuple[int, int], ...]
    ends: tuple[int, ...]


# Modules by their height, each with what it costs.
Choice = dict[int, tuple[float, Module]]


class Shaper:
    """What shapes the units of an issue for a sheet; what costs more than `worst` is no module."""

    def __init__(self, units: Sequence[Unit], sheet: Sheet, worst: float) -> None:
        self.units = units
        self._worst = worst
        self.sheet = sheet
        self._streams = tuple(RowStream(unit.rows) for unit in units)
        stories = (number for number, unit in enumerate(units) if unit.kind is UnitKind.STORY)
        leads = (number for number, unit in enumerate(units) if unit.leads)
        self._lead = Stretch(next(chain(leads, stories), 0))
        self._found: dict[tuple[Stretch, int], Choice] = {}

    def whole(self, part: Stretch, span: int) -> Choice:
        """Return the modules of a span that hold all that a part has left."""
        key = part, span
        if key not in self._found:
            self._found[key] = self._shaped(part, span)
        return self._found[key]

    def _shaped(self, part: Stretch, span: int) -> Choice:
        unit = self.units[part.unit]
        if span % unit.measure:
            return {}
        if unit.kind is UnitKind.CONTENTS:
            return self._contents(part, span)
        found: Choice = {}
        for cost, seats in sorted(
            seatings(unit.insets, part.inset, span, self.sheet, self._large(part, span)), key=_price
        ):
            self._seated(part, span, seats, cost, found)
        return found

    def begun(self, part: Stretch, span: int) -> Choice:
        """Return the modules of a span that hold the beginning of what a part has left."""
        unit = self.units[part.unit]
        stream = self._streams[part.unit]
        if span % unit.measure or unit.kind is UnitKind.CONTENTS:
            return {}
        left = stream.lines(part.row, stream.count)
        found: Choice = {}
        # An inset stays with the text that it belongs to, where that is on this page: about so many rows.
        likely = part.row + min(stream.count - part.row, span * self.sheet.lines) // 2
        until = part.inset + sum(inset.anchor <= likely for inset in unit.insets[part.inset :][:_MOST])
        if left < 2 * _WORTH and until == len(unit.insets):
            return found
        least = self._head(part, span) + 8
        ways = sorted(seatings(unit.insets[:until], part.inset, span, self.sheet, self._large(part, span)), key=_price)[
            :_TRIED
        ]
        for lines in range(least, self.sheet.lines + 1):
            for cost, seats in ways:
                module = self._cut(part, span, lines, seats)
                if module is not None:
                    self._keep(found, module, cost + self._cut_cost(module))
        return found

    def _head(self, part: Stretch, span: int) -> int:
        unit = self.units[part.unit]
        heads = unit.again if part.row or part.inset else unit.heads
        return heads[span - 1]

    def _large(self, part: Stretch, span: int) -> int:
        """Return how many columns the first picture of a part should be wide: that of the lead most of the module."""
        is_lead = part == self._lead
        return max(_LARGE, -(-span * 3 // 5)) if is_lead else _LARGE if span > _LARGE else 1

    def _seated(self, part: Stretch, span: int, seats: tuple[Seat, ...], odd: float, found: Choice) -> None:
        """Find the modules with insets seated in one way."""
        head = self._head(part, span)
        stream = self._streams[part.unit]
        text = stream.lines(part.row, stream.count) * self.units[part.unit].measure
        fixed = sum(seat.span * (seat.below + AIR) for seat in seats)
        least = text + fixed + sum(seat.span * seat.least for seat in seats)
        most = text + fixed + sum(seat.span * seat.most for seat in seats)
        lowest = max(1, -(-least // span))
        enough = -(-most // span) + _AIRIEST + 2
        body = 0
        for lines in range(lowest, self.sheet.lines - head + 1):
            if body and lines > enough:
                break
            if seats and self._is_worse(part, span, seats, lines, odd, found.get(head + lines)):
                continue
            if seats or not body:
                fitted = self._fitted(part, span, seats, lines)
                if fitted is None:
                    continue
                module = _module(part, span, head, lines, 0, seats, *fitted)
                body = body or lines
            else:
                module = _aired(module, head + lines - module.lines)
            self._keep(found, module, odd + self._cost(module))
            if seats:
                aired = _aired(module, 1)
                if aired.lines <= self.sheet.lines:
                    self._keep(found, aired, odd + self._cost(aired))
            elif module.air == _AIRIEST:
                break

    def _is_worse(  # noqa: PLR0913, PLR0917 - all that a guess goes by.
        self, part: Stretch, span: int, seats: Sequence[Seat], body: int, odd: float, known: tuple[float, Module] | None
    ) -> bool:
        """Tell whether insets so seated would be so high, or so low, that what is known is better anyway."""
        stream, measure = self._streams[part.unit], self.units[part.unit].measure
        area = span * (body + 0.5) - measure * stream.lines(part.row, stream.count)
        area -= sum(seat.span * (seat.below + AIR) for seat in seats)
        natural = sum(seat.span * seat.natural for seat in seats)
        if not natural:
            return False
        share = max(area, 1) / natural
        off = max(0.0, abs(share - 1 if share > 1 else 1 / share - 1) - 0.08)
        return odd + off * off * OFF * sum(seat.most > 0 for seat in seats) > (known[0] if known else self._worst)

    def _fitted(
        self, part: Stretch, span: int, seats: Sequence[Seat], body: int
    ) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...], tuple[int, ...]] | None:
        """Return heights of pictures with which text and insets fill a body, the rooms they leave, and the ends."""
        stream = self._streams[part.unit]
        measure = self.units[part.unit].measure
        heights = _first_heights(seats, span * body - measure * stream.lines(part.row, stream.count))
        best = None
        for _ in range(8):
            rooms = _rooms(seats, heights, span, body, measure)
            ends = stream.fill(part.row, [lines for _, lines in rooms]) if rooms else ()
            is_whole = bool(rooms) and ends[-1] == stream.count
            if rooms and is_whole:
                best = tuple(heights), rooms, ends
            lack = stream.lines(ends[-1], stream.count) if rooms and not is_whole else 1
            if is_whole:
                lack = -(sum(lines for _, lines in rooms) - self._used(part, ends))
            if not _adjust(seats, heights, lack):
                break
        return best

    def _used(self, part: Stretch, ends: Sequence[int]) -> int:
        stream = self._streams[part.unit]
        starts = (part.row, *ends)
        return sum(stream.lines(start, end) for start, end in zip(starts, ends, strict=False))

    def _cut(self, part: Stretch, span: int, lines: int, seats: Sequence[Seat]) -> Module | None:
        """Return a module that is filled with the beginning of a part; None where all of it fits."""
        unit, stream = self.units[part.unit], self._streams[part.unit]
        head = self._head(part, span)
        heights = [max(seat.least, min(seat.most, round(seat.natural))) for seat in seats]
        rooms = _rooms(seats, heights, span, lines - head, unit.measure)
        if not rooms or rooms[-1][1] <= unit.jump + 2:
            return None
        line, last = rooms[-1]
        rooms = (*rooms[:-1], (line, last - unit.jump))
        ends = tuple(min(end, stream.last) for end in stream.fill(part.row, [room for _, room in rooms]))
        if ends[-1] < part.row or (ends[-1] == part.row and not seats):
            return None
        return _module(part, span, head, lines - head, 0, tuple(seats), tuple(heights), rooms, ends)

    def _cut_cost(self, module: Module) -> float:
        stream = self._streams[module.part.unit]
        cost = self._cost(module)
        if self.units[module.part.unit].kind is UnitKind.BACK:
            return cost
        shown, left = self._used(module.part, module.ends), stream.lines(module.ends[-1], stream.count)
        return cost + _JUMP + 0.3 * max(0, _WORTH - shown) + 0.3 * max(0, _WORTH - left)

    def _contents(self, part: Stretch, span: int) -> Choice:
        """Return the contents as boxes of what fits."""
        head, stream = self._head(part, span), self._streams[part.unit]
        found: Choice = {}
        for lines in range(1, self.sheet.lines - head + 1):
            rooms = ((0, lines),) * span
            ends = stream.fill(0, [lines] * span)
            if ends[-1] < min(_FEWEST, stream.count):
                continue
            module = _module(part, span, head, lines, 0, (), (), rooms, ends)
            omitted = 1 - ends[-1] / stream.count
            white = span * lines - self._used(part, ends)
            self._keep(
                found, module, _OMITTED * omitted**2 + (0.4 * white if span > 1 else 0.8 * white) + 1.5 * (span - 1)
            )
            if ends[-1] == stream.count and white > 2 * span:
                break
        return found

    def _cost(self, module: Module) -> float:
        white = sum(lines for _, lines in module.rooms) - self._used(module.part, module.ends)
        if self.units[module.part.unit].kind is UnitKind.BRIEF:
            stream = self._streams[module.part.unit]
            # Briefs are spread.
            white = max(white - sum(space > 0 for space in stream.spaces), white // 3)
        cost = _UNSEEN * min(white, module.span) + _SEEN * max(0, white - module.span)
        cost += sum(seat.cost(height) for seat, height in zip(module.seats, module.heights, strict=True))
        cost += 0.5 * module.air**2 + 0.15 * module.air * module.span
        return cost + _depth_cost(module) + self._shape_cost(module)

    def _keep(self, found: Choice, module: Module, cost: float) -> None:
        known = found.get(module.lines)
        if cost < self._worst and (known is None or cost < known[0]):
            found[module.lines] = cost, module

    def _shape_cost(self, module: Module) -> float:
        aspect = module.lines / self.sheet.width(module.span)
        body = module.lines - module.head - module.air
        narrow = max(0, -(-self.sheet.columns * 3 // 5) - module.span) if module.part == self._lead else 0
        wide = max(0, module.span - 2) if self.units[module.part.unit].kind is UnitKind.BRIEF else 0
        return _NARROW * narrow + _WIDE * wide + 0.7 * log(aspect / 0.9) ** 2 + 0.5 * max(0, module.head - body)


def _depth_cost(module: Module) -> float:
    depths = [lines for _, lines in module.rooms if lines > 0]
    if not depths:
        return 0.0
    mean = sum(depths) / len(depths)
    slivers = sum(depth < _SLIVER for depth in depths)
    return 1.2 * max(0.0, _SHALLOW - mean) + 0.2 * max(0.0, max(depths) - _DEEP) + 2.5 * slivers


def _price(way: tuple[float, tuple[Seat, ...]]) -> float:
    return way[0]


def _module(  # noqa: PLR0913, PLR0917 - a module is what it is.
    part: Stretch,
    span: int,
    head: int,
    body: int,
    air: int,
    seats: tuple[Seat, ...],
    heights: tuple[int, ...],
    rooms: tuple[tuple[int, int], ...],
    ends: tuple[int, ...],
) -> Module:
    return Module(part, span, head + air + body, head, air, seats, heights, rooms, ends)


def _aired(module: Module, more: int) -> Module:
    """Return a module with so many more blank lines about its head."""
    body = module.lines - module.head - module.air
    return _module(
        module.part,
        module.span,
        module.head,
        body,
        module.air + more,
        module.seats,
        module.heights,
        module.rooms,
        module.ends,
    )


def _first_heights(seats: Sequence[Seat], area: int) -> list[int]:
    """Return the heights of pictures that share an area by their nature."""
    area -= sum(seat.span * (seat.below + AIR) for seat in seats)
    natural = sum(seat.span * seat.natural for seat in seats) or 1.0
    return [max(seat.least, min(seat.most, round(seat.natural * area / natural))) for seat in seats]


def _adjust(seats: Sequence[Seat], heights: list[int], lack: int) -> bool:
    """Make room for so many lines of text that lack it, or take it away; tell whether anything changed."""
    for number in sorted(range(len(seats)), key=lambda one: -seats[one].span):
        seat = seats[number]
        if lack > 0 and heights[number] > seat.least:
            heights[number] -= min(heights[number] - seat.least, max(1, lack // seat.span))
            return True
        if lack <= -seat.span and heights[number] < seat.most:
            heights[number] += min(seat.most - heights[number], -lack // seat.span)
            return True
    return False


def _rooms(
    seats: Sequence[Seat], heights: Sequence[int], span: int, body: int, measure: int
) -> tuple[tuple[int, int], ...]:
    """Return the line and the lines that insets leave to the text in each column; nothing where they do not fit."""
    tops, feet = [0] * span, [0] * span
    for seat, height in zip(seats, heights, strict=True):
        load = tops if seat.is_top else feet
        among = slice(seat.column, seat.column + seat.span)
        load[among] = [max(load[among]) + height + seat.below + AIR] * seat.span
    left = [body - top - foot for top, foot in zip(tops, feet, strict=True)]
    if min(left) < -AIR:
        return ()
    return tuple(_room(tops[k : k + measure], left[k : k + measure]) for k in range(0, span, measure))


def _room(tops: Sequence[int], left: Sequence[int]) -> tuple[int, int]:
    return max(tops), max(0, min(left))


def lines_of(seats: Iterator[tuple[Seat, int]]) -> Iterator[tuple[Seat, int, int]]:
    """Yield each inset of a module with the lines of its picture, and those above it at its edge."""
    loads: dict[tuple[bool, int], int] = {}
    for seat, height in seats:
        columns = range(seat.column, seat.column + seat.span)
        line = max(loads.get((seat.is_top, column), 0) for column in columns)
        yield seat, height, line
        for column in columns:
            loads[seat.is_top, column] = line + height + seat.below + AIR
