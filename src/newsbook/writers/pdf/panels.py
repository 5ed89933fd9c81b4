"""Panels: what stands in a frame of its own, as high as it is to be, or as what is in it needs."""

from newsbook.writers.pdf.engine.boxes import classes, is_of
from newsbook.writers.pdf.engine.galley import Foundry
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.engine.restyled import as_high, with_posters

# The share of a page's height that an advertisement has by its space.
_SHARES = {"full": 1.0, "half": 0.5, "quarter": 0.25}

# That of a poster of which nobody has said how large it is to be, and the lines that one has at least.
_POSTER, _LEAST = 0.25, 4

# The share of its white that stands above what an advertisement says.
_OPTICAL = 0.42


def is_panel(box: Engine) -> bool:
    """Tell whether a box is a panel."""
    return is_of(box, "panel")


def share_of(box: Engine) -> float:
    """Return the share of a page's height that a panel is to have; 0 where it has what it needs."""
    told = next((_SHARES[name] for name in classes(box) if name in _SHARES), 0.0)
    return told or (_POSTER if "pictorial" in classes(box) else 0.0)


def framed(foundry: Foundry, box: Engine, width: float, lines: int) -> Engine:
    """Return a panel that is so many lines high at a width, its posters as high as the rest leaves; 0 is what it needs.

    Where its words need more, it is higher.
    """
    if "pictorial" in classes(box):
        rest = foundry.set_whole(with_posters(box, 0.0), width).lines
        return with_posters(box, max(_LEAST, lines - rest) * foundry.leading)
    needed = foundry.set_whole(box, width).lines
    # What an advertisement says stands a little above the middle of its frame.
    above = max(0, lines - needed) * _OPTICAL if is_of(box, "advertisement") else 0
    return as_high(box, lines * foundry.leading, above * foundry.leading) if lines > needed else box
