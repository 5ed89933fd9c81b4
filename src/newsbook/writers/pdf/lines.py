"""Teach WeasyPrint to set CJK lines: flush, marks squeezed, Han and Latin apart, and not a character added.

WeasyPrint 70 justifies at spaces only, which Chinese has none of, and knows neither the squeeze of neighbouring marks
nor the quarter em between Han and Latin. All three are matters of the width that a glyph takes, so they are done there:
marks by the font's own half-width alternates (`halt`) before lines are broken, joints and justification on the glyphs'
advances when a line is drawn. The text itself is never touched, so that what is copied is what was written.

This is the one place that reaches into the engine's private parts. It was checked on the versions below; on any other
the engine is left as it is, and a finding says so. A patch for the engine would have the same three functions.
"""

import inspect
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from msgspec import Struct

from newsbook.cjk import is_full_width, is_joint, squeezed
from newsbook.diagnostics import Code, Diagnostic, Report

CHECKED = ("70.",)

# CLREQ §3.2.2 asks for a quarter of an em at most; poppler reads a blank into more than a tenth beside a full stop.
JOINT = 250

# An em in the unit of the PDF's own spacing arrays, to which the engine cuts every advance off.
EM = 1000

# How far a word space and a joint may grow before the space between Han characters does, in thousandths of an em.
_GROWTH = {" ": 250, "joint": 125}


@contextmanager
def cjk_lines(report: Report) -> Iterator[None]:
    """While the context lasts, WeasyPrint sets CJK lines as above; on an engine that it does not know, as ever."""
    fault = unknown_engine()
    if fault:
        message = f"lines are set plain, for {fault}."
        report(Diagnostic(Code.LINE_MODULE_OFF, message, hint="Install weasyprint>=70,<71."))
        yield
        return
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    kept = (Layout.set_text, Layout.get_first_line, inline.justify_line)
    Layout.set_text, Layout.get_first_line = _set_text(kept[0]), _get_first_line(kept[1])
    inline.justify_line = _justify_line
    try:
        yield
    finally:
        Layout.set_text, Layout.get_first_line, inline.justify_line = kept


def unknown_engine() -> str:
    """Return why the engine at hand cannot be taught, or nothing where it can."""
    import weasyprint
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    if not weasyprint.__version__.startswith(CHECKED):
        return f"WeasyPrint {weasyprint.__version__} is none of the versions that this was checked on"
    expected = {
        Layout.set_text: ["self", "text", "justify"],
        Layout.get_first_line: ["self"],
        Layout.reactivate: ["self", "style"],
        inline.justify_line: ["context", "line", "extra_width"],
    }
    changed = [function.__qualname__ for function, names in expected.items() if _names(function) != names]
    return f"WeasyPrint's {', '.join(changed)} changed" if changed else ""


def _names(function: Any) -> list[str]:  # noqa: ANN401 - the engine is untyped.
    return list(inspect.signature(function).parameters)


def joints(text: str) -> tuple[int, ...]:
    """Return the places of the characters behind which a joint stands."""
    return tuple(at for at in range(len(text) - 1) if is_joint(text[at], text[at + 1]))


# --- before lines are broken -------------------------------------------------------------------------------------


def _set_text(plain: Any) -> Any:  # noqa: ANN401
    """Wrap `Layout.set_text`: halve the marks that their neighbours ask to, and make room for joints."""

    def set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002 - the engine's own.
        plain(self, text, justify)
        self.widened = False
        self.drawn = justify
        language = self.style["lang"] or ""
        if not justify and language.startswith("zh"):
            _unglue(self)
        halved = squeezed(self.text, language)
        room = () if justify or self.style["letter_spacing"] != "normal" else joints(self.text)
        if halved or room:
            _lay_on(self, halved, room)

    return set_text


# Pango takes curly quotation marks for Western ones (UAX #14, class QU), which glue to both their neighbours. The
# corner brackets are as wide and as long in UTF-8, and are what Chinese means: lines are broken as if they stood there.
_CORNERS = str.maketrans("“”‘’", "「」『』")


