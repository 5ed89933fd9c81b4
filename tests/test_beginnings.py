"""An issue's folder made ready, and a series of issues, each built when it is new or has changed."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from issues import picture
from newsbook.diagnostics import Exit
from newsbook.project import check, load
from newsbook.project.starting import Beginning, FoundArticle, Named, file_stem, named, text_of

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


def newsbook(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(cwd / "cache")}
    command = [sys.executable, "-m", "newsbook", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("folder", "above", "told"),
    [
        ("渡口街坊報 第12期", "", Named("渡口街坊報", "12")),
        ("渡口街坊報-012", "", Named("渡口街坊報", "12")),
        ("2024-07-05", "渡口週刊", Named("渡口週刊", "", "2024-07-05")),
        ("渡口週刊_2024年7月5日_No. 8", "", Named("渡口週刊", "8", "2024-07-05")),
        ("나루터 제3호", "", Named("나루터", "3")),
        ("12", "渡口", Named("渡口", "12")),
        ("pages", "", Named("pages")),
        ("", "", Named()),
    ],
)
def test_a_folders_name_tells_of_the_issue(folder: str, above: str, told: Named) -> None:
    assert named(folder, above) == told


def test_what_is_written_is_a_sound_project_and_so_are_its_remarks(tmp_path: Path) -> None:
    articles = (FoundArticle("1.txt", "標題\x1b"), FoundArticle('2 "b".txt', ""))
    for name in ("1.txt", '2 "b".txt', "logo.svg", "cover.jpg"):
        (tmp_path / name).touch()
    begun = Beginning(issue=Named("渡口/報", "3"), styles=("bulletin",), articles=articles, logo="logo.svg", cover="")
    text = text_of(begun)
    for each in (text, _switched_on(text)):
        (tmp_path / "newsbook.toml").write_text(each, "utf-8")
        found: list[object] = []
        project = check(load(tmp_path / "newsbook.toml"), found.append)
        assert [str(one) for one in found if "is followed" not in str(one)] == []
        assert project.issue.number == "3"
    assert project.order == ("1.txt", '2 "b".txt')
    assert project.outputs[1].cover == "cover.jpg"
    assert file_stem(begun.issue) == "渡口-報-3"
    assert "\x1b" not in text


def _switched_on(text: str) -> str:
    """Return a file with every setting in its remarks switched on."""
    lines = (line.removeprefix("# ") for line in text.splitlines())
    return "\n".join(line for line in lines if line and (line[0] in '"[] ' or " = " in line)) + "\n"


def test_init_takes_from_the_folder_what_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "渡口街坊報 第12期"
    shutil.copytree(EXAMPLES / "clean", folder)
    picture(folder / "logo.png")
    picture(folder / "封面.jpg")
    done = newsbook("init", folder.name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (Exit.OK, ""), done.stderr
    said = tomllib.loads((folder / "newsbook.toml").read_text("utf-8"))
    assert said["inputs"] == ["."]
    assert (said["issue"]["nameplate"], said["issue"]["number"]) == ("渡口街坊報", "12")
    assert "language" not in said["issue"]  # It holds Chinese, Japanese and Korean.
    assert said["design"]["logo"] == "logo.png"
    assert [one.get("cover", "") for one in said["outputs"]] == ["", "封面.jpg"]
    (folder / "newsbook.toml").write_text("# mine", "utf-8")
    again = newsbook("init", cwd=folder)
    assert again.returncode == Exit.USAGE
    assert "is there already, and stays as it is" in again.stderr
    assert (folder / "newsbook.toml").read_text("utf-8") == "# mine"


def test_init_follows_the_issue_beside_and_makes_sections_of_folders(tmp_path: Path) -> None:
    (tmp_path / "2024-06").mkdir()
    last = '[issue]\nnameplate = "渡口週刊"\nnumber = "7"\npublisher = "街坊會"\n'
    (tmp_path / "2024-06" / "newsbook.toml").write_text(f'style = "reader"\n{last}', "utf-8")
    for name, page in (("要聞", "1-ferry.txt"), ("來函", "3-letter.txt")):
        (tmp_path / "2024-07" / name).mkdir(parents=True)
        shutil.copy(EXAMPLES / "clean" / page, tmp_path / "2024-07" / name)
    done = newsbook("init", "2024-07", cwd=tmp_path)
    assert done.returncode == Exit.OK, done.stderr
    assert "warning" not in done.stderr
    said = tomllib.loads((tmp_path / "2024-07" / "newsbook.toml").read_text("utf-8"))
    assert said["style"] == "reader"
    assert said["issue"] == {"nameplate": "渡口週刊", "number": "8", "publisher": "街坊會"} | (
        {"language": said["issue"]["language"]} if "language" in said["issue"] else {}
    )
    assert {one["name"]: one["articles"] for one in said["sections"]} == {
        "要聞": ["1-ferry.txt"],
        "來函": ["3-letter.txt"],
    }
    series = newsbook("init", cwd=tmp_path)
    assert series.returncode == Exit.USAGE
    assert "holds issues (2024-06, 2024-07)" in series.stderr


def test_init_follows_the_issue_with_the_number_before_and_not_the_one_that_is_spelt_before(tmp_path: Path) -> None:
    for number, publisher in ((1, "舊社"), (9, "街坊會")):
        (tmp_path / f"週刊{number}").mkdir()
        (tmp_path / f"週刊{number}" / "newsbook.toml").write_text(f'[issue]\npublisher = "{publisher}"\n', "utf-8")
    assert newsbook("init", "週刊10", cwd=tmp_path).returncode == Exit.OK
    assert load(tmp_path / "週刊10" / "newsbook.toml").project.issue.publisher == "街坊會"


def test_init_follows_no_issue_of_another_paper(tmp_path: Path) -> None:
    for name in ("渡口報 第9期", "柳岸週報 第3期"):
        (tmp_path / name).mkdir()
        said = f'style = "reader"\n[issue]\nnameplate = "{name.split()[0]}"\nnumber = "7"\npublisher = "街坊會"\n'
        (tmp_path / name / "newsbook.toml").write_text(said, "utf-8")
    for name, nameplate, publisher in (("渡口報 第10期", "渡口報", "街坊會"), ("石橋月刊 第1期", "石橋月刊", None)):
        assert newsbook("init", name, cwd=tmp_path).returncode == Exit.OK
        issue = tomllib.loads((tmp_path / name / "newsbook.toml").read_text("utf-8"))["issue"]
        assert (issue["nameplate"], issue.get("publisher")) == (nameplate, publisher)


def test_init_makes_a_folder_and_says_that_it_is_empty_or_cannot_be_read(tmp_path: Path) -> None:
    done = newsbook("init", "13", cwd=tmp_path)
    assert done.returncode == Exit.OK
    assert "there is no article in 13 yet" in done.stderr
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "1.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    done = newsbook("init", "bad", cwd=tmp_path)
    assert done.returncode == Exit.OK
    assert "bad: 1.txt" in done.stderr
    (tmp_path / "file").touch()
    assert newsbook("init", "file", cwd=tmp_path).returncode in {Exit.USAGE, Exit.OUTPUT}


SERIES = """inputs = ["pages"]
[series]
first = 7
[issue]
nameplate = "渡口月刊"
[design]
logo = "logo.png"
[[outputs]]
file = "all.json"
"""


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A series of three issues, of which the last cannot be made."""
    folder = tmp_path / "monthly"
    for name, settings in (("2", ""), ("10", '[issue]\ndate = "2024年7月1日"\n'), ("11", 'inputs = ["gone"]\n')):
        (folder / name / "pages").mkdir(parents=True)
        shutil.copy(EXAMPLES / "clean" / "1-ferry.txt", folder / name / "pages")
        (folder / name / "newsbook.toml").write_text(settings, "utf-8")
    picture(folder / "logo.png")
    (folder / "newsbook.toml").write_text(SERIES, "utf-8")
    return folder


