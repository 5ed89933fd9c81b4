"""Runs of GBK text that slipped by one byte: ?！毙律迳鐓^ was 。”新生村社區.

A mirror cut the text at bytes that looked like a mark, or put a bracket into the middle of a character. The lead byte
before the cut became a question mark, and what follows was read one byte off, until a byte in the range of ASCII
stood alone and brought it back into step. So one byte is lost and every other is there. Where two bytes are no pair of
GBK at all, they became a question mark, too; and some sites lose the pairs of the user-defined areas.

A line is read from left to right by many hypotheses at once: at each question mark the text may have slipped, or not;
out of step, each character shown gives the one that its bytes belong to. The likelihood of the text picks among them.
"""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from newsbook.cjk import full_width
from newsbook.repairs import characters, gbk, lostascii, quotes
from newsbook.repairs.beamsearch import Choice, Hypothesis, Lost, promise, pruned, settled
from newsbook.repairs.languagemodel import LanguageModel

KIND = "slipped-bytes"

LOST = "?"

# What may be a run, by its looks: from the word that a lost byte breaks off to where the text may be back in step.
SUSPECT = re.compile(r"[\u4e00-\u9fff]{0,3}\?[,;:!?]?[^\x00-\x7f]*(?:[,;:!][^\x00-\x7f]{0,20}){0,4}[?-~]")

_CONTEXT = 10
_NEAR = 6
_LONGEST_RUN = 120

# The marks at whose bytes a mirror cuts, as they are shown.
_CUTS = frozenset("，。！？；：,!?;:")

# The marks that something must follow.
_GOING_ON = frozenset("，、“‘《（「『·")

# What it costs, in nats: that a lead is lost with no mark behind it to cut at; that nothing is made of a bracket that
# tells of a lost byte; that a character stands without the bracket that the page gives it everywhere; that a run
# begins; that a last byte is lost, and that it swallowed a character of ASCII; that a line ends in
# a mark behind which something must follow.
_NO_CUT = 7.0
_NO_RUN = 15.0
_NO_BRACKET = 10.0
_BEGIN = 1.0
_LAST_LOST = 1.0
_SWALLOWED = 4.0
_GOES_ON = 5.0

# The bytes of a pair that the user-defined areas 1 and 2 may hold, trail of one character and lead of the next; in how
# many of the best hypotheses lost pairs are tried, and how many are kept; how near the best they must be, in nats, and
# how near with the pair. Behind the best by more than `_HOPELESS`, no candidate is tried. By trial: more finds no more.
_DROPPED_TRAILS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_DROPPED_LEADS = tuple(range(0xA1, 0xFF))
_DROPS_TRIED, _DROPS = 16, 16
_DROP_NEAR, _DROP_REACH = 5.0, 11.0
_HOPELESS = 16.0

# How many candidates are followed up, by how little is known of them, and from how many a choice is made.
_FEW, _SOME, _MORE, _MANY = 4, 6, 8, 24
_CROWD = 60
_TOO_MANY = 1500

# What a mirror writes for two characters.
_ORIGINALS = {"著": "着著"}

_TRAILS = tuple(range(0x80, 0xFF))


class Evidence(Struct, frozen=True):
    """What a line's brackets say: the reading in the bracket at each question mark, and behind each last character."""

    inside: dict[int, str]
    behind: dict[int, str]


class Page(Struct, frozen=True):
    """What a page shows of its mechanism.

    `seen` are the characters of its undamaged text; `bracketed` are those that always have a bracket, and `always` says
    that every changed character has one but those in `free`. It `drops` user-defined pairs where none is left in it.
    Its `clues` tell what a lost byte swallowed.
    """

    likelihood: LanguageModel
    seen: frozenset[str]
    bracketed: frozenset[str]
    free: frozenset[str]
    always: bool
    drops: bool
    clues: lostascii.PageClues


class Spot(Struct, frozen=True):
    """A character to be read: the place `at` in a line, and what is known of it.

    What promises no more than `least`, in nats, is not followed up, nor is a lost pair before the character that
    promises no more than `least_dropped`.
    """

    text: str
    at: int
    evidence: Evidence
    page: Page
    least: float
    least_dropped: float

    @property
    def character(self) -> str:
        """The character itself."""
        return self.text[self.at]


class Sought(Struct, frozen=True):
    """A character by the last bytes that it may have, and by its reading if a bracket tells it.

    One that `may_be_bare` needs no bracket where the page has one behind it everywhere else.
    """

    trails: tuple[int, ...]
    reading: str = ""
    may_be_bare: bool = False


class Solved(Struct, frozen=True):
    """One choice of a run: the shown text at `at` was `text`, `lead` nats ahead of the next reading."""

    at: int
    text: str
    lead: float


