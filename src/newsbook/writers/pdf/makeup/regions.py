"""Plan regions: text in columns side by side, of one height, with illustrations at their heads and feet.

A region begins below a head, or at the head of a page, and ends in one of two ways: where its text ends, as high as
makes all columns end on one line, or at the foot of the page, going on overleaf. Illustrations stand at the head or
foot of one or several of its columns, whose text is then shorter, so that the columns still end together.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from itertools import product
from math import inf
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from newsbook.writers.pdf.makeup.pieces import At, Illustration, Placing, RunningText, Size, TextRow

# Blank lines between an illustration and the text of its column.
_AIR = 1

# What it costs that a column is a line short, where space above crossheads takes it; else, as the square; and each
# line more than two.
_STRETCHED, _RAGGED, _TORN = 0.2, 0.7, 15.0

# What it costs by the line that the last of more than two columns is short, or any of a list that is kept whole.
_SHORT = 0.6

# A region, and the text of a column with an illustration, have so many lines; what each lacking one costs.
_LOW, _LACKING = 3, 1.5

# What it costs that an illustration stands elsewhere than in the last columns.
_INSIDE = 0.25

# How many illustrations a region has at most, how many heights are tried, and how many ways to fill it are followed.
_MOST, _HEIGHTS, _KEPT = 2, 3, 6


class RegionInset(Struct, frozen=True):
    """An illustration at the head or the foot of `span` columns of a region, from `column` on."""

    illustration: int
    size: Size
    column: int
    span: int
    is_foot: bool


class TextRegion(Struct, frozen=True):
    """A region that is filled: how far it goes, how many illustrations are in it, its lines and what stands where.

    `below` are the blank lines that its last text wants; one that `goes_on` does so overleaf.
    """

    end: At
    illustrations: int
    lines: int
    cost: float
    placed: tuple[Placing, ...]
    goes_on: bool
    below: int = 0


class _Row(Struct, frozen=True):
    """A row of a run of texts: whose it is, and whether it is the first of it."""

    at: At
    row: TextRow
    space: int


class Flow:
    """Texts that are set in columns, one behind the other, as one row of rows."""

    def __init__(self, running: RunningText, first: int, *, is_lax: bool) -> None:
        self.first = first
        count = running.texts[first].narrow
        self.kept = running.texts[first].kept
        self.rows: list[_Row] = []
        self.depths = [0]
        below = 0
        text = first
        while text < len(running.texts) and running.texts[text].narrow == count:
            for number, row in enumerate(running.texts[text].rows):
                space = row.space if number else max(row.space, below)
                self.rows.append(_Row(At(text, number), row, space))
                self.depths.append(self.depths[-1] + space + row.lines)
            below = running.texts[text].below
            text += 1
        self.end = At(text)
        self.below = below
        self._is_lax = is_lax
        self._numbers = {row.at: number for number, row in enumerate(self.rows)}
        self._heads = [number for number, row in enumerate(self.rows) if row.space and not row.at.row]

    def number(self, at: At) -> int:
        """Return which row a place is before."""
        return self._numbers[at]

    def at(self, number: int) -> At:
        """Return the place before a row."""
        return self.rows[number].at if number < len(self.rows) else self.end

    def lines(self, begin: int, end: int) -> int:
        """Return how many lines some rows take that stand below each other, from a column's head on."""
        return self.depths[end] - self.depths[begin] - self.rows[begin].space if end > begin else 0

    def fitting(self, begin: int, lines: int) -> int:
        """Return before which row a column ends that begins with one and has so many lines."""
        if begin >= len(self.rows) or lines <= 0:
            return begin
        base = self.depths[begin] + self.rows[begin].space
        end = max(begin, bisect_right(self.depths, base + lines) - 1)
        while begin < end < len(self.rows) and not (self.rows[end].row.may_begin or self._is_lax):
            end -= 1
        return end

    def heads(self, begin: int, end: int) -> list[int]:
        """Return the rows below which a column of some has a text with space above it: crossheads, for the most."""
        return self._heads[bisect_right(self._heads, begin) : bisect_left(self._heads, end)]


class _RegionColumn(NamedTuple):
    """A column of a region: its rows, the lines that are given to the space above its heads, and its insets."""

    begin: int
    end: int
    given: int
    own: Sequence[RegionInset]


