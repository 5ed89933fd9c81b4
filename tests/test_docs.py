"""What the pages say is so: exit codes, findings, commands, options, public names, and every example."""

import ast
import importlib
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import newsbook
from newsbook.cli import cli
from newsbook.diagnostics import Code, Diagnostic, Exit
from newsbook.model import OVERRIDE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*sorted(path for path in ROOT.glob("*.md")), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")]


def test_every_exit_code_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| ([0-9, ]+) \| ", README, re.MULTILINE)
    codes = {int(code) for cell in explained for code in cell.split(",")}
    assert codes == {int(code) for code in Exit}
    shown = re.findall(r"^  (\d+) ", f"{cli.epilog}", re.MULTILINE)
    assert {int(code) for code in shown} == codes


def test_every_finding_is_explained_with_its_severity() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    explained = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", page, re.MULTILINE))
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == sorted(Code)
    assert explained == {code.value: Diagnostic(code, "").severity.value for code in Code}


def test_every_finding_is_explained_in_chinese_of_both_scripts() -> None:
    meanings = tomllib.loads((ROOT / "templates" / "findings.toml").read_text("utf-8"))
    assert {language: sorted(told) for language, told in meanings.items()} == {
        "zh-Hant": sorted(Code),
        "zh-Hans": sorted(Code),
    }
    assert all(len(said) == 2 and said[0] for told in meanings.values() for said in told.values())
    made = runpy.run_path(str(ROOT / "scripts" / "findings.py"))["page"]()
    assert (ROOT / "docs" / "zh-Hant" / "findings.md").read_text("utf-8") == made, "run: make findings"


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
    assert [where for _, where in rows if not where.startswith("`")] == []
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
    assert [target for target in targets if not (page.parent / target.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("folder", ["docs", "docs/zh-Hant"])
def test_every_page_is_in_the_navigation(folder: str) -> None:
    index = (ROOT / folder / "index.md").read_text("utf-8")
    pages = {page.name for page in (ROOT / folder).glob("*.md")} - {"index.md"}
    assert pages <= set(re.findall(r"^\* \[[^\]]+\]\(([\w-]+\.md)\)", index, re.MULTILINE))


def test_every_target_of_make_in_the_readme_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert named == {"demo", "test"}
    assert named <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    for script in ("scripts/demo", "scripts/test", "scripts/setup", ".ci/run"):
        assert (ROOT / script).stat().st_mode & 0o111


def test_the_list_of_commands_says_all_of_each_on_one_line() -> None:
    listed = click.Context(cli).get_help().partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == list(cli.loaded())
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


def test_every_command_and_option_has_a_help_text_in_sentences() -> None:
    for command in cli.loaded().values():
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        assert [option.name for option in options if not f"{option.help}".endswith(".")] == []
        assert f"{command.help}".strip().endswith(".")


def examples(language: str) -> list[tuple[str, str]]:
    """Return every example in a language on the pages, each with the page's name and its number there."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    found = (
        (str(page.relative_to(ROOT)), re.findall(rf"```{language}\n(.+?)```", page.read_text("utf-8"), re.DOTALL))
        for page in pages
    )
    return [(f"{name}-{number}", code) for name, codes in found for number, code in enumerate(codes, 1)]


PYTHON = examples("python")
COMMANDS = [
    (name, line.removeprefix("$ ").removeprefix(".venv/bin/"))
    for name, code in examples("sh")
    for line in code.splitlines()
    if re.match(r"(?:\$ |\.venv/bin/)?newsbook ", line)
]


def runs(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder that has the examples, as a clone has them."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "out").mkdir()
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(("name", "code"), PYTHON, ids=[name for name, _ in PYTHON])
def test_every_example_in_python_runs(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "example.py").write_text(code, "utf-8")
    done = runs(["example.py"], tmp_path)
    assert done.returncode == 0, (name, done.stdout, done.stderr)
    for file in re.findall(r'Output\("([\w.]+)"', code):
        made = tmp_path / file
        assert "tempfile" in code or made.read_bytes().startswith((b"%PDF", b"PK"))


def test_every_example_in_python_is_typed(tmp_path: Path) -> None:
    """The examples are held against the types that the package ships, by mypy as strict as it gets."""
    for name, code in PYTHON:
        (tmp_path / f"{re.sub(r'[^a-z0-9]', '_', name)}.py").write_text(code, "utf-8")
    settings = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, *map(str, sorted(tmp_path.glob("*.py")))],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert f"no issues found in {len(PYTHON)} source files" in done.stdout


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_of_the_pages_runs_or_is_understood(tmp_path: Path, name: str, command: str) -> None:
    _, *arguments = shlex.split(command)
    if any(word.startswith("examples/") for word in arguments):
        done = runs(["-m", "newsbook", *arguments], tmp_path)
        assert done.returncode == 0, (name, done.stderr)
    else:
        cli.loaded()[arguments[0]].make_context(arguments[0], arguments[1:])


def test_the_public_names_are_those_that_the_page_has() -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", page.partition("## Every name")[2], re.MULTILINE)
    assert sorted(name for name, _ in rows) == newsbook.__all__
    for name, sentence in rows:
        fields = re.match(rf"`{name}\(([^)]*)\)`", sentence)
        if fields:
            stated = tuple(filter(None, fields[1].split(", ")))
            assert stated == getattr(newsbook, name).__struct_fields__, name


def test_every_public_name_is_where_types_and_run_time_look_for_it() -> None:
    tree = ast.parse((ROOT / "src" / "newsbook" / "__init__.py").read_text("utf-8"))
    typed = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in typed.body if isinstance(node, ast.ImportFrom)]
    homes = {alias.name: node.module for node in imports for alias in node.names}
    assert sorted(homes) == newsbook.__all__
    for name, module in homes.items():
        assert getattr(newsbook, name) is getattr(importlib.import_module(f"{module}"), name)
    assert set(newsbook.__all__) <= set(dir(newsbook))
    with pytest.raises(AttributeError, match="no attribute 'Gazette'"):
        newsbook.Gazette  # type: ignore[attr-defined]  # noqa: B018
