"""Make issues with many pictures in every style, and say how well their pages are filled.

    python benchmarks/pages.py MAKE_ISSUE.py PAGECHECK.py [--seeds 5] [--style NAME …] [--articles 8 14] [--keep FOLDER]

MAKE_ISSUE makes the folder of an issue of a seed (`FOLDER --articles N --seed S --pictures some|none|many`); PAGECHECK
measures a PDF (`--json --pages`: the fill, the largest hole, the overprinted pairs of each page). In the styles whose
stories begin on pages of their own, the last page of a story may end where it ends, but not under a quarter: it counts
as `stubs` there. The last page of a file is told apart. Each style's worst pages are named, to be looked at.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pikepdf
from msgspec import Struct

STYLES = ("bulletin", "official", "large-print", "reader", "vertical", "newspaper", "clippings", "magazine")

# Styles whose stories begin on pages of their own.
CHAPTERS = frozenset({"reader", "vertical"})

# The share of a page that is filled at least, that a hole takes at most, and, in modules, at most.
FULL, HOLE, HOLE_IN_MODULES = 0.85, 0.12, 0.06
STUB = 0.25
MODULAR = frozenset({"newspaper", "magazine"})


class Tally(Struct):
    """What was counted of a style."""

    pages: int = 0
    short: int = 0
    holes: int = 0
    stubs: int = 0
    overprinted: int = 0
    last: float = 1.0

    def row(self) -> str:
        """Return the figures as a row of the table."""
        share = 100 / max(1, self.pages)
        return (
            f"{self.pages:6} {self.short * share:7.1f} {self.holes * share:7.1f} "
            f"{self.stubs:6} {self.overprinted:12} {self.last * 100:6.0f}"
        )


def main() -> None:
    """Measure, and print a table: pages, shares of short ones and of those with holes in per cent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("make_issue", type=Path)
    parser.add_argument("pagecheck", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--style", nargs="*", default=STYLES)
    parser.add_argument("--articles", type=int, nargs="*", default=(8, 14))
    parser.add_argument("--pictures", nargs="*", default=("some", "many", "none"))
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        issues = list(_issues(options, Path(folder)))
        print(f"{'style':12} {'pages':>6} {'short %':>7} {'holes %':>7} {'stubs':>6} {'overprinted':>12} {'last %':>6}")
        for style in options.style:
            tally, worst = Tally(), list[str]()
            for issue in issues:
                pdf = kept / f"{issue.name}-{style}.pdf"
                subprocess.run(
                    [sys.executable, "-m", "newsbook", "pdf", issue, "-o", pdf, "--style", style, "-q"], check=True
                )
                _count(pdf, style, options.pagecheck, tally, worst)
            print(f"{style:12} {tally.row()}  {' '.join(worst[:8])}", flush=True)


def _issues(options: argparse.Namespace, folder: Path) -> Iterator[Path]:
    for articles, pictures, seed in product(options.articles, options.pictures, range(1, options.seeds + 1)):
        issue = folder / f"i{articles}-{pictures}-{seed}"
        command = [options.make_issue, issue, "--articles", articles, "--seed", seed, "--pictures", pictures]
        subprocess.run([sys.executable, *map(str, command)], check=True, stdout=subprocess.DEVNULL)
        yield issue


def _count(pdf: Path, style: str, pagecheck: Path, tally: Tally, worst: list[str]) -> None:
    """Add the pages of a file to the tally of its style, and name the worst of them."""
    done = subprocess.run([sys.executable, pagecheck, pdf, "--json", "--pages"], check=True, capture_output=True)
    pages = json.loads(done.stdout)["each"]
    ends = _ends(pdf) if style in CHAPTERS else frozenset()
    most = HOLE_IN_MODULES if style in MODULAR else HOLE
    tally.last = min(tally.last, pages[-1]["fill"])
    for page in pages[:-1]:
        tally.pages += 1
        tally.overprinted += page["overlap"]
        is_end = page["page"] in ends
        is_stub = is_end and page["fill"] < STUB
        is_short, has_hole = not is_end and page["fill"] < FULL, not is_end and page["hole"] > most
        tally.short += is_short
        tally.holes += has_hole
        tally.stubs += is_stub
        if is_stub or is_short or has_hole or page["overlap"]:
            worst.append(f"{pdf.stem}:{page['page']}")


def _ends(pdf: Path) -> frozenset[int]:
    """Return the pages on which a story ends that the next one does not begin on: those before a bookmark's."""
    with pikepdf.open(pdf) as file, file.open_outline() as outline:
        numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(file.pages, 1)}
        targets = (item.destination for item in outline.root)
        begin = [numbers[target[0].objgen] for target in targets if isinstance(target, pikepdf.Array)]
    return frozenset(number - 1 for number in begin)


if __name__ == "__main__":
    main()
