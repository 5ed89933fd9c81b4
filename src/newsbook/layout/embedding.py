"""Give an e-book the fonts of its style: cut down to its characters, with their licences."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import read_asset, template_environment
from newsbook.diagnostics import Code, Diagnostic, Report
from newsbook.documents import document
from newsbook.fonts.faces import Face, FindFace, FontFile, face_finder
from newsbook.fonts.subsets import Embedding, Rights, cut, rights_of, whole
from newsbook.layout.coverage import shares
from newsbook.layout.style import Faces, Style
from newsbook.layout.words import words_for
from newsbook.model import Document, Edition, Font, Stylesheet
from newsbook.store import Store

# What licences of fonts that may be passed on freely are called, in the words of the Open Font License 1.1.
_OPEN = "Open Font License"

# What is set in the faces of a role; everything else is text. The language stands for {0}, an element in it for {1}.
_ROLES = {
    "text": ("body{0}", "{1}"),
    "heading": tuple(
        f"{name}{place}"
        for name in (".nameplate", ".headline", ".deck", ".kicker", ".section", ".crosshead", "th")
        for place in ("{0}", " {1}")
    ),
    "caption": tuple(f"{name}{place}" for name in (".cutline", ".not-supplied") for place in ("{0}", " {1}")),
}
_STYLES = {"text": "Regular", "heading": "Bold", "caption": "Regular"}


class Use(Struct, frozen=True):
    """A font in use: its family and its style."""

    family: str
    style: str

    @property
    def stem(self) -> str:
        """The name of its file, in plain ASCII."""
        plain = re.sub(r"[^a-z0-9]+", "-", f"{self.family} {self.style}".lower())
        return plain.strip("-")


class Brought(Struct, frozen=True):
    """A font that an e-book brings along: its file, and what its makers say of it."""

    data: bytes
    rights: Rights

    @property
    def suffix(self) -> str:
        """What the name of its file ends with."""
        return "otf" if self.data.startswith(b"OTTO") else "ttf"


class Notice(Struct, frozen=True):
    """What a font's makers say of it."""

    name: str
    copyright: str
    licence: str


# The fonts of each role in each language, each with the characters that it sets.
_Stacks = dict[tuple[str, str], tuple[tuple[Use, frozenset[str]], ...]]


def with_fonts(edition: Edition, style: Style, store: Store, report: Report) -> Edition:
    """Return an e-book with the fonts that its style sets it in; those of the style lie in the store.

    One that may not be brought along is a finding, and the next one of the style takes its place.
    """
    find_face = face_finder(style.fonts, store)
    stacks = _stacks(edition, style.faces, find_face, report)
    brought = _brought(stacks, find_face)
    if not brought:
        return edition
    _report_licences(brought, report)
    fonts = tuple(Font(f"{use.stem}.{font.suffix}", f"font/{font.suffix}", font.data) for use, font in brought.items())
    sheet = Stylesheet("fonts.css", "\n".join((*_declared(brought), *_applied(stacks))))
    return replace(
        edition,
        documents=(*edition.documents, _licence(edition, brought)),
        stylesheets=(edition.stylesheets[0], sheet, *edition.stylesheets[1:]),
        fonts=fonts,
    )


def _stacks(edition: Edition, faces: Faces, find_face: FindFace, report: Report) -> _Stacks:
    """Return the fonts that set an edition and may be brought along; each other one is reported once."""
    known: dict[Use, str] = {}

    def allows(face: Face, style: str) -> bool:
        use = Use(face.family, style)
        if use not in known:
            known[use] = _refusal(_font(face, style), style)
            if known[use]:
                message = f"the face {use.family} is not embedded: {known[use]}."
                report(Diagnostic(Code.FACE_NOT_EMBEDDED, message, hint="Name another face in the style."))
        return not known[use]

    return {
        (role, language): tuple(
            (Use(face.family, style), own)
            for face, own in shares(faces.stack(role, language), used, find_face, partial(allows, style=style))
        )
        for language, used in _characters(edition).items()
        for role, style in _STYLES.items()
    }


def _font(face: Face, style: str) -> FontFile | None:
    return face.bold if style == "Bold" else face.regular


def _refusal(font: FontFile | None, style: str) -> str:
    """Return why an e-book may not bring a font along, or nothing."""
    if font is None:
        return f"no {style.lower()} font of it is installed"
    rights = rights_of(font)
    if rights.embedding is Embedding.NONE:
        return "its makers do not allow it"
    if rights.embedding is Embedding.PART and rights.reserves_name:
        return "its licence reserves its name for the whole font"
    return ""


def _characters(edition: Edition) -> dict[str, frozenset[str]]:
    """Return the characters in use in each language of the edition's documents."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in edition.documents:
        found[each.language].update(each.text, each.title)
    return {language: frozenset(c for c in used if not c.isspace()) for language, used in found.items()}


def _brought(stacks: _Stacks, find_face: FindFace) -> dict[Use, Brought]:
    """Return the fonts cut down, or whole where no part of one is allowed, in the order of their names."""
    wanted: defaultdict[Use, frozenset[str]] = defaultdict(frozenset)
    for stack in stacks.values():
        for use, own in stack:
            wanted[use] |= own
    brought: dict[Use, Brought] = {}
    for use in sorted(wanted, key=lambda use: use.stem):
        face = find_face(use.family)
        font = face and _font(face, use.style)
        if font:
            rights = rights_of(font)
            data = whole(font) if rights.embedding is Embedding.WHOLE else cut(font, wanted[use], is_brought=True)
            brought[use] = Brought(data, rights)
    return brought


def _report_licences(brought: dict[Use, Brought], report: Report) -> None:
    for use, font in brought.items():
        if _OPEN not in font.rights.licence:
            message = f"the font {use.family} {use.style} does not say that it is under the SIL Open Font License."
            hint = "Make sure that you may give it to readers with the book, or name another face in the style."
            report(Diagnostic(Code.FONT_LICENCE, message, hint=hint))


def _declared(brought: dict[Use, Brought]) -> Iterator[str]:
    for use, font in brought.items():
        weight = "bold" if use.style == "Bold" else "normal"
        source = f'url("../fonts/{use.stem}.{font.suffix}")'
        yield f'@font-face {{ font-family: "{use.family}"; font-weight: {weight}; src: {source}; }}'


def _applied(stacks: _Stacks) -> Iterator[str]:
    for (role, language), stack in stacks.items():
        families = ", ".join(f'"{use.family}"' for use, _ in stack)
        places = ", ".join(place.format(f":lang({language})", f'[lang|="{language}"]') for place in _ROLES[role])
        if families:
            yield f"{places} {{ font-family: {families}, {'sans-serif' if role == 'heading' else 'serif'}; }}"


def _licence(edition: Edition, brought: dict[Use, Brought]) -> Document:
    """Return the document that says under which licence the fonts are."""
    words = words_for(edition.metadata.language)
    notices = tuple(
        Notice(f"{use.family} {use.style}", font.rights.copyright, font.rights.licence) for use, font in brought.items()
    )
    is_open = any(_OPEN in notice.licence for notice in notices)
    text = read_asset("templates/ofl.txt") if is_open else ""
    paragraphs = tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
    values = {"words": words, "language": edition.metadata.language, "notices": notices, "paragraphs": paragraphs}
    body = template_environment().get_template("licence.html").render(values).strip()
    return document("licence", "licence", words.licence, edition.metadata.language, body)
