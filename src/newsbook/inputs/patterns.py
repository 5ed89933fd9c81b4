"""What fits a pattern of names, found in a walk that ends: it goes into no folder twice, whatever links lead there."""

import glob
import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import translate
from pathlib import Path, PurePath

from msgspec import Struct

from newsbook.diagnostics import LimitError, printable

# A town's paper of twenty years has seven thousand folders, one a day.
_MOST = 100_000

_ANY_DEPTH = "**"


class _Found(Struct, frozen=True):
    """A name that fits a part of the pattern: whether it fits to the end, is a folder to go into, and is a link."""

    name: str
    is_whole: bool
    is_link: bool = False
    part: int = 0


def fitting(pattern: str) -> tuple[str, ...]:
    """Return the names that fit a pattern: `*`, `?`, `[…]`, and `**` for folders at any depth.

    A folder that links lead to as well is gone into once, by its own name where the pattern fits that. As in a shell,
    what begins with a dot is found only where the pattern has that dot. Raises `LimitError` where there is no end.
    """
    anchor, parts = _split(pattern)
    own, linked = deque([(anchor, 0)]), deque[tuple[str, int]]()
    seen: set[tuple[int, int, int]] = set()
    whole: dict[str, None] = {}
    while own or linked:
        folder, part = (own or linked).popleft()
        if not _is_new(folder, part, seen):
            continue
        for found in _step(folder, parts, part):
            if found.is_whole:
                whole[found.name] = None
            else:
                (linked if found.is_link else own).append((found.name, found.part))
        if max(len(seen), len(whole)) > _MOST:
            raise LimitError(f"{printable(pattern)} leads through more than {_MOST:,} files or folders; narrow it.")
    return tuple(whole)


def _split(pattern: str) -> tuple[str, tuple[str, ...]]:
    """Return where a pattern begins, and its parts; at its end an empty one, where it asks for folders only."""
    path = PurePath(pattern)
    parts = list(path.parts[1:] if path.anchor else path.parts)
    parts = [part for at, part in enumerate(parts) if part != _ANY_DEPTH or parts[at - 1 : at] != [_ANY_DEPTH]]
    return path.anchor, (*parts, *([""] if pattern.endswith(os.sep) else ()))


def _is_new(folder: str, part: int, seen: set[tuple[int, int, int]]) -> bool:
    """Tell whether a folder was not gone into for a part of the pattern yet, and remember it."""
    try:
        found = Path(folder).stat()
    except (OSError, ValueError):
        return False
    key = (found.st_dev, found.st_ino, part)
    if key in seen:
        return False
    seen.add(key)
    return True


def _step(folder: str, parts: tuple[str, ...], at: int) -> Iterator[_Found]:
    """Yield what fits the part `at` of a pattern in a folder."""
    part, is_last = parts[at], at == len(parts) - 1
    if part == _ANY_DEPTH:
        yield _Found(folder or ".", is_last, part=at + 1)
        for entry in _entries(folder):
            if not entry.name.startswith(".") and _is_folder(entry):
                yield _Found(str(Path(folder, entry.name)), is_whole=False, is_link=entry.is_symlink(), part=at)
    elif not glob.has_magic(part):
        name = str(Path(folder, part))
        if not is_last or os.path.lexists(name):
            yield _Found(name, is_last, part=at + 1)
    else:
        fits = re.compile(translate(os.path.normcase(part))).match
        for entry in _entries(folder):
            is_hidden = entry.name.startswith(".") and not part.startswith(".")
            if not is_hidden and fits(os.path.normcase(entry.name)) and (is_last or _is_folder(entry)):
                yield _Found(str(Path(folder, entry.name)), is_last, entry.is_symlink(), at + 1)


def _entries(folder: str) -> tuple["os.DirEntry[str]", ...]:
    """Return what is in a folder, by name; nothing where it cannot be listed."""
    with suppress(OSError), os.scandir(folder or ".") as entries:
        return tuple(sorted(entries, key=lambda entry: entry.name))
    return ()


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    with suppress(OSError):
        return entry.is_dir()
    return False
