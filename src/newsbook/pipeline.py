"""The picture in ARCHITECTURE.md as code: sources become articles, articles an issue, an issue a PDF or an EPUB."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import (
    Code,
    Diagnostic,
    InputError,
    LimitError,
    Place,
    Report,
)
from newsbook.files import Input
from newsbook.model import Article, Block, Figure, Issue, Media
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


class Story(Struct, frozen=True):
    """An article and the folder that its pictures are named from; `media` is what a native issue brought along."""

    article: Article
    folder: Path
    media: tuple[Media, ...] = ()


def read(
    inputs: tuple[Input, ...], options: Options, report: Report, seen: Seen = lambda _name, _raw: None
) -> tuple[Issue, tuple[Story, ...]]:
    """Return the stories of `inputs`, and the frame of an issue that one of them may have brought.

    `seen` is called after each input with its name and bytes, None where it could not be read. An input that cannot be
    used is a finding; where it is the only one, its failure is the failure.
    """
    stories: list[Story] = []
    frame = Issue(nameplate="", articles=(), language="")
    for item in inputs:
        raw = None
        try:
            raw = item.read()
            frame = _read_one(item, raw, options, frame, stories, report)
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
    item: Input, raw: bytes, options: Options, frame: Issue, stories: list[Story], report: Report
) -> Issue:
    from newsbook import desk, readers, repairs

    document = readers.read(item.name, raw, item.pictures(), options.encoding, report)
    match document:
        case Issue():
            told = (_as_told(article, options) for article in document.articles)
            stories += [Story(article, item.folder, document.media) for article in told]
            return replace(document, articles=(), media=())
        case Article():
            stories.append(Story(_as_told(document, options), item.folder))
        case _:
            mended = repairs.repair(replace(document, language=options.language), report)
            stories.append(Story(_as_told(desk.edit(mended, report), options), item.folder))
    return frame


def _as_told(article: Article, options: Options) -> Article:
    """Return `article` with what the user said about every article."""
    source = article.source
    return replace(
        article,
        source=replace(source, url=options.url or source.url, retrieved=options.retrieved or source.retrieved),
        language=options.language or article.language,
    )


def gather(frame: Issue, stories: tuple[Story, ...], options: Options, workshop: Path, report: Report) -> Issue:
    """Bind stories into an issue. Finished pictures are laid down in the folder `workshop`.

    What the user said comes first, then what a native issue said, then what the articles show: the language that most
    of them have, and the day of the newest.
    """
    from newsbook.layout.words import words_for

    bound = [_bind(number, story, workshop, report) for number, story in enumerate(stories, 1)]
    articles = tuple(article for article, _ in bound)
    language = options.language or canonical(frame.language) or _commonest(article.language for article in articles)
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
