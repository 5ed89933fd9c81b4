"""A style's own fonts: found before the installed ones, used character by character, copied as the text has it."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from issues import text
from newsbook.diagnostics import Code, Diagnostic
from newsbook.ebooks import Ebook, make_epub
from newsbook.model import Article, Issue, Paragraph
from newsbook.pipeline import make_pdf
from stores import STORE

# Characters of the extensions B and G that no font of a usual machine has together.
FIRST, SECOND, NOWHERE = "𠀀𪚥", "𪜀𫝀𫠠", "\U000323ad"
SAID = f"渡口{FIRST}老街{SECOND}開市"
OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def font(path: Path, family: str, characters: str, licence: str = OFL) -> None:
    """Draw a font with a square for each of `characters`."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, -70))
    for corner in ((50, 830), (950, 830), (950, -70)):
        pen.lineTo(corner)
    pen.closePath()
    square, empty = pen.glyph(), TTGlyphPen(None).glyph()
    names = {ord(character): f"u{ord(character):05X}" for character in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": empty, **dict.fromkeys(names.values(), square)})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "licenseDescription": licence})
    builder.setupPost()
    path.parent.mkdir(exist_ok=True)
    builder.save(path)


@pytest.fixture
def style(tmp_path: Path) -> Path:
    """Return a style with two fonts of its own, each for other characters."""
    font(tmp_path / "fonts" / "one.ttf", "Dukou One", FIRST)
    font(tmp_path / "fonts" / "two.ttf", "Dukou Two", FIRST + SECOND)
    roles = "".join(
        f'[faces.{role}]\nzh-Hant = ["Noto Serif CJK TC", "Dukou One", "Dukou Two"]\n'
        for role in ("text", "heading", "caption")
    )
    (tmp_path / "style.toml").write_text(roles)
    return tmp_path


def issue(said: str = SAID) -> Issue:
    return Issue("渡口街坊報", (Article("題", (Paragraph(text(said)),), language="zh-Hant"),), "zh-Hant")


def made(style: Path, said: str = SAID) -> tuple[bytes, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return make_pdf(issue(said), str(style), "plain", STORE, found.append), found


def copied(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def faces(pdf: bytes) -> dict[str, str]:
    """Return the characters of each face of a PDF that is not the installed one, by its name, sorted."""
    found: dict[str, set[str]] = {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item and "Dukou" in str(item.BaseFont):
                table = item.ToUnicode.read_bytes().decode()
                told = [line.split("<")[-1].rstrip("> ") for line in table.splitlines() if line.count("<") == 2]
                characters = {bytes.fromhex(code).decode("utf-16-be") for code in told if len(code) in {4, 8}}
                found.setdefault(str(item.BaseFont).split("+")[-1], set()).update(characters)
    return {name: "".join(sorted(characters & set(SAID))) for name, characters in sorted(found.items())}


@pytest.mark.parametrize("is_vertical", [False, True])
def test_each_character_is_set_in_the_first_face_that_has_it(style: Path, is_vertical: bool) -> None:  # noqa: FBT001 - pytest gives it.
    if is_vertical:
        with (style / "style.toml").open("a") as file:
            file.write("[print]\nvertical = true\n")
    pdf, found = made(style)
    assert found == []
    assert list(faces(pdf).values()) == ["".join(sorted(FIRST)), "".join(sorted(SECOND))]
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        if is_vertical:
            del whole.Root.ViewerPreferences
        buffer = io.BytesIO()
        whole.save(buffer)
    assert SAID in copied(buffer.getvalue())


def test_what_no_face_has_spoils_nothing_else(style: Path) -> None:
    pdf, found = made(style, SAID + NOWHERE + "涼亭")
    assert [(item.code, f"character {len(SAID) + 1} of" in item.message) for item in found] == [
        (Code.GLYPH_MISSING, True)
    ]
    assert f"{SAID}〓涼亭" in copied(pdf)


def epub_with_fonts(style: Path) -> tuple[list[str], list[Diagnostic]]:
    found: list[Diagnostic] = []
    target = io.BytesIO()
    make_epub(issue(), Ebook(str(style), embed_fonts=True), target, STORE, found.append)
    with zipfile.ZipFile(target) as book:
        return [name for name in book.namelist() if "/fonts/" in name], found


def test_an_e_book_brings_them_along(style: Path) -> None:
    names, _ = epub_with_fonts(style)
    assert "EPUB/fonts/dukou-one-regular.ttf" in names
    assert "EPUB/fonts/dukou-two-regular.ttf" in names


def test_font_licence(style: Path) -> None:
    """A font that is not under the Open Font License goes into an e-book with a warning."""
    assert Code.FONT_LICENCE not in {item.code for item in epub_with_fonts(style)[1]}
    font(style / "fonts" / "three.ttf", "Dukou Two", FIRST + SECOND, "All rights reserved.")
    (style / "fonts" / "two.ttf").unlink()
    said = [item.message for item in epub_with_fonts(style)[1] if item.code is Code.FONT_LICENCE]
    assert said == ["the font Dukou Two Regular does not say that it is under the SIL Open Font License."]
