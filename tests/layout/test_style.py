"""A style as a value: read when it is asked for, the same whatever it is called, and a sentence for every fault."""

import os
from pathlib import Path

import pytest

from issues import issue
from newsbook.diagnostics import NewsbookError, UsageError
from newsbook.fonts.faces import find_face
from newsbook.jobs.job import unforeseen
from newsbook.layout import Carrier, load_style, make_up
from newsbook.outputs.culprits import blaming
from newsbook.store import Store
from stores import STORE, style_of
from typefaces import draw_font


def css(style: str) -> str:
    """Return the sheets of an issue that is made up in a style."""
    edition = make_up(issue(), Carrier.PRINT, style_of(style), "", find_face, print)
    return "".join(sheet.css for sheet in edition.stylesheets)


def test_a_style_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    """Builds in one process, as a live preview makes them, show what the files say at the time."""
    (tmp_path / "print.css").write_text("p { color: blue }")
    (tmp_path / "style.toml").write_text('[faces.text]\nzh-Hant = ["Noto Serif CJK TC"]\n')
    before = style_of(str(tmp_path))
    assert "p { color: blue }" in css(str(tmp_path))
    (tmp_path / "print.css").write_text("p { color: red }")
    (tmp_path / "style.toml").write_text('[faces.text]\nzh-Hant = ["Noto Sans CJK TC"]\n')
    after = css(str(tmp_path))
    assert "p { color: red }" in after
    assert "p { color: blue }" not in after
    assert '--text: "Noto Sans CJK TC"' in after
    assert style_of(str(tmp_path)).digest != before.digest


def test_a_font_that_was_changed_is_found_anew(tmp_path: Path) -> None:
    font = tmp_path / "fonts" / "one.ttf"
    draw_font(font, "Dukou One", "𠀀")
    before = style_of(str(tmp_path))
    draw_font(font, "Dukou One", "𪚥")
    after = style_of(str(tmp_path))
    faces = [find_face("Dukou One", (str(STORE.path(digest)),)) for style in (before, after) for digest in style.fonts]
    assert [[face.covers(character) for character in "𠀀𪚥"] for face in faces if face] == [
        [True, False],
        [False, True],
    ]
    assert before.digest != after.digest


def test_a_style_is_what_is_in_it_and_not_what_it_is_called(tmp_path: Path) -> None:
    styles = []
    for name in ("here", "there"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "print.css").write_text("p { color: blue }")
        draw_font(folder / "fonts" / "one.ttf", "Dukou One", "𠀀")
        styles.append(load_style(str(folder), Store(tmp_path / f"store-{name}")))
    here, there = styles
    assert (here.name, there.name) == ("here", "there")
    assert here.digest == there.digest
    assert here.digest != style_of().digest


def test_no_path_stands_in_a_style_or_its_edition(tmp_path: Path) -> None:
    draw_font(tmp_path / "fonts" / "one.ttf", "Dukou One", "𠀀")
    style = load_style(str(tmp_path), Store(tmp_path / "store"))
    edition = make_up(issue(), Carrier.PRINT, style, "", find_face, print)
    assert edition.font_files == style.fonts
    assert [len(digest) for digest in style.fonts] == [64]
    assert str(tmp_path.parent) not in f"{style}{edition}"


FAULTS = {
    "print.css": (b"p { color: \xff }", "is not in UTF-8, at byte 12"),
    "ebook.css": (b"p\x00 { }", "holds U\\+0000"),
    "cover.css": ("p { }".encode("utf-16"), "is not in UTF-8"),
    "style.toml": (b"[print]\npicture = \n", "Invalid value"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path, name: str) -> None:
    raw, words = FAULTS[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UsageError, match=f"{name} .*{words}"):
        style_of(str(tmp_path))


@pytest.mark.parametrize("name", ["print.css", "base.css", "style.toml", "fonts/one.ttf"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere"])
def test_what_is_no_file_is_named(tmp_path: Path, name: str, kind: str) -> None:
    place = tmp_path / name
    place.parent.mkdir(exist_ok=True)
    match kind:
        case "folder":
            place.mkdir()
        case "pipe":
            os.mkfifo(place)
        case "loop":
            place.symlink_to(place)
        case _:
            place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match=f"{place.name} is no file"):
        style_of(str(tmp_path))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[print]\npicture = 'wide'", r"Expected `float`, got `str` - at `\$.print.picture`"),
        ("[print]\nleading = 0", r"`\$.print.leading`"),
        ("[print]\nleading = nan", r"`\$.print.leading`"),
        ("[print]\nleading = inf", r"`\$.print.leading`"),
        ("[print]\npitcure = 3.0", "unknown field `pitcure`"),
        ("print = 3", "Expected `object`, got `int`"),
        ("[faces]\ntext = 'Noto'", r"`\$.faces.text`"),
        ("[faces.text]\nja = []", r"`\$.faces.text"),
        ("[faces.text]\nja = ['A\", serif; } p { color: red']", r"`\$.faces.text"),
        (f"[print]\nleading = {'9' * 5000}", "4300 digits"),
        (f"x = {'[' * 3000}", "recursion"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path: Path, said: str, words: str) -> None:
    (tmp_path / "style.toml").write_text(said)
    with pytest.raises(UsageError, match=f"style.toml cannot be read: .*{words}"):
        style_of(str(tmp_path))


@pytest.mark.parametrize("name", ["", "nonesuch", "x" * 300, "a\x00b", "/dev/null"])
def test_what_is_no_style_is_said(name: str) -> None:
    with pytest.raises(UsageError, match=r"there is no style .*choose one of bulletin"):
        style_of(name)


def test_lines_end_in_any_way_and_a_mark_of_order_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "print.css").write_bytes("\N{ZERO WIDTH NO-BREAK SPACE}p\r\n{\f}\r".encode())
    (tmp_path / "style.toml").write_bytes("\N{ZERO WIDTH NO-BREAK SPACE}[print]\r\npicture = 20\r\n".encode())
    style = style_of(str(tmp_path))
    assert style.sheets["print"][-1].css == "p\n{\n}\n"
    assert style.page.picture == 20


def test_a_style_of_ones_own_is_told_what_the_page_engine_cannot_set() -> None:
    failed = unforeseen("渡口街坊報", ZeroDivisionError("float division by zero"))
    told = (
        r"^the style mine asks for what the page engine cannot set \(ZeroDivisionError: float division by zero\); take"
    )
    with pytest.raises(UsageError, match=told), blaming("mine"):
        raise failed.error()
    with pytest.raises(NewsbookError, match="internal error"), blaming("bulletin"):
        raise failed.error()
