"""A line of copy that remembers what it was: cells of raw text, each showing what stands for it now.

Every repair is an edit of the shown text. An edit that touches an earlier one swallows it, so that the record of a
strand never overlaps, and replaying it on the raw line gives the shown text exactly.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from newsbook.model import Repair


class Edit(Struct, frozen=True):
    """Replace the half-open range of shown text by `text`, for the reason `kind`, with `confidence` in 0…1.

    A doubtful edit replaces nothing: its range shows the raw text again, and `text` is kept as a guess.
    """

    start: int
    end: int
    text: str
    kind: str
    confidence: float = 1.0
    doubtful: bool = False


class Cell(Struct, frozen=True):
    """The raw text from `start` to `end`, shown as `text`; unchanged where `kind` is empty.

    A doubtful cell shows the raw text, and `guess` is what it may have been.
    """

    start: int
    end: int
    text: str
    kind: str = ""
    confidence: float = 1.0
    guess: str | None = None


class Strand(Struct, frozen=True):
    """A raw line and the cells that show it."""

    raw: str
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The text as it stands now."""
        return "".join(cell.text for cell in self.cells)

    @property
    def doubts(self) -> tuple[tuple[int, int], ...]:
        """The half-open ranges of the shown text that are doubtful."""
        ends = tuple(accumulate(len(cell.text) for cell in self.cells))
        return tuple(
            (end - len(cell.text), end) for cell, end in zip(self.cells, ends, strict=True) if cell.guess is not None
        )

    def edited(self, edits: Sequence[Edit]) -> "Strand":
        """Return the strand with `edits` made, which must neither overlap nor be empty."""
        ahead = list(self.cells)
        end = sum(len(cell.text) for cell in ahead)
        behind: list[Cell] = []
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            touched: list[tuple[Cell, int]] = []
            while end > edit.start:
                cell = ahead.pop()
                end -= len(cell.text)
                if end >= edit.end:
                    behind.append(cell)
                else:
                    touched.append((cell, end))
            joined = list(_joined(touched[::-1], edit, self.raw))
            if end < edit.start:
                end += len(joined[0].text)
                ahead.append(joined.pop(0))
            behind.extend(reversed(joined))
        return Strand(self.raw, (*ahead, *reversed(behind)))

    def repairs(self, line: int) -> Iterator[Repair]:
        """Yield the record of the strand as that of line `line`."""
        for cell in self.cells:
            if cell.kind:
                before = self.raw[cell.start : cell.end]
                doubtful = cell.guess is not None
                after = cell.guess if cell.guess is not None else cell.text
                yield Repair(cell.kind, line, cell.start + 1, before, after, cell.confidence, doubtful)


def strand(raw: str) -> Strand:
    """Return the strand of a line that nothing was done to."""
    return Strand(raw, (Cell(0, len(raw), raw),))


def _joined(touched: list[tuple[Cell, int]], edit: Edit, raw: str) -> Iterator[Cell]:
    """Make one cell of those that an edit touches; of unchanged ones, what the edit leaves stays apart."""
    (first, first_at), (last, last_at) = touched[0], touched[-1]
    head, tail = first.text[: edit.start - first_at], last.text[edit.end - last_at :]
    start = first.start if first.kind else first.start + len(head)
    end = last.end if last.kind else last.end - len(tail)
    if start > first.start:
        yield Cell(first.start, start, head)
    text = (head if first.kind else "") + edit.text + (tail if last.kind else "")
    confidence = min(edit.confidence, *(cell.confidence for cell, _ in touched))
    if edit.doubtful:
        yield Cell(start, end, raw[start:end], edit.kind, confidence, text)
    else:
        yield Cell(start, end, text, edit.kind, confidence)
    if end < last.end:
        yield Cell(end, last.end, tail)
