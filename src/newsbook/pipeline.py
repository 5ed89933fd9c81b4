"""The picture in ARCHITECTURE.md as code: sources become articles, articles an issue, an issue a PDF or an EPUB."""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import style_fonts
from newsbook.conversion import Marks, Target, convert, convert_frame, localise, retagged
from newsbook.diagnostics import (
    Code,
    Diagnostic,
    InputError,
    LimitError,
    Place,
    Report,
    ValidationError,
)
from newsbook.files import OVERRIDES_SUFFIX, Input, is_url
from newsbook.frames import framed
from newsbook.model import Article, Block, Copy, Figure, Issue, Media, Retrieval
from newsbook.overrides import Overrides, is_settled, load, override
from newsbook.places import at_origin, with_origins
from newsbook.proof import Pull, make_sheet, pull_galley
from newsbook.record import tools
from newsbook.release import HELD, check_release
from newsbook.store import Store
from newsbook.tags import canonical

if TYPE_CHECKING:
    from newsbook.fetch.session import Session

Seen: TypeAlias = Callable[[Input], None]


class Options(Struct, frozen=True):
    """What the user said about the issue; empty means that it is found out or left out.

    `form` is a key of `readers.READERS`; `allow` has the codes of findings about release that shall not stop the build.
    """

    nameplate: str = ""
    number: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    language: str = ""
    encoding: str = ""
    style: str = "bulletin"
    url: str = ""
    retrieved: str = ""
    script: Target = Target.KEEP
    marks: Marks = Marks.KEEP
    form: str = ""
    allow: tuple[str, ...] = ()


class Story(Struct, frozen=True):
    """An article and the folder that its pictures are named from.

    `enclosed` returns the pictures that came in the same file, for a form that has them inside. What came as a page
    has its `pull`, for the proof sheet. `fetched` returns a picture that the article names by its URL, where those are
    fetched.
    """

    article: Article
    folder: Path
    pull: Pull | None = None
    enclosed: Callable[[str], bytes] | None = None
    fetched: Callable[[str], bytes] | None = None


def read(
    inputs: tuple[Input, ...],
    options: Options,
    report: Report,
    seen: Seen = lambda _input: None,
    session: "Session | None" = None,
) -> tuple[Issue, tuple[Story, ...]]:
    """Return the stories of `inputs`, and the frame of an issue that one of them may have brought.

    `seen` is called after each input; a person's decisions on it come first. Pages on the network, and their pictures,
    are fetched in `session`. An input that cannot be used is a finding; where it is the only one, its failure is the
    failure.
    """
    intake = _Intake(options, report, session)
    for named in inputs:
        item = named
        try:
            item = _fetched(named, session) if named.url else named
            intake.take(item, _decisions(item, seen, report))
        except (InputError, LimitError) as error:
            if len(inputs) == 1:
                raise
            hint = "The issue was made without it."
            report(Diagnostic(Code.ARTICLE_UNUSABLE, str(error), Place(item.name), hint))
        finally:
            seen(item)
    if not intake.stories:
        raise InputError(
            "there is no article in what was given; name text pages, newsbook's JSON, or a folder of them."
        )
    return intake.frame, tuple(intake.stories)


