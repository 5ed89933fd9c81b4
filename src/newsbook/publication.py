"""Publication: the files of one run appear together or not at all, whenever the run is ended.

No file system renames two files at once. So every file is written into a staging folder beside its target first, and
flushed. A journal in each staging folder says what becomes of it; that in the *deciding* one is written last, and from
then on the run counts as done. Files are renamed into their places, the record last; the record that stood there before
goes first, so that none ever stands beside files of another run. Whoever comes next finishes what a run that was killed
had decided on, and takes away what it had not. Folders are held meanwhile, so that two runs come one after the other.

A journal names files of the folder that it lies in and of no other, so that one from elsewhere can do no harm.
"""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TypeAlias

import msgspec
from msgspec import Struct

from newsbook.claims import PREFIX, SUFFIX, held, left_in, new_folder, remove, taken_over
from newsbook.diagnostics import printable
from newsbook.targets import Data, failed, file_of, fill, rights_of

Straight: TypeAlias = Callable[[Path, Data], None]
"""Writes to a target that is no file."""

STREAM = Path("-")
"""The target that stands for standard output."""

_JOURNAL = "journal"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_ENDING = tuple(filter(None, (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))))


class _Journal(Struct, frozen=True):
    """What becomes of a staging folder: `moves`, its files and their names in the folder above.

    `decider` is the staging folder whose journal decides, empty in that itself, where `others` are all the rest.
    `record` is the name of the record of the run, where that is one of the moves.
    """

    moves: tuple[tuple[str, str], ...] = ()
    record: str = ""
    decider: str = ""
    others: tuple[str, ...] = ()


class _Stage(Struct):
    """A staging folder, and what becomes of it."""

    folder: Path
    moves: list[tuple[str, str]]
    record: str = ""

    def add(self, file: Path, data: Data, *, is_record: bool) -> None:
        """Write what is to become `file`."""
        part = self.folder / f"{len(self.moves)}"
        descriptor = os.open(part, _NEW, rights_of(file))
        with os.fdopen(descriptor, "wb", buffering=0):
            fill(part, descriptor, data, file)
        self.moves.append((part.name, file.name))
        self.record = file.name if is_record else self.record


def publish(
    files: Iterable[tuple[Path, Data]],
    record: tuple[Path, Data] | None,
    straight: Straight,
    done: Callable[[], None] = lambda: None,
) -> None:
    """Write `files` and the record of their run, all of them or none, and call `done`.

    What goes into devices and pipes is written before any file appears, since it cannot be taken back. Raises
    `OutputError`; then every file is as it was before.
    """
    everything = [(target, data, False) for target, data in files]
    everything += [(*record, True)] if record else []
    with ExitStack() as staged:
        stages: dict[Path, _Stage] = {}
        streams: list[tuple[Path, Data]] = []
        for target, data, is_record in everything:
            with _failing(target):
                file = file_of(target) if target != STREAM else None
                if file is None:
                    streams.append((target, data))
                    continue
                if file.parent not in stages:
                    stages[file.parent] = _Stage(staged.enter_context(new_folder(file.parent, PREFIX, SUFFIX)), [])
                stages[file.parent].add(file, data, is_record=is_record)
        for target, data in streams:
            straight(target, data)
        with held(stages), _undisturbed():
            for folder in stages:
                _recover(folder)
            _commit(list(stages.values()))
            done()


def recover(folders: Iterable[Path]) -> None:
    """Finish in `folders` what dead runs had decided on, and take away what else they have left."""
    for folder in dict.fromkeys(folders):
        if any(True for _ in left_in(folder)):
            with held((folder,)), _undisturbed():
                _recover(folder)


def _recover(folder: Path) -> None:
    for path in left_in(folder):
        journal = _read_journal(path)
        if journal is None:
            remove(path)
        elif not journal.decider:
            _finish(path, journal)
            remove(path)
        else:
            decider = Path(journal.decider)
            decision = _read_journal(decider)
            if decision is None or str(path) not in decision.others:
                remove(path)
                continue
            with suppress(OSError), taken_over(decider) as is_left:
                if is_left:
                    _finish(decider, decision)
                    remove(path)


