"""What a run says on standard error: findings, failures and, on a terminal, how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from newsbook.cli.streams import give_up_errors
from newsbook.diagnostics import Diagnostic, Exit, Severity, printable

_COLOURS = {Severity.NOTE: "blue", Severity.WARNING: "yellow", Severity.PROBLEM: "red"}

# ECMA-48: to the first column, and erase the line.
_CLEAR = "\r\x1b[K"


class Terminal:
    """Standard error. Without a terminal there is no colour and no bar; `quiet` leaves failures only.

    `outcome` is what is said of the files where a run is ended.
    """

    def __init__(self, quiet: bool, verbose: bool) -> None:  # noqa: FBT001 - as the options are called.
        self._quiet = quiet
        self._verbose = verbose
        self._has_bar = False
        self.outcome = "nothing was written."

    def show(self, finding: Diagnostic) -> None:
        """Print a finding, unless it is a note and nobody asked for those."""
        if self._quiet or (finding.severity is Severity.NOTE and not self._verbose):
            return
        place = f"{finding.where}: " if str(finding.where) else ""
        hint = f" {finding.hint}" if finding.hint else ""
        head = click.style(f"{finding.severity.value}[{finding.code.value}]", fg=_COLOURS[finding.severity])
        self._echo(f"{head} {printable(f'{place}{finding.message}{hint}')}")

    def say(self, text: str) -> None:
        """Print a sentence, unless the run is to be quiet."""
        if not self._quiet:
            self._echo(printable(text))

    def fail(self, sentence: str, code: Exit, *others: str) -> NoReturn:
        """Print why the run fails, a sentence a line, and exit."""
        lines = "\n".join(map(printable, (sentence, *others)))
        self._echo(f"{click.style('newsbook:', fg='red')} {lines}")
        sys.exit(code)

    @contextmanager
    def progress(self, label: str, length: int = 1) -> Iterator[Callable[[], None]]:
        """Show a bar of `length` steps while the context lasts, and yield the function that takes one."""
        self._has_bar = not self._quiet and sys.stderr.isatty()
        try:
            with click.progressbar(
                length=length, label=label, file=sys.stderr, hidden=not self._has_bar, show_eta=False
            ) as bar:
                yield lambda: bar.update(1)
        finally:
            self._clear()
            self._has_bar = False

    def _echo(self, text: str) -> None:
        self._clear()
        _print(f"{text}\n")

    def _clear(self) -> None:
        if self._has_bar:
            _print(_CLEAR, color=True)


def _print(text: str, *, color: bool | None = None) -> None:
    """Print to standard error as long as it lives."""
    try:
        click.echo(text, nl=False, err=True, color=color)
    except OSError:
        give_up_errors()
