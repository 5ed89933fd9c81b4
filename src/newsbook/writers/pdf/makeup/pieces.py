"""What pages are planned of: rows of text and illustrations, in lines of the grid, and where each comes to stand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from msgspec import Struct


class TextRow(Struct, frozen=True):
    """What is not divided: a line, a head, a row of a table. `lines` is its height.

    `space` are the blank lines above it, which fall away at the head of a column; `may_begin` tells whether a column
    may begin with it. In small type it has `true_lines`, no whole number of them.
    """

    lines: int
    space: int = 0
    may_begin: bool = True
    true_lines: float = 0.0

    @property
    def height(self) -> float:
        """Its height where others follow it: in lines of the grid, or, in small type, as it is."""
        return self.true_lines or self.lines


def lines_of(rows: Sequence[TextRow]) -> int:
    """Return how high some rows are, one below the other, without the blank lines above the first."""
    return sum(row.lines + (row.space if number else 0) for number, row in enumerate(rows))


class Text(Struct, frozen=True):
    """A block of a story: a head, a paragraph, a table, a colophon.

    `below` are the blank lines that it wants below it. With `opens`, a story begins with it: `opens` is then "page"
    where that is on a page of its own, "fresh" where it is if the page before is full, else "run-on". A head may stand
    `rise` lines higher and `sink` lines lower than it was set, where it begins a page. Beside an illustration only what
    is `plain` is set. Above its rows that go on in another column stand `repeats` lines, the heads of a table. What is
    `narrow` is set in so many columns side by side; what is `kept`, too, goes on overleaf only from a page's head. With
    what `leads`, a crosshead, the text after it stays, and no illustration stands between them.
    """

    rows: tuple[TextRow, ...]
    below: int = 0
    opens: str = ""
    plain: bool = False
    rise: int = 0
    sink: int = 0
    repeats: int = 0
    narrow: int = 0
    kept: bool = False
    leads: bool = False


class Size(Struct, frozen=True):
    """A size that an illustration may have: `picture` is the height of its picture in lines, `lines` with its cutline.

    `share` is the part of the measure that it takes, and `cost` what is lost by it.
    """

    lines: int
    picture: int
    cost: float = 0.0
    share: float = 1.0


class PictureRow(Struct, frozen=True):
    """Pictures side by side, `picture` lines high, `lines` with the highest cutline: the share of the measure of each.

    `gap` is the share between two of them.
    """

    lines: int
    picture: int
    shares: tuple[float, ...]
    gap: float
    cost: float = 0.0


class Illustration(Struct, frozen=True):
    """A figure of a story: it stands before the text `anchor`, and never before `low` nor behind `high`.

    `sizes` are those across the column, `beside` those with text beside it, and `rows` are those of it with the next
    one, or the next two. `spanning` are those across one of several columns side by side, across two, and so on.
    In one of the sizes `opening` it may stand above the text before `low`, a head, where that begins a page. One that
    is `loose` may part from the text what is held to it, the head above and the colophon below.
    """

    anchor: int
    low: int
    high: int
    sizes: tuple[Size, ...]
    beside: tuple[Size, ...] = ()
    rows: tuple[PictureRow, ...] = ()
    spanning: tuple[tuple[Size, ...], ...] = ()
    opening: tuple[Size, ...] = ()
    loose: bool = False


class At(NamedTuple):
    """A place in running text: before the row `row` of the text `text`, as it was set the `turn`-th time."""

    text: int
    row: int = 0
    turn: int = 0

    @property
    def is_between(self) -> bool:
        """Whether it lies between two texts."""
        return not (self.row or self.turn)


class Placing(Struct, frozen=True):
    """What stands in a column: rows of a text, or an illustration in one of its sizes, from a line of it on down.

    `left` is the share of the column's measure that stands free before it, `share` what it takes.
    """

    line: int
    text: int = -1
    turn: int = 0
    first: int = 0
    last: int = 0
    illustration: int = -1
    size: Size | None = None
    left: float = 0.0
    share: float = 1.0


class Beside(Struct, frozen=True):
    """Text set beside an illustration: what stands where, from the line that it begins in, and where text goes on.

    `lacking` are the lines beside the illustration that stay empty.
    """

    placed: tuple[Placing, ...]
    end: At
    lacking: int = 0


class Compositor(Protocol):
    """Who sets text: it knows the rows of a text, and sets it anew where it stands beside an illustration."""

    def rows(self, at: At) -> tuple[TextRow, ...]:
        """Return the rows of the text of a place, as they were set that time."""

    def beside(self, at: At, lines: int, share: float, end: int) -> Beside | None:
        """Return the text from a place on set in what an illustration leaves of the measure; None where it cannot.

        The text `end` does not stand there, nor what comes behind it.
        """


class RunningText(Struct, frozen=True):
    """What runs on from column to column: the texts of one story or of many, and their illustrations in order.

    `gaps` has the share of the measure between two of the columns that narrow texts stand in, by their number.
    """

    texts: tuple[Text, ...]
    illustrations: tuple[Illustration, ...]
    gaps: Mapping[int, float] = {}


class Column(Struct, frozen=True):
    """A column that is filled: what stands in it, in the order in which it is read."""

    placed: tuple[Placing, ...]
