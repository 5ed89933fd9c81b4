"""A store: a folder in which every piece of content is named by the SHA-256 of what it is.

Pictures, fonts and finished parts go through it, so that nothing that another process gets, and no key of a cache,
holds a path. The results of jobs lie there too, under the keys of the jobs.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from newsbook.diagnostics import InputError, OutputError

_PIECE = 1 << 20


class Store:
    """Content by its hash, in `folder`, which is made when something is put into it.

    What is in a store never changes, so that any number of processes may read and write one at once.
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
        self._write(self.path(digest), data)
        return digest

    def adopt(self, file: Path) -> str:
        """Keep a finished file of the store's own folder by moving it, and return its SHA-256 in lower-case hex."""
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        _put_in_place(file, self.path(digest))
        return digest

    @contextmanager
    def draft(self) -> Iterator[IO[bytes]]:
        """Yield a new file to write and read, for `adopt`. It is removed where what is written into it fails."""
        with _draft(self.folder) as file:
            yield file

    def read(self, digest: str) -> bytes:
        """Return the content with this hash. Raises `InputError` where the store does not hold it."""
        with self.open(digest) as file:
            return file.read()

    def open(self, digest: str) -> BinaryIO:
        """Return the content with this hash as a file. Raises `InputError` where the store does not hold it."""
        try:
            return self.path(digest).open("rb")
        except OSError as error:
            raise InputError(f"the store holds nothing called {digest[:12]}: {error.strerror}") from error

    def path(self, digest: str) -> Path:
        """Return the file on this machine that holds the content with this hash."""
        return self.folder / "content" / digest[:2] / digest[2:]

    def keep(self, key: str, value: bytes) -> None:
        """Keep the result of the job with this key. Raises `OutputError` where the store cannot be written."""
        self._write(self._result(key), value)

    def kept(self, key: str) -> bytes | None:
        """Return the result of the job with this key, or None where there is none."""
        try:
            return self._result(key).read_bytes()
        except OSError:
            return None

    def _result(self, key: str) -> Path:
        return self.folder / "results" / key[:2] / key[2:]

    def _write(self, place: Path, data: bytes) -> None:
        if place.exists():
            return
        with _draft(place.parent) as file:
            file.write(data)
        _put_in_place(Path(file.name), place)

    def _copy(self, source: BinaryIO) -> str:
        """Keep what a file holds, a piece at a time: it may be larger than the memory, and a pipe is read only once."""
        digest = hashlib.sha256()
        with self.draft() as file:
            for piece in _pieces(source):
                digest.update(piece)
                file.write(piece)
        _put_in_place(Path(file.name), self.path(digest.hexdigest()))
        return digest.hexdigest()


@contextmanager
def _draft(folder: Path) -> Iterator[IO[bytes]]:
    """Yield a new file in `folder`. It is removed where what is written into it fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            try:
                yield file
                file.flush()
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise _unwritable(error) from error


def _put_in_place(draft: Path, place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)
    except OSError as error:
        raise _unwritable(error) from error


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    try:
        while piece := source.read(_PIECE):
            yield piece
    except OSError as error:
        name = Path(str(getattr(source, "name", "the input"))).name
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error


def _unwritable(error: OSError) -> OutputError:
    return OutputError(f"what newsbook works with cannot be kept: {error.strerror}; make room for temporary files.")
