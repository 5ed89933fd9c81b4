"""Take inputs in: fetch and store them, have each read by a job, and collect the stories with their pictures."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook import native
from newsbook.diagnostics import Code, Diagnostic, Exit, InputError, LimitError, NewsbookError, Place, Report, of_it
from newsbook.gate import Caps, admit_stories
from newsbook.inputs import OVERRIDES_SUFFIX, Input, is_url, path_beside, text_of_list
from newsbook.intake.duplicates import each_once, perhaps_once
from newsbook.intake.following import Arrival, Leads, follow
from newsbook.intake.job import Read, ReadInput, as_told, terms_of
from newsbook.intake.salvage import Lost, pieces_of
from newsbook.jobs import Failed, Outcome
from newsbook.manuscripts import Manuscript, ManuscriptError, checked_manuscript, headline_of
from newsbook.model import Article, Issue, Retrieval, Source
from newsbook.pictures.datauris import SMALLEST, is_data, read_data, size_of
from newsbook.project import Project, shown
from newsbook.record import FileRecord
from newsbook.store import Store
from newsbook.stories import Attached, Raw, Story, pictures_named
from newsbook.workplace import Workplace

if TYPE_CHECKING:
    from newsbook.fetch.session import Session

Seen: TypeAlias = Callable[[tuple[FileRecord, ...]], None]
"""Is called after each input with the files that were read for it."""

# How an input fails that is at fault itself, and not what newsbook stands on.
_OF_ONE_INPUT = frozenset({Exit.INPUT, Exit.LIMIT, Exit.INTERNAL})

NO_FRAME = Issue(nameplate="", articles=(), language="")


class Intake(Struct, frozen=True):
    """Stories, the frame of an issue that an input may have brought, and the files of pictures on this machine.

    `raws` is what they were read from, as it came. `looked_for` are the pictures that articles name beside them, each
    with its hash as it was read, empty where there was none to be had.
    """

    stories: tuple[Story, ...]
    frame: Issue = NO_FRAME
    pictures: tuple[Path, ...] = ()
    raws: tuple[Raw, ...] = ()
    looked_for: tuple[tuple[Path, str], ...] = ()


class Wish(Struct, frozen=True):
    """What is wanted of stories beside their articles: their pictures, and what a proof sheet needs."""

    pictures: bool = True
    pulls: bool = False


def take_in(  # noqa: PLR0913, PLR0917 - each is another thing that intake must not fetch for itself.
    inputs: tuple[Input, ...],
    project: Project,
    work: Workplace,
    session: "Session | None" = None,
    wish: Wish = Wish(),
    seen: Seen = lambda _files: None,
) -> Intake:
    """Return the stories of `inputs`, in their order.

    Pages on the network, and the pictures of their stories, are fetched in `session`. An input that cannot be used is
    a finding; where it is the only one, its failure is raised. Raises `InputError` where there is no story at all.
    """
    collector = _Collector(project, work, session, wish, seen)
    return collector.taken(follow(collector.given(inputs), collector, project.fetching, work.report))


def _read(inputs: Iterator["_Prepared"], work: Workplace) -> Iterator[tuple["_Prepared", Outcome[Read] | None]]:
    """Yield each input with what came of its job, in their order; of an input without a job nothing comes."""
    waiting: deque[_Prepared] = deque()

    def jobs() -> Iterator[ReadInput]:
        for prepared in inputs:
            waiting.append(prepared)
            if prepared.job:
                yield prepared.job

    for result in work.runner.map(jobs()):
        while waiting[0].job is None:
            yield waiting.popleft(), None
        yield waiting.popleft(), result
    yield from ((prepared, None) for prepared in waiting)


class _Prepared(Struct, frozen=True):
    """An input that lies in the store, with the job that reads it; or why there is none."""

    item: Input
    job: ReadInput | None = None
    files: tuple[FileRecord, ...] = ()
    failure: InputError | LimitError | None = None


class _Collector:
    """Reads inputs, and keeps what was taken in beside their stories."""

    def __init__(self, project: Project, work: Workplace, session: "Session | None", wish: Wish, seen: Seen) -> None:
        self._work, self._session, self._wish, self._seen = work, session, wish, seen
        self._terms, self._caps = terms_of(project), project.gate
        self._lexicon = _stored_lexicon(project, work.store)
        self._frame = NO_FRAME
        self._pictures: list[Path] = []
        self._looked_for: dict[Path, str] = {}
        self._raws: dict[Raw, None] = {}
        self._numbers: dict[Input, int] = {}
        self._given = 0
        self._names: dict[int, list[str]] = {}

    @property
    def is_online(self) -> bool:
        """Whether anything can be fetched."""
        return self._session is not None

    def taken(self, entries: Iterable[Arrival]) -> Intake:
        """Return what was taken in, each story once. Raises `InputError` where it is nothing."""
        stories = tuple(_once(_latest(entries, self._work.report), self._work.report))
        if all(story.lost for story in stories):
            raise InputError(
                "there is no article in what was given; name text pages, newsbook's JSON, or a folder of them."
            )
        raws = sorted(map(self._settled, self._raws), key=lambda raw: raw.number)
        looked_for = tuple(self._looked_for.items())
        return Intake(stories, self._frame, tuple(self._pictures), tuple(raws), looked_for)

    def _settled(self, raw: Raw) -> Raw:
        """Return something that was read with the names of the articles in it, and whether it was found or given."""
        is_found = raw.role == "page" and raw.number > self._given
        role = "further page" if is_found else raw.role
        return replace(raw, role=role, names=tuple(self._names.get(raw.number, ())))

    def given(self, inputs: tuple[Input, ...]) -> list[Arrival | Leads]:
        """Return what the inputs hold that a person gave; what is read after them was found by them."""
        entries = self.read(inputs, is_only=len(inputs) == 1)
        self._given = len(self._numbers)
        return entries

    def read(self, inputs: Iterable[Input], *, is_only: bool = False) -> list[Arrival | Leads]:
        """Return the stories of `inputs` and the lists of addresses among them, in their order.

        An input that cannot be used is a finding; where it `is_only`, its failure is raised.
        """
        entries: list[Arrival | Leads] = []
        for prepared, result in _read(map(self.prepared, inputs), self._work):
            try:
                if prepared.job and isinstance(result, Failed) and result.is_lost:
                    entries += self._saved(prepared, prepared.job, result, is_only=is_only)
                else:
                    entries += self._added(prepared, result)
            except _BrokenOffError as error:
                entries += error.entries
                self._pass_over(prepared.item, error.reason, is_only=is_only)
            except NewsbookError as error:
                self._pass_over(prepared.item, error, is_only=is_only)
            finally:
                self._seen(prepared.files)
        return entries

    def _saved(self, prepared: _Prepared, job: ReadInput, lost: Failed, *, is_only: bool) -> list[Arrival | Leads]:
        """Return what can be read of an input whose job was lost, with a notice for what cannot."""
        pieces = pieces_of(job, lost, self._work)
        if is_only and all(isinstance(piece, Lost) for piece in pieces):
            raise lost.error()
        entries: list[Arrival | Leads] = []
        for piece in pieces:
            if not isinstance(piece, Lost):
                entries += self._arrived(prepared, piece)
                continue
            hint = "A notice stands in its place; give it more with --memory, --cpu or --wall, or leave it out."
            self._work.report(Diagnostic(Code.ARTICLE_UNUSABLE, piece.why, Place(piece.name), hint))
            story = Story(Article("", source=Source(name=piece.name)), lost=piece.why)
            entries.append(Arrival(story, prepared.item, is_bound=True))
        return entries

    def _pass_over(self, item: Input, error: NewsbookError, *, is_only: bool) -> None:
        if is_only or error.exit not in _OF_ONE_INPUT:
            raise error
        hint = "The issue was made without it."
        self._work.report(Diagnostic(Code.ARTICLE_UNUSABLE, of_it(item.name, error), Place(item.name), hint))

    def prepared(self, item: Input) -> _Prepared:
        """Fetch an input where it is on the network, and put it and what lies beside it into the store."""
        files: list[FileRecord] = []
        try:
            item = _fetched(item, self._session) if item.url else item
            return _Prepared(item, self._job(item, files), tuple(files))
        except (InputError, LimitError) as error:
            return _Prepared(item, None, tuple(files), error)

    def _job(self, item: Input, files: list[FileRecord]) -> ReadInput:
        beside = item.overrides()
        return ReadInput(
            name=item.name,
            decisions=self._stored(beside, files, "decisions", item) if beside else "",
            decisions_name=item.name + OVERRIDES_SUFFIX if item.path and not item.url else "",
            content=self._stored(item, files, "page"),
            lexicon=self._lexicon,
            terms=self._terms,
            beside=item.pictures(),
            album=tuple(name for name in item.album() if _is_of_some_size(name, item, self._caps)),
            url=item.retrieval.url if item.retrieval else "",
            online=self._is_online(item),
            pulls=self._wish.pulls,
        )

    def _stored(self, item: Input, files: list[FileRecord], role: str, of: Input | None = None) -> str:
        """Put an input into the store, and note it for the record; `of` is the page that it lies beside."""
        store = self._work.store
        with item.open(self._caps) as file:
            digest = store.put(file)
        files.append(FileRecord(item.name, digest, store.size(digest)))
        self._note(of or item, item.name, role, digest, item.retrieval)
        return digest

    def _note(self, item: Input, path: str, role: str, digest: str, retrieval: Retrieval | None = None) -> None:
        """Note what stories are read from."""
        number = self._numbers.setdefault(item, len(self._numbers) + 1)
        folder = item.url or str(item.folder)
        self._raws[Raw(number, path, role, digest, retrieval, folder)] = None

    def _added(self, prepared: _Prepared, result: Outcome[Read] | None) -> list[Arrival | Leads]:
        """Return the stories of an input. Raises why it could not be used, with those that were read before."""
        if prepared.failure:
            raise prepared.failure
        for finding in result.findings if result else ():
            self._work.report(finding)
        if isinstance(result, Failed):
            raise result.error()
        return self._arrived(prepared, result.value) if result else []

    def _arrived(self, prepared: _Prepared, read: Read) -> list[Arrival | Leads]:
        """Return what was read of an input. Raises why it is not all, with what it is."""
        item = prepared.item
        entries: list[Arrival | Leads] = [
            Arrival(self._with_pictures(self._illustrated(story, item), item), item, is_bound=read.frame is not None)
            for story in self._settable(read.stories, item)
        ]
        entries += [Leads(item, read.addresses, read.is_sitemap)] if read.addresses else []
        names = self._names.setdefault(self._numbers[item], [])
        names += (entry.story.article.source.name for entry in entries if isinstance(entry, Arrival))
        self._frame = read.frame or self._frame
        if read.fault:
            raise _BrokenOffError(entries, (LimitError if read.exit is Exit.LIMIT else InputError)(read.fault))
        return entries

    def _settable(self, stories: tuple[Story, ...], item: Input) -> Iterator[Story]:
        """Yield the stories that pages can be made of, where they are to be. Raises `LimitError` where none is left."""
        refused = tuple(admit_stories((story.article for story in stories), item.name, self._caps))
        if not self._wish.pictures or not any(refused):
            yield from stories
            return
        if all(refused) and refused[0]:
            raise refused[0]
        for story, error in zip(stories, refused, strict=True):
            if not error:
                yield story
                continue
            where = Place(story.article.source.name)
            hint = "The issue was made without it."
            self._work.report(Diagnostic(Code.ARTICLE_UNUSABLE, of_it(where.source, error), where, hint))

    def _is_online(self, item: Input) -> bool:
        """Tell whether the pictures that an input names by URL are to be fetched."""
        return self._session is not None and (item.retrieval is not None or self._session.terms.pictures)

    def _illustrated(self, story: Story, item: Input) -> Story:
        """Return a story with where it was fetched from, and with its pictures fetched where they are to be."""
        if self._session is None or not self._is_online(item):
            return story
        from newsbook.fetch.illustrations import illustrate

        page = item.retrieval
        article = _as_fetched(story.article, page) if page else story.article
        url = page.url if page and not story.is_enclosed else ""
        return replace(story, article=illustrate(article, url, self._session, self._work.report))

    def _with_pictures(self, story: Story, item: Input) -> Story:
        """Return a story with its pictures in the store, as they came."""
        if not self._wish.pictures:
            self._pictures += () if story.is_enclosed else _all_beside(story.article, item, self._caps)
            return story
        had = {picture.name: picture for picture in story.pictures}
        return replace(
            story, pictures=tuple(self._attached(name, had, story, item) for name in pictures_named(story.article))
        )

    def _attached(self, name: str, had: dict[str, Attached], story: Story, item: Input) -> Attached:
        """Return a picture as it came: from the network, from within the input, or from beside it."""
        if is_data(name):
            return _in_page(name, self._work.store)
        fetches = self._session is not None and self._is_online(item) and is_url(name)
        if not fetches and story.is_enclosed:
            picture = had.get(name) or Attached(name, fault="it was not in the file")
            return replace(picture, is_remote=bool(picture.fault) and is_url(name))
        try:
            if self._session and fetches:
                fetched = self._session.picture(name, "")
                digest = put_in_store(fetched.path, self._work.store)
                self._note(item, name, "picture", digest, fetched.retrieval)
                return Attached(name, digest)
            self._looked_for[item.folder / name] = ""
            path = _beside(name, item, self._caps)
            self._pictures.append(path)
            digest = self._looked_for[item.folder / name] = put_in_store(path, self._work.store)
            self._note(item, name, "picture", digest)
            return Attached(name, digest)
        except (InputError, LimitError) as error:
            return Attached(name, fault=str(error), is_remote=is_url(name) and not fetches)


def _stored_lexicon(project: Project, store: Store) -> str:
    """Put the lists of words that pages are read by into the store; return their hash, empty where there are none."""
    lists = tuple(map(text_of_list, project.reading.lexicon))
    return store.put("\n".join(lists).encode()) if any(lists) else ""


class _BrokenOffError(Exception):
    """An input could be read only in part: the stories of that part, and why no more."""

    def __init__(self, entries: list[Arrival | Leads], reason: NewsbookError) -> None:
        super().__init__(str(reason))
        self.entries, self.reason = entries, reason


def _latest(entries: Iterable[Arrival], report: Report) -> tuple[Arrival, ...]:
    """Return the entries without those whose story, by its address or URN, came again: the latest is taken."""
    taken: list[Arrival] = []
    known: dict[str, int] = {}
    for entry in entries:
        each = entry
        source = each.story.article.source
        at = known.get(source.identifier, len(taken)) if ":" in source.identifier else len(taken)
        if at == len(taken):
            known[source.identifier] = at
            taken.append(each)
            continue
        if _moment(each.story.article) > _moment(taken[at].story.article):
            taken[at], each = each, taken[at]
        message = f"{source.identifier} came more than once; {taken[at].story.article.source.name} was taken."
        report(Diagnostic(Code.DUPLICATE_LEFT_OUT, message, Place(each.story.article.source.name)))
    return tuple(taken)


def _once(entries: tuple[Arrival, ...], report: Report) -> Iterator[Story]:
    """Yield stories without the other copies of each. What newsbook's own JSON binds as an issue stays as it is."""
    loose = tuple(entry.story for entry in entries if not entry.is_bound)
    once = tuple(each_once(loose))
    for story, other, common in perhaps_once(tuple(story for story, kept in once if kept is None)):
        message = f"it has the {common} of {other.article.source.name}, and both were taken."
        hint = "Leave one out where they are two versions of one story."
        report(Diagnostic(Code.DUPLICATE_DOUBTFUL, message, Place(story.article.source.name), hint))
    settled = iter(once)
    for entry in entries:
        story, kept = (entry.story, None) if entry.is_bound else next(settled)
        if kept is None:
            yield story
            continue
        message = f"it is another copy of the story in {kept.article.source.name}, which was taken and names it."
        report(Diagnostic(Code.DUPLICATE_LEFT_OUT, message, Place(story.article.source.name)))


