"""`newsbook build SERIES/`: build every issue of a series that is new or has changed; none waits for another."""

from pathlib import Path

import click
from msgspec.structs import replace

from newsbook.cli.run import Call, Task, call_of, result_of, run
from newsbook.cli.settings import bytes_kept, draft_at, store_of
from newsbook.cli.streams import write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Diagnostic, Exit, NewsbookError, UsageError, printable


def build_series(context: click.Context) -> None:
    """Build the issues of a series, and end; return where the command names none."""
    folder = _series(context)
    if folder:
        call = call_of(context)
        run(call, lambda terminal: _build(folder, context, call, terminal))


def _series(context: click.Context) -> Path | None:
    """Return the folder that holds issues and is none itself, where one is all that is named; or the working folder."""
    from newsbook.inputs import SETTINGS
    from newsbook.project import is_series, issues_in

    inputs = context.params["inputs"]
    if len(inputs) > 1 or context.params["config"] is not None:
        return None
    folder = Path(inputs[0] if inputs else ".")
    if not folder.is_dir() or not issues_in(folder):
        return None
    return None if (folder / SETTINGS).exists() and not is_series(folder / SETTINGS) else folder


def _build(folder: Path, context: click.Context, call: Call, terminal: Terminal) -> Exit:
    from newsbook.cli.summary import encoded
    from newsbook.project import issues_in

    for flag, is_said in (("-o", context.params["output"]), ("--report", call.report)):
        if is_said:
            raise UsageError(f"{flag} names files of one issue, and {printable(folder)} is a series; leave it out.")
    store = store_of(context)
    most = bytes_kept(context) if store else 0
    told = [_issue(path, context, call, terminal, store, most) for path in issues_in(folder)]
    code = _code([code for code, _ in told])
    if call.as_json:
        write_output(encoded({"version": 1, "exit": int(code), "issues": [said for _, said in told]}))
    return code


def _code(codes: list[Exit]) -> Exit:
    """Return how a series ends: well where all issues do, as the first where none was made, else with problems."""
    if {Exit.OK, Exit.PROBLEMS}.isdisjoint(codes):
        return codes[0]
    return Exit.OK if set(codes) == {Exit.OK} else Exit.PROBLEMS


def _issue(  # noqa: PLR0913, PLR0917 - what every issue of the series is built with.
    path: Path, context: click.Context, call: Call, terminal: Terminal, store: str, most: int
) -> tuple[Exit, dict[str, object]]:
    """Build one issue, and return how that ended, and its summary. A failure is told, and is no failure of others."""
    from newsbook.cli.summary import of_result, summary
    from newsbook.record import Findings

    name = printable(path.parent.name)
    findings = Findings(lambda finding: terminal.show(_in_folder(finding, path.parent.name)))
    terminal.outcome = ""
    try:
        result = result_of(Task(draft_at(path, context), path, call, terminal, findings, store, most))
    except NewsbookError as error:
        terminal.say(f"{name}: it was not made: {'; '.join(error.sentences)}")
        return error.exit, {"folder": name} | summary(int(error.exit), str(error), findings.all(), ())
    written = [file.file for file in result.made if file.is_written]
    terminal.say(f"{name}: {', '.join(written) if written else 'nothing has changed'}")
    return result.exit, {"folder": name} | of_result(result, findings.all())


def _in_folder(finding: Diagnostic, folder: str) -> Diagnostic:
    """Return a finding with the folder of its issue before its place: every issue may have a page of one name."""
    where = finding.where
    return replace(finding, where=replace(where, source="/".join(filter(None, (folder, where.source)))))
