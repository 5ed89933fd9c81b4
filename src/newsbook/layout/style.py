"""A style as a value: its sheets, its grid, its faces and its fonts, read once out of its folders."""

import hashlib
import tomllib
from collections.abc import Container, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec

from newsbook.assets import style_folders, styles
from newsbook.diagnostics import InputError, UsageError
from newsbook.layout.soundness import check_sheet
from newsbook.model import FORBIDDEN, Stylesheet
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


class Print(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The grid of a printed page.

    The width of a `picture` and the `leading` are in ems of the body, the measure of a `headline` in ems of its own.
    `lead_picture` is set where the first picture of the first story stands before its text, `vertical` where lines run
    down the page. Of less text than `brief` is a story without pictures that shares its columns, and of no more than
    `beside` one that is set beside its first picture, both in ems. Pages are planned by `plan`, in so many `columns`,
    `gap` ems apart.
    """

    picture: Ems
    leading: Ems
    headline: Ems
    lead_picture: bool
    brief: Length
    beside: Length
    vertical: bool
    plan: Literal["", "columns"]
    columns: Annotated[int, msgspec.Meta(ge=1, le=8)]
    gap: Ems


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many ems of its own size a headline has on a cover: the first of several, any other, and one alone."""

    lead: Ems
    headline: Ems
    lone: Ems


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
    cover: Cover
    faces: Faces


class Style(msgspec.Struct, frozen=True):
    """A style: its sheets, its grid on paper and on a cover, its faces, and its fonts by their hashes in the store.

    `sheets` are those of all carriers, under `base`, and those of each, the most general first; each is kept apart, so
    that an error can name it. `digest` is the SHA-256 of all that the style is, whatever it is called.
    """

    name: str
    sheets: dict[str, tuple[Stylesheet, ...]]
    page: Print
    cover: Cover
    faces: Faces
    fonts: tuple[str, ...]
    digest: str


_FONT_FILES = frozenset((".ttf", ".otf", ".ttc", ".otc"))


def load_style(name: str, store: Store) -> Style:
    """Return the style called `name`, or that of the folder `name`; its fonts are put into `store`.

    Raises `UsageError` where there is no such style, or with the name of a file that cannot be understood.
    """
    folders = style_folders(name)
    own = () if name in styles() else folders[-1:]
    sheets = {kind: tuple(_sheets(folders, kind, own)) for kind in ("base", "print", "ebook", "cover")}
    settings = _settings(folders)
    fonts = tuple(dict.fromkeys(_put(file, store) for folder in folders for file in _fonts(folder / "fonts")))
    whole = msgspec.json.encode((sheets, settings, fonts), order="deterministic")
    return Style(
        name=folders[-1].resolve().name,
        sheets=sheets,
        page=settings.page,
        cover=settings.cover,
        faces=settings.faces,
        fonts=fonts,
        digest=hashlib.sha256(whole).hexdigest(),
    )


def _sheets(folders: tuple[Path, ...], kind: str, own: tuple[Path, ...]) -> Iterator[Stylesheet]:
    """Yield the sheets of a kind in `folders`; those in the user's `own` are held against what a style may hold."""
    number = 0
    for folder in folders:
        file = folder / f"{kind}.css"
        text = _text(file)
        if text is None:
            continue
        if folder in own:
            check_sheet(text, kind, str(file))
        yield Stylesheet(f"{kind}{number or ''}.css", text)
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
