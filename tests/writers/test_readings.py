"""Readings of neighbours stand clear of each other, and none takes a character with it where lines are filled."""

from itertools import pairwise

import pytest
import weasyprint

from issues import issue
from making import pdf_of
from newsbook.model import Article, Paragraph, Span
from newsbook.writers.pdf.engine import cjk_lines
from newsbook.writers.pdf.engine.boxes import lines, pages_of

PINYIN = (Span("裝", ruby="zhuāng"), Span("雙", ruby="shuāng"), Span("窗", ruby="chuāng"))
BOPOMOFO = (Span("裝", ruby="ㄓㄨㄤ"), Span("船", ruby="ㄔㄨㄢˊ"), Span("的", ruby="˙ㄉㄜ"))
RT = "rt { display: inline-block; width: 0; font-size: .5em; line-height: 1; vertical-align: 1.95em; text-align: left }"


@pytest.mark.parametrize("style", ["bulletin", "newspaper", "vertical", "official"])
def test_no_character_of_a_line_with_readings_is_lost(style: str) -> None:
    """The check of the finished file counts them."""
    rest = Span("也念一遍，再念一遍給老師聽，念完才能走。")
    texts = ((Span("念" * count + "，"), *read, rest) for count in range(1, 34) for read in (PINYIN, BOPOMOFO))
    body = tuple(map(Paragraph, texts))
    assert pdf_of(issue(Article("小小渡船", body, language="zh-Hant")), style)


def test_readings_in_a_row_do_not_overprint() -> None:
    ruby = "".join(f"<ruby>{span.text}<rt>{span.ruby}</rt></ruby>" for span in PINYIN)
    style = f"html, p {{ margin: 0; font: 20px/40px serif }} ruby {{ white-space: nowrap }} {RT}"
    page = f"<html lang=zh-Hant><style>{style}</style><p>念{ruby}念</p>"
    with cjk_lines(lambda finding: pytest.fail(finding.message)):
        first, *_ = pages_of(weasyprint.HTML(string=page).render())
    said = {span.ruby for span in PINYIN}
    texts = [box for line in lines(first) for box in line.descendants() if getattr(box, "text", "") in said]
    places = sorted({(box.position_x, box.position_x + box.places[-1]) for box in texts if hasattr(box, "places")})
    assert len(places) == len(PINYIN)
    assert all(end < start for (_, end), (start, _) in pairwise(places))
