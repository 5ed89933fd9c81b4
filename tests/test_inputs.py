"""What a name on the command line stands for, and what becomes of one that cannot be read."""

import glob
import os
import socket
import threading
import zipfile
from pathlib import Path

import pytest

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError
from newsbook.gate import Caps
from newsbook.inputs import expand, expansions, in_series, path_beside, paths_of
from newsbook.inputs.patterns import fitting
from newsbook.proof.sheet import make_sheet
from nodes import device


def test_a_folder_is_read_by_name_as_people_number_files(tmp_path: Path) -> None:
    names = [
        "01.txt",
        "2-a.txt",
        "10.txt",
        "letters.txt",
        "page.txt",
        "page1.json",
        "page2.txt",
        "page10.txt",
        "渡口.txt",
    ]
    for name in (*reversed(names), "page2.1.jpg", ".hidden", "notes.odt"):
        (tmp_path / name).touch()
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == names
    assert [(finding.code, finding.where.source) for finding in found] == [(Code.INPUT_NOT_READ, "notes.odt")]


def test_a_folder_takes_every_form_and_names_what_it_does_not_read(tmp_path: Path) -> None:
    """Its own work is no input; a page by any name is one; what belongs to a site, or to a page, is no article."""
    read = ("a.docx", "b.epub", "c.zip", "d.warc.gz", "e.csv", "f.tsv", "g.md", "h.rss", "i.jl", "i.jsonlines")
    for name in (*read, "i.css", "robots.txt", "j.pdf", "k.doc", "page.html", "l.1.jpg"):
        (tmp_path / name).touch()
    (tmp_path / "index.php").write_text("\n<!DOCTYPE html><p>渡口")
    (tmp_path / "LICENSE").write_text("html")
    for folder, inside in (("page_files", "frame.html"), ("more", "a.txt"), ("none", "a.bin")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / inside).touch()
    with zipfile.ZipFile(tmp_path / "own.epub", "w") as book:
        book.writestr("EPUB/back.xhtml", "<p>newsbook 0.1.0</p>")
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == [*read, "index.php", "page.html"]
    told = {(finding.code, finding.where.source) for finding in found}
    ignored = {(Code.INPUT_IGNORED, name) for name in ("i.css", "own.epub", "robots.txt")}
    assert told == ignored | {(Code.INPUT_NOT_READ, name) for name in ("j.pdf", "k.doc", "LICENSE", "more")}


def test_a_proof_sheet_is_passed_over_in_a_folder_and_read_where_it_is_named(tmp_path: Path) -> None:
    for name in ("page.html", "page.proof.html", "newsbook.proof.html"):
        (tmp_path / name).touch()
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == ["page.html"]
    assert not found
    assert [item.name for item in expand((str(tmp_path / "page.proof.html"),), found.append)] == ["page.proof.html"]


def test_given_order_is_kept() -> None:
    assert [item.name for item in expand(("b.txt", "-", "a.txt"), print)] == ["b.txt", "<stdin>", "a.txt"]


