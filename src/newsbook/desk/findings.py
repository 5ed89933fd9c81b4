"""Say what was found on the way: what was left out, what is missing, what nobody could tell."""

from collections.abc import Iterator

from newsbook.desk.draft import printed
from newsbook.desk.linkfarm import KIND as LINK_FARM
from newsbook.desk.shapes import Shaped
from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Article, Omission

_EXCERPT = 40


def report_findings(article: Article, shaped: tuple[Shaped, ...], report: Report) -> None:
    """Report the findings about `article`, one for each kind of thing left out."""
    for finding in (*_left_out(article), *_missing(article), *_doubtful(article, shaped)):
        report(finding)


def _left_out(article: Article) -> Iterator[Diagnostic]:
    groups: dict[str, list[Omission]] = {}
    for omission in article.source.omissions:
        groups.setdefault(omission.kind, []).append(omission)
    for kind, omissions in groups.items():
        code = Code.LINK_FARM_LEFT_OUT if kind == LINK_FARM else Code.CHROME_LEFT_OUT
        first = omissions[0]
        more = f" and {len(omissions) - 1} more" if len(omissions) > 1 else ""
        message = f"left out as {kind}: “{_excerpt(first.text)}”{more}."
        yield Diagnostic(code, message, Place(article.source.name, first.line))


def _missing(article: Article) -> Iterator[Diagnostic]:
    place = Place(article.source.name)
    if not article.headline:
        yield Diagnostic(Code.HEADLINE_MISSING, "no line of the page looks like a headline.", place)
    if not article.body:
        yield Diagnostic(Code.BODY_MISSING, "the page has no text below its headline.", place)
    if not article.published:
        yield Diagnostic(Code.DATE_MISSING, "the page does not say when it was published.", place)
    if not article.language:
        hint = "Name it with --lang."
        yield Diagnostic(Code.LANGUAGE_UNCERTAIN, "nothing in the page tells its language.", place, hint)


def _doubtful(article: Article, shaped: tuple[Shaped, ...]) -> Iterator[Diagnostic]:
    for item in shaped:
        if item.doubtful:
            message = f"set as a {item.shape.value}, but it may be something else: “{_excerpt(printed(item.line))}”."
            yield Diagnostic(Code.STRUCTURE_DOUBTFUL, message, Place(article.source.name, item.line.number))


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
