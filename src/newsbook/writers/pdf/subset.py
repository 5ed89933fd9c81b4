"""Cut a face down to the characters of one edition, before anything is laid out.

The engine keeps a slot for every glyph of a face up to the last one in use, of which a CJK face has tens of thousands;
of a face that holds little more than what is set there is nothing to keep. The glyphs that other languages, columns and
features ask for stay with their characters.
"""

from io import BytesIO


def subset(path: str, index: int, characters: frozenset[str]) -> bytes:
    """Return face `index` of the font file `path` with those `characters` that it has; nothing where it has none."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)
    wanted = set(map(ord, characters)).intersection(face.unicodes)
    if not wanted:
        return b""
    choice = uharfbuzz.SubsetInput()
    choice.unicode_set.update(wanted)
    return _numbered(bytes(uharfbuzz.subset(face, choice).blob.data))


def _numbered(file: bytes) -> bytes:
    """Return a face whose character identifiers are its glyphs' numbers, for that is what the engine takes them for.

    An OpenType face of CFF outlines may have identifiers of its own (Adobe TN 5176 §13), which a subset keeps.
    """
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(file), lazy=True, recalcTimestamp=False) as font:
        if "CFF " not in font:
            return file
        (outlines,) = font["CFF "].cff.topDictIndex
        if not hasattr(outlines, "ROS"):
            return file
        names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(outlines.charset)))]
        outlines.charset = names
        outlines.CharStrings.charStrings = {name: number for number, name in enumerate(names)}
        buffer = BytesIO()
        font.save(buffer, reorderTables=False)
    return buffer.getvalue()
