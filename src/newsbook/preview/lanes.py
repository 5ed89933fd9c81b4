"""Where the jobs of a preview are done: in a lane of its own for what must show at once, and one for whole editions."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from newsbook.diagnostics import NewsbookError
from newsbook.jobs import Job, Kept, Limits, Outcome, Pending, Processes, Runner
from newsbook.preview.repertoire import Repertoire, WithRepertoire
from newsbook.store import Store

V = TypeVar("V")


class SupersededError(NewsbookError):
    """What was being made is not wanted any more, for what it is made of has changed."""


class Lane:
    """A process that does jobs for one build after the other, until it is stopped; then it begins anew.

    What was done is taken from the store. Where the lane `extends` it, the repertoire grows by what is laid out.
    """

    def __init__(self, store: Store, scratch: Path, repertoire: Repertoire, *, extends: bool) -> None:
        self._store, self._scratch = store, scratch
        self._repertoire, self._extends = repertoire, extends
        self._current: _Stoppable | None = None

    def runner(self, limits: Limits) -> Runner:
        """Return what does the jobs of the next build."""
        if self._current is None or self._current.is_stopped or self._current.limits != limits:
            self.stop()
            self._current = _Stoppable(Processes(self._store, 1, limits, self._scratch), limits)
        return WithRepertoire(Kept(self._current, self._store), self._store, self._repertoire, extends=self._extends)

    def stop(self) -> None:
        """End the process, and with a `SupersededError` the build that it works for."""
        if self._current:
            self._current.stop()


class _Stoppable:
    """Does jobs by processes, until it is stopped: then no job is lost, but the whole build is over."""

    def __init__(self, processes: Processes, limits: Limits) -> None:
        self._processes = processes
        self.limits = limits
        self.ahead = processes.ahead
        self.is_stopped = False

    def stop(self) -> None:
        self.is_stopped = True
        self._processes.close()

    def begin(self, job: Job[V]) -> Pending[V]:
        if self.is_stopped:
            raise _superseded()
        return _Stopping(self._processes.begin(job), self)

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        return (self.begin(job).result() for job in jobs)


class _Stopping(Struct, Generic[V], frozen=True):
    """A job in a lane that may be stopped."""

    pending: Pending[V]
    lane: _Stoppable

    def result(self) -> Outcome[V]:
        try:
            outcome = self.pending.result()
        except Exception as error:
            if self.lane.is_stopped:
                raise _superseded() from error
            raise
        if self.lane.is_stopped:
            raise _superseded()
        return outcome

    def cancel(self) -> None:
        self.pending.cancel()


def _superseded() -> SupersededError:
    return SupersededError("it has changed.")
