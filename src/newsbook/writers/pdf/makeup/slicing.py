"""Slice a page into modules: every way to cut it across or down, again and again, keeping its units in order.

A page of a newspaper is cut by rules, each from edge to edge of what is left: what VLSI design calls a slicing
floorplan (Otten, 1982). Unit that follows in order stands beside or below what comes before, so that the ways to set
it are built of the ways to set its parts, as in the multiplication of a chain of matrices.
"""

from collections.abc import Sequence

from newsbook.writers.pdf.makeup.shaping import Choice, Module, Shaper, Stretch

# How a rectangle is filled, by its height: what it costs, the columns of its first module and of its last, and how.
Ways = dict[int, tuple[float, int, int, "Cut"]]

# A module; two rectangles one above the other; or two side by side: which, the first, the second.
Cut = Module | tuple[str, "Cut", "Cut"]

# Two heads of one size beside each other run together: a tombstone.
_TOMBSTONE = 1.5

# So many heights of a rectangle are kept.
_KEPT = 36


class Slicer:
    """What slices pages; it keeps what it has found, since pages share their units.

    Ways that cost more than the best of their rectangle by more than `worse` are forgotten.
    """

    def __init__(self, shaper: Shaper, worse: float) -> None:
        self._shaper = shaper
        self._worse = worse
        self._lines = shaper.sheet.lines
        self._gap = shaper.sheet.gap
        self._whole: dict[tuple[int, tuple[Stretch, ...]], Ways] = {}
        self._begun: dict[tuple[int, tuple[Stretch, ...]], Ways] = {}
        self._least: dict[Stretch, int] = {}

    def whole(self, span: int, parts: tuple[Stretch, ...]) -> Ways:
        """Return the ways to set all of some parts in so many columns."""
        key = span, parts
        if key not in self._whole:
            self._whole[key] = self._sliced_whole(span, parts)
        return self._whole[key]

    def begun(self, span: int, parts: tuple[Stretch, ...]) -> Ways:
        """Return the ways to set them with one that is continued on another page."""
        key = span, parts
        if key not in self._begun:
            self._begun[key] = self._sliced_begun(span, parts)
        return self._begun[key]

    def least(self, part: Stretch) -> int:
        """Return the least area that a part takes, in lines of one column."""
        if part not in self._least:
            spans = range(1, self._shaper.sheet.columns + 1)
            choices = ((span, self._shaper.whole(part, span)) for span in spans)
            areas = [span * min(choice) for span, choice in choices if choice]
            self._least[part] = min(areas, default=self._lines * len(spans) + 1)
        return self._least[part]

    def _sliced_whole(self, span: int, parts: tuple[Stretch, ...]) -> Ways:
        if len(parts) == 1:
            return self._ways(self._shaper.whole(parts[0], span), span, _KEPT)
        found: Ways = {}
        if sum(map(self.least, parts)) > span * self._lines:
            return found
        for first, rest in _splits(parts):
            _below(self.whole(span, first), self.whole(span, rest), self._gap, self._lines, found)
            for left in range(1, span):
                _beside(self.whole(left, first), self.whole(span - left, rest), found)
        return self._pruned(found, _KEPT)

    def _sliced_begun(self, span: int, parts: tuple[Stretch, ...]) -> Ways:
        if len(parts) == 1:
            return self._ways(self._shaper.begun(parts[0], span), span, self._lines)
        found: Ways = {}
        for first, rest in _splits(parts):
            for one, other in ((self.begun, self.whole), (self.whole, self.begun)):
                _below(one(span, first), other(span, rest), self._gap, self._lines, found)
                for left in range(1, span):
                    _beside(one(left, first), other(span - left, rest), found)
        return self._pruned(found, self._lines)

    def _ways(self, choice: Choice, span: int, most: int) -> Ways:
        return self._pruned({lines: (cost, span, span, module) for lines, (cost, module) in choice.items()}, most)

    def _pruned(self, ways: Ways, most: int) -> Ways:
        limit = min((way[0] for way in ways.values()), default=0.0) + self._worse
        kept = {lines: way for lines, way in ways.items() if way[0] <= limit}
        if len(kept) > most:
            limit = sorted(way[0] for way in kept.values())[most]
            kept = {lines: way for lines, way in kept.items() if way[0] < limit}
        return kept


def _splits(parts: tuple[Stretch, ...]) -> Sequence[tuple[tuple[Stretch, ...], tuple[Stretch, ...]]]:
    return [(parts[:at], parts[at:]) for at in range(1, len(parts))]


def _below(upper: Ways, lower: Ways, gap: int, most: int, found: Ways) -> None:
    for high, (cost, first, _, one) in upper.items():
        for low, (more, _, last, other) in lower.items():
            lines = high + low + gap
            if lines > most:
                continue
            total = cost + more
            known = found.get(lines)
            if known is None or total < known[0]:
                found[lines] = total, first, last, ("below", one, other)


def _beside(left: Ways, right: Ways, found: Ways) -> None:
    if len(right) < len(left):
        heights = [lines for lines in right if lines in left]
    else:
        heights = [lines for lines in left if lines in right]
    for lines in heights:
        cost, first, last, one = left[lines]
        more, begin, end, other = right[lines]
        total = cost + more + (_TOMBSTONE if last == begin else 0.0)
        known = found.get(lines)
        if known is None or total < known[0]:
            found[lines] = total, first, end, ("beside", one, other)