def test_pictures_without_a_number_are_those_that_bear_the_name_of_the_page(tmp_path: Path) -> None:
    for name in ("page.txt", "page.jpg", "page2.jpg", "page.files/a.PNG", "page_files/2.png", "page_files/10.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (item,) = expand((str(tmp_path / "page.txt"),), print)
    assert item.album() == ("page.jpg", "page_files/2.png", "page_files/10.png", "page.files/a.PNG")
    for name in ("page/a.jpg", "page/a.txt", "page_files/look.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert item.album() == ("page.jpg", "page_files/2.png", "page_files/10.png", "page.files/a.PNG")
    # What a browser saved of a page of markup is named in the page; a folder with pages has pictures of theirs.
    (tmp_path / "page.html").write_bytes(b"x")
    (item,) = expand((str(tmp_path / "page.html"),), print)
    assert item.album() == ("page.jpg", "page.files/a.PNG")


@pytest.mark.parametrize(
    ("album", "captions", "series"),
    [
        (("a.jpg",), 1, ("a.jpg",)),
        (("a.jpg",), 2, ()),
        (("d/图1.jpg", "d/图2.jpg"), 3, ("d/图1.jpg", "d/图2.jpg")),
        (("d/02.jpg",), 3, ("", "d/02.jpg")),
        (("d/640.jpg", "d/641.jpg"), 2, ("d/640.jpg", "d/641.jpg")),
        (("d/640.jpg", "d/641.jpg"), 3, ()),
        (("d/a1.jpg", "d/b2.jpg"), 2, ()),
        (("d/1.jpg", "d/1.png"), 2, ()),
        (("d/船.jpg", "d/桥.jpg"), 2, ()),
        ((), 0, ()),
    ],
)
def test_pictures_stand_in_a_series_or_their_captions_are_unknown(
    album: tuple[str, ...], captions: int, series: tuple[str, ...]
) -> None:
    assert in_series(album, captions) == series


def test_pictures_beside_a_page_are_found_by_number(tmp_path: Path) -> None:
    for name in ("page.txt", "page.1.jpg", "page.3.PNG", "page.x.jpg", "other.2.jpg", "page.0.jpg"):
        (tmp_path / name).touch()
    (item,) = expand((str(tmp_path / "page.txt"),), print)
    assert item.pictures() == ("page.1.jpg", "", "page.3.PNG")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (item,) = expand((str(tmp_path / "gone.txt"),), print)
    with pytest.raises(InputError, match=r"gone\.txt does not exist"):
        item.read()


def ignored(found: list[Diagnostic]) -> list[tuple[str, int]]:
    assert {finding.code for finding in found} <= {Code.INPUT_IGNORED}
    return [(finding.where.source, finding.where.line) for finding in found]


def test_what_is_no_file_is_passed_over_in_a_folder_and_by_a_pattern(tmp_path: Path) -> None:
    """Never opened: that would wait for a writer who may not come."""
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").mkdir()
    os.mkfifo(tmp_path / "c.txt")
    os.mkfifo(tmp_path / "d.odt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "e.html"))
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == ["a.txt"]
    assert ignored(found) == [("b.txt", 0), ("c.txt", 0), ("e.html", 0)]
    found.clear()
    assert [item.name for item in expand((f"{tmp_path}/[ac].txt",), found.append)] == ["a.txt"]
    assert ignored(found) == [("c.txt", 0)]


@pytest.mark.parametrize("own", ["list.txt", "../{}/list.txt", "link.txt", ".", "*.txt", "@list.txt", "@other.txt"])
def test_a_list_that_names_itself_is_no_input(tmp_path: Path, own: str) -> None:
    (tmp_path / "page.text").touch()
    (tmp_path / "list.txt").write_text(f"page.text\n{own.format(tmp_path.name)}\n", "utf-8")
    (tmp_path / "other.txt").write_text("@list.txt\n", "utf-8")
    (tmp_path / "link.txt").symlink_to("list.txt")
    found: list[Diagnostic] = []
    names = {item.name for item in expand((f"@{tmp_path}/list.txt",), found.append)}
    assert names - {"other.txt"} == {"page.text"}
    assert ignored(found)


def test_a_list_is_no_input_beside_others_either(tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()
    (tmp_path / "list.txt").write_text("page.txt\n", "utf-8")
    found: list[Diagnostic] = []
    names = (str(tmp_path), f"@{tmp_path}/list.txt", str(tmp_path / "list.txt"))
    assert [item.name for item in expand(names, found.append)] == ["page.txt", "page.txt"]
    assert set(ignored(found)) == {("list.txt", 0)}


def test_a_pattern_is_no_way_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for depth in ("a", "a/b", "a/b/c"):
        Path(depth).mkdir()
        for link in ("up", "upper"):
            (Path(depth) / link).symlink_to("..")
        (Path(depth) / "page.txt").touch()
    (tmp_path / "again").symlink_to("a/b")
    assert fitting("**/page.txt") == ("a/page.txt", "a/b/page.txt", "a/b/c/page.txt")
    assert len(fitting("*/" * 40 + "page.txt")) == 3
    assert fitting("a/**/up") == ("a/up", "a/b/up", "a/b/c/up")
    assert fitting("**") == (".", "a", "a/b", "a/b/c")


def test_a_pattern_means_what_it_means_in_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("page.txt", ".hidden.txt", "a/page.txt", "a/.b/page.txt", "a/c/page.html", "[x].txt", "*"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("dangling*").symlink_to("nowhere")
    some = "* *.txt .* */ a/* **/*.txt **/ ?/p* [[]x].txt a/../*.txt no* */.b/*"
    for pattern in (*some.split(), *(f"{tmp_path}/{pattern}" for pattern in some.split())):
        expected = set(map(os.path.normpath, glob.glob(pattern, recursive=True)))  # noqa: PTH207 - it is the model.
        assert set(map(os.path.normpath, fitting(pattern))) - {"."} == expected - {"."}, pattern
    # A name that looks like a pattern is none where a pattern has found it.
    assert [item.name for item in expand(("d*",), print)] == ["dangling*"]


def test_a_pattern_that_fits_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbook.inputs.patterns._MOST", 3)
    for number in range(4):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(LimitError, match=r"leads through more than 3 files or folders; narrow it"):
        expand((f"{tmp_path}/*.txt",), print)


def test_a_long_name_has_room_for_no_decisions(tmp_path: Path) -> None:
    page = tmp_path / ("n" * 251 + ".txt")
    page.write_bytes(b"page")
    (item,) = expand((str(page),), print)
    assert (item.read(), item.overrides(), item.pictures()) == (b"page", None, ())


def test_a_stream_is_read_once_and_anew_when_it_is_named_again(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for said in (b"first", b"second"):
        writer = threading.Thread(target=(tmp_path / "fifo").write_bytes, args=(said,))
        writer.start()
        (item,) = expand((str(tmp_path / "fifo"),), print)
        assert (item.read(), item.read()) == (said, said)
        writer.join(10)


def test_a_stream_without_end_exceeds_the_limit(tmp_path: Path) -> None:
    (item,) = expand((str(device(tmp_path / "zero", 5)),), print)
    for _ in range(2):
        with pytest.raises(LimitError, match="zero has more than 1,000 bytes"):
            item.open(Caps(page_bytes=1_000))


def test_a_picture_beside_an_article_is_a_file_in_its_folder(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "good.jpg").write_bytes(b"picture")
    (tmp_path / "out.jpg").touch()
    (inside / "loop.jpg").symlink_to("loop.jpg")
    (inside / "link.jpg").symlink_to("../out.jpg")
    os.mkfifo(inside / "fifo.jpg")
    assert path_beside(inside, "good.jpg").read_bytes() == b"picture"
    for name, sentence in {
        "../out.jpg": "outside the folder",
        "link.jpg": "outside the folder",
        "loop.jpg": "symbolic links",
        "fifo.jpg": "it is a FIFO, and no file",
        ".": "it is a folder, and no file",
        "a\0b": "no file can have this name",
        "\ud800": "no file can have this name",
        "n" * 256: "too long",
        "gone.jpg": "No such file",
    }.items():
        with pytest.raises(InputError, match=sentence):
            path_beside(inside, name)


def test_every_file_that_is_read_is_told(tmp_path: Path) -> None:
    names = ("page.txt", "page.1.JPG", "page.txt.overrides.json", "page.x.jpg", "other.1.jpg", "a\nb.txt")
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to(tmp_path)
    new = [tmp_path / "link" / name for name in ("page.7.png", "other.txt", "a\nb.txt.overrides.json")]
    inputs = expand((str(tmp_path / "page.txt"), str(tmp_path / "a\nb.txt"), "-", "https://news.example/a"), print)
    assert {path.name for path in paths_of(inputs, new)} == {
        "page.txt", "a\nb.txt", "page.1.JPG", "page.txt.overrides.json", "page.7.png", "a\nb.txt.overrides.json"
    }  # fmt: skip


def test_what_the_issue_file_names_as_something_else_is_no_article(tmp_path: Path) -> None:
    for name in ("a.md", "foreword.md", "~$a.docx"):
        (tmp_path / name).write_text("# 開卷\n\n街坊。\n", "utf-8")
    foreword = str(tmp_path / "foreword.md")
    for where in (str(tmp_path), f"{tmp_path}/*.md"):
        (part,) = expansions((where,), (foreword, ""))
        assert [item.name for item in part.inputs] == ["a.md"]
        assert ignored(list(part.findings)) == [("foreword.md", 0)]
    (part,) = expansions((foreword,), (foreword,))
    assert [item.name for item in part.inputs] == ["foreword.md"]


def test_a_proof_sheet_is_no_page_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><title>早市</title><p>街坊。", "utf-8")
    (tmp_path / "proof.html").write_bytes(make_sheet("早市", ()))
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == ["a.html"]
    assert ignored(found) == [("proof.html", 0)]


@pytest.mark.parametrize("arguments", [("1*",), ("1.txt", "1.1.jpg", "1.webp")])
def test_pictures_that_a_pattern_brings_along_are_no_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    for name in ("1.txt", "1.1.jpg", "1.webp"):
        (tmp_path / name).write_text("早市", "utf-8")
    monkeypatch.chdir(tmp_path)
    found: list[Diagnostic] = []
    assert [item.name for item in expand(arguments, found.append)] == ["1.txt"]
    assert {(each.code, each.where.source) for each in found} == {
        (Code.INPUT_IGNORED, "1.1.jpg"),
        (Code.INPUT_IGNORED, "1.webp"),
    }
