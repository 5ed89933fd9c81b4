"""What is set as a block of its own is read as one: lists in lists, definitions, boxes, verse and code."""

import pytest

from making import quiet
from newsbook import desk, readers, repairs
from newsbook.model import (
    Aside,
    Block,
    Copy,
    Crosshead,
    Definitions,
    Items,
    Nesting,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Span,
    Text,
    Verse,
)

PROSE = "渡口开市了，来的人很多，大家都说今年的鱼比去年的好。"


def text(words: str) -> Text:
    return (Span(words),)


def of(*words: str) -> tuple[Text, ...]:
    return tuple(map(text, words))


def body(inner: str, name: str = "page.html") -> tuple[Block, ...]:
    """Return the blocks that a piece of a page becomes, between two paragraphs."""
    page = f"<article><h1>渡口的早市</h1><p>{PROSE}</p>{inner}<p>{PROSE}</p></article>"
    whole = (
        f"<html><head><title>渡口的早市</title></head><body>{page}</body></html>" if name.endswith("html") else inner
    )
    copy = readers.read(name, whole.encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    blocks = desk.edit(repairs.repair(copy, quiet), quiet).body
    return tuple(block for block in blocks if block != Paragraph(text(PROSE)))


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            "<ul><li>鱼<ul><li>鲫鱼</li><li>鲤鱼<ol><li>江里的</li></ol></li></ul></li><li>虾</li></ul>",
            [
                Items(
                    of("鱼", "鲫鱼", "鲤鱼", "江里的", "虾"),
                    nested=(Nesting(1, 1), Nesting(2, 1), Nesting(3, 2, ordered=True)),
                )
            ],
        ),
        ("<ol start='4'><li><p>鱼</p></li><li><p>虾</p></li></ol>", [Items(of("鱼", "虾"), ordered=True, start=4)]),
        ("<ol start='x'><li>鱼</li><li>虾</li></ol>", [Items(of("鱼", "虾"), ordered=True)]),
        (f"<ol>{''.join(f'<li>{name}摊：{PROSE * 3}</li>' for name in '鱼虾蟹')}</ol>", 3),
        ("<blockquote><ul><li>鱼。</li><li>虾。</li></ul></blockquote>", [Items(of("鱼。", "虾。"))]),
        (
            (
                "<blockquote><section><span style='display:block'><span>•</span><span>鱼？</span></span>"
                "<span style='display: block;'>•虾？</span></section></blockquote>"
            ),
            [Quotation(of("•鱼？", "•虾？"))],
        ),
        (
            "<dl><dt>埕</dt><dd>空地。</dd><dt>厝</dt><dd>房子。</dd></dl>",
            [Definitions(of("埕", "空地。", "厝", "房子。"), (0, 2))],
        ),
        ("<dl><dd>空地。</dd></dl>", [Paragraph(text("空地。"))]),
        ("<aside><p>背景：渡口有三百年了。</p></aside>", [Aside(of("背景：渡口有三百年了。"))]),
        (
            "<div class='info-box'><h4>数字渡口</h4><p>三百年</p></div>",
            [Aside(of("数字渡口", "三百年"), headed=True)],
        ),
        ("<aside class='pull-quote'>开门就是了。</aside>", [PullQuote(text("开门就是了。"))]),
        ("<aside class='related'><p>又一篇。再看看。</p></aside>", []),
        ("<aside><a href='/a'>又一篇报道的标题。</a></aside>", []),
        ("<pre><code>if a:\n    b\n\n    c</code></pre>", [Preformatted(text("if a:\n    b\n\n    c"))]),
        (
            "<div class='highlight'><pre><span class='k'>if</span> 水位 <b>&gt;</b> 3:<br>\t放水()\n</pre></div>",
            [Preformatted(text("if 水位 > 3:\n\t放水()"))],
        ),
        ("<pre>1\n2\n3</pre><pre class='code'>甲\n乙</pre>", [Preformatted(text("甲\n乙"))]),
        (
            "<pre>风从上游来\n    带着竹子\n\n风往下游去</pre>",
            [Verse(text("风从上游来\n    带着竹子")), Verse(text("风往下游去"))],
        ),
        ("<p>船是叶子<br>我是露水<br>摇橹的人</p>", [Verse(text("船是叶子\n我是露水\n摇橹的人"))]),
        (
            "<p>船是一片叶子<br>我是露水<br>摇橹的人<br><br>一声长<br>一声短</p>",
            [Verse(text("船是一片叶子\n我是露水\n摇橹的人")), Verse(text("一声长\n一声短"))],
        ),
        ("<p>白日依山尽，<br>黄河入海流。</p>", [Verse(text("白日依山尽，\n黄河入海流。"))]),
        (
            "<div class='poem'><p>渡船慢慢，<br>慢慢走。</p><p>对岸有人，<br>等了很久很久了。</p></div>",
            [Verse(text("渡船慢慢，\n慢慢走。")), Verse(text("对岸有人，\n等了很久很久了。"))],
        ),
    ],
)
def test_blocks(html: str, blocks: list[Block] | int) -> None:
    found = body(html)
    if isinstance(blocks, int):
        assert [len(block.items) for block in found if isinstance(block, Items)] == [blocks]
    else:
        assert list(found) == blocks