class _Intake:
    """What has been read so far: stories, and the frame of an issue that one of the inputs may have brought."""

    def __init__(self, options: Options, report: Report, session: "Session | None") -> None:
        self.frame = Issue(nameplate="", articles=(), language="")
        self.stories: list[Story] = []
        self._options, self._report, self._session = options, report, session
        self._known: dict[str, int] = {}

    def take(self, item: Input, decisions: Overrides | None) -> None:
        """Read an input, and mend and edit every article in it as soon as it comes."""
        from newsbook import readers

        url = item.retrieval.url if item.retrieval else ""
        received = readers.Received(item.name, item.open, item.pictures(), self._options.encoding, self._report, url)
        for taken in readers.take(received, self._options.form):
            match taken.document:
                case Issue() as issue:
                    self._bind_in(issue, item)
                case Article() as article:
                    told = _as_told(article, self._options, self._report)
                    self._add(Story(told, item.folder, enclosed=taken.enclosed), item)
                case copy:
                    self._add(replace(self._edited(copy, item, decisions), enclosed=taken.enclosed), item)
                    decisions = None
        if decisions:
            message = "newsbook's JSON is changed in itself; the decisions beside it were not followed."
            hint = "Edit the JSON, and take them away."
            self._report(Diagnostic(Code.OVERRIDE_UNFIT, message, Place(item.name), hint))

    def _bind_in(self, issue: Issue, item: Input) -> None:
        """Take the articles of an issue that was read, and its frame for the issue to be made."""
        for article in issue.articles:
            self._add(Story(_as_told(article, self._options, self._report), item.folder), item)
        self.frame = convert_frame(replace(issue, articles=(), media=()), self._options.script)

    def _edited(self, copy: Copy, item: Input, decisions: Overrides | None) -> Story:
        from newsbook import desk

        received = replace(copy, language=self._options.language, online=copy.online or _is_online(item, self._session))
        pull = _mended(received, item, decisions, self._report)
        edited = with_origins(desk.edit(pull.ruled, at_origin(copy, self._report)), copy)
        return Story(_as_told(edited, self._options, self._report), item.folder, pull=pull)

    def _add(self, story: Story, item: Input) -> None:
        """Take a story of an input with its pictures.

        Of those with one identifier, an address or a URN, the latest is taken, for it corrects the others.
        """
        story = _illustrated(story, item, self._session, self._report)
        source = story.article.source
        known = self._known.get(source.identifier) if ":" in source.identifier else None
        if known is None:
            self._known[source.identifier] = len(self.stories)
            self.stories.append(story)
            return
        other = self.stories[known]
        if _moment(story.article) > _moment(other.article):
            self.stories[known], story = story, other
        message = f"{source.identifier} came more than once; {self.stories[known].article.source.name} was taken."
        self._report(Diagnostic(Code.DUPLICATE_LEFT_OUT, message, Place(story.article.source.name)))


def _moment(article: Article) -> str:
    return article.updated or article.published


def _fetched(item: Input, session: "Session | None") -> Input:
    """Return a page on the network as a file that holds it. Raises `InputError` where it cannot be had."""
    if session is None:
        raise InputError(f"{item.url} is on the network; give a session to fetch it in.")
    page = session.page(item.url)
    return replace(item, path=page.path, retrieval=page.retrieval)


def _is_online(item: Input, session: "Session | None") -> bool:
    """Tell whether the pictures that an input names by URL are to be fetched."""
    return session is not None and (item.retrieval is not None or session.terms.fetch_pictures)


def _illustrated(story: Story, item: Input, session: "Session | None", report: Report) -> Story:
    """Return a story with where it was fetched from, and with its pictures fetched where they are to be."""
    if session is None or not _is_online(item, session):
        return story
    from newsbook.fetch.illustrations import illustrate

    page = item.retrieval
    article = _as_fetched(story.article, page) if page else story.article
    article = illustrate(article, page.url if page and not story.enclosed else "", session, report)
    return replace(story, article=article, fetched=lambda url: session.picture(url, "").path.read_bytes())


def _as_fetched(article: Article, page: Retrieval) -> Article:
    """Return an article with its page on record; what it says itself of where it is from comes first."""
    source = article.source
    told = replace(source, url=source.url or page.url, retrieved=source.retrieved or page.retrieved)
    return replace(article, source=replace(told, retrievals=(page, *source.retrievals)))


def _decisions(item: Input, seen: Seen, report: Report) -> Overrides | None:
    """Return the decisions that lie beside an input; a file that holds none is a finding."""
    beside = item.overrides()
    try:
        raw = beside.read() if beside else b""
        if beside:
            seen(beside)
        return load(raw, beside.name) if beside else None
    except (InputError, LimitError) as error:
        hint = "Mend the file, or save it anew from the proof sheet; the page was read without it."
        report(Diagnostic(Code.OVERRIDES_UNUSABLE, str(error), Place(item.name), hint))
        return None


