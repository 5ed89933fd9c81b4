"""Hostile folders of styles: what a style that somebody unpacked may hold, and what comes of it."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from hostile.conftest import SECRET
from hostile.folders import HostileFolder, file, together
from newsbook.diagnostics import Exit

PRINT = ("build", "good.txt", "-o", "out.pdf", "--style", "x")
BOOK = ("build", "good.txt", "-o", "out.epub", "--style", "x")
HTTP = "http://169.254.169.254/x"
DOUBLING = "".join(f"--a{n}:var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 40))


def sheet(text: str | bytes, kind: str = "print") -> Callable[[Path], object]:
    return file(f"x/{kind}.css", text)


def link(name: str, target: str) -> Callable[[Path], object]:
    """Return what has a file of a style be a link; a target without a slash lies beside the style's folder."""

    def make(folder: Path) -> None:
        place = folder / "x" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target if target.startswith("/") else os.path.relpath(folder / target, place.parent))

    return make


def picture(form: str = "PNG", size: tuple[int, int] = (40, 40)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#256").save(made, form)
    return made.getvalue()


def secret(name: str, data: str | bytes) -> Callable[[Path], object]:
    return file(name, data)


# Told with exit code 2, by the sheet that is meant, before anything is made.
REFUSED: dict[str, str] = {
    "file": "p { background: url(file:///etc/passwd) }",
    "http": f"p {{ background: url({HTTP}) }}",
    "no-scheme": "p { background: url(//169.254.169.254/x.png) }",
    "import": "@import 'y.css';",
    "import-http": f"@import url({HTTP});",
    "import-escaped": "@\\69mport 'y.css';",
    "url-escaped": "p { background: \\75rl(file:///etc/passwd) }",
    "font-face": "@font-face { font-family: A; src: url(file:///etc/passwd) }",
    "font-face-up": "@font-face { font-family: A; src: url(../secret.ttf) }",
    "image-set": f"p {{ background: image-set('{HTTP}' 1x) }}",
    "content": f"p::before {{ content: url({HTTP}) }}",
    "list-image": "li { list-style-image: url(/etc/passwd) }",
    "variable": "p { --a: url(file:///etc/passwd); background: var(--a) }",
    "page": "@page { @top-left { content: url(/etc/passwd) } }",
    "attachment": "a { -weasy-link: url(/etc/passwd) }",
    "deep": "p { color: " + "(" * 100_000 + " }",
    "deep-blocks": "@media print {" * 20_000,
    "doubling": f":root {{ --a0: 字; {DOUBLING} }} p::before {{ content: var(--a39) }}",
    "up": "p { background: url(../good.txt) }",
    "up-encoded": "p { background: url(%2e%2e/good.txt) }",
}

FAULTY: dict[str, Callable[[Path], object]] = {
    "nul": sheet(b"p { color: red }\0"),
    "binary": sheet(bytes(range(256)) * 40),
    "utf-16": sheet("p { color: red }".encode("utf-16")),
    "huge": lambda at: os.truncate(_touched(at / "x" / "print.css"), 20 << 30),
    "device": link("print.css", "/dev/zero"),
    "fifo": lambda at: os.mkfifo(_below(at / "x" / "print.css")),
    "toml-nul": file("x/style.toml", b"a = 1\0"),
    "toml-deep": file("x/style.toml", "a = " + "[" * 50_000),
    "toml-device": link("style.toml", "/dev/zero"),
    "toml-huge": lambda at: os.truncate(_touched(at / "x" / "style.toml"), 20 << 30),
    "font-device": link("fonts/a.ttf", "/dev/zero"),
    "font-fifo": lambda at: os.mkfifo(_below(at / "x" / "fonts" / "a.ttf")),
    "font-no-font": file("x/fonts/a.ttf", b"not a font"),
    "font-cut": file("x/fonts/a.ttf", b"\0\1\0\0\0\x7f" + bytes(6) + b"glyf" + b"\xff" * 300),
    "font-huge": lambda at: os.truncate(_touched(at / "x" / "fonts" / "a.ttf"), 20 << 30),
    "picture-no-picture": together(sheet("p { background: url(a.png) }"), file("x/a.png", b"no picture")),
    "picture-device": together(sheet("p { background: url(a.png) }"), link("a.png", "/dev/zero")),
    "picture-not-there": sheet("p { background: url(a.png) }"),
    "picture-bomb": together(sheet("p { background: url(a.png) }"), lambda at: _bomb(at / "x" / "a.png")),
    "picture-entities": together(
        sheet("p { background: url(a.svg) }"),
        file("x/a.svg", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>"),
    ),
    "print-link-out": together(secret("secret.css", f"/* {SECRET} */"), link("print.css", "secret.css")),
    "toml-link-out": together(secret("secret.toml", ""), link("style.toml", "secret.toml")),
    "picture-link-out": together(
        secret("secret.png", picture()), sheet("p { background: url(a.png) }"), link("a.png", "secret.png")
    ),
    "book-link-out": together(secret("secret.css", f"/* {SECRET} */"), link("ebook.css", "secret.css")),
    "font-link-out": together(secret("secret.ttf", b"x"), link("fonts/a.ttf", "secret.ttf")),
    "fonts-link-out": together(secret("fonts-of-mine/a.ttf", b"x"), link("fonts", "fonts-of-mine")),
}  # fmt: skip

# What does no harm, and is followed or passed over.
FOLLOWED: dict[str, Callable[[Path], object]] = {
    "picture-scripts": together(
        sheet("p { background: url(a.svg) }"),
        file(
            "x/a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/><script>1</script></svg>",
        ),
    ),
    "empty": lambda at: (at / "x").mkdir(),
    "other-files": together(file("x/templates/issue.html", "{{ 7*7 }}"), file("x/evil.py", "raise SystemExit(9)")),
    "unclosed": sheet("p { color: red"),
    "markup": sheet("</style><script>alert(1)</script> p { color: red }"),
    "words": sheet(f"p::after {{ content: '@import url({HTTP})' }}"),
    "unknown": sheet("p { behavior: none; nonsense: 1px } @nonsense { p { color: red } }"),
    "selectors": sheet(",".join(f".a{n}" for n in range(20_000)) + " { color: red }"),
    "long-name": file("x/" + "a" * 250, "x"),
    "name-no-utf-8": file(b"x/\xff\xfe.css", "p { }"),
}


def _below(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _touched(place: Path) -> Path:
    _below(place).touch()
    return place


def _bomb(place: Path) -> None:
    _below(place).write_bytes(picture().replace(b"\0\0\0(\0\0\0(", b"\0\1\0\0\0\1\0\0", 1))


def _rows() -> Iterator[HostileFolder]:
    for name, text in REFUSED.items():
        yield HostileFolder(f"style-{name}", sheet(text), Exit.USAGE, said="print.css", arguments=PRINT)
        yield HostileFolder(f"e-book-{name}", sheet(text, "ebook"), Exit.USAGE, said="ebook.css", arguments=BOOK)
    for name, make in FAULTY.items():
        yield HostileFolder(f"style-{name}", make, Exit.USAGE, said="x/", arguments=PRINT)
    for name, make in FOLLOWED.items():
        yield HostileFolder(f"style-{name}", make, arguments=PRINT if name != "markup" else BOOK)


STYLES = tuple(_rows())
