"""Measure what becomes of slipped runs on texts that no part of the model knows, and how far stated confidence holds.

    PYTHONPATH=src python benchmarks/reliability.py TEXTS [--seeds 1 2] [--levels 1 3 4 wild] [--lexicon FILE] [--fit]

TEXTS is a file of articles in simplified Chinese, divided by lines of `====`. Each is damaged by `tests/damage.py`.
Printed are, for each level, how many runs came back exact, doubtful, and wrong without a mark, and a table of bins of
confidence, with how many were right. --fit prints the weights of `sureness.py` as these texts would have them.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "tests")]

from msgspec import Struct  # noqa: E402 - behind the change of the path, as its neighbours.

from damage import harm_of, inflicted, wild_harm_of  # noqa: E402 - the tests' damage lies in their folder.
from newsbook.diagnostics import Diagnostic  # noqa: E402
from newsbook.model import Copy, Line, Source  # noqa: E402
from newsbook.repairs import listed_words, repair  # noqa: E402
from newsbook.repairs.slipped import sureness  # noqa: E402
from slips import Verdict, alike, slips_of  # noqa: E402

BINS = 10
_STEPS, _DECAY = 400, 0.01


class Weighed(Struct, frozen=True):
    """A reading of a run: what tells for it, and whether it was right."""

    clues: dict[str, float]
    right: bool


def main() -> None:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--levels", nargs="+", default=["1", "3", "4", "wild"])
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--lexicon", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    found = options.texts.read_text("utf-8").split("\n====\n")[options.skip :][: options.articles]
    weighed: list[Weighed] = []
    listed = listed_words(options.lexicon.read_text("utf-8")) if options.lexicon else ()
    for level in options.levels:
        verdicts: Counter[Verdict] = Counter()
        for clean in found:
            for seed in options.seeds:
                verdicts.update(measured(clean, level, seed, weighed, listed))
        total = max(1, verdicts.total())
        shares = ", ".join(f"{verdict} {100 * verdicts[verdict] / total:.2f}" for verdict in Verdict)
        print(f"level {level}: {verdicts.total()} runs, in per cent {shares}", flush=True)
    for row in reliability(weighed):
        print(row)
    if options.fit:
        print({name: round(weight, 2) for name, weight in fitted(weighed).items()})


def measured(clean: str, level: str, seed: int, weighed: list[Weighed], listed: tuple[str, ...]) -> Iterator[Verdict]:
    """Yield what became of each run of an article, and put what was weighed into `weighed`."""
    harm = wild_harm_of(clean, seed) if level == "wild" else harm_of(clean, int(level), seed)
    lines, wanted = inflicted(clean, harm).split("\n"), clean.split("\n")
    copy = Copy(tuple(Line(text, number) for number, text in enumerate(lines, 1)), Source(name="page.txt"))
    mended, readings = listened(copy, listed)
    for raw, want, line in zip(lines, wanted, mended.lines, strict=True):
        yield from (slip.verdict for slip in slips_of(raw, want, line))
    whole = _plain(clean)
    weighed += [Weighed(clues, _plain(reading) in whole) for reading, clues in readings]


def listened(copy: Copy, listed: tuple[str, ...] = ()) -> tuple[Copy, list[tuple[str, dict[str, float]]]]:
    """Repair a page, and return with it each reading that was weighed, between its neighbours, with its clues."""
    heard: dict[tuple[str, int], tuple[str, dict[str, float]]] = {}
    original = sureness.clues

    def listening(run, text, evidence, page):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        found = original(run, text, evidence, page)
        heard[text, run.start] = (text[max(0, run.start - 1) : run.start] + run.text, found)
        return found

    sureness.clues = listening
    try:
        return repair(copy, _ignored, listed), list(heard.values())
    finally:
        sureness.clues = original


def _plain(text: str) -> str:
    return alike(text).replace("著", "着").replace("　", " ")


def _ignored(_finding: Diagnostic) -> None:
    pass


def reliability(weighed: list[Weighed]) -> Iterator[str]:
    """Yield the rows of a table: readings in ten bins of as many each, with what they state and what they are."""
    stated = sorted((likely(one.clues, sureness.WEIGHTS), one.right) for one in weighed)
    yield f"{len(stated)} readings weighed; stated, right, in per cent"
    for number in range(BINS):
        part = stated[len(stated) * number // BINS : len(stated) * (number + 1) // BINS]
        if part:
            mean, right = (100 * sum(row[column] for row in part) / len(part) for column in (0, 1))
            yield f"{100 * part[0][0]:6.1f} to {100 * part[-1][0]:5.1f}   {mean:5.1f}   {right:5.1f}"


def likely(clues: dict[str, float], weights: dict[str, float]) -> float:
    """Return how likely a reading is right, by its clues."""
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in clues.items())))


def fitted(weighed: list[Weighed]) -> dict[str, float]:
    """Return the weights by which the clues tell best which readings are right: a logistic regression."""
    weights = dict.fromkeys(sureness.WEIGHTS, 0.0)
    squares = dict.fromkeys(weights, 1e-8)
    for _ in range(_STEPS):
        slope = {name: _DECAY * weight for name, weight in weights.items()}
        for one in weighed:
            off = likely(one.clues, weights) - one.right
            for name, value in one.clues.items():
                slope[name] += off * value
        for name, value in slope.items():
            squares[name] += value * value
            weights[name] -= 0.5 * value / math.sqrt(squares[name])
    return weights


if __name__ == "__main__":
    main()