def _beside(name: str, item: Input, caps: Caps) -> Path:
    """Return the file of a picture that is named from an input's folder."""
    if is_url(name):
        raise InputError("it is on the network")
    return path_beside(item.folder, name, caps)


def _in_page(name: str, store: Store) -> Attached:
    """Return a picture that stands in the page itself."""
    try:
        return Attached(name, store.put(read_data(name)))
    except InputError as error:
        return Attached(name, fault=str(error))


def _is_of_some_size(name: str, item: Input, caps: Caps) -> bool:
    """Tell whether a picture beside an input is no icon. What is broken is no icon, and is found out later."""
    try:
        with path_beside(item.folder, name, caps).open("rb") as file:
            size = size_of(file.read(_HEAD))
    except (InputError, OSError):
        return True
    return size is None or min(size) >= SMALLEST


# In front of what a JPEG says of its size may stand thumbnails, profiles and where it was taken.
_HEAD = 1_000_000


def _all_beside(article: Article, item: Input, caps: Caps) -> Iterator[Path]:
    """Yield the files of the pictures that an article names, as far as they are there."""
    for name in pictures_named(article):
        with suppress(InputError):
            yield _beside(name, item, caps)


def attached(name: str, path: Path, store: Store) -> Attached:
    """Return a picture that is put into an article; one that cannot be read is found out when it is to be set."""
    try:
        return Attached(name, put_in_store(path, store))
    except InputError as error:
        return Attached(name, fault=str(error))


