"""Columns of figures in tables, which are set to the right, point under point."""

import re
from collections.abc import Mapping

from msgspec import Struct

from newsbook.model import Table, Text
from newsbook.model.walk import plain

# A figure with its sign, its groups of digits, its decimals, and a currency or a unit around it; or none, as a dash.
_FIGURE = re.compile(
    r"(?:[¥￥$€£₩]|NT\$|HK\$|RM)?\s?[-+＋－−±△▲▼]?\s?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?P<decimals>[.．]\d+)?\s?"
    r"(?P<unit>[%％‰°℃]|[^\W\d_]{1,3})?"
)
_NONE = re.compile(r"[-–—－―…/／]*|N/?A|无|無|なし|없음", re.IGNORECASE)

# A figure is about so wide, and a point half of it; one that is so long is a number of something, and no amount.
_DIGIT = 0.555
_LONGEST = 16


class FigureColumn(Struct, frozen=True):
    """A column of figures: how many decimals they have at most."""

    decimals: int

    def lacking(self, text: Text) -> float:
        """Return how many ems a cell is short of the decimals of its column, so that points stand below each other."""
        match = _FIGURE.fullmatch(plain(text).strip())
        if not match or not self.decimals:
            return 0.0
        own = len(match["decimals"] or "") - 1
        point = _DIGIT / 2 if own < 0 else 0.0
        return round(_DIGIT * (self.decimals - max(own, 0)) + point, 2)


def figures_of(table: Table) -> Mapping[int, FigureColumn]:
    """Return the columns of a table that hold figures of one unit and nothing else; the first one names its rows."""
    body = table.rows[table.header_rows :]
    found: dict[int, FigureColumn] = {}
    for column in range(1, max(map(len, body), default=0)):
        said = [plain(row[column]).strip() for row in body if column < len(row)]
        matches = [_FIGURE.fullmatch(each) for each in said if not _NONE.fullmatch(each)]
        figures = [match for match in matches if match and len(match[0]) <= _LONGEST]
        if figures and len(figures) == len(matches) and len({match["unit"] for match in figures}) == 1:
            found[column] = FigureColumn(max(len(match["decimals"] or ".") - 1 for match in figures))
    return found
