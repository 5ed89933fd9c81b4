"""Find the slipped runs of a line: read it from left to right, and keep what the best hypothesis chose."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsbook.repairs.slipped.beamsearch import Choice, pruned, settled
from newsbook.repairs.slipped.candidates import Evidence, MirroredPage
from newsbook.repairs.slipped.steps import LOST, ended, fresh, moved, step

KIND = "slipped-bytes"

# What may be a run, by its looks: from the word that a lost byte breaks off to where the text may be back in step.
SUSPECT = re.compile(r"[\u4e00-\u9fff]{0,3}\?[,;:!?]?[^\x00-\x7f]*(?:[,;:!][^\x00-\x7f]{0,20}){0,4}[?-~]")

# So many characters behind a question mark tell whether it can be one.
_NEAR = 6


class RunChoice(Struct, frozen=True):
    """One choice of a run: what is shown at `at` was `text`, by a `margin` in nats over the next reading."""

    at: int
    text: str
    margin: float


class SlippedRun(Struct, frozen=True):
    """A run in a line: the half-open range of shown text, and what was read there, choice by choice."""

    start: int
    end: int
    choices: tuple[RunChoice, ...]


def find_runs(text: str, evidence: Evidence, page: MirroredPage) -> Iterator[SlippedRun]:
    """Yield the runs of a line from left to right. `text` is the line without its bracketed readings."""
    first = text.find(LOST)
    if first < 0:
        return
    for choices in _by_run(_choices(text, first, evidence, page)):
        begun, ended_at = choices[0][0], choices[-1][0].at
        if begun.start >= 0:
            read = tuple(RunChoice(choice.at, choice.text, margin) for choice, margin in choices)
            yield SlippedRun(begun.start, ended_at + 1, read)
        elif begun.at in evidence.inside or _is_wreck(text, begun.at, page):
            yield SlippedRun(begun.at, begun.at + 1, (RunChoice(begun.at, "", 0.0),))


def _choices(text: str, first: int, evidence: Evidence, page: MirroredPage) -> Iterator[tuple[Choice, float]]:
    """Yield the choices of the best hypothesis with their margins. Text in which nothing is in doubt is passed over."""
    hypotheses = [fresh(text, first, page)]
    at = first
    while at < len(text):
        hypotheses = pruned(step(hypotheses, text, at, evidence, page))
        at += 1
        if len(hypotheses) == 1 and hypotheses[0].phase is None:
            here, following = at, text.find(LOST, at)
            at = following if following >= 0 else len(text)
            hypotheses = [moved(hypotheses[0], text, here, at, page)]
    yield from settled([ended(one) for one in hypotheses if one.phase is None])


def _by_run(choices: Iterable[tuple[Choice, float]]) -> Iterator[list[tuple[Choice, float]]]:
    """Put the choices of each run together."""
    group: list[tuple[Choice, float]] = []
    for choice, margin in choices:
        group.append((choice, margin))
        if choice.last:
            yield group
            group = []


def _is_wreck(text: str, at: int, page: MirroredPage) -> bool:
    """Tell whether what follows a question mark is no text, so that the mark cannot be a question mark."""
    following = text[at + 1 : at + 1 + _NEAR]
    return any("\ue000" <= one <= "\uf8ff" or page.model.is_unknown(one) for one in following)
