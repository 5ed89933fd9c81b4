"""The tests' own damage does what mirrors do: strings as they are found on mirrored pages, and what levels mean."""

import pytest

from corpora import LEVELS, clean_pages
from damage import Harm, changed, damaged, harm_of, inflicted, straddling_hits, traditional, wild_harm_of

MAINLAND = [page.raw.decode() for page in clean_pages() if page.name.startswith("hans-")]


@pytest.mark.parametrize(
    ("text", "keys", "shown"),
    [
        ("乡村网", "網鄉", "鄉(xiāng)村網(wǎng)"),
        ("以内的", "內詢", "以?xún)?nèi)的"),
        ("实打实的人", "驅實", "實(shí)打?qū)嵉娜?"),
    ],
)
def test_a_reading_stands_behind_every_hit_of_a_key_inside_characters_too(text: str, keys: str, shown: str) -> None:
    assert inflicted(text, Harm(tuple(keys), ())) == shown


def test_a_cut_loses_one_byte_and_the_rest_slips() -> None:
    text = "“好。”新生村社区党"
    (cut,) = straddling_hits(text)
    assert inflicted(text, Harm(("區",), (cut,))) == "“好?!毙律\ue303迳鐓^(qū)黨"
    assert inflicted(text, Harm(("區",), (cut,), drops=True)) == "“好?!毙律迳鐓^(qū)黨"


@pytest.mark.parametrize(
    ("text", "early", "shown"),
    [
        ("去看大学里", "創", "去縿?chuàng)髮W(xué)里"),
        ("停转。黑石（往年）", "", "停轉(zhuǎn)?:谑?往年)"),
        ("稳当”。——汪南枝", "", "穩(wěn)當(dāng)”?!裟现?"),
        ("技校和中小学送去", "", "技?:椭行W(xué)送去"),
    ],
)
def test_pages_in_the_wild_lose_more(text: str, early: str, shown: str) -> None:
    harm = Harm(changed(text) + tuple(early), wild_harm_of(text, 1).cuts, drops=True, early=tuple(early), wild=True)
    assert inflicted(text, harm) == shown


def test_marks_and_digits_are_folded_and_spaces_made_plain() -> None:
    assert inflicted("\N{IDEOGRAPHIC SPACE}第１，“好！”、（二）。", Harm((), ())) == " 第1,“好!”、(二)。"


@pytest.mark.parametrize("text", MAINLAND)
def test_the_table_changes_nothing_twice(text: str) -> None:
    assert traditional(traditional(text)) == traditional(text)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_does_what_it_says(level: int) -> None:
    for text in MAINLAND:
        harm, raw = harm_of(text, level, 1), damaged(text, level, 1)
        assert raw == damaged(text, level, 1)
        assert raw.count("\n") == text.count("\n")
        assert len(harm.keys) == {1: 17, 2: len(changed(text)) // 4}.get(level, len(changed(text)))
        assert harm.drops == (level == 4)
        if level > 2:
            assert set(harm.cuts) <= set(straddling_hits(text))
