"""Set the lines of a story as blocks: what the markup tells is set so, and shapes tell of the rest what it is."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from newsbook.desk.cutline import read_cutline
from newsbook.desk.dateline import find_dateline, reporters
from newsbook.desk.draft import Draft
from newsbook.desk.fields import with_credits
from newsbook.desk.lines import inked, mended_runs, printed, slice_line, text_of
from newsbook.desk.lists import is_marked
from newsbook.desk.pairing import with_captions
from newsbook.desk.shapes import Shape, Shaped, shape_lines
from newsbook.model import (
    Block,
    Break,
    CellSpan,
    Credit,
    Crosshead,
    Figure,
    Items,
    Line,
    Mark,
    Markup,
    Paragraph,
    Part,
    PullQuote,
    Quotation,
    Repair,
    Run,
    Table,
    Text,
)
from newsbook.model.walk import plain

_SHAPED = (Part.TEXT, Part.PARAGRAPH, Part.CROSSHEAD)
_GROUPED = frozenset({Part.QUOTATION, Part.ITEM, Part.CELL, Part.TABLE_CAPTION})
_TABLE = frozenset({Part.CELL, Part.TABLE_CAPTION})
_WITHOUT_TEXT = frozenset({Part.PICTURE, Part.BREAK, Part.CELL})
# A quotation of several paragraphs opens each with the mark, and closes the last alone. GB/T 15834-2011, 4.8.3
_MARKS = {"“": "”", "「": "」", "『": "』"}
# A line or two that the site has put there may stand above the story's first paragraph.
_DEEPEST_DATELINE = 3


def set_body(draft: Draft) -> Draft:
    """Turn the lines into the article's body; whom cutlines and dateline name is credited."""
    shaped = tuple(_shaped(draft))
    setter = _Setter(draft, {item.line.number: item for item in shaped})
    blocks: list[Block] = []
    for _, group in groupby(_placed(draft), key=setter.group):
        blocks += setter.blocks(tuple(group))
    body = tuple(_without_stray_breaks(with_captions(blocks)))
    first = [plain(block.text) for block in body if isinstance(block, Paragraph)][:_DEEPEST_DATELINE]
    dateline = next(filter(None, map(find_dateline, first)), "")
    signed = {credit.role for credit in draft.article.credits}
    reported = tuple(credit for credit in reporters(dateline) if credit.role not in signed)
    article = with_credits(draft.article, (*reported, *setter.credits))
    article = replace(article, body=tuple(_with_quotations(body)), dateline=dateline)
    return replace(draft, lines=(), article=article, shaped=shaped)


def _shaped(draft: Draft) -> Iterator[Shaped]:
    """Yield the running lines with their shapes, as the markup tells them where it does.

    One who sets crossheads as such sets them all so, and lists as well.
    """
    lines = inked(draft.of(*_SHAPED))
    tells_heads = any(draft.part(line) is Part.CROSSHEAD for line in lines)
    for item in shape_lines(lines):
        match draft.part(item.line):
            case Part.CROSSHEAD:
                yield Shaped(item.line, Shape.CROSSHEAD)
            case Part.PARAGRAPH if item.shape in {Shape.ITEM, Shape.ROW} or (
                tells_heads and item.shape is Shape.CROSSHEAD
            ):
                yield Shaped(item.line, Shape.PARAGRAPH)
            case _:
                yield item


def _placed(draft: Draft) -> Iterator[Line]:
    """Yield the lines that are set: those with text, pictures, breaks and empty cells."""
    return (line for line in draft.lines if printed(line) or draft.part(line) in _WITHOUT_TEXT)


