"""No paragraph ends in a line of a single character where another choice of lines avoids it without being seen."""

import random

import pytest

from newsbook.cjk import Kind
from newsbook.writers.pdf.breaking import Measure, break_lines
from newsbook.writers.pdf.engine.pango import breaks_of
from newsbook.writers.pdf.spacing import HorizontalList, in_squares

WORDS = {
    "zh-Hans": "渡口 老街 早市 开张 街坊 小书房 摆渡船 江面 学生 台阶 一 灯 水 《渡口志》 “慢读” 12 EPUB",
    "zh-Hant": "渡口 老街 早市 開張 街坊 小書房 擺渡船 江面 學生 臺階 一 燈 水 《渡口志》 「慢讀」 12 EPUB",
    "ja": "港町の 駅舎が 春に 図書室 へと 町内会 人が 集まる 場所は 一 灯 水 『渡し場の記』 「駅」 12 EPUB",
}

# To avoid it, Han characters may be parted by an eighth of an em, which is half of what is asked of any line.
SEEN = 0.125


def paragraph(chance: random.Random, language: str) -> str:
    """Return invented clauses, some of them long and without anything that gives way."""
    clauses = ["".join(chance.choices(WORDS[language].split(), k=chance.randint(2, 12))) for _ in range(7)]
    marks = chance.choices(["，", "、", "……", "。"], k=chance.randint(0, 6))
    return "".join(clause + mark for clause, mark in zip(clauses, [*marks, "。"], strict=False))


def hlist(text: str, language: str) -> HorizontalList:
    return HorizontalList(in_squares(text, language), [*breaks_of(text, language), len(text)])


def is_widow(row: HorizontalList, start: int) -> bool:
    return start > 0 and sum(one.kind in {Kind.HAN, Kind.LATIN} for one in row.characters[start:]) == 1


def parted(row: HorizontalList, start: int, at: int, width: float) -> float | None:
    """Return how far Han characters of a line that ends at a break are parted, in ems; None if it cannot be that."""
    stop = row.breaks[at]
    lengths = {row.ends[at] - row.width[start] - row.trim(start) - trim for trim in (0, row.trims[at])}
    gives, grows, solid = (
        sums[stop - 1] - sums[start]
        for sums in (
            [one + two for one, two in zip(row.blank_shrinks, row.mark_shrinks, strict=True)],
            row.blank_grows,
            row.solid,
        )
    )
    parts = [max(0.0, width - grows - length) for length in lengths if length - gives <= width]
    return min((part / solid if solid else part and 1.0 for part in parts), default=None)


def least_parted(row: HorizontalList, measure: Measure) -> float:
    """Return how far some line must part its Han characters in the best of all settings without a widow."""
    best = {0: 0.0}
    for start in sorted({0, *row.breaks[:-1]}):
        width = measure.rest if start else measure.first
        for at in range(row.next_break(start), len(row.breaks)):
            if start not in best or row.ends[at] - row.width[start] > width + 6:
                break
            stop = row.breaks[at]
            is_last = stop == row.length and row.ends[at] - row.width[start] - row.trim(start) <= width
            part = (1.0 if is_widow(row, start) else 0.0) if is_last else parted(row, start, at, width)
            if part is not None:
                best[stop] = min(best.get(stop, 1.0), max(best[start], part))
    return best.get(row.length, 1.0)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("ems", [15, 20, 28, 40])
def test_a_widow_that_can_be_avoided_is(language: str, ems: int) -> None:
    chance = random.Random(ems)  # noqa: S311 - text to set, no secret.
    measure = Measure(ems - 2, ems)
    for _ in range(100):
        row = hlist(paragraph(chance, language), language)
        lines = break_lines(row, 0, measure)
        if is_widow(row, lines[-1].start):
            assert least_parted(row, measure) > SEEN, row.text


def test_two_characters_are_sent_after_a_third() -> None:
    """A line two ems short was not looked at, and the last character of this stood alone."""
    text = "說渡口的舊事、看江上的燈火、嘗老街的豆花、走過長堤的……渡口街坊會的小書房今年春天添了十二盞燈和長桌又多書。"
    row = hlist(text, "zh-Hant")
    assert least_parted(row, Measure(26, 28)) < SEEN
    assert row.text[break_lines(row, 0, Measure(26, 28))[-1].start :] == "多書。"
