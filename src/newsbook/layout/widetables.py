"""A table with more columns than a page has room for: set as several, each with the first column again."""

import re
import unicodedata
from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.layout.headlines import width_of
from newsbook.model import CellSpan, Table, Text
from newsbook.model.walk import plain

# What no line ends in: a run without blanks and wide characters. Wide ones go in pairs, for their marks' sake.
_RUN = re.compile(r"[^\s\u1100-\u11ff\u2e80-\ud7af\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff]+")
_NARROWEST = 2.0
_PADDING = 0.6
# A first column, which names the rows, gets no more than this part of the measure.
_NAMES = 0.25


def parts_of(table: Table, measure: float) -> tuple[Table, ...]:
    """Return `table` as tables that fit `measure`, in ems; as it is where it fits. All have its first column.

    A cell across columns of several parts stands in the first of them.
    """
    needs = [_need(table, column) for column in range(max(map(len, table.rows), default=0))]
    if sum(needs) <= measure:
        return (table,)
    first, *others = needs
    room = measure - min(first, _NAMES * measure)
    return tuple(_part(table, start, end) for start, end in _ranges(others, room))


def _need(table: Table, column: int) -> float:
    """Return the least width in ems of a column. What stands in it across several does not count."""
    across = {(span.row, span.column) for span in table.spans if span.columns > 1}
    cells = (row[column] for at, row in enumerate(table.rows) if column < len(row) and (at, column) not in across)
    return _PADDING + max((_least(plain(cell)) for cell in cells), default=0.0)


def _least(text: str) -> float:
    text = unicodedata.normalize("NFC", text)
    longest = max(map(width_of, _RUN.findall(text)), default=0.0)
    return max(longest, min(_NARROWEST, width_of(text)))


def _ranges(needs: list[float], room: float) -> Iterator[tuple[int, int]]:
    """Yield the columns of each part behind the first column: as few parts as there can be, and alike in width."""
    share = sum(needs) / -(-sum(needs) // room)
    start, width = 1, 0.0
    for at, need in enumerate(needs, 1):
        if at > start and (width + need > room or width >= share):
            yield start, at
            start, width = at, 0.0
        width += need
    yield start, len(needs) + 1


def _part(table: Table, start: int, end: int) -> Table:
    rows = tuple((*row[:1], *row[start:end]) for row in table.rows)
    caption: Text = table.caption if start == 1 else ()
    return replace(table, rows=rows, caption=caption, spans=tuple(_spans(table, start, end)))


def _spans(table: Table, start: int, end: int) -> Iterator[CellSpan]:
    """Yield the spans of a part, cut to the columns in it."""
    for span in table.spans:
        kept = [column for column in (0, *range(start, end)) if span.column <= column < span.column + span.columns]
        if kept:
            column = kept[0] - start + 1 if kept[0] else 0
            yield CellSpan(span.row, column, span.rows, len(kept))
