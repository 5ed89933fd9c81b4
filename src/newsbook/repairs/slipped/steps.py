"""The steps of the search: every way in which each hypothesis may read the next character of a line.

In step, a character is what it is shown as. A question mark may be one, or what is left of a lead byte. Out of step, a
character shown is made of bytes of two others: its first byte ends one, and its second byte begins the next.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from msgspec import Struct

from newsbook.cjk import full_width
from newsbook.repairs import characters, gbk
from newsbook.repairs.slipped import lostascii, quotes
from newsbook.repairs.slipped.beamsearch import Choice, EarlyKey, Hypothesis, LostLead, promise
from newsbook.repairs.slipped.candidates import (
    ORIGINALS,
    Evidence,
    MirroredPage,
    Sought,
    bracketed_with,
    candidates,
    is_cut,
)

# What stands for a lost byte.
LOST = "?"

_CONTEXT = 10
_LONGEST_RUN = 120

# The marks at whose bytes a mirror cuts, as they are shown.
_CUTS = frozenset("，。！？；：,!?;:")

# The marks that something must follow.
_GOING_ON = frozenset("，、“‘《（「『·")

# What it costs, in nats:
# that a lead byte is lost with no mark behind it to cut at;
_NO_CUT = 7.0
# that nothing is made of a bracket that tells of a lost byte;
_NO_RUN = 15.0
# that a run begins;
_BEGIN = 1.0
# that a key stood for its simplified form, across two characters;
_EARLY = 1.0
# that a trail byte is lost, and that it took a character of ASCII along;
_LAST_LOST = 1.0
_SWALLOWED = 4.0
# that a line ends in a mark behind which something must follow.
_GOES_ON = 5.0

# In how many of the best hypotheses lost pairs are tried, and how many are kept; how near the best they must be, in
# nats, and how near with the pair. Behind the best by more than `_HOPELESS`, no candidate is tried. By trial: more
# finds no more.
_DROPS_TRIED, _DROPS = 16, 16
_DROP_NEAR, _DROP_REACH = 5.0, 11.0
_HOPELESS = 16.0

# How many candidates are followed up, by how little is known of them.
_FEW, _SOME, _MORE, _MANY, _ALL = 4, 6, 8, 24, 80

_TRAILS = tuple(range(0x80, 0xFF))


class Cursor(Struct, frozen=True):
    """The place `at` of a line that is to be read next, and what is known there.

    What promises no more than `least`, in nats, is not followed up. For a lost pair before the character,
    `least_dropped` is the limit.
    """

    text: str
    at: int
    evidence: Evidence
    page: MirroredPage
    least: float
    least_dropped: float

    @property
    def character(self) -> str:
        """The character that is shown there."""
        return self.text[self.at]


def fresh(text: str, at: int, page: MirroredPage) -> Hypothesis:
    """Return the hypothesis that nothing slipped before `at`."""
    state = page.model.start(text[max(0, at - _CONTEXT) : at])
    return Hypothesis(0.0, state, None, text[at - 1 : at], quotes.hear_all("", text[:at]), -1, None, {})


def moved(hypothesis: Hypothesis, text: str, here: int, at: int, page: MirroredPage) -> Hypothesis:
    """Return the only hypothesis at `here`, moved on to `at`. Nothing is in doubt between the two."""
    standing = quotes.hear_all(hypothesis.open, text[here:at])
    return fresh(text, at, page)._replace(
        score=hypothesis.score, choices=hypothesis.choices, margins=hypothesis.margins, open=standing
    )


def ended(hypothesis: Hypothesis) -> Hypothesis:
    """End the line. It costs something to leave a mark open, or to end in a mark that something must follow."""
    price = _GOES_ON * (hypothesis.last in _GOING_ON)
    return hypothesis._replace(score=hypothesis.score - quotes.left_open(hypothesis.open) - price)


def step(
    hypotheses: list[Hypothesis], text: str, at: int, evidence: Evidence, page: MirroredPage
) -> Iterator[Hypothesis]:
    """Read the character at `at` in every way that each hypothesis allows."""
    slipped = [one for one in hypotheses if one.phase is not None and at - one.start < _LONGEST_RUN]
    best = max((one.promise for one in slipped), default=0.0)
    cursor = Cursor(text, at, evidence, page, best - _HOPELESS, best - _DROP_REACH)
    for one in hypotheses:
        if one.phase is None:
            yield from _in_step(one, cursor)
    if page.drops:
        likely = (one for one in slipped[:_DROPS_TRIED] if one.promise > best - _DROP_NEAR)
        slipped += _dropped([one for one in likely if not is_cut(one)], cursor)
    for one in slipped:
        yield from _out_of_step(one, cursor)


def _in_step(one: Hypothesis, cursor: Cursor) -> Iterator[Hypothesis]:
    """Read a character as it is shown. A question mark may be one, or what is left of a lead byte."""
    at, evidence = cursor.at, cursor.evidence
    if cursor.character != LOST:
        shown = _extended(one, cursor.character, cursor.page)
        yield shown._replace(score=shown.score - _NO_RUN * (at in evidence.behind))
        yield from _before_early_key(one, cursor)
        return
    reading = evidence.inside.get(at, "")
    mark = _extended(one, "？", cursor.page)
    choice = Choice(at, LOST, -1, True, one.choices)  # noqa: FBT003 - a field of the record.
    yield mark._replace(score=mark.score - _NO_RUN * bool(reading), choices=choice)
    lead_bytes = tuple(_lead_bytes(one.last, reading)) if reading else tuple(gbk.LEADS)
    price = 0.0 if reading else _BEGIN
    yield one._replace(score=one.score - price, phase=LostLead(lead_bytes, cut=not reading), start=at)


def _before_early_key(one: Hypothesis, cursor: Cursor) -> Iterator[Hypothesis]:
    """Read a character that ends in the lead byte of a key which stood for its simplified form.

    看大 holds the bytes of 创 between its characters: 縿?chuàng) and what follows, out of step.
    """
    spelt = gbk.spell(cursor.character)
    for key in bracketed_with(cursor.evidence.inside.get(cursor.at + 1, "")) if spelt else ():
        pair, early = gbk.spell(key), gbk.spell(characters.fold(key))
        if spelt and pair and early and pair != early and pair[0] == spelt[1]:
            candidate = gbk.read(spelt[0], early[0])
            if candidate:
                begun = one._replace(score=one.score - _EARLY, start=cursor.at)
                yield _read(begun, cursor, candidate, last=False)._replace(phase=EarlyKey(early[1]))


def _lead_bytes(last: str, reading: str) -> Iterator[int]:
    """Yield the lead bytes that make a key of that reading with the trail byte before them."""
    spelt = gbk.spell(full_width(last)) if last else None
    for key in bracketed_with(reading):
        pair = gbk.spell(key)
        if spelt and pair and pair[0] == spelt[1]:
            yield pair[1]


def _out_of_step(one: Hypothesis, cursor: Cursor) -> Iterator[Hypothesis]:
    """Read a character shown out of step: its first byte ends one character, its second begins another."""
    character, evidence = cursor.character, cursor.evidence
    if isinstance(one.phase, EarlyKey):
        yield one._replace(phase=one.phase.lead)
        return
    cut = is_cut(one)
    if character == LOST and not cut:
        yield from _trail_lost(one, cursor)
        if cursor.at in evidence.inside:
            return
        yield from _between(one, cursor, _NO_PAIRS, _SOME, cursor.least)
    if cut and character not in _CUTS:
        one = one._replace(score=one.score - _NO_CUT)
    for trail, lead in _bytes_shown(character) + (_bytes_of_key(character) if cursor.at in evidence.keyed else ()):
        reading = evidence.behind.get(cursor.at, "") if lead is None else ""
        sought = Sought((trail,), reading, may_be_bare=character in _CUTS)
        for candidate, price in candidates(one, sought, cursor.page, _ALL if cut else _MANY, cursor.least):
            if lead is not None and lead < gbk.LEADS[0]:
                following = _read_with(one, cursor, candidate, chr(lead))
            else:
                following = _read(one, cursor, candidate, last=lead is None)._replace(phase=lead)
            yield following._replace(score=following.score - price)


def _trail_lost(one: Hypothesis, cursor: Cursor) -> Iterator[Hypothesis]:
    """Read a question mark as what is left of a run's last character, and of an ASCII character that it took along."""
    sought = Sought(_TRAILS, cursor.evidence.inside.get(cursor.at, ""))
    further = 0.0 if sought.reading else _LAST_LOST
    for candidate, price in candidates(one, sought, cursor.page, _MANY, cursor.least + further):
        if not sought.reading and _takes_along(candidate, cursor):
            following = _with_lost_ascii(one, cursor, candidate)
        else:
            following = _read(one, cursor, candidate, last=True)
        yield following._replace(score=following.score - further - price, phase=None)


