"""A table wider than the page is set as several; no cell of it is lost."""

import re
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import epub_of, pdf_of
from newsbook.layout.widetables import parts_of
from newsbook.model import Article, CellSpan, Issue, Paragraph, Span, Table, Text, set_cells
from newsbook.model.walk import plain


def text(words: str) -> Text:
    return (Span(words),) if words else ()


def table(columns: int, rows: int = 4, cell: str = "甲{}之{}") -> Table:
    cells = (tuple(text(cell.format(row, column)) for column in range(columns)) for row in range(rows))
    return Table(tuple(cells), header_rows=1)


def words_in(parts: tuple[Table, ...]) -> list[str]:
    return [plain(cell.text) for part in parts for row in set_cells(part) for cell in row]


def test_what_fits_is_left_alone() -> None:
    assert parts_of(table(9), 38.0) == (table(9),)


@given(
    st.integers(1, 40),
    st.sampled_from(["甲{}之{}", "r{}-c{}", "人口約{}萬又{}千人", "population-{}-{}"]),
    st.floats(12, 60),
)
def test_no_cell_is_lost_and_each_part_names_its_rows(columns: int, cell: str, measure: float) -> None:
    whole = table(columns, cell=cell)
    parts = parts_of(whole, measure)
    assert set(words_in(parts)) == set(words_in((whole,)))
    assert len(words_in(parts)) == len(words_in((whole,))) + 4 * (len(parts) - 1)
    assert all(part.rows[at][0] == row[0] for part in parts for at, row in enumerate(whole.rows))


def test_a_heading_across_the_cut_stands_in_the_first_part() -> None:
    plain_table = table(24)
    head = (text("渡口"), text("三月"), *[()] * 22)
    whole = Table((head, *plain_table.rows), header_rows=2, spans=(CellSpan(0, 1, 1, 23),))
    parts = parts_of(whole, 38.0)
    assert len(parts) > 1
    assert words_in(parts).count("三月") == 1
    assert all(len({sum(cell.columns for cell in row) for row in set_cells(part)}) == 1 for part in parts)


def shown(pdf: bytes) -> str:
    """Return what stands within the pages of a PDF, without white space."""
    found: list[str] = []
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        width, height = page.get_size()
        content = page.get_textpage()
        for at in range(content.count_chars()):
            left, bottom, right, top = content.get_charbox(at)
            inside = left >= 0 and right <= width and bottom >= 0 and top <= height
            found += [content.get_text_range(at, 1)] if inside else []
    return re.sub(r"\s", "", "".join(found))


@settings(max_examples=3)
@given(st.integers(13, 40))
@pytest.mark.parametrize("style", ["bulletin", "newspaper"])
def test_every_cell_stands_on_a_page(style: str, columns: int) -> None:
    body = (Paragraph(text("渡口開市了。")), table(columns), Paragraph(text("次日照常。")))
    issue = Issue("渡口街坊報", (Article("渡口的表", body, language="zh-Hant"),), "zh-Hant")
    words = [f"甲{row}之{column}" for row in range(4) for column in range(columns)]
    printed = shown(pdf_of(issue, style))
    assert [word for word in words if word not in printed] == []
    assert epub_of(issue)
