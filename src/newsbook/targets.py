"""What an output's name stands for, and how it is written: a file whole or not at all, a device or a pipe straight."""

import errno
import os
import re
import select
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from newsbook.claims import CLOSES_FIRST, held, left_in, new_file, remove
from newsbook.diagnostics import OutputError, UsageError, printable

# What stands for one and the same file: its device and inode where it is there, else its name without links.
Identity: TypeAlias = tuple[int, int] | str

Data: TypeAlias = bytes | Path
"""What is written: bytes, or what a file holds."""

# How often to look for a program that is to read a FIFO, and for how many seconds to wait in between: ten seconds in
# all. Two commands of one line start in any order.
_ATTEMPTS = 200
_PAUSE = 0.05

# How often a file is changed anew where somebody else changes it meanwhile.
_TRIES = 5

# As many links as Linux follows: path_resolution(7).
_MOST_LINKS = 40

_PIECE = 1 << 20

# A terminal that is written to does not become the terminal that governs the program.
_STRAIGHT = os.O_WRONLY | getattr(os, "O_NOCTTY", 0)


class TargetError(OutputError):
    """Something cannot be written where it is named, as was seen before any work was done for it."""


def check_target(target: str | Path) -> None:
    """Raise `TargetError` where `target` cannot be written, before any work is done for it.

    A file, a new one too, is written; so are a character device, a FIFO, and an open descriptor, as /dev/fd/3.
    """
    _demand_name(os.fspath(target))
    path, name = Path(target), printable(target)
    descriptor = _descriptor(path)
    if descriptor is not None:
        return check_descriptor(descriptor, name)
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        raise TargetError(f"{name} is a folder; name a file with -o.")
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        kind = "a disk" if stat.S_ISBLK(mode) else "a socket"
        raise TargetError(f"{name} is {kind}, which is not written to; name a file with -o.")
    folder = (_real(path) if path.is_symlink() else path).parent
    if not folder.is_dir():
        raise TargetError(f"the folder {printable(folder)} does not exist; make it first, or name another with -o.")
    needed = (path,) if _is_straight(mode) else (folder, path) if mode else (folder,)
    if not all(os.access(place, os.W_OK) for place in needed):
        raise TargetError(f"{name} may not be written; choose another place with -o, or change its permissions.")
    return None


def check_descriptor(descriptor: int, name: str) -> None:
    """Raise `OutputError` where an open file, which messages call `name`, is not open for writing, or full."""
    try:
        os.write(descriptor, b"")
    except OSError as error:
        raise failed(name, error) from error


def check_folder(folder: str | Path) -> None:
    """Raise `TargetError` where files cannot be written into `folder`, which is made where it is not there yet."""
    if os.fspath(folder) == "-":
        raise TargetError("several files cannot go to standard output; name a folder with -o.")
    path, name = Path(folder), printable(folder)
    mode = _mode(path)
    if mode and not stat.S_ISDIR(mode):
        raise TargetError(f"{name} is a file; name a folder with -o.")
    if not mode and path.is_symlink():
        raise TargetError(f"{name} is a link to nothing; make the folder first, or name another with -o.")
    place = path if mode else path.parent
    if not place.is_dir():
        raise TargetError(f"the folder {printable(place)} does not exist; make it first, or name another with -o.")
    if not os.access(place, os.W_OK):
        raise TargetError(f"{name} may not be written; choose another place with -o, or change its permissions.")


def make_folder(folder: Path) -> None:
    """Make a folder where it is not there yet. Raises `OutputError` with the reason."""
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        raise failed(printable(folder), error) from error


