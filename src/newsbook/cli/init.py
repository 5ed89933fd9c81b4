"""`newsbook init`: make an issue's folder ready, by a newsbook.toml that is written from what lies in it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsbook.cli.grouping import GroupedCommand
from newsbook.cli.run import call_of, run
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import (
    Diagnostic,
    Exit,
    InputError,
    LimitError,
    NewsbookError,
    OutputError,
    Report,
    UsageError,
    printable,
)
from newsbook.inputs import SETTINGS, by_name, holds_inputs

if TYPE_CHECKING:
    from newsbook.model import Article
    from newsbook.project.starting import Beginning, Named

_LOGOS, _COVERS = ("logo", "masthead", "nameplate", "報頭", "报头", "題字"), ("cover", "封面", "表紙", "표지")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")


@click.command(cls=GroupedCommand, epilog="Example: newsbook init 渡口街坊報-12/")
@click.argument("folder", default=".", metavar="[FOLDER]")
@click.option("-q", "--quiet", is_flag=True, help="Print only why it failed.")
@click.option("-v", "--verbose", is_flag=True, help="Print notes as well as warnings.")
@click.option("--debug", is_flag=True, help="Show where in the program an internal error happened.")
@click.pass_context
def init_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Make an issue's folder ready: write a newsbook.toml that newsbook build follows.

    newsbook reads what lies in FOLDER, and takes from it what it can: inputs, language, a logo or a cover; nameplate,
    number and date by the folder's name, or by the issue beside it. All the rest stands there as remarks. A folder
    that is not there is made. A newsbook.toml that is there stays as it is.
    """
    run(call_of(context), lambda terminal: _begun(Path(folder), terminal))


def _begun(folder: Path, terminal: Terminal) -> Exit:
    from newsbook.project.starting import text_of
    from newsbook.targets import sweep_drafts, write_new

    target = folder / SETTINGS
    sweep_drafts(folder)
    try:
        _check(folder, target)
        folder.mkdir(parents=True, exist_ok=True)
        begun = _found(folder, terminal)
        (folder / "out").mkdir(exist_ok=True)
        write_new(target, text_of(begun).encode())
    except FileExistsError as error:
        raise UsageError(f"{printable(error.filename or target)} is there already; init overwrites nothing.") from error
    except OSError as error:
        named = printable(error.filename or folder)
        raise OutputError(f"{named} cannot be written: {error.strerror}; choose another folder.") from error
    count = len(begun.articles)
    terminal.say(f"{target}: {count} article{'' if count == 1 else 's'}; look it over, then run newsbook build.")
    return Exit.OK


def _check(folder: Path, target: Path) -> None:
    """Raise `UsageError` where an issue or a series is there already."""
    if os.path.lexists(target):
        raise UsageError(f"{printable(target)} is there already, and stays as it is; edit it, or run newsbook build.")
    issues = sorted(path.parent.name for path in folder.glob(f"*/{SETTINGS}"))
    if issues:
        named = ", ".join(map(printable, issues[:3])) + (" …" if len(issues) > 3 else "")  # noqa: PLR2004
        raise UsageError(f"{printable(folder)} holds issues ({named}); name a folder in it, or run newsbook build.")


def _found(folder: Path, terminal: Terminal) -> "Beginning":
    """Return what is known of an issue by its folder."""
    from newsbook.assets import styles
    from newsbook.project.starting import Beginning, FoundArticle

    below = tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and holds_inputs(path)))

    def show(finding: Diagnostic) -> None:
        if finding.where.source not in below:  # A folder in it is read, too.
            terminal.show(finding)

    articles = {name: _read(folder / name, terminal, show) for name in ("", *below)}
    everything = [article for each in articles.values() for article in each]
    if not everything:
        terminal.say(f"there is no article in {printable(folder)} yet; put pages there before you build.")
    inputs = tuple(name or "." for name, each in articles.items() if each) or (".",)
    issue, publisher, style = _after_the_last(folder)
    languages = {article.language for article in everything}
    return Beginning(
        inputs,
        issue,
        publisher,
        languages.pop() if len(languages) == 1 else "",
        style,
        styles(),
        tuple(FoundArticle(article.source.name, article.headline) for article in everything),
        tuple((name, tuple(each.source.name for each in articles[name])) for name in below if articles[name]),
        _picture(folder, _LOGOS),
        _picture(folder, _COVERS),
    )


def _read(folder: Path, terminal: Terminal, show: Report) -> "tuple[Article, ...]":
    """Return the articles in a folder; none where it holds none, which is said."""
    from newsbook.building import build
    from newsbook.claims import scratch
    from newsbook.project import Output, Project

    try:
        with scratch() as place:
            (place / "made").mkdir()  # A folder that is written into is locked, and so is the scratch.
            outputs = (Output(file=str(place / "made" / "all.json")),)
            project = Project(inputs=(os.path.realpath(folder),), outputs=outputs)
            return build(project, report=show).articles
    except (InputError, LimitError) as error:
        if holds_inputs(folder):
            terminal.say(f"{printable(folder)}: {error}")
        return ()


def _after_the_last(folder: Path) -> "tuple[Named, str, str]":
    """Return the issue by its folder's name, its publisher and style: as the last issue beside it has them."""
    from newsbook.project import counting_number, issues_in, load
    from newsbook.project.starting import Named, named

    real = Path(os.path.realpath(folder))
    own = named(real.name, real.parent.name)
    beside = [path for path in issues_in(real.parent) if path.parent != real]
    before = [path for path in beside if not _are_two_papers(path.parent.name, real.name)]
    earlier = [path for path in before if by_name(path.parent.name) < by_name(real.name)] or before
    if not earlier:
        return own, "", "bulletin"
    try:
        last = load(earlier[-1]).project
    except NewsbookError:
        return own, "", "bulletin"
    stated = counting_number(last.issue.number)
    number = "" if stated is None else str(stated + 1)
    issue = Named(last.issue.nameplate or own.nameplate, own.number or number, own.date)
    return issue, last.issue.publisher, last.style


def _are_two_papers(folder: str, other: str) -> bool:
    """Tell whether the names of two folders name different papers; a day or a number alone names none."""
    from newsbook.project.starting import named

    papers = {paper for name in (folder, other) if any(map(str.isalpha, paper := named(name).nameplate))}
    return len(papers) > 1


def _picture(folder: Path, stems: tuple[str, ...]) -> str:
    """Return the name of a picture that is called so, empty where there is none."""
    names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _PICTURES)
    return next((name for stem in stems for name in names if Path(name).stem.lower() == stem), "")
