"""A style folder of the user's, as docs/styles.md says how to write one."""

import re
from pathlib import Path

import pypdfium2

from issues import text
from making import pdf_of
from newsbook.diagnostics import Diagnostic
from newsbook.model import Article, Issue, Paragraph

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "styles.md").read_text("utf-8")


def first_line(style: str, found: list[Diagnostic]) -> str:
    """Return the first line of a paragraph whose 37th character, on a line of 36, is a stop."""
    words = "渡" * 36 + "，" + "口" * 60 + "。"
    issue = Issue("渡口报", (Article("渡口", (Paragraph(text(words)),), language="zh-Hans"),), "zh-Hans")
    document = pypdfium2.PdfDocument(pdf_of(issue, style, report=found.append))
    lines = document[0].get_textpage().get_text_range().splitlines()
    return next(str(line) for line in lines if line.startswith("渡渡"))


def test_the_style_of_the_page_hangs_a_stop(tmp_path: Path) -> None:
    (css,) = re.findall(r"```css\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "print.css").write_text(css, "utf-8")
    found: list[Diagnostic] = []
    assert len(first_line("bulletin", found)) < 36
    assert first_line(str(tmp_path), found) == "渡" * 36 + "，"
    assert found == []


def test_every_property_of_our_own_is_explained() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    told = re.findall(r'(?:style\["__|(?:is|number)_said\([\w.]+, ")([a-z_-]+)"', source)
    heard = {name.replace("-", "_") for name in told}
    assert heard == {name.replace("-", "_") for name in re.findall(r"^\| `--([a-z-]+): ", PAGE, re.MULTILINE)}


def test_a_style_may_space_words(tmp_path: Path) -> None:
    (tmp_path / "print.css").write_text(
        "p, h1, h2, figcaption, td { word-spacing: .2em; letter-spacing: .01em }", "utf-8"
    )
    words = "渡口 街坊"
    issue = Issue("渡口报", (Article(words, (Paragraph(text(f"{words}，A B 里 。")),), language="zh-Hans"),), "zh-Hans")
    found: list[Diagnostic] = []
    document = pypdfium2.PdfDocument(pdf_of(issue, str(tmp_path), report=found.append))
    assert words in document[0].get_textpage().get_text_range()
    assert found == []
