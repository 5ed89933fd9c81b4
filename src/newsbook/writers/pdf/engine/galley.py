"""Set galleys: the boxes of a document laid out in columns without end, and cut between their lines.

A compositor sets a story in one long column, the galley, before anyone decides on pages. So does this: the engine
builds the boxes of a document once, and any of them can be set at a measure. What comes back is cut where the planner
of the pages (`newsbook.writers.pdf.makeup`) says, and moved to its place (`pages`).
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import ceil

from msgspec import Struct
from msgspec.structs import replace
from weasyprint import DEFAULT_OPTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import block, initialize_page_maker
from weasyprint.layout.absolute import AbsolutePlaceholder, absolute_layout
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.preferred import max_content_width

from newsbook.writers.pdf.engine.boxes import ROUNDING, leading_of, lines
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.makeup.pieces import TextRow, lines_of

# Lower than any column reaches, in pixels.
_ENDLESS = 1e9

# A table of fewer rows is not divided.
_FEW_ROWS = 10

# In lines: what the rules of a row may take above and below it.
_RULES = 0.1

# In pixels: a rule that two rows share, one below the other.
_SHARED = 1.5


class Matter(Struct, frozen=True):
    """A box that was set: its rows, from the head down, and the blank lines that it wants above and below it.

    A row is what cannot be cut; `tops` has where each begins in the box, in pixels, and where the last one ends. A
    paragraph can be set on from behind each of its rows: `resumes` has the skip stacks, and `begins` its own. `air` are
    the blank lines at its top, before the first line of text; `repeats` those that the heads of a table take, which
    stand on every page of it.
    """

    box: Engine
    rows: tuple[TextRow, ...]
    tops: tuple[float, ...]
    resumes: tuple[Engine, ...]
    below: int = 0
    air: int = 0
    begins: Engine = None
    repeats: int = 0

    def after(self, row: int) -> Engine:
        """Return the skip stack from which a paragraph is set on behind so many of its rows."""
        return self.resumes[row - 1] if row else self.begins

    def lines_of(self, first: int, last: int) -> int:
        """Return how many lines of the grid some of its rows take, without those above the first."""
        return lines_of(self.rows[first:last])

    def true_rows(self, leading: float) -> tuple[TextRow, ...]:
        """Return its rows as high as they are: what is set in small type is not on the grid, row by row."""
        if len(self.rows) == 1 or any(row.space for row in self.rows):
            return self.rows
        heights = ((foot - top) / leading for top, foot in pairwise(self.tops))
        return tuple(replace(row, true_lines=lines) for row, lines in zip(self.rows, heights, strict=True))

    @property
    def lines(self) -> int:
        """How many lines of the grid it is high, with the blank ones between its rows."""
        return self.lines_of(0, len(self.rows))


class Foundry:
    """What sets galleys: a document's boxes before they are laid out, and what the engine lays them out with."""

    def __init__(self, page: Engine, fonts: Engine, options: Mapping[str, object]) -> None:
        self.page = page
        counters = CounterStyle()
        self.context = Document._build_layout_context(page, fonts, counters, {}, {**DEFAULT_OPTIONS, **options})
        context = self.context
        self.root = build_formatting_structure(
            page.etree_element,
            context.style_for,
            context.get_image_from_uri,
            page.base_url,
            context.target_collector,
            counters,
            context.footnotes,
        )
        initialize_page_maker(context, self.root)
        context.rendered_notes = []
        self.leading = leading_of(self.root)
        # What is higher than this, in lines, is divided even if it asks not to be.
        self.highest = _ENDLESS
        self.em = float(self.root.style["font_size"])

    @property
    def body(self) -> Engine:
        """The box of the document's body."""
        return next(box for box in self.root.children if box.element_tag == "body")

    def set(self, box: Engine, width: float, stack: Engine = None) -> Matter:
        """Return a box set at a measure, in pixels, from where a skip stack says.

        A box can be set any number of times: the engine lays out copies.
        """
        return replace(matter_of(self.laid_out(box, width, stack), self.leading, self.highest), begins=stack)

    def set_whole(self, box: Engine, width: float) -> Matter:
        """Return a box set at a measure as it asks to be: what is not to be divided is one row, however high it is."""
        return matter_of(self.laid_out(box, width), self.leading, _ENDLESS)

    def laid_out(self, box: Engine, width: float, stack: Engine = None) -> Engine:
        """Return what the engine makes of a box in a column of a width, from the origin down."""
        context = self.context
        column = boxes.BlockBox.anonymous_from(self.root, [])
        column.position_x = column.position_y = 0
        resolve_percentages(column, (width, _ENDLESS))
        column.width, column.height = width, "auto"
        box.position_x = box.position_y = 0
        # Pages that were made meanwhile have left their own here.
        context.current_page, context.page_bottom = 1, _ENDLESS
        positioned: list[Engine] = []
        context.create_block_formatting_context()
        # By its module, for it is one of those that ours stand in for.
        done, *_ = block.block_level_layout(context, box, 0, stack, column, True, positioned, positioned, [])
        column.height = done.margin_height()
        for one in positioned:
            absolute_layout(context, one, column, positioned, 0, None)
        context.finish_block_formatting_context()
        return done


