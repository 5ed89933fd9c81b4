"""What a process of the pool does: it takes calls from the pool, makes them within limits, and sends back the bytes.

It writes on no standard stream, ends when the pool's process does, and says after every call whether it is still as
fresh as before: what a call has left behind must not reach the next.
"""

import locale
import os
import pickle
import shutil
import signal
import socket
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from select import poll
from typing import Literal

import msgspec
from msgspec import Struct

from newsbook.jobs.confinement import confine

HEADER = 8
"""Bytes of a message's length, which come before it."""


class Request(Struct, frozen=True):
    """A function and its arguments, pickled, and what it may take: bytes of memory and seconds of processor time."""

    pickled: bytes
    memory: int
    cpu: float


class Reply(Struct, frozen=True):
    """What a call has returned, or `lost`, why it has returned nothing; `is_fresh`, whether another may follow."""

    result: bytes = b""
    lost: str = ""
    reason: Literal["memory", "crash", "error"] = "error"
    trace: str = ""
    is_fresh: bool = True


def serve(descriptor: int, scratch: str, store: str) -> None:
    """Make calls that come over a socket until it is closed, each within its limits.

    Temporary files go into `scratch`, this process's own folder; beside that and the folder `store` there is nothing
    to be written. An empty message says that the process is ready, or has begun with a call.
    """
    line = socket.socket(fileno=descriptor)
    tempfile.tempdir = scratch
    _settle()
    confine((scratch, store))
    threading.Thread(target=_end_with_the_pool, args=(line, scratch), daemon=True).start()
    itself, start = os.getpid(), _memory_in_use()
    _send(line, b"")
    while message := _receive(line):
        _send(line, b"")
        before = _surroundings()
        call = msgspec.msgpack.decode(message, type=Request)
        reply = _made(call)
        if os.getpid() != itself:
            os.kill(os.getpid(), signal.SIGKILL)  # A fork that a call has made and has let return.
        grown = _memory_in_use() - start
        if before != _surroundings() or grown > call.memory // 2:
            reply = msgspec.structs.replace(reply, is_fresh=False)
        _send(line, msgspec.msgpack.encode(reply))
        if not reply.is_fresh:
            return


def _settle() -> None:
    """Take signals as a program does that was just started from a terminal, save for its interrupts; leave no core."""
    import resource

    for each in (signal.SIGXCPU, signal.SIGTERM, signal.SIGABRT):
        signal.signal(each, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _end_with_the_pool(line: socket.socket, scratch: str) -> None:
    """Wait until the other end of the line is closed, and end this process with all that it has started and left."""
    hung_up = poll()
    hung_up.register(line, 0)
    hung_up.poll()
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _made(call: Request) -> Reply:
    try:
        with _limits(call.memory, call.cpu):
            function, arguments = pickle.loads(call.pickled)  # noqa: S301 - it comes from the process that started this one.
            return Reply(function(*arguments))
    except MemoryError:
        return Reply(lost="needs more memory than it may have.", reason="memory", is_fresh=False)
    except Exception as error:  # noqa: BLE001 - it is the call's own.
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return Reply(lost=f"met with an internal error: {said}", trace=traceback.format_exc())
    except BaseException as error:  # noqa: BLE001 - an exit or interrupt that a call asks for is none of the pool's.
        said = f"would not go on: {type(error).__name__} {error}".strip()
        return Reply(lost=f"{said}.", reason="crash", trace=traceback.format_exc(), is_fresh=False)


@contextmanager
def _limits(memory: int, cpu: float) -> Iterator[None]:
    """Limit the memory and the processor time that are taken from here on, for the time of a call."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = ceil(used.ru_utime + used.ru_stime + cpu)
    soft = {resource.RLIMIT_DATA: _memory_in_use() + memory, resource.RLIMIT_CPU: seconds}
    before = {which: resource.getrlimit(which) for which in soft}
    for which, most in soft.items():
        hard = before[which][1]
        resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        for which, limits in before.items():
            resource.setrlimit(which, limits)


def _memory_in_use() -> int:
    """Return the bytes that count towards RLIMIT_DATA, where the system says how many they are."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - it is read for every call.
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _surroundings() -> tuple[object, ...]:
    """Return what a call must leave as it was, for the next: threads, folder, streams, locale, signals."""
    mask = os.umask(0o077)
    os.umask(mask)
    return (
        mask,
        threading.active_count(),
        _folder(),
        tuple(_kind(stream) for stream in range(3)),
        locale.setlocale(locale.LC_ALL),
        tuple(signal.getsignal(each) for each in (signal.SIGXCPU, signal.SIGTERM, signal.SIGINT)),
    )


def _folder() -> str:
    try:
        return os.path.realpath(os.curdir, strict=True)
    except OSError:
        return ""


def _kind(stream: int) -> int:
    try:
        return os.fstat(stream).st_rdev
    except OSError:
        return -1


def _receive(line: socket.socket) -> bytes:
    """Return the next message, or nothing where no other comes."""
    size = int.from_bytes(_exactly(line, HEADER), "big")
    return _exactly(line, size)


def _exactly(line: socket.socket, size: int) -> bytes:
    data = bytearray(size)
    view = memoryview(data)
    while view and (count := line.recv_into(view)):
        view = view[count:]
    return b"" if view else bytes(data)


def _send(line: socket.socket, message: bytes) -> None:
    line.sendall(len(message).to_bytes(HEADER, "big"))
    line.sendall(message)
