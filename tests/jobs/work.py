"""Jobs that do what a test needs, at the top of a module that a process of the pool can import."""
# ruff: noqa: ARG002 - a job's `run` takes a store and a report, whether it needs them or not.

import locale
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Never

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Report
from newsbook.jobs import Job, Runner, child
from newsbook.model import Article
from newsbook.store import Store


def run(runner: Runner, *jobs: Job[Any]) -> list[Any]:
    """Return what comes of jobs of every kind."""
    return list(runner.map(jobs))


class Double(Struct, frozen=True):
    """Twice a number, with as many findings."""

    number: int

    @property
    def name(self) -> str:
        return f"number {self.number}"

    def run(self, store: Store, report: Report) -> int:
        for n in range(self.number):
            report(Diagnostic(Code.REPAIRED, f"{n} of {self.number}"))
        return 2 * self.number


class Sleep(Struct, frozen=True):
    """Its number after some seconds."""

    number: int
    seconds: float
    name: str = "the sleeper"

    def run(self, store: Store, report: Report) -> int:
        time.sleep(self.seconds)
        return self.number


class Fail(Struct, frozen=True):
    """A finding, and a failure of the kind that is named."""

    kind: str
    name: str = "the article"

    def run(self, store: Store, report: Report) -> int:
        report(Diagnostic(Code.REPAIRED, "found before"))
        raise self.error()

    def error(self) -> Exception:
        match self.kind:
            case "input":
                return InputError("the article is empty; give another.")
            case "limit":
                return LimitError("the article is too long.")
            case "memory":
                return MemoryError()
            case "stubborn":
                return Stubborn(1, 2)
            case _:
                return ValueError("what\nnobody foresaw")


class Stubborn(Exception):  # noqa: N818
    """An exception that pickle takes and cannot give back."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__("stubborn")


class Leave(Struct, frozen=True):
    """A way in which a process may go, or hang, in the middle of its work."""

    way: str
    name: str = "the article"

    def run(self, store: Store, report: Report) -> int:
        WAYS[self.way]()
        return -1


class Ending(BaseException):
    """Neither an error nor an exit."""


def _raise(error: BaseException) -> Never:
    raise error


def _fault() -> None:
    import ctypes

    ctypes.string_at(0)


def _spin() -> None:
    re.match("(a+)+$", "a" * 64 + "b")


def _hog() -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def _deaf() -> None:
    """Hang where no handler of Python's runs, and with the signals blocked that can be."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    subprocess.run(["sleep", "60"], check=False)


WAYS: dict[str, Callable[[], object]] = {
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "fault": _fault,
    "exit": lambda: os._exit(7),
    "sys": lambda: sys.exit(3),
    "base": lambda: _raise(Ending("of it all")),
    "interrupt": lambda: _raise(KeyboardInterrupt()),
    "close": lambda: os.closerange(0, 100),
    "spin": _spin,
    "hog": _hog,
    "hang": lambda: time.sleep(60),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "deaf": _deaf,
}


class Leftover(Struct, frozen=True):
    """Something that is left behind in the process; the value is the process's number."""

    what: str
    name: str = "the untidy one"

    def run(self, store: Store, report: Report) -> int:
        match self.what:
            case "folder":
                os.chdir("/")
            case "mask":
                os.umask(0o707)
            case "locale":
                locale.setlocale(locale.LC_ALL, "C")
            case "signal":
                signal.signal(signal.SIGXCPU, signal.SIG_IGN)
            case "thread":
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            case "streams":
                os.close(1)
            case "fork":
                os.fork()
            case "heir":
                subprocess.Popen(["sleep", "60"])
            case "print":
                sys.stdout.write("said on the way")
                sys.stderr.write("and complained")
                os.write(1, b"past Python")
        return os.getpid()


class Heirloom(Struct, frozen=True):
    """A process that dies and leaves another, which holds whatever it held."""

    folder: str
    name: str = "the one with an heir"

    def run(self, store: Store, report: Report) -> int:
        if os.fork() == 0:
            os.setsid()
            Path(self.folder, "heir").write_text(str(os.getpid()))
            time.sleep(20)
            os._exit(0)
        os._exit(9)


class Hold(Struct, frozen=True):
    """What the store holds, in full, whatever its size."""

    digest: str
    name: str = "the picture"

    def run(self, store: Store, report: Report) -> bytes:
        return store.read(self.digest)


class Edit(Struct, frozen=True):
    """An article, as it came."""

    article: Article
    name: str = "the article"

    def run(self, store: Store, report: Report) -> tuple[Article, ...]:
        with Path(store.folder, "runs").open("a") as runs:
            runs.write("x")
        report(Diagnostic(Code.HEADLINE_MISSING, "none"))
        return (self.article,)


class Odd(Struct, frozen=True):
    """A value that cannot leave its process."""

    name: str = "the odd one"

    def run(self, store: Store, report: Report) -> object:
        report(Diagnostic(Code.REPAIRED, "found before"))
        return threading.Lock()


class Bare(Struct, frozen=True):
    """A value with half a character, as a file's name may have."""

    name: str = "the page \udcff"

    def run(self, store: Store, report: Report) -> str:
        return self.name


class Deep(Struct, frozen=True):
    """Down and down."""

    name: str = "the deep one"

    def run(self, store: Store, report: Report) -> int:
        return self.run(store, report)


class HalfSent(Struct, frozen=True):
    """A process that is killed half-way through what it sends back."""

    name: str = "the article"

    def run(self, store: Store, report: Report) -> bytes:
        child._send = _send_half_and_go  # noqa: SLF001
        return bytes(1 << 20)


def _send_half_and_go(line: socket.socket, message: bytes) -> None:
    line.sendall(len(message).to_bytes(child.HEADER, "big") + message[: len(message) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


class Stow(Struct, frozen=True):
    """The hash of a text that it puts into the store."""

    text: str
    name: str = "the article"

    def run(self, store: Store, report: Report) -> str:
        return store.put(self.text.encode())


class Litter(Struct, frozen=True):
    """A temporary folder that is left behind; then it waits, as long as it is told to."""

    seconds: float = 0
    name: str = "the litterer"

    def run(self, store: Store, report: Report) -> str:
        folder = tempfile.mkdtemp(prefix="litter-")
        time.sleep(self.seconds)
        return folder
