"""Cut a font down to the characters of one edition, as far as its makers allow.

A printed edition is laid out in what is left: the engine keeps a slot for every glyph of a face up to the last one in
use, of which a CJK face has tens of thousands. An e-book brings it along. The glyphs that other languages, columns and
features ask for stay with their characters.
"""

import struct
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from newsbook.fonts.faces import FontFile

# OpenType 1.9, OS/2 fsType. Bits 0–3 are one number; of several, which old fonts have, the most lenient counts, so that
# the font is restricted where the lowest of them stands alone: “Restricted License embedding”, “No subsetting”,
# “Bitmap embedding only”.
_USAGE, _RESTRICTED, _NO_SUBSETTING, _BITMAP_ONLY = 0x000F, 0x0002, 0x0100, 0x0200
# OpenType 1.9, name table, “Name IDs”: copyright, licence, and what a system calls the font by.
_COPYRIGHT, _LICENCE = 0, 13
_KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)


class Embedding(StrEnum):
    """How much of a font may be embedded: the glyphs in use, the whole font or nothing."""

    PART = "part"
    WHOLE = "whole"
    NONE = "none"


class Rights(Struct, frozen=True):
    """What the makers of a font say of it: how much of it may be embedded, whose it is, and its licence."""

    embedding: Embedding
    copyright: str
    licence: str

    @property
    def reserves_name(self) -> bool:
        """Tell whether the name of the font is reserved for the whole of it (Open Font License 1.1, §3)."""
        return "Reserved Font Name" in self.copyright


def rights_of(font: FontFile) -> Rights | None:
    """Return what the makers of a font say in its file; one that says nothing may be embedded.

    Return None for what is no OpenType font, such as one of bitmaps.
    """
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with Path(font.file).open("rb") as file, TTFont(file, fontNumber=font.number, lazy=True) as tables:
            names = tables.get("name")
            said = [(names and names.getDebugName(name)) or "" for name in (_COPYRIGHT, _LICENCE)]
            return Rights(_embedding(tables["OS/2"].fsType if "OS/2" in tables else 0), *said)
    except (TTLibError, struct.error):
        return None


def _embedding(bits: int) -> Embedding:
    """Return what the bits of fsType allow.

    >>> [_embedding(bits).value for bits in (0, 2, 4, 6, 8, 0x100, 0x108, 0x200)]
    ['part', 'none', 'part', 'part', 'part', 'whole', 'whole', 'none']
    """
    if bits & _USAGE == _RESTRICTED or bits & _BITMAP_ONLY:
        return Embedding.NONE
    return Embedding.WHOLE if bits & _NO_SUBSETTING else Embedding.PART


def cut(font: FontFile, characters: frozenset[str], *, is_brought: bool = False) -> bytes:
    """Return a font as a file with those `characters` that it has, and those forms of them that its features give.

    A font that an e-book brings along (`is_brought`) has no hints, and keeps the box for what it lacks; the engine of
    the printed page sees to both by itself. Return nothing where the font has none of the characters.
    """
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.file), font.number)
    wanted = set(map(ord, characters)).intersection(face.unicodes)
    if not wanted:
        return b""
    choice = uharfbuzz.SubsetInput()
    choice.unicode_set.update(wanted)
    choice.name_id_set.update(_KEPT_NAMES)
    if is_brought:
        choice.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return bytes(uharfbuzz.subset(face, choice).blob.data)


@lru_cache(maxsize=64)
def held(font: FontFile) -> frozenset[str]:
    """Return the characters that a font has."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.file), font.number)
    return frozenset(map(chr, face.unicodes))


@lru_cache(maxsize=512)
def is_one_glyph(font: FontFile, text: str) -> bool:
    """Tell whether a font has one glyph for a text of several characters, as for a family or a tone of skin."""
    import uharfbuzz

    shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.file), font.number))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper, buffer)
    seen = [position for position in buffer.glyph_positions if position.x_advance > 0]
    return len(seen) == 1


def whole(font: FontFile) -> bytes:
    """Return a font as a file of its own, as it is; out of a collection it is taken with all that it has."""
    from fontTools.ttLib import TTFont

    data = Path(font.file).read_bytes()
    if not data.startswith(b"ttcf"):
        return data
    buffer = BytesIO()
    with TTFont(BytesIO(data), fontNumber=font.number, recalcBBoxes=False, recalcTimestamp=False) as one:
        one.save(buffer, reorderTables=False)
    return buffer.getvalue()
