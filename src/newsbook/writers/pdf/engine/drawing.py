"""Draw the marks that stand beside a line: emphasis dots, the line of a proper name, the wave of a title.

CLREQ §3.1.9 and §4.1 call them interlinear marks, JLREQ §3.3.9 bōten. They are drawn as shapes, each from the places
of the characters that it belongs to, and are no characters themselves. A style asks for them with the custom property
`--interlinear`: `dots` below the characters, `dots-over` above them, `line` and `wave` below. On a vertical page what
is above stands at the right.
"""

from itertools import pairwise
from typing import Any, TypeAlias

from newsbook.cjk import Kind, kind_of

# The engine's streams and boxes have no types.
Engine: TypeAlias = Any

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


def draw_interlinear(stream: Engine, box: Engine) -> None:
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
