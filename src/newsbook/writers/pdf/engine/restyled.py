"""Boxes of a document in another dress: a headline in another size, a rule of another length."""

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes

from newsbook.writers.pdf.engine.boxes import is_of
from newsbook.writers.pdf.engine.patch import Engine


def with_headline(head: Engine, size: float, line: float, width: float = float("inf")) -> Engine:
    """Return a head whose headline is set in a size, on lines so high, and no wider than a width, all in pixels.

    What the headline holds keeps its share of the size.
    """
    if is_of(head, "headline"):
        box = _scaled(head, size / head.style["font_size"], line)
        box.style["max_width"] = Dimension(width, "px")
        return box
    if not isinstance(head, boxes.ParentBox):
        return head
    return head.copy_with_children([with_headline(child, size, line, width) for child in head.children])


def _scaled(box: Engine, share: float, line: float) -> Engine:
    if isinstance(box, boxes.ParentBox):
        scaled = box.copy_with_children([_scaled(child, share, line) for child in box.children])
    else:
        scaled = box.copy()
    scaled.style = box.style.copy()
    scaled.style["font_size"] = box.style["font_size"] * share
    if isinstance(box.style["line_height"], Dimension) or box.style["line_height"] == "normal":
        scaled.style["line_height"] = Dimension(line, "px")
    return scaled


def as_high(box: Engine, height: float, above: float = 0.0) -> Engine:
    """Return a box that is set so high, in pixels, with so much more above what is in it."""
    high = box.copy_with_children(box.children)
    high.style = box.style.copy()
    high.style["height"] = Dimension(height, "px")
    if above:
        own = box.style["padding_top"]
        high.style["padding_top"] = Dimension(above + (own.value if own.unit == "px" else 0.0), "px")
    return high


def with_posters(box: Engine, height: float) -> Engine:
    """Return a box whose posters are so high together, in pixels."""
    count = sum(is_of(one, "poster") for one in box.descendants())
    return _postered(box, height / count) if count else box


def _postered(box: Engine, height: float) -> Engine:
    if is_of(box, "poster"):
        high = box.copy()
        high.style = box.style.copy()
        high.style["height"] = Dimension(height, "px")
        return high
    if not isinstance(box, boxes.ParentBox):
        return box
    return box.copy_with_children([_postered(child, height) for child in box.children])


def without(box: Engine, name: str) -> Engine:
    """Return a box without those of its children that have a class."""
    return box.copy_with_children([child for child in box.children if not is_of(child, name)])
