"""Set the lines of a story as blocks: paragraphs, crossheads, and figures with caption and credit apart."""

from msgspec.structs import replace

from newsbook.desk.cutline import read_cutline
from newsbook.desk.dateline import find_dateline
from newsbook.desk.draft import Draft, inked, printed, slice_line, text_of, with_credits
from newsbook.desk.shapes import Shape, Shaped
from newsbook.model import Block, Credit, Crosshead, Figure, Line, Paragraph, Run


def set_body(draft: Draft, shaped: tuple[Shaped, ...]) -> Draft:
    """Turn the shaped lines into the article's body; whom the cutlines name is credited."""
    blocks: list[Block] = []
    credited: tuple[Credit, ...] = ()
    for item in shaped:
        block, names = _block(item)
        credited += names
        if isinstance(block, Figure) and not block.caption and _wants_credit(blocks):
            block = replace(blocks.pop(), credit=block.credit)
        blocks.append(block)
    article = replace(draft.article, body=tuple(blocks), dateline=_dateline(shaped))
    return Draft((), with_credits(article, credited), draft.omissions)


def _wants_credit(blocks: list[Block]) -> bool:
    """Tell whether the block before is a figure whose credit may stand on the next line."""
    last = blocks[-1] if blocks else None
    return isinstance(last, Figure) and not last.credit


def _block(item: Shaped) -> tuple[Block, tuple[Credit, ...]]:
    text = text_of(item.line)
    if item.shape is Shape.CAPTION:
        return figure_of(item.line)
    return (Crosshead(text) if item.shape is Shape.CROSSHEAD else Paragraph(text)), ()


def figure_of(line: Line, runs: tuple[Run, ...] = ()) -> tuple[Figure, tuple[Credit, ...]]:
    """Return the figure that a caption belongs to, its credit apart, and whom that names."""
    cutline = read_cutline(printed(line)) if printed(line) else None
    if cutline is None:
        return Figure(text_of(line, runs)), ()
    at = line.text.index(printed(line)) + cutline.credit_start
    caption, credit = slice_line(line, 0, at), slice_line(line, at, len(line.text))
    return Figure(text_of(caption, runs), printed(credit)), cutline.credits


def _dateline(shaped: tuple[Shaped, ...]) -> str:
    first = next((item.line for item in shaped if item.shape is Shape.PARAGRAPH), None)
    return find_dateline(printed(first)) if first else ""


def body_lines(draft: Draft) -> tuple[Line, ...]:
    """Return the lines that the body is set from."""
    return inked(draft.lines)
