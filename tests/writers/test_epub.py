"""Writing an e-book: the tree that comes out, and that nothing of the edition is lost on the way."""

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsbook.diagnostics import InputError
from newsbook.model import Contribution, Edition, Entry, Media
from writers.epub_tools import (
    DC,
    METADATA,
    body_text,
    cover,
    document,
    edition,
    epubcheck,
    nasty,
    picture,
    tree,
    unzipped,
    written,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def nasty_book(tmp_path: Path) -> bytes:
    return written(nasty(tmp_path), cover())


def values(made: bytes, name: str) -> list[str | None]:
    return [node.text for node in tree(made, "content.opf").iter(name)]


def stated(made: bytes, meta: str) -> list[str | None]:
    return [node.text for node in tree(made, "content.opf").iterfind(f".//{{*}}meta[@property='{meta}']")]


# --- the container


def test_the_container_is_in_order(nasty_book: bytes) -> None:
    with zipfile.ZipFile(BytesIO(nasty_book)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
        "EPUB/nav.xhtml",
        "EPUB/toc.ncx",
        "EPUB/cover.jpg",
        "EPUB/cover.xhtml",
        "EPUB/front.xhtml",
        "EPUB/a001.xhtml",
        "EPUB/images/a001-1.jpg",
        "EPUB/images/a001-2.png",
        "EPUB/a002.xhtml",
        "EPUB/a003.xhtml",
        "EPUB/back.xhtml",
        "EPUB/styles/book.css",
    ]
    assert {entry.date_time for entry in entries} == {(2024, 5, 7, 0, 30, 0)}
    assert not any(entry.extra for entry in entries)


def test_what_is_compressed_already_is_stored(nasty_book: bytes) -> None:
    with zipfile.ZipFile(BytesIO(nasty_book)) as archive:
        stored = {e.filename for e in archive.infolist() if e.compress_type == zipfile.ZIP_STORED}
    assert stored == {"mimetype", "EPUB/cover.jpg", "EPUB/images/a001-1.jpg", "EPUB/images/a001-2.png"}
    assert nasty_book[30:58] == b"mimetypeapplication/epub+zip"


@pytest.mark.parametrize(
    ("stamp", "held"),
    [
        ("1066-10-14T09:00:00Z", (1980, 1, 1, 0, 0, 0)),
        ("2300-01-01T00:00:00Z", (2107, 12, 31, 0, 0, 0)),
        ("2020-01-17", (2020, 1, 17, 0, 0, 0)),
    ],
)
def test_a_time_that_a_zip_cannot_hold_is_drawn_to_the_nearest(stamp: str, held: tuple[int, ...]) -> None:
    made = written(edition(metadata=replace(METADATA, modified=stamp)), b"")
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {held}


# --- the package


def test_the_package_says_its_language_and_direction(nasty_book: bytes) -> None:
    package = tree(nasty_book, "content.opf")
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hant"
    assert package.get("dir") == "ltr"
    assert values(nasty_book, f"{DC}language") == ["zh-Hant", "ja", "ko", "en"]


def test_metadata_keep_their_special_characters(nasty_book: bytes) -> None:
    assert values(nasty_book, f"{DC}title") == ["渡口街坊報 <第12期> & “特刊”"]
    assert values(nasty_book, f"{DC}description") == ["一 -- 二 <三>"]
    assert values(nasty_book, f"{DC}source") == ["https://example.org/a?x=1&y=2", "渡口街坊網"]


def test_the_time_of_change_is_in_utc_and_to_the_second(nasty_book: bytes) -> None:
    assert stated(nasty_book, "dcterms:modified") == ["2024-05-07T00:30:01Z"]


@pytest.mark.parametrize(
    ("date", "told"),
    [("2024-05-07T08:30:00", ["2024-05-07"]), ("2024-05", ["2024-05"]), ("立夏", []), ("", [])],
)
def test_the_date_is_told_in_the_form_that_shelves_read(date: str, told: list[str]) -> None:
    made = written(edition(metadata=replace(METADATA, date=date)), b"")
    assert values(made, f"{DC}date") == told


def test_each_contributor_has_its_role(nasty_book: bytes) -> None:
    package = tree(nasty_book, "content.opf")
    people = {
        f"#{node.get('id')}": node.text for node in package.iter(f"{DC}creator", f"{DC}contributor", f"{DC}publisher")
    }
    roles = {people[str(node.get("refines"))]: node.text for node in package.iterfind(".//{*}meta[@property='role']")}
    assert roles == {"林小舟": "aut", "許一帆 & 友": "edt", "街坊會": "pht", "渡口街坊會 & 友": "pbl"}
    assert values(nasty_book, f"{DC}creator") == ["林小舟"]


def test_the_cover_is_marked_in_both_ways(nasty_book: bytes) -> None:
    package = tree(nasty_book, "content.opf")
    new = package.findall(".//{*}item[@properties='cover-image']")
    old = package.findall(".//{*}meta[@name='cover']")
    assert [item.get("href") for item in new] == ["cover.jpg"]
    assert [meta.get("content") for meta in old] == [item.get("id") for item in new]


def test_a_book_without_a_cover_says_nothing_of_one() -> None:
    assert not [name for name in unzipped(written(edition(), b"")) if "cover" in name]
    assert b"cover" not in unzipped(written(edition(), b""))["EPUB/content.opf"]


def test_an_edition_with_its_own_cover_page_keeps_it() -> None:
    own = document("cover", "<h1>渡口街坊報</h1>", role="cover", title="封面")
    made = written(edition(own, document()), cover())
    assert "渡口街坊報" in body_text(made, "cover")
    assert "EPUB/cover.jpg" in unzipped(made)


def test_sight_is_claimed_only_where_there_are_pictures(tmp_path: Path) -> None:
    bare = written(edition(), b"")
    shown = document("a001", '<p><img src="images/p.png" alt="長桌"/></p>')
    pictured = written(edition(shown, media=(picture(tmp_path, "p.png"),)), b"")
    assert stated(bare, "schema:accessMode") == ["textual"]
    assert stated(bare, "schema:accessModeSufficient") == ["textual"]
    assert stated(pictured, "schema:accessMode") == ["textual", "visual"]
    assert "alternativeText" not in stated(pictured, "schema:accessibilityFeature")


def test_what_a_document_holds_is_told_in_the_manifest() -> None:
    drawing = '<p><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg></p>'
    made = written(edition(document("a001", drawing), document("a002")), b"")
    items = tree(made, "content.opf").iterfind(".//{*}item[@media-type='application/xhtml+xml']")
    assert {item.get("href"): item.get("properties") for item in items} == {
        "nav.xhtml": "nav",
        "a001.xhtml": "svg",
        "a002.xhtml": None,
    }


# --- the ways in


def test_contents_nest_in_nav(nasty_book: bytes) -> None:
    nav = tree(nasty_book, "nav.xhtml")
    top, sections = nav.findall(".//{*}nav[@id='toc']/{*}ol/{*}li"), nav.findall(".//{*}li/{*}ol")
    assert ["".join(map(str, item[0].itertext())) for item in top] == ["目錄", "街坊", "其他 & 餘下", "版記"]
    assert [link.get("href") for link in sections[0].iter("{*}a")] == ["a001.xhtml", "a002.xhtml"]
    assert [span.text for span in nav.iter("{*}span")] == ["街坊"]
    assert [link.get("lang") for link in nav.iter("{*}a") if link.get("lang")] == ["ja"]


def test_the_ncx_has_the_right_depth_and_order(nasty_book: bytes) -> None:
    ncx = tree(nasty_book, "toc.ncx")
    depth = ncx.find(".//{*}meta[@name='dtb:depth']")
    assert depth is not None
    assert depth.get("content") == "2"
    points = [(node.get("playOrder"), source.get("src")) for node in ncx.iter("{*}navPoint") for source in node[1:2]]
    assert points == [
        ("1", "front.xhtml"),
        ("2", "a001.xhtml"),
        ("2", "a001.xhtml"),
        ("3", "a002.xhtml"),
        ("4", "a003.xhtml"),
        ("4", "a003.xhtml"),
        ("5", "back.xhtml"),
    ]


def test_contents_can_nest_three_levels_deep() -> None:
    deep = Entry("市", "", (Entry("街", "", (Entry("巷", "a001"), Entry("弄", "a002"))),))
    made = written(edition(document(), document("a002"), contents=(deep,)), b"")
    ncx = tree(made, "toc.ncx")
    assert [node.get("content") for node in ncx.iterfind(".//{*}meta[@name='dtb:depth']")] == ["3"]
    assert len(tree(made, "nav.xhtml").findall(".//{*}li/{*}ol/{*}li/{*}ol/{*}li")) == 2


def test_a_line_without_words_takes_its_documents_title() -> None:
    made = written(edition(document(title="早市"), contents=(Entry("\N{IDEOGRAPHIC SPACE}", "a001"),)), b"")
    assert [node.text for node in tree(made, "nav.xhtml").iterfind(".//{*}nav[@id='toc']//{*}a")] == ["早市"]


def test_landmarks_lead_to_the_parts_that_there_are(nasty_book: bytes) -> None:
    links = tree(nasty_book, "nav.xhtml").iterfind(".//{*}nav[@id='landmarks']//{*}a")
    kind = "{http://www.idpf.org/2007/ops}type"
    assert {link.get(kind): link.get("href") for link in links} == {
        "cover": "cover.xhtml",
        "toc": "front.xhtml",
        "bodymatter": "a001.xhtml",
        "colophon": "back.xhtml",
    }


# --- the text


def test_documents_keep_language_title_and_styles(nasty_book: bytes) -> None:
    page = tree(nasty_book, "a002.xhtml")
    assert page.get("lang") == "ja"
    assert page.findtext("{*}head/{*}title") == "渡し場 & 朝"
    assert [(link.get("href"), link.get("type")) for link in page.iter("{*}link")] == [("styles/book.css", "text/css")]


def test_text_before_the_first_element_and_white_space_survive(nasty_book: bytes, tmp_path: Path) -> None:
    held = nasty(tmp_path).documents[1]
    assert held.body.encode() in unzipped(nasty_book)["EPUB/a001.xhtml"]
    assert body_text(nasty_book, "a001").startswith("前文先於一切元素。\n")
    assert "\N{FISHING POLE AND FISH}　　全形空白。" in body_text(nasty_book, "a001")
    assert body_text(nasty_book, "a001").endswith("重點後文")


# All that XML can hold; a carriage return only as a reference, for a parser reads a bare one as a line feed.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.just("\r"))
MARKUP = st.recursive(
    WORDS.map(lambda words: (escape(words, {"\r": "&#13;"}), words)),
    lambda inner: st.tuples(st.sampled_from(["p", "em", "div", "li", "ruby"]), st.lists(inner, max_size=4)).map(
        lambda drawn: (
            f"<{drawn[0]}>{''.join(markup for markup, _ in drawn[1])}</{drawn[0]}>",
            "".join(words for _, words in drawn[1]),
        )
    ),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(MARKUP, min_size=1, max_size=4))
def test_every_character_survives_in_order(drawn: list[tuple[str, str]]) -> None:
    documents = [document(f"a{number:03d}", markup) for number, (markup, _) in enumerate(drawn)]
    made = written(edition(*documents), b"")
    for number, (_, words) in enumerate(drawn):
        assert body_text(made, f"a{number:03d}") == words


# --- always the same


HASH = """
import hashlib, pathlib, sys
from writers.epub_tools import cover, nasty, written
print(hashlib.sha256(written(nasty(pathlib.Path(sys.argv[1])), cover())).hexdigest())
"""


def test_same_edition_same_bytes(tmp_path: Path) -> None:
    hashes = set()
    for zone, seed in (("Asia/Taipei", "1"), ("America/Los_Angeles", "2")):
        folder = tmp_path / seed
        folder.mkdir()
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        command = [sys.executable, "-c", HASH, str(folder)]
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True, text=True)
        hashes.add(done.stdout)
    assert len(hashes) == 1


