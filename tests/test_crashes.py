"""Runs that are killed, a few of the moments that `crashes.py` tries: all that they leave belongs together."""

import errno
import os
import random
from pathlib import Path

import pytest

from crashes import Trial, limit_size
from newsbook.claims import held, left_in, new_file, new_folder, sweep
from newsbook.publication import publish, recover


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("crashes"))


@pytest.mark.parametrize("old", [True, False])
def test_a_run_that_is_killed_leaves_nothing_that_does_not_belong_together(trial: Trial, *, old: bool) -> None:
    count = trial.steps(old=old)
    # Files appear at the end: these moments are looked at more closely.
    for step in (*range(5, count - 30, 60), *range(count - 30, count + 1, 6)):
        trial.kill_at(step, old=old)
    assert not trial.faults


def test_two_runs_at_once_do_not_mix(trial: Trial) -> None:
    rng = random.Random(7)  # noqa: S311 - moments, not secrets.
    for _ in range(2):
        trial.kill_two(rng, workers=0, most=0.6)
    assert not trial.faults


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_leaves_the_old_files(trial: Trial, fault: int) -> None:
    trial.fail_at(trial.steps() - 20, fault)
    assert not trial.faults


def test_a_limit_of_file_size_leaves_the_old_files(trial: Trial) -> None:
    limit_size(trial, 2000)
    assert not trial.faults


def test_what_somebody_still_works_with_is_not_swept(tmp_path: Path) -> None:
    with new_folder(tmp_path, "newsbook-") as folder:
        part, descriptor = new_file(tmp_path, 0o600)
        sweep(tmp_path, "newsbook-", "")
        sweep(tmp_path)
        assert folder.exists()
        assert part.exists()
        os.close(descriptor)
        assert list(left_in(tmp_path)) == [part]
        sweep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_journal_from_elsewhere_moves_nothing_out_of_its_folder(tmp_path: Path) -> None:
    """A folder that was unpacked may hold what looks like the work of a run that was killed."""
    victim = tmp_path / "victim"
    victim.write_text("whole")
    stage = tmp_path / "unpacked" / ".newsbook-7-0.part"
    stage.mkdir(parents=True)
    for name in ("../../victim", "..", str(victim)):
        (stage / "0").write_text("harm")
        (stage / "journal").write_text(f'{{"moves": [["0", "{name}"]], "record": "", "decider": "", "others": []}}')
        recover((stage.parent,))
        assert victim.read_text() == "whole"
        assert not stage.exists()
        stage.mkdir()


def test_files_that_cannot_all_be_renamed_are_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsbook.diagnostics import OutputError

    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("old")
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target == second:
            raise OSError(errno.EIO, "Input/output error", str(self), None, str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError, match=r"b cannot be written: Input/output error"):
        publish([(first, b"new"), (second, b"new")], None, lambda _target, _data: None)
    monkeypatch.undo()
    assert first.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_folders_are_held_whatever_their_order(tmp_path: Path) -> None:
    with held((tmp_path, tmp_path / "nowhere", tmp_path)):
        assert not list(tmp_path.iterdir())
