"""Faces made for an edition, out of one that has no forms for the region or for columns."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

import newsbook.fonts.turned
from issues import text
from newsbook.cjk import STOPS
from newsbook.fonts.centred import centred
from newsbook.fonts.derived import faces_of
from newsbook.fonts.faces import FontFile, find_face
from newsbook.fonts.turned import turned
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Issue, Paragraph
from stores import STORE, style_of

# The box of each glyph's ink: left, foot, width, height.
BOXES = {
    ".notdef": (0, 0, 0, 0),
    "comma": (100, -80, 150, 150),
    "column": (700, 600, 150, 150),
    "dash": (50, 350, 900, 60),
    "han": (40, 80, 920, 600),
    "em": (30, 0, 900, 500),
    "mainland": (700, 700, 150, 150),
}
CHARACTERS = {"，": "comma", "—": "dash", "渡": "han", "m": "em", "〆": "han"}


def face() -> bytes:
    """Return a face with a comma in the corner of its em and another for columns, and a dash without one."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(BOXES))
    builder.setupCharacterMap({ord(character): glyph for character, glyph in CHARACTERS.items()})
    builder.setupGlyf({name: _drawn(*box) for name, box in BOXES.items()})
    builder.setupHorizontalMetrics({name: (1000, box[0]) for name, box in BOXES.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupPost()
    builder.addOpenTypeFeatures(
        "languagesystem hani dflt; languagesystem hani ZHS;"
        "feature vert { sub comma by column; script hani; language ZHS; sub han by mainland; } vert;"
    )
    buffer = BytesIO()
    builder.save(buffer)
    return buffer.getvalue()


def _drawn(x: int, y: int, width: int, height: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((x, y))
    for corner in ((x, y + height), (x + width, y + height), (x + width, y)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def boxes(file: bytes) -> dict[str, tuple[int, int, int, int]]:
    """Return the box of the ink of each glyph of a face, by the name of the glyph."""
    with TTFont(BytesIO(file)) as font:
        glyphs = {name: font["glyf"][name] for name in font.getGlyphOrder()[1:]}
        assert all(font["hmtx"][name][1] == glyph.xMin for name, glyph in glyphs.items())
        return {
            name: (box.xMin, box.yMin, box.xMax - box.xMin, box.yMax - box.yMin)
            for name, box in glyphs.items()
            if not box.isComposite()
        }


def test_stops_are_moved_to_the_middle_in_lines_and_in_columns() -> None:
    middle = (425, 305, 150, 150)
    assert boxes(centred(face(), STOPS)) == {
        "comma": middle,
        "column": middle,
        "dash": BOXES["dash"],
        "han": BOXES["han"],
        "em": BOXES["em"],
        "mainland": BOXES["mainland"],
    }


def test_where_they_stand_in_a_corner_by_rule_they_stay() -> None:
    file = face()
    assert centred(file, frozenset()) == file


def test_on_a_vertical_page_a_dash_lies_and_a_character_stands(tmp_path: Path) -> None:
    """The page is laid out lying on its side: what runs down it is left as it is, what stands is turned."""
    path = tmp_path / "face.ttf"
    path.write_bytes(face())
    drawn = boxes(turned(FontFile(str(path)), frozenset(CHARACTERS), "Turned", frozenset()))
    assert drawn["u02014"] == BOXES["dash"]
    assert drawn["u06E21"][2:] == (600, 920)
    assert drawn["u0FF0C"] == (130, 580, 150, 150)


def test_a_letter_lies_however_wide_it_is(tmp_path: Path) -> None:
    path = tmp_path / "face.ttf"
    path.write_bytes(face())
    drawn = boxes(turned(FontFile(str(path)), frozenset(CHARACTERS), "Turned", frozenset()))
    assert drawn["u0006D"] == BOXES["em"]


def test_a_form_for_columns_of_another_region_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "face.ttf"
    path.write_bytes(face())
    drawn = boxes(turned(FontFile(str(path)), frozenset(CHARACTERS), "Turned", frozenset()))
    assert drawn["u03006"] == drawn["u06E21"]


def test_a_glyph_that_is_built_of_others_is_drawn_whole(tmp_path: Path) -> None:
    """As tone marks are in faces with TrueType outlines."""
    pen = TTGlyphPen({"han": None})
    pen.addComponent("han", (1, 0, 0, 1, 0, 0))
    path = tmp_path / "face.ttf"
    with TTFont(BytesIO(face())) as font:
        font["glyf"]["em"] = pen.glyph()
        font.save(path)
    drawn = boxes(turned(FontFile(str(path)), frozenset(CHARACTERS), "Turned", frozenset()))
    assert drawn["u0006D"] == BOXES["han"]


def test_harfbuzz_draws_the_outlines_that_fonttools_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    face = find_face("Noto Serif CJK SC")
    assert face is not None
    assert face.regular is not None
    drawn = turned(face.regular, frozenset("渡口，“（—12Ag々ゝ龘"), "T", frozenset())
    monkeypatch.setattr(newsbook.fonts.turned, "_outlines", _by_fonttools)
    assert drawn == turned(face.regular, frozenset("渡口，“（—12Ag々ゝ龘"), "T", frozenset())


def _by_fonttools(file: bytes, numbers: dict[str, int]) -> Callable[[str, object], None]:
    del numbers
    glyphs = TTFont(BytesIO(file)).getGlyphSet()
    return lambda glyph, pen: glyphs[glyph].draw(pen)


def test_a_family_behind_others_is_turned_without_their_letters() -> None:
    article = Article("渡口", (Paragraph(text("渡口的早市，陈阿婆𠀀。")),), language="zh-Hans")
    edition = make_up(Issue("报", (article,), "zh-Hans"), Carrier.PRINT, style_of("vertical"), "", find_face, print)
    for face in faces_of(edition, STORE):
        with TTFont(BytesIO(face.file)) as font:
            letters = {chr(one) for one in font.getBestCmap() if chr(one).isalpha() and not chr(one).isascii()}
        is_first = face.family in {"Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"} and face.part != "-regular"
        assert ("渡" in letters) == is_first, face.family
