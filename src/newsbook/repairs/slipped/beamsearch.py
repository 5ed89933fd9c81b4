"""A beam search over the readings of a damaged line, with the margin by which each choice is ahead of the others.

A hypothesis has read the line up to one place, and only the most promising go on. Two that went different ways and have
come to the same point are merged. The likelier one goes on, and remembers for each of its choices how far behind the
likeliest hypothesis without that choice was. This margin, in nats, is how sure the choice is.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Optional, TypeAlias

from newsbook.repairs.languagemodel import State

# How far behind the best a hypothesis is given up, in nats, and how many are kept. By trial: more find nothing more.
_REACH = 14.0
_WIDTH = 48
_ALWAYS_IN_STEP = 3

# The margin of a choice that nothing competes with.
UNRIVALLED = 30.0


Key: TypeAlias = tuple[int, str, int, bool, str]


class Choice(NamedTuple):
    """What was read at the place `at` of the line, and the choice before it.

    It belongs to the run that begins at `start`, or to no run if that is negative. `last` says that the run ends.
    """

    at: int
    text: str
    start: int
    last: bool
    before: Optional["Choice"]

    @property
    def key(self) -> Key:
        """What tells this choice from others: behind a pair that is not shown, a character is another choice."""
        unshown = self.before.text if self.before is not None and self.before.at == self.at else ""
        return (self.at, self.text, self.start, self.last, unshown)


class LostLead(NamedTuple):
    """The phase in which a lead byte is lost: it is one of `lead_bytes`. A `cut` says that a mark follows."""

    lead_bytes: tuple[int, ...]
    cut: bool


class EarlyKey(NamedTuple):
    """The phase inside a key put for its simplified form across two characters: the second begins with `lead`."""

    lead: int


# Out of step, the lead byte carried over to the next character, or what it may be; in step, nothing.
Phase: TypeAlias = int | LostLead | EarlyKey | None

Margins: TypeAlias = dict[Key, float]


class Hypothesis(NamedTuple):
    """One reading of a line up to a place."""

    score: float
    state: State
    phase: Phase
    last: str
    open: str
    start: int
    choices: Choice | None
    margins: Margins

    @property
    def promise(self) -> float:
        """How likely the reading may yet turn out: its last character may be the head of a word."""
        return self.score + self.state.hope - self.state.total

    def chosen(self) -> list[Choice]:
        """Return the choices in the order of the line."""
        found = []
        choice = self.choices
        while choice is not None:
            found.append(choice)
            choice = choice.before
        return found[::-1]


def pruned(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Return the hypotheses that are worth going on with, the most promising first, merged where they met."""
    best: dict[tuple[object, ...], Hypothesis] = {}
    for hypothesis in sorted(hypotheses, key=_score, reverse=True):
        key = (hypothesis.state.tail, hypothesis.phase, hypothesis.open, hypothesis.phase is None and hypothesis.last)
        winner = best.get(key)
        best[key] = hypothesis if winner is None else merged(winner, hypothesis)
    ranked = sorted(best.values(), key=promise, reverse=True)
    kept = [one for one in ranked if one.promise > ranked[0].promise - _REACH][:_WIDTH]
    in_step = [one for one in ranked if one.phase is None][:_ALWAYS_IN_STEP]
    return kept + [one for one in in_step if one not in kept]


def merged(winner: Hypothesis, other: Hypothesis) -> Hypothesis:
    """Return the winner. It knows now how far its choices are ahead of those of the other."""
    margin = winner.score - other.score
    mine, theirs = _apart(winner.choices, other.choices)
    margins = dict(winner.margins)
    for key in mine - theirs:
        margins[key] = min(margin, margins.get(key, UNRIVALLED))
    for key, further in other.margins.items():
        if key not in theirs or key in mine:
            margins[key] = min(margin + further, margins.get(key, UNRIVALLED))
    return winner._replace(margins=margins)


def _apart(one: Choice | None, other: Choice | None) -> tuple[set[Key], set[Key]]:
    """Return the choices that two hypotheses have made since they parted."""
    mine: set[Key] = set()
    theirs: set[Key] = set()
    while one is not other:
        if other is None or (one is not None and one.at >= other.at):
            assert one is not None  # noqa: S101 - the type checker cannot see that not both are None.
            mine.add(one.key)
            one = one.before
        else:
            theirs.add(other.key)
            other = other.before
    return mine, theirs


def _score(hypothesis: Hypothesis) -> float:
    return hypothesis.score


def promise(hypothesis: Hypothesis) -> float:
    """Return how likely a reading may yet turn out."""
    return hypothesis.promise


def settled(hypotheses: list[Hypothesis]) -> Iterator[tuple[Choice, float]]:
    """Yield the choices of the best of several hypotheses that have read the whole line, each with its margin."""
    ranked = sorted(hypotheses, key=_score, reverse=True)
    winner = ranked[0]
    for other in ranked[1:]:
        winner = merged(winner, other)
    for choice in winner.chosen():
        yield choice, winner.margins.get(choice.key, UNRIVALLED)
