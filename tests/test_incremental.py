"""A second build makes what has changed, and nothing else, and knows which that is."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from issues import picture
from newsbook import Exit, Manner
from newsbook.building import Build
from newsbook.buildlog import MadeFile, key_of_log, last, unchanged
from newsbook.diagnostics import Code, Diagnostic
from newsbook.intake.job import Read, ReadInput
from newsbook.outputs import MAKERS
from newsbook.project import check, load, located
from newsbook.record import Findings
from newsbook.store import Store

ROOT = Path(__file__).parent.parent
PAGE = """涼亭換新

2024-05-07 08:30 來源：渡口街坊網

渡口老街的涼亭換了新瓦，街坊說下雨天又有地方坐了。涼亭建于1956年，屋頂漏了三年。
"""
SETTINGS = """# The issue.
inputs = ["pages", "more/*.txt", "@list.txt"]
style = "look"

[issue]
nameplate = "渡口"

[[outputs]]
file = "out/all.json"

[[outputs]]
file = "out/all.epub"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue with inputs of every kind, a picture that is there and one that is not, and a style of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("pages", "more", "out", "look", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "pages" / "1.txt").write_text(PAGE, "utf-8")
    picture(tmp_path / "pages" / "1.1.jpg")
    html = f"<h1>早市</h1><p>{PAGE[40:]}</p><img src='img/gone.jpg' alt='早市的攤子'>"
    (tmp_path / "pages" / "2.html").write_text(html, "utf-8")
    (tmp_path / "more" / "3.txt").write_text(PAGE.replace("涼亭", "碼頭"), "utf-8")
    (tmp_path / "elsewhere" / "4.txt").write_text(PAGE.replace("涼亭", "書房"), "utf-8")
    (tmp_path / "list.txt").write_text("elsewhere/4.txt\n", "utf-8")
    (tmp_path / "look" / "ebook.css").write_text("p { color: #111111 }\n", "utf-8")
    (tmp_path / "newsbook.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


class Run(Struct, frozen=True):
    """A build: whether the last one did for it, its files, and its findings."""

    made: tuple[MadeFile, ...]
    findings: tuple[Diagnostic, ...]
    exit: Exit
    is_unchanged: bool = False

    @property
    def written(self) -> list[str]:
        """The names of the files that were written."""
        return [Path(each.file).name for each in self.made if each.is_written]


def build(folder: Path, store: str = "store") -> Run:
    """Build as the command does."""
    draft, findings = load(folder / "newsbook.toml"), Findings(lambda _: None)
    project = check(draft, findings.add)
    log = unchanged(draft, project, "", Store(folder / store))
    if log:
        return Run(log.made, log.findings, log.exit, is_unchanged=True)
    with Build(draft, project, findings, Manner(workers=0, store=str(folder / store))) as work:
        built = work.run()
        return Run(work.made, built.findings, built.exit)


def aged(folder: Path) -> None:
    """Have every file as old as those of yesterday; their times of change stay those of now."""
    for path in folder.rglob("*"):
        if "store" not in path.parts:
            os.utime(path, ns=(1_700_000_000_000_000_000,) * 2)


def test_nothing_has_changed(folder: Path) -> None:
    first = build(folder)
    assert first.written == ["all.json", "all.epub"]
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").iterdir()}
    again = build(folder)
    assert again.is_unchanged
    assert again.written == []
    assert (again.exit, again.findings) == (first.exit, first.findings[: len(again.findings)])
    assert {path: path.stat().st_mtime_ns for path in (folder / "out").iterdir()} == before


def change_in_a_word(folder: Path) -> None:
    path = folder / "pages" / "1.txt"
    times = path.stat()
    path.write_text(PAGE.replace("新瓦", "舊瓦"), "utf-8")  # As long as before, in the same moment.
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def exchange_a_picture(folder: Path) -> None:
    picture(folder / "pages" / "1.1.jpg", size=(640, 400))


def supply_a_picture_that_was_missing(folder: Path) -> None:
    (folder / "pages" / "img").mkdir()
    picture(folder / "pages" / "img" / "gone.jpg")


def lead_a_link_elsewhere(folder: Path) -> None:
    (folder / "elsewhere" / "5.txt").write_text(PAGE.replace("涼亭", "船塢"), "utf-8")
    (folder / "elsewhere" / "4.txt").unlink()
    (folder / "elsewhere" / "4.txt").symlink_to("5.txt")


def set_the_clock_back(folder: Path) -> None:
    path = folder / "more" / "3.txt"
    path.write_text(PAGE.replace("涼亭", "渡船"), "utf-8")
    os.utime(path, (1, 1))


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a word in the same moment": (change_in_a_word, ["all.json", "all.epub"]),
    "a picture": (exchange_a_picture, ["all.epub"]),
    "a picture that was missing": (supply_a_picture_that_was_missing, ["all.epub"]),
    "another page": (lambda at: (at / "more" / "9.txt").write_text(PAGE.replace("涼亭", "井"), "utf-8"),
                     ["all.json", "all.epub"]),
    "a page less": (lambda at: (at / "more" / "3.txt").unlink(), []),
    "a list": (lambda at: (at / "list.txt").write_text("pages/1.txt\n", "utf-8"), ["all.json", "all.epub"]),
    "a link": (lead_a_link_elsewhere, ["all.json", "all.epub"]),
    "a clock set back": (set_the_clock_back, ["all.json", "all.epub"]),
    "a style": (lambda at: (at / "look" / "ebook.css").write_text("p { color: #222222 }\n"), ["all.epub"]),
    "another file of a style": (lambda at: (at / "look" / "cover.css").write_text("p { color: red }\n"), ["all.epub"]),
    "a setting": (lambda at: (at / "newsbook.toml").write_text(SETTINGS.replace("渡口", "渡頭")), ["all.epub"]),
    "an output that was deleted": (lambda at: (at / "out" / "all.epub").unlink(), ["all.epub"]),
    "an output that was changed": (lambda at: (at / "out" / "all.json").write_text("{}"), ["all.json"]),
}  # fmt: skip


