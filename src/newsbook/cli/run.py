"""One run of a command, from its call to its exit code: what it reads, makes, writes, and leaves on record."""

import re
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import msgspec

from newsbook.cli.terminal import STDOUT, Terminal
from newsbook.diagnostics import Exit, NewsbookError, Severity, UsageError, ValidationError
from newsbook.fetch.terms import Terms
from newsbook.files import (
    OVERRIDES_SUFFIX,
    STDIN,
    TEXT_SUFFIXES,
    Input,
    check_folder,
    check_target,
    expand,
    is_url,
    name_of,
    pour,
    write,
)
from newsbook.model import FORBIDDEN, Article, Issue
from newsbook.pipeline import Options, Story, gather, read
from newsbook.record import File, Findings, file_in, file_of, installed_version, record
from newsbook.store import Store
from newsbook.tags import canonical

if TYPE_CHECKING:
    from newsbook.fetch.session import Session


class Call(msgspec.Struct, frozen=True):
    """What stands on the command line, whichever the command."""

    inputs: tuple[str, ...]
    options: Options
    terms: Terms = Terms()
    output: str = ""
    report: str = ""
    profile: str = "plain"
    dump: str = ""
    strict: bool = False
    quiet: bool = False
    verbose: bool = False
    debug: bool = False