def _mended(received: Copy, item: Input, decisions: Overrides | None, report: Report) -> Pull:
    """Mend a page and follow the decisions on it. Doubts that a person has settled are no findings any more."""
    from newsbook.repairs import repair

    found: list[Diagnostic] = []
    placed = at_origin(received, report)
    mended = repair(received, found.append if decisions else placed)
    ruled = override(received, mended, decisions, report) if decisions else mended
    for finding in found:
        if not is_settled(finding, ruled):
            placed(finding)
    return Pull(received, mended, ruled, item.name + OVERRIDES_SUFFIX if item.path and not item.url else "")


def _as_told(article: Article, options: Options, report: Report) -> Article:
    """Return `article` with what the user said about every article."""
    source = article.source
    told = replace(
        article,
        source=replace(source, url=options.url or source.url, retrieved=options.retrieved or source.retrieved),
        language=options.language or article.language,
    )
    return _in_script(told, options, report)


def _in_script(article: Article, options: Options, report: Report) -> Article:
    """Return `article` in the script and with the marks that the user asked for; mixed scripts are a finding."""
    from newsbook.desk import find_mixture, language_of

    stated = canonical(article.language)
    language = stated if stated not in {"", "zh"} else language_of(article)
    mixture = find_mixture(article, language)
    if mixture:
        report(mixture)
    converted = convert(article, language, options.script, is_mixed=mixture is not None)
    return localise(converted, retagged(language, options.script), options.marks)


def gather(frame: Issue, stories: tuple[Story, ...], options: Options, store: Store, report: Report) -> Issue:
    """Bind stories into an issue. Finished pictures go into `store`.

    What the user said comes first, then what a native issue said, then what the articles show: the language that most
    of them have, and the day of the newest.
    """
    from newsbook.layout.words import words_for

    bound = [_bind(number, story, store, report) for number, story in enumerate(stories, 1)]
    articles = tuple(article for article, _ in bound)
    told = retagged(options.language, options.script)
    language = told or canonical(frame.language) or _commonest(article.language for article in articles)
    day = options.date or frame.date or _newest(articles)
    _hold_back(articles, day, options, report)
    return Issue(
        nameplate=options.nameplate or frame.nameplate or words_for(language).nameplate,
        articles=articles,
        language=language,
        number=options.number or frame.number,
        date=day,
        publisher=options.publisher or frame.publisher,
        rights=options.rights or frame.rights,
        media=tuple(media for _, pictures in bound for media in pictures),
    )


def _newest(articles: tuple[Article, ...]) -> str:
    """Return the day of the newest article; one under embargo does not count, or it would lift that itself."""
    return max((article.published[:10] for article in articles if not article.source.embargo), default="")


def _hold_back(articles: tuple[Article, ...], day: str, options: Options, report: Report) -> None:
    """Report what hinders publication. Raises `ValidationError` where anything does."""
    findings = tuple(check_release(articles, day, options.allow))
    for finding in findings:
        report(finding)
    held = [finding for finding in findings if finding.code in HELD]
    if held:
        message = f"nothing was made: {held[0].where.source} may not be published: {held[0].message}"
        more = f" So it is with {len(held) - 1} more." if len(held) > 1 else ""
        raise ValidationError(f"{message}{more} {held[0].hint}")


def _commonest(languages: Iterator[str]) -> str:
    counts = Counter(languages)
    return max(counts, key=lambda tag: counts[tag])


