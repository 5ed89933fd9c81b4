"""The sizes that a picture may have: by its shape, in whole lines, between bounds as an editor sets them."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil, sqrt

from msgspec import Struct

from newsbook.writers.pdf.makeup.pieces import PictureRow, Size

# Lines of a cutline below a picture, by the share of the measure that the picture takes.
Cutline = Callable[[float], int]


class PictureShape(Struct, frozen=True):
    """A picture for the planner: its height by its width, and its own share of the measure.

    `is_whole` tells that nothing of it may be cropped, `is_long` that there are words in it, which want all the width.
    """

    ratio: float
    natural: float
    is_whole: bool
    is_long: bool
    cutline: Cutline


class Grid(Struct, frozen=True):
    """A column: its measure in lines, its height in lines, and the gap beside a picture as a share of the measure.

    Beside pictures whose height is `tall` of their width, or more, stands text, with at least the share `text`.
    """

    measure: float
    lines: int
    gap: float
    text: float = 0.4
    tall: float = 0.8


# How much smaller, and how much larger, than its own a picture is set at most.
_SMALLEST, _LARGEST = 0.55, 1.35

# The share of a page's height that a picture takes at most, and one that is shown whole.
_TALLEST, _TALLEST_WHOLE = 0.55, 0.9

# The least height of a picture, in lines, and what is too little of one to count.
_LEAST, _ROUNDING = 3, 0.02

# The share of its height by which a photograph is cropped at most, so that it takes whole lines and its column.
_CROPPED = 0.08

# What it costs to be smaller or larger: as the square of the difference, in tenths.
_DIFFERENT = 0.12

# The part of a page that a picture with text beside it takes at best, and of the page's height at most.
_BESIDE, _HIGHEST_BESIDE = 0.14, 0.95

# So much smaller, and larger, than its best such a picture is at most, and so many sizes of it are tried.
_SMALLER, _LARGER, _TRIED = 0.6, 1.4, 6

# The share of the measure below which white stands on both sides of a picture, and what a page of it would cost.
_WIDE, _NARROW = 0.7, 200.0

# So many sizes on either side of the best are all worth a try; of the others every second.
_NEAR = 3

# Pictures in a row are no higher than this share of a page, and no lower than so many lines.
_ROW, _LOWEST_ROW = 0.75, 5

# A row may be so much smaller than its measure; and the widest picture in it so much wider than the narrowest.
_SCALES, _UNEVEN = (1.0, 0.85, 0.7), 2.6


def across(shape: PictureShape, grid: Grid) -> tuple[Size, ...]:
    """Return the sizes of a picture that stands across its column."""
    tallest = (_TALLEST_WHOLE if shape.is_whole else _TALLEST) * grid.lines
    natural = min(shape.natural * grid.measure * shape.ratio, tallest)
    most = min(natural * _LARGEST, grid.measure * shape.ratio * (1 + _CROPPED), tallest)
    heights = range(max(_LEAST, round(natural * _SMALLEST)), max(_LEAST, int(most + _ROUNDING)) + 1)
    sizes = []
    for height in heights:
        share = width_of(height, shape, grid)
        cost = _DIFFERENT * (10 * (height - natural) / natural) ** 2
        cost += 0.0 if shape.is_long else _NARROW * (max(0.0, _WIDE - share) * height / grid.lines) ** 2
        cost += 0.0 if share in {1.0, shape.natural} else 0.2
        sizes.append(Size(height + shape.cutline(share), height, cost, share))
    return tuple(_thinned(sizes))


def filling(shape: PictureShape, grid: Grid, crop: float, tallest: float = _TALLEST) -> tuple[Size, ...]:
    """Return the sizes of a picture that is as wide as its column, and no higher than a share of the page.

    So much of a photograph may be cropped, at its head and foot or at its sides. There may be none.
    """
    natural = grid.measure * shape.ratio
    if shape.is_whole or shape.is_long:
        height = max(_LEAST, ceil(natural - 0.02))
        is_high = height > _TALLEST_WHOLE * grid.lines
        return () if is_high else (Size(height + shape.cutline(1.0), height),)
    heights = range(max(_LEAST, ceil(natural * (1 - crop))), int(min(tallest * grid.lines, natural * (1 + crop))) + 1)
    costs = (_DIFFERENT * (10 * (height - natural) / natural) ** 2 / 2 for height in heights)
    sizes = [Size(height + shape.cutline(1.0), height, cost) for height, cost in zip(heights, costs, strict=True)]
    return tuple(_thinned(sizes)) if sizes else ()


def width_of(height: int, shape: PictureShape, grid: Grid) -> float:
    """Return the share of the measure that a picture takes that is so many lines high.

    A photograph is cropped a little where it then is as wide as its column, or as it was meant to be.
    """
    own = height / shape.ratio / grid.measure
    for share in (1.0, shape.natural):
        if not shape.is_whole and abs(own - share) <= _CROPPED * share:
            return share
    return min(1.0, own)


def _thinned(sizes: Sequence[Size]) -> Iterator[Size]:
    """Yield the sizes that are worth a try: all that are near the best, and of the others every second."""
    best = min(range(len(sizes)), key=lambda number: sizes[number].cost)
    for number, size in enumerate(sizes):
        if abs(number - best) <= _NEAR or (number - best) % 2 == 0:
            yield size


def beside(shape: PictureShape, grid: Grid) -> tuple[Size, ...]:
    """Return the sizes of a picture that text stands beside."""
    if shape.ratio < grid.tall or shape.is_long:
        return ()
    full = grid.measure * shape.ratio
    most = min(_HIGHEST_BESIDE * grid.lines, (1 - grid.gap - grid.text) * full)
    best = min(sqrt(_BESIDE * grid.lines * full), most)
    heights = range(max(_LEAST, ceil(best * _SMALLER)), int(min(most, best * _LARGER) + _ROUNDING) + 1)
    step = -(-len(heights) // _TRIED)
    sizes = []
    for height in heights[:: step or 1]:
        cost = _DIFFERENT * (10 * (height - best) / best) ** 2
        sizes.append(Size(height + shape.cutline(height / full), height, cost, height / full))
    return tuple(sizes)


def rows(shapes: Sequence[PictureShape], grid: Grid) -> tuple[PictureRow, ...]:
    """Return the ways in which the first of some pictures stands in a row with the others."""
    return tuple(row for count in (2, 3) for scale in _SCALES if (row := _row(shapes[:count], count, scale, grid)))


def _row(shapes: Sequence[PictureShape], count: int, scale: float, grid: Grid) -> PictureRow | None:
    if len(shapes) < count or any(shape.is_long for shape in shapes):
        return None
    full = (1 - (count - 1) * grid.gap) * grid.measure / sum(1 / shape.ratio for shape in shapes)
    lines = round(min(full, _ROW * grid.lines) * scale)
    shares = tuple(lines / shape.ratio / grid.measure for shape in shapes)
    over = sum(shares) + (count - 1) * grid.gap
    shares = tuple(share / max(1.0, over) for share in shares)
    if not _LOWEST_ROW <= lines <= _ROW * grid.lines or max(shares) > _UNEVEN * min(shares):
        return None
    cutline = max(shape.cutline(share) for shape, share in zip(shapes, shares, strict=True))
    cost = 0.3 + 0.3 * (count - 2) + _NARROW * (max(0.0, _WIDE - over) * lines / grid.lines) ** 2 + 2 * (1 - scale)
    return PictureRow(lines + cutline, lines, shares, grid.gap, cost)
