"""How sure what was read in a slipped run is: how far ahead it is for all that was lost, and whether it fits its line.

An editor forgives a mark at a place that turns out right, and never a wrong character that looks right. So how sure a
reading is was counted: `benchmarks/reliability.py` weighs what tells right readings from wrong ones on pages that no
part of the model knows, and a run that is not likely enough stays as it is, marked. One that does not fit is in doubt
whatever its weight is: a bracket behind it tells another reading, it leaves a mark without its partner, or it holds a
character too rare here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from newsbook.repairs import characters
from newsbook.repairs.slipped import quotes
from newsbook.repairs.slipped.beamsearch import Choice
from newsbook.repairs.slipped.candidates import Evidence, MirroredPage

_READING = re.compile(r"\(([a-zɡ\u00e0-\u01dc\u1e3f]{1,6})\)")

# What tells for a run and against it, and how much.
WEIGHTS = {
    "any run": 1.21,
    "three nats ahead": 2.68,
    "nine nats ahead": 1.55,
    "alone before a mark": -0.9,
    "an open character is a word of its own": -0.78,
    "a rare word of one character": -2.34,
    "a pair not shown": -0.73,
    "further pairs not shown": -0.6,
    "a pair not shown behind a mark": 0.23,
    "a question mark amid the run": 0.14,
    "a question mark at its end": 0.31,
    "its last character half lost, on a page that loses pairs": -1.15,
    "a lead byte that no bracket tells of": -1.03,
}

# From this on a run is sure, and from that on where one of these stands against it, or where the character whose lead
# byte is lost stands alone before a mark and makes no word with what is before it.
_PLAIN_SURE, _SURE = 0.85, 0.94
_AGAINST = (
    "a pair not shown",
    "a question mark amid the run",
    "its last character half lost, on a page that loses pairs",
)

# So far ahead, in nats, a character is no longer open; and further than this tells no more.
_OPEN, _FAR, _FARTHEST = 10.0, 3.0, 9.0
# How rare a word of one character must be to tell against a run, where it is open and where it is not, as logarithms;
# and how much rarer to tell once more.
_UNCOMMON, _RARE_WORD, _RARER = -6.0, -9.0, 3.0
_AROUND_BEFORE, _AROUND_BEHIND = 5, 3
_NEVER_MEET = re.compile("。[”’』」][、，；：]")

_MARKS = frozenset("，。、；：！？（）”“’‘》《』『」「—…·")

# Where speech goes on in the next paragraph, these stand open at the end of one.
_LEFT_OPEN = frozenset("“「")

# A share of the words of the language, below which a character needs the page to bear it out.
_RARE = 1e-6


class Chosen(Struct, frozen=True):
    """The choices of a run, each with its margin, and the half-open range of the line that shows it."""

    start: int
    end: int
    choices: tuple[tuple[Choice, float], ...]

    @property
    def text(self) -> str:
        """What was read."""
        return "".join(choice.text for choice, _ in self.choices)


def confidence(found: dict[str, float]) -> float:
    """Return how likely it is that all of a run was read right, in 0…1, by its clues."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in found.items())))


def is_sure(found: dict[str, float]) -> bool:
    """Tell whether what the clues tell is enough to put a run back."""
    is_bare = found["alone before a mark"] and found["an open character is a word of its own"]
    return confidence(found) >= (_SURE if is_bare or any(found[name] for name in _AGAINST) else _PLAIN_SURE)


def clues(run: Chosen, text: str, evidence: Evidence, page: MirroredPage) -> dict[str, float]:
    """Return what tells for a run and against it."""
    read = [(choice, margin) for choice, margin in run.choices if choice.text]
    margin = min((margin for _, margin in read), default=0.0)
    places = {
        choice.at for choice, _ in read if text[choice.at] == "?" and choice.at != run.start
    } - evidence.inside.keys()
    unshown = [before for (before, _), (choice, _) in pairwise(read) if before.at == choice.at]
    is_lead_lost = run.start not in evidence.inside
    last = read[-1][0].at if read else run.start
    return {
        "any run": 1.0,
        "three nats ahead": min(margin, _FAR) / _FAR,
        "nine nats ahead": min(max(margin - _FAR, 0.0), _FARTHEST - _FAR) / (_FARTHEST - _FAR),
        "alone before a mark": is_lead_lost and run.text[1:2] in _MARKS and run.text[0] not in _MARKS,
        **_word_clues(run, text, page),
        "a pair not shown": bool(unshown),
        "further pairs not shown": len(unshown) > 1,
        "a pair not shown behind a mark": any(before.text[-1:] in _MARKS for before in unshown),
        "a question mark amid the run": bool(places - {last}),
        "a question mark at its end": last in places,
        "its last character half lost, on a page that loses pairs": page.drops
        and last in places
        and _is_han(run.text[-1:]),
        "a lead byte that no bracket tells of": is_lead_lost,
    }


