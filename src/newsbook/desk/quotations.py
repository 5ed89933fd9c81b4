"""Gather the paragraphs of a quotation: each opens with a mark, and only the last closes it."""

from collections.abc import Iterator

from newsbook.desk.wording import plain
from newsbook.model import Block, Paragraph, Quotation

# A quotation of several paragraphs opens each with the mark, and closes the last alone. GB/T 15834-2011, 4.8.3
_MARKS = {"“": "”", "「": "」", "『": "』"}

# No letter that a paper prints has more paragraphs.
_MOST = 40


def gather_quotations(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return `blocks` with the paragraphs of each quotation as one block."""
    return tuple(_gathered(blocks))


def _gathered(blocks: tuple[Block, ...]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        end = _end(blocks, at)
        if end:
            yield Quotation(tuple(block.text for block in blocks[at:end] if isinstance(block, Paragraph)))
        else:
            yield blocks[at]
        at = end or at + 1


def _end(blocks: tuple[Block, ...], start: int) -> int:
    """Return the place behind the quotation that begins at `start`, or 0 where none of several paragraphs does."""
    mark = _opening(blocks[start])
    for at in range(start, min(len(blocks), start + _MOST)):
        block = blocks[at]
        if not mark or _opening(block) != mark or not isinstance(block, Paragraph):
            return 0
        text = plain(block.text).strip()
        closes = text.count(_MARKS[mark]) - text.count(mark)
        if closes == 0:
            return at + 1 if at > start and text.endswith(_MARKS[mark]) else 0
        if closes != -1:
            return 0
    return 0


def _opening(block: Block) -> str:
    first = plain(block.text).strip()[:1] if isinstance(block, Paragraph) else ""
    return first if first in _MARKS else ""
