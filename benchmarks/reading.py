"""Time how long a page takes to be read, mended and edited, beside trafilatura on the same pages.

    PYTHONPATH=src:tests python benchmarks/reading.py [FOLDER]

prints, for clean text pages of the tests and for saved pages (those of tests/readers/pages, or of FOLDER), the
milliseconds of processor time for 1,500 characters and for 200 KB, and, for the saved ones, the ratio to trafilatura's:
the median over the pages of ratios measured in turns.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import trafilatura

from newsbook import desk, readers, repairs
from newsbook.diagnostics import NewsbookError
from newsbook.model import Copy

TESTS = Path(__file__).parents[1] / "tests"
ROUNDS = 3


def ours(page: Path, raw: bytes) -> None:
    copy = readers.read(page.name, raw, (), "", lambda _finding: None)
    if isinstance(copy, Copy):
        desk.edit(repairs.repair(copy, lambda _finding: None), lambda _finding: None)


def theirs(_page: Path, raw: bytes) -> None:
    trafilatura.extract(raw, favor_recall=True, include_tables=True)


def seconds(work: Callable[[Path, bytes], None], page: Path, raw: bytes) -> float:
    start = process_time()
    work(page, raw)
    return process_time() - start


def readable(page: Path, raw: bytes) -> bool:
    try:
        ours(page, raw)
    except NewsbookError:
        return False
    return True


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS / "readers" / "pages"
    texts = [(page, page.read_bytes()) for page in sorted((TESTS / "corpus").glob("*.txt"))]
    spent = sum(min(seconds(ours, *one) for _ in range(ROUNDS)) for one in texts if readable(*one))
    print(f"text: {spent / sum(len(raw.decode()) for _, raw in texts) * 1500 * 1000:.1f} ms for 1,500 characters")
    saved = [(page, page.read_bytes()) for page in sorted(folder.glob("*.html"))]
    saved = [one for one in saved if readable(*one)]
    pairs = [[(seconds(ours, *one), seconds(theirs, *one)) for _ in range(ROUNDS)] for one in saved]
    spent = sum(min(mine for mine, _ in pair) for pair in pairs)
    print(f"HTML: {spent / sum(len(raw) for _, raw in saved) * 200 * 1024 * 1000:.0f} ms for 200 KB")
    print(f"HTML: {median(median(mine / other for mine, other in pair) for pair in pairs):.2f} times trafilatura's")


if __name__ == "__main__":
    main()
