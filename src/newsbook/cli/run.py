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

from newsbook.cli.settings import bytes_kept, draft_of, settings_of, store_of
from newsbook.cli.streams import STDOUT, check_output, write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Code, Diagnostic, Exit, NewsbookError, OutputError, Severity, UsageError

if TYPE_CHECKING:
    from newsbook.buildlog import Counts, MadeFile
    from newsbook.project import Kind, Project, ProjectDraft
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


class Result(Struct, frozen=True):
    """What a run has come to: its exit code, its files, whether written or there already, and its counts."""

    exit: Exit
    made: "tuple[MadeFile, ...]"
    counts: "Counts"


class _Task(Struct, frozen=True):
    """What is to be built, and how the command runs."""

    draft: "ProjectDraft"
    project: "Project"
    findings: "Findings"
    call: Call
    terminal: Terminal
    sources: tuple[Path, ...]


_WRITTEN = "the files were written."


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
        result = _result(context, call, kind, terminal, findings)
    except NewsbookError as error:
        if call.as_json:
            write_output(failed(error, findings.all()))
        raise
    if not any(file.is_written for file in result.made):
        terminal.say(f"nothing has changed; {_files_are(len(result.made))} up to date.")
    for file in result.made:
        if file.is_written and (not kind or file.kind not in _PRINTED):
            terminal.say(f"{file.file}: {told(result.counts)}")
        elif not file.is_written and any(each.is_written for each in result.made):
            terminal.say(f"{file.file}: as it was")
    if call.as_json:
        write_output(made(result, findings.all()))
    return result.exit


def _result(context: click.Context, call: Call, kind: "Kind", terminal: Terminal, findings: "Findings") -> "Result":
    """Make the outputs of a kind, as far as they are not there. Raises whatever keeps them from being made."""
    from newsbook.project import check

    draft = draft_of(context, kind)
    project = check(draft, findings.add)
    if not project.outputs:
        raise _nothing_to_make(settings_of(context))
    _check_streams(call, [output.file for output in project.outputs])
    store = store_of(context)
    known = _unchanged(draft, project, findings, call, store) if store else None
    if known:
        return known
    task = _Task(draft, project, findings, call, terminal, tuple(filter(None, (settings_of(context),))))
    streams = any(output.file == STDOUT for output in project.outputs)
    try:
        return _built(task, store, bytes_kept(context) if store else 0)
    except OutputError as error:
        if not store or streams or terminal.outcome == _WRITTEN:
            raise
        hint = "The next build starts anew; make room, or name another folder with --store."
        findings.add(Diagnostic(Code.STORE_UNUSABLE, f"{error}", hint=hint))
        return _built(task, "", 0)


def _unchanged(
    draft: "ProjectDraft", project: "Project", findings: "Findings", call: Call, store: str
) -> "Result | None":
    """Return what the last build came to, where one now would come to the same; its findings are told again."""
    from newsbook.buildlog import unchanged
    from newsbook.store import Store

    log = unchanged(draft, project, call.report, Store(Path(store)))
    is_worth_a_failure = call.strict and log and any(each.severity is not Severity.NOTE for each in log.findings)
    if not log or is_worth_a_failure:
        return None
    for finding in log.findings:
        findings.add(finding)
    return Result(log.exit, log.made, log.counts)


def _built(task: "_Task", store: str, most: int) -> "Result":
    from newsbook.building import Build, Manner, Stream
    from newsbook.buildlog import counts_of

    call, terminal = task.call, task.terminal
    manner = Manner(call.report, strict=call.strict, workers=call.workers, store=store, store_bytes=most)
    stdout = Stream(check_output, write_output)
    build = Build(
        task.draft, task.project, task.findings, manner, stage=terminal.progress, stdout=stdout, sources=task.sources
    )
    with build:
        try:
            built = build.run()
        finally:
            terminal.outcome = _WRITTEN if build.is_written else terminal.outcome
    return Result(built.exit, build.made, counts_of(built.articles))


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


def told(counts: "Counts") -> str:
    """Return counts as a person reads them."""
    made = f"{_count(counts.articles, 'article')}, {_count(counts.repairs, 'repair')}"
    return f"{made}, {counts.doubtful} doubtful" if counts.doubtful else made


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _files_are(number: int) -> str:
    return f"{_count(number, 'file')} {'is' if number == 1 else 'are'}"
