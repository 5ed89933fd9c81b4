"""Paths in a project: written as seen from its folder, and used as seen from the working folder.

Nothing is expanded and nothing tidied up: a `~` is a character, and `a/../b` may lead through a link.
"""

import glob
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from newsbook.assets import styles
from newsbook.inputs import LIST_PREFIX, STDIN, is_url
from newsbook.project.fields import SettingField, walked
from newsbook.project.outputs import completed, real_path
from newsbook.project.values import Project


def located(project: Project, folder: Path) -> Project:
    """Return a checked project ready for use: its paths seen from the working folder, its outputs complete.

    `folder` is the one that its paths are seen from, itself seen from the working folder. What is returned is for this
    run alone.
    """

    def change(_: str, field: SettingField, value: object) -> object:
        return with_paths(field, value, lambda name: seen_from_here(name, folder))

    there = walked(project, change)
    return completed(there, there.inputs)


def pinned(project: Project, folder: Path) -> Project:
    """Return a checked project as `located` does, with paths that stay what they are when the working folder changes.

    A program may change it, and other threads with it, while it builds.
    """

    def change(_: str, field: SettingField, value: object) -> object:
        return with_paths(field, value, _pinned_input if field.is_list else pinned_path)

    return walked(located(project, folder), change)


def with_paths(field: SettingField, value: object, change: Callable[[str], str]) -> object:
    """Return the value of a field with every path in it changed; the name of a style is one where it is a folder."""
    if field.form != "path" and (field.form != "style" or value in styles()):
        return value
    if isinstance(value, tuple | list):
        return tuple(change(f"{name}") for name in value)
    return change(value) if isinstance(value, str) else value


def renamed(project: Project, names: Mapping[str, str]) -> Project:
    """Return a project in which files, and folders of styles, have other names."""

    def change(_: str, field: SettingField, value: object) -> object:
        return with_paths(field, value, lambda name: names.get(name, name))

    return walked(project, change)


def files_named(project: Project) -> tuple[str, ...]:
    """Return every file that a project names to be read beside its inputs, once, in the order of its fields."""
    return tuple(dict.fromkeys(name for _, name in paths_named(project)))


def paths_named(project: Project) -> tuple[tuple[str, str], ...]:
    """Return the files that a project names to be read beside its inputs, each with the key that names it."""
    named: list[tuple[str, str]] = []

    def note(key: str, field: SettingField, value: object) -> object:
        if field.form == "path" and not _NOT_READ.fullmatch(key):
            held = value if isinstance(value, tuple) else (value,)
            named.extend((f"{key}[{at}]" if field.is_list else key, f"{name}") for at, name in enumerate(held) if name)
        return value

    walked(project, note)
    return tuple(named)


# Inputs are more than files, outputs are written, and the cache is a folder.
_NOT_READ = re.compile(r"inputs|outputs\[[0-9]+\]\.file|fetching\.cache")


def pinned_path(name: str) -> str:
    """Return a path that was seen from the working folder, with that in front."""
    try:
        here = os.path.realpath(os.curdir)
    except OSError:  # It is gone.
        return name
    return name if _is_fixed(name) else os.path.join(here, name)  # noqa: PTH118 - a Path would tidy the name up.


def _pinned_input(name: str) -> str:
    """Return the name of an input in the same way, which may be a list's or a pattern too."""
    if _is_fixed(name) or os.path.lexists(name):
        return pinned_path(name)
    if name.startswith(LIST_PREFIX):
        return LIST_PREFIX + pinned_path(name.removeprefix(LIST_PREFIX))
    path = pinned_path(name)
    folder = path.removesuffix(name)
    return glob.escape(folder) + name if glob.has_magic(name) else path


def seen_from_here(name: str, folder: Path) -> str:
    """Return a path that was written as seen from `folder`, as seen from the working folder."""
    way = way_to_here(folder)
    if _is_fixed(name) or not way:
        return name
    for prefix in (way, glob.escape(way)):
        if name.startswith(prefix + os.sep):
            return name[len(prefix) + 1 :]
    path = os.path.join(folder, name)  # noqa: PTH118 - a Path would tidy the name up.
    if os.path.lexists(path):
        return path
    if name.startswith(LIST_PREFIX):
        return LIST_PREFIX + seen_from_here(name.removeprefix(LIST_PREFIX), folder)
    return os.path.join(glob.escape(f"{folder}"), name) if glob.has_magic(name) else path  # noqa: PTH118 - as above.


def same_place(one: str, other: str, folder: Path) -> bool:
    """Tell whether two paths, written as seen from `folder`, are of one file."""
    return place_of(one, folder) == place_of(other, folder)


def place_of(name: str, folder: Path) -> str:
    """Return what is the same for every path of one file on this machine, whether that is there yet or not."""
    there = seen_from_here(name, folder)
    try:
        found = os.stat(there)  # noqa: PTH116 - a Path would tidy the name up.
    except (OSError, ValueError):
        return real_path(there)
    return f"{found.st_dev}:{found.st_ino}"


def way_to_here(folder: Path) -> str:
    """Return the working folder as seen from `folder`; empty where it is that very folder, `.` where it is gone."""
    if folder == Path():
        return ""
    try:
        way = os.path.relpath(os.path.realpath("."), os.path.realpath(folder))
    except OSError:
        return os.curdir
    return "" if way == os.curdir else way


def from_here(name: str, way: str) -> str:
    """Return a path that was named in the working folder, as seen from another; `way` leads from there to here."""
    if not way or _is_fixed(name):
        return name
    if name.startswith(LIST_PREFIX) and not os.path.lexists(name):
        return LIST_PREFIX + from_here(name.removeprefix(LIST_PREFIX), way)
    is_pattern = glob.has_magic(name) and not os.path.lexists(name)
    return os.path.join(glob.escape(way) if is_pattern else way, name)  # noqa: PTH118 - a Path would tidy the name up.


def _is_fixed(name: str) -> bool:
    """Tell whether a name means the same in every folder: an absolute path, a URL, a standard stream, or nothing."""
    return name in {"", STDIN} or is_url(name) or os.path.isabs(name)  # noqa: PTH117 - of a name, not a path.
