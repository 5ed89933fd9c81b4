"""The command line: arguments → options → a run of the pipeline. The only place that prints or exits."""

import os
import sys
from collections.abc import Callable
from functools import reduce
from typing import NoReturn

import click
import msgspec

from newsbook.cli.folders import cache_folder
from newsbook.cli.run import Call, Run, run
from newsbook.cli.shelf import make_ebooks
from newsbook.cli.terminal import STDOUT
from newsbook.conversion import Marks, Target
from newsbook.diagnostics import Exit
from newsbook.ebooks import Ebook
from newsbook.fetch.terms import Terms
from newsbook.model import Issue
from newsbook.pipeline import Options, Story, make_pdf, make_proof
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


_READING: tuple[Decorator, ...] = (
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT…"),
    click.option("-l", "--lang", "language", default="", metavar="TAG", help="Language of every article, as zh-Hant."),
    click.option(
        "--script",
        type=click.Choice([target.value for target in Target]),
        default="keep",
        show_default=True,
        help="Script that Chinese articles are brought to; vocabulary stays.",
    ),
    click.option(
        "--marks",
        type=click.Choice([marks.value for marks in Marks]),
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
    click.option("--report", default="", metavar="FILE", help="Write findings and repairs to FILE as JSON."),
    click.option("--strict", is_flag=True, help="Fail on any warning or unusable input, and write nothing."),
    click.option("-q", "--quiet", is_flag=True, help="Print failures only."),
    click.option("-v", "--verbose", is_flag=True, help="Print notes as well as warnings."),
    click.option("--debug", is_flag=True, help="Show where in the program an internal error came from."),
)

_NETWORK: tuple[Decorator, ...] = (
    click.option("--offline", is_flag=True, help="Fetch nothing; take pages and pictures from the cache."),
    click.option("--refresh", is_flag=True, help="Fetch anew what is in the cache."),
    click.option("--fetch-pictures", is_flag=True, help="Fetch the pictures, too, that files on disk name by URL."),
    click.option("--cache", default=cache_folder, metavar="FOLDER", help="Where to keep what was fetched."),
    click.option(
        "--allow-host", multiple=True, metavar="NAME", help="Fetch from this host though its address is not public."
    ),
    click.option("--ignore-robots", is_flag=True, help="Fetch what robots.txt forbids; have the owner's leave."),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        default=Terms().delay,
        show_default=True,
        metavar="SECONDS",
        help="Pause between two requests to one host.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=Terms().timeout,
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
    return click.option("-o", "--output", default="", metavar="FILE", help=text)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG)
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
    call = _call(context)

    def make(issue: Issue, _: tuple[Story, ...], work: Run) -> bytes:
        return make_pdf(issue, call.options.style, call.profile, work.store, work.add)

    run(call, lambda work: work.parse() if call.dump else work.build(".pdf", make))


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
@click.option("--cover", default="", metavar="FILE", help="A picture for the cover, else one is drawn.")
@click.option("--pages", default="", metavar="FILE", help="The PDF of the same issue, whose pages are to be quoted.")
@click.option("--embed-fonts", is_flag=True, help="Bring the style's fonts along, cut down to the characters in use.")
@click.pass_context
def epub(context: click.Context, /, **_: object) -> None:
    """Make an EPUB collection."""
    call = _call(context)
    params = {name: value for name, value in context.params.items() if value is not None}
    book = msgspec.convert(params, Ebook)
    run(call, lambda work: work.parse() if call.dump else make_ebooks(work, params.get("collection", ""), book))


@cli.command(epilog="Example: newsbook proof cuttings/ -o proof.html")
@_with(_READING)
@_with(_NETWORK)
@_output(".proof.html")
@click.pass_context
def proof(context: click.Context, /, **_: object) -> None:
    """Make a proof sheet: raw beside repaired text, to read in a browser and decide on.

    The page saves what you decide as page.txt.overrides.json. Put that beside page.txt, and every command follows it.
    """

    def make(issue: Issue, stories: tuple[Story, ...], work: Run) -> bytes:
        return make_proof(issue, stories, work.findings.all(), work.store)

    call = _call(context)
    free = msgspec.structs.replace(call.options, allow=("embargoed", "withdrawn"))
    run(msgspec.structs.replace(call, options=free), lambda work: work.build(".proof.html", make))


@cli.command(epilog="Example: newsbook parse page.txt > page.json")
@_with(_READING)
@_with(_NETWORK)
@click.option("-o", "--output", default=STDOUT, show_default=True, metavar="FILE", help="The file to write.")
@click.pass_context
def parse(context: click.Context, /, **_: object) -> None:
    """Print what is read, as newsbook's JSON: an article, or an issue of several."""
    run(_call(context), Run.parse)


def _call(context: click.Context) -> Call:
    params = {name: value for name, value in context.params.items() if value is not None}
    parts = {"options": msgspec.convert(params, Options), "terms": msgspec.convert(params, Terms)}
    call = msgspec.convert({**params, **parts}, Call)
    return msgspec.structs.replace(call, output=call.output or STDOUT) if call.dump else call


def main() -> NoReturn:
    """Run the command line."""
    cli(prog_name="newsbook")
    sys.exit(Exit.OK)
