"""Ranks: lead, stories and briefs, by place, length and pictures, or as said; how headlines follow from them."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from issues import LONG, article, issue, text
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, load_style, make_up
from newsbook.layout.headlines import balanced, phrases, size_of, width_of
from newsbook.layout.ranks import ranked, reading_order
from newsbook.model import Article, Block, Crosshead, Edition, Figure, Issue, Paragraph, Rank
from newsbook.project.amendments import amended
from newsbook.project.values import Amendment
from stores import STORE, style_of

NOTICE = 130.0


def story(name: str, *said: Block, rank: Rank = Rank.UNSAID, section: str = "") -> Article:
    return Article(name, tuple(said) or (Paragraph(text(LONG * 3)),), language="zh-Hant", rank=rank, section=section)


def brief(name: str, section: str = "") -> Article:
    return Article(name, (Paragraph(text("渡口明日停航一天。")),), language="zh-Hant", section=section)


def ranks(*articles: Article) -> str:
    """Return the first letters of the ranks."""
    return "".join(each.rank.value[0] for each in ranked(issue(*articles), NOTICE).articles)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([story("甲"), brief("乙"), story("丙"), brief("丁")], "lbsb"),
        ([brief("甲"), story("乙"), brief("丙")], "blb"),
        ([story("甲"), brief("乙")], "ls"),
        ([brief("甲"), brief("乙"), brief("丙")], "lbb"),
        ([brief("甲")], "l"),
        ([story("甲"), story("乙", rank=Rank.LEAD), story("丙", rank=Rank.BRIEF)], "slb"),
        ([story("甲"), replace(brief("乙"), rank=Rank.STORY), brief("丙"), brief("丁")], "lsbb"),
        ([story("甲"), brief("乙"), story("丙", Figure(text("渡口。"))), story("丁", Crosshead(text("渡口")))], "lsss"),
        ([story("甲"), Article("乙"), Article("丙")], "lss"),
    ],
)
def test_a_story_has_the_rank_that_is_said_or_that_its_place_and_length_give(
    articles: list[Article], expected: str
) -> None:
    assert ranks(*articles) == expected


def order(*articles: Article) -> str:
    subject = ranked(issue(*articles), NOTICE)
    return "".join(subject.articles[at].headline for at in reading_order(subject))


def test_briefs_stand_behind_the_stories_of_their_section() -> None:
    assert order(story("甲"), brief("乙"), story("丙"), brief("丁"), story("戊")) == "甲丙戊乙丁"
    sections = [
        story("甲", section="河"),
        brief("乙", section="河"),
        story("丙", section="河"),
        brief("丁"),
        story("戊"),
    ]
    assert order(*sections) == "甲丙乙戊丁"


def made(subject: Issue, carrier: Carrier, style: str = "bulletin") -> Edition:
    return make_up(subject, carrier, style_of(style), "newsbook 0", find_face, print)


ISSUE = issue(
    story("甲", section="河岸"), brief("乙", section="河岸"), brief("丙", section="河岸"), story("丁"), brief("戊")
)


@pytest.mark.parametrize("style", ["bulletin", "newspaper", "reader"])
def test_bands_stand_where_a_section_and_the_briefs_in_it_begin(style: str) -> None:
    documents = made(ISSUE, Carrier.PRINT, style).documents
    bands = [
        re.findall(r'class="band[^"]*">([^<]*)', each.body) for each in documents if each.role in {"article", "brief"}
    ]
    assert bands == [["河岸"], ["簡訊"], [], [], ["簡訊"]]
    assert [each.role for each in documents if each.role in {"article", "brief"}].count("brief") >= 3


@pytest.mark.parametrize("carrier", [Carrier.PRINT, Carrier.EBOOK])
def test_the_contents_have_two_levels(carrier: Carrier) -> None:
    front = made(ISSUE, carrier).documents[0].body
    assert re.findall(r'class="section">([^<]*)', front) == ["河岸", "簡訊"]
    assert [*re.findall(r'class="title"[^>]*>([^<]*)', front)] == ["甲", "乙", "丙", "丁", "戊"]


def test_the_identifier_of_an_edition_is_that_of_its_issue_before_ranks_are_found() -> None:
    said = replace(ISSUE, articles=tuple(ranked(ISSUE, NOTICE).articles))
    assert made(ISSUE, Carrier.EBOOK).metadata.identifier != made(said, Carrier.EBOOK).metadata.identifier
    assert made(ISSUE, Carrier.EBOOK).metadata.identifier == made(ISSUE, Carrier.PRINT).metadata.identifier


def test_a_brief_is_signed_once_and_with_words_of_its_own() -> None:
    def head(subject: Article) -> str:
        body = made(issue(story("甲"), subject, brief("乙")), Carrier.PRINT).documents[2].body
        return body.partition("</header>")[0]

    signed = replace(brief("丙"), source=article().source, credits=article().credits, published="2024-05-12")
    assert "byline" not in head(signed)
    assert "本報記者 林小舟" in head(replace(signed, byline="本報記者 林小舟"))


@pytest.mark.parametrize("measure", [14.0, 17.5, 21.7])
def test_a_long_headline_is_set_smaller_and_in_three_lines_at_most(measure: float) -> None:
    headline = "渡口老街的早市停了整整三年，終於在立夏這天重新開張　豆花攤前天沒亮就排起了長隊　街坊說等的就是這一碗"
    size = size_of(headline, measure)
    parts, width = phrases(headline, measure / size), balanced(headline, measure / size)
    assert 0.6 < size < 1
    assert width_of(headline) / width <= 3
    assert measure < 17 or len(parts) > 1


@pytest.mark.parametrize("headline", ["", "　", "渡" * 300, "a" * 500, "渡口，" * 100])
def test_any_headline_has_a_size(headline: str) -> None:
    assert 0.6 < size_of(headline, 17.5) <= 1


def test_what_the_issue_file_says_is_followed() -> None:
    assert amended(story("甲"), Amendment(of="*", rank="brief")).rank is Rank.BRIEF
    assert amended(story("甲", rank=Rank.LEAD), Amendment(of="*", rank="")).rank is Rank.UNSAID


def test_a_style_says_how_short_a_brief_is(tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_text("[print]\nnotice = 0.0\n")
    edition = make_up(ISSUE, Carrier.PRINT, load_style(str(tmp_path), STORE), "", find_face, print)
    assert {each.role for each in edition.documents} == {"contents", "article", "colophon"}
