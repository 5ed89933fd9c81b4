"""Say what stands where on a page that is sliced: heads, columns of text, insets, jump lines and rules."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from newsbook.writers.pdf.makeup.rowstream import RowStream
from newsbook.writers.pdf.makeup.shaping import Module, lines_of
from newsbook.writers.pdf.makeup.slicing import Cut
from newsbook.writers.pdf.makeup.units import Unit, UnitKind


class SlotKind(StrEnum):
    """What stands in a slot: a head, or that of what is continued; a column of text; an inset; a jump line; a band."""

    HEAD = "head"
    AGAIN = "again"
    TEXT = "text"
    INSET = "inset"
    JUMP = "jump"
    BAND = "band"


class Slot(Struct, frozen=True):
    """A place on a page: its columns and lines, and what stands in it.

    A column of text holds the rows `first` to `last`, and `spread` has the blank lines to add above some of them. An
    inset is the `inset`-th of its unit, and its picture is `picture` lines high. `page` is where a jump line sends
    the reader, or where what is continued came from; 0 where it is neither.
    """

    unit: int
    kind: SlotKind
    column: int
    span: int
    line: int
    lines: int
    first: int = 0
    last: int = 0
    spread: tuple[tuple[int, int], ...] = ()
    inset: int = -1
    picture: int = 0
    page: int = 0


class ColumnRule(Struct, frozen=True):
    """A rule: across `span` columns from `column` on, in the middle of the `lines` below a line, or down beside them.

    One that goes down has no span, and stands in the gutter before its column.
    """

    column: int
    span: int
    line: int
    lines: int


class Placement(Struct, frozen=True):
    """A module with the place of its first column and of its first line."""

    module: Module
    column: int
    line: int


def placements(cut: Cut, span: int, column: int, line: int, gap: int) -> Iterator[Placement | ColumnRule]:
    """Yield the modules of a rectangle with their places, and the rules between them."""
    if isinstance(cut, Module):
        yield Placement(cut, column, line)
        return
    direction, first, other = cut
    if direction == "below":
        high = height(first, gap)
        yield from placements(first, span, column, line, gap)
        yield ColumnRule(column, span, line + high, gap)
        yield from placements(other, span, column, line + high + gap, gap)
    else:
        left = _span(first)
        yield from placements(first, left, column, line, gap)
        yield ColumnRule(column + left, 0, line, height(first, gap))
        yield from placements(other, span - left, column + left, line, gap)


def height(cut: Cut, gap: int) -> int:
    """Return how many lines high a rectangle is."""
    if isinstance(cut, Module):
        return cut.lines
    direction, first, other = cut
    return height(first, gap) + gap + height(other, gap) if direction == "below" else height(first, gap)


def _span(cut: Cut) -> int:
    if isinstance(cut, Module):
        return cut.span
    direction, first, other = cut
    return _span(first) if direction == "below" else _span(first) + _span(other)


def modules(cut: Cut) -> Iterator[Module]:
    """Yield the modules of a rectangle, in the order of their units."""
    if isinstance(cut, Module):
        yield cut
        return
    yield from modules(cut[1])
    yield from modules(cut[2])


def slots(placed: Placement, unit: Unit, number: int) -> Iterator[Slot]:
    """Yield what stands in a module, whose unit has a number."""
    module, column, line = placed.module, placed.column, placed.line
    begins = not module.part.row and not module.part.inset
    top = line + module.air // 2
    if module.head:
        kind = SlotKind.HEAD if begins else SlotKind.AGAIN
        kind = SlotKind.BAND if unit.kind is UnitKind.BRIEF else kind
        yield Slot(number, kind, column, module.span, top, module.head)
    body = line + module.head + module.air
    below = line + module.lines
    for seat, picture, edge in lines_of(zip(module.seats, module.heights, strict=True)):
        lines = picture + seat.below
        at = body + edge if seat.is_top else below - edge - lines
        yield Slot(
            number, SlotKind.INSET, column + seat.column, seat.span, at, lines, inset=seat.inset, picture=picture
        )
    yield from _texts(placed, unit, number, body)
    if module.ends and module.ends[-1] < len(unit.rows) and unit.jump and unit.kind is UnitKind.STORY:
        last, lines = module.rooms[-1]
        at = column + module.span - unit.measure
        yield Slot(number, SlotKind.JUMP, at, unit.measure, body + last + lines, unit.jump)


def _texts(placed: Placement, unit: Unit, number: int, body: int) -> Iterator[Slot]:
    module, column, stream = placed.module, placed.column, RowStream(unit.rows)
    rooms, ends = evened(module, stream)
    start = module.part.row
    for k, ((line, room), end) in enumerate(zip(rooms, ends, strict=True)):
        if end > start:
            white = room - stream.lines(start, end)
            spread = _spread(stream, start, end, white, unit.kind)
            at = column + k * unit.measure
            yield Slot(number, SlotKind.TEXT, at, unit.measure, body + line, room, start, end, spread)
        start = end


def evened(module: Module, stream: RowStream) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return rooms and ends of a module whose white, where its last column has much, is shared by its last columns."""
    rooms, ends = module.rooms, module.ends
    white = rooms[-1][1] - stream.lines(ends[-2] if len(ends) > 1 else module.part.row, ends[-1]) if rooms else 0
    for share in range(min(white, len(rooms)), 1, -1):
        shorter = tuple(lines - (k >= len(rooms) - share) for k, (_, lines) in enumerate(rooms))
        if min(shorter) < 0:
            continue
        filled = stream.fill(module.part.row, shorter)
        if filled[-1] == ends[-1]:
            return rooms, filled
    return rooms, ends


def _spread(stream: RowStream, start: int, end: int, white: int, kind: UnitKind) -> tuple[tuple[int, int], ...]:
    """Return the blank lines to add above rows of a column that has some left."""
    places = [row for row in range(start + 1, end) if stream.spaces[row]]
    if not places or white <= 0:
        return ()
    most = 3 if kind is UnitKind.BRIEF else 1
    shares = [min(most, white // len(places) + (k < white % len(places))) for k in range(len(places))]
    return tuple((row, share) for row, share in zip(places, shares, strict=True) if share)
