"""Discard the space above what stands at the head of a column, as the engine does at the head of a page.

CSS Fragmentation 3 §5.2: margins that meet an unforced break are cut off. The engine cuts them where pages are broken,
and leaves a crosshead or a figure at the head of a column a line below the text beside it.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, TypeAlias

# The engine's boxes and functions, which have no types.
Engine: TypeAlias = Any
Function: TypeAlias = Callable[..., Engine]

# A thousandth of a point, which rounding may take.
_ROUNDING = 0.001


def block_level_layout(plain: Function) -> Function:
    """Wrap the engine's function: what is laid out at the head of a column has no margin above."""

    def laid_out(
        context: Engine, box: Engine, bottom_space: float, skip_stack: Engine, containing_block: Engine, *rest: Engine
    ) -> Engine:
        head = _head(containing_block)
        box.column_head = head
        if head is not None and box.position_y <= head + _ROUNDING and _has_margin(box):
            box = _without_margin(box)
        return plain(context, box, bottom_space, skip_stack, containing_block, *rest)

    return laid_out


def _head(block: Engine) -> float | None:
    """Return where the column begins that a block is, or stands in; None where there is no column."""
    if not hasattr(block, "is_column"):
        return None
    head: float | None = block.content_box_y() if block.is_column else getattr(block, "column_head", None)
    return head


def _has_margin(box: Engine) -> bool:
    margin = box.style["margin_top"]
    return margin != "auto" and bool(margin.value > 0)


def _without_margin(box: Engine) -> Engine:
    """Return a copy of a box for this place; the box itself may be laid out again in another."""
    from weasyprint.css.properties import ZERO_PIXELS

    bare = copy(box)
    bare.style = box.style.copy()
    bare.style["margin_top"] = ZERO_PIXELS
    return bare
