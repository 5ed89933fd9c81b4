"""Bring places in the text of a page with markup back to the places in the page that it was read from."""

from msgspec.structs import replace

from newsbook.diagnostics import Diagnostic, Report
from newsbook.model import Article, Copy, Markup, Origin


def at_origin(copy: Copy, report: Report) -> Report:
    """Return `report` with places in the page instead of those in the lines of `copy`; as it is for a text page."""
    return report if not copy.markup else lambda finding: report(_placed(finding, copy.markup))


def with_origins(article: Article, copy: Copy) -> Article:
    """Return `article`, made from `copy`, with places in the page in its record, and what its reader left out."""
    if not copy.markup:
        return article
    repairs = tuple(
        replace(repair, line=place.line, column=place.column)
        for repair in article.source.repairs
        for place in (origin_of(copy.markup, repair.line, repair.column),)
    )
    omissions = tuple(
        replace(omission, line=origin_of(copy.markup, omission.line, 1).line) for omission in article.source.omissions
    )
    every = sorted((*copy.source.omissions, *omissions), key=lambda omission: omission.line)
    return replace(article, source=replace(article.source, repairs=repairs, omissions=tuple(every)))


def origin_of(markup: tuple[Markup, ...], number: int, column: int) -> Origin:
    """Return where the character in `column` of line `number`, both from 1, stands in the page."""
    at = column - 1
    origins = markup[number - 1].origins if 0 < number <= len(markup) else ()
    last = next((origin for origin in reversed(origins) if origin.at <= at), None)
    return Origin(at, last.line, last.column + at - last.at) if last else Origin(at, 1, 1)


def _placed(finding: Diagnostic, markup: tuple[Markup, ...]) -> Diagnostic:
    where = finding.where
    if not where.line:
        return finding
    place = origin_of(markup, where.line, where.column or 1)
    return replace(finding, where=replace(where, line=place.line, column=where.column and place.column))
