"""Find faces and their characters by asking fontconfig: those that a style brings along, then the installed ones."""

import os
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, partial
from typing import TypeAlias

from msgspec import Struct

from newsbook.diagnostics import DependencyError
from newsbook.store import Store

# fontconfig's weights (FcPatternAddInteger, FC_WEIGHT): regular, bold, and where what is meant for bold begins.
_REGULAR, _BOLD, _BOLDER = 80, 200, 150


class FontFile(Struct, frozen=True):
    """A font on this machine: its file and its number in there, and its weight as fontconfig has it."""

    file: str
    number: int = 0
    weight: int = _REGULAR


class Face(Struct, frozen=True):
    """A face: its family, its version, the code points that it covers, and its regular and its bold font.

    `edges` holds sorted numbers; a code point is covered where an odd count of them is at or below it.
    `is_coloured` tells that its glyphs are pictures.
    """

    family: str
    version: str
    edges: tuple[int, ...]
    regular: FontFile | None = None
    bold: FontFile | None = None
    is_coloured: bool = False

    def covers(self, character: str) -> bool:
        """Tell whether the face has a glyph for `character`."""
        return bisect_right(self.edges, ord(character)) % 2 == 1


FindFace: TypeAlias = Callable[[str], Face | None]


class _Listed(Struct, frozen=True):
    """A font as fontconfig lists it, with its version and its characters.

    `slope` is whether it leans, and how far it is from normal width.
    """

    font: FontFile
    version: str
    charset: str
    slope: tuple[bool, int] = (False, 0)
    is_coloured: bool = False


def face_finder(fonts: tuple[str, ...], store: Store) -> FindFace:
    """Return what finds faces: in the fonts of a style, which lie in the store, then among those that are installed."""
    return partial(find_face, brought=tuple(str(store.path(digest)) for digest in fonts))


@cache
def find_face(family: str, brought: tuple[str, ...] = ()) -> Face | None:
    """Return the face of `family`, with the characters of its regular font, or None where there is none.

    `brought` are files on this machine that come before the fonts that are installed; each is named by what is in it.
    """
    listed = [each for file in brought for each in _listed(family, "fc-scan", file)]
    listed = listed or sorted(_listed(family, "fc-list", f":family={family}"), key=_place)
    straightest = min((each.slope for each in listed), default=None)
    listed = [each for each in listed if each.slope == straightest]
    chief = _nearest(listed, _REGULAR)
    if chief is None:
        return None
    regular = _nearest([each for each in listed if each.font.weight <= _BOLDER], _REGULAR)
    bold = _nearest([each for each in listed if each.font.weight > _BOLDER], _BOLD)
    return Face(
        family=family,
        version=_version(chief.version),
        edges=_edges(chief.charset),
        regular=regular.font if regular else None,
        bold=bold.font if bold else None,
        is_coloured=chief.is_coloured,
    )


def _nearest(listed: list[_Listed], weight: int) -> _Listed | None:
    return min(listed, key=lambda each: abs(each.font.weight - weight), default=None)


def _place(each: _Listed) -> tuple[str, int]:
    return each.font.file, each.font.number


def _listed(family: str, program: str, what: str) -> list[_Listed]:
    path = shutil.which(program)
    if path is None:
        raise DependencyError(f"fontconfig's program `{program}` is missing; install the package fontconfig.")
    form = "%{family}\t%{file}\t%{index}\t%{weight}\t%{slant}\t%{width}\t%{color}\t%{fontversion}\t%{charset}\n"
    return [
        _Listed(
            FontFile(os.fsdecode(file.encode("utf-8", "surrogateescape")), int(number), round(float(weight))),
            version,
            charset,
            (slant != "0", _off(width)),
            color == "True",
        )
        for families, file, number, weight, slant, width, color, version, charset in _printed(path, form, what)
        if family in families.split(",") and weight.replace(".", "").isdigit()
    ]


def _printed(path: str, form: str, what: str) -> list[list[str]]:
    """Return the lines of what a program of fontconfig prints, in fields: it writes UTF-8 whatever the locale is."""
    done = subprocess.run([path, "--format", form, what], capture_output=True, check=False)
    lines = done.stdout.decode("utf-8", "surrogateescape").split("\n")
    return [line.split("\t") for line in lines if line]


def _off(width: str) -> int:
    """Return how far a width is from fontconfig's FC_WIDTH_NORMAL, which is 100. A font of variable width is normal."""
    return abs(int(width) - 100) if width.isdigit() else 0


class _Offer(Struct, frozen=True, order=True):
    """A family that has a character, the better fit for text the less: not of bitmaps, not of one width, upright."""

    is_bitmap: bool
    is_fixed: bool
    is_plain: bool
    family: str


@cache
def families_with(character: str) -> tuple[str, ...]:
    """Return the installed families that have `character`, the best fit for text first, and those with colours."""
    path = shutil.which("fc-list")
    if path is None:
        return ()
    form = "%{scalable}\t%{spacing}\t%{color}\t%{family[0]}\n"
    offers = {
        _Offer(scalable == "False", spacing not in {"", "0"}, color != "True", family)
        for scalable, spacing, color, family in _printed(path, form, f":charset={ord(character):x}")
        if family and not family.startswith(_STAND_INS)
    }
    return tuple(dict.fromkeys(offer.family for offer in sorted(offers)))


# Faces that have a box for every character there is.
_STAND_INS = ("Adobe Blank", "Adobe NotDef", "Last Resort", "LastResort", ".")


def _version(fixed: str) -> str:
    """Return fontconfig's 16.16 fixed-point number as people write it: 131334 is 2.004."""
    return f"{int(fixed or 0) / 65536:.3f}"


def _edges(charset: str) -> tuple[int, ...]:
    """Turn fontconfig's `20-7e a0` into half-open borders: 0x20, 0x7f, 0xa0, 0xa1."""
    edges: list[int] = []
    for span in charset.split():
        first, _, last = span.partition("-")
        edges += (int(first, 16), int(last or first, 16) + 1)
    return tuple(edges)
