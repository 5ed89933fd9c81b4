"""A project becomes files: its inputs are taken in, bound, made into every output, and written all together."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from itertools import chain
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.arrangement import arrange
from newsbook.assets import style_files
from newsbook.binding import Bound, bind, unbound
from newsbook.buildlog import LogWriter, MadeFile, counts_of, hash_of, is_loggable
from newsbook.claims import SCRATCH, scratch, sweep
from newsbook.diagnostics import (
    Code,
    Diagnostic,
    Exit,
    InputError,
    LimitError,
    NewsbookError,
    OutputError,
    Place,
    Report,
    Severity,
    UsageError,
    ValidationError,
    printable,
)
from newsbook.inputs import Expansion, Input, expansions, is_file, join, loose_pictures, paths_of, size_at, text_of_list
from newsbook.intake import Intake, Wish, file_manuscripts, take_in
from newsbook.jobs import Kept, Limits, Processes, Runner, Serial
from newsbook.manuscripts import Manuscript, a_kind
from newsbook.model import Article, Issue
from newsbook.outputs import MAKERS, UNBOUND, set_pages
from newsbook.project import (
    Output,
    Project,
    ProjectDraft,
    Release,
    check,
    files_named,
    located,
    pinned,
    pinned_path,
)
from newsbook.publication import STREAM, publish, recover
from newsbook.record import FileRecord, Findings, installed_version, record
from newsbook.store import Store
from newsbook.stories import Story
from newsbook.targets import Data, check_folder, check_target, make_folder, no_room, spare, write
from newsbook.workplace import Workplace

if TYPE_CHECKING:
    from newsbook.fetch.session import Session
    from newsbook.preflight import Fault, Fix, Impression, ListedWord

STDOUT = "-"

MOST_WORKERS = 256

# What it is called in the list of open files, where a file behind it can be told.
_STDOUT_FILE = Path("/dev/fd/1")

Stage: TypeAlias = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""Is told of a stage and its number of steps; as a context it yields what is called after each step."""


def unseen(label: str, length: int) -> AbstractContextManager[Callable[[], None]]:
    """Tell nobody how far a build is."""
    del label, length
    return nullcontext(lambda: None)


class Stream(Struct, frozen=True):
    """Standard output: `check` raises `OutputError` where it cannot be written, `write` writes to it."""

    check: Callable[[], None]
    write: Callable[[Data], None]


# Where the system has no limits for a process, jobs are done in this one.
WORKERS = 0 if sys.platform == "win32" else 1

_MB = 1 << 20


class Manner(Struct, frozen=True):
    """How a build is run, and nothing of what it makes.

    `record` is the file for the record, empty for none. `strict` fails on warnings. `workers` is the number of
    processes that do the jobs, one by default, each within `limits`, by default those of the project; 0 does the jobs
    in this process, and without limits. `store` is the folder of a store that is to last, which results of jobs are
    taken from; empty for one that goes with the build. It is kept to `store_bytes`, 0 for any number. With such a
    store, a file that lies there already, byte by byte, is not written again.
    """

    record: str = ""
    strict: bool = False
    workers: int | None = None
    limits: Limits | None = None
    store: str = ""
    store_bytes: int = 0


class Built(Struct, frozen=True):
    """What a build has left: its exit code, the files that it wrote, its findings, and its articles in their order."""

    exit: Exit
    outputs: tuple[FileRecord, ...]
    findings: tuple[Diagnostic, ...]
    articles: tuple[Article, ...]


def build(
    project: Project,
    folder: Path | str = "",
    *,
    manuscripts: Iterable[Manuscript] = (),
    report: Report = lambda _finding: None,
    manner: Manner = Manner(),
) -> Built:
    """Make every output of a project, as the command does, and return what came of it.

    Paths in the project are seen from `folder`, by default the working folder. `manuscripts` are articles that a
    program made; they stand behind those of the inputs. `report` is called with each finding when it is made. Raises
    `UsageError` where the project makes no sense, and otherwise the failure that the command would end with; then
    nothing was written but the record.
    """
    _check_call(project, folder, manuscripts, manner)
    findings = Findings(report)
    draft = ProjectDraft(project, folder=Path(folder))
    sound = pinned(check(draft, findings.add), draft.folder)
    with Build(draft, sound, findings, _pinned(manner)) as work:
        return work.run(tuple(manuscripts))


