"""Find faces and their characters by asking fontconfig: those that a style brings along, then the installed ones."""

import shutil
import subprocess
from bisect import bisect_right
from functools import cache

from msgspec import Struct

from newsbook.diagnostics import DependencyError, InputError

# fontconfig's weights (FcPatternAddInteger, FC_WEIGHT): regular, bold, and where what is meant for bold begins.
_REGULAR, _BOLD, _BOLDER = 80, 200, 150


class Font(Struct, frozen=True):
    """A font: its file and its number in there, its weight as fontconfig has it, its version and its characters."""

    file: str
    number: int
    weight: int
    version: str
    charset: str


class Face(Struct, frozen=True):
    """A face: its family, its version, and the code points that it covers.

    `edges` holds sorted numbers; a code point is covered where an odd count of them is at or below it.
    """

    family: str
    version: str
    edges: tuple[int, ...]

    def covers(self, character: str) -> bool:
        """Tell whether the face has a glyph for `character`."""
        return bisect_right(self.edges, ord(character)) % 2 == 1


def find_face(family: str, brought: tuple[str, ...] = ()) -> Face | None:
    """Return the regular face of `family`, or None where there is none.

    `brought` are the font files of a style, which come before those that are installed.
    """
    fonts = _fonts(family, brought)
    regular = min(fonts, key=lambda font: abs(font.weight - _REGULAR), default=None)
    return Face(family, _version(regular.version), _edges(regular.charset)) if regular else None


def find_font(family: str, style: str, brought: tuple[str, ...] = ()) -> Font:
    """Return the font of `family` in a style, `Regular` or `Bold`. Raises `InputError` where there is none."""
    is_bold = style == "Bold"
    weight = _BOLD if is_bold else _REGULAR
    fonts = [font for font in _fonts(family, brought) if (font.weight > _BOLDER) == is_bold]
    if not fonts:
        raise InputError(f"no {style.lower()} font of it is installed")
    return min(fonts, key=lambda font: abs(font.weight - weight))


@cache
def _fonts(family: str, brought: tuple[str, ...]) -> tuple[Font, ...]:
    """Return the fonts of `family` in files of a style or, where they have none, on the machine."""
    own = [font for file in brought for font in _listed(family, "fc-scan", file)]
    return tuple(
        own or sorted(_listed(family, "fc-list", f":family={family}"), key=lambda font: (font.file, font.number))
    )


def _listed(family: str, program: str, what: str) -> list[Font]:
    path = shutil.which(program)
    if path is None:
        raise DependencyError(f"fontconfig's program `{program}` is missing; install the package fontconfig.")
    form = "%{family}\t%{file}\t%{index}\t%{weight}\t%{fontversion}\t%{charset}\n"
    done = subprocess.run([path, "--format", form, what], capture_output=True, text=True, check=False)
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return [
        Font(file, int(number), round(float(weight)), version, charset)
        for families, file, number, weight, version, charset in lines
        if family in families.split(",") and weight.replace(".", "").isdigit()
    ]


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
