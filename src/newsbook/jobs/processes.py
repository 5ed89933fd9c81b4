"""A pool of processes for jobs: each a fresh interpreter with limits, killed and made anew where it must be.

`concurrent.futures.ProcessPoolExecutor` loses every job that waits when one process dies, and cannot stop one that
hangs. Pools whose processes share a pipe hang when a process is killed while it writes on it. Here each process has
a line of its own to a thread of the pool, and what happens on one line is nothing to the others.

A process starts as one of `multiprocessing` does by `spawn`, with nothing but the path of modules taken over; but the
main module of the program is not loaded again, so that a script needs no guard, and a worker of a web server may have
processes too. The class of a job must stand in a module that can be imported.
"""

import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec import Struct

from newsbook.diagnostics import DependencyError
from newsbook.jobs.child import HEADER, Reply, Request
from newsbook.jobs.job import Job, share_of
from newsbook.jobs.runners import LostError, Pooled
from newsbook.store import Store
from newsbook.targets import no_room


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What one job may take: bytes of memory, seconds of processor time, and seconds by the clock.

    Memory is what it takes beyond what its process had taken before; only Linux counts it. A job with a `share` may
    take so many times as much; less than once only of processor time, for the clock goes on while others are at work.
    """

    memory: int = 1536 << 20
    cpu: float = 60
    wall: float = 180

    def times(self, share: float) -> "Limits":
        """Return the limits of a job that may take `share` times as much."""
        more = max(share, 1.0)
        return Limits(int(self.memory * more), self.cpu * share, self.wall * more)


class Processes(Pooled):
    """Does jobs in up to `workers` processes of its own, each job within `limits`.

    A job that goes beyond them, or whose process ends, is a failure; every other job is done as if nothing had been.
    Where the kernel has Landlock, they open no connection, and no file but those of Python, the faces, the store, and
    their own in `scratch`. Use it in a `with` statement, which ends the processes. They end by themselves when this
    process is gone.
    """

    def __init__(self, store: Store, workers: int, limits: Limits, scratch: Path | None = None) -> None:
        self._children = _Children(workers, limits, _Places(store.folder, scratch))
        super().__init__(self._children, store, ahead=4 * workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes at once, and whatever they are at."""
        self._children.close()


class _Places(Struct, frozen=True):
    """Where a child may write: the store, and a folder of its own in `scratch`."""

    store: Path
    scratch: Path | None


class _Children:
    """Calls functions that return bytes in processes: a thread for each, which waits for it."""

    def __init__(self, workers: int, limits: Limits, places: _Places) -> None:
        self._threads = ThreadPoolExecutor(workers, "newsbook-jobs")
        self._limits, self._places = limits, places
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._lock = Lock()
        self._is_closed = False

    def submit(self, fn: Callable[[Job[Any], Store], bytes], job: Job[Any], store: Store, /) -> Future[bytes]:
        return self._threads.submit(self._call, fn, job, store)

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            for child in self._all:
                child.kill()
        self._threads.shutdown(cancel_futures=True)
        for child in self._all:
            child.end()

    def _call(self, function: Callable[[Job[Any], Store], bytes], job: Job[Any], store: Store) -> bytes:
        call = pickle.dumps((function, (job, store)))
        limits = self._limits.times(share_of(job, store))
        try:
            reply = self._made(call, limits)
        except ChildProcessError:  # It was killed while it waited, which is nothing to do with the job.
            reply = self._made(call, limits)
        if reply.lost:
            raise LostError(reply.reason, reply.lost, reply.trace)
        return reply.result

    def _made(self, call: bytes, limits: Limits) -> Reply:
        """Have a child make a call, and let it go unless it is fresh for another."""
        child, is_fresh = self._child(), False
        try:
            reply = child.call(call, limits)
            is_fresh = reply.is_fresh
        finally:
            if is_fresh:
                self._idle.append(child)
            else:
                self._part_with(child)
        return reply

    def _child(self) -> "_Child":
        """Return a child that waits for a call, or a new one."""
        with suppress(IndexError):  # Where none waits, or none any more.
            while not (child := self._idle.pop()).is_alive():
                self._part_with(child)
            return child
        with self._lock:
            if self._is_closed:
                raise LostError("crash", "was stopped.")
            child = _Child(self._places)
            self._all.add(child)
        child.await_start()
        return child

    def _part_with(self, child: "_Child") -> None:
        with self._lock:
            self._all.discard(child)
        child.end()


