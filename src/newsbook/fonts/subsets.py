"""Cut a font down to the characters in use, so that an e-book can bring it along."""

from msgspec import Struct

from newsbook.diagnostics import InputError

# OpenType 1.9, OS/2 fsType, bits 0–3: “Restricted License embedding”.
_RESTRICTED = 0x0002
# OpenType 1.9, name table, “Name IDs”: copyright, licence, and what a system calls the font by.
_COPYRIGHT, _LICENCE = 0, 13
_KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)


class Subset(Struct, frozen=True):
    """A font cut down: its bytes and media type, and what its makers say of it."""

    data: bytes
    type: str
    suffix: str
    copyright: str
    licence: str


def cut_down(file: str, number: int, characters: frozenset[str]) -> Subset:
    """Return font `number` of a file with the glyphs of `characters`, and those that stand for them in a column.

    Raises `InputError` with the reason where its makers do not allow that.
    """
    from fontTools.ttLib import TTFont

    with TTFont(file, fontNumber=number, lazy=True, recalcTimestamp=False) as whole:
        copyright_, licence = (whole["name"].getDebugName(name) or "" for name in (_COPYRIGHT, _LICENCE))
        if whole["OS/2"].fsType & 0xF == _RESTRICTED:
            raise InputError("its makers do not allow it")
        if "Reserved Font Name" in copyright_:
            raise InputError("its licence reserves its name for the whole font")
        suffix = "otf" if whole.sfntVersion == "OTTO" else "ttf"
    return Subset(_cut(file, number, characters), f"font/{suffix}", suffix, copyright_, licence)


def _cut(file: str, number: int, characters: frozenset[str]) -> bytes:
    """Return the font's file with so many characters; HarfBuzz keeps the forms for columns of its own accord."""
    import uharfbuzz

    choice = uharfbuzz.SubsetInput()
    choice.unicode_set.update(map(ord, characters))
    choice.name_id_set.update(_KEPT_NAMES)
    choice.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file), number)
    return bytes(uharfbuzz.subset(face, choice).blob.data)
