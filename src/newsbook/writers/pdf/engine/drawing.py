"""Draw the lines that were set: glyphs as far apart as was chosen, and the marks that stand beside a line.

CLREQ §3.1.9 and §4.1 call these interlinear marks, JLREQ §3.3.9 bōten: emphasis dots, the line of a proper name, the
wave of a title. They are drawn as shapes, each from the places of the characters that it belongs to, and are no
characters themselves. A style asks for them with the custom property `--interlinear`: `dots` below the characters,
`dots-over` above them, `line` and `wave` below. On a vertical page what is above stands at the right.
"""

from bisect import bisect_right
from copy import copy
from itertools import pairwise

from weasyprint.text.ffi import pango

from newsbook.cjk import Kind, kind_of
from newsbook.writers.pdf.engine.pango import widen
from newsbook.writers.pdf.engine.patch import Engine, Function, Patch

# In ems: a dot's radius, the distance of its middle from the baseline, below and above it.
_RADIUS, _BELOW, _ABOVE = 0.07, 0.24, -1.02

# In ems: a line's distance from the baseline, its weight, and how much shorter it is at each end, so that the lines of
# two names in a row do not touch; the height and the length of a wave.
_LINE, _WEIGHT, _SHORTER, _HEIGHT, _LENGTH = 0.2, 0.05, 0.06, 0.045, 0.28

# Four such curves make a circle: 4/3·(√2 - 1).
_CURVE = 0.5523

# Dots stand beside characters, and beside no marks or spaces.
_BARE = frozenset(
    {Kind.OPENER, Kind.CLOSER, Kind.STOP, Kind.CENTRED_STOP, Kind.CALL, Kind.SPACE, Kind.ELLIPSIS, Kind.DASH}
)


def _draw_interlinear(stream: Engine, box: Engine) -> None:
    """Draw what the style of a text box asks for; `box.places` are where its characters begin, and where it ends."""
    form = _form(box.style)
    places = getattr(box, "places", ())
    if not form or not places:
        return
    em = box.style["font_size"]
    baseline = box.position_y + box.baseline
    left = [box.position_x + place for place in places]
    stream.set_color(box.style["color"])
    if form.startswith("dots"):
        y = baseline + (_ABOVE if form == "dots-over" else _BELOW) * em
        for character, (start, end) in zip(box.text, pairwise(left), strict=True):
            if kind_of(character, box.style["lang"] or "") not in _BARE and end > start:
                _dot(stream, start + min(end - start, em) / 2, y, _RADIUS * em)
        return
    stream.set_color(box.style["color"], stroke=True)
    stream.set_line_width(_WEIGHT * em)
    start, end = left[0] + _SHORTER * em, left[-1] - _SHORTER * em
    stream.move_to(start, baseline + _LINE * em)
    if form == "wave":
        _wave(stream, start, end, baseline + _LINE * em, em)
    else:
        stream.line_to(end, baseline + _LINE * em)
    stream.stroke()


def _form(style: Engine) -> str:
    tokens = style["__interlinear"] or ()
    return next((token.value for token in tokens if token.type == "ident" and token.value != "none"), "")


def _dot(stream: Engine, x: float, y: float, radius: float) -> None:
    bend = radius * _CURVE
    stream.move_to(x - radius, y)
    stream.curve_to(x - radius, y - bend, x - bend, y - radius, x, y - radius)
    stream.curve_to(x + bend, y - radius, x + radius, y - bend, x + radius, y)
    stream.curve_to(x + radius, y + bend, x + bend, y + radius, x, y + radius)
    stream.curve_to(x - bend, y + radius, x - radius, y + bend, x - radius, y)
    stream.fill()


def _wave(stream: Engine, start: float, end: float, y: float, em: float) -> None:
    """Draw half waves, up and down in turn, as many whole ones as are nearest to the length that is meant."""
    halves = max(2, round((end - start) / (_LENGTH * em)) * 2)
    step = (end - start) / halves
    for number in range(halves):
        x = start + number * step
        height = y + (-2 if number % 2 == 0 else 2) * _HEIGHT * em
        stream.curve_to(x + step / 3, height, x + 2 * step / 3, height, x + step, y)


def _reactivate(plain: Function) -> Function:
    """Wrap `Layout.reactivate`: a line that is about to be drawn gets its glyphs widened."""

    def reactivate(self: Engine, style: Engine) -> None:
        plain(self, style)
        gaps = getattr(self, "gaps", None)
        if gaps and len(gaps) == len(self.text) and any(gaps):
            # The engine asks for the same a moment later, and must not find that anything changed.
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
            widen(self.get_first_line()[0], self.text, gaps, style["font_size"])

    return reactivate


def _draw_text(plain: Function) -> Function:
    """Wrap the engine's function: draw the marks beside a line with it."""

    def draw_text(stream: Engine, textbox: Engine, offset_x: float, text_overflow: str, block_ellipsis: Engine) -> None:
        if textbox.style["visibility"] == "visible":
            _draw_interlinear(stream, textbox)
        if text_overflow == "ellipsis" and hasattr(textbox, "places"):
            textbox, text_overflow = _shortened(textbox), "clip"
        plain(stream, textbox, offset_x, text_overflow, block_ellipsis)

    return draw_text


# What a line may stick out by, in points, for having been rounded.
_ROUNDING = 0.5


def _shortened(box: Engine) -> Engine:
    """Return a text box with an ellipsis for what sticks out of it."""
    if box.places[-1] <= box.width + _ROUNDING:
        return box
    kept = max(0, bisect_right(box.places, box.width - box.style["font_size"]) - 1)
    done = box.copy_with_text(box.text[:kept] + "…")
    done.pango_layout = copy(box.pango_layout)
    done.pango_layout.text, done.pango_layout.gaps = done.text, (*box.pango_layout.gaps[:kept], 0)
    return done


PATCHES = (
    Patch("weasyprint.text.line_break:Layout", "reactivate", "self style", _reactivate),
    Patch("weasyprint.draw", "draw_text", "stream textbox offset_x text_overflow block_ellipsis", _draw_text),
)
