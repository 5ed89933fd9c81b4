"""The lexicon: how likely Chinese words are, alone and behind one another.

The counts of open-gram and jieba are in one file and those of libime in another, for their licences differ
(PROVENANCE.md). Likelihoods are negative logarithms, quantised to bytes. So a million pairs of words are a few
megabytes, and are looked up where they lie.
"""

import lzma
import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

# One step of a quantised logarithm, in nats: a byte reaches down to e^-21.
STEP = 1 / 12


class PackedLexicon(Struct, frozen=True):
    """What `scripts/build_model.py` packs.

    `words` are joined by line ends; those that begin pairs come first, and their place is their number. `shares` are
    the words' likelihoods, `weights` what the likelihood of a second word is multiplied by where no pair is known.
    The pairs of word `n` are those from `starts[n]` to `starts[n + 1]`: second words in `nexts`, in rising order, and
    their `likelihoods`. `heads` has the likelihood of all words together that begin with a character. Arrays are
    little-endian.
    """

    words: str
    shares: bytes
    weights: bytes
    starts: bytes
    nexts: bytes
    likelihoods: bytes
    heads: dict[str, int]


class Lexicon:
    """One file's words by their numbers, ready to be looked up."""

    def __init__(self, packed: PackedLexicon) -> None:
        """Unpack the words."""
        self.shares = packed.shares
        self._weights = packed.weights
        self._starts = array("I", packed.starts)
        self._nexts = array("H", packed.nexts)
        self._likelihoods = packed.likelihoods
        self._heads = packed.heads
        words = enumerate(packed.words.split("\n"))
        self._singles = {number: word for number, word in words if len(word) == 1}

    def head(self, character: str) -> float:
        """Return how likely any of the words is that begin with a character."""
        return _PROBABILITIES[self._heads.get(character, 255)]

    def behind(self, left: int, right: int) -> tuple[float, float]:
        """Return how likely one word is behind another, 0 for an unknown pair, and the weight of its own share there.

        A word is a number; one that the file does not have is -1.
        """
        if not 0 <= left < len(self._weights):
            return 0.0, 1.0
        weight = _PROBABILITIES[self._weights[left]]
        if 0 <= right < len(self._weights):
            end = self._starts[left + 1]
            at = bisect_left(self._nexts, right, self._starts[left], end)
            if at < end and self._nexts[at] == right:
                return _PROBABILITIES[self._likelihoods[at]], weight
        return 0.0, weight

    def characters_behind(self, left: int) -> frozenset[str]:
        """Return the words of one character that are known behind one."""
        if not 0 <= left < len(self._weights):
            return frozenset()
        found = self._singles.keys() & self._nexts[self._starts[left] : self._starts[left + 1]]
        return frozenset(map(self._singles.__getitem__, found))


# Nothing stands behind it in the order of code points.
_LAST = chr(sys.maxunicode)

# How much of what is told is the second lexicon's, by trial on unseen pages.
_SECOND_SHARE = 0.3


class Mixture:
    """Two lexicons that tell together how likely a word is. What the second does not know, the first tells alone."""

    def __init__(self, first: PackedLexicon, second: PackedLexicon) -> None:
        """Give a number to each word of both."""
        numbers = {word: number for number, word in enumerate(first.words.split("\n"))}
        self._of_first = len(numbers)
        places = [numbers.setdefault(word, len(numbers)) for word in second.words.split("\n")]
        unknown = (0.0,) * (len(numbers) - self._of_first)
        self._shares = array("d", (*(_PROBABILITIES[share] for share in first.shares), *unknown))
        self._in_second = array("i", (-1,)) * len(numbers)
        for other, (number, share) in enumerate(zip(places, second.shares, strict=True)):
            self._in_second[number] = other
            self._shares[number] = _mixed(self._shares[number], _PROBABILITIES[share])
        self._numbers = numbers
        self._first = Lexicon(first)
        self._second = Lexicon(second)

    def words(self) -> Sequence[str]:
        """Return all words, in the order of code points."""
        return self._sorted

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._numbers)

    @lru_cache(maxsize=8192)  # noqa: B019 - there is one, and it stays.
    def log_head(self, character: str) -> float:
        """Return the logarithm of how likely any of the words is that begin with a character."""
        return math.log(_mixed(self._first.head(character), self._second.head(character)))

    def begun(self, head: str) -> float:
        """Return how likely any of the words is that begin with `head`."""
        return sum(map(self.share, self._beginning(head)))

    def following(self, character: str) -> frozenset[str]:
        """Return the characters that go on with a word that begins with `character`."""
        return frozenset(word[1] for word in self._beginning(character) if len(word) > 1)

    def endings(self, head: str) -> dict[str, float]:
        """Return how likely the words are that one character makes of `head`, by that character."""
        length, numbers, shares = len(head) + 1, self._numbers, self._shares
        return {word[-1]: shares[numbers[word]] for word in self._beginning(head) if len(word) == length}

    def _beginning(self, head: str) -> Sequence[str]:
        return self._sorted[bisect_left(self._sorted, head) : bisect_left(self._sorted, head + _LAST)]

    def characters_behind(self, word: str) -> frozenset[str]:
        """Return the words of one character that are known behind a word."""
        number = self._numbers.get(word, -1)
        first = self._first.characters_behind(number if number < self._of_first else -1)
        return first | self._second.characters_behind(self._in_second[number] if number >= 0 else -1)

    def share(self, word: str) -> float:
        """Return how likely a word is on its own, 0 if it is unknown."""
        number = self._numbers.get(word)
        return 0.0 if number is None else self._shares[number]

    def behind(self, first: str, second: str) -> tuple[float, float]:
        """Return how likely `second` is behind `first`, and what its own share counts there, as a lexicon does."""
        left, right = self._numbers.get(first, -1), self._numbers.get(second, -1)
        pair, weight = self._first.behind(left if left < self._of_first else -1, right)
        if left < 0 or right < 0 or self._in_second[left] < 0 or self._in_second[right] < 0:
            return pair, weight
        other_pair, other_weight = self._second.behind(self._in_second[left], self._in_second[right])
        joint = _mixed(weight, other_weight)
        if not pair and not other_pair:
            return 0.0, joint
        if not pair and right < self._of_first:
            pair = weight * _PROBABILITIES[self._first.shares[right]]
        if not other_pair:
            other_pair = other_weight * _PROBABILITIES[self._second.shares[self._in_second[right]]]
        return _mixed(pair, other_pair), joint


def _mixed(first: float, second: float) -> float:
    return (1 - _SECOND_SHARE) * first + _SECOND_SHARE * second


_PROBABILITIES = tuple(math.exp(-step * STEP) for step in range(256))


@cache
def load_lexicon() -> Mixture:
    """Load the packed words, once."""
    return Mixture(_load("words.xz"), _load("libime.xz"))


def _load(name: str) -> PackedLexicon:
    packed = (Path(__file__).parent / name).read_bytes()
    return msgspec.msgpack.decode(lzma.decompress(packed), type=PackedLexicon)