def _bind(number: int, story: Story, store: Store, report: Report) -> tuple[Article, tuple[Media, ...]]:
    article = story.article
    pictures: list[Media] = []
    body: list[Block] = []
    for block in article.body:
        if not isinstance(block, Figure) or not block.image:
            body.append(block)
            continue
        media = _finish(f"a{number:03d}-{len(pictures) + 1}", block.image, story, store, report)
        body += (replace(block, image=media.name),) if media else framed(block, article)
        pictures += [media] if media else []
        if media and not block.alt:
            message = f"nothing says what the picture {block.image} shows to those who cannot see it."
            hint = "Give the figure an alt in the article's JSON."
            report(Diagnostic(Code.ALT_TEXT_UNKNOWN, message, Place(article.source.name), hint))
    return replace(article, body=tuple(body), language=_language(article, report)), tuple(pictures)


def _language(article: Article, report: Report) -> str:
    """Return the language that an article states, else the one that its text shows."""
    from newsbook.desk import language_of

    stated = canonical(article.language)
    if article.language and not stated:
        message = f"“{article.language}” is no language tag; the text tells."
        hint = "Write zh-Hans, zh-Hant, ja or ko."
        report(Diagnostic(Code.LANGUAGE_UNCERTAIN, message, Place(article.source.name), hint))
    return stated or language_of(article) or "zh-Hans"


def _finish(stem: str, name: str, story: Story, store: Store, report: Report) -> Media | None:
    """Prepare a figure's picture and put it into the store; a broken one is a finding and None."""
    from newsbook.pictures import prepare

    try:
        picture = prepare(_picture_bytes(name, story))
    except InputError as error:
        if is_url(name) and not story.fetched:
            message = f"the picture {name[:200]} is on the network; a frame says so."
            hint = "Add --fetch-pictures to have it fetched."
            report(Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(story.article.source.name), hint))
            return None
        message = f"the picture {name} cannot be used: {error}; a frame says so."
        hint = "Supply it as JPEG or PNG."
        report(Diagnostic(Code.PICTURE_UNUSABLE, message, Place(story.article.source.name), hint))
        return None
    name = f"{stem}.{picture.suffix}"
    return Media(name, picture.type, picture.width, picture.height, store.put(picture.data))


def _picture_bytes(name: str, story: Story) -> bytes:
    """Return a picture as it came: from the network, from within the input, or from beside it."""
    if story.fetched and is_url(name):
        return story.fetched(name)
    if story.enclosed:
        return story.enclosed(name)
    if is_url(name):
        raise InputError("it is on the network")
    path = (story.folder / name).resolve()
    if not path.is_relative_to(story.folder.resolve()):
        raise InputError("it lies outside the folder of its article")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "it cannot be read") from error


def make_pdf(issue: Issue, style: str, profile: str, store: Store, report: Report) -> bytes:
    """Return the issue as a PDF in `style`; `profile` is `plain` or `accessible`."""
    from newsbook.faces import find_face
    from newsbook.layout import Carrier, make_up
    from newsbook.writers.pdf import Profile, write_pdf

    find = partial(find_face, brought=style_fonts(style))
    edition = make_up(issue, Carrier.PRINT, style, tools("weasyprint"), find, report)
    return write_pdf(edition, Profile(profile), store, report)


# A picture as large as a proof shows it, at two pixels to a point.
_PROOF_SIDE = 720


def make_proof(issue: Issue, stories: tuple[Story, ...], findings: tuple[Diagnostic, ...], store: Store) -> bytes:
    """Return the proof sheet of an issue that was gathered from `stories`, as HTML."""
    pictures = {media.name: _data_uri(media, store) for media in issue.media}
    galleys = (
        pull_galley(f"a{number}", article, story.pull, pictures, findings)
        for number, (article, story) in enumerate(zip(issue.articles, stories, strict=True), 1)
    )
    names = [article.source.name for article in issue.articles]
    return make_sheet(names[0] if len(names) == 1 else f"{len(names)} articles", tuple(galleys))


def _data_uri(media: Media, store: Store) -> str:
    from newsbook.pictures import prepare

    small = prepare(store.read(media.sha256), _PROOF_SIDE)
    return f"data:{small.type};base64,{b64encode(small.data).decode()}"
