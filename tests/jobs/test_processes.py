"""Jobs in processes: what goes wrong with one is its own failure, and nothing to the others."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import issues
from jobs.work import Bare, Double, Edit, Fail, HalfSent, Heirloom, Hold, Leave, Leftover, Litter, Odd, Sleep, run
from newsbook.diagnostics import DependencyError, Exit, InputError
from newsbook.jobs import Done, Failed, Job, Limits, Processes, Serial
from newsbook.store import Store

LIMITS = Limits(memory=1 << 30, cpu=20, wall=30)
TIGHT = Limits(memory=200 << 20, cpu=0.5, wall=30)
HASTE = Limits(memory=1 << 30, cpu=20, wall=2)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def pool(store: Store) -> Iterator[Processes]:
    with Processes(store, 2, LIMITS) as pool:
        yield pool


@pytest.fixture(scope="module")
def tight(store: Store) -> Iterator[Processes]:
    with Processes(store, 2, TIGHT) as pool:
        yield pool


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_processes_gives_what_one_after_the_other_gives(store: Store, workers: int) -> None:
    jobs: list[Job[int]] = [Double(3), Double(0), Fail("input"), Double(5), Fail("limit"), *map(Double, range(10))]
    with Processes(store, workers, LIMITS) as pool:
        assert list(pool.map(jobs)) == list(Serial(store).map(jobs))


@pytest.mark.parametrize(
    ("way", "reason", "code", "words"),
    [
        ("kill", "crash", Exit.INTERNAL, "the article brought its process to an end by SIGKILL."),
        ("fault", "crash", Exit.INTERNAL, "the article brought its process to an end by SIGSEGV."),
        ("exit", "crash", Exit.INTERNAL, "the article brought its process to an end with exit code 7."),
        ("sys", "crash", Exit.INTERNAL, "the article would not go on: SystemExit 3."),
        ("base", "crash", Exit.INTERNAL, "the article would not go on: Ending of it all."),
        ("interrupt", "crash", Exit.INTERNAL, "the article would not go on: KeyboardInterrupt."),
        ("close", "crash", Exit.INTERNAL, "the article brought its process to an end with exit code 1."),
        ("spin", "cpu", Exit.LIMIT, "the article took more than 0.5 s of processor time and was stopped."),
        ("hog", "memory", Exit.LIMIT, "the article needs more memory than it may have."),
    ],
)
def test_a_job_that_takes_its_process_along_is_one_failure(
    tight: Processes, way: str, reason: str, code: Exit, words: str
) -> None:
    first, failed, *rest = run(tight, Double(1), Leave(way), Double(2), Double(3))
    assert [first.value, *(each.value for each in rest)] == [2, 4, 6]
    assert isinstance(failed, Failed)
    assert (failed.name, failed.reason, failed.exit, failed.message) == ("the article", reason, code, words)


def test_a_job_that_hangs_is_one_failure(store: Store) -> None:
    with Processes(store, 3, HASTE) as pool:
        *hung, last = run(pool, Leave("hang"), Leave("stop"), Leave("deaf"), Double(1))
    assert last == Serial(store).begin(Double(1)).result()
    assert hung == [Failed("the article", "time", "the article took more than 2 s and was stopped.", Exit.LIMIT)] * 3


def test_a_process_that_is_killed_half_way_through_its_answer_leaves_the_others_their_lines(pool: Processes) -> None:
    """Where processes share a pipe, it ends here for all of them."""
    failed, *rest = run(pool, HalfSent(), *map(Double, range(6)))
    assert isinstance(failed, Failed)
    assert (failed.reason, failed.message) == ("crash", "the article brought its process to an end by SIGKILL.")
    assert [each.value for each in rest] == [0, 2, 4, 6, 8, 10]


def test_a_dead_process_whose_heir_holds_its_line_is_seen_to_be_dead(pool: Processes, store: Store) -> None:
    began = time.monotonic()
    (failed,) = run(pool, Heirloom(str(store.folder)))
    os.kill(int((store.folder / "heir").read_text()), signal.SIGKILL)
    assert isinstance(failed, Failed)
    assert failed.message == "the one with an heir brought its process to an end with exit code 9."
    assert time.monotonic() - began < 10


def test_a_process_that_is_killed_between_two_jobs_fails_neither(store: Store) -> None:
    with Processes(store, 1, LIMITS) as pool:
        (first,) = run(pool, Leftover("nothing"))
        assert isinstance(first, Done)
        os.kill(first.value, signal.SIGKILL)
        (second,) = run(pool, Leftover("nothing"))
    assert isinstance(second, Done)
    assert second.value != first.value


def test_a_process_does_job_after_job(store: Store) -> None:
    with Processes(store, 1, LIMITS) as pool:
        assert len({done.value for done in run(pool, *[Leftover("nothing")] * 5)}) == 1


@pytest.mark.parametrize("what", ["folder", "mask", "locale", "signal", "thread", "streams"])
def test_a_job_that_leaves_its_process_untidy_is_the_last_there(store: Store, what: str) -> None:
    with Processes(store, 1, LIMITS) as pool:
        first, second = run(pool, Leftover(what), Leftover("nothing"))
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert first.value != second.value


def test_what_a_job_has_started_ends_with_the_pool(store: Store) -> None:
    with Processes(store, 1, LIMITS) as pool:
        (done,) = run(pool, Leftover("heir"))
        (heir,) = _children(done.value)
        assert _is_alive(heir)
    assert not _lives_on(heir)


def test_threads_may_share_a_pool(pool: Processes, store: Store) -> None:
    jobs = [Double(n % 5) for n in range(100)]
    with ThreadPoolExecutor(4) as threads:
        shared = threads.map(lambda _: list(pool.map(jobs)), range(4))
        assert list(shared) == [list(Serial(store).map(jobs))] * 4


def test_a_job_that_forks_gives_one_outcome(pool: Processes) -> None:
    outcomes = run(pool, Leftover("fork"), Double(1), Double(2), Double(3))
    assert [each.value for each in outcomes[1:]] == [2, 4, 6]
    assert isinstance(outcomes[0], Done)


def test_an_exception_has_its_kind_and_what_was_found_before_it(pool: Processes) -> None:
    known, unknown, stubborn, memory = run(pool, Fail("input"), Fail("other"), Fail("stubborn"), Fail("memory"))
    for each in (known, unknown, stubborn, memory):
        assert isinstance(each, Failed)
        assert [finding.message for finding in each.findings] == ["found before"]
    assert isinstance(known, Failed)
    assert isinstance(unknown, Failed)
    assert (known.exit, known.message, known.trace) == (Exit.INPUT, "the article is empty; give another.", "")
    assert type(known.error()) is InputError
    assert str(known.error()) == known.message
    assert (unknown.reason, unknown.exit) == ("error", Exit.INTERNAL)
    assert unknown.message == "the article met with an internal error: ValueError: what nobody foresaw"
    assert "raise self.error()" in unknown.trace
    assert "Stubborn: stubborn" in str(stubborn)
    assert "needs more memory" in str(memory)


def test_a_value_that_cannot_leave_its_process_is_a_failure(pool: Processes) -> None:
    odd, bare, after = run(pool, Odd(), Bare(), Double(1))
    assert isinstance(odd, Failed)
    assert isinstance(bare, Failed)
    assert (odd.reason, odd.exit, len(odd.findings)) == ("error", Exit.INTERNAL, 1)
    assert "lock" in odd.message
    assert "surrogates not allowed" in bare.message
    assert after == Serial(Store(Path())).begin(Double(1)).result()


def test_a_job_that_cannot_go_to_another_process_is_a_failure(pool: Processes) -> None:
    class Local(Double, frozen=True):
        pass

    failed, after = run(pool, Local(1), Double(1))
    assert isinstance(failed, Failed)
    assert "Local" in failed.message
    assert isinstance(after, Done)


def test_values_of_any_size_come_through(pool: Processes, store: Store) -> None:
    data = os.urandom(20 << 20)
    (done,) = run(pool, Hold(store.put(data)))
    assert done == Done(data)


def test_every_block_comes_through(pool: Processes) -> None:
    article = issues.article()
    (done,) = run(pool, Edit(article))
    assert isinstance(done, Done)
    assert done.value == (article,)
    assert article.body


def test_a_store_that_is_deleted_meanwhile_is_a_failure(tmp_path: Path) -> None:
    with Processes(Store(tmp_path / "gone"), 1, LIMITS) as pool:
        failed, after = run(pool, Hold("0" * 64), Double(1))
    assert isinstance(failed, Failed)
    assert failed.exit == Exit.INPUT
    assert isinstance(after, Done)


def test_a_closed_pool_ends_at_once_whatever_it_is_at(store: Store) -> None:
    began = time.monotonic()
    with Processes(store, 2, LIMITS) as pool:
        jobs: list[Job[int]] = [Double(1), *(Sleep(n, 30) for n in range(20))]
        outcomes = pool.map(jobs)
        assert isinstance(next(outcomes), Done)
        assert len(_children(os.getpid())) >= 2
    assert time.monotonic() - began < 10


def test_without_an_interpreter_there_is_no_pool(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("/bin/false", "/nowhere/python"):
        monkeypatch.setattr(sys, "executable", wrong)
        with Processes(store, 1, LIMITS) as pool, pytest.raises(DependencyError, match="no process can be started"):
            run(pool, Double(1))


# A program without a guard, which spawned processes of multiprocessing's would run again.
SCRIPT = """
from pathlib import Path
from jobs.work import Double, Leftover, Sleep, run
from newsbook.jobs import Limits, Processes
from newsbook.store import Store
import sys, os
with Processes(Store(Path(sys.argv[1])), 2, Limits()) as pool:
    for done in pool.map([Double(1), Leftover("print"), *(Sleep(n, float(sys.argv[2])) for n in range(3))]):
        print(type(done).__name__, flush=True)
