"""How every command comes by what newsbook.toml and the flags say together."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from newsbook.cli.folders import cache_folder
from newsbook.cli.grouping import options_of

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
