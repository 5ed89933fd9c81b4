"""Teach WeasyPrint to set CJK lines: flush, marks squeezed, Han and Latin apart, and not a character added.

WeasyPrint 70 breaks a paragraph line by line and justifies at spaces only, which Chinese has none of; it knows neither
the squeeze of neighbouring marks nor the quarter em between Han and Latin. Here a paragraph of CJK text is unrolled
into a galley, its lines are chosen over the whole of it (`newsbook.writers.pdf.fitting`), and the engine is handed
each line finished. What is added between characters is added to the advances of the glyphs when a line is drawn. The
text itself is never touched, so that what is copied is what was written.

This is the one place that reaches into the engine's private parts. It was checked on the versions below; on any other
the engine is left as it is, and a finding says so. A patch for the engine would replace the same functions.
"""

import inspect
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from functools import wraps
from itertools import accumulate, chain
from threading import Lock
from typing import TypeAlias

from newsbook.diagnostics import Code, Diagnostic, Report
from newsbook.writers.pdf.columns import columns_layout
from newsbook.writers.pdf.fitting import THOUSAND, Line, Measure
from newsbook.writers.pdf.foot import layout_backgrounds
from newsbook.writers.pdf.galley import Galley
from newsbook.writers.pdf.grid import in_whole_lines
from newsbook.writers.pdf.heads import block_level_layout
from newsbook.writers.pdf.interlinear import draw_interlinear
from newsbook.writers.pdf.proof import (
    LANGUAGES,
    Engine,
    Node,
    Proof,
    byte_offsets,
    drawn_width,
    glyph_rows,
    position,
    proof_of,
    skip_stack,
    thousandth,
)

CHECKED = ("70.",)

Function: TypeAlias = Callable[..., Engine]


# Whether this context lays out a document of ours. The functions are wrapped once for a process, and whoever else uses
# the engine in it, in another thread or later, gets the engine's own.
_IS_OURS: ContextVar[bool] = ContextVar("_IS_OURS", default=False)
_WRAPPED = set[str]()
_WRAPPING = Lock()


@contextmanager
def cjk_lines(report: Report) -> Iterator[None]:
    """While the context lasts, WeasyPrint sets CJK lines as above; on an engine that it does not know, as ever."""
    fault = unknown_engine()
    if fault:
        message = f"lines are set plain, for {fault}."
        report(Diagnostic(Code.LINE_MODULE_OFF, message, hint="Install weasyprint>=70,<71."))
        yield
        return
    _wrap_once()
    token = _IS_OURS.set(True)
    try:
        yield
    finally:
        _IS_OURS.reset(token)


def _wrap_once() -> None:
    wrappers = {
        "inline.get_next_linebox": _get_next_linebox,
        "inline.split_inline_level": _split_inline_level,
        "inline.split_text_box": _split_text_box,
        "inline.strut": _strut,
        "inline.line_box_verticality": _line_box_verticality,
        "inline.justify_line": _justify_line,
        "preferred.inline_line_widths": _inline_line_widths,
        "block.block_level_layout": lambda plain: in_whole_lines(block_level_layout(plain)),
        "block.columns_layout": columns_layout,
        "layout.layout_backgrounds": layout_backgrounds,
        "Layout.reactivate": _reactivate,
        "draw.draw_text": _draw_text,
    }
    with _WRAPPING:
        for name, owner in _owners().items():
            if name not in _WRAPPED:
                attribute = name.split(".")[1]
                plain = getattr(owner, attribute)
                setattr(owner, attribute, _switched(plain, wrappers[name](plain)))
                _WRAPPED.add(name)


def _switched(plain: Function, ours: Function) -> Function:
    """Return a function that is ours in the context of a document of ours, and the engine's own everywhere else."""

    @wraps(plain)
    def switched(*arguments: Engine, **named: Engine) -> Engine:
        return (ours if _IS_OURS.get() else plain)(*arguments, **named)

    return switched


