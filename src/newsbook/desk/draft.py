"""An article in the making: what has been found so far, and the lines that are still to be placed."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.desk.script import fold
from newsbook.model import Article, Credit, Line, Omission, Run, Source, Span, Text


class Draft(Struct, frozen=True):
    """`lines` are those not placed yet, blank ones included; `article` holds what was found; `omissions` the rest.

    `headline` is the line that is known to be it, None where it is to be found.
    """

    lines: tuple[Line, ...]
    article: Article
    omissions: tuple[Omission, ...] = ()
    headline: Line | None = None


Step: TypeAlias = Callable[[Draft], Draft]


def printed(line: Line) -> str:
    """Return the text of `line` without its indent."""
    return line.text.strip(_BLANK)


def folded(line: Line) -> str:
    """Return the text of `line` without its indent, folded for matching."""
    return fold(printed(line))


def inked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines that are not blank."""
    return tuple(line for line in lines if printed(line))


def leave_out(draft: Draft, kinds: Mapping[int, str]) -> Draft:
    """Take the lines whose numbers are in `kinds` out of the draft, and record them under that kind."""
    if not kinds:
        return draft
    gone = tuple(
        Omission(kinds[line.number], line.number, printed(line)) for line in draft.lines if line.number in kinds
    )
    return replace(without(draft, kinds), omissions=draft.omissions + gone)


def without(draft: Draft, numbers: Mapping[int, str] | set[int]) -> Draft:
    """Take the lines with these `numbers` out of the draft, as their text has found its place."""
    return replace(draft, lines=tuple(line for line in draft.lines if line.number not in numbers))


def with_credits(article: Article, credits_: tuple[Credit, ...]) -> Article:
    """Return `article` with those of `credits_` that it does not have yet."""
    return replace(article, credits=tuple(dict.fromkeys(article.credits + credits_)))


def with_source(article: Article, outlet: str, url: str) -> Article:
    """Return `article` with its outlet and address, where they were not known before."""
    source: Source = article.source
    return replace(article, source=replace(source, outlet=source.outlet or outlet, url=source.url or url))


def text_of(line: Line, runs: tuple[Run, ...] = ()) -> Text:
    """Return the line's text without its indent as spans.

    What a repair was not sure of is marked doubtful; `runs` are the ranges that the page's markup formats.
    """
    first = len(line.text) - len(line.text.lstrip(_BLANK))
    last = len(line.text.rstrip(_BLANK))
    ends = (at for low, high in (*line.doubts, *((run.start, run.end) for run in runs)) for at in (low, high))
    cuts = sorted({first, *(at for at in ends if first < at < last), last}) if first < last else []
    return tuple(_span(line, start, end, runs) for start, end in pairwise(cuts))


def slice_line(line: Line, start: int, end: int) -> Line:
    """Return the part of `line` from `start` to `end`, its doubts with it."""
    doubts = tuple((max(low, start) - start, min(high, end) - start) for low, high in line.doubts)
    return Line(line.text[start:end], line.number, tuple((low, high) for low, high in doubts if low < high))


def _span(line: Line, start: int, end: int, runs: tuple[Run, ...]) -> Span:
    over = [run for run in runs if run.start <= start and end <= run.end]
    return Span(
        line.text[start:end],
        marks=tuple(dict.fromkeys(mark for run in over for mark in run.marks)),
        href=next((run.href for run in over if run.href), ""),
        ruby=next((run.ruby for run in over if run.ruby and run.start == start), ""),
        doubtful=any(low <= start and end <= high for low, high in line.doubts),
    )


# What stands around a line as indent or padding: white space, and what is as wide as nothing.
_BLANK = (
    " \t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}"
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}\r\n\v\f\x85"
)
