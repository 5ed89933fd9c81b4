"""The house's own matter: where each piece stands, what it is in every carrier, and what is odd about it."""

import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from issues import picture
from newsbook import Built, Code, Diagnostic, Manner, Output, build
from newsbook.model import Article, Crosshead, Definitions, Genre, Issue, Paragraph
from newsbook.model.walk import plain, texts
from newsbook.native import load
from newsbook.project import (
    Advertisement,
    Amendment,
    Correction,
    Facts,
    HousePiece,
    Project,
    Section,
    Staff,
    StaffRole,
)

STORY = "# {name}\n\n" + "渡口老街的涼亭換了新瓦，街坊說下雨天又有地方坐了。木匠帶著徒弟做了四十天。\n\n" * 4
NAMES = ("market", "ferry", "park", "library")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / f"{name}.md").write_text(STORY.format(name=name), "utf-8")
    picture(tmp_path / "ad.jpg")
    return tmp_path


def project(*outputs: str, style: str = "bulletin", **matter: Any) -> Project:  # noqa: ANN401 - each test says what.
    return Project(
        inputs=tuple(f"{name}.md" for name in NAMES),
        style=style,
        issue=Facts(nameplate="渡口報", number="12", date="2024-05-12", language="zh-Hant"),
        sections=(Section("街坊", ("market.md", "ferry.md")), Section("公園", ("park.md", "library.md"))),
        outputs=tuple(map(Output, outputs)),
        **matter,
    )


