"""Formulas: read wherever a page has them, once, said in a line, MathML in e-books, drawn in print."""

from pathlib import Path

import pytest

from making import bound, made, quiet, read_back
from newsbook import desk, formulas, readers, repairs
from newsbook.model import Article, Copy, Paragraph, Span
from newsbook.model.walk import plain, texts
from newsbook.native import dump
from newsbook.project import Facts, Output, Project

PROSE = "水文站的老师傅给学生讲流量的算法，公式很简单，学生们听得入神。"
SQUARE = "<msup><mi>c</mi><mn>2</mn></msup>"
MATH = f"<math><semantics>{SQUARE}<annotation encoding='application/x-tex'>c^2</annotation></semantics></math>"

KATEX = (
    f'<span class="katex-mathml">{MATH}</span>',
    '<span class="katex-html" aria-hidden="true"><span>c</span><span>2</span></span>',
)
MATHJAX = (
    '<span class="MathJax_Preview">c2</span>',
    '<span class="MathJax">c2</span>',
    '<script type="math/tex">c^2</script>',
)


def read(body: str, name: str = "page.html") -> Article:
    page = f"<html><body><article><h1>流量怎么算</h1><p>{PROSE}</p>{body}<p>{PROSE}</p></article></body></html>"
    copy = readers.read(name, (page if name.endswith("html") else body).encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, quiet), quiet)


def said(article: Article) -> list[str]:
    """Return the paragraphs but the prose, formulas in brackets."""
    lines = ("".join(f"⟦{span.text}⟧" if span.math else span.text for span in text) for text in texts(article))
    return [line for line in lines if line != PROSE]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f"<p>能量是{MATH}。</p>", "能量是⟦c²⟧。"),
        ("<p>能量是<mml:math><mml:mi>E</mml:mi></mml:math>。</p>", "能量是⟦E⟧。"),
        ("<p>能量是<math><mi>m</mi><mspace width='1em'/><mi>c</mi></math>。</p>", "能量是⟦m c⟧。"),
        ("<p>能量是<math><mi>m</mi><mo>&lt;</mo><mi>c&nbsp;</mi></math>。</p>", "能量是⟦m<c⟧。"),
        ("<p>能量是<math><foo>mc</foo></math>。</p>", "能量是mc。"),
        (f'<p>能量是<span class="katex">{"".join(KATEX)}</span>。</p>', "能量是⟦c²⟧。"),
        (f'<p>能量是{"".join(MATHJAX)}。</p>', "能量是⟦c²⟧。"),
        ('<p>能量是<script type="math/tex; mode=display">\\frac{a}{b}</script>。</p>', "能量是⟦a/b⟧。"),
        ('<p>能量是<img class="latex" src="/l.php?x" alt="c^2" width="80" height="20">。</p>', "能量是⟦c²⟧。"),
        ('<p>能量是<img src="https://z.example/equation?tex=c%5E2" width="99">。</p>', "能量是⟦c²⟧。"),
        ('<p>能量是<span class="math inline">\\(c^2\\)</span>。</p>', "能量是⟦c²⟧。"),
        ("<p>能量是\\(c^2\\)和$a_1$，$$\\sqrt{x}$$。</p>", "能量是⟦c²⟧和⟦a₁⟧，⟦√x⟧。"),
        ("<p>$$c^2$$</p>", "⟦c²⟧"),
    ],
)  # fmt: skip
def test_a_formula_is_read_once(html: str, words: str) -> None:
    assert said(read(html)) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "票价从$5涨到$10，又跌到$3。",
        "$渡口茅台(SH600519)$今天大跌，$BRK-B$也跌。",
        "写作 \\(未完\\) 的样子。",
        "变量是 $HOME 和 $PATH。",
        "他说\\[\\]是空的。",
    ],
)
def test_what_is_no_formula(words: str) -> None:
    assert said(read(f"<p>{words}</p>")) == [words]


def test_code_has_no_formulas() -> None:
    assert said(read("<p>写 <code>$a_1$</code> 就行。</p><pre><code>$b_1$</code></pre>")) == [
        "写 $a_1$ 就行。",
        "$b_1$",
    ]


def test_markdown_leaves_tex_to_itself() -> None:
    tex = r"$a_1 * b_2 * \alpha$"
    page = f"# 流量怎么算\n\n{PROSE}\n\n能量是 {tex}，价 $5 到 $10，$BRK-B$ 跌。\n\n$$\n\\frac{{a}}{{b}}\n$$\n"
    assert said(read(page, "page.md"))[0].startswith("能量是 ⟦a₁*b₂*α⟧")
    assert said(read(page, "page.md"))[0].endswith("，价 $5 到 $10，$BRK-B$ 跌。")
    assert said(read(page, "page.md"))[1:] == ["⟦a/b⟧"]


@pytest.mark.parametrize("broken", ["<math><mi>", "<p>a</p>", "<math><script>x</script></math>", "a", "<math/>&x;"])
def test_what_is_no_mathml_is_none(broken: str) -> None:
    assert not formulas.cleaned(broken)


def test_a_formula_comes_back_from_a_book_and_stands_in_print(tmp_path: Path) -> None:
    math = formulas.from_tex(r"\frac{1}{2} v^{-3}")
    spans = (
        Span("能量是"),
        Span(formulas.said(math), math=math),
        Span("，不是"),
        Span("x", math="<math><mi>"),
        Span("。"),
    )
    article = Article("流量怎么算", (Paragraph(spans),), language="zh-Hans")
    book = read_back(tmp_path, article)
    assert plain(texts(book)[0]) == plain(spans)
    assert [span.math for span in texts(book)[0] if span.math] == [math]
    source = tmp_path / "in.json"
    source.write_bytes(dump(article))
    assert made(bound((source,), Project(issue=Facts(date="2024-03-07"))), Output(kind="pdf")).startswith(b"%PDF")
