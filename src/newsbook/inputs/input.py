"""One input: a file, a stream or a page on the network, how its bytes are had, and what lies beside it."""

import io
import os
import re
import select
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from newsbook.diagnostics import InputError, LimitError, printable
from newsbook.gate import Caps, demand_size, is_held_open, is_inside, kind_of, refuse_no_file
from newsbook.model import Retrieval

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STDIN = "-"
LIST_PREFIX = "@"

# Behind the whole name of a page, so that page.txt and page.html each have their own.
OVERRIDES_SUFFIX = ".overrides.json"

# Files that are text, with or without markup.
TEXT_SUFFIXES = frozenset({
    ".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".md", ".markdown", ".json", ".jsonl", ".jsonlines",
    ".jl", ".ndjson", ".xml", ".rss", ".atom", ".rdf", ".nitf",
})  # fmt: skip
# What a folder is read for: files that are text, tables, documents and archives.
READ_SUFFIXES = TEXT_SUFFIXES | {".csv", ".tsv", ".tab", ".docx", ".epub", ".zip", ".warc", ".arc", ".gz"}
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif")

_NUMBERED = rf"\.([1-9][0-9]?)(?:{'|'.join(map(re.escape, PICTURE_SUFFIXES))})"
_PICTURE = re.compile(rf"(.+){_NUMBERED}", re.IGNORECASE | re.DOTALL)

_BUFFER = 1 << 16

PATIENCE = 10.0
"""Seconds to wait for what a FIFO or a device may never give."""


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

    def open(self, caps: Caps = Caps()) -> BinaryIO:
        """Return the input's bytes as a file, at their beginning. Raises `InputError` or `LimitError` with the reason.

        What can be read only once, as a FIFO, is kept, and gives the same bytes whenever it is opened. Reading raises
        `InputError`, too, where it fails half-way.
        """
        if self.path is None and self.url:
            raise InputError(f"{self.url} was not fetched.")
        if self.path is None or _is_stream(mode_of(self.path)):
            return BytesIO(_read_once(self.path, self.name, caps))
        refuse_no_file(mode_of(self.path), self.name)
        demand_size(size_at(self.path), self.name, caps)
        return _opened(self.path, self.name)

    def overrides(self) -> "Input | None":
        """Return the file with a person's decisions that lies beside this input, or None where there is none.

        A link that leads out of their folder is none.
        """
        beside = self.path and not self.url and self.path.with_name(self.path.name + OVERRIDES_SUFFIX)
        is_one = beside and stat.S_ISREG(mode_of(beside)) and is_inside(beside, (os.path.realpath(beside.parent),))
        return Input(printable(beside.name), beside) if beside and is_one else None

    def pictures(self) -> tuple[str, ...]:
        """Return the names of the pictures beside the text: `NAME.1.jpg` first, "" where a number is left out."""
        if self.path is None or self.url:
            return ()
        pictures = pictures_of(self.path.name, _names(self.folder))
        return tuple(name if name == printable(name) else "" for name in pictures)

    def album(self) -> tuple[str, ...]:
        """Return the pictures of the page that bear no number: `NAME.jpg`, and those in `NAME_files/` and the like."""
        if self.path is None or self.url:
            return ()
        album = album_of(self.path.name, _names(self.folder), lambda name: _names(self.folder / name))
        return tuple(name for name in album if name == printable(name))


