"""The guide does what it says: its files are written, and its commands run, in their order, as a reader would."""

import http.server
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from msgspec import Struct

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"(?P<before>(?:[^\n]+\n)*)\n```(?P<language>\w+)\n(?P<text>.+?)```", re.DOTALL)
NAMED = re.compile(r"(?:Save as|存為)\s+`(?P<new>[^`]+)`|(?:end of|加在)\s+`(?P<old>[^`]+)`")
ENGLISH, CHINESE = ROOT / "docs", ROOT / "docs" / "zh-Hant"


class Session(Struct, frozen=True):
    """A reader's shell: a home, where newsbook is among the programs."""

    home: Path

    def run(self, script: str, at: Path) -> str:
        """Run lines of shell, of which each must end well; return what they say."""
        environment = {"HOME": str(self.home), "PATH": f"{self.home / 'bin'}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        command = ["bash", "-euo", "pipefail", "-c", script]
        done = subprocess.run(
            command, cwd=at, env=environment, check=False, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, (script, done.stdout, done.stderr)
        return done.stdout + done.stderr


@pytest.fixture
def session(tmp_path: Path) -> Session:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, line in (
        ("newsbook", f'PYTHONPATH={shlex.quote(str(ROOT / "src"))} exec {sys.executable} -m newsbook "$@"'),
        ("sendmail", f'cat >"{tmp_path}/sent"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (programs / name).chmod(0o755)
    (tmp_path / "newsbook").mkdir()
    shutil.copytree(ROOT / "examples", tmp_path / "newsbook" / "examples")
    return Session(tmp_path)


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the fenced blocks of a page: the language, the text, and the file that the sentence before it names."""
    for found in FENCE.finditer(page.read_text("utf-8")):
        named = NAMED.search(found["before"])
        name = next(filter(None, named.groups()), "") if named else ""
        yield found["language"], found["text"], f"+{name}" if named and not named["new"] else name


def follow(page: Path, session: Session, folder: Path) -> str:
    """Do what a page says: write its files and run its commands; return what they said."""
    said = ""
    for language, text, name in blocks(page):
        if language == "sh":
            said += session.run(f"cd {shlex.quote(str(folder))}\n{text}\npwd >{session.home}/place", session.home)
            folder = Path((session.home / "place").read_text("utf-8").strip())
        elif name.startswith("+"):
            with (folder / name[1:]).open("a", encoding="utf-8") as file:
                file.write("\n" + text)
        elif name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    return said


@pytest.mark.parametrize("name", ["first-issue.md", "issue-file.md", "recipes.md"])
def test_the_guide_says_the_same_in_chinese(name: str) -> None:
    english, chinese = (
        [(language, re.sub(r'(?m)^""".+"""$|# .+$', "", text), file) for language, text, file in blocks(folder / name)]
        for folder in (ENGLISH, CHINESE)
    )
    assert english
    assert chinese == english


def test_the_first_issue(session: Session) -> None:
    said = follow(ENGLISH / "first-issue.md", session, session.home)
    assert "setting-unfit" not in said
    twelve, thirteen = session.home / "渡口街坊報-12", session.home / "渡口街坊報-13"
    assert {path.suffix for path in (twelve / "out").iterdir()} == {".pdf", ".epub", ".html"}
    assert (twelve / "out" / "booklet.pdf").read_bytes().startswith(b"%PDF")
    assert (twelve / "out" / "mail.epub").stat().st_size <= 5_000_000
    assert 'nameplate = "渡口街坊報"\nnumber = "13"' in (thirteen / "newsbook.toml").read_text("utf-8")
    (line,) = [line for line in (ENGLISH / "first-issue.md").read_text("utf-8").splitlines() if "-m venv" in line]
    assert line.removeprefix("$ ") in (ROOT / "README.md").read_text("utf-8")


def test_the_issue_file(session: Session) -> None:
    shutil.copytree(ROOT / "examples" / "clean", session.home / "work" / "pages")
    said = follow(ENGLISH / "issue-file.md", session, session.home / "work")
    assert "section-empty" in said
    assert "setting-unfit" not in said
    assert sorted(path.name for path in (session.home / "work" / "out").iterdir()) == ["weekly.epub", "weekly.pdf"]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Serve a feed whose two entries are summaries of pages, on this machine; yield its host and port."""
    folder = tmp_path / "web"
    folder.mkdir()
    entries = ""
    for name in ("1-ferry", "3-letter"):
        head, _, *rest = (ROOT / "examples" / "clean" / f"{name}.txt").read_text("utf-8").splitlines()
        body = "".join(f"<p>{line.strip()}</p>" for line in rest if line.strip())
        html = f"<html lang=zh-Hant><meta charset=utf-8><title>{head}</title><article><h1>{head}</h1>{body}</article>"
        (folder / f"{name}.html").write_text(html, "utf-8")
        entries += f"<item><title>{head}</title><link>HOST/{name}.html</link><description>…</description></item>"

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    def answer(*arguments: object) -> Quiet:
        return Quiet(*arguments, directory=str(folder))  # type: ignore[arg-type]

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        host = f"127.0.0.1:{server.server_address[1]}"
        feed = f'<rss version="2.0"><channel><title>街坊</title>{entries}</channel></rss>'
        (folder / "feed.xml").write_text(feed.replace("HOST", f"http://{host}"), "utf-8")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield host
        server.shutdown()


def test_the_recipes(session: Session, site: str, tmp_path: Path) -> None:
    page = tmp_path / "recipes.md"
    text = (ENGLISH / "recipes.md").read_text("utf-8").replace("https://news.example", f"http://{site}")
    page.write_text(text.replace("[fetching]\n", f'[fetching]\nallow_hosts = ["{site}"]\ndelay = 0.0\n'), "utf-8")
    folder = session.home / "clippings"
    shutil.copytree(ROOT / "examples" / "clean", folder / "issues" / "12" / "pages")
    settings = 'inputs = ["pages"]\n[[outputs]]\nfile = "12.epub"\n'
    (folder / "issues" / "12" / "newsbook.toml").write_text(settings, "utf-8")
    follow(page, session, folder)
    assert (folder / "out" / "clippings.pdf").read_bytes().startswith(b"%PDF")
    assert b"clippings.epub" in (session.home / "sent").read_bytes()
    assert len(list((folder / "archive").glob("20??-??-??.pdf"))) == 1
    assert (folder / "issues" / "12" / "12.epub").is_file()
    _cron(page, session, folder)
    _actions(folder)
    _airflow(folder, session)


def _cron(page: Path, session: Session, folder: Path) -> None:
    (table,) = [text for _, text, _ in blocks(page) if text.startswith("PATH=")]
    path, line = table.strip().splitlines()
    assert path.startswith("PATH=/")
    moment, command = line.split(None, 5)[:5], line.split(None, 5)[5]
    assert all(re.fullmatch(r"\*|[\d,/-]+", field) for field in moment)
    assert "%" not in command
    session.run(command, folder)
    assert (folder / "morning.log").is_file()


def _actions(folder: Path) -> None:
    workflow = yaml.safe_load((folder / ".github" / "workflows" / "weekly.yml").read_text("utf-8"))
    # YAML 1.1 takes `on` for true.
    assert set(workflow) == {"name", True, "permissions", "jobs"}
    steps = workflow["jobs"]["build"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert any("newsbook build --report out/report.json" in step.get("run", "").splitlines() for step in steps)
    packages = re.findall(r"lib[\w.-]+|fonts-[\w-]+", " ".join(step.get("run", "") for step in steps))
    assert set(packages) <= set(re.findall(r"[\w.-]+", (ROOT / "README.md").read_text("utf-8")))


# Enough of Airflow to call its tasks in the order that `>>` says.
AIRFLOW = """
order = []
class Task:
    def __init__(self, command): self.command = command
    def __rshift__(self, other): order.append(self.command); return other
def dag(**_): return lambda make: make
class task:
    @staticmethod
    def bash(make=None, **_):
        wrap = lambda make: lambda: Task(make())
        return wrap(make) if make else wrap
"""


def _airflow(folder: Path, session: Session) -> None:
    scratch = session.home / "airflow-stub"
    (scratch / "airflow").mkdir(parents=True)
    (scratch / "airflow" / "__init__.py").touch()
    (scratch / "airflow" / "sdk.py").write_text(AIRFLOW, "ascii")
    code = "import runpy, sys, airflow.sdk as sdk; runpy.run_path(sys.argv[1]); print(*sdk.order, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code, folder / "dags" / "clippings.py"],
        env=os.environ | {"PYTHONPATH": str(scratch)},
        check=True,
        capture_output=True,
        text=True,
    )
    commands = done.stdout.splitlines()
    assert len(commands) == 2
    for command in commands:
        session.run(command, session.home)
    assert (folder / "archive" / "latest.pdf").is_file()
