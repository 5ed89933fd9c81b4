"""`newsbook completion`: the script by which a shell completes commands, options, styles and names of files."""

import click
from click.shell_completion import get_completion_class

from newsbook.cli.grouping import GroupedCommand
from newsbook.cli.run import Call, run
from newsbook.cli.streams import write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit

_SHELLS = ("bash", "zsh", "fish")


@click.command(cls=GroupedCommand, epilog='Example: eval "$(newsbook completion bash)"')
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(context: click.Context, /, shell: str) -> None:
    """Print the script by which a SHELL completes what follows newsbook.

    Put the example into your ~/.bashrc or ~/.zshrc with the name of your shell. For fish, write the script to
    ~/.config/fish/completions/newsbook.fish.
    """

    def show(terminal: Terminal) -> Exit:
        del terminal
        made = get_completion_class(shell)
        if made:
            script = made(context.find_root().command, {}, "newsbook", "_NEWSBOOK_COMPLETE").source()
            write_output(f"{script.rstrip()}\n".encode())
        return Exit.OK

    run(Call(), show)
