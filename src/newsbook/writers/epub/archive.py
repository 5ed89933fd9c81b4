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

# How many entries may wait to be written: enough to keep the threads at work, and never a volume's.
_WAITING = 16
_THREADS = 2

# An entry's check sum and its bytes as they are written, now or soon.
_Packed: TypeAlias = tuple[int, bytes] | Future[tuple[int, bytes]]


class Archive(zipfile.ZipFile):
    """A zip whose entries carry a given date and no trace of the machine; pictures are stored, text is deflated."""

    def __init__(self, target: BinaryIO, moment: datetime) -> None:
        super().__init__(target, "w", zipfile.ZIP_STORED)
        self._date = _date(moment)
        self._threads = ThreadPoolExecutor(_THREADS)
        self._waiting: deque[tuple[zipfile.ZipInfo, _Packed]] = deque()

    def writestr(self, name: zipfile.ZipInfo | str, data: bytes | str, *_: object, **__: object) -> None:  # type: ignore[override]
        """Write an entry; whatever else the caller asks for is decided here."""
        held = data.encode("utf-8") if isinstance(data, str) else data
        entry = zipfile.ZipInfo(str(name), self._date)
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        entry.file_size = len(held)
        if entry.filename.endswith(_STORED):
            self._waiting.append((entry, (zlib.crc32(held), held)))
        else:
            entry.compress_type = zipfile.ZIP_DEFLATED
            self._waiting.append((entry, self._threads.submit(_deflated, held)))
        while len(self._waiting) > _WAITING:
            self._append(*self._waiting.popleft())

    def close(self) -> None:
        """Write what waits, and the directory of the zip."""
        while self._waiting:
            self._append(*self._waiting.popleft())
        self._threads.shutdown()
        super().close()

    def _append(self, entry: zipfile.ZipInfo, packed: _Packed) -> None:
        """Lay down an entry whose bytes are ready, which the library has no door for, as its own `mkdir` does."""
        entry.CRC, data = packed if isinstance(packed, tuple) else packed.result()
        entry.compress_size, entry.header_offset = len(data), self.start_dir
        self._writecheck(entry)  # type: ignore[attr-defined]
        self._didModify = True
        header = entry.FileHeader()
        self.fp.write(header)  # type: ignore[union-attr]
        self.fp.write(data)  # type: ignore[union-attr]
        self.filelist.append(entry)
        self.NameToInfo[entry.filename] = entry
        self.start_dir += len(header) + len(data)


def _deflated(data: bytes) -> tuple[int, bytes]:
    """Return the check sum of `data`, and `data` in as few bytes as zlib can."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()


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