def _with_lost_ascii(one: Hypothesis, cursor: Cursor, candidate: str) -> Hypothesis:
    """Read the last character of a run and the one of ASCII behind it, if that can be told."""
    told = lostascii.infer(candidate, cursor.text, cursor.at, cursor.page.clues)
    if told:
        following = _read_with(one, cursor, candidate, told)
    else:
        following = _unknown(_read(one, cursor, candidate, last=False), cursor.at)
    return following._replace(score=following.score - _SWALLOWED)


def _unknown(one: Hypothesis, at: int) -> Hypothesis:
    """End a run with a character that cannot be known: nothing is read, and nothing is sure of it."""
    choice = Choice(at, "", one.start, True, one.choices)  # noqa: FBT003
    return one._replace(choices=choice, margins={**one.margins, choice.key: 0.0})


def _takes_along(candidate: str, cursor: Cursor) -> bool:
    """Tell whether a lost trail byte took an ASCII character along.

    Before a mark, or at the end, it did not, but for a bracket that has nothing else to close it.
    """
    spelt, behind = gbk.spell(candidate), cursor.text[cursor.at + 1 : cursor.at + 2]
    if spelt is None or spelt[1] == _TRAILS[0]:
        return False
    return (bool(behind) and behind not in _CUTS) or lostascii.closes(cursor.text, cursor.at)