def _check_call(project: object, folder: object, manuscripts: object, manner: object) -> None:
    """Raise `UsageError` where what a program hands over is of another type altogether."""
    several = isinstance(manuscripts, Iterable) and not isinstance(manuscripts, str | bytes | Mapping)
    wrong: dict[str, tuple[object, bool, str]] = {
        "project": (project, isinstance(project, Project), "Project(…)"),
        "folder": (folder, isinstance(folder, Path | str), "a Path or text"),
        "manuscripts": (manuscripts, several, "a list of Manuscripts"),
        "manner": (manner, isinstance(manner, Manner), "Manner(…)"),
    }
    if isinstance(manner, Manner):
        workers = manner.workers
        is_number = workers is None or (isinstance(workers, int) and 0 <= workers <= MOST_WORKERS)
        wrong |= {
            "manner.record": (manner.record, isinstance(manner.record, str), "text"),
            "manner.store": (manner.store, isinstance(manner.store, str), "text"),
            "manner.store_bytes": (manner.store_bytes, isinstance(manner.store_bytes, int), "a number of bytes"),
            "manner.limits": (manner.limits, isinstance(manner.limits, Limits | None), "Limits(…)"),
            "manner.workers": (workers, is_number, f"a number of processes from 0 to {MOST_WORKERS}"),
        }
    for name, (value, fits, hint) in wrong.items():
        if not fits and isinstance(value, PurePath):
            raise UsageError(f"{name} is a path; write it as text: str(…).")
        if not fits:
            raise UsageError(f"{name} is {a_kind(value)}; write {hint}.")


def _pinned(manner: Manner) -> Manner:
    """Return a manner with paths that stay what they are when the working folder changes."""
    return replace(manner, record=pinned_path(manner.record), store=pinned_path(manner.store))