class _Draft(Struct, frozen=True):
    """A region whose cost is known, before anything is placed in it: most are too dear to come to that."""

    end: At
    lines: int
    cost: float
    goes_on: bool
    columns: tuple[_RegionColumn, ...]


class _Seating(Struct, frozen=True):
    """Insets, those of each column, what they cost wherever they stand, and the least lines of a region with them.

    `drafts` are the regions that were tried, by their lines and whether they end the text.
    """

    insets: Sequence[RegionInset]
    stands: Sequence[Sequence[RegionInset]]
    cost: float
    least: int
    drafts: dict[tuple[int, bool], _Draft | None]


class _Cheapest:
    """The cheapest drafts, one for each place and height; of two that cost the same, that of the lower number."""

    def __init__(self) -> None:
        self._known: dict[tuple[At, int], tuple[float, int, _Draft]] = {}
        # What the dearest of those to be kept costs.
        self.most = inf

    def add(self, number: int, draft: _Draft) -> None:
        """Add a draft, made by the seating of a number."""
        key = (draft.end, draft.lines)
        known = self._known.get(key)
        if known is None or (draft.cost, number) < known[:2]:
            self._known[key] = (draft.cost, number, draft)
            if draft.cost < self.most and len(self._known) >= _KEPT:
                self.most = nsmallest(_KEPT, (cost for cost, *_ in self._known.values()))[-1]

    def drafts(self) -> Iterator[_Draft]:
        """Yield the cheapest drafts."""
        best = sorted(self._known.items(), key=lambda one: (one[1][0], one[0]))[:_KEPT]
        return (draft for _, (*_, draft) in best)


