"""`newsbook check` from end to end: what it prints, what it writes, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from issues import picture
from newsbook.cli import cli
from newsbook.diagnostics import Exit, UsageError
from newsbook.preflight import ListedWord, listed

ROOT = Path(__file__).parent.parent.parent

PAGE = """渡口老街開了小書房
2024-05-06 08:30:00  來源:渡口街坊網  作者:林小舟

  渡口老街的早市六點開張，賣豆花的陳阿婆總是第一個到，她說天沒亮就起來磨豆子，習慣了。

  街坊會把舊涼亭改成了小書房，，三個月裡借出一千二百多本書，孩子們放學後都愛來這裡。
"""


Checked = Callable[..., tuple[int, str]]


@pytest.fixture
def checked(capfd: pytest.CaptureFixture[str]) -> Checked:
    """Return what runs the command, and returns its exit code and what it has printed."""

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["check", "-j", "0", *arguments], prog_name="newsbook")
        return done.exit_code, capfd.readouterr().out + (done.output if done.exit_code == Exit.USAGE else "")

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    picture(tmp_path / "loose.jpg")
    return path


def test_the_list_has_places_and_the_run_fails(page: Path, checked: Checked) -> None:
    """No edition is written; a line, a paragraph, the words around, and a hint are told."""
    report = page.with_name("report.json")
    code, output = checked(str(page), "--report", str(report))
    assert code == Exit.VALIDATION
    assert "page.txt\n  warning[mark-doubled] line 6: two stops stand side by side, in paragraph 2: " in output
    assert "note[picture-unused] the picture loose.jpg" in output
    assert sorted(path.name for path in page.parent.iterdir()) == ["loose.jpg", "page.txt", "report.json"]
    record = json.loads(report.read_bytes())
    assert record["exit"] == Exit.VALIDATION
    assert "mark-doubled" in {finding["code"] for finding in record["findings"]}


def test_a_picture_that_the_settings_name_is_not_unused(page: Path, checked: Checked) -> None:
    """A cover and a logo are used, though no edition is made."""
    for name in ("cover.jpg", "logo.jpg"):
        picture(page.with_name(name))
    said = '[design]\nlogo = "logo.jpg"\n[[outputs]]\nfile = "out.epub"\ncover = "cover.jpg"\n'
    page.with_name("newsbook.toml").write_text(said, "utf-8")
    _, output = checked(str(page), "--json")
    unused = [each["source"] for each in json.loads(output)["findings"] if each["code"] == "picture-unused"]
    assert unused == ["loose.jpg"]


def test_what_is_allowed_with_a_reason_does_not_fail(page: Path, checked: Checked) -> None:
    settings = page.with_name("newsbook.toml")
    settings.write_text('[[check.allow]]\ncode = "mark-doubled"\nof = "page.txt"\nreason = "照原稿"\n', "utf-8")
    code, output = checked(str(page), "--json")
    assert code == Exit.OK
    (found,) = (each for each in json.loads(output)["findings"] if each["code"] == "mark-doubled")
    assert (found["allowed"], found["line"], found["paragraph"], found["quoted"]) == ("照原稿", 6, 2, "，，")
    assert checked(str(page), "--strict", "-q") == (Exit.VALIDATION, "")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ('[[check.allow]]\ncode = "mark-dubled"\nreason = "x"', "did you mean mark-doubled?"),
        ('[[check.allow]]\ncode = "mark-doubled"', "gives no reason"),
        ('[[check.allow]]\nreason = "x"', "does not say what may stand"),
        ('[check]\nword_lists = ["words.txt"]', "words.txt, which does not exist"),
    ],
)
def test_mistakes_end_before_anything_is_read(page: Path, checked: Checked, settings: str, sentence: str) -> None:
    page.with_name("newsbook.toml").write_text(f"{settings}\n", "utf-8")
    code, output = checked(str(page))
    assert code == Exit.USAGE
    assert sentence in output


def test_a_list_of_words_is_read_line_by_line() -> None:
    lines = ["# 用字", "", "老人\t長者\t老人與海、老人星", "外勞"]
    assert list(listed(lines, "words.txt")) == [
        ListedWord("老人", "長者", ("老人與海", "老人星")),
        ListedWord("外勞"),
    ]
    with pytest.raises(UsageError, match=r"words\.txt:1 has no word"):
        list(listed(["\t長者"], "words.txt"))


FAULTY = PAGE.replace("陳阿婆總是", '陳阿婆"總是').replace("第一個到", '第一個"到').replace("早市六點", "早市 六點")


def test_what_is_safe_is_written_into_the_settings_and_nothing_else(page: Path, checked: Checked) -> None:
    page.write_text(FAULTY, "utf-8")
    settings = page.with_name("newsbook.toml")
    before = '# Ours.\n[issue]\nnumber = "12"  # the twelfth\n'
    settings.write_text(before, "utf-8")
    assert checked(str(page))[0] == Exit.VALIDATION
    code, _ = checked(str(page), "--fix")
    assert (code, page.read_text("utf-8")) == (Exit.OK, FAULTY)
    after = settings.read_text("utf-8")
    assert after.startswith(before)
    assert 'of = "page.txt"' in after
    code, output = checked(str(page), "--json")
    assert code == Exit.OK
    codes = {each["code"] for each in json.loads(output)["findings"]}
    assert codes.isdisjoint({"mark-doubled", "blank-in-text", "quote-straight"})
    assert checked(str(page), "--fix")[0] == Exit.OK
    assert settings.read_text("utf-8") == after


def test_a_question_mark_between_ideographs_is_left_to_a_person(page: Path, checked: Checked) -> None:
    page.write_text(PAGE.replace("早市六點", "早?六點"), "utf-8")
    settings = page.with_name("newsbook.toml")
    settings.write_text('[issue]\nnumber = "12"\n', "utf-8")
    assert "mark-width-mixed" in checked(str(page), "--json")[1]
    checked(str(page), "--fix")
    assert "？" not in settings.read_text("utf-8")
    assert "mark-width-mixed" in checked(str(page), "--json")[1]


def test_corrections_need_a_file_to_be_written_into(page: Path, checked: Checked) -> None:
    code, output = checked(str(page), "--fix", "--no-config")
    assert code == Exit.USAGE
    assert "there is no newsbook.toml" in output


@pytest.mark.parametrize("example", ["clean", "bulletin", "weekly"])
def test_nothing_stands_in_the_way_of_the_examples(example: str, checked: Checked) -> None:
    """Clean pages give nothing at all, and damaged ones that were mended at most ask for alternative texts."""
    code, output = checked(str(ROOT / "examples" / example), "--json")
    told = {each["code"] for each in json.loads(output)["findings"] if each["severity"] != "note"}
    assert (code, told) == (Exit.OK, set())


def test_the_house_is_not_asked_who_wrote_its_advertisements(page: Path, checked: Checked) -> None:
    picture(page.with_name("ad.jpg"))
    said = 'inputs = ["page.txt"]\n[[advertisements]]\npicture = "ad.jpg"\nalt = "甜酒"\n[[notices]]\ntext = "停航。"\n'
    page.with_name("newsbook.toml").write_text(said, "utf-8")
    _, output = checked("-c", str(page.with_name("newsbook.toml")), "--json")
    told = {(each["code"], each["source"]) for each in json.loads(output)["findings"]}
    assert {source for code, source in told if code.endswith("-missing")} <= {"page.txt"}


def test_an_advertisement_that_does_not_say_so_is_told(page: Path, checked: Checked) -> None:
    said = 'inputs = ["page.txt"]\n[[advertisements]]\ntext = "老街酒坊"\n'
    found = []
    for more in ("", "labelled = false\n"):
        page.with_name("newsbook.toml").write_text(said + more, "utf-8")
        _, output = checked("-c", str(page.with_name("newsbook.toml")), "--json")
        found.append(
            [each["source"] for each in json.loads(output)["findings"] if each["code"] == "advertisement-unlabelled"]
        )
    assert found == [[], ["advertisement-1.md"]]
