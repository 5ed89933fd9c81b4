"""Pack what an index of names sorts Han by: strokes, radical and Korean reading of every character, from Unihan.

    python scripts/pack_han.py /usr/share/unicode

The folder is that of Debian's `unicode-data`. Written is `src/newsbook/nameindex/han.bin`.
"""

import bz2
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/newsbook/nameindex/han.bin"
# The blocks of unified ideographs, from and to (Unicode 15.0); what is in no block has no strokes.
BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))


def read(folder: Path, file: str, field: str) -> Iterator[tuple[int, str]]:
    """Yield the code point and the value of a field of Unihan."""
    for line in bz2.decompress((folder / f"{file}.txt.bz2").read_bytes()).decode("utf-8").splitlines():
        if f"\t{field}\t" in line:
            code, _, value = line.split("\t")
            yield int(f"0x{code[2:]}", 0), value


def pack(folder: Path) -> bytes:
    """Return six planes of a byte for each character, compressed: strokes (China, Taiwan), radical, rest, Hangul."""
    strokes = {
        code: [*map(int, value.split()), 0][:2] for code, value in read(folder, "Unihan_IRGSources", "kTotalStrokes")
    }
    radicals = {}
    for file in ("Unihan_IRGSources", "Unihan_RadicalStrokeCounts"):
        for code, value in read(folder, file, "kRSUnicode"):
            ((radical, rest),) = re.findall(r"^(\d+)'*\.(-?\d+)", value)
            radicals[code] = (int(radical), max(0, int(rest)))
    hangul = {code: ord(value[0]) - 0xAC00 + 1 for code, value in read(folder, "Unihan_Readings", "kHangul")}
    planes = [bytearray() for _ in range(6)]
    for first, end in BLOCKS:
        for code in range(first, end):
            china, taiwan = strokes.get(code, (0, 0))
            values = (china, taiwan, *radicals.get(code, (0, 0)), *divmod(hangul.get(code, 0), 256))
            for plane, number in zip(planes, values, strict=True):
                plane.append(number)
    return lzma.compress(b"".join(planes), preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    TARGET.write_bytes(pack(Path(sys.argv[1])))
