"""Flags over newsbook.toml: what overrides what, where it came from, and what its paths are seen from."""

import os
from pathlib import Path

import click
import pytest

from newsbook.cli import cli
from newsbook.cli.settings import flags_of
from newsbook.diagnostics import Diagnostic, Place
from newsbook.project import (
    FLAGS,
    Kind,
    Output,
    Project,
    ProjectDraft,
    ProjectError,
    assume,
    check,
    load,
    located,
    merge,
    read,
)
from newsbook.project.fields import field_at

FILE = """
inputs = ["pages"]
style = "bulletin"
[issue]
nameplate = "渡口"
number = "11"
[fetching]
allow_hosts = ["a.local", "b.local"]
[[outputs]]
file = "a.pdf"
[[outputs]]
file = "b.epub"
style = "reader"
[[outputs]]
file = "c.pdf"
style = "newspaper"
profile = "accessible"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with newsbook.toml and pages/page.txt."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.txt").touch()
    (tmp_path / "newsbook.toml").write_text(FILE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_flag_overrides_and_is_remembered() -> None:
    draft = merge(read(FILE), {"number": "12", "delay": 2.0})
    assert draft.project.issue.number == "12"
    assert draft.project.fetching.delay == 2.0
    assert draft.project.issue.nameplate == "渡口"
    assert draft.origins["issue.number"] == Place("--number")
    assert draft.origins["issue.nameplate"] == Place("newsbook.toml", 5)
    assert "fetching.timeout" not in draft.origins


def test_an_empty_flag_takes_away_what_the_file_says() -> None:
    draft = merge(read(FILE), {"nameplate": ""})
    assert not draft.project.issue.nameplate
    assert draft.origins["issue.nameplate"] == Place("--nameplate")


def test_a_list_replaces_a_list() -> None:
    draft = merge(read(FILE), {"allow_host": ("c.local",), "inputs": ("x.txt", "y.txt")})
    assert draft.project.fetching.allow_hosts == ("c.local",)
    assert draft.project.inputs == ("x.txt", "y.txt")


def test_the_style_of_a_flag_is_that_of_every_output() -> None:
    draft = merge(read(FILE), {"style": "vertical"})
    assert {output.style for output in located(draft.project, Path()).outputs} == {"vertical"}
    assert "outputs[1].style" not in draft.origins


def test_a_command_makes_the_outputs_of_its_kind() -> None:
    draft = merge(read(FILE), {}, "pdf")
    assert [output.file for output in draft.project.outputs] == ["a.pdf", "c.pdf"]
    assert draft.origins["outputs[1].profile"] == Place("newsbook.toml", 17)
    assert "outputs[2]" not in draft.origins
    (lone,) = merge(read(FILE), {}, "proof").project.outputs
    assert lone == Output(kind="proof")


def test_what_is_said_of_outputs_is_said_of_each() -> None:
    draft = merge(read(FILE), {"profile": "accessible"}, "pdf")
    assert [output.profile for output in draft.project.outputs] == ["accessible", "accessible"]
    assert draft.origins["outputs[0].profile"] == Place("--profile")


def test_o_makes_the_output_that_is_called_so_or_another(folder: Path) -> None:
    (named,) = merge(read(FILE), {"output": f"{folder}/pages/../c.pdf"}, "pdf").project.outputs
    assert named == Output(file="c.pdf", style="newspaper", profile="accessible")
    draft = merge(read(FILE), {"output": "d.pdf", "profile": "accessible"}, "pdf")
    assert draft.project.outputs == (Output(file="d.pdf", kind="pdf", profile="accessible"),)
    assert draft.origins["outputs[0].file"] == Place("-o")


def test_several_o_are_made_of_one_reading_each_what_its_name_ends_in(folder: Path) -> None:
    flags = {"output": ("x.epub", "c.pdf", "y"), "profile": "accessible", "cover": "x.png"}
    outputs = merge(read(FILE), flags, "pdf").project.outputs
    assert folder.is_dir()
    assert outputs == (
        Output(file="x.epub", kind="epub", cover="x.png"),
        Output(file="c.pdf", style="newspaper", profile="accessible"),
        Output(file="y", kind="pdf", profile="accessible"),
    )
    draft = merge(read(FILE), {"output": ("b.epub", "c.pdf")})
    assert [output.style for output in draft.project.outputs] == ["reader", "newspaper"]
    assert {draft.origins[f"outputs[{at}].file"].line for at in range(2)} == {12, 15}
    with pytest.raises(ProjectError, match=r"-o is “./x.pdf”, as that of output 1 is; name a file of its own"):
        check(merge(ProjectDraft(), {"output": ("x.pdf", "./x.pdf")}, "pdf"), list[Diagnostic]().append)


def test_what_is_printed_goes_to_standard_output_unless_a_file_is_named() -> None:
    assert merge(ProjectDraft(), {}, "json").project.outputs == (Output(file="-", kind="json"),)
    assert merge(ProjectDraft(), {"output": "a.json"}, "ninjs").project.outputs == (
        Output(file="a.json", kind="ninjs"),
    )


@pytest.mark.parametrize(
    ("flags", "outputs"),
    [
        ({"profile": "accessible"}, ["a.pdf", "c.pdf"]),
        ({"collection": "volume"}, ["b.epub"]),
        ({"output": "b.epub"}, ["b.epub"]),
        ({"output": "x.epub"}, ["x.epub"]),
        ({"output": "x", "cover": "x.png"}, ["x"]),
        ({"number": "12"}, ["a.pdf", "b.epub", "c.pdf"]),
    ],
)
def test_without_a_command_the_flags_tell_its_kind(folder: Path, flags: dict[str, object], outputs: list[str]) -> None:
    assert folder.is_dir()
    assert [output.file for output in merge(read(FILE), flags).project.outputs] == outputs


def test_a_default_of_the_machine_stands_where_nobody_says_otherwise() -> None:
    assert assume(read(FILE), "fetching.cache", "/cache").project.fetching.cache == "/cache"
    assert assume(read('[fetching]\ncache = ""'), "fetching.cache", "/cache").project.fetching.cache == ""
    assert assume(merge(ProjectDraft(), {"cache": ""}), "fetching.cache", "/cache").project.fetching.cache == ""


@pytest.mark.parametrize(
    "written",
    [
        "2024-07-05", "2024/7/5", "2024.7.5", "2024年7月5日", "２０２４年７月５日（星期五）", "民國113年7月5日",
        "令和6年7月5日",
        "2024년 7월 5일", "5 July 2024", "July 5th, 2024", "二〇二四年七月五日", "20240705",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    draft = merge(read(f'[reading]\nretrieved = "{written}"\n[[outputs]]\nfile = "a.pdf"\n'), {"date": written})
    project = check(draft, list[Diagnostic]().append)
    assert (project.issue.date, project.reading.retrieved) == ("2024-07-05", "2024-07-05")


@pytest.mark.parametrize("written", ["7/5/2024", "7月5日", "2024年7月", "2024/7/32", "5 July 2024 or later", "5 July"])
def test_a_day_that_may_be_another_is_refused(written: str) -> None:
    with pytest.raises(ProjectError, match=r"--date is .*, which is no date; write YYYY-MM-DD"):
        check(merge(read('[[outputs]]\nfile = "a.pdf"\n'), {"date": written}), list[Diagnostic]().append)


def test_mistakes_are_those_of_file_and_flags_together() -> None:
    draft = merge(read("[issue]\nnumber = 1\n"), {"date": "7 May", "language": "x_", "pages": "", "nameplate": "\x07"})
    with pytest.raises(ProjectError) as failure:
        check(draft, print)
    assert str(failure.value).splitlines() == [
        "--nameplate holds a control character; write it without.",
        "--date is “7 May”, which is no date; write YYYY-MM-DD.",
        "--lang is “x_”, which is no language tag; write zh-Hans, zh-Hant, ja or ko.",
        'newsbook.toml:2: issue.number is 1, which is no text; write it in quotes: "1".',
    ]
    assert [mistake.key for mistake in failure.value.mistakes] == [
        "issue.nameplate",
        "issue.date",
        "issue.language",
        "issue.number",
    ]


def test_of_a_great_many_mistakes_twenty_are_told_and_all_are_kept() -> None:
    with pytest.raises(ProjectError) as failure:
        check(read(f"inputs = [{'1, ' * 5000}]"), print)
    assert len(failure.value.mistakes) == 5000
    assert len(failure.value.sentences) == 21
    assert failure.value.sentences[-1] == "There are 4,980 more like these."


def test_a_flag_mends_what_the_file_says_wrongly() -> None:
    assert check(merge(read("[issue]\nnumber = 1\n"), {"number": "1"}), print).issue.number == "1"


REFUSED: list[tuple[dict[str, object], Kind, str]] = [
    ({"output": "a.epub"}, "pdf", "-o is “a.epub”, which is the name of an EPUB, and is to be a PDF."),
    ({"pages": "pages/page.txt", "collection": "volume"}, "epub",
     "--pages is for one issue, which its PDF was made of; leave it out."),
    ({"cover": "gone.png"}, "epub", "--cover is gone.png, which does not exist; check the name."),
    ({"profile": "accessible"}, "epub", "--profile is accessible, as every EPUB is; leave it out."),
    ({"offline": True, "refresh": True}, "pdf", "--refresh cannot be had offline; leave one of the two out."),
    ({"encoding": "x"}, "pdf",
     "--encoding is “x”, which is no encoding; try utf-8, gb18030, big5, euc-jp, shift_jis or euc-kr."),
    ({"timeout": 1e9}, "pdf",
     "--timeout is 1000000000.0, which is out of range; write a number above 0 and up to 86,400."),
]  # fmt: skip


@pytest.mark.parametrize(("flags", "kind", "said"), REFUSED)
def test_a_mistake_in_flags_is_told_with_the_flag(
    folder: Path, flags: dict[str, object], kind: Kind, said: str
) -> None:
    assert folder.is_dir()
    draft = merge(ProjectDraft(), flags, kind)
    with pytest.raises(ProjectError) as failure:
        check(draft, print)
    assert str(failure.value) == said


def test_without_a_file_a_mistake_is_told_with_the_key() -> None:
    project = Project(inputs=("gone.txt",), style=3)  # type: ignore[arg-type]
    with pytest.raises(ProjectError) as failure:
        check(ProjectDraft(project), print)
    assert str(failure.value).splitlines() == [
        'style is 3, which is no text; write it in quotes: "3".',
        "inputs[0] is gone.txt, which does not exist; check the name.",
    ]


@pytest.mark.parametrize(
    "project",
    [
        Project(issue="渡口"),  # type: ignore[arg-type]
        Project(outputs=Output()),  # type: ignore[arg-type]
        Project(outputs=("a.pdf",)),  # type: ignore[arg-type]
        Project(inputs=None),  # type: ignore[arg-type]
        Project(sections=(None,)),  # type: ignore[arg-type]
    ],
)
def test_values_of_no_shape_are_refused_in_python_too(project: Project) -> None:
    with pytest.raises(ProjectError):
        check(ProjectDraft(project), print)


def test_lists_do_for_tuples_in_python() -> None:
    project = Project(inputs=["-"], outputs=[Output("a.pdf")])  # type: ignore[arg-type]
    assert check(ProjectDraft(project), print) == Project(inputs=("-",), outputs=(Output("a.pdf"),))


def test_an_input_that_a_flag_names_is_left_to_reading() -> None:
    assert check(merge(ProjectDraft(), {"inputs": ("gone.txt",)}), print).inputs == ("gone.txt",)


# --- paths ----------------------------------------------------------------------------------------------------------


def test_in_the_folder_of_the_file_paths_stay_as_they_are_written(folder: Path) -> None:
    assert folder.is_dir()
    draft = merge(load(Path("newsbook.toml")), {"inputs": ("./pages//page.txt", "~/x", "a*")})
    ready = located(check(draft, print), draft.folder)
    assert ready.inputs == ("./pages//page.txt", "~/x", "a*")
    assert [output.file for output in ready.outputs] == ["a.pdf", "b.epub", "c.pdf"]


def test_elsewhere_those_of_the_file_are_seen_from_its_folder(folder: Path) -> None:
    os.chdir(folder / "pages")
    draft = load(Path("../newsbook.toml"))
    ready = located(check(draft, print), draft.folder)
    assert ready.inputs == ("../pages",)
    assert [output.file for output in ready.outputs] == ["../a.pdf", "../b.epub", "../c.pdf"]
    assert [output.style for output in ready.outputs] == ["bulletin", "reader", "newspaper"]


def test_elsewhere_those_of_flags_are_kept_as_seen_from_the_file_and_used_as_they_were_written(folder: Path) -> None:
    os.chdir(folder / "pages")
    flags = {
        "inputs": ("page.txt", "-", "https://news.example/", "/etc/hosts", "@list", "*.txt", "./page.txt"),
        "output": "x.epub",
        "cover": "page.txt",
        "style": "mine",
        "cache": "cache",
    }
    draft = merge(load(Path("../newsbook.toml")), flags, "epub")
    project = check(draft, print)
    assert project.inputs == (
        "pages/page.txt", "-", "https://news.example/", "/etc/hosts", "@pages/list", "pages/*.txt", "pages/./page.txt",
    )  # fmt: skip
    assert project.outputs == (Output("pages/x.epub", "epub", cover="pages/page.txt"),)
    assert (project.style, project.fetching.cache) == ("pages/mine", "pages/cache")
    ready = located(project, draft.folder)
    assert ready.inputs == flags["inputs"]
    assert ready.outputs == (Output("x.epub", "epub", "mine", cover="page.txt"),)
    assert ready.fetching.cache == "cache"


def test_a_pattern_below_a_folder_with_brackets_in_its_name_finds_its_files(folder: Path) -> None:
    year = folder / "[2024]"
    year.mkdir()
    (year / "newsbook.toml").write_text('inputs = ["*.txt", "page.txt", "@list"]')
    (year / "page.txt").touch()
    draft = load(Path("[2024]/newsbook.toml"))
    ready = located(check(draft, print), draft.folder)
    assert ready.inputs == ("[[]2024]/*.txt", "[2024]/page.txt", "@[2024]/list")
    os.chdir(year)
    flags = merge(load(folder / "newsbook.toml"), {"inputs": ("*.txt",)})
    assert flags.project.inputs == ("[[]2024]/*.txt",)
    assert located(flags.project, flags.folder).inputs == ("*.txt",)


def test_outputs_without_a_file_are_called_after_the_input(folder: Path) -> None:
    assert folder.is_dir()
    kinds = ("pdf", "epub", "proof", "json", "ninjs")
    outputs = (*(Output(kind=kind) for kind in kinds), Output(collection="individual"))  # type: ignore[arg-type]
    made = located(Project(inputs=("pages",), outputs=outputs), Path()).outputs
    assert [output.file for output in made] == [
        "pages.pdf", "pages.epub", "pages.proof.html", "pages.json", "pages.ninjs.json", "pages-articles",
    ]  # fmt: skip
    assert located(Project(inputs=("a", "b"), outputs=(Output(kind="pdf"),)), Path()).outputs[0].file == "newsbook.pdf"
    address = Project(inputs=("https://news.example/a b.html?page=2",), outputs=(Output(kind="pdf"),))
    assert located(address, Path()).outputs[0].file == "a-b.pdf"


# --- the table of flags ---------------------------------------------------------------------------------------------


def test_every_flag_sets_a_field_that_there_is() -> None:
    for flag in FLAGS.values():
        assert field_at(Project, flag.key)


def test_every_flag_of_the_commands_is_in_the_table_or_none_of_the_project() -> None:
    run = {"report", "strict", "quiet", "verbose", "debug", "dump", "config", "workers", "as_json", "progress"}
    named = {parameter.name for name in ("pdf", "epub", "proof", "parse") for parameter in cli.loaded()[name].params}
    assert named - run == set(FLAGS)


def test_the_flags_of_a_call_are_those_that_stand_on_the_command_line() -> None:
    arguments = ["page.txt", "--volume", "--delay", "0.5", "--nameplate", "", "--allow-host", "a", "--allow-host", "b"]
    context = cli.loaded()["epub"].make_context("epub", arguments)
    assert flags_of(context) == {
        "inputs": ("page.txt",),
        "collection": "volume",
        "delay": 0.5,
        "nameplate": "",
        "allow_host": ("a", "b"),
    }


def test_help_names_what_the_table_names() -> None:
    options = {
        option
        for name in ("pdf", "epub")
        for parameter in cli.loaded()[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    for flag in FLAGS.values():
        for name in flag.name.replace(" or ", ", ").split(", "):
            assert name in {*options, "INPUT"}


def test_what_a_pattern_finds_is_not_called_after_the_pattern(folder: Path) -> None:
    assert (
        located(merge(ProjectDraft(), {"inputs": ("*.txt",)}, "pdf").project, folder).outputs[0].file == "newsbook.pdf"
    )