def test_a_time_without_a_zone_means_the_same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    made = []
    for zone in ("Asia/Taipei", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.append(written(edition(metadata=replace(METADATA, modified="2024-05-07T00:00:00")), b""))
    monkeypatch.undo()
    time.tzset()
    assert made[0] == made[1]


# --- pictures


def test_a_picture_that_is_gone_is_named() -> None:
    shown = document("a001", '<p><img src="images/gone.png" alt=""/></p>')
    gone = Media("gone.png", "image/png", 1, 1, "0" * 64)
    with pytest.raises(InputError, match=r"the picture gone\.png cannot be read"):
        written(edition(shown, media=(gone,)), b"")


# --- the judges


@pytest.mark.tool
def test_epubcheck_has_nothing_to_say(nasty_book: bytes, tmp_path: Path) -> None:
    book = tmp_path / "nasty.epub"
    book.write_bytes(nasty_book)
    assert epubcheck(book) == ()


@pytest.mark.tool
def test_epubcheck_has_nothing_to_say_of_the_least_book(tmp_path: Path) -> None:
    held: Edition = edition(
        document("cover", "<h1>渡口</h1>", role="cover", title=""),
        document("a001", "光有文字", title="", language=""),
        contents=(Entry("", "a001"),),
        metadata=replace(METADATA, publisher="", description="", date="", contributors=(Contribution("aut", "林"),)),
    )
    book = tmp_path / "least.epub"
    book.write_bytes(written(held, b""))
    assert epubcheck(book) == ()
