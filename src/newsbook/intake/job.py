"""The job that reads one input: bytes become copy, the copy is repaired, overridden and edited into articles."""

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from newsbook.conversion import Marks, Target, convert, convert_frame, localise, retagged
from newsbook.diagnostics import Code, Diagnostic, Exit, InputError, LimitError, Place, Report, of_it
from newsbook.gate import Caps, admit_article, admit_copy
from newsbook.languagetags import canonical
from newsbook.model import Article, Copy, Issue
from newsbook.overrides import Overrides, is_settled, load, override
from newsbook.places import at_origin, with_origins
from newsbook.project import Project
from newsbook.proof import Pull
from newsbook.store import Store
from newsbook.stories import Attached, Story, pictures_named


class Terms(Struct, frozen=True):
    """What the user said that changes how every article is read; as in `Project`.

    What is the house's `own` is neither repaired, nor is anything of it left out.
    """

    language: str = ""
    encoding: str = ""
    form: str = ""
    url: str = ""
    retrieved: str = ""
    script: Target = Target.KEEP
    marks: Marks = Marks.KEEP
    caps: Caps = Caps()
    own: bool = False


def terms_of(project: Project) -> Terms:
    """Return the terms on which the inputs of a project are read."""
    reading, conversion = project.reading, project.conversion
    return Terms(
        language=canonical(project.issue.language),
        encoding=reading.encoding,
        form=reading.form,
        url=reading.url,
        retrieved=reading.retrieved,
        script=Target(conversion.script),
        marks=Marks(conversion.marks),
        caps=project.gate,
    )


class Read(Struct, frozen=True):
    """What was read: stories, and the frame of an issue where the input was one.

    `addresses` are those of pages that the input lists and does not bring, as a sitemap does. Where it broke off,
    `fault` says why and `exit` as what; the stories before that are whole. `count` is how many documents are in it.
    """

    stories: tuple[Story, ...] = ()
    frame: Issue | None = None
    addresses: tuple[str, ...] = ()
    is_sitemap: bool = False
    fault: str = ""
    exit: Exit = Exit.OK
    count: int = 0


class ReadInput(Struct, frozen=True, tag=True):
    """Read one input.

    `content` is its hash in the store, and `decisions` that of the decisions on it, empty where there are none, which
    stand in the file `decisions_name`; `lexicon` is that of the words that a damaged page is read by, likewise.
    `beside` and `album` are the pictures beside it, as `Copy` has them. `url` is where it was fetched from; `online`
    tells that pictures which it names by URL will be fetched. `pulls` asks for what a proof sheet needs. Of the
    documents that it holds only those of `part` are taken, from the first number up to the second; all of them where
    there is none. `weight` is how much of the whole these are.
    """

    name: str
    content: str
    terms: Terms
    beside: tuple[str, ...] = ()
    album: tuple[str, ...] = ()
    decisions: str = ""
    decisions_name: str = ""
    lexicon: str = ""
    url: str = ""
    online: bool = False
    pulls: bool = False
    part: tuple[int, int] | None = None
    weight: float = 1.0

    def share(self, store: Store) -> float:
        """Return how many times the usual limits it may take: a sixth at least, once for 1.7 to 10 MB."""
        size = store.size(self.content) / _MB * self.weight
        return max(min(1 / 6 + size / 2, 1.0), size / 10)

    def run(self, store: Store, report: Report) -> Read:
        """Return what was read. An input that breaks off is no failure of the job: its findings are of use."""
        desk = _Desk(self, store, report)
        try:
            desk.take()
        except (InputError, LimitError) as error:
            desk.illustrate()
            told = (str(error), error.exit)
            return Read(tuple(desk.stories), desk.frame, desk.addresses, desk.is_sitemap, *told, desk.count)
        desk.illustrate()
        return Read(tuple(desk.stories), desk.frame, desk.addresses, desk.is_sitemap, count=desk.count)


_MB = 1_000_000


