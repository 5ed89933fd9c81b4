"""The native JSON: dumping and reading back are inverse, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues import article, issue
from newsbook.diagnostics import InputError
from newsbook.model import Article, Figure, Issue, Paragraph, Span
from newsbook.native import dump, load

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
spans = st.lists(st.builds(Span, words, ruby=words, doubtful=st.booleans()), max_size=3).map(tuple)
blocks = st.one_of(st.builds(Paragraph, spans), st.builds(Figure, spans, words, words))
articles = st.builds(Article, words, st.lists(blocks, max_size=4).map(tuple), kicker=words, published=words)
issues = st.builds(Issue, words, st.lists(articles, max_size=3).map(tuple), words)


@given(st.one_of(articles, issues))
def test_reading_back_undoes_dumping(document: Article | Issue) -> None:
    assert load(dump(document), "x") == document


def test_every_block_and_field_survives() -> None:
    assert load(dump(issue(article(), article("二"))), "x") == issue(article(), article("二"))


def test_defaults_are_left_out() -> None:
    assert dump(Article("頭條")) == '{\n  "type": "article",\n  "headline": "頭條"\n}\n'.encode()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "truncated"),
        (b'{"type": "poem"}', "poem"),
        (b'{"type": "article"}', "headline"),
        (b'{"type": "article", "headline": 3}', "headline"),
        (b'{"type": "article", "headline": "", "colour": "red"}', "colour"),
        (b'{"type": "article", "headline": "\xff"}', "page.json"),
        (b"[" * 100_000, "page.json"),
    ],
)
def test_anything_else_is_one_clear_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load(raw, "page.json")
    assert said in str(caught.value)
    assert "newsbook parse" in str(caught.value)
