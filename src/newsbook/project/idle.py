"""What was said and changes nothing, for what it is about is not made: refused of a flag, a finding of the file.

A file may state what only some of its outputs ask for; who writes a flag has one run in mind.
"""

from collections.abc import Iterator

from newsbook.project.draft import ProjectDraft
from newsbook.project.outputs import kind_of
from newsbook.project.values import Indexing, Project

_INDEX = ("order", "names", "leave_out", "entries")


def idle_flags(project: Project, draft: ProjectDraft) -> Iterator[tuple[str, str]]:
    """Yield the key of each flag that changes nothing, and the end of a sentence that says so."""
    for key, message in (*_of_booklets(project, draft), *_of_indexes(project), *_of_design(project)):
        place = draft.origin(key)
        if place is not None and not place.line and place.source != "default":
            yield key, message


def idle_lines(project: Project, draft: ProjectDraft) -> Iterator[tuple[str, str]]:
    """Yield the key of each line of the file that changes nothing, and the end of a sentence that says so."""
    for key, message in (*_of_booklets(project, draft), *_of_indexes(project)):
        place = draft.origin(key)
        if place is not None and place.line:
            yield key, message


def _of_booklets(project: Project, draft: ProjectDraft) -> Iterator[tuple[str, str]]:
    for number, output in enumerate(project.outputs):
        key = f"outputs[{number}].thickness"
        if key in draft.origins and not output.booklet:
            yield key, "is how thick the paper of a booklet is, and this is none; write booklet = true (--booklet)."


def _of_indexes(project: Project) -> Iterator[tuple[str, str]]:
    outputs = project.outputs
    if project.index.make and outputs and all(output.collection == "individual" for output in outputs):
        yield "index.make", "is for an issue or a volume, and each article is a book of its own; leave it out."
    for name in _INDEX if not project.index.make else ():
        if getattr(project.index, name) != getattr(Indexing(), name):
            yield f"index.{name}", "is for an index of names, and none is made; write make = true (--index)."


def _of_design(project: Project) -> Iterator[tuple[str, str]]:
    """Yield what is for printed pages, where nothing but e-books is made; colours are of their covers, too."""
    if not project.outputs or any(kind_of(output) != "epub" for output in project.outputs):
        return
    for name in project.design.__struct_fields__:
        if name == "faces":
            keys = tuple(f"design.faces.{each}" for each in project.design.faces.__struct_fields__)
        else:
            keys = (f"design.{name}",) if name != "accent" else ()
        yield from ((key, "is for the pages of a PDF, and an e-book has none; name a PDF with -o.") for key in keys)
