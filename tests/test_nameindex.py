"""The index of names: which names it has, where they stand, the orders that it files them in, and its two carriers."""

import json
import subprocess
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct, convert

from newsbook.diagnostics import Code
from newsbook.documents import document
from newsbook.layout.indexing import indexed
from newsbook.layout.listings import Listing
from newsbook.layout.words import words_for
from newsbook.model import Article, Credit, Issue, Paragraph, Role, Source, Span
from newsbook.nameindex import Listed, Order, Wanted, anchored, filed, forms_of, headings
from newsbook.writers.pdf.locators import ranges
from tools import require

ORDERS = tomllib.loads((Path(__file__).parent / "nameindex/orders.toml").read_text("utf-8"))


class Exceptional(Struct, frozen=True):
    name: str
    behind: str
    why: str


def of_icu(order: Order) -> list[str]:
    return str(ORDERS[order]["icu"]).strip().replace("\n", "|").split("|")


def of_ours(order: Order) -> list[str]:
    shuffled = sorted(of_icu(order), key=lambda name: name[::-1])
    return sorted(shuffled, key=lambda name: filed(name, order, is_taiwan=order == "strokes").key)


@pytest.mark.parametrize("order", get_args(Order))
def test_two_hundred_names_are_filed_as_icu_has_them_but_for_those_that_are_told_with_a_reason(order: Order) -> None:
    icu, ours = of_icu(order), of_ours(order)
    exceptions = convert(ORDERS[order]["exceptions"], tuple[Exceptional, ...])
    named = {each.name for each in exceptions}
    assert len(icu) == len(set(icu)) == 200
    assert [name for name in ours if name not in named] == [name for name in icu if name not in named]
    for each in exceptions:
        assert ours[ours.index(each.name) - 1] == each.behind, each.why
        others = named - {each.name}
        assert [name for name in ours if name not in others] != [name for name in icu if name not in others]


@pytest.mark.tool
@pytest.mark.parametrize("order", get_args(Order))
def test_the_reference_is_what_icu_says(order: Order) -> None:
    program = (
        "const [locale, names] = JSON.parse(require('fs').readFileSync(0));"
        "const {compare} = new Intl.Collator(locale);"
        "console.log(JSON.stringify([process.versions.icu, names.sort(compare)]))"
    )
    given = json.dumps([ORDERS[order]["locale"], sorted(of_icu(order))])
    done = subprocess.run([require("node"), "-e", program], input=given, capture_output=True, text=True, check=True)
    version, names = json.loads(done.stdout)
    if version != ORDERS["version"]:
        pytest.skip(f"this node has ICU {version}, whose tables may differ")
    assert names == of_icu(order)


@pytest.mark.parametrize(
    ("name", "order", "reading", "is_person", "group"),
    [
        ("單于海", "pinyin", "", True, "C"),
        ("單明", "pinyin", "", True, "S"),
        ("单车店", "pinyin", "", False, "D"),
        ("重慶", "pinyin", "", False, "C"),
        ("尉遲敬", "zhuyin", "", True, "ㄩ"),
        ("呂布", "zhuyin", "", True, "ㄌ"),
        ("渡邊", "pinyin", "wáng biān", True, "W"),
        ("骨", "strokes", "", True, "9"),
        ("汐見透", "gojuon", "しおみ とおる", True, "さ"),
        ("汐見透", "gojuon", "", True, "unread"),
        ("李나루", "ganada", "", True, "ㅇ"),
        ("金小舟", "ganada", "", True, "ㄱ"),
        ("Bell, Anna", "pinyin", "", True, "A–Z"),
        ("Ольга", "strokes", "", True, "Cyrillic"),
        ("ليلى", "gojuon", "", True, "Arabic"),
    ],
)
def test_a_name_stands_in_its_group(name: str, order: Order, reading: str, is_person: bool, group: str) -> None:  # noqa: FBT001 - a case.
    assert filed(name, order, reading, is_person=is_person).group == group


def names_in(body: str, *names: str) -> list[str]:
    known = headings((), Wanted(names=tuple(map(Listed, names))), "zh-Hant")
    return [one.name for one in anchored(body, forms_of(known), "n", every=True)[1]]


def test_names_are_found_whole_the_longest_first_through_formatting_and_ruby() -> None:
    assert names_in("<p>王小明與王小</p>", "王小", "王小明") == ["王小明", "王小"]
    assert names_in("<p>王<strong>小</strong>明，台灣、臺灣、台湾</p>", "王小明", "臺灣") == [
        "王小明",
        "臺灣",
        "臺灣",
        "臺灣",
    ]
    assert names_in("<p>Anna Bell, Ann Bell&amp;Co, AT&amp;T</p>", "Ann Bell", "AT&T") == ["Ann Bell", "AT&T"]
    assert names_in("<p>王小</p><p>明</p>", "王小明") == []
    assert names_in("<p>アンナとアン、김나루는</p>", "アン", "김 나루") == ["アン", "김 나루"]
    (found,) = anchored(
        "<p><ruby>汐見<rt>しおみ</rt></ruby> <ruby>透<rt>とおる</rt></ruby></p>",
        forms_of(headings((), Wanted(names=(Listed("汐見透"),)), "ja")), "n", every=True,
    )[1]  # fmt: skip
    assert found.reading == "しおみとおる"


def issue_of(*articles: Article) -> tuple[Issue, tuple[Listing, ...]]:
    listings = tuple(
        Listing(f"a{number}", "", f"#a{number}", one.headline, one.language, "", "", "")
        for number, one in enumerate(articles)
    )
    return Issue("渡口", articles, "zh-Hant-TW"), listings


def test_an_index_has_credits_outlets_and_datelines_and_says_what_it_could_not_do() -> None:
    article = Article(
        "開市", (Paragraph((Span("林小舟到雲溪。"),)),), language="zh-Hant-TW", dateline="渡口社雲溪3月5日電",
        credits=(Credit(Role.AUTHOR, "林小舟"), Credit(Role.EDITOR, "本報記者")), source=Source(outlet="渡口日報"),
    )  # fmt: skip
    issue, listings = issue_of(article)
    body = "<p>渡口日報　本報記者</p><p>渡口社雲溪3月5日電　林小舟到雲溪。</p>"
    found: list[Code] = []
    made = indexed(
        issue, listings, (document("a0", "article", "開市", "zh-Hant-TW", body),),
        Wanted(names=(Listed("無此人"), Listed("無此人"))), words_for(issue.language),
        lambda one: found.append(one.code),
    )  # fmt: skip
    assert [(group.title, [line.name for line in group.lines]) for group in made.groups] == [
        ("ㄉ", ["渡口日報"]), ("ㄌ", ["林小舟"]), ("ㄩ", ["雲溪"]),
    ]  # fmt: skip
    assert [len(line.locators) for group in made.groups for line in group.lines] == [1, 1, 2]
    assert set(made.documents[0].anchors) == {f"a0-name-{number}" for number in range(1, 5)}
    assert found == [Code.INDEX_NAME_UNFOUND]


def test_a_name_in_five_hundred_places_has_its_pages_once() -> None:
    places = [(1 + number // 10, f"n{number}") for number in range(500)]
    assert [(str(one), one.anchor) for one in ranges(places)] == [("1–50", "n0")]
    assert ranges([]) == ()
