"""Float figures: where one stands at the head of a page because it did not fit below, fill the foot that it left.

The engine has no float to the head of a page: a figure that does not fit leaves the foot of its page empty. A
compositor sets the picture a little smaller, or lets the text run on and sets the figure behind the next paragraph; so
does this, in the tree that the engine lays out, and never past the end of the story or another figure.
"""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

from newsbook.writers.pdf.engine.boxes import blocks, leading_of, lines, pictures, whole_lines
from newsbook.writers.pdf.engine.patch import Engine

# The share of a page's height that may stay empty at its foot: where a picture can be set smaller, and where the order
# of text and figures must change instead, which whoever copies the page or has it read aloud will notice.
_TOLERATED, _TOLERATED_IN_ORDER = 0.08, 0.13

# The share of an empty foot that the text must fill for a move to be worth it.
_WORTH = 0.5

# The share of its size that a picture keeps at least.
_SMALLEST = 0.6

# Every change shifts what follows, so that the pages are made anew; a figure is changed once.
FLOATINGS = 4


def float_figures(pages: list[Engine], root: ET.Element, floated: set[ET.Element]) -> bool:
    """Float the figures that leave a foot empty, one in a story; tell whether any did.

    A picture is set smaller where it then fits, and put behind text that fills the foot where it does not.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    heights = _heights(pages)
    stories = set[ET.Element]()
    for box, space, is_much in _pushed_over(pages):
        figure = box.element
        story = parents[figure]
        if figure in floated or story in stories:
            continue
        if _shrunk(box, space) or (is_much and _moved(figure, story, heights, space)):
            floated.add(figure)
            stories.add(story)
    return bool(stories)


def _shrunk(box: Engine, space: float) -> bool:
    """Set the picture of a figure smaller, in whole lines, where it fits `space` then; tell whether it does."""
    picture = next((one for one in pictures(box) if "--lines" in one.element.get("style", "")), None)
    if picture is None:
        return False
    asked = int(picture.element.get("style").partition("--lines:")[2])
    leading = leading_of(box)
    # Above the picture stands a blank line, which falls away at the head of a page.
    fitting = whole_lines(space - leading - (box.height - picture.height), leading)
    is_ours = abs(picture.height - asked * leading) < 1 and box.width >= picture.style["font_size"] * _NARROW
    if not is_ours or not _SMALLEST * asked <= fitting < asked:
        return False
    width = picture.width * fitting / asked
    picture.element.set("style", f"--lines: {fitting}; width: {width:.2f}px; margin: 0 auto")
    return True


# In columns narrower than this many ems pictures stay as they are.
_NARROW = 12


def _moved(figure: ET.Element, story: ET.Element, heights: dict[ET.Element, float], space: float) -> bool:
    """Put a figure behind the text that fills `space`; tell whether there is any."""
    # What is shown whole may be a slice of a picture, which the others stand before.
    is_whole = any("whole" in one.get("class", "").split() for one in figure.iter("img"))
    target = None if is_whole else _target(figure, list(story), heights, space)
    if target is None:
        return False
    story.remove(figure)
    story.insert(list(story).index(target) + 1, figure)
    return True


def _target(
    figure: ET.Element, story: list[ET.Element], heights: dict[ET.Element, float], space: float
) -> ET.Element | None:
    """Return the paragraph behind which a figure leaves the least empty, or None where too little text follows it."""
    filled = 0.0
    last: ET.Element | None = None
    for block in story[story.index(figure) + 1 :]:
        if block.tag == "figure":
            break
        filled += heights.get(block, 0.0)
        last = block if block.tag == "p" else last
        if filled >= space and block is last:
            break
    return last if filled >= _WORTH * space else None


def _pushed_over(pages: list[Engine]) -> Iterator[tuple[Engine, float, bool]]:
    """Yield the box of every figure at a head, the height empty at the foot before it, and whether that is much."""
    for before, page in pairwise(pages):
        foot = before.content_box_y() + before.height
        yield from _left_empty(before.children[0], page.children[0], foot, before.height)
        for last, first in _continued(before, page):
            yield from _left_empty(last, first, foot, foot - last.position_y)
    for columns in (group for page in pages for group in _columns(page)):
        foot = max(map(_bottom, columns))
        for one, other in pairwise(columns):
            yield from _left_empty(one, other, foot, foot - one.position_y)


def _continued(before: Engine, page: Engine) -> Iterator[tuple[Engine, Engine]]:
    """Yield the last column of a page and the first one of the next, where the text runs from one into the other."""
    for columns in _columns(before):
        for follow in _columns(page):
            if columns[-1].element is follow[0].element:
                yield columns[-1], follow[0]


def _left_empty(before: Engine, after: Engine, foot: float, height: float) -> Iterator[tuple[Engine, float, bool]]:
    """Yield the figure that `after` begins with, if `before` is empty above its `foot`, by how much, and if by much."""
    space = foot - _bottom(before)
    figure = next((box for box in blocks(after) if box.element_tag == "figure"), None)
    if figure is None or space < _TOLERATED * height:
        return
    top = min((line.position_y for line in lines(after)), default=figure.position_y)
    if figure.position_y <= top:
        yield figure, space, space > _TOLERATED_IN_ORDER * height


def _columns(page: Engine) -> Iterator[list[Engine]]:
    """Yield the columns that stand side by side on a page: boxes of one element inside a box of the same."""
    for box in blocks(page.children[0]):
        columns = [one for one in box.children if one.element is not None and one.element is box.element]
        if len({one.position_x for one in columns}) > 1:
            yield columns


def _heights(pages: list[Engine]) -> dict[ET.Element, float]:
    """Return the height that each block takes, on all the pages that it stands on."""
    heights: dict[ET.Element, float] = {}
    for page in pages:
        for box in blocks(page.children[0]):
            if box.element is not None:
                heights[box.element] = heights.get(box.element, 0.0) + box.margin_height()
    return heights


def _bottom(frame: Engine) -> float:
    """Return where the last line or picture of a page or a column ends; where there is none, where it begins."""
    bottoms = [box.position_y + box.margin_height() for box in (*lines(frame), *pictures(frame))]
    return float(max(bottoms, default=frame.position_y))
