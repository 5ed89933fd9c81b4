"""Read the counts of words and pairs of words out of libime's language model, a trie as KenLM packs it.

The layout is that of KenLM 5's binary files of type 5, "trie with quantization and array-compressed pointers": a head,
the words' hashes in order, tables of quantised logarithms, a fixed record for each word, packed records for the pairs
and the triples, and the words themselves. Under each word are those that may stand before it.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"mmap lm http://kheafield.com/code format version 5\n"
_KIND = 5
# The head: what it is checked by, order, what a hash table would need, kind and versions, and a count for each order.
_PARAMETERS = struct.Struct("<B3xfIB3xI")
_PARAMETERS_AT = 88
_RECORD = struct.Struct("<ffQ")


class Trie:
    """What the model knows: `words` by number, and of each its probability and its weight for backing off."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises `ValueError` where it is no such trie of three words."""
        self._packed = path.read_bytes()
        order, _, kind, _, _ = _PARAMETERS.unpack_from(self._packed, _PARAMETERS_AT)
        if not self._packed.startswith(_MAGIC) or (order, kind) != (3, _KIND):
            raise ValueError(f"{path} is no quantised trie of three words by KenLM 5")
        at = _PARAMETERS_AT + _PARAMETERS.size
        words, self._pairs, triples = struct.unpack_from("<3Q", self._packed, at)
        # Numbers follow the order of the hashes, which are not needed; they are counted, and begin at a multiple of 8.
        at = -(-(at + 24) // 8) * 8 + 8 + 8 * words
        version, self._share_bits, self._weight_bits = self._packed[at : at + 3]
        if version != 2:  # noqa: PLR2004 - the only version there is.
            raise ValueError(f"{path} is quantised in a way that is not known")
        at = self._read_shares(at + 8)
        self._read_words(at, words)
        at += _RECORD.size * (words + 2)
        self._read_layout(at, words, triples)
        self.words = self._packed[self._packed.rindex(b"<unk>\0") :].decode().split("\0")[:words]

    def _read_shares(self, at: int) -> int:
        count = 1 << self._share_bits
        self._shares = struct.unpack_from(f"<{count}f", self._packed, at)
        return at + 4 * (count + (1 << self._weight_bits) + count)

    def _read_words(self, at: int, words: int) -> None:
        records = [_RECORD.unpack_from(self._packed, at + _RECORD.size * word) for word in range(words + 1)]
        self.shares = tuple(10**share for share, _, _ in records[:-1])
        self.weights = tuple(10**weight for _, weight, _ in records[:-1])
        self._starts = tuple(start for _, _, start in records)

    def _read_layout(self, at: int, words: int, triples: int) -> None:
        """Find where the pairs are: behind a table of the upper bits of their pointers, as long as saves most."""
        most = self._packed[at + 1]
        needed = triples.bit_length()
        chopped = min(
            range(min(needed, most) + 1),
            key=lambda bits: (triples >> (needed - bits)) * 64 - (self._pairs + 1) * bits,
        )
        table = 8 * (1 + (triples >> (needed - chopped)) + 1) + 7
        self._word_bits = words.bit_length()
        self._bits = self._word_bits + self._weight_bits + self._share_bits + needed - chopped
        self._at = at + table

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """Yield the numbers of a first and a second word, and how likely the second is behind the first."""
        packed = self._packed
        word_mask, share_mask = (1 << self._word_bits) - 1, (1 << self._share_bits) - 1
        behind = self._word_bits + self._weight_bits
        for second in range(len(self.words)):
            for pair in range(self._starts[second], self._starts[second + 1]):
                place = pair * self._bits
                at = self._at + (place >> 3)
                bits = int.from_bytes(packed[at : at + 12], "little") >> (place & 7)
                yield bits & word_mask, second, 10 ** self._shares[bits >> behind & share_mask]
