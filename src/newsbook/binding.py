"""Bind stories into issues and volumes: facts settled, what may not appear held back, pictures prepared by jobs."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.conversion import Target, retagged
from newsbook.diagnostics import Code, Diagnostic, Place, Report, ValidationError
from newsbook.gate import Caps, short
from newsbook.jobs import Done, Outcome
from newsbook.languagetags import canonical
from newsbook.missingpictures import framed
from newsbook.model import Article, Block, Figure, Genre, Issue, Media, Paragraph, Source, Span, Volume
from newsbook.model.walk import plain
from newsbook.pictures.datauris import called
from newsbook.project import Facts, Project
from newsbook.release import HELD, check_release
from newsbook.store import Store
from newsbook.stories import Attached, Raw, Story
from newsbook.workplace import Workplace


class Bound(Struct, frozen=True):
    """Issues that are ready to be made up, and the stories that they are made of.

    `facts` are what the user said of them all, for a volume; `findings` are what was found so far, for a proof sheet;
    `raws`, those of each issue, and `project` are what they were made from, for an edition that says so.
    """

    issues: tuple[Issue, ...]
    stories: tuple[Story, ...]
    facts: Facts = Facts()
    findings: tuple[Diagnostic, ...] = ()
    raws: tuple[tuple[Raw, ...], ...] = ()
    project: Project = Project()


class Prepared(Struct, frozen=True):
    """A picture that is fit for an edition: its hash in the store, media type, file suffix, pixels as displayed."""

    sha256: str
    type: str
    suffix: str
    width: int
    height: int


class PreparePicture(Struct, frozen=True, tag=True):
    """Prepare the picture that the store holds under `content`. No side of it becomes longer than `longest` pixels."""

    name: str
    content: str
    longest: int
    caps: Caps = Caps()

    def run(self, store: Store, report: Report) -> tuple[Prepared, ...]:
        """Return the picture, upright, in sRGB, as JPEG or PNG, in slices where it is too long for a page.

        Raises `InputError` where it cannot be used.
        """
        from newsbook.pictures import prepare_slices

        del report
        return tuple(
            Prepared(store.put(picture.data), picture.type, picture.suffix, picture.width, picture.height)
            for picture in prepare_slices(store.read(self.content), self.longest, self.caps)
        )


def bind(frame: Issue, stories: tuple[Story, ...], project: Project, work: Workplace) -> Issue:
    """Bind stories into an issue, whose finished pictures are in the store of `work`.

    What the user said comes first, then what `frame` says, a native issue that was read, then what the articles show:
    the language that most of them have, and the day of the newest. Raises `ValidationError` where an article may not
    be published.
    """
    from newsbook.layout.words import words_for

    finished = _finished(stories, project.gate, work)
    bound = [_bind(number, story, finished, work.report) for number, story in enumerate(stories, 1)]
    read = tuple(article for (article, _), story in zip(bound, stories, strict=True) if not story.lost)
    facts = project.issue
    told = retagged(canonical(facts.language), Target(project.conversion.script))
    language = told or canonical(frame.language) or _commonest(article.language for article in read)
    day = facts.date or frame.date or _newest(read)
    _hold_back(read, day, project.release.allow, work.report)
    articles = tuple(
        notice_for(article, language) if story.lost else article
        for (article, _), story in zip(bound, stories, strict=True)
    )
    said = {
        name: short(getattr(facts, name) or getattr(frame, name), name, project.gate, work.report)
        for name in ("nameplate", "number", "publisher", "rights")
    }
    return Issue(
        nameplate=said["nameplate"] or words_for(language).nameplate,
        articles=articles,
        language=language,
        number=said["number"],
        date=day,
        publisher=said["publisher"],
        rights=said["rights"],
        media=tuple(media for _, pictures in bound for media in pictures),
    )


def notice_for(article: Article, language: str = "", *, is_bare: bool = False) -> Article:
    """Return what stands in the place of an article that could not be read or set: its name, and that it is missing.

    It has the headline, too, unless it is to be bare.
    """
    from newsbook.layout.words import words_for

    told = language or article.language
    name = _cut(article.source.name or article.headline)
    body = Paragraph((Span(words_for(told).story_missing.format(name=name)),))
    outlet = "" if is_bare else _cut(article.source.outlet)
    source = Source(name=article.source.name, outlet=outlet, sha256=article.source.sha256)
    headline = "" if is_bare else _cut(article.headline)
    return Article(headline, (body,), language=told, published=article.published, source=source)


def _cut(text: str) -> str:
    """Return a text of a length that nothing comes to harm by."""
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}…"


_LONGEST_TITLE = 60


def unbound(frame: Issue, stories: tuple[Story, ...]) -> Issue:
    """Return stories in the frame of an issue that was read, as they are, without their pictures."""
    return replace(frame, articles=tuple(story.article for story in stories))


def _finished(stories: tuple[Story, ...], caps: Caps, work: Workplace) -> dict[str, Outcome[tuple[Prepared, ...]]]:
    """Return the pictures of all stories, prepared, by the hashes of what they were; each is prepared once."""
    from newsbook.pictures import LONGEST_SIDE

    pictures = {
        picture.sha256: called(picture.name) for story in stories for picture in story.pictures if picture.sha256
    }
    jobs = (PreparePicture(name, digest, LONGEST_SIDE, caps) for digest, name in pictures.items())
    return dict(zip(pictures, work.do(jobs), strict=True))


def _newest(articles: tuple[Article, ...]) -> str:
    """Return the day of the newest article. One under embargo does not count, or it would lift that itself."""
    return max((article.published[:10] for article in articles if not article.source.embargo), default="")


def _hold_back(articles: tuple[Article, ...], day: str, allow: tuple[str, ...], report: Report) -> None:
    """Report what hinders publication. Raises `ValidationError` where anything does."""
    findings = tuple(check_release(articles, day, allow))
    for finding in findings:
        report(finding)
    held = [finding for finding in findings if finding.code in HELD]
    if held:
        message = f"nothing was made: {held[0].where.source} may not be published: {held[0].message}"
        more = f" So it is with {len(held) - 1} more." if len(held) > 1 else ""
        raise ValidationError(f"{message}{more} {held[0].hint}")


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value])


def _bind(
    number: int, story: Story, finished: dict[str, Outcome[tuple[Prepared, ...]]], report: Report
) -> tuple[Article, tuple[Media, ...]]:
    article = story.article
    if story.lost:
        return article, ()
    attached = {picture.name: picture for picture in story.pictures}
    pictures: list[Media] = []
    body: list[Block] = []
    for block in article.body:
        if not isinstance(block, Figure) or not block.image:
            body.append(block)
            continue
        picture = attached.get(block.image) or Attached(block.image, fault="it was not supplied")
        media = _media((number, len(pictures) + 1), picture, finished, article, report)
        body += _shown(block, media) if media else framed(block, article)
        pictures += media
        if media and not block.alt:
            message = f"nothing says what the picture {called(block.image)} shows to those who cannot see it."
            table = "advertisements" if article.genre is Genre.ADVERTISEMENT else "articles.pictures"
            hint = f"Say it as alt, under [[{table}]] in newsbook.toml."
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


def _shown(figure: Figure, media: tuple[Media, ...]) -> Iterator[Figure]:
    """Yield a figure with its picture; where that comes in slices, a figure for each, the last with the cutline."""
    said = figure.alt or plain(figure.caption)
    for number, item in enumerate(media, 1):
        alt = f"{said} ({number}/{len(media)})" if said and len(media) > 1 else figure.alt
        bare = Figure() if number < len(media) else figure
        yield replace(bare, image=item.name, alt=alt)


def _media(
    place: tuple[int, int],
    picture: Attached,
    finished: dict[str, Outcome[tuple[Prepared, ...]]],
    article: Article,
    report: Report,
) -> tuple[Media, ...]:
    """Return a finished picture, in its slices, under names in the issue that begin with `place`.

    One that cannot be used is a finding, and nothing.
    """
    where, name = Place(article.source.name), called(picture.name)
    if picture.is_remote:
        message = f"the picture {name} is on the network; a frame says so."
        report(Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, where, "Add --fetch-pictures to have it fetched."))
        return ()
    result = finished[picture.sha256] if picture.sha256 else picture
    if isinstance(result, Done):
        made = result.value
        if len(made) > 1:
            message = f"the picture {name} is too long for a page; it is set in {len(made)} slices."
            report(Diagnostic(Code.PICTURE_SLICED, message, where))
        article_number, first = place
        return tuple(
            Media(
                f"a{article_number:03d}-{at}.{one.suffix}", one.type, one.width, one.height, one.sha256, len(made) > 1
            )
            for at, one in enumerate(made, first)
        )
    fault = result.fault if isinstance(result, Attached) else result.message.removesuffix(".")
    message = f"the picture {name} cannot be used: {fault}; a frame says so."
    report(Diagnostic(Code.PICTURE_UNUSABLE, message, where, "Supply it as JPEG or PNG."))
    return ()


def bind_volume(issues: tuple[Issue, ...], facts: Facts | Issue) -> Volume:
    """Return issues bound into a volume, called and dated as `facts` say; else as most of them are, and the newest."""
    return Volume(
        nameplate=facts.nameplate or _commonest(issue.nameplate for issue in issues),
        issues=issues,
        language=facts.language or _commonest(issue.language for issue in issues),
        number=facts.number,
        date=facts.date or max(issue.date for issue in issues),
        publisher=facts.publisher or _commonest(issue.publisher for issue in issues),
        rights=facts.rights or _commonest(issue.rights for issue in issues),
    )


def by_month(issue: Issue) -> Volume:
    """Return an issue's articles as a volume of months, those without a date behind them; in a month by their time.

    The house's own matter is of no month: foreword and editorial open the first part, and the rest closes the last.
    """
    from newsbook.layout.words import words_for

    own = tuple(article for article in issue.articles if article.genre)
    stories = replace(issue, articles=tuple(article for article in issue.articles if not article.genre))
    months = sorted({article.published[:7] for article in stories.articles}, key=lambda month: (not month, month))
    undated = words_for(issue.language).undated
    parts = [_month(stories, month, undated) for month in months]
    if not parts:
        return bind_volume((issue,), issue)
    opening = tuple(article for article in own if article.genre in _OPENING)
    closing = tuple(article for article in own if article.genre not in _OPENING)
    parts[0] = replace(parts[0], articles=(*opening, *parts[0].articles))
    parts[-1] = replace(parts[-1], articles=(*parts[-1].articles, *closing))
    return bind_volume(tuple(parts), issue)


_OPENING = frozenset({Genre.FOREWORD, Genre.EDITORIAL})


def _month(issue: Issue, month: str, undated: str) -> Issue:
    own = (article for article in issue.articles if article.published[:7] == month)
    articles = tuple(sorted(own, key=lambda article: article.published))
    return replace(issue, number="" if month else undated, date=month, articles=articles)
