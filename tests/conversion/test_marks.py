"""--marks: quotation marks and full-width forms by the language of an article, and nothing else of it."""

import tomllib
from itertools import accumulate
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues import text
from newsbook.conversion import Marks, localise
from newsbook.model import Article, Mark, Paragraph, Span
from plain import strings_of

CASES = tomllib.loads((Path(__file__).parent / "marks.toml").read_text("utf-8"))


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    before: str
    after: str


def told(words: str, language: str) -> Article:
    return Article("", (Paragraph(text(words)),), language=language)


@pytest.mark.parametrize("title", CASES)
def test_marks_follow_the_language(title: str) -> None:
    case = msgspec.convert(CASES[title], Case)
    story = told(case.before, case.language)
    result = localise(story, case.language, Marks.LOCALE)
    assert "".join(strings_of(result)) == case.after
    assert (result is story) == (case.before == case.after)
    assert localise(result, case.language, Marks.LOCALE) is result
    assert localise(story, case.language, Marks.KEEP) is story


def test_formatting_stays_where_it_was() -> None:
    spans = (
        Span("老林说: "),
        Span("「水在走, ", marks=(Mark.STRONG,)),
        Span("船就得走.」", href="https://example.org/"),
    )
    result = localise(Article("", (Paragraph(spans),), language="zh-Hans"), "zh-Hans", Marks.LOCALE)
    (block,) = result.body
    assert isinstance(block, Paragraph)
    assert [span.text for span in block.text] == ["老林说：", "“水在走，", "船就得走。”"]
    assert [span.marks for span in block.text] == [(), (Mark.STRONG,), ()]


@given(
    st.lists(st.text(st.sampled_from('渡口a1,.;:!?() "“”‘’「」『』，。ｶﾞ２'), max_size=8), max_size=5),
    st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko"]),
)
def test_no_word_is_lost_and_no_run_takes_another_s(words: list[str], language: str) -> None:
    story = Article("", (Paragraph(tuple(map(Span, words))),), language=language)
    (block,) = localise(story, language, Marks.LOCALE).body
    assert isinstance(block, Paragraph)
    held = [sum(map("渡口a1".count, span.text)) for span in block.text]
    assert list(accumulate(held)) == list(accumulate(sum(map("渡口a1".count, word)) for word in words))
