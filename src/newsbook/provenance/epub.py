"""Files within an EPUB: in META-INF, beside the container's own, where they are no part of what is read (EPUB 3.3)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from newsbook.diagnostics import InputError
from newsbook.provenance.enclosing import OWN, Enclosed, Spot

FOLDER = "META-INF/newsbook/"

# What a zip may hold that is opened to be verified.
_MOST_BYTES = 2_000_000_000

BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What reading a zip that is none may raise."""

# PKWARE APPNOTE 6.3.10, §4.3.7 and §4.3.12: headers without their names, and where the checksum is in them.
_LOCAL, _LOCAL_CRC, _LOCAL_LENGTHS = 30, 14, 26
_ENTRY, _ENTRY_CRC, _ENTRY_LENGTHS, _ENTRY_OFFSET = 46, 16, 28, 42
_ENTRY_MARK = b"PK\x01\x02"


def enclose(epub: bytes, files: Iterable[Enclosed]) -> bytes:
    """Return an EPUB that carries `files`, whose names differ. The same files give the same bytes."""
    made = io.BytesIO(epub)
    with zipfile.ZipFile(made, "a") as archive:
        moment = archive.infolist()[0].date_time
        for file in files:
            entry = zipfile.ZipInfo(FOLDER + file.name, moment)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.data, zipfile.ZIP_STORED if file.is_plain else zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def enclosed(epub: bytes) -> dict[str, bytes]:
    """Return the files that an EPUB carries, by their names. Raises `InputError` where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(epub)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.startswith(FOLDER)]
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise InputError(f"it carries more than {_MOST_BYTES:,} bytes.")
            return {entry.filename.removeprefix(FOLDER): archive.read(entry) for entry in entries}
    except BROKEN as error:
        raise InputError(f"what it carries cannot be read: {error}.") from error


def spots(epub: bytes) -> dict[str, tuple[Spot, ...]]:
    """Return where the manifest and its signature lie in an EPUB, and their checksums in both of their headers.

    Raises `InputError` where that cannot be told.
    """
    try:
        return _spots(epub)
    except BROKEN as error:
        raise InputError(f"where its manifest lies cannot be told: {error}.") from error


def _spots(epub: bytes) -> dict[str, tuple[Spot, ...]]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.removeprefix(FOLDER) in OWN]
    found: dict[str, tuple[Spot, ...]] = {}
    for entry in entries:
        at = entry.header_offset
        name, extra = struct.unpack_from("<HH", epub, at + _LOCAL_LENGTHS)
        start = at + _LOCAL + name + extra
        listed = _listed(epub, entry)
        found[entry.filename.removeprefix(FOLDER)] = (
            Spot(start, start + entry.file_size, lambda data: data),
            Spot(at + _LOCAL_CRC, at + _LOCAL_CRC + 4, _checksum),
            Spot(listed + _ENTRY_CRC, listed + _ENTRY_CRC + 4, _checksum),
        )
    return found


def _listed(epub: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where an entry stands in the directory at the end of a zip."""
    at = epub.rfind(_ENTRY_MARK)
    name = entry.filename.encode()
    while at >= 0:
        (length,) = struct.unpack_from("<H", epub, at + _ENTRY_LENGTHS)
        (offset,) = struct.unpack_from("<L", epub, at + _ENTRY_OFFSET)
        if offset == entry.header_offset and epub[at + _ENTRY : at + _ENTRY + length] == name:
            return at
        at = epub.rfind(_ENTRY_MARK, 0, at)
    raise InputError(f"{entry.filename} is not in its directory.")


def _checksum(data: bytes) -> bytes:
    return struct.pack("<L", zlib.crc32(data))