def test_what_a_series_says_holds_for_its_issues_and_numbers_count_on(series: Path) -> None:
    drafts = [load(series / name / "newsbook.toml") for name in ("2", "10")]
    projects = [check(draft, lambda _: None) for draft in drafts]
    assert [project.issue.number for project in projects] == ["7", "8"]
    assert projects[1].issue.date == "2024-07-01"
    assert (projects[0].design.logo, projects[0].inputs) == ("../logo.png", ("pages",))
    assert projects[0].outputs[0].file == "all.json"
    assert drafts[0].origins["outputs[0].file"].line == 9
    (series / "2" / "newsbook.toml").write_text('[issue]\nnumber = "41"\nnameplate = "特刊"\n', "utf-8")
    again = [load(series / name / "newsbook.toml").project.issue for name in ("2", "10")]
    assert [(issue.nameplate, issue.number) for issue in again] == [("特刊", "41"), ("渡口月刊", "42")]


def test_a_series_builds_what_is_new_and_no_failure_stops_the_others(series: Path) -> None:
    done = newsbook("build", series.name, "--json", cwd=series.parent)
    assert done.returncode == Exit.PROBLEMS, done.stderr
    told = json.loads(done.stdout)
    assert [(each["folder"], each["exit"]) for each in told["issues"]] == [("2", 0), ("10", 0), ("11", 2)]
    assert "11: it was not made: newsbook.toml:1: inputs[0] is gone" in done.stderr
    shutil.rmtree(series / "11")
    page = "渡口\n周遠 2026年11月25日\n\n渡船停航，街坊改走石橋。\n"
    (series / "10" / "pages" / "1-ferry.txt").write_text(page, "utf-8")
    again = newsbook("build", cwd=series)
    assert "warning[byline-doubtful] 10/1-ferry.txt:2:" in again.stderr
    assert again.returncode == Exit.OK
    assert "2: nothing has changed\n" in again.stderr
    assert "10: 10/all.json\n" in again.stderr
    refused = newsbook("build", series.name, "-o", "a.pdf", cwd=series.parent)
    assert refused.returncode == Exit.USAGE
    assert "-o names files of one issue, and monthly is a series" in refused.stderr


def test_a_style_that_is_none_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK")
    done = newsbook("pdf", "broken.docx", "--style", "bulletn", cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert "there is no style 'bulletn'" in done.stderr


def test_a_series_of_which_nothing_can_be_made_does_not_end_as_if_something_were(series: Path) -> None:
    for name in ("2", "10"):
        shutil.rmtree(series / name)
    assert newsbook("build", cwd=series).returncode == Exit.USAGE


def test_init_makes_the_working_folder_ready_though_another_folder_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.txt").write_text(
        "涼亭換新\n\n渡口老街的涼亭換了新瓦，街坊說下雨天又有地方坐了。\n", "utf-8"
    )
    done = newsbook("init", cwd=tmp_path)
    assert done.returncode == Exit.OK, done.stderr
    assert "pages" in (tmp_path / "newsbook.toml").read_text("utf-8")
