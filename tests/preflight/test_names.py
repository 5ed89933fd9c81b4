"""Names in two ways: which are one, and which are brothers, namesakes, couples and countries."""

import pytest

from newsbook.model import Article, Credit, Paragraph, Role, Span
from newsbook.preflight.names import varying
from newsbook.preflight.subjects import subject_of


def told(one: str, other: str) -> bool:
    body = (Paragraph((Span(f"記者{one}說，渡口開市了。"),)), Paragraph((Span(f"記者{other}說，渡口收市了。"),)))
    return any(varying((subject_of(Article("渡口", body, language="zh-Hant")),)))


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("林小舟", "林曉舟", True),
        ("何佩珊", "何珮珊", True),
        ("周邊安", "周辺安", True),
        ("王建國", "王建民", False),
        ("陈婉清", "陈宛青", False),
        ("李小龍", "李小龙", False),
        ("斯捷潘诺夫", "斯捷帕诺夫", True),
        ("伊万诺夫", "伊万诺娃", False),
        ("巴基斯坦", "巴勒斯坦", False),
    ],
)
def test_names_are_told_where_they_are_one(one: str, other: str, are_one: bool) -> None:  # noqa: FBT001 - a row of a table.
    assert told(one, other) is are_one
    assert not told(one, one)


def test_whoever_is_credited_is_a_name_of_any_form() -> None:
    credits_ = (Credit(Role.AUTHOR, "斎藤実"), Credit(Role.PHOTOGRAPHER, "斉藤実"))
    (found,) = varying((subject_of(Article("渡し船", language="ja", credits=credits_)),))
    assert found.quoted == "斉藤実"


def test_names_of_many_are_compared_in_no_time() -> None:
    """Only what sounds alike is compared: a thousand names, none of which is another's."""
    names = [f"{surname}{first}{second}" for surname in "林陳張王" for first in "國明文" for second in "建青山海"]
    body = tuple(Paragraph((Span(f"記者{name}說，渡口開市了。"),)) for name in names)
    assert list(varying((subject_of(Article("渡口", body, language="zh-Hant")),))) == []