def _finish(decider: Path, decision: _Journal) -> None:
    """Move what a dead run had decided to move. What cannot be moved any more stays as it is."""
    stages = [_Stage(decider, list(decision.moves), decision.record)]
    for name in decision.others:
        journal = _read_journal(Path(name))
        if journal and journal.decider == str(decider):
            stages.append(_Stage(Path(name), list(journal.moves), journal.record))
    with suppress(OSError):
        _move(stages)


def _commit(stages: list[_Stage]) -> None:
    if not stages:
        return
    try:
        if sum(len(stage.moves) for stage in stages) > 1:
            _decide(stages)
        _move(stages)
    except OSError as error:
        raise failed(printable(error.filename2 or error.filename or "a file"), error) from error


def _decide(stages: list[_Stage]) -> None:
    """Write the journals, that of the first stage last."""
    decider, *others = stages
    for stage in others:
        _write_journal(stage.folder, _Journal(tuple(stage.moves), stage.record, str(decider.folder)))
    named = tuple(str(stage.folder) for stage in others)
    _write_journal(decider.folder, _Journal(tuple(decider.moves), decider.record, others=named))


def _move(stages: list[_Stage]) -> None:
    """Rename every file into its place, the record last. Where one cannot be, all are put back."""
    records = {stage.folder.parent / stage.record for stage in stages if stage.record}
    moves = [(stage.folder / part, stage.folder.parent / name) for stage in stages for part, name in stage.moves]
    moves = [(part, file) for part, file in moves if part.exists()]
    moves.sort(key=lambda move: move[1] in records)
    saved: list[tuple[Path, Path | None]] = []
    try:
        if len(moves) > 1:
            saved = [(file, _saved(file, part)) for part, file in moves]
        for _, file in moves[:-1] and moves[-1:]:
            if file in records:
                file.unlink(missing_ok=True)
        for part, file in moves:
            part.replace(file)
    except OSError:
        for stage in stages:
            (stage.folder / _JOURNAL).unlink(missing_ok=True)
        for file, old in saved:
            _put_back(file, old)
        raise
    for stage in stages:
        _flush(stage.folder.parent)


def _saved(file: Path, part: Path) -> Path | None:
    """Give what stands in the place of a file another name beside that; return it, or None where nothing stands there.

    Where a file system has no second names, the file itself is returned.
    """
    old = part.with_name(f"{part.name}.old")
    old.unlink(missing_ok=True)
    try:
        os.link(file, old)
    except FileNotFoundError:
        return None
    except OSError:
        return file
    return old


def _put_back(file: Path, old: Path | None) -> None:
    with suppress(OSError):
        if old is None:
            file.unlink()
        elif old != file:
            old.replace(file)


def _write_journal(folder: Path, journal: _Journal) -> None:
    """Write a journal whole, onto the disk. Names that are no UTF-8 are escaped, as only JSON can."""
    draft = folder / f"{_JOURNAL}.new"
    with draft.open("xb") as file:
        file.write(json.dumps(msgspec.structs.asdict(journal)).encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / _JOURNAL)
    _flush(folder)
    _flush(folder.parent)


def _read_journal(folder: Path) -> _Journal | None:
    """Return the journal of a staging folder, or None where it has none, or one that names anything elsewhere."""
    try:
        journal = msgspec.convert(json.loads((folder / _JOURNAL).read_bytes()), _Journal)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    names = (name for move in journal.moves for name in move)
    return None if any(not name or name in {".", ".."} or Path(name).name != name for name in names) else journal


def _flush(folder: Path) -> None:
    """Have the names in a folder on the disk, where a folder can be flushed."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _failing(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise failed(printable(target), error) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put signals off that end the program, for the moment that it takes to rename files."""
    late: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        late.append(number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        asked = {number: signal.getsignal(number) for number in _ENDING}
        before = {number: handler for number, handler in asked.items() if handler not in {signal.SIG_IGN, None}}
    for number in before:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in late[:1]:
            signal.raise_signal(number)
