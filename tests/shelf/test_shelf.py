"""What e-books are given to: EPUBCheck, Ace by DAISY, foliate-js in a browser, calibre and pandoc.

`make test` gives every style to EPUBCheck, and a book set across and one set in columns to Ace and to the reader.
`make shelf` gives all books to all of them, for which it installs hundreds of megabytes of programs.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from lxml import etree
from msgspec.structs import replace

from making import epub_of
from newsbook.assets import styles
from newsbook.model import Article, Credit, Figure, Issue, Paragraph, Role, Span
from plain import bare, strings_of
from shelf.books import MAKERS, ROOT, STYLED, browser, media, require_packages, whole_issue
from tools import require
from writers.epub_tools import DC, Message, epubcheck

HERE = Path(__file__).parent
SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox"}


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the books; screenshots are left there, to be looked at."""
    return tmp_path_factory.mktemp("shelf")


def grouped(names: Iterable[str], soon: Iterable[str]) -> list[ParameterSet]:
    """Return the names of books, those that `make test` tries first, and the others in the group of the shelf."""
    groups = (("tool", soon), ("shelf", [name for name in names if name not in set(soon)]))
    return [pytest.param(name, marks=getattr(pytest.mark, mark)) for mark, held in groups for name in held]


@cache
def made(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir()
    return MAKERS[name](place)


# --- the judges


@pytest.mark.parametrize("name", grouped(MAKERS, STYLED))
def test_epubcheck_has_nothing_to_say(shelf: Path, name: str) -> None:
    """Asked for how a book uses EPUB too (--usage), it notes every declaration of a font that there is, and no more."""
    found = epubcheck(made(shelf, name))
    noted = Message("USAGE", "CSS-028", "Use of Font-face declaration.")
    assert set(found) == ({noted} if name.endswith("-fonts") else set())


@pytest.mark.parametrize("name", grouped(MAKERS, ["bulletin-fonts", "vertical"]))
def test_ace_finds_no_violation(shelf: Path, name: str) -> None:
    program = require_packages() / "node_modules" / ".bin" / "ace-puppeteer"
    book = made(shelf, name)
    report = book.parent / "ace"
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": browser()}
    command = [str(program), "--force", "--silent", "--outdir", str(report), str(book)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=180)
    found = json.loads((report / "report.json").read_text("utf-8"))
    faults = [
        (item["earl:testSubject"]["url"], fault["earl:test"]["dct:title"], fault["earl:result"]["dct:description"])
        for item in found["assertions"]
        for fault in item["assertions"]
    ]
    assert faults == []
    assert found["earl:result"]["earl:outcome"] == "pass"


# --- a reader


def opened(book: Path) -> dict[str, Any]:
    """Open a book in foliate-js, and return what it shows."""
    command = [require("node"), str(HERE / "read.mjs"), str(require_packages()), browser(), str(book), str(book.parent)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize("name", grouped((*STYLED, "volume", "paged"), ["bulletin", "vertical"]))
def test_a_reader_shows_it(shelf: Path, name: str) -> None:
    seen = opened(made(shelf, name))
    is_vertical = name.startswith("vertical")
    writing = "vertical-rl" if is_vertical else "horizontal-tb"
    onward, back = ("ArrowLeft", "ArrowRight") if is_vertical else ("ArrowRight", "ArrowLeft")
    assert seen["errors"] == []
    assert seen["dir"] == ("rtl" if is_vertical else "ltr")
    assert seen["turns"][onward] == sorted(set(seen["turns"][onward]))
    assert seen["turns"][back] == sorted(set(seen["turns"][back]), reverse=True)
    assert [jump["label"] for jump in seen["jumps"]] == [jump["asked"] for jump in seen["jumps"]]
    assert {jump["writing"] for jump in seen["jumps"]} == {writing}
    assert all(jump["text"] > 0 for jump in seen["jumps"])
    pictures = [shown for jump in seen["jumps"] for shown in jump["pictures"]]
    assert len(pictures) >= 2
    assert all(pictures)
    assert bool(seen["pages"]) is (name == "paged")
    note = {"mark": "存疑處", "type": "footnote", "hidden": True, "back": True}
    assert seen["notes"]
    assert all(note.items() <= shown.items() and shown["text"].startswith("存疑處 ") for shown in seen["notes"])


COUNT = 1000


def thousand(folder: Path) -> Path:
    """Make an issue of a thousand articles and two thousand pictures."""
    drawn = media(folder, "one.jpg", (120, 80))
    names = [f"a{number:04d}-{which}.jpg" for number in range(COUNT) for which in (1, 2)]
    pictures = tuple(replace(drawn, name=name) for name in names)
    stories = tuple(
        Article(
            f"第{number}篇",
            (
                Paragraph((Span("渡口老街的早市六點開張。" * 40),)),
                *(Figure((Span("圖"),), image=f"a{number:04d}-{which}.jpg", alt="圓") for which in (1, 2)),
            ),
            section=f"第{number // 50}版",
            language="zh-Hant",
        )
        for number in range(COUNT)
    )
    path = folder / "thousand.epub"
    path.write_bytes(epub_of(Issue("年刊", stories, "zh-Hant", media=pictures)))
    return path


@pytest.mark.shelf
def test_a_reader_opens_a_thousand_articles(shelf: Path) -> None:
    seen = opened(thousand(shelf))
    assert seen["errors"] == []
    assert seen["sections"] > COUNT
    assert [jump["label"] for jump in seen["jumps"]] == [jump["asked"] for jump in seen["jumps"]]
    assert all(shown for jump in seen["jumps"] for shown in jump["pictures"])


@pytest.mark.shelf
def test_a_thousand_articles_take_little_memory() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(ROOT / "benchmarks" / "epub_write.py"), "1000", "2000"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    peak = re.search(r"(\d+) MB at the peak", done.stdout)
    assert peak
    assert int(peak[1]) < 100, done.stdout


# --- other programs


def expected(folder: Path) -> list[str]:
    return [bare(string) for story in whole_issue(folder).articles for string in strings_of(story)]


def missing(strings: list[str], text: str) -> list[str]:
    held = bare(text)
    return [string for string in strings if string not in held]


@pytest.mark.shelf
@pytest.mark.parametrize("name", [*styles(), "volume"])
def test_pandoc_reads_it_without_a_word(shelf: Path, tmp_path: Path, name: str) -> None:
    command = [require("pandoc"), "--from", "epub", "--to", "plain", "--wrap=none", str(made(shelf, name))]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    plain = [string for story in whole_issue(tmp_path).articles for string in (story.headline, story.deck) if string]
    assert missing([bare(string) for string in plain], done.stdout) == []


@pytest.mark.shelf
@pytest.mark.parametrize("name", [*styles(), "volume"])
@pytest.mark.parametrize("suffix", ["txt", "azw3"])
def test_calibre_converts_it_without_a_warning(shelf: Path, tmp_path: Path, name: str, suffix: str) -> None:
    target = tmp_path / f"out.{suffix}"
    command = [require("ebook-convert"), str(made(shelf, name)), str(target)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=os.environ | SCREEN)
    assert not re.search(r"warn|error|fail", done.stdout + done.stderr, re.IGNORECASE)
    if suffix == "txt" and name != "volume":
        text = target.read_text("utf-8")
        headlines = [bare(story.headline) for story in whole_issue(tmp_path).articles]
        assert missing(headlines, text) == []


def told(book: Path, folder: Path) -> dict[str, list[str]]:
    """Return what calibre reads of a book's metadata."""
    opf = folder / "read.opf"
    command = [require("ebook-meta"), str(book), "--to-opf", str(opf)]
    subprocess.run(command, capture_output=True, check=True, env=os.environ | SCREEN)
    tree = etree.parse(opf)
    held = {
        name: [str(node.text) for node in tree.iter(f"{DC}{name}")] for name in ("title", "creator", "language", "date")
    }
    series = {"calibre:series", "calibre:series_index"}
    held["series"] = [str(node.get("content")) for node in tree.iter("{*}meta") if node.get("name") in series]
    return held


@pytest.mark.shelf
def test_calibre_keeps_the_metadata(tmp_path: Path) -> None:
    copy = tmp_path / "copy.epub"
    whole = whole_issue(tmp_path)
    credits_ = tuple(Credit(Role.AUTHOR, name) for name in ("陳阿婆", "Anna Bell", "김 나루"))
    first_story, *others = whole.articles
    subject = replace(whole, articles=(replace(first_story, credits=credits_), *others))
    copy.write_bytes(epub_of(subject))
    first = told(copy, tmp_path)
    assert first["title"] == ["渡口街坊報 第12期 2024年5月7日"]
    assert first["creator"] == ["渡口街坊會"]
    assert first["language"] == ["zho", "jpn", "kor"]
    assert first["date"][0].startswith("2024-05-07")
    assert first["series"] == ["渡口街坊報", "12"]
    command = [require("ebook-meta"), str(copy), "--comments", "街坊會藏"]
    subprocess.run(command, capture_output=True, check=True, env=os.environ | SCREEN)
    assert told(copy, tmp_path) == first
