"""What quotation marks and brackets say about a lost mark: each closes one that was opened before."""

from collections.abc import Iterator
from typing import NamedTuple

_PAIRS = dict(zip("“‘《（「『", "”’》）」』", strict=True))
_OPENER_OF = {closer: opener for opener, closer in _PAIRS.items()}
_FULL = {"(": "（", ")": "）"}
_DEEPEST = 3

# In nats, by trial: what a mark costs that breaks the rule, and what one gains that closes what stands open, for then
# it is far likelier than anywhere.
_PRICE = 4.0
_GAINS = {"”": 1.0, "」": 1.0, "’": 1.0, "』": 1.0, "）": 2.5, "》": 2.5}
_LEFT_OPEN = 2.0


class Heard(NamedTuple):
    """The openers that stand open behind a character, outermost first, and what that character costs."""

    open: str
    price: float


def hear(standing: str, character: str) -> Heard:
    """Return what stands open behind `character` where `standing` stood open before it.

    >>> hear("“", "”"), hear("", "”")
    (Heard(open='', price=-1.0), Heard(open='', price=4.0))
    """
    mark = _FULL.get(character, character)
    if mark in _PAIRS:
        return Heard((standing + mark)[-_DEEPEST:], _PRICE * (mark in standing))
    opener = _OPENER_OF.get(mark, "")
    if not opener:
        return Heard(standing, _PRICE / 2 if mark in "。！？" and standing.endswith("《") else 0.0)
    if standing.endswith(opener):
        return Heard(standing[:-1], -_GAINS[mark])
    if opener in standing:
        return Heard(standing[: standing.rindex(opener)], _PRICE / 2)
    return Heard(standing, _PRICE)


def hear_all(standing: str, text: str) -> str:
    """Return what stands open behind `text` where `standing` stood open before it."""
    for character in text:
        standing = hear(standing, character).open
    return standing


def paired_marks(text: str) -> Iterator[str]:
    """Yield the marks of a text that have a partner, in full width."""
    for character in text:
        mark = _FULL.get(character, character)
        if mark in _PAIRS or mark in _OPENER_OF:
            yield mark


def opener_of(mark: str) -> str:
    """Return the mark that opens what `mark` closes; nothing for one that opens itself."""
    return _OPENER_OF.get(mark, "")


def left_open(standing: str) -> float:
    """Return what it costs that a paragraph ends while `standing` stands open."""
    return _LEFT_OPEN * len(standing)
