"""Ask Pango how wide characters are and where lines may begin, and push its glyphs apart."""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, chain

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, get_log_attrs, line_size

from newsbook.writers.pdf.addresses import breaks_in_addresses
from newsbook.writers.pdf.breaking import THOUSAND
from newsbook.writers.pdf.engine.patch import Engine

# Pango takes curly quotation marks for Western ones (UAX #14, class QU), which glue to both their neighbours. The
# corner brackets are what they mean beside Han; an apostrophe in a Latin word stays one.
_CORNERS = str.maketrans("“”‘’", "「」『』")
_CURLY = re.compile("(?<![A-Za-z])[“”‘’]|[“”‘’](?![A-Za-z])")


# A soft hyphen would need to be drawn; a hyphen that ends a line is taken out by whatever copies the text.
_HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"


# The mark of a note stays with what it is a note on: JLREQ §3.9.1, cl-20.
_NOTE = re.compile(r"\[\d{1,3}\]")


def breaks_of(text: str, language: str) -> list[int]:
    """Return the places inside `text` at which a line may begin, by UAX #14 as Pango has it."""
    if language.startswith("zh"):
        text = _CURLY.sub(lambda match: match[0].translate(_CORNERS), text)
    size = ffi.sizeof("PangoLogAttr")
    flags = bytes(ffi.buffer(get_log_attrs(text, language), size * (len(text) + 1)))[::size]
    # The first bit is the engine's is_line_break.
    notes = {note.start() for note in _NOTE.finditer(text)}
    breaks = [at for at in range(1, len(text)) if flags[at] & 1 and text[at - 1] not in _HYPHENS and at not in notes]
    if language.startswith("ko"):
        breaks = [at for at in breaks if not (_is_hangul(text[at - 1]) and _is_hangul(text[at]))]
    return sorted({*breaks, *breaks_in_addresses(text)})


def _is_hangul(character: str) -> bool:
    """Tell whether a character is a Hangul syllable: between two, KLREQ §3.2 breaks no line."""
    return "가" <= character <= "힣"


def widths_of(box: Engine) -> list[float]:
    """Return the width of each character of a text box in points, that of a cluster at its first character.

    The engine draws a glyph's own advance in whole thousandths of its em, and so is it counted here. It sets a joiner
    behind a lone space that has word spacing, which counts with the space.
    """
    layout = Layout(box.style)
    layout.set_text(box.text)
    line, _ = layout.get_first_line()
    places = _byte_offsets(box.text)[:-1]
    widths = dict.fromkeys(places, 0)
    for clusters, advances in _glyph_rows(line):
        for at, advance in zip(clusters, advances, strict=True):
            widths[min(at, places[-1])] += advance
    _, box.set_height = line_size(line, box.style)
    box.set_baseline = _baseline(layout)
    layout.deactivate()
    box.set_layout = layout
    unit = _thousandth(box.style["font_size"])
    drawn = {width: round(width / unit) * unit * FROM_UNITS for width in set(widths.values())}
    return [drawn[width] for width in widths.values()]


def _thousandth(em: float) -> float:
    """Return a thousandth of an em in Pango's units, of which the engine gives an em a whole number."""
    return int(em * TO_UNITS) / THOUSAND


def _baseline(layout: Engine) -> float:
    return float(pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS)


def _byte_offsets(text: str) -> list[int]:
    """Return where each character of `text` begins in UTF-8, and where the text ends."""
    return list(accumulate(map(len, map(str.encode, text)), initial=0))


def _glyph_rows(line: Engine) -> Iterator[tuple[list[int], memoryview]]:
    """Yield the places in the text, in bytes, and the advances, in Pango's units, of the glyphs of each run."""
    run = line.runs
    row = ffi.sizeof("PangoGlyphInfo") // 4
    while run != ffi.NULL:
        item = run.data
        count, offset = item.glyphs.num_glyphs, item.item.offset
        numbers = memoryview(ffi.buffer(item.glyphs.glyphs, count * row * 4)).cast("i")
        clusters = [offset + at for at in ffi.unpack(item.glyphs.log_clusters, count)]
        # Of each glyph's numbers the second is the width of its geometry.
        yield clusters, numbers[1::row]
        run = run.next


def widen(line: Engine, text: str, gaps: tuple[int, ...], em: float) -> None:
    """Add gaps, in thousandths of an em by character, to the advances of the glyphs that end them."""
    unit = _thousandth(em)
    rows = list(_glyph_rows(line))
    clusters = list(chain.from_iterable(places for places, _ in rows))
    slots = list(chain.from_iterable(((advances, at) for at in range(len(advances))) for _, advances in rows))
    # A glyph may stand for several characters, as that of a two-em dash does: it takes the gaps of them all.
    wider = defaultdict[int, int](int)
    for at, gap in zip(_byte_offsets(text), gaps, strict=False):
        if gap:
            wider[bisect_right(clusters, at) - 1] += gap
    for glyph, gap in wider.items():
        advances, at = slots[glyph]
        advances[at] = _units(round(advances[at] / unit) + gap, unit, longer=gap > 0)


def _units(thousandths: int, unit: float, *, longer: bool) -> int:
    """Return an advance in Pango's units, such that the engine, which cuts what is over off, arrives at it."""
    return math.ceil(thousandths * unit + 0.01) if longer else math.floor(thousandths * unit - 0.01)
