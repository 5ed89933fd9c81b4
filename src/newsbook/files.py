"""Inputs from disk and outputs to disk: what a name on the command line stands for, and files written whole or not."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, OutputError, Place, Report

STDIN = "-"

# An article of a hundred megabytes is no article; the bound keeps a wrong file name from filling the memory.
MOST_BYTES = 100_000_000

# Behind the whole name of a page, so that page.txt and page.html each have their own.
OVERRIDES_SUFFIX = ".overrides.json"

# A proof sheet is made from pages, and is none.
PROOF_SUFFIX = ".proof.html"

TEXT_SUFFIXES = frozenset({".txt", ".text", ".json", ".html", ".htm", ".xhtml", ".shtml"})
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif")


class Input(Struct, frozen=True):
    """One file to read, or standard input. `name` is what findings call it; `path` is None for standard input."""

    name: str
    path: Path | None

    @property
    def folder(self) -> Path:
        """The folder that the input's pictures lie in."""
        return self.path.parent if self.path else Path()

    def read(self) -> bytes:
        """Return the input's bytes. Raises `InputError` or `LimitError` with the reason."""
        if self.path is None:
            return sys.stdin.buffer.read(MOST_BYTES)
        try:
            size = self.path.stat().st_size
            if size > MOST_BYTES:
                raise LimitError(f"{self.name} has {size:,} bytes, more than {MOST_BYTES:,}; split it.")
            return self.path.read_bytes()
        except FileNotFoundError as error:
            raise InputError(f"{self.name} does not exist; check the name.") from error
        except OSError as error:
            raise InputError(f"{self.name} cannot be read: {error.strerror}.") from error

    def overrides(self) -> "Input | None":
        """Return the file with a person's decisions that lies beside this input, or None where there is none."""
        beside = self.path and self.path.with_name(self.path.name + OVERRIDES_SUFFIX)
        return Input(beside.name, beside) if beside and beside.is_file() else None

    def pictures(self) -> tuple[str, ...]:
        """Return the names of the pictures beside the text: `NAME.1.jpg` first, "" where a number is left out."""
        if self.path is None:
            return ()
        suffixes = "|".join(map(re.escape, PICTURE_SUFFIXES))
        pattern = re.compile(rf"{re.escape(self.path.stem)}\.([1-9][0-9]?)(?:{suffixes})", re.IGNORECASE)
        matches = (pattern.fullmatch(file.name) for file in sorted(self.folder.iterdir()))
        numbered = {int(match[1]): match[0] for match in matches if match}
        return tuple(numbered.get(number, "") for number in range(1, max(numbered, default=0) + 1))


def expand(arguments: tuple[str, ...], report: Report) -> tuple[Input, ...]:
    """Return the inputs that `arguments` stand for: files in the order given, those of a folder by name."""
    return tuple(item for argument in arguments for item in _expand_one(argument, report))


def _expand_one(argument: str, report: Report) -> Iterator[Input]:
    path = Path(argument)
    if argument == STDIN:
        yield Input("<stdin>", None)
    elif path.is_dir():
        for file in sorted(path.iterdir(), key=_by_name):
            if file.name.endswith(OVERRIDES_SUFFIX):
                yield from _expand_one(str(file), report)
            elif file.suffix.lower() in TEXT_SUFFIXES and not file.name.endswith(PROOF_SUFFIX):
                yield Input(file.name, file)
            elif file.is_file() and not file.name.startswith(".") and not _is_known(file):
                message = "a folder's files are read where they end in .txt, .html or .json; this one is passed over."
                report(Diagnostic(Code.INPUT_IGNORED, message, Place(file.name), "Name it on its own to have it read."))
    elif path.name.endswith(OVERRIDES_SUFFIX):
        _pass_over(path, report)
    else:
        yield Input(path.name, path)


def _is_known(file: Path) -> bool:
    """Tell whether a file that is no article need not be spoken of: a picture, or a sheet that newsbook made."""
    return file.suffix.lower() in PICTURE_SUFFIXES or file.name.endswith(PROOF_SUFFIX)


def _pass_over(overrides: Path, report: Report) -> None:
    """Say so where decisions lie beside no page; else they are read with it."""
    page = overrides.name.removesuffix(OVERRIDES_SUFFIX)
    if not overrides.with_name(page).is_file():
        message = f"there is no {page} beside it that these decisions could be about."
        report(Diagnostic(Code.INPUT_IGNORED, message, Place(overrides.name), "Put it beside its page."))


def _by_name(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Sort 2 before 10, as people number files."""
    parts = re.findall(r"\d+|\D+", path.name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name


def check_target(target: Path) -> None:
    """Raise `OutputError` where `target` cannot be written, before any work is done for it."""
    folder = target.parent
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name a file with -o.")
    if not folder.is_dir():
        raise OutputError(f"the folder {folder} does not exist; make it first, or name another with -o.")
    if not os.access(folder, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise OutputError(f"{target} may not be written; choose another place with -o, or change its permissions.")


def check_folder(folder: Path) -> None:
    """Raise `OutputError` where files cannot be written into `folder`, which is made where it is not there yet."""
    if str(folder) == STDIN:
        raise OutputError("several files cannot go to standard output; name a folder with -o.")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; name a folder with -o.")
    place = folder if folder.exists() else folder.parent
    if not place.is_dir():
        raise OutputError(f"the folder {place} does not exist; make it first, or name another with -o.")
    if not os.access(place, os.W_OK):
        raise OutputError(f"{folder} may not be written; choose another place with -o, or change its permissions.")


def write(target: Path, data: bytes | Path) -> None:
    """Write `data`, or what a file holds, to `target` whole: into a file beside it, flushed, then renamed over it.

    A link keeps its place. Raises `OutputError`; then what stood at `target` before still stands there.
    """
    real = target.resolve() if target.is_symlink() else target
    try:
        handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                pour(data, file)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(real.stat().st_mode & 0o777 if real.exists() else 0o666 & ~_umask())
            part.replace(real)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}.") from error


def pour(data: bytes | Path, stream: IO[bytes]) -> None:
    """Write `data`, or what a file holds, to an open stream, a piece at a time."""
    if isinstance(data, bytes):
        stream.write(data)
    else:
        with data.open("rb") as file:
            shutil.copyfileobj(file, stream)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
