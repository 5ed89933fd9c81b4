"""Find the faces that are installed, and the characters that each of them covers, by asking fontconfig."""

import shutil
import subprocess
from bisect import bisect_right
from functools import cache

from msgspec import Struct

from newsbook.diagnostics import DependencyError


class Face(Struct, frozen=True):
    """An installed face: its family, its version, and the code points that it covers.

    `edges` holds sorted numbers; a code point is covered where an odd count of them is at or below it.
    """

    family: str
    version: str
    edges: tuple[int, ...]

    def covers(self, character: str) -> bool:
        """Tell whether the face has a glyph for `character`."""
        return bisect_right(self.edges, ord(character)) % 2 == 1


@cache
def find_face(family: str) -> Face | None:
    """Return the regular face of `family`, or None where the family is not installed."""
    listing = _fc_list(f":family={family}", "%{family}\t%{style}\t%{fontversion}\t%{charset}\n")
    faces = [line.split("\t") for line in listing.splitlines()]
    exact = [face for face in faces if family in face[0].split(",")]
    if not exact:
        return None
    regular = min(exact, key=lambda face: ("Regular" not in face[1].split(","), face))
    return Face(family, _version(regular[2]), _edges(regular[3]))


def _fc_list(pattern: str, form: str) -> str:
    program = shutil.which("fc-list")
    if program is None:
        raise DependencyError("fontconfig's program `fc-list` is missing; install the package fontconfig.")
    done = subprocess.run([program, "--format", form, pattern], capture_output=True, text=True, check=False)
    return done.stdout


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
