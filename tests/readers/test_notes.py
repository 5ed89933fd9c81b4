"""Notes: their marks in the text lead to them, and they lead back, in whatever form they came."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from making import bound, made, quiet
from newsbook import desk, readers, repairs
from newsbook.model import Article, Copy, Footnote, Mark, Paragraph, Span, Text
from newsbook.model.walk import plain, texts
from newsbook.native import dump
from newsbook.project import Facts, Output, Project

PROSE = "渡口碑立於道光年間，碑上刻有十二戶船家的姓氏，是鎮上現存最早的文字記錄。"


def read(body: str, name: str = "page.html") -> Article:
    page = f"<html><body><article><h1>舊渡口的碑文</h1><p>{PROSE}</p>{body}</article></body></html>"
    copy = readers.read(name, (page if name.endswith("html") else body).encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, quiet), quiet)


def marks(article: Article) -> list[tuple[str, str]]:
    return [(span.text, span.note) for text in texts(article) for span in text if span.note]


def notes(article: Article) -> list[tuple[str, str, str]]:
    return [(each.name, each.mark, plain(each.text)) for each in article.body if isinstance(each, Footnote)]


@pytest.mark.parametrize(
    "html",
    [
        # As blogs, static sites and Markdown have them.
        (
            '<p>渡資三文<sup id="r1"><a href="#fn1">[1]</a></sup>。</p><p>日落停渡。</p>'
            '<section class="footnotes"><hr><ol><li id="fn1"><p>據祠堂藏本。<a href="#r1">↩</a></p></li></ol></section>'
        ),
        # As encyclopedias have them.
        (
            '<p>渡資三文<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>。</p>'
            '<p>日落停渡。</p><div class="reflist">'
            '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink">^ '
            '<a href="#cite_ref-1">跳轉</a></span> <span class="reference-text">據祠堂藏本。</span></li></ol></div>'
        ),
        # As e-books have them.
        (
            '<p>渡資三文<a epub:type="noteref" href="#n1">[1]</a>。</p><p>日落停渡。</p>'
            '<aside epub:type="footnote" id="n1"><p>據祠堂藏本。</p></aside>'
        ),
        # As word processors save them: the mark is an anchor in the note's own paragraph.
        (
            '<p>渡資三文<a name="_ftnref1" href="#_ftn1"><span style="vertical-align:super">[1]</span></a>。</p>'
            '<p>日落停渡。</p><div id="ftn1"><p><a name="_ftn1" href="#_ftnref1">[1]</a> 據祠堂藏本。</p></div>'
        ),
        # The mark stands in the note as text.
        '<p>渡資三文<a href="#z1">[1]</a>。</p><p>日落停渡。</p><p id="z1">[1] 據祠堂藏本。</p>',
        # Behind the story's own element, with the address of the page.
        (
            f'<div class="body"><p>{PROSE}</p><p>渡資三文<a href="https://a.example/1#x1"><sup>[1]</sup></a>。</p>'
            '<p>日落停渡。</p></div><div class="notes"><p id="x1">據祠堂藏本。</p></div>'
        ),
    ],
)
def test_a_note_and_its_mark(html: str) -> None:
    article = read(html)
    assert marks(article) == [("[1]", "1")]
    assert notes(article) == [("1", "[1]", "據祠堂藏本。")]
    assert plain(article.body[-2].text).startswith("日落停渡")  # type: ignore[union-attr]
    assert "渡資三文[1]。" in [plain(text) for text in texts(article)]


@pytest.mark.parametrize(
    "html",
    [
        '<p>渡資三文<a href="#n2"><sup>2</sup></a>。</p><p>日落停渡。</p>',
        '<ul><li><a href="#s1">1</a></li><li><a href="#s2">2</a></li></ul><h2 id="s1">一</h2><p>日落停渡。</p>',
        '<p>見<a href="#two">第二段</a>。</p><p id="two">日落停渡。</p>',
        '<p>見<a href="#two">2</a>。</p><p id="two">日落停渡。</p>',
        '<p id="one">渡資三文<a href="#one"><sup>1</sup></a>。</p><p>日落停渡。</p>',
    ],
)
def test_what_is_no_note(html: str) -> None:
    article = read(html)
    assert not marks(article)
    assert not notes(article)
    assert "日落停渡。" in [plain(text) for text in texts(article)]


def test_a_long_note_goes_on_and_a_note_may_have_two_marks() -> None:
    page = (
        f"# 舊渡口的碑文\n\n{PROSE}[^a]\n\n又見[^a]，還有[^b]。\n\n[^a]: 見卷七。\n\n    又見卷八。\n[^b]: 據藏本。\n"
    )
    article = read(page, "page.md")
    assert marks(article) == [("[1]", "1"), ("[1]", "1"), ("[2]", "2")]
    assert notes(article) == [("1", "[1]", "見卷七。"), ("", "", "又見卷八。"), ("2", "[2]", "據藏本。")]


def text(words: str) -> Text:
    return (Span(words),)


def test_marks_and_notes_lead_to_each_other_in_print(tmp_path: Path) -> None:
    mark = Span("[1]", (Mark.SUPERSCRIPT,), note="a")
    body = (
        Paragraph((*text(PROSE), mark, Span("，又"), mark, Span("x", note="gone"))),
        Footnote(text("據祠堂藏本。"), "a", "[1]"),
        Footnote(text("無人提起。"), "b", "[2]"),
    )
    source = tmp_path / "in.json"
    source.write_bytes(dump(Article("碑文", body, language="zh-Hant")))
    pdf = made(bound((source,), Project(issue=Facts(date="2024-03-07"))), Output(kind="pdf"))
    with pikepdf.open(BytesIO(pdf)) as file:
        links = [note for page in file.pages for note in page.get("/Annots", ()) if note.Subtype == "/Link"]
        told = [f"{link.get('/Dest', '')}" for link in links]
    assert [name.rpartition("a001-")[2] for name in told if "a001-" in name] == ["note-1", "note-1", "reference-1"]
