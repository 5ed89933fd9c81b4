"""Replay the record on the raw text. Nothing but recorded repairs stands between a raw line and its repaired one."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsbook.model import Line, Repair


class ReplayPart(Struct, frozen=True):
    """A stretch of a line: `before` in the raw text, `after` in the repaired one, and the repair between, if any."""

    before: str
    after: str
    repair: Repair | None = None

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it was left as it was, since nobody was sure."""
        return self.repair is not None and self.repair.doubtful


def pieces(raw: str, repairs: Iterable[Repair]) -> Iterator[ReplayPart]:
    """Yield the pieces of a raw line. `repairs` are its record, and never overlap.

    >>> [piece.after for piece in pieces("網(wǎng)路", [Repair("bracketed-reading", 1, 2, "(wǎng)", "")])]
    ['網', '', '路']
    """
    at = 0
    for repair in in_order(repairs):
        start = repair.column - 1
        if at < start:
            yield ReplayPart(raw[at:start], raw[at:start])
        at = start + len(repair.before)
        yield ReplayPart(raw[start:at], shown(repair), repair)
    if at < len(raw):
        yield ReplayPart(raw[at:], raw[at:])


def shown(repair: Repair) -> str:
    """Return what stands in the repaired text at the place of a repair."""
    return repair.before if repair.doubtful else repair.after


def replay(raw: Line, repairs: Iterable[Repair]) -> Line:
    """Return the raw line as its record leaves it, with doubtful places marked."""
    text, doubts = "", []
    for piece in pieces(raw.text, repairs):
        if piece.is_doubtful:
            doubts.append((len(text), len(text) + len(piece.after)))
        text += piece.after
    return Line(text, raw.number, tuple(doubts))


def raw_column(repairs: Iterable[Repair], at: int) -> int:
    """Return the column of the raw line, from 1, whose character stands `at` characters into the repaired line.

    `repairs` are the record of that line. Inside a repair, the result is its first column.
    """
    shift = 0
    for repair in in_order(repairs):
        start = repair.column - 1 - shift
        length = len(shown(repair))
        if at < start:
            break
        if at < start + length:
            return repair.column
        shift += len(repair.before) - length
    return at + shift + 1


def by_line(repairs: Iterable[Repair]) -> dict[int, list[Repair]]:
    """Return repairs by the number of their line."""
    lines: dict[int, list[Repair]] = {}
    for repair in repairs:
        lines.setdefault(repair.line, []).append(repair)
    return lines


def in_order(repairs: Iterable[Repair]) -> list[Repair]:
    """Return repairs as they follow each other in the page."""
    return sorted(repairs, key=lambda repair: (repair.line, repair.column))
