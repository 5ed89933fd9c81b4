"""Bring out to the bleed what touches the trimmed edge of a page: grounds, borders and pictures.

What ends at the edge shows white paper where the knife is off. The engine paints the page's own background out to the
bleed (CSS Paged Media 3, "Page bleed"), and nothing else. Margins give up what paddings, borders and pictures gain, so
that nothing that is read moves.
"""

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout.replaced import replacedbox_layout

from newsbook.writers.pdf.engine.patch import Engine

# What ends so near to the edge, in pixels, is meant to touch it: half a point.
_NEAR = 2 / 3
# Boxes that are painted as one rectangle; others are parts of lines.
_PAINTED = (
    boxes.BlockLevelBox, boxes.BlockContainerBox, boxes.AtomicInlineLevelBox, boxes.FlexContainerBox,
    boxes.GridContainerBox, boxes.MarginBox, boxes.PageBox, boxes.TableRowGroupBox, boxes.TableRowBox,
)  # fmt: skip
# They have no paddings, and are as wide as their cells.
_OF_TABLES = (boxes.TableRowGroupBox, boxes.TableRowBox)

_WIDE, _HIGH = "width", "height"
_LENGTHS = {"left": _WIDE, "right": _WIDE, "top": _HIGH, "bottom": _HIGH}


def bring_out(page: Engine) -> None:
    """Make what touches the edges of a page that is laid out go on to its bleed."""
    if not any(page.bleed.values()):
        return
    for box in page.descendants(placeholders=True):
        if isinstance(box, _PAINTED) and not box.style["transform"]:
            if isinstance(box, boxes.ReplacedBox):
                _fit(box)
            for side, beyond in _reached(box, page).items():
                _widen(box, side, beyond)


def _reached(box: Engine, page: Engine) -> dict[str, float]:
    """Return the sides on which a box touches the edge of its page, each with what is missing to the bleed."""
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    width, height = page.margin_width(), page.margin_height()
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        return {}
    # How far each side is outside of the trim.
    outside = {"left": -left, "top": -top, "right": right - width, "bottom": bottom - height}
    return {side: page.bleed[side] - over for side, over in outside.items() if -_NEAR <= over < page.bleed[side]}


def _widen(box: Engine, side: str, beyond: float) -> None:
    """Have a box go further out on one side, where its margin gives way."""
    margin, border, padding = f"margin_{side}", f"border_{side}_width", f"padding_{side}"
    setattr(box, margin, getattr(box, margin) - beyond)
    if getattr(box, border):
        setattr(box, border, getattr(box, border) + beyond)
    elif isinstance(box, (boxes.ReplacedBox, *_OF_TABLES)) and not getattr(box, padding):
        length = _LENGTHS[side]
        setattr(box, length, getattr(box, length) + beyond)
        if isinstance(box, boxes.ReplacedBox) and box.style["object_fit"] != "cover":
            # Enlarged a little rather than pulled out of shape.
            box.style = box.style.copy()
            box.style["object_fit"] = "cover"
    else:
        setattr(box, padding, getattr(box, padding) + beyond)


def _fit(box: Engine) -> None:
    """Make a box as small as the picture that is shown whole in it, where nothing else is painted in it."""
    width, height, x, y = replacedbox_layout(box)
    left, top = x - box.content_box_x(), y - box.content_box_y()
    right, bottom = box.width - width - left, box.height - height - top
    is_framed = box.border_width() > box.width or box.border_height() > box.height
    if is_framed or get_color(box.style, "background_color").alpha or min(left, right, top, bottom) < 0:
        return
    box.width, box.height = width, height
    box.margin_left, box.margin_right = box.margin_left + left, box.margin_right + right
    box.margin_top, box.margin_bottom = box.margin_top + top, box.margin_bottom + bottom
