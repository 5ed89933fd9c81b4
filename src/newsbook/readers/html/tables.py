"""Tell tables of data from tables that only lay a page out."""

from lxml import etree

from newsbook.readers.html.figures import is_picture
from newsbook.readers.html.tree import attribute

_LONGEST_CELL = 160
_MOST_CELLS = 5_000
_FEWEST_FILLED = 3
_MOST_ROWS = 500
_MOST_COLUMNS = 50


def is_data(table: etree._Element, lengths: dict[etree._Element, int]) -> bool:
    """Tell whether `table` has rows and columns of short cells, and no other table in it."""
    if any(each is not table for each in table.iter("table")) or any(map(is_picture, table.iter("img"))):
        return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    if len(cells) > _MOST_CELLS or any(lengths.get(cell, 0) > _LONGEST_CELL for cell in cells):
        return False
    return (
        len(rows) > 1
        and sum(len(row) > 1 for row in rows) * 2 >= len(rows)
        and sum(lengths.get(cell, 0) > 0 for cell in cells) >= _FEWEST_FILLED
    )


def spans_of(cell: etree._Element) -> tuple[int, int]:
    """Return how many rows and columns `cell` takes, as its author says; one each where that is no number."""
    values = (attribute(cell, name) for name in ("rowspan", "colspan"))
    rows, columns = (int(value[:4]) if value.isascii() and value.isdecimal() else 1 for value in values)
    return min(max(rows, 1), _MOST_ROWS), min(max(columns, 1), _MOST_COLUMNS)


def is_header(cell: etree._Element) -> bool:
    """Tell whether `cell` names a column: it is a `th` in a row of such, or stands in the table's head."""
    row = cell.getparent()
    if row is None:
        return False
    above = row.getparent()
    return (above is not None and above.tag == "thead") or all(
        each.tag == "th" for each in row if each.tag in {"td", "th"}
    )