def _unglue(layout: Any) -> None:  # noqa: ANN401
    """Let lines be broken before an opening and behind a closing quotation mark; what is drawn keeps its own."""
    from weasyprint.text.ffi import pango, unicode_to_char_p

    as_corners = _CURLY.sub(lambda match: match[0].translate(_CORNERS), layout.text)
    if as_corners != layout.text:
        text, _ = unicode_to_char_p(as_corners)
        pango.pango_layout_set_text(layout.layout, text, -1)


# An apostrophe in a Latin word stays one.
_CURLY = re.compile("(?<![A-Za-z])[“”‘’]|[“”‘’](?![A-Za-z])")


def _lay_on(layout: Any, halved: frozenset[int], room: tuple[int, ...]) -> None:  # noqa: ANN401
    """Lay Pango attributes on the layout: `halt` on halved marks, letter space on the characters before joints."""
    from weasyprint.text.ffi import TO_UNITS, ffi, pango

    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    starts = _byte_offsets(layout.text)
    for at in sorted(halved):
        feature = pango.pango_attr_font_features_new(b"halt 1")
        feature.start_index, feature.end_index = starts[at], starts[at + 1]
        pango.pango_attr_list_change(attributes, feature)
    space = int(layout.style["font_size"] * JOINT / EM * TO_UNITS)
    for at in room:
        letter_space = pango.pango_attr_letter_spacing_new(space)
        letter_space.start_index, letter_space.end_index = starts[at], starts[at + 1]
        pango.pango_attr_list_change(attributes, letter_space)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _byte_offsets(text: str) -> list[int]:
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + len(character.encode()))
    return offsets


# --- when a line is justified ------------------------------------------------------------------------------------


class Piece(Struct):
    """What stands in a line between two opportunities: a character of a text box, or a box that is no text.

    `gap` is what is added behind it, in thousandths of its em.
    """

    box: Any
    character: str
    em: float
    gap: int = 0


def _justify_line(context: Any, line: Any, extra_width: float) -> None:  # noqa: ANN401
    """Stand in for the engine's `justify_line`: make `line` wider by `extra_width`, wherever it may give."""
    del context
    pieces = list(_pieces(line))
    if not pieces:
        return
    boxes = list(dict.fromkeys(id(piece.box) for piece in pieces if piece.character != _OBJECT))
    by_id = {id(piece.box): piece.box for piece in pieces}
    natural = {key: _natural_width(by_id[key]) for key in boxes}
    missing = extra_width + sum(by_id[key].width - natural[key] for key in boxes)
    _set_joints(pieces)
    missing -= sum(piece.gap * piece.em / EM for piece in pieces)
    _spread(pieces, missing)
    widths = {key: natural[key] for key in boxes}
    for piece in pieces:
        if id(piece.box) in widths:
            widths[id(piece.box)] += piece.gap * piece.em / EM
    for key in boxes:
        by_id[key].pango_layout.gaps = tuple(piece.gap for piece in pieces if piece.box is by_id[key])
    _move(line, pieces, widths, 0.0)


_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


