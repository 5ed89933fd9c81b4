"""Figures that leave the foot of a page or of a column empty: text goes before them."""

import pytest
import weasyprint

from newsbook.writers.pdf.engine.boxes import pages_of
from newsbook.writers.pdf.floats import float_figures

PAGE = "@page { size: 400px 200px; margin: 0 } body, p, figure { margin: 0; font: 16px/20px serif }"
TALL = "<figure><p style='height: 120px'>photograph</p></figure>"


def order(html: str) -> tuple[bool, list[str]]:
    """Return whether any figure floats, and the blocks of the story in their order then."""
    page = weasyprint.HTML(string=html)
    document = page.render()
    is_floated = float_figures(pages_of(document), page.etree_element, set())
    story = next(element for element in page.etree_element.iter() if element.get("class") == "body")
    return is_floated, ["".join(block.itertext()) for block in story]


@pytest.mark.parametrize(
    ("columns", "before"),
    [("", 5), ("columns: 2; column-fill: auto; height: 200px", 5), ("columns: 2", 15)],
    ids=["pages", "columns", "from the last column of a page to the next page"],
)
def test_text_goes_before_a_figure_that_does_not_fit(columns: str, before: int) -> None:
    text = "".join(f"<p>{number}</p>" for number in range(before))
    rest = "".join(f"<p>{number}</p>" for number in range(before, before + 9))
    html = f"<style>{PAGE}</style><div class='body' style='{columns}'>{text}{TALL}{rest}</div>"
    is_floated, blocks = order(html)
    assert is_floated
    assert blocks.index("photograph") == before + 5


def test_a_figure_that_fits_stays() -> None:
    html = f"<style>{PAGE}</style><div class='body' style='columns: 2'><p>1</p>{TALL}<p>2</p></div>"
    assert order(html) == (False, ["1", "photograph", "2"])
