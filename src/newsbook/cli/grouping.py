"""Options in groups: the help of a command lists them under headings, in the order of what people look for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import click

GROUPS = ("Output", "The issue", "Design", "Reading", "Network", "The run")
"""The headings, in their order; an option under none of them stands last, under Options."""

_REST = "Options"

Decorator = Callable[[Any], Any]
"""What makes a function a command, or gives a command an option."""


class GroupedOption(click.Option):
    """An option that knows its heading."""

    def __init__(self, *args: Any, group: str = "", **attributes: Any) -> None:  # noqa: ANN401 - click's own.
        super().__init__(*args, **attributes)
        self.group = group


# What people write for an option that is called otherwise here, and is not like it.
_MEANT = {
    "--title": "--nameplate",
    "--name": "--nameplate",
    "--issue": "--number",
    "--language": "--lang",
    "--format": "--from",
    "--charset": "--encoding",
    "--out": "--output",
    "--theme": "--style",
    "--template": "--style",
    "--font": "--text-face",
    "--font-size": "--text-size",
    "--colour": "--accent",
    "--color": "--accent",
    "--threads": "--jobs",
    "--workers": "--jobs",
    "--silent": "--quiet",
}


class GroupedCommand(click.Command):
    """A command whose help has its options under headings, and which knows what people call them elsewhere."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments. An option that is called otherwise here is told by its name."""
        try:
            if not ctx.resilient_parsing:
                _, _, given = self.make_parser(ctx).parse_args(args=list(args))
                _demand_harmony(given)
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            meant = _MEANT.get(error.option_name, "")
            if any(meant in param.opts for param in self.params):
                message = f"There is no {error.option_name}; write {meant}."
                raise click.NoSuchOption(error.option_name, message, ctx=ctx) from error
            having = _having(error.option_name, ctx)
            if having:
                message = f"{error.option_name} is an option of {', '.join(having)}, and not of {ctx.command_path}."
                raise click.NoSuchOption(error.option_name, message, ctx=ctx) from error
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group; what says how the command runs takes the help in."""
        rows: dict[str, list[tuple[str, str]]] = {group: [] for group in (*GROUPS, _REST)}
        for param in self.get_params(ctx):
            row = param.get_help_record(ctx)
            if row:
                rows[getattr(param, "group", "") or _REST].append(row)
        if rows["The run"]:
            rows["The run"] += rows.pop(_REST)
        for group, listed in rows.items():
            if listed:
                with formatter.section(group):
                    formatter.write_dl(listed)


# Flags of which each takes the other back.
_CONTRARY = ({"quiet", "verbose"},)


def _demand_harmony(given: list[click.Parameter]) -> None:
    """Raise `UsageError` where two options say one thing in two ways, of which the last would hold in silence."""
    for at, one in enumerate(given):
        for other in given[:at]:
            is_same = one.name == other.name or {one.name, other.name} in _CONTRARY
            if one is not other and is_same:
                raise click.UsageError(f"{other.opts[-1]} and {one.opts[-1]} contradict each other; leave one out.")


def _having(option: str, ctx: click.Context) -> list[str]:
    """Return the commands that have an option, as they are called."""
    if not ctx.parent or not isinstance(group := ctx.parent.command, click.Group):
        return []
    names = group.list_commands(ctx.parent)
    commands = {name: group.get_command(ctx.parent, name) for name in names}
    return [
        f"{ctx.parent.command_path} {name}"
        for name, command in commands.items()
        if command and any(option in param.opts for param in command.params)
    ]


def options_of(group: str) -> Callable[..., Decorator]:
    """Return what makes options of a group, as `click.option` does."""
    return partial(click.option, cls=GroupedOption, group=group)
