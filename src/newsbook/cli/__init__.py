"""The command line: arguments → options → a build. This is the only place that prints or exits."""

import os
import sys
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, NoReturn

import click
from click.core import ParameterSource

from newsbook.cli.check import show_findings
from newsbook.cli.config import config_command
from newsbook.cli.diff import diff_command
from newsbook.cli.preview import preview_command
from newsbook.cli.run import hear_nothing, make
from newsbook.cli.settings import SETTINGS
from newsbook.cli.streams import STDOUT, give_up_errors, lost_output, settle
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

# What the project's annotations say, too. They would have to be loaded for every call that only wants the help.
SCRIPTS = ("keep", "hans", "hant", "hant-tw", "hant-hk")
MARKS = ("keep", "locale")
FORMS = (
    "text", "aozora", "html", "markdown", "json", "jsonl", "csv", "feed", "sitemap", "nitf", "newsml", "xml", "docx",
    "epub", "zip", "gzip", "warc"
)  # fmt: skip
DELAY, TIMEOUT = 0.5, 15.0
THICKNESS = 0.1
MEMORY, CPU, WALL = 1536, 60.0, 180.0

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
    click.option(
        "-l",
        "--lang",
        "language",
        default="",
        metavar="TAG",
        help="The language of every article, for example zh-Hant.",
    ),
    click.option(
        "--script",
        type=click.Choice(SCRIPTS),
        default="keep",
        show_default=True,
        help="Convert Chinese articles to this script. Words stay the same.",
    ),
    click.option(
        "--marks",
        type=click.Choice(MARKS),
        default="keep",
        show_default=True,
        help="Which quotation marks and full-width forms to use: the page's own, or those of its language.",
    ),
    click.option(
        "--from",
        "form",
        type=click.Choice(FORMS),
        help="Read every input in this form, if newsbook guesses it wrong.",
    ),
    click.option("--encoding", default="", metavar="NAME", help="The encoding of text pages, for example gb18030."),
    click.option("--url", default="", metavar="URL", help="Where the article was published. The colophon names it."),
    click.option(
        "--retrieved",
        default="",
        metavar="DATE",
        help="When the article was retrieved: YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS.",
    ),
    click.option(
        "--cap",
        multiple=True,
        metavar="NAME=NUMBER",
        help="Let in more, or less, of something: [gate] in newsbook.toml has the names.",
    ),
    click.option(
        "--report",
        default="",
        metavar="FILE",
        callback=_named,
        help="Write findings and repairs to this file, as JSON.",
    ),
    click.option(
        "-j",
        "--jobs",
        "workers",
        type=click.IntRange(min=0, max=256),
        default=1,
        show_default=True,
        metavar="N",
        help="Read and lay out in N processes. 0 means in this one, and without limits.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=64),
        default=MEMORY,
        show_default=True,
        metavar="MB",
        help="An input or a picture may take so much memory.",
    ),
    click.option(
        "--cpu",
        type=click.FloatRange(min=0, min_open=True),
        default=CPU,
        show_default=True,
        metavar="SECONDS",
        help="An input or a picture may take so much processor time.",
    ),
    click.option(
        "--wall",
        type=click.FloatRange(min=0, min_open=True),
        default=WALL,
        show_default=True,
        metavar="SECONDS",
        help="An input or a picture may take so long by the clock.",
    ),
    click.option(
        "--max-failures",
        "most_failures",
        type=click.IntRange(min=0),
        metavar="N",
        help="Write nothing if more than N articles cannot be used.",
    ),
    click.option("--strict", is_flag=True, help="Write nothing if there is any warning or an input cannot be used."),
    click.option("-q", "--quiet", is_flag=True, help="Print only why a run failed."),
    click.option("-v", "--verbose", is_flag=True, help="Print notes as well as warnings."),
    click.option("--debug", is_flag=True, help="Show where in the program an internal error happened."),
)

