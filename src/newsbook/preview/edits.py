"""Edits of the issue file that a person makes in the preview: the order, the sections, and headlines.

An edit says what is meant, not what the file is to be: an article before another, a headline. So it holds on whatever
stands in the file by then, whether another window or an editor has written it.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Literal, TypeAlias

from msgspec import Struct

from newsbook.diagnostics import InputError, UsageError
from newsbook.preview.snapshot import stories_of
from newsbook.preview.workshop import Touched, Workshop
from newsbook.project import Project, arranged, fits, read
from newsbook.project.editing import (
    NamedSection,
    edited,
    with_headline,
    with_mark,
    with_sections,
    with_value,
    without_marks,
)
from newsbook.targets import rewrite


class Headline(Struct, frozen=True, forbid_unknown_fields=True, tag="headline"):
    """The headline of an article is to be another; None takes back what the file says."""

    article: str
    text: str | None


class Move(Struct, frozen=True, forbid_unknown_fields=True, tag="move"):
    """An article is to stand in a section, `""` for none, before another article of it, or as its last."""

    article: str
    section: str
    before: str = ""


class NewSection(Struct, frozen=True, forbid_unknown_fields=True, tag="new-section"):
    """There is to be another section, behind all others."""

    name: str


class MoveSection(Struct, frozen=True, forbid_unknown_fields=True, tag="move-section"):
    """A section is to stand before another, or as the last."""

    name: str
    before: str = ""


class RenameSection(Struct, frozen=True, forbid_unknown_fields=True, tag="rename-section"):
    """A section is to be called otherwise."""

    name: str
    to: str


class DropSection(Struct, frozen=True, forbid_unknown_fields=True, tag="drop-section"):
    """There is to be no such section any more; its articles stand behind all sections."""

    name: str


class SetAside(Struct, frozen=True, forbid_unknown_fields=True, tag="set-aside"):
    """An article is to be held for a later issue, or left out for good."""

    article: str
    how: Literal["hold", "leave_out"]


class PutBack(Struct, frozen=True, forbid_unknown_fields=True, tag="put-back"):
    """An article that is held or left out is to stand in the issue."""

    article: str


AnyEdit: TypeAlias = Headline | SetAside | PutBack | Move | NewSection | MoveSection | RenameSection | DropSection


class EditRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks for."""

    edit: AnyEdit


class Group(Struct):
    """A section of the file, or what stands in none: its number there, its name, and what is in it, in order."""

    number: int
    name: str
    articles: list[str]


