"""Read the boxes of pages that are laid out: what stands where, and how high a line is."""

from collections.abc import Iterator

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

from newsbook.writers.pdf.engine.patch import Engine

# A thousandth of a point, or of a line, which rounding may take.
ROUNDING = 0.001


def pages_of(document: Engine) -> list[Engine]:
    """Return the boxes of a document's pages: nothing else says where things lie."""
    return [page._page_box for page in document.pages]


def leading_of(box: Engine) -> float:
    """Return how high a line of the text of a box is."""
    return float(strut(box.style)[0])


def whole_lines(height: float, leading: float) -> int:
    """Return how many whole lines a height has room for."""
    return int(height / leading + ROUNDING)


def blocks(frame: Engine) -> Iterator[Engine]:
    """Yield the blocks inside a box."""
    return (box for box in frame.descendants() if isinstance(box, boxes.BlockBox))


def lines(frame: Engine) -> Iterator[Engine]:
    """Yield the lines inside a box."""
    return (box for box in frame.descendants() if isinstance(box, boxes.LineBox))


def pictures(box: Engine) -> Iterator[Engine]:
    """Yield the pictures inside a box."""
    return (one for one in box.descendants() if isinstance(one, boxes.ReplacedBox))


def is_of(box: Engine, name: str) -> bool:
    """Tell whether a box is that of an element with a class."""
    return box.element is not None and box.element_tag == box.element.tag and name in classes(box)


def classes(box: Engine) -> list[str]:
    """Return the classes of a box's element."""
    return str(box.element.get("class", "")).split() if box.element is not None else []


def found(box: Engine, name: str) -> Iterator[Engine]:
    """Yield the boxes inside a box whose elements have a class, the outermost of each."""
    for child in box.children if isinstance(box, boxes.ParentBox) else ():
        if is_of(child, name):
            yield child
        else:
            yield from found(child, name)
