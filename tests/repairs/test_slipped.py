"""Slipped runs, one way of losing bytes after another: sentences of our own, with all keys and all cuts of a mirror."""

import pytest

from damage import Harm, changed, inflicted, straddling_hits, traditional
from newsbook.model import Copy, Line, Source
from newsbook.repairs import engine, repair
from newsbook.repairs.slipped.beamsearch import Choice
from newsbook.repairs.slipped.candidates import Evidence
from newsbook.repairs.slipped.quotes import hear_all
from newsbook.repairs.slipped.runedits import edits_of
from newsbook.repairs.slipped.runs import RunChoice, SlippedRun
from newsbook.repairs.slipped.sureness import WEIGHTS, Chosen, clues, contradicted, unpaired

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


def test_two_bytes_amid_a_run_that_are_no_pair_leave_it_right_or_doubtful() -> None:
    _, copy = mended("新的进展。海协会的人也来了。")
    line = copy.lines[1]
    assert line.doubts or line.text == "新的進展。海協會的人也來了。"


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


def test_a_doubtful_run_is_doubtful_over_its_whole_length() -> None:
    choices = (RunChoice(1, "甲", 9.0), RunChoice(2, "乙", 0.5), RunChoice(3, "丙", 9.0))
    (edit,) = edits_of(SlippedRun(0, 4, choices, doubtful=True))
    assert (edit.start, edit.end, edit.text, edit.doubtful) == (0, 4, "甲乙丙", True)


def test_what_a_sure_run_took_along_is_a_doubt_of_its_own() -> None:
    choices = (RunChoice(1, "甲", 9.0), RunChoice(2, "乙", 9.0), RunChoice(2, "", 0.0))
    found = [(edit.start, edit.end, edit.text, edit.doubtful) for edit in edits_of(SlippedRun(0, 3, choices))]
    assert found == [(0, 2, "甲乙", False), (2, 3, "", True)]


def mended_line(*lines: str) -> tuple[Line, Copy]:
    """Repair a page of these lines, which shows what was done to it, and return its last line."""
    shown = "網(wǎng)絡上的網(wǎng)友說，社區(qū)的業(yè)主都在網(wǎng)上。"
    copy = Copy(tuple(Line(text, number) for number, text in enumerate((shown, *lines), 1)), Source(name="page.txt"))
    repaired = repair(copy, print)
    return repaired.lines[-1], repaired


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        pytest.param("足夠(gòu)?qū)W(wǎng)箱里的魚苗", "足夠對網箱里的魚苗", id="a pair outside of GBK was dropped"),
        pytest.param("鎮(zhèn)里給(gěi)技?:椭行W(xué)送去書", "鎮里給技校和中小學送去書", id="the same before a key"),
        pytest.param("我們(men)?nèi)タ創(chuàng)髮W(xué)里", "我們去看大學里", id="a simplified key in a run"),
        pytest.param("我們(men)去縿?chuàng)髮W(xué)里", "我們去看大學里", id="a simplified key in step"),
        pytest.param("扶持篇?dú)Эh", "扶持貧困縣", id="the same between characters that were changed"),
        pytest.param("去年P(guān)VC水管換(huàn)成了竹管", "去年PVC水管換成了竹管", id="a key of a letter"),
    ],
)
def test_the_mechanism_as_it_is_in_the_wild(line: str, clean: str) -> None:
    repaired, _ = mended_line(line)
    assert repaired.doubts or repaired.text == clean


def test_a_name_of_the_page_outranks_what_is_frequent() -> None:
    line, _ = mended_line(
        "今年二十三歲(suì)的樊若川從(cóng)小跟著(zhù)爺(yé)爺(yé)學(xué)修車(chē)。",
        "“現(xiàn)在終(zhōng)于輪(lún)到我來(lái)守著(zhù)它?!狈舸ㄕf(shuō),他要先把舊(jiù)賬(zhàng)本抄一遍。",
    )
    assert "。”樊若川說" in line.text


@pytest.mark.parametrize(
    ("line", "run"),
    [
        pytest.param(
            "守車(chē)的人說(shuō)軸(zhóu)裂開(kāi)??上玖显缫延猛?,只好先停。",
            "上玖显缫延猛?",
            id="losses, behind a sure stop",
        ),
        pytest.param("它就還(hái)你幾(jǐ)分穩(wěn)當(dāng)”?!裟现?", "裟现?", id="a signature"),
    ],
)
def test_what_rests_on_many_losses_is_marked_over_its_whole_length(line: str, run: str) -> None:
    repaired, _ = mended_line(line)
    assert [repaired.text[start:end] for start, end in repaired.doubts] == [run]


def chosen(text: str, start: int, end: int) -> Chosen:
    return Chosen(start, end, ((Choice(start, text, start, True, None), 20.0),))  # noqa: FBT003 - a field of the record.


def test_a_reading_in_a_bracket_behind_contradicts_what_was_read() -> None:
    assert contradicted(chosen("學", 0, 2), "?W(wǎng)") == len("?W(wǎng)")
    assert not contradicted(chosen("網", 0, 2), "?W(wǎng)")
    assert not contradicted(chosen("網", 0, 2), "?W上")


@pytest.mark.parametrize(
    ("text", "runs", "found"),
    [
        ("“甲?”乙", [chosen("。", 2, 3)], set()),
        ("甲?乙", [chosen("。”", 1, 2)], {0}),
        ("甲?乙", [chosen("。‘", 1, 2)], {0}),
        ("甲?乙”?", [chosen("：“", 1, 2), chosen("。", 4, 5)], set()),
        ("甲?乙《丙?丁", [chosen("子", 1, 2), chosen("知", 6, 7)], {1}),
        ("甲?乙）丙?丁", [chosen("子", 1, 2), chosen("知", 6, 7)], {0}),
        ("“甲?乙", [chosen("子", 2, 3)], set()),
    ],
)
def test_a_run_that_leaves_a_mark_without_its_partner(text: str, runs: list[Chosen], found: set[int]) -> None:
    assert unpaired(runs, text) == found


def test_what_is_not_shown_competes_with_what_is() -> None:
    _, copy = mended("具有重要的意义。”最近，我们对此事有了新的看法。", drops=True)
    line = copy.lines[1]
    assert line.doubts or "。”最近，我" in line.text


def test_a_mark_at_the_end_of_a_run_closes_what_stands_open() -> None:
    line, _ = mended_line("(人民日報?蠼炭莆牟扛敝魅?:這(zhè)本書(shū)很好。")
    assert line.doubts or "）：" in line.text


def test_every_clue_has_a_weight() -> None:
    page = engine._page(("網(wǎng)絡上的網(wǎng)友說，社區(qū)的業(yè)主都在網(wǎng)上。",))  # noqa: SLF001
    assert page is not None
    found = clues(chosen("。”新生", 2, 6), "他說?！毙律好", Evidence({}, {}), page)
    assert found.keys() == WEIGHTS.keys()
    assert min(found.values()) >= 0


@pytest.mark.parametrize(
    ("text", "standing"), [("他說“好", "“"), ("他說“好”", ""), ("（見《渡口志》", "（"), ("他說“讀《志", "“《")]
)
def test_what_stands_open(text: str, standing: str) -> None:
    assert hear_all("", text) == standing
