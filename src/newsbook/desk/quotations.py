"""Gather the paragraphs of a quotation: each opens with a mark, and only the last closes it."""

from collections.abc import Iterator

from newsbook.model import Block, Paragraph, Quotation
from newsbook.model.walk import plain

# A quotation of several paragraphs opens each with the mark, and closes the last alone. GB/T 15834-2011, 4.8.3
_MARKS = {"“": "”", "「": "」", "『": "』"}


def gather_quotations(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return `blocks` with the paragraphs of each quotation as one block."""
    return tuple(_gathered(blocks))


def _gathered(blocks: tuple[Block, ...]) -> Iterator[Block]:
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