class Build:
    """One build, from a checked project to files. It is a context: its store and its processes last as long as it does.

    `draft` is what the project was checked from; `sources` are files beside the inputs that must not be overwritten.
    `runner` does the jobs where it outlasts the build, by the store of its manner; otherwise the build makes its own.
    """

    def __init__(  # noqa: PLR0913 - each is another thing that a build must not come by itself.
        self,
        draft: ProjectDraft,
        project: Project,
        findings: Findings,
        manner: Manner,
        *,
        stage: Stage = unseen,
        stdout: Stream | None = None,
        sources: Iterable[Path] = (),
        runner: Runner | None = None,
    ) -> None:
        self._draft, self._findings, self._manner = draft, findings, manner
        self.project = located(project, draft.folder)
        self._stage, self._stdout, self._lasting = stage, stdout, runner
        self._sources = list(sources)
        self._given = len(self._sources)
        self._files: dict[FileRecord, None] = {}
        self._expansions: dict[str, Expansion] = {}
        self._takings: dict[bool, tuple[Intake, ...]] = {}
        self._issues: dict[tuple[bool, bool], tuple[Issue, ...]] = {}
        self._leaves_record = False
        self._is_check = False
        self._session: Session | None = None
        self._closing = ExitStack()
        self._log: LogWriter | None = None
        self.is_written = False
        self.made: tuple[MadeFile, ...] = ()

    def __enter__(self) -> Self:
        with ExitStack() as closing:
            scratch = closing.enter_context(_scratch())
            store = Store(Path(self._manner.store or scratch / "store"))
            if self._manner.store:
                closing.enter_context(store.in_use())
            store.sweep()
            self._scratch, self._closing = scratch, closing
            self._work = Workplace(store, self._lasting or self._runner(store), self._findings.add)
            self._closing = closing.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()
        if self._manner.store and self._manner.store_bytes:
            Store(Path(self._manner.store)).trim(self._manner.store_bytes)

    def _runner(self, store: Store) -> Runner:
        manner, stated = self._manner, self.project.processes
        workers = WORKERS if manner.workers is None else manner.workers
        runner: Runner = Serial(store)
        if workers:
            limits = manner.limits or Limits(stated.memory * _MB, stated.cpu, stated.wall)
            runner = self._closing.enter_context(Processes(store, workers, limits, self._scratch))
        # A volume takes each input in apart, and what was read for another output is not read again for it.
        is_read_twice = len({output.collection == "volume" for output in self.project.outputs}) > 1
        # A PDF and its booklet are laid out once.
        is_set_twice = sum(output.kind == "pdf" for output in self.project.outputs) > 1
        return Kept(runner, store) if manner.store or is_read_twice or is_set_twice else runner

    def run(self, manuscripts: tuple[Manuscript, ...] = ()) -> Built:
        """Read, bind and make, then write everything, and the record last; that of a failure, too."""
        try:
            return self._run(manuscripts)
        except NewsbookError as error:
            self._leave_failure(error)
            raise
        except OSError as error:
            failure = no_room(error)
            if failure is None:
                raise
            self._leave_failure(failure)
            raise failure from error

    def _run(self, manuscripts: tuple[Manuscript, ...]) -> Built:
        outputs = self.project.outputs
        if not outputs or not (self.project.inputs or manuscripts):
            what = "outputs: name a file to make" if not outputs else "inputs: name files to read"
            raise UsageError(f"the project has no {what}, in newsbook.toml or on the command line.")
        if manuscripts and any(output.collection == "volume" for output in outputs):
            message = (
                "a volume is bound of inputs; write articles of your own into a file with newsbook.dump, as an Issue."
            )
            raise UsageError(message)
        self._open_log(manuscripts)
        self._prepare()
        for is_volume in dict.fromkeys(output.collection == "volume" for output in outputs):
            self._takings[is_volume] = self._taken(manuscripts, is_volume=is_volume)
        with self._stage("making up", 1):
            made = tuple(chain.from_iterable(map(self._made, outputs)))
        code = self._code()
        self._spare(dict.fromkeys((*self._targets(), *(Path(each.file) for each in made))), self._sources)
        taken = next(iter(self._takings.values()))
        articles = tuple(story.article for one in taken for story in one.stories if not story.lost)
        files = self._written(made, code, articles)
        self._close_log(code, articles)
        return Built(code, files, self._findings.all(), articles)

    # --- the log, by which the next build knows whether anything has changed

    def _open_log(self, manuscripts: tuple[Manuscript, ...]) -> None:
        """Begin a log where there is a store that lasts."""
        if not self._manner.store or manuscripts or not is_loggable(self.project):
            return
        self._log = LogWriter(self._work.store, self.project, self._manner.record, self._draft.origins)

    def _close_log(self, code: Exit, articles: tuple[Article, ...]) -> None:
        """Keep the log, unless another try may do better: where a job was lost, or something could not be fetched."""
        may_do_better = isinstance(self._work.runner, Kept) and self._work.runner.has_lost
        may_do_better |= self._session is not None and any(each.code in _UNSURE for each in self._findings.all())
        if self._log and not may_do_better:
            with suppress(OutputError):
                self._log.keep(self.made, code, self._findings.all(), counts_of(articles))

    # --- what is read for its own sake, and checked

    def read(self) -> tuple[Story, ...]:
        """Return the stories of the inputs as the project has them, with their pictures in the store; make nothing."""
        self._begin_reading()
        return tuple(story for story in self._takings[False][0].stories if not story.lost)

    def _begin_reading(self) -> None:
        """Take in what the project names, with all that a page tells, and no output in mind."""
        if not self.project.inputs:
            raise UsageError("the project has no inputs: name files to read, in newsbook.toml or on the command line.")
        self.project, self._is_check = replace(self.project, outputs=()), True
        self._prepare()
        self._takings[False] = self._taken((), is_volume=False)

    def check(self) -> "tuple[Fault, ...]":
        """Return everything that can be known of the issue before it is printed; write nothing but the record."""
        try:
            return self._checked()
        except NewsbookError as error:
            self._leave_failure(error)
            raise

    def fixes(self, faults: "tuple[Fault, ...]") -> "tuple[Fix, ...]":
        """Return the corrections that are safe for what the check has found."""
        from newsbook.preflight import fixes

        return tuple(fixes(self._issues[False, True][0].articles, faults))

    def _checked(self) -> "tuple[Fault, ...]":
        from newsbook.preflight import inspect, stands

        whole = self.project
        words = tuple(_listed_words(whole))
        self._begin_reading()
        bound = self._bound(Output(kind="proof"))
        with self._stage("laying out", 1):
            prints = tuple(self._prints(bound, whole))
        inputs = tuple(chain.from_iterable(part.inputs for part in self._expansions.values()))
        unused = loose_pictures(inputs, chain(self._sources, map(Path, files_named(whole))))
        (issue,) = bound.issues
        faults = inspect(issue, bound.stories, whole, prints, self._findings.all(), words, unused)
        for each in faults:
            if not each.allowed:
                self._findings.add(each.finding)
        code = Exit.VALIDATION if any(stands(each, strictly=self._manner.strict) for each in faults) else Exit.OK
        if self._leaves_record:
            publish((), self._record(code, "", (), issue.articles), self._write_straight, self._note_written)
        return faults

    def _prints(self, bound: Bound, whole: Project) -> "Iterator[Impression]":
        """Yield the pages of the issue in each style that is asked for; e-books are only made, for what is found."""
        from newsbook.preflight import Impression
        from newsbook.writers.pdf import placed_pictures

        outputs = [output for output in whole.outputs if output.kind == "pdf"] or [Output(style=whole.style)]
        for output in {each.style: each for each in reversed(outputs)}.values():
            made, _, _ = set_pages(bound, replace(output, profile="plain"), self._work)
            yield Impression(Path(output.style).name, placed_pictures(self._work.store.read(made)))
        for output in whole.outputs:
            if output.kind == "epub" and not output.collection and not output.pages:
                tuple(MAKERS["epub"](bound, replace(output, profile="plain", sign_with=""), self._work))

    # --- what is read

    def _prepare(self) -> None:
        """Find the inputs, and see that every output and the record can be written, and overwrite nothing."""
        names, beside = self.project.inputs, files_named(self.project)
        self._expansions = dict(zip(names, expansions(names, beside), strict=True))
        self._sources += filter(None, (part.list for part in self._expansions.values()))
        self._sources += map(Path, beside)
        for output in self.project.outputs:
            self._sources += style_files(output.style)
        self._spare(self._targets(), self._sources)
        self._leaves_record = bool(self._manner.record)
        new = self._new_folders()
        for output in self.project.outputs:
            if output.collection == "individual":
                check_folder(output.file)
            else:
                self._check(output.file, new)
        if self._manner.record:
            self._check(self._manner.record, new)
        if self._log:
            inputs = chain.from_iterable(part.inputs for part in self._expansions.values())
            self._log.note(chain(self._sources[self._given :], paths_of(inputs, ())))
        recover(self._folders())

    def _new_folders(self) -> frozenset[Path]:
        """Return the folders that newsbook.toml names for files and that are not there: they come with the files."""
        stated = (self._draft.origins.get(f"outputs[{at}].file") for at in range(len(self.project.outputs)))
        folders = (
            Path(output.file).parent
            for output, place in zip(self.project.outputs, stated, strict=True)
            if place and place.line and output.file != STDOUT
        )
        return frozenset(folder for folder in folders if not os.path.lexists(folder))

    def _targets(self) -> tuple[Path, ...]:
        return tuple(Path(output.file) for output in self.project.outputs)

    def _folders(self) -> Iterator[Path]:
        """Yield the folders that files go to."""
        for output in self.project.outputs:
            path = Path(output.file)
            if path != STREAM:
                yield path if output.collection == "individual" else Path(os.path.realpath(path)).parent
        if self._manner.record and self._manner.record != STDOUT:
            yield Path(os.path.realpath(self._manner.record)).parent

    def _spare(self, outputs: Iterable[Path], sources: Iterable[Path]) -> None:
        """Raise `UsageError` where one of `outputs`, or the record, would overwrite what is read, or another output."""
        record = (Path(self._manner.record),) if self._manner.record else ()
        named = tuple(_STDOUT_FILE if str(path) == STDOUT else path for path in (*outputs, *record))
        inputs = chain.from_iterable(part.inputs for part in self._expansions.values())
        try:
            spare(chain(sources, paths_of(inputs, named)), named)
        except UsageError:
            self._leaves_record = False
            raise

    def _taken(self, manuscripts: tuple[Manuscript, ...], *, is_volume: bool) -> tuple[Intake, ...]:
        """Return what was taken in, each input apart where they are to be the issues of a volume."""
        names = self.project.inputs
        if not is_volume:
            return self._arranged((self._take(names, manuscripts),))
        taken: list[Intake] = []
        for name in names:
            try:
                taken.append(self._take((name,), ()))
            except (InputError, LimitError) as error:
                where = Place(printable(Path(name).name))
                self._findings.add(Diagnostic(Code.ARTICLE_UNUSABLE, str(error), where, "The volume lacks it."))
        if not taken:
            raise InputError("there is no issue in what was given; name folders of text pages, or newsbook's JSON.")
        return self._arranged(tuple(taken))

    def _take(self, names: tuple[str, ...], manuscripts: tuple[Manuscript, ...]) -> Intake:
        own = file_manuscripts(manuscripts, self.project, self._work)
        self._sources += own.pictures
        self._spare(self._targets(), own.pictures)
        if manuscripts and not names:
            return own
        inputs = join((self._expansions[name] for name in names), self._findings.add)
        kinds = {output.kind for output in self.project.outputs}
        checks = self._is_check
        wish = Wish(pictures=checks or bool(kinds - UNBOUND), pulls=checks or "proof" in kinds)
        with self._stage("reading", len(inputs)) as step:

            def seen(files: tuple[FileRecord, ...]) -> None:
                self._files.update(dict.fromkeys(files))
                step()

            taken = take_in(inputs, self.project, self._work, self._session_for(inputs), wish, seen)
        self._sources += taken.pictures
        self._spare(self._targets(), taken.pictures)
        if self._log:
            self._log.note_read(taken.looked_for)
        last = max((raw.number for raw in taken.raws), default=0)
        raws = (*taken.raws, *(replace(raw, number=last + raw.number) for raw in own.raws))
        return replace(taken, stories=(*taken.stories, *own.stories), raws=raws)

    def _session_for(self, inputs: tuple[Input, ...]) -> "Session | None":
        """Return a session where something may have to be fetched; it lasts as long as the build."""
        fetching = self.project.fetching
        if not (fetching.pictures or fetching.follow or any(item.url for item in inputs)):
            return None
        from newsbook.fetch.clock import SYSTEM_CLOCK
        from newsbook.fetch.session import Session

        if self._session is None:
            session = Session(fetching, installed_version("newsbook"), SYSTEM_CLOCK, self._scratch)
            self._session = self._closing.enter_context(session)
        return self._session

    def _arranged(self, takings: tuple[Intake, ...]) -> tuple[Intake, ...]:
        """Return what was taken in as the project has it."""
        arranged = arrange(takings, replace(self._draft, project=self.project), self._work)
        pictures = tuple(picture for taken in arranged for picture in taken.pictures)
        self._sources += pictures
        self._spare(self._targets(), pictures)
        return arranged

    # --- what is made

    def _made(self, output: Output) -> Iterator[MadeFile]:
        """Yield the finished files of an output, which are in the store."""
        bound, store = self._bound(output), self._work.store
        for product in MAKERS[output.kind](bound, output, self._work):
            file = str(Path(output.file) / product.name) if product.name else output.file
            size, is_one = store.size(product.sha256), bool(product.name)
            yield MadeFile(file, output.kind, product.sha256, size, product.pages, is_one=is_one)

    def _bound(self, output: Output) -> Bound:
        """Return what an output is made of, bound as it asks for."""
        is_volume, is_proof = output.collection == "volume", output.kind == "proof"
        takings = self._takings[is_volume]
        stories = tuple(story for taken in takings for story in taken.stories)
        if output.kind in UNBOUND:
            whole = ((taken.frame, tuple(story for story in taken.stories if not story.lost)) for taken in takings)
            return Bound(tuple(unbound(frame, read) for frame, read in whole), stories)
        if (is_volume, is_proof) not in self._issues:
            self._issues[is_volume, is_proof] = self._issues_of(takings, is_volume=is_volume, is_proof=is_proof)
        raws = tuple(taken.raws for taken in takings)
        issues = self._issues[is_volume, is_proof]
        return Bound(issues, stories, self.project.issue, self._findings.all(), raws, self.project)

    def _issues_of(self, takings: tuple[Intake, ...], *, is_volume: bool, is_proof: bool) -> tuple[Issue, ...]:
        """Bind issues, once for all outputs that want them so: a proof is made of what may not be published, too."""
        project = self.project
        if is_proof:
            project = replace(project, release=Release(("embargoed", "withdrawn")))
        if is_volume:
            project = replace(project, issue=replace(project.issue, number="", date=""))
        return tuple(bind(taken.frame, taken.stories, project, self._work) for taken in takings)

    def _code(self) -> Exit:
        """Return the exit code that the findings ask for.

        Raises `ValidationError` under `strict`, and where more is missing than may be.
        """
        worst = self._findings.worst()
        missing = sum(finding.code in _MISSING for finding in self._findings.all())
        most = self.project.release.most_failures
        if missing > most:
            message = f"nothing was written, for {missing} articles could not be used; --max-failures allows {most}."
            raise ValidationError(message)
        if self._manner.strict and worst in {Severity.WARNING, Severity.PROBLEM}:
            raise ValidationError("nothing was written, for --strict was given and there are findings (see above).")
        return Exit.PROBLEMS if worst is Severity.PROBLEM else Exit.OK

    # --- what is written

    def _check(self, target: str, new: frozenset[Path]) -> None:
        """See that a file can be written; those folders will be there when it is."""
        if (folder := Path(target).parent) in new:
            check_folder(folder)
        elif target != STDOUT:
            check_target(target)
        elif self._stdout:
            self._stdout.check()
        else:
            raise UsageError("there is no standard output here; name a file.")

    def _written(self, made: tuple[MadeFile, ...], code: Exit, articles: tuple[Article, ...]) -> tuple[FileRecord, ...]:
        """Write the finished files and the record, all of them or none, and return the files' entries in it."""
        store = self._work.store
        made = tuple(replace(each, is_written=not self._lies_there(each)) for each in made)
        data = {Path(each.file): store.path(each.sha256) for each in made if each.is_written}
        files = tuple(FileRecord(printable(Path(each.file).name), each.sha256, each.size) for each in made)
        new = self._new_folders()
        with _folders_for(place.parent for place in data if place not in self._targets() or place.parent in new):
            whole = self._record(code, "", files, articles) if self._leaves_record else None
            if whole and not data and self._manner.store and _holds(*whole):
                whole = None
            publish(data.items(), whole, self._write_straight, self._note_written)
        self.made = made
        return files

    def _lies_there(self, made: MadeFile) -> bool:
        """Tell whether a file lies in its place already, where there is a store that lasts; else it is written anew."""
        path = Path(made.file)
        if not self._manner.store or path == STREAM or size_at(path) != made.size or not is_file(path):
            return False
        with suppress(OSError):
            return hash_of(path) == made.sha256
        return False

    def _note_written(self) -> None:
        self.is_written, self._leaves_record = True, False

    def _write_straight(self, target: Path, data: Data) -> None:
        if target == STREAM and self._stdout:
            self._stdout.write(data)
        else:
            write(target, data)

    def _record(
        self, code: Exit, failure: str, outputs: tuple[FileRecord, ...], articles: tuple[Article, ...]
    ) -> tuple[Path, bytes]:
        """Return where the record is to go, and the record."""
        return Path(self._manner.record), record(
            code=code,
            failure=failure,
            inputs=self._files,
            outputs=outputs,
            findings=self._findings,
            articles=articles,
        )

    def _leave_failure(self, failure: NewsbookError) -> None:
        """Leave the record of a failure; that it cannot be written is no second failure."""
        if self._leaves_record:
            self._leaves_record = False
            folder = Path(self._manner.record).parent
            new = (folder,) if folder in self._new_folders() else ()
            with suppress(NewsbookError), _folders_for(new):
                publish((), self._record(failure.exit, str(failure), (), ()), self._write_straight)


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file holds these bytes."""
    with suppress(OSError):
        return is_file(path) and path.read_bytes() == data
    return False


@contextmanager
def _folders_for(folders: Iterable[Path]) -> Iterator[None]:
    """Make folders for files; those that were made go where the context fails, if they are empty."""
    new = [folder for folder in dict.fromkeys(folders) if not folder.exists()]
    try:
        for folder in new:
            make_folder(folder)
        yield
    except BaseException:
        for folder in new:
            with suppress(OSError):
                folder.rmdir()
        raise


def _listed_words(project: Project) -> "Iterator[ListedWord]":
    """Yield the words that a project will not have printed. Raises `UsageError` where a list cannot be read."""
    from newsbook.preflight import ListedWord, listed

    yield from map(ListedWord, project.check.words)
    for name in project.check.word_lists:
        yield from listed(text_of_list(name).splitlines(), printable(Path(name).name))


_MISSING = frozenset({Code.ARTICLE_UNUSABLE, Code.STORY_NOT_SET})

# What may have come of the network.
_UNSURE = frozenset({Code.ARTICLE_UNUSABLE, Code.PICTURE_NOT_FETCHED, Code.NOT_WHOLE})


@contextmanager
def _scratch() -> Iterator[Path]:
    """Yield a new folder that lasts as long as the context, once what dead runs have left of theirs is swept.

    Raises `OutputError` where none can be made.
    """
    with ExitStack() as closing:
        try:
            sweep(Path(tempfile.gettempdir()), SCRATCH, "")
            folder = closing.enter_context(scratch())
        except OSError as error:
            why = f"there is no place for temporary files ({error.strerror})"
            raise OutputError(f"{why}; make room, or name a folder in TMPDIR.") from error
        yield folder
