"""Every character of the model is in the e-book, in order, whatever the articles are like."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from issues import article, issue
from making import epub_of
from nasty import LOST, nasty_articles
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Issue, Items, Paragraph, Span, Table
from newsbook.project import Output
from newsbook.writers.epub.cutting import cut
from newsbook.writers.epub.parts import LIMIT
from plain import strings_of
from writers.epub_tools import document, edition, epubcheck, tree, unzipped, written

COUNT = 200


def book(subject: Issue, cover: Path) -> tuple[bytes, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return epub_of(subject, Output(cover=str(cover)), found.append), found


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from issues import picture

    return picture(tmp_path_factory.mktemp("cover") / "cover.png")


@pytest.fixture(scope="module")
def nasty_book(cover: Path) -> bytes:
    made, found = book(issue(*nasty_articles(COUNT)), cover)
    assert found == []
    return made


def texts(made: bytes) -> dict[str, str]:
    """Return the text of each article, its parts joined, by the article's name."""
    held: dict[str, str] = {}
    for name, data in unzipped(made).items():
        match = re.fullmatch(r"EPUB/(a\d+)(-part\d+)?\.xhtml", name)
        if match:
            body = etree.fromstring(data).find("{*}body")
            assert body is not None
            held[match[1]] = held.get(match[1], "") + "".join(map(str, body.itertext()))
    return held


def is_whole(story: Article, text: str) -> bool:
    """Tell whether every string of a story stands in a text, unbroken and one behind the other."""
    at = 0
    for string in strings_of(story):
        at = text.find(string, at)
        if at < 0:
            return False
        at += len(string)
    return True


def test_every_character_of_nasty_articles_is_in_the_book(nasty_book: bytes) -> None:
    held = texts(nasty_book)
    assert len(held) == COUNT
    for number, story in enumerate(nasty_articles(COUNT), 1):
        # Briefs stand behind the stories.
        assert any(is_whole(story, text) for text in held.values()), f"{number}: {story.headline}"


@pytest.mark.tool
def test_epubcheck_has_nothing_to_say_of_nasty_articles(nasty_book: bytes, tmp_path: Path) -> None:
    path = tmp_path / "nasty.epub"
    path.write_bytes(nasty_book)
    assert epubcheck(path) == ()


@pytest.mark.parametrize("lost", LOST)
def test_what_no_xml_can_hold_costs_itself_and_no_more(lost: str, cover: Path) -> None:
    words = f"早{lost}市"
    broken = Article(words, (Paragraph((Span(words),)),), language="zh-Hant")
    made, found = book(issue(article(), broken, article("三")), cover)
    assert [finding.code for finding in found] == [Code.CONTROL_CHARACTERS]
    held = texts(made)
    assert held["a002"].count("早") == held["a002"].count("市") == 2
    assert is_whole(article(), held["a001"])
    assert is_whole(article("三"), held["a003"])


# --- long documents


def long_article() -> Article:
    """Return an article of about a megabyte, of all that can be long."""
    sentence = "渡口老街的早市六點開張，賣豆花的陳阿婆總是第一個到。"
    paragraph = Paragraph((Span(sentence * 20), Span("慢讀", ruby="mànd"), Span(sentence * 20)))
    rows = tuple(((Span(f"{number}月"),), (Span(sentence),)) for number in range(3000))
    return Article(
        "長",
        (
            *(paragraph for _ in range(60)),
            Paragraph((Span(sentence * 6000),)),
            Items(tuple((Span(f"{sentence}{number}"),) for number in range(4000)), ordered=True),
            Table((((Span("月"),), (Span("記事"),)), *rows), 1, (Span("大事記"),)),
        ),
        language="zh-Hant",
    )


@pytest.fixture(scope="module")
def long_book(cover: Path) -> bytes:
    return book(issue(long_article(), article("短")), cover)[0]


def test_no_document_is_longer_than_old_readers_take(long_book: bytes) -> None:
    sizes = {name: len(data) for name, data in unzipped(long_book).items() if name.endswith("xhtml")}
    assert max(sizes.values()) < 300_000
    assert sum(name.startswith("EPUB/a001") for name in sizes) > 3


