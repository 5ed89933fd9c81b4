"""A job's key: the same where the job would do the same, another where it might not."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from msgspec import Struct

import issues
from jobs import work
from jobs.work import Bare, Double, Edit, Sleep
from newsbook.jobs import key, key_of

ROOT = Path(__file__).parents[2]


class Counts(Struct, frozen=True):
    """A job whose fields have no order of their own."""

    counts: dict[str, int]
    marks: frozenset[str]
    name: str = "counts"

    def run(self, store: object, report: object) -> int:  # noqa: ARG002
        return 0


def in_another_process(folder: Path, expression: str, **environment: str) -> str:
    code = f"from jobs.work import *; import issues; from newsbook.jobs import key_of; print(key_of({expression}))"
    path = f"{ROOT / 'src'}:{ROOT / 'tests'}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, env={"PYTHONPATH": path, "PATH": os.environ["PATH"], **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_key_is_the_same_in_another_process_folder_and_environment(tmp_path: Path) -> None:
    job = Edit(issues.article())
    elsewhere = in_another_process(tmp_path, "Edit(issues.article())", LANG="zh_TW.UTF-8", TZ="Asia/Taipei", HOME="/")
    assert key_of(job) == elsewhere
    assert re.fullmatch("[0-9a-f]{64}", elsewhere)


class Twice(Struct, frozen=True):
    """A job with the fields of another."""

    number: int
    name: str = "twice"

    def run(self, store: object, report: object) -> int:  # noqa: ARG002
        return 2 * self.number


def test_a_key_has_the_type_and_every_field_of_its_job() -> None:
    twins = (Twice(1), Double(1), Sleep(1, 2), Sleep(1, 3), Sleep(1, 2, "other"), Sleep(1, 2.5))
    assert len({key_of(job) for job in twins}) == len(twins)
    assert key_of(Double(1)) == key_of(Double(1))


def test_the_order_of_what_has_none_does_not_matter() -> None:
    one = Counts({"a": 1, "b": 2}, frozenset("abcdefgh"))
    assert key_of(one) == key_of(Counts({"b": 2, "a": 1}, frozenset("hgfedcba")))


def test_a_name_with_half_a_character_has_a_key() -> None:
    assert key_of(Bare("\udcff")) != key_of(Bare("\udcfe"))


def test_a_key_changes_with_the_code_and_with_every_library(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(Double(1))
    monkeypatch.setattr(key, "_code", lambda: b"other")
    assert (other := key_of(Double(1))) != before
    key._versions.cache_clear()  # noqa: SLF001
    monkeypatch.setattr(key, "version", lambda name: "99" if name == "pydyf" else "1")
    assert key_of(Double(1)) != other
    key._versions.cache_clear()  # noqa: SLF001


def test_the_code_is_every_file_by_its_name_and_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key, "__file__", str(tmp_path / "newsbook" / "jobs" / "key.py"))
    monkeypatch.setattr(key, "root", lambda: tmp_path)
    digests = []
    for name, text in (("a.py", "a"), ("a.py", "b"), ("jobs/b.py", ""), ("words.xz", "x"), ("../templates/t.html", "")):
        file = tmp_path / "newsbook" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        digests.append(key._code.__wrapped__())  # noqa: SLF001
    assert len(set(digests)) == 5
    (tmp_path / "newsbook" / "__pycache__").mkdir()
    (tmp_path / "newsbook" / "__pycache__" / "a.pyc").write_text("compiled")
    assert key._code.__wrapped__() == digests[-1]  # noqa: SLF001


def test_every_library_that_newsbook_needs_is_in_the_key_or_known_to_show_in_no_output() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {
        re.split("[<>=!~ ]", each)[0].lower()
        for each in [*project["dependencies"], *project["optional-dependencies"]["heic"]]
    }
    assert needed - set(key.LIBRARIES) == {"click", "httpx", "httpcore", "idna", "landlockpy", "protego"}


def test_this_modules_jobs_are_those_of_the_pool() -> None:
    """A child imports them under the same name."""
    assert work.__name__ == "jobs.work"
