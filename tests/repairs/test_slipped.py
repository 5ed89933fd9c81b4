"""Slipped runs, one way of losing bytes after another: sentences of our own, with all keys and all cuts of a mirror."""

import pytest

from damage import Harm, changed, inflicted, straddling_hits, traditional
from newsbook.model import Copy, Line, Source
from newsbook.repairs import repair
from newsbook.repairs.slipped.quotes import hear_all
from newsbook.repairs.slipped.runedits import edits_of
from newsbook.repairs.slipped.runs import RunChoice, SlippedRun

# The page shows by this line what was done to it.
_PAGE = "网络上的网友说，社区的业主都在网上，这几个问题还没有发现。"


def mended(sentence: str, *, drops: bool = False) -> tuple[str, Copy]:
    """Damage a page of `_PAGE` and `sentence`, and return the second line before and the page after its repair."""
    text = f"{_PAGE}\n{sentence}"
    raw = inflicted(text, Harm(changed(text), straddling_hits(text), drops=drops))
    lines = tuple(Line(words, number) for number, words in enumerate(raw.split("\n"), 1))
    return lines[1].text, repair(Copy(lines, Source(name="page.txt")), print)


@pytest.mark.parametrize("drops", [False, True], ids=["kept", "dropped"])
@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("岸边的渔船全部停开，新的航标还没有到。", id="no slip"),
        pytest.param("老人说：“船修好了。”他们都笑了。", id="cut, and a dropped pair"),
        pytest.param("国务院副秘书长来过渡口镇。", id="split by a key, and a dropped pair"),
        pytest.param("当地政府和渔民一起修好了码头。", id="dropped pairs in a row"),
        pytest.param("镇里拿出一间房，给孩子和老人带来了书。", id="two bytes that are no pair, between two brackets"),
        pytest.param("人民剧场、市工人俱乐部都坐满了。", id="a character lost whole"),
        pytest.param("新的进展。海协会的人也来了。", id="a bracket behind the last byte"),
        pytest.param("这位老师傅是个规矩人，沿着河边走。", id="the particle"),
        pytest.param("老人说：“船修好了。”那家Tom店开了。", id="a letter behind the run, read as a part of it"),
        pytest.param("老人说：“船修好了。”她无事可做。", id="a compatibility ideograph, and a letter of the reading"),
        pytest.param("老人说：“船修好了。”那是（网友）的话。", id="one bracket of a pair in the run"),
    ],
)
def test_a_run_comes_back_to_the_character(sentence: str, *, drops: bool) -> None:
    shown, copy = mended(sentence, drops=drops)
    assert shown != sentence
    assert copy.lines[1].text == traditional(sentence).replace("沿著", "沿着")
    assert not copy.lines[1].doubts


@pytest.mark.parametrize(
    "sentence",
    ["大家的努力没有失败，但路还长。", "我们的生活更加美好。可是，雨还在下。"],
)
def test_a_last_byte_of_eighty_is_told_by_the_bracket_behind_it(sentence: str) -> None:
    shown, copy = mended(sentence)
    assert "?(hái)" in shown
    assert copy.lines[1].text == traditional(sentence)


def test_doubt_is_kept_to_the_character_that_it_belongs_to() -> None:
    _, copy = mended("他说：“明天开市。”4月10日，街上很热闹。")
    line = copy.lines[1]
    assert line.text == "他說：“明天開市。”?月10日，街上很熱鬧。"
    assert [line.text[start:end] for start, end in line.doubts] == ["?"]
    assert [(entry.before, entry.after) for entry in copy.source.repairs if entry.doubtful] == [("?", "")]


def test_a_question_mark_that_is_none_is_doubtful() -> None:
    lines = (
        Line("網(wǎng)絡上的網(wǎng)友說，社區(qū)的業(yè)主都在網(wǎng)上。", 1),
        Line("街上的人?\ue0d1\ue0d2龘來了。", 2),
    )
    copy = repair(Copy(lines, Source(name="page.txt")), print)
    assert copy.lines[1].doubts


def test_a_run_without_a_border_for_its_doubt_is_doubtful_as_a_whole() -> None:
    choices = (RunChoice(1, "甲", 0.5), RunChoice(1, "乙", 9.0))
    (edit,) = edits_of(SlippedRun(0, 1, choices))
    assert (edit.start, edit.end, edit.text, edit.doubtful) == (0, 1, "甲乙", True)


def test_sure_choices_between_doubtful_ones_are_put_back() -> None:
    choices = (RunChoice(1, "甲", 0.5), RunChoice(2, "乙", 9.0), RunChoice(3, "丙", 9.0), RunChoice(4, "丁", 1.0))
    found = [(edit.start, edit.end, edit.text, edit.doubtful) for edit in edits_of(SlippedRun(0, 5, choices))]
    assert found == [(0, 1, "甲", True), (1, 4, "乙丙", False), (4, 5, "丁", True)]


@pytest.mark.parametrize(
    ("text", "standing"), [("他說“好", "“"), ("他說“好”", ""), ("（見《渡口志》", "（"), ("他說“讀《志", "“《")]
)
def test_what_stands_open(text: str, standing: str) -> None:
    assert hear_all("", text) == standing