def made(folder: Path, asked: Project) -> tuple[Built, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return build(asked, folder, report=found.append, manner=Manner(workers=0)), found


def articles(folder: Path, **matter: Any) -> tuple[Article, ...]:  # noqa: ANN401 - as above.
    made(folder, project("out.json", **matter))
    issue = load((folder / "out.json").read_bytes(), "out.json")
    assert isinstance(issue, Issue)
    return issue.articles


EVERYTHING: dict[str, Any] = {
    "foreword": HousePiece("致讀者", "各位街坊：\n\n這是**第十二期**。", byline="林小舟"),
    "editorial": HousePiece("留一盞燈", "燈要留給晚歸的人。"),
    "notices": (HousePiece("停航", "驗船停航。", byline="街坊會"), HousePiece("運休", "運休します。", language="ja")),
    "corrections": (Correction("是十六個。", "早市搬家", "11", "2024-05-05", "https://news.example/11"),),
    "advertisements": (Advertisement("甜酒", "每瓶四十元"), Advertisement("書房", picture="ad.jpg", labelled=False)),
    "boxes": (HousePiece("訂閱", "- 掃描二維碼關注公眾號\n- 廣告：2388-0000"),),
    "staff": Staff(roles=(StaffRole("記者", ("周柏安", "許一帆")),), text="老街一號"),
}


def test_every_piece_has_its_place(folder: Path) -> None:
    issue = articles(folder, **EVERYTHING)
    assert [(each.genre or each.headline, each.section) for each in issue] == [
        ("foreword", ""), ("market", "街坊"), ("editorial", "街坊"), ("ferry", "街坊"), ("advertisement", "街坊"),
        ("park", "公園"), ("library", "公園"), ("advertisement", "公園"),
        ("notice", ""), ("correction", ""), ("box", ""), ("staff", ""),
    ]  # fmt: skip


def test_nothing_of_it_is_left_out_or_taken_for_something_else(folder: Path) -> None:
    by_genre = {each.genre: each for each in articles(folder, **EVERYTHING)}
    said = {genre: "".join(plain(text) for text in texts(each)) for genre, each in by_genre.items()}
    assert said[Genre.BOX] == "掃描二維碼關注公眾號廣告：2388-0000"
    assert said[Genre.NOTICE] == "停航驗船停航。——街坊會運休運休します。"
    staff = by_genre[Genre.STAFF]
    assert staff.headline == "編輯部"
    assert isinstance(staff.body[0], Definitions)
    assert said[Genre.STAFF] == "記者周柏安、許一帆老街一號"
    assert all(each.source.repairs == () for each in by_genre.values() if each.genre)


def test_notices_in_another_language_say_so_and_one_alone_has_its_own_head(folder: Path) -> None:
    column = next(each for each in articles(folder, **EVERYTHING) if each.genre is Genre.NOTICE)
    assert [span.language for block in column.body for text in texts(block) for span in text] == [
        "",
        "",
        "",
        "ja",
        "ja",
    ]
    alone = next(each for each in articles(folder, notices=(HousePiece("停航", "驗船。"),)) if each.genre)
    assert (alone.kicker, alone.headline, alone.genre) == ("啟事", "停航", Genre.NOTICE)


def test_a_correction_leads_to_what_it_corrects(folder: Path) -> None:
    entries = (*EVERYTHING["corrections"], Correction("作者應為周柏安。", number="特刊"))
    column = next(each for each in articles(folder, corrections=entries) if each.genre)
    assert column.headline == "更正"
    assert isinstance(column.body[0], Crosshead)
    ends = [block.text[0] for block in column.body if isinstance(block, Paragraph)][1::2]
    assert [(span.text, span.href) for span in ends] == [
        ("原刊第11期、2024年5月5日", "https://news.example/11"),
        ("原刊特刊", ""),
    ]


def test_the_label_of_advertisements_is_there_unless_it_is_taken_away(folder: Path) -> None:
    adverts = [each for each in articles(folder, **EVERYTHING) if each.genre is Genre.ADVERTISEMENT]
    assert [each.kicker for each in adverts] == ["廣告", ""]


def test_what_is_said_of_places_holds_and_a_section_that_is_none_is_a_finding(folder: Path) -> None:
    boxes = (
        HousePiece("一", "甲", after="park.md"),
        HousePiece("二", "乙", section="街坊"),
        HousePiece("三", "丙", section="無"),
    )
    asked = project("out.json", boxes=boxes, editorial=HousePiece("評", "丁", section="公園"))
    _, found = made(folder, asked)
    issue = load((folder / "out.json").read_bytes(), "out.json")
    assert isinstance(issue, Issue)
    assert [each.headline for each in issue.articles] == ["market", "ferry", "二", "評", "park", "一", "library", "三"]
    assert [(each.code, each.where.source) for each in found if each.code is Code.SETTING_UNFIT] == [
        (Code.SETTING_UNFIT, "box-3.md")
    ]


def test_a_section_whose_articles_are_held_vanishes_with_a_note(folder: Path) -> None:
    held = (Amendment("market.md", hold=True), Amendment("ferry.md", leave_out=True))
    _, found = made(folder, project("out.json", articles=held, advertisements=(Advertisement("酒", "甜酒"),)))
    codes = [each.code for each in found]
    assert {Code.ARTICLE_HELD, Code.ARTICLE_LEFT_OUT, Code.SECTION_EMPTY} <= set(codes)
    issue = load((folder / "out.json").read_bytes(), "out.json")
    assert isinstance(issue, Issue)
    assert [each.section for each in issue.articles] == ["公園"] * 3


ODD: dict[str, dict[str, Any]] = {
    "everything": EVERYTHING,
    "three full pages": {
        "advertisements": tuple(Advertisement(name, "酒", size="full") for name in ("柳園", "杏園", "桃園")),
    },
    "many": {
        "notices": tuple(HousePiece(f"啟事{n}", "遺失船票一張，拾獲者請送渡口。") for n in range(40)),
        "staff": Staff(roles=(StaffRole("記者", tuple(f"周柏{n}" for n in range(80))),)),
        "foreword": HousePiece("致讀者", "這一期印出來的時候，燈籠已經掛了三晚。" * 250),
    },
}


@pytest.mark.parametrize("style", ["bulletin", "newspaper"])
@pytest.mark.parametrize("odd", ODD)
def test_it_is_printed_whole(folder: Path, style: str, odd: str) -> None:
    """The PDF is held against its edition when it is written: no character is lost."""
    _, found = made(folder, project("out.pdf", style=style, **ODD[odd]))
    assert [each for each in found if each.code is Code.STORY_NOT_SET] == []
    pages = pypdfium2.PdfDocument(folder / "out.pdf")
    if odd == "three full pages":
        shown = [page.get_textpage().get_text_bounded() for page in pages]
        assert sum(any(name in text for name in ("柳園", "杏園", "桃園")) for text in shown) == 3


def test_an_e_book_says_what_each_piece_is_and_its_contents_list_no_advertisement(folder: Path) -> None:
    made(folder, project("out.epub", **EVERYTHING))
    with zipfile.ZipFile(folder / "out.epub") as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}
    nav = next(text for name, text in pages.items() if "nav" in name)
    assert "致讀者" in nav
    assert "更正" in nav
    assert "甜酒" not in nav
    assert "訂閱" not in nav
    everything = "".join(pages.values())
    for told in (
        'epub:type="foreword" role="doc-foreword"',
        'epub:type="notice" role="doc-notice"',
        'epub:type="errata" role="doc-errata"',
        'aria-label="廣告"',
    ):
        assert told in everything, told


def test_large_print_has_nothing_that_is_small(folder: Path) -> None:
    made(folder, project("paper.pdf", style="large-print", **EVERYTHING))
    document = pypdfium2.PdfDocument(folder / "paper.pdf")
    sizes = dict[float, str]()
    for page in document:
        words = page.get_textpage()
        for at in range(words.count_chars()):
            # The engine writes in pixels, of which 96 make an inch.
            size = 0.75 * pypdfium2.raw.FPDFText_GetFontSize(words, at)
            sizes[round(size, 1)] = sizes.get(round(size, 1), "") + words.get_text_range(at, 1)
    assert {size: said for size, said in sizes.items() if size < 14 and said.strip()} == {}
