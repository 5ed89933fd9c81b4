"""Every fuzzing target holds on its seeds, on what Hypothesis draws, and in a short run of atheris."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FUZZ = Path(__file__).parent.parent / "fuzz"
sys.path.insert(0, str(FUZZ))

from targets import TARGETS  # noqa: E402 - it lies in a folder of its own.

# What takes long for one input has fewer.
RUNS = {"text": 60, "html": 60, "markdown": 60, "feed": 100, "docx": 200, "container": 60, "lines": 100}


def seeds(name: str) -> list[Path]:
    return sorted((FUZZ / "corpus" / name).iterdir())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_holds_on_its_seeds(name: str) -> None:
    assert seeds(name)
    for seed in seeds(name):
        TARGETS[name](seed.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_holds_on_what_is_drawn(name: str) -> None:
    @settings(max_examples=RUNS.get(name, 200), database=None)
    @given(st.one_of(st.binary(max_size=120), st.binary(max_size=120).map(lambda drawn: b"\0" + drawn)))
    def holds(data: bytes) -> None:
        TARGETS[name](data)

    holds()


@pytest.mark.tool
@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_of_atheris_finds_nothing(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("this test needs atheris; `make test` installs it")
    flags = [f"-runs={3 * RUNS.get(name, 700)}", "-seed=1", f"-artifact_prefix={tmp_path}/", "-max_len=64"]
    command = [sys.executable, str(FUZZ / "run.py"), name, *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    assert re.search(r"^Done \d+ runs", done.stderr, re.MULTILINE)


def law_breaker(data: bytes) -> None:
    assert data[:1] != b"1", "a law"


def test_a_broken_law_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TARGETS, "tag", law_breaker)
    broken: Callable[[bytes], None] = TARGETS["tag"]
    with pytest.raises(AssertionError, match="a law"):
        broken(b"1x")