def put_in_store(path: Path, store: Store) -> str:
    """Put a picture into the store. Raises `InputError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return store.put(file)
    except OSError as error:
        raise InputError(error.strerror or "it cannot be read") from error


def _fetched(item: Input, session: "Session | None") -> Input:
    """Return a page on the network as a file that holds it. Raises `InputError` where it cannot be had."""
    if session is None:
        raise InputError(f"{item.url} is on the network; give a session to fetch it in.")
    page = session.page(item.url)
    return replace(item, path=page.path, retrieval=page.retrieval)


def _as_fetched(article: Article, page: Retrieval) -> Article:
    """Return an article with its page on record. What the article says itself of where it is from comes first."""
    source = article.source
    told = replace(source, url=source.url or page.url, retrieved=source.retrieved or page.retrieved)
    return replace(article, source=replace(told, retrievals=(page, *source.retrievals)))


def _moment(article: Article) -> str:
    return article.updated or article.published


def file_manuscripts(manuscripts: tuple[Manuscript, ...], project: Project, work: Workplace) -> Intake:
    """Return the stories that a program made, each once.

    One that is no article is a finding. Raises `UsageError`, naming the field, where it is the only one and the project
    has no inputs; and `InputError` where none of several is an article.
    """
    sound = tuple(_sound(manuscripts, work.report, is_only=len(manuscripts) == 1 and not project.inputs))
    if manuscripts and not sound and not project.inputs:
        raise InputError(f"none of the {len(manuscripts)} articles that were given can be used; the findings say why.")
    pictures = tuple(data for one in sound for data in one.pictures.values() if isinstance(data, Path))
    stories = _each_once((_filed(one, project, work) for one in sound), work.report)
    return Intake(stories, pictures=pictures, raws=tuple(_raws_of(stories, work.store)))


def _raws_of(stories: tuple[Story, ...], store: Store) -> Iterator[Raw]:
    """Yield what a program handed over: articles as newsbook's JSON, and their pictures."""
    for number, story in enumerate(stories, 1):
        name = f"article-{number}.json"
        page = Raw(number, name, "page", store.put(native.dump(story.article)))
        held = (Raw(number, each.name, "picture", each.sha256) for each in story.pictures if each.sha256)
        names = (story.article.source.name,)
        yield from (replace(raw, folder=name, names=names) for raw in (page, *held))


