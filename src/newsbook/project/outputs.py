"""What is to be made, completed: each output with its kind, its style and the name of its file."""

import glob
import os
import re
from pathlib import Path

from msgspec.structs import replace

from newsbook.inputs import STDIN, is_url, name_of
from newsbook.project.values import Kind, Output, Project

# What a file's name ends with, by what is in it; the first of a kind is the one that newsbook gives.
_SUFFIXES: tuple[tuple[str, Kind], ...] = (
    (".pdf", "pdf"),
    (".epub", "epub"),
    (".proof.html", "proof"),
    (".html", "proof"),
    (".ninjs.json", "ninjs"),
    (".json", "json"),
)
_FOLDER = "-articles"

KINDS_TOLD: dict[str, tuple[Kind, ...]] = {
    "profile": ("pdf", "epub"),
    "style": ("pdf", "epub"),
    "booklet": ("pdf",),
    "sheets": ("pdf",),
    "paper": ("pdf",),
    "thickness": ("pdf",),
    "signature": ("pdf",),
    "bleed": ("pdf",),
    "crop_marks": ("pdf",),
    "binding": ("pdf",),
    "collection": ("epub",),
    "cover": ("epub",),
    "pages": ("epub",),
    "embed_fonts": ("epub",),
    "picture_size": ("epub",),
    "size_limit": ("epub",),
}
"""The fields that can be said of outputs of certain kinds only, each with these; the first is the usual one."""


def kind_of(output: Output) -> Kind:
    """Return what an output is to be: what it says, or else what the suffix of its file does; empty if neither does.

    >>> kind_of(Output(file="out/bulletin.pdf")), kind_of(Output(file="books", collection="individual"))
    ('pdf', 'epub')
    """
    return output.kind or ("epub" if output.collection else kind_of_suffix(output.file))


def kind_of_suffix(file: str) -> Kind:
    """Return what the suffix of a file says that it is; empty where it says nothing."""
    return next((kind for suffix, kind in _SUFFIXES if f"{file}".lower().endswith(suffix)), "")


def file_of(output: Output, inputs: tuple[str, ...]) -> str:
    """Return the file that an output names, else one called after `inputs`, which are seen from the working folder."""
    if output.file:
        return output.file
    kind = kind_of(output)
    suffix = next((suffix for suffix, of in _SUFFIXES if of == kind), "")
    return _stem(inputs) + (_FOLDER if output.collection == "individual" else suffix)


def _stem(inputs: tuple[str, ...]) -> str:
    """Return what a file is called after: the only input, without its suffix; not after a pattern."""
    if len(inputs) != 1 or inputs[0] == STDIN:
        return "newsbook"
    if not is_url(inputs[0]) and glob.has_magic(inputs[0]) and not os.path.lexists(inputs[0]):
        return "newsbook"
    if is_url(inputs[0]):
        return re.sub(r"\W+", "-", Path(name_of(inputs[0])).stem).strip("-") or "newsbook"
    path = Path(real_path(inputs[0]))
    return (path.name if os.path.isdir(path) else path.stem) or "newsbook"  # noqa: PTH112 - a name may be too long.


def real_path(name: str) -> str:
    """Return the path that a name leads to; the name itself where that cannot be found out."""
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return name


def completed(project: Project, inputs: tuple[str, ...]) -> Project:
    """Return a project whose outputs all have their kind, style and file; `inputs` are seen from the working folder."""
    outputs = tuple(
        replace(output, kind=kind_of(output), style=output.style or project.style, file=file_of(output, inputs))
        for output in project.outputs
    )
    return replace(project, outputs=outputs)