class Editor:
    """Writes edits into the issue file of a workshop, one after the other."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._lock = Lock()

    def edit(self, said: AnyEdit) -> None:
        """Write an edit. Raises `NewsbookError` where it makes no sense, or the file cannot be written."""
        names = tuple(dict.fromkeys(article.source.name for article in stories_of(self._workshop.articles)))
        aside = tuple(each.name for each in self._workshop.board.snapshot.aside if each.comes_back)
        names += aside if isinstance(said, PutBack) else ()
        with self._lock:
            self._write(lambda text: applied(text, said, names))
        touched = frozenset((said.article,)) if isinstance(said, Headline) else frozenset[str]()
        files = frozenset((self._workshop.settings.resolve(),))
        self._workshop.touch(Touched(files, touched))

    def _write(self, change: Callable[[str], str]) -> None:
        rewrite(self._workshop.settings, lambda raw: edited(self._begun() if raw is None else raw, change))

    def _begun(self) -> bytes:
        """Return the first line of a file that is not there yet: what the preview was asked to read."""
        sources = self._workshop.sources
        folder = self._workshop.settings.resolve().parent
        names = sources.project.inputs if sources else ()
        inputs = [_seen(Path(name), folder) for name in names] or ["."]
        return with_value("", "inputs", inputs).encode()


def applied(text: str, said: AnyEdit, names: tuple[str, ...]) -> str:
    """Return the text of an issue file with an edit in it. `names` are those of its articles, as they stand now.

    Raises `UsageError` where the file cannot be edited, and `InputError` where what is meant is not there.
    """
    match said:
        case Headline(article, headline):
            _demand(article in names, article)
            return with_headline(text, article, headline)
        case SetAside(article, how):
            _demand(article in names, article)
            if len(names) == 1:
                raise UsageError("it is the only article of the issue; an issue has one at least.")
            return with_mark(text, article, how)
        case PutBack(article):
            _demand(article in names, article)
            return without_marks(text, article, ("hold", "leave_out"))
    project = read(text).project
    before = _groups(project, names)
    after = _changed(before, said)
    text = with_sections(text, [_stated(group, before, project, names) for group in after[:-1]])
    if after[-1].articles != before[-1].articles and after[-1].articles:
        text = with_value(text, "order", [*after[-1].articles, *_absent(project.order, names)])
    return text


def _absent(entries: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    """Return the entries that mean no article that is there: one that is held, or broken for now, is to come back."""
    return [entry for entry in entries if not any(fits(entry, name) for name in names)]


def _groups(project: Project, names: tuple[str, ...]) -> list[Group]:
    """Return the sections of a project with their articles, and last what stands in none."""
    groups = [Group(number, section.name, []) for number, section in enumerate(project.sections)]
    rest = Group(-1, "", [])
    first = {group.name: group for group in reversed(groups)}
    for place in arranged(names, project.sections, project.order):
        group = first.get(place.section, rest) if place.section else rest
        group.articles.append(names[place.number])
    return [*groups, rest]


def _stated(group: Group, before: list[Group], project: Project, names: tuple[str, ...]) -> NamedSection:
    """Return a section as it is to be written: where its articles are what its entries mean, these stay."""
    if group.number < 0:
        return NamedSection(-1, group.name, tuple(group.articles))
    is_same = before[group.number].articles == group.articles
    absent = _absent(project.sections[group.number].articles, names)
    return NamedSection(group.number, group.name, None if is_same else (*group.articles, *absent))


def _changed(before: list[Group], said: AnyEdit) -> list[Group]:
    """Return the groups as an edit leaves them; what stands in no section is the last."""
    *sections, rest = (Group(group.number, group.name, list(group.articles)) for group in before)
    match said:
        case Move(article, name, ahead):
            _move([*sections, rest], article, name, ahead)
        case NewSection(name):
            _demand_new(name, sections)
            sections.append(Group(-1, name.strip(), []))
        case RenameSection(name, to):
            group = _named(sections, name)
            if to.strip() != name:
                _demand_new(to, sections)
            group.name = to.strip()
        case MoveSection(name, ahead):
            group = _named(sections, name)
            sections.remove(group)
            sections.insert(sections.index(_named(sections, ahead)) if ahead else len(sections), group)
        case DropSection(name):
            group = _named(sections, name)
            sections.remove(group)
            rest.articles[:0] = group.articles
        case Headline() | SetAside() | PutBack():
            raise AssertionError
    return [*sections, rest]


def _move(groups: list[Group], article: str, name: str, ahead: str) -> None:
    holder = next((group for group in groups if article in group.articles), None)
    if holder is None:
        raise InputError(f"{article} is no article of the issue any more.")
    target = _named(groups[:-1], name) if name else groups[-1]
    if ahead == article:
        return
    if ahead and ahead not in target.articles:
        raise InputError(f"{ahead} does not stand there any more.")
    holder.articles.remove(article)
    target.articles.insert(target.articles.index(ahead) if ahead else len(target.articles), article)


def _named(groups: list[Group], name: str) -> Group:
    found = next((group for group in groups if group.name == name), None)
    if found is None:
        raise InputError(f"there is no section “{name}” any more.")
    return found


def _demand_new(name: str, sections: list[Group]) -> None:
    if not name.strip():
        raise UsageError("a section has a name; write one.")
    if any(group.name == name.strip() for group in sections):
        raise UsageError(f"there is a section “{name.strip()}” already; write another name.")


def _demand(is_there: bool, article: str) -> None:  # noqa: FBT001 - as `assert` has it.
    if not is_there:
        raise InputError(f"{article} is no article of the issue any more.")


def _seen(path: Path, folder: Path) -> str:
    """Return a path as it is seen from a folder, where it lies in there."""
    there = path.resolve()
    return there.relative_to(folder).as_posix() if there.is_relative_to(folder) else str(path)
