"""Laws: what a run of text means by its markup reaches the model, its JSON and the e-book, whatever it stands in."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from making import quiet, read_back
from newsbook import desk, readers, repairs
from newsbook.model import Article, Copy, Mark, Paragraph, Span, Text
from newsbook.model.walk import plain, texts
from newsbook.native import dump, load

PROSE = "渡口开市了，来的人很多，大家都说今年的鱼比去年的好。"
TAGS = {
    "sup": Mark.SUPERSCRIPT, "sub": Mark.SUBSCRIPT, "del": Mark.DELETED, "s": Mark.DELETED, "strike": Mark.DELETED,
    "ins": Mark.INSERTED, "code": Mark.CODE, "kbd": Mark.CODE, "strong": Mark.STRONG, "em": Mark.EMPHASIS,
    'span style="vertical-align: super"': Mark.SUPERSCRIPT, 'span style="text-decoration:line-through"': Mark.DELETED,
    'span class="proper-name"': Mark.PROPER_NAME, 'cite class="book-title"': Mark.BOOK_TITLE, "span": None,
    "font": None,
}  # fmt: skip
WORDS = ("周大河", "10", "林小满", "km", "在渡口", "，", "H", "2", "了")

Marked = tuple[tuple[str, frozenset[Mark]], ...]


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Marked, str]:
    """Return the characters of a paragraph, each with its marks, and the paragraph in HTML."""

    def wrapped(inner: tuple[Marked, str]) -> st.SearchStrategy[tuple[Marked, str]]:
        def wrap(tag: str) -> tuple[Marked, str]:
            mark = TAGS[tag]
            marks = frozenset[Mark]() if mark is None else frozenset({mark})
            return tuple((one, own | marks) for one, own in inner[0]), f"<{tag}>{inner[1]}</{tag.split(maxsplit=1)[0]}>"

        return st.sampled_from(sorted(TAGS)).map(wrap)

    def strung(parts: list[tuple[Marked, str]]) -> tuple[Marked, str]:
        return tuple(chain.from_iterable(marked for marked, _ in parts)), "".join(html for _, html in parts)

    leaf = st.sampled_from(WORDS).map(lambda word: (tuple((one, frozenset[Mark]()) for one in word), word))
    piece = st.recursive(
        leaf, lambda inner: st.lists(inner, min_size=1, max_size=3).map(strung).flatmap(wrapped), max_leaves=5
    )
    marked, html = strung(draw(st.lists(piece, min_size=1, max_size=6)))
    around = [tuple((one, frozenset[Mark]()) for one in words) for words in ("昨天", "晴。")]
    return (*around[0], *marked, *around[1]), f"昨天{html}晴。"


def read(body: str, name: str = "page.html") -> Article:
    page = f"<article><h1>渡口开市</h1><p>{PROSE}</p>{body}<p>{PROSE}</p></article>" if name.endswith("l") else body
    copy = readers.read(name, page.encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, quiet), quiet)


def marked_in(text: Text) -> Marked:
    return tuple((one, frozenset(span.marks)) for span in text for one in span.text)


@settings(max_examples=100)
@given(sentences())
def test_every_mark_reaches_the_model_and_its_json(sentence: tuple[Marked, str]) -> None:
    marked, html = sentence
    article = read(f"<p>{html}</p>")
    assert marked in [marked_in(text) for text in texts(article)]
    assert load(dump(article), "page") == article


@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(sentences(), min_size=30, max_size=30))
def test_every_mark_comes_back_from_a_book(tmp_path: Path, many: list[tuple[Marked, str]]) -> None:
    article = read("".join(f"<p>{html}</p>" for _, html in many))
    assert [marked_in(text) for text in texts(read_back(tmp_path, article))] == [
        marked_in(text) for text in texts(article)
    ]


def paragraph(html: str, before: str = "") -> Text:
    """Return the paragraph that a piece of HTML is, between two others."""
    article = read(f"{before}<p>{html}</p>")
    return next(block.text for block in article.body if isinstance(block, Paragraph) and plain(block.text) != PROSE)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("他说<q>快到了</q>。", "他说“快到了”。"),
        ("他说<q>听见<q>来了</q>就走</q>。", "他说“听见‘来了’就走”。"),
        ("他说“<q>快到了</q>”。", "他说“快到了”。"),
        ("他说<q>“快到了”</q>。", "他说“快到了”。"),
        ("他说<q><b>快</b>到了</q>，<q>走</q>。", "他说“快到了”，“走”。"),
        ("他說<q>在「渡口」</q>，又說「好」。", "他說「在「渡口」」，又說「好」。"),
    ],
)
def test_a_quotation_within_a_line_has_the_marks_of_the_page(html: str, words: str) -> None:
    assert plain(paragraph(html)) == words


@pytest.mark.parametrize(
    ("html", "run"),
    [
        ('说<span lang="ja">渡し船の人</span>好。', Span("渡し船の人", language="ja")),
        ('说<i lang="en">the bridge</i>好。', Span("the bridge", (Mark.EMPHASIS,), language="en")),
        ('说<bdo dir="rtl" lang="he">שלום</bdo>好。', Span("שלום", language="he", direction="rtl")),
    ],
)
def test_a_run_keeps_its_language_and_direction(html: str, run: Span) -> None:
    assert run in paragraph(html)


@pytest.mark.parametrize(
    "html",
    [
        '说<span lang="EN-US">2024</span>年好。',
        '说<span lang="en">渡口</span>年好。',
        '说<span lang="zh-CN">渡口</span>年好。',
        '说<span lang="ja">OK</span>年好。',
        '说<span dir="rtl">渡口</span>年好。',
        '说<span lang="no such thing">渡口</span>年好。',
    ],
)
def test_a_language_or_direction_that_cannot_be_is_none(html: str) -> None:
    assert len(paragraph(html)) == 1


def test_a_crosshead_keeps_what_its_marks_mean() -> None:
    article = read(f"<p><b>CO<sub>2</sub>从哪里来</b></p><p>{PROSE}</p>")
    assert (Span("2", (Mark.SUBSCRIPT,))) in article.body[1].text  # type: ignore[union-attr]


def test_markdown_and_plain_markup_mark_alike() -> None:
    page = f"# 渡口开市\n\n{PROSE}\n\n库容是 10<sup>8</sup> 方，~~三人~~<ins>五人</ins>用 `a  =  1` 算。\n\n{PROSE}\n"
    article = read(page, "page.md")
    assert [(span.text, span.marks) for span in texts(article)[1] if span.marks] == [
        ("8", (Mark.SUPERSCRIPT,)),
        ("三人", (Mark.DELETED,)),
        ("五人", (Mark.INSERTED,)),
        ("a = 1", (Mark.CODE,)),
    ]


@pytest.mark.parametrize(
    ("html", "readings"),
    [
        ("<ruby>渡<rt>ㄉㄨˋ</rt>船<rt>ㄔㄨㄢˊ</rt></ruby>", [("渡", "ㄉㄨˋ"), ("船", "ㄔㄨㄢˊ")]),
        ("<ruby><rb>渡</rb><rb>船</rb><rt>ㄉㄨˋ</rt><rt>ㄔㄨㄢˊ</rt></ruby>", [("渡", "ㄉㄨˋ"), ("船", "ㄔㄨㄢˊ")]),
        ("<ruby><rb>渡</rb><rp>(<rt>dù</rt><rp>)</rp><rb>船</rb><rt>hé</rt></ruby>", [("渡", "dù"), ("船", "hé")]),
        ("<ruby><rb>渡</rb><rb>船</rb><rtc><rt>わた</rt><rt>ぶね</rt></rtc></ruby>", [("渡", "わた"), ("船", "ぶね")]),
        ("<ruby><rb>渡</rb><rb>船</rb><rt>わたしぶね</rt></ruby>", [("渡船", "わたしぶね")]),
        ("<ruby>渡船<rt>わたしぶね</rt></ruby>", [("渡船", "わたしぶね")]),
    ],
)  # fmt: skip
def test_each_base_has_its_own_reading(html: str, readings: list[tuple[str, str]]) -> None:
    text = paragraph(f"坐{html}走。")
    assert plain(text) == "坐渡船走。"
    assert [(span.text, span.ruby) for span in text if span.ruby] == readings
