"""The command line: arguments → options → a run of the pipeline. The only place that prints or exits."""

import os
import sys
from collections.abc import Callable
from functools import reduce
from typing import NoReturn, get_args

import click
from click.core import ParameterSource

from newsbook.cli.config import config_command
from newsbook.cli.run import make
from newsbook.cli.settings import SETTINGS
from newsbook.cli.streams import STDOUT, give_up_errors, lost_output, settle
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit, NewsbookError
from newsbook.project import Fetching, Kind, Marks, Script
from newsbook.readers import READERS

EPILOG = """\b
Exit codes:
  0    done
  1    internal error
  2    wrong usage or configuration
  3    done, but an article or decisions that were asked for could not be used
  4    no usable input
  5    the output cannot be written
  6    the finished file fails its own check, a warning under --strict, or an article under embargo
  7    a library, program or font is missing
  8    an input exceeds a limit
  130  interrupted
  143  terminated"""

Command = Callable[..., None]
Decorator = Callable[[Command], Command]


def _named(context: click.Context, option: click.Parameter, name: str) -> str:
    """Return the name of a file as it stands on the command line, where an empty one is a mistake."""
    if not name and option.name and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
        raise click.BadParameter("the name is empty; name a file, or leave the option out.", context, option)
    return name


_READING: tuple[Decorator, ...] = (
    click.argument("inputs", nargs=-1, metavar="[INPUT…]"),
    *SETTINGS,
    click.option("-l", "--lang", "language", default="", metavar="TAG", help="Language of every article, as zh-Hant."),
    click.option(
        "--script",
        type=click.Choice(get_args(Script)),
        default="keep",
        show_default=True,
        help="Script that Chinese articles are brought to; vocabulary stays.",
    ),
    click.option(
        "--marks",
        type=click.Choice(get_args(Marks)),
        default="keep",
        show_default=True,
        help="Whose quotation marks and full-width forms: the page's own, or those of its language.",
    ),
    click.option(
        "--from",
        "form",
        type=click.Choice(list(READERS)),
        help="Form of every input, where its content misleads.",
    ),
    click.option("--encoding", default="", metavar="NAME", help="Encoding of text pages, as gb18030."),
    click.option("--url", default="", metavar="URL", help="Where the article was published, for its colophon."),
    click.option("--retrieved", default="", metavar="DATE", help="When it was retrieved: YYYY-MM-DD[THH:MM:SS]."),
    click.option(
        "--report", default="", metavar="FILE", callback=_named, help="Write findings and repairs to FILE as JSON."
    ),
    click.option(
        "-j",
        "--jobs",
        "workers",
        type=click.IntRange(min=0, max=256),
        default=0,
        metavar="N",
        help="Read and lay out in N processes of their own; 0 is this one alone.",
    ),
    click.option("--strict", is_flag=True, help="Fail on any warning or unusable input, and write nothing."),
    click.option("-q", "--quiet", is_flag=True, help="Print failures only."),
    click.option("-v", "--verbose", is_flag=True, help="Print notes as well as warnings."),
    click.option("--debug", is_flag=True, help="Show where in the program an internal error came from."),
)

_NETWORK: tuple[Decorator, ...] = (
    click.option("--offline", is_flag=True, help="Fetch nothing; take pages and pictures from the cache."),
    click.option("--refresh", is_flag=True, help="Fetch anew what is in the cache."),
    click.option("--fetch-pictures", is_flag=True, help="Fetch the pictures, too, that files on disk name by URL."),
    click.option("--cache", default="", metavar="FOLDER", help="Where to keep what was fetched."),
    click.option(
        "--allow-host", multiple=True, metavar="NAME", help="Fetch from this host though its address is not public."
    ),
    click.option("--ignore-robots", is_flag=True, help="Fetch what robots.txt forbids; have the owner's leave."),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        default=Fetching().delay,
        show_default=True,
        metavar="SECONDS",
        help="Pause between two requests to one host.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=Fetching().timeout,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for a host at most.",
    ),
)

_ISSUE: tuple[Decorator, ...] = (
    click.option("-t", "--nameplate", default="", metavar="TEXT", help="Name of the publication."),
    click.option("--number", default="", metavar="TEXT", help="Number of the issue: 12, or in words."),
    click.option("--date", default="", metavar="DATE", help="Day of the issue, YYYY-MM-DD; else the newest article's."),
    click.option("--publisher", default="", metavar="TEXT", help="Who publishes the issue."),
    click.option("--rights", default="", metavar="TEXT", help="Rights statement of the issue."),
    click.option(
        "--allow",
        multiple=True,
        type=click.Choice(["embargoed", "withdrawn"]),
        help="Publish what is under embargo, or withdrawn by its provider, all the same.",
    ),
    click.option("--style", default="bulletin", show_default=True, metavar="NAME", help="A style's name or folder."),
    click.option(
        "--dump",
        type=click.Choice(["article", "ninjs"]),
        help="Print what is read as newsbook's JSON, or as the IPTC's, and stop.",
    ),
)


