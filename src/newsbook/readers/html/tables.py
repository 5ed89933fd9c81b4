"""Tell tables of data from tables that only lay a page out."""

from lxml import etree

from newsbook.readers.html.figures import is_picture

_LONGEST_CELL = 160
_MOST_CELLS = 5_000
_FEWEST_FILLED = 3


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


def is_header(cell: etree._Element) -> bool:
    """Tell whether `cell` names a column: it is a `th` in a row of such, or stands in the table's head."""
    row = cell.getparent()
    if row is None:
        return False
    above = row.getparent()
    return (above is not None and above.tag == "thead") or all(
        each.tag == "th" for each in row if each.tag in {"td", "th"}
    )
