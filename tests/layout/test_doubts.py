"""Doubtful places: each marked where it stands, each with its note in the colophon, and nothing of it in the text."""

import re

import pytest
from lxml import etree

from issues import issue, text
from newsbook.diagnostics import Diagnostic
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.layout.words import words_for
from newsbook.model import Article, Figure, Items, Paragraph, Repair, Source, Span, Table
from stores import style_of

SLIP = Repair("slipped-bytes", 12, 5, "?！毙律迳", "。」新生社區", 0.5, doubtful=True)
LOST = Repair("lost-character", 14, 8, "□□", "", 0.5, doubtful=True)
MADE = Repair("mojibake", 3, 1, "ÖÐ¹ú", "中国")
ASIDE = Repair("slipped-bytes", 90, 1, "?乙^", "甲", 0.5, doubtful=True)


def story(language: str = "zh-Hant") -> Article:
    body = (
        Paragraph((Span("她說：「來了"), Span(SLIP.before, doubtful=True), Span("街坊會。"))),
        Figure(caption=(Span("渡口"), Span(LOST.before, doubtful=True))),
        Table(((text("一"), (Span("詳見", href="https://example.org/", doubtful=True),)),)),
    )
    return Article("題", body, language=language, source=Source("page.txt", repairs=(MADE, SLIP, LOST, ASIDE)))


def page(carrier: Carrier, article: Article) -> str:
    found: list[Diagnostic] = []
    edition = make_up(issue(article), carrier, style_of(), "newsbook 0", find_face, found.append)
    (document,) = (document for document in edition.documents if document.role == "article")
    return document.body


def parsed(body: str) -> etree._Element:
    return etree.fromstring(f'<r xmlns:epub="http://www.idpf.org/2007/ops">{body}</r>')


@pytest.mark.parametrize("carrier", [Carrier.PRINT, Carrier.EBOOK])
def test_every_doubtful_place_leads_to_its_note(carrier: Carrier) -> None:
    tree = parsed(page(carrier, story()))
    marks = [one for one in tree.iter("a", "span") if one.get("class") == "doubtful"]
    assert ["".join(one.itertext()) for one in marks] == [SLIP.before, LOST.before, "詳見"]
    assert [one.get("href") for one in marks] == ["#a001-doubt-1", "#a001-doubt-2", None]
    notes = {one.get("id"): "".join(one.itertext()).strip() for one in tree.iter() if one.get("class") == "doubt"}
    assert notes == {
        "a001-doubt-1": "?！毙律迳 見原稿第 12 行第 5 字，疑為「。」新生社區」",
        "a001-doubt-2": "□□ 見原稿第 14 行第 8 字，原文已失",
        "a001-doubt-3": "詳見 原文已失",
    }


def test_an_e_book_s_notes_pop_up() -> None:
    body = page(Carrier.EBOOK, story())
    assert body.count('epub:type="noteref"') == 2
    kinds = ('<aside class="doubt"', 'epub:type="footnote"', 'role="doc-footnote"', 'role="doc-backlink"')
    assert len({body.count(kind) for kind in kinds}) == 1
    assert "epub:type" not in page(Carrier.PRINT, story())


@pytest.mark.parametrize("carrier", [Carrier.PRINT, Carrier.EBOOK])
def test_the_mark_is_explained_once_and_only_where_there_is_one(carrier: Carrier) -> None:
    assert page(carrier, story()).count(words_for("zh-Hant").doubt_mark) == 1
    sure = Article("題", (Paragraph(text("渡口。")),), language="zh-Hant", source=Source(repairs=(ASIDE,)))
    assert "doubt" not in page(carrier, sure)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko", "en"])
def test_it_is_explained_in_the_article_s_language(language: str) -> None:
    words = words_for(language)
    body = page(Carrier.PRINT, story(language))
    assert words.doubt_mark in body
    assert words.doubt_place.format(line=12, column=5) + words.doubt_guess.format(guess=SLIP.after) in body


def test_long_and_lost_text_is_cut_and_marked() -> None:
    long = Repair("mojibake", 1, 2, "鐨勬棭甯傚紑寮鐨勬棭甯傚紑", "的早市\ufffd", 0.5, doubtful=True)
    article = Article("題", (Items(((Span(long.before, doubtful=True),),)),), language="zh-Hans")
    body = page(Carrier.PRINT, Article("題", article.body, language="zh-Hans", source=Source(repairs=(long,))))
    (excerpt,) = re.findall('<span class="excerpt">(.*?)</span>', body)
    assert excerpt == f"{long.before[:12]}…"
    assert "疑为“的早市〓”" in body
