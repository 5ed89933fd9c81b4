"""Bring places in the text of a page with markup to places in the page itself, and back."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Diagnostic, Report
from newsbook.model import Article, Copy, Markup, Omission, Origin, Repair


class Position(Struct, frozen=True):
    """The number of a line and a column in it, both from 1. Line 0 is nowhere."""

    line: int
    column: int


Finder: TypeAlias = Callable[[int, int], Position]

NOWHERE = Position(0, 0)

Recorded = TypeVar("Recorded", Repair, Omission)


def at_origin(copy: Copy, report: Report) -> Report:
    """Return a `report` that gives places in the page, not in the lines of `copy`. In a text page they are one."""
    return report if not copy.markup else lambda finding: report(_placed(finding, copy.markup))


def with_origins(article: Article, copy: Copy) -> Article:
    """Return `article`, made from `copy`, with places in the page, and with what the reader left out on record."""
    if not copy.markup:
        return article
    place = in_page(copy)
    repairs = (_moved(repair, place(repair.line, repair.column)) for repair in article.source.repairs)
    omissions = (_moved(omission, place(omission.line, omission.column)) for omission in article.source.omissions)
    every = sorted((*copy.source.omissions, *omissions), key=lambda omission: (omission.line, omission.column))
    return replace(article, source=replace(article.source, repairs=tuple(repairs), omissions=tuple(every)))


def in_page(copy: Copy) -> Finder:
    """Return a function from places in the lines of `copy` to places in the page."""
    if not copy.markup:
        return Position
    return lambda line, column: _position(origin_of(copy.markup, line, column))


def in_text(copy: Copy) -> Finder:
    """Return a function from places in the page to places in the lines of `copy`; `NOWHERE` where no text came from."""
    if not copy.markup:
        return Position
    stretches: dict[int, list[tuple[Origin, int, int]]] = {}
    for line, markup in zip(copy.lines, copy.markup, strict=True):
        ends = [*(origin.at for origin in markup.origins[1:]), len(line.text)]
        for origin, end in zip(markup.origins, ends, strict=False):
            stretches.setdefault(origin.line, []).append((origin, end, line.number))
    return lambda line, column: _found(stretches.get(line, []), column)


def origin_of(markup: tuple[Markup, ...], number: int, column: int) -> Origin:
    """Return where the character in `column` of line `number`, both from 1, stands in the page."""
    at = column - 1
    origins = markup[number - 1].origins if 0 < number <= len(markup) else ()
    last = next((origin for origin in reversed(origins) if origin.at <= at), None)
    return Origin(at, last.line, last.column + at - last.at) if last else Origin(at, 1, 1)


def _found(stretches: list[tuple[Origin, int, int]], column: int) -> Position:
    for origin, end, number in stretches:
        if origin.column <= column < origin.column + end - origin.at:
            return Position(number, origin.at + column - origin.column + 1)
    return NOWHERE


def _position(origin: Origin) -> Position:
    return Position(origin.line, origin.column)


def _moved(entry: Recorded, position: Position) -> Recorded:
    return replace(entry, line=position.line, column=position.column)


def _placed(finding: Diagnostic, markup: tuple[Markup, ...]) -> Diagnostic:
    where = finding.where
    if not where.line:
        return finding
    place = origin_of(markup, where.line, where.column or 1)
    return replace(finding, where=replace(where, line=place.line, column=where.column and place.column))