class Run(Struct, frozen=True):
    """A run in a line, the half-open range of shown text, and what was read there, choice by choice."""

    start: int
    end: int
    choices: tuple[Solved, ...]


def solve(text: str, evidence: Evidence, page: Page) -> Iterator[Run]:
    """Yield the runs of a line from left to right."""
    first = text.find(LOST)
    if first < 0:
        return
    hypotheses = [_fresh(text, first, page)]
    at = first
    while at < len(text):
        hypotheses = pruned(_step(hypotheses, text, at, evidence, page))
        at += 1
        if len(hypotheses) == 1 and hypotheses[0].phase is None:
            here, following = at, text.find(LOST, at)
            at = following if following >= 0 else len(text)
            hypotheses = [_moved(hypotheses[0], text, here, at, page)]
    ended = [_ended(one) for one in hypotheses if one.phase is None]
    for choices in _grouped(settled(ended)):
        begun, ended_at = choices[0][0], choices[-1][0].at
        if begun.start >= 0:
            solved = tuple(Solved(choice.at, choice.text, lead) for choice, lead in choices)
            yield Run(begun.start, ended_at + 1, solved)
        elif begun.at in evidence.inside or _is_wreck(text, begun.at, page):
            yield Run(begun.at, begun.at + 1, (Solved(begun.at, "", 0.0),))


def _ended(one: Hypothesis) -> Hypothesis:
    """End the line: what stands open is left open, and no line ends in a mark that something must follow."""
    price = _GOES_ON * (one.last in _GOING_ON)
    return one._replace(score=one.score - quotes.left_open(one.open) - price)


def _grouped(choices: Iterable[tuple[Choice, float]]) -> Iterator[list[tuple[Choice, float]]]:
    """Put the choices of each run together."""
    group: list[tuple[Choice, float]] = []
    for choice, lead in choices:
        group.append((choice, lead))
        if choice.last:
            yield group
            group = []


def _is_wreck(text: str, at: int, page: Page) -> bool:
    """Tell whether what follows a question mark is no text, so that the mark can be none."""
    following = text[at + 1 : at + 1 + _NEAR]
    return any("\ue000" <= one <= "\uf8ff" or page.likelihood.is_unknown(one) for one in following)


def _fresh(text: str, at: int, page: Page) -> Hypothesis:
    """Return the hypothesis that nothing slipped before `at`."""
    state = page.likelihood.start(text[max(0, at - _CONTEXT) : at])
    return Hypothesis(0.0, state, None, text[at - 1 : at], quotes.hear_all("", text[:at]), -1, None, {})


def _moved(one: Hypothesis, text: str, here: int, at: int, page: Page) -> Hypothesis:
    """Return the only hypothesis at `here` at a place further on, to where nothing is in doubt."""
    standing = quotes.hear_all(one.open, text[here:at])
    return _fresh(text, at, page)._replace(score=one.score, choices=one.choices, leads=one.leads, open=standing)


def _step(hypotheses: list[Hypothesis], text: str, at: int, evidence: Evidence, page: Page) -> Iterator[Hypothesis]:
    """Read the character at `at` in every way that each hypothesis allows."""
    slipped = [one for one in hypotheses if one.phase is not None and at - one.start < _LONGEST_RUN]
    best = max((one.promise for one in slipped), default=0.0)
    spot = Spot(text, at, evidence, page, best - _HOPELESS, best - _DROP_REACH)
    for one in hypotheses:
        if one.phase is None:
            yield from _in_step(one, spot)
    if page.drops:
        likely = (one for one in slipped[:_DROPS_TRIED] if one.promise > best - _DROP_NEAR)
        slipped += _dropped([one for one in likely if not _is_cut(one)], spot)
    for one in slipped:
        yield from _out_of_step(one, spot)


def _in_step(one: Hypothesis, spot: Spot) -> Iterator[Hypothesis]:
    """Read a character as it is shown; a question mark may be one, or what is left of a lead byte."""
    at, evidence = spot.at, spot.evidence
    if spot.character != LOST:
        shown = _extended(one, spot.character, spot.page)
        yield shown._replace(score=shown.score - _NO_RUN * (at in evidence.behind))
        return
    reading = evidence.inside.get(at, "")
    mark = _extended(one, "？", spot.page)
    choice = Choice(at, LOST, -1, True, one.choices)  # noqa: FBT003 - a field of the record.
    yield mark._replace(score=mark.score - _NO_RUN * bool(reading), choices=choice)
    leads = tuple(_leads(one.last, reading)) if reading else tuple(gbk.LEADS)
    price = 0.0 if reading else _BEGIN
    yield one._replace(score=one.score - price, phase=Lost(leads, cut=not reading), start=at)