@pytest.mark.parametrize(("change", "written"), CHANGES.values(), ids=CHANGES)
def test_what_has_changed_is_made_and_nothing_else(
    folder: Path, change: Callable[[Path], object], written: list[str]
) -> None:
    if change == CHANGES["a page less"][0]:
        (folder / "newsbook.toml").write_text(SETTINGS.replace('"more/*.txt", ', '"more", '), "utf-8")
        written = ["all.json", "all.epub"]
        (folder / "more" / "8.txt").write_text(PAGE.replace("涼亭", "橋"), "utf-8")
    build(folder)
    aged(folder)
    assert build(folder).is_unchanged
    change(folder)
    after = build(folder)
    assert not after.is_unchanged
    assert after.written == written
    assert build(folder).is_unchanged
    whole = build(folder, "another")
    assert whole.written == []
    assert whole.findings == after.findings


def test_only_what_was_changed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    read = ReadInput.run

    def counted(job: ReadInput, store: Store, report: Callable[[Diagnostic], None]) -> Read:
        names.append(job.name)
        return read(job, store, report)

    build(folder)
    change_in_a_word(folder)
    monkeypatch.setattr(ReadInput, "run", counted)
    build(folder)
    assert names == ["1.txt"]


def test_what_is_said_in_a_comment_changes_nothing(folder: Path) -> None:
    build(folder)
    (folder / "newsbook.toml").write_text("# Looked over.\n\n" + SETTINGS, "utf-8")
    assert build(folder).is_unchanged


def test_lines_that_findings_name_are_told_as_they_are(folder: Path) -> None:
    settings = SETTINGS + '\n[[articles]]\nof = "none.txt"\nkicker = "x"\n'
    (folder / "newsbook.toml").write_text(settings, "utf-8")
    build(folder)
    assert build(folder).is_unchanged
    (folder / "newsbook.toml").write_text(f"# Looked over.\n{settings}", "utf-8")
    after = build(folder)
    assert [found.where.line for found in after.findings if found.code is Code.SETTING_UNFIT] == [16]


def test_another_newsbook_or_font_has_everything_made_again(folder: Path) -> None:
    build(folder)
    draft = load(folder / "newsbook.toml")
    store = Store(folder / "store")
    key = key_of_log(located(check(draft, lambda _: None), draft.folder), "")
    log = last(store, key)
    assert log
    assert log.fonts
    from msgspec import msgpack
    from msgspec.structs import replace

    for other in (replace(log, setting="another"), replace(log, fonts=((str(folder), 1),))):
        store.keep(key, msgpack.encode(other))
        after = build(folder)
        assert (after.is_unchanged, after.written) == (False, [])


def test_a_log_that_was_damaged_is_none(folder: Path) -> None:
    build(folder)
    for path in (folder / "store" / "results").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"\0")
    after = build(folder)
    assert (after.is_unchanged, after.written) == (False, [])
    draft = load(folder / "newsbook.toml")
    key = key_of_log(located(check(draft, lambda _: None), draft.folder), "")
    Store(folder / "store").keep(key, b"no log")
    assert not build(folder).is_unchanged


