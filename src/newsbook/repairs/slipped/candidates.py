"""The characters that a damaged pair of bytes may spell: those that may stand on the page, the likeliest first."""

import math
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from newsbook.repairs import characters, gbk
from newsbook.repairs.languagemodel import LanguageModel
from newsbook.repairs.slipped.beamsearch import EarlyKey, Hypothesis, LostLead
from newsbook.repairs.slipped.lostascii import PageClues

# What a mirror writes for two characters.
ORIGINALS = {"著": "着著"}

# What it costs, in nats, that a character stands without the bracket that the page gives it everywhere.
_NO_BRACKET = 10.0

# Of more candidates than a crowd, the language model names some at first. Of too many, none is tried.
_CROWD = 60
_TOO_MANY = 1500


class Evidence(Struct, frozen=True):
    """What a line's brackets say: the reading in the bracket at each question mark, and behind each last character.

    `keyed` are the places of the characters that had a bracket of their own.
    """

    inside: dict[int, str]
    behind: dict[int, str]
    keyed: frozenset[int] = frozenset()


class MirroredPage(Struct, frozen=True):
    """What a page shows of a mirror's mechanism.

    `model` knows the words of the language and of the page. `seen` are the characters of its undamaged text.
    `bracketed` are those that always have a bracket. `always` says that every changed character has one but those in
    `free`. The page `drops` user-defined pairs where none is left in it. `clues` tell what a lost byte took along.
    """

    model: LanguageModel
    seen: frozenset[str]
    bracketed: frozenset[str]
    free: frozenset[str]
    always: bool
    drops: bool
    clues: PageClues


class Sought(Struct, frozen=True):
    """A character by the trail bytes that it may have, and by its reading if a bracket tells it.

    One that `may_be_bare` needs no bracket where the page has one behind it everywhere else.
    """

    trail_bytes: tuple[int, ...]
    reading: str = ""
    may_be_bare: bool = False


def candidates(
    hypothesis: Hypothesis, sought: Sought, page: MirroredPage, count: int, least: float
) -> Iterator[tuple[str, float]]:
    """Yield the characters that promise most behind a hypothesis, and what each costs where its bracket is missing.

    There are `count` of them at most, and none promises less than `least`. Promises and costs are in nats.
    """
    for candidate, promised in _likeliest(_standing(hypothesis, sought, page), hypothesis, page, count):
        bare = not sought.reading and not sought.may_be_bare and _wants_bracket(candidate, hypothesis, page)
        price = _NO_BRACKET if bare else 0.0
        if promised - price > least:
            yield candidate, price


def _standing(hypothesis: Hypothesis, sought: Sought, page: MirroredPage) -> tuple[str, ...]:
    """Return what the character may be, by its trail byte and by the lead byte, which the hypothesis carried over."""
    phase = hypothesis.phase
    if phase is None or isinstance(phase, EarlyKey):
        return ()
    lead_bytes = phase.lead_bytes if isinstance(phase, LostLead) else (phase,)
    if not sought.reading:
        ways = len(lead_bytes) * len(sought.trail_bytes)
        if ways > _TOO_MANY:
            return _going_on(hypothesis, lead_bytes, sought.trail_bytes, page)
        return _spelled_by(lead_bytes, sought.trail_bytes, page.seen)
    spelt = ((character, gbk.spell(character)) for character in bracketed_with(sought.reading))
    found = (character for character, pair in spelt if pair and pair[0] in lead_bytes and pair[1] in sought.trail_bytes)
    return tuple(characters.standing(found, page.seen))


def _going_on(
    hypothesis: Hypothesis, lead_bytes: tuple[int, ...], trail_bytes: tuple[int, ...], page: MirroredPage
) -> tuple[str, ...]:
    """Return what a character may be of which nearly nothing is known: those with which words go on, and the commonest.

    Where a mark is lost with it, nothing is known at all, and nothing is tried.
    """
    if not page.drops or len(lead_bytes) == len(gbk.LEADS):
        return ()
    found = (characters.changed(one, page.seen) for one in page.model.going_on(hypothesis.state))
    spelt = ((one, gbk.spell(one)) for one in found)
    return tuple(one for one, pair in spelt if pair and pair[0] in lead_bytes and pair[1] in trail_bytes)


@cache
def bracketed_with(reading: str) -> tuple[str, ...]:
    """Return the characters that a mirror may have bracketed with a reading: those that its table writes, if any."""
    sounding = characters.sounding(reading)
    keys = tuple(key for key in sounding if characters.is_converted(key) or key in ORIGINALS)
    return keys or sounding


@lru_cache(maxsize=4096)
def _spelled_by(lead_bytes: tuple[int, ...], trail_bytes: tuple[int, ...], seen: frozenset[str]) -> tuple[str, ...]:
    """Return the characters that may stand on a page and are spelled by one of each of these bytes."""
    found = (gbk.read(lead, trail) for lead in lead_bytes for trail in trail_bytes)
    return tuple(characters.standing(found, seen))


def _likeliest(
    found: tuple[str, ...], hypothesis: Hypothesis, page: MirroredPage, count: int
) -> Iterable[tuple[str, float]]:
    """Return the characters that promise most behind a hypothesis, and about how much. A single one is always tried."""
    if len(found) == 1:
        return ((found[0], math.inf),)
    if len(found) > _CROWD and not is_cut(hypothesis):
        found = page.model.promising(hypothesis.state, found, _CROWD)
    behind = hypothesis.score - hypothesis.state.total
    return ((one, behind + log) for one, log in page.model.likeliest(hypothesis.state, found, count))


def is_cut(hypothesis: Hypothesis) -> bool:
    """Tell whether a hypothesis stands right behind a lead byte that was lost in a cut, so that a mark must follow."""
    return isinstance(hypothesis.phase, LostLead) and hypothesis.phase.cut


def _wants_bracket(character: str, hypothesis: Hypothesis, page: MirroredPage) -> bool:
    """Tell whether a character has a bracket behind it wherever this page shows it.

    The first character of a run is none of those. What cut it in two kept its bracket away.
    """
    if hypothesis.choices is None or hypothesis.choices.start != hypothesis.start:
        return False
    if character in page.bracketed:
        return True
    return page.always and characters.is_converted(character) and character not in page.free
