"""What is opened and connected to while newsbook reads what is hostile, heard by an audit hook."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN_PLACES = tuple(
    os.path.realpath(one)
    for one in (f"{ROOT}", sys.prefix, sys.base_prefix, tempfile.gettempdir(), "/usr", "/dev/null")
)
CONNECTS = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "subprocess.Popen"}
)
# What stands in a file that nobody has named.
SECRET = "五更的暗號"  # noqa: S105 - words that no output may have.


class Watch:
    """An audit hook that can be told to look: what is opened outside of our own places, and every connection."""

    def __init__(self) -> None:
        self.is_on = False
        self.seen: list[tuple[str, object]] = []
        self.secret = Path(tempfile.mkdtemp()) / "secret.txt"
        self.secret.write_text(SECRET, "utf-8")
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_on and event in CONNECTS and not _is_own_program(event, arguments):
            self.seen.append((event, arguments))
        elif self.is_on and event == "open" and isinstance(arguments[0], str | bytes):
            name = _opened(os.fsdecode(arguments[0]), arguments[2])
            if not name.startswith(OWN_PLACES) or name == str(self.secret):
                self.seen.append((event, name))


def _opened(name: str, flags: object) -> str:
    """Return what is opened: what links lead to, or the link itself, which is refused, where none is followed."""
    if isinstance(flags, int) and flags & os.O_NOFOLLOW:
        return os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))  # noqa: PTH118, PTH119, PTH120
    return os.path.realpath(name)


def _is_own_program(event: str, arguments: tuple[object, ...]) -> bool:
    """Tell whether a program is asked for installed fonts: it is told nothing of what is read."""
    return event == "subprocess.Popen" and Path(str(arguments[0])).name.startswith("fc-")


@pytest.fixture(scope="session")
def hook() -> Iterator[Watch]:
    # The engine asks the system for its libraries when it is loaded.
    import weasyprint  # noqa: F401

    watch = Watch()
    yield watch
    watch.secret.unlink()
    watch.secret.parent.rmdir()


@pytest.fixture
def watch(hook: Watch) -> Iterator[Watch]:
    hook.seen.clear()
    hook.is_on = True
    yield hook
    hook.is_on = False


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """Give the signals back, which a command takes for itself."""
    known = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for each, handler in known.items():
        signal.signal(each, handler)