@pytest.mark.parametrize(
    "lines",
    [
        ("时间：周六上午", "地点：渡口", "票价：三元"),
        ("昨天我们去了渡口。", "船已经停了。", "大家都在等。"),
        ("上午 9 点开市", "10 点开船", "12 点收摊"),
        ("渡口开市了，来的人很多，大家都说今年的鱼比去年的好", "虾也好", "蟹也好"),
        ("甲：去不去？", "乙：去。", "甲：走。"),
        ("鱼摊", PROSE),
    ],
)
def test_short_lines_that_are_no_verse(lines: tuple[str, ...]) -> None:
    for page in (f"<p>{'<br>'.join(lines)}</p>", "".join(f"<p>{line}</p>" for line in lines)):
        assert not [block for block in body(page) if isinstance(block, Verse)]
    plain = "\n".join(("渡口的早市", "", PROSE, "", *lines, "", PROSE, ""))
    assert not [block for block in body(plain, "page.txt") if isinstance(block, Verse)]


def test_stanzas_of_a_text_page() -> None:
    poem = ("船是一片叶子", "　　我是露水", "摇橹的人", "", "一声长", "一声短")
    page = "\n".join(("渡口的早市", "", PROSE, "", *poem, "", PROSE, ""))
    assert body(page, "page.txt") == (
        Verse(text("船是一片叶子\n　　我是露水\n摇橹的人")),
        Verse(text("一声长\n一声短")),
    )


def test_markdown_has_them_all() -> None:
    code, fish, poem = "```\na  =  1\n\n  b\n```", "- 鱼\n    1. 鲫鱼\n- 虾", "船是叶子  \n我是露水  \n摇橹的人"
    page = f"# 渡口的早市\n\n{PROSE}\n\n{code}\n\n{fish}\n\n{poem}\n"
    assert body(page, "page.md") == (
        Preformatted(text("a  =  1\n\n  b")),
        Items(of("鱼", "鲫鱼", "虾"), nested=(Nesting(1, 1, ordered=True),)),
        Verse(text("船是叶子\n我是露水\n摇橹的人")),
    )


def test_code_is_left_as_it_is() -> None:
    """References in it are what it says, and are no damage."""
    (block,) = body("<pre><code>x = '&amp;lt;'　# 網(wǎng)絡,好</code></pre>")
    assert block == Preformatted(text("x = '&lt;'　# 網(wǎng)絡,好"))


def test_a_heading_above_verse_stays_one() -> None:
    assert body("<h2>过河</h2><p>船是叶子<br>我是露水<br>摇橹的人</p>")[0] == Crosshead(text("过河"))
