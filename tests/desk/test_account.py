"""The account of a page balances, or what is lost is said."""

import pytest

from newsbook import desk
from newsbook.desk.account import balance
from newsbook.desk.draft import Draft, begin, without
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Copy, Line, Source

PAGE = """渡口的石阶修好了
2024年5月6日 09:15　来源：渡口晚报　记者：周大河
　　水位退到二点四米，石阶露出了七级。
　　守渡人说，船不能停。
▲渡口的石阶。本报记者 周大河 摄
　　第一班船六点开出。
　　责任编辑：林小满"""


def draft_of(page: str) -> Draft:
    return begin(
        Copy(tuple(Line(text, number) for number, text in enumerate(page.splitlines(), 1)), Source("page.txt"))
    )


def edited(steps: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    monkeypatch.setattr(desk, "STEPS", steps)
    desk.edit(draft_of(PAGE).copy, found.append)
    return [finding for finding in found if finding.code is Code.WORDS_LEFT_OUT]


def test_labels_and_dates_that_became_fields_are_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edited(desk.STEPS, monkeypatch) == []


@pytest.mark.parametrize("number", [3, 4, 6])
def test_a_line_that_a_step_loses_is_said(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(draft: Draft) -> Draft:
        return without(draft, {number})

    (finding,) = edited((lose, *desk.STEPS), monkeypatch)
    assert finding.where.line == number
    assert PAGE.splitlines()[number - 1].strip()[:4] in finding.message


def test_what_is_lost_is_on_record_once() -> None:
    draft = draft_of(PAGE)
    once = balance(draft)
    assert balance(once) == once
    assert [omission.line for omission in once.article.source.omissions] == [1, 2, 3, 4, 5, 6, 7]
