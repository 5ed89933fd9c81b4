"""Make a chosen line of nothing but text at once: the box that the engine would arrive at by filling it."""

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_percentages

from newsbook.writers.pdf.engine.patch import Engine


def is_plain_text(context: Engine, linebox: Engine) -> bool:
    """Tell whether a line box holds one stretch of text, beside which nothing floats."""
    children = linebox.children
    return len(children) == 1 and isinstance(children[0], boxes.TextBox) and not context.excluded_shapes


def place_text(linebox: Engine, position_y: float, block: Engine) -> Engine:
    """Put the line box of a paragraph where its next line begins, and its text behind the indent. Return the text."""
    (text,) = linebox.children
    if not hasattr(text, "margin_left"):
        resolve_percentages(text, block)
    linebox.width = linebox.height = 0
    linebox.position_x, linebox.position_y = block.content_box_x() + linebox.margin_left, position_y
    text.position_x, text.position_y = linebox.position_x + linebox.text_indent, position_y
    return text


def line_around(
    context: Engine, linebox: Engine, text: Engine, block: Engine, *, is_first: bool, is_last: bool
) -> Engine:
    """Return the line that holds a text box as it was set, which `place_text` has put in its place."""
    position_y = linebox.position_y
    line = linebox.copy_with_children([text])
    line.remove_decoration(start=not is_first, end=not is_last)
    line.width = text.position_x + text.margin_width() - line.content_box_x()
    inline._adjust_line_height(line)
    linebox.width, linebox.height = line.width, line.height
    left = block.content_box_x()
    available = left + block.width - linebox.margin_right - (left + linebox.margin_left)
    offset = inline.text_align(context, line, available, last=is_last)
    bottom, top = inline.line_box_verticality(line)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(offset, position_y - top)
    line.position_y = position_y
    return line
