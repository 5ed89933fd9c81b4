"""Let a block take whole lines of the text around it, where a style asks for it: `--whole-lines: yes`.

A colophon in small type, or a headline of one line or two, is seldom as high as a number of lines of the body. What is
lacking is added below it, so that what follows stays on the grid (CSS Line Grid 1 §4.2 has it as `block-step-size`).
"""

from collections.abc import Callable
from math import ceil
from typing import Any, TypeAlias

# The engine's boxes and functions, which have no types.
Engine: TypeAlias = Any
Function: TypeAlias = Callable[..., Engine]

# A thousandth of a line, which rounding may take.
_ROUNDING = 0.001


def in_whole_lines(plain: Function) -> Function:
    """Wrap the engine's function: what asks for whole lines, and ends on its page, gets them where there is room."""

    def laid_out(
        context: Engine, box: Engine, bottom_space: float, skip_stack: Engine, containing_block: Engine, *rest: Engine
    ) -> Engine:
        result = plain(context, box, bottom_space, skip_stack, containing_block, *rest)
        done, resume_at, *_ = result
        if done is not None and resume_at is None and _asks(done) and not _asks(containing_block):
            _fill(done, containing_block, context.page_bottom - bottom_space)
        return result

    return laid_out


def _asks(box: Engine) -> bool:
    """Tell whether a box asks for whole lines, as those inside it do, which inherit its wish."""
    return bool(box.style["__whole_lines"])


def _fill(box: Engine, block: Engine, foot: float) -> None:
    from weasyprint.text.line_break import strut

    leading, _ = strut(block.style)
    if not leading:
        return
    lines = box.margin_height() / leading
    lacking = (ceil(lines - _ROUNDING) - lines) * leading
    if box.position_y + box.margin_height() + lacking <= foot + _ROUNDING:
        box.padding_bottom += lacking
