"""Find figures that stand at the head of a page because they did not fit below, and let the text go before them.

The engine has no float to the head of a page: a figure that does not fit leaves the foot of its page empty. A
compositor lets the text run on and sets the figure behind the next paragraph; so does this, in the tree that the
engine lays out, and never past the end of the story or another figure.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

# The engine's pages and boxes, which have no types.
Engine: TypeAlias = Any

# The share of a page's height that may stay empty at its foot.
_TOLERATED = 0.08

# The share of an empty foot that the text must fill for a move to be worth it.
_WORTH = 0.5

# Every move shifts what follows, so that the pages are made anew; a figure is moved once.
PASSES = 4


def move_stranded(pages: list[Engine], root: ET.Element, moved: set[ET.Element]) -> bool:
    """Move the figures that leave a foot empty, one in a story, behind text that fills it; tell whether any was."""
    parents = {child: parent for parent in root.iter() for child in parent}
    heights = _heights(pages)
    stories = set[ET.Element]()
    for figure, space in _stranded(pages):
        story = parents[figure]
        if figure in moved or story in stories:
            continue
        target = _target(figure, list(story), heights, space)
        if target is not None:
            stories.add(story)
            moved.add(figure)
            story.remove(figure)
            story.insert(list(story).index(target) + 1, figure)
    return bool(stories)


def _target(
    figure: ET.Element, blocks: list[ET.Element], heights: dict[ET.Element, float], space: float
) -> ET.Element | None:
    """Return the paragraph behind which a figure leaves the least empty, or None where too little text follows it."""
    filled = 0.0
    last: ET.Element | None = None
    for block in blocks[blocks.index(figure) + 1 :]:
        if block.tag == "figure":
            break
        filled += heights.get(block, 0.0)
        last = block if block.tag == "p" else last
        if filled >= space and block is last:
            break
    return last if filled >= _WORTH * space else None


def _stranded(pages: list[Engine]) -> Iterator[tuple[ET.Element, float]]:
    """Yield every figure at the head of a page, with the height that is empty at the foot of the page before."""
    for before, page in pairwise(pages):
        space = _empty(before)
        first = next((box for box in _blocks(page) if box.element_tag == "figure"), None)
        if first is None or space < _TOLERATED * before.height:
            continue
        top = min((line.position_y for line in _lines(page)), default=first.position_y)
        if first.position_y <= top:
            yield first.element, space


def _heights(pages: list[Engine]) -> dict[ET.Element, float]:
    """Return the height that each block takes, on all the pages that it stands on."""
    heights: dict[ET.Element, float] = {}
    for page in pages:
        for box in _blocks(page):
            if box.element is not None:
                heights[box.element] = heights.get(box.element, 0.0) + box.margin_height()
    return heights


def _empty(page: Engine) -> float:
    """Return the height between the last line or picture of a page and the foot of its type area."""
    bottoms = [box.position_y + box.margin_height() for box in (*_lines(page), *_pictures(page))]
    return float(page.content_box_y() + page.height - max(bottoms, default=0.0))


def _content(page: Engine) -> Iterator[Engine]:
    """Yield the boxes of a page without those in its margins."""
    root = page.children[0]
    yield from root.descendants()


def _blocks(page: Engine) -> Iterator[Engine]:
    from weasyprint.formatting_structure import boxes

    return (box for box in _content(page) if isinstance(box, boxes.BlockBox))


def _lines(page: Engine) -> Iterator[Engine]:
    from weasyprint.formatting_structure import boxes

    return (box for box in _content(page) if isinstance(box, boxes.LineBox))


def _pictures(page: Engine) -> Iterator[Engine]:
    from weasyprint.formatting_structure import boxes

    return (box for box in _content(page) if isinstance(box, boxes.ReplacedBox))
