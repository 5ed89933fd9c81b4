"""What a run says on standard error: findings, failures and, on a terminal, how far it is; or all that as JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import NoReturn

import click

from newsbook.cli.streams import give_up_errors
from newsbook.diagnostics import Diagnostic, Exit, Severity, printable

COLOURS = {Severity.NOTE: "blue", Severity.WARNING: "yellow", Severity.PROBLEM: "red"}

# ECMA-48: to the first column, and erase the line.
_CLEAR = "\r\x1b[K"


class Terminal:
    """Standard error. Without a terminal there is no colour and no bar; `quiet` leaves failures only.

    `progress` is `bar`, `none`, or `json`: then each thing that is said is an object on a line of its own, which says
    under `event` what it is. `outcome` is what is said of the files where a run is ended.
    """

    def __init__(self, *, quiet: bool, verbose: bool, progress: str = "bar") -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._progress = progress
        self._has_bar = False
        self.outcome = "nothing was written."

    def show(self, finding: Diagnostic) -> None:
        """Print a finding, unless it is a note and nobody asked for those."""
        if not self.shows(finding):
            return
        if self._progress == "json":
            self._event("finding", **as_event(finding))
            return
        place = f"{finding.where}: " if str(finding.where) else ""
        hint = f" {finding.hint}" if finding.hint else ""
        head = click.style(f"{finding.severity.value}[{finding.code.value}]", fg=COLOURS[finding.severity])
        self._echo(f"{head} {printable(f'{place}{finding.message}{hint}')}")

    def shows(self, finding: Diagnostic) -> bool:
        """Tell whether a finding is printed."""
        return not self._quiet and (finding.severity is not Severity.NOTE or self._verbose)

    def say(self, text: str) -> None:
        """Print a sentence, unless the run is to be quiet."""
        if self._progress == "json":
            self._event("message", message=printable(text))
        elif not self._quiet:
            self._echo(printable(text))

    def fail(self, sentence: str, code: Exit, *others: str) -> NoReturn:
        """Print why the run fails, a sentence a line, and exit."""
        if self._progress == "json":
            self._event("failure", exit=int(code), messages=list(map(printable, (sentence, *others))))
            sys.exit(code)
        lines = "\n".join(map(printable, (sentence, *others)))
        self._echo(f"{click.style('newsbook:', fg='red')} {lines}")
        sys.exit(code)

    @contextmanager
    def progress(self, label: str, length: int = 1) -> Iterator[Callable[[], None]]:
        """Show how far `length` steps are while the context lasts, and yield the function that takes one."""
        if self._progress == "json":
            yield self._counted(label, length)
            return
        self._has_bar = self._progress == "bar" and not self._quiet and sys.stderr.isatty()
        try:
            with click.progressbar(
                length=length, label=label, file=sys.stderr, hidden=not self._has_bar, show_eta=False
            ) as bar:
                yield lambda: bar.update(1)
        finally:
            self._clear()
            self._has_bar = False

    def _counted(self, label: str, length: int) -> Callable[[], None]:
        """Say that a stage begins, and return what says that a step of it is done."""
        done = count(1)

        def step() -> None:
            self._event("progress", stage=label, done=next(done), of=length)

        self._event("progress", stage=label, done=0, of=length)
        return step

    def _event(self, event: str, **fields: object) -> None:
        if event == "failure" or not self._quiet:
            _print(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n", color=True)

    def _echo(self, text: str) -> None:
        self._clear()
        _print(f"{text}\n")

    def _clear(self) -> None:
        if self._has_bar:
            _print(_CLEAR, color=True)


def as_event(finding: Diagnostic) -> dict[str, object]:
    """Return a finding as an object of JSON."""
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "source": printable(finding.where.source),
        "line": finding.where.line,
        "column": finding.where.column,
        "message": printable(finding.message),
        "hint": printable(finding.hint),
    }


def _print(text: str, *, color: bool | None = None) -> None:
    """Print to standard error as long as it lives."""
    try:
        click.echo(text, nl=False, err=True, color=color)
    except OSError:
        give_up_errors()
