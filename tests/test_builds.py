"""A build gives the same files whoever does its jobs, and what it sends elsewhere gives the same files there."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from msgspec import Struct

from issues import picture
from making import bound, taken, workplace
from newsbook import Built, Code, Diagnostic, Exit, Facts, Limits, Manner, Output, Project, build
from newsbook.binding import Prepared, PreparePicture, bind
from newsbook.building import Build
from newsbook.diagnostics import Report
from newsbook.fonts.faces import face_finder
from newsbook.intake.job import Read, ReadInput
from newsbook.jobs import Failed, Job, Outcome
from newsbook.jobs.runners import Pending
from newsbook.layout import Carrier, load_style, make_up
from newsbook.project import ProjectDraft
from newsbook.record import Findings
from newsbook.store import Store
from newsbook.workplace import Workplace
from stores import STORE

V = TypeVar("V")
ROOT = Path(__file__).parent.parent
PAGE = """涼亭換新

2024-05-07 08:30 來源：渡口街坊網

渡口老街的涼亭換了新瓦，街坊說(shuō)下雨天又有地方坐了。涼亭建于1956年，屋頂漏了三年。

木匠林小舟帶著兩個徒弟做了四十天，沒有用一顆釘子。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of pages of several forms, one of them with a picture, and one that is none."""
    pages = tmp_path_factory.mktemp("pages")
    (pages / "1.txt").write_text(PAGE, "utf-8")
    picture(pages / "1.1.jpg")
    (pages / "2.html").write_text(f"<h1>早市</h1><p>{PAGE[40:]}</p><img src='gone.jpg' alt='早市的攤子'>", "utf-8")
    (pages / "3.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200))
    (pages / "4.md").write_text(f"# 書房\n\n{PAGE[40:]}\n\n![書房](1.1.jpg)\n", "utf-8")
    return pages


def made(folder: Path, out: Path, workers: int) -> tuple[dict[str, str], tuple[Diagnostic, ...], Exit]:
    """Return the hashes of what becomes of the pages, the findings in their order, and the exit code."""
    project = Project(
        inputs=(str(folder),),
        issue=Facts("渡口街坊報", "12"),
        outputs=(Output(str(out / "a.pdf")), Output(str(out / "a.epub"))),
    )
    out.mkdir()
    built = build(project, manner=Manner(str(out / "report.json"), workers=workers))
    return {path.name: _hash(path) for path in sorted(out.iterdir())}, built.findings, built.exit


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_any_number_of_processes_gives_the_same_files_and_findings(folder: Path, tmp_path: Path) -> None:
    alone = made(folder, tmp_path / "0", 0)
    assert Code.ARTICLE_UNUSABLE in {finding.code for finding in alone[1]}
    assert alone[2] is Exit.PROBLEMS
    for workers in (1, 2, 3):
        assert made(folder, tmp_path / f"{workers}", workers) == alone


def test_a_store_that_lasts_gives_the_same_files_and_findings(folder: Path, tmp_path: Path) -> None:
    project = Project(inputs=(str(folder),), outputs=(Output(str(tmp_path / "a.pdf")),))
    first, second = (build(project, manner=Manner(store=str(tmp_path / "store"))) for _ in range(2))
    assert first == second == build(project)


@pytest.mark.parametrize("damage", [None, b"", b"torn"])
def test_a_store_that_was_damaged_gives_the_same_files_and_findings(
    folder: Path, tmp_path: Path, damage: bytes | None
) -> None:
    project = Project(
        inputs=(str(folder),), outputs=(Output(str(tmp_path / "a.pdf")), Output(str(tmp_path / "a.epub")))
    )
    manner = Manner(store=str(tmp_path / "store"))
    first = build(project, manner=manner)
    for file in [path for path in (tmp_path / "store").rglob("*") if path.is_file()]:
        file.unlink() if damage is None else file.write_bytes(file.read_bytes()[:-9] + damage)
    assert build(project, manner=manner) == first


def test_a_build_stays_where_it_was_begun(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(inputs=("pages",), outputs=(Output("out/a.pdf"), Output(kind="epub")))
    shutil.copytree(folder, tmp_path / "pages")
    (tmp_path / "out").mkdir()
    manner = Manner("report.json", store="store")
    for where in ("", tmp_path):
        monkeypatch.chdir(tmp_path)
        build(project, where, manner=manner, report=lambda _finding: os.chdir("/"))
        assert Path.cwd() == Path("/")
        made = {tmp_path / name for name in ("report.json", "store", "pages.epub", "out/a.pdf")}
        assert all(path.exists() for path in made)
        shutil.rmtree(tmp_path / "store")
        (tmp_path / "report.json").unlink()


def test_an_issue_and_a_volume_are_made_of_one_reading(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    run = ReadInput.run

    def counted(job: ReadInput, store: Store, report: Report) -> Read:
        read.append(job.name)
        return run(job, store, report)

    counted.__annotations__["return"] = Read
    monkeypatch.setattr(ReadInput, "run", counted)
    outputs = (Output(str(tmp_path / "a.epub")), Output(str(tmp_path / "b.epub"), collection="volume"))
    build(Project(inputs=(str(folder / "1.txt"), str(folder / "4.md")), outputs=outputs))
    assert read == ["1.txt", "4.md"]


def children() -> set[int]:
    """Return the processes that this one has started."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = entry.read_text("utf-8", "replace").rpartition(")")
        except OSError:
            continue
        if rest.split()[1] == str(os.getpid()):
            found.add(int(name.split()[0]))
    return found


