"""Repair, case by case; what holds for every page is in test_laws.py, and how often it succeeds in test_fidelity.py."""

import hashlib
from pathlib import Path

import pytest

from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Copy, Line, Source
from newsbook.repairs import repair

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "000_592a2307cdca17d4.txt"


def copy_of(text: str) -> Copy:
    lines = tuple(Line(words, number) for number, words in enumerate(text.split("\n"), 1))
    return Copy(lines, Source(name="page.txt"))


def mended(text: str) -> tuple[Copy, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return repair(copy_of(text), found.append), found


def shown(copy: Copy) -> str:
    return "\n".join(line.text for line in copy.lines)


@pytest.mark.parametrize(
    "text",
    [
        "他去了重庆(Chóngqìng)和成都(Chéngdū)。",
        "今天学三个字：网(wǎng)、页(yè)、区(qū)，每个字读三遍。",
        "你说什么?我不知道!真的(zhēn de)?",
        "價格是多少?三元。網(wǎng)路",
        "What is this? 這是什麼?",
        "訂閱網址 https://example.org/?q=網&a=b_c",
    ],
)
def test_what_only_looks_like_damage_is_left_alone(text: str) -> None:
    copy = copy_of(text)
    assert repair(copy, print) is copy


def test_readings_inside_characters_and_slips_are_undone() -> None:
    page = "網(wǎng)絡上的網(wǎng)友說，社區(qū)的業(yè)主都在網(wǎng)上。\n辦公室以?xún)?nèi)的業(yè)務。\n"
    copy, found = mended(page)
    assert shown(copy) == "網絡上的網友說，社區的業主都在網上。\n辦公室以內的業務。\n"
    assert {finding.code for finding in found} == {Code.REPAIRED}


def test_a_reading_behind_a_character_that_was_lost_is_taken_out_with_it() -> None:
    page = "網(wǎng)絡上的網(wǎng)友說，社區(qū)的業(yè)主都在網(wǎng)上，每個人都說好。\n"
    copy, _ = mended(page + "街坊會給每?zǒng)?(gè)孩子發一本書。\n")
    assert copy.lines[1].text == "街坊會給每個孩子發一本書。"


def test_the_particle_comes_back_and_the_word_stays() -> None:
    page = "網(wǎng)絡上的網(wǎng)友說，社區(qū)的業(yè)主都在網(wǎng)上。\n"
    copy, _ = mended(page + "他沿著河走，穿著雨鞋，看著一部名著，作者是著名作家，成效顯著，由周遠所著。\n")
    assert copy.lines[1].text == "他沿着河走，穿着雨鞋，看着一部名著，作者是著名作家，成效顯著，由周遠所著。"
    clean = copy_of("他沿著河走，穿著雨鞋，看著一部名著。")
    assert repair(clean, print) is clean


def test_a_lost_byte_that_nothing_decides_is_doubtful_and_left_as_it_was() -> None:
    keys = "網(wǎng)站和網(wǎng)友，社區(qū)和區(qū)長。\n"
    copy, found = mended(keys + "甲?!乙^。")
    doubts = [entry for entry in copy.source.repairs if entry.doubtful]
    for line in copy.lines:
        for start, end in line.doubts:
            assert line.text[start:end] in (keys + "甲?!乙^。")
    assert len(doubts) == len([finding for finding in found if finding.code is Code.REPAIR_DOUBTFUL])


def test_a_byte_lost_from_kana_is_never_one_of_a_rare_character() -> None:
    text = "町の渡し船は朝の六時から夜の十時まで動いている。"
    copy, _ = mended(text.encode().decode("cp1252", "replace"))
    assert "町の渡し船は" in shown(copy)
    assert [each.after for each in copy.source.repairs if each.doubtful] == ["朝", "十"]


def test_characters_that_show_nothing_are_taken_out_and_control_characters_reported() -> None:
    copy, found = mended("渡\ufeff口\u200b老\x07街")
    assert shown(copy) == "渡口老街"
    assert {finding.code for finding in found} == {Code.REPAIRED, Code.CONTROL_CHARACTERS}


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample page is not beside this checkout")
def test_the_sample_page_comes_right() -> None:
    copy, found = mended(SAMPLE.read_text("utf-8"))
    kinds = [entry.kind for entry in copy.source.repairs]
    assert kinds.count("bracketed-reading") == 81
    slips = [entry.after for entry in copy.source.repairs if entry.kind == "slipped-bytes"]
    assert slips == ["。”新生村社區", "常活動的開"]
    assert not any(finding.code is Code.REPAIR_DOUBTFUL for finding in found)
    body = "".join(line.text.strip() for line in copy.lines[12:53])
    assert hashlib.sha256(body.encode()).hexdigest()[:16] == "06dfcb9ed71f0b29"
