"""A long address is parted where it is divided, and where it is not, so that no line is torn apart before it."""

from itertools import pairwise

import pytest

from newsbook.writers.pdf.addresses import breaks_in_addresses


def parts(text: str) -> list[str]:
    places = [0, *breaks_in_addresses(text), len(text)]
    return [text[a:b] for a, b in pairwise(places)]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "见https://news.example/path/a-1.html?id=12&x=3#top。",
            ["见https://", "news.", "example/", "path/", "a-1.", "html?", "id=", "12&", "x=", "3", "#top。"],
        ),
        (
            "www.ferry.example/%E6%B8%A1%E5%8F%A3",
            ["www.", "ferry.", "example/", "%E6", "%B8", "%A1", "%E5", "%8F", "%A3"],
        ),
        ("reporter.wang@ferrynews.example", ["reporter.", "wang@", "ferrynews.", "example"]),
        ("a short https://a.example/b", ["a short https://a.example/b"]),
        ("internationalisation-of-things", ["internationalisation-of-things"]),
        ("渡口" * 30, ["渡口" * 30]),
    ],
)
def test_an_address_is_parted_behind_what_divides_it(text: str, made: list[str]) -> None:
    assert parts(text) == made


def test_what_nothing_divides_is_parted_anywhere_but_at_its_ends() -> None:
    assert parts("A" * 60) == ["A" * 4, *"A" * 52, "A" * 4]