def _word_clues(run: Chosen, text: str, page: MirroredPage) -> dict[str, float]:
    """Return what the words tell that a run is best divided into, with what stands around it."""
    left = text[max(0, run.start - 8) : run.start].replace("?", "")[-_AROUND_BEFORE:]
    right = text[run.end : run.end + _AROUND_BEHIND].partition("?")[0]
    margins = [margin for choice, margin in run.choices for _ in choice.text]
    at, uncommon, rare = -len(left), 0.0, 0.0
    for word in page.model.divided(left + run.text + right):
        if len(word) == 1 and 0 <= at < len(margins) and _is_han(word):
            share = page.model.log_share(word)
            rare = max(rare, _RARE_WORD - share)
            uncommon = max(uncommon, (_UNCOMMON - share) * (margins[at] < _OPEN))
        at += len(word)
    return {
        "an open character is a word of its own": uncommon / _RARER,
        "a rare word of one character": rare / _RARER,
    }


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def holds_what_never_meets(run: Chosen, text: str) -> bool:
    """Tell whether marks stand side by side that never do."""
    return bool(_NEVER_MEET.search(run.text + text[run.end : run.end + 1]))


def contradicted(run: Chosen, text: str) -> int:
    """Return where the bracket behind a run ends that tells another reading of its last character, or 0."""
    bracket = _READING.match(text, run.end)
    if not bracket or not run.text or bracket[1] in characters.readings(run.text[-1]):
        return 0
    return bracket.end()


def holds_rarity(run: Chosen, page: MirroredPage) -> bool:
    """Tell whether a run holds a character that neither the page has nor the language often."""
    return any(_is_han(one) and one not in page.seen and page.model.is_rare(one, _RARE) for one in run.text)


def unpaired(runs: Sequence[Chosen], text: str) -> frozenset[int]:
    """Return the numbers of the runs that leave a bracket or quotation mark without its partner in the line.

    Where a mark outside of the runs has none, any run on the side of the partner may have lost it.
    """
    standing: list[_Mark] = []
    alone: list[_Mark] = []
    for mark in _marks(runs, text):
        opener = quotes.opener_of(mark.text)
        if not opener:
            standing.append(mark)
        elif opener in (one.text for one in standing):
            while standing[-1].text != opener:
                alone.append(standing.pop())
            standing.pop()
        else:
            alone.append(mark)
    return frozenset(number for mark in (*alone, *standing) for number in _to_blame(mark, len(runs)))


class _Mark(Struct, frozen=True):
    """A mark that has a partner: in the run of that number, or behind so many runs, outside of them."""

    text: str
    run: int
    is_outside: bool


def _to_blame(mark: _Mark, count: int) -> Iterable[int]:
    if not mark.is_outside:
        return (mark.run,)
    if quotes.opener_of(mark.text):
        return range(mark.run)
    return () if mark.text in _LEFT_OPEN else range(mark.run, count)


def _marks(runs: Sequence[Chosen], text: str) -> Iterator[_Mark]:
    """Yield the paired marks of a line as it was read."""
    at = 0
    for number, run in enumerate(runs):
        yield from (_Mark(mark, number, is_outside=True) for mark in quotes.paired_marks(text[at : run.start]))
        yield from (_Mark(mark, number, is_outside=False) for mark in quotes.paired_marks(run.text))
        at = run.end
    yield from (_Mark(mark, len(runs), is_outside=True) for mark in quotes.paired_marks(text[at:]))
