"""What the rooms of a build work with: a store, a runner of jobs, whoever takes the findings; and what they make."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

from newsbook.diagnostics import Report
from newsbook.jobs import Failed, Job, Outcome, Runner
from newsbook.store import Store

V = TypeVar("V")


class Product(Struct, frozen=True):
    """A finished file in the store. `name` is its own where the target is a folder; empty where it is the target.

    `pages` is how many it has; 0 where it has none.
    """

    sha256: str
    name: str = ""
    pages: int = 0


class Workplace(Struct, frozen=True):
    """A store, a runner, and the callback for findings."""

    store: Store
    runner: Runner
    report: Report

    def do(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        """Yield what comes of `jobs`, in their order, their findings reported."""
        for outcome in self.runner.map(jobs):
            for finding in outcome.findings:
                self.report(finding)
            yield outcome

    def done(self, job: Job[V]) -> V:
        """Return the value of one job. Raises its failure where it failed."""
        (outcome,) = self.do((job,))
        if isinstance(outcome, Failed):
            raise outcome.error()
        return outcome.value
