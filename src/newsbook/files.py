"""Inputs from disk and outputs to disk: what a name on the command line stands for, and files written whole or not."""

import glob
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, OutputError, Place, Report
from newsbook.model import Retrieval

STDIN = "-"
LIST_PREFIX = "@"

# An article of a hundred megabytes is no article; the bound keeps a wrong file name from filling the memory.
MOST_BYTES = 100_000_000

# Behind the whole name of a page, so that page.txt and page.html each have their own.
OVERRIDES_SUFFIX = ".overrides.json"

# A proof sheet is made from pages, and is none.
PROOF_SUFFIX = ".proof.html"

# What is to be made of a folder; no article.
SETTINGS = "newsbook.toml"

# What a folder is read for. An e-book in it may well be the output of an earlier run, and is read only by its name.
TEXT_SUFFIXES = frozenset({
    ".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".md", ".markdown", ".json", ".jsonl", ".ndjson", ".xml",
    ".rss", ".atom", ".rdf", ".nitf",
})  # fmt: skip
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif")


class Input(Struct, frozen=True):
    """One file to read, or standard input. `name` is what findings call it; `path` is None for standard input.

    A page on the network has its `url`; once it was fetched, `path` holds it and `retrieval` says how it came.
    """

    name: str
    path: Path | None
    url: str = ""
    retrieval: Retrieval | None = None

    @property
    def folder(self) -> Path:
        """The folder that the input's pictures lie in."""
        return self.path.parent if self.path else Path()

    def read(self) -> bytes:
        """Return the input's bytes. Raises `InputError` or `LimitError` with the reason."""
        with self.open() as file:
            return read_all(file, self.name)

    def open(self) -> BinaryIO:
        """Return the input's bytes as a file, at their beginning. Raises `InputError` with the reason."""
        if self.path is None and self.url:
            raise InputError(f"{self.url} was not fetched.")
        if self.path is None:
            return BytesIO(_standard_input())
        try:
            return self.path.open("rb")
        except FileNotFoundError as error:
            raise InputError(f"{self.name} does not exist; check the name.") from error
        except OSError as error:
            raise InputError(f"{self.name} cannot be read: {error.strerror}.") from error

    def overrides(self) -> "Input | None":
        """Return the file with a person's decisions that lies beside this input, or None where there is none."""
        beside = self.path and not self.url and self.path.with_name(self.path.name + OVERRIDES_SUFFIX)
        return Input(beside.name, beside) if beside and beside.is_file() else None

    def pictures(self) -> tuple[str, ...]:
        """Return the names of the pictures beside the text: `NAME.1.jpg` first, "" where a number is left out."""
        if self.path is None or self.url or not self.folder.is_dir():
            return ()
        return pictures_of(self.path.name, _names_in(self.folder, self.folder.stat().st_mtime_ns))