def _sound(manuscripts: tuple[Manuscript, ...], report: Report, *, is_only: bool) -> Iterator[Manuscript]:
    """Yield the manuscripts that are articles. One that is none is a finding, and its failure where it is the only."""
    for number, one in enumerate(manuscripts, 1):
        try:
            yield checked_manuscript(one, number, report)
        except ManuscriptError as error:
            if is_only:
                raise
            message = f"{headline_of(one)}: {error.told}".removeprefix(": ")
            hint = "The issue was made without it."
            report(Diagnostic(Code.ARTICLE_UNUSABLE, message, Place(f"article {number}"), hint))


def _each_once(stories: Iterator[Story], report: Report) -> tuple[Story, ...]:
    """Return stories without those that came before; of those with one identifier, the latest."""
    taken: list[Story] = []
    known: dict[str | Story, int] = {}
    for each in stories:
        story = each
        at = next((known[key] for key in _keys(story) if key in known), len(taken))
        if at == len(taken):
            taken.append(story)
        else:
            if _moment(story.article) > _moment(taken[at].article):
                taken[at], story = story, taken[at]
            source = story.article.source
            what = source.identifier or shown(story.article.headline)
            message = f"{what} came more than once; {taken[at].article.source.name} was taken."
            report(Diagnostic(Code.DUPLICATE_LEFT_OUT, message, Place(source.name)))
        known.update(dict.fromkeys(_keys(taken[at]), at))
    return tuple(taken)


