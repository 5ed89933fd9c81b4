"""Set the lines of a story as blocks: what the markup tells is set so, and shapes tell of the rest what it is."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec.structs import replace

from newsbook.desk.captions import is_caption, is_film_label, is_led_caption, is_statement_with_credit
from newsbook.desk.cutline import read_cutline
from newsbook.desk.dateline import find_dateline, reporters
from newsbook.desk.draft import Draft, is_text
from newsbook.desk.fields import with_credits
from newsbook.desk.lines import indented_text_of, inked, printed, slice_line, text_of
from newsbook.desk.lists import is_marked
from newsbook.desk.pairing import with_captions
from newsbook.desk.shapes import Shape, Shaped, is_no_crosshead, shape_lines
from newsbook.desk.verse import with_verse
from newsbook.model import (
    CAPTION_OF_GROUP,
    Aside,
    Block,
    Break,
    CellSpan,
    Credit,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    Items,
    Line,
    Mark,
    Markup,
    Nesting,
    Paragraph,
    Part,
    Preformatted,
    PullQuote,
    Quotation,
    Run,
    Table,
    Text,
    Verse,
)
from newsbook.model.walk import in_lines, plain

_SHAPED = (Part.TEXT, Part.PARAGRAPH, Part.CROSSHEAD)
# The parts whose lines make one block with their neighbours of the same group, and what that is called.
_GROUPED = {
    Part.QUOTATION: "quotation",
    Part.ASIDE: "aside",
    Part.VERSE: "verse",
    Part.PREFORMATTED: "preformatted",
    Part.ITEM: "items",
    Part.NOTE: "note",
    **dict.fromkeys((Part.TERM, Part.DEFINITION), "definitions"),
    **dict.fromkeys((Part.CELL, Part.TABLE_CAPTION), "table"),
}
_WITHOUT_TEXT = frozenset({Part.PICTURE, Part.BREAK, Part.CELL, Part.PREFORMATTED, Part.VERSE})
# A quotation of several paragraphs opens each with the mark, and closes the last alone. GB/T 15834-2011, 4.8.3
_MARKS = {"“": "”", "「": "」", "『": "』"}
# A line or two that the site has put there may stand above the story's first paragraph.
_DEEPEST_DATELINE = 3


def set_body(draft: Draft) -> Draft:
    """Turn the lines into the article's body; whom cutlines and dateline name is credited."""
    shaped = tuple(with_verse(tuple(_shaped(draft)), _units(draft)))
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

    One who sets crossheads as such sets them all so, and lists as well. On a page that shows where its pictures are, a
    caption without a sign of its own stands beside one.
    """
    lines = inked(draft.of(*_SHAPED))
    if draft.is_own:
        heads = {line for line in lines if draft.part(line) is Part.CROSSHEAD}
        yield from (Shaped(line, Shape.CROSSHEAD if line in heads else Shape.PARAGRAPH) for line in lines)
        return
    tells_heads = any(draft.part(line) is Part.CROSSHEAD for line in lines)
    beside = _beside_pictures(draft) if draft.of(Part.PICTURE) and draft.markup else None
    for item in shape_lines(lines):
        if any(run.math and run.end - run.start == len(item.line.text) for run in draft.markup_of(item.line).runs):
            yield Shaped(item.line, Shape.PARAGRAPH)
            continue
        match draft.part(item.line):
            case Part.CROSSHEAD if not is_no_crosshead(item.line):
                yield Shaped(item.line, Shape.CROSSHEAD)
            case Part.CROSSHEAD:
                yield Shaped(item.line, Shape.PARAGRAPH)
            case Part.PARAGRAPH if item.shape in {Shape.ITEM, Shape.ROW} or (
                item.shape is Shape.CROSSHEAD and (tells_heads or draft.markup_of(item.line).field == CAPTION_OF_GROUP)
            ):
                yield Shaped(item.line, Shape.PARAGRAPH)
            case _ if item.shape is Shape.CROSSHEAD and is_film_label(item.line):
                yield Shaped(item.line, Shape.PARAGRAPH)
            case Part.PARAGRAPH if item.shape is Shape.CAPTION and _is_apart(item.line, beside):
                yield Shaped(item.line, Shape.PARAGRAPH)
            case _:
                yield item


def _is_apart(line: Line, beside: set[int] | None) -> bool:
    """Tell whether a line that might be a caption is a paragraph, since no picture stands beside it."""
    if beside is None:
        return is_statement_with_credit(line)
    return line.number not in beside and not is_led_caption(line)


def _beside_pictures(draft: Draft) -> set[int]:
    """Return the numbers of the lines next to a picture, or next to a caption that is."""
    lines = tuple(_placed(draft))
    near: set[int] = set()
    for way in (lines, lines[::-1]):
        close = False
        for line in way:
            told = draft.part(line)
            near |= {line.number} if close else set()
            close = told is Part.PICTURE or (close and told is Part.PARAGRAPH and is_caption(line, frozenset()))
    return near


def _units(draft: Draft) -> Callable[[Shaped], int]:
    """Return the function that tells which lines stand together: in one block of a page, or between blank lines."""
    if not is_text(draft.copy):
        return lambda shaped: draft.markup_of(shaped.line).group
    first: dict[int, int] = {}
    for line in inked(draft.lines):
        first[line.number] = first.get(line.number - 1, line.number)
    return lambda shaped: first[shaped.line.number]


def _placed(draft: Draft) -> Iterator[Line]:
    """Yield the lines that are set: those with text, pictures, breaks and empty cells."""
    return (line for line in draft.lines if printed(line) or draft.part(line) in _WITHOUT_TEXT)


class _Setter:
    """Sets lines as blocks, and remembers whom their cutlines credit."""

    def __init__(self, draft: Draft, shapes: dict[int, Shaped]) -> None:
        self._draft = draft
        self._shapes = shapes
        self.credits: tuple[Credit, ...] = ()

    def group(self, line: Line) -> tuple[str, int]:
        """Return what a line has in common with neighbours in one block; its own number where it stands alone."""
        told, shaped = self._draft.markup_of(line), self._shapes.get(line.number)
        if told.part in _GROUPED:
            return _GROUPED[told.part], told.group
        if shaped and shaped.shape is Shape.VERSE:
            return shaped.shape.value, shaped.stanza
        if shaped and shaped.shape in {Shape.ITEM, Shape.ROW}:
            return shaped.shape.value, int(shaped.ordered)
        return "", line.number

    def _runs(self, line: Line) -> tuple[Run, ...]:
        return self._draft.markup_of(line).runs

    def _text(self, line: Line) -> Text:
        return text_of(line, self._runs(line))

    def blocks(self, group: tuple[Line, ...]) -> Iterator[Block]:
        """Yield the blocks that a group of lines is, one but for a poem, which is as many as it has stanzas."""
        first = self._draft.markup_of(group[0])
        match first.part:
            case part if part in _GROUPED:
                yield from self._grouped(part, group)
            case Part.PICTURE:
                yield self._figure(group[0], first)
            case Part.PULL_QUOTE:
                yield PullQuote(self._text(group[0]))
            case Part.BREAK:
                yield Break()
            case _:
                yield self._running(group)

    def _grouped(self, part: Part, group: tuple[Line, ...]) -> Iterator[Block]:
        match part:
            case Part.QUOTATION:
                yield self._quotation(group)
            case Part.ASIDE:
                headed = self._draft.markup_of(group[0]).field == "heading"
                yield Aside(tuple(map(self._text, group)), headed=headed and len(group) > 1)
            case Part.VERSE:
                yield from map(Verse, self._stanzas(group))
            case Part.PREFORMATTED:
                lines = _trimmed(tuple(map(self._indented, group)))
                yield from (Preformatted(in_lines(lines)),) if lines else ()
            case Part.ITEM:
                yield self._items(group)
            case Part.NOTE:
                yield from self._notes(group)
            case Part.TERM | Part.DEFINITION:
                terms = (at for at, line in enumerate(group) if self._draft.part(line) is Part.TERM)
                yield Definitions(tuple(map(self._text, group)), tuple(terms))
            case _:
                yield self._table(group)

    def _indented(self, line: Line) -> Text:
        """Return a line with its indent, which a page may keep by blanks that do not break."""
        words = line.text.lstrip(" \N{NO-BREAK SPACE}")
        indent = " " * (len(line.text) - len(words))
        return indented_text_of(replace(line, text=indent + words), self._runs(line))

    def _stanzas(self, group: tuple[Line, ...]) -> Iterator[Text]:
        """Yield the stanzas of a poem, between which there are blank lines."""
        for is_inked, lines in groupby(group, key=lambda line: bool(printed(line))):
            if is_inked:
                yield in_lines(tuple(map(self._indented, lines)))

    def _items(self, group: tuple[Line, ...]) -> Items:
        """Return a list. An item of a list within it stands as deep as the markup says."""
        told = [self._draft.markup_of(line) for line in group]
        outer = next((markup for markup in told if not markup.column), told[0])
        nested = (
            Nesting(at, markup.column, ordered=markup.row > 0) for at, markup in enumerate(told) if markup.column > 0
        )
        return Items(
            tuple(map(self._text, group)),
            ordered=outer.row > 0,
            marked=all(map(is_marked, group)),
            start=max(1, outer.row),
            nested=tuple(nested),
        )

    def _notes(self, group: tuple[Line, ...]) -> Iterator[Footnote]:
        """Yield a note: its first paragraph, without the mark where that stands in the text, and the others."""
        told = self._draft.markup_of(group[0])
        first, bare = group[0], told.alt.strip("[]()（）〔〕【】")
        form = (
            re.match(rf"\s*[\[(（〔【]?{re.escape(bare)}[\])）〕】]?(?:[.．、:：]|(?<=\W)|\s)\s*", first.text)
            if bare
            else None
        )
        text = text_of(first, self._runs(first), form.end() if form else 0)
        yield Footnote(text, told.field, told.alt)
        yield from (Footnote(self._text(line)) for line in group[1:])

    def _quotation(self, group: tuple[Line, ...]) -> Quotation:
        names = [line for line in group if self._draft.markup_of(line).field == "attribution"]
        said = tuple(self._text(line) for line in group if line not in names)
        return Quotation(said, " ".join(map(printed, names)))

    def _running(self, group: tuple[Line, ...]) -> Block:  # noqa: PLR0911 - a return for each shape.
        first = self._shapes.get(group[0].number, Shaped(group[0], Shape.PARAGRAPH))
        match first.shape:
            case Shape.ITEM:
                return Items(tuple(map(self._text, group)), ordered=first.ordered, marked=True)
            case Shape.VERSE:
                return Verse(in_lines(tuple(map(self._indented, group))))
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


def _trimmed(lines: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return `lines` without blank ones before and behind them."""
    inked = [at for at, line in enumerate(lines) if plain(line).strip()]
    return lines[inked[0] : inked[-1] + 1] if inked else ()


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
    """Yield `blocks` with at most one break between two others, and none at either end or above notes."""
    before: Block | None = None
    begun = False
    for block in blocks:
        if not isinstance(block, Break):
            if begun and isinstance(before, Break) and not isinstance(block, Footnote):
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
