"""Figures for the planner: what a picture is like, and the figure set in the size that was planned."""

from weasyprint.css.properties import ZERO_PIXELS, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout.percent import resolve_percentages

from newsbook.writers.pdf.engine.boxes import is_of, pictures
from newsbook.writers.pdf.engine.galley import Foundry, Matter, number_said
from newsbook.writers.pdf.engine.patch import Engine


class FigureBox:
    """A figure of the document: its shape, its natural width, and the lines of its cutline by width.

    `shape` is the picture's height divided by its width, None where there is no picture; `width` is in pixels. `crop`
    is the share of it that may be cropped so that it is as wide as its columns; where that is nought it need not be.
    """

    def __init__(self, foundry: Foundry, box: Engine, measure: float) -> None:
        self._foundry = foundry
        self.box = box
        self._picture = next(pictures(box), None)
        self._cutline = next((one for one in box.children if one.element_tag == "figcaption"), None)
        self._cutlines: dict[int, int] = {}
        self.crop = number_said(box, "crop", 0.0)
        self.shape = 1 / self._picture.replacement.ratio if self._picture is not None else None
        resolve_percentages(box, (measure, 1))
        self.width = measure if box.width == "auto" else min(float(box.width), measure)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing of the picture may be cropped."""
        return self._picture is not None and is_of(self._picture, "whole")

    def cutline(self, width: float) -> int:
        """Return how many lines the cutline takes below a picture of a width."""
        if self._cutline is None:
            return 0
        key = round(width)
        if key not in self._cutlines:
            self._cutlines[key] = self._foundry.set(self._cutline, width).lines
        return self._cutlines[key]

    def set(self, width: float, lines: int) -> Matter:
        """Return the figure set in a width, the picture so many lines high; a frame without one as the style has it."""
        return self._foundry.set(self._sized(self.box, width, lines), width)

    def _sized(self, box: Engine, width: float, lines: int) -> Engine:
        if box is self._picture and box is not None:
            sized = box.copy()
            sized.style = box.style.copy()
            sized.style["width"], sized.style["max_width"] = Dimension(width, "px"), Dimension(width, "px")
            sized.style["height"] = Dimension(lines * self._foundry.leading, "px")
            sized.style["max_height"] = sized.style["height"]
            return sized
        is_around = box is self.box or any(one is self._picture for one in _inside(box))
        if not is_around:
            return box
        sized = box.copy_with_children([self._sized(child, width, lines) for child in box.children])
        if box is self.box:
            sized.style = box.style.copy()
            sized.style["width"] = Dimension(width, "px")
            for side in ("top", "right", "bottom", "left"):
                sized.style[f"margin_{side}"] = ZERO_PIXELS
        return sized


def _inside(box: Engine) -> list[Engine]:
    return list(box.descendants()) if isinstance(box, boxes.ParentBox) else [box]
