"""Copy when it is read: how much text a page may have, and how long a line of it may be before it is divided.

Everything that comes after goes by lines: a line without an end would be slow to mend and to edit, and is no paragraph
that anybody reads. Pieces of a line keep their places in the page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.gate.caps import Caps, over
from newsbook.gate.dividing import divided
from newsbook.model import Copy, Line, Markup, Origin, Part, Run

# Parts that go on as what they are; of others only the first piece is that, and the rest are paragraphs.
_GOES_ON = frozenset({
    Part.TEXT, Part.PARAGRAPH, Part.QUOTATION, Part.ASIDE, Part.VERSE, Part.PREFORMATTED, Part.NOTE, Part.ITEM,
    Part.FOOT,
})  # fmt: skip
# Lines of a table stand beside each other: what is over of one comes behind them all.
_TABULAR = frozenset({Part.CELL, Part.TABLE_CAPTION, Part.TERM, Part.DEFINITION})
# Paragraphs of one group are one.
_GROUPED = frozenset({Part.PARAGRAPH, Part.VERSE})


class _LinePiece(Struct, frozen=True):
    """A line of the copy to be, without its number, and what its markup says."""

    text: str
    markup: Markup


def admit_copy(copy: Copy, caps: Caps, report: Report) -> Copy:
    """Return copy with no line beyond the caps; the same object where there was none.

    Raises `LimitError` where the page has more text or lines than are let in.
    """
    name = copy.source.name
    length = sum(len(line.text) for line in copy.lines)
    if length > caps.text:
        raise over(name, length, "characters of text", "text", caps)
    if len(copy.lines) > caps.lines:
        raise over(name, len(copy.lines), "lines", "lines", caps)
    long = [number for number, line in enumerate(copy.lines) if _is_long(line, copy, number, caps)]
    if not long:
        return copy
    for number in long[:1]:
        report(_finding(copy, number, len(long), caps))
    pieces = tuple(_pieces(copy, frozenset(long), caps))
    return replace(
        copy,
        lines=tuple(Line(piece.text, number) for number, piece in enumerate(pieces, 1)),
        markup=tuple(piece.markup for piece in pieces),
    )


def demand_few_elements(markup: str, name: str, caps: Caps) -> None:
    """Raise `LimitError` where a page of HTML has more elements than are let in, before it is parsed."""
    count = markup.count("<") - markup.count("</")
    if count > caps.elements:
        raise over(name, count, "elements", "elements", caps)


def _is_long(line: Line, copy: Copy, number: int, caps: Caps) -> bool:
    return len(line.text) > caps.line or bool(copy.markup and len(copy.markup[number].runs) > caps.spans)


def _finding(copy: Copy, at: int, count: int, caps: Caps) -> Diagnostic:
    line = copy.lines[at]
    runs = len(copy.markup[at].runs) if copy.markup else 0
    cap, has = ("line", f"{len(line.text):,} characters") if len(line.text) > caps.line else ("spans", f"{runs:,} runs")
    more = f", and {count - 1} more" if count > 1 else ""
    message = f"a line of {has}{more} was divided where its sentences end (cap {cap}: {getattr(caps, cap):,})."
    return Diagnostic(
        Code.OVER_CAP, message, Place(copy.source.name, line.number), f"Raise it with --cap {cap}=NUMBER."
    )


def _pieces(copy: Copy, long: frozenset[int], caps: Caps) -> Iterator[_LinePiece]:
    """Yield the lines of the copy to be, those that were too long in pieces."""
    is_text = not copy.markup
    behind: list[_LinePiece] = []
    group = -1
    for at, line in enumerate(copy.lines):
        told = copy.markup[at] if copy.markup else Markup(Part.TEXT, origins=(Origin(0, line.number, 1),))
        if behind and told.part not in _TABULAR:
            yield from behind
            behind.clear()
        if at not in long:
            yield _LinePiece(line.text, told)
            continue
        first, *others = _divided(line.text, told, caps, group)
        group -= len(others) + 1
        yield first
        if told.part in _TABULAR:
            behind += others
            continue
        for piece in others:
            if is_text:
                yield replace(piece, text="", markup=replace(piece.markup, origins=piece.markup.origins[:1]))
            yield piece
    yield from behind


def _divided(text: str, told: Markup, caps: Caps, group: int) -> Iterator[_LinePiece]:
    """Yield the pieces of a line with their markup. What is stated, and no text of the page, is cut."""
    if told.part is Part.STATED:
        yield _LinePiece(text[: caps.line], replace(told, runs=()))
        return
    runs = sorted(told.runs, key=lambda run: run.start)
    starts = [run.start for run in runs]
    latest = list(accumulate((run.end for run in runs), max))
    places = [origin.at for origin in told.origins]
    breaks = tuple(dict.fromkeys(starts[caps.spans :: caps.spans]))
    for number, (start, end) in enumerate(divided(text, caps.line, breaks)):
        first = bisect_left(latest, start + 1)
        within = tuple(_moved(run, start, end) for run in runs[first : bisect_left(starts, end)] if run.end > start)
        markup = told
        if number and told.part not in _GOES_ON:
            markup = Markup(Part.PARAGRAPH, group=group - number)
        elif told.part in _GROUPED:
            markup = replace(told, group=group - number)
        origins = _origins(told.origins, places, start, end)
        yield _LinePiece(text[start:end], replace(markup, runs=within, origins=origins))


def _moved(run: Run, start: int, end: int) -> Run:
    return replace(run, start=max(run.start, start) - start, end=min(run.end, end) - start)


def _origins(origins: tuple[Origin, ...], places: list[int], start: int, end: int) -> tuple[Origin, ...]:
    """Return where the characters of a piece stand in the page; `places` are those of the origins in their line."""
    first = bisect_right(places, start) - 1
    if first < 0:
        return ()
    own = origins[first]
    inner = (replace(each, at=each.at - start) for each in origins[first + 1 : bisect_left(places, end)])
    return (Origin(0, own.line, own.column + start - own.at), *inner)