def _pieces(box: Any) -> Iterator[Piece]:  # noqa: ANN401
    """Yield the pieces of a line or inline box, in reading order."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            for character in child.pango_layout.text if child.pango_layout else "":
                yield Piece(child, character, child.style["font_size"])
        elif isinstance(child, boxes.InlineBox):
            yield from _pieces(child)
        else:
            yield Piece(child, _OBJECT, child.style["font_size"])


def _natural_width(box: Any) -> float:  # noqa: ANN401
    """Return the width of a text box with its marks squeezed and nothing added."""
    from weasyprint.text.line_break import Layout, line_size

    layout = Layout(box.style)
    layout.set_text(box.pango_layout.text, justify=True)
    layout.gaps = ()
    width, _ = line_size(layout.get_first_line()[0], box.style)
    return float(width)


def _set_joints(pieces: list[Piece]) -> None:
    for left, right in pairwise(pieces):
        if is_joint(left.character, right.character):
            left.gap = JOINT


def _spread(pieces: list[Piece], missing: float) -> None:
    """Spread `missing` over the opportunities of a line: word spaces and joints first, then evenly over all."""
    inner = pieces[:-1]
    spaces = [piece for piece in inner if piece.character in " \N{NO-BREAK SPACE}"]
    solid = [a for a, b in pairwise(pieces) if _is_solid(a, b)]
    if missing > 0 and solid:
        missing -= _grow(spaces, missing, _GROWTH[" "])
    _grow((solid + [piece for piece in inner if piece.gap]) if solid else spaces, missing, None)


def _is_solid(left: Piece, right: Piece) -> bool:
    """Tell whether two pieces stand in ems of their own, so that space between them is not seen as a blank."""
    ends = (left.character, right.character)
    return all(is_full_width(one) or one == _OBJECT for one in ends) and ends not in {("…", "…"), ("—", "—")}


def _grow(pieces: list[Piece], missing: float, most: int | None) -> float:
    """Add to the gaps of `pieces` alike, `most` thousandths each; carry what rounding leaves. Return what was added."""
    added = 0.0
    for done, piece in enumerate(pieces, 1):
        share = round((missing * done / len(pieces) - added) * EM / piece.em)
        if most is not None:
            share = min(share, most)
        share = max(share, -piece.gap // 2) if missing < 0 else share
        piece.gap += share
        added += share * piece.em / EM
    return added


def _move(box: Any, pieces: list[Piece], widths: dict[int, float], advance: float) -> float:  # noqa: ANN401
    """Give the boxes of a line their new widths and places; return how far what follows is moved."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        if id(box) in widths:
            advance += widths[id(box)] - box.width
            box.width = widths[id(box)]
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _move(child, pieces, widths, advance)
            elif child.is_absolutely_positioned():
                child.translate(advance, 0)
        box.width += advance - before
    else:
        box.translate(advance, 0)
        advance += sum(piece.gap * piece.em / EM for piece in pieces if piece.box is box)
    return advance


# --- when a line is drawn ----------------------------------------------------------------------------------------


def _get_first_line(plain: Any) -> Any:  # noqa: ANN401
    """Wrap `Layout.get_first_line`: when a line is drawn, widen its glyphs by what stands behind them, once."""

    def get_first_line(self: Any) -> Any:  # noqa: ANN401
        line, index = plain(self)
        if self.drawn and not self.widened:
            self.widened = True
            gaps = getattr(self, "gaps", None)
            if gaps is None:
                gaps = _joints_only(self)
            if any(gaps):
                _widen(line, self.text, gaps, self.style["font_size"])
        return line, index

    return get_first_line


def _joints_only(layout: Any) -> tuple[int, ...]:  # noqa: ANN401
    """Return the gaps of a line that is not justified."""
    if layout.style["letter_spacing"] != "normal":
        return ()
    places = frozenset(joints(layout.text))
    return tuple(JOINT * (at in places) for at in range(len(layout.text)))


def _widen(line: Any, text: str, gaps: tuple[int, ...], em: float) -> None:  # noqa: ANN401
    """Add gaps, in thousandths of an em by character, to the advances of the glyphs that end them.

    The engine draws a glyph's own advance in whole thousandths. What that cuts off is carried to the next gap.
    """
    from weasyprint.text.ffi import TO_UNITS

    unit = em * TO_UNITS / EM
    behind = list(zip(_byte_offsets(text), gaps, strict=False))
    glyphs = list(_glyphs(line))
    carry = 0.0
    for number, (_, geometry) in enumerate(glyphs, 1):
        advance = geometry.width / unit
        carry += advance - round(advance)
        gap = 0
        # A glyph may stand for several characters, as that of a two-em dash does: it takes the gaps of them all.
        while behind and (number == len(glyphs) or behind[0][0] < glyphs[number][0]):
            gap += behind.pop(0)[1]
        if gap:
            gap += round(carry)
            carry -= round(carry)
            geometry.width = _units(round(advance) + gap, unit, longer=gap > 0)


def _glyphs(line: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """Yield the place in the text, in bytes, and the geometry of every glyph of a line."""
    from weasyprint.text.ffi import ffi

    run = line.runs
    while run != ffi.NULL:
        item = run.data
        for at in range(item.glyphs.num_glyphs):
            yield item.item.offset + item.glyphs.log_clusters[at], item.glyphs.glyphs[at].geometry
        run = run.next


def _units(thousandths: int, unit: float, *, longer: bool) -> int:
    """Return an advance in Pango's units, such that the engine, which cuts what is over off, arrives at it."""
    return math.ceil(thousandths * unit + 0.01) if longer else math.floor(thousandths * unit - 0.01)
