"""Columns abreast on a page: how wide they are, what is too wide for them, and the sizes of pictures across them."""

from msgspec.structs import replace

from newsbook.writers.pdf.engine.figures import FigureBox
from newsbook.writers.pdf.engine.galley import Foundry, is_said, wanted_width
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.makeup.pieces import Size
from newsbook.writers.pdf.makeup.sizes import Grid, PictureShape, across, filling

# What it costs that a picture takes all columns; and that it stands across the page and is not as wide, where the style
# has pictures fill their columns.
_ACROSS, _NOT_FILLED = 0.8, 12.0

# The share of the page's measure that an upright picture has that fills no columns.
_UPRIGHT = 0.4

# No column has fewer ems; and the gap between two, where there are none, has so many.
_NARROWEST, _GAP = 10, 2

# How many sizes of a picture across some of two columns are tried, and of more: the best.
_SIZES, _FEWER_SIZES = 5, 3


class Columns:
    """So many columns on a page of a width, with gaps between them, in pixels."""

    def __init__(self, count: int, gap: float, width: float) -> None:
        self.count = count
        self.gap = gap if count > 1 else 0.0
        self._whole = width

    def of(self, count: int, em: float) -> "Columns":
        """Return so many columns of whole ems in the same width, with gaps that are no narrower than these; at most."""
        room = round(self._whole / em)
        gap = round(self.gap / em) or _GAP
        count = max(1, min(count, (room + gap) // (_NARROWEST + gap)))
        if count in {1, self.count}:
            return self if count == self.count else Columns(1, 0.0, self._whole)
        one = (room - (count - 1) * gap) // count
        return Columns(count, (self._whole - count * one * em) / (count - 1), self._whole)

    @property
    def share_of_gap(self) -> float:
        """The share of the page's measure that is between two columns."""
        return self.gap / self._whole

    def width(self, span: int) -> float:
        """Return how wide some columns are together, in pixels."""
        one = (self._whole - (self.count - 1) * self.gap) / self.count
        return span * one + (span - 1) * self.gap

    def left(self, column: int) -> float:
        """Return where a column begins, in pixels."""
        return column * (self.width(1) + self.gap)

    def are_too_narrow(self, foundry: Foundry, box: Engine) -> bool:
        """Tell whether a box is a table that wants more than a column."""
        return self.count > 1 and not is_said(box, "flows") and wanted_width(foundry, box) > self.width(1) + 1

    def across(self, shape: PictureShape, figure: FigureBox, grid: Grid) -> tuple[Size, ...]:
        """Return the sizes of a picture across the page: where there are columns, it takes all of them if it can."""
        if self.count == 1:
            return across(shape, grid)
        filled = filling(shape, grid, figure.crop) if figure.crop else ()
        natural = _UPRIGHT if figure.crop and shape.ratio > 1 else 1.0
        dear = _NOT_FILLED if figure.crop and not filled else _ACROSS
        sizes = filled or across(replace(shape, natural=natural), grid)
        return tuple(replace(size, cost=size.cost + dear) for size in sizes)

    def spanning(self, shape: PictureShape, figure: FigureBox, grid: Grid) -> tuple[tuple[Size, ...], ...]:
        """Return the sizes of a picture across one column, across two, and so on, but not across all."""
        return tuple(self._sizes(shape, figure, grid, span) for span in range(1, self.count))

    def _sizes(self, shape: PictureShape, figure: FigureBox, grid: Grid, span: int) -> tuple[Size, ...]:
        width = self.width(span)
        part = width / self._whole
        own = replace(shape, natural=1.0, cutline=lambda share: figure.cutline(share * width))
        column = Grid(grid.measure * part, grid.lines, grid.gap)
        found = filling(own, column, figure.crop) if figure.crop else across(own, column)
        best = sorted(found, key=lambda size: size.cost)[: _SIZES if self.count == 2 else _FEWER_SIZES]  # noqa: PLR2004
        return tuple(replace(size, share=size.share * part) for size in best)

    def frames(self, figure: FigureBox) -> tuple[tuple[Size, ...], ...]:
        """Return the sizes of a figure without a picture: it stands in one column."""
        if self.count == 1:
            return ()
        return ((Size(figure.set(self.width(1), 0).lines, 0, 0.0, self.width(1) / self._whole),),)
