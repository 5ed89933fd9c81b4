"""Edits of newsbook.toml: what they say is in the file then, and every other character is where it was."""

import tomllib
from collections.abc import Callable

import pytest

from newsbook.diagnostics import UsageError
from newsbook.project.editing import NamedSection, edited, with_headline, with_sections, with_value

FILE = """\
# 我們的週報
inputs = ["."]   # all of it

[issue]
nameplate = "渡口街坊報"  # as printed

# First what is near.
[[sections]]
name = "街坊"   # the street
articles = [
  "a.txt", # lead
  # after the break
  'b.txt',
]

[[articles]]
of = "a.txt"
kicker = "讀者"
credits.author = ["林小舟"]

[[sections]]
name = "文藝"
articles = ["c.txt", "d-*"] # a pattern

[[articles]]
of = "z*"

[articles.credits]
author = []

[[outputs]]
file = "o.pdf" # the end"""


def lines_left(before: str, after: str) -> list[str]:
    """Return the lines of a file that an edit has taken out or changed."""
    kept = after.splitlines()
    return [line for line in before.splitlines() if line not in kept]


def test_a_headline_goes_into_the_entry_of_its_article() -> None:
    after = with_headline(FILE, "a.txt", "新標題")
    assert after == FILE.replace('author = ["林小舟"]\n', 'author = ["林小舟"]\nheadline = "新標題"\n', 1)
    again = with_headline(after, "a.txt", '再"新')
    assert again == after.replace('"新標題"', '"再\\"新"')
    assert with_headline(again, "a.txt", None) == FILE


def test_an_article_without_an_entry_gets_one_behind_the_others() -> None:
    after = with_headline(FILE, "q.txt", "題")
    assert after == FILE.replace("author = []\n", 'author = []\n\n[[articles]]\nof = "q.txt"\nheadline = "題"\n')


def test_an_entry_that_a_later_one_would_overrule_is_not_written_into() -> None:
    text = '[[articles]]\nof = "a.txt"\n\n[[articles]]\nof = "a*"\nheadline = "P"\n'
    after = tomllib.loads(with_headline(text, "a.txt", "H"))
    assert after["articles"][-1] == {"of": "a.txt", "headline": "H"}
    assert after["articles"][:2] == tomllib.loads(text)["articles"]


def test_a_section_of_other_articles_keeps_the_comments_of_those_that_stay() -> None:
    after = with_sections(FILE, [NamedSection(0, "街坊", ("b.txt", "x.txt", "a.txt")), NamedSection(1, "文藝")])
    assert tomllib.loads(after)["sections"][0]["articles"] == ["b.txt", "x.txt", "a.txt"]
    assert '  # after the break\n  \'b.txt\',\n  "x.txt",\n  "a.txt",  # lead\n]' in after
    assert lines_left(FILE, after) == ['  "a.txt", # lead']


def test_sections_change_places_with_their_comments() -> None:
    after = with_sections(FILE, [NamedSection(1, "文藝"), NamedSection(0, "街坊")])
    assert [section["name"] for section in tomllib.loads(after)["sections"]] == ["文藝", "街坊"]
    assert sorted(after.split()) == sorted(FILE.split())
    assert '# First what is near.\n[[sections]]\nname = "街坊"   # the street' in after
    assert tomllib.loads(after)["articles"] == tomllib.loads(FILE)["articles"]


def test_sections_are_made_renamed_and_taken_out() -> None:
    after = with_sections(FILE, [NamedSection(-1, "要聞", ("n.txt",)), NamedSection(1, "副刊")])
    assert tomllib.loads(after)["sections"] == [
        {"name": "要聞", "articles": ["n.txt"]},
        {"name": "副刊", "articles": ["c.txt", "d-*"]},
    ]
    assert "# the street" not in after
    assert "# a pattern" in after
    assert tomllib.loads(with_sections(after, [])) == {
        key: value for key, value in tomllib.loads(FILE).items() if key != "sections"
    }


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", 'order = ["x"]\n'),
        ("# c\n[issue]\nnumber = '1'", "order = [\"x\"]\n\n# c\n[issue]\nnumber = '1'"),
        ('style = "plain" # s\n\n[issue]\n', 'style = "plain" # s\norder = ["x"]\n\n[issue]\n'),
        ('order = ["b", "x"] # o\n', 'order = ["x"] # o\n'),
        ('"order" = [ ] # o', '"order" = ["x"] # o'),
        ('order = """\nb""" # o\n', 'order = ["x"] # o\n'),
        ('style = "plain"', 'style = "plain"\norder = ["x"]'),
    ],
)
def test_a_list_is_stated_before_the_first_table(text: str, after: str) -> None:
    assert with_value(text, "order", ["x"]) == after


def test_a_long_list_stands_one_entry_to_a_line() -> None:
    names = [f"{number:02d}-a-long-name.txt" for number in range(9)]
    after = with_value("", "order", names)
    assert after.splitlines()[1] == '  "00-a-long-name.txt",'
    assert tomllib.loads(after)["order"] == names


def test_tables_in_brackets_are_edited_where_they_stand() -> None:
    text = 'sections = [ {name="A", articles=["x"]}, {name = "B"} ] # in\narticles=[{of="a"}]\n[issue]\nnumber="1"\n'
    after = with_sections(text, [NamedSection(1, "B", ("x",)), NamedSection(0, "A2", ())])
    after = with_headline(after, "a", "H")
    said = tomllib.loads(after)
    assert said["sections"] == [{"name": "B", "articles": ["x"]}, {"name": "A2", "articles": []}]
    assert said["articles"] == [{"of": "a", "headline": "H"}]
    assert "# in\n" in after
    assert after.endswith('[issue]\nnumber="1"\n')
    added = tomllib.loads(with_sections(after, [NamedSection(0, "B"), NamedSection(-1, "C", ("y",))]))
    assert [section["name"] for section in added["sections"]] == ["B", "C"]


EDITS: list[Callable[[str], str]] = [
    lambda text: with_headline(text, "q.txt", "題"),
    lambda text: with_value(text, "order", ["x", "y"]),
    lambda text: with_sections(text, [NamedSection(1, "文藝", ("b.txt",)), NamedSection(0, "街坊", ("a.txt",))]),
]


@pytest.mark.parametrize("edit", EDITS)
def test_line_ends_of_windows_and_a_mark_of_byte_order_stay(edit: Callable[[str], str]) -> None:
    raw = ("\ufeff" + FILE.replace("\n", "\r\n")).encode()
    after = edited(raw, edit).decode()
    assert after.startswith("\ufeff# ")
    assert after.count("\n") == after.count("\r\n") > FILE.count("\n") - 4
    assert after.removeprefix("\ufeff").replace("\r\n", "\n") == edit(FILE)


@pytest.mark.parametrize("raw", [b"a = ", b"a = 1\na = 2", b"\xff\xfe", b"order = [", b"order = 'x\n'"])
def test_what_is_no_toml_is_not_edited(raw: bytes) -> None:
    with pytest.raises(UsageError, match="newsbook"):
        edited(raw, lambda text: with_value(text, "order", ["x"]))


def test_what_cannot_be_edited_safely_is_refused() -> None:
    with pytest.raises(UsageError, match="by hand"):
        with_sections('sections = ["x", {name = "A"}]', [NamedSection(1, "B")])
