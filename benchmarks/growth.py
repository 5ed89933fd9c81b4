"""Measure how the time to read, mend and edit a page grows with it, in shapes that were slow once.

    PYTHONPATH=src:tests python benchmarks/growth.py [--most CHARACTERS] [--form FORM] [SHAPE …]

prints a line for each shape of tests/hostile/shapes.py, as text, HTML and Markdown: seconds of processor time for
10,000 and 100,000 characters and a million, and the exponent between the first and the last; ✗ where that is above 1.15
or a million characters take above 12 seconds. What the gate refuses is told so. The exit code is 1 with any ✗.
"""

import argparse
import sys
from io import BytesIO
from math import log10
from time import process_time

from hostile.shapes import FORMS, PIECES
from newsbook import desk, readers, repairs
from newsbook.diagnostics import Diagnostic, LimitError, NewsbookError
from newsbook.gate import Caps, admit_article, admit_copy
from newsbook.model import Copy

SIZES = (10_000, 100_000, 1_000_000)
MOST_EXPONENT = 1.15
MOST_SECONDS = 12.0
# Below this nothing can be told from the clock.
LEAST = 0.02


def quiet(finding: Diagnostic) -> None:
    del finding


def seconds(form: str, shape: str, size: int) -> float:
    make, suffix = FORMS[form]
    raw = make(shape, size).encode()
    start = process_time()
    received = readers.Received(f"page{suffix}", lambda: BytesIO(raw), (), "", quiet)
    try:
        for taken in readers.take(received, form):
            if isinstance(taken.document, Copy):
                admitted = admit_copy(taken.document, Caps(), quiet)
                admit_article(desk.edit(repairs.repair(admitted, quiet), quiet), Caps(), quiet)
    except LimitError:
        raise
    except NewsbookError:
        pass
    return process_time() - start


def line(form: str, shape: str, sizes: tuple[int, ...]) -> tuple[str, bool]:
    """Return what is told of a shape, and whether it holds."""
    spent: list[float] = []
    told = f"{form:9}{shape:28}"
    for size in sizes:
        try:
            spent.append(seconds(form, shape, size))
        except LimitError as error:
            return f"{told} {' '.join(f'{one:8.2f}' for one in spent)}  refused: {error}", True
    exponent = log10(max(spent[-1], LEAST) / max(spent[0], LEAST)) / log10(sizes[-1] / sizes[0])
    holds = exponent <= MOST_EXPONENT and spent[-1] <= MOST_SECONDS * sizes[-1] / SIZES[-1]
    return f"{told} {' '.join(f'{one:8.2f}' for one in spent)}  {exponent:5.2f} {'' if holds else '✗'}", holds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--form", choices=tuple(FORMS))
    parser.add_argument("shapes", nargs="*")
    told = parser.parse_args()
    sizes = tuple(size for size in SIZES if size <= told.most)
    seconds("text", "prose in paragraphs", SIZES[0])
    seconds("text", "mojibake", SIZES[0])
    every = True
    for form in [told.form] if told.form else FORMS:
        for shape in told.shapes or PIECES:
            text, holds = line(form, shape, sizes)
            every &= holds
            print(text, flush=True)
    return not every


if __name__ == "__main__":
    sys.exit(main())