class _Child:
    """A process, the line to it, and a folder for its temporary files, which are gone when it is."""

    def __init__(self, places: _Places) -> None:
        _fill_the_standard_streams()
        try:
            places.store.mkdir(parents=True, exist_ok=True)
            self._scratch = tempfile.TemporaryDirectory(
                prefix="newsbook-", dir=places.scratch, ignore_cleanup_errors=True
            )
        except OSError as error:
            raise no_room(error) or _cannot_start(f"{error.strerror}") from error
        self._line, theirs = socket.socketpair()
        given = (theirs.fileno(), self._scratch.name, str(places.store.absolute()))
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-c", _START, *map(str, given), *map(str, sys.path)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            except OSError as error:
                self._line.close()
                self._scratch.cleanup()
                raise _cannot_start(f"{error.strerror}") from error

    def await_start(self) -> None:
        try:
            self._receive(monotonic() + _START_TIME, 0)
        except (TimeoutError, ConnectionError) as error:
            self.end()
            raise _cannot_start(f"it ended with {self._process.returncode}") from error

    def call(self, call: bytes, limits: Limits) -> Reply:
        """Have a call made within limits, and return what comes of it.

        Raises `LostError` where the process is lost with it, and `ChildProcessError` where it was lost before.
        """
        deadline = monotonic() + limits.wall
        has_begun = False
        try:
            self._send(msgspec.msgpack.encode(Request(call, limits.memory, limits.cpu)), deadline)
            self._receive(deadline, 0)
            has_begun = True
            return msgspec.msgpack.decode(self._receive(deadline, limits.memory), type=Reply)
        except TimeoutError as error:
            raise LostError("time", f"took more than {limits.wall:g} s and was stopped.") from error
        except ConnectionError as error:
            raise self._lost(limits) if has_begun else ChildProcessError from error
        except msgspec.MsgspecError as error:
            raise LostError("crash", "sent back something that cannot be read.") from error

    def is_alive(self) -> bool:
        """Say whether the process runs, without taking leave of one that does not: its number stays its own."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None

    def kill(self) -> None:
        """Kill the process and all that it has started."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process, take leave of it, and clear away the temporary files that it could not."""
        self.kill()
        self._process.wait()
        self._line.close()
        self._scratch.cleanup()

    def _lost(self, limits: Limits) -> LostError:
        """Return why the process is gone, for which it gets a moment: its line closes before it has ended."""
        patience = monotonic() + _LEAVE_TIME
        while self.is_alive() and monotonic() < patience:
            sleep(0.01)
        self.end()
        match self._process.returncode:
            case code if code == -signal.SIGXCPU:
                return LostError("cpu", f"took more than {limits.cpu:g} s of processor time and was stopped.")
            case code if code < 0:
                return LostError("crash", f"brought its process to an end by {_signal_name(-code)}.")
            case code:
                return LostError("crash", f"brought its process to an end with exit code {code}.")

    def _send(self, message: bytes, deadline: float) -> None:
        self._line.settimeout(max(deadline - monotonic(), 0.001))
        self._line.sendall(len(message).to_bytes(HEADER, "big"))
        self._line.sendall(message)

    def _receive(self, deadline: float, most: int) -> bytes:
        size = int.from_bytes(self._exactly(HEADER, deadline), "big")
        if size > most:
            raise LostError("memory", "gives back more than it may have of memory.")
        return self._exactly(size, deadline)

    def _exactly(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            data += self._piece(min(size - len(data), _PIECE), deadline)
        return bytes(data)

    def _piece(self, most: int, deadline: float) -> bytes:
        """Return the next bytes that come. Where a process is gone, what it had started may still hold its line."""
        while (left := deadline - monotonic()) > 0:
            self._line.settimeout(min(left, _GLANCE))
            try:
                piece = self._line.recv(most)
            except TimeoutError:
                if self.is_alive():
                    continue
                piece = b""
            if not piece:
                raise ConnectionResetError
            return piece
        raise TimeoutError


def _fill_the_standard_streams() -> None:
    """Open what is closed of the three, so that no line to a child takes its place; writing there still fails."""
    while (descriptor := os.open(os.devnull, os.O_RDONLY)) <= _LAST_STREAM:
        pass
    os.close(descriptor)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _cannot_start(why: str) -> DependencyError:
    return DependencyError(
        f"no process can be started to work in: {why}; ask for no workers, or look into Python's set-up."
    )


_START = (
    "import sys; number, scratch, store, *sys.path = sys.argv[1:]; "
    "from newsbook.jobs.child import serve; serve(int(number), scratch, store)"
)
_START_TIME = 60
"""Seconds that a process may take to start."""
_LEAVE_TIME = 2
"""Seconds between the end of a line and that of the process."""
_GLANCE = 0.5
"""Seconds after which a silent process is looked at."""
_LAST_STREAM = 2
_PIECE = 1 << 20