def pictures_of(name: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the pictures of the page `name` among those of the files beside it, as in `Input.pictures`.

    >>> pictures_of("page.txt", ("page.3.png", "page.1.jpg", "page.10.txt"))
    ('page.1.jpg', '', 'page.3.png')
    """
    pattern = re.compile(re.escape(Path(name).stem) + _NUMBERED, re.IGNORECASE)
    numbered = {int(match[1]): match[0] for match in map(pattern.fullmatch, beside) if match}
    return tuple(numbered.get(number, "") for number in range(1, max(numbered, default=0) + 1))


# What browsers and people call the folder of a page's files; the last of these may be a folder of other pages.
_FOLDERS = ("{}_files", "{}.files", "{}")


def album_of(name: str, beside: tuple[str, ...], within: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of the pictures of the page `name` that bear no number, as in `Input.album`.

    `beside` are the names of the files and folders beside it, and `within` gives those in one of the folders.

    >>> album_of("page.txt", ("page.jpg", "page_files"), lambda folder: ("10.png", "2.png", "style.css"))
    ('page.jpg', 'page_files/2.png', 'page_files/10.png')
    """
    stem = Path(name).stem
    own = [each for each in beside if each.startswith(stem) and each != name]
    album = [each for each in own if _is_picture(each) and Path(each).stem == stem]
    for folder in (form.format(stem) for form in _FOLDERS):
        held = within(folder) if folder in own else ()
        if not _is_of_others(name, folder, held):
            album += (f"{folder}/{each}" for each in sorted(filter(_is_picture, held), key=by_name))
    return tuple(album)


def _is_of_others(page: str, folder: str, held: tuple[str, ...]) -> bool:
    """Tell whether a folder holds other pages, or what a browser saved of a page, which names what it shows itself."""
    if folder == Path(page).stem:
        return any(Path(each).suffix.lower() in TEXT_SUFFIXES for each in held)
    return page.lower().endswith(_MARKED_UP) and any(each.lower().endswith(_OF_BROWSERS) for each in held)


_MARKED_UP = (".html", ".htm", ".xhtml", ".shtml")
_OF_BROWSERS = (".css", ".js", ".download")


def _is_picture(name: str) -> bool:
    return name.lower().endswith(PICTURE_SUFFIXES)


_SERIAL = re.compile(r"(.*?)(\d{1,9})\D{0,2}", re.DOTALL)


def in_series(album: tuple[str, ...], captions: int) -> tuple[str, ...]:
    """Return pictures without gaps in the order of the captions that they are for; nothing where that is not sure.

    Numbered from 1, a picture stands at its number, with "" for one that is not there. Otherwise they are in order
    where they are as many as the captions, and called alike but for a number.

    >>> in_series(("a/p1.jpg", "a/p3.jpg"), 3), in_series(("a/x.jpg", "a/y.jpg"), 2), in_series(("a.jpg",), 1)
    (('a/p1.jpg', '', 'a/p3.jpg'), (), ('a.jpg',))
    """
    if len(album) == captions == 1:
        return album
    found = [_SERIAL.fullmatch(Path(each).stem) for each in album]
    numbers = {int(match[2]): each for match, each in zip(found, album, strict=True) if match}
    if len(numbers) < len(album) or len({match[1] for match in found if match}) != 1:
        return ()
    if min(numbers) >= 1 and max(numbers) <= captions:
        return tuple(numbers.get(number, "") for number in range(1, max(numbers) + 1))
    return tuple(numbers[number] for number in sorted(numbers)) if len(numbers) == captions else ()


def paths_of(inputs: Iterable[Input], outputs: Iterable[Path]) -> Iterator[Path]:
    """Yield every file that is read for `inputs`: pages, their pictures, decisions on them.

    Of `outputs` it yields those that would be taken for a picture of a page or for decisions the next time.
    """
    folders: dict[Path, list[str]] = {}
    for item in inputs:
        if item.path and not item.url:
            folders.setdefault(item.folder, []).append(item.path.name)
            yield item.path
            yield from (item.folder / name for name in item.album())
    new = [Path(os.path.realpath(path)) for path in outputs]
    for folder, pages in folders.items():
        real = Path(os.path.realpath(folder))
        stems, whole = {Path(page).stem.lower() for page in pages}, set(pages)
        for name in (*_names(folder), *(path.name for path in new if path.parent == real)):
            picture = _PICTURE.fullmatch(name)
            if (picture and picture[1].lower() in stems) or name.removesuffix(OVERRIDES_SUFFIX) in whole - {name}:
                yield folder / name


def loose_pictures(inputs: Iterable[Input], used: Iterable[Path]) -> tuple[str, ...]:
    """Return the names of pictures that lie beside inputs, belong to no other file there, and are not `used`."""
    pages = [item.path for item in inputs if item.path and not item.url]
    taken = {os.path.realpath(path) for path in used}
    loose: dict[str, None] = {}
    for folder in dict.fromkeys(page.parent for page in pages):
        own = {page.name for page in pages if page.parent == folder}
        names = _names(folder)
        others = {Path(name).stem for name in names if name not in own and not _is_picture(name)}
        for name in filter(_is_picture, names):
            is_of_others = any(name.startswith((f"{stem}.", f"{stem}_")) for stem in others)
            if not is_of_others and os.path.realpath(folder / name) not in taken:
                loose[printable(name)] = None
    return tuple(loose)


def _names(folder: Path) -> tuple[str, ...]:
    """Return the names in a folder, sorted; none where it cannot be listed."""
    try:
        return _names_in(folder, folder.stat().st_mtime_ns)
    except (OSError, ValueError):
        return ()


@lru_cache(maxsize=8)
def _names_in(folder: Path, changed: int) -> tuple[str, ...]:
    """Return the names in a folder, once for all the pages in it; `changed` tells whether it is still the same."""
    del changed
    return tuple(sorted(os.listdir(folder)))  # noqa: PTH208 - names are wanted, of folders with thousands of them.


def read_all(file: BinaryIO, name: str, caps: Caps = Caps()) -> bytes:
    """Return what `file` holds, which findings call `name`. Raises `LimitError` where that is too much for one page."""
    try:
        raw = file.read(caps.page_bytes + 1)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error
    if len(raw) > caps.page_bytes:
        message = f"{name} has more than {caps.page_bytes:,} bytes; split it, or raise the cap with"
        raise LimitError(f"{message} --cap page_bytes=NUMBER.")
    return raw


def path_beside(folder: Path, name: str, caps: Caps = Caps()) -> Path:
    """Return the picture that an article in `folder` names. Raises `InputError` where there is none of a fit size."""
    try:
        path = Path(os.path.realpath(folder / name))
        if not path.is_relative_to(os.path.realpath(folder)):
            raise InputError("it lies outside the folder of its article")
        found = path.stat()
    except (OSError, ValueError) as error:
        raise InputError(_reason(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"it is {kind_of(found.st_mode)}, and no file")
    if found.st_size > caps.picture_bytes:
        raise InputError(f"it has more than {caps.picture_bytes:,} bytes (cap picture_bytes)")
    return path


def mode_of(path: Path) -> int:
    """Return the mode of what a path leads to, or 0 where that cannot be told: nothing is there, or a name is none."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def size_at(path: Path) -> int:
    """Return how many bytes a file has, or 0 where that cannot be told."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def is_file(path: Path) -> bool:
    """Tell whether there is a file at a path; a folder, a FIFO and a device are none."""
    return stat.S_ISREG(mode_of(path))


def unreadable(name: str, error: Exception) -> InputError:
    """Return the failure to read what findings call `name`, with the reason."""
    if isinstance(error, FileNotFoundError):
        return InputError(f"{name} does not exist; check the name.")
    return InputError(f"{name} cannot be read: {_reason(error)}; name another file.")


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else "no file can have this name"
    return reason or "nothing says why"


def _is_stream(mode: int) -> bool:
    """Tell whether something can be read only once."""
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


# What was read of each stream, None being standard input; or why it could not be.
_read: dict[Path | None, bytes | InputError | LimitError] = {}


def forget(stream: Path) -> None:
    """Have a stream read anew, which another call has named."""
    _read.pop(stream, None)


def _read_once(path: Path | None, name: str, caps: Caps) -> bytes:
    if path not in _read:
        try:
            with _standard_input() if path is None else _opened_stream(path, name) as file:
                _read[path] = read_all(file, name, caps)
        except (InputError, LimitError) as error:
            _read[path] = error
    known = _read[path]
    if isinstance(known, bytes):
        return known
    raise known


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("standard input is closed; name a file, or send something there.")
    try:
        return io.BufferedReader(_Source(sys.stdin.fileno(), "<stdin>", closefd=False), _BUFFER)
    except (OSError, ValueError) as error:
        raise unreadable("<stdin>", error) from error


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        return io.BufferedReader(_Source(path, name), _BUFFER)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def _opened_stream(path: Path, name: str) -> BinaryIO:
    """Open what can be read only once. It is given up where nothing comes, unless this process held it open before."""
    if is_held_open(path):
        return _opened(path, name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        source = _Source(descriptor, name, patience=PATIENCE)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error
    source.wait()
    return io.BufferedReader(source, _BUFFER)


class _Source(io.FileIO):
    """A file whose reading fails with a sentence, however deep in a library it is read."""

    def __init__(self, file: Path | int, called: str, *, closefd: bool = True, patience: float | None = None) -> None:
        super().__init__(file, "rb", closefd=closefd)
        self._called, self._patience = called, patience

    def wait(self) -> None:
        """Wait until something comes, or whoever was to send it is gone. Raises `InputError` where nothing does."""
        poll = select.poll()
        poll.register(self, select.POLLIN)
        if not poll.poll(None if self._patience is None else self._patience * 1000):
            message = f"{self._called} is a stream that nothing came from in {self._patience:g} seconds; name a file."
            raise InputError(message)

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        try:
            while (count := super().readinto(buffer)) is None:
                self.wait()
        except OSError as error:
            raise unreadable(self._called, error) from error
        return count

    def readall(self) -> bytes:
        try:
            return super().readall()
        except OSError as error:
            raise unreadable(self._called, error) from error


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


def by_name(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort 2 before 10, as people number files, and numbers before letters, as every list of files does.

    >>> sorted(("page10", "page2", "page.x", "附"), key=by_name)
    ['page.x', 'page2', 'page10', '附']
    >>> sorted(("letters", "渡口", "02", "1"), key=by_name)
    ['1', '02', 'letters', '渡口']
    """
    return [_place(part) for part in re.findall(r"\d+|\D", name)], name


def _place(part: str) -> tuple[int, int, str]:
    """Return where a number or a character stands; a number may have more digits than Python makes an int of."""
    if part.isdecimal():
        digits = "".join(str(int(digit)) for digit in part).lstrip("0")
        return ord("0"), len(digits), digits
    return ord(part), 0, ""
