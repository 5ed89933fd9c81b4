"""Fonts of the tests' own drawing."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def draw_font(path: Path, family: str, characters: str, licence: str = OFL, embedding: int = 0) -> None:
    """Draw a font with a square for each of `characters`; `embedding` is what its makers allow, as fsType has it."""
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
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120, fsType=embedding)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "licenseDescription": licence})
    builder.setupPost()
    path.parent.mkdir(exist_ok=True)
    builder.save(path)
