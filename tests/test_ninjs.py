"""ninjs out and in again: an article keeps every field that newsbook models, but for what was done to it."""

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from newsbook import desk, ninjs, readers, repairs
from newsbook.model import (
    Article,
    Aside,
    Break,
    CellSpan,
    Copy,
    Credit,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    Genre,
    Items,
    Mark,
    Nesting,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Role,
    Source,
    Span,
    Table,
    Verse,
)

DATA = sorted((Path(__file__).parent / "readers" / "data").glob("*/*/article.json"))


def text(words: str) -> tuple[Span, ...]:
    return (Span(words),)


WHOLE = Article(
    headline="渡口開市，豆腐第一個賣完",
    kicker="街坊",
    deck="老市場今年多了三十個攤位",
    byline="林小滿、許若海",
    dateline="渡口",
    published="2024-03-05T06:30:00+08:00",
    updated="2024-03-05T09:00:00+08:00",
    section="地方",
    language="zh-Hant",
    credits=(
        Credit(Role.AUTHOR, "林小滿"),
        Credit(Role.EDITOR, "江晨曦"),
        Credit(Role.PHOTOGRAPHER, "許若海"),
    ),
    source=Source(
        outlet="渡口報",
        url="https://dukou.example/1",
        rights="© 2024 渡口報",
        usage="僅供地方報刊使用。",
        identifier="urn:dukou:1",
        embargo="2024-03-06T06:00:00+08:00",
        status="usable",
    ),
    body=(
        Paragraph(
            (
                Span("渡口"),
                Span("開市", (Mark.STRONG,)),
                Span("了，"),
                Span("市", ruby="shì"),
                Span("裡來的人有10"),
                Span("3", (Mark.SUPERSCRIPT,)),
                Span("個，喝H"),
                Span("2", (Mark.SUBSCRIPT,)),
                Span("O，"),
                Span("三", (Mark.DELETED,)),
                Span("五", (Mark.INSERTED,)),
                Span("元，"),
                Span("price(3)", (Mark.CODE,)),
                Span("，"),
                Span("ひかり", language="ja"),
                Span("來了。"),
                Span("[1]", (Mark.SUPERSCRIPT,), note="1"),
            )
        ),
        Figure(text("清晨的渡口市場，攤位擺到了橋頭。"), "許若海 攝", "market.jpg", "一排攤位"),
        Crosshead(text("豆腐賣得最快")),
        Paragraph(
            (Span("攤主說，"), Span("明天", (Mark.EMPHASIS,), "https://dukou.example/2"), Span("多磨十斤豆子。"))
        ),
        Quotation((text("豆腐要趁熱吃。"), text("涼了就是另一回事。")), "攤主 嚴阿婆"),
        Items((text("豆腐五十斤"), text("豆漿兩百碗")), ordered=True),
        Table(
            ((text("攤位"), text("價錢")), (text("豆腐"), text("五元")), ((), text("二十元"))),
            1,
            text("價目"),
            (CellSpan(1, 0, 2, 1),),
        ),
        Aside((text("渡口市場"), text("有三十個攤位，天天開市。")), headed=True),
        Verse(text("豆腐白白\n    蔥花綠綠")),
        Verse(text("一塊五元\n兩塊十元")),
        Preformatted(text("def price(n):\n    # 價錢\n\n    return n * 5")),
        Items(
            (text("磨豆子"), text("先泡一夜"), text("再磨兩遍"), text("煮豆漿")),
            ordered=True,
            start=3,
            nested=(Nesting(1, 1), Nesting(2, 2, ordered=True)),
        ),
        Definitions((text("豆花"), text("還沒有壓成塊的豆腐。"), text("也叫豆腐腦。")), terms=(0,)),
        PullQuote(text("一下雨，豆腐就得用身子擋著")),
        Break(),
        Figure(text("沒有送來的那張照片。"), "渡口報 資料照片"),
        Footnote(text("一說是朝霞。"), "1", "[1]"),
        Paragraph(text("市場每天六點開門，下雨照開。")),
    ),
)


def again(article: Article) -> Article:
    """Return what is read from an article as ninjs, without its source's name and hash."""
    raw = ninjs.dump((article,))
    copy = readers.read("in.json", raw, (), "", lambda _finding: None)
    assert isinstance(copy, Copy)
    read = desk.edit(repairs.repair(copy, lambda _finding: None), lambda _finding: None)
    return replace(read, source=replace(read.source, name="", sha256="", encoding="", omissions=()))


def test_every_field_comes_back() -> None:
    assert again(WHOLE) == WHOLE


@pytest.mark.parametrize("path", DATA, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_what_was_read_comes_out_the_same_twice(path: Path) -> None:
    document = path.read_bytes()
    articles = msgspec.json.decode(document, type=tuple[Article, ...] | Article)
    for article in articles if isinstance(articles, tuple) else (articles,):
        if article.body:
            once = again(article)
            assert json.loads(ninjs.dump((again(once),))) == json.loads(ninjs.dump((once,)))
            assert once.body == article.body


def test_the_house_s_own_matter_says_of_what_genre_it_is() -> None:
    assert "genres" not in ninjs.news_object(WHOLE)
    assert ninjs.news_object(replace(WHOLE, genre=Genre.EDITORIAL))["genres"] == [{"name": "editorial"}]
