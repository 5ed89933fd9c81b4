"""What the reader of HTML makes of a page: formatting, places in the raw page, charsets, pictures, hostile input."""

import html
import json
import time

import pytest

from corpora import damaged_pages
from newsbook import desk, readers, repairs
from newsbook.diagnostics import Code, Diagnostic, LimitError
from newsbook.model import Article, Copy, Crosshead, Figure, Line, Mark, Markup, Paragraph, Part, Table
from newsbook.places import at_origin, with_origins

PROSE = "<p>　　渡口开市了，来的人很多，大家都说今年的鱼比去年的好。</p>\n"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def copy_of(raw: bytes) -> tuple[Copy, list[Diagnostic]]:
    found: list[Diagnostic] = []
    copy = readers.read("page.html", raw, (), "", found.append)
    assert isinstance(copy, Copy)
    return copy, found


def article_of(raw: bytes) -> tuple[Article, list[Diagnostic]]:
    copy, found = copy_of(raw)
    report = at_origin(copy, found.append)
    return with_origins(desk.edit(repairs.repair(copy, report), report), copy), found


def test_formatting_is_kept_over_repairs() -> None:
    mark = "<p>渡口<b>\N{ZERO WIDTH SPACE}开市</b>了，<a href='https://a.example/x'>人很多</a>，<ruby>市<rt>shì</rt></ruby>也好。</p>"
    article, _ = article_of(page(f"<h1>渡口开市</h1>{mark}{PROSE * 3}"))
    spans = {span.text: span for span in article.body[0].text}  # type: ignore[union-attr]
    assert spans["开市"].marks == (Mark.STRONG,)
    assert spans["人很多"].href == "https://a.example/x"
    assert spans["市"].ruby == "shì"


def test_a_space_before_emphasis_is_none_of_it() -> None:
    article, _ = article_of(
        page(f"<h1>渡口开市</h1><p>다리가 <b>새로 놓였다</b> 고 했다, <b>그 <i>날</i></b>.</p>{PROSE * 3}")
    )
    spans = [(span.text, span.marks) for span in article.body[0].text]  # type: ignore[union-attr]
    assert ("새로 놓였다", (Mark.STRONG,)) in spans
    assert not any(text.startswith(" ") for text, marks in spans if marks)


def test_a_cell_that_spans_rows_and_columns_shifts_no_column() -> None:
    rows = (
        "<tr><th rowspan=2>渡口</th><th colspan=2>班次</th></tr><tr><th>早</th><th>晚</th></tr>"
        "<tr><td rowspan='2'>北岸</td><td>6:10</td><td>18:10</td></tr><tr><td>7:10</td><td>19:10</td></tr>"
        "<tr><td colspan=3>周日停航</td></tr>"
    )
    article, _ = article_of(page(f"<h1>渡口开市</h1>{PROSE * 4}<table>{rows}</table>{PROSE}"))
    (table,) = (block for block in article.body if isinstance(block, Table))
    assert [["".join(span.text for span in cell) for cell in row] for row in table.rows] == [
        ["渡口", "班次", "班次"],
        ["渡口", "早", "晚"],
        ["北岸", "6:10", "18:10"],
        ["北岸", "7:10", "19:10"],
        ["周日停航", "", ""],
    ]
    assert table.header_rows == 2


def test_a_sentence_before_the_number_of_a_note_is_no_crosshead() -> None:
    article, _ = article_of(page(f"<h1>渡口开市</h1>{PROSE * 2}<p>배는 오지 않았다.[2]</p>{PROSE * 2}"))
    assert not any(isinstance(block, Crosshead) for block in article.body)


def test_a_repair_has_its_place_in_the_page() -> None:
    raw = page(f"<h1>渡口开市</h1>\n{PROSE * 3}<p>a&amp;b <i>渡口</i>的\N{ZERO WIDTH SPACE}鱼，很好。</p>")
    article, _ = article_of(raw)
    (repair,) = article.source.repairs
    line = raw.decode().split("\n")[repair.line - 1]
    assert line[repair.column - 1] == repair.before == "\N{ZERO WIDTH SPACE}"


def test_what_stands_around_the_story_is_on_record() -> None:
    article, _ = article_of(page(f"<div class='nav'>首页 论坛</div>\n<div><h1>渡口开市</h1>{PROSE * 4}</div>"))
    assert [
        (omission.kind, omission.line, omission.text)
        for omission in article.source.omissions
        if omission.kind == "surroundings"
    ] == [("surroundings", 1, "首页 论坛")]


@pytest.mark.parametrize("stated", ["gbk", "big5", "iso-8859-1", "klingon"])
def test_a_charset_that_lies_is_found_out(stated: str) -> None:
    copy, found = copy_of(page(PROSE * 4, f"<meta charset='{stated}'>"))
    assert copy.source.encoding == "utf-8"
    assert [finding.code for finding in found] == [Code.ENCODING_MISSTATED]


