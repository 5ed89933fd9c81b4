"""Pages as scraped, in our own words, become the articles that lie beside them: pages/NAME.txt and pages/NAME.json.

`pytest --update` writes what comes out, to be looked at before it is committed.
"""

import re
from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsbook import desk, native, readers, repairs
from newsbook.dates import find_dates
from newsbook.desk.labels import date_word, label
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Block, Break, Copy, Figure, Line, Markup, Paragraph, Part, Source
from newsbook.script import fold
from plain import strings_of

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def edited(text: str, pictures: tuple[str, ...] = ()) -> tuple[Article, list[Diagnostic]]:
    found: list[Diagnostic] = []
    copy = readers.read("page.txt", text.encode(), pictures, "", found.append)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, found.append), found.append), found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_becomes_its_article(page: Path, request: pytest.FixtureRequest) -> None:
    article, _ = edited(page.read_text("utf-8"))
    made = native.dump(replace(article, source=replace(article.source, sha256="")))
    expected = page.with_suffix(".json")
    if request.config.getoption("update"):
        expected.write_bytes(made)
    assert made.decode() == expected.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_is_in_the_article_or_on_record(page: Path) -> None:
    """Dates, which become ISO 8601, labels, staff numbers, separators and white space may go; a word may not."""
    article, _ = edited(page.read_text("utf-8"))
    kept = Counter(fold("".join(strings_of(article)) + article.byline))
    kept += Counter(fold("".join(omission.text for omission in article.source.omissions)))
    kept += Counter(fold("".join(credit.name for credit in article.credits) + article.source.outlet))
    for line in page.read_text("utf-8").splitlines():
        missing = Counter(_without_labels(fold(line))) - kept
        words = "".join(character for character in missing if character.isalpha())
        assert not set(words) - set(_REPORTED), (line, words)


def _without_labels(plain: str) -> str:
    for moment in reversed(find_dates(plain, 2020)):
        plain = plain[: moment.start] + " " + plain[moment.end :]
    plain = re.sub(r"[A-Z]{2}\d{3,}", "", plain)
    return date_word().sub("", label().sub("", plain)).replace(" ", "")


# What says that what stands before or behind it is a byline.
_REPORTED = "记者通讯员编辑作者责报导道讯文图摄影기자입력"


