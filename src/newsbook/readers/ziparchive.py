"""Open a ZIP archive that others have packed, and read one of articles and pictures as a folder is read.

Its files are read by name, within bounds, and never unpacked onto the disk. An article has the pictures beside it.
"""

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.inputs import (
    FURNITURE,
    OVERRIDES_SUFFIX,
    PICTURE_SUFFIXES,
    READ_SUFFIXES,
    album_of,
    by_name,
    pictures_of,
)
from newsbook.readers.interface import Enclosed, Reader, Received, Taken, pass_over

# Text packs to a fifth, pictures not at all. What packs to a hundredth is made to burst.
_MOST_BYTES = 2_000_000_000
_MOST_OF_ONE = 200_000_000
_MOST_FILES = 20_000
_MOST_PACKED = 100
_NEVER_A_BOMB = 10_000_000

_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
)

# General purpose bit flag, bit 11 and bit 0. APPNOTE.TXT, section 4.4.4.
_UTF8 = 0x800
_ENCRYPTED = 0x1

_PACKED = frozenset({".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz"})
_READ = READ_SUFFIXES - _PACKED


class ZipArchive:
    """The files in an open archive, by name. Folders, and what the Mac adds, do not count."""

    def __init__(self, packed: zipfile.ZipFile, name: str) -> None:
        self._packed, self._name = packed, name
        entries = [entry for entry in packed.infolist() if not entry.is_dir()]
        self._entries = {_named(entry): entry for entry in entries if not _is_left_by_system(_named(entry))}
        self._check()

    def _check(self) -> None:
        entries = self._entries.values()
        size = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > _MOST_FILES:
            raise LimitError(f"{self._name} holds {len(entries):,} files, more than {_MOST_FILES:,}; split it.")
        if size > _MOST_BYTES or (size > _NEVER_A_BOMB and size > _MOST_PACKED * packed):
            raise LimitError(f"{self._name} would unpack to {size:,} bytes, out of all proportion; unpack it yourself.")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise InputError(f"{self._name} is locked with a password; unpack it, and name what is in it.")

    def names(self) -> tuple[str, ...]:
        """Return the names of the files, in the archive's order."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return a file's bytes. Raises `InputError` where there is none of that name, or it is broken."""
        entry = self._entries.get(name)
        if entry is None:
            raise InputError(f"{name} is not in {self._name}")
        if entry.file_size > _MOST_OF_ONE:
            raise LimitError(f"{name} in {self._name} has {entry.file_size:,} bytes, more than {_MOST_OF_ONE:,}.")
        try:
            with self._packed.open(entry) as file:
                return file.read(_MOST_OF_ONE)
        except _BROKEN as error:
            raise InputError(f"{name} in {self._name} cannot be unpacked: {error}.") from error


@contextmanager
def opened(received: Received) -> Iterator[ZipArchive]:
    """Open an archive as a context. Raises `InputError` where it is broken, and `LimitError` where it is too large."""
    with received.open() as file:
        try:
            packed = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise InputError(f"{received.name} is a broken ZIP archive, or cut short: {error}.") from error
        with packed:
            yield ZipArchive(packed, received.name)


def read_from(received: Received, name: str) -> bytes:
    """Return a file of an archive that is no longer open. Raises `InputError` where there is none of that name."""
    with opened(received) as archive:
        return archive.read(name)


def joined(folder: str, name: str) -> str:
    """Return `name` as seen from `folder` in an archive, its dots resolved; empty where it leads outside.

    >>> joined("OEBPS/text", "../images/a.jpg"), joined("", "../a.jpg")
    ('OEBPS/images/a.jpg', '')
    """
    parts: list[str] = []
    for part in (*PurePosixPath(folder).parts, *PurePosixPath(name).parts):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {".", "/"}:
            parts.append(part)
    return "/".join(parts)


def _named(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file. One that is not marked as UTF-8 is in an encoding of the region as a rule."""
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030", "big5", "cp932", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_left_by_system(name: str) -> bool:
    last = PurePosixPath(name).name
    return name.startswith("__MACOSX/") or last.startswith(".") or last in {"Thumbs.db", "desktop.ini"}


def read_bundle(received: Received, reader: Reader) -> Iterator[Taken]:
    """Yield the articles in an archive, read with `reader`. Raises `InputError` where there is none in it."""
    found = False
    with opened(received) as archive:
        names = sorted(archive.names(), key=by_name)
        for name in filter(partial(_is_input, received), names):
            found = True
            folder = posixpath.dirname(name)
            try:
                raw = archive.read(name)
                inner = replace(received, name=posixpath.basename(name), open=partial(BytesIO, raw))
                for taken in reader(_with_pictures(inner, names, folder)):
                    yield taken if taken.enclosed else replace(taken, enclosed=_enclosed(received, folder))
            except (InputError, LimitError) as error:
                pass_over(received, f"{received.name}/{name}", error)
    if not found:
        raise InputError(f"{received.name} is a ZIP archive without an article in it.")


def _with_pictures(inner: Received, names: list[str], folder: str) -> Received:
    """Return a file of an archive with the pictures beside it there."""
    inside = partial(_inside, names)
    beside = inside(folder)
    album = album_of(inner.name, beside, lambda below: inside(joined(folder, below)))
    return replace(inner, pictures=pictures_of(inner.name, beside), album=album)


def _inside(names: list[str], folder: str) -> tuple[str, ...]:
    """Return the names of the files and folders in a folder of an archive, the root where it is empty."""
    above = f"{folder}/" if folder else ""
    return tuple(dict.fromkeys(name[len(above) :].partition("/")[0] for name in names if name.startswith(above)))


def _enclosed(received: Received, folder: str) -> Enclosed:
    def picture(name: str) -> bytes:
        return read_from(received, joined(folder, name))

    return picture


def _is_input(received: Received, name: str) -> bool:
    """Tell whether a file of an archive is to be read. What is neither an article nor a picture is reported."""
    suffix = posixpath.splitext(name)[1].lower()
    if suffix in _READ and not name.endswith(OVERRIDES_SUFFIX):
        return True
    if suffix not in PICTURE_SUFFIXES:
        what = "an archive in an archive is not opened" if suffix in _PACKED else "newsbook reads nothing that ends so"
        code = Code.INPUT_IGNORED if suffix in FURNITURE else Code.INPUT_NOT_READ
        place, hint = Place(f"{received.name}/{name}"), "Unpack it, and name the file." if suffix in _PACKED else ""
        received.report(Diagnostic(code, f"{what}; it is passed over.", place, hint))
    return False
