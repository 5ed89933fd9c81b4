"""The command line: arguments → options → a build. This is the only place that prints or exits."""

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from newsbook.cli.run import hear_nothing
from newsbook.cli.streams import give_up_errors, lost_output, settle
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit, NewsbookError

# Where each command is, as module and name, and what the list says of it: none is loaded but the one that is called.
_COMMANDS = {
    "build": ("editions:build", "Make every output that newsbook.toml names."),
    "cache": ("cache:cache_command", "Say how much builds have kept for the next, and where."),
    "check": ("check:check_command", "Say all that can be known of an issue before print."),
    "completion": ("completion:completion_command", "Print a script by which a shell completes commands."),
    "config": ("config:config_command", "Print what newsbook.toml and the flags say together."),
    "diff": ("diff:diff_command", "Say what changed from one issue to another."),
    "doctor": ("doctor:doctor_command", "Say which fonts, libraries and programs are there."),
    "epub": ("editions:epub", "Make an EPUB of an issue, or of several."),
    "init": ("init:init_command", "Make an issue's folder ready, with a newsbook.toml."),
    "parse": ("editions:parse", "Print what newsbook reads, as its own JSON."),
    "pdf": ("editions:pdf", "Make a typeset PDF of an issue."),
    "preview": ("preview:preview_command", "Show an issue in the browser, and edit it there."),
    "proof": ("editions:proof", "Make a proof sheet: raw beside repaired text."),
    "verify": ("verify:verify_command", "Say whether an archived edition is what was made."),
}

EPILOG = """\b
Exit codes:
  0    newsbook did what was asked for
  1    newsbook itself is at fault
  2    an option or newsbook.toml makes no sense
  3    newsbook made the files, but could not use one of the articles, or a person's decisions on one
  4    newsbook can use nothing of the input
  5    the output cannot be written
  6    a finished file fails its check, --strict or --max-failures is not met, or an article may not be published,
       newsbook check has found something, or newsbook diff --exit-code a change
  7    a library, a program or a font is missing
  8    an input exceeds a limit
  130  somebody interrupted it
  143  somebody terminated it"""


class _Commands(click.Group):
    """The commands. That their help cannot be printed is a failure like any other; click does not end the run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, which is loaded now, or None where there is none."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(f"newsbook.cli.{module}"), name)
        command.name = cmd_name
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called. One that is misspelt is told with the nearest names."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS)
            if near and "Did you mean" not in error.message:
                raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in sorted(_COMMANDS.items())])

    def loaded(self) -> dict[str, click.Command]:
        """Return all commands by their names."""
        context = click.Context(self)
        found = {name: self.get_command(context, name) for name in self.list_commands(context)}
        return {name: command for name, command in found.items() if command}

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except OSError as error:
            raise lost_output(error) from error

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OSError as error:
            raise lost_output(error) from error


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG
)
@click.version_option(package_name="newsbook", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn scraped news articles, Chinese, Japanese and Korean, into print and e-book editions.

    An INPUT is a page (text, HTML, Markdown, Word), newsbook's own JSON, an extractor's JSON, a feed, an agency's item
    (ninjs, NewsML-G2, NITF), an EPUB, a web archive, a folder or a ZIP of these, or a URL. @FILE is a list of inputs,
    and - is standard input. newsbook reads a folder in the order of its names. A page's pictures lie beside it:
    page.txt, page.1.jpg, page.2.png. Findings go to standard error.
    """
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False


def main() -> NoReturn:
    """Run the command line. A command ends by itself. The help ends here, and so does a call that makes no sense."""
    settle()
    try:
        code = cli(prog_name="newsbook", standalone_mode=False)
    except click.ClickException as error:
        code = _show(error)
    except click.Abort:
        code = Exit.INTERRUPTED
    except NewsbookError as error:
        Terminal(quiet=False, verbose=False).fail(str(error), error.exit)
    finally:
        hear_nothing()
    sys.exit(code or Exit.OK)


def _show(error: click.ClickException) -> int:
    try:
        error.show()
    except OSError:
        give_up_errors()
    return error.exit_code
