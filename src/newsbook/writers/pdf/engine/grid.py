"""Keep blocks and columns on the grid of the text: in whole lines, from the head of a column to the foot of a page."""

from copy import copy
from itertools import takewhile
from math import ceil

from weasyprint.css.properties import ZERO_PIXELS

from newsbook.writers.pdf.engine.bleeding import bring_out
from newsbook.writers.pdf.engine.boxes import ROUNDING, leading_of, whole_lines
from newsbook.writers.pdf.engine.patch import Engine, Function, Patch


def _block_level_layout(plain: Function) -> Function:
    """Wrap the engine's function: nothing has space above it at the head of a column, and what asks takes whole lines.

    CSS Fragmentation 3 §5.2: margins that meet an unforced break are cut off. The engine cuts them where pages are
    broken, and leaves a crosshead or a figure at the head of a column a line below the text beside it.

    A colophon in small type, or a headline of one line or two, is seldom as high as a number of lines of the body. It
    asks for whole lines with `--whole-lines: yes`, and what is lacking is added below it, where there is room, so that
    what follows stays on the grid (CSS Line Grid 1 §4.2 has it as `block-step-size`).
    """

    def block_level_layout(
        context: Engine, box: Engine, bottom_space: float, skip_stack: Engine, containing_block: Engine, *rest: Engine
    ) -> Engine:
        head = _head(containing_block)
        box.column_head = head
        if head is not None and box.position_y <= head + ROUNDING and _has_margin(box):
            box = _without_margin(box)
        result = plain(context, box, bottom_space, skip_stack, containing_block, *rest)
        done, resume_at, *_ = result
        if done is not None and resume_at is None and _asks(done) and not _asks(containing_block):
            _fill(done, containing_block, context.page_bottom - bottom_space)
        return result

    return block_level_layout


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
    bare = copy(box)
    bare.style = box.style.copy()
    bare.style["margin_top"] = ZERO_PIXELS
    return bare


def _asks(box: Engine) -> bool:
    """Tell whether a box asks for whole lines, as those inside it do, which inherit its wish."""
    return bool(box.style["__whole_lines"])


def _fill(box: Engine, block: Engine, foot: float) -> None:
    leading = leading_of(block)
    if not leading:
        return
    lines = box.margin_height() / leading
    lacking = (ceil(lines - ROUNDING) - lines) * leading
    if box.position_y + box.margin_height() + lacking <= foot + ROUNDING:
        box.padding_bottom += lacking


def _columns_layout(plain: Function) -> Function:
    """Wrap the engine's function: cut off what columns that end on their page have below their last whole line.

    CSS Multi-column Layout 1 §8.2 leaves it to the engine how high balanced columns are. WeasyPrint begins at the mean
    of their heights, which is seldom a whole number of lines, and stretches every column that runs on to that.
    """

    def columns_layout(context: Engine, box: Engine, *rest: Engine) -> Engine:
        result = plain(context, box, *rest)
        done, resume_at, *_ = result
        if done is not None and resume_at is None and done.style["height"] == "auto":
            _cut(done)
        return result

    return columns_layout


def _cut(box: Engine) -> None:
    columns = list(takewhile(lambda child: getattr(child, "is_column", False), reversed(box.children)))
    leading = leading_of(box)
    if not columns or not leading:
        return
    height = columns[0].height
    excess = height - whole_lines(height, leading) * leading
    box.height -= excess
    for column in columns:
        column.height -= excess


def _layout_backgrounds(plain: Function) -> Function:
    """Wrap the engine's function, the last to see a page that is laid out: lower first what is wanted at its foot.

    What touches the trimmed edge is then brought out to the bleed (`bleeding`), before backgrounds are measured.
    GB/T 9704-2012 §7.4 has the imprint of a document end on the last line of its last page, and so do newspapers. The
    engine can place a box at the foot of a page, but not keep it clear of the text. A style asks with `--at-foot: yes`.
    """

    def layout_backgrounds(page: Engine, get_image_from_uri: Engine) -> None:
        _lower(page)
        bring_out(page)
        plain(page, get_image_from_uri)

    return layout_backgrounds


def _lower(page: Engine) -> None:
    """Lower the box that is wanted at the foot of a page, behind which nothing stands, to the last line."""
    body = page.children[0]
    for box in body.descendants():
        if box.element is not None and box.style["__at_foot"]:
            leading = leading_of(body)
            space = page.content_box_y() + page.height - box.border_box_y() - box.border_height()
            box.translate(0, whole_lines(space, leading) * leading)
            return


PATCHES = (
    Patch(
        "weasyprint.layout.block",
        "block_level_layout",
        "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes"
        " adjoining_margins first_letter_style first_line_style discard max_lines",
        _block_level_layout,
    ),
    Patch(
        "weasyprint.layout.block",
        "columns_layout",
        "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes"
        " adjoining_margins first_letter_style first_line_style",
        _columns_layout,
    ),
    Patch("weasyprint.layout", "layout_backgrounds", "page get_image_from_uri", _layout_backgrounds),
)
