"""What arguments stand for: files, what a folder holds, the names in a list, and what fits a pattern."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place, Report, printable
from newsbook.gate import is_inside, kind_of
from newsbook.inputs.input import (
    LIST_PREFIX,
    OVERRIDES_SUFFIX,
    PICTURE_SUFFIXES,
    STDIN,
    Input,
    by_name,
    forget,
    is_url,
    mode_of,
    name_of,
)
from newsbook.inputs.patterns import fitting
from newsbook.inputs.sorting import SETTINGS, Standing, sort

__all__ = ["SETTINGS", "Expansion", "expand", "expansions", "join"]

_BY_NAME = "Name it on its own to have it read."


class Expansion(Struct, frozen=True):
    """What an argument stands for: its inputs, the list that was read for it, findings, and why it stands for none."""

    inputs: tuple[Input, ...] = ()
    list: Path | None = None
    findings: tuple[Diagnostic, ...] = ()
    failure: InputError | LimitError | None = None


def expand(arguments: tuple[str, ...], report: Report) -> tuple[Input, ...]:
    """Return the inputs that `arguments` stand for: files in the order given, those of a folder by name."""
    return join(expansions(arguments), report)


def expansions(arguments: tuple[str, ...], named: Iterable[str] = ()) -> tuple[Expansion, ...]:
    """Return what each argument stands for. A list that one of them names is an input of none.

    `named` are files that are to be something else, as the foreword: they are none where they lie in a folder.
    """
    lists = tuple(map(_list_of, arguments))
    folders = tuple(os.path.realpath(one) for one in arguments if one and stat.S_ISDIR(mode_of(Path(one))))
    search = _Search(
        _identities(path for path in lists if path),
        folders,
        _identities(map(Path, named)),
        passes_pictures=len(arguments) > 1,
    )
    return tuple(search.expansion(argument, path) for argument, path in zip(arguments, lists, strict=True))


def join(parts: Iterable[Expansion], report: Report) -> tuple[Input, ...]:
    """Return the inputs of all `parts`, and report what was found. Raises what kept one of them from being read."""
    inputs: list[Input] = []
    for part in parts:
        for finding in part.findings:
            report(finding)
        if part.failure:
            raise part.failure
        inputs += part.inputs
    return tuple(inputs)


def _list_of(argument: str) -> Path | None:
    """Return the list of names that an argument stands for, or None where it is no list."""
    is_list = argument.startswith(LIST_PREFIX) and not mode_of(Path(argument))
    return Path(argument.removeprefix(LIST_PREFIX)) if is_list else None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _identities(paths: Iterable[Path]) -> frozenset[tuple[int, int]]:
    return frozenset(filter(None, map(_identity, paths)))


class _Search:
    """A search for inputs, which knows the lists that they are named in, the folders, and what is to be no input.

    Where a shell has written out `1*`, pictures stand among the pages that they lie beside.
    """

    def __init__(
        self,
        lists: frozenset[tuple[int, int]],
        folders: tuple[str, ...],
        named: frozenset[tuple[int, int]],
        *,
        passes_pictures: bool,
    ) -> None:
        self._lists, self._folders, self._others = lists, folders, named
        self._passes_pictures = passes_pictures
        self._findings: list[Diagnostic] = []

    def expansion(self, argument: str, listed: Path | None) -> Expansion:
        """Return what one argument stands for."""
        self._findings.clear()
        try:
            inputs = tuple(self._listed(listed) if listed else self._named(argument))
        except (InputError, LimitError) as error:
            return Expansion((), listed, tuple(self._findings), error)
        return Expansion(inputs, listed, tuple(self._findings))

    def _named(self, argument: str) -> Iterator[Input]:
        """Yield what a name stands for, which is no list's."""
        if not argument:
            raise InputError("the name of an input is empty; name a file, a folder, or - for standard input.")
        if argument == STDIN:
            yield Input("<stdin>", None)
        elif is_url(argument):
            yield Input(name_of(argument), None, argument)
        elif glob.has_magic(argument) and not mode_of(Path(argument)):
            yield from self._matching(argument)
        else:
            yield from self._found(Path(argument))

    def _found(self, path: Path) -> Iterator[Input]:
        """Yield what a path stands for, whatever characters are in it."""
        if stat.S_ISDIR(mode_of(path)):
            yield from self._inside(path)
        elif path.name.endswith(OVERRIDES_SUFFIX):
            self._pass_over_decisions(path)
        elif not (self._is_list(path) or (self._passes_pictures and self._is_picture(path))):
            forget(path)
            yield Input(printable(path.name), path)

    def _listed(self, path: Path) -> Iterator[Input]:
        """Yield the inputs that a file of names stands for: one a line, `#` before remarks.

        Names are seen from the file's folder; those in a stream, from the one that newsbook was called in.
        """
        forget(path)
        called = printable(path)
        try:
            lines = Input(called, path).read().decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise InputError(f"{called} is no list of names in UTF-8: {error}.") from error
        folder = path.parent if stat.S_ISREG(mode_of(path)) else Path()
        for number, line in enumerate(lines, 1):
            name = line.strip()
            if name.startswith((LIST_PREFIX, STDIN)):
                message = f"“{name}” is neither a file nor a folder; a list in a list is not followed."
                self._pass_over(message, Place(printable(path.name), number), "")
            elif name and not name.startswith("#"):
                yield from self._named(name if is_url(name) else str(folder / name))

    def _matching(self, pattern: str) -> Iterator[Input]:
        """Yield the inputs whose names fit a pattern that no shell has expanded; `**` is for folders at any depth."""
        names = [name for name in sorted(fitting(pattern), key=by_name) if not self._is_picture(Path(name))]
        if not names:
            raise InputError(f"nothing fits {printable(pattern)}; check the pattern.")
        base = _base(pattern)
        for name in names:
            if self._leads_out(Path(name), base) or self._is_named(Path(name)):
                continue
            if stat.S_ISDIR(mode_of(Path(name))) or not self._is_no_file(Path(name)):
                yield from self._found(Path(name))

    def _inside(self, folder: Path) -> Iterator[Input]:
        """Yield what is to be read in a folder, by name."""
        try:
            files = sorted(folder.iterdir(), key=lambda file: by_name(file.name))
        except OSError as error:
            raise InputError(f"{printable(folder)} cannot be read: {error.strerror}; name another folder.") from error
        for file in files:
            match sort(file):
                case Standing.INPUT:
                    if not (self._leads_out(file, folder) or self._is_no_file(file) or self._is_named(file)):
                        yield from self._found(file)
                case Standing.OWN:
                    self._pass_over("newsbook made it; it is passed over.", _place(file), _BY_NAME)
                case Standing.FURNITURE:
                    self._pass_over("it is part of a site, and no article; it is passed over.", _place(file), _BY_NAME)
                case Standing.FOLDER:
                    message = "it is a folder with files to be read in it, and is not gone into."
                    self._leave(message, file, f"Name it, too, or {printable(folder.name)}/**.")
                case Standing.UNREAD:
                    message = "newsbook reads nothing that ends so; this one is left out."
                    self._leave(message, file, "Save its text in a form that is read, or take it away.")

    def _leads_out(self, path: Path, folder: Path) -> bool:
        """Tell whether what was found is a link out of `folder` and all folders that were named: nobody named that."""
        leads_out = path.is_symlink() and not is_inside(path, (*self._folders, os.path.realpath(folder)))
        if leads_out:
            message = "it is a link that leads out of the folders that were named, and is not followed."
            self._leave(message, path, "Name what it leads to, or its folder.")
        return leads_out

    def _is_no_file(self, path: Path) -> bool:
        """Tell whether what was found is a folder or a device, which is passed over: opened, a FIFO might never end."""
        kind = kind_of(mode_of(path))
        if kind:
            message = f"it is {kind}, and no file; it is passed over."
            self._pass_over(message, _place(path), _BY_NAME)
        return bool(kind)

    def _is_list(self, path: Path) -> bool:
        """Tell whether a file is one of the lists, which is passed over."""
        is_list = _identity(path) in self._lists
        if is_list:
            self._pass_over("it is the list of inputs, and none itself.", _place(path), "Take its own name out of it.")
        return is_list

    def _is_picture(self, path: Path) -> bool:
        """Tell whether a file is called as a picture, which is passed over: it is of a page, and none itself."""
        is_picture = path.suffix.lower() in PICTURE_SUFFIXES and stat.S_ISREG(mode_of(path))
        if is_picture:
            self._pass_over("it is a picture, and no page; it is passed over.", _place(path), "A caption shows it.")
        return is_picture

    def _is_named(self, path: Path) -> bool:
        """Tell whether what was found is named as something else, and is passed over: it would be printed twice."""
        is_named = bool(self._others) and _identity(path) in self._others
        if is_named:
            message = "newsbook.toml names it as something else than an input; it is no article."
            self._pass_over(message, _place(path), "Name it among the inputs to have it read, too.")
        return is_named

    def _pass_over_decisions(self, overrides: Path) -> None:
        """Say so where decisions lie beside no page; else they are read with it."""
        page = overrides.name.removesuffix(OVERRIDES_SUFFIX)
        if not stat.S_ISREG(mode_of(overrides.with_name(page))):
            message = f"there is no {printable(page)} beside it that these decisions could be about."
            self._pass_over(message, _place(overrides), "Put it beside its page.")

    def _leave(self, message: str, path: Path, hint: str) -> None:
        """Warn of what may have articles in it and is not read."""
        self._findings.append(Diagnostic(Code.INPUT_NOT_READ, message, _place(path), hint))

    def _pass_over(self, message: str, where: Place, hint: str) -> None:
        self._findings.append(Diagnostic(Code.INPUT_IGNORED, message, where, hint))


def _base(pattern: str) -> Path:
    """Return the folder in which what fits a pattern is looked for: as much of it as is a plain name."""
    parts = takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)
    return Path(*parts)


def _place(path: Path) -> Place:
    return Place(printable(path.name))
