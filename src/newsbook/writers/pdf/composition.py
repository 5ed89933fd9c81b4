"""Compose pages: a document's blocks set in galleys, planned in columns, and printed where the plan says."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import PagePlan
from newsbook.writers.pdf.abreast import Columns
from newsbook.writers.pdf.engine.boxes import classes, found, is_of
from newsbook.writers.pdf.engine.figures import FigureBox
from newsbook.writers.pdf.engine.galley import (
    Foundry,
    Matter,
    air_of,
    breaks_before,
    copy_of_heads,
    is_said,
    keeps_together,
    knows_pages,
    leads,
    number_said,
    spans_all,
    stays_whole,
    wants_columns,
    widest_line,
)
from newsbook.writers.pdf.engine.pages import Portion, Press, fill_in_pages, fill_in_unknown
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.engine.restyled import as_high, without
from newsbook.writers.pdf.makeup.columns import plan
from newsbook.writers.pdf.makeup.lists import balanced
from newsbook.writers.pdf.makeup.pieces import (
    At,
    Beside,
    Column,
    Illustration,
    Placing,
    RunningText,
    Size,
    Text,
    TextRow,
)
from newsbook.writers.pdf.makeup.sizes import Grid, PictureShape, beside, filling, rows
from newsbook.writers.pdf.panels import framed, is_panel, share_of

# What is set beside pictures.
_PLAIN = frozenset({"paragraph", "crosshead", "items", "quotation", "footnote", "colophon"})

# How many lines a list has at least, for each of the columns that it is set in.
_MANY = 3

# The share of its height that a list in columns may have at most, to be worth it.
_WORTH = 0.7

# The share of a page above which nothing stays together.
_HIGHEST = 0.7

# In columns stand so many lines for each column at least; what is less stands across the page.
_FEWEST = 4

# Elements whose children are set one by one, and those that are set in columns with all that is in them.
_FRAMES = frozenset({"front", "contents", "article", "body", "briefs", "back"})
_COLUMNED = frozenset({"contents", "briefs", "back"})

# How many lines a head may rise, and sink, on a page that it begins.
_RISE, _SINK = 3, 4

# Between a picture and what stands beside it, in ems of the body: nearer, programs that copy a page join their lines.
_GAP = 2.8

# Text beside a picture is so many ems wide at least.
_LEAST_BESIDE = 11.0

# From this shape on, as the page lies, text stands beside a picture. Lines that run down are long enough for more.
_TALL, _TALL_BESIDE_COLUMNS = 0.8, 0.5


class Block(Struct):
    """A block of the document, and the galleys that it was set in: first for the column, then beside pictures."""

    of: Engine
    # Where it stands in the document, of which it may be a part.
    whole: Engine
    turns: list[Matter]
    text: Text
    width: float
    is_paragraph: bool = False
    # Of a list in columns, the rows of each column.
    columns: tuple[tuple[int, int], ...] = ()


class Composition:
    """A document on its way from boxes to pages: its blocks and its figures, in their order."""

    def __init__(self, foundry: Foundry, press: Press, columns: PagePlan, *, is_vertical: bool) -> None:
        self.foundry = foundry
        self._is_vertical = is_vertical
        self._press = press
        self._area = press.area(1)
        columns_of = Columns(columns.columns, columns.gap * foundry.em, self._area.width)
        # By their number; in so many stands the text of a story where its style says nothing else.
        self._abreast = {columns.columns: columns_of}
        self._usual = columns_of
        foundry.highest = _HIGHEST * self._area.lines
        self._blocks: list[Block] = []
        self._figures: list[FigureBox] = []
        # Of each figure the block that it stands before, the first that it may stand before, and the last.
        self._stories: list[tuple[int, int, int]] = []
        # Of each figure the columns that the text around it stands in, and how much of a page's height it may take
        # above a head.
        self._around: list[Columns] = []
        self._openers: dict[int, float] = {}
        # What was set anew: from which place on, and in which share of the measure.
        self._turns: dict[tuple[At, float], int] = {}
        # The first block of each story, by the story's anchor.
        self._begins: dict[str, int] = {}
        ems = self._area.width / foundry.em
        self._grid = Grid(
            self._area.width / foundry.leading,
            self._area.lines,
            _GAP / ems,
            _LEAST_BESIDE / ems,
            _TALL_BESIDE_COLUMNS if is_vertical else _TALL,
        )
        for section in foundry.body.children:
            self._take(section)

    def _take(self, box: Engine, columns: Columns | None = None) -> None:
        """Take a box with what is in it, in the order of the document, to be set across the page or in columns."""
        names = classes(box)
        band = next(found(box, "band"), None) if columns and "head" in names else None
        if band is not None:
            self._set(box.copy_with_children([band]), None, box)
            self._set(without(box, "band"), columns, box)
        elif "figure" in names:
            self._figures.append(FigureBox(self.foundry, box, self._area.width))
            self._stories.append((len(self._blocks),) * 3)
            self._around.append(columns or self._abreast_of(1))
        elif _FRAMES.isdisjoint(names):
            self._set(box, columns)
        else:
            self._take_frame(box, frozenset(names), columns)

    def _abreast_of(self, count: int) -> Columns:
        """Return columns of a number, or of as many as there is room for."""
        if count not in self._abreast:
            self._abreast[count] = self._usual.of(count, self.foundry.em)
        return self._abreast[count]

    def _columns_in(self, box: Engine, names: frozenset[str]) -> Columns | None:
        """Return the columns that what is in an element is set in, None where that is across the page."""
        if "body" not in names and names.isdisjoint(_COLUMNED):
            return None
        usual = self._usual.count if "body" in names else 1
        columns = self._abreast_of(int(number_said(box, "columns", usual)))
        return columns if columns.count > 1 else None

    def _take_frame(self, box: Engine, names: frozenset[str], columns: Columns | None) -> None:
        is_story, around = "article" in names, columns
        first, first_figure = len(self._blocks), len(self._figures)
        columns = around or self._columns_in(box, names)
        for child in box.children:
            self._take(child, columns)
        if len(self._blocks) == first:
            return
        if "body" in names and first_figure == len(self._figures) and columns is not around:
            self._widen(first)
        if stays_whole(box):
            for block in self._blocks[first:]:
                block.text = replace(block.text, kept=True)
        above, below = air_of(box, self._area.width, self.foundry.leading)
        head, foot = self._blocks[first], self._blocks[-1]
        fresh = "fresh" if is_said(box, "fresh-page") else "run-on"
        opens = "page" if breaks_before(box) else fresh if is_story else head.text.opens
        row, *others = head.text.rows
        is_opener = is_story and opens == "page"
        rise = min(_RISE, head.turns[0].air) if is_opener or "front" in names else 0
        sink = _SINK if is_opener else 0
        rows = (replace(row, space=row.space + above), *others)
        head.text = replace(head.text, rows=rows, opens=opens, rise=rise, sink=sink)
        foot.text = replace(foot.text, below=foot.text.below + below)
        if is_story:
            self._begins[box.element.get("id", "")] = first
            is_signed = is_of(foot.of, "colophon")
            low, high = first + 1, len(self._blocks) - is_signed
            for number in range(first_figure, len(self._figures)):
                self._stories[number] = (max(low, self._stories[number][0]), low, high)
        if opener := number_said(box, "opener", 0):
            self._openers |= {first_figure: opener} if first_figure < len(self._figures) else {}

    def _widen(self, first: int) -> None:
        """Set the blocks from one on across the page, if they are too few lines for columns."""
        blocks = self._blocks[first:]
        count = blocks[0].text.narrow
        if sum(block.turns[0].lines for block in blocks) < _FEWEST * count:
            del self._blocks[first:]
            for block in blocks:
                self._set(block.of, None)

    def _set(self, box: Engine, columns: Columns | None, whole: Engine = None) -> None:
        """Set a box across the page or in columns; `whole` is the box of the document that it is a part of."""
        if columns and (spans_all(box) or columns.are_too_narrow(self.foundry, box)):
            columns = None
        width = columns.width(1) if columns else self._area.width
        matter = self._panel(box, width) if is_panel(box) else self.foundry.set(box, width)
        if columns and matter.repeats:
            self._set(box, None, whole)
            return
        opens = "page" if breaks_before(box) else ""
        rows = matter.rows if columns else matter.true_rows(self.foundry.leading)
        if is_panel(box):
            opens = opens or "run-on"
            self._begins[box.element.get("id", "")] = len(self._blocks)
        if self._blocks and keeps_together(self._blocks[-1].of, box):
            rows = (replace(rows[0], may_begin=False), *rows[1:])
        in_columns = None if columns else self._in_columns(box, matter)
        if in_columns:
            matter, split = in_columns
            height = max(matter.lines_of(first, last) for first, last in split)
            rows = (replace(rows[0], lines=height, true_lines=0.0),)
        is_plain = self._usual.count == 1 and not _PLAIN.isdisjoint(classes(box))
        narrow = columns.count if columns else 0
        text = Text(rows, matter.below, opens, plain=is_plain, repeats=matter.repeats, narrow=narrow, leads=leads(box))
        split = in_columns[1] if in_columns else ()
        self._blocks.append(Block(box, whole or box, [matter], text, width, is_of(box, "paragraph"), split))

    def _panel(self, box: Engine, width: float) -> Matter:
        """Return a panel, which is not divided where a page holds it."""
        dressed = framed(self.foundry, box, width, round(share_of(box) * self._area.lines))
        whole = self.foundry.set_whole(dressed, width)
        return whole if whole.lines <= self._area.lines else self.foundry.set(dressed, width)

    def _column(self, block: Block) -> float:
        """Return the share of the measure that a column of a block takes."""
        count = max(1, len(block.columns))
        return (1 - (count - 1) * self._grid.gap) / count

    def _in_columns(self, box: Engine, matter: Matter) -> tuple[Matter, tuple[tuple[int, int], ...]] | None:
        """Return a list of many short lines set in columns, with the rows of each; None where it is none."""
        count = wants_columns(box)
        width = self._area.width * (1 - (count - 1) * self._grid.gap) / count
        is_list = len(matter.rows) >= _MANY * count and matter.lines < 2 * len(matter.rows)
        if count < 2 or not is_list or (box.element_tag != "ol" and widest_line(matter.box) > width):  # noqa: PLR2004
            return None
        narrow = self.foundry.set(box, width)
        split = balanced([row.lines + row.space for row in narrow.rows], count)
        height = max(narrow.lines_of(*one) for one in split)
        fits = height <= min(_WORTH * matter.lines, _HIGHEST * self._area.lines)
        return (narrow, split) if fits and all(narrow.rows[first].may_begin for first, _ in split[1:]) else None

    # What the planner asks for.

    def rows(self, at: At) -> tuple[TextRow, ...]:
        """Return the rows of a block, as it was set that time."""
        block = self._blocks[at.text]
        return block.turns[at.turn].rows if at.turn else block.text.rows

    def beside(self, at: At, lines: int, share: float, end: int) -> Beside | None:
        """Return the blocks from a place on, up to the block `end`, set beside a picture so many lines high."""
        part = 1 - share - self._grid.gap
        placed: list[Placing] = []
        line = 0
        while line < lines and at.text < end and self._blocks[at.text].text.plain:
            block = self._blocks[at.text]
            line += self.rows(at)[0].space if placed and not at.row and not at.turn else 0
            turn = self._turned(at, part)
            matter = block.turns[turn]
            taken = _taken(matter, lines - line, is_divided=block.is_paragraph)
            if not taken:
                break
            placed.append(Placing(line, at.text, turn, 0, taken, share=part))
            if taken < len(matter.rows):
                return Beside(
                    tuple(placed), At(at.text, 0, self._turned(At(at.text, taken, turn), 1.0)), lines - line - taken
                )
            line += matter.lines
            at = At(at.text + 1)
        return self._ended(placed, at, lines)

    def _ended(self, placed: list[Placing], at: At, lines: int) -> Beside | None:
        """Return what stands beside a picture where no more does: a crosshead is not its last."""
        while placed and at.text < len(self._blocks) and not self.rows(at)[0].may_begin:
            at = At(placed.pop().text)
        if not placed or at.turn:
            return None
        last = placed[-1]
        matter = self._blocks[last.text].turns[last.turn]
        return Beside(tuple(placed), at, lines - last.line - matter.lines)

    def _turned(self, at: At, share: float) -> int:
        """Return by which turn a block is set from a place in it on, in a share of the measure; each is set once."""
        key = (at, share)
        if key not in self._turns:
            block = self._blocks[at.text]
            stack = block.turns[at.turn].after(at.row)
            self._turns[key] = len(block.turns)
            block.turns.append(self.foundry.set(block.of, share * self._area.width, stack))
        return self._turns[key]

    # The plan and its pages.

    def pages(self) -> Engine:
        """Return the document in the pages that were planned for it."""
        texts = tuple(block.text for block in self._blocks)
        gaps = {one.count: one.share_of_gap for one in self._abreast.values()}
        run = RunningText(texts, tuple(self._illustrations()), gaps)
        planned = plan(run, (self._area.lines,), self)
        self._fill_up(planned[-1])
        fill_in_pages(self.foundry, self._numbers(planned))
        for block in self._blocks:
            if knows_pages(block.of):
                block.turns[0] = self.foundry.set(block.of, block.width * self._column(block))
        return self._press.pages([list(self._parts(column)) for column in planned])

    def _fill_up(self, column: Column) -> None:
        """Make the last block as high as the last page has room for, if its style has it so."""
        last = column.placed[-1]
        block = self._blocks[last.text]
        room = self._area.lines - last.line
        if last.size is None and not last.first and is_said(block.of, "fills-page") and room > block.turns[0].lines:
            more = room - block.turns[0].lines
            high = as_high(block.of, room * self.foundry.leading, more * self.foundry.leading)
            block.turns[0] = self.foundry.set_whole(high, block.width)

    def _illustrations(self) -> Iterator[Illustration]:
        """Yield the figures as the planner has them."""
        shapes = [self._shape(figure) for figure in self._figures]
        for number, (figure, story) in enumerate(zip(self._figures, self._stories, strict=True)):
            shape, columns = shapes[number], self._around[number]
            if shape is None:
                lines = figure.set(figure.width, 0).lines
                sizes = (Size(lines, 0, 0.0, figure.width / self._area.width),)
                yield Illustration(*story, sizes, spanning=columns.frames(figure))
                continue
            following = shapes[number : number + 3]
            together = [one for one in following if one is not None]
            openers = self._opening(number, shape)
            is_cover = story[1] == story[2] and openers
            yield Illustration(
                *story,
                openers if is_cover else columns.across(shape, figure, self._grid),
                beside(shape, self._grid),
                rows(together, self._grid) if len(together) == len(following) else (),
                columns.spanning(shape, figure, self._grid),
                () if is_cover else openers,
                loose=figure.crop > 0,
            )

    def _opening(self, number: int, shape: PictureShape) -> tuple[Size, ...]:
        """Return the sizes of a figure that may stand above its head."""
        tallest = self._openers.get(number, 0.0)
        is_photograph = not shape.is_whole and not shape.is_long
        return filling(shape, self._grid, self._figures[number].crop, tallest) if tallest and is_photograph else ()

    def _shape(self, figure: FigureBox) -> PictureShape | None:
        if figure.shape is None:
            return None
        width = self._area.width
        upright = 1 / figure.shape if self._is_vertical else figure.shape
        is_long = figure.is_whole and upright > 1
        return PictureShape(
            figure.shape, figure.width / width, figure.is_whole, is_long, lambda share: figure.cutline(share * width)
        )

    def _numbers(self, columns: Sequence[Column]) -> dict[str, int]:
        """Return the page on which each story begins, by the story's anchor."""
        pages = {one.text: number for number, column in reversed([*enumerate(columns, 1)]) for one in column.placed}
        return {anchor: pages[text] for anchor, text in self._begins.items() if text in pages}

    def _portions(self, block: Block, placing: Placing) -> Iterator[Portion]:
        """Yield the rows of a block in their place, column by column where it is set in columns."""
        matter, width = block.turns[placing.turn], self._area.width
        if placing.turn or not block.columns:
            heads = copy_of_heads(matter.box) if placing.first and block.text.repeats else None
            yield Portion(matter, block.whole, placing.first, placing.last, placing.left * width, placing.line, heads)
            return
        step = (self._column(block) + self._grid.gap) * width
        for number, (first, last) in enumerate(block.columns):
            yield Portion(matter, block.whole, first, last, number * step, placing.line)

    def _parts(self, column: Column) -> Iterator[Portion]:
        width = self._area.width
        for one in column.placed:
            if one.size is None:
                yield from self._portions(self._blocks[one.text], one)
                continue
            figure = self._figures[one.illustration]
            share = one.share if one.share < 1 else one.size.share
            matter = figure.set(share * width, one.size.picture)
            left = one.left if one.share < 1 else (1 - share) / 2
            yield Portion(matter, figure.box, 0, len(matter.rows), left * width, one.line)


def _taken(matter: Matter, lines: int, *, is_divided: bool) -> int:
    """Return how many rows of a matter have room in so many lines; a block that is not divided has it as a whole."""
    taken = line = 0
    for number, row in enumerate(matter.rows):
        line += row.lines + (row.space if number else 0)
        if line > lines:
            break
        taken += 1
    if taken == len(matter.rows):
        return taken
    while taken and not matter.rows[taken].may_begin:
        taken -= 1
    return taken if is_divided else 0


def compose(
    page: Engine, fonts: Engine, options: Mapping[str, object], columns: PagePlan, *, is_vertical: bool = False
) -> Engine:
    """Return a document laid out in the pages that were planned for it."""
    foundry = Foundry(page, fonts, options)
    fill_in_unknown(foundry)
    return Composition(foundry, Press(foundry), columns, is_vertical=is_vertical).pages()
