"""A document as data: what its body holds, and where its characters stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from issues import issue
from newsbook.diagnostics import ValidationError
from newsbook.documents import document, places, with_body
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Document
from plain import bare, strings_of
from stores import style_of

BODY = """前<div class="body"><p class="paragraph">早市 <ruby>渡<rt>わた</rt></ruby>&amp;口</p>
<table><tr><td>六點</td></tr></table></div><p class="fact">版記</p>
<figure id="f"><img src="images/a001-1.jpg" alt="圖"/><img src="images/a001-2.png" alt=""/><svg:svg/></figure>
<img src="images/a001-1.jpg" alt=""/><a href="a002.xhtml#end">一</a><a href="#f">二</a><a href="#f">三</a>
<math id="m"/>"""


def made(body: str) -> Document:
    return document("a001", "article", "早市", "zh-Hant", body)


def test_a_document_says_what_its_body_holds() -> None:
    held = made(BODY)
    assert bare(held.text) == "前早市渡わた&口六點版記一二三"
    assert bare(held.story) == "早市渡わた&口六點"
    assert held.images == ("a001-1.jpg", "a001-2.png")
    assert held.anchors == ("f", "m")
    assert held.links == ("a002.xhtml#end", "#f")
    assert held.properties == ("mathml", "ruby", "svg")


def test_another_body_is_read_anew() -> None:
    held = with_body(made(BODY), "<p>空</p>")
    assert (held.name, held.title, held.text, held.images, held.links) == ("a001", "早市", "空", (), ())


@pytest.mark.parametrize("body", ["<p>", "</body><body>", "<p>&nbsp;</p>", "a & b"])
def test_what_is_not_well_formed_is_refused(body: str) -> None:
    with pytest.raises(ValidationError, match="the document a001 is not well-formed"):
        made(body)


def test_a_character_that_no_xml_holds_is_no_fault_of_the_body() -> None:
    assert made("<p>早\x0c市\ud800</p>").text == "早市"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"])), max_size=5))
def test_the_characters_of_the_text_stand_where_it_says(texts: list[str]) -> None:
    body = "".join(f'<p id="x">{escape(text)}<br/></p>\n' for text in texts)
    characters = "".join(made(body).text.split())
    stand = places(body)
    assert len(stand) == len(characters)
    assert all(body[at] in {character, "&"} for at, character in zip(stand, characters, strict=True))


@pytest.mark.parametrize("carrier", [Carrier.PRINT, Carrier.EBOOK])
def test_every_word_of_an_article_is_in_the_text_of_its_document(carrier: Carrier) -> None:
    subject = issue()
    edition = make_up(subject, carrier, style_of(), "", find_face, print)
    held = bare(edition.documents[1].text)
    assert all(bare(words) in held for words in strings_of(subject.articles[0]))
