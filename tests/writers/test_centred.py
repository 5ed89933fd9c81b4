"""Stops in the middle of their em, in faces that have them in a corner."""

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from newsbook.cjk import STOPS
from newsbook.writers.pdf.centred import centred


def face() -> bytes:
    """Return a face with a comma in the corner of its em, another for columns, and a Han character as wide as it."""
    boxes = {".notdef": (0, 0, 0), "comma": (100, -80, 150), "column": (700, 600, 150), "han": (40, -80, 920)}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(boxes))
    builder.setupCharacterMap({ord("，"): "comma", ord("渡"): "han"})
    glyphs = {}
    for name, (x, y, size) in boxes.items():
        pen = TTGlyphPen(None)
        pen.moveTo((x, y))
        for corner in ((x, y + size), (x + size, y + size), (x + size, y)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (1000, boxes[name][0]) for name in boxes})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupPost()
    builder.addOpenTypeFeatures("feature vert { sub comma by column; } vert;")
    buffer = BytesIO()
    builder.save(buffer)
    return buffer.getvalue()


def middles(file: bytes) -> dict[str, tuple[float, float]]:
    with TTFont(BytesIO(file)) as font:
        boxes = {name: font["glyf"][name] for name in ("comma", "column", "han")}
        assert all(font["hmtx"][name] == (1000, box.xMin) for name, box in boxes.items())
        return {name: ((box.xMin + box.xMax) / 2, (box.yMin + box.yMax) / 2) for name, box in boxes.items()}


def test_stops_are_moved_to_the_middle_in_lines_and_in_columns() -> None:
    assert middles(centred(face(), STOPS)) == {"comma": (500, 380), "column": (500, 380), "han": (500, 380)}


def test_where_they_stand_in_a_corner_by_rule_they_stay() -> None:
    file = face()
    assert centred(file, frozenset()) == file
    assert middles(file)["comma"] == (175, -5)