def _keys(story: Story) -> tuple[str | Story, ...]:
    """Return what stories that are one have in common: an identifier that is an address or a URN, or everything."""
    source = story.article.source
    unnamed = replace(story, article=replace(story.article, source=replace(source, name="")))
    return (source.identifier, unnamed) if ":" in source.identifier else (unnamed,)


def _filed(manuscript: Manuscript, project: Project, work: Workplace) -> Story:
    article = as_told(manuscript.article, terms_of(project), work.report)
    named = pictures_named(article)
    for name in manuscript.pictures:
        if name not in named:
            message = f"the picture {name} was given, and no figure shows it."
            hint = "Give a figure this name as its image."
            where = Place(article.source.name)
            work.report(Diagnostic(Code.PICTURE_WITHOUT_CAPTION, message, where, hint))
    return Story(article, tuple(_supplied(name, manuscript, work.store) for name in named))


def _supplied(name: str, manuscript: Manuscript, store: Store) -> Attached:
    """Return a picture that a program supplied."""
    if is_data(name):
        return _in_page(name, store)
    data = manuscript.pictures.get(name)
    if data is None:
        return Attached(name, fault="it is not among the pictures of its article", is_remote=is_url(name))
    try:
        return Attached(name, store.put(data) if isinstance(data, bytes) else _kept_file(data, store))
    except InputError as error:
        return Attached(name, fault=str(error))


def _kept_file(path: Path, store: Store) -> str:
    """Put a picture that a program named into the store. Raises `InputError` where it cannot be read, or is no file."""
    try:
        is_other = path.exists() and not path.is_file()
    except OSError as error:
        raise InputError(error.strerror or "it cannot be read") from error
    if is_other:
        raise InputError("it is no file")
    return put_in_store(path, store)
