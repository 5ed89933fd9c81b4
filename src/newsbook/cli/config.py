"""`newsbook config`: print what newsbook.toml and the flags say together, and where each value comes from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from newsbook.cli.editions import epub, pdf
from newsbook.cli.grouping import GroupedCommand, GroupedOption
from newsbook.cli.run import call_of, run
from newsbook.cli.settings import SETTINGS, draft_of
from newsbook.cli.streams import write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit

if TYPE_CHECKING:
    from newsbook.record import Findings

# What says how a command runs or what it prints, and nothing of the project.
_BESIDE = {"inputs", "output", "report", "strict", "dump", "config", "workers", "as_json", "progress"}


def _command(commands: Iterable[click.Command]) -> click.Command:
    """Return the command `config`, which takes every flag of `commands` that says something of a project."""
    taken = {f"{param.opts}": param for command in commands for param in command.params if param.name not in _BESIDE}
    own = (
        click.Argument(["inputs"], nargs=-1, metavar="[INPUT]…"),
        GroupedOption(["-o", "--output"], multiple=True, metavar="FILE", group="Output", help="Make only this file."),
        GroupedOption(["--json", "as_json"], is_flag=True, group="Output", help="Print the values as JSON."),
        GroupedOption(["--schema"], is_flag=True, group="Output", help="Print only the JSON Schema of newsbook.toml."),
    )
    made = GroupedCommand(
        "config",
        callback=_show,
        params=[*own, *taken.values()],
        help="""Print what newsbook.toml and the flags say together, and where each value comes from.

        newsbook finds newsbook.toml in the folder of the first INPUT or above. What it prints is a newsbook.toml again.
        """,
        epilog="Example: newsbook config cuttings/ --style newspaper",
    )
    for option in SETTINGS:
        option(made)
    return made


@click.pass_context
def _show(context: click.Context, /, **_: object) -> None:
    from newsbook.record import Findings

    def show(terminal: Terminal) -> Exit:
        findings = Findings(terminal.show)
        write_output(_text(context, findings).encode())
        return Exit.OK

    run(call_of(context), show)


config_command = _command((pdf, epub))


def _text(context: click.Context, findings: "Findings") -> str:
    from newsbook.project import check, written

    if context.params["schema"]:
        return written.schema()
    draft = draft_of(context)
    project = check(draft, findings.add)
    return written.as_json(project) if context.params["as_json"] else written.as_toml(project, draft.origins)
