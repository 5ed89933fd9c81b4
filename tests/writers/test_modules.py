"""The laws of a newspaper's pages: nothing overlaps, nothing is lost, and every page is full."""

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbook.writers.pdf.makeup.insets import seatings
from newsbook.writers.pdf.makeup.modules import ModularPage, plan
from newsbook.writers.pdf.makeup.pieces import TextRow
from newsbook.writers.pdf.makeup.placing import Slot, SlotKind
from newsbook.writers.pdf.makeup.units import Inset, Sheet, Unit, UnitKind

# A3 with five columns of 15 em in lines of 13 pt; its smaller sheets are sixteenths of it lower each.
A3 = Sheet(5, 82, 9, 10.4, 1.9, tuple(range(17, 82, 6)))


def heads(columns: int, ems: int) -> tuple[int, ...]:
    sizes = (1.8, 2.2, 2.7, 2.9, 3.6, 3.6)
    lines = (2, 2, 3, 3, 4, 4)
    return tuple(
        -(-ems // int((span * 15 + (span - 1) * 2.8) / sizes[span - 1])) * lines[span - 1] + 2
        for span in range(1, columns + 1)
    )


def paragraphs(lengths: Sequence[int], *, foot: int) -> tuple[TextRow, ...]:
    rows = []
    for number, length in enumerate(lengths):
        if number and number % 5 == 0:
            rows.append(TextRow(1, 1))
        rows += [TextRow(1, 0, may_begin=k != length - 1 or length == 1) for k in range(length)]
    return (*rows, TextRow(foot, 0, may_begin=not rows))


def issue(articles: int, seed: int, pictures: str, columns: int = 5) -> tuple[Unit, ...]:
    """Return an issue of stories of many lengths, every fifth a notice, with contents and back."""
    chance = random.Random(seed)  # noqa: S311 - the same issue every time.
    units = []
    for number in range(1, articles + 1):
        is_brief = number % 5 == 4
        lengths = [chance.randint(3, 6) for _ in range(1 if is_brief else chance.choice([3, 5, 8, 12, 18]))]
        count = {"none": 0, "some": chance.choice([0, 1, 1, 2, 3]), "many": chance.choice([2, 3, 4, 5])}[pictures]
        rows = paragraphs(lengths, foot=2)
        shapes = [chance.choice([0.67, 0.44, 1.33, 1.86, 1.0, 0.3]) for _ in range(0 if is_brief else count)]
        insets = [Inset((2,) + (1,) * (columns - 1), shape, anchor=chance.randrange(len(rows))) for shape in shapes]
        kind = UnitKind.BRIEF if is_brief else UnitKind.STORY
        head = heads(columns, 55 if number % 7 == 0 else 14)
        units.append(Unit(head, rows, tuple(sorted(insets, key=lambda one: one.anchor)), (2,) * columns, kind))
    entries = tuple(TextRow(chance.choice([1, 2, 2, 4])) for _ in units)
    sources = (*(TextRow(1) for _ in units), TextRow(4, 1))
    back = Unit((2,) * columns, sources, again=(2,) * columns, kind=UnitKind.BACK, jump=0, measure=columns)
    return (*units, Unit((2,) * columns, entries, kind=UnitKind.CONTENTS), back)


def assert_lawful(pages: Sequence[ModularPage], units: Sequence[Unit], sheet: Sheet) -> None:
    for number, page in enumerate(pages):
        assert page.lines in {sheet.lines, *sheet.smaller}
        top = 0 if number else sheet.nameplate
        taken: set[tuple[int, int]] = set()
        for slot in page.slots:
            assert slot.column >= 0
            assert slot.column + slot.span <= sheet.columns
            assert top <= slot.line <= slot.line + slot.lines <= page.lines
            cells = set(cells_of(slot))
            assert not cells & taken, f"{slot} stands on another"
            taken |= cells
    for number, unit in enumerate(units):
        assert_whole(number, unit, [[one for one in page.slots if one.unit == number] for page in pages])


def cells_of(slot: Slot) -> Iterator[tuple[int, int]]:
    for column in range(slot.column, slot.column + slot.span):
        yield from ((column, line) for line in range(slot.line, slot.line + slot.lines))


def assert_whole(number: int, unit: Unit, pages: Sequence[Sequence[Slot]]) -> None:
    """Assert that each piece of some unit is placed once, in order, in the lines that it needs."""
    texts = [slot for page in pages for slot in page if slot.kind is SlotKind.TEXT]
    ends = [0, *(slot.last for slot in texts)]
    assert [slot.first for slot in texts] == ends[:-1]
    if unit.kind is UnitKind.CONTENTS:
        assert ends[-1] <= len(unit.rows)
        return
    assert ends[-1] == len(unit.rows)
    for slot in texts:
        assert not slot.first or unit.rows[slot.first].may_begin
        assert lines_of(slot, unit) <= slot.lines
    insets = sorted(slot.inset for page in pages for slot in page if slot.kind is SlotKind.INSET)
    assert insets == list(range(len(unit.insets)))
    for slot in (slot for page in pages for slot in page if slot.kind is SlotKind.INSET):
        inset = unit.insets[slot.inset]
        assert slot.lines == slot.picture + inset.cutlines[slot.span - 1]
        assert bool(slot.picture) == bool(inset.ratio)
    assert_jumps(number, pages)


def lines_of(slot: Slot, unit: Unit) -> int:
    spread = dict(slot.spread)
    rows = unit.rows[slot.first : slot.last]
    spaces = sum(row.space + spread.get(slot.first + k, 0) for k, row in enumerate(rows) if k)
    return spaces + sum(row.lines for row in rows)


def assert_jumps(number: int, pages: Sequence[Sequence[Slot]]) -> None:
    """Assert that a story that is continued says where, and where it came from."""
    on = [page for page, slots in enumerate(pages, 1) if slots]
    for one, other in pairwise(on):
        jumps = [slot.page for slot in pages[one - 1] if slot.kind is SlotKind.JUMP]
        again = [slot.page for slot in pages[other - 1] if slot.kind is SlotKind.AGAIN]
        assert jumps in ([other], []), number
        assert again in ([one], []), number
        assert len(jumps) == len(again) or not jumps


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    lines = draw(st.integers(50, 110))
    return Sheet(draw(st.integers(3, 6)), lines, draw(st.integers(0, 10)), 10.4, 1.9, (lines // 2, lines * 3 // 4))


@st.composite
def stories(draw: st.DrawFn, columns: int) -> Unit:
    lengths = draw(st.lists(st.integers(1, 7), min_size=0, max_size=24))
    rows = paragraphs(lengths, foot=draw(st.integers(1, 3)))
    shapes = st.one_of(st.floats(0.1, 4.0), st.just(0.0))
    insets = [
        Inset(tuple(draw(st.integers(1, 4)) for _ in range(columns)), shape, draw(st.booleans()), min(k, len(rows) - 1))
        for k, shape in enumerate(draw(st.lists(shapes, max_size=6)))
    ]
    kind = UnitKind.BRIEF if not insets and len(rows) < 10 else UnitKind.STORY
    return Unit(heads(columns, draw(st.integers(2, 60))), rows, tuple(insets), (2,) * columns, kind)


@st.composite
def issues(draw: st.DrawFn) -> tuple[Sheet, tuple[Unit, ...]]:
    sheet = draw(sheets())
    units = draw(st.lists(stories(sheet.columns), min_size=1, max_size=9))
    whole = issue(len(units), 1, "none", sheet.columns)[-2:]
    return sheet, (*units, *whole[draw(st.integers(0, 1)) :])


@given(issues())
@settings(max_examples=60, deadline=None)
def test_nothing_overlaps_and_nothing_is_lost(made: tuple[Sheet, tuple[Unit, ...]]) -> None:
    sheet, units = made
    pages = plan(units, sheet)
    assert_lawful(pages, units, sheet)
    assert plan(units, sheet) == pages


@pytest.mark.parametrize("pictures", ["none", "some", "many"])
@pytest.mark.parametrize("articles", [1, 2, 8, 14, 40])
def test_every_page_is_full(articles: int, pictures: str) -> None:
    for seed in (1, 2):
        units = issue(articles, seed, pictures)
        pages = plan(units, A3)
        assert_lawful(pages, units, A3)
        whites = [white(page, units, A3.nameplate if page is pages[0] else 0) for page in pages]
        assert max(whites[:-1], default=0) <= 0.08
        assert whites[-1] <= 0.2 or articles < 3
        assert max(slot.line + slot.lines for slot in pages[-1].slots) >= 0.85 * pages[-1].lines or articles < 3


def white(page: ModularPage, units: Sequence[Unit], top: int) -> float:
    """Return the share of a page on which there is neither type nor picture nor rule."""
    taken = sum(rule.span * rule.lines for rule in page.rules)
    for slot in page.slots:
        is_text = slot.kind is SlotKind.TEXT
        taken += slot.span * (lines_of(slot, units[slot.unit]) if is_text else slot.lines)
    return 1 - taken / ((page.lines - top) * A3.columns)


def test_a_long_issue_has_contents_of_what_fits() -> None:
    units = issue(150, 4, "none")
    pages = plan(units, A3)
    assert_lawful(pages, units, A3)
    listed = [slot for slot in pages[0].slots if units[slot.unit].kind is UnitKind.CONTENTS]
    assert listed
    assert {slot.kind for slot in listed} == {SlotKind.HEAD, SlotKind.TEXT}


HANDBILL = Sheet(3, 55, 10, 10.4, 1.9, tuple(range(15, 55, 4)))


def lone(lines: int) -> tuple[Unit, ...]:
    """Return a lone story of so many lines, with the imprint behind it."""
    story = Unit((3, 3, 4), paragraphs([4] * (lines // 4), foot=1), again=(2, 2, 2))
    return story, Unit((0, 0, 0), (TextRow(6),), again=(0, 0, 0), kind=UnitKind.BACK, jump=0)


@pytest.mark.parametrize("lines", [150, 2700])
def test_a_story_goes_on_over_as_many_pages_as_it_takes(lines: int) -> None:
    units = lone(lines)
    assert_lawful(plan(units, HANDBILL), units, HANDBILL)


@pytest.mark.parametrize("lines", range(100, 200, 12))
def test_no_story_is_continued_behind_the_back(lines: int) -> None:
    *before, last = plan(lone(lines), HANDBILL)
    assert not any(slot.unit == 1 for page in before for slot in page.slots)
    assert any(slot.unit == 1 for slot in last.slots)


@pytest.mark.parametrize("span", [2, 3, 4, 5])
def test_the_pictures_of_a_story_are_come_upon_in_their_order(span: int) -> None:
    """From the left in a row, from above in a column, and those at the head before those at the foot below them."""
    sheet = Sheet(columns=5, lines=80, nameplate=0, column=13, gutter=1)
    for ratios in product((0.5, 1.0, 1.5), repeat=3):
        insets = tuple(Inset((1,) * 5, ratio * 0.6) for ratio in ratios)
        _, seats = min(seatings(insets, 0, span, sheet, 2), key=lambda way: way[0])
        for one, other in combinations(seats, 2):
            is_left = other.column + other.span <= one.column and other.is_top >= one.is_top
            shares = one.column < other.column + other.span and other.column < one.column + one.span
            assert not is_left
            assert not (shares and not one.is_top)
