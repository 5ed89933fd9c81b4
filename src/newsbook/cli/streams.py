"""Standard input, output and error as a shell hands them over: open, closed, full, or with nobody at the other end."""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from newsbook.diagnostics import OutputError
from newsbook.targets import check_descriptor, failed, pour

STDOUT = "-"

_NAME = "standard output"
_IN, _OUT, _ERROR = range(3)


def settle() -> None:
    """Give each of the three streams that is closed something to stand for it.

    Its number would go to the next file that is opened, and what is printed would go into that. So the null device
    has it, the wrong way round: whoever reads or writes there is told that it cannot be.
    """
    for number, flags in ((_IN, os.O_WRONLY), (_OUT, os.O_RDONLY), (_ERROR, os.O_RDONLY)):
        with suppress(OSError):
            if not _is_open(number):
                os.open(os.devnull, flags)
    if sys.stdout is None:
        with suppress(OSError):
            sys.stdout = os.fdopen(_OUT, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = io.StringIO()


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def check_output() -> None:
    """Raise `OutputError` where nothing can be written to standard output, before any work is done for it."""
    check_descriptor(_OUT, _NAME)


def is_coloured(context: click.Context) -> bool:
    """Tell whether what goes to standard output is to have colours: on a terminal, unless they were switched off."""
    return sys.stdout.isatty() if context.color is None else context.color


def write_output(data: bytes | Path) -> None:
    """Write `data`, or what a file holds, to standard output. Raises `OutputError` with the reason."""
    try:
        sys.stdout.flush()
        pour(data, _OUT)
    except OSError as error:
        raise lost_output(error) from error


def lost_output(error: OSError) -> OutputError:
    """Give standard output up, so that what is left of it troubles nobody at the end. Return the failure."""
    _give_up(_OUT)
    return failed(_NAME, error)


def give_up_errors() -> None:
    """Give standard error up: the work is done all the same, and its exit code says how."""
    _give_up(_ERROR)


def _give_up(number: int) -> None:
    """Lead a stream into nothing."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)
