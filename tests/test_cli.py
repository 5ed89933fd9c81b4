"""The command line: one clear sentence, the right exit code, and nothing half-written."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest

from issues import article, issue, picture
from newsbook.cli import options
from newsbook.diagnostics import Exit
from newsbook.model import Article, Figure, Paragraph, Span
from newsbook.native import dump, load
from newsbook.project import Fetching, Marks, Script
from newsbook.project.values import Form

ROOT = Path(__file__).parent.parent

PAGE = """渡口老街開了小書房
2024-05-06 08:30:00  來源:渡口街坊網  作者:林小舟

  渡口老街的早市六點開張，賣豆花的陳阿婆總是第一個到，她說天沒亮就起來磨豆子，習慣了。

  街坊會把舊涼亭改成了小書房，三個月裡借出一千二百多本書，孩子們放學後都愛來這裡。

責編:許一帆
"""


def newsbook(*arguments: str, cwd: Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsbook", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **env}
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False, env=environment)


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def test_help_of_every_command_stands_alone(tmp_path: Path) -> None:
    for command in ((), ("pdf",), ("epub",), ("parse",), ("proof",), ("build",), ("config",), ("verify",)):
        done = newsbook(*command, "--help", cwd=tmp_path)
        assert done.returncode == Exit.OK
        assert b"Usage: newsbook" in done.stdout


def test_help_loads_none_of_the_engines() -> None:
    code = "import sys, newsbook.cli; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert not {"weasyprint", "lxml", "ebooklib", "jinja2", "PIL", "pikepdf", "pypdfium2", "opencc"} & set(loaded)


def test_the_choices_and_defaults_of_flags_are_those_of_a_project() -> None:
    assert (options.SCRIPTS, options.MARKS, ("", *options.FORMS)) == tuple(map(get_args, (Script, Marks, Form)))
    assert (Fetching().delay, Fetching().timeout) == (options.DELAY, options.TIMEOUT)


SETTINGS = """inputs = ["page.txt"]
style = "plain"

[issue]
nameplate = "渡口街坊報"

[[outputs]]
file = "all.json"

