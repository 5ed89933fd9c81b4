"""The picture in ARCHITECTURE.md as code: sources become articles, articles an issue, an issue a PDF or an EPUB."""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.conversion import Target, convert, convert_frame, retagged
from newsbook.diagnostics import (
    Code,
    Diagnostic,
    InputError,
    LimitError,
    Place,
    Report,
)
from newsbook.files import OVERRIDES_SUFFIX, Input
from newsbook.model import Article, Block, Copy, Figure, Issue, Media
from newsbook.overrides import Overrides, is_settled, load, override
from newsbook.places import at_origin, with_origins
from newsbook.proof import Pull, make_sheet, pull_galley
from newsbook.record import tools
from newsbook.tags import canonical

Seen: TypeAlias = Callable[[str, bytes | None], None]


class Options(Struct, frozen=True):
    """What the user said about the issue; empty means that it is found out or left out."""

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


class Story(Struct, frozen=True):
    """An article and the folder that its pictures are named from; `media` is what a native issue brought along.

    What came as a text page has its `pull`, for the proof sheet.
    """

    article: Article
    folder: Path
    media: tuple[Media, ...] = ()
    pull: Pull | None = None


def read(
    inputs: tuple[Input, ...], options: Options, report: Report, seen: Seen = lambda _name, _raw: None
) -> tuple[Issue, tuple[Story, ...]]:
    """Return the stories of `inputs`, and the frame of an issue that one of them may have brought.

    `seen` is called after each input with its name and bytes, None where it could not be read; a person's decisions on
    it come first. An input that cannot be used is a finding; where it is the only one, its failure is the failure.
    """
    stories: list[Story] = []
    frame = Issue(nameplate="", articles=(), language="")
    for item in inputs:
        raw = None
        try:
            raw = item.read()
            decisions = _decisions(item, seen, report)
            frame = _read_one(item, raw, options, frame, stories, decisions, report)
        except (InputError, LimitError) as error:
            if len(inputs) == 1:
                raise
            hint = "The issue was made without it."
            report(Diagnostic(Code.ARTICLE_UNUSABLE, str(error), Place(item.name), hint))
        finally:
            seen(item.name, raw)
    if not stories:
        raise InputError(
            "there is no article in what was given; name text pages, newsbook's JSON, or a folder of them."
        )
    return frame, tuple(stories)


def _read_one(  # noqa: PLR0913, PLR0917 - what is read, how, and into what.
    item: Input,
    raw: bytes,
    options: Options,
    frame: Issue,
    stories: list[Story],
    decisions: Overrides | None,
    report: Report,
) -> Issue:
    from newsbook import desk, readers

    document = readers.read(item.name, raw, item.pictures(), options.encoding, report)
    match document:
        case Issue():
            told = (_as_told(article, options, report) for article in document.articles)
            stories += [Story(article, item.folder, document.media) for article in told]
            return convert_frame(replace(document, articles=(), media=()), options.script)
        case Article():
            stories.append(Story(_as_told(document, options, report), item.folder))
        case _:
            pull = _mended(replace(document, language=options.language), item, decisions, report)
            edited = with_origins(desk.edit(pull.ruled, at_origin(document, report)), document)
            stories.append(Story(_as_told(edited, options, report), item.folder, pull=pull))
            decisions = None
    if decisions:
        message = "newsbook's JSON is changed in itself; the decisions beside it were not followed."
        report(Diagnostic(Code.OVERRIDE_UNFIT, message, Place(item.name), "Edit the JSON, and take them away."))
    return frame


def _decisions(item: Input, seen: Seen, report: Report) -> Overrides | None:
    """Return the decisions that lie beside an input; a file that holds none is a finding."""
    beside = item.overrides()
    try:
        raw = beside.read() if beside else b""
        if beside:
            seen(beside.name, raw)
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
    return Pull(received, mended, ruled, item.name + OVERRIDES_SUFFIX if item.path else "")


def _as_told(article: Article, options: Options, report: Report) -> Article:
    """Return `article` with what the user said about every article."""
    source = article.source
    told = replace(
        article,
        source=replace(source, url=options.url or source.url, retrieved=options.retrieved or source.retrieved),
        language=options.language or article.language,
    )
    return _in_script(told, options.script, report)


def _in_script(article: Article, script: Target, report: Report) -> Article:
    """Return `article` in the script that the user asked for; that it mixes scripts is a finding."""
    from newsbook.desk import find_mixture, language_of

    stated = canonical(article.language)
    language = stated if stated not in {"", "zh"} else language_of(article)
    mixture = find_mixture(article, language)
    if mixture:
        report(mixture)
    return convert(article, language, script, is_mixed=mixture is not None)


