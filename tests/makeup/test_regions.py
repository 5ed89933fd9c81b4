"""Laws of text in columns side by side, and what is worth most to it."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from makeup.test_columns import HEAD, HEIGHT, Setter, height_of, paragraph, texts_read
from newsbook.writers.pdf.makeup.columns import plan
from newsbook.writers.pdf.makeup.pieces import Column, Illustration, Placing, RunningText, Size, Text, TextRow

CROSSHEAD = Text((TextRow(1, 1), TextRow(1, may_begin=False)), narrow=2)
COLOPHON = Text((TextRow(1, 1, may_begin=False),))
GAP = 0.04
GAPS = {2: GAP, 3: GAP}


def narrow(lines: int, columns: int = 2) -> Text:
    return replace(paragraph(lines), plain=False, narrow=columns)


def sizes(share: float) -> tuple[Size, ...]:
    return tuple(Size(lines, lines - 1, abs(lines - 6) / 4, share) for lines in range(4, 9))


@st.composite
def running_texts(draw: st.DrawFn) -> RunningText:
    texts, illustrations = list[Text](), list[Illustration]()
    for _ in range(draw(st.integers(1, 3))):
        columns = draw(st.integers(2, 3))
        share = (1 - GAP * (columns - 1)) / columns
        spanning = tuple(sizes(span * share + (span - 1) * GAP) for span in range(1, columns))
        first = len(texts)
        opens = draw(st.sampled_from(["run-on", "page", "fresh"]))
        texts.append(Text(HEAD.rows, HEAD.below, opens, rise=1, sink=2))
        for _ in range(draw(st.integers(1, 10))):
            kind = draw(st.sampled_from(["text", "text", "text", "crosshead", "wide"]))
            made = {"crosshead": replace(CROSSHEAD, narrow=columns), "wide": Text((TextRow(3, 1),), below=1)}
            texts.append(made.get(kind) or narrow(draw(st.integers(1, 12)), columns))
        texts.append(COLOPHON)
        opening = draw(st.sampled_from([(), sizes(1.0)]))
        for anchor in sorted(draw(st.lists(st.integers(first + 1, len(texts) - 1), max_size=2))):
            place = anchor, first + 1, len(texts) - 1
            illustrations.append(Illustration(*place, sizes(1.0), spanning=spanning, opening=opening))
            opening = ()
    return RunningText(tuple(texts), tuple(illustrations), GAPS)


def lines_of(one: Placing, setter: Setter) -> tuple[int, int]:
    return one.line, one.line + height_of(one, setter)


def overlap(one: Placing, other: Placing, setter: Setter) -> bool:
    share = [each.share if each.share < 1 or each.size is None else each.size.share for each in (one, other)]
    left = [each.left if each.share < 1 else (1 - part) / 2 for each, part in zip((one, other), share, strict=True)]
    beside = left[0] + share[0] <= left[1] + 1e-9 or left[1] + share[1] <= left[0] + 1e-9
    above, below = lines_of(one, setter), lines_of(other, setter)
    return not (beside or above[1] <= below[0] or below[1] <= above[0])


@settings(max_examples=30, deadline=None)
@given(running_texts())
def test_everything_stands_once_in_its_order_and_nothing_over_anything(running: RunningText) -> None:
    setter = Setter(running.texts)
    columns = plan(running, (HEIGHT,), setter)
    assert texts_read(columns) == list(range(len(running.texts)))
    read: defaultdict[int, list[int]] = defaultdict(list)
    for column in columns:
        for number, one in enumerate(column.placed):
            assert not any(overlap(one, other, setter) for other in column.placed[:number])
            assert 0 <= one.left <= one.left + one.share <= 1 + 1e-9
            assert one.line + height_of(one, setter) <= HEIGHT
            if one.illustration < 0:
                read[one.text] += range(one.first, one.last)
    assert all(read[number] == list(range(len(text.rows))) for number, text in enumerate(running.texts))
    shown = [one.illustration for column in columns for one in column.placed if one.illustration >= 0]
    assert shown == list(range(len(running.illustrations)))


@settings(max_examples=30, deadline=None)
@given(running_texts())
def test_no_column_begins_or_ends_where_it_may_not(running: RunningText) -> None:
    setter = Setter(running.texts)
    for column in plan(running, (HEIGHT,), setter):
        heads: dict[float, Placing] = {}
        for one in column.placed:
            if one.illustration < 0 and running.texts[one.text].narrow and one.left and one.left not in heads:
                heads[one.left] = one
                assert running.texts[one.text].rows[one.first].may_begin


def ends(column: Column, setter: Setter) -> list[int]:
    """Return the lines in which the columns of a page end, colophons and heads apart."""
    low: dict[float, int] = {}
    for one in column.placed:
        if one.share < 1:
            low[round(one.left, 3)] = max(low.get(round(one.left, 3), 0), lines_of(one, setter)[1])
    return list(low.values())


@pytest.mark.parametrize("lines", [(9, 7, 12), (11, 11), (5, 6, 7, 8, 9, 10), (4, 6, 4, 6)])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_end_together(lines: tuple[int, ...], count: int) -> None:
    texts = (HEAD, *(narrow(each, count) for each in lines), COLOPHON)
    setter = Setter(texts)
    for column in plan(RunningText(texts, (), GAPS), (HEIGHT,), setter):
        low = ends(column, setter)
        assert len(low) == count
        assert max(low) - min(low) <= (1 if count == 2 else 2)


def test_columns_end_together_below_and_beside_an_illustration() -> None:
    spanning = (sizes(0.48),)
    texts = (HEAD, narrow(9), narrow(9), narrow(9), COLOPHON)
    running = RunningText(texts, (Illustration(2, 1, 4, (Size(12, 11, 9.0),), spanning=spanning),), GAPS)
    setter = Setter(texts)
    (column,) = plan(running, (30,), setter)
    (shown,) = (one for one in column.placed if one.illustration == 0)
    assert shown.share == 0.48
    low = ends(column, setter)
    assert max(low) - min(low) <= 1


def test_what_is_higher_than_a_page_stands_alone() -> None:
    texts = (HEAD, Text((TextRow(30),), narrow=2), narrow(3), COLOPHON)
    columns = plan(RunningText(texts, (), GAPS), (HEIGHT,), Setter(texts))
    assert texts_read(columns) == [0, 1, 2, 3]


def test_a_feature_begins_a_page_below_its_picture_where_the_page_before_is_full() -> None:
    opening = tuple(Size(lines, lines - 1, 0.0, 1.0) for lines in range(8, 13))
    feature = replace(HEAD, opens="fresh")
    full = (HEAD, narrow(2 * (HEIGHT - sum(row.lines for row in HEAD.rows) - HEAD.below - 2)), COLOPHON)
    for story, begins in ((full, 1), ((HEAD, narrow(8), COLOPHON), 0)):
        texts = (*story, feature, narrow(8), COLOPHON)
        place = len(story) + 1, len(story) + 1, len(texts) - 1
        shown = Illustration(*place, (Size(8, 7),), spanning=(sizes(0.48),), opening=opening)
        columns = plan(RunningText(texts, (shown,), GAPS), (HEIGHT,), Setter(texts))
        page = next(number for number, one in enumerate(columns) if any(each.text == len(story) for each in one.placed))
        assert page == begins
        if begins:
            head, picture, *_ = columns[page].placed
            assert (head.text, picture.illustration, picture.line) == (len(story), 0, 0)
            assert head.line > picture.size.lines  # type: ignore[union-attr]


def test_a_list_that_is_kept_goes_overleaf_whole() -> None:
    kept = Text((TextRow(1),) * 24, narrow=2, kept=True)
    texts = (Text((TextRow(10),)), kept, narrow(8))
    columns = plan(RunningText(texts, (), GAPS), (HEIGHT,), Setter(texts))
    assert [sorted({one.text for one in column.placed}) for column in columns] == [[0], [1, 2]]
    loose = (texts[0], replace(kept, kept=False), texts[2])
    assert 1 in {one.text for one in plan(RunningText(loose, (), GAPS), (HEIGHT,), Setter(loose))[0].placed}
