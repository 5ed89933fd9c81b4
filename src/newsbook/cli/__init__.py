"""The command line: arguments → options → a build. This is the only place that prints or exits."""

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from newsbook.cli.cache import cache_command
from newsbook.cli.check import show_findings
from newsbook.cli.completion import completion_command
from newsbook.cli.config import config_command
from newsbook.cli.diff import diff_command
from newsbook.cli.doctor import doctor_command
from newsbook.cli.grouping import GroupedCommand
from newsbook.cli.init import init_command
from newsbook.cli.options import (
    DESIGN,
    DUMP,
    EPUB,
    ISSUE,
    NETWORK,
    PDF,
    PRINT,
    READING,
    RUN,
    STORE,
    STYLE,
    output,
    with_options,
)
from newsbook.cli.preview import preview_command
from newsbook.cli.run import hear_nothing, make
from newsbook.cli.series import build_series
from newsbook.cli.streams import give_up_errors, lost_output, settle
from newsbook.cli.terminal import Terminal
from newsbook.cli.verify import verify_command
from newsbook.diagnostics import Exit, NewsbookError

if TYPE_CHECKING:
    from newsbook.project import Kind

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

    command_class = GroupedCommand

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


@cli.command(epilog="Example: newsbook pdf cuttings/ -o bulletin.pdf -t 渡口街坊報 --number 12")
@with_options(
    output("Without it, the input's name with .pdf."), PDF, PRINT, DUMP, ISSUE, STYLE, DESIGN, READING, NETWORK, RUN
)
@click.pass_context
def pdf(context: click.Context, /, **_: object) -> None:
    """Make a typeset PDF of an issue."""
    _make(context, "pdf")


@cli.command(epilog="Example: newsbook epub cuttings/ -o bulletin.epub -t 渡口街坊報 --number 12")
@with_options(output("Without it, the input's name with .epub."), EPUB, DUMP, ISSUE, STYLE, READING, NETWORK, RUN)
@click.pass_context
def epub(context: click.Context, /, **_: object) -> None:
    """Make an EPUB of an issue, or of several."""
    _make(context, "epub")


@cli.command(epilog="Example: newsbook proof cuttings/ -o proof.html")
@with_options(output("Without it, the input's name with .proof.html."), READING, NETWORK, RUN)
@click.pass_context
def proof(context: click.Context, /, **_: object) -> None:
    """Make a proof sheet, which shows raw beside repaired text.

    You read it in a browser, and decide on what newsbook did. The sheet saves your decisions as
    page.txt.overrides.json. Put that file beside page.txt, and every command follows it.
    """
    _make(context, "proof")


@cli.command(epilog="Example: newsbook parse page.txt > page.json")
@with_options(output("Without it, standard output."), READING, NETWORK, RUN)
@click.pass_context
def parse(context: click.Context, /, **_: object) -> None:
    """Print what newsbook reads, as its own JSON: one article, or an issue of several."""
    _make(context, "json")


@cli.command(epilog="Example: newsbook build cuttings/ -o bulletin.pdf -o bulletin.epub")
@with_options(output("Without it, what newsbook.toml names."), ISSUE, STYLE, DESIGN, READING, NETWORK, RUN, STORE)
@click.pass_context
def build(context: click.Context, /, **_: object) -> None:
    """Make every output that newsbook.toml names, or those that -o names.

    newsbook finds newsbook.toml in the folder of the first INPUT or above. Without an INPUT it looks in the working
    folder and above, and reads the inputs that the file names. Only what has changed since the last build is made anew.
    A folder whose folders have a newsbook.toml each is a series: each issue is built that is new or has changed.
    """
    build_series(context)
    make(context, "")


@cli.command(epilog="Example: newsbook check cuttings/")
@with_options(ISSUE, STYLE, DESIGN, READING, NETWORK, RUN)
@click.option(
    "--fix", is_flag=True, help="Write corrections that are safe into newsbook.toml. Articles stay as they are."
)
@click.pass_context
def check(context: click.Context, /, **_: object) -> None:
    """Say everything that can be known of an issue before it is printed.

    newsbook reads and lays out what newsbook.toml names, or the INPUTs, and writes no edition. Warnings and problems
    end with exit code 6, and with --strict so do notes that ask for a decision.
    """
    show_findings(context)


cli.add_command(config_command((pdf, epub)))
cli.add_command(verify_command, "verify")
cli.add_command(cache_command, "cache")
cli.add_command(init_command, "init")
cli.add_command(completion_command, "completion")
cli.add_command(doctor_command, "doctor")
cli.add_command(diff_command, "diff")
cli.add_command(preview_command, "preview")


def _make(context: click.Context, kind: "Kind") -> None:
    """Make outputs of a kind; with `--dump` the model that is read, in their place."""
    dump: dict[str, Kind] = {"article": "json", "ninjs": "ninjs"}
    make(context, dump.get(f"{context.params.get('dump')}", kind))


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
