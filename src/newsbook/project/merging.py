"""Flags over the file: what stands on the command line overrides what stands in newsbook.toml."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from newsbook.diagnostics import Place, UsageError
from newsbook.gate import Caps
from newsbook.inputs import STDIN
from newsbook.project.draft import ProjectDraft, nearest, shown
from newsbook.project.fields import field_at, fields_of, with_value
from newsbook.project.flags import FLAGS
from newsbook.project.outputs import KINDS_TOLD, kind_of, kind_of_suffix
from newsbook.project.paths import from_here, same_place, way_to_here, with_paths
from newsbook.project.values import Kind, Output, Project

_OUTPUTS = "outputs."

# What goes to standard output where no file is named.
_PRINTED = frozenset({"json", "ninjs"})


def merge(draft: ProjectDraft, flags: Mapping[str, object], kind: Kind = "") -> ProjectDraft:
    """Return a draft with the values of `flags`, which have the names of click's parameters, in place of its own.

    A list replaces a list. `kind` is what the command makes: outputs of another kind are left out, and where none is
    left there is one that is called after the input. What a flag says of outputs it says of each that can be told so;
    `-o` leaves the one that is called so, else a new one; of several, each is what its name ends in. Paths in flags
    are seen from the working folder.
    """
    way = way_to_here(draft.folder)
    is_part = "inputs" in flags and "inputs" in draft.origins
    said = {FLAGS[name].key: _seen(FLAGS[name].key, value, way) for name, value in flags.items()}
    names = {flag.key: flag.name for flag in FLAGS.values()}
    for cap, number in caps_in(said.pop("gate", ())):
        draft = _stated(draft, f"gate.{cap}", number, "--cap")
    for key, value in said.items():
        if not key.startswith(_OUTPUTS):
            draft = _stated(draft, key, value, names[key])
    draft = replace(draft, is_part=is_part or draft.is_part)
    if "style" in said:
        outputs = tuple(replace(output, style="") for output in draft.project.outputs)
        draft = _without(replace(draft, project=replace(draft.project, outputs=outputs)), r"outputs\[[0-9]+\]\.style")
    of_outputs = {key.removeprefix(_OUTPUTS): value for key, value in said.items() if key.startswith(_OUTPUTS)}
    if kind or of_outputs:
        files = _files(of_outputs.pop("file", ()))
        draft = _chosen(draft, kind or _implied(of_outputs, files), files)
        for number, output in enumerate(draft.project.outputs):
            for name, value in of_outputs.items():
                if len(files) < _SEVERAL or _can_be_told(name, value, kind_of(output)):
                    draft = _stated(draft, f"outputs[{number}].{name}", value, names[_OUTPUTS + name])
    return draft


def caps_in(said: object) -> Iterator[tuple[str, int]]:
    """Yield what `--cap` says, as NAME=NUMBER, which may have marks between its digits.

    Raises `UsageError` where that is none.
    """
    for one in said if isinstance(said, tuple | list) else ():
        name, _, number = f"{one}".partition("=")
        if name not in fields_of(Caps):
            like = nearest(name, tuple(fields_of(Caps)))
            hint = f"did you mean {like}?" if like else f"write one of {', '.join(fields_of(Caps))}."
            raise UsageError(f"--cap {shown(one)} names no cap; {hint}")
        if not re.fullmatch(r"[0-9][0-9_,]{0,20}", number):
            raise UsageError(f"--cap {shown(one)} says no number; write {name}={getattr(Caps(), name)}.")
        yield name, int(re.sub("[_,]", "", number))


def assume(draft: ProjectDraft, key: str, value: object) -> ProjectDraft:
    """Return a draft with another default under a dotted key, which stands where nobody has said otherwise."""
    return draft if key in draft.origins else _stated(draft, key, value, "default")


def _seen(key: str, value: object, way: str) -> object:
    """Return what a flag says of a key as a project has it, whose paths are seen from its folder."""
    return with_paths(field_at(Project, key), value, lambda name: from_here(name, way))


def _stated(draft: ProjectDraft, key: str, value: object, name: str) -> ProjectDraft:
    """Return a draft with a value under `key` that the flag `name` has stated."""
    stated = replace(draft, project=with_value(draft.project, key, value))
    return replace(stated, origins={**stated.origins, key: Place(name)})


def _without(draft: ProjectDraft, pattern: str) -> ProjectDraft:
    """Return a draft that has forgotten where the values under keys of a pattern were stated."""
    return replace(draft, origins={key: at for key, at in draft.origins.items() if not re.fullmatch(pattern, key)})


def _files(said: object) -> tuple[str, ...]:
    """Return the files that `-o` names, one or several."""
    return tuple(map(str, said)) if isinstance(said, tuple | list) else tuple(filter(None, (f"{said}",)))


_SEVERAL = 2


def _can_be_told(name: str, value: object, kind: Kind) -> bool:
    """Tell whether something can be said of an output that is one of several, of more than one kind."""
    if name in {"profile", "sign_with"}:
        return kind == "pdf" or (kind == "epub" and value != "accessible")
    return kind in KINDS_TOLD.get(name, (kind,))


def _implied(said: Mapping[str, object], files: tuple[str, ...]) -> Kind:
    """Return the kind of output that flags speak of, where no command says it; of several files none is."""
    if len(files) >= _SEVERAL:
        return ""
    named = (KINDS_TOLD[name][0] for name in said if name in KINDS_TOLD)
    return next(named, kind_of_suffix(files[0]) if files else "")


def _chosen(draft: ProjectDraft, kind: Kind, files: tuple[str, ...]) -> ProjectDraft:
    """Return a draft with the outputs of a kind; with `files`, those that are called so, or new ones, in their order.

    One file is of the kind. Of several, each is what its name ends in, and of the kind where that tells nothing.
    """
    if not files:
        of_kind = [at for at, output in enumerate(draft.project.outputs) if not kind or kind_of(output) == kind]
        return _kept(draft, of_kind) if of_kind else _with_new(draft, kind, "")
    made = _kept(draft, [])
    for file in files:
        own = kind if len(files) < _SEVERAL else kind_of_suffix(file) or kind
        called = [at for at, each in enumerate(draft.project.outputs) if _is_called(each, file, own, draft.folder)][:1]
        one = _kept(draft, called) if called else _with_new(_kept(draft, []), own, file)
        made = _joined(made, one)
    return made


def _is_called(output: Output, file: str, kind: Kind, folder: Path) -> bool:
    fits = not kind or kind_of(output) == kind
    return fits and bool(output.file) and same_place(f"{output.file}", file, folder)


def _kept(draft: ProjectDraft, kept: list[int]) -> ProjectDraft:
    """Return a draft with these outputs alone, in this order, and with where their values were stated."""
    outputs = tuple(draft.project.outputs[at] for at in kept)
    moved = {
        re.sub(r"^outputs\[[0-9]+\]", f"outputs[{new}]", key): place
        for new, old in enumerate(kept)
        for key, place in draft.origins.items()
        if re.match(rf"outputs\[{old}\]", key)
    }
    bare = _without(draft, r"outputs\[.*")
    return replace(bare, project=replace(draft.project, outputs=outputs), origins={**bare.origins, **moved})


def _with_new(draft: ProjectDraft, kind: Kind, file: str) -> ProjectDraft:
    """Return a draft with one output, which is new."""
    new = Output(kind=kind, file=file or (STDIN if kind in _PRINTED else ""))
    draft = replace(_kept(draft, []), project=replace(draft.project, outputs=(new,)))
    return _stated(draft, "outputs[0].file", file, FLAGS["output"].name) if file else draft


def _joined(draft: ProjectDraft, other: ProjectDraft) -> ProjectDraft:
    """Return a draft with the only output of another behind its own."""
    at = len(draft.project.outputs)
    moved = {
        key.replace("outputs[0]", f"outputs[{at}]", 1): place
        for key, place in other.origins.items()
        if key.startswith("outputs[0]")
    }
    outputs = (*draft.project.outputs, *other.project.outputs)
    return replace(draft, project=replace(draft.project, outputs=outputs), origins={**draft.origins, **moved})
