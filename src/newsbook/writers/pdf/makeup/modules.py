"""Plan a newspaper's pages as modules: every story a rectangle of whole columns, and every page full of them.

All pages are planned at once. A page is sliced in every way that its unit allows (`slicing`), each module in every
height that its pictures allow (`shaping`); and of the ways to divide the unit among pages that is taken which costs
least: by white, by how far pictures are from their shape, by odd shapes, by jumps.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from newsbook.writers.pdf.makeup.briefs import Brief, Ordered, gathered
from newsbook.writers.pdf.makeup.pieces import lines_of
from newsbook.writers.pdf.makeup.placing import (
    ColumnRule,
    Placement,
    Slot,
    SlotKind,
    modules,
    placements,
    slots,
)
from newsbook.writers.pdf.makeup.shaping import Shaper, Stretch
from newsbook.writers.pdf.makeup.slicing import Cut, Slicer
from newsbook.writers.pdf.makeup.units import Sheet, Unit, UnitKind

# What a blank line across a column costs at the foot of a page, and at that of the last.
_FOOT, _LAST_FOOT = 1.6, 1.2

# The share of the last page that may be empty, and what it costs that more of it is.
_TOLERATED, _EMPTY = 0.08, 250.0

# Stories on the front page, beside the contents, and what each costs that is wanting.
_FRONT, _WANTING = 4, 7.0

# So many ways to have begun a page with the same story are followed up.
_BEAM = 3

# A way that costs less is good enough to look for none with a jump.
_GOOD = 11.0

# What it costs that a unit stands behind what it outranks.
_LATE = 2.0

# What a page costs, and what a smaller sheet costs.
_PAGE, _SMALL = 2.0, 4.0


# What a module may cost, and what a way may cost more than the best; with less the search is quick, with more it finds
# a way for whatever a sheet holds.
_LIMITS = ((30.0, 18.0), (300.0, 300.0), (1e6, 1e6))


class ModularPage(Struct, frozen=True):
    """A page: the lines of its sheet, what stands on it, and its rules."""

    lines: int
    slots: tuple[Slot, ...]
    rules: tuple[ColumnRule, ...]


class _Filled(Struct, frozen=True):
    """A page that is sliced: from which line, on a sheet of so many."""

    cut: Cut
    top: int
    lines: int


class _Holding(Struct, frozen=True):
    """What a page holds: the parts in order up to one, but for those that stand on the next page."""

    until: int
    parts: tuple[Stretch, ...]
    rest: tuple[Stretch, ...] = ()


class _Way(Struct):
    """A way to have filled pages up to a part: what it cost, and the pages before."""

    at: int
    rest: tuple[Stretch, ...]
    cost: float
    page: _Filled | None = None
    before: "_Way | None" = None


def plan(units: Sequence[Unit], sheet: Sheet) -> tuple[ModularPage, ...]:
    """Return the pages of an issue, whose stories stand in order of rank, with its contents and back."""
    ordered = gathered(units, sheet)
    filled = next((pages for limits in _LIMITS if (pages := _Planner(ordered, sheet, *limits).pages())), None)
    if filled is None:
        raise ValueError("a sheet does not hold what cannot be divided")
    return tuple(_numbered([_page(one, ordered, sheet) for one in filled]))


class _Planner:
    def __init__(self, ordered: Ordered, sheet: Sheet, worst: float, worse: float) -> None:
        self._units = ordered.units
        self._sheet = sheet
        self._shaper = Shaper(ordered.units, sheet, worst)
        self._slicer = Slicer(self._shaper, worse)
        kinds = [unit.kind for unit in ordered.units]
        parts = [Stretch(number) for number in range(len(kinds))]
        self._contents = tuple(part for part in parts if kinds[part.unit] is UnitKind.CONTENTS)
        self._parts = tuple(part for part in parts if kinds[part.unit] is not UnitKind.CONTENTS)

    def pages(self) -> list[_Filled]:
        """Return the pages, filled in the best way that there is; none where there is no way."""
        ways: dict[int, list[_Way]] = {0: [_Way(0, (), 0.0)]}
        best: _Way | None = None
        # A story that is continued from page to page takes a step for each of them.
        longest = max((lines_of(unit.rows) for unit in self._units), default=0)
        steps = 4 * _BEAM * (1 + longest // (self._sheet.columns * self._sheet.lines))
        for at in range(len(self._parts) + 1):
            queue = ways.pop(at, [])
            for _ in range(steps):
                if not queue:
                    break
                queue.sort(key=lambda way: (way.cost, len(way.rest)))
                way = queue.pop(0)
                if at == len(self._parts) and not way.rest and way.page is not None:
                    best = way if best is None or way.cost < best.cost else best
                    continue
                for after in self._next(way):
                    _follow(ways.setdefault(after.at, []) if after.at > at else queue, after)
        return _backwards(best) if best else []

    def _next(self, way: _Way) -> list[_Way]:
        """Return the ways to fill one page more; by a jump, or out of order, only where no other is good."""
        pages = list(self._candidates(way))
        found = [after for page in pages for after in self._whole(way, page)]
        if min((after.cost - way.cost for after in found), default=_GOOD) < _GOOD:
            return found
        found += [after for page in pages for after in self._begun(way, page)]
        inner = (page for page in pages if page.until < len(self._parts))
        put_off = (late for page in inner for late in self._put_off(page))
        found += [after for page in put_off for after in self._whole(way, page)]
        return found

    def _candidates(self, way: _Way) -> Iterator[_Holding]:
        """Yield what a page may hold, from little on until it is certainly too much."""
        is_front = way.page is None
        lines = self._sheet.lines - (self._sheet.nameplate if is_front else 0)
        for until in range(way.at, len(self._parts) + 1):
            parts = (*way.rest, *self._parts[way.at : until])
            if parts:
                yield _Holding(until, (parts[0], *self._contents, *parts[1:]) if is_front else parts)
            if sum(map(self._slicer.least, parts[:-2])) > self._sheet.columns * lines:
                break

    def _put_off(self, page: _Holding) -> Iterator[_Holding]:
        """Yield what a page may hold where one of its stories, not the first, stands on the next page."""
        for at in range(1, len(page.parts)):
            part = page.parts[at]
            if not part.row and part not in self._contents:
                yield _Holding(page.until, (*page.parts[:at], *page.parts[at + 1 :]), (part,))

    def _whole(self, way: _Way, page: _Holding) -> Iterator[_Way]:
        """Yield the best way to fill a page with all that it holds, if there is any."""
        top, lines, base = self._page(way, page.parts)
        is_last = page.until == len(self._parts) and not page.rest
        smaller = [(small - top, _SMALL) for small in self._sheet.smaller if is_last]
        sheets = [(lines, 0.0), *smaller]
        ways = self._slicer.whole(self._sheet.columns, page.parts).items()
        best = min(
            (
                (cost + more + self._foot(sheet - high, sheet, is_last=is_last), sheet, cut)
                for high, (cost, *_, cut) in ways
                for sheet, more in sheets
                if high <= sheet
            ),
            key=lambda one: one[0],
            default=None,
        )
        if best is not None:
            base += _LATE * len(page.rest)
            yield _Way(page.until, page.rest, base + best[0], _Filled(best[2], top, best[1] + top), way)

    def _begun(self, way: _Way, page: _Holding) -> Iterator[_Way]:
        """Yield the best way to fill a page where one of its parts is continued, if there is any."""
        top, lines, base = self._page(way, page.parts)
        ways = self._slicer.begun(self._sheet.columns, page.parts).items()
        costs = (
            (cost + self._foot(lines - high, lines, is_last=False), cut)
            for high, (cost, *_, cut) in ways
            if high <= lines and self._ends_in_order(page, cut)
        )
        best = min((one for one in costs), key=lambda one: one[0], default=None)
        if best is not None:
            cost, cut = best
            yield _Way(page.until, (self._rest(cut),), base + cost, _Filled(cut, top, lines + top), way)

    def _ends_in_order(self, page: _Holding, cut: Cut) -> bool:
        """Tell whether no story is continued behind the back of the issue."""
        backs = [part for part in page.parts if self._units[part.unit].kind is UnitKind.BACK]
        return not backs or self._units[self._rest(cut).unit].kind is UnitKind.BACK

    def _foot(self, white: int, lines: int, *, is_last: bool) -> float:
        """Return what blank lines at the foot of a page cost."""
        if not is_last:
            return white * self._sheet.columns * _FOOT
        return white * _LAST_FOOT + _EMPTY * max(0.0, white / lines - _TOLERATED)

    def _page(self, way: _Way, parts: tuple[Stretch, ...]) -> tuple[int, int, float]:
        """Return the first line of the next page, its lines, and what the page costs as such."""
        if way.page is not None:
            return 0, self._sheet.lines, way.cost + _PAGE
        stories = sum(part not in self._contents for part in parts)
        wanting = max(0, min(_FRONT, len(self._parts)) - stories)
        top = self._sheet.nameplate
        return top, self._sheet.lines - top, way.cost + _PAGE + _WANTING * wanting

    def _rest(self, cut: Cut) -> Stretch:
        """Return what is left of the part that is continued."""
        for module in modules(cut):
            rows = len(self._units[module.part.unit].rows)
            if module.ends[-1] < rows and self._units[module.part.unit].kind is not UnitKind.CONTENTS:
                inset = max((seat.inset + 1 for seat in module.seats), default=module.part.inset)
                return Stretch(module.part.unit, module.ends[-1], inset)
        raise AssertionError("nothing is continued")


def _follow(ways: list[_Way], way: _Way) -> None:
    """Add a way to those that stand at the same place, of which only the best are kept."""
    for number, known in enumerate(ways):
        if known.rest == way.rest:
            if way.cost < known.cost:
                ways[number] = way
            return
    ways.append(way)
    ways.sort(key=lambda one: one.cost)
    del ways[_BEAM:]


def _backwards(way: _Way) -> list[_Filled]:
    pages = []
    at: _Way | None = way
    while at is not None and at.page is not None:
        pages.append(at.page)
        at = at.before
    return pages[::-1]


def _page(filled: _Filled, ordered: Ordered, sheet: Sheet) -> ModularPage:
    placed: list[Slot] = []
    rules: list[ColumnRule] = []
    for one in placements(filled.cut, sheet.columns, 0, filled.top, sheet.gap):
        if isinstance(one, Placement):
            number = one.module.part.unit
            unit = ordered.units[number]
            found = slots(one, unit, number)
            placed += (known for slot in found for known in _known(slot, unit, ordered.sources[number]))
        else:
            rules.append(one)
    return ModularPage(filled.lines, tuple(placed), tuple(rules))


def _known(slot: Slot, unit: Unit, source: tuple[Brief, ...]) -> Iterator[Slot]:
    """Yield a slot by the number that its unit came with; that of a column of briefs as those of the briefs."""
    if slot.kind is SlotKind.BAND or unit.kind is not UnitKind.BRIEF:
        yield replace(slot, unit=source[0].unit)
        return
    line, spread = slot.line, dict(slot.spread)
    heads = {brief.head: brief.unit for brief in source}
    at = slot.first
    while at < slot.last:
        brief = max((one for one in source if one.head <= at), key=lambda one: one.head)
        end = min([slot.last, *(head for head in heads if head > at)])
        line += spread.get(at, 0) + (unit.rows[at].space if at > slot.first else 0)
        if at == brief.head:
            yield Slot(brief.unit, SlotKind.HEAD, slot.column, 1, line, unit.rows[at].lines)
            line += unit.rows[at].lines
            at += 1
        lines = _lines(unit, at, end, spread)
        if end > at:
            inner = tuple((row - brief.head - 1, more) for row, more in slot.spread if at < row < end)
            first, last = at - brief.head - 1, end - brief.head - 1
            yield Slot(brief.unit, SlotKind.TEXT, slot.column, 1, line, lines, first, last, inner)
        line += lines
        at = end


def _lines(unit: Unit, first: int, last: int, spread: dict[int, int]) -> int:
    return lines_of(unit.rows[first:last]) + sum(spread.get(row, 0) for row in range(first + 1, last))


def _numbered(pages: Sequence[ModularPage]) -> Iterator[ModularPage]:
    """Yield the pages with the numbers of those that jump lines send to, and that continued heads come from."""
    standing: dict[int, list[int]] = {}
    for number, page in enumerate(pages, 1):
        for unit in dict.fromkeys(slot.unit for slot in page.slots):
            standing.setdefault(unit, []).append(number)
    for number, page in enumerate(pages, 1):
        placed = []
        for slot in page.slots:
            on = standing[slot.unit]
            step = {SlotKind.JUMP: 1, SlotKind.AGAIN: -1}.get(slot.kind, 0)
            placed.append(replace(slot, page=on[on.index(number) + step]) if step else slot)
        yield ModularPage(page.lines, tuple(placed), page.rules)