def _owners() -> dict[str, Engine]:
    from weasyprint import draw, layout
    from weasyprint.layout import block, inline, preferred
    from weasyprint.text.line_break import Layout

    owners = {
        "inline": inline,
        "preferred": preferred,
        "block": block,
        "layout": layout,
        "Layout": Layout,
        "draw": draw,
    }
    return {name: owners[name.split(".")[0]] for name in _KNOWN}


# The functions of the engine that this module stands in for, with the parameters that it relies on.
_KNOWN = {
    "inline.get_next_linebox": (
        "context linebox position_y bottom_space skip_stack containing_block absolute_boxes fixed_boxes"
        " first_letter_style first_line_style"
    ),
    "inline.split_inline_level": (
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes fixed_boxes"
        " line_placeholders waiting_floats line_children first_letter_style first_line_style"
    ),
    "inline.split_text_box": "context box available_width skip is_line_start",
    "inline.strut": "style",
    "inline.line_box_verticality": "box",
    "inline.justify_line": "context line extra_width",
    "preferred.inline_line_widths": "context box outer is_line_start minimum skip_stack first_line",
    "block.block_level_layout": (
        "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes"
        " adjoining_margins first_letter_style first_line_style discard max_lines"
    ),
    "block.columns_layout": (
        "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes"
        " adjoining_margins first_letter_style first_line_style"
    ),
    "layout.layout_backgrounds": "page get_image_from_uri",
    "Layout.reactivate": "self style",
    "draw.draw_text": "stream textbox offset_x text_overflow block_ellipsis",
}


def unknown_engine() -> str:
    """Return why the engine at hand cannot be taught, or nothing where it can."""
    import weasyprint

    if not weasyprint.__version__.startswith(CHECKED):
        return f"WeasyPrint {weasyprint.__version__} is none of the versions that this was checked on"
    changed = [name for name, owner in _owners().items() if _parameters(owner, name) != _KNOWN[name].split()]
    return f"WeasyPrint's {', '.join(changed)} changed" if changed else ""


def _parameters(owner: Engine, name: str) -> list[str]:
    function = getattr(owner, name.split(".")[1], None)
    return list(inspect.signature(function).parameters) if function else []


# --- while the engine fills lines ---------------------------------------------------------------------------------


def _get_next_linebox(plain: Function) -> Function:
    """Wrap the engine's function: have it fill the line that was chosen, and no other."""

    def get_next_linebox(
        context: Engine, linebox: Engine, position_y: float, space: float, stack: Engine, block: Engine, *rest: Engine
    ) -> Engine:
        *_, first_letter_style, first_line_style = rest
        proof = None if first_letter_style or first_line_style else proof_of(context, linebox, block)
        start = position(proof.tree, stack) if proof else 0
        if proof is None or proof.galley.start(start) >= proof.galley.length:
            return plain(context, linebox, position_y, space, stack, block, *rest)
        indent = linebox.text_indent
        width = _available(context, linebox, position_y, stack, block)
        proof.line = proof.choose(start, _measure(linebox.style, width, indent))
        linebox.text_indent -= proof.line.trim
        try:
            line, _ = plain(context, linebox, position_y, space, stack, block, *rest)
            resume = proof.line.resume
        finally:
            linebox.text_indent, proof.line = indent, None
        return line, skip_stack(proof.tree, resume) if resume < proof.galley.length else None

    return get_next_linebox


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
    from weasyprint.layout.float import avoid_collisions
    from weasyprint.layout.preferred import inline_min_content_width
    from weasyprint.text.line_break import strut

    linebox.position_y = position_y
    linebox.width = inline_min_content_width(context, linebox, skip_stack=stack, first_line=True)
    linebox.height, _ = strut(linebox.style)
    return float(avoid_collisions(context, linebox, block, outer=False)[2])


