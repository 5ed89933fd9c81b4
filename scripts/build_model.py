"""Build what the repairs know of Chinese, `src/newsbook/repairs/{characters,words}.xz`, from named, licensed sources.

usage: python scripts/build_model.py FOLDER

FOLDER holds the files of two packages of Debian, in which counts of words and of pairs of words are kept: open-gram's,
and those of the input method Fcitx. Get them by

    apt-get download sunpinyin-data libime-data-language-model
    for each in *.deb; do dpkg -x "$each" FOLDER; done

The rest is on PyPI: pip install jieba opencc pypinyin. The result is the same whenever it is built from the same
versions.
"""

import lzma
import math
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import jieba
import msgspec
import opencc
from msgspec import Struct
from pypinyin import Style, pinyin

from libime import Trie
from newsbook.repairs.characters import Characters
from newsbook.repairs.words import STEP, Words

TARGET = Path(__file__).parent.parent / "src" / "newsbook" / "repairs"

# A pair of words is kept where it is known to be this many times as likely as the two words on their own make it, and
# where it is not too rare.
LEAST_GAIN = 1.6
LONGEST_WORD = 4
FEWEST = 20

# How much of a word's share is jieba's; of the rest, and of pairs of words, how much is libime's, the rest open-gram's.
JIEBA_SHARE = 0.1
LIBIME_SHARE = 0.3

# Words with a number of their own, which fits into two bytes, are those that pairs are made of.
NUMBERED = 0xFFFF


def gbk_han() -> tuple[str, ...]:
    """Return every Han character that GBK encodes, in the order of its bytes."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF) if trail != 0x7F)  # noqa: PLR2004
    decoded = (pair.decode("gbk", "ignore") for pair in pairs)
    return tuple(character for character in decoded if "\u4e00" <= character <= "\u9fff")


def simplified(characters: tuple[str, ...]) -> dict[str, str]:
    """Return the simplified form of every traditional character."""
    converter = opencc.OpenCC("t2s")
    pairs = ((character, converter.convert(character)) for character in characters)
    return {traditional: simple for traditional, simple in pairs if simple != traditional}


def readings(characters: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the readings of every character, as they are written with tone marks."""
    return {c: sorted(set(pinyin(c, style=Style.TONE, heteronym=True)[0]) - {c}) for c in characters}


class OpenGram:
    """The counts of open-gram, as SunPinyin packs them: a back-off model of one to three words.

    The layout is that of SunPinyin's `slm.h`: two numbers, the sizes of the levels, a table of probabilities, a table
    of back-off weights, and the nodes of each level, in which the two tables are pointed into.
    """

    def __init__(self, folder: Path) -> None:
        """Read the packed files from the package's folder."""
        data = folder / "usr/lib/x86_64-linux-gnu/sunpinyin/data"
        self._packed = (data / "lm_sc.t3g").read_bytes()
        order, _ = struct.unpack_from("<II", self._packed)
        self._sizes = struct.unpack_from(f"<{order + 1}I", self._packed, 8)
        start = 8 + 4 * (order + 1)
        self._shares = self._floats(start, 1 << 16)
        self._weights = self._floats(start + (4 << 16), 1 << 14)
        self._start = start + (4 << 16) + (4 << 14)
        self.words = _strings((data / "pydict_sc.bin").read_bytes())

    def _floats(self, start: int, count: int) -> "array[float]":
        return array("f", self._packed[start : start + 4 * count])

    def level(self, number: int) -> tuple[tuple[str, float, float, int], ...]:
        """Return the nodes of a level: word, probability, weight for backing off, and where its children start."""
        start = self._start + 12 * sum(self._sizes[:number])
        nodes = struct.iter_unpack("<III", self._packed[start : start + 12 * self._sizes[number]])
        return tuple(
            (
                self.words[first & 0x3FFFF] if first & 0x3FFFF < len(self.words) else "",
                self._shares[second & 0xFFFF],
                self._weights[first >> 18],
                second >> 16 | third >> 25 << 16,
            )
            for first, second, third in nodes
        )


def _strings(packed: bytes) -> list[str]:
    """Return the words of SunPinyin's lexicon in the order of their numbers."""
    start = struct.unpack_from("<IIII", packed)[2]
    return packed[start:].decode("utf-32-le").split("\0")


def jieba_shares() -> dict[str, float]:
    """Return the share of each of jieba's words that is not too rare."""
    with jieba.get_dict_file() as file:
        rows = [line.decode("utf-8").split() for line in file]
    counts = {row[0]: int(row[1]) for row in rows}
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items() if count >= FEWEST or len(word) == 1}


class Counts(Struct, frozen=True):
    """What one source knows: how likely words are, what that counts behind each of them, and the pairs it has seen."""

    shares: dict[str, float]
    weights: dict[str, float]
    pairs: dict[str, dict[str, float]]

    def behind(self, first: str, second: str) -> float:
        """Return how likely a word is behind another."""
        return self.pairs.get(first, {}).get(second) or self.weights.get(first, 1.0) * self.shares.get(second, 0.0)


def open_gram(folder: Path) -> Counts:
    """Return what open-gram knows of words and marks."""
    source = OpenGram(folder)
    singles, seconds = source.level(1), source.level(2)
    pairs = {
        first: {word: share for word, share, _, _ in seconds[start:end] if _is_text(word)}
        for (first, _, _, start), (_, _, _, end) in pairwise(singles)
        if _is_text(first)
    }
    known = [each for each in singles if _is_text(each[0])]
    return Counts({word: share for word, share, _, _ in known}, {word: min(1.0, weight) for word, _, weight, _ in known}, pairs)