def pictures_of(name: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the pictures of the page `name` among those of the files beside it, as in `Input.pictures`.

    >>> pictures_of("page.txt", ("page.3.png", "page.1.jpg", "page.10.txt"))
    ('page.1.jpg', '', 'page.3.png')
    """
    suffixes = "|".join(map(re.escape, PICTURE_SUFFIXES))
    pattern = re.compile(rf"{re.escape(Path(name).stem)}\.([1-9][0-9]?)(?:{suffixes})", re.IGNORECASE)
    numbered = {int(match[1]): match[0] for match in map(pattern.fullmatch, beside) if match}
    return tuple(numbered.get(number, "") for number in range(1, max(numbered, default=0) + 1))


@lru_cache(maxsize=1)
def _names_in(folder: Path, changed: int) -> tuple[str, ...]:
    """Return the names in a folder, once for all the pages in it; `changed` tells whether it is still the same."""
    del changed
    return tuple(sorted(os.listdir(folder)))  # noqa: PTH208 - names are wanted, of folders with thousands of them.


def read_all(file: BinaryIO, name: str) -> bytes:
    """Return what `file` holds, which findings call `name`. Raises `LimitError` where that is too much for one page."""
    try:
        raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    if len(raw) > MOST_BYTES:
        raise LimitError(f"{name} has more than {MOST_BYTES:,} bytes; split it.")
    return raw


@cache
def _standard_input() -> bytes:
    return read_all(sys.stdin.buffer, "<stdin>")


def expand(arguments: tuple[str, ...], report: Report) -> tuple[Input, ...]:
    """Return the inputs that `arguments` stand for: files in the order given, those of a folder by name."""
    return tuple(item for argument in arguments for item in _expand_one(argument, report))


def _expand_one(argument: str, report: Report) -> Iterator[Input]:
    path = Path(argument)
    if argument == STDIN:
        yield Input("<stdin>", None)
    elif is_url(argument):
        yield Input(name_of(argument), None, argument)
    elif argument.startswith(LIST_PREFIX) and not path.exists():
        yield from _listed(Path(argument.removeprefix(LIST_PREFIX)), report)
    elif glob.has_magic(argument) and not path.exists():
        yield from _matching(argument, report)
    elif path.is_dir():
        yield from _inside(path, report)
    elif path.name.endswith(OVERRIDES_SUFFIX):
        _pass_over(path, report)
    else:
        yield Input(path.name, path)


def _inside(folder: Path, report: Report) -> Iterator[Input]:
    """Yield what is to be read in a folder, by name."""
    for file in sorted(folder.iterdir(), key=lambda file: by_name(file.name)):
        if file.name.endswith(OVERRIDES_SUFFIX):
            yield from _expand_one(str(file), report)
        elif file.suffix.lower() in TEXT_SUFFIXES and not file.name.endswith(PROOF_SUFFIX):
            yield Input(file.name, file)
        elif file.is_file() and not file.name.startswith(".") and not _is_known(file):
            message = "nothing that ends so is looked for in a folder; this one is passed over."
            report(Diagnostic(Code.INPUT_IGNORED, message, Place(file.name), "Name it on its own to have it read."))


def is_url(name: str) -> bool:
    """Tell whether `name` is the URL of something on the network, and no file.

    >>> is_url("https://news.example/a.html"), is_url("folder/a.html"), is_url("a.html")
    (True, False, False)
    """
    return bool(_SCHEME.match(name))


# RFC 3986, section 3.1.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def name_of(url: str) -> str:
    """Return what findings call the page at `url`: the last part of its path, or its host.

    >>> name_of("https://news.example/2024/a.html?page=2#top"), name_of("https://news.example/")
    ('a.html?page=2', 'news.example')
    """
    address = _SCHEME.sub("", url).partition("#")[0]
    path, mark, query = address.partition("?")
    return path.rstrip("/").rpartition("/")[2] + mark + query.replace("/", "-")


def _listed(path: Path, report: Report) -> Iterator[Input]:
    """Yield the inputs that a file of names stands for: one a line, seen from the file's folder, `#` before remarks."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no list of names in UTF-8: {error}.") from error
    for number, line in enumerate(lines, 1):
        name = line.strip()
        if name.startswith((LIST_PREFIX, STDIN)):
            message = f"“{name}” is neither a file nor a folder; a list in a list is not followed."
            report(Diagnostic(Code.INPUT_IGNORED, message, Place(path.name, number)))
        elif name and not name.startswith("#"):
            yield from _expand_one(name if is_url(name) else str(path.parent / name), report)


def _matching(pattern: str, report: Report) -> Iterator[Input]:
    """Yield the inputs whose names fit a pattern that no shell has expanded; `**` stands for folders at any depth."""
    names = sorted(glob.glob(pattern, recursive=True), key=by_name)  # noqa: PTH207 - a pattern may be absolute.
    if not names:
        raise InputError(f"nothing fits {pattern}; check the pattern.")
    for name in names:
        yield from _expand_one(name, report)


def _is_known(file: Path) -> bool:
    """Tell whether a file that is no article need not be spoken of: a picture, a sheet that newsbook made, settings."""
    return file.suffix.lower() in PICTURE_SUFFIXES or file.name.endswith(PROOF_SUFFIX) or file.name == SETTINGS


def _pass_over(overrides: Path, report: Report) -> None:
    """Say so where decisions lie beside no page; else they are read with it."""
    page = overrides.name.removesuffix(OVERRIDES_SUFFIX)
    if not overrides.with_name(page).is_file():
        message = f"there is no {page} beside it that these decisions could be about."
        report(Diagnostic(Code.INPUT_IGNORED, message, Place(overrides.name), "Put it beside its page."))


def by_name(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sort 2 before 10, as people number files.

    >>> sorted(("page10", "page2"), key=by_name)
    ['page2', 'page10']
    """
    parts = re.findall(r"\d+|\D+", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], name


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