def _split_inline_level(plain: Function) -> Function:
    """Wrap the engine's function: where a box ends a line, say so, that what follows it waits for the next line."""

    def split_inline_level(context: Engine, box: Engine, *rest: Engine) -> Engine:
        result = plain(context, box, *rest)
        proof, node = _place(box)
        line = proof.line
        if line is None:
            return result
        if node.end > node.start and not (node.text or node.children):
            _settle(result[0], proof.galley, line, node)
        if result[1] is not None or line.resume >= proof.galley.length:
            return result
        is_end = line.end <= node.end < node.parent_end
        return (result[0], {0: None}, *result[2:]) if is_end else result

    return split_inline_level


def _settle(box: Engine, galley: Galley, line: Line, node: Node) -> None:
    """Give an atomic box of a line the gap behind it, and stand a reading above the middle of its base."""
    gaps = line.gaps[: node.end - line.start]
    box.margin_right += gaps[-1] * galley.characters[node.start].em / THOUSAND
    if node.end == line.end and node.base is None:
        box.margin_right -= line.excess
    if node.base is not None:
        base = slice(max(0, node.base - line.start), node.start - line.start)
        characters = galley.characters[line.start : node.start][base]
        width = sum(one.width + gap * one.em / THOUSAND for one, gap in zip(characters, gaps[base], strict=True))
        for child in box.children:
            child.translate(-(width + drawn_width(box)) / 2, 0)


_NOWHERE = (Proof(), Node(0, 0, 0))


def _place(box: Engine) -> tuple[Proof, Node]:
    """Return where a box stands in the galley of its paragraph; a box of no galley stands in an empty one."""
    place: tuple[Proof, Node] = getattr(box, "place", _NOWHERE)
    return place


def _split_text_box(plain: Function) -> Function:
    """Wrap the engine's function: give back what the line has of a text box, as wide as it is to be."""

    def split_text_box(
        context: Engine, box: Engine, available_width: float | None, skip: int, is_line_start: bool = True
    ) -> Engine:
        proof, node = _place(box)
        line = proof.line
        if line is None:
            return plain(context, box, available_width, skip, is_line_start)
        start, end = max(node.start, line.start), min(node.end, line.end)
        if start >= end:
            return None, None, False
        is_cut = node.end > line.end and line.resume < proof.galley.length
        resume = len(node.text[: end - node.start].encode()) if is_cut else None
        return _set(box, proof.galley, line, node, start, end), resume, False

    return split_text_box


def _set(box: Engine, galley: Galley, line: Line, node: Node, start: int, end: int) -> Engine:
    """Return the text box of a line that holds the characters of `box` from `start` to `end`."""
    from weasyprint.layout import inline

    gaps = line.gaps[start - line.start : end - line.start]
    characters = galley.characters[start:end]
    done = box.copy_with_text(node.text[start - node.start : end - node.start])
    widths = (one.width + gap * one.em / THOUSAND for one, gap in zip(characters, gaps, strict=True))
    done.places = tuple(accumulate(widths, initial=0.0))
    done.width = done.places[-1]
    # A reading behind it takes no room. What sticks out by a rounding error would be dropped for being too long.
    if not any(character.width for character in galley.characters[end : line.end]):
        done.width -= line.excess
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
    """Wrap the engine's function: in CJK text the baseline lies in the same place for all faces of a size."""

    def strut(style: Engine) -> tuple[float, float]:
        leading, baseline = plain(style)
        if style["line_height"] == "normal" or not (style["lang"] or "").startswith(LANGUAGES):
            return leading, baseline
        return leading, leading / 2 + _MIDDLE * style["font_size"]

    return strut


def _line_box_verticality(plain: Function) -> Function:
    """Wrap the engine's function: a line of text is as high as its leading, whatever faces and sizes are in it."""

    def line_box_verticality(box: Engine) -> Engine:
        from weasyprint.layout import inline

        bottom, top = plain(box)
        _, proof = getattr(box, "proof", (None, None))
        if proof is None or proof.has_objects:
            return bottom, top
        leading, baseline = inline.strut(box.style)
        return leading - baseline, -baseline

    return line_box_verticality