@pytest.mark.parametrize(("stated", "codec"), [("gb2312", "gb18030"), ("GBK", "gbk"), ("gb18030", "gb18030")])
def test_a_charset_that_does_not_lie_is_believed(stated: str, codec: str) -> None:
    raw = page(PROSE * 4, f"<meta http-equiv='Content-Type' content='text/html; charset={stated}'>").decode()
    copy, found = copy_of(raw.encode(codec))
    assert (copy.source.encoding, found) == ("gb18030", [])


def test_metadata_fill_and_the_shown_one_wins() -> None:
    head = "<meta property='og:title' content='别的标题'><meta name='author' content='林小满'>"
    article, found = article_of(
        page(f"<h1>渡口开市</h1><div>2024-03-05 来源：渡口报</div><div>{PROSE * 4}</div>", head)
    )
    assert article.headline == "渡口开市"
    assert [credit.name for credit in article.credits] == ["林小满"]
    assert [finding.code for finding in found if finding.code is Code.METADATA_DISAGREES]


def test_a_remote_picture_is_a_finding_and_its_caption_stays() -> None:
    figure = "<figure><img src='https://img.example/a.jpg'><figcaption>渡口晨景</figcaption></figure>"
    article, found = article_of(page(f"<h1>渡口开市</h1>{PROSE * 3}{figure}{PROSE}"))
    (block,) = [block for block in article.body if isinstance(block, Figure)]
    assert (block.image, block.caption[0].text) == ("", "渡口晨景")
    assert [finding.message for finding in found if "https://img.example/a.jpg" in finding.message]


def test_every_line_has_its_markup() -> None:
    copy, _ = copy_of(page(f"<h1>渡口开市</h1>{PROSE * 3}<ol><li>一</li><li>二</li></ol><hr>{PROSE}"))
    parts = [markup.part for markup in copy.markup if markup.part is not Part.STATED]
    assert parts == [Part.HEADLINE, *[Part.PARAGRAPH] * 3, Part.ITEM, Part.ITEM, Part.BREAK, Part.PARAGRAPH]


SENTENCES = tuple(f"渡口第{number}天开市，来的人很多，大家都说今年的鱼比去年的好。" for number in range(1, 7))
BLOCKS = [{"type": "text", "content": f"<b>{text}</b>"} for text in SENTENCES]
IN_HTML = "".join(f"<p>{text}</p>" for text in SENTENCES)
STREAMED = "0:null\n1:" + json.dumps({"list": [[{"body": IN_HTML}]]})


SCRIPTS = {
    "json-ld": (
        "type='application/ld+json'",
        json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(SENTENCES)}),
    ),
    "next": ("id='__NEXT_DATA__' type='application/json'", json.dumps({"props": {"story": {"content": IN_HTML}}})),
    "nuxt": ("", f"window.__NUXT__={json.dumps({'data': [{'body': html.escape(IN_HTML)}]}, ensure_ascii=False)};"),
    "fusion": ("", f"Fusion.globalContent={json.dumps({'content_elements': BLOCKS})};Fusion.x={{}}"),
    "streamed": ("", f"self.__next_f.push([1,{json.dumps(STREAMED)}])"),
}


@pytest.mark.parametrize("form", SCRIPTS)
def test_a_body_that_scripts_would_fill_in_is_read_from_their_data(form: str) -> None:
    attributes, data = SCRIPTS[form]
    raw = page(f"<h1>渡口开市</h1><div id='root'>加载中</div><script {attributes}>{data}</script>")
    article, _ = article_of(raw)
    assert article.headline == "渡口开市"
    texts = tuple("".join(span.text for span in block.text) for block in article.body if isinstance(block, Paragraph))
    assert texts == SENTENCES
    copy, _ = copy_of(raw)
    assert all(markup.origins for markup in copy.markup)


def test_data_of_scripts_do_not_stand_in_for_a_story_that_is_shown() -> None:
    other = json.dumps({"content": PROSE * 20})
    article, _ = article_of(page(f"<h1>渡口开市</h1>{IN_HTML}<script type='application/json'>{other}</script>"))
    assert len(article.body) == len(SENTENCES)


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='blank.gif' class='lazy'><noscript><img src='https://img.example/a.jpg'></noscript>",
        "<div class='lazy'><noscript><img src='https://img.example/a.jpg'></noscript></div>",
        "<picture><source srcset='/s.jpg 2x'><img data-srcset='https://img.example/a.jpg 2x'></picture>",
        "<img src='data:image/gif;base64,R0lGOD' data-original='https://img.example/a.jpg'>",
        "<amp-img src='https://img.example/a.jpg' width='600' height='400'></amp-img>",
    ],
)
def test_lazy_pictures_are_found(picture: str) -> None:
    copy, _ = copy_of(
        page(f"<h1>渡口开市</h1>{PROSE * 3}<figure>{picture}<figcaption>晨景</figcaption></figure>{PROSE}")
    )
    assert [(line.text, markup.image) for line, markup in pictures_of(copy)] == [("晨景", "https://img.example/a.jpg")]


def pictures_of(copy: Copy) -> list[tuple[Line, Markup]]:
    both = zip(copy.lines, copy.markup, strict=True)
    return [(line, markup) for line, markup in both if markup.part is Part.PICTURE]


