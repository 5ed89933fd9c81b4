"""Plan running text: where each column ends, and where in its story each illustration stands, and how large.

Every column is filled in all ways that are worth a try (`filling`), and of the ways to fill them all that is taken
which costs least: by empty lines, by how far illustrations stand from their place, and by how far they are from their
size. It is Knuth and Plass's way with lines (Software—Practice and Experience 11, 1981), for pages; as there are more
ways than can be kept, only the most promising to have begun a column are followed up.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from newsbook.writers.pdf.makeup.filling import Filled, Filler
from newsbook.writers.pdf.makeup.pieces import At, Column, Compositor, RunningText

# How many ways to have begun a column are followed up.
_BEAM = 8

# What a line costs that is still to come, when ways are compared.
_TO_COME = 0.02


class _Begun(Struct, frozen=True):
    """A way to have come to the head of a column: what it cost, and the columns before."""

    at: At
    illustrations: int = 0
    cost: float = 0.0
    filled: Filled | None = None
    before: "_Begun | None" = None


def plan(running: RunningText, heights: Sequence[int], compositor: Compositor) -> tuple[Column, ...]:
    """Return the columns of a running text; the last of `heights`, in lines, is that of every further column too.

    Where what must stay together has room in no column, it is divided.
    """
    filler = Filler(running, compositor)
    best = _best(filler, heights) or _best(Filler(running, compositor, is_lax=True), heights)
    return tuple(_columns(best, filler))[::-1]


def _best(filler: Filler, heights: Sequence[int]) -> _Begun | None:
    """Return the end of the cheapest way that was found to fill columns; None where none was."""
    begun = [_Begun(At(0))]
    best: _Begun | None = None
    number = 0
    while begun:
        height = heights[min(number, len(heights) - 1)]
        ends = dict[tuple[At, int], _Begun]()
        for end in _followed(begun, filler, height, best):
            if end.at.text >= len(filler.texts):
                best = end if best is None or end.cost < best.cost else best
            elif (known := ends.get((end.at, end.illustrations))) is None or end.cost < known.cost:
                ends[end.at, end.illustrations] = end
        begun = sorted(ends.values(), key=lambda one: _promise(one, filler))[:_BEAM]
        number += 1
    return best


def _followed(begun: Sequence[_Begun], filler: Filler, height: int, best: _Begun | None) -> Iterator[_Begun]:
    """Yield what comes of the ways to have begun a column, but for those that cost more than one that is finished."""
    for one in begun:
        if best is None or one.cost < best.cost:
            for filled in filler.fill(one.at, one.illustrations, height):
                yield _Begun(filled.at, filled.illustrations, one.cost + filled.cost, filled, one)


def _promise(begun: _Begun, filler: Filler) -> tuple[float, At]:
    return begun.cost + _TO_COME * (filler.lines - filler.lines_before(begun.at)), begun.at


def _columns(end: _Begun | None, filler: Filler) -> Iterator[Column]:
    """Yield the columns that were filled on a way, the last one first."""
    while end is not None and end.filled is not None:
        yield Column(filler.placed(end.filled))
        end = end.before
