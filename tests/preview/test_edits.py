"""What a person does in the preview, as the issue file says it."""

import tomllib

import pytest

from newsbook.diagnostics import NewsbookError
from newsbook.model import Article, Genre
from newsbook.preview.edits import (
    AnyEdit,
    DropSection,
    Move,
    MoveSection,
    NewSection,
    PutBack,
    RenameSection,
    SetAside,
    applied,
)
from newsbook.preview.snapshot import stories_of
from newsbook.project import arranged, read

NAMES = ("a.txt", "b1.txt", "b2.txt", "c.txt", "d.txt")
FILE = """\
order = ["d.txt", "held.txt"]  # last first

[[sections]]
name = "街坊"
articles = ["a.txt", "gone.txt", "b*"]  # of the street

[[sections]]
name = "文藝"
"""


def stands(text: str) -> list[tuple[str, str]]:
    """Return the articles in their order, each with its section."""
    project = read(text).project
    return [(NAMES[place.number], place.section) for place in arranged(NAMES, project.sections, project.order)]


START = [("a.txt", "街坊"), ("b1.txt", "街坊"), ("b2.txt", "街坊"), ("d.txt", ""), ("c.txt", "")]


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (Move("b2.txt", "街坊", "a.txt"), [START[2], START[0], START[1], *START[3:]]),
        (Move("c.txt", "", "d.txt"), [*START[:3], START[4], START[3]]),
        (Move("c.txt", "文藝"), [*START[:3], ("c.txt", "文藝"), START[3]]),
        (Move("a.txt", "", "c.txt"), [*START[1:4], ("a.txt", ""), START[4]]),
        (Move("a.txt", "街坊", "a.txt"), START),
        (MoveSection("文藝", "街坊"), START),
        (RenameSection("街坊", "鄰里"), [*((name, "鄰里") for name, _ in START[:3]), *START[3:]]),
        (DropSection("街坊"), [*((name, "") for name, _ in START[:3]), *START[3:]]),
        (NewSection("要聞"), START),
    ],
)
def test_articles_and_sections_stand_where_they_were_put(edit: AnyEdit, after: list[tuple[str, str]]) -> None:
    assert stands(FILE) == START
    assert stands(applied(FILE, edit, NAMES)) == after


def test_what_is_held_or_broken_for_now_keeps_its_place_in_the_file() -> None:
    text = applied(applied(FILE, Move("b2.txt", "街坊", "a.txt"), NAMES), Move("c.txt", "", "d.txt"), NAMES)
    said = tomllib.loads(text)
    assert said["sections"][0]["articles"] == ["b2.txt", "a.txt", "b1.txt", "gone.txt"]
    assert said["order"] == ["c.txt", "d.txt", "held.txt"]
    assert "# of the street" in text
    assert "# last first" in text


def test_an_article_is_held_or_left_out_and_put_back_with_the_file_as_it_was() -> None:
    said = '[[articles]]\nof = "a.txt"  # the lead\nkicker = "街坊"\n'
    held = applied(FILE + said, SetAside("a.txt", "hold"), NAMES)
    assert tomllib.loads(held)["articles"] == [{"of": "a.txt", "kicker": "街坊", "hold": True}]
    assert applied(held, PutBack("a.txt"), NAMES) == FILE + said
    out = applied(FILE, SetAside("b1.txt", "leave_out"), NAMES)
    assert tomllib.loads(out)["articles"] == [{"of": "b1.txt", "leave_out": True}]
    assert tomllib.loads(applied(out, PutBack("b1.txt"), NAMES))["articles"] == [{"of": "b1.txt"}]
    of_all = 'articles = [{ of = "b*", hold = true }, { of = "b1.txt", hold = true }]\n' + FILE
    back = tomllib.loads(applied(of_all, PutBack("b1.txt"), NAMES))["articles"]
    assert back == [{"of": "b*", "hold": True}, {"of": "b1.txt"}]
    with pytest.raises(NewsbookError, match="only article"):
        applied("", SetAside("a.txt", "hold"), NAMES[:1])


def test_a_pattern_stays_where_nothing_within_it_is_moved() -> None:
    assert '"b*"' in applied(FILE, Move("c.txt", "文藝"), NAMES)


@pytest.mark.parametrize(
    "edit",
    [
        Move("x.txt", ""), Move("a.txt", "nowhere"), Move("a.txt", "文藝", "b1.txt"), NewSection("街坊"),
        NewSection(""),
        RenameSection("nowhere", "x"), RenameSection("街坊", "文藝"), MoveSection("街坊", "nowhere"),
        DropSection("nowhere"), SetAside("x.txt", "hold"), PutBack("x.txt"),
    ],
)  # fmt: skip
def test_what_is_not_there_any_more_is_said(edit: AnyEdit) -> None:
    with pytest.raises(NewsbookError):
        applied(FILE, edit, NAMES)


def test_what_is_the_houses_own_is_no_article_that_is_moved() -> None:
    """An input that is called advertisement-1.md is not there: an order that named it would be followed by nothing."""
    story, own = Article("早市"), Article("甜酒", genre=Genre.ADVERTISEMENT)
    assert stories_of((own, story)) == (story,)
