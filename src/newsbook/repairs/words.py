"""How likely Chinese words are, alone and behind one another.

Counts are open-gram's and jieba's in one file and libime's in another, for their licences differ; see PROVENANCE.md.
They meet when they are asked. Likelihoods are negative logarithms, quantised to bytes, so that
a million pairs of words are a few megabytes and are looked up where they lie.
"""

import lzma
import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

# One step of a quantised logarithm, in nats: a byte reaches down to e^-21.
STEP = 1 / 12


class Words(Struct, frozen=True):
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
    """The words, ready to be looked up."""

    def __init__(self, packed: Words) -> None:
        """Unpack the words."""
        self._numbers = {word: number for number, word in enumerate(packed.words.split("\n"))}
        self._shares = packed.shares
        self._weights = packed.weights
        self._starts = array("I", packed.starts)
        self._nexts = array("H", packed.nexts)
        self._likelihoods = packed.likelihoods
        self._heads = packed.heads

    def log_head(self, character: str) -> float:
        """Return the logarithm of how likely any of the words is that begin with a character."""
        return -STEP * self._heads.get(character, 255)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._numbers)

    def following(self, character: str) -> dict[str, float]:
        """Return the characters that go on with a word that begins with `character`, and how likely such words are."""
        found: dict[str, float] = {}
        at = bisect_right(self._sorted, character)
        while at < len(self._sorted) and self._sorted[at][0] == character:
            word = self._sorted[at]
            found[word[1]] = found.get(word[1], 0.0) + self.share(word)
            at += 1
        return found

    def begun(self, pair: str) -> float:
        """Return how likely any of the words is that begin with two characters."""
        at, found = bisect_left(self._sorted, pair), 0.0
        while at < len(self._sorted) and self._sorted[at].startswith(pair):
            found += self.share(self._sorted[at])
            at += 1
        return found

    def endings(self, head: str) -> Iterator[str]:
        """Yield the characters that make a word of `head`."""
        at = bisect_right(self._sorted, head)
        while at < len(self._sorted) and self._sorted[at].startswith(head):
            if len(self._sorted[at]) == len(head) + 1:
                yield self._sorted[at][-1]
            at += 1

    def share(self, word: str) -> float:
        """Return how likely a word is on its own, 0 if it is unknown."""
        number = self._numbers.get(word)
        return 0.0 if number is None else _PROBABILITIES[self._shares[number]]

    def behind(self, first: str, second: str) -> tuple[float, float]:
        """Return how likely `second` is behind `first`, and what its own share counts there.

        The first number is 0 where the pair is not known.
        """
        left = self._numbers.get(first, len(self._weights))
        if left >= len(self._weights):
            return 0.0, 1.0
        weight = _PROBABILITIES[self._weights[left]]
        right = self._numbers.get(second, len(self._weights))
        if right < len(self._weights):
            end = self._starts[left + 1]
            at = bisect_left(self._nexts, right, self._starts[left], end)
            if at < end and self._nexts[at] == right:
                return _PROBABILITIES[self._likelihoods[at]], weight
        return 0.0, weight


# How much of what is told is the second lexicon's, by trial on unseen pages.
_SECOND_SHARE = 0.3


class Mixture:
    """Two lexicons that tell together how likely a word is; what the second does not know at all is the first's."""

    def __init__(self, first: Lexicon, second: Lexicon) -> None:
        """Ask both from now on."""
        self._first = first
        self._second = second

    @lru_cache(maxsize=8192)  # noqa: B019 - there is one, and it stays.
    def log_head(self, character: str) -> float:
        """Return the logarithm of how likely any of the words is that begin with a character."""
        first, second = math.exp(self._first.log_head(character)), math.exp(self._second.log_head(character))
        return math.log((1 - _SECOND_SHARE) * first + _SECOND_SHARE * second)

    def following(self, character: str) -> dict[str, float]:
        """Return the characters that go on with a word that begins with `character`, and how likely such words are."""
        first, second = self._first.following(character), self._second.following(character)
        return {
            one: (1 - _SECOND_SHARE) * first.get(one, 0.0) + _SECOND_SHARE * second.get(one, 0.0)
            for one in sorted(first.keys() | second.keys())
        }

    def begun(self, pair: str) -> float:
        """Return how likely any of the words is that begin with two characters."""
        return (1 - _SECOND_SHARE) * self._first.begun(pair) + _SECOND_SHARE * self._second.begun(pair)

    def endings(self, head: str) -> frozenset[str]:
        """Return the characters that make a word of `head`."""
        return frozenset((*self._first.endings(head), *self._second.endings(head)))

    def share(self, word: str) -> float:
        """Return how likely a word is on its own, 0 if it is unknown."""
        first, second = self._first.share(word), self._second.share(word)
        return (1 - _SECOND_SHARE) * first + _SECOND_SHARE * second if second else first

    def behind(self, first: str, second: str) -> tuple[float, float]:
        """Return how likely `second` is behind `first`, and what its own share counts there, as a lexicon does."""
        pair, weight = self._first.behind(first, second)
        if not self._second.share(first) or not self._second.share(second):
            return pair, weight
        other_pair, other_weight = self._second.behind(first, second)
        joint = (1 - _SECOND_SHARE) * weight + _SECOND_SHARE * other_weight
        if not pair and not other_pair:
            return 0.0, joint
        pair = pair or weight * self._first.share(second)
        other_pair = other_pair or other_weight * self._second.share(second)
        return (1 - _SECOND_SHARE) * pair + _SECOND_SHARE * other_pair, joint


_PROBABILITIES = tuple(math.exp(-step * STEP) for step in range(256))


@cache
def load_lexicon() -> Mixture:
    """Load the packed words, once."""
    return Mixture(_load("words.xz"), _load("libime.xz"))


def _load(name: str) -> Lexicon:
    packed = (Path(__file__).parent / name).read_bytes()
    return Lexicon(msgspec.msgpack.decode(lzma.decompress(packed), type=Words))
