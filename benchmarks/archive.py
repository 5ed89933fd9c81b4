"""Make every example in every style as an edition to be kept, and have others judge it.

    PYTHONPATH=src python benchmarks/archive.py VERAPDF [FOLDER [STYLE …]]

VERAPDF is a program that takes a flavour, `3a` or `ua1`, and files, and says PASS or FAIL of each in a line. A PDF is
made as it is, and one with bleed and crop marks; an e-book goes beside them. Each is verified, and made again of what
it holds. A line tells of each file; the exit code is 1 where one does not conform or is not the same again. With a
FOLDER the files are kept there.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from newsbook.assets import root, styles

FLAVOURS = ("3a", "ua1")
EXAMPLES = ("single", "clean", "bulletin", "weekly")
# What an output may have beside its style, by what it is called here.
WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("plain.pdf", ()),
    ("press.pdf", ("--bleed", "3mm", "--crop-marks", "--binding", "5mm")),
    ("book.epub", ("--embed-fonts",)),
)
# Everything that a weekly can have and the example does without.
MORE = """
[index]
make = true

[staff]
text = "渡口街坊會，老街九號。"
roles = [{ role = "編輯", names = ["林小舟"] }]

[[boxes]]
headline = "開放時間"
text = "| 日子 | 時間 |\\n|---|---|\\n| 週六 | 九時至五時 |"
"""


def newsbook(*arguments: str | Path, folder: Path) -> str:
    """Return what newsbook has said on both streams, in a line, after its exit code."""
    command = [sys.executable, "-m", "newsbook", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return f"{done.returncode}: " + " ".join((done.stdout + done.stderr).split())


def prepared(example: Path, style: str) -> tuple[str | Path, ...]:
    """Return the arguments that name an example, its issue file completed by what it does without."""
    settings = example / "newsbook.toml"
    if not settings.exists():
        return (example,)
    whole = settings.with_name(f"{style}.toml")
    said = settings.read_text("utf-8").replace("design = {", 'design = { qr = "yes",')
    # Vertical pages are turned, and no SVG can be.
    said = said.replace("logo.svg", "../bulletin/1-lanterns.2.png") if style == "vertical" else said
    whole.write_text(said + MORE, "utf-8")
    return ("-c", whole)


def made(example: Path, style: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the editions of an example in a style, each with what was said when it was made and verified."""
    for name, flags in WAYS:
        file = folder / f"{example.name}-{style}-{name}"
        kind = file.suffix.removeprefix(".")
        asked = (kind, *prepared(example, style), "-o", file, "--profile", "archive", "--style", style, *flags)
        said = newsbook(*asked, folder=folder)
        yield file, newsbook("verify", file, "--rebuild", folder=folder) if file.exists() else said


def judged(verapdf: str, flavour: str, files: list[Path]) -> dict[str, str]:
    """Return what veraPDF says of each file."""
    done = subprocess.run([verapdf, flavour, *map(str, files)], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    return {file.name: next((line for line in lines if file.name in line), "nothing") for file in files}


def main() -> int:
    verapdf, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(rest[0]).absolute() if rest else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(root() / "examples", Path(scratch) / "examples")
        every = True
        for example in EXAMPLES:
            files: list[Path] = []
            said: dict[str, str] = {}
            place = Path(scratch) / "examples" / example
            for style in rest[1:] or styles():
                for file, told in made(place, style, folder):
                    said[file.name] = told
                    files += [file] if file.suffix == ".pdf" and file.exists() else []
            judgements = {flavour: judged(verapdf, flavour, files) for flavour in FLAVOURS}
            for name, told in said.items():
                verdicts = [judgements[flavour].get(name, "") for flavour in FLAVOURS]
                holds = "the same when rebuilt" in told and all("PASS" in one for one in verdicts if name in one)
                every &= holds
                print("✓" if holds else "✗", name, *([] if holds else [told, *verdicts]), flush=True)
    return not every


if __name__ == "__main__":
    sys.exit(main())
