"""A style as data: what layout must know of it beside its CSS. A style's tables override the base's, key by key."""

import tomllib
from functools import cache

import msgspec

from newsbook.assets import read_styles
from newsbook.diagnostics import UsageError


class Print(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The grid of a printed page.

    The width of a `picture` and the `leading` are in ems of the body, the measure of a `headline` in ems of its own.
    `lead_picture` is set where the first picture of the first story stands before its text, `vertical` where lines run
    down the page. Of less text than `brief` is a story without pictures that shares its columns, and of no more than
    `beside` one that is set beside its first picture, both in ems.
    """

    picture: float
    leading: float
    headline: float
    lead_picture: bool
    brief: float
    beside: float
    vertical: bool


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many ems of its own size a headline has on a cover: the first of several, any other, and one alone."""

    lead: float
    headline: float
    lone: float


class Faces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Font families by role, then by language; of the languages the longest that begins a tag is meant.

    `spare` are families for what those lack, in every role and language.
    """

    text: dict[str, tuple[str, ...]]
    heading: dict[str, tuple[str, ...]]
    caption: dict[str, tuple[str, ...]]
    spare: tuple[str, ...] = ()

    def stack(self, role: str, language: str) -> tuple[str, ...]:
        """Return the families for `role` in `language`, the preferred one first."""
        table: dict[str, tuple[str, ...]] = getattr(self, role)
        fitting = [tag for tag in table if language == tag or language.startswith(f"{tag}-")]
        own = table[max(fitting, key=len)] if fitting else table["zh-Hans"]
        return (*own, *self.spare)


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"page": "print"}):
    """A style's grid on paper and on a cover, and its faces."""

    page: Print
    cover: Cover
    faces: Faces


FACE_ROLES = ("text", "heading", "caption")


@cache
def read_style(name: str) -> Style:
    """Read the style called `name`. Raises `UsageError` where its `style.toml` cannot be understood."""
    try:
        tables = [tomllib.loads(text) for text in read_styles(name, "style.toml")]
        return msgspec.convert(_merged(tables), Style)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"style.toml of the style {name!r} cannot be read: {error}.") from error


def _merged(tables: list[dict[str, object]]) -> dict[str, object]:
    merged: dict[str, object] = {}
    for table in tables:
        for key, value in table.items():
            below = merged.get(key)
            merged[key] = _merged([below, value]) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
