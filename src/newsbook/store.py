"""A store: a folder in which every piece of content is named by the SHA-256 of what it is.

Pictures, fonts and finished parts go through it, so that nothing that another process gets, and no key of a cache,
holds a path. The results of jobs lie there too, under the keys of the jobs.

Whatever else lies where an entry should is none: a link, a FIFO or a folder is not followed, opened or waited for.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from newsbook.claims import CLOSES_FIRST, lock, new_file, remove, sweep
from newsbook.diagnostics import InputError, OutputError, printable

_PIECE = 1 << 20
_LOCK = "lock"
_PARTS = ("content", "results")
# The folder of an entry, and its name in there: a SHA-256 in hex, divided.
_FIRST, _REST = re.compile("[0-9a-f]{2}"), re.compile("[0-9a-f]{62}")
_LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# A result is read whole; none is as large as that.
_MOST_RESULT = 1 << 30
# Bytes of a SHA-256, which stands before each result.
_DIGEST = 32


class Store:
    """Content by its hash, in `folder`, which is made when something is put into it.

    What is in a store never changes, so that any number of processes may read and write one at once. Where a disk or a
    person has damaged it all the same, `holds` and `kept` find that out, and what is put again mends it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes | BinaryIO) -> str:
        """Keep `data`, or what the open file still holds, and return its SHA-256 in lower-case hex.

        Raises `InputError` where the file cannot be read, and `OutputError` where the store cannot be written.
        """
        if not isinstance(data, bytes):
            return self._copy(data)
        digest = hashlib.sha256(data).hexdigest()
        if not self.holds(digest):
            with self.draft() as file:
                file.write(data)
                _put_in_place(file, self.path(digest))
        return digest

    def adopt(self, draft: BinaryIO) -> str:
        """Keep what was written into a draft, while its context lasts, and return its SHA-256 in lower-case hex."""
        draft.seek(0)
        digest = hashlib.sha256()
        for piece in _pieces(draft):
            digest.update(piece)
        _put_in_place(draft, self.path(digest.hexdigest()))
        return digest.hexdigest()

    @contextmanager
    def draft(self) -> Iterator[BinaryIO]:
        """Yield a new file to write and read, for `adopt`. It goes with the context where it was not adopted."""
        _make(self.folder)
        try:
            path, descriptor = new_file(self.folder, 0o600)
            try:
                with open(path, "w+b", opener=lambda *_: descriptor) as file:
                    yield file
            finally:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(error) from error

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep what is in a store that lasts from being taken away while the context lasts; others may use it, too.

        Raises `OutputError` where the store cannot be written, or a link in it leads out of it.
        """
        with self._lock() as descriptor:
            lock(descriptor, wait=True, shared=True)
            self._demand_folders()
            yield

    @contextmanager
    def _lock(self) -> Iterator[int]:
        _make(self.folder)
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(self.folder / _LOCK, flags, 0o600)
        except OSError as error:
            raise _unwritable(error) from error
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _demand_folders(self) -> None:
        """Raise `OutputError` where something else stands for a folder of the store, or a link does."""
        for part in _PARTS:
            for folder in (self.folder / part, *(path for path, _ in self._folders(part))):
                mode = _mode(folder)
                if mode and not stat.S_ISDIR(mode):
                    where = f"{printable(folder.relative_to(self.folder.parent))} is no folder"
                    raise OutputError(f"what newsbook works with cannot be kept: {where}; take it away.")

    def bytes_held(self) -> int:
        """Return how many bytes are in the store."""
        return sum(size for _, size, _ in self._entries())

    def trim(self, most: int) -> bool:
        """Take away what has not been used for the longest time, where the store has more than `most` bytes.

        Room is made for a tenth more. Tell whether that could be done: while a build uses the store, all stays.
        """
        entries = sorted(self._entries())
        held = sum(size for _, size, _ in entries)
        if held <= most:
            return True
        with self._lock() as descriptor:
            if lock(descriptor) is False:
                return False
            for _, size, path in entries:
                if held <= most * 9 // 10:
                    break
                remove(path)
                held -= size
        return True

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """Yield when each entry was last used, its bytes and its path; what else lies there is no entry."""
        for part in _PARTS:
            for folder, is_own in self._folders(part):
                for entry in _listed(folder) if is_own else ():
                    with suppress(OSError):
                        if _REST.fullmatch(entry.name):
                            found = entry.stat(follow_symlinks=False)
                            yield found.st_mtime_ns, found.st_size, Path(entry.path)

    def _folders(self, part: str) -> Iterator[tuple[Path, bool]]:
        """Yield what has the name of a folder of entries, and whether it is one."""
        if stat.S_ISDIR(_mode(self.folder / part)):
            for entry in _listed(self.folder / part):
                if _FIRST.fullmatch(entry.name):
                    yield Path(entry.path), entry.is_dir(follow_symlinks=False)

    def moment(self) -> int:
        """Return the time by the disk that the store lies on, in nanoseconds: that of a file written now."""
        with self.draft() as file:
            return os.fstat(file.fileno()).st_mtime_ns

    def sweep(self) -> None:
        """Take away what runs that were killed have left in the store."""
        sweep(self.folder)

    def holds(self, digest: str) -> bool:
        """Tell whether the content with this hash is there, and is what its name says."""
        try:
            with open_entry(self.path(digest)) as file:
                is_whole = hashlib.file_digest(file, "sha256").hexdigest() == digest
            return is_whole and _used(self.path(digest))
        except (OSError, ValueError):
            return False

    def read(self, digest: str) -> bytes:
        """Return the content with this hash. Raises `InputError` where the store does not hold it."""
        with self.open(digest) as file:
            return file.read()

    def open(self, digest: str) -> BinaryIO:
        """Return the content with this hash as a file. Raises `InputError` where the store does not hold it."""
        try:
            return open_entry(self.path(digest))
        except OSError as error:
            raise InputError(f"the store holds nothing called {digest[:12]}: {error.strerror}") from error

    def path(self, digest: str) -> Path:
        """Return the file on this machine that holds the content with this hash."""
        return self.folder / "content" / digest[:2] / digest[2:]

    def size(self, digest: str) -> int:
        """Return how many bytes the content with this hash has; 0 where the store does not hold it."""
        try:
            return self.path(digest).stat().st_size
        except OSError:
            return 0

    def keep(self, key: str, value: bytes) -> None:
        """Keep the result of the job with this key, in the place of an older one.

        Raises `OutputError` where the store cannot be written.
        """
        with self.draft() as file:
            file.write(_seal(key, value) + value)
            _put_in_place(file, self._result(key))

    def kept(self, key: str) -> bytes | None:
        """Return the result of the job with this key, or None where there is none, or one that was damaged."""
        try:
            with open_entry(self._result(key)) as file:
                data = file.read() if os.fstat(file.fileno()).st_size <= _MOST_RESULT else b""
        except OSError:
            return None
        digest, value = data[:_DIGEST], data[_DIGEST:]
        return value if _seal(key, value) == digest and _used(self._result(key)) else None

    def _result(self, key: str) -> Path:
        return self.folder / "results" / key[:2] / key[2:]

    def _copy(self, source: BinaryIO) -> str:
        """Keep what a file holds, a piece at a time: it may be larger than the memory, and a pipe is read only once."""
        digest = hashlib.sha256()
        with self.draft() as file:
            for piece in _pieces(source):
                digest.update(piece)
                file.write(piece)
            _put_in_place(file, self.path(digest.hexdigest()))
        return digest.hexdigest()


def open_entry(path: Path) -> BufferedReader:
    """Return a file of a store or a cache, open for reading. Raises `OSError` for a link, and for what is no file."""
    descriptor = os.open(path, _LOOK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return os.fdopen(descriptor, "rb")


def clear(place: Path) -> None:
    """Take away what has the name of an entry and is none: a link, a FIFO, a folder."""
    if not stat.S_ISREG(_mode(place) or stat.S_IFREG):
        remove(place)


def _seal(key: str, value: bytes) -> bytes:
    """Return the digest of a result with its key: that of another job is as bad as a damaged one."""
    digest = hashlib.sha256(key.encode())
    digest.update(value)
    return digest.digest()


def _mode(path: Path) -> int:
    """Return the mode of what a path is, a link too; 0 where nothing is there."""
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return 0


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _used(path: Path) -> bool:
    """Note that an entry was used now, where that can be noted; return that it is there."""
    with suppress(OSError):
        os.utime(path)
    return True


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unwritable(error) from error


def _put_in_place(draft: BinaryIO, place: Path) -> None:
    _make(place.parent)
    draft.flush()
    if CLOSES_FIRST:
        draft.close()
    clear(place)
    Path(draft.name).replace(place)


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    try:
        while piece := source.read(_PIECE):
            yield piece
    except OSError as error:
        name = Path(str(getattr(source, "name", "the input"))).name
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error


def _unwritable(error: Exception) -> OutputError:
    reason = error.strerror if isinstance(error, OSError) else "no folder can have this name"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return OutputError(f"what newsbook works with cannot be kept: {printable(error.filename)} is no folder.")
    return OutputError(f"what newsbook works with cannot be kept: {reason}; make room for temporary files.")
