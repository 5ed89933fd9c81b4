"""Where each page stands on the sheets of a booklet or a handout. Values only: points, from the lower left corner."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from newsbook.project import paper_size

Scheme: TypeAlias = Literal["booklet", "2up", "4up"]

_MM = 72 / 25.4
# A booklet is printed at its size on the first of these that it fits; print shops have those beyond the trimmed sizes.
_SHEETS = ("A4", "Letter", "SRA4", "A3", "Tabloid", "SRA3")
# What people have where none of them is large enough.
_LARGEST = "A3"
_ROUNDING = 0.5

# The rows and columns of a handout, on a sheet that stands as its pages do, or lies where they are two.
_GRIDS = {"2up": (2, 1), "4up": (2, 2)}

# How much larger a page must come out for being turned.
_WORTH_A_TURN = 1.05

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Imposition(Struct, frozen=True):
    """How pages are put on sheets.

    `paper` is the sheet's, empty for one by the pages' size. `thickness` is that of a leaf, in millimetres. `signature`
    is the number of pages that are folded together, 0 for all. With `marks` the sheet has room for crop marks.
    """

    scheme: Scheme
    paper: str = ""
    thickness: float = 0.0
    signature: int = 0
    marks: bool = False


class Paper(Struct, frozen=True):
    """A paper, lying: its name, width and height."""

    name: str
    width: float
    height: float


class Leaf(Struct, frozen=True):
    """A page as it is seen when it is read: its trimmed width and height, and its bleed."""

    width: float
    height: float
    bleed: float = 0.0


class PlacedPage(Struct, frozen=True):
    """Where a page goes: its trimmed lower left corner, the scale that it is drawn in and its turn, clockwise.

    `clip` is what of the sheet it may cover.
    """

    page: int
    x: float
    y: float
    scale: float
    clip: Box
    turn: int = 0


class Side(Struct, frozen=True):
    """One side of a sheet: the pages on it, and the box that is left of it when it is trimmed."""

    cells: tuple[PlacedPage, ...]
    trim: Box


class Plan(Struct, frozen=True):
    """All sides in the order in which they are printed. `bleed` is what they keep outside of the trim."""

    paper: str
    width: float
    height: float
    sides: tuple[Side, ...]
    bleed: float = 0.0


# Room for crop marks beyond the bleed.
MARKS_ROOM = 8 * _MM


def padded(count: int, before: int) -> tuple[int, ...]:
    """Return the pages of a booklet, from 0, up to a multiple of four; blanks, which are -1, stand before one of them.

    >>> padded(5, 4), padded(3, 3)
    ((0, 1, 2, 3, -1, -1, -1, 4), (0, 1, 2, -1))
    """
    blanks = (-1,) * (-count % 4)
    return (*range(before), *blanks, *range(before, count))


def folded(count: int, signature: int = 0) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the sides of sheets for `count` places, each with the number of sheets that are folded around it.

    A side is the two places on it, left and right, where the binding is on the left. Fronts and backs take turns.

    >>> list(folded(8))
    [(0, (7, 0)), (0, (1, 6)), (1, (5, 2)), (1, (3, 4))]
    """
    for first in range(0, count, signature or count):
        last = min(first + (signature or count), count) - 1
        for around in range((last + 1 - first) // 4):
            outer, inner = first + 2 * around, last - 2 * around
            yield around, (inner, outer)
            yield around, (outer + 1, inner - 1)


def leaf_size(leaves: Sequence[Leaf]) -> Leaf:
    """Return the size that most pages have, of several the largest."""
    sizes = [(round(leaf.width), round(leaf.height)) for leaf in leaves]
    best = max(dict.fromkeys(sizes), key=lambda size: (sizes.count(size), size[0] * size[1]))
    return leaves[sizes.index(best)]


def imposed(leaves: Sequence[Leaf], places: Sequence[int], wanted: Imposition, *, from_right: bool) -> Plan:
    """Return the sheets that hold `leaves`; `places` has them in their order, with -1 for a blank.

    `from_right` is for pages that turn to the right: they are bound there, and rows of them begin there.
    """
    if wanted.scheme == "booklet":
        return _booklet(leaves, places, wanted, from_right=from_right)
    return _handout(leaves, wanted, from_right=from_right)


def _booklet(leaves: Sequence[Leaf], places: Sequence[int], wanted: Imposition, *, from_right: bool) -> Plan:
    leaf = leaf_size(leaves)
    around = leaf.bleed + (MARKS_ROOM if wanted.marks else 0)
    paper, scale = _sheet(2 * (leaf.width + around), leaf.height + 2 * around, wanted.paper)
    wide, high, bleed = leaf.width * scale, leaf.height * scale, leaf.bleed * scale
    spine, bottom = paper.width / 2, (paper.height - high) / 2
    trim = (spine - wide, bottom, spine + wide, bottom + high)
    sides = []
    for outside, pair in folded(len(places), wanted.signature):
        cells = []
        for at, place in enumerate(reversed(pair) if from_right else pair):
            page, is_left = places[place], at == 0
            if page < 0:
                continue
            box = (trim[0], bottom, spine, trim[3]) if is_left else (spine, bottom, trim[2], trim[3])
            clip = (box[0] - bleed * is_left, box[1] - bleed, box[2] + bleed * (not is_left), box[3] + bleed)
            # What is folded further inside stands out further: its pages move towards the fold, and are trimmed alike.
            creep = outside * wanted.thickness * _MM * (1 if is_left else -1)
            cells.append(_placed(page, leaves[page], box, scale, clip, along=1.0 if is_left else 0.0, creep=creep))
        sides.append(Side(tuple(cells), trim))
    return Plan(paper.name, paper.width, paper.height, tuple(sides), bleed)


def _handout(leaves: Sequence[Leaf], wanted: Imposition, *, from_right: bool) -> Plan:
    leaf = leaf_size(leaves)
    is_upright = leaf.width <= leaf.height
    across, down = _GRIDS[wanted.scheme] if is_upright else reversed(_GRIDS[wanted.scheme])
    name = wanted.paper or next((name for name in ("A4", _LARGEST) if _fits(leaf, name)), _LARGEST)
    shorter, longer = sorted(paper_size(name))
    lies = across * leaf.width > down * leaf.height
    width, height = (longer, shorter) if lies else (shorter, longer)
    scale = min(1.0, width / across / leaf.width, height / down / leaf.height)
    sides = []
    for first in range(0, len(leaves), across * down):
        cells = []
        for number in range(first, min(first + across * down, len(leaves))):
            row, column = divmod(number - first, across)
            column = across - 1 - column if from_right else column
            left, top = column * width / across, height - row * height / down
            box = (left, top - height / down, left + width / across, top)
            cells.append(_placed(number, leaves[number], box, scale, box))
        sides.append(Side(tuple(cells), (0, 0, width, height)))
    return Plan(name, width, height, tuple(sides))


def _placed(  # noqa: PLR0913 - a page and its box; what the two callers do differently has names.
    page: int, leaf: Leaf, box: Box, scale: float, clip: Box, *, along: float = 0.5, creep: float = 0.0
) -> PlacedPage:
    """Return a page put into a box, turned where it is fuller so, and smaller where it is too large.

    `along` is where a narrower one stands between the left and the right of the box; what is lower stands at its head.
    """
    wide, high = box[2] - box[0], box[3] - box[1]
    straight = min(scale, wide / leaf.width, high / leaf.height)
    turned = min(scale, wide / leaf.height, high / leaf.width)
    is_turned = turned > straight * _WORTH_A_TURN
    own = turned if is_turned else straight
    width, height = (leaf.height, leaf.width) if is_turned else (leaf.width, leaf.height)
    x = box[0] + along * (wide - width * own) + creep
    return PlacedPage(page, x, box[3] - height * own, own, clip, 270 if is_turned else 0)


def _sheet(width: float, height: float, name: str) -> tuple[Paper, float]:
    """Return the sheet, and the scale that something of a width and a height is drawn in to fit it."""
    sheets = [_lying(each) for each in ((name,) if name else (*_SHEETS, _LARGEST))]
    scales = [min(1.0, (each.width + _ROUNDING) / width, (each.height + _ROUNDING) / height) for each in sheets]
    at = next((at for at, scale in enumerate(scales) if scale == 1), -1)
    return sheets[at], scales[at]


def _lying(name: str) -> Paper:
    shorter, longer = sorted(paper_size(name))
    return Paper(name, longer, shorter)


def _fits(leaf: Leaf, name: str) -> bool:
    shorter, longer = sorted(paper_size(name))
    return min(leaf.width, leaf.height) <= shorter + _ROUNDING and max(leaf.width, leaf.height) <= longer + _ROUNDING
