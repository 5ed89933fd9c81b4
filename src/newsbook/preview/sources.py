"""What a preview is made of: the project as it stands on disk now, and the files that it is read from."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import style_files, styles
from newsbook.diagnostics import Diagnostic, Report
from newsbook.inputs import OVERRIDES_SUFFIX, Expansion, Input, expansions, paths_of
from newsbook.project import Kind, Output, Project, ProjectDraft, check, files_named, located

Stated: TypeAlias = Callable[[], ProjectDraft]
"""Reads anew what newsbook.toml and the command line say."""

_SHOWN: tuple[Kind, ...] = ("pdf", "epub")


class Sources(Struct, frozen=True):
    """A project as it stood on disk: its draft, what was checked of it, and what its inputs stand for."""

    draft: ProjectDraft
    project: Project
    inputs: tuple[Input, ...]
    files: frozenset[Path]

    def of_files(self, changed: Iterable[Path]) -> tuple[Input, ...]:
        """Return the inputs that files belong to: pages, and those that pictures and decisions lie beside."""
        found: dict[Input, None] = {}
        for path in changed:
            name = path.name.removesuffix(OVERRIDES_SUFFIX)
            for item in self.inputs:
                if item.path and not item.url and _real(item.folder) == path.parent:
                    is_its_own = name == item.path.name or path.name in {*item.pictures(), *item.album()}
                    found |= {item: None} if is_its_own else {}
        return tuple(found)

    def named(self, name: str) -> Input | None:
        """Return the input that an article came from."""
        names = (name, name.rpartition("#")[0])
        return next((item for item in self.inputs if item.name in names), None)


def read_sources(stated: Stated, settings: Path, report: Report) -> Sources:
    """Return the project as it stands on disk now. Raises `UsageError` where it makes no sense."""
    draft = stated()
    draft = replace(draft, project=replace(draft.project, outputs=_outputs(draft.project)))
    project = check(draft, report)
    there = located(project, draft.folder)
    pairs = zip(project.outputs, there.outputs, strict=True)
    project = replace(project, outputs=tuple(replace(each, kind=whole.kind) for each, whole in pairs))
    parts = tuple(expansions(there.inputs, files_named(there)))
    inputs = tuple(item for part in parts for item in part.inputs)
    return Sources(draft, project, inputs, frozenset(map(_real, _read(there, inputs, parts, settings))))


def _outputs(project: Project) -> tuple[Output, ...]:
    """Return the outputs of a project, and a PDF and an EPUB where it names none."""
    kinds = {output.kind or Path(output.file).suffix.removeprefix(".") for output in project.outputs}
    return (*project.outputs, *(Output(file=f"issue.{kind}", kind=kind) for kind in _SHOWN if kind not in kinds))


def _read(project: Project, inputs: tuple[Input, ...], parts: tuple[Expansion, ...], settings: Path) -> Iterable[Path]:
    """Yield every file that is read for a project."""
    yield settings
    yield from paths_of(inputs, ())
    yield from (part.list for part in parts if part.list)
    yield from map(Path, files_named(project))
    for output in project.outputs:
        if output.style not in styles():
            yield from style_files(output.style)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def printed(outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    """Return the outputs that a preview shows."""
    return tuple(output for output in outputs if output.kind in _SHOWN)


def told(findings: list[Diagnostic]) -> Report:
    """Return what collects findings in a list, each once."""

    def add(finding: Diagnostic) -> None:
        if finding not in findings:
            findings.append(finding)

    return add
