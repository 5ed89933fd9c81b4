"""The command line: arguments → options → pipeline. The only place that prints or exits."""

import re
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import msgspec

from newsbook.diagnostics import Diagnostic, Exit, NewsbookError, Severity, UsageError, ValidationError
from newsbook.files import check_target, expand, write
from newsbook.model import Issue
from newsbook.pipeline import Options, Story, gather, make_epub, make_pdf, read
from newsbook.record import Findings, record

STDOUT = "-"

EPILOG = """\b
Exit codes:
  0    done
  1    internal error
  2    wrong usage or configuration
  3    done, but an article or picture that was asked for could not be used
  4    no usable input
  5    the output cannot be written
  6    the finished file fails its own check, or a warning under --strict
  7    a library, program or font is missing
  8    an input exceeds a limit
  130  interrupted
  143  terminated"""

Command = Callable[..., None]
Decorator = Callable[[Command], Command]


class Call(msgspec.Struct, frozen=True):
    """What stands on the command line, whichever the command."""

    inputs: tuple[str, ...]
    options: Options
    output: str = ""
    report: str = ""
    profile: str = "plain"
    strict: bool = False
    quiet: bool = False
    verbose: bool = False
    debug: bool = False


_READING: tuple[Decorator, ...] = (
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT…"),
    click.option("-l", "--lang", "language", default="", metavar="TAG", help="Language of every article, as zh-Hant."),
    click.option("--encoding", default="", metavar="NAME", help="Encoding of text pages, as gb18030."),
    click.option("--url", default="", metavar="URL", help="Where the article was published, for its colophon."),
    click.option("--retrieved", default="", metavar="DATE", help="When it was retrieved: YYYY-MM-DD[THH:MM:SS]."),
    click.option("--report", default="", metavar="FILE", help="Write findings and repairs to FILE as JSON."),
    click.option("--strict", is_flag=True, help="Fail on any warning or unusable input, and write nothing."),
    click.option("-q", "--quiet", is_flag=True, help="Print failures only."),
    click.option("-v", "--verbose", is_flag=True, help="Print notes as well as warnings."),
    click.option("--debug", is_flag=True, help="Show where in the program an internal error came from."),
)

_ISSUE: tuple[Decorator, ...] = (
    click.option("-t", "--nameplate", default="", metavar="TEXT", help="Name of the publication."),
    click.option("--number", default="", metavar="TEXT", help="Number of the issue: 12, or in words."),
    click.option("--date", default="", metavar="DATE", help="Day of the issue, YYYY-MM-DD; else the newest article's."),
    click.option("--publisher", default="", metavar="TEXT", help="Who publishes the issue."),
    click.option("--rights", default="", metavar="TEXT", help="Rights statement of the issue."),
    click.option("--style", default="bulletin", show_default=True, metavar="NAME", help="A style's name or folder."),
)


def _with(decorators: tuple[Decorator, ...]) -> Decorator:
    return lambda command: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)


def _output(suffix: str) -> Decorator:
    text = f"The file to write, else the input's name with {suffix}; - is standard output."
    return click.option("-o", "--output", default="", metavar="FILE", help=text)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG)
