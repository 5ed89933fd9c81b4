"""`newsbook diff`: what changed between two issues, or a page and its new scrape, article by article."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from newsbook.claims import scratch
from newsbook.cli.folders import cache_folder
from newsbook.cli.run import Call, call_of, run
from newsbook.cli.streams import STDOUT, check_output, is_coloured, write_output
from newsbook.cli.terminal import Terminal
from newsbook.cli.verify import enclosed_inputs
from newsbook.diagnostics import Exit, InputError, Severity, UsageError, printable
from newsbook.targets import check_target, spare, write

if TYPE_CHECKING:
    from newsbook.comparison import ArticleDifference, Comparison, Difference, Strand
    from newsbook.project import ProjectDraft
    from newsbook.stories import Story

# As much as is shown of what is the same, on each side of what is not.
_CONTEXT = 16


@click.command(epilog="Example: newsbook diff monday/ tuesday/ --html changes.html")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@click.option("--html", default="", metavar="FILE", help="Write what changed to this file, as a page for a browser.")
@click.option("--exit-code", is_flag=True, help="End with exit code 6 if anything changed.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but why a run failed.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Print articles in which nothing changed, and repairs on record, too."
)
@click.option("--debug", is_flag=True, help="Show where in the program an internal error happened.")
@click.pass_context
def diff_command(context: click.Context, /, old: str, new: str, **_: object) -> None:
    """Say what changed from OLD to NEW, article by article and word by word.

    Each is a folder, a newsbook.toml, a page, newsbook's JSON, an EPUB, a URL, or a PDF that was made with --profile
    archive. Articles are matched by their addresses and contents. Repairs are no change of a text.
    """
    call = call_of(context)
    run(call, lambda terminal: _diff(context, call, (old, new), terminal))


def _diff(context: click.Context, call: Call, names: tuple[str, str], terminal: Terminal) -> Exit:
    from newsbook.comparison import as_html, compare

    html = context.params["html"]
    if names[0] == names[1] == STDOUT:
        raise UsageError("standard input can be read once; name a file for OLD or NEW.")
    _check_targets(html, names)
    with ExitStack() as closing:
        old, new = (_stories(name, call, terminal, closing) for name in names)
    comparison = compare(old, new, (_called(names[0]), _called(names[1])))
    if html:
        page = as_html(comparison)
        write_output(page) if html == STDOUT else write(Path(html), page)
    if context.params["as_json"]:
        write_output(_as_json(comparison))
    elif not call.quiet and html != STDOUT:
        lines = _lines(comparison, is_coloured=is_coloured(context), shows_all=call.verbose)
        write_output("".join(lines).encode("utf-8", "backslashreplace"))
    return Exit.VALIDATION if comparison.changed and context.params["exit_code"] else Exit.OK


def _check_targets(html: str, names: tuple[str, str]) -> None:
    """Raise where what is to be written cannot be, or is what is read."""
    check_output()
    if html and html != STDOUT:
        check_target(html)
        spare(map(Path, names), (Path(html),))


def _called(name: str) -> str:
    return printable(name.rstrip("/").rpartition("/")[2] or name)


def _stories(name: str, call: Call, terminal: Terminal, closing: ExitStack) -> "tuple[Story, ...]":
    """Return the stories of an issue, each with the hashes of its pictures."""
    from newsbook.building import Build, Manner
    from newsbook.project import check
    from newsbook.record import Findings

    findings = Findings(lambda finding: None if finding.severity is Severity.NOTE else terminal.show(finding))
    draft = _draft(name, closing)
    project = check(draft, findings.add)
    with Build(draft, project, findings, Manner(workers=call.workers), stage=terminal.progress) as build:
        return build.read()


def _draft(name: str, closing: ExitStack) -> "ProjectDraft":
    """Return the project that is meant by the name of a folder, a newsbook.toml, an edition or an input."""
    from newsbook.inputs import SETTINGS, is_url
    from newsbook.project import Project, ProjectDraft, assume, load

    path = Path(name)
    draft = _of_edition(path, closing) if not is_url(name) else None
    if draft is not None:
        return draft
    if not is_url(name) and path.is_dir() and (path / SETTINGS).is_file():
        draft = _with_inputs(load(path / SETTINGS))
    elif path.suffix.lower() == ".toml":
        draft = _with_inputs(load(path))
    else:
        if not is_url(name) and name != STDOUT and not path.exists():
            raise InputError(f"{printable(name)} does not exist; name a folder, a page or an edition.")
        draft = ProjectDraft(Project(inputs=(name,)))
    return assume(draft, "fetching.cache", cache_folder())


def _of_edition(path: Path, closing: ExitStack) -> "ProjectDraft | None":
    """Return the project of what an edition encloses; None for what is no edition, and for an e-book without."""
    from newsbook.project import Project, ProjectDraft

    kind = path.suffix.lower()
    if kind not in {".pdf", ".epub"} or not path.is_file():
        return None
    folder = closing.enter_context(scratch()) / "sources"
    folder.mkdir()
    try:
        return ProjectDraft(Project(inputs=enclosed_inputs(path, folder)), folder=folder)
    except InputError:
        if kind == ".epub":
            return None
        raise


def _with_inputs(draft: "ProjectDraft") -> "ProjectDraft":
    """Return a draft that reads its own folder, where it names no inputs."""
    return draft if draft.project.inputs else replace(draft, project=replace(draft.project, inputs=(".",)))


# --- what is printed


def _lines(comparison: "Comparison", *, is_coloured: bool, shows_all: bool) -> Iterator[str]:
    """Yield a comparison as text: words that are gone in [- -], new ones in {+ +}, as git has them."""
    from newsbook.comparison import told

    for article in comparison.articles if shows_all else comparison.changed:
        yield f"{_styled(_head(article), 'bold', is_coloured=is_coloured)}\n"
        for each in article.facts:
            yield f"  {each.what}: {_words(each, is_coloured=is_coloured)}\n"
        for each in article.blocks:
            yield f"  {_place(each)}: {_words(each, is_coloured=is_coloured)}\n"
        if article.repairs[0] != article.repairs[1] and shows_all:
            yield f"  on record: {article.repairs[0]} repairs, then {article.repairs[1]}\n"
    yield f"{', '.join(told(comparison)) or 'nothing changed'}.\n"


def _head(article: "ArticleDifference") -> str:
    fate = {"added": "added", "removed": "taken out", "changed": "changed", "same": "the same"}[article.fate]
    moved = f", moved from place {article.old} to {article.new}" if article.is_moved else ""
    name = article.new_name or article.old_name
    was = f", was {article.old_name}" if article.old_name not in {"", name} else ""
    return printable(f"{article.headline} ({name}{was}): {fate}{moved}")


def _place(difference: "Difference") -> str:
    what = f"{difference.what} {difference.new or difference.old}"
    if not difference.old:
        what += ", added"
    elif not difference.new:
        what += ", taken out"
    elif difference.old != difference.new:
        what += f", was {difference.old}"
    return f"{what}; {difference.note}" if difference.note else what


def _words(difference: "Difference", *, is_coloured: bool) -> str:
    last = len(difference.strands) - 1
    told = (_strand(each, number, last, is_coloured=is_coloured) for number, each in enumerate(difference.strands))
    return "".join(told)


def _strand(strand: "Strand", number: int, last: int, *, is_coloured: bool) -> str:
    from newsbook.comparison import StrandKind

    text = printable(strand.text.replace("\n", " / "))
    if strand.kind is StrandKind.OLD:
        return _styled(f"[-{text}-]", "red", is_coloured=is_coloured)
    if strand.kind is StrandKind.NEW:
        return _styled(f"{{+{text}+}}", "green", is_coloured=is_coloured)
    before, behind = "" if number == 0 else text[:_CONTEXT], "" if number == last else text[-_CONTEXT:]
    return text if len(text) <= len(before) + len(behind) or last == 0 else f"{before}…{behind}"


def _styled(text: str, how: str, *, is_coloured: bool) -> str:
    if not is_coloured:
        return text
    return click.style(text, bold=True) if how == "bold" else click.style(text, fg=how)


def _as_json(comparison: "Comparison") -> bytes:
    import msgspec

    document = {"version": 1, **msgspec.to_builtins(comparison)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
