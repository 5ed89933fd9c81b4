"""A cutline credits whom it names, and nobody where it says 記者 alone."""

import pytest

from newsbook.desk.cutline import read_cutline


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        ("渡口晨景。（圖／本報記者攝）", "渡口晨景。", []),
        ("渡口晨景。（本社記者攝）", "渡口晨景。", []),
        ("渡口晨景 記者攝", "渡口晨景 ", []),
        ("渡口晨景。（圖／記者林小滿攝）", "渡口晨景。", ["林小滿"]),
        ("渡口晨景。林小滿 周遠攝", "渡口晨景。", ["林小滿", "周遠"]),
    ],
)
def test_a_credit_names_people_alone(text: str, said: str, names: list[str]) -> None:
    cutline = read_cutline(text)
    assert cutline is not None
    assert text[: cutline.credit_start] == said
    assert [credit.name for credit in cutline.credits] == names
