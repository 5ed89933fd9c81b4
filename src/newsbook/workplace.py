"""What the rooms of a build work with: a store, a runner of jobs, and whoever takes the findings."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsbook.diagnostics import Report
from newsbook.jobs import Done, Failed, Job, Runner
from newsbook.store import Store


class Workplace(Struct, frozen=True):
    """A store, a runner, and the callback for findings."""

    store: Store
    runner: Runner
    report: Report

    def do(self, jobs: Iterable[Job]) -> Iterator[Done | Failed]:
        """Yield the results of `jobs` in their order, their findings reported."""
        for result in self.runner.map(jobs):
            for finding in result.findings:
                self.report(finding)
            yield result

    def done(self, job: Job) -> object:
        """Return the value of one job. Raises its failure where it failed."""
        (result,) = self.do((job,))
        if isinstance(result, Failed):
            raise result.error()
        return result.value
