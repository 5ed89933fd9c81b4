"""Seat the insets of a module: which columns each stands across, at the head or at the foot, and how high it may be."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from newsbook.writers.pdf.makeup.units import Inset, Sheet

# How much lower and higher than its own shape a photograph is cropped; how much smaller one is set that is shown whole.
_LOWEST, _HIGHEST = 0.68, 1.45
_SMALLEST_WHOLE = 0.6

# The share of a sheet's height that a picture takes at most, and its least height in lines.
_TALLEST = 0.55
_LEAST = 4

# The heights at which a picture looks neither lost nor blown up, as shares of a sheet's lines.
_LOW, _HIGH = 0.085, 0.36

# What it costs to be higher than its own shape, or lower, as the square of the share.
OFF = 22.0

# What it costs that the first picture is a column narrower than it should be.
_SMALL = 1.5

# What it costs, in lines, that a reader comes upon a picture before one that the story has before it.
_OUT_OF_ORDER = 24.0

# A blank line parts an inset from the text.
AIR = 1


class Seat(Struct, frozen=True):
    """Where an inset stands: its columns, at the head or the foot, and the heights that its picture may have."""

    inset: int
    column: int
    span: int
    is_top: bool
    natural: float
    least: int
    most: int
    below: int

    @property
    def lines(self) -> float:
        """How many lines it takes by its nature, with its cutline and the blank line."""
        return self.natural + self.below + AIR

    def cost(self, height: int) -> float:
        """Return what is lost where its picture is so many lines high."""
        if not self.most:
            return 0.0
        share = height / self.natural
        return OFF * (share - 1 if share > 1 else 1 / share - 1) ** 2


def seatings(
    insets: Sequence[Inset], first: int, span: int, sheet: Sheet, large: int
) -> Iterator[tuple[float, tuple[Seat, ...]]]:
    """Yield the ways to seat the insets from `first` on in a module, with what each costs.

    The first picture should be `large` columns wide where the module is.
    """
    if len(insets) == first:
        yield 0.0, ()
        return
    seen = set()
    for main in range(1, span + 1):
        for other in range(1, min(main, 2) + 1):
            spans = tuple(main if number == first else other for number in range(first, len(insets)))
            spans = tuple(_wide_enough(insets[first + k], one, span) for k, one in enumerate(spans))
            if 0 in spans or spans in seen:
                continue
            seen.add(spans)
            cost, seats = _seated(insets, first, spans, span, sheet)
            yield cost + _SMALL * max(0, min(large, span) - spans[0]), seats


def _wide_enough(inset: Inset, wanted: int, most: int) -> int:
    """Return the span of an inset: a table's is the least that it needs, and a long picture's is as it is wanted."""
    if inset.ratio:
        return wanted
    return next((span for span in range(wanted, most + 1) if inset.cutlines[span - 1]), 0)


def _seated(
    insets: Sequence[Inset], first: int, spans: Sequence[int], columns: int, sheet: Sheet
) -> tuple[float, tuple[Seat, ...]]:
    tops, feet = [0.0] * columns, [0.0] * columns
    seats: list[Seat] = []
    cost = 0.0
    for number, span in enumerate(spans):
        seat = _sized(insets[first + number], first + number, span, sheet)
        ways = (
            (lost + _OUT_OF_ORDER * sum(_is_ahead(column, span, one, is_top=is_top) for one in seats), is_top, column)
            for lost, is_top, column in _places(seat, tops, feet)
        )
        _, is_top, column = min(ways, key=lambda way: way[0])
        cost += _OUT_OF_ORDER * any(_is_ahead(column, span, one, is_top=is_top) for one in seats)
        seats.append(Seat(seat.inset, column, span, is_top, seat.natural, seat.least, seat.most, seat.below))
        load = tops if is_top else feet
        load[column : column + span] = [max(load[column : column + span]) + seat.lines] * span
        cost += _oddity(seat, sheet) * (1.0 if number == 0 else 0.5)
    return cost, tuple(seats)


def _is_ahead(column: int, span: int, seat: Seat, *, is_top: bool) -> bool:
    """Tell whether a picture in a place would be come upon before one: left of it in its row, or above it."""
    if column + span <= seat.column:
        return is_top >= seat.is_top
    return column < seat.column + seat.span and not seat.is_top


def _sized(inset: Inset, number: int, span: int, sheet: Sheet) -> Seat:
    below = inset.cutlines[span - 1]
    if not inset.ratio:
        return Seat(number, 0, span, is_top=False, natural=0.0, least=0, most=0, below=below)
    own = inset.ratio * sheet.width(span)
    tallest = max(_LEAST, int(_TALLEST * sheet.lines))
    if inset.is_whole:
        natural = min(own, tallest)
        least = max(_LEAST, int(natural * _SMALLEST_WHOLE))
        return Seat(
            number, 0, span, is_top=True, natural=natural, least=least, most=max(least, int(natural)), below=below
        )
    natural = min(max(own, _LEAST), tallest)
    most = min(tallest, max(_LEAST, round(natural * _HIGHEST)))
    least = max(_LEAST, round(natural * _LOWEST))
    return Seat(number, 0, span, is_top=True, natural=natural, least=least, most=max(least, most), below=below)


def _oddity(seat: Seat, sheet: Sheet) -> float:
    """Return what a picture costs that is very small or very large."""
    if not seat.most:
        return 0.0
    share = seat.natural / sheet.lines
    return 60.0 * max(0.0, _LOW - share) + 40.0 * max(0.0, share - _HIGH)


def _places(seat: Seat, tops: Sequence[float], feet: Sequence[float]) -> Iterator[tuple[float, bool, int]]:
    """Yield the places for an inset: what each costs, whether it is at the head, and its first column."""
    columns = len(tops)
    for column in range(columns - seat.span + 1):
        among = slice(column, column + seat.span)
        for is_top, load in ((True, tops), (False, feet)):
            here, there = load[among], (feet if is_top else tops)[among]
            steps = max(here) * seat.span - sum(here)
            full = max(a + b for a, b in zip(here, there, strict=True)) + seat.lines
            # The text begins under the head, in the first column, and ends above the foot in the last.
            opening = 6.0 * (column == 0 and seat.span < columns) if is_top else 4.0 * (column + seat.span == columns)
            side = 0.01 * (columns - column if is_top else column)
            yield full + 3 * steps + opening + side + (0.0 if is_top == (seat.most > 0) else 2.0), is_top, column
