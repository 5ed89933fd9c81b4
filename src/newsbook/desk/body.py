"""Set the lines of a story as blocks: paragraphs, crossheads, lists, and figures with caption and credit apart."""

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from newsbook.desk.cutline import read_cutline
from newsbook.desk.dateline import find_dateline, reporters
from newsbook.desk.draft import Draft, inked, printed, slice_line, text_of, with_credits
from newsbook.desk.quotations import gather_quotations
from newsbook.desk.shapes import Shape, Shaped
from newsbook.model import (
    Article,
    Block,
    Break,
    Credit,
    Crosshead,
    Figure,
    Items,
    Line,
    Markup,
    Paragraph,
    Run,
    Table,
    Text,
)


def set_body(draft: Draft, shaped: tuple[Shaped, ...]) -> Draft:
    """Turn the shaped lines into the article's body; whom the cutlines name is credited."""
    blocks: list[Block] = []
    credited: tuple[Credit, ...] = ()
    for block, names in _blocks(shaped):
        credited += names
        if isinstance(block, Figure) and not block.caption and _wants_credit(blocks):
            blocks.append(replace(blocks.pop(), credit=block.credit))
        else:
            blocks.append(block)
    while blocks and isinstance(blocks[-1], Break):
        blocks.pop()
    dateline = _dateline(shaped)
    article = replace(draft.article, body=gather_quotations(tuple(blocks)), dateline=dateline)
    return Draft((), with_credits(with_reporters(article, dateline), credited), draft.omissions)


def with_reporters(article: Article, dateline: str) -> Article:
    """Return `article` with whom its dateline credits, where no byline has said who did that."""
    signed = {credit.role for credit in article.credits}
    return with_credits(article, tuple(credit for credit in reporters(dateline) if credit.role not in signed))


def _wants_credit(blocks: list[Block]) -> bool:
    """Tell whether the block before is a figure whose credit may stand on the next line."""
    last = blocks[-1] if blocks else None
    return isinstance(last, Figure) and not last.credit


def _blocks(shaped: tuple[Shaped, ...]) -> Iterator[tuple[Block, tuple[Credit, ...]]]:
    for (shape, ordered), run in groupby(shaped, key=lambda item: (item.shape, item.ordered)):
        items = tuple(run)
        match shape:
            case Shape.ITEM:
                yield Items(tuple(text_of(item.line) for item in items), ordered=ordered, marked=True), ()
            case Shape.ROW:
                yield _table(items), ()
            case Shape.CAPTION:
                yield from (figure_of(item.line) for item in items)
            case _:
                yield from ((_plain_block(shape, text_of(item.line)), ()) for item in items)


def _plain_block(shape: Shape, text: Text) -> Block:
    match shape:
        case Shape.CROSSHEAD:
            return Crosshead(text)
        case Shape.BREAK:
            return Break()
        case _:
            return Paragraph(text)


def _table(rows: tuple[Shaped, ...]) -> Table:
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


def figure_of(line: Line, runs: tuple[Run, ...] = ()) -> tuple[Figure, tuple[Credit, ...]]:
    """Return the figure that a caption belongs to, its credit apart, and whom that names."""
    cutline = read_cutline(printed(line)) if printed(line) else None
    if cutline is None:
        return Figure(text_of(line, runs)), ()
    at = line.text.index(printed(line)) + cutline.credit_start
    caption, credit = slice_line(line, 0, at), slice_line(line, at, len(line.text))
    return Figure(text_of(caption, runs), printed(credit)), cutline.credits


def told_figure(line: Line, markup: Markup, runs: tuple[Run, ...] = ()) -> tuple[Figure, tuple[Credit, ...]]:
    """Return the figure of a cutline whose picture the markup names; a credit that it states stands for the line's."""
    figure, credited = figure_of(line, runs)
    if markup.credit and markup.credit != figure.credit:
        figure = Figure(text_of(line, runs), markup.credit)
    return replace(figure, image=markup.image, alt=markup.alt), credited


def _dateline(shaped: tuple[Shaped, ...]) -> str:
    first = [printed(item.line) for item in shaped if item.shape is Shape.PARAGRAPH][:_DEEPEST_DATELINE]
    return next(filter(None, map(find_dateline, first)), "")


# A line or two that the site has put there may stand above the story's first paragraph.
_DEEPEST_DATELINE = 3


def body_lines(draft: Draft) -> tuple[Line, ...]:
    """Return the lines that the body is set from."""
    return inked(draft.lines)