def test_a_file_that_changes_while_it_is_read_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MAKERS["json"]

    def meddled(*arguments: object) -> object:
        exchange_a_picture(folder)
        change_in_a_word(folder)
        return made(*arguments)  # type: ignore[arg-type]

    monkeypatch.setitem(MAKERS, "json", meddled)
    build(folder)
    monkeypatch.setitem(MAKERS, "json", made)
    after = build(folder)
    assert not after.is_unchanged
    assert after.written == ["all.json", "all.epub"]


# --- the command


def newsbook(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(cwd / "cache")}
    command = [sys.executable, "-m", "newsbook", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, check=False, capture_output=True, text=True)


def test_the_command_says_so_and_tells_the_findings_again(folder: Path) -> None:
    (folder / "pages" / "7.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    first = newsbook("build", cwd=folder)
    assert first.returncode == Exit.PROBLEMS, first.stderr
    started = time.process_time(), os.times().children_user + os.times().children_system
    again = newsbook("build", "--json", cwd=folder)
    spent = os.times().children_user + os.times().children_system - started[1]
    assert again.returncode == Exit.PROBLEMS
    findings = first.stderr[: first.stderr.index("out/all.json:")]
    assert "problem[article-unusable]" in findings
    before = "nothing has changed since the last build, which found this:\n"
    assert again.stderr == f"{before}{findings}nothing has changed; 2 files are up to date.\n"
    assert '"written": false' in again.stdout
    assert '"written": true' not in again.stdout
    assert spent < 0.5
    strict = newsbook("build", "--strict", cwd=folder)
    assert strict.returncode == Exit.VALIDATION


def test_a_store_that_cannot_be_used_is_done_without(folder: Path) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "content").write_text("no folder")
    for place in ("list.txt", "full"):
        shutil.rmtree(folder / "out")
        (folder / "out").mkdir()
        done = newsbook("build", "-v", "--store", place, cwd=folder)
        assert done.returncode == Exit.OK, done.stderr
        assert "note[store-unusable]" in done.stderr
        assert {path.name for path in (folder / "out").iterdir()} == {"all.json", "all.epub"}


def test_the_record_comes_into_the_folder_that_comes_with_the_outputs(folder: Path) -> None:
    """Also that of a failure, by which a workflow learns what went wrong on the first night."""
    for name, code in (("all", Exit.OK), ("none", Exit.INPUT)):
        shutil.rmtree(folder / "out", ignore_errors=True)
        inputs = () if name == "all" else ("nothing-*.txt",)
        done = newsbook("build", *inputs, "--report", f"out/{name}.report.json", cwd=folder)
        assert done.returncode == code, done.stderr
        assert json.loads((folder / "out" / f"{name}.report.json").read_bytes())["exit"] == code


def test_a_target_that_cannot_be_written_is_not_laid_to_the_store(folder: Path) -> None:
    done = newsbook("build", "-v", "-o", "nowhere/all.pdf", cwd=folder)
    assert done.returncode == Exit.OUTPUT
    assert "the folder nowhere does not exist; make it first" in done.stderr
    assert "store" not in done.stderr


@pytest.mark.parametrize("place", ["out", "store", "scratch"])
def test_a_build_takes_away_what_a_run_that_was_killed_has_left_though_nothing_has_changed(
    folder: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "scratch"))
    build(folder)
    left = folder / place / (f"newsbook-{os.getpid()}-9" if place == "scratch" else f".newsbook-{os.getpid()}-9.part")
    left.mkdir()
    if place == "out":
        # It had decided to publish, and its inputs are by now what they were before it.
        (left / "0").write_text("{}")
        (left / "journal").write_text('{"moves": [["0", "all.json"]]}')
    after = build(folder)
    assert not after.is_unchanged
    assert not left.exists()
    assert build(folder, "another").written == []
    assert build(folder).is_unchanged


def test_builds_at_once_do_not_disturb_each_other(folder: Path) -> None:
    done: list[Run] = []
    builds = [threading.Thread(target=lambda: done.append(build(folder))) for _ in range(3)]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert len(done) == len(builds)
    assert build(folder).is_unchanged


def test_what_was_not_used_for_long_goes_first_and_nothing_while_it_is_in_use(folder: Path) -> None:
    store = Store(folder / "store")
    old, new = store.put(b"old" * 1000), store.put(b"new" * 1000)
    os.utime(store.path(old), (1, 1))
    os.utime(store.path(new), (2, 2))
    with store.in_use():
        assert not store.trim(4000)
        assert store.holds(old)
    os.utime(store.path(new), (2, 2))
    os.utime(store.path(old), (1, 1))
    assert store.trim(4000)
    assert (store.holds(old), store.holds(new)) == (False, True)
    assert store.trim(4000)
    assert store.bytes_held() == 3000
