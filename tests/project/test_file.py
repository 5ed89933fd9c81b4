"""newsbook.toml found and read, whatever else bears its name or stands in it."""

import codecs
import os
from pathlib import Path

import pytest

from newsbook.diagnostics import Code, Exit, UsageError
from newsbook.project import check, find, load, located, merge, read
from newsbook.project.file import parsed


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with pages/may/page.txt and a newsbook.toml beside pages/."""
    (tmp_path / "pages" / "may").mkdir(parents=True)
    (tmp_path / "pages" / "may" / "page.txt").write_text("頁", "utf-8")
    (tmp_path / "newsbook.toml").write_text('style = "plain"', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "inputs",
    [
        (),
        ("pages",),
        ("pages/may/page.txt",),
        ("pages/may/gone.txt",),
        ("pages/gone/gone.txt",),
        ("pages/**/*.txt",),
        ("@pages/list.txt",),
        ("-",),
        ("https://news.example/pages/a.html",),
        ("nul\0",),
        ("x" * 300,),
    ],
)
def test_it_is_found_above_the_first_input(tree: Path, inputs: tuple[str, ...]) -> None:
    assert tree.is_dir()
    assert find(inputs) == Path("newsbook.toml")


def test_the_nearest_is_followed_and_named_as_seen_from_here(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    near = tree / "pages" / "newsbook.toml"
    near.touch()
    assert find(("pages/may/page.txt",)) == Path("pages/newsbook.toml")
    assert find((str(tree / "pages"),)) == Path("pages/newsbook.toml")
    assert find(()) == Path("newsbook.toml")
    monkeypatch.chdir(tree / "pages" / "may")
    assert find(("page.txt",)) == Path("../newsbook.toml")
    near.unlink()
    assert find(("page.txt",)) == Path("../../newsbook.toml")


def test_one_far_away_is_named_in_full(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    os.chdir(other)
    assert find((str(tree / "pages"),)) == tree / "newsbook.toml"
    assert find(()) is None


def test_what_only_bears_the_name_is_passed_by(tree: Path) -> None:
    name = tree / "pages" / "newsbook.toml"
    name.mkdir()
    assert find(("pages",)) == Path("newsbook.toml")
    name.rmdir()
    os.mkfifo(name)
    assert find(("pages",)) == Path("newsbook.toml")
    name.unlink()
    name.symlink_to("newsbook.toml")
    assert find(("pages",)) == Path("newsbook.toml")
    name.unlink()
    name.symlink_to("may/page.txt")
    assert find(("pages",)) == Path("pages/newsbook.toml")


def test_an_input_behind_a_link_belongs_to_where_it_leads(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "link").symlink_to(tree / "pages")
    os.chdir(other)
    assert find(("link",)) == tree / "newsbook.toml"
    assert find(("link/../gone.txt",)) == tree / "newsbook.toml"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_in_a_folder_where_anybody_writes_a_strangers_is_passed_by(tree: Path) -> None:
    (tree / "pages").chmod(0o1777)
    name = tree / "pages" / "newsbook.toml"
    name.touch()
    assert find(("pages",)) == Path("pages/newsbook.toml")
    os.chown(name, 12345, -1)
    assert find(("pages",)) == Path("newsbook.toml")
    (tree / "pages").chmod(0o755)
    assert find(("pages",)) == Path("pages/newsbook.toml")


def test_in_a_folder_that_is_gone_only_what_is_named_in_full_is_found(tree: Path) -> None:
    folder = tree / "below"
    folder.mkdir()
    os.chdir(folder)
    folder.rmdir()
    assert find(()) is None
    assert find(("page.txt",)) is None
    path = find((str(tree / "pages"),))
    assert path == tree / "newsbook.toml"
    draft = merge(load(path), {"inputs": ("x.txt",)}, "pdf")
    ready = located(check(draft, print), draft.folder)
    assert (ready.inputs, ready.outputs[0].file) == (("x.txt",), "x.pdf")
    assert located(load(path).project, path.parent).style == str(tree / "plain")


def test_which_one_was_read_is_a_note(tree: Path) -> None:
    (finding,) = load(tree / "newsbook.toml").findings
    assert finding.code is Code.SETTINGS_READ
    assert finding.message == f"{tree}/newsbook.toml is followed."


def refused(path: Path, said: str) -> None:
    with pytest.raises(UsageError) as failure:
        load(path)
    assert str(failure.value) == said
    assert failure.value.exit is Exit.USAGE


def test_what_is_named_and_is_no_file_is_refused(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    Path("loop").symlink_to("loop")
    os.mkfifo("fifo")
    refused(Path("gone.toml"), "gone.toml does not exist; check the name.")
    refused(Path("pages"), "pages is a folder; name the file in it.")
    refused(Path("fifo"), "fifo is no regular file; put what is to be said into one.")
    refused(Path("/dev/null"), "/dev/null is no regular file; put what is to be said into one.")
    refused(Path("loop"), "loop cannot be read: Too many levels of symbolic links.")
    refused(Path("newsbook.toml/x"), "newsbook.toml/x cannot be read: Not a directory.")
    refused(Path("x" * 300), f"{'x' * 59}… cannot be read: File name too long.")
    refused(Path("nul\0"), "nul\\x00 cannot be read: embedded null byte.")
    refused(Path("\x1b[31m"), "\\x1b[31m does not exist; check the name.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(tree: Path) -> None:
    (tree / "newsbook.toml").chmod(0)
    refused(Path("newsbook.toml"), "newsbook.toml cannot be read: Permission denied.")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"# \xb6\xc9\n", "newsbook.toml:1:3: this is not UTF-8; save the file in that encoding."),
        ("\n\n# 渡口\n# 渡".encode("gb18030"), "newsbook.toml:3:3: this is not UTF-8; save the file in that encoding."),
        ("\n# 渡口".encode("utf-16"), "newsbook.toml:1:1: this is not UTF-8; save the file in that encoding."),
        (
            b'style = "a\0b"',
            "newsbook.toml:1:11: illegal character '\\x00'; mend it, or leave the file out with --no-config.",
        ),
        (
            b"inputs = " + b"[" * 100_000,
            "newsbook.toml: lists or tables are nested too deep; no project needs so many.",
        ),
        (
            b"issue = " + b"{a=" * 100_000,
            "newsbook.toml: lists or tables are nested too deep; no project needs so many.",
        ),
        (
            b"\n" + b"a." * 400_000 + b"a = 1",
            "newsbook.toml:2: a key has hundreds of parts; no project has such a key.",
        ),
        (
            b"['" + b"'.'a".join([b""] * 100_000) + b"']",
            "newsbook.toml:1: a key has hundreds of parts; no project has such a key.",
        ),
        (b"#" * 1_000_001, "newsbook.toml has more than 1,000,000 bytes; no project is so large."),
    ],
    ids=["byte", "gb18030", "utf-16", "nul", "lists", "tables", "key", "quoted key", "large"],
)
def test_what_is_no_toml_is_refused_with_its_place(
    tree: Path, raw: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    Path("newsbook.toml").write_bytes(raw)
    refused(Path("newsbook.toml"), said)


def test_a_number_that_python_does_not_read_is_refused(tree: Path) -> None:
    (tree / "newsbook.toml").write_text(f"[fetching]\ntries = {'9' * 10_000}")
    with pytest.raises(UsageError, match=r"^newsbook\.toml: exceeds the limit \(4300 digits\)"):
        load(tree / "newsbook.toml")


def test_a_mark_of_utf_8_and_the_line_ends_of_windows_are_no_mistake(tree: Path) -> None:
    text = '[issue]\r\nnameplate = "渡口"\r\nrights = """\r\na\r\nb"""\r\n'
    (tree / "newsbook.toml").write_bytes(codecs.BOM_UTF8 + text.encode())
    draft = load(tree / "newsbook.toml")
    assert draft.project.issue.nameplate == "渡口"
    assert draft.project.issue.rights == "a\nb"
    assert draft.origins["issue.rights"].line == 3


def test_a_hundred_unknown_keys_are_twenty_findings_and_a_sum() -> None:
    findings = read("\n".join(f"k{number} = 1" for number in range(100))).findings
    assert [each.where.line for each in findings] == [*range(1, 21), 0]
    assert findings[-1].message == "80 more keys are no settings, and are not followed."


def test_a_dotted_text_is_no_endless_key() -> None:
    text = f'inputs = ["{"a." * 90}txt", "{"…" * 500}"]\nstyle = "{"a. b." * 100}"'
    assert parsed(text, "newsbook.toml")


def test_lines_are_told_however_tables_are_written() -> None:
    text = (
        'style = "plain" # a remark\n'
        '\n  [issue]\n  nameplate = """\n\n渡口"""\n'
        '[[articles]]\nof = "a"\ncredits.author = ["甲",\n"乙"]\n'
        '[[outputs]]\n\nfile = "a.pdf"\n'
        "\n"
        '[[articles]]\nof = "b"\n[articles.credits]\neditor = []\n'
        '[reading]\nform = "text"\n'
    )
    lines = {key: place.line for key, place in read(text).origins.items()}
    assert lines == {
        "style": 1,
        "issue": 3,
        "issue.nameplate": 4,
        "articles": 7,
        "articles[0]": 7,
        "articles[0].of": 8,
        "articles[0].credits": 9,
        "articles[0].credits.author": 9,
        "outputs": 11,
        "outputs[0]": 11,
        "outputs[0].file": 13,
        "articles[1]": 15,
        "articles[1].of": 16,
        "articles[1].credits": 17,
        "articles[1].credits.editor": 18,
        "reading": 19,
        "reading.form": 20,
    }


def test_what_stands_within_one_line_has_that_line() -> None:
    draft = read('\nissue = {date = "x", number = "1"}\narticles = [{of = "a"}, {of = "b"}]\n')
    assert {place.line for key, place in draft.origins.items() if key.startswith("issue")} == {2}
    assert {place.line for key, place in draft.origins.items() if key.startswith("articles")} == {3}
