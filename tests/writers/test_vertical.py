"""Vertical pages beside those of Chromium: ten of the same text, held against each other mark by mark."""

import base64
import ctypes
import io
import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops

from browser import chromium
from glyphs import Glyph, lines_of, words
from newsbook.cjk import is_han
from newsbook.diagnostics import Diagnostic
from newsbook.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Issue, Paragraph, Span
from newsbook.writers.pdf import Profile, write_pdf
from plain import bare, pdftotext
from stores import STORE
from tools import require

# Text in which each mark stands between characters, in the tests' own words.
SAID = {
    "zh-Hant": (
        "渡口老街的早市，六點開張；賣豆花的陳阿婆、挑擔的林小舟總是先到。她說：「天沒亮就起來磨豆子了」又笑！誰不知道？人人都讀『夜遊』那本，"
        "《渡口志》裡也有〈序〉一篇（試讀本）在架上——全文如下……請看。用“彎引”的也有用‘單引’的人，許一帆・林小舟同行，五〜六人～七人，"
        "【公告】貼在〔涼亭〕外，百分之八％，廿五℃，人々說ＡＢ兩組１２人，〇七年※再記；老街（渡口）＝家→岸。"
    ),
    "zh-Hans": (
        "渡口老街的早市，六点开张；卖豆花的陈阿婆、挑担的林小舟总是先到。她说：“天没亮就起来磨豆子了”又笑！谁不知道？人人都读‘夜游’那本，"
        "《渡口志》里也有〈序〉一篇（试读本）在架上——全文如下……请看。许一帆·林小舟同行，五～六人，"
        "【公告】贴在〔凉亭〕外，百分之八％，廿五℃，ＡＢ两组１２人，〇七年※再记；老街（渡口）＝家→岸。"
    ),
    "ja": (
        "渡し場の朝市は、六時に始まる。「早いねえ」とちょっと笑って、コーヒーをいれた。ラーメンとヴァイオリンの『夜』を読み、《志》や〈序〉を"
        "（試読本）で見て――全文は次の通り……三頁から。ヵ所、ヶ月、ぁぃぅぇぉゃゅょっゎとァィゥェォャュョッヮを並べ、佐々木さんは本当？と言い！"
        "陳・林の両名、五〜六人～七人、【公告】を〔亭〕の外に貼り、八％、廿五℃、ＡＢ組１２人〆切。心ゝ思ヽ字：甲；乙＝家→岸"
    ),
}
FACES = {"zh-Hant-TW": "TC", "zh-Hant-HK": "HK", "zh-Hans": "SC", "ja": "JP"}
# How many characters are compared at least, so that none can be lost from the comparison unseen.
LEAST = {"zh-Hant-TW": 130, "zh-Hant-HK": 130, "zh-Hans": 120, "ja": 140}

# Points, pixels in a point of the page, and pixels in an em of what is compared.
SIZE, SCALE, PIXELS = 10.5, 150 / 72, 22
# In ems: how far the middle of the ink may be from where Chromium has it. Half an em is the other side.
TOLERANCE = 0.08


