"""Fill columns with rows, one after the other, and say where each ends."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from newsbook.writers.pdf.makeup.pieces import TextRow


class RowStream:
    """Rows in a stream, and where a column may end in it."""

    def __init__(self, rows: Sequence[TextRow]) -> None:
        self.spaces = tuple(row.space for row in rows)
        # Where each row ends, with the space above it, if all stood in one column; where each begins is one before.
        self._ends = (0, *accumulate(row.lines + row.space for row in rows))
        last = 0
        breaks: list[int] = []
        for number, row in enumerate(rows):
            last = number if row.may_begin else last
            breaks.append(last)
        self._breaks = (*breaks, len(rows))
        self.count = len(rows)
        # The last row that a column may begin with: what another page has left at least.
        self.last = breaks[-1] if breaks else 0

    def lines(self, start: int, end: int) -> int:
        """Return how high the rows from `start` to `end` are in one column."""
        return self._ends[end] - self._ends[start] - self.spaces[start] if end > start else 0

    def reach(self, start: int, room: int) -> int:
        """Return where a column ends that begins with the row `start` and is `room` lines high."""
        if start == self.count:
            return start
        limit = bisect_right(self._ends, self._ends[start] + self.spaces[start] + room) - 1
        return max(start, self._breaks[min(limit, self.count)])

    def fill(self, start: int, rooms: Sequence[int]) -> tuple[int, ...]:
        """Return where each of some columns ends that are so many lines high."""
        ends = []
        for room in rooms:
            start = self.reach(start, room)
            ends.append(start)
        return tuple(ends)
