"""What a decoder swallowed with a lost byte: told where one character alone can have stood there, else left open."""

import pytest

from newsbook.repairs.slipped.lostascii import clues_in, infer

PAGE = ("2019-11-06 14:26 云汀日报", "新来的GPS和LED灯", "9台机器", "4G船队，5G车队")


@pytest.mark.parametrize(
    ("last", "line", "told"),
    [
        pytest.param("。", "好了。?019年，水清了。", "2", id="a year of this century"),
        pytest.param("。", "他说。?987年底，桥通了。", "1", id="a year of the last"),
        pytest.param("。", "他说。?368年，城建成。", "", id="a year that news are not about"),
        pytest.param("近", "近?000年的事", "", id="a number of years"),
        pytest.param("。", "他说。?1月3日，市集开了。", "1", id="the month of the page, its first digit"),
        pytest.param("。", "他说。?1月23日，市集开了。", "", id="a day after the page's"),
        pytest.param("。", "他说。?月3日，市集开了。", "", id="no month of one digit"),
        pytest.param("报", "来源：云汀日?作者：沈若谷 责任编辑：何平", " ", id="a space before a label"),
        pytest.param("报", "他告诉日?记者说：对", "", id="no label"),
        pytest.param("的", "船上?PS坏了", "G", id="the only word that goes on like this"),
        pytest.param("的", "船上?CD坏了", "", id="no word of the page"),
        pytest.param("有", "共有?00元", "", id="a number"),
        pytest.param("“", "“?G车队来了", "5", id="the word that goes on like this before the same characters"),
        pytest.param("的", "新的?G来了", "", id="a letter that goes on with two words"),
        pytest.param("于", "定于?1日开市。", "1", id="a day of the page's week"),
        pytest.param("于", "定于?8日开市。", "", id="no day of it"),
        pytest.param("“", "“?1月上旬下雨。", "1", id="the month of the page"),
    ],
)
def test_what_was_swallowed_is_told_where_only_one_character_fits(last: str, line: str, told: str) -> None:
    assert infer(last, line, line.index("?"), clues_in(PAGE)) == told


def test_a_month_of_one_digit_is_that_of_the_page() -> None:
    line = "他说。?月30日，市集开了。"
    assert infer("。", line, line.index("?"), clues_in(("2020年5月31日",))) == "5"


def test_a_space_is_told_on_a_page_that_parts_numbers_from_words() -> None:
    spaced = clues_in(("共有 3 人，来了 4 次，带走 5 条，还有 6 条",))
    mixed = clues_in(("共有 3 人，来了 4 次，带走 5 条，还有6条",))
    line = "共有?00元"
    assert [infer("有", line, 2, clues) for clues in (spaced, mixed)] == [" ", ""]
    assert not infer("。", "好。?00元", 2, spaced)
