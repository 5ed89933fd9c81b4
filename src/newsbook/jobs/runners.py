"""Runners: jobs in, outcomes out, in the order of the jobs, whoever does the work."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from msgspec import Struct

from newsbook.diagnostics import Exit, NewsbookError, OutputError
from newsbook.jobs.job import (
    Done,
    Failed,
    Job,
    Outcome,
    Reason,
    attempt,
    attempt_encoded,
    decoded,
    encoded,
    unforeseen,
)
from newsbook.jobs.key import key_of
from newsbook.store import Store

V = TypeVar("V")


class Pending(Protocol[V]):
    """A job that has been begun."""

    def result(self) -> Outcome[V]:
        """Wait until the job is done or has failed, and return what came of it."""

    def cancel(self) -> object:
        """Say that nobody waits for it any more."""


class Runner(Protocol):
    """Does jobs. `ahead` is how many it may begin before the outcome of the first is asked for."""

    @property
    def ahead(self) -> int:
        """How many jobs are taken from their source before an outcome is handed out."""

    def begin(self, job: Job[V]) -> Pending[V]:
        """Begin a job."""

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        """Yield what comes of each job, in the order of the jobs.

        Jobs are taken from their source as they are needed, not more than `ahead` before the outcome that is handed
        out, so that neither jobs nor outcomes pile up. How far ahead depends on the runner: findings that the source
        makes itself must not go where those of the outcomes go, or their order depends on the runner too.
        """


class Serial:
    """Does one job after the other in this process, each when its outcome is asked for."""

    ahead = 0

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, job: Job[V]) -> Pending[V]:
        """Do a job."""
        return _Ready(attempt(job, self._store))

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        """Yield what comes of each job, in their order."""
        return _in_order(self, jobs)


class Workers(Protocol):
    """Where jobs go: any `concurrent.futures.Executor`, and whatever else takes a function and gives a `Future`."""

    def submit(self, fn: Callable[[Job[Any], Store], bytes], job: Job[Any], store: Store, /) -> Future[bytes]:
        """Call `fn` elsewhere."""


class LostError(Exception):
    """A worker has gone, and the job that it was at with it: `reason`, and what happened, after the job's name."""

    def __init__(self, reason: Reason, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.trace = trace


class Pooled:
    """Does jobs by the workers of an executor: threads, processes, or another machine's that sees the same store."""

    def __init__(self, workers: Workers, store: Store, ahead: int) -> None:
        self._workers = workers
        self._store = store
        self.ahead = ahead

    def begin(self, job: Job[V]) -> Pending[V]:
        """Hand a job to the executor."""
        try:
            return _Submitted(job, self._workers.submit(attempt_encoded, job, self._store))
        except BrokenExecutor:
            return _Ready(_lost(job, LostError("crash", _BROKEN)))

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        """Yield what comes of each job, in their order."""
        return _in_order(self, jobs)


class Kept:
    """Takes what the store holds under a job's key, and has the rest done by another runner, and kept.

    A job is done again where the store has lost or damaged what it had put there. Findings of a kept job are reported
    like new ones. A failure is never kept, so that it is tried again; what the store cannot take is done anew another
    time, and no failure. `has_lost` tells whether a job was lost, which may well be done the next time.
    """

    def __init__(self, runner: Runner, store: Store) -> None:
        self._runner = runner
        self._store = store
        self.ahead = runner.ahead
        self.has_lost = False

    def begin(self, job: Job[V]) -> Pending[V]:
        """Look a job up, or begin it."""
        key = key_of(job)
        outcome = self._found(job, key)
        return _Ready(outcome) if outcome else _Keeping(self._runner.begin(job), key, self)

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        """Yield what comes of each job, in their order."""
        return _in_order(self, jobs)

    def keep(self, key: str, outcome: Outcome[V]) -> None:
        """Keep what came of the job with this key, where it came to an end."""
        if isinstance(outcome, Done):
            with suppress(OutputError):
                self._store.keep(key, encoded(outcome))
        elif outcome.is_lost:
            self.has_lost = True

    def _found(self, job: Job[V], key: str) -> Outcome[V] | None:
        data = self._store.kept(key)
        if data is None:
            return None
        try:
            outcome = decoded(job, data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        is_whole = isinstance(outcome, Done) and all(map(self._store.holds, outcome.content))
        return outcome if is_whole else None


def _in_order(runner: Runner, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
    pending = deque[Pending[V]]()
    try:
        for job in jobs:
            pending.append(runner.begin(job))
            if len(pending) > runner.ahead:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for each in pending:
            each.cancel()


class _Ready(Struct, Generic[V], frozen=True):
    """A job that was done when it was begun."""

    outcome: Outcome[V]

    def result(self) -> Outcome[V]:
        return self.outcome

    def cancel(self) -> None:
        """Do nothing: it is done."""


class _Submitted(Struct, Generic[V], frozen=True):
    """A job that an executor has."""

    job: Job[V]
    future: Future[bytes]

    def result(self) -> Outcome[V]:
        try:
            return decoded(self.job, self.future.result())
        except LostError as lost:
            return _lost(self.job, lost)
        except BrokenExecutor:
            return _lost(self.job, LostError("crash", _BROKEN))
        except NewsbookError:
            raise
        except Exception as error:  # noqa: BLE001 - each executor has its own for a worker or a job that is lost.
            return unforeseen(self.job.name, error)

    def cancel(self) -> None:
        self.future.cancel()


def _lost(job: Job[V], lost: LostError) -> Failed:
    exit_code = Exit.LIMIT if lost.reason in {"memory", "cpu", "time"} else Exit.INTERNAL
    return Failed(job.name, lost.reason, f"{job.name} {lost.message}", exit_code, (), lost.trace)


_BROKEN = "was lost with a process of the pool, which takes no more jobs."


class _Keeping(Struct, Generic[V], frozen=True):
    """A job whose value is kept when it is there."""

    pending: Pending[V]
    key: str
    keeper: Kept

    def result(self) -> Outcome[V]:
        outcome = self.pending.result()
        self.keeper.keep(self.key, outcome)
        return outcome

    def cancel(self) -> None:
        self.pending.cancel()
