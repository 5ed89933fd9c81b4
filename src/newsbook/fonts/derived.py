"""Faces made for one edition out of those that it is set in, and its style sheets with them in their place."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.cjk import CENTRED, STOPS
from newsbook.diagnostics import OutputError
from newsbook.fonts.centred import centred
from newsbook.fonts.faces import Face, FindFace, FontFile, face_finder
from newsbook.fonts.subsets import cut, held
from newsbook.fonts.turned import turned
from newsbook.model import Edition, Stylesheet
from newsbook.store import Store

# fontTools ships no types for its tables.
Tool: TypeAlias = Any


class Derived(Struct, frozen=True):
    """A derived face: the family that it is made of, its weight in CSS, and its file.

    A face may be derived in several parts, each with other characters.
    """

    family: str
    weight: int
    file: bytes
    part: str = ""


def faces_of(edition: Edition, store: Store) -> tuple[Derived, ...]:
    """Return the faces of an edition with no more than its characters, turned where its pages are vertical.

    The fonts of its style lie in the store.
    """
    return tuple(_derived(edition, _characters(edition), store))


def _characters(edition: Edition) -> frozenset[str]:
    """Return the characters of an edition, and those that its style sheets or running heads may add.

    Where it states a repertoire that is all, so that editions of one repertoire share their faces.
    """
    own = frozenset(edition.repertoire) or repertoire_of(edition)
    return own | frozenset(map(chr, range(0x20, 0x7F))) | _ADDED


def repertoire_of(edition: Edition) -> frozenset[str]:
    """Return the characters that an edition spells out: in its documents, its style sheets, and its title."""
    said = (document.text for document in edition.documents)
    styled = (sheet.css for sheet in edition.stylesheets)
    return frozenset[str]().union(*said, *styled, edition.metadata.title)


# What no style sheet spells out: white space that is kept as it is, bullets, numerals of lists (CSS Counter Styles 3,
# `cjk-decimal`), and the ellipsis of a long running head.
_ADDED = frozenset("\N{NO-BREAK SPACE}　•◦▪·〇一二三四五六七八九、…")


def _derived(edition: Edition, characters: frozenset[str], store: Store) -> Iterator[Derived]:
    languages = {document.language for document in edition.documents}
    stops = STOPS if all(language.startswith(CENTRED) for language in languages) else frozenset[str]()
    find_face = face_finder(edition.font_files, store)
    styled = "".join(sheet.css for sheet in edition.stylesheets)
    for family in edition.families:
        face = find_face(family)
        if face is None or f'"{family}"' not in styled or (face.is_coloured and edition.is_vertical):
            continue
        seen = _seen(family, edition.families, characters, styled, find_face) if edition.is_vertical else characters
        for weight, font, part in _fonts(face):
            wanted = _wanted(face, seen, part)
            lying = frozenset(filter(_SHAPED.match, wanted)) if edition.is_vertical else frozenset[str]()
            if lying and (file := cut_for_print(font, lying)):
                yield Derived(family, weight, file, f"{part}-lying")
            order = _Order(family, font, wanted - lying, stops, edition.is_vertical)
            if file := order.kept(store) if edition.repertoire else order.made():
                yield Derived(family, weight, file, part)


class _Order(Struct, frozen=True):
    """What a face is made to: a family's font, the characters that it is to have, and the stops to be centred."""

    family: str
    font: FontFile
    characters: frozenset[str]
    stops: frozenset[str]
    is_vertical: bool

    def made(self) -> bytes:
        """Return the font, or nothing where it has none of the characters."""
        if self.is_vertical:
            return turned(self.font, self.characters, f"Newsbook Turned {self.family}", self.stops)
        return cut_for_print(self.font, self.characters, self.stops)

    def kept(self, store: Store) -> bytes:
        """Return the same from the store, where it is kept: who states a repertoire will ask for it again."""
        file = store.kept(key := self._key())
        if file is None:
            file = self.made()
            with suppress(OutputError):
                store.keep(key, file)
        return file

    def _key(self) -> str:
        """Return the SHA-256 of the order, and of the state of the font's file."""
        found = Path(self.font.file).stat()
        stated = ("face", self.is_vertical, self.family, self.font, found.st_size, found.st_mtime_ns)
        characters = ("".join(sorted(self.characters)), "".join(sorted(self.stops)))
        return hashlib.sha256(repr((stated, characters)).encode("utf-8", "surrogatepass")).hexdigest()


