"""Compose a newspaper: its units set, its pages planned as modules, and everything printed where the plan says."""

from collections.abc import Iterator, Mapping

from newsbook.model import PagePlan
from newsbook.writers.pdf.abreast import Columns
from newsbook.writers.pdf.engine.boxes import found
from newsbook.writers.pdf.engine.figures import FigureBox
from newsbook.writers.pdf.engine.galley import Foundry
from newsbook.writers.pdf.engine.pages import Portion, Press, fill_in_pages, fill_in_unknown
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.engine.restyled import as_high
from newsbook.writers.pdf.makeup.modules import ModularPage, plan
from newsbook.writers.pdf.makeup.pieces import lines_of
from newsbook.writers.pdf.makeup.placing import ColumnRule, Slot, SlotKind
from newsbook.writers.pdf.makeup.units import Sheet
from newsbook.writers.pdf.newsunits import NewsUnit, Reader, Setting
from newsbook.writers.pdf.panels import framed, is_panel

# The last sheet may be cut to so many sixteenths of a page.
_SMALLEST, _SHEETS = 4, 16


class Newspaper:
    """A newspaper on its way from boxes to pages."""

    def __init__(self, foundry: Foundry, press: Press, columns: Columns, lines: int, reader: Reader) -> None:
        self._foundry = foundry
        self._press = press
        self._columns = columns
        self._lines = lines
        self._reader = reader
        self._units = list(reader.units(foundry.body))
        self._flag = next(found(foundry.body, "flag"))
        self._nameplate = foundry.set(self._flag, columns.width(columns.count))
        self._page_rules = {name: next(found(foundry.body, name), None) for name in ("across-rule", "down-rule")}

    def pages(self) -> Engine:
        """Return the document in the pages that were planned for it."""
        planned = plan([one.unit for one in self._units], self._sheet())
        self._number(planned)
        for number, page in enumerate(planned, 1):
            if page.lines < self._lines:
                self._press.shorten(number, page.lines)
        portions = [list(self._portions(page)) for page in planned]
        flag = Portion(self._nameplate, self._flag, 0, len(self._nameplate.rows), 0, 0)
        portions[0].insert(0, flag)
        return self._press.pages(portions)

    def _sheet(self) -> Sheet:
        leading, columns = self._foundry.leading, self._columns
        margins = self._press.margins(1) / leading
        cut = range(_SMALLEST, _SHEETS)
        smaller = (round((self._lines + margins) * share / _SHEETS - margins) for share in cut)
        bands = [self._foundry.set(one.band, columns.width(1)).lines for one in self._units if one.band is not None]
        top = self._nameplate.lines + self._nameplate.below
        return Sheet(
            columns.count,
            self._lines,
            top,
            columns.width(1) / leading,
            columns.gap / leading,
            tuple(lines for lines in smaller if lines > top),
            band=max(bands, default=1) + 1,
        )

    def _number(self, planned: tuple[ModularPage, ...]) -> None:
        """Fill in the pages on which units begin, in the contents and the table of sources."""
        begins: dict[str, int] = {}
        for number, page in enumerate(planned, 1):
            for slot in page.slots:
                begins.setdefault(self._units[slot.unit].anchor, number)
        fill_in_pages(self._foundry, begins)
        self._begins = begins
        for unit in self._units:
            self._reader.again(unit)

    def _portions(self, page: ModularPage) -> Iterator[Portion]:
        for slot in page.slots:
            yield from self._of_slot(slot, self._units[slot.unit])
        for rule in page.rules:
            yield from self._of_rule(rule)

    def _of_slot(self, slot: Slot, unit: NewsUnit) -> Iterator[Portion]:
        left, width = self._columns.left(slot.column), self._columns.width(slot.span)
        if slot.kind is SlotKind.TEXT:
            yield from _text_portions(slot, unit, left)
            return
        if slot.kind is SlotKind.HEAD:
            setting = unit.heads[slot.span - 1]
        elif slot.kind is SlotKind.INSET:
            setting, indent = self._inset(slot, unit.insets[slot.inset], width)
            left += indent
        else:
            box = {SlotKind.JUMP: unit.jump, SlotKind.AGAIN: unit.again, SlotKind.BAND: unit.band}[slot.kind]
            setting = self._numbered(box, unit, slot, width)
        if setting is not None:
            yield Portion(setting.matter, setting.of, 0, len(setting.matter.rows), left, slot.line)

    def _inset(self, slot: Slot, inset: FigureBox | Engine, width: float) -> tuple[Setting, float]:
        """Return a picture or a table as it is planned, and how far it stands from the edge of its columns."""
        if not isinstance(inset, FigureBox) and is_panel(inset):
            box = framed(self._foundry, inset, width, slot.lines)
            return Setting(inset, self._foundry.set_whole(box, width), width), 0.0
        if not isinstance(inset, FigureBox):
            return Setting(inset, self._foundry.set(inset, width), width), 0.0
        own = slot.picture * self._foundry.leading / (inset.shape or 1.0)
        if inset.is_whole and own < width:
            # One that is shown whole is narrower where it is lower; its cutline stands below it.
            matter = inset.set(own, slot.picture)
            if matter.lines <= slot.lines:
                return Setting(inset.box, matter, own), (width - own) / 2
        return Setting(inset.box, inset.set(width, slot.picture), width), 0.0

    def _numbered(self, box: Engine, unit: NewsUnit, slot: Slot, width: float) -> Setting | None:
        """Return a jump line, or the head of what is continued, with the number of the page that it names."""
        if box is None:
            return None
        if slot.page:
            fill_in_pages(self._foundry, {**self._begins, f"{unit.anchor}-elsewhere": slot.page})
        return Setting(box, self._foundry.set(box, width), width)

    def _of_rule(self, rule: ColumnRule) -> Iterator[Portion]:
        leading = self._foundry.leading
        name, height = ("across-rule", leading) if rule.span else ("down-rule", rule.lines * leading)
        box = self._page_rules[name]
        if box is None:
            return
        width = self._columns.width(rule.span) if rule.span else self._columns.gap / 2
        matter = self._foundry.set(as_high(box, height), width)
        left = self._columns.left(rule.column) - (0 if rule.span else self._columns.gap / 2)
        line = rule.line + (rule.lines / 2 if rule.span else 0)
        yield Portion(matter, box, 0, len(matter.rows), left, line)