def _leads(last: str, reading: str) -> Iterator[int]:
    """Yield the lead bytes that make a key of that reading with the last byte before them."""
    spelt = gbk.spell(full_width(last)) if last else None
    for key in _keys(reading):
        pair = gbk.spell(key)
        if spelt and pair and pair[0] == spelt[1]:
            yield pair[1]


@cache
def _keys(reading: str) -> tuple[str, ...]:
    """Return the characters of a reading that a mirror may have bracketed: those that its table writes, if any."""
    sounding = characters.sounding(reading)
    return tuple(key for key in sounding if characters.is_converted(key) or key in _ORIGINALS) or sounding


def _out_of_step(one: Hypothesis, spot: Spot) -> Iterator[Hypothesis]:
    """Read a character shown out of step: its first byte ends one character, its second begins another."""
    character, evidence = spot.character, spot.evidence
    cut = _is_cut(one)
    if character == LOST and not cut:
        yield from _last_lost(one, spot)
        if spot.at in evidence.inside:
            return
        yield from _between(one, spot, _NO_PAIRS, _SOME, spot.least)
    if cut and character not in _CUTS:
        one = one._replace(score=one.score - _NO_CUT)
    for trail, lead in _spelled(character):
        reading = evidence.behind.get(spot.at, "") if lead is None else ""
        sought = Sought((trail,), reading, may_be_bare=character in _CUTS)
        for candidate, price in _candidates(one, sought, spot.page, _MANY, spot.least):
            if lead is not None and lead < gbk.LEADS[0]:
                following = _read_with(one, spot, candidate, chr(lead))
            else:
                following = _read(one, spot, candidate, last=lead is None)._replace(phase=lead)
            yield following._replace(score=following.score - price)


def _last_lost(one: Hypothesis, spot: Spot) -> Iterator[Hypothesis]:
    """Read a question mark as what is left of a run's last character, and of an ASCII character that it swallowed."""
    sought = Sought(_TRAILS, spot.evidence.inside.get(spot.at, ""))
    further = 0.0 if sought.reading else _LAST_LOST
    for candidate, price in _candidates(one, sought, spot.page, _MANY, spot.least + further):
        if not sought.reading and _swallows(candidate, spot):
            following = _with_swallowed(one, spot, candidate)
        else:
            following = _read(one, spot, candidate, last=True)
        yield following._replace(score=following.score - further - price, phase=None)


def _with_swallowed(one: Hypothesis, spot: Spot, candidate: str) -> Hypothesis:
    """Read the last character of a run and the one of ASCII behind it, if that can be told."""
    told = lostascii.infer(candidate, spot.text, spot.at, spot.page.clues)
    if told:
        following = _read_with(one, spot, candidate, told)
    else:
        following = _unknown(_read(one, spot, candidate, last=False), spot.at)
    return following._replace(score=following.score - _SWALLOWED)


def _unknown(one: Hypothesis, at: int) -> Hypothesis:
    """End a run with a character that cannot be known: nothing is read, and nothing is sure of it."""
    choice = Choice(at, "", one.start, True, one.choices)  # noqa: FBT003
    return one._replace(choices=choice, leads={**one.leads, choice.key: 0.0})


def _swallows(candidate: str, spot: Spot) -> bool:
    """Tell whether a lost last byte took an ASCII character along: it did not where a mark or the line's end was."""
    spelt, behind = gbk.spell(candidate), spot.text[spot.at + 1 : spot.at + 2]
    return bool(behind) and behind not in _CUTS and spelt is not None and spelt[1] != _TRAILS[0]


def _between(
    one: Hypothesis, spot: Spot, pairs: dict[int, tuple[int, ...]], count: int, least: float
) -> Iterator[Hypothesis]:
    """Read a pair that is not shown: its first byte ends a character, its second is one of several leads."""
    for candidate, price in _candidates(one, Sought(tuple(pairs)), spot.page, count, least):
        spelt = gbk.spell(candidate)
        if spelt:
            following = _read(one, spot, candidate, last=False)
            yield following._replace(score=following.score - price, phase=Lost(pairs[spelt[1]], cut=False))


def _dropped(hypotheses: list[Hypothesis], spot: Spot) -> list[Hypothesis]:
    """Read one or two user-defined pairs that a site lost before a character, where that promises most."""
    once = _best(other for one in hypotheses for other in _between(one, spot, _DROPPED, _SOME, spot.least_dropped))
    twice = (other for one in once[:_FEW] for other in _between(one, spot, _DROPPED, _MORE, spot.least_dropped))
    return once + _best(twice)