def spare(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raise `UsageError` where an output would overwrite what is read, or two outputs are one file.

    Files are one however they are named: by links, from another folder, in capitals where the disk knows none.
    Devices and the descriptors of pipes are not overwritten, so that any number of outputs may go there.
    """
    written: dict[Identity, Path] = {}
    streams: set[int] = set()
    for path in outputs:
        identity, descriptor = _identity(path), _descriptor(path)
        if identity in written or descriptor in streams:
            raise _taken(path)
        if identity is not None:
            written[identity] = path
        if descriptor is not None:
            streams.add(descriptor)
    for path in inputs if written else ():
        read = _identity(path)
        if read in written:
            raise _taken(written[read])


def _taken(path: Path) -> UsageError:
    name = printable(path.name) if _descriptor(path) is None else "where standard output leads"
    return UsageError(f"{name} is an input or another output; name a file of its own.")


def write(target: Path, data: Data, drafts: Path | None = None) -> None:
    """Write `data`, or what a file holds, to `target`.

    A file is written whole: into one in the folder `drafts`, by default its own, flushed, then renamed over it. A link
    keeps its place. What is no regular file is opened and written, never replaced. Raises `OutputError`; then what
    stood in a file before still stands there.
    """
    try:
        file = file_of(target)
        if file:
            _replace(file, data, drafts or file.parent)
        else:
            write_straight(target, data)
    except (OSError, ValueError) as error:
        raise failed(printable(target), error) from error


def write_new(file: Path, data: Data) -> None:
    """Write a file that is not there yet, whole or not at all. Raises `OSError`; of its kinds, `FileExistsError`."""
    part, descriptor = new_file(file.parent, rights_of(file))
    try:
        with os.fdopen(descriptor, "wb", buffering=0):
            fill(part, descriptor, data, file)
        try:
            os.link(part, file)  # unlike a rename, it replaces nothing
        except FileExistsError:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file)) from None
        except OSError:  # on a file system without second names
            if os.path.lexists(file):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file)) from None
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def rewrite(file: Path, change: Callable[[bytes | None], bytes]) -> None:
    """Write what `change` makes of a file's bytes, None where there is none yet, and nothing where that is the same.

    Other runs wait meanwhile. Where an editor saves the file in between, its bytes are what is changed. Raises
    `OutputError` with the reason.
    """
    for _ in range(_TRIES):
        with held((_real(file).parent,)):
            before = _bytes(file)
            after = change(before)
            if _bytes(file) == before:
                if after != before:
                    write(file, after)
                return
    raise OutputError(f"{printable(file.name)} changes all the time; try again.")


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"{printable(file.name)} cannot be read: {error.strerror}.") from error


def sweep_drafts(folder: Path) -> None:
    """Take away the drafts that dead runs have left in a folder."""
    for left in left_in(folder):
        if not left.is_dir():  # A folder may be half of a publication.
            remove(left)


def file_of(target: Path) -> Path | None:
    """Return the file that a target stands for, behind all links; None for what is not replaced: a device, a pipe."""
    is_other = _descriptor(target) is not None or _is_straight(_mode(target))
    return None if is_other else Path(os.path.realpath(target))


def write_straight(target: Path, data: Data) -> None:
    """Write into an open descriptor, a device, or a FIFO, once somebody reads that. Raises `OSError`."""
    descriptor = _descriptor(target)
    if descriptor is not None:
        return pour(data, descriptor)
    descriptor = _await_reader(target) if target.is_fifo() else os.open(target, _STRAIGHT)
    with closing(os.fdopen(descriptor, "wb", buffering=0)):
        return pour(data, descriptor)


def fill(part: Path, descriptor: int, data: Data, file: Path) -> None:
    """Write what is to become `file` into an open file, onto the disk, with the rights that `file` has."""
    pour(data, descriptor)
    if file.exists():
        part.chmod(rights_of(file))
    os.fsync(descriptor)


def rights_of(file: Path) -> int:
    """Return the rights of a file; of one that is not there yet, those of new files before the user's mask."""
    return stat.S_IMODE(file.stat().st_mode) & 0o777 if file.exists() else 0o666


def pour(data: Data, descriptor: int) -> None:
    """Write `data`, or what a file holds, to an open descriptor, as fast as it takes it."""
    for piece in _pieces(data):
        rest = memoryview(piece)
        while rest:
            try:
                rest = rest[os.write(descriptor, rest) :]
            except BlockingIOError:
                select.select((), (descriptor,), ())


def failed(name: str, error: Exception) -> OutputError:
    """Return the failure to write what messages call `name`, with the reason and what can be done."""
    number = error.errno if isinstance(error, OSError) else None
    reason = error.strerror if isinstance(error, OSError) else "no file can have this name"
    why, hint = _REASONS.get(number or 0, (reason or str(error), "name another with -o"))
    return OutputError(f"{name} cannot be written: {why}; {hint}.")


def no_room(error: Exception) -> OutputError | None:
    """Return the failure that an error stands for where no temporary file can be written; None for any other error."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return OutputError(
            f"a temporary file cannot be written: {error.strerror}; make room, or name a folder in TMPDIR."
        )
    return None


_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE))

_ROOM = "make room there, or name another place with -o"
_REASONS = {
    errno.EBADF: ("it is closed", "name a file with -o"),
    errno.EPIPE: ("whoever read it stopped", "have all of it read, or name a file with -o"),
    errno.ENXIO: ("nobody reads it", "start what reads it first, or name a file with -o"),
    errno.ENOSPC: ("no space is left", _ROOM),
    errno.EDQUOT: ("the quota is used up", _ROOM),
    errno.EFBIG: ("files may not be so large there", "raise the limit, or name another place with -o"),
    errno.ENAMETOOLONG: ("its name is too long", "name a shorter one with -o"),
    errno.ELOOP: ("its links lead round in a circle", "name another with -o"),
}


def _demand_name(name: str) -> None:
    """Raise `TargetError` where a name is none of a file: empty, or a folder's by its end."""
    if not name:
        raise TargetError("the name of an output is empty; name a file with -o.")
    if re.split(r"[/\\]" if os.sep == "\\" else "/", name)[-1] in {"", ".", ".."}:
        raise TargetError(f"{printable(name)} is a folder; name a file with -o.")


def _mode(path: Path) -> int:
    """Return the mode of what a path leads to, 0 where nothing is there. Raises `OutputError` where nothing can be."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0
    except (OSError, ValueError) as error:
        raise failed(printable(path), error) from error


def _is_straight(mode: int) -> bool:
    """Tell whether something is written into, and not replaced."""
    return bool(mode) and not stat.S_ISREG(mode)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _descriptor(path: Path) -> int | None:
    """Return the number of the open descriptor that a path is another name for, as /dev/stdout is; else None.

    Opened by its name, a file behind a descriptor would be begun anew, or replaced behind the back of the shell.
    """
    own = re.compile(rf"/dev/fd|/proc/{os.getpid()}(?:/task/\d+)?/fd")
    for _ in range(_MOST_LINKS):
        try:
            if re.fullmatch("[0-9]{1,9}", path.name) and own.fullmatch(os.path.realpath(path.parent)):
                return int(path.name)
            path = path.parent / path.readlink()
        except (OSError, ValueError):
            return None
    return None


def _identity(path: Path) -> Identity | None:
    """Return what a file is known by under all its names; None for what cannot be overwritten."""
    try:
        descriptor = _descriptor(path)
        found = os.fstat(descriptor) if descriptor is not None else path.stat()
    except FileNotFoundError:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return None
    may_clash = stat.S_ISREG(found.st_mode) or (stat.S_ISFIFO(found.st_mode) and descriptor is None)
    return (found.st_dev, found.st_ino) if may_clash else None


def _await_reader(fifo: Path) -> int:
    """Return a FIFO open for writing. Raises `OSError` (ENXIO) where nobody has opened it for reading in time."""
    for _ in range(_ATTEMPTS):
        try:
            return os.open(fifo, _STRAIGHT | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            select.select((), (), (), _PAUSE)
    raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))


def _replace(file: Path, data: Data, drafts: Path) -> None:
    """Write a file under another name, and rename it once it is on the disk. Drafts of dead runs go."""
    sweep_drafts(drafts)
    part, descriptor = new_file(drafts, rights_of(file))
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as opened:
            fill(part, descriptor, data, file)
            if CLOSES_FIRST:
                opened.close()
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _pieces(data: Data) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield data
        return
    with data.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
