"""The heads of columns and the foot of the last page, where the engine leaves space that nobody set."""

import pytest
import weasyprint

from newsbook.writers.pdf.engine import cjk_lines
from newsbook.writers.pdf.engine.boxes import lines, pages_of

PAGE = "@page { size: 400px 200px; margin: 0 } html, body, p, h2 { margin: 0; font: 16px/20px serif }"


def tops(html: str) -> dict[str, float]:
    """Return where each line of the first page stands, by its text."""
    with cjk_lines(lambda finding: pytest.fail(finding.message)):
        page, *_ = pages_of(weasyprint.HTML(string=f"<style>{PAGE}</style>{html}").render())
    return {
        "".join(box.text for box in line.descendants() if hasattr(box, "text")): line.position_y for line in lines(page)
    }


@pytest.mark.parametrize("fill", ["auto; height: 100px", "balance"])
def test_a_crosshead_at_the_head_of_a_column_stands_beside_the_first_line_of_the_other(fill: str) -> None:
    text = "".join(f"<p>{number}</p>" for number in range(5))
    head = "<h2 style='margin-top: 20px'>crosshead</h2><p>a</p><p>b</p><p>c</p>"
    placed = tops(f"<div style='columns: 2; column-fill: {fill}'>{text}{head}</div>")
    assert placed["crosshead"] == placed["0"] == 0


def test_a_crosshead_within_a_column_keeps_the_space_above_it() -> None:
    head = "<h2 style='margin-top: 20px'>crosshead</h2><p>a</p><p>b</p><p>c</p>"
    placed = tops(f"<div style='columns: 2'><p>0</p>{head}</div>")
    assert placed["crosshead"] == placed["0"] + 40


def test_what_is_wanted_at_the_foot_stands_there_in_whole_lines() -> None:
    placed = tops("<div>text</div><div style='--at-foot: yes; border-top: 1px solid'><p>imprint</p></div>")
    assert placed == {"text": 0, "imprint": 161}


@pytest.mark.parametrize("count", [3, 4, 5, 7, 8])
def test_what_follows_balanced_columns_stays_on_the_grid(count: int) -> None:
    long = "<p style='orphans: 1; widows: 1'>" + "a<br>" * count + "b</p>"
    placed = tops(f"<p>before</p><div style='columns: 3'>{long}</div><p>after</p>")
    assert placed["after"] == placed["before"] + 20 * (1 + -(-(count + 1) // 3))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_what_follows_small_type_that_asks_for_whole_lines_stays_on_the_grid(count: int) -> None:
    small = "<p style='line-height: 15px'>" + "a<br>" * (count - 1) + "b</p>"
    placed = tops(f"<p>before</p><div style='--whole-lines: yes'>{small}</div><p>after</p>")
    assert placed["after"] == placed["before"] + 20 * (1 + -(-15 * count // 20))
