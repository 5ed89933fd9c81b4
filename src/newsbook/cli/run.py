"""One run of a command, from what it was told to its exit code: findings shown, a build made, failures put in words."""

import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec import Struct

from newsbook.cli.settings import draft_of, settings_of
from newsbook.cli.streams import STDOUT, check_output, write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit, NewsbookError, UsageError

if TYPE_CHECKING:
    from newsbook.building import Build, Built
    from newsbook.model import Article
    from newsbook.project import Kind
    from newsbook.record import Findings

# What is printed where no file is named, so that the file is all that there is to say.
_PRINTED = frozenset({"json", "ninjs"})

# What ends a run. A terminal sends SIGHUP when it is closed; Windows has no such signal.
ENDING = tuple(filter(None, (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None))))


class Call(Struct, frozen=True):
    """How a command is to run: what it shows, and what it may take."""

    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    report: str = ""
    strict: bool = False
    workers: int = 1
    as_json: bool = False
    progress: str = "bar"


def make(context: click.Context, kind: "Kind") -> NoReturn:
    """Make the outputs of a kind, or all where it is empty, as newsbook.toml and the command line say; and end."""
    call = call_of(context)
    run(call, lambda terminal: _make(context, call, kind, terminal))


def call_of(context: click.Context) -> Call:
    """Return how the command at hand is to run."""
    return Call(**{name: context.params[name] for name in Call.__struct_fields__ if name in context.params})


def _make(context: click.Context, call: Call, kind: "Kind", terminal: Terminal) -> Exit:
    from newsbook.cli.summary import failed, made
    from newsbook.record import Findings

    findings = Findings(terminal.show)
    try:
        build, built = _built(context, call, kind, terminal, findings)
    except NewsbookError as error:
        if call.as_json:
            write_output(failed(error, findings.all()))
        raise
    for file in build.made:
        if not kind or file.kind not in _PRINTED:
            count = _count(len(built.articles), "article")
            terminal.say(f"{file.file}: {count}, {_repairs(built.articles)}")
    if call.as_json:
        write_output(made(built, build.made))
    return built.exit


def _built(
    context: click.Context, call: Call, kind: "Kind", terminal: Terminal, findings: "Findings"
) -> "tuple[Build, Built]":
    """Make the outputs of a kind. Raises whatever keeps them from being made."""
    from newsbook.building import Build, Manner, Stream
    from newsbook.project import check

    draft = draft_of(context, kind)
    project = check(draft, findings.add)
    if not project.outputs:
        raise _nothing_to_make(settings_of(context))
    _check_streams(call, [output.file for output in project.outputs])
    manner = Manner(call.report, strict=call.strict, workers=call.workers)
    stdout = Stream(check_output, write_output)
    sources = filter(None, (settings_of(context),))
    with Build(draft, project, findings, manner, stage=terminal.progress, stdout=stdout, sources=sources) as build:
        try:
            return build, build.run()
        finally:
            terminal.outcome = "the files were written." if build.is_written else terminal.outcome


def _check_streams(call: Call, files: list[str]) -> None:
    """Raise `UsageError` where two things would go to standard output."""
    wanted = [name for name in files if name == STDOUT]
    named = [f"-o {STDOUT}"] * len(wanted)
    named += [f"--report {STDOUT}"] if call.report == STDOUT else []
    named += ["--json"] if call.as_json else []
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} would both go to standard output; name a file for one of them.")


def _nothing_to_make(path: Path | None) -> UsageError:
    if path is None:
        return UsageError(
            "there is no newsbook.toml; write one with [[outputs]], or run newsbook pdf or newsbook epub."
        )
    return UsageError(f"{path} names no output; write [[outputs]] and a file into it, or run newsbook pdf.")


def run(call: Call, work: Callable[[Terminal], Exit]) -> NoReturn:
    """Do `work`, and end as it, a failure or a signal asks: one sentence, the right code, no traceback."""
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:  # Under nohup, for one, which is to outlive its terminal.
            signal.signal(each, _end)
    terminal = Terminal(quiet=call.quiet, verbose=call.verbose, progress=call.progress)
    try:
        sys.exit(work(terminal))
    except NewsbookError as error:
        if call.debug:
            traceback.print_exc()
        sentence, *others = error.sentences
        terminal.fail(sentence, error.exit, *others)
    except KeyboardInterrupt:
        terminal.fail(f"interrupted; {terminal.outcome}", Exit.INTERRUPTED)
    except _Terminated:
        terminal.fail(f"terminated; {terminal.outcome}", Exit.TERMINATED)
    except Exception as error:  # noqa: BLE001 - the last resort: an internal error must not show a traceback.
        if call.debug:
            traceback.print_exc()
        name = type(error).__name__
        sentence = f"internal error ({name}: {error}); run again with --debug and report what it prints."
        terminal.fail(sentence, Exit.INTERNAL)


class _Terminated(BaseException):
    """Somebody has terminated the run."""


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Leave what the run is at, and let nothing disturb it while it clears up."""
    del frame
    hear_nothing()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise _Terminated


def hear_nothing() -> None:
    """Be deaf to what ends a run, which is at its end."""
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _repairs(articles: "tuple[Article, ...]") -> str:
    repairs = [repair for article in articles for repair in article.source.repairs]
    doubtful = sum(repair.doubtful for repair in repairs)
    made = _count(len(repairs) - doubtful, "repair")
    return f"{made}, {doubtful} doubtful" if doubtful else made
