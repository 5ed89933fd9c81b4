"""Give an e-book the fonts of its style: cut down to its characters, with their licences."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import root, template_environment
from newsbook.diagnostics import Code, Diagnostic, InputError, Report
from newsbook.fonts.faces import Face
from newsbook.fonts.faces import Font as Found
from newsbook.fonts.subsets import Subset
from newsbook.layout.style import Faces, read_style
from newsbook.layout.words import words_for
from newsbook.model import Document, Edition, Font, Stylesheet

FindFace = Callable[[str], Face | None]
FindFont = Callable[[str, str], Found]
CutDown = Callable[[str, int, frozenset[str]], Subset]

# What licences of fonts that may be passed on freely are called, in the words of the Open Font License 1.1.
_OPEN = "Open Font License"

_TAG = re.compile(r"<[^>]*>")

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


class Notice(Struct, frozen=True):
    """What a font's makers say of it."""

    name: str
    copyright: str
    licence: str


def with_fonts(  # noqa: PLR0913, PLR0917 - fonts are found and cut by engines that make-up must not fetch for itself.
    edition: Edition, style_name: str, find_face: FindFace, find_font: FindFont, cut_down: CutDown, report: Report
) -> Edition:
    """Return an e-book with the fonts that its style sets it in; one that may not be embedded is a finding."""
    faces = read_style(style_name).faces
    characters = _characters(edition)
    stacks = {
        (role, language): tuple(_stack(faces, role, language, used, find_face))
        for language, used in characters.items()
        for role in _ROLES
    }
    subsets = _cut(stacks, find_font, cut_down, report)
    if not subsets:
        return edition
    fonts = tuple(Font(f"{use.stem}.{part.suffix}", part.type, part.data) for use, part in subsets.items())
    sheet = Stylesheet("fonts.css", "\n".join((*_declared(subsets), *_applied(stacks, subsets))))
    return replace(
        edition,
        documents=(*edition.documents, _licence(edition, subsets)),
        stylesheets=(edition.stylesheets[0], sheet, *edition.stylesheets[1:]),
        fonts=fonts,
    )


def _characters(edition: Edition) -> dict[str, frozenset[str]]:
    """Return the characters in use in each language of the edition's documents."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for document in edition.documents:
        found[document.language].update(unescape(_TAG.sub("", document.body)), document.title)
    return {language: frozenset(c for c in used if not c.isspace()) for language, used in found.items()}


def _stack(
    faces: Faces, role: str, language: str, used: frozenset[str], find_face: FindFace
) -> Iterator[tuple[Use, frozenset[str]]]:
    """Yield the fonts that set `used`, each with what the ones before it have not."""
    rest = used
    for family in faces.stack(role, language):
        face = find_face(family)
        own = frozenset(character for character in rest if face and face.covers(character))
        if own:
            yield Use(family, _STYLES[role]), own
            rest -= own


_Stacks = dict[tuple[str, str], tuple[tuple[Use, frozenset[str]], ...]]


def _cut(stacks: _Stacks, find_font: FindFont, cut_down: CutDown, report: Report) -> dict[Use, Subset]:
    """Return the fonts cut down, in the order of their names."""
    wanted: defaultdict[Use, frozenset[str]] = defaultdict(frozenset)
    for stack in stacks.values():
        for use, own in stack:
            wanted[use] |= own
    subsets: dict[Use, Subset] = {}
    for use in sorted(wanted, key=lambda use: use.stem):
        try:
            font = find_font(use.family, use.style)
            subsets[use] = cut_down(font.file, font.number, wanted[use])
        except InputError as error:
            message = f"the face {use.family} is not embedded: {error}."
            report(Diagnostic(Code.FACE_NOT_EMBEDDED, message, hint="Name another face in the style."))
    _report_licences(subsets, report)
    return subsets


def _report_licences(subsets: dict[Use, Subset], report: Report) -> None:
    for use, part in subsets.items():
        if _OPEN not in part.licence:
            message = f"the font {use.family} {use.style} does not say that it is under the SIL Open Font License."
            hint = "Make sure that you may give it to readers with the book, or name another face in the style."
            report(Diagnostic(Code.FONT_LICENCE, message, hint=hint))


def _declared(subsets: dict[Use, Subset]) -> Iterator[str]:
    for use, part in subsets.items():
        weight = "bold" if use.style == "Bold" else "normal"
        source = f'url("../fonts/{use.stem}.{part.suffix}")'
        yield f'@font-face {{ font-family: "{use.family}"; font-weight: {weight}; src: {source}; }}'


def _applied(stacks: _Stacks, subsets: dict[Use, Subset]) -> Iterator[str]:
    for (role, language), stack in stacks.items():
        families = ", ".join(f'"{use.family}"' for use, _ in stack if use in subsets)
        places = ", ".join(place.format(f":lang({language})", f'[lang|="{language}"]') for place in _ROLES[role])
        if families:
            yield f"{places} {{ font-family: {families}, {'sans-serif' if role == 'heading' else 'serif'}; }}"


def _licence(edition: Edition, subsets: dict[Use, Subset]) -> Document:
    """Return the document that says under which licence the fonts are."""
    words = words_for(edition.metadata.language)
    notices = tuple(Notice(f"{use.family} {use.style}", part.copyright, part.licence) for use, part in subsets.items())
    is_open = any(_OPEN in notice.licence for notice in notices)
    text = (root() / "templates" / "ofl.txt").read_text("utf-8") if is_open else ""
    paragraphs = tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
    values = {"words": words, "language": edition.metadata.language, "notices": notices, "paragraphs": paragraphs}
    body = template_environment().get_template("licence.html").render(values).strip()
    return Document("licence", "licence", words.licence, edition.metadata.language, body)
