"""Make up an issue into an edition: every article a finished XHTML document, with front and back matter."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import partial

import msgspec

from newsbook.assets import read_styles, template_environment
from newsbook.diagnostics import Report
from newsbook.layout.coverage import FindFace, substitute
from newsbook.layout.doubts import doubt_notes, numbering
from newsbook.layout.facts import article_facts, credited, issue_facts
from newsbook.layout.fontcss import face_rules, faces_in_use
from newsbook.layout.headlines import balanced, phrases
from newsbook.layout.identity import modified, urn
from newsbook.layout.pictures import placer
from newsbook.layout.style import Style, read_style
from newsbook.layout.words import Words, weekday, words_for, written_date
from newsbook.model import (
    Article,
    Block,
    Contribution,
    Document,
    Edition,
    Entry,
    Figure,
    Issue,
    Media,
    Metadata,
    Role,
    Stylesheet,
)


class Carrier(StrEnum):
    """What an edition is made up for."""

    PRINT = "print"
    EBOOK = "ebook"
    COVER = "cover"


class Line(msgspec.Struct, frozen=True):
    """An article's line in the contents and in the table of sources."""

    href: str
    title: str
    language: str
    outlet: str
    author: str
    published: str


def make_up(  # noqa: PLR0913, PLR0917 - each argument is a different thing that make-up must not fetch for itself.
    issue: Issue, carrier: Carrier, style_name: str, tools: str, find_face: FindFace, report: Report
) -> Edition:
    """Return `issue` made up for `carrier` in a style.

    `tools` names the programs and versions for the colophon. `find_face` looks up an installed face. Raises
    `UsageError` for an unknown style and `DependencyError` where a role of the style has no installed face.
    """
    style = read_style(style_name)
    if carrier is not Carrier.EBOOK:
        issue = substitute(issue, style.faces, find_face, report)
    maker = _Maker(issue, carrier, style, words_for(issue.language))
    names = tuple(f"a{number:03d}" for number in range(1, len(issue.articles) + 1))
    lines = tuple(maker.line(name, article) for name, article in zip(names, issue.articles, strict=True))
    fonts = faces_in_use(issue, style.faces, find_face) if carrier is Carrier.PRINT else ""
    return Edition(
        documents=(maker.cover(lines),) if carrier is Carrier.COVER else maker.documents(names, lines, fonts, tools),
        stylesheets=_stylesheets(issue, style_name, style, carrier),
        media=_media_in_use(issue),
        contents=maker.contents(names),
        metadata=_metadata(issue),
    )


class _Maker(msgspec.Struct, frozen=True):
    """The things that every document of one edition is made with."""

    issue: Issue
    carrier: Carrier
    style: Style
    words: Words

    def render(self, template: str, words: Words, values: Mapping[str, object]) -> str:
        place = placer(self.issue, self.style.page, words)
        shared = {"issue": self.issue, "carrier": self.carrier.value, "words": words, "place": place}
        page = template_environment().get_template(template)
        return page.render(**shared, **values, is_link=is_link, kind=kind).strip()

    def href(self, name: str) -> str:
        return f"#{name}" if self.carrier is Carrier.PRINT else f"{name}.xhtml"

    @property
    def level(self) -> int:
        """The level of an article's headline: below the nameplate in print, at the top of its own e-book file."""
        return 2 if self.carrier is Carrier.PRINT else 1

    def line(self, name: str, article: Article) -> Line:
        words = words_for(article.language)
        return Line(
            href=self.href(name),
            title=title_of(article, words),
            language=article.language,
            outlet=article.source.outlet,
            author=credited(article, Role.AUTHOR, words),
            published=written_date(article.published[:10], self.words) if article.published else "",
        )

    def documents(
        self, names: tuple[str, ...], lines: tuple[Line, ...], fonts: str, tools: str
    ) -> tuple[Document, ...]:
        articles = (self.article(name, article) for name, article in zip(names, self.issue.articles, strict=True))
        return (self.front(lines), *articles, self.back(lines, fonts, tools))

    def article(self, name: str, article: Article) -> Document:
        words = words_for(article.language)
        values = {
            "name": name,
            "article": msgspec.structs.replace(article, headline=title_of(article, words)),
            "level": self.level,
            "phrases": phrases(title_of(article, words), self.style.page.headline),
            "balance": balanced(title_of(article, words), self.style.page.headline),
            "byline": tuple(_byline(article, words)),
            "facts": article_facts(article, words),
            "notes": doubt_notes(article, words),
            "mark": numbering(),
        }
        body = self.render("article.html", words, values)
        return Document(name, "article", title_of(article, words), article.language, body)

    def front(self, lines: tuple[Line, ...]) -> Document:
        values = {"name": "front", "entries": lines, "issue_line": self.issue_line()}
        body = self.render("contents.html", self.words, values)
        return Document("front", "contents", self.words.contents, self.issue.language, body)

    def back(self, lines: tuple[Line, ...], fonts: str, tools: str) -> Document:
        facts = issue_facts(self.issue, self.words, fonts, tools)
        values = {"name": "back", "rows": lines, "facts": facts, "level": self.level}
        body = self.render("back.html", self.words, values)
        return Document("back", "colophon", self.words.colophon, self.issue.language, body)

    def cover(self, lines: tuple[Line, ...]) -> Document:
        lead = next((block for block in _figures(self.issue) if block.image), None)
        picture = lead and placer(self.issue, self.style.page, self.words)(lead)
        values = {
            "entries": lines[:4],
            "issue_line": self.issue_line(),
            "picture": picture,
            "characters": max(3, len(self.issue.nameplate)),
            "turned": partial(phrases, measure=self.style.page.headline),
        }
        body = self.render("cover.html", self.words, values)
        return Document("cover", "cover", self.words.cover, self.issue.language, body)

    def issue_line(self) -> tuple[str, ...]:
        """Return number, date with weekday, and publisher, as far as they are known."""
        issue, words = self.issue, self.words
        number = words.number.format(number=issue.number) if issue.number.isdigit() else issue.number
        day = f"{written_date(issue.date, words)} {weekday(issue.date, words)}".strip() if issue.date else ""
        return tuple(part for part in (number, day, issue.publisher) if part)

    def contents(self, names: tuple[str, ...]) -> tuple[Entry, ...]:
        entries = (
            Entry(title_of(article, self.words), name) for name, article in zip(names, self.issue.articles, strict=True)
        )
        front = Entry(self.words.contents, "front")
        back = Entry(f"{self.words.sources} · {self.words.colophon}", "back")
        return (front, *entries, back)


