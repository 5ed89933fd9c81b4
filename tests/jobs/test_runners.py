"""Jobs here, by any executor, and by look-up: in order, as they are needed, and the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec
import pytest

import issues
from jobs.work import Deep, Double, Edit, Fail, Leave, Odd, Sleep, Stow, run
from newsbook.diagnostics import Exit, LimitError, NewsbookError
from newsbook.jobs import Done, Failed, Job, Kept, Outcome, Pooled, Runner, Serial, key_of
from newsbook.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture(scope="module", params=["threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    kinds: dict[str, Callable[[], Executor]] = {
        "threads": partial(ThreadPoolExecutor, 2),
        "processes": partial(ProcessPoolExecutor, 2, get_context("spawn")),
    }
    with kinds[request.param]() as executor:
        yield executor


def test_any_executor_gives_what_one_after_the_other_gives(executor: Executor, store: Store) -> None:
    jobs: list[Job[int]] = [*map(Double, range(20)), Fail("input"), Fail("limit"), Double(5)]
    assert list(Pooled(executor, store, 3).map(jobs)) == list(Serial(store).map(jobs))


def test_what_any_executor_loses_is_a_failure(executor: Executor, store: Store) -> None:
    class Local(Double, frozen=True):
        pass

    odd, local, after = run(Pooled(executor, store, 3), Odd(), Local(1), Double(1))
    assert isinstance(odd, Failed)
    assert odd.reason == "error"
    assert isinstance(local, Failed) == isinstance(executor, ProcessPoolExecutor)
    assert isinstance(after, Done)


def test_when_an_executor_breaks_every_job_it_still_had_is_a_failure(store: Store) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        runner = Pooled(executor, store, 1)
        assert {each.reason for each in run(runner, Leave("kill"), *map(Double, range(5)))} == {"crash"}
        assert run(runner, Double(1))[0].message.startswith("number 1 was lost with a process of the pool")


@pytest.mark.parametrize("ahead", [0, 1, 5])
def test_jobs_are_taken_as_they_are_needed(store: Store, ahead: int) -> None:
    taken: list[int] = []

    def source() -> Iterator[Double]:
        for number in count():
            taken.append(number)
            yield Double(number % 3)

    with ThreadPoolExecutor(1) as executor:
        outcomes = Pooled(executor, store, ahead).map(source())
        assert taken == []
        assert [done.value for done in islice(outcomes, 4)] == [0, 2, 4, 0]  # type: ignore[union-attr]
        assert taken == list(range(4 + ahead))


def test_what_is_not_asked_for_is_not_done(store: Store) -> None:
    edits = [Edit(issues.article(str(n))) for n in range(9)]
    with ThreadPoolExecutor(1) as executor:
        jobs: list[Job[Any]] = [Double(1), Sleep(1, 0.2), *edits]
        outcomes = Pooled(executor, store, 100).map(jobs)
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]
    assert not (store.folder / "runs").exists()


def test_one_after_the_other_a_job_is_done_when_its_outcome_is_asked_for(store: Store) -> None:
    outcomes = Serial(store).map(Edit(issues.article(str(n))) for n in range(9))
    next(outcomes)
    assert (store.folder / "runs").read_text() == "x"


def test_one_after_the_other_an_interrupt_and_an_exit_end_the_program(store: Store) -> None:
    for way, error in (("interrupt", KeyboardInterrupt), ("sys", SystemExit)):
        with pytest.raises(error):
            run(Serial(store), Leave(way))


def test_a_job_that_goes_too_deep_is_a_failure(store: Store) -> None:
    failed, after = run(Serial(store), Deep(), Double(1))
    assert isinstance(failed, Failed)
    assert "RecursionError" in failed.message
    assert isinstance(after, Done)


def test_a_failure_is_raised_again_as_what_it_was(store: Store) -> None:
    (failed,) = run(Serial(store), Fail("limit"))
    assert isinstance(failed, Failed)
    with pytest.raises(LimitError, match="the article is too long"):
        raise failed.error()
    assert type(Failed("it", "crash", "gone.", Exit.INTERNAL).error()) is NewsbookError


# --- kept --------------------------------------------------------------------------------------------------------


def test_what_is_kept_is_not_done_again_and_its_findings_are_reported_like_new_ones(store: Store) -> None:
    jobs = [Edit(issues.article(f"{n}")) for n in range(3)]
    kept = Kept(Serial(store), store)
    first = list(kept.map(jobs[1:2]))
    every = list(kept.map(jobs))
    again = list(kept.map(jobs))
    assert (store.folder / "runs").read_text() == "xxx"
    assert every == again == list(Serial(store).map(jobs))
    assert first == every[1:2]
    assert all(isinstance(done, Done) and len(done.findings) == 1 for done in again)


def test_a_failure_is_tried_again(store: Store) -> None:
    kept = Kept(Serial(store), store)
    assert run(kept, Fail("input")) == run(kept, Fail("input"))
    assert store.kept(key_of(Fail("input"))) is None


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"torn", b"\x92\x01"])
def test_what_is_kept_and_cannot_be_read_is_done_anew(store: Store, damage: bytes) -> None:
    job = Edit(issues.article())
    store.keep(key_of(job), damage)
    kept = Kept(Serial(store), store)
    first, second = [*run(kept, job), *run(kept, job)]
    assert (store.folder / "runs").read_text() == "x", "it is kept in the place of what was damaged"
    assert first == second == Serial(store).begin(job).result()


def test_a_store_that_cannot_be_written_fails_no_job(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("no folder")
    store = Store(tmp_path)
    assert run(Kept(Serial(store), store), Double(1)) == run(Serial(store), Double(1))


def test_kept_and_new_ones_come_in_order_by_any_executor(executor: Executor, store: Store) -> None:
    jobs = list(map(Double, range(30)))
    list(Kept(Serial(store), store).map(jobs[::3]))
    runner: Runner = Kept(Pooled(executor, store, 4), store)
    outcomes: list[Outcome[int]] = list(runner.map(jobs))
    assert outcomes == list(Serial(store).map(jobs))


def test_an_article_with_every_block_comes_out_of_the_store_as_it_went_in(store: Store) -> None:
    job = Edit(issues.article())
    assert {type(block) for block in job.article.body} == {type(block) for block in issues.every_block()}
    kept = Kept(Serial(store), store)
    new, old = [*run(kept, job), *run(kept, job)]
    assert new == old == Done((job.article,), old.findings)
    assert msgspec.json.encode(new) == msgspec.json.encode(old)


def test_a_job_is_done_again_where_the_store_has_lost_what_it_put_there(store: Store) -> None:
    kept = Kept(Serial(store), store)
    (done,) = run(kept, Stow("渡口"))
    assert run(kept, Stow("渡口")) == [done]
    assert done.content == (done.value,)
    for damage in (Path.unlink, partial(Path.write_bytes, data=b"torn")):
        damage(store.path(done.value))
        assert run(kept, Stow("渡口")) == [done]
        assert store.holds(done.value)
