"""The commands that make something of articles: pdf, epub, proof, parse and build."""

from typing import TYPE_CHECKING

import click

from newsbook.cli.grouping import GroupedCommand
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
from newsbook.cli.run import make
from newsbook.cli.series import build_series

if TYPE_CHECKING:
    from newsbook.project import Kind


@click.command(cls=GroupedCommand, epilog="Example: newsbook pdf cuttings/ -o bulletin.pdf -t 渡口街坊報 --number 12")
@with_options(
    output("Without it, the input's name with .pdf."), PDF, PRINT, DUMP, ISSUE, STYLE, DESIGN, READING, NETWORK, RUN
)
@click.pass_context
def pdf(context: click.Context, /, **_: object) -> None:
    """Make a typeset PDF of an issue."""
    _make(context, "pdf")


@click.command(cls=GroupedCommand, epilog="Example: newsbook epub cuttings/ -o bulletin.epub -t 渡口街坊報 --number 12")
@with_options(output("Without it, the input's name with .epub."), EPUB, DUMP, ISSUE, STYLE, READING, NETWORK, RUN)
@click.pass_context
def epub(context: click.Context, /, **_: object) -> None:
    """Make an EPUB of an issue, or of several."""
    _make(context, "epub")


@click.command(cls=GroupedCommand, epilog="Example: newsbook proof cuttings/ -o proof.html")
@with_options(output("Without it, the input's name with .proof.html."), READING, NETWORK, RUN)
@click.pass_context
def proof(context: click.Context, /, **_: object) -> None:
    """Make a proof sheet, which shows raw beside repaired text.

    You read it in a browser, and decide on what newsbook did. The sheet saves your decisions as
    page.txt.overrides.json. Put that file beside page.txt, and every command follows it.
    """
    _make(context, "proof")


@click.command(cls=GroupedCommand, epilog="Example: newsbook parse page.txt > page.json")
@with_options(output("Without it, standard output."), READING, NETWORK, RUN)
@click.pass_context
def parse(context: click.Context, /, **_: object) -> None:
    """Print what newsbook reads, as its own JSON: one article, or an issue of several."""
    _make(context, "json")


@click.command(cls=GroupedCommand, epilog="Example: newsbook build cuttings/ -o bulletin.pdf -o bulletin.epub")
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


def _make(context: click.Context, kind: "Kind") -> None:
    """Make outputs of a kind; with `--dump` the model that is read, in their place."""
    dump: dict[str, Kind] = {"article": "json", "ninjs": "ninjs"}
    make(context, dump.get(f"{context.params.get('dump')}", kind))
