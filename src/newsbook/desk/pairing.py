"""Join pictures with the captions beside them, as a page sets them: below its pictures, or above."""

from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec.structs import replace

from newsbook.model import Block, Figure


def with_captions(blocks: list[Block]) -> list[Block]:
    """Return `blocks` with each picture that has no caption, and the caption beside it, as one figure.

    Where captions and pictures alternate, only the whole run of them tells which belong together. A run that tells
    nothing goes the way of the page's others, and where they tell nothing, captions stand below.
    """
    runs = [(is_figure, list(run)) for is_figure, run in groupby(blocks, key=lambda block: isinstance(block, Figure))]
    below = sum(_prefers_below(_figures(run)) for is_figure, run in runs if is_figure)
    joined: list[Block] = []
    for is_figure, run in runs:
        joined += _paired(_figures(run), below) if is_figure else run
    return joined


def _figures(run: list[Block]) -> list[Figure]:
    """Return the figures of a run, credits that stand alone put to the one before them."""
    figures: list[Figure] = []
    for block in run:
        if not isinstance(block, Figure):
            continue
        if figures and not block.image and not block.caption and not figures[-1].credit:
            figures[-1] = replace(figures[-1], credit=block.credit)
        else:
            figures.append(block)
    return figures


def _prefers_below(figures: list[Figure]) -> int:
    """Return 1 where captions below leave fewer alone, -1 where captions above do, and 0 where neither does."""
    below, above = (len(_joined(figures, pair)) for pair in (_below, _above))
    return (below < above) - (above < below)


def _paired(figures: list[Figure], below: int) -> list[Figure]:
    own = _prefers_below(figures)
    return _joined(figures, _above if (below or own) < 0 else _below)


def _joined(figures: list[Figure], pair: Callable[[Figure, Figure], Figure | None]) -> list[Figure]:
    return list(_each_joined(figures, pair))


def _each_joined(figures: list[Figure], pair: Callable[[Figure, Figure], Figure | None]) -> Iterator[Figure]:
    waiting: Figure | None = None
    for figure in figures:
        made = pair(waiting, figure) if waiting else None
        if made:
            yield made
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = figure
    if waiting:
        yield waiting


def _below(first: Figure, second: Figure) -> Figure | None:
    """Return a picture and the caption below it as one."""
    if not first.image or first.caption or second.image:
        return None
    return replace(second, image=first.image, alt=first.alt, credit=second.credit or first.credit)


def _above(first: Figure, second: Figure) -> Figure | None:
    """Return a caption and the picture below it as one."""
    if first.image or not second.image or second.caption:
        return None
    return replace(first, image=second.image, alt=second.alt, credit=first.credit or second.credit)
