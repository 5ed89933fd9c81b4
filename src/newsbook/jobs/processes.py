"""A pool of processes for jobs: each a fresh interpreter with limits, killed and made anew where it must be."""

from types import TracebackType
from typing import Self

from msgspec import Struct

from newsbook.jobs.runners import Pooled
from newsbook.store import Store


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What one job may take: bytes of memory, seconds of processor time, and seconds by the clock."""

    memory: int = 2 << 30
    cpu: float = 120
    wall: float = 300


DEFAULT = Limits()


class Processes(Pooled):
    """Does jobs in `workers` processes of its own, within limits. Use it in a `with` statement, which ends them."""

    def __init__(self, store: Store, workers: int, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        from concurrent.futures import ThreadPoolExecutor

        super().__init__(ThreadPoolExecutor(workers), store, ahead=4 * workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes at once, and what they are at with them."""
