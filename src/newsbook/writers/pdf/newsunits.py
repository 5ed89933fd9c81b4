"""Take a newspaper's document apart: stories, briefs, contents and back as units, and what each is set of."""

from collections.abc import Callable, Iterator
from math import ceil
from unicodedata import east_asian_width

from msgspec import Struct
from msgspec.structs import replace

from newsbook.writers.pdf.abreast import Columns
from newsbook.writers.pdf.engine.boxes import classes, found, is_of
from newsbook.writers.pdf.engine.figures import FigureBox
from newsbook.writers.pdf.engine.galley import Foundry, Matter, keeps_together, knows_pages
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.engine.restyled import with_headline, without
from newsbook.writers.pdf.makeup.pieces import TextRow
from newsbook.writers.pdf.makeup.units import Inset, Unit, UnitKind
from newsbook.writers.pdf.panels import framed, is_panel

# A headline that takes more lines is set smaller, in these shares of its size: across one column, and across more.
_SHARES = (1.0, 0.88, 0.76, 0.66)
_MOST_LINES = (4, 2)

# The size of a brief's headline, in ems of the body.
_BRIEF = 1.25

# A line of a headline is so much higher than its type.
_LINE = 1.22

# How many of a page's columns a panel is wide, and which share of its lines it is high, by its space.
_WIDTHS: dict[str, Callable[[int], int]] = {
    "full": lambda count: count,
    "half": lambda count: count,
    "quarter": lambda count: -(-count // 2),
    "column": lambda _count: 1,
}
_HEIGHTS = {"full": 1.0, "half": 0.5, "quarter": 0.5, "column": 0.3}

# One that has what it needs is so many columns wide at most.
_WIDEST = 2

# A column of a table is about so many ems wide; one that is higher than so much of a page is divided.
_CELL, _HIGHEST = 4.0, 0.6


class Setting(Struct):
    """A box of the document as it was set, at a width in pixels, and the row of its unit that it begins with."""

    of: Engine
    matter: Matter
    width: float
    first: int = 0


class NewsUnit(Struct):
    """A unit for the planner with what it is set of: its head by span, its text, its pictures and its tables.

    `anchor` is the name of its element; `jump` and `again` are the boxes that say where it goes on, and whence.
    """

    unit: Unit
    anchor: str
    heads: list[Setting | None]
    texts: list[Setting]
    insets: list[FigureBox | Engine]
    jump: Engine = None
    again: Engine = None
    band: Engine = None


class Reader:
    """What takes a document apart."""

    def __init__(self, foundry: Foundry, columns: Columns, lines: int, sizes: tuple[float, ...]) -> None:
        self._foundry = foundry
        self._columns = columns
        self._lines = lines
        # Of a headline by span, in pixels.
        self._sizes = tuple(size * foundry.em for size in sizes)

    def units(self, body: Engine) -> Iterator[NewsUnit]:
        """Yield the units of a document."""
        for box in body.children:
            if is_of(box, "front"):
                yield from (self.contents(one) for one in found(box, "contents"))
            elif is_of(box, "briefs"):
                yield from (self.story(one) for one in found(box, "article"))
            elif is_of(box, "article"):
                yield self.story(box)
            elif is_panel(box):
                yield self.panel(box)
            elif is_of(box, "back"):
                yield self.back(box)

    def contents(self, box: Engine) -> NewsUnit:
        """Return the contents, every entry a row."""
        title = next(found(box, "contents-title"))
        texts, rows = self._set(list(found(box, "entry")), self._columns.width(1))
        heads = [self._setting(title, self._columns.width(span)) for span in self._spans()]
        return NewsUnit(Unit(self._heights(heads), rows, kind=UnitKind.CONTENTS), "", [*heads], texts, [])

    def back(self, box: Engine) -> NewsUnit:
        """Return the table of sources and the imprint, under the title of the first of them."""
        title, *others = box.children
        is_title = is_of(title, "back-title")
        heads = [self._setting(title, self._columns.width(span)) for span in self._spans()] if is_title else []
        texts, rows = self._set(others if is_title else list(box.children), self._columns.width(1))
        none = (0,) * self._columns.count
        unit = Unit(self._heights(heads) or none, rows, again=none, kind=UnitKind.BACK, jump=0)
        return NewsUnit(unit, str(box.element.get("id", "")), [*heads], texts, [])

    def story(self, box: Engine) -> NewsUnit:
        """Return a story, or a brief."""
        is_brief = "brief" in classes(box)
        head = next(found(box, "head"), None)
        heads = [self._head(head, span, is_brief=is_brief) for span in self._spans()] if head is not None else []
        blocks: list[Engine] = []
        figures: list[tuple[Engine, int]] = []
        for child in self._blocks(box):
            if self._is_inset(child):
                figures.append((child, len(blocks)))
            else:
                blocks.append(child)
        texts, rows = self._set(blocks, self._columns.width(1))
        begins = [*(text.first for text in texts), max(0, len(rows) - 1)]
        insets = [self._inset(figure, begins[at]) for figure, at in figures]
        jump, again = next(found(box, "jump"), None), next(found(box, "again"), None)
        unit = Unit(
            self._heights(heads) or (0,) * self._columns.count,
            rows,
            tuple(inset for inset, _ in insets),
            self._continued(again),
            UnitKind.BRIEF if is_brief else UnitKind.STORY,
            leads="lead" in classes(box),
        )
        band = next(found(box, "notices"), None)
        return NewsUnit(
            unit, str(box.element.get("id", "")), [*heads], texts, [one for _, one in insets], jump, again, band
        )

    def panel(self, box: Engine) -> NewsUnit:
        """Return a panel, which is one inset; what would be higher than a page is text that is divided."""
        heights = self._panel_lines(box)
        none = (0,) * self._columns.count
        anchor = str(box.element.get("id", ""))
        if any(heights):
            return NewsUnit(Unit(none, (), (Inset(heights),), none, jump=0), anchor, [], [], [box])
        texts, rows = self._set(list(box.children), self._columns.width(1))
        return NewsUnit(Unit(none, rows, again=none, jump=0), anchor, [], texts, [])

    def _panel_lines(self, box: Engine) -> tuple[int, ...]:
        """Return how high a panel is by span; nought where it is not to be so wide, or would be higher than a page."""
        count, most = self._columns.count, self._lines - 1
        space = next((one for one in classes(box) if one in _WIDTHS), "")
        space = space or ("column" if "pictorial" in classes(box) else "")
        spans = {_WIDTHS[space](count)} if space else set(range(1, min(count, _WIDEST) + 1))
        high = int(_HEIGHTS.get(space, 0.0) * most)
        lines = dict.fromkeys(self._spans(), 0)
        for span in spans:
            width = self._columns.width(span)
            needed = self._foundry.set_whole(framed(self._foundry, box, width, high), width).lines
            lines[span] = needed if needed <= most else 0
        return tuple(lines.values())

    def _setting(self, box: Engine, width: float) -> Setting:
        return Setting(box, self._foundry.set(box, width), width)

    def _spans(self) -> range:
        return range(1, self._columns.count + 1)

    def _blocks(self, story: Engine) -> Iterator[Engine]:
        """Yield the blocks of a story's text, the colophon the last."""
        for child in story.children:
            if is_of(child, "body"):
                yield from child.children
            elif not {"head", "jump", "again"} & {*classes(child)}:
                yield child

    def _head(self, box: Engine, span: int, *, is_brief: bool) -> Setting:
        """Return a head across so many columns, its headline as large as it may be in few lines."""
        box_of = without(box, "notices")
        width = self._columns.width(span)
        leading = self._foundry.leading
        size = _BRIEF * self._foundry.em if is_brief else self._sizes[min(span, len(self._sizes)) - 1]
        for share in _SHARES:
            lines = max(1, ceil(size * share * _LINE / leading - 0.1))
            line = leading * lines
            dressed = with_headline(box_of, size * share, line)
            high = self._foundry.set(next(found(dressed, "headline")), width).lines
            if high <= _MOST_LINES[span > 1] * lines:
                break
        even = self._evened(dressed, box_of, size * share, line, high)
        return Setting(box, self._foundry.set(even, width), width)

    def _evened(self, dressed: Engine, plain: Engine, size: float, line: float, high: int) -> Engine:
        """Return a head whose headline is as narrow as it may be with no line more, so that its lines are even."""
        count = round(high * self._foundry.leading / line)
        if count <= 1:
            return dressed
        text = "".join(next(found(plain, "headline")).element.itertext())
        ems = sum(1.0 if east_asian_width(one) in {"W", "F"} else 0.6 for one in text)
        even = with_headline(plain, size, line, (ems / count + 1) * size)
        narrow = self._foundry.set(next(found(even, "headline")), (ems / count + 1) * size)
        return even if narrow.lines <= high else dressed

    def _heights(self, heads: list[Setting]) -> tuple[int, ...]:
        return tuple(head.matter.lines + max(0, head.matter.below) for head in heads)

    def _continued(self, again: Engine) -> tuple[int, ...]:
        if again is None:
            return (2,) * self._columns.count
        return tuple(self._foundry.set(again, self._columns.width(span)).lines + 1 for span in self._spans())

    def _set(self, boxes: list[Engine], width: float) -> tuple[list[Setting], tuple[TextRow, ...]]:
        """Return boxes set at a width one below the other, and the rows that they make."""
        texts: list[Setting] = []
        rows: list[TextRow] = []
        for box in boxes:
            matter = self._foundry.set(box, width)
            first, *others = matter.rows
            if texts:
                before = texts[-1]
                is_held = keeps_together(before.of, box) or is_of(box, "colophon")
                space = max(first.space, before.matter.below)
                first = replace(first, space=space, may_begin=first.may_begin and not is_held)
            if is_of(box, "colophon"):
                others = [replace(row, may_begin=False) for row in others]
            texts.append(Setting(box, matter, width, len(rows)))
            rows += [first, *others]
        return texts, tuple(rows)

    def _is_inset(self, box: Engine) -> bool:
        if is_of(box, "figure"):
            return FigureBox(self._foundry, box, self._columns.width(1)).shape is not None
        return is_of(box, "table") and any(self._table_lines(box))

    def _table_lines(self, box: Engine) -> tuple[int, ...]:
        """Return how high a table is by span; nought where that is too narrow, and where it is too high for a page."""
        rows = [row for row in box.descendants() if row.element_tag == "tr"]
        cells = max((len(row.children) for row in rows), default=1)
        lines = []
        for span in self._spans():
            width = self._columns.width(span)
            is_wide = width >= cells * _CELL * self._foundry.em or span == self._columns.count
            high = self._foundry.set(box, width).lines if is_wide else 0
            lines.append(high if high <= _HIGHEST * self._lines else 0)
        return tuple(lines)

    def _inset(self, box: Engine, anchor: int) -> tuple[Inset, FigureBox | Engine]:
        if not is_of(box, "figure"):
            return Inset(self._table_lines(box), anchor=anchor), box
        figure = FigureBox(self._foundry, box, self._columns.width(1))
        cutlines = tuple(figure.cutline(self._columns.width(span)) for span in self._spans())
        return Inset(cutlines, figure.shape or 1.0, figure.is_whole, anchor), figure

    def again(self, unit: NewsUnit) -> None:
        """Set those texts of a unit again in which numbers of pages stand, now that they are known."""
        for text in unit.texts:
            if knows_pages(text.of):
                text.matter = self._foundry.set(text.of, text.width)
