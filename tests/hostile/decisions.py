"""Hostile decisions beside a page, and hostile names of pages."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.folders import HostileFolder
from hostile.inputs import MORE, PROSE
from newsbook.diagnostics import Code, Exit

PAGE = f"渡口老街的早市\n\n網(w渡口的早市。{PROSE}\n\n{MORE}\n".encode()


def decided(**said: object) -> bytes:
    """Return decisions on the page, of which one says something else."""
    ruling = {"line": 3, "column": 1, "before": "網(w", "decision": "replace", "after": "網", **said}
    whole = {"page": "a.txt", "sha256": hashlib.sha256(PAGE).hexdigest(), "repairs": [ruling], "omissions": []}
    return json.dumps(whole).encode()


RULING = decided()
UNUSABLE: dict[str, bytes] = {
    "nothing": b"",
    "utf-16": RULING.decode().encode("utf-16"),
    "nul": RULING + b"\0",
    "deep": b"[" * 200_000,
    "no-number": b'{"page":NaN}',
    "5000-digits": b'{"page":' + b"9" * 5_000 + b"}",
    "surrogate": decided(after="\ud800"),
    "unknown-field": RULING.replace(b'"page"', b'"pages"'),
    "keys-twice": b'{"page":"a","page":"b"}',
    "bom": b"\xef\xbb\xbf" + RULING,
}
UNFIT: dict[str, bytes] = {
    "control": decided(after="\x1b[31m網"),
    "nul-within": decided(after="網\0"),
    "line-end": decided(after="網\n\n路"),
    "line-0": decided(line=0),
    "line-of-30-digits": decided(line=10**30),
    "column-of-a-milliard": decided(column=10**9),
    "nothing-quoted": decided(before=""),
    "quoted-without-end": decided(before="網" * 100_000),
    "of-another-page": RULING.replace(b'"sha256": "', b'"sha256": "x'),
    "50000": RULING.replace(b"}], ", b"}" + b"," + RULING.split(b"[", 1)[1].split(b"]", 1)[0] + b"], "),
}
FOLLOWED: dict[str, tuple[bytes, tuple[Code, ...]]] = {
    "markup": (decided(after="<script>alert(1)</script>"), ()),
    "without-end": (decided(after="字" * 100_000), (Code.OVER_CAP,)),
    "override": (decided(after="\N{RIGHT-TO-LEFT OVERRIDE}網"), ()),
}


def _sparse(place: Path) -> None:
    place.touch()
    os.truncate(place, 20 << 30)


NO_FILES: dict[str, tuple[Callable[[Path], object], Exit, tuple[Code, ...]]] = {
    "fifo": (os.mkfifo, Exit.OK, ()),
    "folder": (Path.mkdir, Exit.OK, ()),
    "device": (lambda place: place.symlink_to("/dev/zero"), Exit.OK, (Code.INPUT_NOT_READ,)),
    "elsewhere": (lambda place: place.symlink_to("/etc/passwd"), Exit.OK, (Code.INPUT_NOT_READ,)),
    "itself": (lambda place: place.symlink_to(place.name), Exit.OK, ()),
    "20-gigabytes": (_sparse, Exit.PROBLEMS, (Code.ARTICLE_UNUSABLE,)),
}
BOOK = ("build", ".", "-o", "out.epub")

# Names of pages, as bytes: what no terminal, no HTML and no archive may take for anything but a name.
NAMES: dict[str, bytes] = {
    "no-utf-8": b"\xff\xfe.txt",
    "gbk": "早市.txt".encode("gbk"),
    "line-end": "早\n市.txt".encode(),
    "escape": b"a\x1b[31m.txt",
    "c1": "a\u009bm.txt".encode(),
    "turned-round": "早\N{RIGHT-TO-LEFT OVERRIDE}txt.exe.txt".encode(),
    "line-separator": "早\u2028市.txt".encode(),
    "joiners": "早\u200d\ufeff市.txt".encode(),
    "no-character": "早\uffff.txt".encode(),
    "dash": b"-rf.txt",
    "flag": b"--output=x.txt",
    "at": b"@list.txt",
    "pattern": b"*[!a]?.txt",
    "number-sign": b"feed.xml#1.txt",
    "percent": b"%2e%2e%2fx.txt",
    "shell": b"a'\"`$(id);id.txt",
    "markup": b"<img src=x onerror=alert(1)>.txt",
    "template": b"{{7*7}}.txt",
    "backslashes": b"..\\..\\x.txt",
    "device-of-windows": b"CON.txt",
    "blank": b" .txt",
    "ideographs": ("早" * 83 + ".txt").encode(),
}
TWINS = ("が.txt".encode(), "が.txt".encode(), b"A.txt", b"a.txt")


def _beside(data: bytes | Callable[[Path], object]) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        (folder / "a.txt").write_bytes(PAGE)
        place = folder / "a.txt.overrides.json"
        if isinstance(data, bytes):
            place.write_bytes(data)
        else:
            data(place)

    return make


def _called(*names: bytes) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        for name in names:
            (folder / os.fsdecode(name)).write_bytes(PAGE)

    return make


def _rows() -> Iterator[HostileFolder]:
    for name, data in UNUSABLE.items():
        unusable = (Code.OVERRIDES_UNUSABLE,)
        yield HostileFolder(f"decisions-{name}", _beside(data), Exit.PROBLEMS, unusable, arguments=BOOK)
    for name, data in UNFIT.items():
        yield HostileFolder(f"decisions-{name}", _beside(data), codes=(Code.OVERRIDE_UNFIT,), arguments=BOOK)
    for name, (data, codes) in FOLLOWED.items():
        yield HostileFolder(f"decisions-{name}", _beside(data), codes=codes, arguments=BOOK)
    for name, (make, ending, codes) in NO_FILES.items():
        yield HostileFolder(f"decisions-{name}", _beside(make), ending, codes, arguments=BOOK)
    for name, raw in NAMES.items():
        yield HostileFolder(f"name-{name}", _called(raw), arguments=BOOK)
    yield HostileFolder("name-twins", _called(*TWINS), arguments=BOOK)


DECISIONS = tuple(_rows())
