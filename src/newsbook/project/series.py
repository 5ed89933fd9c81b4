"""A series: a folder of issues, whose newsbook.toml has a table [series] and says what holds for all of them.

What an issue's own file says goes before what the series says. Inputs and outputs of the series are seen from the
issue's folder, every other path from that of the series. An issue without a number has that of the issue before it, by
the names of their folders, and one more.
"""

import os
import re
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from msgspec.structs import replace

from newsbook.diagnostics import Place, UsageError
from newsbook.inputs import SETTINGS, by_name
from newsbook.project.draft import ProjectDraft
from newsbook.project.fields import SettingField, field_at, walked, with_value
from newsbook.project.file import parsed, text_of
from newsbook.project.paths import from_here, with_paths
from newsbook.project.values import Project

_TABLE = "series"


def series_above(path: Path) -> Path | None:
    """Return the file of the series that an issue's file belongs to; None where it belongs to none."""
    above = Path(os.path.realpath(path)).parent.parent / SETTINGS
    return Path(os.path.relpath(above)) if is_series(above) else None


def is_series(path: Path) -> bool:
    """Tell whether a file is that of a series. Whether all that it says makes sense is told to who follows it."""
    try:
        return path.is_file() and bool(_HEADER.search(text_of(path)))
    except (UsageError, OSError):
        return False


# A header, which stands on a line of its own.
_HEADER = re.compile(rf"^[ \t]*\[[ \t]*{_TABLE}[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)


def issues_in(folder: Path) -> tuple[Path, ...]:
    """Return the files of the issues in the folder of a series, in the order of the names of their folders."""
    return tuple(sorted(folder.glob(f"*/{SETTINGS}"), key=lambda path: by_name(path.parent.name)))


def inherited(issue: ProjectDraft, series: ProjectDraft, path: Path) -> ProjectDraft:
    """Return the draft of the issue at `path` with what its series says besides."""
    way = os.path.relpath(os.path.realpath(series.folder), os.path.realpath(issue.folder))
    project, origins = issue.project, dict(issue.origins)
    common = _seen_from_issue(series.project, way)
    for key in series.origins:
        is_own = key in issue.origins or key.partition(".")[0] == _TABLE
        if is_own or "[" in key or field_at(Project, key).table:
            continue
        project = with_value(project, key, attrgetter(key)(common))
        origins |= {name: at for name, at in series.origins.items() if name == key or name.startswith(f"{key}[")}
    if "issue.number" not in origins:
        project = with_value(project, "issue.number", _counted(path, series.project.series.first))
        origins["issue.number"] = series.origins.get(_TABLE, Place(SETTINGS))
    findings, mistakes = (*series.findings, *issue.findings), (*series.mistakes, *issue.mistakes)
    return replace(issue, project=project, origins=origins, findings=findings, mistakes=mistakes)


def _seen_from_issue(project: Project, way: str) -> Project:
    """Return what a series says with its paths as seen from an issue; `way` leads from there to the series."""

    def change(key: str, field: SettingField, value: object) -> object:
        is_of_issue = key == "inputs" or (key.endswith((".file", ".pages")) and key.startswith("outputs"))
        return value if is_of_issue else with_paths(field, value, lambda name: from_here(name, way))

    return walked(project, change)


# No paper has had a milliard of issues.
_LONGEST_NUMBER = 9


def _counted(path: Path, first: int) -> str:
    """Return the number of an issue that states none: one more than that of the issue before it."""
    number, own = first - 1, Path(os.path.realpath(path)).parent
    for each in issues_in(own.parent):
        stated = counting_number(_stated_number(each))
        number = number + 1 if stated is None else stated
        if each.parent == own:
            break
    return str(number)


def counting_number(stated: str) -> int | None:
    """Return the number of an issue, from which others are counted on; None where it is none, as “春節特刊”."""
    return int(stated) if stated.isdecimal() and len(stated) <= _LONGEST_NUMBER else None


def _stated_number(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return _number_in(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=10_000)
def _number_in(path: Path, *stamp: int) -> str:
    """Return the number that a file states; each issue of a series asks for those of all before it."""
    del stamp
    try:
        said = parsed(text_of(path), path.name).get("issue")
    except UsageError:
        return ""
    number = said.get("number", "") if isinstance(said, dict) else ""
    return number if isinstance(number, str) else ""
