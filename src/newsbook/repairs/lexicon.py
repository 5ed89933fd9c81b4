"""The lexicon: how likely Chinese words are, alone and behind one another.

The counts of open-gram and jieba are in one file and those of libime in another, for their licences differ
(PROVENANCE.md). Likelihoods are negative logarithms, quantised to bytes. So a million pairs of words are a few
megabytes, and are looked up where they lie.
"""

import math
import sys
import zlib
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
    little-endian; `nexts` has the low bytes of all first, and then the high bytes, which packs better.
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
        self.words = packed.words.split("\n")
        self.numbers = dict(zip(self.words, range(len(self.words)), strict=True))
        self._shares = packed.shares
        self._weights = packed.weights
        self._starts = array("I", packed.starts)
        self._nexts = array("H", _interleaved(packed.nexts))
        self._likelihoods = packed.likelihoods
        self._heads = packed.heads

    def share(self, number: int) -> float:
        """Return how likely a word is on its own."""
        return _PROBABILITIES[self._shares[number]]

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

    @cached_property
    def _singles(self) -> dict[int, str]:
        return {number: word for number, word in enumerate(self.words) if len(word) == 1}


def _interleaved(planes: bytes) -> bytes:
    found = bytearray(len(planes))
    found[0::2], found[1::2] = planes[: len(planes) // 2], planes[len(planes) // 2 :]
    return bytes(found)


# Nothing stands behind it in the order of code points.
_LAST = chr(sys.maxunicode)

# How much of what is told is the second lexicon's, by trial on unseen pages.
_SECOND_SHARE = 0.3


class Mixture:
    """Two lexicons that tell together how likely a word is. What the second does not know, the first tells alone."""

    def __init__(self, first: PackedLexicon, second: PackedLexicon) -> None:
        """Unpack both."""
        self._first = Lexicon(first)
        self._second = Lexicon(second)

    def words(self) -> Sequence[str]:
        """Return all words, in the order of code points."""
        return self._sorted

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._first.numbers.keys() | self._second.numbers.keys())

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
        length = len(head) + 1
        return {word[-1]: self.share(word) for word in self._beginning(head) if len(word) == length}

    def _beginning(self, head: str) -> Sequence[str]:
        return self._sorted[bisect_left(self._sorted, head) : bisect_left(self._sorted, head + _LAST)]

    def characters_behind(self, word: str) -> frozenset[str]:
        """Return the words of one character that are known behind a word."""
        first, second = self._first, self._second
        return first.characters_behind(first.numbers.get(word, -1)) | second.characters_behind(
            second.numbers.get(word, -1)
        )

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - there is one, and it stays.
    def share(self, word: str) -> float:
        """Return how likely a word is on its own, 0 if it is unknown."""
        first, second = self._first.numbers.get(word), self._second.numbers.get(word)
        share = 0.0 if first is None else self._first.share(first)
        return share if second is None else _mixed(share, self._second.share(second))

    def behind(self, before: str, word: str) -> tuple[float, float]:
        """Return how likely `word` is behind `before`, and what its own share counts there, as a lexicon does."""
        first, second = self._first, self._second
        left, right = first.numbers.get(before, -1), first.numbers.get(word, -1)
        pair, weight = first.behind(left, right)
        other_left, other_right = second.numbers.get(before, -1), second.numbers.get(word, -1)
        if other_left < 0 or other_right < 0:
            return pair, weight
        other_pair, other_weight = second.behind(other_left, other_right)
        joint = _mixed(weight, other_weight)
        if not pair and not other_pair:
            return 0.0, joint
        if not pair and right >= 0:
            pair = weight * first.share(right)
        if not other_pair:
            other_pair = other_weight * second.share(other_right)
        return _mixed(pair, other_pair), joint


def _mixed(first: float, second: float) -> float:
    return (1 - _SECOND_SHARE) * first + _SECOND_SHARE * second


_PROBABILITIES = tuple(math.exp(-step * STEP) for step in range(256))


@cache
def load_lexicon() -> Mixture:
    """Load the packed words, once."""
    return Mixture(_load("words.bin"), _load("libime.bin"))


def _load(name: str) -> PackedLexicon:
    packed = (Path(__file__).parent / name).read_bytes()
    return msgspec.msgpack.decode(zlib.decompress(packed), type=PackedLexicon)