@pytest.mark.parametrize("name", ["tag-ferry post hentry", "widget", "sidebar-open", "has-ads"])
def test_what_holds_the_prose_is_the_story_whatever_it_is_called(name: str) -> None:
    article, _ = article_of(page(f"<h1>渡口开市</h1><div class='{name}'>{IN_HTML}</div>"))
    assert len(article.body) == len(SENTENCES)


def test_links_to_other_stories_are_left_out_with_what_heads_them() -> None:
    links = "<p>延伸閱讀</p><div><a href='/1'>渡口的船今天不开了</a><br><a href='/2'>鱼市明天照常开门</a></div>"
    article, _ = article_of(
        page(f"<h1>渡口开市</h1><div class='c'>{IN_HTML}{links}<p>　　渡口的人都回家了，灯还亮着。</p></div>")
    )
    assert len(article.body) == len(SENTENCES) + 1
    assert "鱼市明天照常开门" in " ".join(omission.text for omission in article.source.omissions)


def test_an_indent_of_full_width_on_a_new_line_begins_a_paragraph() -> None:
    text = "\n\n\N{IDEOGRAPHIC SPACE}".join(SENTENCES)
    article, _ = article_of(page(f"<h1>渡口开市</h1><article><p>{text}</p></article>"))
    assert len(article.body) == len(SENTENCES)


def test_a_page_that_begins_with_a_comment_is_html() -> None:
    article, _ = article_of(b"<!--http://news.example/1.html-->\n" + page(f"<h1>渡口开市</h1>{IN_HTML}"))
    assert article.headline == "渡口开市"


def test_a_picture_that_stands_on_the_page_twice_is_shown_once_with_its_caption() -> None:
    figure = "<figure><img src='https://img.example/a.jpg'><figcaption>晨景</figcaption></figure>"
    copy, _ = copy_of(page(f"<h1>渡口开市</h1><img src='https://img.example/a.jpg'>{PROSE * 3}{figure}{PROSE}"))
    assert [line.text for line, _ in pictures_of(copy)] == ["晨景"]


@pytest.mark.parametrize(
    "source",
    ["https://img.example/share/qzone.png", "/img/next_page.jpg", "https://img.example/u/avatar.jpg", "icons/a.png"],
)
def test_signs_of_the_site_are_no_pictures(source: str) -> None:
    copy, _ = copy_of(page(f"<h1>渡口开市</h1>{PROSE * 3}<p><img src='{source}'></p>{PROSE}"))
    assert not pictures_of(copy)


@pytest.mark.parametrize(
    ("title", "outlet", "headline"),
    [
        ("渡口开市了_渡口新闻_渡口网", "渡口网", "渡口开市了"),
        ("渡口开市了 - 渡口日报 - 本地", "渡口日报", "渡口开市了"),
        ("渡口开市了 老街坊：这样不觉得吵吗？", "", "渡口开市了 老街坊：这样不觉得吵吗？"),
        ("渡口开市了", "", "渡口开市了"),
    ],
)
def test_the_title_of_a_page_names_its_site_at_most(title: str, outlet: str, headline: str) -> None:
    article, _ = article_of(page(PROSE * 4, f"<title>{title}</title>"))
    assert (article.source.outlet, article.headline) == (outlet, headline)


@pytest.mark.parametrize(
    "raw",
    [
        page("<p>渡口，开市了。" + "<p class='" * 20_000),
        page("<p>渡口，开市了。" + "<" * 100_000),
        page("<p>" + "&#28193;&#65292;" * 50_000),
        page("<script>" + PROSE * 20_000 + "</script>" + PROSE),
        page(PROSE * 3 + "<table><tr><td>" * 500 + PROSE),
        page(PROSE * 3 + "<ul><li><a>x</a>" * 800),
        page(PROSE * 3 + "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"),
        page("<p>x</p><script>window.a=" + "{[" * 50_000 + "</script>"),
        page("<p>x</p><script>" + 'self.__next_f.push([1,"' * 20_000 + "</script>"),
        page("<b>x</i></b></p></div>" + PROSE * 3 + "\ufffe<a href='//['>y</a><img src='http://['>"),
    ],
)
def test_hostile_pages_are_read(raw: bytes) -> None:
    start = time.process_time()
    copy_of(raw)
    assert time.process_time() - start < 5


def test_a_page_nested_too_deep_is_refused_in_a_sentence() -> None:
    with pytest.raises(LimitError, match=r"page\.html.*deeper"):
        copy_of(page("<div>" * 100_000 + PROSE))


def test_a_damaged_page_is_repaired_as_its_text_is() -> None:
    damaged = damaged_pages(3)[0]
    title, *lines = filter(str.strip, damaged.raw.decode().split("\n"))
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    text = readers.read("page.txt", damaged.raw, (), "", lambda _finding: None)
    assert isinstance(text, Copy)
    wanted = desk.edit(repairs.repair(text, lambda _finding: None), lambda _finding: None)
    got, _ = article_of(page(f"<h1>{title}</h1><div class='content'>{body}</div>"))
    assert (got.headline, got.published, got.body) == (wanted.headline, wanted.published, wanted.body)