def gather(frame: Issue, stories: tuple[Story, ...], options: Options, workshop: Path, report: Report) -> Issue:
    """Bind stories into an issue. Finished pictures are laid down in the folder `workshop`.

    What the user said comes first, then what a native issue said, then what the articles show: the language that most
    of them have, and the day of the newest.
    """
    from newsbook.layout.words import words_for

    bound = [_bind(number, story, workshop, report) for number, story in enumerate(stories, 1)]
    articles = tuple(article for article, _ in bound)
    told = retagged(options.language, options.script)
    language = told or canonical(frame.language) or _commonest(article.language for article in articles)
    newest = max((article.published[:10] for article in articles), default="")
    return Issue(
        nameplate=options.nameplate or frame.nameplate or words_for(language).nameplate,
        articles=articles,
        language=language,
        number=options.number or frame.number,
        date=options.date or frame.date or newest,
        publisher=options.publisher or frame.publisher,
        rights=options.rights or frame.rights,
        media=tuple(media for _, pictures in bound for media in pictures),
    )


def _commonest(languages: Iterator[str]) -> str:
    counts = Counter(languages)
    return max(counts, key=lambda tag: counts[tag])


def _bind(number: int, story: Story, workshop: Path, report: Report) -> tuple[Article, tuple[Media, ...]]:
    article = story.article
    pictures: list[Media] = []
    body: list[Block] = []
    for block in article.body:
        placed: Block = block
        if isinstance(block, Figure) and block.image:
            media = _finish(f"a{number:03d}-{len(pictures) + 1}", block.image, story, workshop, report)
            placed = replace(block, image=media.name if media else "")
            pictures += [media] if media else []
            if media and not block.alt:
                message = f"nothing says what the picture {block.image} shows to those who cannot see it."
                hint = "Give the figure an alt in the article's JSON."
                report(Diagnostic(Code.ALT_TEXT_UNKNOWN, message, Place(article.source.name), hint))
        body.append(placed)
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


def _finish(stem: str, name: str, story: Story, workshop: Path, report: Report) -> Media | None:
    """Prepare a figure's picture and lay it down in the workshop; a broken one is a finding and None."""
    from newsbook.pictures import prepare

    known = {media.name: media.path for media in story.media}
    try:
        picture = prepare(_picture_bytes(story.folder, known.get(name, name)))
    except InputError as error:
        message = f"the picture {name} cannot be used: {error}; its cutline stands alone."
        hint = "Supply it as JPEG or PNG."
        report(Diagnostic(Code.PICTURE_UNUSABLE, message, Place(story.article.source.name), hint))
        return None
    file = workshop / f"{stem}.{picture.suffix}"
    file.write_bytes(picture.data)
    return Media(file.name, picture.type, picture.width, picture.height, picture.sha256, str(file))


def _picture_bytes(folder: Path, name: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise InputError("it lies outside the folder of its article")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "it cannot be read") from error


def make_pdf(issue: Issue, style: str, profile: str, report: Report) -> bytes:
    """Return the issue as a PDF in `style`; `profile` is `plain` or `accessible`."""
    from newsbook.faces import find_face
    from newsbook.layout import Carrier, make_up
    from newsbook.writers.pdf import Profile, write_pdf

    edition = make_up(issue, Carrier.PRINT, style, tools("weasyprint"), find_face, report)
    return write_pdf(edition, Profile(profile), report)


# A picture as large as a proof shows it, at two pixels to a point.
_PROOF_SIDE = 720


def make_proof(issue: Issue, stories: tuple[Story, ...], findings: tuple[Diagnostic, ...]) -> bytes:
    """Return the proof sheet of an issue that was gathered from `stories`, as HTML."""
    pictures = {media.name: _data_uri(media) for media in issue.media}
    galleys = (
        pull_galley(f"a{number}", article, story.pull, pictures, findings)
        for number, (article, story) in enumerate(zip(issue.articles, stories, strict=True), 1)
    )
    names = [article.source.name for article in issue.articles]
    return make_sheet(names[0] if len(names) == 1 else f"{len(names)} articles", tuple(galleys))


def _data_uri(media: Media) -> str:
    from newsbook.pictures import prepare

    small = prepare(Path(media.path).read_bytes(), _PROOF_SIDE)
    return f"data:{small.type};base64,{b64encode(small.data).decode()}"
