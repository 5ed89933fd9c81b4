"""What a newspaper's pages are planned of: stories, contents, briefs and the back, in columns and lines of the grid."""

from enum import StrEnum

from msgspec import Struct

from newsbook.writers.pdf.makeup.pieces import TextRow


class UnitKind(StrEnum):
    """What a unit is: a story, one of the briefs, the contents of the issue, or what stands at its back."""

    STORY = "story"
    BRIEF = "brief"
    CONTENTS = "contents"
    BACK = "back"


class Sheet(Struct, frozen=True):
    """A sheet: so many `columns`, so many `lines` high, the first `nameplate` of them the nameplate's on the first.

    `column` and `gutter` are the widths of a column and of the space between two, in lines. `smaller` are the lines of
    smaller sheets that the issue may end on. `gap` are the blank lines between what stands one
    above the other, with the rule, and `band` those of the band over briefs, by span.
    """

    columns: int
    lines: int
    nameplate: int
    column: float
    gutter: float
    smaller: tuple[int, ...] = ()
    gap: int = 1
    band: int = 2

    def width(self, span: int) -> float:
        """Return the width of `span` columns, in lines."""
        return span * self.column + (span - 1) * self.gutter


class Inset(Struct, frozen=True):
    """A picture or a table, which belongs to the row `anchor`.

    A picture is `ratio` times as high as wide, and not cropped where it `is_whole`; `cutlines` are the lines
    below it, by span. A table has no ratio, and its `cutlines` are the lines it takes; 0 where it needs more columns.
    """

    cutlines: tuple[int, ...]
    ratio: float = 0.0
    is_whole: bool = False
    anchor: int = 0


class Unit(Struct, frozen=True):
    """Unit of one kind: how high its head is, by span, and its text as rows for a column.

    `again` is the head where it is continued on another page, by span, and `jump` the lines that say where. Rows of
    `measure` columns each are set for that width. The one that `leads` is the issue's lead; else the first story is.
    """

    heads: tuple[int, ...]
    rows: tuple[TextRow, ...]
    insets: tuple[Inset, ...] = ()
    again: tuple[int, ...] = ()
    kind: UnitKind = UnitKind.STORY
    jump: int = 1
    measure: int = 1
    leads: bool = False
