"""The proof sheet in a browser: decisions are made by mouse and keyboard, saved, and followed by the next build."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from browser import Page, chromium
from newsbook.model import OVERRIDE, Article, Line, Repair
from newsbook.native import load
from newsbook.overrides import load as load_overrides
from newsbook.proof import make_sheet
from newsbook.replay import replay
from plain import strings_of
from proof.test_proof import RAW, RECORD, SLIP, galley_of, hostile, pull

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "single" / "ferry-bell.txt"
SAMPLE = ROOT.parent / "shared" / "samples" / "000_592a2307cdca17d4.txt"
PAGES = [path for path in (EXAMPLE, SAMPLE) if path.exists()]

pytestmark = pytest.mark.tool


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("chromium")) as page:
        yield page


def newsbook(*arguments: str, cwd: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "newsbook", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr


def article_of(page: Path) -> Article:
    newsbook("parse", page.name, "-o", "out.json", cwd=page.parent)
    article = load((page.parent / "out.json").read_bytes(), "out.json")
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("original", PAGES, ids=lambda path: path.stem)
def test_what_an_editor_decides_is_followed_by_the_next_build(browser: Page, original: Path, tmp_path: Path) -> None:
    page = Path(shutil.copy(original, tmp_path / "page.txt"))
    before = article_of(page)
    replaced = next(entry for entry in before.source.repairs if entry.line == 1)
    rejected = next(entry for entry in before.source.repairs if entry.kind == "slipped-bytes")
    kept = next(entry for entry in before.source.omissions if entry.kind == "site-label")
    newsbook("proof", "page.txt", "-o", "proof.html", cwd=tmp_path)

    browser.open(tmp_path / "proof.html")
    number = {entry: at for at, entry in enumerate(before.source.repairs)}
    browser.click(f'.lines del[data-c="a1-{number[rejected]}"]')
    browser.click('.panel [data-do="reject"]')
    browser.run(f"document.querySelector('.lines del[data-c=\"a1-{number[replaced]}\"]').focus()")
    browser.press("Enter")
    browser.run("document.querySelector('.panel input').focus()")
    browser.type("〈改〉")
    browser.press("Enter")
    browser.press("Escape")
    out = before.source.omissions.index(kept)
    browser.click(f'[data-keep="a1-{out}"]')
    assert (
        browser.run(f"document.querySelector('.lines ins[data-c=\"a1-{number[replaced]}\"]').textContent") == "〈改〉"
    )
    assert browser.run("document.querySelector('.panel')") is None
    assert "3 decisions, not saved" in str(browser.run("document.getElementById('tally').textContent"))
    saved = browser.download("[data-save]")
    assert "3 decisions, saved" in str(browser.run("document.getElementById('tally').textContent"))
    assert saved.name == "page.txt.overrides.json"
    shutil.move(saved, tmp_path)

    after = article_of(page)
    ruled = {(entry.line, entry.column): entry for entry in after.source.repairs if entry.kind == OVERRIDE}
    assert len(ruled) == 2
    assert ruled[rejected.line, rejected.column].after == rejected.before
    assert ruled[replaced.line, replaced.column].after == "〈改〉"
    assert "〈改〉" in after.headline
    assert kept not in after.source.omissions
    assert len(after.source.omissions) == len(before.source.omissions) - 1
    assert kept.text in "".join(strings_of(after))
    assert kept.text not in "".join(strings_of(before))
    newsbook("epub", "page.txt", "-o", "out.epub", cwd=tmp_path)
    with zipfile.ZipFile(tmp_path / "out.epub") as archive:
        chapter = archive.read("EPUB/a001.xhtml").decode()
    assert "〈改〉" in chapter
    assert rejected.before in chapter

    newsbook("proof", "page.txt", "-o", "proof.html", cwd=tmp_path)
    browser.open(tmp_path / "proof.html")
    again = browser.run(
        "[...document.querySelectorAll('.lines ins')].map(node => node.dataset.decision).filter(Boolean)"
    )
    assert sorted(again) == ["reject", "replace"]  # type: ignore[call-overload]
    assert browser.run(f"document.querySelector('[data-out=\"a1-{out}\"] .keep').ariaPressed") == "true"
    assert load_overrides(browser.download("[data-save]").read_bytes(), "x") == load_overrides(
        (tmp_path / "page.txt.overrides.json").read_bytes(), "x"
    )
    assert browser.complaints() == []


def sheet(folder: Path, *rulings: Repair) -> Path:
    path = folder / "sheet.html"
    path.write_bytes(make_sheet("page.txt", (galley_of(pull(RAW, RECORD, *rulings)),)))
    return path


def test_a_doubt_is_settled_from_its_card_and_taken_back(browser: Page, tmp_path: Path) -> None:
    browser.open(sheet(tmp_path))
    assert browser.run("document.querySelector('[data-open]').textContent") == "1 open doubt"
    browser.click("#next")
    assert browser.run("document.activeElement.dataset.do") == "accept"
    browser.press("Enter")
    shown = "[...document.querySelectorAll('.lines .now')].map(node => node.textContent)"
    assert browser.run(shown)[2] == RAW[2].replace(SLIP.before, SLIP.after)  # type: ignore[index]
    assert browser.run("document.querySelector('[data-open]').textContent") == "0 open doubts"
    assert browser.run("document.getElementById('next').disabled") is True
    browser.click('.doubt [data-do="accept"]')
    assert browser.run(shown)[2] == RAW[2]  # type: ignore[index]
    assert browser.run("document.querySelector('[data-open]').textContent") == "1 open doubt"


def test_a_tick_accepts_the_sure_repairs_of_a_line_and_nothing_doubtful(browser: Page, tmp_path: Path) -> None:
    browser.open(sheet(tmp_path))
    assert browser.run("[...document.querySelectorAll('.tick')].map(node => node.hidden)") == [False, False, True]
    browser.click('[data-tick="a1-1"]')
    saved = load_overrides(browser.download("#save").read_bytes(), "x")
    assert [(ruling.line, ruling.decision.value, ruling.after) for ruling in saved.repairs] == [(1, "accept", "")]
    assert (saved.page, saved.sha256) == ("page.txt", "abc")


def test_what_the_sheet_shows_is_what_the_record_replayed_gives(browser: Page, tmp_path: Path) -> None:
    ruling = Repair(OVERRIDE, 3, 3, SLIP.before, "。好的")
    browser.open(sheet(tmp_path, ruling))
    shown = browser.run("[...document.querySelectorAll('.lines .now')].map(node => node.textContent)")
    record = (*RECORD[:2], ruling)
    expected = [
        replay(Line(text, number), (entry for entry in record if entry.line == number)).text
        for number, text in enumerate(RAW, 1)
    ]
    assert shown == expected


def test_hostile_text_does_nothing(browser: Page, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(make_sheet("x", (replace(hostile(), decisions="x.overrides.json"),)))
    since = len(browser.events)
    browser.open(path)
    browser.click(".lines del")
    browser.click('.panel [data-do="accept"]')
    browser.click('.doubt [data-do="accept"]')
    assert browser.run("window.harm === undefined && document.documentElement.className") == "js"
    assert browser.run("document.querySelectorAll('script').length") == 2
    refused = [event for event in browser.events[since:] if event.method == "Runtime.exceptionThrown"]
    assert refused == []


def test_a_page_of_many_repairs_answers_at_once(browser: Page, tmp_path: Path) -> None:
    """Two thousand marks: opening one and deciding takes a twentieth of a second; a busy machine may take its time."""
    line, count = "網(wǎng)" * 20, 100
    made = tuple(
        Repair("bracketed-reading", number, 2 + 7 * at, "(wǎng)", "")
        for number in range(1, count + 1)
        for at in range(20)
    )
    path = tmp_path / "large.html"
    path.write_bytes(make_sheet("x", (galley_of(pull((line,) * count, made)),)))
    browser.open(path)
    browser.run("window.began = performance.now()")
    browser.run("document.querySelectorAll('.lines del')[1000].click()")
    browser.run("document.querySelector('.panel [data-do=reject]').click()")
    took = browser.run("performance.now() - window.began")
    assert float(str(took)) < 1000
    assert browser.run("document.querySelectorAll('.lines del').length") == 20 * count
