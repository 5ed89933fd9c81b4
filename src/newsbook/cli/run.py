"""One run of a command, from what it was told to its exit code: findings shown, a build made, failures put in words."""

import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click
from click.core import ParameterSource
from msgspec import Struct
from msgspec.structs import replace

from newsbook.cli.settings import bytes_kept, draft_of, settings_of, store_of
from newsbook.cli.streams import STDOUT, check_output, write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Code, Diagnostic, Exit, NewsbookError, OutputError, Severity, UsageError

if TYPE_CHECKING:
    from newsbook.building import Build
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


class Task(Struct, frozen=True):
    """What is to be built, as newsbook.toml at `path` and the command line say, and how the command runs.

    `store` is the folder of the store, empty for none, of `most` bytes.
    """

    draft: "ProjectDraft"
    path: Path | None
    call: Call
    terminal: Terminal
    findings: "Findings"
    store: str = ""
    most: int = 0


_WRITTEN = "the files were written."


def make(context: click.Context, kind: "Kind") -> NoReturn:
    """Make the outputs of a kind, or all where it is empty, as newsbook.toml and the command line say; and end."""
    call = call_of(context)
    run(call, lambda terminal: _make(context, call, kind, terminal))


def call_of(context: click.Context) -> Call:
    """Return how the command at hand is to run. Raises `click.UsageError` where an option could change nothing."""
    given = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    for name in ("memory", "cpu", "wall"):
        if name in given and context.params["workers"] == 0:
            raise click.UsageError(f"--{name} limits processes, and -j 0 has none; leave one of the two out.")
    if "store_limit" in given and context.params["store"] == "":
        raise click.UsageError("--store-limit is for a store, and --no-store has none; leave one of the two out.")
    return Call(**{name: context.params[name] for name in Call.__struct_fields__ if name in context.params})


def _make(context: click.Context, call: Call, kind: "Kind", terminal: Terminal) -> Exit:
    from newsbook.cli.summary import failed, made
    from newsbook.record import Findings

    findings = Findings(terminal.show)
    try:
        store = store_of(context)
        most = bytes_kept(context) if store else 0
        task = Task(draft_of(context, kind), settings_of(context), call, terminal, findings, store, most)
        result = result_of(task)
    except NewsbookError as error:
        if call.as_json:
            write_output(failed(error, findings.all()))
        raise
    say_what_was_made(result, kind, terminal)
    if call.as_json:
        write_output(made(result, findings.all()))
    return result.exit


def say_what_was_made(result: Result, kind: "Kind", terminal: Terminal) -> None:
    """Print a line for each file, or one that nothing has changed."""
    if not any(file.is_written for file in result.made):
        terminal.say(f"nothing has changed; {_files_are(len(result.made))} up to date.")
        return
    for file in result.made:
        if not file.is_written:
            terminal.say(f"{file.file}: as it was")
        elif not kind or file.kind not in _PRINTED:
            terminal.say(f"{file.file}: {_count(1, 'article') if file.is_one else told(result.counts)}")


def result_of(task: Task) -> Result:
    """Make what a task asks for, as far as it is not there. Raises whatever keeps it from being made."""
    from newsbook.assets import style_folders
    from newsbook.project import check
    from newsbook.targets import TargetError, sweep_drafts

    if task.path:
        sweep_drafts(task.path.resolve().parent)
    project = check(task.draft, task.findings.add)
    if not project.outputs:
        raise _nothing_to_make(task.path)
    for style in dict.fromkeys(output.style for output in project.outputs if output.style):
        style_folders(style)
    _check_streams(task.call, [output.file for output in project.outputs])
    known = _unchanged(task, project) if task.store else None
    if known:
        return known
    streams = any(output.file == STDOUT for output in project.outputs)
    try:
        return _built(task, project)
    except TargetError:
        raise
    except OutputError as error:
        if not task.store or streams or task.terminal.outcome == _WRITTEN:
            raise
        hint = "The next build starts anew; make room, or name another folder with --store."
        task.findings.add(Diagnostic(Code.STORE_UNUSABLE, f"{error}", hint=hint))
        return _built(replace(task, store=""), project)


def _unchanged(task: Task, project: "Project") -> Result | None:
    """Return what the last build came to, where one now would come to the same; its findings are told again."""
    from newsbook.buildlog import unchanged
    from newsbook.store import Store

    log = unchanged(task.draft, project, task.call.report, Store(Path(task.store)))
    if not log or (task.call.strict and any(each.severity is not Severity.NOTE for each in log.findings)):
        return None
    if any(map(task.terminal.shows, log.findings)):
        task.terminal.say("nothing has changed since the last build, which found this:")
    for finding in log.findings:
        task.findings.add(finding)
    return Result(log.exit, log.made, log.counts)


def _built(task: Task, project: "Project") -> Result:
    from newsbook.buildlog import counts_of

    with build_of(task, project) as build:
        try:
            built = build.run()
        finally:
            task.terminal.outcome = _WRITTEN if build.is_written else task.terminal.outcome
    return Result(built.exit, build.made, counts_of(built.articles))


def build_of(task: Task, project: "Project") -> "Build":
    """Return the build that a task asks for; `project` is what its draft was checked to be."""
    from newsbook.building import Build, Manner, Stream

    call = task.call
    most = task.most if task.store else 0
    manner = Manner(call.report, strict=call.strict, workers=call.workers, store=task.store, store_bytes=most)
    return Build(
        task.draft,
        project,
        task.findings,
        manner,
        stage=task.terminal.progress,
        stdout=Stream(check_output, write_output),
        sources=filter(None, (task.path,)),
    )


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
