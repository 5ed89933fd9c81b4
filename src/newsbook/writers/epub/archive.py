"""A zip that says nothing of the machine and the hour: given date, given order, given attributes."""

import io
import zipfile
from datetime import UTC, datetime

# What is compressed already gains nothing from being deflated, and costs time. The type stands there plain:
# https://www.w3.org/TR/epub-33/, “OCF ZIP container”.
_STORED = (".jpg", ".jpeg", ".png", ".gif", "mimetype")


class Archive(zipfile.ZipFile):
    """A zip whose entries carry a given date and no trace of the machine; pictures are stored, text is deflated."""

    def __init__(self, target: io.BytesIO, moment: datetime) -> None:
        super().__init__(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self._date = _date(moment)

    def writestr(self, name: zipfile.ZipInfo | str, data: bytes | str, *_: object, **__: object) -> None:  # type: ignore[override]
        """Write an entry; whatever else the caller asks for is decided here."""
        entry = zipfile.ZipInfo(str(name), self._date)
        entry.compress_type = zipfile.ZIP_STORED if entry.filename.endswith(_STORED) else zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        super().writestr(entry, data)


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