_NETWORK: tuple[Decorator, ...] = (
    click.option("--offline", is_flag=True, help="Fetch nothing. Pages and pictures come from the cache."),
    click.option("--refresh", is_flag=True, help="Fetch again what is in the cache."),
    click.option("--fetch-pictures", is_flag=True, help="Also fetch the pictures that files on disk name by URL."),
    click.option("--follow", is_flag=True, help="Also fetch what feeds of summaries and pages of links lead to."),
    click.option("--cache", default="", metavar="FOLDER", help="Keep what was fetched in this folder."),
    click.option(
        "--allow-host",
        multiple=True,
        metavar="NAME[:PORT]",
        help="Fetch from this host even if its address is not public. NAME opens ports 80 and 443, NAME:* all.",
    ),
    click.option(
        "--ignore-robots", is_flag=True, help="Fetch what robots.txt forbids. You need the owner's permission."
    ),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        default=DELAY,
        show_default=True,
        metavar="SECONDS",
        help="Wait so long between two requests to one host.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=TIMEOUT,
        show_default=True,
        metavar="SECONDS",
        help="Wait no longer than this for a host.",
    ),
)

_ISSUE: tuple[Decorator, ...] = (
    click.option("-t", "--nameplate", default="", metavar="TEXT", help="The name of the publication."),
    click.option("--number", default="", metavar="TEXT", help="The number of the issue, as 12, or in words."),
    click.option(
        "--date",
        default="",
        metavar="DATE",
        help="The day of the issue, YYYY-MM-DD. Without it, the day of the newest article.",
    ),
    click.option("--publisher", default="", metavar="TEXT", help="Who publishes the issue."),
    click.option("--rights", default="", metavar="TEXT", help="Who has which rights in the issue, in a sentence."),
    click.option(
        "--allow",
        multiple=True,
        type=click.Choice(["embargoed", "withdrawn"]),
        help="Publish articles even if they are under embargo, or withdrawn by their provider.",
    ),
    click.option(
        "--style", default="bulletin", show_default=True, metavar="NAME", help="The name or the folder of a style."
    ),
)

_DESIGN: tuple[Decorator, ...] = (
    click.option(
        "--page-size", default="", metavar="PAPER", help="The size of the page: A5, JIS-B5, Letter or 185x260mm."
    ),
    click.option("--text-size", type=float, default=0.0, metavar="POINTS", help="The size of the text."),
    click.option("--columns", type=int, default=0, metavar="NUMBER", help="How many columns a story has."),
    click.option("--accent", default="", metavar="COLOUR", help="The colour of rules and labels, as #17406d."),
    click.option(
        "--logo", default="", metavar="FILE", callback=_named, help="A picture in place of the nameplate's letters."
    ),
    click.option(
        "--running-head",
        default="",
        metavar="TEXT",
        help="What heads the pages, as '{nameplate} {date}'; {number} and {headline} are filled in, too. - is nothing.",
    ),
    click.option("--text-face", multiple=True, metavar="FAMILY", help="The family of the text."),
    click.option("--heading-face", multiple=True, metavar="FAMILY", help="The family of headings."),
    click.option("--caption-face", multiple=True, metavar="FAMILY", help="The family of captions."),
)

_DUMP: tuple[Decorator, ...] = (
    click.option(
        "--dump",
        type=click.Choice(["article", "ninjs"]),
        help="Print what was read as newsbook's JSON or as ninjs, and stop.",
    ),
)


_PRINT: tuple[Decorator, ...] = (
    click.option("--booklet", is_flag=True, help="Print a booklet, two pages on a side of a sheet, to be folded."),
    click.option("--sheets", type=click.Choice(["2up", "4up"]), help="Print so many pages on a sheet."),
    click.option(
        "--paper", default="", metavar="PAPER", help="The paper of a booklet or of sheets. Without it, A4 or A3."
    ),
    click.option(
        "--thickness",
        type=float,
        default=THICKNESS,
        show_default=True,
        metavar="MM",
        help="How thick the paper of a booklet is. Its inner pages move so far towards the fold.",
    ),
    click.option("--signature", type=int, default=0, metavar="PAGES", help="Fold so many pages of a booklet together."),
)

_SIGN_WITH: Decorator = click.option(
    "--sign-with",
    default="",
    metavar="FILE",
    callback=_named,
    help="Sign the manifest of --profile archive with this private key, of Ed25519.",
)


def _with(decorators: tuple[Decorator, ...]) -> Decorator:
    return lambda command: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)


def _output(suffix: str) -> Decorator:
    text = f"Write to this file. Without it, the input's name with {suffix}. A - is standard output."
    return click.option("-o", "--output", default="", metavar="FILE", callback=_named, help=text)


