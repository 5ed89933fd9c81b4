"""How likely a stretch of Chinese text is: words with their counts, and the words of the page at hand.

The score of a text is the log probability, in nats, of its best division into words. Words are folded to simplified
characters, for most counts were made on those. What the page itself repeats counts as words too: it is the best
witness of its own names.
"""

import lzma
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct


class Model(Struct, frozen=True):
    """What `scripts/build_model.py` packs: counts of words, simplified forms, and readings by character."""

    words: dict[str, int]
    simplified: dict[str, str]
    readings: dict[str, list[str]]


@cache
def load_model() -> Model:
    """Load the packed model, once."""
    packed = (Path(__file__).parent / "model.xz").read_bytes()
    return msgspec.msgpack.decode(lzma.decompress(packed), type=Model)


# Marks as words: their share of running newspaper text, and of the pairs that they make. Rough counts are enough, for
# what they compete with is a rare character.
_MARKS = {
    "，": 0.06, "。": 0.025, "、": 0.015, "“": 0.006, "”": 0.006, "：": 0.004, "；": 0.002, "！": 0.0015,
    "？": 0.0015, "《": 0.002, "》": 0.002, "（": 0.002, "）": 0.002, "「": 0.003, "」": 0.003, "『": 0.0003,
    "』": 0.0003, "‘": 0.0005, "’": 0.0005, "·": 0.0005, "—": 0.0005, "…": 0.0005, "——": 0.0004, "……": 0.0004,
    "。”": 0.002, "，“": 0.001, "：“": 0.002, "！”": 0.0003, "？”": 0.0003, "。“": 0.0005, "”，": 0.001,
    "”、": 0.0008, "、“": 0.0008, "。「": 0.0004, "。」": 0.0015, "：「": 0.001, "　": 0.002,
}  # fmt: skip

_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")

# A clause of one or two characters is rare in prose, and what it costs is no word's to know.
_STUB = re.compile("(?<=[，。；：！？“‘「『（《])[\u4e00-\u9fff]{1,2}(?=[，。；：！？])")
_STUB_PRICE = 3.0

# Two stops never stand side by side.
_CROWD = re.compile("(?<=[，。、；：！？])[，。、；：]")
_CROWD_PRICE = 8.0

_QUOTES = "“”‘’「」『』"

LONGEST = 6
_PAGE_SHARE = 0.25
_UNKNOWN = math.log(2e-9)
_LATIN = math.log(2e-3)


class Lexicon:
    """The words of the model and of one page, ready to score text."""

    def __init__(self, model: Model, page: Iterable[str]) -> None:
        self._model = model
        self._fold = str.maketrans(model.simplified)
        self._total = sum(model.words.values())
        own = tuple(page)
        self._page, self._page_total = self._count(own)
        self._seen = frozenset(character for text in own for character in text)
        self._strange = frozenset(_QUOTES) - self._seen
        self._simple = frozenset(model.simplified.values())
        self._logs: dict[str, float] = {}

    def fold(self, text: str) -> str:
        """Return `text` in simplified characters."""
        return text.translate(self._fold)

    def readings(self, character: str) -> list[str]:
        """Return the readings of a character, with tone marks."""
        return self._model.readings.get(character, [])

    def may_stand(self, character: str) -> bool:
        """Tell whether a mirror's page may hold `character`: its table changes simplified characters one by one.

        So what has a traditional form of its own is gone, and a traditional form of what is one itself never comes,
        傢 for 家, unless the page shows otherwise.
        """
        if character in self._seen:
            return True
        simple = self._model.simplified.get(character, "")
        return not _in_big5(simple) if simple else character not in self._simple or _in_big5(character)

    def score(self, text: str) -> float:
        """Return the log probability of the best division of `text` into words."""
        folded = self.fold(text)
        best = [0.0]
        for end in range(1, len(folded) + 1):
            best.append(max(best[start] + self._log(folded[start:end]) for start in range(max(0, end - LONGEST), end)))
        return best[-1] - _STUB_PRICE * len(_STUB.findall(folded)) - _CROWD_PRICE * len(_CROWD.findall(folded))

    def _log(self, word: str) -> float:
        known = self._logs.get(word)
        if known is None:
            known = self._logs[word] = self._fresh_log(word)
        return known

    def _fresh_log(self, word: str) -> float:
        share = self._model.words.get(word, 0) / self._total * 0.85 + self._mark_share(word)
        share += _PAGE_SHARE * self._page.get(word, 0) / self._page_total
        if share:
            return math.log(share)
        if len(word) > 1:
            return -math.inf
        return _LATIN if word.isascii() and word != "?" else _UNKNOWN

    def _mark_share(self, word: str) -> float:
        """Return a mark's share; a kind of quotation mark that the page never uses has hardly any."""
        share = _MARKS.get(word, 0.0)
        return share / 50 if share and not self._strange.isdisjoint(word) else share

    def _count(self, page: Iterable[str]) -> tuple[Counter[str], int]:
        """Count the page's runs of two to four characters; single characters are the model's business."""
        counts: Counter[str] = Counter()
        total = 1
        for text in page:
            folded = self.fold(text)
            total += len(folded)
            for length in (2, 3, 4):
                pieces = (folded[at : at + length] for at in range(len(folded) - length + 1))
                counts.update(piece for piece in pieces if _HAN_ONLY.fullmatch(piece))
        return counts, total


def _in_big5(character: str) -> bool:
    """Tell whether a character is one of the traditional standard set."""
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


@cache
def common_lexicon() -> Lexicon:
    """Return the model's words alone, without those of a page: a page is no witness of what was done to all of it."""
    return Lexicon(load_model(), ())
