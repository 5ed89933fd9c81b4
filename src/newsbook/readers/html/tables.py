"""Tell tables of data from tables that only lay a page out, and where each cell of one stands."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.figures import is_picture

_LONGEST_CELL = 160
_MOST_CELLS = 5_000
_FEWEST_FILLED = 3
_MOST_COLUMNS = 100
_SPAN = re.compile(r"\s*\+?(\d{1,5})")


class PlacedCell(Struct, frozen=True):
    """A cell with its row and column, from 0, and how many of each it fills."""

    cell: etree._Element
    row: int
    column: int
    rows: int
    columns: int


def is_data(table: etree._Element, lengths: dict[etree._Element, int]) -> bool:
    """Tell whether `table` has rows and columns of short cells, and no other table in it."""
    if any(each is not table for each in table.iter("table")) or any(map(is_picture, table.iter("img"))):
        return False
    rows = _rows(table)
    cells = [cell for row in rows for cell in row]
    if len(cells) > _MOST_CELLS or any(lengths.get(cell, 0) > _LONGEST_CELL for cell in cells):
        return False
    return (
        len(rows) > 1
        and sum(len(row) > 1 for row in rows) * 2 >= len(rows)
        and sum(lengths.get(cell, 0) > 0 for cell in cells) >= _FEWEST_FILLED
    )


def is_header(cell: etree._Element) -> bool:
    """Tell whether `cell` names a column: it is a `th` in a row of such, or stands in the table's head."""
    row = cell.getparent()
    if row is None:
        return False
    above = row.getparent()
    return (above is not None and above.tag == "thead") or all(
        each.tag == "th" for each in row if each.tag in {"td", "th"}
    )


def grid(table: etree._Element) -> Iterator[PlacedCell]:
    """Yield the cells of `table` with their places, as HTML forms a table. A row without cells does not count.

    https://html.spec.whatwg.org/multipage/tables.html#forming-a-table
    """
    rows = [row for row in _rows(table) if row]
    free: dict[int, int] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while free.get(column, 0) > at:
                column += 1
            below = min(_span(cell, "rowspan") or len(rows), len(rows) - at)
            beside = min(_span(cell, "colspan") or 1, max(1, _MOST_COLUMNS - column))
            free.update(dict.fromkeys(range(column, column + beside), at + below))
            yield PlacedCell(cell, at, column, below, beside)
            column += beside


def _rows(table: etree._Element) -> list[list[etree._Element]]:
    return [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]


def _span(cell: etree._Element, name: str) -> int:
    """Return how many rows or columns a cell says it fills. 0 rows stand for all that are left."""
    stated = _SPAN.match(cell.get(name, ""))
    return int(stated[1]) if stated else 1