def title_of(article: Article, words: Words) -> str:
    """Return the headline, or what the contents call an article that has none: the name of its source."""
    return article.headline or article.source.name or words.article


def _byline(article: Article, words: Words) -> Iterator[str]:
    if article.source.outlet:
        yield article.source.outlet
    author = article.byline or credited(article, Role.AUTHOR, words)
    if author and author != article.source.outlet:
        yield author
    if article.published:
        yield written_date(article.published, words)


def is_link(text: str) -> bool:
    """Tell whether `text` is a link that an edition may carry: the web's schemes and mail, nothing that runs."""
    return text.startswith(("https://", "http://", "mailto:"))


def kind(block: Block) -> str:
    """Return the name of a block's type, which is the name of its macro."""
    tag = block.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{type(block).__name__} has no tag")
    return tag


def _figures(issue: Issue) -> Iterator[Figure]:
    for article in issue.articles:
        yield from (block for block in article.body if isinstance(block, Figure))


def _media_in_use(issue: Issue) -> tuple[Media, ...]:
    used = {figure.image for figure in _figures(issue)}
    return tuple(media for media in issue.media if media.name in used)


def _stylesheets(issue: Issue, name: str, style: Style, carrier: Carrier) -> tuple[Stylesheet, ...]:
    """Return the cascade as an explicit list: base, faces, style, the user's."""
    sheets = [Stylesheet("base.css", text) for text in read_styles(name, "base.css")]
    if carrier is not Carrier.EBOOK:
        sheets.append(Stylesheet("faces.css", face_rules(issue, style.faces)))
    for number, text in enumerate(read_styles(name, f"{carrier.value}.css")):
        sheets.append(Stylesheet(f"{carrier.value}{number or ''}.css", text))
    return tuple(sheets)


_RELATORS = {
    Role.AUTHOR: "aut",
    Role.EDITOR: "edt",
    Role.PHOTOGRAPHER: "pht",
    Role.CORRESPONDENT: "rpt",
    Role.SUPPLIER: "dnr",
}


def _metadata(issue: Issue) -> Metadata:
    credits_in_order = dict.fromkeys(
        Contribution(_RELATORS[credit.role], credit.name) for article in issue.articles for credit in article.credits
    )
    sources = dict.fromkeys(source.url or source.outlet for source in (article.source for article in issue.articles))
    languages = dict.fromkeys((issue.language, *(article.language for article in issue.articles)))
    return Metadata(
        title=_issue_title(issue),
        language=issue.language,
        identifier=urn(issue),
        date=issue.date,
        modified=modified(issue.date),
        publisher=issue.publisher,
        rights=issue.rights,
        description=words_for(issue.language).separator.join(a.headline for a in issue.articles if a.headline),
        accessibility=words_for(issue.language).accessibility,
        languages=tuple(languages),
        contributors=tuple(credits_in_order),
        sources=tuple(filter(None, sources)),
    )


def _issue_title(issue: Issue) -> str:
    """Return the title that a shelf shows: the nameplate, the number and the date, so that issues differ."""
    words = words_for(issue.language)
    number = words.number.format(number=issue.number) if issue.number.isdigit() else issue.number
    day = written_date(issue.date, words) if issue.date else ""
    return " ".join(part for part in (issue.nameplate, number, day) if part)
