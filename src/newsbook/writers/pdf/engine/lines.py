"""Have the engine fill the lines that were chosen, and set what stands in each where it belongs."""

from collections.abc import Iterator
from copy import copy
from itertools import accumulate

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred
from weasyprint.layout.float import avoid_collisions

from newsbook.writers.pdf.breaking import THOUSAND, ChosenLine, Measure
from newsbook.writers.pdf.engine.boxes import leading_of
from newsbook.writers.pdf.engine.patch import Engine, Function, Patch
from newsbook.writers.pdf.engine.plainlines import is_plain_text, line_around, place_text
from newsbook.writers.pdf.engine.unrolling import (
    LANGUAGES,
    Node,
    Unrolled,
    drawn_width,
    position,
    skip_stack,
    unrolled_of,
)


def _get_next_linebox(plain: Function) -> Function:
    """Wrap the engine's function: have it fill the line that was chosen, and no other."""

    def get_next_linebox(
        context: Engine, linebox: Engine, position_y: float, space: float, stack: Engine, block: Engine, *rest: Engine
    ) -> Engine:
        *_, first_letter_style, first_line_style = rest
        unrolled = None if first_letter_style or first_line_style else unrolled_of(context, linebox, block)
        start = position(unrolled.tree, stack) if unrolled else 0
        if unrolled is None or unrolled.hlist.start(start) >= unrolled.hlist.length:
            return plain(context, linebox, position_y, space, stack, block, *rest)
        indent = linebox.text_indent
        width = _available(context, linebox, position_y, stack, block)
        unrolled.line = chosen = unrolled.choose(start, _measure(linebox.style, width, indent))
        linebox.text_indent -= chosen.trim
        try:
            if is_plain_text(context, linebox):
                line = _plain_line(context, linebox, position_y, block, unrolled, chosen)
            else:
                line, _ = plain(context, linebox, position_y, space, stack, block, *rest)
        finally:
            linebox.text_indent, unrolled.line = indent, None
        return line, skip_stack(unrolled.tree, chosen.resume) if chosen.resume < unrolled.hlist.length else None

    return get_next_linebox


def _plain_line(
    context: Engine, linebox: Engine, position_y: float, block: Engine, unrolled: Unrolled, line: ChosenLine
) -> Engine:
    """Return a line of nothing but text."""
    box = place_text(linebox, position_y, block)
    (node,) = unrolled.tree.children
    text = _set(box, unrolled, line, node, max(node.start, line.start), min(node.end, line.end))
    is_last = line.resume >= unrolled.hlist.length
    return line_around(context, linebox, text, block, is_first=line.start == node.start, is_last=is_last)


def _measure(style: Engine, width: float, indent: float) -> Measure:
    return Measure(
        first=width - indent,
        rest=width,
        is_justified=style["text_align_all"] == "justify",
        is_last_justified=style["text_align_last"] == "justify",
        hangs=bool(style["__hang_marks"]),
    )


def _available(context: Engine, linebox: Engine, position_y: float, stack: Engine, block: Engine) -> float:
    """Return the width that the next line has, beside floats where there are any."""
    if not context.excluded_shapes:
        return float(block.width)
    linebox.position_y = position_y
    linebox.width = preferred.inline_min_content_width(context, linebox, skip_stack=stack, first_line=True)
    linebox.height = leading_of(linebox)
    return float(avoid_collisions(context, linebox, block, outer=False)[2])


def _split_inline_level(plain: Function) -> Function:
    """Wrap the engine's function: where a box ends a line, say so, that what follows it waits for the next line."""

    def split_inline_level(context: Engine, box: Engine, *rest: Engine) -> Engine:
        result = plain(context, box, *rest)
        unrolled, node = _place(box)
        line = unrolled.line
        if line is None:
            return result
        if node.end > node.start and not (node.text or node.children):
            _settle(result[0], unrolled, line, node)
        if result[1] is not None or line.resume >= unrolled.hlist.length:
            return result
        is_end = line.end <= node.end < node.parent_end
        return (result[0], {0: None}, *result[2:]) if is_end else result

    return split_inline_level


def _settle(box: Engine, unrolled: Unrolled, line: ChosenLine, node: Node) -> None:
    """Give an atomic box of a line the gap behind it, and stand a reading above the middle of its base."""
    hlist = unrolled.hlist
    gaps = line.gaps[: node.end - line.start]
    box.margin_right += gaps[-1] * hlist.characters[node.start].em / THOUSAND
    if node.end == line.end and node.base is None:
        box.margin_right -= line.excess + unrolled.slack
    if node.base is not None:
        base = slice(max(0, node.base - line.start), node.start - line.start)
        characters = hlist.characters[line.start : node.start][base]
        width = sum(one.width + gap * one.em / THOUSAND for one, gap in zip(characters, gaps[base], strict=True))
        for child in box.children:
            child.translate(-(width + drawn_width(box)) / 2, 0)


_NOWHERE = (Unrolled(), Node(0, 0, 0))


def _place(box: Engine) -> tuple[Unrolled, Node]:
    """Return where a box stands in the list of its paragraph; one that is in none stands in an empty one."""
    place: tuple[Unrolled, Node] = getattr(box, "place", _NOWHERE)
    return place


