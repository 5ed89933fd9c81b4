"""Where the glyphs of a PDF stand: for holding what is set against the rules of setting."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct


class Glyph(Struct, frozen=True):
    """A character of the text, where its glyph begins and which baseline it stands on, in points."""

    character: str
    x: float
    y: float


def lines_of(pdf: bytes, size: float) -> list[list[Glyph]]:
    """Return the lines of a PDF that are set in type of `size` points, from the top of the first page on."""
    lines: list[list[Glyph]] = []
    for page in pypdfium2.PdfDocument(pdf):
        rows: defaultdict[float, list[Glyph]] = defaultdict(list)
        for glyph in _glyphs(page, size):
            rows[round(glyph.y, 1)].append(glyph)
        lines += [sorted(rows[y], key=lambda glyph: glyph.x) for y in sorted(rows, reverse=True)]
    return lines


def words(line: list[Glyph]) -> str:
    """Return the characters of a line."""
    return "".join(glyph.character for glyph in line)


def _glyphs(page: pypdfium2.PdfPage, size: float) -> Iterator[Glyph]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        height = pdfium.FPDFText_GetFontSize(text, at) * abs(matrix.d)
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, at) == 1 or abs(height - size) > 0.1:
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        yield Glyph(character, x.value, y.value)
