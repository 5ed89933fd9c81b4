"""Laws of the plan of running text, and what is worth most to it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbook.writers.pdf.makeup.columns import plan
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
from newsbook.writers.pdf.makeup.sizes import Grid, PictureShape, beside

HEIGHT = 20


class Setter:
    """Sets a text beside an illustration in twice as many rows, each of one line."""

    def __init__(self, texts: tuple[Text, ...]) -> None:
        self.turns = [[text.rows] for text in texts]
        self.plain = [text.plain for text in texts]

    def rows(self, at: At) -> tuple[TextRow, ...]:
        return self.turns[at.text][at.turn]

    def beside(self, at: At, lines: int, share: float, end: int) -> Beside | None:
        rows = self.rows(at)[at.row :]
        if not self.plain[at.text] or at.text >= end or 2 * len(rows) < lines:
            return None
        narrow = (TextRow(1),) * (2 * len(rows))
        self.turns[at.text] += [narrow, narrow[lines:][::2]]
        turn = len(self.turns[at.text]) - 2
        placed = Placing(0, at.text, turn, 0, lines, share=1 - share)
        is_whole = lines == len(narrow)
        return Beside((placed,), At(at.text + 1) if is_whole else At(at.text, 0, turn + 1))


def paragraph(lines: int) -> Text:
    rows = tuple(TextRow(1, may_begin=number != 1 and (lines - number != 1 or lines == 1)) for number in range(lines))
    return Text(rows, plain=True)


HEAD = Text((TextRow(3, 2),), below=1, opens="run-on")


@st.composite
def running_texts(draw: st.DrawFn) -> RunningText:
    texts, illustrations = list[Text](), list[Illustration]()
    for _ in range(draw(st.integers(1, 4))):
        first = len(texts)
        texts.append(Text(HEAD.rows, HEAD.below, draw(st.sampled_from(["run-on", "page"])), rise=1, sink=2))
        texts += [paragraph(draw(st.integers(1, 9))) for _ in range(draw(st.integers(1, 8)))]
        texts.append(Text((TextRow(1, 1, may_begin=False),)))
        anchors = sorted(draw(st.lists(st.integers(first + 1, len(texts) - 1), max_size=3)))
        for anchor in anchors:
            sizes = tuple(Size(lines, lines - 1, abs(lines - 7) / 4) for lines in range(4, 10))
            beside = (Size(6, 5, 0.3, 0.4),) if draw(st.booleans()) else ()
            illustrations.append(Illustration(anchor, first + 1, len(texts) - 1, sizes, beside))
    return RunningText(tuple(texts), tuple(illustrations))


def height_of(placing: Placing, setter: Setter) -> int:
    if placing.size is not None:
        return placing.size.lines
    rows = setter.turns[placing.text][placing.turn][placing.first : placing.last]
    return sum(row.lines + (row.space if number else 0) for number, row in enumerate(rows))


def texts_read(columns: tuple[Column, ...]) -> list[int]:
    read = [one.text for column in columns for one in column.placed if one.size is None]
    return [text for number, text in enumerate(read) if not number or read[number - 1] != text]


@settings(max_examples=60, deadline=None)
@given(running_texts())
def test_everything_stands_once_in_its_order_and_nothing_over_anything(running: RunningText) -> None:
    setter = Setter(running.texts)
    columns = plan(running, (HEIGHT,), setter)
    assert texts_read(columns) == list(range(len(running.texts)))
    shown = [one.illustration for column in columns for one in column.placed if one.illustration >= 0]
    assert shown == list(range(len(running.illustrations)))
    for column in columns:
        for one, other in pairwise(column.placed):
            beside = one.size is not None and one.share < 1
            assert beside or other.line >= one.line + height_of(one, setter)
        for one in column.placed:
            rise = running.texts[one.text].rise if one.text >= 0 else 0
            assert -rise <= one.line <= HEIGHT - height_of(one, setter)


@settings(max_examples=60, deadline=None)
@given(running_texts())
def test_an_illustration_stays_in_its_story(running: RunningText) -> None:
    last = -1
    for column in plan(running, (HEIGHT,), Setter(running.texts)):
        for one in column.placed:
            if one.illustration >= 0:
                figure = running.illustrations[one.illustration]
                assert figure.low - 1 <= last < figure.high
            last = one.text if one.illustration < 0 else last


def test_text_runs_on_above_an_illustration_that_finds_no_room_below() -> None:
    running = RunningText(
        (HEAD, paragraph(14), paragraph(12), paragraph(8)), (Illustration(2, 1, 4, (Size(8, 7), Size(9, 8))),)
    )
    first, *_ = plan(running, (HEIGHT,), Setter(running.texts))
    assert max(one.line + height_of(one, Setter(running.texts)) for one in first.placed) == HEIGHT


def test_text_stands_beside_a_tall_illustration() -> None:
    tall = Illustration(1, 1, 3, (Size(18, 17, 8.0),), (Size(10, 9, 0.0, 0.4),))
    running = RunningText((HEAD, paragraph(9), paragraph(9)), (tall,))
    (column, *_) = plan(running, (HEIGHT,), Setter(running.texts))
    shown = next(one for one in column.placed if one.illustration == 0)
    assert shown.share == 0.4
    assert any(one.line == shown.line and one.text >= 0 for one in column.placed)


@pytest.mark.parametrize("rows", [(TextRow(30),), (TextRow(12, may_begin=False),) * 3])
def test_what_has_room_in_no_column_is_divided_or_stands_alone(rows: tuple[TextRow, ...]) -> None:
    texts = (HEAD, Text(rows), paragraph(3))
    columns = plan(RunningText(texts, ()), (HEIGHT,), Setter(texts))
    assert texts_read(columns) == [0, 1, 2]


def test_a_story_on_a_page_of_its_own_does_not_end_in_a_line_overleaf() -> None:
    opening = Text((TextRow(8),), below=2, opens="page", rise=3, sink=3)
    texts = (opening, paragraph(11), Text((TextRow(1, 1, may_begin=False),)), opening, paragraph(5))
    columns = plan(RunningText(texts, ()), (HEIGHT,), Setter(texts))
    assert len(columns) == 2


def test_no_illustration_parts_a_crosshead_from_its_text() -> None:
    crosshead = Text((TextRow(1, 1),), leads=True)
    held = Text((TextRow(1, may_begin=False), *(TextRow(1) for _ in range(5))))
    texts = (HEAD, paragraph(4), crosshead, held)
    columns = plan(RunningText(texts, (Illustration(3, 1, 4, (Size(5, 4),)),)), (HEIGHT,), Setter(texts))
    placed = [one for column in columns for one in column.placed]
    assert [one.text for one, other in pairwise(placed) if other.illustration == 0] != [2]


def test_a_storys_text_may_be_full_before_its_last_illustration() -> None:
    texts = (HEAD, Text((TextRow(15),)), Text((TextRow(1, 1, may_begin=False),)))
    columns = plan(RunningText(texts, (Illustration(1, 1, 2, (Size(10, 9),)),)), (HEIGHT,), Setter(texts))
    assert [[one.text for one in column.placed] for column in columns] == [[0, 1], [-1, 2]]


def test_rows_in_small_type_take_what_they_are_high_and_no_more() -> None:
    texts = (HEAD, Text((TextRow(2, true_lines=1.25),) * 12), paragraph(1))
    columns = plan(RunningText(texts, ()), (HEIGHT,), Setter(texts))
    assert [(one.text, one.line) for one in columns[0].placed] == [(0, 0), (1, 4), (2, 19)]


def test_a_wide_picture_stands_in_the_corner_of_a_vertical_page() -> None:
    # Lying on its side, as the page is laid out: 42 em by 17 lines.
    grid = Grid(24.0, 17, 0.07, 0.26, 0.5)
    for ratio in (0.6, 1.5, 3.3):
        sizes = beside(PictureShape(ratio, 1.0, is_whole=False, is_long=False, cutline=lambda _: 1), grid)
        assert sizes
        assert all(size.lines <= grid.lines and size.share <= 1 - grid.gap - grid.text for size in sizes)
