"""Repairs as a person sees them: what stood there, what stands there now, and what has been decided."""

from collections.abc import Iterator

from msgspec import Struct

from newsbook.model import OVERRIDE, Line, Repair
from newsbook.places import Finder
from newsbook.replay import in_order, pieces, shown


class Change(Struct, frozen=True):
    """A repair, numbered within its article. `after` is what the program puts there, or its guess where `doubtful`.

    `row` is the number of the line of text that it stands in. `line` and `column` are its place in the raw page. `now`
    is what stands there. `decision` is a person's, or empty.
    """

    number: int
    row: int
    line: int
    column: int
    before: str
    after: str
    now: str
    kind: str
    confidence: float
    doubtful: bool
    decision: str

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a person: doubtful, and not decided."""
        return self.doubtful and not self.decision


class LinePart(Struct, frozen=True):
    """A part of a line: what stood there, what stands there, and the change between, if there is one."""

    before: str
    now: str
    change: Change | None


def changes_of(made: tuple[Repair, ...], record: tuple[Repair, ...], place: Finder) -> tuple[Change, ...]:
    """Return the changes of a page: its `record`, and for each decision in it the repair that the program `made`.

    `place` tells where in the raw page a place in its text is.
    """
    by_place = {(repair.line, repair.column, repair.before): repair for repair in made}
    return tuple(
        _change(number, by_place.get((entry.line, entry.column, entry.before), entry), entry, place)
        for number, entry in enumerate(in_order(record))
    )


def _change(number: int, made: Repair, entry: Repair, place: Finder) -> Change:
    position = place(made.line, made.column)
    return Change(
        number,
        made.line,
        position.line,
        position.column,
        made.before,
        made.after,
        shown(entry),
        made.kind,
        made.confidence,
        made.doubtful,
        _decision(made, entry) if entry.kind == OVERRIDE else "",
    )


def _decision(made: Repair, entry: Repair) -> str:
    if entry.after == entry.before:
        return "reject"
    return "accept" if made is not entry and entry.after == made.after else "replace"


def parts_of(line: Line, record: tuple[Repair, ...], changes: dict[tuple[int, int], Change]) -> Iterator[LinePart]:
    """Yield the parts of a raw line whose record is `record`. `changes` are by line and column of the text."""
    for piece in pieces(line.text, record):
        change = changes[piece.repair.line, piece.repair.column] if piece.repair else None
        yield LinePart(piece.before, piece.after, change)