[[outputs]]
file = "all.epub"
"""


def test_build_makes_every_output_that_the_file_names(page: Path) -> None:
    (page.parent / "newsbook.toml").write_text(SETTINGS.replace("plain", "reader"), "utf-8")
    done = newsbook("build", cwd=page.parent)
    assert done.returncode == Exit.OK, said(done)
    assert {path.name for path in page.parent.iterdir()} == {"page.txt", "newsbook.toml", "all.json", "all.epub"}
    assert said(done) == "all.json: 1 article, 0 repairs\nall.epub: 1 article, 0 repairs\n"


def test_a_folder_that_the_file_names_for_outputs_is_made_with_them(page: Path) -> None:
    folder = page.parent
    settings = 'inputs = ["page.txt"]\n[[outputs]]\nfile = "out/all.json"\n'
    (folder / "newsbook.toml").write_text(settings, "utf-8")
    words = page.read_bytes()
    page.write_bytes(b"")
    assert newsbook("build", cwd=folder).returncode == Exit.INPUT
    assert not (folder / "out").exists()
    page.write_bytes(words)
    assert newsbook("build", cwd=folder).returncode == Exit.OK
    assert (folder / "out" / "all.json").is_file()
    assert newsbook("build", "-o", "nowhere/all.json", cwd=folder).returncode == Exit.OUTPUT
    (folder / "newsbook.toml").write_text(settings.replace("out/", "far/out/"), "utf-8")
    assert "the folder far does not exist" in said(newsbook("build", cwd=folder))


def test_build_takes_inputs_and_flags_over_the_file(page: Path) -> None:
    (page.parent / "newsbook.toml").write_text(SETTINGS.replace("page.txt", "none.txt"), "utf-8")
    done = newsbook("build", "page.txt", "--style", "reader", "--lang", "zh-Hant-HK", cwd=page.parent)
    assert done.returncode == Exit.OK, said(done)
    made = load((page.parent / "all.json").read_bytes(), "all.json")
    assert isinstance(made, Article)
    assert made.language == "zh-Hant-HK"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("", "there is no newsbook.toml; write one with [[outputs]], or run newsbook pdf or newsbook epub."),
        ('style = "reader"', "newsbook.toml names no output; write [[outputs]] and a file into it, or run newsbook"),
        ('[[outputs]]\nfile = "a.epub"', "the project has no inputs: name files to read"),
    ],
)
def test_build_says_what_it_needs(tmp_path: Path, settings: str, sentence: str) -> None:
    if settings:
        (tmp_path / "newsbook.toml").write_text(settings, "utf-8")
    done = newsbook("build", cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert sentence in said(done)


def test_several_o_and_a_summary_for_workflows(page: Path) -> None:
    done = newsbook(
        "pdf", "page.txt", "-o", "a.pdf", "-o", "b.epub", "--json", "--date", "民國113年7月5日", cwd=page.parent
    )
    assert done.returncode == Exit.OK, said(done)
    told = json.loads(done.stdout)
    assert (told["exit"], told["failure"], told["articles"]) == (0, "", 1)
    assert [(one["file"], one["kind"], one["pages"]) for one in told["outputs"]] == [
        ("a.pdf", "pdf", 1),
        ("b.epub", "epub", None),
    ]
    for one in told["outputs"]:
        made = (page.parent / one["file"]).read_bytes()
        assert (one["sha256"], one["bytes"]) == (hashlib.sha256(made).hexdigest(), len(made))
    assert list(told["findings"]) == ["problem", "warning", "note"]


def test_the_summary_of_a_failure_says_why(page: Path) -> None:
    done = newsbook("pdf", "none.txt", "--json", cwd=page.parent)
    told = json.loads(done.stdout)
    assert done.returncode == told["exit"] == Exit.INPUT
    assert told["failure"] in said(done)
    assert told["outputs"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "-", "--json"),
        ("-o", "-", "--report", "-"),
        ("--json", "--report", "-"),
        ("-o", "-", "-o", "a.epub", "--json"),
    ],
)
def test_two_things_on_standard_output_are_refused(page: Path, arguments: tuple[str, ...]) -> None:
    done = newsbook("epub", "page.txt", *arguments, cwd=page.parent)
    assert done.returncode == Exit.USAGE
    assert b"PK" not in done.stdout
    assert "would both go to standard output; name a file for one of them." in said(done)


def test_progress_as_json_says_everything_in_lines(page: Path) -> None:
    picture(page.parent / "page.1.jpg")
    done = newsbook("epub", "page.txt", "--progress", "json", "-v", cwd=page.parent)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {event["event"] for event in events} == {"progress", "finding", "message"}
    reading = [event for event in events if event.get("stage") == "reading"]
    assert [(event["done"], event["of"]) for event in reading] == [(0, 1), (1, 1)]
    failed = newsbook("epub", "none.txt", "--progress", "json", cwd=page.parent)
    assert json.loads(failed.stderr.splitlines()[-1])["exit"] == Exit.INPUT


@pytest.mark.parametrize(
    ("wrong", "right"), [("--title", "--nameplate"), ("--language", "--lang"), ("--out", "--output")]
)
def test_what_an_option_is_called_elsewhere_answers_with_ours(tmp_path: Path, wrong: str, right: str) -> None:
    done = newsbook("pdf", wrong, "x", cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert f"There is no {wrong}; write {right}." in said(done)


def test_what_another_command_has_is_told_and_a_misspelt_command_too(tmp_path: Path) -> None:
    done = newsbook("epub", "--sheets", "2up", cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert "--sheets is an option of newsbook config, newsbook pdf, and not of newsbook epub." in said(done)
    misspelt = newsbook("bulid", cwd=tmp_path)
    assert misspelt.returncode == Exit.USAGE
    assert "No such command 'bulid'. Did you mean build?" in said(misspelt)


def test_help_lists_options_in_groups(tmp_path: Path) -> None:
    shown = newsbook("pdf", "--help", cwd=tmp_path).stdout.decode()
    headings = [line.removesuffix(":") for line in shown.splitlines() if line.endswith(":") and line[0] != " "]
    assert headings == ["Output", "The issue", "Design", "Reading", "Network", "The run"]
    assert "-h, --help" in shown.partition("The run:")[2]


def test_parse_prints_the_model(page: Path) -> None:
    done = newsbook("parse", "page.txt", cwd=page.parent)
    document = load(done.stdout, "stdout")
    assert isinstance(document, Article)
    assert (document.headline, document.published) == ("渡口老街開了小書房", "2024-05-06T08:30:00")
    assert (done.returncode, done.stderr) == (Exit.OK, b"page.txt: 1 article, 0 repairs\n"[:0])


def test_parse_of_what_parse_printed_is_the_same(page: Path) -> None:
    first = newsbook("parse", "page.txt", cwd=page.parent).stdout
    assert newsbook("parse", "-", cwd=page.parent, stdin=first).stdout == first


def test_several_inputs_become_an_issue_in_the_order_given(page: Path) -> None:
    other = page.parent / "a.json"
    other.write_bytes(dump(article("先")))
    document = load(newsbook("parse", "page.txt", "a.json", cwd=page.parent).stdout, "stdout")
    assert [story.headline for story in document.articles] == ["渡口老街開了小書房", "先"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("parse", "gone.txt"), Exit.INPUT, "gone.txt does not exist"),
        (("parse", "empty.txt"), Exit.INPUT, "empty"),
        (("parse", "binary.txt"), Exit.INPUT, "binary.txt"),
        (("parse", "folder"), Exit.INPUT, "no article"),
        (("pdf", "page.txt", "-o", "nowhere/out.pdf"), Exit.OUTPUT, "nowhere does not exist"),
        (("pdf", "page.txt", "-o", "folder"), Exit.OUTPUT, "is a folder"),
        (("pdf", "page.txt", "--style", "nonesuch"), Exit.USAGE, "bulletin"),
        (("pdf", "page.txt", "--date", "7 May"), Exit.USAGE, "YYYY-MM-DD"),
        (("parse", "page.txt", "--encoding", "klingon"), Exit.USAGE, "klingon"),
        (("pdf",), Exit.USAGE, "the project has no inputs: name files to read"),
        (("pdf", "page.txt", "--profile", "shiny"), Exit.USAGE, "accessible"),
        (("parse", "bad.json"), Exit.INPUT, "bad.json"),
        (("pdf", "page.txt", "--lang", "Chinese"), Exit.USAGE, "zh-Hant"),
        (("pdf", "page.txt", "-o", "page.txt"), Exit.USAGE, "page.txt is an input"),
        (("pdf", "page.txt", "--report", "page.txt"), Exit.USAGE, "page.txt is an input"),
        (("parse", ".", "-o", "page.txt"), Exit.USAGE, "page.txt is an input"),
        (("pdf", "page.txt", "--date", "7 May", "--report", "page.txt"), Exit.USAGE, "YYYY-MM-DD"),
        (("pdf", "page.txt", "-o", "new.pdf", "--report", "new.pdf"), Exit.USAGE, "new.pdf is an input or another"),
        (("pdf", "page.txt", "--nameplate", "渡口\x1b報"), Exit.USAGE, "--nameplate holds a control character"),
    ],
)
def test_each_failure_is_one_sentence_with_its_code(
    page: Path, arguments: tuple[str, ...], code: Exit, sentence: str
) -> None:
    folder = page.parent
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200))
    (folder / "folder").mkdir()
    (folder / "bad.json").write_text("{")
    before = sorted(folder.iterdir())
    done = newsbook(*arguments, cwd=folder)
    assert done.returncode == code
    assert sentence in said(done)
    assert "Traceback" not in said(done)
    assert sorted(folder.iterdir()) == before
    assert page.read_text("utf-8") == PAGE


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pdf", "page.txt", "--thickness", "0.1"), "--thickness is how thick the paper of a booklet is"),
        (("pdf", "page.txt", "--index-order", "pinyin"), "--index-order is for an index of names"),
        (("build", "page.txt", "-o", "a.epub", "--page-size", "A5"), "--page-size is for the pages of a PDF"),
        (("build", "page.txt", "--store", "kept", "--no-store"), "--store and --no-store contradict each other"),
        (("build", "page.txt", "--no-store", "--store-limit", "1GB"), "--store-limit is for a store"),
        (("pdf", "page.txt", "-q", "-v"), "--quiet and --verbose contradict each other"),
        (("pdf", "page.txt", "--qr", "--no-qr"), "--qr and --no-qr contradict each other"),
        (("epub", "page.txt", "--volume", "--by-month"), "--volume and --by-month contradict each other"),
        (("pdf", "page.txt", "-j", "0", "--cpu", "9"), "--cpu limits processes, and -j 0 has none"),
    ],
)
def test_what_would_change_nothing_is_refused(page: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = newsbook(*arguments, cwd=page.parent)
    assert done.returncode == Exit.USAGE
    assert sentence in said(done)
    assert sorted(path.name for path in page.parent.iterdir()) == ["page.txt"]


def test_a_missing_font_is_exit_7(page: Path) -> None:
    bare = page.parent / "fonts.conf"
    bare.write_text("<fontconfig><dir>/nonexistent</dir></fontconfig>")
    done = newsbook("pdf", "page.txt", cwd=page.parent, FONTCONFIG_FILE=str(bare))
    assert done.returncode == Exit.DEPENDENCY
    assert "fonts-noto-cjk" in said(done)
    assert not (page.parent / "page.pdf").exists()


def test_one_bad_article_is_reported_and_left_out(page: Path) -> None:
    (page.parent / "empty.txt").touch()
    arguments = ("parse", "page.txt", "empty.txt", "-o", "out.json", "--report", "report.json")
    done = newsbook(*arguments, cwd=page.parent)
    assert done.returncode == Exit.PROBLEMS
    assert "problem[article-unusable] empty.txt" in said(done)
    report = json.loads((page.parent / "report.json").read_text("utf-8"))
    assert report["exit"] == Exit.PROBLEMS
    assert [finding["code"] for finding in report["findings"] if finding["severity"] == "problem"] == [
        "article-unusable"
    ]
    assert report["articles"][0]["headline"] == "渡口老街開了小書房"


def test_strict_writes_nothing(page: Path) -> None:
    (page.parent / "empty.txt").touch()
    done = newsbook("parse", "page.txt", "empty.txt", "-o", "out.json", "--strict", cwd=page.parent)
    assert done.returncode == Exit.VALIDATION
    assert not (page.parent / "out.json").exists()


def test_a_broken_picture_leaves_its_cutline(tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    picture(tmp_path / "good.png")
    body = (Figure((), "街坊會供圖", "bad.jpg"), Figure((), "林小舟攝", "good.png"), Figure(image="../x.jpg"))
    (tmp_path / "a.json").write_bytes(dump(Article("題", body, language="zh-Hant")))
    done = newsbook("pdf", "a.json", cwd=tmp_path)
    assert done.returncode == Exit.OK
    assert said(done).count("warning[picture-unusable]") == 2
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_text_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = "a\x1b]0;x\x07.txt"
    done = newsbook("parse", name, cwd=tmp_path)
    assert b"\x1b]0" not in done.stderr
    assert "\\x1b]0;x\\x07.txt does not exist" in said(done)


def test_standard_output_takes_the_file(page: Path) -> None:
    done = newsbook("pdf", "-", "-o", "-", cwd=page.parent, stdin=page.read_bytes())
    assert done.stdout.startswith(b"%PDF")


@pytest.mark.parametrize("command", ["pdf", "epub"])
def test_another_folder_and_clock_and_seed_give_the_same_bytes(tmp_path: Path, command: str) -> None:
    made = []
    for name, zone, seed in (("one", "UTC", "1"), ("another", "Asia/Tokyo", "2")):
        folder = tmp_path / name
        folder.mkdir()
        picture(folder / "p.jpg")
        source = article()
        body = (*source.body, Figure((), "林小舟攝", "p.jpg"))
        subject = issue(Article("題", body, language="zh-Hant"), source)
        (folder / "in.json").write_bytes(dump(subject))
        os.utime(folder / "p.jpg", (int(seed), int(seed)))
        done = newsbook(command, "in.json", "-o", "out", cwd=folder, TZ=zone, PYTHONHASHSEED=seed)
        assert done.returncode == Exit.OK, said(done)
        made.append((folder / "out").read_bytes())
    assert made[0] == made[1]


def test_a_proof_sheet_has_its_pictures_in_it_and_needs_a_page_to_decide_on(page: Path) -> None:
    page.write_text(PAGE.replace("\n責編", "\n  晨光裡的小書房。林小舟攝\n\n責編"), "utf-8")
    picture(page.with_name("page.1.png"))
    done = newsbook("proof", "page.txt", cwd=page.parent)
    assert done.returncode == Exit.OK, said(done)
    made = (page.parent / "page.proof.html").read_text("utf-8")
    assert '<img src="data:image/png;base64,' in made
    assert "Save <code>page.txt.overrides.json</code>" in made
    piped = newsbook("proof", "-", "-o", "-", cwd=page.parent, stdin=page.read_bytes()).stdout.decode()
    assert "nothing can be decided here" in piped
    assert 'class="keep' not in piped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_terminating_leaves_nothing_behind(page: Path, tmp_path_factory: pytest.TempPathFactory, number: int) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(scratch)}
    command = [sys.executable, "-m", "newsbook", "parse", "-", "-o", "out.json"]
    with subprocess.Popen(command, cwd=page.parent, stdin=subprocess.PIPE, env=environment) as process:
        assert process.stdin
        # More than a pipe holds: all of it is written only when somebody has begun to read. Then let it wait for more.
        process.stdin.write(b"\n" * 1_000_000)
        process.stdin.flush()
        time.sleep(0.5)
        process.send_signal(number)
        assert process.wait(60) == Exit.TERMINATED
    assert not list(scratch.iterdir())
    assert sorted(path.name for path in page.parent.iterdir()) == ["page.txt"]


@pytest.mark.parametrize("command", ["pdf", "epub"])
def test_dump_prints_the_model_instead_of_an_edition(page: Path, command: str) -> None:
    done = newsbook(command, "page.txt", "--dump", "article", cwd=page.parent)
    assert done.stdout == newsbook("parse", "page.txt", cwd=page.parent).stdout
    assert sorted(path.name for path in page.parent.iterdir()) == ["page.txt"]


@pytest.mark.parametrize("command", ["pdf", "epub"])
def test_control_characters_in_json_do_not_stop_an_edition(tmp_path: Path, command: str) -> None:
    subject = Article("渡\x00口", (*article().body, Figure((), "林\x0b小舟攝")), language="zh-Hant")
    (tmp_path / "in.json").write_bytes(dump(subject))
    done = newsbook(command, "in.json", "-o", "out", cwd=tmp_path)
    assert done.returncode == Exit.OK, said(done)
    assert "warning[control-characters] in.json" in said(done)


def on_terminal(*arguments: str, cwd: Path, **env: str) -> str:
    """Run newsbook with a terminal as its standard error; return what the terminal got."""
    reader, writer = os.openpty()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm", **env}
    command = [sys.executable, "-m", "newsbook", *arguments]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=writer, env=environment) as process:
        os.close(writer)
        got = b""
        with suppress(OSError):
            while chunk := os.read(reader, 4096):
                got += chunk
        os.close(reader)
        assert process.wait(60) == Exit.PROBLEMS
    return got.decode("utf-8")


def test_a_terminal_gets_a_bar_and_colour_and_others_neither(page: Path) -> None:
    (page.parent / "empty.txt").touch()
    arguments = ("parse", "page.txt", "empty.txt")
    coloured = on_terminal(*arguments, cwd=page.parent)
    assert "reading" in coloured
    assert "\x1b[31mproblem" in coloured
    grey = on_terminal(*arguments, cwd=page.parent, NO_COLOR="1")
    assert "\x1b[31m" not in grey
    assert "problem[article-unusable]" in grey
    assert "reading" not in on_terminal(*arguments, "--quiet", cwd=page.parent)
    assert b"\x1b" not in newsbook(*arguments, cwd=page.parent).stderr
    assert b"reading" not in newsbook(*arguments, cwd=page.parent).stderr


def test_the_report_has_inputs_outputs_versions_and_repairs(page: Path) -> None:
    page.write_bytes((ROOT / "examples" / "single" / "ferry-bell.txt").read_bytes())
    newsbook("epub", "page.txt", "-o", "out.epub", "--report", "report.json", cwd=page.parent)
    report = json.loads((page.parent / "report.json").read_text("utf-8"))
    assert report["inputs"] == [as_filed(page)]
    assert report["outputs"] == [as_filed(page.parent / "out.epub")]
    assert report["versions"]["weasyprint"].startswith("70.")
    assert (report["exit"], report["failure"]) == (0, "")
    lines = page.read_text("utf-8").splitlines()
    repairs = report["articles"][0]["repairs"]
    assert len(repairs) > 80
    for repair in repairs:
        at = repair["column"] - 1
        assert lines[repair["line"] - 1][at:].startswith(repair["before"])


def as_filed(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"name": path.name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def test_a_failed_run_leaves_its_report_and_says_why(page: Path) -> None:
    (page.parent / "empty.txt").touch()
    newsbook("pdf", "empty.txt", "--report", "report.json", cwd=page.parent)
    report = json.loads((page.parent / "report.json").read_text("utf-8"))
    assert (report["exit"], report["failure"]) == (Exit.INPUT, "empty.txt is empty.")
    assert report["outputs"] == []
    assert [file["name"] for file in report["inputs"]] == ["empty.txt"]


@pytest.mark.parametrize(("stated", "tag"), [("zh_TW", "zh-Hant-TW"), ("", "ja"), ("Japanese", "ja"), ("KO", "ko")])
def test_the_language_of_json_is_canonical_or_found_out(tmp_path: Path, stated: str, tag: str) -> None:
    body = (Paragraph((Span("渡し場の市が開いた。朝から人が多い。"),)),)
    (tmp_path / "in.json").write_bytes(dump(Article("渡し場の市", body, language=stated)))
    done = newsbook("epub", "in.json", "-o", "out.epub", cwd=tmp_path)
    assert done.returncode == Exit.OK, said(done)
    assert ("language-uncertain" in said(done)) == (stated == "Japanese")
    with zipfile.ZipFile(tmp_path / "out.epub") as archive:
        assert f'lang="{tag}"' in archive.read("EPUB/a001.xhtml").decode()


@pytest.mark.parametrize("name", ["page.txt", "in.json"])
def test_parse_knows_what_the_user_said(page: Path, name: str) -> None:
    (page.parent / "in.json").write_bytes(dump(article()))
    arguments = ("--url", "https://example.org/told", "--retrieved", "2024-06-01", "--lang", "zh_HK")
    document = load(newsbook("parse", name, *arguments, cwd=page.parent).stdout, "stdout")
    assert isinstance(document, Article)
    told = (document.source.url, document.source.retrieved, document.language)
    assert told == ("https://example.org/told", "2024-06-01", "zh-Hant-HK")


@pytest.mark.parametrize(
    ("script", "tag", "headline"),
    [
        ("keep", "zh-Hant", "渡口老街開了小書房"),
        ("hans", "zh-Hans", "渡口老街开了小书房"),
        ("hant-hk", "zh-Hant-HK", "渡口老街開了小書房"),
    ],
)
def test_one_article_comes_out_in_either_script(tmp_path: Path, script: str, tag: str, headline: str) -> None:
    (tmp_path / "in.json").write_bytes(dump(article()))
    parsed = load(newsbook("parse", "in.json", "--script", script, cwd=tmp_path).stdout, "stdout")
    assert isinstance(parsed, Article)
    assert (parsed.language, parsed.headline, parsed.source.sha256) == (tag, headline, article().source.sha256)
    done = newsbook("epub", "in.json", "-o", "out.epub", "-t", "報", "--script", script, cwd=tmp_path)
    assert done.returncode == Exit.OK, said(done)
    with zipfile.ZipFile(tmp_path / "out.epub") as archive:
        page = archive.read("EPUB/a001.xhtml").decode()
        assert f"<dc:language>{tag}</dc:language>" in archive.read("EPUB/content.opf").decode()
    assert headline in page
    assert f'lang="{tag}"' in page
