"""Lengths beyond a page's own: what its colours bleed, and what its binding takes."""

import re

_MM = 72 / 25.4
UNITS = {"mm": _MM, "cm": 10 * _MM, "in": 72.0, "pt": 1.0}
"""Units of length, each in points."""

_LENGTH = re.compile(r"(-?\d{1,4}(?:\.\d{1,3})?)\s*(mm|cm|in|pt)", re.IGNORECASE)

# Presses ask for 3 mm, for 5 mm on large sheets; no knife is off by more than ten.
_WIDEST_BLEED = 10 * _MM
# What is punched needs 20 mm in all, of which every margin has the most.
_WIDEST_BINDING = 30 * _MM
_ROUNDING = 0.01


def length_of(length: str) -> float:
    """Return a length in points. Raises `ValueError`, with what to write.

    >>> round(length_of("3mm"), 2), length_of("0.125 in")
    (8.5, 9.0)
    """
    found = _LENGTH.fullmatch(length.strip())
    if not found:
        raise ValueError("no length; write it in mm, cm, in or pt, as 3mm.")
    return float(found[1]) * UNITS[found[2].lower()]


def checked_bleed(length: str) -> str:
    """Return a bleed as it was written. Raises `ValueError`, with what to write."""
    if not 0 < length_of(length) <= _WIDEST_BLEED + _ROUNDING:
        raise ValueError("no bleed; write more than 0 and up to 10mm, as 3mm, or leave it out.")
    return length


def checked_binding(length: str) -> str:
    """Return what a binding takes as it was written. Raises `ValueError`, with what to write."""
    if not 0 < length_of(length) <= _WIDEST_BINDING + _ROUNDING:
        raise ValueError("no room for a binding; write more than 0 and up to 30mm, as 5mm, or leave it out.")
    return length
