"""Sizes of paper, by name or in millimetres, inches or points."""

import re

from newsbook.project.lengths import UNITS

_MM, _INCH = UNITS["mm"], UNITS["in"]

# ISO 216, JIS P 0138 and ANSI, in points, upright. What is called B5 is one paper in Europe and another in Japan.
_MILLIMETRES = {
    "A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148),
    "ISO-B4": (250, 353), "ISO-B5": (176, 250), "ISO-B6": (125, 176),
    "SRA3": (320, 450), "SRA4": (225, 320), "JIS-B4": (257, 364), "JIS-B5": (182, 257), "JIS-B6": (128, 182),
}  # fmt: skip
_INCHES = {"LETTER": (8.5, 11.0), "LEGAL": (8.5, 14.0), "TABLOID": (11.0, 17.0)}
_PAPERS = {
    **{name: (width * _MM, height * _MM) for name, (width, height) in _MILLIMETRES.items()},
    **{name: (width * _INCH, height * _INCH) for name, (width, height) in _INCHES.items()},
}
_OWN = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*[x×*]\s*(\d{1,4}(?:\.\d{1,3})?)\s*(mm|cm|in|pt)", re.IGNORECASE)

# A page for a pocket, and one that few presses print.
_SHORTEST, _LONGEST = 70 * _MM, 1200 * _MM


def paper_size(paper: str) -> tuple[float, float]:
    """Return width and height of a paper in points. Raises `ValueError`, with what to write.

    >>> [round(side) for side in (*paper_size("a5"), *paper_size("185x260mm"))]
    [420, 595, 524, 737]
    """
    name = paper.strip().upper().replace("_", "-").replace(" ", "-")
    if name in {"B4", "B5", "B6"}:
        raise ValueError(f"two papers; write JIS-{name} or ISO-{name}.")
    if name in _PAPERS:
        return _PAPERS[name]
    own = _OWN.fullmatch(paper.strip())
    if not own:
        known = "A2 to A6, SRA3, SRA4, JIS-B4 to JIS-B6, ISO-B4 to ISO-B6, Letter, Legal, Tabloid"
        raise ValueError(f"no paper; write {known} or 185x260mm.")
    unit = UNITS[own[3].lower()]
    width, height = float(own[1]) * unit, float(own[2]) * unit
    if not (_SHORTEST <= width <= _LONGEST and _SHORTEST <= height <= _LONGEST):
        raise ValueError("too small or too large; write sides from 70 to 1200 mm.")
    return width, height