def _with(decorators: tuple[Decorator, ...]) -> Decorator:
    return lambda command: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)


def _output(suffix: str) -> Decorator:
    text = f"The file to write, else the input's name with {suffix}; - is standard output."
    return click.option("-o", "--output", default="", metavar="FILE", callback=_named, help=text)


class _Commands(click.Group):
    """The commands; that their help cannot be printed is a failure as any other, and no end of click's own."""

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

    INPUT is a page of text, HTML, Markdown or Word, JSON of an extractor, a feed, ninjs, NewsML-G2, NITF, an EPUB, a
    web archive, newsbook's own JSON, a folder or ZIP of them (read by name), @FILE with their names, a URL, or - for
    standard input. A page's pictures lie beside it: page.txt, page.1.jpg, page.2.png. Findings go to standard error.
    """
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False


@cli.command(epilog="Example: newsbook pdf cuttings/ -o bulletin.pdf -t 渡口街坊報 --number 12")
@_with(_READING)
@_with(_NETWORK)
@_with(_ISSUE)
@_output(".pdf")
@click.option(
    "--profile",
    type=click.Choice(["plain", "accessible"]),
    default="plain",
    show_default=True,
    help="accessible: conform to PDF/UA-1.",
)
@click.pass_context
def pdf(context: click.Context, /, **_: object) -> None:
    """Make a typeset PDF bulletin."""
    _make(context, "pdf")


@cli.command(epilog="Example: newsbook epub cuttings/ -o bulletin.epub -t 渡口街坊報 --number 12")
@_with(_READING)
@_with(_NETWORK)
@_with(_ISSUE)
@_output(".epub")
@click.option("--volume", "collection", flag_value="volume", help="Bind issues into one book; each INPUT is an issue.")
@click.option("--by-month", "collection", flag_value="months", help="Bind all articles into one book, by month.")
@click.option(
    "--individual", "collection", flag_value="individual", help="Make a book of each article; -o is a folder."
)
@click.option(
    "--cover", default="", metavar="FILE", callback=_named, help="A picture for the cover, else one is drawn."
)
@click.option(
    "--pages",
    default="",
    metavar="FILE",
    callback=_named,
    help="The PDF of the same issue, whose pages are to be quoted.",
)
@click.option("--embed-fonts", is_flag=True, help="Bring the style's fonts along, cut down to the characters in use.")
@click.pass_context
def epub(context: click.Context, /, **_: object) -> None:
    """Make an EPUB collection."""
    _make(context, "epub")


@cli.command(epilog="Example: newsbook proof cuttings/ -o proof.html")
@_with(_READING)
@_with(_NETWORK)
@_output(".proof.html")
@click.pass_context
def proof(context: click.Context, /, **_: object) -> None:
    """Make a proof sheet: raw beside repaired text, to read in a browser and decide on.

    The page saves what you decide as page.txt.overrides.json. Put that beside page.txt, and every command follows it.
    """
    _make(context, "proof")


@cli.command(epilog="Example: newsbook parse page.txt > page.json")
@_with(_READING)
@_with(_NETWORK)
@click.option(
    "-o", "--output", default=STDOUT, show_default=True, metavar="FILE", callback=_named, help="The file to write."
)
@click.pass_context
def parse(context: click.Context, /, **_: object) -> None:
    """Print what is read, as newsbook's JSON: an article, or an issue of several."""
    _make(context, "json")


cli.add_command(config_command((pdf, epub)))


def _make(context: click.Context, kind: Kind) -> None:
    """Make outputs of a kind; with `--dump` the model that is read, in their place."""
    dump: dict[str, Kind] = {"article": "json", "ninjs": "ninjs"}
    make(context, dump.get(f"{context.params.get('dump')}", kind))


def main() -> NoReturn:
    """Run the command line. What runs a command has its own end; here end the help, and a call that makes no sense."""
    settle()
    try:
        code = cli(prog_name="newsbook", standalone_mode=False)
    except click.ClickException as error:
        code = _show(error)
    except click.Abort:
        code = Exit.INTERRUPTED
    except NewsbookError as error:
        Terminal(quiet=False, verbose=False).fail(str(error), error.exit)
    sys.exit(code or Exit.OK)


def _show(error: click.ClickException) -> int:
    try:
        error.show()
    except OSError:
        give_up_errors()
    return error.exit_code
