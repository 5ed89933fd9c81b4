"""Claims: temporary files and folders that say by a lock whose they are, so that what dead runs have left can be told.

A lock of flock(2) lasts as long as the process that holds it, whatever ends that; the number of a process may be
another's by now, or of another container. Where a file system knows no locks, nothing is swept there.
"""

import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

PREFIX, SUFFIX = ".newsbook-", ".part"
"""What the name of a temporary file or folder beside an output begins and ends with."""

SCRATCH = "newsbook-"
"""What the name of a folder for temporary files begins with."""

# No name is given twice in a process: a thread that takes its file away must not take that of another.
_numbers = count()

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


CLOSES_FIRST = sys.platform == "win32"
"""Whether a file must be closed before it is renamed; elsewhere it stays claimed until it is in its place."""


def lock(descriptor: int, *, wait: bool = False, shared: bool = False) -> bool | None:
    """Lock an open file or folder; False where another holds it, None where there are no locks.

    Any number may hold a `shared` lock at once, and nobody another beside it.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        return False if error.errno in {errno.EWOULDBLOCK, errno.EACCES} else None
    return True


def new_file(folder: Path, mode: int) -> tuple[Path, int]:
    """Return a new file in `folder`, and the descriptor that it is open at, for reading too, and claimed by."""
    while True:
        for number in _numbers:
            path = _named(folder, PREFIX, number, SUFFIX)
            with suppress(FileExistsError):
                descriptor = os.open(path, _NEW, mode)
                break
        if _is_claimed(path, descriptor):
            return path, descriptor
        os.close(descriptor)


@contextmanager
def new_folder(folder: Path, prefix: str, suffix: str = "") -> Iterator[Path]:
    """Yield a new folder in `folder`, claimed and for nobody else to see. It goes with the context."""
    path, descriptor = _made(folder, prefix, suffix)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a new folder for temporary files. It goes with the context, or the next run sweeps it."""
    with new_folder(Path(tempfile.gettempdir()), SCRATCH) as folder:
        yield folder


def _made(folder: Path, prefix: str, suffix: str) -> tuple[Path, int | None]:
    for number in _numbers:
        path = _named(folder, prefix, number, suffix)
        try:
            path.mkdir(0o700)
            if sys.platform == "win32":
                return path, None
            descriptor = os.open(path, os.O_RDONLY)
            if _is_claimed(path, descriptor):
                return path, descriptor
            os.close(descriptor)
        except (FileExistsError, FileNotFoundError):
            continue
        except BaseException:  # as a signal that ends the run
            with suppress(OSError):
                path.rmdir()
            raise
    raise AssertionError


def _named(folder: Path, prefix: str, number: int, suffix: str) -> Path:
    return folder / f"{prefix}{os.getpid()}-{number}{suffix}"


def _is_claimed(path: Path, descriptor: int) -> bool:
    """Lock what was just made, and tell whether that went well: it may have been swept before."""
    if lock(descriptor) is False:
        return False
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    own = os.fstat(descriptor)
    return (found.st_dev, found.st_ino) == (own.st_dev, own.st_ino)


@contextmanager
def held(folders: Iterable[Path]) -> Iterator[None]:
    """Hold folders while the context lasts; whoever else wants to, waits. Nothing is left in them.

    They are taken in one order, so that no two runs wait for each other. One that cannot be held is not.
    """
    opened: dict[tuple[int, int], int] = {}
    try:
        for folder in folders:
            with suppress(OSError):
                descriptor = os.open(folder, os.O_RDONLY)
                found = os.fstat(descriptor)
                spare = opened.setdefault((found.st_dev, found.st_ino), descriptor)
                if spare != descriptor:
                    os.close(descriptor)
        for _, descriptor in sorted(opened.items()):
            lock(descriptor, wait=True)
        yield
    finally:
        for descriptor in opened.values():
            os.close(descriptor)


def left_in(folder: Path, prefix: str = PREFIX, suffix: str = SUFFIX) -> Iterator[Path]:
    """Yield what dead runs of this user have left in `folder`. It is held until the next is asked for."""
    own = re.compile(rf"{re.escape(prefix)}\d+-\d+{re.escape(suffix)}")
    try:
        with os.scandir(folder) as entries:
            found = sorted(entry.path for entry in entries if own.fullmatch(entry.name))
    except OSError:
        return
    for name in found:
        path = Path(name)
        with suppress(OSError), taken_over(path) as is_left:
            if is_left:
                yield path


def sweep(folder: Path, prefix: str = PREFIX, suffix: str = SUFFIX) -> None:
    """Take away what dead runs of this user have left in `folder`."""
    for path in left_in(folder, prefix, suffix):
        remove(path)


def remove(path: Path) -> None:
    """Take a file or a folder away, as far as that can be done."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


@contextmanager
def taken_over(path: Path) -> Iterator[bool]:
    """Yield whether something is of this user, and claimed by nobody any more. Raises `OSError` where it is gone."""
    if not hasattr(os, "geteuid") or path.lstat().st_uid != os.geteuid():
        yield False
        return
    descriptor = os.open(path, _LOOK)
    try:
        yield lock(descriptor) is True
    finally:
        os.close(descriptor)
