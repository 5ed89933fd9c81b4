"""`newsbook config`: what it prints is a newsbook.toml, and what is wrong ends it with a sentence and exit code 2."""

import json
import tomllib
from pathlib import Path

import pytest

from newsbook.diagnostics import Exit
from newsbook.project import read
from newsbook.project.written import schema
from test_cli import newsbook, said

LANGUAGE = "--lang is “x_”, which is no language tag; write zh-Hans, zh-Hant, ja or ko."
DELAY = "--delay is 1000000000.0, which is out of range; write a number from 0 to 86,400."
FILE = 'inputs = ["page.txt"]\n[issue]\nnameplate = "渡口"\n[[outputs]]\nfile = "a.pdf"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "newsbook.toml").write_text(FILE, "utf-8")
    (tmp_path / "page.txt").touch()
    (tmp_path / "below").mkdir()
    return tmp_path


def test_what_it_prints_is_read_again_as_the_same(folder: Path) -> None:
    done = newsbook("config", "-v", "--number", "12", "--cache", "here", "below", cwd=folder)
    assert done.returncode == Exit.OK
    assert said(done) == "note[settings-read] newsbook.toml: newsbook.toml is followed.\n"
    text = done.stdout.decode()
    assert 'nameplate = "渡口"  # newsbook.toml:3\nnumber = "12"  # --number\ndate = ""  # default\n' in text
    (folder / "newsbook.toml").write_text(text, "utf-8")
    again = newsbook("config", cwd=folder)
    assert read(again.stdout.decode()).project == read(text).project


def test_it_prints_json_and_the_schema(folder: Path) -> None:
    done = newsbook("config", "--json", "--cache", "", cwd=folder / "below")
    assert json.loads(done.stdout)["issue"]["nameplate"] == "渡口"
    assert newsbook("config", "--schema", cwd=folder).stdout.decode() == schema()


def test_another_file_is_named_and_none_is_named(folder: Path) -> None:
    (folder / "below" / "other.toml").write_text('style = "reader"', "utf-8")
    done = newsbook("config", "-c", "below/other.toml", cwd=folder)
    assert tomllib.loads(done.stdout.decode())["style"] == "reader"
    for none in (["--no-config"], ["-c", ""]):
        assert tomllib.loads(newsbook("config", *none, cwd=folder).stdout.decode())["outputs"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-c", "gone.toml"), "newsbook: gone.toml does not exist; check the name."),
        (("-c", "below"), "newsbook: below is a folder; name the file in it."),
        (("--date", "7 May"), "newsbook: --date is “7 May”, which is no date; write YYYY-MM-DD."),
        (("--delay", "1e9", "--lang", "x_"), f"newsbook: {LANGUAGE}\n{DELAY}"),
    ],
)
def test_a_mistake_is_told_and_nothing_printed(folder: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = newsbook("config", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (Exit.USAGE, b"")
    assert said(done) == f"{sentence}\n"


def test_an_unknown_key_is_a_warning(folder: Path) -> None:
    (folder / "newsbook.toml").write_text('[issue]\nnameplatte = "渡口"\n', "utf-8")
    done = newsbook("config", cwd=folder)
    assert done.returncode == Exit.OK
    assert said(done) == (
        "warning[setting-unknown] newsbook.toml:2: “nameplatte” in [issue] is no setting, and is not followed. "
        "Did you mean nameplate?\n"
    )
