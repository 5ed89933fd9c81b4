"""What a user's style may hold: nothing from outside of its edition, and nothing without end."""

import re
from pathlib import Path

import pytest

from newsbook.assets import root, styles
from newsbook.diagnostics import UsageError
from newsbook.layout.soundness import check_sheet
from stores import style_of

REACHING = [
    "p { background: url(file:///etc/passwd) }",
    "p { background: url('http://127.0.0.1:9/x.png') }",
    'p { background: u\\72l("//host/x") }',
    "p { background: \\75rl(file:/x) }",
    "p { background: URL( 'x.png' ) }",
    "p { background: url(/*no*/x.png) }",
    "p { background: /* one */url/**/ (x); cursor: url(x.cur), auto }",
    "p { background: url(data:image/svg+xml,x) }",
    "p { background: image-set('x.png' 1x, 'y.png' 2x) }",
    "p { background: -webkit-image-set(url(x.png) 1x) }",
    "p { background: image(ltr 'x.png') }",
    "p { background: cross-fade(url(x.png), url(y.png)) }",
    "p { --a: 'x.png'; background: image-set(var(--a) 1x) }",
    "p { --a: url(x.png) }",
    "p { content: src('x') }",
    "p { mask: url(x.svg#m) }",
    "@import 'x.css';",
    "@import url(http://host/x.css) screen;",
    "@\\69mport 'x.css';",
    "@IMPORT/**/'x.css';",
    "p { } @media print { @import 'x.css'; }",
    "@font-face { font-family: A; src: local(A), url(//host/a.woff2) }",
    "@namespace url(http://www.w3.org/1999/xhtml); p { background: url(x) }",
    "@namespace 'a' { p { background: url(x) } }",
    "@supports (background: url(x)) { p { color: red } }",
    "p { background: url(http://edition.invalid/images/a.jpg) }",
    "p { background: url(images/../../a.jpg) }",
    "@page { @top-left { content: url(x) } }",
]
ENDLESS = [
    "p { width: " + "(" * 100_000,
    "@media print { " * 2000 + "}" * 2000,
    ":not(" * 2000 + "p" + ")" * 2000 + "{ color: red }",
    ":root {" + "".join(f"--v{n}: var(--v{n + 1}) var(--v{n + 1});" for n in range(20)) + "--v20: x }",
    ":root {" + "".join(f"--v{n}: var(--v{n + 1}, 0);" for n in range(3000)) + "}",
    "@media print { p { --a: var(--b) var(--b); --b: var(--a) var(--a) } }",
    "p { font-size: 1e8px }",
    "p { width: 99999999% }",
    "@page { size: 1e300mm }",
    "body { display: grid; grid-template-columns: repeat(1000000, 1px) }",
    "p { margin: calc(1px / 0) }",
    "p { margin: calc(infinity * 1px) }",
    "/*" + "x" * 1_000_001 + "*/",
]
SOUND = [
    "@charset 'utf-8'; @namespace svg url(http://www.w3.org/2000/svg); @namespace 'http://www.w3.org/1999/xhtml';",
    "@font-face { font-family: 'A'; src: local('Noto Serif CJK TC') }",
    "p::before { content: 'url(file:///etc/passwd) @import' }",
    "/* @import 'x'; url(http://host/) */ p { filter: url(#blur); color: #fff }",
    "q { quotes: '「' '」'; z-index: 2147483647; border-radius: 9999px; width: calc(100% / 3) }",
    ":root { --a: 2px; --b: calc(var(--a) * 2) } p { margin: var(--b) var(--b, 1em) }",
    "a[href^='http://'] { color: red } a[href='url(x)']::after { content: attr(href) }",
    "body { display: grid; grid-template-columns: repeat(12, minmax(0, 2000px)) }",
]


@pytest.mark.parametrize("css", REACHING)
@pytest.mark.parametrize("kind", ["base", "print", "ebook", "cover"])
def test_a_sheet_that_reaches_outside_is_refused(css: str, kind: str) -> None:
    with pytest.raises(UsageError, match=r"mine\.css cannot be used: line 1 (names|imports|has an address)"):
        check_sheet(css, kind, "mine.css")


@pytest.mark.parametrize("css", ENDLESS, ids=range(len(ENDLESS)))
def test_a_sheet_without_end_is_refused(css: str) -> None:
    with pytest.raises(UsageError, match=r"^mine\.css "):
        check_sheet(css, "print", "mine.css")


@pytest.mark.parametrize("css", SOUND)
def test_a_sheet_that_only_looks_so_is_taken(css: str) -> None:
    check_sheet(css, "ebook", "mine.css")


def test_print_may_show_what_the_edition_holds() -> None:
    css = "p { background: url(images/a001-1.jpg) }"
    check_sheet(css, "print", "mine.css")
    with pytest.raises(UsageError, match=r"names 'images/a001-1\.jpg'"):
        check_sheet(css, "ebook", "mine.css")


def test_the_styles_that_come_with_newsbook_would_pass_as_a_users() -> None:
    sheets = [path for path in (root() / "styles").rglob("*.css") if path.stem in {"base", "print", "ebook", "cover"}]
    assert len(sheets) > len(styles())
    for path in sheets:
        check_sheet(path.read_text("utf-8"), path.stem, path.name)


@pytest.mark.parametrize("kind", ["base", "print", "ebook", "cover"])
def test_the_file_of_a_users_style_is_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"{kind}.css").write_text("p { }\n@import 'x.css';")
    with pytest.raises(UsageError, match=f"{re.escape(str(tmp_path))}/{kind}.css cannot be used: line 2 imports"):
        style_of(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("style.toml", b"a." * 50_000 + b"a = 1", "has a line of more than"),
        ("print.css", b"/*" + b" " * 1_000_000, "has more than 1,000,000 bytes"),
    ],
)
def test_a_file_that_no_style_needs_is_refused(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UsageError, match=words):
        style_of(str(tmp_path))


def test_a_font_as_large_as_a_disk_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    with (tmp_path / "fonts" / "a.ttf").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(UsageError, match="no font has so many"):
        style_of(str(tmp_path))
