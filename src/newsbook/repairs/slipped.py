"""Runs of GBK text that slipped by one byte: ?！毙律迳鐓^ was 。”新生村社區.

A mirror cut the text at bytes that looked like a mark, or put a bracket into the middle of a character. The lead byte
before the cut became a question mark, and what follows was read one byte off, until a byte in the range of ASCII
stood alone and brought it back into step. So one byte is lost and every other is there: it is searched among the lead
bytes, and the lexicon picks. Some sites lose the user-defined pairs in between as well: then two more are searched.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from newsbook.repairs import gbk, quotes
from newsbook.repairs.lexicon import Lexicon

KIND = "slipped-bytes"

LOST = "?"

# What may be a run, by its looks: from the word that a lost byte breaks off to where the text may be back in step.
SUSPECT = re.compile(r"[\u4e00-\u9fff]{0,3}\?[,;:!?]?[^\x00-\x7f]*[?-~]")
_LONGEST_RUN = 120
_CONTEXT = 8
_BEAM = 8

# A reading is taken where it is likelier than the text as it stands by this many nats, and than any other reading by
# the second number; a trial on unseen pages put the border of what is sure there.
_GAIN = 4.0
_MARGIN = 4.0

# What a lost pair costs, in nats: they are rarer than slips.
_GAP_PRICE = 6.0
_GAP_TRAILS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_GAP_LEADS = range(0xA1, 0xFF)


class Run(Struct, frozen=True):
    """A slipped run in a line: the shown text from `start` to `end` spells `inner` behind a lost byte.

    Where `closing`, the run ends in a second question mark, whose byte is lost as well.
    """

    start: int
    end: int
    inner: bytes
    closing: bool


class Reading(Struct, frozen=True):
    """What a run may have been, and how likely that is."""

    text: str
    score: float


class Solution(Struct, frozen=True):
    """The best reading of a run; `sure` where nothing else comes near, with the `margin` to the next in nats."""

    run: Run
    text: str
    margin: float
    sure: bool


class Page(Struct, frozen=True):
    """What a page shows of its mechanism: it `drops` user-defined pairs where none of them is left in it."""

    lexicon: Lexicon
    drops: bool


def solve(text: str, splits: dict[int, str], page: Page) -> Iterator[Solution]:
    """Yield the solutions of a line's slipped runs, from left to right; `splits` as `readings.strip` gives them."""
    start = text.find(LOST)
    done = ""
    since = 0
    while start >= 0:
        left = done + text[since:start]
        solution = _best(text, start, left, splits, page)
        if solution:
            yield solution
            done = left + (solution.text if solution.sure else text[start : solution.run.end])
            since = solution.run.end
        start = text.find(LOST, max(since, start + 1))


def runs(text: str, start: int) -> Iterator[Run]:
    """Yield the runs that may begin at the question mark at `start`."""
    inner = b""
    for at in range(start + 1, min(len(text), start + _LONGEST_RUN)):
        character = text[at]
        if character == LOST:
            yield Run(start, at + 1, inner, closing=True)
        elif "@" <= character <= "~":
            yield Run(start, at + 1, inner + character.encode(), closing=False)
        spelt = _full_width(character) if character.isascii() else gbk.spell(character)
        if spelt is None:
            return
        inner += spelt


def _full_width(character: str) -> bytes | None:
    """Return the bytes of the full-width mark that a page folds to this half-width one."""
    return bytes((0xA3, ord(character) + 0x80)) if character in ",;:!?" else None


def _best(text: str, start: int, left: str, splits: dict[int, str], page: Page) -> Solution | None:
    """Return the best solution for the question mark at `start`, or None where it is better left as it stands."""
    context = left[-_CONTEXT:]
    found: list[tuple[float, Run, Reading]] = []
    for run in runs(text, start):
        right = text[run.end : run.end + _CONTEXT].partition(LOST)[0]
        as_it_stands = page.lexicon.score(context + text[start : run.end] + right)
        for reading in _readings(run, context, right, splits, page):
            price = quotes.price(left, reading.text, text[run.end :])
            found.append((reading.score - price - as_it_stands, run, reading))
    if not found:
        return None
    found.sort(key=lambda item: -item[0])
    gain, run, reading = found[0]
    if gain < _GAIN:
        return None
    others = (other for other, _, another in found if another.text != reading.text)
    margin = min(gain, gain - max(others, default=0.0))
    return Solution(run, reading.text, margin, margin >= _MARGIN)


def _readings(run: Run, left: str, right: str, splits: dict[int, str], page: Page) -> Iterator[Reading]:
    """Yield the likeliest readings of a run between its neighbours."""
    if not run.inner:
        for text in _likeliest(
            _lone(run, left, splits, page.lexicon), lambda one: page.lexicon.score(left + one + right)
        ):
            yield Reading(text, page.lexicon.score(left + text + right))
        return
    pairs = _pairs(run.inner)
    middle = [gbk.read(*pair) for pair in pairs]
    firsts = _firsts(run, left, splits, page.lexicon)
    lasts = _lasts(run, splits, page.lexicon)
    if all(middle):
        whole = "".join(character for character in middle if character)
        yield from _ends(firsts, whole, lasts, left, right, page.lexicon)
    if page.drops:
        for filled in _filled(run, middle, page.lexicon):
            for reading in _ends(firsts, filled, lasts, left, right, page.lexicon):
                yield Reading(reading.text, reading.score - _GAP_PRICE)


