"""Pages as scraped, in our own words, become the articles that lie beside them: pages/NAME.txt and pages/NAME.json.

`pytest --update` writes what comes out, to be looked at before it is committed.
"""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsbook import desk, native, readers, repairs
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy, Crosshead, Figure, Line, Paragraph, Source
from plain import bare, strings_of

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
    """Labels, separators and white space may go; a word may not."""
    article, _ = edited(page.read_text("utf-8"))
    kept = Counter(bare("".join(strings_of(article))))
    kept += Counter("".join(omission.text for omission in article.source.omissions))
    kept += Counter("".join(credit.name for credit in article.credits) + article.source.outlet)
    for line in page.read_text("utf-8").splitlines():
        missing = Counter(bare(line)) - kept
        words = "".join(character for character in missing if character.isalpha())
        assert not set(words) - set(_LABELS), (line, words)


# What meta lines are labelled with, and the characters of dates, which become ISO 8601.
_LABELS = "来來源稿作者记記者责責编編辑任年月日二〇四十时時分입력수정오전기자配信木文信息报報讯摄圖图社原标題题輯"


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


_LINE = st.text(st.sampled_from("渡口老街的早市開了。，：「」（）|1２a 　攝圖責編記者來源2024年-/"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINE, min_size=1, max_size=12))
def test_no_page_breaks_the_desk(lines: list[str]) -> None:
    copy = Copy(tuple(Line(line, number) for number, line in enumerate(lines, 1)), Source(name="p"))
    article = desk.edit(copy, lambda _: None)
    assert all(isinstance(block, Paragraph | Crosshead | Figure) for block in article.body)
