"""Measure the largest inputs that newsbook is to bear: ten megabytes in every form, in shapes that are hard on it.

    PYTHONPATH=src python benchmarks/worst.py [--bytes 10000000] [--run parse,epub,pdf,check,build,diff] [CASE …]

reads each input of benchmarks/worstcases.py, or those whose names begin with CASE, beside an article that nothing is
wrong with, and prints for each run the exit code, seconds by the clock and of processor time, and the most memory of
all its processes together. ✗ where one takes over 60 seconds or 2 GB, ends in an internal error or with an exit code
that is not documented, or where the neighbour's text is not whole in what is made. The exit code is 1 with any ✗.
"""

import argparse
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from html import unescape
from pathlib import Path

from msgspec import Struct
from worstcases import CASES

# What is measured is the newsbook that this file stands beside, wherever a run takes place.
SOURCES = Path(__file__).resolve().parents[1] / "src"
MOST_SECONDS = 60.0
MOST_MEMORY = 2_000_000_000
# A run is ended by then; it has failed long before.
PATIENCE = 300.0
STEP = 0.1
DOCUMENTED = frozenset({0, 2, 3, 4, 5, 6, 7, 8})
NEIGHBOUR = (
    "巷口的茶館今早重新開門，掌櫃把新刷的招牌掛上門楣，熟客們繞過水窪進來喝第一壺茶。",
    "下午的說書改到天井裡講，聽的人自己帶凳子，講到第三回時雨停了，屋簷還在滴水。",
)
COMMANDS = {
    "parse": ("parse", "--no-config", "-o", "out.json"),
    "epub": ("epub", "--no-config", "-o", "out.epub"),
    "pdf": ("pdf", "--no-config", "-o", "out.pdf"),
    "check": ("check", "--no-config"),
    "build": ("build", "-o", "out.epub", "-o", "out.json", "--no-store"),
    "diff": ("diff",),
}


class Spent(Struct, frozen=True):
    """What a run came to: its exit code, or -9 where it was ended; seconds, bytes, and what it said."""

    code: int
    clock: float
    processor: float
    memory: int
    said: str


def memory_of(root: int) -> int:
    """Return the bytes in memory of a process and all that it has started, what they share counted for each."""
    children: dict[int, list[int]] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(process.name))
    total, left = 0, [root]
    while left:
        number = left.pop()
        left += children.get(number, ())
        with contextlib.suppress(OSError, IndexError):
            total += int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


def run(arguments: list[str], folder: Path) -> Spent:
    """Run newsbook in a folder, in a session of its own."""
    said = folder / "said"
    with said.open("wb") as file:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "newsbook", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            stdout=subprocess.DEVNULL,
            stderr=file,
            start_new_session=True,
        )
        most = 0
        while True:
            found, status, used = os.wait4(process.pid, os.WNOHANG)
            if found:
                break
            most = max(most, memory_of(process.pid))
            if time.monotonic() - began > PATIENCE:
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(STEP)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.monotonic() - began
    return Spent(process.returncode, clock, used.ru_utime + used.ru_stime, most, said.read_text("utf-8", "replace"))


def text_of(made: Path) -> str:
    """Return the text of what was made, without blanks."""
    if made.suffix == ".epub":
        with zipfile.ZipFile(made) as book:
            pages = (book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
            text = unescape(re.sub("<[^>]*>", "", " ".join(pages)))
    elif made.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(made)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    else:
        text = made.read_text("utf-8")
    return re.sub(r"\s|\ufffe|\u00ad", "", text)


def faults(spent: Spent, folder: Path, command: str) -> list[str]:
    """Return what is wrong with a run."""
    found = [f"over {MOST_SECONDS:.0f} s"] if spent.processor > MOST_SECONDS else []
    found += ["over 2 GB"] if spent.memory > MOST_MEMORY else []
    found += ["internal error"] if "internal error" in spent.said or "Traceback" in spent.said else []
    found += [f"exit code {spent.code}"] if spent.code not in DOCUMENTED else []
    made = sorted(folder.glob("out.*"))
    if command not in {"check", "diff"} and not made:
        found.append("nothing made")
    if any(line not in text_of(each) for each in made for line in NEIGHBOUR):
        found.append("the neighbour is not whole")
    return found


def tried(name: str, command: str, size: int) -> bool:
    """Run a command on a case, print what came of it, and tell whether that is as it should be."""
    suffix, make = CASES[name]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        hostile, neighbour = folder / f"a{suffix}", folder / "neighbour.txt"
        raw = make(size)
        hostile.write_bytes(raw)
        neighbour.write_text("茶館重新開門\n\n" + "\n\n".join(NEIGHBOUR) + "\n", "utf-8")
        (folder / "newsbook.toml").write_text('inputs = ["neighbour.txt"]\n', "utf-8")
        spent = run([*COMMANDS[command], neighbour.name, hostile.name], folder)
        wrong = faults(spent, folder, command)
        cap = ", ".join(sorted(set(re.findall(r"cap (\w+)", spent.said))))
    told = f"{name:36}{len(raw) / 1e6:6.1f} MB {command:6} exit {spent.code:2} {spent.clock:7.1f} s"
    told += f" {spent.processor:7.1f} s {spent.memory / 1e6:6.0f} MB  {f'cap {cap}' if cap else '':16}"
    print(told, "✗ " + "; ".join(wrong) if wrong else "", flush=True)
    return not wrong


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bytes", type=int, default=10_000_000)
    parser.add_argument("--run", default=",".join(COMMANDS))
    parser.add_argument("cases", nargs="*")
    told = parser.parse_args()
    names = [name for name in CASES if not told.cases or name.startswith(tuple(told.cases))]
    held = [tried(name, command, told.bytes) for name in names for command in told.run.split(",")]
    return not all(held)


if __name__ == "__main__":
    sys.exit(main())
