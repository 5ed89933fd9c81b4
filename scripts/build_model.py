"""Build what the repairs know of Chinese, the files of `src/newsbook/repairs/*.bin`, from named, licensed sources.

usage: python scripts/build_model.py FOLDER

FOLDER holds the files of two packages of Debian, which keep the counts of words and of pairs of words of open-gram and
of the input method libime:

    apt-get download sunpinyin-data libime-data-language-model
    for each in *.deb; do dpkg -x "$each" FOLDER; done

The rest is on PyPI: pip install jieba opencc pypinyin. The result is the same whenever it is built from the same
versions.
"""

import math
import struct
import sys
import zlib
from array import array
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import jieba
import msgspec
import opencc
from libime import Trie
from pypinyin import Style, pinyin

from newsbook.repairs.characters import Characters
from newsbook.repairs.lexicon import STEP, PackedLexicon

TARGET = Path(__file__).parent.parent / "src" / "newsbook" / "repairs"

# A pair of words is kept where it is known to be this many times as likely as the two words on their own make it.
LEAST_GAIN = 1.6
LONGEST_WORD = 6
LONGEST_USED = 4
FEWEST = 20

# How much of a word's share is open-gram's, the rest being jieba's.
OPEN_GRAM_SHARE = 0.8

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


def words(source: OpenGram) -> PackedLexicon:
    """Return words and pairs of words with how likely they are."""
    singles = source.level(1)
    theirs = {word: share for word, share, _, _ in singles if _is_text(word)}
    ours = {word: share for word, share in jieba_shares().items() if _is_text(word)}
    mixed = {
        word: OPEN_GRAM_SHARE * theirs.get(word, 0.0) + (1 - OPEN_GRAM_SHARE) * ours.get(word, 0.0)
        for word in theirs.keys() | ours.keys()
    }
    ranked = sorted(mixed, key=lambda word: (word not in theirs, -mixed[word], word))
    numbers = {word: number for number, word in enumerate(ranked[:NUMBERED]) if word in theirs}
    pairs = dict(_pairs(source, singles, numbers))
    return _packed(ranked, mixed, {word: weight for word, _, weight, _ in singles}, pairs)


def _pairs(source: OpenGram, singles, numbers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Yield each numbered word with the pairs that it begins and that are worth their place."""
    shares = {word: share for word, share, _, _ in singles}
    seconds = source.level(2)
    for (first, _, weight, start), (_, _, _, end) in pairwise(singles):
        if first in numbers:
            kept = sorted(
                (numbers[second], share)
                for second, share, _, _ in seconds[start:end]
                if second in numbers and share > LEAST_GAIN * min(1.0, weight) * shares[second]
            )
            yield numbers[first], kept


def _packed(ranked, mixed, weights, pairs) -> PackedLexicon:  # type: ignore[no-untyped-def]  # noqa: ANN001
    starts, nexts, likelihoods = array("I", [0]), array("H"), bytearray()
    numbered = max(pairs) + 1
    for number in range(numbered):
        kept = pairs.get(number, [])
        nexts.extend(second for second, _ in kept)
        likelihoods.extend(_quantised(share) for _, share in kept)
        starts.append(len(nexts))
    return PackedLexicon(
        words="\n".join(ranked),
        shares=bytes(_quantised(mixed[word]) for word in ranked),
        weights=bytes(_quantised(min(1.0, weights[word])) for word in ranked[:numbered]),
        starts=starts.tobytes(),
        nexts=nexts.tobytes()[0::2] + nexts.tobytes()[1::2],
        likelihoods=bytes(likelihoods),
        heads=_heads(mixed),
    )


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


def libime_words(source: Trie) -> PackedLexicon:
    """Return words and pairs of words with how likely they are; this source has no marks."""
    known = {number: word for number, word in enumerate(source.words) if _is_text(word) and len(word) <= LONGEST_USED}
    shares = {word: source.shares[number] for number, word in known.items()}
    ranked = sorted(shares, key=lambda word: (-shares[word], word))
    numbers = {word: number for number, word in enumerate(ranked[:NUMBERED])}
    weights = {word: source.weights[number] for number, word in known.items()}
    pairs: dict[int, list[tuple[int, float]]] = {number: [] for number in numbers.values()}
    for first, second, share in source.pairs():
        before, word = known.get(first, ""), known.get(second, "")
        if before in numbers and word in numbers and share > LEAST_GAIN * min(1.0, weights[before]) * shares[word]:
            pairs[numbers[before]].append((numbers[word], share))
    return _packed(ranked, shares, weights, {number: sorted(kept) for number, kept in pairs.items()})


def _write(name: str, model: PackedLexicon | Characters) -> None:
    packed = zlib.compress(msgspec.msgpack.encode(model), level=9)
    (TARGET / name).write_bytes(packed)
    print(f"{name}: {len(packed):,} bytes")


def main() -> None:
    """Build both files and say how large they are."""
    han = gbk_han()
    characters = Characters(simplified(han), readings(han))
    folder = Path(sys.argv[1])
    _write("characters.bin", characters)
    for name, model in (
        ("words.bin", words(OpenGram(folder))),
        ("libime.bin", libime_words(Trie(folder / "usr/lib/x86_64-linux-gnu/libime/zh_CN.lm"))),
    ):
        _write(name, model)
        print(f"  {model.words.count(chr(10)) + 1:,} words, {len(model.likelihoods):,} pairs")
    sounds = f"{len(characters.simplified):,} simplified, {len(characters.readings):,} readings"
    versions = ", ".join(f"{name} {version(name)}" for name in ("jieba", "opencc", "pypinyin"))
    print(f"{sounds}; from open-gram, libime, {versions}")


if __name__ == "__main__":
    main()
