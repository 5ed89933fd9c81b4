"""Flags over the file: what stands on the command line overrides what stands in newsbook.toml."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import styles
from newsbook.diagnostics import Place, UsageError
from newsbook.gate import Caps
from newsbook.inputs import STDIN
from newsbook.project.draft import ProjectDraft, nearest, shown
from newsbook.project.fields import field_at, fields_of
from newsbook.project.flags import FLAGS
from newsbook.project.outputs import kind_of, kind_of_suffix
from newsbook.project.paths import from_here, same_place, way_to_here
from newsbook.project.values import Kind, Output, Project

_OUTPUTS = "outputs."

# What can be told to one kind of output only.
_ONLY: dict[str, Kind] = {
    "profile": "pdf",
    "booklet": "pdf",
    "sheets": "pdf",
    "paper": "pdf",
    "thickness": "pdf",
    "signature": "pdf",
    "collection": "epub",
    "cover": "epub",
    "pages": "epub",
    "embed_fonts": "epub",
    "picture_size": "epub",
    "size_limit": "epub",
}

# What goes to standard output where no file is named.
_PRINTED = frozenset({"json", "ninjs"})

_T = TypeVar("_T", bound=Struct)


def merge(draft: ProjectDraft, flags: Mapping[str, object], kind: Kind = "") -> ProjectDraft:
    """Return a draft with the values of `flags`, which have the names of click's parameters, in place of its own.

    A list replaces a list. `kind` is what the command makes: outputs of another kind are left out, and where none is
    left there is one that is called after the input. What a flag says of outputs it says of each that can be told so;
    `-o` leaves the one that is called so, else a new one. Paths in flags are seen from the working folder.
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
        draft = _chosen(draft, kind or _implied(of_outputs), f"{of_outputs.pop('file', '')}")
    for number in range(len(draft.project.outputs)):
        for name, value in of_outputs.items():
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
    form = field_at(Project, key).form
    if form == "path" and isinstance(value, tuple | list):
        return tuple(from_here(f"{name}", way) for name in value)
    is_path = form == "path" or (form == "style" and value not in styles())
    return from_here(value, way) if is_path and isinstance(value, str) else value


def _stated(draft: ProjectDraft, key: str, value: object, name: str) -> ProjectDraft:
    """Return a draft with a value under `key` that the flag `name` has stated."""
    stated = replace(draft, project=_set(draft.project, key, value))
    return replace(stated, origins={**stated.origins, key: Place(name)})


def _set(struct: _T, key: str, value: object) -> _T:
    """Return a struct with the value under a dotted key replaced."""
    name, _, rest = key.partition(".")
    if not rest:
        return replace(struct, **{name: value})
    name, _, number = name.partition("[")
    inner = getattr(struct, name)
    if not number:
        return replace(struct, **{name: _set(inner, rest, value)})
    at = int(number.removesuffix("]"))
    return replace(struct, **{name: (*inner[:at], _set(inner[at], rest, value), *inner[at + 1 :])})


def _without(draft: ProjectDraft, pattern: str) -> ProjectDraft:
    """Return a draft that has forgotten where the values under keys of a pattern were stated."""
    return replace(draft, origins={key: at for key, at in draft.origins.items() if not re.fullmatch(pattern, key)})


def _implied(said: Mapping[str, object]) -> Kind:
    """Return the kind of output that flags speak of, where no command says it."""
    return next((_ONLY[name] for name in said if name in _ONLY), kind_of_suffix(f"{said.get('file', '')}"))


def _chosen(draft: ProjectDraft, kind: Kind, file: str) -> ProjectDraft:
    """Return a draft with the outputs of a kind, or the one that is called `file`; a new one if there is none."""
    outputs = draft.project.outputs
    kept = [at for at, output in enumerate(outputs) if not kind or kind_of(output) == kind]
    if file:
        kept = [at for at in kept if outputs[at].file and same_place(f"{outputs[at].file}", file, draft.folder)][:1]
    moved = {
        re.sub(r"^outputs\[[0-9]+\]", f"outputs[{new}]", key): place
        for new, old in enumerate(kept)
        for key, place in draft.origins.items()
        if re.match(rf"outputs\[{old}\]", key)
    }
    draft = replace(
        _without(draft, r"outputs\[.*"), project=replace(draft.project, outputs=tuple(map(outputs.__getitem__, kept)))
    )
    draft = replace(draft, origins={**draft.origins, **moved})
    if kept:
        return draft
    new = Output(kind=kind, file=file or (STDIN if kind in _PRINTED else ""))
    draft = replace(draft, project=replace(draft.project, outputs=(new,)))
    return _stated(draft, "outputs[0].file", file, FLAGS["output"].name) if file else draft