def _justify_line(plain: Function) -> Function:
    """Wrap the engine's function: what is set is set."""

    def justify_line(context: Engine, line: Engine, extra_width: float) -> None:
        if not getattr(line, "proof", (None, None))[1]:
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
        from weasyprint.formatting_structure import boxes

        is_whole = isinstance(box, boxes.LineBox) and skip_stack is None and not first_line
        proof = proof_of(context, box, None) if is_whole else None
        if proof is None:
            yield from plain(context, box, outer, is_line_start, minimum, skip_stack, first_line)
        else:
            indent = box.style["text_indent"].value if box.style["text_indent"].unit == "px" else 0
            narrowest = box.style["font_size"] if proof.may_shrink else proof.galley.widest()
            yield narrowest if minimum else proof.galley.width[-1] + indent

    return inline_line_widths


# --- when a line is drawn ----------------------------------------------------------------------------------------


def _reactivate(plain: Function) -> Function:
    """Wrap `Layout.reactivate`: a line that is about to be drawn gets its glyphs widened."""

    def reactivate(self: Engine, style: Engine) -> None:
        plain(self, style)
        gaps = getattr(self, "gaps", None)
        if gaps and len(gaps) == len(self.text) and any(gaps):
            from weasyprint.text.ffi import pango

            # The engine asks for the same a moment later, and must not find that anything changed.
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
            _widen(self.get_first_line()[0], self.text, gaps, style["font_size"])

    return reactivate


def _draw_text(plain: Function) -> Function:
    """Wrap the engine's function: draw the marks beside a line with it."""

    def draw_text(stream: Engine, textbox: Engine, offset_x: float, text_overflow: str, block_ellipsis: Engine) -> None:
        if textbox.style["visibility"] == "visible":
            draw_interlinear(stream, textbox)
        if text_overflow == "ellipsis" and hasattr(textbox, "places"):
            textbox, text_overflow = _shortened(textbox), "clip"
        plain(stream, textbox, offset_x, text_overflow, block_ellipsis)

    return draw_text


def _shortened(box: Engine) -> Engine:
    """Return a text box with an ellipsis for what sticks out of it."""
    if box.places[-1] <= box.width + _ROUNDING:
        return box
    kept = max(0, bisect_right(box.places, box.width - box.style["font_size"]) - 1)
    done = box.copy_with_text(box.text[:kept] + "…")
    done.pango_layout = copy(box.pango_layout)
    done.pango_layout.text, done.pango_layout.gaps = done.text, (*box.pango_layout.gaps[:kept], 0)
    return done


# What a line may stick out by, in points, for having been rounded.
_ROUNDING = 0.5


def _widen(line: Engine, text: str, gaps: tuple[int, ...], em: float) -> None:
    """Add gaps, in thousandths of an em by character, to the advances of the glyphs that end them."""
    unit = thousandth(em)
    rows = list(glyph_rows(line))
    clusters = list(chain.from_iterable(places for places, _ in rows))
    slots = list(chain.from_iterable(((advances, at) for at in range(len(advances))) for _, advances in rows))
    # A glyph may stand for several characters, as that of a two-em dash does: it takes the gaps of them all.
    wider = defaultdict[int, int](int)
    for at, gap in zip(byte_offsets(text), gaps, strict=False):
        if gap:
            wider[bisect_right(clusters, at) - 1] += gap
    for glyph, gap in wider.items():
        advances, at = slots[glyph]
        advances[at] = _units(round(advances[at] / unit) + gap, unit, longer=gap > 0)


def _units(thousandths: int, unit: float, *, longer: bool) -> int:
    """Return an advance in Pango's units, such that the engine, which cuts what is over off, arrives at it."""
    return math.ceil(thousandths * unit + 0.01) if longer else math.floor(thousandths * unit - 0.01)
