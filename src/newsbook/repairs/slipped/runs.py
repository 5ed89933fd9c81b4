"""Find the slipped runs of a line: read it from left to right, and keep what the best hypothesis chose."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsbook.repairs import characters
from newsbook.repairs.slipped import sureness
from newsbook.repairs.slipped.beamsearch import Choice, pruned, settled
from newsbook.repairs.slipped.candidates import Evidence, MirroredPage
from newsbook.repairs.slipped.steps import LOST, ended, fresh, moved, step
from newsbook.repairs.slipped.sureness import Chosen

KIND = "slipped-bytes"

# What may be a run, by its looks: from the word that a lost byte breaks off to where the text may be back in step.
SUSPECT = re.compile(r"[\u4e00-\u9fff]{0,3}\?[,;:!?]?[^\x00-\x7f]*(?:[,;:!][^\x00-\x7f]{0,20}){0,4}[?-~]")

# A mark at which a mirror cuts, right behind a question mark, is none of a text's own more often than not.
_CUT_AT = frozenset("!;:！；：")

# So many characters behind a question mark tell whether it can be one.
_NEAR = 6


class RunChoice(Struct, frozen=True):
    """One choice of a run: what is shown at `at` was `text`, by a `margin` in nats over the next reading."""

    at: int
    text: str
    margin: float


class SlippedRun(Struct, frozen=True):
    """A run in a line: the half-open range of shown text, what was read there choice by choice, and whether it is sure.

    `confidence` is in 0…1.
    """

    start: int
    end: int
    choices: tuple[RunChoice, ...]
    doubtful: bool = False
    confidence: float = 0.5


def find_runs(text: str, evidence: Evidence, page: MirroredPage) -> Iterator[SlippedRun]:
    """Yield the runs of a line from left to right. `text` is the line without its bracketed readings."""
    first = text.find(LOST)
    if first < 0:
        return
    groups = tuple(_by_run(_choices(text, first, evidence, page)))
    read = tuple(
        Chosen(begun.start, group[-1][0].at + 1, group) for group in groups if (begun := group[0][0]).start >= 0
    )
    unpaired = sureness.unpaired(read, text)
    runs = [_weighed(run, number in unpaired, text, evidence, page) for number, run in enumerate(read)]
    runs += (_wreck(text, group[0][0].at, page) for group in groups if _is_wrecked(group[0][0], text, evidence, page))
    at = 0
    for run in sorted(runs, key=lambda run: run.start):
        if run.start >= at:
            yield run
            at = run.end


def _weighed(run: Chosen, is_unpaired: bool, text: str, evidence: Evidence, page: MirroredPage) -> SlippedRun:  # noqa: FBT001
    """Return a run with how sure it is."""
    choices = tuple(
        RunChoice(choice.at, characters.changed(choice.text, page.seen), margin) for choice, margin in run.choices
    )
    end = sureness.contradicted(run, text)
    flawed = is_unpaired or end or sureness.holds_rarity(run, page) or sureness.holds_what_never_meets(run, text)
    clues = sureness.clues(run, text, evidence, page)
    if flawed or not sureness.is_sure(clues):
        return SlippedRun(run.start, end or run.end, choices, doubtful=True)
    return SlippedRun(run.start, run.end, choices, confidence=round(min(0.99, sureness.confidence(clues)), 3))


def _choices(text: str, first: int, evidence: Evidence, page: MirroredPage) -> Iterator[tuple[Choice, float]]:
    """Yield the choices of the best hypothesis with their margins. Text in which nothing is in doubt is passed over."""
    at = _before(first)
    hypotheses = [fresh(text, at, page)]
    while at < len(text):
        hypotheses = pruned(step(hypotheses, text, at, evidence, page))
        at += 1
        if len(hypotheses) == 1 and hypotheses[0].phase is None:
            here, following = at, text.find(LOST, at)
            at = max(here, _before(following)) if following >= 0 else len(text)
            hypotheses = [moved(hypotheses[0], text, here, at, page)]
    yield from settled([ended(one) for one in hypotheses if one.phase is None])


def _before(lost: int) -> int:
    """Return where to begin before a question mark: the character before it may hold a byte of a key, too."""
    return max(0, lost - 1)


def _by_run(choices: Iterable[tuple[Choice, float]]) -> Iterator[tuple[tuple[Choice, float], ...]]:
    """Put the choices of each run together."""
    group: list[tuple[Choice, float]] = []
    for choice, margin in choices:
        group.append((choice, margin))
        if choice.last:
            yield tuple(group)
            group = []


def _is_wrecked(choice: Choice, text: str, evidence: Evidence, page: MirroredPage) -> bool:
    """Tell whether a question mark was read as one and cannot be one, since what follows it is no text."""
    return choice.start < 0 and (choice.at in evidence.inside or bool(_odd(text, choice.at, page)))


def _wreck(text: str, at: int, page: MirroredPage) -> SlippedRun:
    """Return the run that nothing could be made of, from its question mark to the last that cannot stand there."""
    end = at + 1
    while found := _odd(text, end - 1, page):
        end = found[-1] + 1
    end += text[end : end + 1] == LOST
    return SlippedRun(at, end, (RunChoice(at, "", 0.0),), doubtful=True)


def _odd(text: str, at: int, page: MirroredPage) -> list[int]:
    """Return the places near behind `at` of what cannot stand on the page: private use, unknown, the other script."""
    following = text[at + 1 : at + 1 + _NEAR]
    if LOST in following:
        following = following[: following.index(LOST)]
    is_cut = text[at : at + 1] == LOST and following[:1] in _CUT_AT and any(map(characters.is_converted, text))
    return [
        at + 1 + place
        for place, one in enumerate(following)
        if "\ue000" <= one <= "\uf8ff"
        or page.model.is_unknown(one)
        or (is_cut and "\u4e00" <= one <= "\u9fff" and not characters.may_stand(one, page.seen))
    ]
