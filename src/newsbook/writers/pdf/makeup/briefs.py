"""Gather briefs under a band: short stories one below the other, as one unit that columns may end in."""

from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from newsbook.writers.pdf.makeup.pieces import TextRow
from newsbook.writers.pdf.makeup.units import Sheet, Unit, UnitKind

# A blank line parts briefs; a group of them is so many sheets' lines long at most.
_APART, _MOST = 1, 0.8

# A brief of no more lines is not divided.
_SHORT = 16


class Brief(Struct, frozen=True):
    """A brief in a group: which unit it is, and the row of the group that is its head."""

    unit: int
    head: int


class Ordered(Struct, frozen=True):
    """The units of an issue in the order of its pages, and of each which it was, or of which briefs it is made."""

    units: tuple[Unit, ...]
    sources: tuple[tuple[Brief, ...], ...]


def gathered(units: Sequence[Unit], sheet: Sheet) -> Ordered:
    """Return the units of an issue with its briefs gathered, each group where its first brief would stand."""
    briefs = [number for number, unit in enumerate(units) if unit.kind is UnitKind.BRIEF]
    groups = list(_groups(briefs, units, sheet)) if len(briefs) > 1 else [briefs] * len(briefs)
    begins = {group[0]: group for group in groups}
    ordered: list[Unit] = []
    sources: list[tuple[Brief, ...]] = []
    for number, unit in enumerate(units):
        if unit.kind is not UnitKind.BRIEF:
            ordered.append(unit)
            sources.append((Brief(number, 0),))
        elif len(briefs) == 1:
            ordered.append(replace(unit, kind=UnitKind.STORY))
            sources.append((Brief(number, 0),))
        elif number in begins:
            group, heads = _joined([units[one] for one in begins[number]], sheet)
            ordered.append(group)
            sources.append(tuple(Brief(one, head) for one, head in zip(begins[number], heads, strict=True)))
    return Ordered(tuple(ordered), tuple(sources))


def _groups(briefs: Sequence[int], units: Sequence[Unit], sheet: Sheet) -> Iterator[list[int]]:
    lines = [_lines(units[brief]) for brief in briefs]
    count = ceil(sum(lines) / (_MOST * (sheet.lines - sheet.nameplate)))
    least = sum(lines) / count
    group: list[int] = []
    taken = done = 0.0
    for brief, high in zip(briefs, lines, strict=True):
        group.append(brief)
        taken += high
        if taken >= least * (done + 1) - 0.5:
            yield group
            group, done = [], done + 1
    if group:
        yield group


def _lines(brief: Unit) -> int:
    return brief.heads[0] + sum(row.lines + row.space for row in brief.rows) + _APART


def _joined(briefs: Sequence[Unit], sheet: Sheet) -> tuple[Unit, list[int]]:
    rows: list[TextRow] = []
    heads = []
    for brief in briefs:
        heads.append(len(rows))
        rows.append(TextRow(brief.heads[0], _APART if rows else 0))
        is_short = sum(row.lines + row.space for row in brief.rows) <= _SHORT
        first, *others = brief.rows
        rows += [replace(first, space=0, may_begin=False)]
        rows += [replace(row, may_begin=row.may_begin and not is_short) for row in others]
    band = (sheet.band,) * sheet.columns
    return Unit(band, tuple(rows), again=band, kind=UnitKind.BRIEF, jump=0), heads
