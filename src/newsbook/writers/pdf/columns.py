"""End columns that are balanced on a whole line, so that what stands below them stays on the grid.

CSS Multi-column Layout 1 §8.2 leaves it to the engine how high balanced columns are. WeasyPrint begins at the mean of
their heights, which is seldom a whole number of lines, and stretches every column that runs on into the next to that.
"""

from collections.abc import Callable
from itertools import takewhile
from typing import Any, TypeAlias

# The engine's boxes and functions, which have no types.
Engine: TypeAlias = Any
Function: TypeAlias = Callable[..., Engine]

# A thousandth of a line, which rounding may take.
_ROUNDING = 0.001


def columns_layout(plain: Function) -> Function:
    """Wrap the engine's function: cut off what columns that end on their page have below their last whole line."""

    def laid_out(context: Engine, box: Engine, *rest: Engine) -> Engine:
        result = plain(context, box, *rest)
        done, resume_at, *_ = result
        if done is not None and resume_at is None and done.style["height"] == "auto":
            _cut(done)
        return result

    return laid_out


def _cut(box: Engine) -> None:
    from weasyprint.text.line_break import strut

    columns = list(takewhile(lambda child: getattr(child, "is_column", False), reversed(box.children)))
    leading, _ = strut(box.style)
    if not columns or not leading:
        return
    height = columns[0].height
    excess = height - int(height / leading + _ROUNDING) * leading
    box.height -= excess
    for column in columns:
        column.height -= excess
