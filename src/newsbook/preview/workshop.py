"""The workshop: what lies on disk is read, and set, whenever it changes; what came of it goes on the board.

An article that was changed alone is set alone at once, in a process that waits for it, since no whole issue is made up
in the time that a person waits without noticing. Then all is read anew, and the pages are made up; when something
changes again before they are, they are left.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, Thread

from msgspec import Struct
from msgspec.structs import replace

from newsbook.building import Build, Built, Manner
from newsbook.diagnostics import Diagnostic, NewsbookError
from newsbook.inputs import Input
from newsbook.jobs import Limits, Runner
from newsbook.layout.makeup import title_of
from newsbook.layout.words import words_for
from newsbook.model import Article
from newsbook.preview.aside import set_aside
from newsbook.preview.board import Board
from newsbook.preview.lanes import Lane, SupersededError
from newsbook.preview.pages import anatomy
from newsbook.preview.repertoire import Repertoire
from newsbook.preview.snapshot import Alone, ShownOutput, ShownPages, shown_article, shown_finding, stories_of
from newsbook.preview.sources import Sources, Stated, printed, read_sources, told
from newsbook.project import Facts, Output, arranged, fits
from newsbook.record import Findings
from newsbook.store import Store
from newsbook.targets import make_folder
from newsbook.workplace import Workplace

_MB = 1 << 20

# More inputs than this are not set alone, but with the whole; and an input of more articles is no article.
_MOST_ALONE = 2
_MOST_IN_ONE = 5


class Touched(Struct, frozen=True):
    """What has changed: files, or articles by their names. Where nothing is stated, anything may have."""

    files: frozenset[Path] = frozenset()
    articles: frozenset[str] = frozenset()

    def and_(self, other: "Touched") -> "Touched":
        """Return what has changed by both."""
        if Touched() in {self, other}:
            return Touched()
        return Touched(self.files | other.files, self.articles | other.articles)


class Workshop:
    """Two threads that work from when it is opened until it is closed: one reads, one has the pages made up."""

    def __init__(self, stated: Stated, settings: Path, board: Board, scratch: Path) -> None:
        self.settings, self.board = settings, board
        self.store = Store(scratch / "store")
        self.sources: Sources | None = None
        self.articles: tuple[Article, ...] = ()
        self.files: frozenset[Path] = frozenset((settings,))
        self.digests: set[str] = set()
        # What is written together locks its folder, and the scratch folder is locked as claimed.
        self._stated, self._folder = stated, scratch / "made"
        self._repertoire = repertoire = Repertoire()
        self._quick = Lane(self.store, scratch, repertoire, extends=False)
        self._slow = Lane(self.store, scratch, repertoire, extends=True)
        self._change = Condition()
        self._touched: Touched | None = Touched()
        self._wanted: Sources | None = None
        self._is_closed = False
        self._made_of: object = None
        self._findings: tuple[Diagnostic, ...] = ()
        self._threads = [Thread(target=work, daemon=True) for work in (self._read_on, self._print_on)]

    def open(self) -> None:
        """Begin to work."""
        make_folder(self._folder)
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End all work."""
        with self._change:
            self._is_closed = True
            self._change.notify_all()
        for lane in (self._quick, self._slow):
            lane.stop()
        for thread in self._threads:
            thread.join(5)

    def touch(self, touched: Touched) -> None:
        """Have read anew what has changed."""
        with self._change:
            self._touched = touched if self._touched is None else self._touched.and_(touched)
            self._change.notify_all()

    def quick(self) -> Runner:
        """Return what does a job at once."""
        return self._quick.runner(self._limits(self.sources))

    # --- reading

    def _read_on(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._touched is not None or self._is_closed)
                touched, self._touched = self._touched or Touched(), None
            if self._is_closed:
                return
            with self._failing():
                self._read(touched)

    def _read(self, touched: Touched) -> None:
        self.board.post(busy="reading")
        findings: list[Diagnostic] = []
        sources = read_sources(self._stated, self.settings, told(findings))
        self.files = sources.files
        alone = self._inputs_of(sources, touched)
        if alone and self.board.snapshot.is_stale:
            # What is being made up has changed, and would take the time of what is wanted now.
            self._made_of = None
            self._slow.stop()
        self._set_alone(sources, alone)
        read = self._built(sources, Output(kind="json"), self._quick, findings=findings)
        before = {article.source.name: article for article in self.articles}
        changed = {article.source.name for article in read.articles if before.get(article.source.name) != article}
        if before and not alone:
            self._set_alone(sources, self._inputs_of(sources, Touched(articles=frozenset(changed))))
        self.sources, self.articles, self._findings = sources, read.articles, tuple(findings)
        self._post_read(sources, read, findings)
        made_of = (read.articles, sources.project, tuple(sorted(map(_state, sources.files - {self.settings}))))
        if made_of != self._made_of:
            self._made_of = made_of
            with self._change:
                self._wanted = sources
                self._change.notify_all()
            self._slow.stop()
        elif not self.board.snapshot.is_stale:
            self.board.post(busy="", alone=None)

    def _inputs_of(self, sources: Sources, touched: Touched) -> tuple[Input, ...]:
        """Return the inputs that alone have changed; none where there are many, or where anything may have."""
        of_files = sources.of_files(touched.files)
        own = dict.fromkeys((*of_files, *filter(None, map(sources.named, touched.articles))))
        is_all = len(of_files) >= len(touched.files - {self.settings})
        return tuple(own) if is_all and len(own) <= _MOST_ALONE else ()

    def _post_read(self, sources: Sources, read: Built, findings: list[Diagnostic]) -> None:
        stories = stories_of(read.articles)
        names = tuple(article.source.name for article in stories)
        project = sources.project
        groups = {place.number: place.section for place in arranged(names, project.sections, project.order)}
        known = {(shown.name, shown.kind): shown for shown in self.board.snapshot.outputs}
        outputs = tuple(self._shown(sources, output) for output in printed(sources.project.outputs))
        everything = frozenset(article.source.name for article in read.articles)
        headed = {
            name for name in names for each in project.articles if each.headline is not None and fits(each.of, name)
        }
        self.board.post(
            title=_title(project.issue, self.settings),
            settings=self.settings.name if self.settings.exists() else "",
            articles=tuple(
                shown_article(each, groups[number], is_headed=each.source.name in headed)
                for number, each in enumerate(stories)
            ),
            aside=set_aside(findings, sources, Workplace(self.store, self.quick(), lambda _finding: None)),
            sections=tuple(section.name for section in project.sections),
            findings=tuple(shown_finding(finding, everything) for finding in findings),
            outputs=tuple(known.get((shown.name, shown.kind), shown) for shown in outputs),
            failure=(),
            is_stale=True,
        )

    def _shown(self, sources: Sources, output: Output) -> ShownOutput:
        return ShownOutput(
            name=Path(output.file).name,
            kind=output.kind,
            style=output.style or sources.project.style,
            is_named=any(output.file == named.file for named in self._stated_outputs(sources)),
        )

    def _stated_outputs(self, sources: Sources) -> tuple[Output, ...]:
        return tuple(
            each for at, each in enumerate(sources.draft.project.outputs) if f"outputs[{at}]" in sources.draft.origins
        )

    # --- setting

    def _set_alone(self, sources: Sources, inputs: tuple[Input, ...]) -> None:
        """Set what came in one or two inputs, and nothing else. What goes wrong with it is told of the whole."""
        if not inputs or not self.digests:
            return
        output = next(output for output in sources.project.outputs if output.kind == "pdf")
        names = tuple(item.url or str(item.path) for item in inputs)
        with suppress(NewsbookError, ValueError):
            built = self._built(sources, output, self._quick, inputs=names)
            if len(built.articles) <= _MOST_IN_ONE:
                pages = self._pages(built)
                first = next(article for article in built.articles if article.source.name in pages.places)
                self.board.post(alone=Alone(first.source.name, first.headline, pages), failure=())

    def _print_on(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._wanted is not None or self._is_closed)
                sources, self._wanted = self._wanted, None
            if self._is_closed or sources is None:
                return
            with suppress(SupersededError), self._failing():
                self._print(sources)

    def _print(self, sources: Sources) -> None:
        findings = list(self._findings)
        for output in printed(sources.project.outputs):
            self.board.post(busy="making up" if output.kind == "pdf" else "binding")
            built = self._built(sources, output, self._slow, findings=findings)
            self._post_output(sources, output, built)
        names = frozenset(article.source.name for article in self.articles)
        self.board.post(
            busy="", alone=None, is_stale=False, findings=tuple(shown_finding(each, names) for each in findings)
        )
        self._warm(sources)

    def _post_output(self, sources: Sources, output: Output, built: Built) -> None:
        (made,) = built.outputs
        self.digests.add(made.sha256)
        fresh = replace(self._shown(sources, output), digest=made.sha256)
        if output.kind == "pdf":
            fresh = replace(fresh, pages=self._pages(built))
            self._repertoire.settle()
        outputs = (
            fresh if (each.name, each.kind) == (fresh.name, fresh.kind) else each
            for each in self.board.snapshot.outputs
        )
        self.board.post(outputs=tuple(outputs), **({"alone": None} if output.kind == "pdf" else {}))

    def _pages(self, built: Built) -> ShownPages:
        (made,) = built.outputs
        self.digests.add(made.sha256)
        titles = [(each.source.name, title_of(each, words_for(each.language))) for each in built.articles]
        return replace(anatomy(self.store.read(made.sha256), titles), digest=made.sha256)

    def _warm(self, sources: Sources) -> None:
        """Set the first article alone, unseen, so that the process has loaded all that it takes by when it matters."""
        stories = stories_of(self.articles)
        item = sources.named(stories[0].source.name) if stories else None
        output = next(output for output in sources.project.outputs if output.kind == "pdf")
        if item:
            with suppress(NewsbookError):
                self._built(sources, output, self._quick, inputs=(item.url or str(item.path),))

    # --- building

    def _built(
        self,
        sources: Sources,
        output: Output,
        lane: Lane,
        *,
        findings: list[Diagnostic] | None = None,
        inputs: tuple[str, ...] = (),
    ) -> Built:
        """Build one output in a lane, of all inputs, or of some."""
        runner = lane.runner(self._limits(sources))
        if lane is self._slow and self._wanted is not None:
            raise SupersededError("it has changed.")
        made = replace(
            output,
            file=str(self._folder / f"{'quick' if lane is self._quick else 'whole'}.{output.kind}"),
            profile="plain",
            collection="" if output.collection == "individual" else output.collection,
            pages="",
            sign_with="",
            size_limit="",
        )
        project = replace(sources.project, outputs=(made,), **({"inputs": inputs} if inputs else {}))
        draft = replace(sources.draft, is_part=sources.draft.is_part or bool(inputs))
        manner = Manner(store=str(self.store.folder))
        collected = Findings(told([] if findings is None else findings))
        with Build(draft, project, collected, manner, runner=runner) as build:
            return build.run()

    def _limits(self, sources: Sources | None) -> Limits:
        stated = sources.project.processes if sources else None
        return Limits(stated.memory * _MB, stated.cpu, stated.wall) if stated else Limits()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Post what goes wrong while the context lasts; it goes on all the same."""
        try:
            yield
        except SupersededError:
            raise
        except NewsbookError as error:
            self.board.post(
                failure=error.sentences, busy="", settings=self.settings.name if self.settings.exists() else ""
            )
        except Exception as error:  # noqa: BLE001 - whatever one build meets with, the next may be without.
            said = f"internal error ({type(error).__name__}: {error}); what is shown is older."
            self.board.post(failure=(said,), busy="")


def _state(path: Path) -> tuple[str, int, int]:
    """Return what changes when a file does."""
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0)
    return (str(path), found.st_mtime_ns, found.st_size)


def _title(facts: Facts, settings: Path) -> str:
    return " ".join(filter(None, (facts.nameplate, facts.number))) or settings.resolve().parent.name
