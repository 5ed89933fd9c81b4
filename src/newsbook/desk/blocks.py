"""Set marked-up lines as blocks: what the markup tells is set so, and shapes tell paragraphs from captions."""

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from newsbook.desk.body import told_figure
from newsbook.desk.draft import printed, text_of
from newsbook.desk.grid import Cell, laid_out
from newsbook.desk.lists import is_marked
from newsbook.desk.runs import mended_runs
from newsbook.desk.shapes import Shape, Shaped, shape_lines
from newsbook.model import (
    Block,
    Break,
    Credit,
    Crosshead,
    Figure,
    Items,
    Line,
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

_GROUPED = frozenset({Part.QUOTATION, Part.ITEM, Part.CELL, Part.TABLE_CAPTION})
_TABLE = frozenset({Part.CELL, Part.TABLE_CAPTION})


def set_blocks(
    lines: tuple[Line, ...], told: dict[int, Markup], repairs: tuple[Repair, ...]
) -> tuple[tuple[Block, ...], tuple[Credit, ...], tuple[Shaped, ...]]:
    """Return the body of an article, whom its cutlines credit, and the shapes of its running lines."""
    setter = _Setter(told, repairs)
    running = tuple(
        line for line in lines if printed(line) and told[line.number].part in {Part.PARAGRAPH, Part.CROSSHEAD}
    )
    shaped = tuple(_as_told(item, told, running) for item in shape_lines(running))
    shapes = {item.line.number: item.shape for item in shaped}
    blocks: list[Block] = []
    for _, group in groupby(_placed(lines, told), key=lambda line: _group(told[line.number], line.number)):
        blocks += setter.blocks(tuple(group), shapes)
    return _joined(blocks), setter.credits, shaped


class _Setter:
    """Sets lines as blocks, and remembers whom their cutlines credit."""

    def __init__(self, told: dict[int, Markup], repairs: tuple[Repair, ...]) -> None:
        self._told = told
        self._repairs: dict[int, list[Repair]] = {}
        for repair in repairs:
            self._repairs.setdefault(repair.line, []).append(repair)
        self.credits: tuple[Credit, ...] = ()

    def _runs(self, line: Line) -> tuple[Run, ...]:
        return mended_runs(self._told[line.number].runs, self._repairs.get(line.number, []))

    def _text(self, line: Line) -> Text:
        return text_of(line, self._runs(line))

    def blocks(self, group: tuple[Line, ...], shapes: dict[int, Shape]) -> Iterator[Block]:
        """Yield the block that a group of lines is."""
        first = self._told[group[0].number]
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
                yield self._running(group[0], shapes)

    def _quotation(self, group: tuple[Line, ...]) -> Quotation:
        names = [line for line in group if self._told[line.number].field == "attribution"]
        said = tuple(self._text(line) for line in group if line not in names)
        return Quotation(said, " ".join(map(printed, names)))

    def _running(self, line: Line, shapes: dict[int, Shape]) -> Block:
        match shapes.get(line.number, Shape.PARAGRAPH):
            case Shape.CAPTION:
                return self._figure(line, Markup(Part.PICTURE))
            case Shape.CROSSHEAD:
                return Crosshead(_plain(self._text(line)))
            case Shape.BREAK:
                return Break()
            case _:
                return Paragraph(self._text(line))

    def _figure(self, line: Line, markup: Markup) -> Figure:
        figure, credited = told_figure(line, markup, self._runs(line))
        self.credits += credited
        return figure

    def _row(self, line: Line) -> int:
        return self._told[line.number].row

    def _cell(self, line: Line) -> Cell:
        return self._text(line), self._told[line.number].spans

    def _table(self, group: tuple[Line, ...]) -> Table:
        captions = [line for line in group if self._told[line.number].part is Part.TABLE_CAPTION]
        cells = [line for line in group if line not in captions]
        rows = [tuple(row) for _, row in groupby(cells, key=self._row)]
        headers = [all(self._told[line.number].header for line in row) for row in rows]
        above = next((at for at, header in enumerate(headers) if not header), len(rows))
        filled = laid_out(tuple((self._row(row[0]), tuple(map(self._cell, row))) for row in rows))
        return Table(filled, min(above, len(rows) - 1), self._text(captions[0]) if captions else ())


def _as_told(item: Shaped, told: dict[int, Markup], running: tuple[Line, ...]) -> Shaped:
    """Return a line's shape, as its markup tells it where it does; one who sets crossheads as such sets them all so."""
    if told[item.line.number].part is Part.CROSSHEAD:
        return Shaped(item.line, Shape.CROSSHEAD)
    told_any = any(told[line.number].part is Part.CROSSHEAD for line in running)
    if item.shape is Shape.CROSSHEAD and told_any:
        return Shaped(item.line, Shape.PARAGRAPH)
    return item


def _placed(lines: tuple[Line, ...], told: dict[int, Markup]) -> Iterator[Line]:
    """Yield the lines that are set: those with text, pictures, breaks and empty cells."""
    for line in lines:
        part = told[line.number].part
        if printed(line) or part in {Part.PICTURE, Part.BREAK, Part.CELL}:
            yield line


def _group(markup: Markup, number: int) -> tuple[str, int]:
    if markup.part not in _GROUPED:
        return "", number
    return ("table" if markup.part in _TABLE else markup.part.value), markup.group


def _joined(blocks: list[Block]) -> tuple[Block, ...]:
    """Join pictures with the captions beside them: the one after, else the one before; and credits with figures."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Figure) and isinstance(last, Figure) and (made := _one_figure(last, block)):
            joined[-1] = made
        else:
            joined.append(block)
    return tuple(_without_stray_breaks(joined))


def _one_figure(first: Figure, second: Figure) -> Figure | None:
    """Return two figures as one where the one is a picture and the other its caption, or only a credit."""
    if not second.image and not second.caption and not first.credit:
        return replace(first, credit=second.credit)
    if first.image and not first.caption and not second.image:
        return replace(second, image=first.image, alt=first.alt, credit=second.credit or first.credit)
    if not first.image and second.image and not second.caption:
        return replace(first, image=second.image, alt=second.alt, credit=first.credit or second.credit)
    return None


def _without_stray_breaks(blocks: list[Block]) -> Iterator[Block]:
    """Yield `blocks` without a break at either end, or behind another."""
    for at, block in enumerate(blocks):
        inner = 0 < at < len(blocks) - 1 and not isinstance(blocks[at - 1], Break)
        if not isinstance(block, Break) or inner:
            yield block


def _plain(text: Text) -> Text:
    """Return a crosshead's text without the marks that told it to be one."""
    return tuple(replace(span, marks=()) for span in text)
