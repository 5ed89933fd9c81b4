"""Edits of a line, and the line that remembers what it was: segments of raw text, each showing what stands for it now.

Every repair is an edit of the shown text. An edit that touches an earlier one takes it in. So the record of a line
never overlaps, and the record replayed on the raw line gives the shown text exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
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


class Segment(Struct, frozen=True):
    """The raw text from `start` to `end`, shown as `text`; unchanged where `kind` is empty.

    A doubtful segment shows the raw text, and `guess` is what it may have been.
    """

    start: int
    end: int
    text: str
    kind: str = ""
    confidence: float = 1.0
    guess: str | None = None


class EditedLine(Struct, frozen=True):
    """A raw line and the segments that show it."""

    raw: str
    segments: tuple[Segment, ...]

    @property
    def is_edited(self) -> bool:
        """Whether anything is shown for the raw line that is not itself, or doubtful."""
        return len(self.segments) > 1 or bool(self.segments[0].kind)

    @property
    def text(self) -> str:
        """The text as it stands now."""
        if not self.is_edited:
            return self.raw
        return "".join(segment.text for segment in self.segments)

    @property
    def doubts(self) -> tuple[tuple[int, int], ...]:
        """The half-open ranges of the shown text that are doubtful."""
        ends = tuple(accumulate(len(segment.text) for segment in self.segments))
        return tuple(
            (end - len(segment.text), end)
            for segment, end in zip(self.segments, ends, strict=True)
            if segment.guess is not None
        )

    def edited(self, edits: Sequence[Edit]) -> "EditedLine":
        """Return the line with `edits` made. No edit may overlap another, or have an empty range."""
        ahead = list(self.segments)
        end = sum(len(segment.text) for segment in ahead)
        behind: list[Segment] = []
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            touched: list[tuple[Segment, int]] = []
            while end > edit.start:
                segment = ahead.pop()
                end -= len(segment.text)
                if end >= edit.end:
                    behind.append(segment)
                else:
                    touched.append((segment, end))
            joined = list(_joined(touched[::-1], edit, self.raw))
            if end < edit.start:
                end += len(joined[0].text)
                ahead.append(joined.pop(0))
            behind.extend(reversed(joined))
        return EditedLine(self.raw, (*ahead, *reversed(behind)))

    def repairs(self, line: int) -> Iterator[Repair]:
        """Yield the record of the line, whose number is `line`."""
        for segment in self.segments:
            if segment.kind:
                before = self.raw[segment.start : segment.end]
                doubtful = segment.guess is not None
                after = segment.guess if segment.guess is not None else segment.text
                yield Repair(segment.kind, line, segment.start + 1, before, after, segment.confidence, doubtful)


def unedited(raw: str) -> EditedLine:
    """Return a line that nothing was done to."""
    return EditedLine(raw, (Segment(0, len(raw), raw),))


def certain(edits: Iterable[Edit], line: EditedLine) -> tuple[Edit, ...]:
    """Return the edits that touch nothing doubtful in `line`."""
    doubts = line.doubts
    return tuple(edit for edit in edits if not any(edit.start < end and start < edit.end for start, end in doubts))


def _joined(touched: list[tuple[Segment, int]], edit: Edit, raw: str) -> Iterator[Segment]:
    """Make one segment of those that an edit touches. What it leaves of unchanged ones stays apart."""
    (first, first_at), (last, last_at) = touched[0], touched[-1]
    head, tail = first.text[: edit.start - first_at], last.text[edit.end - last_at :]
    start = first.start if first.kind else first.start + len(head)
    end = last.end if last.kind else last.end - len(tail)
    if start > first.start:
        yield Segment(first.start, start, head)
    text = (head if first.kind else "") + edit.text + (tail if last.kind else "")
    confidence = min(edit.confidence, *(segment.confidence for segment, _ in touched))
    if edit.doubtful:
        yield Segment(start, end, raw[start:end], edit.kind, confidence, text)
    else:
        yield Segment(start, end, text, edit.kind, confidence)
    if end < last.end:
        yield Segment(end, last.end, tail)
