"""The board: what is shown now, replaced as a whole, and those who wait for the next."""

import asyncio
from contextlib import suppress
from threading import Lock

from msgspec.structs import replace

from newsbook.preview.snapshot import Snapshot


class Board:
    """Holds a snapshot, which threads change and tasks wait for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self.snapshot = Snapshot()
        self.is_closed = False

    def post(self, **changes: object) -> None:
        """Change fields of what is shown, and wake those who wait."""
        with self._lock:
            changed = replace(self.snapshot, **changes)
            if changed == self.snapshot:
                return
            self.snapshot = replace(changed, version=self.snapshot.version + 1)
        self._wake()

    def close(self) -> None:
        """Let nobody wait any more."""
        self.is_closed = True
        self._wake()

    async def later_than(self, version: int, patience: float) -> Snapshot:
        """Return what is shown as soon as it is another than that of `version`, or after so many seconds."""
        event = asyncio.Event()
        with self._lock:
            self._waiting[event] = asyncio.get_running_loop()
        try:
            if self.snapshot.version == version and not self.is_closed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), patience)
        finally:
            with self._lock:
                del self._waiting[event]
        return self.snapshot

    def _wake(self) -> None:
        with self._lock:
            waiting = tuple(self._waiting.items())
        for event, loop in waiting:
            with suppress(RuntimeError):  # Its loop has ended.
                loop.call_soon_threadsafe(event.set)