def _pairs(inner: bytes) -> list[tuple[int, int]]:
    """Return the pairs that follow the first character, whose trail is the first byte of `inner`."""
    return [(inner[at], inner[at + 1]) for at in range(1, len(inner) - 1, 2)]


def _firsts(run: Run, left: str, splits: dict[int, str], lexicon: Lexicon) -> list[str]:
    """Return what the run's first character may be: every lead before its known trail."""
    leads = [lead for lead in gbk.LEADS if _fits(left, lead, splits.get(run.start, ""), lexicon)]
    return _standing((gbk.read(lead, run.inner[0]) for lead in leads), lexicon)


def _lone(run: Run, left: str, splits: dict[int, str], lexicon: Lexicon) -> list[str]:
    """Return what a character that was lost whole may be; only a bracket inside or behind it tells, by its reading."""
    reading = splits.get(run.end - 1, "")
    if not run.closing or not (reading or run.start in splits):
        return []
    leads = [lead for lead in gbk.LEADS if _fits(left, lead, splits.get(run.start, ""), lexicon)]
    found = (gbk.read(lead, trail) for lead in leads for trail in range(0x40, 0xFF))
    return _standing((c for c in found if c and (not reading or reading in lexicon.readings(c))), lexicon)


def _fits(left: str, byte: int, reading: str, lexicon: Lexicon) -> bool:
    """Tell whether a lost byte makes a character of that reading with the byte before it, where a reading is known."""
    if not reading:
        return True
    spelt = gbk.spell(left[-1]) if left else None
    key = gbk.read(spelt[1], byte) if spelt else None
    return key is not None and reading in lexicon.readings(key)


def _lasts(run: Run, splits: dict[int, str], lexicon: Lexicon) -> list[str]:
    """Return what the run's last character may be: nothing where it is known, else every trail behind its lead."""
    if not run.closing:
        return [""]
    reading = splits.get(run.end - 1, "")
    found = (gbk.read(run.inner[-1], trail) for trail in range(0x40, 0xFF))
    return _standing((c for c in found if c and (not reading or reading in lexicon.readings(c))), lexicon)


def _ends(  # noqa: PLR0913, PLR0917
    firsts: list[str], middle: str, lasts: list[str], left: str, right: str, lexicon: Lexicon
) -> Iterator[Reading]:
    """Yield the likeliest readings of a run whose middle is known."""
    heads = _likeliest(firsts, lambda first: lexicon.score(left + first + middle[:_CONTEXT]))
    tails = _likeliest(lasts, lambda last: lexicon.score(middle[-_CONTEXT:] + last + right))
    for first in heads:
        for last in tails:
            text = first + middle + last
            yield Reading(text, lexicon.score(left + text + right))


def _standing(candidates: Iterable[str | None], lexicon: Lexicon) -> list[str]:
    """Return the candidates that a mirror's page may hold; all of them where it may hold none."""
    known = [character for character in candidates if character]
    return [character for character in known if lexicon.may_stand(character)] or known


def _likeliest(candidates: list[str], score: Callable[[str], float]) -> list[str]:
    if len(candidates) <= 1:
        return candidates
    return sorted(candidates, key=score, reverse=True)[:_BEAM]


def _filled(run: Run, middle: list[str | None], lexicon: Lexicon) -> Iterator[str]:
    """Yield the middles that a pair dropped from between two of the shown characters makes possible.

    The pair's trail and lead belong to two characters; the one that now joins their other halves is no character, or an
    unlikely one.
    """
    pairs = _pairs(run.inner)
    broken = [at for at, character in enumerate(middle) if character is None]
    if len(broken) > 1:
        return
    for at in broken or range(len(pairs)):
        before = "".join(character or "" for character in middle[:at])
        behind = "".join(character or "" for character in middle[at + 1 :])
        kept = middle[at]
        two = _two(pairs[at], before[-_CONTEXT:], behind[:_CONTEXT], lexicon)
        if two and (kept is None or _better(two, kept, before, behind, lexicon)):
            yield before + two + behind


def _better(two: str, kept: str, before: str, behind: str, lexicon: Lexicon) -> bool:
    left, right = before[-_CONTEXT:], behind[:_CONTEXT]
    return lexicon.score(left + two + right) > lexicon.score(left + kept + right)


def _two(pair: tuple[int, int], left: str, right: str, lexicon: Lexicon) -> str:
    """Return the likeliest two characters of which `pair` is the first's lead and the second's trail."""
    lead, trail = pair
    ones = _standing((gbk.read(lead, byte) for byte in _GAP_TRAILS), lexicon)
    others = _standing((gbk.read(byte, trail) for byte in _GAP_LEADS), lexicon)
    ones = _likeliest(ones, lambda one: lexicon.score(left + one))
    others = _likeliest(others, lambda other: lexicon.score(other + right))
    twos = [one + other for one in ones for other in others]
    return max(twos, key=lambda two: lexicon.score(left + two + right), default="")
