"""What the preview shows at one moment, as values that become JSON for the page."""

from msgspec import Struct

from newsbook.diagnostics import Diagnostic
from newsbook.model import Article, Genre


class PageSize(Struct, frozen=True):
    """A page: points wide and high, and its printed number."""

    width: float
    height: float
    label: str


class PagePlace(Struct, frozen=True):
    """Where something stands: the number of a page from 0, and a box in parts of its width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float


class ShownPages(Struct, frozen=True):
    """A PDF: its hash in the store, its pages, and where each article stands, by its name."""

    digest: str = ""
    pages: tuple[PageSize, ...] = ()
    places: dict[str, tuple[PagePlace, ...]] = {}


class ShownOutput(Struct, frozen=True):
    """An output: what the project calls it, and what came of it. `digest` is that of an e-book; a PDF has `pages`."""

    name: str
    kind: str
    style: str
    is_named: bool
    pages: ShownPages = ShownPages()
    digest: str = ""
    is_vertical: bool = False


class ShownArticle(Struct, frozen=True):
    """An article in its place: the name of its input, what heads it, and how many doubts wait for a person.

    `group` is the section that the issue file puts it into. `is_headed` tells that the file states its headline.
    """

    name: str
    headline: str
    section: str
    group: str
    language: str
    doubts: int
    is_headed: bool = False


class ShownAside(Struct, frozen=True):
    """What was read and does not stand in the issue: its input, its headline, and `why`: held, left-out and others.

    `by` says who has it so: a place in the issue file, or newsbook in a sentence. `comes_back` tells that the file
    speaks of just this article, which can be put back.
    """

    name: str
    headline: str
    language: str
    why: str
    by: str = ""
    comes_back: bool = False


class ShownFinding(Struct, frozen=True):
    """A finding; `article` names what it is about, empty where that is no article of the issue."""

    code: str
    severity: str
    message: str
    hint: str
    source: str
    line: int
    column: int
    article: str


class Alone(Struct, frozen=True):
    """An article that was set alone while the pages are made up."""

    name: str
    headline: str
    pages: ShownPages


class Snapshot(Struct, frozen=True):
    """All that is shown. `failure` says in sentences why there is nothing newer; `busy` what is at work."""

    version: int = 0
    title: str = ""
    settings: str = ""
    articles: tuple[ShownArticle, ...] = ()
    aside: tuple[ShownAside, ...] = ()
    sections: tuple[str, ...] = ()
    findings: tuple[ShownFinding, ...] = ()
    outputs: tuple[ShownOutput, ...] = ()
    alone: Alone | None = None
    failure: tuple[str, ...] = ()
    busy: str = ""
    is_stale: bool = True


def shown_finding(finding: Diagnostic, names: frozenset[str]) -> ShownFinding:
    """Return a finding as it is shown, among articles of these names."""
    where = finding.where
    article = where.source if where.source in names else ""
    severity = finding.severity.value
    return ShownFinding(
        finding.code.value, severity, finding.message, finding.hint, where.source, where.line, where.column, article
    )


def stories_of(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Return what an issue file can order and head by its input: articles, and nothing of the house's own."""
    return tuple(article for article in articles if article.genre is Genre.STORY)


def shown_article(article: Article, group: str, *, is_headed: bool) -> ShownArticle:
    """Return an article as it is listed."""
    doubts = sum(repair.doubtful for repair in article.source.repairs)
    return ShownArticle(
        article.source.name, article.headline, article.section, group, article.language, doubts, is_headed
    )
