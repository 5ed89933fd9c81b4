"""Hostile pictures, issue files, decisions, styles and names: each has its outcome, and its neighbours are whole."""

import json
import re
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from hostile.conftest import SECRET, Watch
from hostile.decisions import DECISIONS
from hostile.folders import GOOD, KEPT, HostileFolder
from hostile.pictures import PICTURES
from hostile.settings import SETTINGS
from hostile.styles import STYLES
from newsbook.cli import main
from newsbook.diagnostics import Exit

# C0 and C1 controls, and what turns the direction of a line: a terminal would follow them.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def words_of(out: Path) -> str:
    """Return all that an output says."""
    if out.suffix == ".epub":
        with zipfile.ZipFile(out) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if out.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(out)
        return "".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", "")
    return out.read_text("utf-8")


@pytest.mark.parametrize("case", [*PICTURES, *SETTINGS, *DECISIONS, *STYLES], ids=lambda case: case.name)
def test_a_hostile_folder_has_its_outcome(
    case: HostileFolder,
    tmp_path: Path,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "issue"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")
    case.make(folder)
    monkeypatch.chdir(folder)
    arguments = [*case.arguments, "-j", "0", "--report", "report.json"]
    arguments += ["--no-store"] if case.arguments[0] == "build" else []
    monkeypatch.setattr(sys, "argv", ["newsbook", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    watch.is_on = False
    said = capsys.readouterr().err
    assert watch.seen == []
    assert "--debug" not in said, "an internal error"
    assert not STEERING.search(said)
    assert SECRET not in said
    assert (ended.value.code, said) == (case.exit, said)
    assert case.said in said
    if case.exit not in {Exit.OK, Exit.PROBLEMS}:
        assert not list(folder.glob("out.*"))
        return
    report = json.loads((folder / "report.json").read_bytes())
    assert {finding["code"] for finding in report["findings"]} >= set(case.codes), said
    (out,) = folder.glob("out.*")
    words = words_of(out)
    assert KEPT in words
    assert SECRET not in words
