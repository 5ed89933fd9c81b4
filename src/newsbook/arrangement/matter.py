"""The house's own matter as stories: foreword, editorial, notices, corrections, advertisements, boxes, staff.

It is read as Markdown on a desk that leaves nothing out, and is an article of a genre from there on. Notices that stand
together are one article, and so are corrections: a column of them.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newsbook.conversion import Target, retagged
from newsbook.diagnostics import InputError, LimitError
from newsbook.inputs import path_beside
from newsbook.intake import ReadInput, attached, put_in_store, terms_of
from newsbook.jobs import Failed
from newsbook.languagetags import canonical
from newsbook.layout.words import Words, words_for, written_date
from newsbook.model import (
    Article,
    Block,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    Genre,
    Paragraph,
    Rank,
    Source,
    Space,
    Span,
)
from newsbook.project import Advertisement, Correction, HousePiece, Project
from newsbook.stories import Attached, Raw, Story, pictures_named
from newsbook.workplace import Workplace


class HouseMatter(Struct, frozen=True):
    """A piece of the house's own: its story, and the section or the article that it is to stand behind."""

    story: Story
    section: str = ""
    after: str = ""
    raws: tuple[Raw, ...] = ()
    files: tuple[Path, ...] = ()


class _HouseDesk:
    """What makes stories of the pieces of a project, for an issue in a language."""

    def __init__(self, project: Project, language: str, work: Workplace) -> None:
        self._project, self._work = project, work
        self.language = language
        self._terms = replace(terms_of(project), own=True, form="markdown", encoding="", url="", retrieved="")

    def words(self, language: str = "") -> Words:
        """Return the words of a language, of the issue's where none is said."""
        return words_for(language or self.language)

    def piece(self, name: str, said: HousePiece | Advertisement, genre: Genre) -> HouseMatter:
        """Return a piece of text, or of a file of it, as matter of a genre."""
        language = canonical(said.language) or self.language
        if not (said.text or said.file):
            article = Article("", source=Source(name=name))
            return HouseMatter(Story(replace(article, language=language, genre=genre)), said.section, said.after)
        called = Path(said.file).name if said.file else f"{name}.md"
        store = self._work.store
        digest = put_in_store(Path(said.file), store) if said.file else store.put(said.text.encode())
        terms = replace(self._terms, language=language)
        (done,) = self._work.do((ReadInput(called, digest, terms),))
        if isinstance(done, Failed):
            raise done.error()
        if done.value.fault or not done.value.stories:
            raise InputError(done.value.fault or f"{called} says nothing; write what is to be printed.")
        article = done.value.stories[0].article
        folder = Path(said.file).parent if said.file else None
        pictures = tuple(self._attached(each, folder) for each in pictures_named(article))
        article = replace(article, genre=genre, rank=Rank.STORY, headline=said.headline or article.headline)
        raws = (Raw(0, each.name, "picture", each.sha256, beside=said.file) for each in pictures if each.sha256)
        files = (Path(said.file),) if said.file else ()
        return HouseMatter(Story(article, pictures), said.section, said.after, tuple(raws), files)

    def _attached(self, name: str, folder: Path | None) -> Attached:
        if folder is None:
            return Attached(name, fault="text in newsbook.toml brings no pictures; put it into a file")
        try:
            return Attached(name, put_in_store(path_beside(folder, name, self._project.gate), self._work.store))
        except (InputError, LimitError) as error:
            return Attached(name, fault=str(error))

    def signed(self, name: str, said: HousePiece, genre: Genre, label: str) -> HouseMatter:
        """Return a piece with who signs it, and a label above its headline, or for one."""
        made = self.piece(name, said, genre)
        article = made.story.article
        kicker = label if article.headline else ""
        told = replace(article, byline=said.byline, kicker=kicker, headline=article.headline or label)
        return replace(made, story=replace(made.story, article=told))

    def advertisement(self, name: str, said: Advertisement) -> HouseMatter:
        """Return an advertisement, its picture above its text, and its label, where it has one, as its kicker."""
        made = self.piece(name, said, Genre.ADVERTISEMENT)
        article, pictures = made.story.article, made.story.pictures
        if said.picture:
            path = Path(said.picture)
            figure = Figure(image=path.name, alt=said.alt or said.headline)
            pictures = (*pictures, attached(path.name, path, self._work.store))
            article = replace(article, body=(figure, *article.body))
            made = replace(made, files=(*made.files, path))
        label = self.words(article.language).advertisement if said.labelled else ""
        told = replace(article, headline=said.headline, kicker=label, rank=Rank.STORY, space=Space(said.size))
        return replace(made, story=replace(made.story, article=told, pictures=pictures))

    def correction(self, name: str, said: Correction) -> HouseMatter:
        """Return a correction, which begins with what it corrects, and ends with where that stood."""
        made = self.piece(name, HousePiece(text=said.text), Genre.CORRECTION)
        article, words = made.story.article, self.words()
        issue = words.number.format(number=said.number) if said.number.isdigit() else said.number
        day = written_date(said.date, words) if said.date else ""
        told = words.separator.join(part for part in (issue, day) if part)
        where = words.corrects.format(issue=told) if told else said.url
        end = (Paragraph((Span(where, href=said.url),)),) if where else ()
        article = replace(article, headline=said.headline, body=(*article.body, *end))
        return replace(made, story=replace(made.story, article=article))

    def staff(self) -> HouseMatter:
        """Return the staff box: roles, and below each who has it."""
        said = self._project.staff
        made = self.piece("staff", HousePiece(text=said.text), Genre.STAFF)
        words = self.words()
        items = [
            (Span(text),)
            for each in said.roles
            for text in (*((each.role,) if each.role else ()), words.separator.join(each.names))
        ]
        terms, at = [], 0
        for each in said.roles:
            terms += [at] if each.role else []
            at += 1 + bool(each.role)
        body: tuple[Block, ...] = (Definitions(tuple(items), tuple(terms)),) if items else ()
        article = made.story.article
        told = replace(article, headline=said.headline or words.staff, body=(*body, *article.body), rank=Rank.STORY)
        return replace(made, story=replace(made.story, article=told))


