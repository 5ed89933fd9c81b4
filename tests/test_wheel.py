"""The built wheel holds what a checkout holds, and works outside of one."""

import os
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the build backend alone: what tools like pip do, without their isolated environment."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; build_wheel({str(folder)!r})"
    known = os.environ | {"NEWSBOOK_ADDRESS": "git@codeberg.org:ferry/newsbook.git"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=known, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_styles_templates_tables_and_the_model_are_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("styles", "templates"):
        files = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {f"newsbook/{path.as_posix()}" for path in files} <= names
    assert {f"newsbook/repairs/{name}.bin" for name in ("characters", "words", "libime")} <= names
    assert "newsbook/repairs/variants.xz" in names
    tables = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.toml")}
    assert tables
    assert tables <= names
    assert "newsbook/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    manual = "newsbook-0.1.0.data/data/share/man/man1/newsbook.1"
    assert {name for name in names if not name.startswith(("newsbook/", "newsbook-0.1.0.dist-info/"))} == {manual}


def test_an_index_is_told_where_the_project_is_and_shows_its_picture(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        stated = message_from_bytes(archive.read("newsbook-0.1.0.dist-info/METADATA"))
    addresses = dict(each.split(", ", 1) for each in stated.get_all("Project-URL", []))
    home = "https://codeberg.org/ferry/newsbook"
    assert addresses == {
        "Homepage": home,
        "Source": home,
        "Issues": f"{home}/issues",
        "Documentation": f"{home}/src/branch/main/docs/index.md",
        "Changelog": f"{home}/src/branch/main/CHANGELOG.md",
    }
    text = str(stated.get_payload())
    assert f"]({home}/raw/branch/main/examples/thumbnails/bulletin.png)" in text
    assert re.findall(r"\]\((?!https://)[^)]*\)", text) == []


def test_it_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    page = ROOT / "examples" / "single" / "ferry-bell.txt"
    command = [sys.executable, "-m", "newsbook", "epub", str(page), "-o", "out.epub", "-q"]
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin:/bin", "PYTHONSAFEPATH": "1"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "out.epub").read_bytes().startswith(b"PK")
