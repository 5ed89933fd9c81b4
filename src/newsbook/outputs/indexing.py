"""What a project says of the index of names, as the index takes it."""

from newsbook.nameindex import Listed, Wanted
from newsbook.project import Project


def index_wanted(project: Project) -> Wanted | None:
    """Return what the index of an issue is to have; None where there is to be none."""
    said = project.index
    if not said.make:
        return None
    entries = (Listed(one.name, one.reading, one.kind) for one in said.entries)
    return Wanted(said.order, (*entries, *map(Listed, said.names)), said.leave_out)
