"""Faces made for one edition out of those that it is set in, and its style sheets with them in their place."""

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from newsbook.cjk import CENTRED, STOPS
from newsbook.diagnostics import InputError
from newsbook.fonts.cutting import subset
from newsbook.fonts.faces import Font, find_font
from newsbook.fonts.turned import turned
from newsbook.model import Edition, Stylesheet


class Derived(Struct, frozen=True):
    """A derived face: the family that it is made of, its weight in CSS, and its file."""

    family: str
    weight: int
    file: bytes


def faces_of(edition: Edition) -> tuple[Derived, ...]:
    """Return the faces of an edition with no more than its characters, turned where its pages are vertical."""
    return tuple(_derived(edition, _characters(edition)))


def _characters(edition: Edition) -> frozenset[str]:
    """Return the characters of an edition, and those that its style sheets or running heads may add."""
    said = "".join(unescape(re.sub(r"<[^>]*>", "", document.body)) for document in edition.documents)
    styled = "".join(sheet.css for sheet in edition.stylesheets)
    ascii_ = map(chr, range(0x20, 0x7F))
    return frozenset(said) | frozenset(styled) | frozenset(edition.metadata.title) | frozenset(ascii_) | _ADDED


# What no style sheet spells out: white space that is kept as it is, bullets, numerals of lists (CSS Counter Styles 3,
# `cjk-decimal`), and the ellipsis of a long running head.
_ADDED = frozenset("\N{NO-BREAK SPACE}　•◦▪·〇一二三四五六七八九、…")


def _derived(edition: Edition, characters: frozenset[str]) -> Iterator[Derived]:
    languages = {document.language for document in edition.documents}
    stops = STOPS if all(language.startswith(CENTRED) for language in languages) else frozenset[str]()
    for family in edition.families:
        for weight, font in _fonts(family, edition.font_files):
            if edition.is_vertical:
                file = turned(font.file, font.number, characters, f"Newsbook Turned {family}", stops)
            else:
                file = subset(font.file, font.number, characters, stops)
            if file:
                yield Derived(family, weight, file)


def _fonts(family: str, brought: tuple[str, ...]) -> Iterator[tuple[int, Font]]:
    """Yield weight in CSS and font of the regular and the bold face of a family."""
    for weight, style in ((400, "Regular"), (700, "Bold")):
        try:
            font = find_font(family, style, brought)
        except InputError:
            continue
        yield weight, font


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
    return f"faces/{face.family.replace(' ', '-')}-{face.weight}"
