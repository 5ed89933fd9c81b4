"""What `scripts/setup` asks a new machine's package manager for, on a machine that is made of stubs."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What the script itself needs of any machine.
REAL = ("sh", "cat", "cksum", "cmp", "cp", "dirname", "env", "grep", "mkdir", "mktemp", "rm", "tail", "touch")

# What stands for the rest: nothing is installed, everything is offered, and the package manager writes down its orders.
STUBS = {
    "apt-cache": "echo '  Candidate: 1.0'",
    "apt-get": 'echo "$*" >>"$PWD/orders"',
    "dpkg-query": "exit 1",
    "fc-list": "echo 'Noto Serif CJK SC'",
    "id": "echo 0",
    "python3": 'case "$*" in *venv\\ --clear*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;; esac',
}

RUN = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "fontconfig",
    "fonts-noto-cjk",
    "libharfbuzz-subset0",
    "fonts-lxgw-wenkai",
    "fonts-hanazono",
    "fonts-symbola",
)
TEST = (*RUN, "default-jre-headless", "poppler-utils", "qpdf", "nodejs", "npm", "chromium")
SHELF = (*TEST, "calibre", "pandoc")


def machine(folder: Path) -> Path:
    """Make a clone in `folder`, and beside it the programs of a machine that has nothing of ours."""
    clone, programs = folder / "clone", folder / "bin"
    (clone / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup", clone / "scripts" / "setup")
    shutil.copy(ROOT / "pyproject.toml", clone)
    programs.mkdir()
    for name in REAL:
        (programs / name).symlink_to(shutil.which(name) or name)
    for name, line in STUBS.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", "ascii")
        (programs / name).chmod(0o755)
    return clone


def orders(clone: Path, purpose: str) -> list[str]:
    """Run the set-up, and return what the package manager was told since the last time."""
    (clone / "orders").write_text("", "ascii")
    path = str(clone.parent / "bin")
    subprocess.run([f"{path}/sh", "scripts/setup", purpose], cwd=clone, env={"PATH": path}, check=True)
    return (clone / "orders").read_text("ascii").splitlines()


@pytest.mark.parametrize(("purpose", "packages"), [("run", RUN), ("test", TEST), ("shelf", SHELF)])
def test_a_new_machine_gets_everything(tmp_path: Path, purpose: str, packages: tuple[str, ...]) -> None:
    update, install = orders(machine(tmp_path), purpose)
    assert update.endswith(" update")
    assert set(packages) <= set(install.partition("--no-install-recommends")[2].split())


def test_the_second_time_nothing_is_asked_for(tmp_path: Path) -> None:
    clone = machine(tmp_path)
    orders(clone, "test")
    assert orders(clone, "test") == []
    assert orders(clone, "run") == []


@pytest.mark.parametrize("name", ["pyproject.toml", "scripts/setup"])
def test_what_asks_for_more_is_heard(tmp_path: Path, name: str) -> None:
    clone = machine(tmp_path)
    orders(clone, "test")
    with (clone / name).open("a") as file:
        file.write("# more\n")
    assert len(orders(clone, "test")) == 2


def test_the_environment_of_another_folder_is_left_alone(tmp_path: Path) -> None:
    clone, theirs = machine(tmp_path), tmp_path / "theirs"
    (theirs / "bin").mkdir(parents=True)
    (clone / ".venv").symlink_to(theirs)
    orders(clone, "run")
    assert not (clone / ".venv").is_symlink()
    assert list(theirs.iterdir()) == [theirs / "bin"]
