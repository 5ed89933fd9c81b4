"""What the pages say is so: exit codes, findings, commands, options, and the Python of the README."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from newsbook.cli import cli
from newsbook.diagnostics import Code, Diagnostic, Exit
from newsbook.model import OVERRIDE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*sorted(path for path in ROOT.glob("*.md")), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")]


def test_every_exit_code_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| ([0-9, ]+) \| ", README, re.MULTILINE)
    codes = {int(code) for cell in explained for code in cell.split(",")}
    assert codes == {int(code) for code in Exit}
    shown = re.findall(r"^  (\d+) ", f"{cli.epilog}", re.MULTILINE)
    assert {int(code) for code in shown} == codes


def test_every_finding_is_explained_with_its_severity() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    explained = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", page, re.MULTILINE))
    assert explained == {code.value: Diagnostic(code, "").severity.value for code in Code}


def test_every_kind_of_repair_is_explained_and_named_in_every_language() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "newsbook" / "repairs").rglob("*.py"))
    kinds = set(re.findall(r'^(?:\w*KIND|INVISIBLE|CONTROL) = "([a-z-]+)"', source, re.MULTILINE)) | {OVERRIDE}
    page = (ROOT / "docs" / "repairs.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \| [^|]+\|[^|]+\|[^|]*\|$", page, re.MULTILINE)) == kinds
    words = tomllib.loads((ROOT / "templates" / "words.toml").read_text("utf-8"))
    assert {language: set(words[language]["kinds"]) for language in words} == dict.fromkeys(words, kinds)


def test_every_finding_is_made_somewhere() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py") if path.name != "diagnostics.py")
    assert [code.name for code in Code if f"Code.{code.name}" not in source] == []


def test_every_module_of_the_glossary_is_there() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = re.findall(r"^\| (?!word |-)(.+) \| (.+?) \|$", page, re.MULTILINE)
    named = [name for _, where in rows for name in re.findall(r"`([\w.]+)`", where)]
    source = ROOT / "src" / "newsbook"
    paths = {name: source / name.replace(".", "/") for name in named}
    missing = [name for name, path in paths.items() if not (path.is_dir() or path.with_suffix(".py").is_file())]
    assert len(named) > len(rows) / 2
    assert missing == []


def test_the_glossary_explains_each_word_once_and_in_a_sentence() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", page, re.MULTILINE)
    words = [(word, sentence) for word, sentence in rows if word not in {"word", "---"}]
    assert len({word for word, _ in words}) == len(words)
    assert [word for word, sentence in words if not sentence.endswith(".")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_is_there(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)]+)\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_command_of_the_readme_is_understood() -> None:
    lines = re.findall(r"^\.venv/bin/newsbook (.+)$", README, re.MULTILINE)
    assert lines
    for line in lines:
        name, *arguments = shlex.split(line)
        command = cli.commands[name]
        command.make_context(name, arguments, resilient_parsing=False)


def test_every_target_of_make_in_the_readme_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert named == {"demo", "test"}
    assert named <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    for script in ("scripts/demo", "scripts/test", "scripts/setup", ".ci/run"):
        assert (ROOT / script).stat().st_mode & 0o111


def test_every_option_has_a_help_text() -> None:
    for command in cli.commands.values():
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        assert [option.name for option in options if not option.help] == []


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)
    code = code.replace('"examples/bulletin"', repr(str(ROOT / "examples" / "single")))
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "bulletin.pdf").read_bytes().startswith(b"%PDF")