def test_nothing_is_lost_where_a_document_is_cut(long_book: bytes) -> None:
    text = re.sub(r"\s", "", texts(long_book)["a001"])
    head = "月記事"
    assert text.count(head) > 1
    first = text.find(head) + len(head)
    bare = text[:first] + text[first:].replace(head, "")
    expected = "".join(strings_of(long_article()))
    assert expected in bare


def test_a_numbered_list_goes_on_counting_behind_a_cut(long_book: bytes) -> None:
    count = 0
    for name in sorted(unzipped(long_book), key=lambda name: [int(n) for n in re.findall(r"\d+", name)]):
        if name.startswith("EPUB/a001"):
            for held in tree(long_book, name.removeprefix("EPUB/")).iter("{*}ol"):
                assert int(held.get("start", "1")) == count + 1
                count += len(held)
    assert count == 4000


@pytest.mark.tool
def test_epubcheck_has_nothing_to_say_of_long_documents(long_book: bytes, tmp_path: Path) -> None:
    path = tmp_path / "long.epub"
    path.write_bytes(long_book)
    assert epubcheck(path) == ()


def test_links_are_led_to_where_their_places_went() -> None:
    filler = "<p>早市開張。</p>" * 12_000
    body = f'<p id="top"><a href="#end">末</a></p>{filler}<h2 id="end">末</h2><p><a href="#top">首</a></p>{filler}'
    made = written(edition(document("a001", body), document("a002", '<p><a href="a001.xhtml#end">見</a></p>')))
    places = {name for name, data in unzipped(made).items() if b'id="end"' in data}
    assert places == {"EPUB/a001-part2.xhtml"}
    assert b'href="a001-part2.xhtml#end"' in unzipped(made)["EPUB/a001.xhtml"]
    assert b'href="a001-part2.xhtml#end"' in unzipped(made)["EPUB/a002.xhtml"]
    assert b'href="a001.xhtml#top"' in unzipped(made)["EPUB/a001-part2.xhtml"]


@pytest.mark.parametrize(
    ("unit", "starts"),
    [
        ("早市六點開張，", "早"),
        ("渡口老街", "渡口老街"),
        ("ferry ", "f"),
        ("ab", "ab"),
        ("葛\N{VARIATION SELECTOR-17}", "葛"),
    ],
)
def test_a_paragraph_without_a_sentence_is_divided_all_the_same(unit: str, starts: str) -> None:
    body = f"<p>{unit * 3000}</p>"
    parts = cut(body, 8000)
    assert max(len(part.encode()) for part in parts) <= 8000
    bare_parts = [re.sub("<.*?>", "", part) for part in parts]
    assert "".join(bare_parts) == unit * 3000
    assert {part[0] for part in bare_parts} <= {*starts}


def test_a_part_begins_with_a_crosshead_where_one_is_near() -> None:
    body = ("<p>早市開張。</p>" * 300 + "<h2>小標</h2>") * 8
    parts = cut(f'<article id="a">{body}</article>', 20_000)
    assert len(parts) >= 4
    assert all(part.partition(">")[2].startswith("<h2>") for part in parts[1:])


INLINE = st.sampled_from(
    ["早市。", "豆花！」", "<b>燈</b>", "<i>路。<b>坊</b></i>", "<ruby>埕<rt>t</rt></ruby>", " ", "x. y"]
)
BLOCKS = st.recursive(
    st.lists(INLINE, max_size=12).map(lambda parts: f"<p>{''.join(parts)}</p>尾"),
    lambda inner: st.tuples(st.sampled_from(["div", "section", "blockquote"]), st.lists(inner, max_size=5)).map(
        lambda drawn: f"前<{drawn[0]}>{''.join(drawn[1])}</{drawn[0]}>後"
    ),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(BLOCKS, min_size=1, max_size=6).map("".join), st.integers(40, 400))
def test_parts_hold_the_whole_text_in_order(body: str, limit: int) -> None:
    def text(markup: str) -> str:
        return "".join(etree.fromstring(f"<r>{markup}</r>").itertext())

    assert "".join(map(text, cut(body, limit))) == text(body)


def test_limit_leaves_room_for_the_page_around_a_body() -> None:
    made = written(replace(edition(document(body="<p>早市。</p>" * 40_000)), stylesheets=()))
    assert max(len(data) for data in unzipped(made).values()) < LIMIT + 20_000
