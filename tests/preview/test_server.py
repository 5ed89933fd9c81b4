"""The preview's command and its workshop: what it needs, what it says, and what it shows when nothing can be made."""

import asyncio
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsbook.assets import read_asset
from newsbook.building import build
from newsbook.cli.preview import preview_command
from newsbook.diagnostics import Exit, OutputError
from newsbook.preview.board import Board
from newsbook.preview.pages import picture, text_of
from newsbook.preview.server import serve
from newsbook.preview.snapshot import Snapshot
from newsbook.preview.workshop import Touched, Workshop
from newsbook.project import Output, Project, ProjectDraft, load

PAGE = "渡口的鐘又響了\n\n渡口街坊報　2024-05-03\n\n修了三個月的鐘昨天傍晚響了六下，渡船上的人都回頭看。\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    settings = tmp_path / "newsbook.toml"
    settings.write_text('inputs = ["pages"]\n', "utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "bell.txt").write_text(PAGE, "utf-8")
    made = Workshop(lambda: load(settings), settings, Board(), tmp_path / "scratch")
    (tmp_path / "scratch").mkdir()
    made.open()
    yield made
    made.board.close()
    made.close()


def settled(workshop: Workshop, version: int) -> Snapshot:
    """Return what is shown behind a version as soon as nothing is at work any more."""

    async def wait() -> Snapshot:
        shown = workshop.board.snapshot
        while shown.version <= version or shown.busy:
            shown = await workshop.board.later_than(shown.version, 60)
        return shown

    return asyncio.run(wait())


def test_pages_are_made_of_what_lies_on_disk_and_stay_when_nothing_can_be_made(workshop: Workshop) -> None:
    shown = settled(workshop, 0)
    assert (shown.failure, [article.headline for article in shown.articles]) == ((), ["渡口的鐘又響了"])
    pdf, epub = shown.outputs
    assert (pdf.kind, epub.kind, pdf.is_named) == ("pdf", "epub", False)
    (place, *_) = pdf.pages.places["bell.txt"]
    raw = workshop.store.read(pdf.pages.digest)
    inside = [run.text for run in text_of(raw, place.page) if place.top <= run.top <= place.top + place.height]
    assert any("修了三個月的鐘" in text for text in inside)
    drawn = picture(raw, place.page, 200)
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")
    assert picture(raw, 99, 200) is None
    printed = workshop.settings.parent / "printed.pdf"
    project = Project(inputs=(str(workshop.settings.parent / "pages"),), outputs=(Output(f"{printed}"),))
    assert build(project).exit is Exit.OK
    for number in range(len(pdf.pages.pages)):
        assert picture(raw, number, 600) == picture(printed.read_bytes(), number, 600)

    page = workshop.settings.parent / "pages" / "bell.txt"
    page.unlink()
    workshop.touch(Touched())
    gone = settled(workshop, shown.version)
    assert gone.failure
    assert gone.outputs == shown.outputs
    page.write_text(PAGE.replace("鐘又響了", "鐘聲"), "utf-8")
    workshop.touch(Touched())
    again = settled(workshop, gone.version)
    assert (again.failure, again.articles[0].headline) == ((), "渡口的鐘聲")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OutputError, match="--port"):
            serve(ProjectDraft, tmp_path / "newsbook.toml", taken.getsockname()[1], tmp_path, lambda _address: None)


def test_without_the_extra_the_command_that_brings_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith("newsbook.preview")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = CliRunner().invoke(preview_command, [str(tmp_path)])
    assert done.exit_code == Exit.DEPENDENCY
    assert "pip install 'newsbook[preview]'" in done.output


@pytest.mark.parametrize("arguments", [["nowhere"], ["-c", "nowhere.toml"], ["--port", "70000"], ["a", "b"]])
def test_what_makes_no_sense_ends_with_exit_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(preview_command, arguments).exit_code == Exit.USAGE


def test_the_page_says_everything_in_each_language() -> None:
    words = read_asset("templates/preview/words.js")
    blocks = re.findall(r"^  (?:\w+|\"[\w-]+\"): \{\n(.*?)^  \},$", words, re.DOTALL | re.MULTILINE)
    keys = [re.findall(r'(?:^ +|, )("?[a-zA-Z ]+"?): (?:"|\(|\{)', block, re.MULTILINE) for block in blocks]
    assert len(keys) == 3
    assert len(keys[0]) > 70
    assert keys[0] == keys[1] == keys[2]
    used = "".join(
        read_asset(f"templates/preview/{name}") for name in ("index.html", "article.js", "order.js", "pages.js")
    )
    named = set(re.findall(r'(?:data-word=|data-label=|say\()"([a-zA-Z ]+)"', used))
    assert named <= {key.strip('"') for key in keys[0]}
