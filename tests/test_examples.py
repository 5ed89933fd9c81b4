"""The examples do what their page says: every command runs, and what comes out holds every character of the text."""

import importlib
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from newsbook.diagnostics import Exit
from newsbook.model import Article, Figure
from newsbook.native import load
from plain import bare, is_subsequence, joined, pdftotext, strings_of
from tools import require
from writers.epub_tools import epubcheck

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PAGE = (EXAMPLES / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^newsbook (.+)$", PAGE, re.MULTILINE)


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "newsbook", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run every command of the page, in a folder that has the examples and an `out/`."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(EXAMPLES, folder / "examples")
    (folder / "out").mkdir()
    for command in COMMANDS:
        done = run(*shlex.split(command), folder=folder)
        assert done.returncode == Exit.OK, (command, done.stderr)
    return folder / "out"


def articles(name: str) -> list[Article]:
    folder = EXAMPLES / name
    document = load(run("parse", str(folder)).stdout.encode(), name)
    return [document] if isinstance(document, Article) else list(document.articles)


def epub_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        pages = [archive.read(name) for name in sorted(archive.namelist()) if re.search(r"/a\d+\.xhtml$", name)]
    return bare("".join("".join(map(str, etree.fromstring(page).itertext())) for page in pages))


@pytest.mark.parametrize("name", ["bulletin", "single", "clean"])
def test_the_example_has_a_command_and_a_thumbnail(name: str) -> None:
    assert f"](thumbnails/{name}.png)" in PAGE
    with Image.open(EXAMPLES / "thumbnails" / f"{name}.png") as image:
        assert image.width > 300
    assert {shlex.split(command)[0] for command in COMMANDS if f"examples/{name}" in command} >= {"pdf", "epub"}


@pytest.mark.tool
@pytest.mark.parametrize("name", ["bulletin", "single", "clean"])
def test_pdf_and_epub_hold_the_text_in_order(made: Path, name: str) -> None:
    require("pdftotext")
    pdf, epub = bare(pdftotext(made / f"{name}.pdf")), epub_text(made / f"{name}.epub")
    for article in articles(name):
        assert is_subsequence(bare("".join(strings_of(article))), epub)
        # On pages, text may go before a figure that would leave a foot empty.
        figures = tuple(block for block in article.body if isinstance(block, Figure))
        prose = replace(article, body=tuple(block for block in article.body if block not in figures))
        assert is_subsequence(bare("".join(strings_of(prose))), pdf)
        for figure in figures:
            # Of two pictures side by side poppler takes the lines of their cutlines in turns.
            assert is_subsequence(bare(joined(figure.caption)), pdf)


def test_the_weekly_is_what_its_file_says(made: Path) -> None:
    assert (made / "weekly.pdf").read_bytes().startswith(b"%PDF")
    text = epub_text(made / "weekly.epub")
    for told in (
        "姉妹町から",
        "三十二個人",
        "나루터",
        "A visitor counts",
        "七十二块木牌",
        "肯早起二十分鐘的人",
        "更正",
        "渡船停航",
    ):
        assert bare(told) in text, told
    assert (made / "weekly-booklet.pdf").read_bytes().startswith(b"%PDF")
    assert len((EXAMPLES / "weekly" / "newsbook.toml").read_text("utf-8").splitlines()) < 60


def test_the_damaged_page_is_whole_again(made: Path) -> None:
    """Against the original, in the script that the mirror brought it to: nothing of the damage is left."""
    (article,) = articles("single")
    text = "\n".join(strings_of(article))
    assert not re.search(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǘǚǜ]+[)）]", text)
    assert "?" not in text
    report = json.loads((made / "single.json").read_text("utf-8"))
    kinds = {repair["kind"] for repair in report["articles"][0]["repairs"]}
    assert {"bracketed-reading", "slipped-bytes", "half-width-mark"} <= kinds
    original = (EXAMPLES / "originals" / "ferry-bell.txt").read_text("utf-8")
    runs = [repair["after"] for repair in report["articles"][0]["repairs"] if repair["kind"] == "slipped-bytes"]
    assert runs
    assert all(simplified(run_) in simplified(original) for run_ in runs)


def simplified(text: str) -> str:
    from opencc import OpenCC

    return bare(str(OpenCC("t2s").convert(text)))


@pytest.mark.parametrize(("name", "bare_captions"), [("bulletin", []), ("single", ["ferry-bell.txt"])])
def test_every_caption_has_its_picture_but_the_one_that_shows_the_frame(
    made: Path, name: str, bare_captions: list[str]
) -> None:
    report = json.loads((made / f"{name}.json").read_text("utf-8"))
    without = [each["source"] for each in report["findings"] if each["code"].startswith("picture-")]
    assert without == bare_captions


def test_each_figure_has_the_picture_that_is_drawn_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    drawn = importlib.import_module("draw").PICTURES
    figures = [block for article in articles("bulletin") for block in article.body if isinstance(block, Figure)]
    assert [figure.image for figure in figures] == list(drawn)
    assert {path.name for path in (EXAMPLES / "bulletin").iterdir() if path.suffix in {".jpg", ".png"}} == set(drawn)


def test_clean_text_is_not_touched(made: Path) -> None:
    del made
    for article in articles("clean"):
        assert article.source.repairs == ()


@pytest.mark.tool
@pytest.mark.parametrize("name", ["bulletin", "single", "clean"])
def test_epubcheck_has_nothing_to_say(made: Path, name: str) -> None:
    assert epubcheck(made / f"{name}.epub") == ()


def test_pages_that_are_made_are_made_again_byte_for_byte() -> None:
    pages = runpy.run_path(str(EXAMPLES / "make.py"))["pages"]()
    assert {name: (EXAMPLES / name).read_bytes() == raw for name, raw in pages.items()} == dict.fromkeys(pages, True)
