"""Derive faces for vertical pages: what stands upright in a column is turned a quarter to the left.

A vertical page is laid out lying on its side and then turned a quarter to the right as a whole. So that its characters
stand upright on it, those that stand in a column are drawn turned to the left, marks in the forms that the face has for
columns (`vert`), narrow ones in an em of their own; Latin is left as it is and runs down the column. A number of one or
two digits, or a letter, is one glyph, an em wide, upright (縱中橫): features `ss01` and `ss02`; so are two dashes,
which are one stroke: feature `ccmp`. The faces are TrueType, hold the edition's characters, and carry names of their
own, as the Open Font License asks of a derived face.
"""

from collections.abc import Callable
from io import BytesIO
from itertools import product
from string import ascii_uppercase
from typing import Any, TypeAlias

from newsbook.fonts.centred import centred
from newsbook.fonts.faces import FontFile
from newsbook.fonts.orientation import is_standing
from newsbook.fonts.subsets import cut

# fontTools ships no types for its tables and pens.
Tool: TypeAlias = Any

UPM = 1000

# The middle of the em box of a CJK face, whose baseline lies 120 below its foot: the point that glyphs turn about.
_CENTRE = (500, 380)
_ASCENT, _DESCENT = 880, -120

# How much of an em a number may take in a column, and how wide a glyph is at least that fills one.
_NUMBER, _WIDE = 0.92, 0.9

# Dashes, which come in pairs.
_DASHES = "—―"

# JLREQ appendix A.1 and A.2: what stands in a column for marks that a face has in their Western forms only.
_IN_COLUMNS = {"—": "―", "“": "〝", "”": "〟"}

# A quadratic outline may be this far from the cubic one that it is drawn after, in thousandths of an em.
_ERROR = 0.6


def turned(font: FontFile, characters: frozenset[str], name: str, stops: frozenset[str]) -> bytes:
    """Return a font turned, called `name`, with those `characters` that it has, its `stops` in the middle of their em.

    Return nothing where it has none of them.
    """
    from fontTools.ttLib import TTFont

    file = centred(cut(font, characters | frozenset(_IN_COLUMNS.values())), stops)
    if not file:
        return b""
    with TTFont(BytesIO(file), lazy=True) as source:
        return _derived(source, file, characters, name)


def _derived(source: Tool, file: bytes, characters: frozenset[str], name: str) -> bytes:
    drawing = _Drawing(source, file)
    cmap = source.getBestCmap()
    table = _drawn(drawing, cmap, _column_forms(source), characters)
    dashes = [table[ord(dash)] for dash in _DASHES if ord(dash) in table]
    for dash in dashes:
        drawing.add_pair(f"{dash}x2", dash)
    digits = [digit for digit in "0123456789" if ord(digit) in table]
    letters = [letter for letter in ascii_uppercase if ord(letter) in table]
    for upright in (*digits, *letters, *map("".join, product(digits, repeat=2))):
        drawing.add_upright(f"n{upright}", [cmap[ord(character)] for character in upright])
    return _built(drawing, table, name, "".join((_pairs(dashes), _numbers(digits), _letters(letters))))


def _drawn(
    drawing: "_Drawing", cmap: dict[int, str], columns: dict[str, str], characters: frozenset[str]
) -> dict[int, str]:
    """Draw the characters that the face has, and return their glyphs by their code points."""
    table: dict[int, str] = {}
    for character in sorted(characters):
        glyph = cmap.get(ord(character))
        if glyph and not drawing.is_wide(glyph):
            glyph = cmap.get(ord(_IN_COLUMNS.get(character, character)), glyph)
        if glyph:
            stands = is_standing(character, has_form=glyph in columns)
            table[ord(character)] = drawing.add(f"u{ord(character):05X}", columns.get(glyph, glyph), stands=stands)
    return table


def _built(drawing: "_Drawing", table: dict[int, str], name: str, rules: str) -> bytes:
    """Return the file of a face called `name`; `rules` are its features, in the language of feature files."""
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(UPM, isTTF=True)
    builder.setupGlyphOrder(list(drawing.glyphs))
    builder.setupCharacterMap(table)
    builder.setupGlyf(drawing.glyphs)
    builder.setupHorizontalMetrics(drawing.metrics())
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWinAscent=_ASCENT, usWinDescent=-_DESCENT)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name.replace(" ", "")})
    builder.setupPost()
    if rules:
        builder.addOpenTypeFeatures(rules)
    buffer = BytesIO()
    # The same edition gives the same bytes: the face is not dated.
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(buffer)
    return buffer.getvalue()


def _pairs(dashes: list[str]) -> str:
    """Return the rules that make one glyph of two dashes, in the language of feature files."""
    rules = [f"sub {dash} {dash} by {dash}x2;" for dash in dashes]
    return f"feature ccmp {{ {' '.join(rules)} }} ccmp;" if rules else ""


def _numbers(digits: list[str]) -> str:
    """Return the rules that make one glyph of one or two digits."""
    if not digits:
        return ""
    single = [f"sub u{ord(digit):05X} by n{digit};" for digit in digits]
    double = [f"sub u{ord(a):05X} u{ord(b):05X} by n{a}{b};" for a, b in product(digits, repeat=2)]
    lookups = f"lookup d {{ {' '.join(double)} }} d; lookup s {{ {' '.join(single)} }} s;"
    return f"feature ss01 {{ {lookups} }} ss01;"


