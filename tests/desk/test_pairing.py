"""Pictures and captions beside each other are joined as the whole page sets them."""

import pytest

from newsbook.desk.pairing import with_captions
from newsbook.model import Block, Figure, Paragraph, Span
from newsbook.model.walk import plain


def blocks(sketch: str) -> list[Block]:
    """Return a body: pictures are numerals, captions letters, credits @, paragraphs dots."""
    made: dict[str, Block] = {".": Paragraph((Span("…"),)), "@": Figure(credit="credit")}
    return [
        made.get(sign) or (Figure(image=sign) if sign.isdigit() else Figure(caption=(Span(sign),))) for sign in sketch
    ]


def drawn(body: list[Block]) -> str:
    """Return a body as a sketch, a figure with its picture, caption and credit in brackets."""
    return "".join(
        f"({each.image}{plain(each.caption)}{'@' if each.credit else ''})" if isinstance(each, Figure) else "."
        for each in body
    )


@pytest.mark.parametrize(
    ("sketch", "joined"),
    [
        ("1a", "(1a)"),
        ("a1", "(1a)"),
        ("1a2b", "(1a)(2b)"),
        ("a1b2", "(1a)(2b)"),
        ("a1b", "(a)(1b)"),
        ("1a.b2", "(1a).(2b)"),
        ("1a.2c.b3", "(1a).(2c).(b)(3)"),
        ("a1.b2.3c", "(1a).(2b).(3)(c)"),
        ("12a", "(1)(2a)"),
        ("1a@2@", "(1a@)(2@)"),
        ("ab1", "(a)(1b)"),
        ("1.a", "(1).(a)"),
    ],
)
def test_a_caption_goes_to_the_picture_that_it_stands_with(sketch: str, joined: str) -> None:
    assert drawn(with_captions(blocks(sketch))) == joined