def paragraphs(language: str) -> list[str]:
    """Return ten pages of text, each paragraph begun at another place so that each mark comes to stand anywhere."""
    said = next(text for tag, text in SAID.items() if language.startswith(tag))
    starts = [at for at, character in enumerate(said) if is_han(character)]
    return [said[at:] + said[:at] for at in starts[:: len(starts) // 40]]


def ours(language: str) -> bytes:
    """Return the text as our vertical pages, without what makes PDFium take it for a right-to-left script."""
    found: list[Diagnostic] = []
    body = tuple(Paragraph((Span(said),)) for said in paragraphs(language))
    issue = Issue("渡口街坊報", (Article("題", body, language=language),), language)
    edition = make_up(issue, Carrier.PRINT, "vertical", "newsbook 0", find_face, found.append)
    pdf = write_pdf(edition, Profile.PLAIN, STORE, found.append)
    assert found == []
    return pdf


def left_to_right(pdf: bytes) -> bytes:
    """Return a PDF that does not say which way its pages turn, which PDFium takes for the direction of the script."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        del whole.Root.ViewerPreferences
        whole.save(buffer)
    return buffer.getvalue()


def theirs(language: str, folder: Path) -> bytes:
    """Return the text as Chromium's `vertical-rl` has it."""
    face = f'"Noto Serif CJK {FACES[language]}"'
    css = (
        "@page { size: 148mm 210mm; margin: 54.9pt 50pt } p { margin: 0; text-indent: 2em }"
        f"html {{ writing-mode: vertical-rl; font: {SIZE}pt/18.5pt {face}; text-align: justify }}"
    )
    body = "".join(f"<p>{said}</p>" for said in paragraphs(language))
    path = folder / "text.html"
    path.write_text(f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><style>{css}</style>{body}')
    with chromium(folder) as page:
        page.open(path)
        return base64.b64decode(str(page.call("Page.printToPDF", preferCSSPageSize=True)["data"]))


def cells(pdf: bytes) -> dict[str, Image.Image]:
    """Return what is printed in the em of each character of the text, dark on white, as its page is read.

    Of the places where a character stands the lightest is taken, point by point: what reaches in from beside it is out.
    """
    found: dict[str, Image.Image] = {}
    for page in pypdfium2.PdfDocument(pdf):
        drawn, text = page.render(scale=SCALE).to_pil().convert("L"), page.get_textpage()
        for at in range(text.count_chars()):
            box = _cell(page, text, at, drawn.size)
            if box:
                cell = drawn.resize((PIXELS, PIXELS), Image.Resampling.BICUBIC, box)
                character = chr(pdfium.FPDFText_GetUnicode(text, at))
                found[character] = ImageChops.lighter(found.get(character, cell), cell)
    return found


def _cell(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, at: int, size: tuple[int, int]
) -> tuple[float, float, float, float] | None:
    """Return the box of the em of a character of the text, in pixels of its page; None for any other."""
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    pdfium.FPDFText_GetCharOrigin(text, at, x, y)
    em = pdfium.FPDFText_GetFontSize(text, at)
    if pdfium.FPDFText_IsGenerated(text, at) == 1 or abs(em * max(abs(matrix.a), abs(matrix.b)) - SIZE) > 0.1:
        return None
    corners = []
    # The em of a CJK face reaches from 0.12 below the baseline to 0.88 above it.
    for along, across in ((0.0, -0.12), (1.0, 0.88)):
        right = x.value + em * (along * matrix.a + across * matrix.c)
        up = y.value + em * (along * matrix.b + across * matrix.d)
        place = ctypes.c_int(), ctypes.c_int()
        # Of whole pixels a hundredth is taken.
        pdfium.FPDF_PageToDevice(page, 0, 0, 100 * size[0], 100 * size[1], 0, right, up, *place)
        corners.append((place[0].value / 100, place[1].value / 100))
    (a, b), (c, d) = corners
    box = min(a, c), min(b, d), max(a, c), max(b, d)
    return box if box[0] >= 0 <= box[1] and box[2] <= size[0] and box[3] <= size[1] else None


def middle(cell: Image.Image) -> tuple[float, float]:
    """Return the centre of the box of the ink in an em, in ems."""
    box = cell.point(lambda tone: 255 if tone < 215 else 0).getbbox()
    assert box, "there is no ink"
    return (box[0] + box[2]) / 2 / PIXELS, (box[1] + box[3]) / 2 / PIXELS


def unlike(a: Image.Image, b: Image.Image) -> int:
    """Return how much ink two cells do not share."""
    return sum(tone * count for tone, count in enumerate(ImageChops.difference(a, b).histogram()))


def is_alike(cell: Image.Image, other: Image.Image) -> bool:
    """Tell whether two cells have their ink in the same place and are turned the same way.

    What looks the same turned round, as a dot does, may do so a little better by the points of its edge.
    """
    (x, y), (u, v) = middle(cell), middle(other)
    turned = min(unlike(cell.rotate(angle), other) for angle in (90, 180, 270))
    return max(abs(x - u), abs(y - v)) <= TOLERANCE and unlike(cell, other) <= 1.1 * turned + 50


@pytest.mark.tool
@pytest.mark.parametrize("language", FACES)
def test_ten_pages_stand_beside_those_of_chromium(language: str, tmp_path: Path) -> None:
    require("pdftotext")
    pdf, other = ours(language), theirs(language, tmp_path)
    assert min(len(pypdfium2.PdfDocument(pdf)), len(pypdfium2.PdfDocument(other))) >= 10
    mine, shown = cells(left_to_right(pdf)), cells(other)
    compared = [character for character in mine.keys() & shown.keys() if not character.isspace()]
    assert len(compared) >= LEAST[language]
    assert mine.keys() == shown.keys()
    assert [character for character in sorted(compared) if not is_alike(mine[character], shown[character])] == []
    assert_flush(lines_of(left_to_right(pdf), SIZE))
    (tmp_path / "ours.pdf").write_bytes(pdf)
    drawn = "".join(
        line for line in map(bare, pdftotext(tmp_path / "ours.pdf").splitlines()) if not FURNITURE.fullmatch(line)
    )
    assert "".join(map(bare, paragraphs(language))) in drawn


# What stands between two halves of a paragraph: the running head, which names the story, and the folio.
FURNITURE = re.compile(r"(渡口街坊報|題|[0-9])*")


def assert_flush(columns: list[list[Glyph]]) -> None:
    """Hold columns that go on in the next against the head and the foot of the type area, 42 em apart.

    A mark may be trimmed to half of its em at either end. A paragraph begins two ems below the head, in Japanese one.
    """
    head = min(column[0].x for column in columns if is_han(column[0].character))
    full = [column for column, behind in pairwise(columns) if behind[0].x - head < SIZE / 2 - 0.3]
    assert len(full) > 100
    for column in full:
        assert _off(column[0], (head, head + SIZE, head + 2 * SIZE), -SIZE / 2) < 0.3, words(column)
        # Two dashes are one glyph.
        ems = 40 if column[-1].character in "—―" else 41
        assert _off(column[-1], (head + ems * SIZE,), SIZE / 2) < 0.3, words(column)


def _off(glyph: Glyph, places: tuple[float, ...], trimmed: float) -> float:
    """Return how far a glyph is from the nearest of `places`, where a mark may be trimmed."""
    moves = (0.0,) if is_han(glyph.character) else (0.0, trimmed)
    return min(abs(glyph.x - place - move) for place in places for move in moves)