def _split_text_box(plain: Function) -> Function:
    """Wrap the engine's function: give back what the line has of a text box, as wide as it is to be."""

    def split_text_box(
        context: Engine, box: Engine, available_width: float | None, skip: int, is_line_start: bool = True
    ) -> Engine:
        unrolled, node = _place(box)
        line = unrolled.line
        if line is None:
            return plain(context, box, available_width, skip, is_line_start)
        start, end = max(node.start, line.start), min(node.end, line.end)
        if start >= end:
            return None, None, False
        is_cut = node.end > line.end and line.resume < unrolled.hlist.length
        resume = len(node.text[: end - node.start].encode()) if is_cut else None
        return _set(box, unrolled, line, node, start, end), resume, False

    return split_text_box


def _set(box: Engine, unrolled: Unrolled, line: ChosenLine, node: Node, start: int, end: int) -> Engine:
    """Return the text box of a line that holds the characters of `box` from `start` to `end`."""
    hlist = unrolled.hlist
    gaps = line.gaps[start - line.start : end - line.start]
    characters = hlist.characters[start:end]
    done = box.copy_with_text(node.text[start - node.start : end - node.start])
    widths = (one.width + gap * one.em / THOUSAND for one, gap in zip(characters, gaps, strict=True))
    done.places = tuple(accumulate(widths, initial=0.0))
    done.width = done.places[-1]
    # A reading behind it takes no room. What sticks out by a rounding error would be dropped for being too long.
    if not any(character.width for character in hlist.characters[end : line.end]):
        done.width -= line.excess + unrolled.slack
    done.pango_layout = copy(box.set_layout)
    done.pango_layout.text, done.pango_layout.gaps = done.text, gaps
    leading, done.baseline = inline.strut(box.style)
    done.height = box.set_height
    done.margin_top = done.baseline - box.set_baseline
    done.margin_bottom = leading - done.margin_top - done.height
    return done


# A CJK face stands 0.88 em above its baseline and 0.12 em below it, so that the middle of its em is this much above.
_MIDDLE = 0.38


def _strut(plain: Function) -> Function:
    """Wrap the engine's function: in CJK text the baseline lies in the same place for all faces of a size.

    It is asked for with every line, and kept with the style, whose copies are changed before they are used.
    """

    def strut(style: Engine) -> tuple[float, float]:
        if not hasattr(style, "strut"):
            style.strut = measured(style)
        known: tuple[float, float] = style.strut
        return known

    def measured(style: Engine) -> tuple[float, float]:
        leading, baseline = plain(style)
        if style["line_height"] == "normal" or not (style["lang"] or "").startswith(LANGUAGES):
            return leading, baseline
        return leading, leading / 2 + _MIDDLE * style["font_size"]

    return strut


def _get_font_description(plain: Function) -> Function:
    """Wrap the engine's function, which is asked with every text and again with every line: kept as `strut` is."""

    def get_font_description(style: Engine) -> Engine:
        if not hasattr(style, "font_description"):
            style.font_description = plain(style)
        return style.font_description

    return get_font_description


def _line_box_verticality(plain: Function) -> Function:
    """Wrap the engine's function: a line of text is as high as its leading, whatever faces and sizes are in it."""

    def line_box_verticality(box: Engine) -> Engine:
        bottom, top = plain(box)
        _, unrolled = getattr(box, "unrolled", (None, None))
        if unrolled is None or unrolled.has_objects:
            return bottom, top
        leading, baseline = inline.strut(box.style)
        return leading - baseline, -baseline

    return line_box_verticality


def _justify_line(plain: Function) -> Function:
    """Wrap the engine's function: what is set is set."""

    def justify_line(context: Engine, line: Engine, extra_width: float) -> None:
        if not getattr(line, "unrolled", (None, None))[1]:
            plain(context, line, extra_width)

    return justify_line


def _inline_line_widths(plain: Function) -> Function:
    """Wrap the engine's generator: a line box that is set by us is as wide as we set it."""

    def inline_line_widths(
        context: Engine,
        box: Engine,
        outer: bool,
        is_line_start: bool,
        minimum: bool,
        skip_stack: Engine = None,
        first_line: bool = False,
    ) -> Iterator[float]:
        is_whole = isinstance(box, boxes.LineBox) and skip_stack is None and not first_line
        unrolled = unrolled_of(context, box, None) if is_whole else None
        if unrolled is None:
            yield from plain(context, box, outer, is_line_start, minimum, skip_stack, first_line)
        else:
            indent = box.style["text_indent"].value if box.style["text_indent"].unit == "px" else 0
            narrowest = box.style["font_size"] if unrolled.may_shrink else unrolled.hlist.widest()
            yield narrowest if minimum else unrolled.hlist.width[-1] + indent

    return inline_line_widths


PATCHES = (
    Patch(
        "weasyprint.layout.inline",
        "get_next_linebox",
        "context linebox position_y bottom_space skip_stack containing_block absolute_boxes fixed_boxes"
        " first_letter_style first_line_style",
        _get_next_linebox,
    ),
    Patch(
        "weasyprint.layout.inline",
        "split_inline_level",
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes fixed_boxes"
        " line_placeholders waiting_floats line_children first_letter_style first_line_style",
        _split_inline_level,
    ),
    Patch(
        "weasyprint.layout.inline",
        "split_text_box",
        "context box available_width skip is_line_start",
        _split_text_box,
    ),
    Patch("weasyprint.layout.inline", "strut", "style", _strut),
    Patch("weasyprint.text.line_break", "get_font_description", "style", _get_font_description),
    Patch("weasyprint.layout.inline", "line_box_verticality", "box", _line_box_verticality),
    Patch("weasyprint.layout.inline", "justify_line", "context line extra_width", _justify_line),
    Patch(
        "weasyprint.layout.preferred",
        "inline_line_widths",
        "context box outer is_line_start minimum skip_stack first_line",
        _inline_line_widths,
    ),
)