def _text_portions(slot: Slot, unit: NewsUnit, left: float) -> Iterator[Portion]:
    """Yield the texts of a column, each as far as it stands there, cut where blank lines are added."""
    line, spread = slot.line, dict(slot.spread)
    rows = unit.unit.rows
    for text in unit.texts:
        first, last = max(slot.first, text.first), min(slot.last, text.first + len(text.matter.rows))
        while first < last:
            line += (rows[first].space if first > slot.first else 0) + spread.get(first, 0)
            end = min([last, *(row for row in spread if first < row < last)])
            yield Portion(text.matter, text.of, first - text.first, end - text.first, left, line)
            line += lines_of(rows[first:end])
            first = end


def compose_newspaper(page: Engine, fonts: Engine, options: Mapping[str, object], made: PagePlan) -> Engine:
    """Return a document laid out in pages of modules."""
    foundry = Foundry(page, fonts, options)
    fill_in_unknown(foundry)
    name = str(foundry.body.style["page"])
    press = Press(foundry, "" if name == "auto" else name)
    area = press.area(1)
    gap = made.gap * foundry.em
    column = made.column * foundry.em
    count = max(1, min(made.columns, int((area.width + gap) / (column + gap) + 0.01)))
    columns = Columns(count, gap, area.width)
    foundry.highest = 0.5 * area.lines
    return Newspaper(foundry, press, columns, area.lines, Reader(foundry, columns, area.lines, made.heads)).pages()
