"""How every command comes by what newsbook.toml and the flags say together."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from newsbook.cli.folders import cache_folder, store_folder
from newsbook.cli.grouping import options_of
from newsbook.diagnostics import UsageError, printable

if TYPE_CHECKING:
    from newsbook.project import Kind, ProjectDraft

# Where a command is told which file to follow; behind `--no-config` stands an empty name, and `-c ''` is the same.
_run = options_of("The run")
SETTINGS = (
    _run("-c", "--config", "config", metavar="FILE", help="Follow this file, and not the newsbook.toml that is found."),
    _run("--no-config", "config", flag_value="", help="Follow no newsbook.toml."),
)


def flags_of(context: click.Context) -> dict[str, object]:
    """Return what stands on the command line, by the names of click's parameters; defaults do not."""
    from newsbook.project import FLAGS

    return {
        name: context.params[name]
        for name in FLAGS
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }


def settings_of(context: click.Context) -> Path | None:
    """Return the newsbook.toml that a command is to follow, or None where there is none."""
    from newsbook.project import find

    named = context.params.get("config")
    if named is None:
        return find(context.params.get("inputs", ()))
    return Path(named) if named else None


def draft_of(context: click.Context, kind: "Kind" = "") -> "ProjectDraft":
    """Return what newsbook.toml and the command line say together. `kind` is what the command makes, empty for all.

    Raises `UsageError` where the file cannot be read, or is no TOML.
    """
    from newsbook.project import ProjectDraft, assume, load, merge

    path = settings_of(context)
    draft = merge(load(path) if path else ProjectDraft(), flags_of(context), kind)
    return assume(draft, "fetching.cache", cache_folder())


def draft_at(path: Path, context: click.Context) -> "ProjectDraft":
    """Return what a newsbook.toml says, and the command line but for its inputs, which are those of the file."""
    from newsbook.project import assume, load, merge

    flags = {name: value for name, value in flags_of(context).items() if name != "inputs"}
    return assume(merge(load(path), flags), "fetching.cache", cache_folder())


def store_of(context: click.Context) -> str:
    """Return the folder of the store that a command keeps what it works out in; empty for none."""
    if "store" not in context.params:
        return ""
    named = context.params["store"]
    return store_folder() if named is None else f"{named}"


def bytes_kept(context: click.Context) -> int:
    """Return how many bytes a store may have. Raises `UsageError` where the option says no size."""
    from newsbook.project import bytes_of

    said = f"{context.params['store_limit']}"
    try:
        return bytes_of(said)
    except ValueError as error:
        raise UsageError(f"--store-limit is “{printable(said)}”, which is {error}") from error
