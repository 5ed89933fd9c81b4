"""A style as a value: its sheets, its grid, its faces and its fonts, read once out of its folders."""

import hashlib
import os
import tomllib
from collections.abc import Container, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec

from newsbook.assets import style_folders, styles
from newsbook.diagnostics import InputError, UsageError
from newsbook.gate import is_inside
from newsbook.layout.soundness import check_sheet
from newsbook.layout.stylepictures import with_pictures
from newsbook.model import FORBIDDEN, Media, Stylesheet
from newsbook.store import Store

# What is divided by must not be nought; no page is so many ems wide.
Ems: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=1000)]
Length: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1e9)]
# A family stands in quotes in a style sheet, and between commas where fontconfig lists it.
Family: TypeAlias = Annotated[str, msgspec.Meta(pattern=r'^[^",\\\x00-\x1f\x7f]+$')]
Families: TypeAlias = Annotated[tuple[Family, ...], msgspec.Meta(min_length=1)]


class Carrier(StrEnum):
    """What an edition is made up for."""

    PRINT = "print"
    EBOOK = "ebook"
    COVER = "cover"


# CSS Paged Media 3, “Page-margin boxes”: those that are wide enough for a running head.
MarginBox: TypeAlias = Literal["top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right"]


class Print(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The grid of a printed page.

    The width of a `picture` and the `leading` are in ems of the body, the measures of headlines of stories, of the
    lead, of features and of briefs in ems of their own size. A story of no more than `notice` ems of text is a brief,
    and one with pictures and no less than `feature` ems a feature, if that is not nought. With `cover`, a picture
    stands on the front. `vertical` is set where lines run down the page. `running` are the margin boxes, of left and
    right pages, for a running head of the user's. Pages are planned by `plan`, in so many `columns`, `gap` ems apart,
    and in modules with headlines of the sizes `heads`, by their columns, in ems of the body. `qr` is where codes of
    addresses stand in a story; where it is empty they stand at the end, and only if they are asked for.
    """

    picture: Ems
    leading: Ems
    headline: Ems
    lead_headline: Ems
    feature_headline: Ems
    brief_headline: Ems
    notice: Length
    vertical: bool
    running: tuple[MarginBox, MarginBox]
    plan: Literal["", "columns", "modules"]
    columns: Annotated[int, msgspec.Meta(ge=1, le=8)]
    gap: Ems
    heads: Annotated[tuple[Ems, ...], msgspec.Meta(min_length=1)]
    qr: Literal["", "end", "head"] = ""
    feature: Length = 0.0
    cover: bool = False


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many ems of its own size a headline has on a cover: the first of several, any other, and one alone."""

    lead: Ems
    headline: Ems
    lone: Ems


class Colophon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at a story's end: the short form, or the full one with what else goes into the table of sources."""

    form: Literal["short", "full"]


class Faces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Font families by role, then by language; of the languages the longest that begins a tag is meant.

    `spare` are families for what those lack, in every role and language.
    """

    text: dict[str, Families]
    heading: dict[str, Families]
    caption: dict[str, Families]
    spare: tuple[Family, ...] = ()

    def stack(self, role: str, language: str) -> tuple[str, ...]:
        """Return the families for `role` in `language`, the preferred one first."""
        table: dict[str, tuple[str, ...]] = getattr(self, role)
        fitting = [tag for tag in table if language == tag or language.startswith(f"{tag}-")]
        own = table[max(fitting, key=len)] if fitting else table["zh-Hans"]
        return (*own, *self.spare)

    def without(self, families: Container[str]) -> "Faces":
        """Return the faces without some families."""
        roles = {role: _without(getattr(self, role), families) for role in FACE_ROLES}
        return Faces(**roles, spare=tuple(family for family in self.spare if family not in families))


def _without(table: dict[str, tuple[str, ...]], families: Container[str]) -> dict[str, tuple[str, ...]]:
    return {tag: tuple(family for family in stack if family not in families) for tag, stack in table.items()}


FACE_ROLES = ("text", "heading", "caption")


class _Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"page": "print"}):
    """What `style.toml` holds. A style's tables override the base's, key by key."""

    page: Print
    colophon: Colophon
    cover: Cover
    faces: Faces


class QRCode(msgspec.Struct, frozen=True):
    """A code as a template sets it: its picture, and its side with the white around it in millimetres."""

    src: str
    side: float


class Style(msgspec.Struct, frozen=True):
    """A style: its sheets, its grid on paper and on a cover, its faces, and its fonts by their hashes in the store.

    `sheets` are those of all carriers, under `base`, and those of each, the most general first; each is kept apart, so
    that an error can name it. `media` are the pictures that they name, and `logo` is that of the nameplate, if it has
    one; `codes` are QR codes by their addresses. `digest` is the SHA-256 of all that the style is, whatever it is
    called.
    """

    name: str
    sheets: dict[str, tuple[Stylesheet, ...]]
    page: Print
    colophon: Colophon
    cover: Cover
    faces: Faces
    fonts: tuple[str, ...]
    digest: str
    media: tuple[Media, ...] = ()
    logo: str = ""
    codes: dict[str, QRCode] = {}


_FILES = ("base.css", "print.css", "ebook.css", "cover.css", "style.toml")
_FONT_FILES = frozenset((".ttf", ".otf", ".ttc", ".otc"))


def load_style(name: str, store: Store) -> Style:
    """Return the style called `name`, or that of the folder `name`; its fonts are put into `store`.

    Raises `UsageError` where there is no such style, or with the name of a file that cannot be understood.
    """
    folders = style_folders(name)
    own = () if name in styles() else folders[-1:]
    for folder in own:
        _demand_own_files(folder)
    read = {kind: tuple(_sheets(folders, kind, own, store)) for kind in ("base", "print", "ebook", "cover")}
    sheets = {kind: tuple(sheet for sheet, _ in found) for kind, found in read.items()}
    media = tuple(dict.fromkeys(each for found in read.values() for _, held in found for each in held))
    settings = _settings(folders)
    fonts = tuple(dict.fromkeys(_put(file, store) for folder in folders for file in _fonts(folder / "fonts")))
    whole = msgspec.json.encode((sheets, settings, fonts, media), order="deterministic")
    return Style(
        name=folders[-1].resolve().name,
        sheets=sheets,
        page=settings.page,
        colophon=settings.colophon,
        cover=settings.cover,
        faces=settings.faces,
        fonts=fonts,
        media=media,
        digest=hashlib.sha256(whole).hexdigest(),
    )


def _sheets(
    folders: tuple[Path, ...], kind: str, own: tuple[Path, ...], store: Store
) -> Iterator[tuple[Stylesheet, tuple[Media, ...]]]:
    """Yield the sheets of a kind in `folders`, each with the pictures of its folder that it names; an e-book has none.

    Those in the user's `own` are held against what a style may hold.
    """
    number = 0
    for folder in folders:
        file = folder / f"{kind}.css"
        text = _text(file)
        if text is None:
            continue
        sheet, held = Stylesheet(f"{kind}{number or ''}.css", text), tuple[Media, ...]()
        if kind in {"print", "cover"}:
            sheet, held = with_pictures(sheet, folder, store)
        if folder in own:
            check_sheet(sheet.css, kind, str(file))
        yield sheet, held
        number += 1


def _settings(folders: tuple[Path, ...]) -> _Settings:
    merged: dict[str, object] = {}
    file = Path("style.toml")
    try:
        for file in (folder / "style.toml" for folder in folders):
            merged = _merged(merged, tomllib.loads(_shallow(_text(file) or "", file)))
        return msgspec.convert(merged, _Settings)
    # A number too long to be read is a plain ValueError.
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} cannot be read: {error}.") from error


def _shallow(text: str, file: Path) -> str:
    """Return what a file of settings says. Raises `UsageError` where it is too long for settings.

    The reader of TOML needs the square of a dotted key's length.
    """
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        raise UsageError(f"{file} has a line of more than {_LONGEST_LINE:,} characters; write a list in several.")
    return text


def _merged(general: dict[str, object], special: dict[str, object]) -> dict[str, object]:
    merged = dict(general)
    for key, value in special.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


# The longest of the built-in files has some twenty thousand bytes, the largest collection of fonts a hundred million.
_MOST_BYTES = 1_000_000
_MOST_FONT_BYTES = 300_000_000

_LONGEST_LINE = 10_000


def _text(file: Path) -> str | None:
    """Return what a file of a style says, or None where it has no such file.

    Lines end as CSS Syntax 3, “Preprocessing the input stream”, has it.
    """
    if not _is_there(file):
        return None
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{file} has more than {_MOST_BYTES:,} bytes; no style needs so many.")
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not in UTF-8, at byte {error.start + 1}; save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    found = FORBIDDEN.search(text)
    if found:
        raise UsageError(f"{file} holds U+{ord(found[0][0]):04X}, which no text has; save it as plain text.")
    return text


def _demand_own_files(folder: Path) -> None:
    """Raise `UsageError` where a file of a style lies outside of its folder, or a font is none.

    A style may be another's, unpacked: a link in it must bring nothing of the user's into an edition.
    """
    fonts = tuple(_fonts(folder / "fonts"))
    for file in (*(folder / name for name in _FILES), *fonts):
        if not is_inside(file, (os.path.realpath(folder),)):
            raise UsageError(f"{file} is a link that leads out of the style; copy the file into its folder.")
    for font in fonts:
        _demand_font(font)


def _demand_font(file: Path) -> None:
    if file.stat().st_size > _MOST_FONT_BYTES:
        return  # which is told where it is read
    from fontTools.ttLib import TTFont

    try:
        with file.open("rb") as opened, TTFont(opened, fontNumber=0, lazy=True) as font:
            font.getBestCmap()
    except Exception as error:  # What a broken table raises is anybody's guess.
        raise UsageError(f"{file} is no font that can be read; get it anew, or take it away.") from error


def _is_there(file: Path) -> bool:
    """Tell whether a style has a file. Raises `UsageError` where something else has its name."""
    try:
        if file.is_file():
            return True
        is_taken = file.is_symlink() or file.exists()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    if is_taken:
        raise UsageError(f"{file} is no file that can be read; give it another name.")
    return False


def _fonts(folder: Path) -> Iterator[Path]:
    """Yield the font files in a folder, sorted by their names."""
    try:
        files = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror}.") from error
    yield from (file for file in files if file.suffix.lower() in _FONT_FILES and _is_there(file))


def _put(font: Path, store: Store) -> str:
    try:
        if font.stat().st_size > _MOST_FONT_BYTES:
            raise UsageError(f"{font} has more than {_MOST_FONT_BYTES:,} bytes; no font has so many.")
        with font.open("rb") as file:
            return store.put(file)
    except OSError as error:
        raise UsageError(f"{font} cannot be read: {error.strerror}.") from error
    except InputError as error:
        raise UsageError(f"{font} cannot be read: {error}") from error
