"""Words corrected by quoting them, wherever they stand and however they are formatted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbook.model import Article, Figure, Mark, Paragraph, Span, Table, Text
from newsbook.model.walk import plain, texts
from newsbook.project import Replacement
from newsbook.project.quoting import corrected

BOLD = (Mark.STRONG,)


def paragraph_after(text: Text, quoted: str, new: str) -> Text:
    made = corrected(Article("", (Paragraph(text),)), Replacement(quoted, new)).article
    (block,) = made.body
    assert isinstance(block, Paragraph)
    return block.text


@pytest.mark.parametrize(
    ("text", "quoted", "new", "expected"),
    [
        ((Span("渡囗早市"),), "渡囗", "渡口", (Span("渡口早市"),)),
        ((Span("一"), Span("囗早", BOLD), Span("市")), "囗早市", "口早市",
         (Span("一"), Span("口早", BOLD), Span("市"))),
        ((Span("渡"), Span("口", BOLD)), "渡口", "渡頭口", (Span("渡頭"), Span("口", BOLD))),
        ((Span("早"), Span("市", BOLD), Span("開")), "市", "", (Span("早開"),)),
        ((Span("早市"),), "早市", "", ()),
        ((Span("甲"), Span("乙", href="https://a.example"), Span("丙")), "乙丙", "丁丙",
         (Span("甲"), Span("丁", href="https://a.example"), Span("丙"))),
        ((Span("早"), Span("巿", doubtful=True), Span("開")), "巿開", "市開", (Span("早市開"),)),
        ((Span("早"), Span("市", doubtful=True), Span("開")), "市", "市", (Span("早市開"),)),
        ((Span("渡口", ruby="わたしぐち"), Span("開")), "開", "關", (Span("渡口", ruby="わたしぐち"), Span("關"))),
        ((Span("渡口", ruby="わたしぐち"), Span("開")), "口開", "頭開", (Span("渡頭開"),)),
        ((Span("渡", ruby="わたし"), Span("口", ruby="ぐち")), "渡口", "渡頭", (Span("渡", ruby="わたし"), Span("頭"))),
        ((Span("一"), Span("x", math="<math/>"), Span("二")), "一x二", "三", None),
        ((Span("一"), Span("1", note="n"), Span("二")), "一1", "三", None),
    ],
)  # fmt: skip
def test_what_stays_keeps_its_formatting(text: Text, quoted: str, new: str, expected: Text | None) -> None:
    assert paragraph_after(text, quoted, new) == (text if expected is None else expected)


def test_a_reading_of_what_is_replaced_in_part_is_told() -> None:
    body = (Paragraph((Span("渡口", ruby="わたしぐち"),)),)
    assert corrected(Article("", body), Replacement("口", "頭")).readings == ("わたしぐち",)


def test_places_are_counted_everywhere_by_what_they_are_in() -> None:
    body = (
        Paragraph((Span("早市早市"),)),
        Figure(caption=(Span("早市"),), credit="早市", alt="早市"),
        Table((((Span("早市"),), (Span("x"),)),)),
    )
    made = corrected(Article("早市", body, deck="早市"), Replacement("早市", "晚市"))
    assert made.places == (
        "headline", "deck", "paragraph 1", "paragraph 1", "figure 1", "figure 1", "figure 1", "table 1",
    )  # fmt: skip
    assert made.article.body == body


def test_overlapping_places_are_two() -> None:
    assert len(corrected(Article("哈哈哈"), Replacement("哈哈", "呵呵")).places) == 2


SPANS = st.lists(
    st.builds(
        Span, st.text("渡口早市", min_size=1, max_size=3), st.sampled_from([(), BOLD]), ruby=st.sampled_from(["", "r"])
    ),
    max_size=5,
).map(tuple)


@given(SPANS, st.text("渡口早市", min_size=1, max_size=3), st.text("渡口早市x", max_size=3))
def test_a_text_is_changed_as_its_plain_characters_are(text: Text, quoted: str, new: str) -> None:
    made = corrected(Article("", (Paragraph(text),)), Replacement(quoted, new))
    (after,) = texts(made.article)
    once = len(made.places) == 1
    assert plain(after) == (plain(text).replace(quoted, new) if once else plain(text))
    assert once or after == text
    assert all(span.text for span in after)
