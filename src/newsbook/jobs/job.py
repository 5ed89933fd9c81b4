"""A job: a frozen value that does its work when it is told to, and what comes of it as values too."""

import traceback
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Generic, Literal, Protocol, TypeAlias, TypeVar, get_type_hints

import msgspec
from msgspec import Struct

from newsbook.diagnostics import (
    DependencyError,
    Diagnostic,
    Exit,
    InputError,
    LimitError,
    NewsbookError,
    OutputError,
    Report,
    UsageError,
    ValidationError,
)
from newsbook.store import Store
from newsbook.targets import no_room

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)

Reason: TypeAlias = Literal["memory", "cpu", "time", "crash", "error"]
"""Why a job failed: it went beyond a limit, its process ended under it, or it raised an exception."""


class Job(Protocol[V_co]):
    """Work as a value: a frozen `msgspec.Struct` at the top of a module, without callables, handles or paths.

    What the work depends on stands in the fields, as text, numbers, structs and hashes of the store. The value that
    `run` returns is one that msgspec encodes and decodes by the annotation of `run`. A job leaves the process as it
    found it: its folder, its environment, its locale and its signal handlers.
    """

    @property
    def name(self) -> str:
        """What a failure calls the job: the name of the input, the picture or the article."""

    def run(self, store: Store, report: Report) -> V_co:
        """Do the work with what the store holds, hand findings to `report`, and return the value."""


class Sizeable(Protocol):
    """A job that tells how many times the usual limits it may take, since its work is as large as that."""

    def share(self, store: Store) -> float:
        """Return the share, above 0."""


def share_of(job: Job[Any], store: Store) -> float:
    """Return how many times the usual limits a job may take."""
    share = getattr(job, "share", None)
    return share(store) if share else 1.0


class Done(Struct, Generic[V], frozen=True, tag="done"):
    """The value of a job, its findings in the order in which it made them, and the hashes of what it has stored."""

    value: V
    findings: tuple[Diagnostic, ...] = ()
    content: tuple[str, ...] = ()


class Failed(Struct, frozen=True, tag="failed"):
    """A job that gave no value: which, why, in a sentence, and how a run ends that cannot do without it.

    `findings` are those that it made before it raised its exception; of a job whose process ended they are lost.
    `trace` is the traceback of an exception that nobody foresaw, for whoever looks into it, and otherwise empty.
    """

    name: str
    reason: Reason
    message: str
    exit: Exit
    findings: tuple[Diagnostic, ...] = ()
    trace: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether the job went beyond a limit, took its process with it, or met with an error that nobody foresaw."""
        return self.reason != "error" or self.exit is Exit.INTERNAL

    def error(self) -> NewsbookError:
        """Return the failure as an exception, of the class that has its exit code."""
        return _ERRORS.get(self.exit, NewsbookError)(self.message)


Outcome: TypeAlias = Done[V] | Failed
"""What comes of a job."""


def attempt(job: Job[V], store: Store) -> Outcome[V]:
    """Run a job. What it raises becomes a `Failed`, save what is meant to end the program, such as an interrupt."""
    found: list[Diagnostic] = []
    watched = _WatchedStore(store.folder)
    try:
        return Done(job.run(watched, found.append), tuple(found), tuple(watched.content))
    except NewsbookError as error:
        return Failed(job.name, "error", str(error), error.exit, tuple(found))
    except MemoryError:
        return out_of_memory(job.name, tuple(found))
    except OSError as error:
        failure = no_room(error)
        if failure is None:
            return unforeseen(job.name, error, tuple(found))
        return Failed(job.name, "error", str(failure), failure.exit, tuple(found))
    except Exception as error:  # noqa: BLE001 - whatever a job raises is the failure of that job alone.
        return unforeseen(job.name, error, tuple(found))


class _WatchedStore(Store):
    """A store that knows what was put into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.content: dict[str, None] = {}

    def put(self, data: bytes | BinaryIO) -> str:
        digest = super().put(data)
        self.content[digest] = None
        return digest

    def adopt(self, draft: BinaryIO) -> str:
        digest = super().adopt(draft)
        self.content[digest] = None
        return digest


def attempt_encoded(job: Job[object], store: Store) -> bytes:
    """Run a job and return what comes of it as bytes, which `decoded` reads, for the way out of another process."""
    outcome = attempt(job, store)
    try:
        return encoded(outcome)
    except MemoryError:
        return encoded(out_of_memory(job.name, outcome.findings))
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        return encoded(unforeseen(job.name, error, outcome.findings))


def out_of_memory(name: str, findings: tuple[Diagnostic, ...] = ()) -> Failed:
    """Return the failure of a job that asked for more memory than it may have."""
    return Failed(name, "memory", f"{name} needs more memory than it may have.", Exit.LIMIT, findings)


def unforeseen(name: str, error: BaseException, findings: tuple[Diagnostic, ...] = ()) -> Failed:
    """Return the failure of a job by an exception that is no `NewsbookError`, with its traceback."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    trace = "".join(traceback.format_exception(error))
    return Failed(name, "error", f"{name} met with an internal error: {said}", Exit.INTERNAL, findings, trace)


def encoded(outcome: Outcome[V]) -> bytes:
    """Return what came of a job as bytes, the same for the same outcome."""
    return _ENCODER.encode(outcome)


def decoded(job: Job[V], data: bytes) -> Outcome[V]:
    """Read what `encoded` wrote of this job. Raises `msgspec.MsgspecError` where it is of another form."""
    outcome: Outcome[V] = _decoder(type(job)).decode(data)
    return outcome


@cache
def _decoder(kind: type[Job[Any]]) -> msgspec.msgpack.Decoder[Any]:
    value = get_type_hints(kind.run)["return"]
    return msgspec.msgpack.Decoder(Done[value] | Failed)  # type: ignore[valid-type]


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_ERRORS: dict[Exit, type[NewsbookError]] = {
    kind.exit: kind for kind in (UsageError, InputError, OutputError, ValidationError, DependencyError, LimitError)
}