def killing(before: set[int]) -> None:
    """Kill the children that have been started, after a while in which they have begun what they are at."""
    time.sleep(0.3)
    for child in children() - before:
        os.kill(child, signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="children are found in /proc")
def test_a_child_that_is_killed_is_one_failure_with_the_name_of_its_input(folder: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(folder, pages)
    (pages / "3.txt").write_text(PAGE.replace("涼亭換新", "早市長談") + "街坊說(shuō)早市開張了，" * 60_000, "utf-8")
    project = Project(inputs=(str(pages),), outputs=(Output(str(tmp_path / "a.pdf")),))
    findings, before = Findings(lambda _finding: None), children()
    seen: list[int] = []

    @contextmanager
    def stage(label: str, length: int) -> Iterator[Callable[[], None]]:
        del label, length

        def step() -> None:
            seen.append(1)
            if len(seen) == 2:
                threading.Thread(target=killing, args=(before,)).start()

        yield step

    with Build(ProjectDraft(project), project, findings, Manner(workers=1), stage=stage) as running:
        built: Built = running.run()
    unusable = [finding for finding in built.findings if finding.code is Code.ARTICLE_UNUSABLE]
    assert [finding.where.source for finding in unusable] == ["3.txt"]
    assert built.exit is Exit.PROBLEMS
    assert [article.source.name for article in built.articles] == ["1.txt", "2.html", "4.md"]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_an_input_that_needs_too_much_is_one_failure(folder: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(folder, pages)
    (pages / "3.txt").write_text(PAGE + "街坊說(shuō)早市開張了，" * 300_000, "utf-8")
    project = Project(inputs=(str(pages),), outputs=(Output(str(tmp_path / "a.json")),))
    built = build(project, manner=Manner(workers=1, limits=Limits(wall=3)))
    unusable = [finding for finding in built.findings if finding.code is Code.ARTICLE_UNUSABLE]
    assert [finding.where.source for finding in unusable] == ["3.txt"]
    assert len(built.articles) == 3


# What another process does, under another account where it may: everything is loaded first, for the libraries may lie
# where only their owner reads them.
ELSEWHERE = """
import hashlib, os, sys
from pathlib import Path
import msgspec
from newsbook.model import Edition
from newsbook.store import Store
from newsbook.writers.epub import write_epub
from newsbook.writers.pdf import Profile, write_pdf

kind, account, edition, store = sys.argv[1:]
data, store = Path(edition).read_bytes(), Store(Path(store))

def written():
    edition = msgspec.msgpack.decode(data, type=Edition)
    if kind == "pdf":
        return write_pdf(edition, Profile.PLAIN, store, print)
    with open("book.epub", "w+b") as file:
        write_epub(edition, b"", file, store)
    return Path("book.epub").read_bytes()

if account != str(os.getuid()):
    written()
    Path("book.epub").unlink(missing_ok=True)
    os.setuid(int(account))
print(hashlib.sha256(written()).hexdigest())
"""


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_an_edition_and_its_store_give_the_same_bytes_on_another_account(
    folder: Path, tmp_path: Path, kind: str
) -> None:
    import io

    from newsbook.writers.epub import write_epub
    from newsbook.writers.pdf import Profile, write_pdf

    (issue,) = bound((folder / "1.txt", folder / "4.md")).issues
    style = load_style("bulletin", STORE)
    carrier = Carrier.PRINT if kind == "pdf" else Carrier.EBOOK
    edition = make_up(issue, carrier, style, "", face_finder(style.fonts, STORE), workplace().report)
    assert edition.media
    whole = msgspec.msgpack.encode(edition)
    assert str(STORE.folder).encode() not in whole
    assert str(folder).encode() not in whole
    if kind == "pdf":
        here = write_pdf(edition, Profile.PLAIN, STORE, workplace().report)
    else:
        buffer = io.BytesIO()
        write_epub(edition, b"", buffer, STORE)
        here = buffer.getvalue()

    there = tmp_path / "elsewhere"
    shutil.copytree(STORE.folder, there / "store")
    (there / "edition").write_bytes(whole)
    account = 65534 if os.getuid() == 0 else os.getuid()
    for path in (tmp_path, there, *there.rglob("*")):
        path.chmod(0o777)
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(there), "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, kind, str(account), "edition", "store"],
        cwd=there, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == hashlib.sha256(here).hexdigest()


class _Dying(Struct, frozen=True):
    """A runner whose every job loses its process."""

    ahead: int = 0

    def begin(self, job: Job[V]) -> Pending[V]:
        raise NotImplementedError

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        for job in jobs:
            yield Failed(job.name, "crash", f"{job.name} lost its process, which was ended by SIGKILL.", Exit.INTERNAL)


def test_a_picture_whose_process_died_is_one_sentence(folder: Path) -> None:
    found: list[Diagnostic] = []
    got = taken((folder / "1.txt",))
    issue = bind(got.frame, got.stories, Project(), Workplace(STORE, _Dying(), found.append))
    assert issue.media == ()
    (message,) = (finding.message for finding in found if finding.code is Code.PICTURE_UNUSABLE)
    assert message.endswith("which was ended by SIGKILL; a frame says so.")


def test_pictures_are_prepared_once_for_all_outputs(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    prepare = PreparePicture.run

    def counted(job: PreparePicture, store: Store, report: Report) -> tuple[Prepared, ...]:
        prepared.append(job.content)
        return prepare(job, store, report)

    monkeypatch.setattr(PreparePicture, "run", counted)
    outputs = (Output(str(tmp_path / "a.pdf")), Output(str(tmp_path / "a.epub")))
    build(Project(inputs=(str(folder / "1.txt"),), outputs=outputs))
    assert len(prepared) == 1
