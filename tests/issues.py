"""Small issues for tests, in the tests' own words."""

from pathlib import Path

from PIL import Image, ImageDraw

from newsbook.model import (
    Article,
    Aside,
    Block,
    Break,
    CellSpan,
    Credit,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    Issue,
    Items,
    Mark,
    Nesting,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Repair,
    Role,
    Source,
    Span,
    Table,
    Text,
    Verse,
)

LONG = (
    "渡口老街的早市六點開張，賣豆花的陳阿婆總是第一個到。她說：「天沒亮就起來磨豆子，習慣了。」"
    "街坊會把舊涼亭改成了小書房，3個月裡借出1200多本書，孩子們放學後都愛來這裡。"
)


def text(words: str) -> Text:
    """Return `words` as plain text of the model."""
    return (Span(words),)


def every_block() -> tuple[Block, ...]:
    """Return one block of each type."""
    spans = (
        Span("涼亭"),
        Span("小書房", marks=(Mark.STRONG,)),
        Span("慢讀", marks=(Mark.EMPHASIS,)),
        Span("詳見公告", href="https://example.org/notice?a=1&b=2"),
        Span("埕", ruby="tiânn"),
        Span("存疑處", doubtful=True),
        *(Span(f"{number}", marks=(mark,)) for number, mark in enumerate(Mark)),
        Span("渡し船", language="ja"),
        Span("[1]", marks=(Mark.SUPERSCRIPT,), note="1"),
    )
    return (
        Paragraph(text(LONG)),
        Crosshead(text("涼亭裡的書房")),
        Paragraph(spans),
        Figure(caption=text("孩子們在書房裡看書。"), credit="街坊會供圖"),
        Quotation((text("讀書的地方，不必大。"),), "陳阿婆"),
        PullQuote(text("讀書的地方，不必大。")),
        Items((text("週三下午說故事"), text("週六上午換書")), ordered=True),
        Table((((Span("月份"),), (Span("借閱"),)), ((Span("三月"),), (Span("412"),))), 1, text("借閱數")),
        Table(((text("開放"), ()), (text("上午"), text("下午"))), spans=(CellSpan(0, 0, 1, 2),)),
        Aside((text("數字書房"), text("三個月借出一千二百本書。")), headed=True),
        Verse(text("船是一片葉子\n    我是葉子上的露水")),
        Verse(text("一聲長\n一聲短")),
        Preformatted(text("def lend(book):\n    # 借書\n\n    return book < 3 & 4")),
        Items(
            (text("開門"), text("掃地"), text("澆花"), text("關門")),
            ordered=True,
            start=3,
            nested=(Nesting(1, 1), Nesting(2, 2, ordered=True)),
        ),
        Definitions((text("埕"), text("屋前的空地。"), text("曬穀子的地方。")), terms=(0,)),
        Break(),
        Paragraph(text("「開門就是了。」她笑著說 <街坊> & 朋友。")),
        Footnote(text("一說為舊涼亭。"), "1", "[1]"),
    )


def article(headline: str = "渡口老街開了小書房", language: str = "zh-Hant") -> Article:
    """Return an article with every block and every field."""
    return Article(
        headline=headline,
        body=every_block(),
        kicker="老街新事",
        deck="涼亭改建，三個月借出一千二百本書",
        published="2024-05-06T08:30:00",
        section="街坊",
        language=language,
        credits=(Credit(Role.AUTHOR, "林小舟"), Credit(Role.EDITOR, "許一帆")),
        source=Source(
            name="page.txt",
            outlet="渡口街坊網",
            url="https://example.org/a?x=1&y=2",
            sha256="0" * 64,
            repairs=(Repair("bracketed-reading", 3, 5, "(wǎng)", ""),),
        ),
    )


def issue(*articles: Article, nameplate: str = "渡口街坊報") -> Issue:
    """Return an issue of `articles`, or of one article with everything in it."""
    return Issue(
        nameplate=nameplate,
        articles=articles or (article(),),
        language="zh-Hant",
        number="12",
        date="2024-05-07",
        publisher="渡口街坊會",
    )


def picture(path: Path, size: tuple[int, int] = (300, 200), colour: str = "#7a9e7e") -> Path:
    """Draw a picture to `path`, in the form that its suffix names."""
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).ellipse((20, 20, size[0] - 20, size[1] - 20), fill="#e9d8a6")
    image.save(path)
    return path
