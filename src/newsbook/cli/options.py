"""The options that commands share, by their groups, and what a shell completes of their values."""

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from newsbook.cli.grouping import Decorator, options_of
from newsbook.cli.settings import SETTINGS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# What the project's annotations say, too. They would have to be loaded for every call that only wants the help.
SCRIPTS = ("keep", "hans", "hant", "hant-tw", "hant-hk")
MARKS = ("keep", "locale")
ORDERS = ("pinyin", "zhuyin", "strokes", "gojuon", "ganada")
FORMS = (
    "text", "aozora", "html", "markdown", "json", "jsonl", "csv", "feed", "sitemap", "nitf", "newsml", "xml", "docx",
    "epub", "zip", "gzip", "warc"
)  # fmt: skip
DELAY, TIMEOUT = 0.5, 15.0
THICKNESS = 0.1
MEMORY, CPU, WALL = 1536, 60.0, 180.0

_output, _issue, _design = options_of("Output"), options_of("The issue"), options_of("Design")
_reading, _network, _run = options_of("Reading"), options_of("Network"), options_of("The run")


def _named(context: click.Context, option: click.Parameter, name: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Return the names of files as they stand on the command line, where an empty one is a mistake."""
    is_stated = bool(option.name) and context.get_parameter_source(f"{option.name}") is ParameterSource.COMMANDLINE
    if is_stated and not all(name if isinstance(name, tuple) else (name,)):
        raise click.BadParameter("the name is empty; name a file, or leave the option out.", context, option)
    return name


def _files(context: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Have the shell complete the name of a file."""
    from click.shell_completion import CompletionItem

    del context, param
    return [CompletionItem(incomplete, type="file")]


def _styles(context: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return the built-in styles that begin so; where none does, have the shell complete the name of a folder."""
    from click.shell_completion import CompletionItem

    from newsbook.assets import styles

    del context, param
    known = [CompletionItem(name) for name in styles() if name.startswith(incomplete)]
    return known or [CompletionItem(incomplete, type="dir")]


def _file(option: Callable[..., Decorator], flag: str, sentence: str) -> Decorator:
    """Return an option of a group that names a file; `sentence` is its help."""
    return option(flag, default="", metavar="FILE", callback=_named, shell_complete=_files, help=sentence)


def _seconds(option: Callable[..., Decorator], flag: str, default: float, sentence: str) -> Decorator:
    """Return an option of a group that says how long something may take."""
    above = click.FloatRange(min=0, min_open=True)
    return option(flag, type=above, default=default, show_default=True, metavar="SECONDS", help=sentence)


READING: tuple[Decorator, ...] = (
    click.argument("inputs", nargs=-1, metavar="[INPUT…]", shell_complete=_files),
    _reading(
        "-l",
        "--lang",
        "language",
        default="",
        metavar="TAG",
        help="The language of every article, for example zh-Hant.",
    ),
    _reading(
        "--script",
        type=click.Choice(SCRIPTS),
        default="keep",
        show_default=True,
        help="Convert Chinese articles to this script. Words stay the same.",
    ),
    _reading(
        "--marks",
        type=click.Choice(MARKS),
        default="keep",
        show_default=True,
        help="Which quotation marks and full-width forms to use: the page's own, or those of its language.",
    ),
    _reading(
        "--from",
        "form",
        type=click.Choice(FORMS),
        help="Read every input in this form, if newsbook guesses it wrong.",
    ),
    _reading("--encoding", default="", metavar="NAME", help="The encoding of text pages, for example gb18030."),
    _reading(
        "--lexicon",
        multiple=True,
        metavar="FILE",
        callback=_named,
        shell_complete=_files,
        help="Names and words, one a line, that damaged pages are read by.",
    ),
    _reading("--url", default="", metavar="URL", help="Where the article was published. The colophon names it."),
    _reading(
        "--retrieved",
        default="",
        metavar="DATE",
        help="When the article was retrieved: YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS, or as people write a date.",
    ),
    _reading(
        "--cap",
        multiple=True,
        metavar="NAME=NUMBER",
        help="Let in more, or less, of something: [gate] in newsbook.toml has the names.",
    ),
)

NETWORK: tuple[Decorator, ...] = (
    _network("--offline", is_flag=True, help="Fetch nothing. Pages and pictures come from the cache."),
    _network("--refresh", is_flag=True, help="Fetch again what is in the cache."),
    _network("--fetch-pictures", is_flag=True, help="Also fetch the pictures that files on disk name by URL."),
    _network("--follow", is_flag=True, help="Also fetch what feeds of summaries and pages of links lead to."),
    _network("--cache", default="", metavar="FOLDER", help="Keep what was fetched in this folder."),
    _network(
        "--allow-host",
        multiple=True,
        metavar="NAME[:PORT]",
        help="Fetch from this host even if its address is not public. NAME opens ports 80 and 443, NAME:* all.",
    ),
    _network("--ignore-robots", is_flag=True, help="Fetch what robots.txt forbids. You need the owner's permission."),
    _network(
        "--delay",
        type=click.FloatRange(min=0),
        default=DELAY,
        show_default=True,
        metavar="SECONDS",
        help="Wait so long between two requests to one host.",
    ),
    _seconds(_network, "--timeout", TIMEOUT, "Wait no longer than this for a host."),
)

ISSUE: tuple[Decorator, ...] = (
    _issue("--index", is_flag=True, help="Put an index of people, places and outlets at the back."),
    _issue(
        "--index-order",
        type=click.Choice(("", *ORDERS)),
        default="",
        metavar="ORDER",
        help="How the index files names: pinyin, zhuyin, strokes, gojuon or ganada. Without it, by the language.",
    ),
    _issue("-t", "--nameplate", default="", metavar="TEXT", help="The name of the publication."),
    _issue("--number", default="", metavar="TEXT", help="The number of the issue, as 12, or in words."),
    _issue(
        "--date",
        default="",
        metavar="DATE",
        help="The day of the issue: 2024-07-05, 2024年7月5日, 5 July 2024. Without it, the newest article's.",
    ),
    _issue("--publisher", default="", metavar="TEXT", help="Who publishes the issue."),
    _issue("--rights", default="", metavar="TEXT", help="Who has which rights in the issue, in a sentence."),
    _issue(
        "--allow",
        multiple=True,
        type=click.Choice(["embargoed", "withdrawn"]),
        help="Publish articles even if they are under embargo, or withdrawn by their provider.",
    ),
)

STYLE: tuple[Decorator, ...] = (
    _design(
        "--style",
        default="bulletin",
        show_default=True,
        metavar="NAME",
        shell_complete=_styles,
        help="The name or the folder of a style.",
    ),
)

DESIGN: tuple[Decorator, ...] = (
    _design("--page-size", default="", metavar="PAPER", help="The size of the page: A5, JIS-B5, Letter or 185x260mm."),
    _design("--text-size", type=float, default=0.0, metavar="POINTS", help="The size of the text."),
    _design("--columns", type=int, default=0, metavar="NUMBER", help="How many columns a story has."),
    _design("--accent", default="", metavar="COLOUR", help="The colour of rules and labels, as #17406d."),
    _file(_design, "--logo", "A picture in place of the nameplate's letters."),
    _design(
        "--running-head",
        default="",
        metavar="TEXT",
        help="What heads the pages, as '{nameplate} {date}'; {number} and {headline} are filled in, too. - is nothing.",
    ),
    _design("--qr", "qr", flag_value="yes", help="Print a QR code with each story that leads to its source."),
    _design("--no-qr", "qr", flag_value="no", help="Print no QR codes."),
    _design("--text-face", multiple=True, metavar="FAMILY", help="The family of the text."),
    _design("--heading-face", multiple=True, metavar="FAMILY", help="The family of headings."),
    _design("--caption-face", multiple=True, metavar="FAMILY", help="The family of captions."),
)

RUN: tuple[Decorator, ...] = (
    *SETTINGS,
    _file(_run, "--report", "Write findings and repairs to this file, as JSON. A - is standard output."),
    _run(
        "-j",
        "--jobs",
        "workers",
        type=click.IntRange(min=0, max=256),
        default=1,
        show_default=True,
        metavar="N",
        help="Read and lay out in N processes. 0 means in this one, and without limits.",
    ),
    _run(
        "--memory",
        type=click.IntRange(min=64),
        default=MEMORY,
        show_default=True,
        metavar="MB",
        help="An input or a picture may take so much memory.",
    ),
    _seconds(_run, "--cpu", CPU, "An input or a picture may take so much processor time."),
    _seconds(_run, "--wall", WALL, "An input or a picture may take so long by the clock."),
    _run(
        "--max-failures",
        "most_failures",
        type=click.IntRange(min=0),
        metavar="N",
        help="Write nothing if more than N articles cannot be used.",
    ),
    _run("--strict", is_flag=True, help="Write nothing if there is any warning or an input cannot be used."),
    _run("-q", "--quiet", is_flag=True, help="Print only why a run failed."),
    _run("-v", "--verbose", is_flag=True, help="Print notes as well as warnings."),
    _run("--json", "as_json", is_flag=True, help="Print a summary of the run on standard output, as JSON."),
    _run(
        "--progress",
        type=click.Choice(["bar", "json", "none"]),
        default="bar",
        show_default=True,
        help="Show a bar, on a terminal only; or write all that is said as lines of JSON; or show no progress.",
    ),
    _run("--debug", is_flag=True, help="Show where in the program an internal error happened."),
)

STORE: tuple[Decorator, ...] = (
    _run(
        "--store",
        metavar="FOLDER",
        shell_complete=_files,
        help="Keep what was worked out in this folder, so that the next build makes only what has changed.",
    ),
    _run("--no-store", "store", flag_value="", help="Keep nothing, and make everything anew."),
    _run(
        "--store-limit",
        default="2GB",
        show_default=True,
        metavar="SIZE",
        help="Keep no more than this; what was not used for the longest time goes first.",
    ),
)

DUMP: Decorator = _output(
    "--dump",
    type=click.Choice(["article", "ninjs"]),
    help="Print what was read as newsbook's JSON or as ninjs, and stop.",
)

PRINT: tuple[Decorator, ...] = (
    _output("--booklet", is_flag=True, help="Print a booklet, two pages on a side of a sheet, to be folded."),
    _output("--sheets", type=click.Choice(["2up", "4up"]), help="Print so many pages on a sheet."),
    _output("--paper", default="", metavar="PAPER", help="The paper of a booklet or of sheets. Without it, A4 or A3."),
    _output(
        "--thickness",
        type=float,
        default=THICKNESS,
        show_default=True,
        metavar="MM",
        help="How thick the paper of a booklet is. Its inner pages move so far towards the fold.",
    ),
    _output("--signature", type=int, default=0, metavar="PAGES", help="Fold so many pages of a booklet together."),
    _output("--bleed", default="", metavar="LENGTH", help="Have colours at the edge go so far beyond it, as 3mm."),
    _output("--crop-marks", is_flag=True, help="Print crop and registration marks around the pages."),
    _output("--binding", default="", metavar="LENGTH", help="Make the inner margins so much wider, as 5mm."),
)

SIGN_WITH: Decorator = _file(
    _output, "--sign-with", "Sign the manifest of --profile archive with this private key, of Ed25519."
)

PDF: tuple[Decorator, ...] = (
    _output(
        "--profile",
        type=click.Choice(["plain", "accessible", "archive"]),
        default="plain",
        show_default=True,
        help="accessible conforms to PDF/UA-1. archive conforms to PDF/A-3a, too, and has its sources in it.",
    ),
    SIGN_WITH,
)

EPUB: tuple[Decorator, ...] = (
    _output(
        "--volume", "collection", flag_value="volume", help="Bind several issues into one book. Each INPUT is an issue."
    ),
    _output("--by-month", "collection", flag_value="months", help="Bind all articles into one book, month by month."),
    _output(
        "--individual", "collection", flag_value="individual", help="Make one book for each article. -o names a folder."
    ),
    _file(_output, "--cover", "A picture for the cover. Without it, a cover is drawn."),
    _file(_output, "--pages", "A PDF of the same issue. The e-book gets its page numbers."),
    _output(
        "--profile",
        type=click.Choice(["plain", "archive"]),
        default="plain",
        show_default=True,
        help="archive makes a book that holds its sources, and a manifest of hashes.",
    ),
    SIGN_WITH,
    _output(
        "--embed-fonts", is_flag=True, help="Put the style's fonts into the book, with only the characters in use."
    ),
    _output(
        "--picture-size",
        type=int,
        default=0,
        metavar="PIXELS",
        help="Make no side of a picture longer, as 1200 for e-readers.",
    ),
    _output(
        "--size-limit",
        default="",
        metavar="SIZE",
        help="Make pictures smaller until the book has no more bytes, as 25MB for sending by e-mail.",
    ),
)


def output(default: str) -> Decorator:
    """Return the option that names files to be made; `default` is the sentence on what is made without it."""
    several = "Write to this file; several are made of one reading, each what its name ends in."
    return _output(
        "-o",
        "--output",
        multiple=True,
        metavar="FILE",
        callback=_named,
        shell_complete=_files,
        help=f"{several} {default} A - is standard output.",
    )


def with_options(*options: Decorator | tuple[Decorator, ...]) -> Decorator:
    """Return what gives a command options, and groups of them, in this order."""
    flat = [each for one in options for each in (one if isinstance(one, tuple) else (one,))]
    return lambda command: reduce(lambda inner, decorator: decorator(inner), reversed(flat), command)
