"""A zip that says nothing of the machine and the hour: given date, given order, given attributes.

Text is deflated ahead, on threads, for zlib works while Python does; entries still come in the order given, and the
bytes are those that a lone thread would write.
"""

import zipfile
import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import BinaryIO, TypeAlias

# What is compressed already gains nothing from being deflated, and costs time. The type stands there plain:
# https://www.w3.org/TR/epub-33/, “OCF ZIP container”.
_STORED = (".jpg", ".jpeg", ".png", ".gif", "mimetype")

# Entries go to the threads by so many bytes, for a hand-over costs more than a short entry's deflation; and so many
# bytes may wait to be written: enough to keep the threads at work, and never a volume's.
_HANDED_OVER = 1 << 16
_WAITING = 1 << 22
_THREADS = 2

# An entry with its bytes, first as they were given, then as they are written.
_Entry: TypeAlias = tuple[zipfile.ZipInfo, bytes]


class Archive(zipfile.ZipFile):
    """A zip whose entries carry a given date and no trace of the machine; pictures are stored, text is deflated."""

    def __init__(self, target: BinaryIO, moment: datetime) -> None:
        super().__init__(target, "w", zipfile.ZIP_STORED)
        self._date = _date(moment)
        self._threads = ThreadPoolExecutor(_THREADS)
        self._given: list[_Entry] = []
        self._given_bytes = 0
        self._waiting: deque[tuple[Future[list[_Entry]], int]] = deque()
        self._waiting_bytes = 0

    def writestr(self, name: zipfile.ZipInfo | str, data: bytes | str, *_: object, **__: object) -> None:  # type: ignore[override]
        """Write an entry; whatever else the caller asks for is decided here."""
        held = data.encode("utf-8") if isinstance(data, str) else data
        entry = zipfile.ZipInfo(str(name), self._date)
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        entry.file_size = len(held)
        entry.compress_type = zipfile.ZIP_STORED if entry.filename.endswith(_STORED) else zipfile.ZIP_DEFLATED
        self._given.append((entry, held))
        self._given_bytes += len(held)
        if self._given_bytes >= _HANDED_OVER:
            self._hand_over()
        while self._waiting_bytes > _WAITING:
            self._append()

    def close(self) -> None:
        """Write what waits, and the directory of the zip."""
        if self._given:
            self._hand_over()
        while self._waiting:
            self._append()
        self._threads.shutdown()
        super().close()

    def _hand_over(self) -> None:
        """Give the threads what has come in since the last time."""
        self._waiting.append((self._threads.submit(_packed, self._given), self._given_bytes))
        self._waiting_bytes += self._given_bytes
        self._given, self._given_bytes = [], 0

    def _append(self) -> None:
        """Lay down the entries that have waited longest, for which the library has no door, as its own `mkdir` does."""
        packed, size = self._waiting.popleft()
        self._waiting_bytes -= size
        for entry, data in packed.result():
            entry.header_offset = self.start_dir
            self._writecheck(entry)  # type: ignore[attr-defined]
            self._didModify = True
            laid = entry.FileHeader() + data
            self.fp.write(laid)  # type: ignore[union-attr]
            self.filelist.append(entry)
            self.NameToInfo[entry.filename] = entry
            self.start_dir += len(laid)


def _packed(entries: list[_Entry]) -> list[_Entry]:
    """Return entries with their bytes as they are written, their check sums and sizes entered."""
    return [(entry, _entered(entry, data)) for entry, data in entries]


def _entered(entry: zipfile.ZipInfo, data: bytes) -> bytes:
    entry.CRC = zlib.crc32(data)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = packer.compress(data) + packer.flush()
    entry.compress_size = len(data)
    return data


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