def _between(
    one: Hypothesis, cursor: Cursor, pairs: dict[int, tuple[int, ...]], count: int, least: float
) -> Iterator[Hypothesis]:
    """Read a pair that is not shown: its first byte ends a character, its second is one of several lead bytes."""
    for candidate, price in candidates(one, Sought(tuple(pairs)), cursor.page, count, least):
        spelt = gbk.spell(candidate)
        if spelt:
            following = _read(one, cursor, candidate, last=False)
            yield following._replace(score=following.score - price, phase=LostLead(pairs[spelt[1]], cut=False))


def _dropped(hypotheses: list[Hypothesis], cursor: Cursor) -> list[Hypothesis]:
    """Read one or two user-defined pairs that a site lost before a character, where that promises most."""
    least = cursor.least_dropped
    once = _best(other for one in hypotheses for other in _between(one, cursor, _DROPPED, _SOME, least))
    twice = (other for one in once[:_FEW] for other in _between(one, cursor, _DROPPED, _MORE, least))
    return once + _best(twice)


def _best(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    return sorted(hypotheses, key=promise, reverse=True)[:_DROPS]


def _read(one: Hypothesis, cursor: Cursor, candidate: str, *, last: bool) -> Hypothesis:
    following = _extended(one, candidate, cursor.page)
    return following._replace(choices=Choice(cursor.at, candidate, one.start, last, one.choices))


def _read_with(one: Hypothesis, cursor: Cursor, candidate: str, behind: str) -> Hypothesis:
    """Read the last character of a run and one of ASCII behind it, which no sign of its own shows."""
    following = _extended(_extended(one, candidate, cursor.page), behind, cursor.page)
    choice = Choice(cursor.at, candidate + behind, one.start, True, one.choices)  # noqa: FBT003
    return following._replace(choices=choice, phase=None)


def _extended(one: Hypothesis, character: str, page: MirroredPage) -> Hypothesis:
    """Return a hypothesis with one character more, in the phase in which it was."""
    ways = [page.model.extended(one.state, way) for way in ORIGINALS.get(character, character)]
    state = ways[0] if len(ways) == 1 else max(ways, key=lambda way: way.hope)
    heard = quotes.hear(one.open, character)
    score = one.score + state.total - one.state.total - heard.price
    return Hypothesis(score, state, one.phase, character, heard.open, one.start, one.choices, one.margins)


@cache
def _bytes_shown(character: str) -> tuple[tuple[int, int | None], ...]:
    """Return the bytes that a character shown may stand for: two, or one below 0x80 that ends a run.

    A second one below 0x80 is a character of ASCII behind the run, which was read as one with its trail byte.

    >>> [[f"{byte:X}" for byte in pair if byte] for pair in _bytes_shown("毙") + _bytes_shown("^")]
    [['B1', 'D0'], ['5E'], ['A3', 'DE']]
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


def _bytes_of_key(character: str) -> tuple[tuple[int, int | None], ...]:
    """Return the bytes of the simplified form of a key, which a mirror may have found before it changed the script.

    看待 holds the bytes of 创 between its characters, and 創(chuàng) stands in the run.
    """
    simplified = characters.fold(character)
    spelt = gbk.spell(simplified) if simplified != character else None
    return ((spelt[0], spelt[1]),) if spelt else ()


def _pairs(hold: Callable[[int, int], bool]) -> dict[int, tuple[int, ...]]:
    """Return the trail bytes of one character with those lead bytes of the next for which something holds."""
    found = {trail: tuple(lead for lead in gbk.LEADS if hold(trail, lead)) for trail in gbk.LEADS}
    return {trail: leads for trail, leads in found.items() if leads}


# Pairs that a decoder shows as a question mark, and pairs of which some sites show nothing: those and the user-defined.
_NO_PAIRS = _pairs(gbk.is_no_pair)
_DROPPED = _pairs(lambda trail, lead: gbk.is_no_pair(trail, lead) or gbk.is_user_defined(trail, lead))
