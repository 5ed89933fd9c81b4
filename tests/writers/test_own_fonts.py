"""A style's own fonts: found before the installed ones, used character by character, copied as the text has it."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from issues import text
from making import epub_of, pdf_of
from newsbook.diagnostics import Code, Diagnostic, UsageError
from newsbook.model import Article, Issue, Paragraph
from newsbook.project import Output
from typefaces import draw_bitmaps, draw_font

# Characters of the extensions B and G that no font of a usual machine has together.
FIRST, SECOND, NOWHERE = "𠀀𪚥", "𪜀𫝀𫠠", "\U000323ad"
SAID = f"渡口{FIRST}老街{SECOND}開市"


@pytest.fixture
def style(tmp_path: Path) -> Path:
    """Return a style with two fonts of its own, each for other characters."""
    draw_font(tmp_path / "fonts" / "one.ttf", "Dukou One", FIRST)
    draw_font(tmp_path / "fonts" / "two.ttf", "Dukou Two", FIRST + SECOND)
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
    return pdf_of(issue(said), str(style), report=found.append), found


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
    book_ = epub_of(issue(), Output(style=str(style), embed_fonts=True), found.append)
    with zipfile.ZipFile(io.BytesIO(book_)) as book:
        return [name for name in book.namelist() if "/fonts/" in name], found


def test_an_e_book_brings_them_along(style: Path) -> None:
    names, _ = epub_with_fonts(style)
    assert "EPUB/fonts/dukou-one-regular.ttf" in names
    assert "EPUB/fonts/dukou-two-regular.ttf" in names


def test_font_licence(style: Path) -> None:
    """A font that is not under the Open Font License goes into an e-book with a warning."""
    assert Code.FONT_LICENCE not in {item.code for item in epub_with_fonts(style)[1]}
    draw_font(style / "fonts" / "three.ttf", "Dukou Two", FIRST + SECOND, "All rights reserved.")
    (style / "fonts" / "two.ttf").unlink()
    said = [item.message for item in epub_with_fonts(style)[1] if item.code is Code.FONT_LICENCE]
    assert said == ["the font Dukou Two Regular does not say that it is under the SIL Open Font License."]


@pytest.mark.parametrize("is_vertical", [False, True])
@pytest.mark.parametrize(
    ("bits", "reason"),
    [(0x0002, "do not allow it"), (0x0200, "do not allow it"), (0x0100, "allow the whole of it only")],
)
def test_face_not_embedded(style: Path, bits: int, reason: str, is_vertical: bool) -> None:  # noqa: FBT001 - a case.
    """A face whose makers do not allow it is a finding, and the next one sets the text."""
    draw_font(style / "fonts" / "one.ttf", "Dukou One", FIRST, embedding=bits)
    if is_vertical:
        with (style / "style.toml").open("a") as file:
            file.write("[print]\nvertical = true\n")
    pdf, found = made(style)
    assert [(item.code, item.message) for item in found] == [
        (
            Code.FACE_NOT_EMBEDDED,
            f"the face Dukou One is not embedded: its makers {reason}; the next one of the style sets the text.",
        )
    ]
    assert list(faces(pdf).values()) == ["".join(sorted(FIRST + SECOND))]


def test_of_several_permissions_the_most_lenient_counts(style: Path) -> None:
    draw_font(style / "fonts" / "one.ttf", "Dukou One", FIRST, embedding=0x000E)
    pdf, found = made(style)
    assert found == []
    assert list(faces(pdf).values()) == ["".join(sorted(FIRST)), "".join(sorted(SECOND))]


def test_a_face_that_would_set_nothing_is_no_finding(style: Path) -> None:
    draw_font(style / "fonts" / "two.ttf", "Dukou Two", FIRST + SECOND, embedding=0x0002)
    assert made(style, f"渡口{FIRST}")[1] == []


def test_what_is_no_opentype_font_is_no_font_of_a_style(style: Path) -> None:
    (style / "fonts" / "one.ttf").unlink()
    draw_bitmaps(style / "fonts" / "one.otf", "Dukou One", FIRST[0])
    with pytest.raises(UsageError, match=r"one\.otf is no font that can be read"):
        made(style)