def _letters(letters: list[str]) -> str:
    """Return the rules that make an upright glyph of a letter."""
    rules = [f"sub u{ord(letter):05X} by n{letter};" for letter in letters]
    return f"feature ss02 {{ {' '.join(rules)} }} ss02;" if rules else ""


def _column_forms(font: Tool) -> dict[str, str]:
    """Return which glyph stands for which in a column: the feature `vert`, as the face has it beside Han by default.

    A face for several regions keeps the forms of the others under their languages: a mainland colon stands at the
    right of a column, others in its middle.
    """
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    scripts = {record.ScriptTag: record.Script.DefaultLangSys for record in table.ScriptList.ScriptRecord}
    system = scripts.get("hani") or scripts.get("kana") or scripts.get("DFLT")
    features = [table.FeatureList.FeatureRecord[index] for index in system.FeatureIndex] if system else []
    forms: dict[str, str] = {}
    for index in sorted(
        {i for record in features if record.FeatureTag == "vert" for i in record.Feature.LookupListIndex}
    ):
        for subtable in table.LookupList.Lookup[index].SubTable:
            forms |= getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {})
    return forms


class _Drawing:
    """The glyphs of a derived face, as they are drawn."""

    def __init__(self, source: Tool, file: bytes) -> None:
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        self._source = source.getGlyphSet()
        self._scale = UPM / source["head"].unitsPerEm
        self._outlines = _outlines(file, source.getReverseGlyphMap()) if "CFF " in source else self._outline
        self.glyphs: dict[str, Tool] = {".notdef": TTGlyphPen(None).glyph()}
        self._widths: dict[str, int] = {".notdef": UPM}

    def is_wide(self, glyph: str) -> bool:
        """Tell whether a glyph of the source fills an em."""
        return bool(self._source[glyph].width * self._scale >= _WIDE * UPM)

    def add(self, name: str, glyph: str, *, stands: bool) -> str:
        """Draw a glyph of the source under a new name: turned where it stands in the column."""
        width = round(self._source[glyph].width * self._scale)
        x, y = _CENTRE
        # A quarter turn to the left about the middle of the em: (x, y) goes to (-y, x).
        upright = (0, self._scale, -self._scale, 0, x + y, y - x)
        if stands and width and not self.is_wide(glyph):
            self.add_upright(name, [glyph])
        else:
            self._draw(name, [(glyph, upright if stands else (self._scale, 0, 0, self._scale, 0, 0))], width)
        return name

    def add_pair(self, name: str, dash: str) -> None:
        """Draw a dash that was drawn before, two ems long, with a third over the seam of two."""
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        width = self._widths[dash]
        pen = TTGlyphPen(self.glyphs)
        for part in range(3):
            pen.addComponent(dash, (1, 0, 0, 1, part * width // 2, 0))
        self.glyphs[name] = pen.glyph()
        self._widths[name] = 2 * width

    def add_upright(self, name: str, glyphs: list[str]) -> None:
        """Draw narrow glyphs side by side into one em, and turn them."""
        widths = [self._source[glyph].width * self._scale for glyph in glyphs]
        narrowed = min(1.0, _NUMBER * UPM / sum(widths))
        left = (UPM - sum(widths) * narrowed) / 2
        x, y = _CENTRE
        parts: list[tuple[str, tuple[float, ...]]] = []
        for glyph, width in zip(glyphs, widths, strict=True):
            parts.append((glyph, (0, narrowed * self._scale, -self._scale, 0, x + y, y - x + left)))
            left += width * narrowed
        self._draw(name, parts, UPM)

    def _draw(self, name: str, parts: list[tuple[str, tuple[float, ...]]], width: int) -> None:
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.transformPen import TransformPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        pen = TTGlyphPen(None)
        for glyph, turn in parts:
            placed = TransformPen(Cu2QuPen(pen, _ERROR, reverse_direction=True), turn)
            self._outlines(glyph, placed)
        self.glyphs[name] = pen.glyph()
        self._widths[name] = width

    def _outline(self, glyph: str, pen: Tool) -> None:
        """Draw a glyph of the source. A TrueType face may build it of others, which go by other names here."""
        from fontTools.pens.filterPen import DecomposingFilterPen

        self._source[glyph].draw(DecomposingFilterPen(pen, self._source))

    def metrics(self) -> dict[str, tuple[int, int]]:
        """Return advance and left side bearing of each glyph."""
        return {name: (width, getattr(self.glyphs[name], "xMin", 0)) for name, width in self._widths.items()}


def _outlines(file: bytes, numbers: dict[str, int]) -> Callable[[str, Tool], None]:
    """Return what draws the glyphs of a face of CFF outlines: HarfBuzz, in half the time that fontTools takes."""
    import uharfbuzz

    font = uharfbuzz.Font(uharfbuzz.Face(file))
    return lambda glyph, pen: font.draw_glyph_with_pen(numbers[glyph], pen)