def _best(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    return sorted(hypotheses, key=promise, reverse=True)[:_DROPS]


def _candidates(one: Hypothesis, sought: Sought, page: Page, count: int, least: float) -> Iterator[tuple[str, float]]:
    """Yield the characters that promise most behind a hypothesis, and what each costs where its bracket is missing."""
    for candidate, promised in _likeliest(_standing(one, sought, page.seen), one, page, count):
        bare = not sought.reading and not sought.may_be_bare and _wants_bracket(candidate, one, page)
        price = _NO_BRACKET if bare else 0.0
        if promised - price > least:
            yield candidate, price


def _standing(one: Hypothesis, sought: Sought, seen: frozenset[str]) -> tuple[str, ...]:
    """Return what the character may be, by its last byte and by the first, which the hypothesis carried over."""
    leads = one.phase.leads if isinstance(one.phase, Lost) else (one.phase,) if one.phase is not None else ()
    if not sought.reading:
        return _spelling(leads, sought.trails, seen) if len(leads) * len(sought.trails) <= _TOO_MANY else ()
    spelt = ((character, gbk.spell(character)) for character in _keys(sought.reading))
    found = (character for character, pair in spelt if pair and pair[0] in leads and pair[1] in sought.trails)
    return tuple(characters.standing(found, seen))


@lru_cache(maxsize=4096)
def _spelling(leads: tuple[int, ...], trails: tuple[int, ...], seen: frozenset[str]) -> tuple[str, ...]:
    """Return the characters that may stand on a page and are spelled by one of `leads` and one of `trails`."""
    return tuple(characters.standing((gbk.read(lead, trail) for lead in leads for trail in trails), seen))


def _likeliest(candidates: tuple[str, ...], one: Hypothesis, page: Page, count: int) -> Iterable[tuple[str, float]]:
    """Return the candidates that promise most behind a hypothesis, and about how much; the only one is worth a look."""
    if len(candidates) == 1:
        return ((candidates[0], math.inf),)
    if len(candidates) > _CROWD and not _is_cut(one):
        candidates = page.likelihood.promising(one.state, candidates, _CROWD)
    behind = one.score - one.state.total
    return ((found, behind + log) for found, log in page.likelihood.likeliest(one.state, candidates, count))


def _is_cut(one: Hypothesis) -> bool:
    return isinstance(one.phase, Lost) and one.phase.cut


def _read(one: Hypothesis, spot: Spot, candidate: str, *, last: bool) -> Hypothesis:
    following = _extended(one, candidate, spot.page)
    return following._replace(choices=Choice(spot.at, candidate, one.start, last, one.choices))


def _read_with(one: Hypothesis, spot: Spot, candidate: str, behind: str) -> Hypothesis:
    """Read the last character of a run and one of ASCII behind it, which no sign of its own shows."""
    following = _extended(_extended(one, candidate, spot.page), behind, spot.page)
    choice = Choice(spot.at, candidate + behind, one.start, True, one.choices)  # noqa: FBT003
    return following._replace(choices=choice, phase=None)


def _extended(one: Hypothesis, character: str, page: Page) -> Hypothesis:
    """Return a hypothesis with one character more, in the phase in which it was."""
    ways = [page.likelihood.extended(one.state, way) for way in _ORIGINALS.get(character, character)]
    state = ways[0] if len(ways) == 1 else max(ways, key=lambda way: way.hope)
    heard = quotes.hear(one.open, character)
    score = one.score + state.total - one.state.total - heard.price
    return Hypothesis(score, state, one.phase, character, heard.open, one.start, one.choices, one.leads)


def _wants_bracket(character: str, one: Hypothesis, page: Page) -> bool:
    """Tell whether a character stands behind a bracket of its own wherever this page shows it.

    The first character of a run is none of those: what cut it in two kept its bracket away.
    """
    if one.choices is None or one.choices.start != one.start:
        return False
    if character in page.bracketed:
        return True
    return page.always and characters.is_converted(character) and character not in page.free


@cache
def _spelled(character: str) -> tuple[tuple[int, int | None], ...]:
    """Return the bytes that a shown character may stand for: two, or one below 0x80 that ends a run.

    A second one below 0x80 is a character of ASCII behind the run, which was read as one with its last byte.
    """
    if not character.isascii():
        spelt = gbk.spell(character)
        return ((spelt[0], spelt[1]),) if spelt else ()
    code = ord(character)
    ways: list[tuple[int, int | None]] = []
    if "@" <= character <= "~":
        ways.append((code, None))
    if "!" <= character <= "~":
        ways.append((0xA3, code + 0x80))
    return tuple(ways)


def _no_pairs() -> dict[int, tuple[int, ...]]:
    """Return the trails and the leads behind them that are no pair of GBK, user-defined areas 1 and 2 apart."""
    found = {trail: tuple(lead for lead in gbk.LEADS if gbk.is_no_pair(trail, lead)) for trail in gbk.LEADS}
    return {trail: leads for trail, leads in found.items() if leads}


_NO_PAIRS = _no_pairs()
_DROPPED = dict.fromkeys(_DROPPED_TRAILS, _DROPPED_LEADS)
