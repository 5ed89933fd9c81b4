"""A runner before the one that does the jobs: the editions of a session share a repertoire, so that faces are cut once.

To cut faces takes most of the time that it takes to lay out an article. What an article brings that the repertoire has
not is set from the installed faces, until the whole issue is laid out, which extends it.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from newsbook.fonts.derived import repertoire_of
from newsbook.jobs import Job, Outcome, Pending, Runner
from newsbook.model import Edition
from newsbook.outputs.pages import LayOut
from newsbook.store import Store

V = TypeVar("V")


class Repertoire:
    """The characters that the pages of a session have had so far; `cut` are those that faces have been cut to."""

    def __init__(self) -> None:
        self.characters = self.cut = ""

    def settle(self) -> None:
        """Say that a whole issue has been laid out, so that its faces are in the store."""
        self.cut = self.characters

    def extended(self, edition: Edition) -> str:
        """Return the characters, with those of an edition."""
        own = repertoire_of(edition)
        if not own.issubset(self.characters):
            self.characters = "".join(sorted(own.union(self.characters)))
        return self.characters


class WithRepertoire:
    """Does jobs by another runner; what is to be laid out has the repertoire, and `extends` it where that is wanted."""

    def __init__(self, runner: Runner, store: Store, repertoire: Repertoire, *, extends: bool) -> None:
        self._runner, self._store = runner, store
        self._repertoire, self._extends = repertoire, extends
        self.ahead = runner.ahead

    def begin(self, job: Job[V]) -> Pending[V]:
        """Begin a job."""
        return self._runner.begin(self._with(job))

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        """Yield what comes of each job, in their order."""
        return self._runner.map(map(self._with, jobs))

    def _with(self, job: Job[V]) -> Job[V]:
        if not isinstance(job, LayOut):
            return job
        edition = msgspec.msgpack.decode(self._store.read(job.edition), type=Edition)
        # On a vertical page an installed face would lie on its side, so that none can help out.
        extends = self._extends or edition.is_vertical
        known = self._repertoire.extended(edition) if extends else self._repertoire.cut
        digest = self._store.put(msgspec.msgpack.encode(replace(edition, repertoire=known)))
        return replace(job, edition=digest)