class Regions:
    """Fills regions of running text that has so many columns.

    `astray` says what it costs that an illustration stands at a place. Where it is lax, columns end anywhere.
    """

    def __init__(
        self, running: RunningText, count: int, astray: Callable[[At, Illustration], float], *, is_lax: bool = False
    ) -> None:
        self._running = running
        self._astray = astray
        self._is_lax = is_lax
        self._count = count
        self._gap = running.gaps[count]
        self._share = (1 - (count - 1) * self._gap) / count
        self._runs: dict[int, Flow] = {}
        self._known: dict[tuple[At, int, int], tuple[TextRegion, ...]] = {}
        self._seatings: dict[tuple[At, int], Sequence[tuple[int, _Seating]]] = {}

    def fill(self, at: At, illustrations: int, lines: int) -> tuple[TextRegion, ...]:
        """Return the best ways to fill a region from a place on, so many illustrations being placed, in some lines."""
        key = (at, illustrations, lines)
        if key not in self._known:
            self._known[key] = tuple(self._best(at, illustrations, lines)) if lines > 0 else ()
        return self._known[key]

    def alone(self, at: At) -> TextRegion:
        """Return a region of one row alone, as high as it is."""
        run = self._run(at)
        begin = run.number(at)
        lines = run.lines(begin, begin + 1)
        placed = tuple(self._text(run, range(begin, begin + 1), 0, 0, 0))
        end = run.at(begin + 1)
        return TextRegion(end, 0, lines, 0.0, placed, goes_on=end != run.end, below=run.below)

    def _run(self, at: At) -> Flow:
        first = at.text
        while first and self._running.texts[first - 1].narrow == self._count:
            first -= 1
        if first not in self._runs:
            self._runs[first] = Flow(self._running, first, is_lax=self._is_lax)
        return self._runs[first]

    def _best(self, at: At, illustrations: int, lines: int) -> Iterator[TextRegion]:
        """Yield the cheapest regions of each number of illustrations that end the text, and that go on."""
        run = self._run(at)
        found: dict[tuple[int, bool], _Cheapest] = {}
        for number, seating in self._seatings_of(run, at, illustrations):
            for ends in (True, False):
                group = found.setdefault((len(seating.insets), ends), _Cheapest())
                # What the insets alone cost is no less.
                if seating.cost <= group.most:
                    for draft in self._filled(run, run.number(at), seating, lines, ends=ends):
                        group.add(number, draft)
        for group in found.values():
            yield from (self._made(run, draft) for draft in group.drafts())

    def _seatings_of(self, run: Flow, at: At, illustrations: int) -> Sequence[tuple[int, "_Seating"]]:
        """Return the ways in which the next illustrations stand in columns, the cheapest first, with their numbers."""
        key = (at, illustrations)
        if key not in self._seatings:
            left = run.lines(run.number(at), len(run.rows))
            made = enumerate(self._seating(insets, left) for insets in self._insets(at, illustrations))
            self._seatings[key] = sorted(made, key=lambda one: one[1].cost)
        return self._seatings[key]

    def _seating(self, insets: Sequence[RegionInset], left: int) -> "_Seating":
        stands = tuple(
            tuple(one for one in insets if one.column <= column < one.column + one.span)
            for column in range(self._count)
        )
        taken = sum(one.span * (one.size.lines + _AIR) for one in insets)
        cost = sum(one.size.cost + self._out(one) for one in insets)
        return _Seating(insets, stands, cost, -(-(left + taken) // self._count), {})

    # Illustrations.

    def _insets(self, at: At, illustrations: int) -> Iterator[tuple[RegionInset, ...]]:
        """Yield the ways in which the next illustrations stand in columns, none being the first."""
        begun: list[tuple[RegionInset, ...]] = [()]
        for number in range(illustrations, illustrations + _MOST + 1):
            yield from begun
            if number >= len(self._running.illustrations) or number == illustrations + _MOST:
                return
            illustration = self._running.illustrations[number]
            if not illustration.low <= at.text < illustration.high:
                return
            begun = [(*before, one) for before in begun for one in self._places(number) if _may_follow(before, one)]

    def _places(self, number: int) -> Iterator[RegionInset]:
        for span, sizes in enumerate(self._running.illustrations[number].spanning, 1):
            for size, column, is_foot in product(sizes, range(self._count - span + 1), (False, True)):
                yield RegionInset(number, size, column, span, is_foot)

    # Text.

    def _filled(self, run: Flow, begin: int, seating: "_Seating", lines: int, *, ends: bool) -> Iterator["_Draft"]:
        """Yield a region with some insets, in the heights that are worth a try: one that ends, or one that goes on."""
        if ends:
            heights, most = range(seating.least, lines + 1), _HEIGHTS
        else:
            highest = min(lines, seating.least + 1)
            heights, most = range(highest, max(_LOW, highest - _HEIGHTS - 1), -1), _HEIGHTS + 1
        tried = 0
        for height in heights:
            key = (height, ends)
            if key not in seating.drafts:
                seating.drafts[key] = self._draft(run, begin, seating.stands, height, ends=ends)
            draft = seating.drafts[key]
            if draft is not None:
                yield draft
                tried += 1
            if tried == most:
                break

    def _draft(
        self, run: Flow, begin: int, stands: Sequence[Sequence[RegionInset]], height: int, *, ends: bool
    ) -> "_Draft | None":
        """Return a region of a height, `stands` being the insets of each column.

        Return None where text and insets cannot be had in it; `ends` tells that all is.
        """
        columns: list[_RegionColumn] = []
        cost = _LACKING * max(0, _LOW - height)
        at = begin
        for column, own in enumerate(stands):
            room = height - sum(one.size.lines + _AIR for one in own) if own else height
            is_filled = bool(own) and -_AIR <= room < _LOW and self._may_fill(own)
            end = at if is_filled else run.fitting(at, room)
            if not is_filled and ((end == at and at < len(run.rows)) or (own and room < _LOW)):
                return None
            is_last = run.kept or (ends and at < end == len(run.rows) and self._count > 2)  # noqa: PLR2004
            left = 0 if is_filled else room - run.lines(at, end)
            given, more = self._given(run, range(at, end), left, len(own), is_last=is_last)
            cost += more
            for one in own:
                if one.column == column and not one.is_foot:
                    cost += self._paid(one, run.at(at))
            for one in own:
                if one.column == column and one.is_foot:
                    cost += self._paid(one, run.at(end))
            columns.append(_RegionColumn(at, end, given, own))
            at = end
        if (at == len(run.rows)) != ends:
            return None
        return _Draft(run.at(at), height, cost, not ends, tuple(columns))

    def _made(self, run: Flow, draft: "_Draft") -> TextRegion:
        """Return the region of a draft, with what stands in it."""
        texts: list[Placing] = []
        shown: list[tuple[int, Placing]] = []
        for column, (at, end, given, own) in enumerate(draft.columns):
            lead = sum(one.size.lines + _AIR for one in own if not one.is_foot)
            begun = [one for one in own if one.column == column]
            shown += [(len(texts), self._shown(one, 0)) for one in begun if not one.is_foot]
            texts += self._text(run, range(at, end), column, lead, given)
            shown += [(len(texts), self._shown(one, draft.lines - one.size.lines)) for one in begun if one.is_foot]
        insets = {one.illustration for column in draft.columns for one in column.own}
        placed = tuple(_read(texts, shown, draft.end))
        below = 0 if draft.goes_on else run.below
        return TextRegion(draft.end, len(insets), draft.lines, draft.cost, placed, draft.goes_on, below)

    def _may_fill(self, insets: Sequence[RegionInset]) -> bool:
        """Tell whether insets may stand in a column without text."""
        return all(self._running.illustrations[one.illustration].loose for one in insets)

    def _given(self, run: Flow, rows: range, left: int, insets: int, *, is_last: bool) -> tuple[int, float]:
        """Return how many lines are given to the space above heads so that a column is full, and what it costs."""
        given = min(left, len(run.heads(rows.start, rows.stop)))
        ragged = left - given
        ragged -= min(ragged, insets)
        if is_last:
            return given, _STRETCHED * (left - ragged) + _SHORT * ragged
        return given, _STRETCHED * (left - ragged) + _RAGGED * ragged * ragged + _TORN * max(0, ragged - 2)

    def _text(self, run: Flow, rows: range, column: int, line: int, given: int) -> Iterator[Placing]:
        """Yield what stands in a column, one placing for each text, `given` lines being added above heads."""
        left = column * (self._share + self._gap)
        heads = frozenset(run.heads(rows.start, rows.stop)[-given:] if given else ())
        first = rows.start
        for number in rows:
            at, is_first = run.rows[number].at, number == rows.start
            if is_first or not at.row:
                first = number
                line += (number in heads) + (0 if is_first else run.rows[number].space)
            if number + 1 == rows.stop or not run.rows[number + 1].at.row:
                whose = run.rows[first].at.row, at.row + 1
                yield Placing(line, at.text, 0, *whose, left=left, share=self._share)
                line += run.lines(first, number + 1)

    def _shown(self, inset: RegionInset, line: int) -> Placing:
        width = inset.span * self._share + (inset.span - 1) * self._gap
        left = inset.column * (self._share + self._gap) + (width - inset.size.share) / 2
        return Placing(line, illustration=inset.illustration, size=inset.size, left=left, share=inset.size.share)

    def _paid(self, inset: RegionInset, at: At) -> float:
        """Return what an inset costs that stands at a place."""
        illustration = self._running.illustrations[inset.illustration]
        return inset.size.cost + self._astray(at, illustration) + self._out(inset)

    def _out(self, inset: RegionInset) -> float:
        """Return what an inset costs that does not stand in the last columns."""
        return 0.0 if inset.column + inset.span == self._count else _INSIDE


def _read(texts: Sequence[Placing], shown: Sequence[tuple[int, Placing]], end: At) -> Iterator[Placing]:
    """Yield what stands in a region as it is read: no illustration between two parts of a text."""
    starts = [number for number, one in enumerate(texts) if not one.first]
    last = len(texts) if not end.row else max(starts, default=0)
    places = [*starts, last] if last == len(texts) or not starts else starts
    at = [max((one for one in places if one <= number), default=places[0]) for number, _ in shown]
    for number, text in enumerate(texts):
        yield from (one for place, (_, one) in zip(at, shown, strict=True) if place == number)
        yield text
    yield from (one for place, (_, one) in zip(at, shown, strict=True) if place >= len(texts))


def _may_follow(before: Sequence[RegionInset], inset: RegionInset) -> bool:
    """Tell whether an illustration may stand where it would, behind others: further on, and not over them."""
    if not before:
        return True
    last = before[-1]
    if (inset.column, inset.is_foot) <= (last.column, last.is_foot):
        return False
    return all(one.is_foot != inset.is_foot or inset.column >= one.column + one.span for one in before)


def lowered(placed: Sequence[Placing], lines: int) -> tuple[Placing, ...]:
    """Return what stands in a region so many lines lower."""
    return tuple(replace(one, line=one.line + lines) for one in placed)
