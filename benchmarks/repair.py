"""Measure the repair of a page: damaged and clean, in time and in memory, beside its peers on the same text.

    PYTHONPATH=src python benchmarks/repair.py [--json]

Times are in one process, in turns, so that their ratios mean something on a busy machine, and the best of each counts.
Loading and memory are those of a process of its own. The peers do less: ftfy mends mojibake, and leaves what a mirror
did as it is; OpenCC converts the script, the least that any treatment of such a page includes.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "tests")]

import ftfy  # noqa: E402 - behind the change of the path, as its neighbours.
import opencc  # noqa: E402

from corpora import CORPUS, Page, clean_pages, mirrored  # noqa: E402 - the tests' pages and damage lie in their folder.
from newsbook.diagnostics import Diagnostic  # noqa: E402
from newsbook.model import Copy, Line, Source  # noqa: E402
from newsbook.repairs import repair  # noqa: E402

ROUNDS = 7
PAGES = ("hans-museum", "hans-river", "hans-space")

# Figures are for a page of this many characters.
CHARACTERS = 1500

# What the project asks of itself.
TARGETS = {"damaged_seconds": 0.3, "clean_seconds": 0.005, "model_megabytes": 100.0}

# Repair a clean page, then a damaged one twice: the model is loaded in between, and only there.
_LOAD = """
import json, sys, time
from newsbook.model import Copy, Line, Source
from newsbook.repairs import repair

def held():
    with open("/proc/self/status") as status:
        return next(int(row.split()[1]) for row in status if row.startswith("VmRSS")) / 1024

def timed(text):
    lines = tuple(Line(words, number) for number, words in enumerate(text.split("\\n"), 1))
    start = time.perf_counter()
    repair(Copy(lines, Source()), lambda finding: None)
    return time.perf_counter() - start

clean, damaged = json.load(sys.stdin)
timed(clean)
before = held()
first, again = timed(damaged), timed(damaged)
print(first - again, held() - before)
"""


def copy_of(page: Page) -> Copy:
    """Return a page as a reader does."""
    words = page.raw.decode().split("\n")
    return Copy(tuple(Line(text, number) for number, text in enumerate(words, 1)), Source(name=page.name))


def repair_all(copies: tuple[Copy, ...]) -> None:
    """Repair copies and forget them."""
    for copy in copies:
        repair(copy, _ignored)


def _ignored(_finding: Diagnostic) -> None:
    pass


def best(*jobs: Callable[[], object]) -> tuple[float, ...]:
    """Return the shortest time of each job, in seconds, out of runs in turns."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, kept in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            kept.append(time.perf_counter() - start)
    return tuple(min(kept) for kept in times)


def measured() -> dict[str, float]:
    """Return the figures by name; seconds are for a page."""
    clean = tuple(page for page in clean_pages() if page.name in PAGES)
    damaged = {level: tuple(mirrored(CORPUS / f"{name}.txt", level, 1) for name in PAGES) for level in (1, 4)}
    share = CHARACTERS / sum(len(piece.text) for page in clean for piece in page.gold.body)
    text = "\n".join(page.raw.decode() for page in clean)
    jobs: dict[str, Callable[[], object]] = {
        "clean_seconds": partial(repair_all, tuple(map(copy_of, clean))),
        "damaged_seconds_level_1": partial(repair_all, tuple(map(copy_of, damaged[1]))),
        "damaged_seconds": partial(repair_all, tuple(map(copy_of, damaged[4]))),
        "ftfy_seconds": partial(ftfy.fix_text, text),
        "opencc_seconds": partial(opencc.OpenCC("s2t").convert, text),
    }
    figures = {name: seconds * share for name, seconds in zip(jobs, best(*jobs.values()), strict=True)}
    return figures | loading(clean[0], damaged[4][0])


def loading(clean: Page, damaged: Page) -> dict[str, float]:
    """Return the time that loading the model takes and the memory that it takes up, as a fresh process has them."""
    pages = json.dumps([clean.raw.decode(), damaged.raw.decode()])
    done = subprocess.run([sys.executable, "-c", _LOAD], input=pages, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return {"load_seconds": seconds, "model_megabytes": megabytes}


def main() -> None:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    is_json = parser.parse_args().json
    figures = measured()
    if is_json:
        print(json.dumps(figures, indent=2))
        return
    for name, figure in figures.items():
        print(f"{name:24}{figure:9.4f}" + (f"   under {TARGETS[name]:g} asked for" if name in TARGETS else ""))
    ratio = figures["damaged_seconds"] / figures["ftfy_seconds"]
    print(f"a damaged page takes {ratio:.1f} times as long as ftfy takes to look through it clean")


if __name__ == "__main__":
    main()