def libime(folder: Path) -> Counts:
    """Return what libime knows of words; it has no marks."""
    trie = Trie(folder / "usr/lib/x86_64-linux-gnu/libime/zh_CN.lm")
    known = {number: word for number, word in enumerate(trie.words) if _is_text(word)}
    pairs: dict[str, dict[str, float]] = defaultdict(dict)
    for first, second, share in trie.pairs():
        if first in known and second in known:
            pairs[known[first]][known[second]] = share
    shares = {word: trie.shares[number] for number, word in known.items()}
    weights = {word: min(1.0, trie.weights[number]) for number, word in known.items()}
    return Counts(shares, weights, pairs)


def words(ours: Counts, theirs: Counts) -> Words:
    """Return words and pairs of words with how likely they are by two sources together, and by jieba for words alone."""
    jieba_has = {word: share for word, share in jieba_shares().items() if _is_text(word)}
    mixed = {
        word: JIEBA_SHARE * jieba_has.get(word, 0.0)
        + (1 - JIEBA_SHARE) * _mixed(word in theirs.shares, ours.shares.get(word, 0.0), theirs.shares.get(word, 0.0))
        for word in ours.shares.keys() | theirs.shares.keys() | jieba_has.keys()
    }
    ranked = sorted(mixed, key=lambda word: (-mixed[word], word))
    numbers = {word: number for number, word in enumerate(ranked[:NUMBERED])}
    return _packed(ranked, mixed, numbers, ours, theirs)


def _mixed(is_known: bool, our_share: float, their_share: float) -> float:  # noqa: FBT001
    """Return a share by both sources, or by ours alone for what the other does not know at all, such as marks."""
    return (1 - LIBIME_SHARE) * our_share + LIBIME_SHARE * their_share if is_known else our_share


def _packed(ranked: list[str], mixed: dict[str, float], numbers: dict[str, int], ours: Counts, theirs: Counts) -> Words:
    starts, nexts, likelihoods, weights = array("I", [0]), array("H"), bytearray(), bytearray()
    for first in numbers:
        weight = _mixed(first in theirs.weights, ours.weights.get(first, 1.0), theirs.weights.get(first, 1.0))
        kept = sorted(_pairs(first, weight, mixed, numbers, ours, theirs))
        nexts.extend(second for second, _ in kept)
        likelihoods.extend(_quantised(share) for _, share in kept)
        starts.append(len(nexts))
        weights.append(_quantised(weight))
    return Words(
        words="\n".join(ranked),
        shares=bytes(_quantised(mixed[word]) for word in ranked),
        weights=bytes(weights),
        starts=starts.tobytes(),
        nexts=nexts.tobytes(),
        likelihoods=bytes(likelihoods),
        heads=_heads(mixed),
    )


def _pairs(
    first: str, weight: float, mixed: dict[str, float], numbers: dict[str, int], ours: Counts, theirs: Counts
) -> Iterator[tuple[int, float]]:
    """Yield the pairs that a word begins and that are worth their place: the second word's number, and its share."""
    for second in ours.pairs.get(first, {}).keys() | theirs.pairs.get(first, {}).keys():
        known = first in theirs.shares and second in theirs.shares
        share = _mixed(known, ours.behind(first, second), theirs.behind(first, second))
        if second in numbers and share > LEAST_GAIN * weight * mixed[second]:
            yield numbers[second], share


def _heads(shares: dict[str, float]) -> dict[str, int]:
    """Return how likely the words are, together, that begin with each character."""
    heads: dict[str, float] = {}
    for word in sorted(shares):
        heads[word[0]] = heads.get(word[0], 0.0) + shares[word]
    return {character: _quantised(share) for character, share in heads.items()}


def _quantised(share: float) -> int:
    """Return a probability as a byte: its negative logarithm in steps."""
    return min(255, round(-math.log(share) / STEP)) if share > 0 else 255


def _is_text(word: str) -> bool:
    """Tell whether a word is one to score prose by: Han characters, or one mark."""
    if len(word) == 1 and word in "，。、；：！？“”…":
        return True
    return 0 < len(word) <= LONGEST_WORD and all("\u4e00" <= character <= "\u9fff" for character in word)


def _write(name: str, model: Words | Characters) -> None:
    packed = lzma.compress(msgspec.msgpack.encode(model), preset=9 | lzma.PRESET_EXTREME)
    (TARGET / name).write_bytes(packed)
    print(f"{name}: {len(packed):,} bytes")


def main() -> None:
    """Build both files and say how large they are."""
    han = gbk_han()
    characters = Characters(simplified(han), readings(han))
    folder = Path(sys.argv[1])
    model = words(open_gram(folder), libime(folder))
    _write("characters.xz", characters)
    _write("words.xz", model)
    counts = f"{model.words.count(chr(10)) + 1:,} words, {len(model.likelihoods):,} pairs"
    sounds = f"{len(characters.simplified):,} simplified, {len(characters.readings):,} readings"
    versions = ", ".join(f"{name} {version(name)}" for name in ("jieba", "opencc", "pypinyin"))
    print(f"{counts}; {sounds}; from open-gram, libime and {versions}")


if __name__ == "__main__":
    main()
