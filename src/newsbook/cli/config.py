"""`newsbook config`: print what newsbook.toml and the flags say together, and where each value comes from."""

import sys
from collections.abc import Iterable

import click

from newsbook.cli.run import Call, Run, run
from newsbook.cli.settings import SETTINGS, draft_of
from newsbook.diagnostics import OutputError
from newsbook.pipeline import Options
from newsbook.project import check

# What says how a command runs or what it prints, and nothing of the project.
_BESIDE = {"inputs", "output", "report", "strict", "dump", "config"}


def config_command(commands: Iterable[click.Command]) -> click.Command:
    """Return the command `config`, which takes every flag of `commands` that says something of a project."""
    taken = {f"{param.opts}": param for command in commands for param in command.params if param.name not in _BESIDE}
    own = (
        click.Argument(["inputs"], nargs=-1, metavar="[INPUT]…"),
        click.Option(["-o", "--output"], default="", metavar="FILE", help="The only file that is to be made."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print it as JSON."),
        click.Option(["--schema"], is_flag=True, help="Print the JSON Schema of newsbook.toml, and nothing else."),
    )
    made = click.Command(
        "config",
        callback=_show,
        params=[*own, *taken.values()],
        help="""Print what newsbook.toml and the flags say together, and where each value comes from.

        newsbook.toml is found in the folder of the first INPUT or above. What is printed is a newsbook.toml again.
        """,
        epilog="Example: newsbook config cuttings/ --style newspaper",
    )
    for option in SETTINGS:
        option(made)
    return made


@click.pass_context
def _show(context: click.Context, /, **_: object) -> None:
    params = context.params
    call = Call((), Options(), quiet=params["quiet"], verbose=params["verbose"], debug=params["debug"])
    run(call, lambda work: _print(_text(context, work)))


def _text(context: click.Context, work: Run) -> str:
    from newsbook.project import written

    if context.params["schema"]:
        return written.schema()
    draft = draft_of(context)
    project = check(draft, work.add)
    return written.as_json(project) if context.params["as_json"] else written.as_toml(project, draft.origins)


def _print(text: str) -> None:
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror}.") from error
