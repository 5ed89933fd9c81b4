"""The walks over the model reach every text and every string, whatever block it stands in."""

from collections.abc import Iterator
from typing import get_args

import pytest
from msgspec import Struct

from issues import article, every_block, issue, text
from newsbook import desk
from newsbook.model import Article, Block, Mark, Paragraph, PullQuote, Span, Table, Text
from newsbook.model.walk import labels, map_strings, map_texts, plain, strings, texts
from newsbook.proof.fields import body_texts

WHOLE = article()


def spans(value: object) -> Iterator[Span]:
    """Yield every span in a value, by the fields of structs alone."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))


def test_there_is_a_block_of_every_type_to_walk_over() -> None:
    assert {type(block) for block in every_block()} == set(get_args(Block))


@pytest.mark.parametrize("block", every_block(), ids=lambda block: type(block).__name__)
def test_no_text_of_a_block_is_forgotten(block: Block) -> None:
    found = [span for each in texts(block) for span in each]
    assert sorted(found, key=repr) == sorted(spans(block), key=repr)


@pytest.mark.parametrize("block", every_block(), ids=lambda block: type(block).__name__)
def test_every_string_of_a_block_is_in_a_text_or_a_label(block: Block) -> None:
    """Names of pictures and notes are the only strings that nobody reads."""
    readings = [part for span in spans(block) for part in strings(span)]
    unread = [getattr(block, "image", getattr(block, "name", ""))]
    assert sorted(strings(block)) == sorted(
        [*readings, *labels(block), *(name for name in unread if {"image", "name"} & {*dir(block)})]
    )


def test_a_change_reaches_every_text_and_every_label_of_the_body() -> None:
    def marked(part: Text) -> Text:
        return (*part, Span("甲"))

    changed = map_texts(WHOLE, marked, lambda label: f"{label}乙")
    assert texts(changed) == tuple(map(marked, texts(WHOLE)))
    assert labels(changed) == tuple(f"{label}乙" for label in labels(WHOLE))
    assert len(list(spans(changed.body))) == len(list(spans(WHOLE.body))) + len(texts(WHOLE))


def test_a_change_that_changes_nothing_gives_the_same_article() -> None:
    assert map_texts(WHOLE, lambda part: part) == WHOLE
    assert map_strings(issue(), str) == issue()
    kept = issue()
    assert map_strings(kept, lambda string: string) is kept


def test_strings_are_changed_and_marks_and_roles_are_not() -> None:
    changed = map_strings(issue(), lambda string: f"{string}·")
    assert tuple(strings(changed)) == tuple(f"{string}·" for string in strings(issue()))
    assert {mark for span in spans(changed) for mark in span.marks} == set(Mark)


TABLE = Table(((text("開門時間"), text("關門時間")), (text("清晨"), text("傍晚"))), 1, text("渡口書房開放時間"))


@pytest.mark.parametrize("block", [TABLE, PullQuote(text("讀書的地方，不必大。"))], ids=["table", "pull-quote"])
def test_the_language_of_a_story_that_is_no_running_text_is_told(block: Block) -> None:
    assert desk.language_of(Article(headline="", body=(block,))) == "zh-Hant"


def test_simplified_characters_in_a_table_are_a_mixture() -> None:
    cells = tuple((text("开门时间"), text("关门时间")) for _ in range(4))
    story = Article(
        headline="渡口書房開放時間", body=(Paragraph(text("渡口書房開門了，讀書的人來來去去。")), Table(cells))
    )
    assert desk.find_mixture(story, "zh-Hant") is not None


def test_the_proof_shows_what_a_table_is_called() -> None:
    assert body_texts(Article(headline="", body=(TABLE,)))[0] == plain(TABLE.caption)