class Run:
    """One run of a command: its call, its findings, and the files that it leaves."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.terminal = Terminal(call.quiet, call.verbose)
        self.findings = Findings(self.terminal.show)
        self.add = self.findings.add
        self.inputs: tuple[File, ...] = ()
        self.leaves_record = False
        self.closing = ExitStack()
        self.session: Session | None = None
        workshop = self.closing.enter_context(tempfile.TemporaryDirectory(prefix="newsbook-"))
        self.store = Store(Path(workshop))

    def build(self, suffix: str, make: Callable[[Issue, tuple[Story, ...], "Run"], bytes]) -> None:
        """Read, gather, make, write, and leave the record last."""
        target = self.target(suffix)
        frame, stories = self.read(self.call.inputs)
        issue = gather(frame, stories, self.call.options, self.store, self.add)
        with self.terminal.progress("making up"):
            made = make(issue, stories, self)
        self.deliver(target, ((target, made),), stories)

    def deliver(
        self, target: Path, products: tuple[tuple[Path, bytes | Path], ...], stories: tuple[Story, ...]
    ) -> NoReturn:
        """Write finished files to where they belong, leave the record last, and end."""
        code = self._code()
        for place, made in products:
            place.parent.mkdir(exist_ok=True)
            self._write(place, made)
        self._leave_record(products, code, stories)
        self.terminal.say(f"{target}: {_count(len(stories), 'article')}, {_repairs(stories)}")
        sys.exit(code)

    def parse(self) -> None:
        """Read, and write the model."""
        from newsbook import native, ninjs

        target = self.target(".json")
        frame, stories = self.read(self.call.inputs)
        articles = tuple(story.article for story in stories)
        lone = len(articles) == 1 and not frame.nameplate
        document = articles[0] if lone else msgspec.structs.replace(frame, articles=articles)
        code = self._code()
        made = ninjs.dump(articles) if self.call.dump == "ninjs" else native.dump(document)
        self._write(target, made)
        self._leave_record(((target, made),), code, stories)
        sys.exit(code)

    def read(self, names: tuple[str, ...]) -> tuple[Issue, tuple[Story, ...]]:
        """Read what stands behind `names`, and remember it for the record."""
        inputs = expand(names, self.add)
        with self.terminal.progress("reading", len(inputs)) as step:

            def seen(item: Input) -> None:
                if self.call.report:
                    self._note(item)
                step()

            return read(inputs, self.call.options, self.add, seen, self._session(inputs))

    def _session(self, inputs: tuple[Input, ...]) -> "Session | None":
        """Return a session where something may have to be fetched; it lasts as long as the run."""
        if not self.call.terms.fetch_pictures and not any(item.url for item in inputs):
            return None
        from newsbook.fetch.session import Session

        self.session = self.session or self.closing.enter_context(
            Session(self.call.terms, installed_version("newsbook"))
        )
        return self.session

    def _note(self, item: Input) -> None:
        """Put an input on record; one that cannot be read is a finding already."""
        with suppress(NewsbookError), item.open() as file:
            self.inputs += (file_in(item.name, file),)

    def _spare_inputs(self) -> None:
        """Raise `UsageError` where an output would overwrite an input, or the other output."""
        named = {Path(name).resolve() for name in self.call.inputs if name != STDIN and not is_url(name)}
        taken = named | {path.with_name(path.name + OVERRIDES_SUFFIX) for path in named if path.name}
        for path in (Path(name).resolve() for name in (self.call.output, self.call.report) if name not in {"", STDOUT}):
            is_read = path.parent in taken and path.suffix in TEXT_SUFFIXES and path.exists()
            if path in taken or is_read:
                raise UsageError(f"{path.name} is an input or another output; name a file of its own.")
            taken.add(path)

    def target(self, suffix: str, *, is_folder: bool = False) -> Path:
        """Return the file or folder to write, having seen that it and the record can be written."""
        self.call = msgspec.structs.replace(self.call, options=_checked(self.call.options))
        name = self.call.output or f"{_stem(self.call.inputs)}{suffix}"
        self.call = msgspec.structs.replace(self.call, output=name)
        self._spare_inputs()
        self.leaves_record = bool(self.call.report)
        for path in filter(None, (name, self.call.report)):
            if path == name and is_folder:
                check_folder(Path(path))
            elif path != STDOUT:
                check_target(Path(path))
        return Path(name)

    def _code(self) -> Exit:
        """Return the exit code that the findings ask for. Raises `ValidationError` under `--strict`."""
        worst = self.findings.worst()
        if self.call.strict and worst in {Severity.WARNING, Severity.PROBLEM}:
            raise ValidationError("nothing was written, for --strict was given and there are findings (see above).")
        return Exit.PROBLEMS if worst is Severity.PROBLEM else Exit.OK

    def _write(self, target: Path, data: bytes | Path) -> None:
        if str(target) == STDOUT:
            pour(data, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            write(target, data)

    def _leave_record(
        self, products: tuple[tuple[Path, bytes | Path], ...], code: Exit, stories: tuple[Story, ...]
    ) -> None:
        if self.leaves_record:
            outputs = tuple(file_of(place.name, made) for place, made in products)
            self._write_record(code, "", outputs, (story.article for story in stories))

    def leave_failure(self, sentence: str, code: Exit) -> None:
        """Write the record of a failed run too, where one was asked for; that it cannot be is no second failure."""
        with suppress(NewsbookError):
            self._write_record(code, sentence, (), ())

    def _write_record(self, code: Exit, failure: str, outputs: tuple[File, ...], articles: Iterable[Article]) -> None:
        if self.leaves_record:
            data = record(
                code=code,
                failure=failure,
                inputs=self.inputs,
                outputs=outputs,
                findings=self.findings,
                articles=articles,
            )
            write(Path(self.call.report), data)


def run(call: Call, work: Callable[[Run], None]) -> None:
    """Do `work`, and end as `NewsbookError` and signals ask: one sentence, the right code, no traceback."""
    signal.signal(signal.SIGTERM, _terminate)
    run_ = Run(call)
    try:
        with run_.closing:
            work(run_)
    except NewsbookError as error:
        run_.leave_failure(str(error), error.exit)
        run_.terminal.fail(str(error), error.exit)
    except KeyboardInterrupt:
        run_.terminal.fail("interrupted; nothing was written.", Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.OUTPUT)
    except Exception as error:  # noqa: BLE001 - the last resort: an internal error must not show a traceback.
        if call.debug:
            traceback.print_exc()
        name = type(error).__name__
        run_.terminal.fail(
            f"internal error ({name}: {error}); run again with --debug and report what it prints.", Exit.INTERNAL
        )


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    sys.exit(Exit.TERMINATED)


def _stem(inputs: tuple[str, ...]) -> str:
    """Return the output's name where none is given: the only input's, without its suffix."""
    if len(inputs) != 1 or inputs[0] == STDIN:
        return "newsbook"
    if is_url(inputs[0]):
        return re.sub(r"\W+", "-", Path(name_of(inputs[0])).stem).strip("-") or "newsbook"
    path = Path(inputs[0]).resolve()
    return path.name if path.is_dir() else path.stem


def _checked(options: Options) -> Options:
    """Return the options in canonical form. Raises `UsageError` for a date or language that is none, and the like."""
    for name, value in msgspec.structs.asdict(options).items():
        if isinstance(value, str) and FORBIDDEN.search(value):
            raise UsageError(f"--{name} holds a control character; write it without.")
    try:
        if options.date:
            date.fromisoformat(options.date)
        if options.retrieved:
            datetime.fromisoformat(options.retrieved)
    except ValueError as error:
        raise UsageError(f"{error}; write a date as YYYY-MM-DD.") from error
    language = canonical(options.language)
    if options.language and not language:
        raise UsageError(f"“{options.language}” is no language tag; write zh-Hans, zh-Hant, ja or ko.")
    return msgspec.structs.replace(options, language=language)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _repairs(stories: tuple[Story, ...]) -> str:
    repairs = [repair for story in stories for repair in story.article.source.repairs]
    doubtful = sum(repair.doubtful for repair in repairs)
    made = _count(len(repairs) - doubtful, "repair")
    return f"{made}, {doubtful} doubtful" if doubtful else made
