"""What may be opened: regular files of a fit size, and links only to what lies in the folders that somebody named."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from newsbook.diagnostics import InputError
from newsbook.gate.caps import Caps, over

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a disk",
}

# What a process holds open already: standard input, and what a shell hands over in place of a file.
_OPEN = ("/dev/fd/", "/proc/self/fd/")
_STANDARD_INPUT = "/dev/stdin"


def kind_of(mode: int) -> str:
    """Return what is no file, in words: `a folder`, `a FIFO`; empty for a file, and for nothing."""
    return _KINDS.get(stat.S_IFMT(mode), "")


def is_held_open(path: Path) -> bool:
    """Tell whether a path stands for a file that this process holds open, as a shell's `<(…)` does."""
    name = os.fspath(path)
    return name == _STANDARD_INPUT or name.startswith(_OPEN)


def refuse_no_file(mode: int, name: str) -> None:
    """Raise `InputError` for what is no file: opened, it might never end, or never begin. `mode` is 0 for nothing."""
    if kind := kind_of(mode):
        raise InputError(f"{name} is {kind}; name a file.")


def demand_size(size: int, name: str, caps: Caps) -> None:
    """Raise `LimitError` where an input has more bytes than are let in, before any is read."""
    if size > caps.input_bytes:
        raise over(name, size, "bytes", "input_bytes", caps)


def is_inside(path: Path, folders: Iterable[str]) -> bool:
    """Tell whether what a path leads to, links and all, lies in one of the folders, named without links."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(folder) for folder in folders)