def wanted_width(foundry: Foundry, box: Engine) -> float:
    """Return how wide a table wants to be, in pixels, if it has all that it wants; nothing for any other box."""
    if not any(isinstance(one, boxes.TableBox) for one in box.descendants()):
        return 0.0
    return float(max_content_width(foundry.context, box))


def matter_of(box: Engine, leading: float, highest: float) -> Matter:
    """Return a box that is laid out with its rows; what is higher than so many lines is divided in any case."""
    bands = list(_bands(_atoms(box, highest * leading, may_begin=True)))
    top, foot = box.border_box_y(), box.border_box_y() + box.border_height()
    if not bands:
        bands = [_Band(top, foot, may_begin=True)]
    first = next((line.position_y for line in lines(box)), top)
    bands[0].top = min(top, bands[0].top)
    bands[-1].bottom = max(foot, bands[-1].bottom)
    rows = []
    before = top - max(0.0, box.margin_top)
    for band in bands:
        space = _nearest((band.top - before) / leading)
        height = max(1, _up((band.bottom - band.top) / leading))
        rows.append(TextRow(height, space, band.may_begin))
        before = band.bottom
    tops = (*(band.top for band in bands), bands[-1].bottom)
    resumes = tuple(band.resume for band in bands)
    air = int(max(0.0, first - top) / leading + ROUNDING)
    heads = heads_of(box) if len(rows) > 1 and not is_said(box, "flows") else None
    repeats = _up(heads.height / leading) if heads is not None else 0
    return Matter(box, tuple(rows), tops, resumes, _nearest(box.margin_bottom / leading), air=air, repeats=repeats)


def _up(lines: float) -> int:
    return ceil(lines - _RULES)


def _nearest(lines: float) -> int:
    return max(0, round(lines))


class _Band(Struct):
    """A stretch of a box that is not cut: from where to where, in pixels, and whether a column may begin with it."""

    top: float
    bottom: float
    may_begin: bool
    resume: Engine = None


def _bands(atoms: Iterator[_Band]) -> Iterator[_Band]:
    """Yield the stretches that atoms of a box make: those side by side are one."""
    last: _Band | None = None
    for atom in sorted(atoms, key=lambda one: one.top):
        if last is not None and atom.top < last.bottom - _SHARED:
            last.bottom = max(last.bottom, atom.bottom)
            last.may_begin &= atom.may_begin or atom.top > last.top + _SHARED
            last.resume = None
        else:
            if last is not None:
                yield last
            last = _Band(atom.top, atom.bottom, atom.may_begin, atom.resume)
    if last is not None:
        yield last


def _atoms(box: Engine, highest: float, *, may_begin: bool) -> Iterator[_Band]:
    """Yield what a box holds that cannot be cut: lines, pictures, and whatever stays together."""
    if _is_whole(box, highest):
        yield _Band(box.border_box_y(), box.border_box_y() + box.border_height(), may_begin)
        return
    children = [child for child in box.children if not isinstance(child, AbsolutePlaceholder)]
    of_lines = [child for child in children if isinstance(child, boxes.LineBox)]
    for number, line in enumerate(of_lines):
        left = len(of_lines) - number
        may = may_begin if not number else number >= box.style["orphans"] and left >= box.style["widows"]
        yield _Band(line.position_y, line.position_y + line.height, may, {0: line.resume_at})
    before: Engine = None
    for child in children if not of_lines else ():
        is_held = _avoids(child, "break_before") or (before is not None and _holds(before))
        yield from _atoms(child, highest, may_begin=may_begin if before is None else not is_held)
        before = child


def _is_whole(box: Engine, highest: float) -> bool:
    if not isinstance(box, boxes.ParentBox) or not box.children:
        return True
    if not isinstance(box, (boxes.BlockContainerBox, boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox)):
        return True
    is_small = box.is_table_wrapper and len(_table_rows(box)) < _FEW_ROWS and not is_said(box, "flows")
    asks = _avoids(box, "break_inside") or isinstance(box, boxes.TableRowBox) or is_small
    return asks and box.border_height() <= highest


def _table_rows(box: Engine) -> list[Engine]:
    return [one for one in box.descendants() if isinstance(one, boxes.TableRowBox)]