class _Desk:
    """One input on the desk, and what was read of it so far."""

    def __init__(self, job: ReadInput, store: Store, report: Report) -> None:
        self.stories: list[Story] = []
        self.frame: Issue | None = None
        self.addresses: tuple[str, ...] = ()
        self.is_sitemap = False
        self.count = 0
        self._notices: list[tuple[str, str]] = []
        # Stories, by their place, some of whose pictures had not come yet: in a web archive they stand behind the page.
        self._waiting: dict[int, Callable[[str], bytes]] = {}
        self._job, self._store, self._report = job, store, report

    def take(self) -> None:
        """Read the input, and mend and edit every article in it as soon as it comes."""
        from newsbook import desk, readers

        job = self._job
        decisions = self._decisions()
        received = readers.Received(
            job.name,
            lambda: self._store.open(job.content),
            job.beside,
            job.terms.encoding,
            self._report,
            job.url,
            job.album,
            job.terms.caps,
        )
        for taken in readers.take(received, job.terms.form):
            self.count += 1
            if job.part and not job.part[0] < self.count <= job.part[1]:
                continue
            match taken.document:
                case Issue() as issue:
                    self._bind_in(issue)
                case readers.Addresses(urls, is_sitemap):
                    self.addresses += urls
                    self.is_sitemap = is_sitemap
                case Article() as article:
                    self._add(Story(as_told(article, job.terms, self._report)), taken.enclosed)
                case copy if job.terms.own:
                    admitted = admit_copy(copy, job.terms.caps, self._report)
                    self._add(Story(as_told(desk.edit_own(admitted), job.terms, self._report)), taken.enclosed)
                case copy:
                    admitted = admit_copy(copy, job.terms.caps, self._report)
                    self._add_edited(self._edited(admitted, decisions), taken.enclosed)
                    decisions = None
        self._refuse_notices()
        if decisions:
            message = "newsbook's JSON is changed in itself; the decisions beside it were not followed."
            hint = "Edit the JSON, and take them away."
            self._report(Diagnostic(Code.OVERRIDE_UNFIT, message, Place(job.name), hint))

    def _decisions(self) -> Overrides | None:
        """Return the decisions on the input; a file that holds none is a finding."""
        job = self._job
        try:
            return load(self._store.read(job.decisions), job.decisions_name) if job.decisions else None
        except (InputError, LimitError) as error:
            hint = "Mend the file, or save it anew from the proof sheet; the page was read without it."
            self._report(Diagnostic(Code.OVERRIDES_UNUSABLE, str(error), Place(job.name), hint))
            return None

    def _bind_in(self, issue: Issue) -> None:
        """Take the articles of an issue that was read, and its frame for the issue to be made."""
        terms = self._job.terms
        self.stories += (Story(as_told(article, terms, self._report)) for article in issue.articles)
        self.frame = convert_frame(replace(issue, articles=(), media=()), terms.script)

    def _add_edited(self, story: Story, enclosed: Callable[[str], bytes] | None) -> None:
        """Take a story that was edited. A notice that there is none any more is no story."""
        from newsbook.desk import notice_in

        if notice := notice_in(story.article):
            name = story.article.source.name
            self._notices.append(
                (name, f"{name} is no article, but a notice that it was removed or is missing: “{notice}”.")
            )
        else:
            self._add(story, enclosed)

    def _refuse_notices(self) -> None:
        """Report the notices of an input. Raises `InputError` where there is nothing else in it."""
        if self._notices and not self.stories:
            raise InputError(self._notices[0][1])
        for name, message in self._notices:
            hint = "Look for another copy of it; the other articles of the input were read."
            self._report(Diagnostic(Code.ARTICLE_UNUSABLE, of_it(name, message), Place(name), hint))

    def _add(self, story: Story, enclosed: Callable[[str], bytes] | None) -> None:
        pictures = tuple(self._attached(story.article, enclosed)) if enclosed else ()
        if enclosed and any(picture.fault for picture in pictures):
            self._waiting[len(self.stories)] = enclosed
        self.stories.append(replace(story, pictures=pictures, is_enclosed=enclosed is not None))

    def illustrate(self) -> None:
        """Look again for the pictures that had not come with their stories, now that the input is read."""
        for at, enclosed in self._waiting.items():
            story = self.stories[at]
            self.stories[at] = replace(story, pictures=tuple(self._attached(story.article, enclosed)))

    def _attached(self, article: Article, enclosed: Callable[[str], bytes]) -> Iterator[Attached]:
        """Yield the pictures of an article that came in the same file, each once."""
        for name in pictures_named(article):
            try:
                yield Attached(name, self._store.put(enclosed(name)))
            except InputError as error:
                yield Attached(name, fault=str(error))

    def _edited(self, copy: Copy, decisions: Overrides | None) -> Story:
        from newsbook import desk

        job = self._job
        received = replace(copy, language=job.terms.language, online=copy.online or job.online)
        pull = self._mended(received, decisions)
        edited = with_origins(desk.edit(pull.ruled, at_origin(copy, self._report)), copy)
        told = as_told(edited, job.terms, self._report)
        inner = tuple(dict.fromkeys(link for markup in copy.markup for link in markup.inner))
        return Story(told, pull=pull if job.pulls else None, extent=copy.extent, inner=inner)

    @cached_property
    def _listed(self) -> tuple[str, ...]:
        """The words that damaged pages are read by."""
        from newsbook.repairs import listed_words

        return listed_words(self._store.read(self._job.lexicon).decode()) if self._job.lexicon else ()

    def _mended(self, received: Copy, decisions: Overrides | None) -> Pull:
        """Mend a page and follow the decisions on it. Doubts that a person has settled are no findings any more."""
        from newsbook.repairs import repair

        found: list[Diagnostic] = []
        placed = at_origin(received, self._report)
        mended = repair(received, found.append if decisions else placed, self._listed)
        ruled = override(received, mended, decisions, self._report) if decisions else mended
        for finding in found:
            if not is_settled(finding, ruled):
                placed(finding)
        return Pull(received, mended, ruled, self._job.decisions_name)


def as_told(article: Article, terms: Terms, report: Report) -> Article:
    """Return `article` through the gate, with what the user said about every article, in the script asked for."""
    article = admit_article(article, terms.caps, report)
    source = article.source
    told = replace(
        article,
        source=replace(source, url=terms.url or source.url, retrieved=terms.retrieved or source.retrieved),
        language=terms.language or article.language,
    )
    return _in_script(told, terms, report)


def _in_script(article: Article, terms: Terms, report: Report) -> Article:
    """Return `article` in the script and with the marks that the user asked for; mixed scripts are a finding."""
    from newsbook.desk import find_mixture, language_of

    stated = canonical(article.language)
    language = stated if stated not in {"", "zh"} else language_of(article)
    mixture = find_mixture(article, language)
    if mixture:
        report(mixture)
    converted = convert(article, language, terms.script, is_mixed=mixture is not None)
    return localise(converted, retagged(language, terms.script), terms.marks)
