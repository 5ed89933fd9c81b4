"""An edition that cannot become an e-book is refused in a sentence that names what is wrong."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from newsbook.diagnostics import Exit, ValidationError
from newsbook.model import Contribution, Edition, Entry, Provenance, Stylesheet
from newsbook.writers.epub.fitness import demand_fit
from writers.epub_tools import METADATA, document, edition, picture, written


def refusal(held: Edition) -> str:
    with pytest.raises(ValidationError) as failure:
        written(held, b"")
    assert failure.value.exit is Exit.VALIDATION
    assert "\n" not in str(failure.value)
    return str(failure.value)


@pytest.mark.parametrize("character", ["\0", "\v", "\x1f", "\x7f", "\x80", "\x9f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_named_with_its_place(character: str) -> None:
    code = f"U+{ord(character):04X}"
    assert f"the document a001 holds {code}" in refusal(edition(document(body=f"早{character}市")))
    assert f"the title of the document a001 holds {code}" in refusal(edition(document(title=f"早{character}市")))
    assert f"the style sheet book.css holds {code}" in refusal(
        replace(edition(), stylesheets=(Stylesheet("book.css", f"/* {character} */"),))
    )
    assert f"a line of the contents holds {code}" in refusal(edition(contents=(Entry(character, "a001"),)))
    for field in ("title", "publisher", "rights", "description", "accessibility", "date"):
        assert f"the edition's {field} holds {code}" in refusal(
            edition(metadata=replace(METADATA, **{field: f"早{character}市"}))
        )
    people = (Contribution("aut", f"林{character}"),)
    assert f"a contributor's name holds {code}" in refusal(edition(metadata=replace(METADATA, contributors=people)))
    assert f"a source holds {code}" in refusal(edition(metadata=replace(METADATA, sources=(Provenance(character),))))


@pytest.mark.parametrize("name", ["../a001", "早市", "a b", "a%20b", ".hidden", "a/b", "", "a:b"])
def test_a_name_that_is_no_plain_file_name_is_refused(name: str) -> None:
    assert "is no plain ASCII file name" in refusal(edition(replace(document(), name=name)))


@pytest.mark.parametrize("name", ["nav", "NAV", "A001"])
def test_two_files_never_share_a_name(name: str) -> None:
    assert "two of its files would be called" in refusal(edition(document(), document(name)))


def test_a_picture_that_shelves_do_not_take_is_refused(tmp_path: Path) -> None:
    webp = replace(picture(tmp_path, "a.png"), type="image/webp")
    assert "the picture a.png is image/webp" in refusal(edition(media=(webp,)))


@pytest.mark.parametrize("language", ["", "zh_TW", "Chinese", "zh-Hant-"])
def test_a_language_that_is_no_tag_is_refused(language: str) -> None:
    assert "is no language tag" in refusal(edition(metadata=replace(METADATA, languages=("zh-Hant", language))))


def test_what_a_package_must_have_is_asked_for() -> None:
    assert "it has no title" in refusal(edition(metadata=replace(METADATA, title=" ")))
    assert "its time of change, 'soon', is no" in refusal(edition(metadata=replace(METADATA, modified="soon")))
    assert "it has no documents or no contents" in refusal(replace(edition(), contents=()))
    assert "leads to 'a009', which is not there" in refusal(edition(contents=(Entry("早市", "a009"),)))
    assert "leads to '', which is not there" in refusal(edition(contents=(Entry("早市", ""),)))


@pytest.mark.parametrize(
    "body", ["<p>早", "早&nbsp;市", "早 & 市", "<o:p>早</o:p>", "<p @click='x'>早</p>", "<!-- a -- b -->"]
)
def test_a_body_that_is_not_well_formed_is_named(body: str) -> None:
    """A document is made of what is well-formed only; what a program made of its own accord is refused here."""
    broken = replace(document(), body=f'<section id="a001">{body}</section>')
    assert "EPUB/a001.xhtml does not parse" in refusal(edition(broken))


def test_a_body_cannot_close_the_page_around_it() -> None:
    escaped = replace(document(), body="<p>早</p></body><body><p>市</p>")
    assert "the text of the document a001 is not the edition's" in refusal(edition(escaped))


def test_a_link_that_leads_nowhere_is_found_after_writing() -> None:
    assert "EPUB/a001.xhtml refers to a002.xhtml" in refusal(edition(document(body='<a href="a002.xhtml">x</a>')))


def test_nesting_too_deep_to_be_kept_is_refused_and_not_cut() -> None:
    assert "does not parse" in refusal(edition(document(body="<div>" * 300 + "底" + "</div>" * 300)))


@pytest.mark.parametrize(
    "character", ["\t", "\n", "\r", "\x85", "\xa0", "\ud7ff", "\ue000", "\ufffd", "\U00010000", "\U0010ffff"]
)
def test_a_character_that_xml_can_hold_is_let_through(character: str) -> None:
    demand_fit(edition(document(body=f"早{character}市"), document("a002", title=f"早{character}市")))
