"""What a shell completes, and what the doctor says of this machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsbook.diagnostics import Exit

ROOT = Path(__file__).parent.parent


def newsbook(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], **env}
    command = [sys.executable, "-m", "newsbook", *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


def completed(words: str) -> list[str]:
    """Return what bash is offered for the last of the words."""
    at = str(len(words.split(" ")) - 1)
    done = newsbook(_NEWSBOOK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=at)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("newsbook ini", "plain,init"),
        ("newsbook pdf --style new", "plain,newspaper"),
        ("newsbook pdf --from mark", "plain,markdown"),
        ("newsbook pdf --nam", "plain,--nameplate"),
        ("newsbook pdf pag", "file,pag"),
        ("newsbook epub --cover pag", "file,pag"),
        ("newsbook pdf --style my/", "dir,my/"),
    ],
)
def test_commands_options_styles_forms_and_files_are_completed(words: str, offered: str) -> None:
    assert offered in completed(words)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_one_that_it_takes(shell: str) -> None:
    done = newsbook("completion", shell)
    assert done.returncode == Exit.OK, done.stderr
    assert "_NEWSBOOK_COMPLETE" in done.stdout
    program = shutil.which(shell)
    if program:
        subprocess.run([program, "-n"], input=done.stdout, check=True, text=True)


def test_the_doctor_names_what_is_there_and_what_brings_the_rest() -> None:
    done = newsbook("doctor", "--json")
    told = {(each["kind"], each["name"]): each for each in json.loads(done.stdout)["examined"]}
    assert done.returncode == Exit.OK, done.stdout
    for name in ("zh-Hans", "zh-Hant", "ja", "ko"):
        assert told["font", name]["found"]
    assert told["library", "weasyprint"]["found"]
    assert told["library", "Pango"]["found"][0].isdigit()
    poor = newsbook("doctor", PATH="/nowhere")
    assert poor.returncode == Exit.DEPENDENCY
    assert "missing program  fc-list: apt-get install fontconfig\n" in poor.stdout
    assert poor.stdout.splitlines()[-1].endswith(" missing")


def test_the_manual_page_is_made_of_the_help_as_it_is() -> None:
    # In a process of its own: a command keeps the help option of whoever asked for its help first.
    program = f"import runpy; print(runpy.run_path({str(ROOT / 'scripts' / 'manpage.py')!r})['page'](), end='')"
    page = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs" / "newsbook.1").read_text("utf-8") == page, "run: make man"
    for command in ("build", "init", "doctor"):
        assert f".SS newsbook {command} " in page