SENTENCES = (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_speaks_of_what_sites_say_stays(sentence: str, place: int) -> None:
    """First, in the middle and last: 未經許可轉載他人作品… may be what a story is about."""
    around = ["渡口老街的早市开了，人很多，鱼也很多。", "渡船靠岸的时候，天还没有亮。"]
    around.insert(place, sentence)
    article, _ = edited("\n".join(["渡口镇旧事", "2021-03-02 10:00 来源：渡口报", *around]))
    assert sentence in "".join(strings_of(article))


def test_pictures_go_to_the_captions_in_order() -> None:
    page = next(page for page in PAGES if page.stem == "hant-mirror").read_text("utf-8")
    article, found = edited(page, ("a.1.jpg", "a.2.jpg", "a.3.jpg"))
    figures = [block for block in article.body if isinstance(block, Figure)]
    assert [figure.image for figure in figures] == ["a.1.jpg", "a.2.jpg", "a.3.jpg"]
    assert [bool(figure.caption) for figure in figures] == [True, True, False]
    assert Code.PICTURE_WITHOUT_CAPTION in {finding.code for finding in found}


def test_a_caption_without_a_picture_is_a_finding() -> None:
    page = next(page for page in PAGES if page.stem == "hant-mirror").read_text("utf-8")
    _, found = edited(page, ("a.1.jpg",))
    assert [finding.code for finding in found].count(Code.PICTURE_NOT_SUPPLIED) == 1


def test_what_is_left_out_is_reported_with_its_line() -> None:
    page = next(page for page in PAGES if page.stem == "hant-mirror").read_text("utf-8")
    article, found = edited(page)
    farm = [finding for finding in found if finding.code is Code.LINK_FARM_LEFT_OUT]
    assert [finding.where.line for finding in farm] == [
        page.splitlines().index("| 東川 | 西屏 | 南浦 | 北嶺 | 中和 | 上塘 | 下塘 | 大埕 | 小埔 |") + 1
    ]
    assert "東川" not in "".join(strings_of(article))


def test_a_page_without_anything_says_what_is_missing() -> None:
    _, found = edited("渡口開市，人很多。")
    codes = {finding.code for finding in found}
    assert Code.DATE_MISSING in codes
    assert codes & {Code.BODY_MISSING, Code.HEADLINE_MISSING}


def test_doubts_follow_the_text_into_the_article() -> None:
    lines = (Line("渡口開市", 1), Line("　　存疑的一處在這一行的中間，後面還有字。", 2, ((4, 6),)))
    article = desk.edit(Copy(lines, Source(name="p")), lambda _: None)
    (paragraph,) = (block for block in article.body if isinstance(block, Paragraph))
    assert [(span.text, span.doubtful) for span in paragraph.text][:3] == [
        ("存疑", False),
        ("的一", True),
        ("處在這一行的中間，後面還有字。", False),
    ]


def marked(*lines: tuple[Part, str]) -> Article:
    """Edit lines, each of which the markup says what it is."""
    copy = Copy(
        tuple(Line(text, number) for number, (_, text) in enumerate(lines, 1)),
        Source(name="p"),
        markup=tuple(Markup(part) for part, _ in lines),
    )
    return desk.edit(copy, lambda _: None)


_STORY = (
    (Part.HEADLINE, "渡口老街的早市又開了"),
    (Part.HEAD, "2024-03-02 08:30 來源：渡口報 作者：林小滿"),
    (Part.PARAGRAPH, "渡口老街的早市昨天又開了，人很多，魚也很多。"),
    (Part.CROSSHEAD, "豆花攤前"),
    (Part.PARAGRAPH, "賣豆花的阿婆說：“今年的豆子好。”"),
    (Part.PARAGRAPH, "▲渡口晨景。周遠攝"),
    (Part.PARAGRAPH, "“第一個來的是孩子。"),
    (Part.PARAGRAPH, "“最後一個來的是孩子的祖母。”"),
    (Part.FOOT, "（責任編輯：許一帆）"),
)


def test_a_story_is_the_same_with_markup_and_without() -> None:
    """Quotations of several paragraphs, captions and what is signed are found by their signs in both."""
    article, _ = edited("\n".join(text for _, text in _STORY))
    assert marked(*_STORY) == replace(article, source=marked(*_STORY).source)
    assert [type(block).__name__ for block in article.body] == [
        *("Paragraph", "Crosshead", "Paragraph", "Figure", "Quotation"),
    ]


def test_the_dateline_of_a_marked_page_may_stand_below_a_line_of_the_sites() -> None:
    lines = (
        (Part.HEADLINE, "大橋檢修"),
        (Part.PARAGRAPH, "14:05"),
        (Part.PARAGRAPH, "渡口社雲溪3月11日電（記者 賀蘭）橋關了。"),
    )
    article = marked(*lines)
    assert article.dateline == "渡口社雲溪3月11日電（記者 賀蘭）"
    assert [credit.name for credit in article.credits] == ["賀蘭"]


def test_what_is_told_to_be_the_headline_is_never_furniture() -> None:
    article = marked((Part.HEADLINE, "分享到微信"), (Part.TEXT, "渡口老街的早市昨天又開了，人很多，魚也很多。"))
    assert article.headline == "分享到微信"


def test_a_deck_that_says_the_headline_again_is_on_record() -> None:
    story = (Part.TEXT, "渡口老街的早市昨天又開了，人很多，魚也很多。")
    article = marked((Part.HEADLINE, "渡口開市"), (Part.DECK, "渡口開市"), story)
    assert (article.deck, [omission.text for omission in article.source.omissions]) == ("", ["渡口開市"])


def test_no_break_stands_beside_another_or_at_an_end() -> None:
    lines = ((Part.BREAK, ""), (Part.PARAGRAPH, "渡口開市了。"), (Part.BREAK, ""), (Part.BREAK, ""))
    assert [type(block) for block in marked((Part.HEADLINE, "渡口"), *lines).body] == [Paragraph]
    article, _ = edited("渡口舊事\n2024-03-02 來源：渡口報\n渡口開市了，人很多。\n※\n※\n魚也很多，人也很多。\n※\n※")
    assert [type(block) for block in article.body] == [Paragraph, Break, Paragraph]


_LINE = st.text(st.sampled_from("渡口老街的早市開了。，：「」（）|1２a 　攝圖責編記者來源2024年-/"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINE, min_size=1, max_size=12))
def test_no_page_breaks_the_desk(lines: list[str]) -> None:
    copy = Copy(tuple(Line(line, number) for number, line in enumerate(lines, 1)), Source(name="p"))
    article = desk.edit(copy, lambda _: None)
    assert all(isinstance(block, Block) for block in article.body)


_HOSTILE = (
    *(
        "渡",
        "渡，",
        "渡口。",
        "（",
        "（）",
        "渡 ",
        "1 ",
        "2024-01-01 ",
        "a>",
        "a > ",
        "“",
        "#a ",
        "a\t",
        "張三、",
        "a|",
    ),
    *("渡=5日", "記者 張三 ", "來源：", "未經本站", "以上內容", "1,", "[", "【", "» ", "図＝", "기자 "),
)
_SHORT_LINES = (
    *("渡口開市", "老。", "為什麼？", "“渡口", "• 渡口", "▲渡口", "2024-03-02", "張三", "問：渡口", "（渡口）"),
    *("責編：張三", "相關閱讀", "a\tb\tc", "1", "渡口老街的早市開了人很多魚也很多大家都", "本文圖片均由張三攝"),
)


def _seconds(lines: list[str]) -> float:
    copy = Copy(tuple(Line(line, number) for number, line in enumerate(lines, 1)), Source(name="p"))
    start = process_time()
    desk.edit(copy, lambda _: None)
    return process_time() - start


@pytest.mark.parametrize("unit", _HOSTILE)
def test_a_line_takes_time_in_proportion_to_its_length(unit: str) -> None:
    """Both of a line that is longer than any rule looks at, and of one that all of them do."""
    head = ["渡口開市", "2024-03-02 來源：渡口網"]
    assert _seconds([*head, unit * (100_000 // len(unit))]) < _PATIENCE
    assert _seconds([*head, *[f"{(unit * 380)[: 60 + place]}x" for place in range(0, 320, 8)]]) < _PATIENCE


@pytest.mark.parametrize("line", _SHORT_LINES)
def test_a_page_takes_time_in_proportion_to_its_lines(line: str) -> None:
    few, many = (_seconds([f"{line}"] * count) for count in (2_000, 8_000))
    assert many < 10 * few + 0.2


# Far above what takes 0.2 s here, and far below what a rule takes that tries every way to match.
_PATIENCE = 5.0