class _Commands(click.Group):
    """The commands. That their help cannot be printed is a failure like any other; click does not end the run."""

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
@_with(_READING)
@_with(_NETWORK)
@_with(_ISSUE)
@_with(_DUMP)
@_with(_DESIGN)
@_output(".pdf")
@click.option(
    "--profile",
    type=click.Choice(["plain", "accessible", "archive"]),
    default="plain",
    show_default=True,
    help="accessible makes a PDF that conforms to PDF/UA-1. archive also conforms to PDF/A-3a and holds its sources.",
)
@_SIGN_WITH
@_with(_PRINT)
@click.pass_context
def pdf(context: click.Context, /, **_: object) -> None:
    """Make a typeset PDF of an issue."""
    _make(context, "pdf")


@cli.command(epilog="Example: newsbook epub cuttings/ -o bulletin.epub -t 渡口街坊報 --number 12")
@_with(_READING)
@_with(_NETWORK)
@_with(_ISSUE)
@_with(_DUMP)
@_output(".epub")
@click.option(
    "--volume", "collection", flag_value="volume", help="Bind several issues into one book. Each INPUT is an issue."
)
@click.option("--by-month", "collection", flag_value="months", help="Bind all articles into one book, month by month.")
@click.option(
    "--individual", "collection", flag_value="individual", help="Make one book for each article. -o names a folder."
)
@click.option(
    "--cover",
    default="",
    metavar="FILE",
    callback=_named,
    help="A picture for the cover. Without it, a cover is drawn.",
)
@click.option(
    "--pages",
    default="",
    metavar="FILE",
    callback=_named,
    help="A PDF of the same issue. The e-book gets its page numbers.",
)
@click.option(
    "--profile",
    type=click.Choice(["plain", "archive"]),
    default="plain",
    show_default=True,
    help="archive makes a book that holds its sources, and a manifest of hashes.",
)
@_SIGN_WITH
@click.option(
    "--embed-fonts", is_flag=True, help="Put the style's fonts into the book, with only the characters in use."
)
@click.option(
    "--picture-size",
    type=int,
    default=0,
    metavar="PIXELS",
    help="Make no side of a picture longer, as 1200 for e-readers.",
)
@click.option(
    "--size-limit",
    default="",
    metavar="SIZE",
    help="Make pictures smaller until the book has no more bytes, as 25MB for sending by e-mail.",
)
@click.pass_context
def epub(context: click.Context, /, **_: object) -> None:
    """Make an EPUB of an issue, or of several."""
    _make(context, "epub")


@cli.command(epilog="Example: newsbook proof cuttings/ -o proof.html")
@_with(_READING)
@_with(_NETWORK)
@_output(".proof.html")
@click.pass_context
def proof(context: click.Context, /, **_: object) -> None:
    """Make a proof sheet, which shows raw beside repaired text.

    You read it in a browser, and decide on what newsbook did. The sheet saves your decisions as
    page.txt.overrides.json. Put that file beside page.txt, and every command follows it.
    """
    _make(context, "proof")


@cli.command(epilog="Example: newsbook parse page.txt > page.json")
@_with(_READING)
@_with(_NETWORK)
@click.option(
    "-o",
    "--output",
    default=STDOUT,
    show_default=True,
    metavar="FILE",
    callback=_named,
    help="Write to this file. A - is standard output.",
)
@click.pass_context
def parse(context: click.Context, /, **_: object) -> None:
    """Print what newsbook reads, as its own JSON: one article, or an issue of several."""
    _make(context, "json")


@cli.command(epilog="Example: newsbook build cuttings/")
@_with(_READING)
@_with(_NETWORK)
@_with(_ISSUE)
@click.pass_context
def build(context: click.Context, /, **_: object) -> None:
    """Make every output that newsbook.toml names.

    newsbook finds newsbook.toml in the folder of the first INPUT or above. Without an INPUT it looks in the working
    folder and above, and reads the inputs that the file names.
    """
    make(context, "")


@cli.command(epilog="Example: newsbook check cuttings/")
@_with(_READING)
@_with(_NETWORK)
@_with(_ISSUE)
@_with(_DESIGN)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
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