@click.version_option(package_name="newsbook", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn scraped news articles, Chinese, Japanese and Korean, into print and e-book editions.

    INPUT is a text page as scraped, newsbook's own JSON, a folder of them (read by name), or - for standard input.
    A page's pictures lie beside it: page.txt, page.1.jpg, page.2.png. Findings go to standard error.
    """


@cli.command(epilog="Example: newsbook pdf cuttings/ -o bulletin.pdf -t 渡口街坊報 --number 12")
@_with(_READING)
@_with(_ISSUE)
@_output(".pdf")
@click.option(
    "--profile",
    type=click.Choice(["plain", "accessible"]),
    default="plain",
    show_default=True,
    help="accessible: conform to PDF/UA-1.",
)
@click.pass_context
def pdf(context: click.Context, /, **_: object) -> None:
    """Make a typeset PDF bulletin."""
    call = _call(context)
    _run(call, lambda run: run.build(".pdf", lambda issue: make_pdf(issue, call.options.style, call.profile, run.add)))


@cli.command(epilog="Example: newsbook epub cuttings/ -o bulletin.epub -t 渡口街坊報 --number 12")
@_with(_READING)
@_with(_ISSUE)
@_output(".epub")
@click.pass_context
def epub(context: click.Context, /, **_: object) -> None:
    """Make an EPUB collection."""
    call = _call(context)
    _run(call, lambda run: run.build(".epub", lambda issue: make_epub(issue, call.options.style, run.add)))


@cli.command(epilog="Example: newsbook parse page.txt > page.json")
@_with(_READING)
@click.option("-o", "--output", default=STDOUT, show_default=True, metavar="FILE", help="The file to write.")
@click.pass_context
def parse(context: click.Context, /, **_: object) -> None:
    """Print what is read, as newsbook's JSON: an article, or an issue of several."""
    _run(_call(context), _Run.parse)


def _call(context: click.Context) -> Call:
    params = {name: value for name, value in context.params.items() if value is not None}
    return msgspec.convert({**params, "options": msgspec.convert(params, Options)}, Call)


class _Run:
    """One run of a command: its call, its findings, and the files that it leaves."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.findings = Findings(self._show)
        self.add = self.findings.add

    def build(self, suffix: str, make: Callable[[Issue], bytes]) -> None:
        """Read, gather, make, write, and leave the record last."""
        target = self._target(suffix)
        with tempfile.TemporaryDirectory(prefix="newsbook-") as workshop:
            frame, stories = self._read()
            issue = gather(frame, stories, self.call.options, Path(workshop), self.add)
            made = make(issue)
        code = self._code()
        self._write(target, made)
        self._leave_record((target,), code, stories)
        self._say(f"{target}: {_count(len(stories), 'article')}, {_repairs(stories)}")
        sys.exit(code)

    def parse(self) -> None:
        """Read, and write the model."""
        from newsbook.native import dump

        target = self._target(".json")
        frame, stories = self._read()
        articles = tuple(story.article for story in stories)
        lone = len(articles) == 1 and not frame.nameplate
        document = articles[0] if lone else msgspec.structs.replace(frame, articles=articles)
        code = self._code()
        self._write(target, dump(document))
        self._leave_record((target,), code, stories)
        sys.exit(code)

    def _read(self) -> tuple[Issue, tuple[Story, ...]]:
        return read(expand(self.call.inputs, self.add), self.call.options, self.add)

    def _target(self, suffix: str) -> Path:
        """Return the file to write, having seen that it and the record can be written."""
        _check_dates(self.call.options)
        name = self.call.output or f"{_stem(self.call.inputs)}{suffix}"
        for path in filter(None, (name, self.call.report)):
            if path != STDOUT:
                check_target(Path(path))
        return Path(name)

    def _code(self) -> Exit:
        """Return the exit code that the findings ask for. Raises `ValidationError` under `--strict`."""
        worst = self.findings.worst()
        if self.call.strict and worst in {Severity.WARNING, Severity.PROBLEM}:
            raise ValidationError("nothing was written, for --strict was given and there are findings (see above).")
        return Exit.PROBLEMS if worst is Severity.PROBLEM else Exit.OK

    def _write(self, target: Path, data: bytes) -> None:
        if str(target) == STDOUT:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            write(target, data)

    def _leave_record(self, outputs: tuple[Path, ...], code: Exit, stories: tuple[Story, ...]) -> None:
        if self.call.report:
            articles = (story.article for story in stories)
            write(Path(self.call.report), record(outputs, code, self.findings, articles))

    def _show(self, finding: Diagnostic) -> None:
        if self.call.quiet or (finding.severity is Severity.NOTE and not self.call.verbose):
            return
        place = f"{finding.where}: " if str(finding.where) else ""
        hint = f" {finding.hint}" if finding.hint else ""
        colour = {Severity.NOTE: "blue", Severity.WARNING: "yellow", Severity.PROBLEM: "red"}[finding.severity]
        head = click.style(f"{finding.severity.value}[{finding.code.value}]", fg=colour)
        click.echo(f"{head} {_plain(f'{place}{finding.message}{hint}')}", err=True)

    def _say(self, text: str) -> None:
        if not self.call.quiet:
            click.echo(_plain(text), err=True)


def _run(call: Call, work: Callable[[_Run], None]) -> None:
    """Do `work`, and end as `NewsbookError` and signals ask: one sentence, the right code, no traceback."""
    signal.signal(signal.SIGTERM, _terminate)
    run = _Run(call)
    try:
        work(run)
    except NewsbookError as error:
        _leave_failure(run, error.exit)
        _fail(str(error), error.exit)
    except KeyboardInterrupt:
        _fail("interrupted; nothing was written.", Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.OUTPUT)
    except Exception as error:  # noqa: BLE001 - the last resort: an internal error must not show a traceback.
        if call.debug:
            traceback.print_exc()
        name = type(error).__name__
        _fail(f"internal error ({name}: {error}); run again with --debug and report what it prints.", Exit.INTERNAL)


def _leave_failure(run: _Run, code: Exit) -> None:
    """Write the record of a failed run too, where one was asked for; that it cannot be is no second failure."""
    if run.call.report:
        with suppress(NewsbookError):
            write(Path(run.call.report), record((), code, run.findings, ()))


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    sys.exit(Exit.TERMINATED)


def _fail(sentence: str, code: Exit) -> NoReturn:
    click.echo(f"{click.style('newsbook:', fg='red')} {_plain(sentence)}", err=True)
    sys.exit(code)


def _stem(inputs: tuple[str, ...]) -> str:
    """Return the output's name where none is given: the only input's, without its suffix."""
    if len(inputs) != 1 or inputs[0] == STDOUT:
        return "newsbook"
    path = Path(inputs[0]).resolve()
    return path.name if path.is_dir() else path.stem


def _check_dates(options: Options) -> None:
    try:
        if options.date:
            date.fromisoformat(options.date)
        if options.retrieved:
            datetime.fromisoformat(options.retrieved)
    except ValueError as error:
        raise UsageError(f"{error}; write a date as YYYY-MM-DD.") from error


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _repairs(stories: tuple[Story, ...]) -> str:
    repairs = [repair for story in stories for repair in story.article.source.repairs]
    doubtful = sum(repair.doubtful for repair in repairs)
    made = _count(len(repairs) - doubtful, "repair")
    return f"{made}, {doubtful} doubtful" if doubtful else made


def _plain(text: str) -> str:
    """Write control characters as escapes, so that an input's text cannot steer the terminal."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda m: f"\\x{ord(m[0]):02x}", text)


def main() -> NoReturn:
    """Run the command line."""
    cli(prog_name="newsbook")
    sys.exit(Exit.OK)
