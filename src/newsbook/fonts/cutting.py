"""Cut a face down to the characters of one edition, before anything is laid out.

The engine keeps a slot for every glyph of a face up to the last one in use, of which a CJK face has tens of thousands;
of a face that holds little more than what is set there is nothing to keep. The glyphs that other languages, columns and
features ask for stay with their characters.
"""

from io import BytesIO
from typing import Any, TypeAlias

from newsbook.fonts.centred import centred

# fontTools ships no types for its tables.
Tool: TypeAlias = Any


def subset(path: str, index: int, characters: frozenset[str], stops: frozenset[str] = frozenset()) -> bytes:
    """Return face `index` of the font file `path` with those `characters` that it has, fit for the engine.

    Those of them that are `stops` are moved to the middle of their em. Return nothing where the face has none.
    """
    file = cut(path, index, characters, stops)
    return _finished(file) if file else b""


def cut(path: str, index: int, characters: frozenset[str], stops: frozenset[str]) -> bytes:
    """Return face `index` of the font file `path` with those `characters` that it has; nothing where it has none.

    Those of them that are `stops` are moved to the middle of their em.
    """
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)
    wanted = set(map(ord, characters)).intersection(face.unicodes)
    if not wanted:
        return b""
    choice = uharfbuzz.SubsetInput()
    choice.unicode_set.update(wanted)
    return centred(bytes(uharfbuzz.subset(face, choice).blob.data), stops)


def _finished(file: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(file), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        is_changed = [_share_forms(font), _number(font)]
        if not any(is_changed):
            return file
        buffer = BytesIO()
        font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def _share_forms(font: Tool) -> bool:
    """Give marks that stand alone the forms that they have beside Han; tell whether there are any.

    A line or a piece of text that holds nothing but a dash is of no script, and a face keeps the forms of each language
    under its scripts: without them the dash would be the Western one, which is shorter.
    """
    if "GSUB" not in font:
        return False
    scripts = font["GSUB"].table.ScriptList.ScriptRecord
    han = next((record.Script for record in scripts if record.ScriptTag == "hani"), None)
    none = next((record for record in scripts if record.ScriptTag == "DFLT"), None)
    if han is None or none is None:
        return False
    none.Script = han
    return True


def _number(font: Tool) -> bool:
    """Give characters the numbers of their glyphs, for which the engine takes them; tell whether they had others.

    An OpenType face of CFF outlines may have identifiers of its own (Adobe TN 5176 §13), which a subset keeps.
    """
    if "CFF " not in font:
        return False
    (outlines,) = font["CFF "].cff.topDictIndex
    if not hasattr(outlines, "ROS"):
        return False
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(outlines.charset)))]
    outlines.charset = names
    outlines.CharStrings.charStrings = {name: number for number, name in enumerate(names)}
    return True
