"""A zip that says nothing of the machine and the hour: given date, given order, given attributes.

Texts are made and deflated ahead, on threads, while the pictures between them are copied; all still come in the order
given, and the bytes are those that a lone thread would write.
"""

import zipfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import BinaryIO, Self, TypeAlias

from newsbook.writers.epub.entries import lay, pack

# What is compressed already gains nothing from being deflated, and costs time. The type stands there plain:
# https://www.w3.org/TR/epub-33/, “OCF ZIP container”.
_STORED = (".jpg", ".jpeg", ".png", ".gif", "mimetype")

# Entries go to the threads by so many, for a hand-over costs more than a short text's deflation; and so many batches
# may wait to be written: enough to keep the threads at work, and never a volume's.
_BATCH = 48
_WAITING = 2
_THREADS = 2

Make: TypeAlias = Callable[[], bytes]
_Given: TypeAlias = tuple[zipfile.ZipInfo, Make]
_Entry: TypeAlias = tuple[zipfile.ZipInfo, bytes | Make]


class Archive:
    """A zip whose entries carry a given date and no trace of the machine; pictures are stored, text is deflated."""

    def __init__(self, target: BinaryIO, moment: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w")
        self._is_open = True
        self._date = _date(moment)
        self._threads = ThreadPoolExecutor(_THREADS)
        self._given: list[_Given] = []
        self._waiting: deque[Future[list[_Entry]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def writestr(self, name: str, data: bytes | str, *_: object, **__: object) -> None:
        """Write an entry, as EbookLib asks of a zip; whatever else it asks for is decided here."""
        held = data.encode("utf-8") if isinstance(data, str) else data
        self.add(name, lambda: held)

    def add(self, name: str, make: Make) -> None:
        """Write an entry whose bytes `make` returns; what that raises comes up now or with a later entry."""
        entry = zipfile.ZipInfo(name, self._date)
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
        self._given.append((entry, make))
        if len(self._given) == _BATCH:
            self._hand_over()
        while len(self._waiting) > _WAITING:
            self._append()

    def close(self) -> None:
        """Write what waits, and the directory of the zip."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            self._drain()
        finally:
            self._waiting.clear()
            self._threads.shutdown(cancel_futures=True)
            self._zip.close()

    def _drain(self) -> None:
        """Write all that has come in."""
        if self._given:
            self._hand_over()
        while self._waiting:
            self._append()

    def _hand_over(self) -> None:
        """Give the threads what has come in since the last time."""
        self._waiting.append(self._threads.submit(_with_texts_packed, self._given))
        self._given = []

    def _append(self) -> None:
        """Write the batch that has waited longest; its pictures are read only now, so that one is held at a time."""
        for entry, held in self._waiting.popleft().result():
            lay(self._zip, entry, pack(entry, held()) if callable(held) else held)


def _with_texts_packed(given: list[_Given]) -> list[_Entry]:
    """Return a batch whose texts are bytes as they are written, and whose pictures are yet to be read."""
    return [
        (entry, pack(entry, make()) if entry.compress_type == zipfile.ZIP_DEFLATED else make) for entry, make in given
    ]


def moment_of(stamp: str) -> datetime:
    """Return an ISO 8601 time stamp in UTC; one that names no zone is in UTC already, wherever we are.

    >>> moment_of("2020-01-17"), moment_of("2020-01-17T01:00:00+08:00")
    (datetime.datetime(2020, 1, 17, 0, 0, tzinfo=datetime.timezone.utc), \
datetime.datetime(2020, 1, 16, 17, 0, tzinfo=datetime.timezone.utc))
    """
    moment = datetime.fromisoformat(stamp)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _date(moment: datetime) -> tuple[int, int, int, int, int, int]:
    """Return the date as a zip can hold it: from 1980 to 2107 (APPNOTE 6.3.10 §4.4.6)."""
    held = min(max(moment, datetime(1980, 1, 1, tzinfo=UTC)), datetime(2107, 12, 31, tzinfo=UTC))
    return (held.year, held.month, held.day, held.hour, held.minute, held.second)
