"""Turn what was read in a slipped run into edits: what is sure is put back, and what is not stays as it is shown.

Only single characters of a run are ever in doubt, for every byte but the lost ones is there. So doubt is kept to the
characters that it belongs to.
"""

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from newsbook.repairs.edits import Edit
from newsbook.repairs.slipped.runs import KIND, RunChoice, SlippedRun

# A choice is sure where its margin is so many nats; a trial on unseen pages put the border there. Where a site lost a
# pair behind a mark, it may have lost two, and a mark says little of what follows: two in five of those were wrong.
_SURE = 1.5
_SURE_BEHIND_MARKS = 7.0
_MARKS = frozenset("，。、；：！？")


class Stretch(Struct, frozen=True):
    """Neighbouring choices that are all sure, or all in doubt, and the half-open range of text that shows them."""

    start: int
    end: int
    choices: tuple[RunChoice, ...]
    doubtful: bool

    @property
    def text(self) -> str:
        """What was read."""
        return "".join(choice.text for choice in self.choices)

    @property
    def margin(self) -> float:
        """How far ahead the least sure of the choices is, in nats."""
        return min(choice.margin for choice in self.choices)


def edits_of(run: SlippedRun) -> Iterator[Edit]:
    """Yield the edits that put a run back, from left to right."""
    for stretch in _stretches(run):
        confidence = 0.5 if stretch.doubtful else round(min(0.99, 0.9 + stretch.margin / 200), 3)
        yield Edit(stretch.start, stretch.end, stretch.text, KIND, confidence, doubtful=stretch.doubtful)


def _stretches(run: SlippedRun) -> tuple[Stretch, ...]:
    """Divide a run between what is sure and what is not. All of it is in doubt where no border can be drawn."""
    befores = (None, *run.choices[:-1])
    unsure = {one for before, one in zip(befores, run.choices, strict=True) if one.margin < _border(before, one)}
    groups = [(doubtful, tuple(group)) for doubtful, group in groupby(run.choices, unsure.__contains__)]
    doubts = [_place(run, group) for doubtful, group in groups if doubtful]
    stretches: list[Stretch] = []
    at = run.start
    for doubtful, group in groups:
        start, end = doubts.pop(0) if doubtful else (at, doubts[0][0] if doubts else run.end)
        stretches.append(Stretch(start, end, group, doubtful))
        if start < at or start >= end:
            return (Stretch(run.start, run.end, run.choices, doubtful=True),)
        at = end
    if at < run.end:
        return (Stretch(run.start, run.end, run.choices, doubtful=True),)
    return tuple(stretches)


def _border(before: RunChoice | None, one: RunChoice) -> float:
    """Return the margin that makes a choice sure. Two that were read at one place have a lost pair between them."""
    is_lost = before is not None and before.at == one.at and before.text in _MARKS
    return _SURE_BEHIND_MARKS if is_lost else _SURE


def _place(run: SlippedRun, group: tuple[RunChoice, ...]) -> tuple[int, int]:
    """Return the range in which the bytes of doubtful choices were lost: for the first, the question mark's."""
    start = run.start if group[0] is run.choices[0] else group[0].at
    return start, (run.start if group[-1] is run.choices[0] else group[-1].at) + 1