def _seen(
    family: str, made: tuple[str, ...], characters: frozenset[str], styled: str, find_face: FindFace
) -> frozenset[str]:
    """Return the characters that a family may set: no letter that a family before it has, in every list of families.

    The families of an edition are `made`. What is no letter, as a space, goes with its neighbours, whichever family
    sets them.
    """
    seen = set[str]()
    for families in _FAMILIES.findall(styled):
        names = families[1:-1].split('", "')
        if family in names:
            faces = [find_face(name) for name in names[: names.index(family)] if name in made]
            before = [face for face in faces if face is not None and not face.is_coloured]
            seen.update(one for one in characters if not one.isalpha() or not any(each.covers(one) for each in before))
    return frozenset(seen) if seen else characters


# Lists of families as `layout` writes them. A family may stand in others, too, each in a list of its own.
_FAMILIES = re.compile('"[^"]+"(?:, "[^"]+")*')


def _wanted(face: Face, characters: frozenset[str], part: str) -> frozenset[str]:
    """Return the characters that a part of a face is derived for. A face of pictures has digits for keycaps only."""
    wanted = characters - held(face.bold) if part and face.bold else characters
    return frozenset(character for character in wanted if not character.isascii()) if face.is_coloured else wanted


# Scripts whose letters take forms from their neighbours, by their features. They lie in a column, as UAX #50 has it.
_SHAPED = re.compile(
    "[\u0590-\u0e7f\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\ua840-\uabff\ufb1d-\ufdff\ufe70-\ufeff\u200c\u200d]"
)


def _fonts(face: Face) -> Iterator[tuple[int, FontFile, str]]:
    """Yield the fonts of a face with their weights in CSS. In bold, the regular one sets what the bold one lacks."""
    if face.regular:
        yield 400, face.regular, ""
    if face.bold:
        yield 700, face.bold, ""
    if face.bold and face.regular:
        yield 700, face.regular, "-regular"


def cut_for_print(font: FontFile, characters: frozenset[str], stops: frozenset[str] = frozenset()) -> bytes:
    """Return a font with those `characters` that it has, fit for the engine, its `stops` in the middle of their em.

    Return nothing where it has none of them.
    """
    from fontTools.ttLib import TTFont

    file = centred(cut(font, characters), stops)
    if not file:
        return file
    with TTFont(BytesIO(file), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as tables:
        is_changed = [_share_forms(tables), _number(tables)]
        if not any(is_changed):
            return file
        buffer = BytesIO()
        tables.save(buffer, reorderTables=False)
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


def face_sheets(edition: Edition, faces: tuple[Derived, ...], base: str) -> tuple[Stylesheet, ...]:
    """Return the edition's style sheets with the derived faces before the installed ones, or in their place."""
    if not faces:
        return edition.stylesheets
    made = _TURNED if edition.is_vertical else _SUBSET
    rules = [
        f'@font-face {{ font-family: "{made}{face.family}"; font-weight: {face.weight};'
        f" src: url({base}{file_name(face)}); }}"
        for face in faces
    ]
    named = re.compile(f'"({"|".join(re.escape(family) for family in dict.fromkeys(face.family for face in faces))})"')
    # On a vertical page an installed face would lie on its side.
    put = f'"{made}\\1"' if edition.is_vertical else f'"{made}\\1", "\\1"'
    sheets = (replace(sheet, css=named.sub(put, sheet.css)) for sheet in edition.stylesheets)
    return (Stylesheet("derived.css", "\n".join(rules)), *sheets)


# What the family of a derived face is called in the style sheets, so that no installed face is taken for it.
_TURNED, _SUBSET = "Turned ", "Subset "


def file_name(face: Derived) -> str:
    """Return the name under which the engine asks for a derived face."""
    return f"faces/{face.family.replace(' ', '-')}-{face.weight}{face.part}"
