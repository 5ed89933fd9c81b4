"""Colophons: a line or two at a story's end, the rest in one other place, and nothing lost between them."""

import pytest

from issues import article, issue
from newsbook.documents import document
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up, make_up_lone
from newsbook.layout.facts import colophon, details, short_address
from newsbook.layout.words import words_for
from newsbook.model import OVERRIDE, Article, Credit, Edition, Issue, Repair, Reprint, Role, Source
from stores import style_of

WORDS = words_for("zh-Hant")
HASH = "0123456789abcdef" * 4
WHOLE = Article(
    "渡口擺渡人",
    published="2024-05-12T08:30:00",
    updated="2024-05-13",
    language="zh-Hant",
    credits=tuple(Credit(role, f"{name}小舟") for role, name in zip(Role, "林周陳何許羅", strict=True)),
    source=Source(
        name="a.html",
        outlet="渡口街坊報",
        url="https://www.ferry.example/local/2024/05/12/t20240512_88.html?from=a",
        retrieved="2024-05-14T09:00:00",
        rights="渡口街坊會",
        sha256=HASH,
        encoding="gb18030",
        repairs=(Repair("slipped-bytes", 1, 1, "?", "渡"), Repair(OVERRIDE, 2, 1, "船", "舟")),
        reprints=(Reprint("b.html", "對岸報"),),
    ),
)


def made(subject: Issue, carrier: Carrier, style: str = "bulletin") -> Edition:
    return make_up(subject, carrier, style_of(style), "newsbook 0", find_face, print)


def of(edition: Edition, role: str) -> str:
    return "".join(each.text for each in edition.documents if each.role == role)


def test_a_story_ends_on_what_a_reader_asks() -> None:
    told = [(fact.name, fact.value, fact.href) for fact in colophon(WHOLE, WORDS)]
    assert told == [
        ("outlet", "渡口街坊報", ""),
        ("author", "林小舟", ""),
        ("translator", "陳小舟", ""),
        ("correspondent", "許小舟", ""),
        ("editor", "周小舟", ""),
        ("published", "2024年5月12日 08:30", ""),
        ("url", "ferry.example/…/t20240512_88.html", WHOLE.source.url),
        ("corrected", "newsbook、編輯", ""),
    ]


def test_what_was_left_as_it_is_was_not_corrected() -> None:
    source = Source(
        sha256=HASH,
        repairs=(Repair("noise", 1, 1, "渡", "船", doubtful=True), Repair(OVERRIDE, 1, 1, "渡", "渡")),
    )
    assert colophon(Article("題", source=source), WORDS) == ()


@pytest.mark.parametrize("style", ["bulletin", "official"])
def test_nothing_is_lost_between_colophon_and_table_of_sources(style: str) -> None:
    for carrier in (Carrier.PRINT, Carrier.EBOOK):
        edition = made(issue(WHOLE, WHOLE), carrier, style)
        everything = of(edition, "article") + of(edition, "colophon")
        assert [fact for fact in colophon(WHOLE, WORDS, is_full=True) if fact.value not in everything] == []


@pytest.mark.parametrize(("style", "stories", "back"), [("bulletin", 0, 2), ("official", 2, 0)])
def test_a_style_says_where_hashes_stand(style: str, stories: int, back: int) -> None:
    edition = made(issue(WHOLE, WHOLE), Carrier.PRINT, style)
    assert (of(edition, "article").count(HASH), of(edition, "colophon").count(HASH)) == (stories, back)


def test_where_there_is_no_table_of_sources_the_imprint_or_the_colophon_has_it_all() -> None:
    edition = made(issue(WHOLE), Carrier.PRINT)
    assert (of(edition, "article").count(HASH), of(edition, "colophon").count(HASH)) == (0, 1)
    assert HASH in of(make_up_lone(issue(WHOLE, article()), 1, style_of()), "article")


def test_an_address_that_was_cut_leads_to_the_whole() -> None:
    (story,) = (each for each in made(issue(WHOLE), Carrier.PRINT).documents if each.role == "article")
    assert WHOLE.source.url in story.links
    assert story == document(story.name, story.role, story.title, story.language, story.body)


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("https://ferry.example/", "ferry.example"),
        ("http://user:secret@ferry.example:8080/a", "ferry.example:8080/a"),
        ("https://ferry.example/read?id=20240512", "ferry.example/…/read"),
        ("https://ferry.example/" + "渡" * 60, "ferry.example"),
        ("https://ferry.example/a/%E6%B8%A1%E5%8F%A3%E8%A1%97%E5%9D%8A", "ferry.example"),
        ("https://[::1", "https://[::1"),
        ("nowhere", "nowhere"),
    ],
)
def test_short_addresses(address: str, short: str) -> None:
    assert short_address(address) == short


def test_no_repairs_are_no_news_in_the_table() -> None:
    bare = Article("題", source=Source(name="a.txt", sha256=HASH))
    assert [fact.name for fact in details(bare, WORDS)] == ["sha256"]


def test_families_with_a_face_for_every_region_are_named_once() -> None:
    stories = (article(), Article("渡し", language="ja"), Article("나루", language="ko"))
    fonts = of(made(issue(*stories), Carrier.PRINT), "colophon")
    assert fonts.count("Noto Serif CJK") == fonts.count("Noto Sans CJK") == 1
