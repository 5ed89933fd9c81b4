"""Move the stops of a face to the middle of their em, where Taiwan and Hong Kong have them (CLREQ §3.1.3).

A face that was drawn for the mainland has them in a corner: a caption would have other marks than the text beside it,
and the space about them would be wrong. Faces with TrueType outlines are changed, in the files made for an edition; the
others (Noto) have forms for each region.
"""

from io import BytesIO
from typing import Any, TypeAlias

# fontTools ships no types for its tables.
Tool: TypeAlias = Any

# The middle of the em box of a CJK face, above its baseline, and how far from it a mark still stands there, in ems.
_MIDDLE, _TOLERATED = (0.5, 0.38), 0.12


def centred(file: bytes, stops: frozenset[str]) -> bytes:
    """Return a face with its `stops` in the middle, in lines and in columns."""
    if not stops or not file:
        return file
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(file), recalcTimestamp=False) as font:
        if "glyf" not in font:
            return file
        for glyph in _stops(font, stops):
            _centre(font, glyph)
        buffer = BytesIO()
        font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def _stops(font: Tool, stops: frozenset[str]) -> list[str]:
    """Return the glyphs of the stops, and those that stand for them by any feature."""
    cmap = font.getBestCmap()
    plain = [cmap[ord(stop)] for stop in sorted(stops) if ord(stop) in cmap]
    lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else ()
    forms = [getattr(table, "mapping", {}) for lookup in lookups for table in lookup.SubTable]
    return list(dict.fromkeys([*plain, *(form[glyph] for form in forms for glyph in plain if glyph in form)]))


def _centre(font: Tool, name: str) -> None:
    glyph, em = font["glyf"][name], font["head"].unitsPerEm
    x = round(_MIDDLE[0] * em - (glyph.xMin + glyph.xMax) / 2)
    y = round(_MIDDLE[1] * em - (glyph.yMin + glyph.yMax) / 2)
    if glyph.isComposite() or max(abs(x), abs(y)) <= _TOLERATED * em:
        return
    glyph.coordinates.translate((x, y))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)
