"""Lay entries that are packed already into a zip, for which `zipfile` has no door: it packs one after the other.

This is the one place that reaches into the library's private parts, as its own `mkdir` does. It was checked on Python
3.11 to 3.14. On any Python it is first tried out against the public way; where it would write anything else, entries go
that way: the bytes are the same, only threads do not help to pack them. So nobody needs to be told.
"""

import zipfile
import zlib
from functools import cache
from io import BytesIO

_LEVEL = 9


def pack(entry: zipfile.ZipInfo, data: bytes) -> bytes:
    """Return an entry's bytes as `lay` wants them, and enter its check sum and sizes."""
    return _packed(entry, data) if is_known() else data


def lay(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: bytes) -> None:
    """Lay down an entry as the next one of an archive."""
    if is_known():
        _lay(archive, entry, packed)
    else:
        archive.writestr(entry, packed, compresslevel=_LEVEL)


@cache
def is_known() -> bool:
    """Tell whether laying an entry down past the library gives what the library gives."""
    made = []
    for is_ours in (True, False):
        buffer = BytesIO()
        try:
            with zipfile.ZipFile(buffer, "w") as archive:
                for entry in _trials():
                    if is_ours:
                        _lay(archive, entry, _packed(entry, _TRIAL))
                    else:
                        archive.writestr(entry, _TRIAL, compresslevel=_LEVEL)
        except (AttributeError, TypeError):
            return False
        made.append(buffer.getvalue())
    return made[0] == made[1]


_TRIAL = b"newsbook " * 9


def _trials() -> tuple[zipfile.ZipInfo, ...]:
    """Return an entry that is stored and one that is deflated, with a name beyond ASCII."""
    stored, deflated = zipfile.ZipInfo("mimetype"), zipfile.ZipInfo("報.xhtml")
    stored.external_attr = deflated.external_attr = 0o644 << 16
    deflated.compress_type = zipfile.ZIP_DEFLATED
    return stored, deflated


def _packed(entry: zipfile.ZipInfo, data: bytes) -> bytes:
    entry.CRC = zlib.crc32(data)
    entry.file_size = len(data)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        data = zlib.compress(data, _LEVEL, -zlib.MAX_WBITS)
    entry.compress_size = len(data)
    return data


def _lay(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: bytes) -> None:
    entry.header_offset = archive.start_dir
    archive._writecheck(entry)  # type: ignore[attr-defined]
    archive._didModify = True  # type: ignore[attr-defined]
    header = entry.FileHeader()
    archive.fp.write(header)  # type: ignore[union-attr]
    archive.fp.write(packed)  # type: ignore[union-attr]
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive.start_dir += len(header) + len(packed)
