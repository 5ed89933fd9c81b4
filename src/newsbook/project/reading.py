"""What newsbook.toml says, as a project: each value with its line, and keys that are unknown as findings.

What is of the wrong type stays as it is, for the check to tell: it tells everything at once, whoever said it.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.project.draft import Mistake, ProjectDraft, mistake, nearest, plain, upwards
from newsbook.project.fields import Kind, SettingField, at, fields_of, paired, refusal
from newsbook.project.file import parsed, plain_path, text_of
from newsbook.project.flags import FLAGS
from newsbook.project.lines import lines_of
from newsbook.project.series import inherited, series_above
from newsbook.project.values import Project

# Who has more unknown keys than this in a file has written it for another program.
_MOST_UNKNOWN = 20

# How like a key must be to be what was meant; more, where another table has one that is called just so.
_LIKE = 0.6
_ALMOST = 0.85

_DATES = frozenset({"day", "moment"})
_T = TypeVar("_T", bound=Struct)


def load(path: Path) -> ProjectDraft:
    """Return what a file says of a project, with the line of each value; its paths are seen from its folder.

    What its series says, it says too, unless it says otherwise. Raises `UsageError`, with line and column, where it
    cannot be read or is no TOML. Whatever else is wrong with it is told when the draft is checked, for by then a flag
    may have said otherwise.
    """
    draft, above = _loaded(path), series_above(path)
    return inherited(draft, _loaded(above), path) if above else draft


def _loaded(path: Path) -> ProjectDraft:
    draft = read(text_of(path), path.name)
    found = Diagnostic(Code.SETTINGS_READ, f"{plain_path(path)} is followed.", Place(plain(path.name)))
    return ProjectDraft(draft.project, draft.origins, path.parent, (found, *draft.findings), draft.mistakes)


def read(text: str, name: str = "newsbook.toml") -> ProjectDraft:
    r"""Return what a text in TOML says of a project; `name` is what findings call it. Raises as `load` does.

    >>> read('[issue]\nnumber = "12"\n').project.issue.number
    '12'
    """
    shown_name = plain(name)
    said = parsed(text, shown_name)
    taking = _Taking(shown_name, lines_of(text))
    project = taking.table(said, Project, "")
    return ProjectDraft(project, taking.origins, findings=tuple(taking.findings()), mistakes=tuple(taking.mistakes))


class _Taking:
    """What has been taken from a file so far, and what could not be taken."""

    def __init__(self, name: str, lines: Mapping[str, int]) -> None:
        self.origins: dict[str, Place] = {}
        self.mistakes: list[Mistake] = []
        self._unknown: list[tuple[str, str, Kind]] = []
        self._name, self._lines = name, lines

    def table(self, said: Mapping[str, object], kind: type[_T], key: str) -> _T:
        """Return the table under `key` as a struct."""
        fields = fields_of(kind)
        made: dict[str, object] = {}
        for name, value in said.items():
            field, under = fields.get(name), at(key, name)
            if field is None:
                self._unknown.append((key, name, kind))
                continue
            self.origins[under] = self._place(under)
            made[name] = self._value(value, field, under)
        return kind(**made)

    def _value(self, value: object, field: SettingField, key: str) -> object:
        if field.table and isinstance(value, dict):
            return self.table(value, field.table, key)
        if field.entry and isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(self._entry(item, field.entry, f"{key}[{number}]") for number, item in enumerate(value))
        if field.table or field.entry:
            self.mistakes.append(mistake(key, self.origins[key], refusal(field, value)))
            return field.default
        if field.form in _DATES and isinstance(value, date):
            return value.isoformat()
        return tuple(paired(field, item) for item in value) if isinstance(value, list) else value

    def _entry(self, said: Mapping[str, object], kind: Kind, key: str) -> Struct:
        self.origins[key] = self._place(key)
        return self.table(said, kind, key)

    def _place(self, key: str) -> Place:
        """Return the place of a key; what stands in an array in brackets has the line of that."""
        return Place(self._name, next((self._lines[part] for part in upwards(key) if part in self._lines), 1))

    def findings(self) -> Iterator[Diagnostic]:
        """Yield a finding for every unknown key, or for as many as anybody would read."""
        for key, name, kind in self._unknown[:_MOST_UNKNOWN]:
            within = f" in {bracketed(key)}" if key else ""
            message = f"“{plain(name)}”{within} is no setting, and is not followed."
            yield Diagnostic(Code.SETTING_UNKNOWN, message, self._place(at(key, name)), _hint(name, kind))
        more = len(self._unknown) - _MOST_UNKNOWN
        if more > 0:
            message = f"{more:,} more keys are no settings, and are not followed."
            yield Diagnostic(Code.SETTING_UNKNOWN, message, Place(self._name))


def bracketed(key: str) -> str:
    """Return a dotted key as the header of its table: `[issue]`, `[[outputs]]`, `[articles.credits]`.

    >>> bracketed("issue"), bracketed("outputs[3]"), bracketed("articles[0].credits")
    ('[issue]', '[[outputs]]', '[articles.credits]')
    """
    name = re.sub(r"\[[0-9]+\]", "", key)
    return f"[[{name}]]" if key.endswith("]") else f"[{name}]"


def _hint(name: str, kind: Kind) -> str:
    """Return what to write instead of an unknown key: the nearest of its table, or the table that has one so called."""
    plain_name = name.replace("-", "_")
    elsewhere = _elsewhere().get(plain_name, "")
    own = nearest(plain_name, tuple(fields_of(kind)), _ALMOST if elsewhere else _LIKE)
    if own:
        return f"Did you mean {own}?"
    return f"It belongs in {elsewhere}." if elsewhere else "docs/project.md lists all that there are."


def _elsewhere() -> dict[str, str]:
    """Return where each key belongs, by its name and by that of its flag."""
    known: dict[str, str] = {}
    for flag, sets in FLAGS.items():
        table, _, name = sets.key.rpartition(".")
        header = f"[[{table}]]" if table == "outputs" else f"[{table}]"
        place = header if table else "the lines before the first table"
        known[name] = place
        if flag != name:
            known[flag] = f"{place}, as {name}"
    return known | {"lang": "[issue], as language", "from": "[reading], as form"}