def heads_of(box: Engine) -> Engine:
    """Return the rows of heads of a table that was set, None where it has none."""
    return next((one for one in box.descendants() if getattr(one, "is_header", False)), None)


def copy_of_heads(box: Engine) -> Engine:
    """Return the rows of heads of a table that was set once more, to stand on another page of it."""
    return heads_of(box).deepcopy()


def _holds(box: Engine) -> bool:
    """Tell whether what follows a box stays with it, as the first row of a table does with the heads of its columns."""
    return leads(box) or getattr(box, "is_header", False)


def _avoids(box: Engine, name: str) -> bool:
    return str(box.style[name]).startswith("avoid")


def cut(box: Engine, top: float, bottom: float) -> Engine:
    """Return what a box has between two heights, in pixels; None where that is nothing.

    What it holds is moved over, so that each part of a box can be had once.
    """
    start, end = _extent(box)
    if start >= bottom - _SHARED or end <= top + _SHARED:
        return None if not isinstance(box, AbsolutePlaceholder) or not top <= start < bottom else box
    if (start >= top - _SHARED and end <= bottom + _SHARED) or isinstance(box, (AbsolutePlaceholder, boxes.LineBox)):
        return box
    if not isinstance(box, boxes.ParentBox) or not box.children:
        return box if top <= (start + end) / 2 < bottom else None
    kept = [part for child in box.children if (part := cut(child, top, bottom)) is not None]
    if not kept:
        return None
    return _fitted(box, kept, top, bottom)


def _fitted(box: Engine, kept: list[Engine], top: float, bottom: float) -> Engine:
    """Return a box with some of its children, as high as they are, open where it was cut."""
    part = box.copy_with_children(kept)
    begins, ends = box.border_box_y() < top - 0.5, box.border_box_y() + box.border_height() > bottom + 0.5
    foot = min(bottom, box.content_box_y() + box.height) if not ends else bottom
    part.remove_decoration(start=begins, end=ends)
    if begins:
        part.position_y = top
    part.height = max(0.0, foot - part.content_box_y())
    return part


def _extent(box: Engine) -> tuple[float, float]:
    if isinstance(box, boxes.LineBox):
        return box.position_y, box.position_y + box.height
    return box.border_box_y(), box.border_box_y() + box.border_height()


def air_of(box: Engine, width: float, leading: float) -> tuple[int, int]:
    """Return the blank lines that an element around others wants above and below them."""
    resolve_percentages(box, (width, 1))
    sides = []
    for side in ("top", "bottom"):
        sizes = (getattr(box, name.format(side)) for name in ("margin_{}", "padding_{}", "border_{}_width"))
        sides.append(_nearest(sum(size for size in sizes if size != "auto") / leading))
    return sides[0], sides[1]


def breaks_before(box: Engine) -> bool:
    """Tell whether a box begins a page."""
    return str(box.style["break_before"]) in {"page", "always", "all", "left", "right", "recto", "verso"}


def keeps_together(before: Engine, after: Engine) -> bool:
    """Tell whether no column may end between two boxes."""
    return _avoids(before, "break_after") or _avoids(after, "break_before")


def leads(box: Engine) -> bool:
    """Tell whether what follows a box stays with it."""
    return _avoids(box, "break_after")


def knows_pages(box: Engine) -> bool:
    """Tell whether numbers of pages stand in a box, which are known last."""
    return any(one.missing_link is not None for one in box.descendants())


def widest_line(box: Engine) -> float:
    """Return how wide the widest line in a box is, in pixels, from the left edge of the column."""
    ends = [child.position_x + child.margin_width() for line in lines(box) for child in line.children]
    return max(ends, default=0.0)


def number_said(box: Engine, name: str, default: float) -> float:
    """Return the number that a style says of a box by a property of newsbook's own, or else the default."""
    tokens = box.style["__" + name.replace("-", "_")] or ()
    return next((float(token.value) for token in tokens if token.type == "number" and token.value), default)


def is_said(box: Engine, name: str) -> bool:
    """Tell whether a style says `yes` of a box by a property of newsbook's own."""
    tokens = box.style["__" + name.replace("-", "_")] or ()
    return any(token.type == "ident" and token.lower_value == "yes" for token in tokens)


def wants_columns(box: Engine) -> int:
    """Return in how many columns a style sets the short lines of a list (`--in-columns`); 1 where it says nothing."""
    return int(number_said(box, "in-columns", 1))


def stays_whole(box: Engine) -> bool:
    """Tell whether an element around others asks not to be divided."""
    return _avoids(box, "break_inside")


def spans_all(box: Engine) -> bool:
    """Tell whether a box is set across all columns of a page."""
    return str(box.style["column_span"]) == "all"
