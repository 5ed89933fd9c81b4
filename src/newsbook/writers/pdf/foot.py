"""Lower what a style wants at the foot of the last page, in whole lines: `--at-foot: yes`.

GB/T 9704-2012 §7.4 has the imprint of a document end on the last line of its last page, and so do newspapers. The
engine can place a box at the foot of a page, but not keep it clear of the text.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

# The engine's pages, boxes and functions, which have no types.
Engine: TypeAlias = Any
Function: TypeAlias = Callable[..., Engine]

# A thousandth of a line, which rounding may take.
_ROUNDING = 0.001


def layout_backgrounds(plain: Function) -> Function:
    """Wrap the engine's function, the last to see a page that is laid out: lower first what is wanted at its foot."""

    def laid_out(page: Engine, get_image_from_uri: Engine) -> None:
        _lower(page)
        plain(page, get_image_from_uri)

    return laid_out


def _lower(page: Engine) -> None:
    """Lower the box that is wanted at the foot of a page, behind which nothing stands, to the last line."""
    from weasyprint.text.line_break import strut

    body = page.children[0]
    for box in body.descendants():
        if box.element is not None and box.style["__at_foot"]:
            leading, _ = strut(body.style)
            space = page.content_box_y() + page.height - box.border_box_y() - box.border_height()
            box.translate(0, int(space / leading + _ROUNDING) * leading)
            return