def matter_of(project: Project, language: str, work: Workplace) -> Iterator[HouseMatter]:
    """Yield the house's own matter of an issue, in the order in which what stands at one place stands there.

    `language` is the issue's. Raises `InputError` where a file cannot be read.
    """
    desk = _HouseDesk(project, retagged(language, Target(project.conversion.script)), work)
    words = desk.words()
    for name, said, genre, label in (
        ("foreword", project.foreword, Genre.FOREWORD, words.foreword),
        ("editorial", project.editorial, Genre.EDITORIAL, words.editorial),
    ):
        if said.text or said.file:
            yield desk.signed(name, said, genre, label)
    for number, advert in enumerate(project.advertisements, 1):
        yield desk.advertisement(f"advertisement-{number}", advert)
    notices = [
        desk.signed(f"notice-{number}", said, Genre.NOTICE, desk.words(canonical(said.language)).notices)
        for number, said in enumerate(project.notices, 1)
    ]
    yield from _columns(notices, words.notices)
    corrections = [desk.correction(f"correction-{number}", one) for number, one in enumerate(project.corrections, 1)]
    if corrections:
        yield _column(corrections, words.corrections)
    for number, box in enumerate(project.boxes, 1):
        yield desk.piece(f"box-{number}", box, Genre.BOX)
    if project.staff.roles or project.staff.text:
        yield desk.staff()


def _columns(notices: list[HouseMatter], title: str) -> Iterator[HouseMatter]:
    """Yield notices, those that are to stand at one place as a column of them."""
    places = dict.fromkeys((each.section, each.after) for each in notices)
    for place in places:
        here = [each for each in notices if (each.section, each.after) == place]
        yield _column(here, title) if len(here) > 1 else here[0]


def _column(pieces: list[HouseMatter], title: str) -> HouseMatter:
    """Return several pieces as one: each under its headline, and with who signs it."""
    first = pieces[0]
    whole = first.story.article
    body = tuple(block for piece in pieces for block in _entry(piece.story.article, whole.language, title))
    source = replace(whole.source, pages=tuple(piece.story.article.source for piece in pieces[1:]))
    article = replace(whole, headline=title, kicker="", byline="", body=body, source=source)
    pictures = dict.fromkeys(picture for piece in pieces for picture in piece.story.pictures)
    return replace(
        first,
        story=replace(first.story, article=article, pictures=tuple(pictures)),
        raws=tuple(dict.fromkeys(raw for piece in pieces for raw in piece.raws)),
        files=tuple(file for piece in pieces for file in piece.files),
    )


def _entry(article: Article, language: str, title: str) -> Iterator[Block]:
    """Yield an article as a part of a column; what is in another language than that says so."""
    tag = article.language if article.language != language else ""
    if article.headline and article.headline != title:
        yield Crosshead((Span(article.headline, language=tag),))
    for block in article.body:
        if not isinstance(block, Footnote) and tag and hasattr(block, "text"):
            yield replace(block, text=tuple(replace(span, language=span.language or tag) for span in block.text))
        else:
            yield block
    if article.byline:
        yield Paragraph((Span(f"——{article.byline}", language=tag),))
