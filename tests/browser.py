"""Headless Chromium over its DevTools pipe: open a page, click and type in it, and take what it lets one download."""

import fcntl
import json
import os
import select
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, convert
from msgspec.json import decode

from tools import require_one

# https://chromedevtools.github.io/devtools-protocol/ ; with the pipe, Chromium reads file 3 and writes file 4.
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30.0


class Message(Struct, frozen=True):
    """What the browser sends: the answer to a call, or an event."""

    id: int = 0
    method: str = ""
    params: dict[str, object] = {}
    result: dict[str, object] = {}
    error: object = None


class Page:
    """One page of a browser, and every event that it has sent."""

    def __init__(self, reader: int, writer: int, downloads: Path) -> None:
        self._reader, self._writer, self._downloads = reader, writer, downloads
        self._session = ""
        self._number = 0
        self._buffer = b""
        self.events: list[Message] = []
        self.tab()

    def tab(self) -> str:
        """Open another page beside those that are there, which all calls are for from now on, and return its name."""
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = str(self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call(
            "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self._downloads), eventsEnabled=True
        )
        return self._session

    def turn_to(self, tab: str) -> None:
        """Have all calls be for one of the pages."""
        self._session = tab
        self.call("Page.bringToFront")

    def call(self, method: str, **parameters: object) -> dict[str, object]:
        """Call a method of the protocol and return its result."""
        number = self._send(method, parameters)
        while True:
            answer = self._next()
            if answer.id == number:
                assert answer.error is None, answer.error
                return answer.result

    def wait_for(self, event: str, since: int = 0, **values: object) -> dict[str, object]:
        """Return the parameters of the first such event behind the first `since` ones; wait where there is none yet."""
        while True:
            for message in self.events[since:]:
                if message.method == event and values.items() <= message.params.items():
                    return message.params
            self._next()

    def open(self, path: Path) -> None:
        """Open a file and wait until it is loaded."""
        self.visit(path.as_uri())

    def visit(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        since = len(self.events)
        self.call("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired", since)

    def run(self, script: str) -> object:
        """Return the value of a JavaScript expression."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return convert(done["result"], dict[str, object]).get("value")

    def until(self, condition: str, patience: float = 20.0) -> None:
        """Wait until a JavaScript expression is true."""
        script = (
            f"new Promise((done) => {{ const end = Date.now() + {patience * 1000}; const look = () => {{"
            f"let is; try {{ is = Boolean({condition}); }} catch {{ is = false; }}"
            "if (is || Date.now() > end) done(is); else setTimeout(look, 20); }; look(); })"
        )
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert convert(done["result"], dict[str, object]).get("value"), f"this never was so: {condition}"

    def drag(self, selector: str, onto: str, part: float) -> None:
        """Drag an element by the mouse, to a part of the height of another."""
        begin, end = self._box(selector), self._box(onto)
        places = [(begin[0] + begin[2] / 2, begin[1] + begin[3] / 2), (end[0] + 20, end[1] + end[3] * part)]
        middle = ((places[0][0] + places[1][0]) / 2, (places[0][1] + places[1][1]) / 2)
        for kind, (x, y) in zip(
            ("mousePressed", "mouseMoved", "mouseMoved", "mouseReleased"),
            (places[0], middle, places[1], places[1]),
            strict=True,
        ):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    def _box(self, selector: str) -> list[float]:
        script = f"(({{x, y, width, height}}) => [x, y, width, height])({_first(selector)}.getBoundingClientRect())"
        return convert(self.run(script), list[float])

    def click(self, selector: str) -> None:
        """Click in the middle of the first line of the element, as a mouse does."""
        place = self.run(
            f"(() => {{ const node = document.querySelector({json.dumps(selector)});"
            "node.scrollIntoView({block: 'center'}); const box = node.getClientRects()[0];"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        assert isinstance(place, list)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def press(self, key: str, *, alt: bool = False) -> None:
        """Press and release a key where the focus is."""
        text: Mapping[str, object] = {"text": "\r"} if key == "Enter" else {}
        code = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowUp": 38, "ArrowDown": 40, "F2": 113}[key]
        shared = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": int(alt)}
        self.call("Input.dispatchKeyEvent", type="keyDown", **shared, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    def type(self, text: str) -> None:
        """Type `text` where the focus is."""
        self.call("Input.insertText", text=text)

    def download(self, selector: str) -> Path:
        """Click, and return the file that this saves."""
        since = len(self.events)
        self.click(selector)
        begun = self.wait_for("Browser.downloadWillBegin", since)
        self.wait_for("Browser.downloadProgress", since, state="completed")
        return self._downloads / str(begun["suggestedFilename"])

    def complaints(self) -> list[str]:
        """Return what the browser had to complain about, and every address beyond the page that it asked for."""
        said = [str(message.params) for message in self.events if message.method in _COMPLAINTS]
        asked = [str(message.params) for message in self.events if message.method == "Network.requestWillBeSent"]
        return said + [request for request in asked if "'url': 'http" in request]

    def _send(self, method: str, parameters: Mapping[str, object]) -> int:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        return self._number

    def _next(self) -> Message:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._reader], [], [], max(0.0, end - time.monotonic()))
            assert ready, "Chromium does not answer"
            chunk = os.read(self._reader, 1 << 16)
            assert chunk, "Chromium has ended"
            self._buffer += chunk
        first, _, self._buffer = self._buffer.partition(b"\0")
        message = decode(first, type=Message)
        if message.method:
            self.events.append(message)
        if message.method == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", {"accept": True})
        return message


def _first(selector: str) -> str:
    return f"document.querySelector({json.dumps(selector)})"


_COMPLAINTS = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """Start Chromium with an empty profile in `folder`, and end it behind the block."""
    program = require_one("chromium", "chromium-browser", "google-chrome")
    (to_read, to_write), (from_read, from_write) = _pipe(), _pipe()
    actions = [
        (os.POSIX_SPAWN_DUP2, to_read, 3),
        (os.POSIX_SPAWN_DUP2, from_write, 4),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    command = [program, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
    process = os.posix_spawn(program, command, os.environ, file_actions=actions, setpgroup=0)
    os.close(to_read)
    os.close(from_write)
    try:
        downloads = folder / "downloads"
        downloads.mkdir()
        yield Page(from_read, to_write, downloads)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGTERM)
        os.waitpid(process, 0)
        os.close(to_write)
        os.close(from_read)


def _pipe() -> tuple[int, int]:
    """Return a pipe whose ends are out of the way of files 0 to 4."""
    low = os.pipe()
    high = (fcntl.fcntl(low[0], fcntl.F_DUPFD_CLOEXEC, 10), fcntl.fcntl(low[1], fcntl.F_DUPFD_CLOEXEC, 10))
    for end in low:
        os.close(end)
    return high
