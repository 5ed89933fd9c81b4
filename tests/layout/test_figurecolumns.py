"""Columns of figures: told from others, and their points below each other."""

import pytest

from issues import text
from newsbook.layout.figurecolumns import figures_of
from newsbook.model import Table


def table(*cells: str) -> Table:
    return Table((((text("站名"), text("數"))), *((text(f"站{at}"), text(cell)) for at, cell in enumerate(cells))), 1)


@pytest.mark.parametrize(
    ("cells", "decimals"),
    [
        (["12", "1,204", "7"], 0),
        (["12.5", "3", "0.25"], 2),
        (["12.5%", "3%", "—"], 1),
        (["￥1,200.50", "￥3.5", ""], 2),
        (["-3", "＋12", "±0"], 0),
        (["3萬", "12萬", "無"], 0),
    ],
)
def test_figures_of_one_unit_are_a_column(cells: list[str], decimals: int) -> None:
    assert {column: found.decimals for column, found in figures_of(table(*cells)).items()} == {1: decimals}


@pytest.mark.parametrize(
    "cells",
    [
        ["渡口", "12"],
        ["3噸", "12公里"],
        ["3萬", "1200"],
        ["", "—"],
        ["12:30", "9:05"],
        ["2024-05-12", "2024-05-13"],
        ["1" * 40, "2"],
    ],
)
def test_what_else_there_is_is_none(cells: list[str]) -> None:
    assert figures_of(table(*cells)) == {}


def test_what_is_short_of_decimals_stands_off_the_edge() -> None:
    column = figures_of(table("12.25", "3.5", "7", "—"))[1]
    assert [column.lacking(text(cell)) for cell in ("12.25", "3.5", "7", "—")] == [0, 0.56, 1.39, 0]


def test_a_table_without_rows_has_no_columns() -> None:
    assert figures_of(Table(())) == figures_of(Table(((text("甲"),),), 1)) == {}