"""


def run_script(folder: Path, seconds: float, **how: object) -> "subprocess.Popen[str]":
    script = folder / "script.py"
    script.write_text(SCRIPT)
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"}
    call = [sys.executable, str(script), str(folder), str(seconds)]
    return subprocess.Popen(call, env=env, text=True, **how)  # type: ignore[call-overload, no-any-return]


def test_a_script_needs_no_guard_and_jobs_write_on_no_stream(tmp_path: Path) -> None:
    process = run_script(tmp_path, 0, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.communicate(timeout=30) == ("Done\n" * 5, "")


def test_the_standard_streams_may_be_closed(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as out:
        process = run_script(tmp_path, 0, stdout=out, preexec_fn=lambda: os.close(0) or os.close(2))  # type: ignore[func-returns-value]
        assert process.wait(30) == 0
    assert (tmp_path / "out").read_text() == "Done\n" * 5


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_processes_end_with_the_one_that_started_them(tmp_path: Path, end: signal.Signals) -> None:
    process = run_script(tmp_path, 30, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert [process.stdout.readline(), process.stdout.readline()] == ["Done\n", "Done\n"]
    children = _children(process.pid)
    assert len(children) == 2
    process.send_signal(end)
    # The pipes are closed, since no child holds them.
    _, said = process.communicate(timeout=60)
    assert (end == signal.SIGINT) == ("KeyboardInterrupt" in said)
    assert not any(map(_lives_on, children))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except FileNotFoundError:
        return False


def _lives_on(pid: int) -> bool:
    """Say whether a process is alive after a while that any process needs to end."""
    patience = time.monotonic() + 5
    while _is_alive(pid) and time.monotonic() < patience:
        time.sleep(0.05)
    return _is_alive(pid)


def test_temporary_files_that_a_job_leaves_are_gone_with_its_process(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Processes(store, 2, HASTE) as pool:
        left, hung = run(pool, Litter(), Litter(10))
    assert isinstance(left, Done)
    assert isinstance(hung, Failed)
    assert tmp_path in Path(left.value).parents
    assert not list(tmp_path.iterdir())