class _Setter:
    """Sets lines as blocks, and remembers whom their cutlines credit."""

    def __init__(self, draft: Draft, shapes: dict[int, Shaped]) -> None:
        self._draft = draft
        self._shapes = shapes
        self._repairs: dict[int, list[Repair]] = {}
        for repair in draft.copy.source.repairs if draft.markup else ():
            self._repairs.setdefault(repair.line, []).append(repair)
        self.credits: tuple[Credit, ...] = ()

    def group(self, line: Line) -> tuple[str, int]:
        """Return what a line has in common with neighbours in one block; its own number where it stands alone."""
        told, shaped = self._draft.markup_of(line), self._shapes.get(line.number)
        if told.part in _GROUPED:
            return ("table" if told.part in _TABLE else told.part.value), told.group
        if shaped and shaped.shape in {Shape.ITEM, Shape.ROW}:
            return shaped.shape.value, int(shaped.ordered)
        return "", line.number

    def _runs(self, line: Line) -> tuple[Run, ...]:
        return mended_runs(self._draft.markup_of(line).runs, self._repairs.get(line.number, []))

    def _text(self, line: Line) -> Text:
        return text_of(line, self._runs(line))

    def blocks(self, group: tuple[Line, ...]) -> Iterator[Block]:
        """Yield the block that a group of lines is."""
        first = self._draft.markup_of(group[0])
        match first.part:
            case Part.QUOTATION:
                yield self._quotation(group)
            case Part.ITEM:
                yield Items(tuple(map(self._text, group)), ordered=first.row > 0, marked=all(map(is_marked, group)))
            case Part.CELL | Part.TABLE_CAPTION:
                yield self._table(group)
            case Part.PICTURE:
                yield self._figure(group[0], first)
            case Part.PULL_QUOTE:
                yield PullQuote(self._text(group[0]))
            case Part.BREAK:
                yield Break()
            case _:
                yield self._running(group)

    def _quotation(self, group: tuple[Line, ...]) -> Quotation:
        names = [line for line in group if self._draft.markup_of(line).field == "attribution"]
        said = tuple(self._text(line) for line in group if line not in names)
        return Quotation(said, " ".join(map(printed, names)))

    def _running(self, group: tuple[Line, ...]) -> Block:
        first = self._shapes.get(group[0].number, Shaped(group[0], Shape.PARAGRAPH))
        match first.shape:
            case Shape.ITEM:
                return Items(tuple(map(self._text, group)), ordered=first.ordered, marked=True)
            case Shape.ROW:
                return _table_of_rows(tuple(self._shapes[line.number] for line in group))
            case Shape.CAPTION:
                return self._figure(group[0], Markup(Part.PICTURE))
            case Shape.CROSSHEAD:
                return Crosshead(_bare(self._text(group[0])))
            case Shape.BREAK:
                return Break()
            case Shape.PARAGRAPH:
                return Paragraph(self._text(group[0]))

    def _figure(self, line: Line, markup: Markup) -> Figure:
        figure, credited = figure_of(line, markup, self._runs(line))
        self.credits += credited
        return figure

    def _table(self, group: tuple[Line, ...]) -> Table:
        captions = [line for line in group if self._draft.markup_of(line).part is Part.TABLE_CAPTION]
        cells = [line for line in group if line not in captions]
        rows = [tuple(row) for _, row in groupby(cells, key=lambda line: self._draft.markup_of(line).row)]
        headers = [all(self._draft.markup_of(line).header for line in row) for row in rows]
        above = next((at for at, header in enumerate(headers) if not header), len(rows))
        width = max((self._draft.markup_of(line).column + 1 for line in cells), default=0)
        filled = tuple(self._row(row, width) for row in rows)
        caption = self._text(captions[0]) if captions else ()
        return Table(filled, min(above, len(rows) - 1), caption, tuple(self._spans(cells, width)))

    def _row(self, row: tuple[Line, ...], width: int) -> tuple[Text, ...]:
        texts = {self._draft.markup_of(line).column: self._text(line) for line in row}
        return tuple(texts.get(column, ()) for column in range(width))

    def _spans(self, cells: list[Line], width: int) -> Iterator[CellSpan]:
        """Yield what cells cover of the rows that are left, and of the columns in which any begins."""
        told = [self._draft.markup_of(line) for line in cells]
        numbers = sorted({markup.row for markup in told})
        for markup in told:
            first = bisect_left(numbers, markup.row)
            rows = bisect_left(numbers, markup.row + markup.rows) - first
            columns = min(markup.columns, width - markup.column)
            if rows * columns > 1:
                yield CellSpan(first, markup.column, rows, columns)


def _table_of_rows(rows: tuple[Shaped, ...]) -> Table:
    """Return a table; its first row names the columns where that alone has no numeral."""
    numerals = [any(cell[:1].isdecimal() for cell in row.cells) for row in rows]
    header = int(not numerals[0] and all(numerals[1:]))
    return Table(tuple(tuple(_cells(row)) for row in rows), header_rows=header)


def _cells(row: Shaped) -> Iterator[Text]:
    at = 0
    for cell in row.cells:
        start = row.line.text.index(cell, at)
        at = start + len(cell)
        yield text_of(slice_line(row.line, start, at))


def figure_of(line: Line, markup: Markup, runs: tuple[Run, ...] = ()) -> tuple[Figure, tuple[Credit, ...]]:
    """Return the figure that a cutline belongs to, its credit apart, and whom that names.

    A credit that the markup states stands for the line's.
    """
    cutline = read_cutline(printed(line)) if printed(line) else None
    at = line.text.index(printed(line)) + cutline.credit_start if cutline else len(line.text)
    caption, credit = slice_line(line, 0, at), printed(slice_line(line, at, len(line.text)))
    if markup.credit and markup.credit != credit:
        caption, credit = line, markup.credit
    figure = Figure(text_of(caption, runs), credit, image=markup.image, alt=markup.alt)
    return figure, cutline.credits if cutline else ()


def _without_stray_breaks(blocks: list[Block]) -> Iterator[Block]:
    """Yield `blocks` with at most one break between two others, and none at either end."""
    before: Block | None = None
    begun = False
    for block in blocks:
        if not isinstance(block, Break):
            if begun and isinstance(before, Break):
                yield before
            yield block
            begun = True
        before = block


def _bare(text: Text) -> Text:
    """Return a crosshead's text without the marks that told it to be one."""
    return tuple(replace(span, marks=tuple(mark for mark in span.marks if mark not in _SET_OFF)) for span in text)


_SET_OFF = frozenset({Mark.STRONG, Mark.EMPHASIS})


def _with_quotations(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield `blocks` with the paragraphs of each quotation as one block."""
    run: list[Paragraph] = []
    mark = ""
    for block in blocks:
        opening, left_open = _quoted(block)
        if run and opening != mark:
            yield from run
            run = []
        if not isinstance(block, Paragraph) or not opening or (not left_open and not run):
            yield from (*run, block)
            run = []
        elif left_open:
            mark = opening
            run.append(block)
        else:
            yield Quotation((*(paragraph.text for paragraph in run), block.text))
            run = []
    yield from run


def _quoted(block: Block) -> tuple[str, bool]:
    """Return the mark that a paragraph opens with, and whether it stays open; no mark where something else closes."""
    text = plain(block.text).strip() if isinstance(block, Paragraph) else ""
    mark = text[:1] if text[:1] in _MARKS else ""
    if not mark:
        return "", False
    excess = text.count(mark) - text.count(_MARKS[mark])
    if excess == 1:
        return mark, True
    return (mark, False) if excess == 0 and text.endswith(_MARKS[mark]) else ("", False)
