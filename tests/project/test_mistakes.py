"""Every mistake that people make in newsbook.toml, with the very sentence that is said to it."""

import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest
from msgspec import Struct, convert

from newsbook.diagnostics import Code, Diagnostic, UsageError
from newsbook.project import check, load


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    file: str
    fails: tuple[str, ...] = ()
    finds: tuple[str, ...] = ()


PAGE = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text("utf-8"))
CASES = convert(PAGE["mistake"], tuple[Case, ...])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("page.txt", "cover.png", "issue.pdf"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_sentence(case: Case, folder: Path) -> None:
    path = folder / "newsbook.toml"
    path.write_text(case.file, "utf-8")
    found: list[Diagnostic] = []
    with pytest.raises(UsageError) if case.fails else nullcontext() as failed:
        check(load(path), found.append)
    assert (str(failed.value).splitlines() if failed else []) == list(case.fails)
    said = [f"{each.where}: {each.message} {each.hint}" for each in found if each.code is not Code.SETTINGS_READ]
    assert said == list(case.finds)
    assert {each.code for each in found} <= {Code.SETTINGS_READ, Code.SETTING_UNKNOWN, Code.SETTING_UNFIT}
