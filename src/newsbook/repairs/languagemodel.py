"""A language model of Chinese: how likely a text is, told one character at a time.

A text is as likely as its best division into words, each behind the one before it (a bigram model). The page's own
words count, too, for the page is the best witness of its names, and so do those that an editor lists. Words are looked
up in simplified characters and with full-width marks, for most counts were made on those. All numbers are natural
logarithms.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple, TypeAlias

from newsbook.repairs import characters
from newsbook.repairs.lexicon import Mixture, load_lexicon

# The words that may end at one place, each with the likelihood of the best division that ends in it.
Column: TypeAlias = tuple[tuple[str, float], ...]


class State(NamedTuple):
    """What is known behind a character: the last characters, folded, and the words that may end at each of them.

    `totals` are the best of each column. `total`, the last of them, is how likely the text is if a word ends here.
    `hope` is how likely it is if a word that begins with the last character goes on.
    """

    tail: str
    columns: tuple[Column, ...]
    totals: tuple[float, ...]
    total: float
    hope: float


LONGEST = 4

# What the page's own text counts, against the lexicon; of the lexicon's share, what pairs of words count against words
# on their own. Both by trial on unseen pages.
_PAGE_SHARE = 0.25
_PAIR_SHARE = 0.9
_UNSEEN = 0.3

# What all listed words together count in a text, and one of them at most: as much as one that a page of a thousand
# characters has three times.
_LISTED_SHARE, _MOST_LISTED = 0.02, 0.003

_UNKNOWN = 2e-9
_STRAY = 1e-6
_FURTHER_LATIN = 0.04

# Shares of marks that the lexicon does not count, in running newspaper text, and of marks behind marks. Rough numbers
# are enough, for what they compete with is a rare character.
_MARKS = {
    "《": 3e-3, "》": 3e-3, "（": 3e-3, "）": 3e-3, "「": 3e-3, "」": 3e-3, "『": 3e-4, "』": 3e-4, "‘": 3e-4,
    "’": 3e-4, "—": 1e-3, "·": 5e-4, "【": 5e-4, "】": 5e-4,
}  # fmt: skip
_BEHIND_MARKS = {
    "。”": 0.06, "！”": 0.3, "？”": 0.3, "。“": 0.012, "！“": 0.01, "？“": 0.01, "。《": 0.003, "。（": 0.004,
    "”（": 0.01, "》（": 0.02, "》，": 0.1, "》、": 0.15, "》《": 0.02, "）、": 0.1, "）。": 0.05, "），": 0.1,
    "。）": 0.01, "、《": 0.05, "：《": 0.02, "，《": 0.006, "《“": 0.005, "”《": 0.005, "”）": 0.01, "……": 0.5,
    "——": 0.5, "，“": 0.012, "：“": 0.2, "、“": 0.03, "”，": 0.11, "”。": 0.07, "”、": 0.03, "“《": 0.005,
    "、（": 0.002, "）“": 0.003, "》。": 0.05, "》“": 0.002, "。」": 0.06, "！」": 0.3, "？」": 0.3, "：「": 0.2,
    "，「": 0.012, "」，": 0.11, "」。": 0.07, "、「": 0.03, "」、": 0.03, "。「": 0.012, "。’": 0.01, "：‘": 0.05,
    "。『": 0.005, "』。": 0.05, "，『": 0.005, "』，": 0.1, "：『": 0.05, "、『": 0.01, "』、": 0.02,
    "“‘": 0.005, "’”": 0.03, "，‘": 0.004, "’，": 0.1, "’。": 0.05, "、‘": 0.01, "’、": 0.02, "！’": 0.1, "？’": 0.1,
    "。‘": 0.003, "！‘": 0.003, "？‘": 0.003, "。—": 0.004, "”—": 0.004,
    "”“": 0.01, "」「": 0.01, "「『": 0.005, "』」": 0.03, "！』": 0.1, "？』": 0.1,
}  # fmt: skip
_CROWDED = 0.002
# Sentences were counted one by one, so that nothing was counted behind their ends: clauses begin alike.
_BEGINS_LIKE = dict.fromkeys("。！？；：“「", "，")
_ANY_MARK = frozenset("，。、；：！？“”‘’《》（）「」『』…—·【】")

# A clause of one or two characters is rare in prose, and what it costs is no word's to know.
_STUB = re.compile("[，。；：！？“‘「『（《”」][\u4e00-\u9fff]{1,2}[，。；：！？]$")
_STUB_ENDS = "，。；：！？"
_STUB_PRICE = 2.0

# The marks and the characters that are words of their own most often.
_COMMON = "，。、；：”“的了是在和有不中上人也就等对说到地个要大时这为一年从将又已"

# A letter may stand before: what a page calls its 5G网络 it calls so again.
_HAN_ONLY = re.compile("[A-Za-z0-9]?[\u4e00-\u9fff]+")


class LanguageModel:
    """The lexicon, the words of one page, and those that an editor lists, ready to tell how likely text is."""

    def __init__(self, lexicon: Mixture, page: Iterable[str], listed: Sequence[str] = ()) -> None:
        """Count the page's own words, and add those that are listed."""
        self._lexicon = lexicon
        self._page = _shares(page)
        self._listed = frozenset(characters.fold("".join(listed)))
        share = min(_LISTED_SHARE / max(len(listed), 1), _MOST_LISTED)
        for word in chain.from_iterable(map(_words_in, listed)):
            self._page[word] = max(self._page.get(word, 0.0), share)
        self._own: dict[str, dict[str, float]] = {}
        self._page_words: dict[str, list[str]] = {}
        for word, share in self._page.items():
            self._own.setdefault(word[0], {})[word[1]] = share
            self._page_words.setdefault(word[:-1], []).append(word)
        self._shares: dict[str, float] = {}
        self._rows: dict[str, dict[str, float] | None] = {}

    def score(self, text: str) -> float:
        """Return the likelihood of `text`."""
        return self.start(text).total

    def is_unknown(self, character: str) -> bool:
        """Tell whether a character is Han and neither in the lexicon nor on the page."""
        folded = _folded(character)
        return "\u4e00" <= folded <= "\u9fff" and not self._lexicon.share(folded) and folded not in self._own

    def log_share(self, word: str) -> float:
        """Return the logarithm of how likely a word is on its own."""
        return math.log(max(self._lexicon.share(word), _UNKNOWN))

    def is_rare(self, character: str, share: float) -> bool:
        """Tell whether a character has less than a share of the words of the language, and no listed word has it."""
        folded = _folded(character)
        return folded not in self._listed and self._lexicon.share(folded) < share

    def start(self, text: str) -> State:
        """Return the state behind `text`."""
        state = State("", ((("", 0.0),),), (0.0,), 0.0, 0.0)
        for character in text:
            state = self.extended(state, character)
        return state

    def extended(self, state: State, character: str) -> State:
        """Return the state behind one character more."""
        tail = (state.tail + _folded(character))[-LONGEST:]
        columns, rows = state.columns, self._rows
        price = _STUB_PRICE if tail[-1] in _STUB_ENDS and _STUB.search(tail) else 0.0
        column: list[tuple[str, float]] = []
        for length in range(1, min(len(tail), len(columns)) + 1):
            word = tail[-length:]
            row = rows[word] if word in rows else self._fresh_row(word)
            if row is None:
                continue
            totals = [
                total + (row[before] if before in row else self._step(before, word))
                for before, total in columns[-length]
            ]
            column.append((word, max(totals) - price))
        total = max(map(_second, column))
        hope = max(total, self._hope(state, tail))
        return State(tail, (*columns, tuple(column))[-LONGEST:], (*state.totals, total)[-LONGEST:], total, hope)

    def divided(self, text: str) -> list[str]:
        """Return the words of the best division of a text."""
        found: list[dict[str, tuple[float, tuple[str, ...]]]] = [{"": (0.0, ())}]
        folded = "".join(map(_folded, text))
        for end in range(1, len(text) + 1):
            column: dict[str, tuple[float, tuple[str, ...]]] = {}
            for length in range(1, min(LONGEST, end) + 1):
                word = folded[end - length : end]
                if self.share(word):
                    ways = found[end - length].items()
                    column[word] = max((total + self._step(last, word), (*way, word)) for last, (total, way) in ways)
            found.append(column)
        return list(max(found[-1].values())[1])

    def _fresh_row(self, word: str) -> dict[str, float] | None:
        """Make room for how likely a word is behind others. What is no word gets None."""
        row = self._rows[word] = {} if self.share(word) else None
        return row

    def _hope(self, state: State, tail: str) -> float:
        """Return how likely the text is if a word goes on that begins with the last character or the one before."""
        hope = state.total + self._log_head(tail[-1])
        if len(tail) > 1:
            hope = max(hope, self._log_begun(tail[-2:]) + state.totals[-2])
        return hope

    @lru_cache(maxsize=8192)  # noqa: B019 - lives as long as the page.
    def _log_head(self, character: str) -> float:
        """Return the logarithm of how likely any word is that begins with a character, the page's own among them."""
        own = sum(self._own.get(character, {}).values())
        head = self._lexicon.log_head(character)
        return max(head, math.log(_PAGE_SHARE * own)) if own else head

    @lru_cache(maxsize=8192)  # noqa: B019 - lives as long as the page.
    def _log_begun(self, pair: str) -> float:
        """Return the logarithm of how likely any of the words is that begin with two characters."""
        share = max(self._lexicon.begun(pair), self._own.get(pair[0], {}).get(pair[1], 0.0))
        return math.log(share) if share else -math.inf

    def likeliest(self, state: State, candidates: tuple[str, ...], count: int) -> list[tuple[str, float]]:
        """Return the `count` characters that promise most behind `state`, as the end of a word or as the head of one.

        The best comes first, each with about how likely the text is with it, in nats.
        """
        last = max(state.columns[-1], key=_second)[0]
        folded = _with_folded(candidates)
        total = state.total
        promises = {candidate: total + log for candidate, log in self._beginning(last, folded)}
        following = self._following(state.tail[-1:])
        for candidate, plain in folded:
            if plain in following:
                begun = self._log_begun(state.tail[-1] + plain) + state.totals[-2]
                promises[candidate] = max(promises[candidate], begun)
        for length in range(2, min(len(state.tail), len(state.columns) - 1, LONGEST) + 1):
            endings = self._endings(state.tail[1 - length :])
            total = state.totals[-length]
            for candidate, plain in folded if endings else ():
                if plain in endings:
                    promises[candidate] = max(promises[candidate], endings[plain] + total)
        return sorted(promises.items(), key=_second, reverse=True)[:count]

    @lru_cache(maxsize=1024)  # noqa: B019 - lives as long as the page.
    def _beginning(self, last: str, folded: tuple[tuple[str, str], ...]) -> list[tuple[str, float]]:
        """Return how much each of some characters promises behind a word, as a word or as the head of one."""
        log_head, known = self._log_head, self._characters_behind(last)
        return [
            (candidate, max(log_head(plain), self._step(last, plain)) if plain in known else log_head(plain))
            for candidate, plain in folded
        ]

    @lru_cache(maxsize=512)  # noqa: B019 - lives as long as the page.
    def _characters_behind(self, word: str) -> frozenset[str]:
        """Return the characters that may be likelier behind a word than as the heads of words."""
        return self._lexicon.characters_behind(_BEGINS_LIKE.get(word, word)) | _ANY_MARK

    def promising(self, state: State, candidates: tuple[str, ...], count: int) -> tuple[str, ...]:
        """Return a few of very many characters: those that begin the most words, and those that go on with one."""
        following = self._following(state.tail[-1:])
        others = (one for one in _with_folded(candidates) if one[1] in following)
        return tuple(dict.fromkeys((*self._commonest(candidates, count), *(one for one, _ in others))))

    def going_on(self, state: State) -> tuple[str, ...]:
        """Return the characters, simplified, that go on with a word begun before `state`, and some common ones."""
        heads = (state.tail[-length:] for length in range(1, min(len(state.tail), LONGEST - 1) + 1))
        return tuple(dict.fromkeys((*(one for head in heads for one in self._endings(head)), *_COMMON)))

    @lru_cache(maxsize=512)  # noqa: B019 - lives as long as the page.
    def _commonest(self, candidates: tuple[str, ...], count: int) -> tuple[str, ...]:
        return tuple(sorted(candidates, key=lambda one: (-self._lexicon.log_head(_folded(one)), one))[:count])

    @lru_cache(maxsize=4096)  # noqa: B019 - lives as long as the page.
    def _endings(self, head: str) -> dict[str, float]:
        """Return the logarithms of how likely the words are that one character makes of `head`, by that character."""
        found = self._lexicon.endings(head)
        for word in self._page_words.get(head, ()):
            own = _PAGE_SHARE * self._page[word]
            found[word[-1]] = max(found.get(word[-1], 0.0), own)
        return {one: math.log(share) for one, share in found.items()}

    @lru_cache(maxsize=512)  # noqa: B019 - lives as long as the page.
    def _following(self, character: str) -> frozenset[str]:
        """Return the characters that go on with a word that begins with `character`."""
        return self._lexicon.following(character) | self._own.get(character, {}).keys() if character else frozenset()

    def share(self, word: str) -> float:
        """Return how likely a word is on its own. What is no word has 0, but every single character has some share."""
        share = self._shares.get(word)
        if share is None:
            share = self._shares[word] = self._fresh_share(word)
        return share

    def _fresh_share(self, word: str) -> float:
        if len(word) > 1:
            return self._lexicon.share(word) or (1e-12 if word in self._page else 0.0)
        share = _MARKS.get(word) or self._lexicon.share(word)
        return share or (_latin_share(word) if word.isascii() else _UNKNOWN)

    def _step(self, before: str, word: str) -> float:
        """Return the likelihood of a word behind another."""
        row = self._rows[word] if word in self._rows else self._fresh_row(word)
        known = None if row is None else row.get(before)
        if known is None:
            share, fit = self._share_behind(before, word)
            own = self._page.get(word, 0.0)
            known = math.log((1 - _PAGE_SHARE) * share + _PAGE_SHARE * own * fit)
            if row is not None:
                row[before] = known
        return known

    def _share_behind(self, before: str, word: str) -> tuple[float, float]:
        """Return how likely a word is behind another, and how well a word of the page's own would fit there."""
        share = self.share(word)
        if before in _ANY_MARK and word in _ANY_MARK:
            return _BEHIND_MARKS.get(before + word, share * _CROWDED), 1.0
        if _is_latin(before) and _is_latin(word):
            return _FURTHER_LATIN, 1.0
        pair, weight = self._lexicon.behind(_BEGINS_LIKE.get(before, before), word)
        if pair:
            return _PAIR_SHARE * pair + (1 - _PAIR_SHARE) * share, 1.0
        fit = weight if before in _ANY_MARK or word in _ANY_MARK else _UNSEEN * weight
        return fit * share, fit


@cache
def general_model() -> LanguageModel:
    """Return the model without the words of a page, which tells nothing of what was done to all of it."""
    return LanguageModel(load_lexicon(), ())


@lru_cache(maxsize=512)
def _with_folded(candidates: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((candidate, _folded(candidate)) for candidate in candidates)


@cache
def _folded(character: str) -> str:
    """Return a character as the lexicon has it: simplified, and marks in full width."""
    if character in ",:;!()":
        return chr(ord(character) + 0xFEE0)
    return characters.fold(character)


def _second(item: tuple[str, float]) -> float:
    return item[1]


def _is_latin(word: str) -> bool:
    return len(word) == 1 and word.isascii() and word.isalnum()


def _latin_share(character: str) -> float:
    """Return the share of a character of ASCII behind Chinese. A single one is rare, and a stray symbol rarer."""
    if character.isdigit():
        return 5e-3
    if character.isalpha():
        return 3e-4 if character.islower() else 1e-3
    return 1e-3 if character in " .-%/()'" else _STRAY


def _shares(page: Iterable[str]) -> dict[str, float]:
    """Return what the page's runs count in its text; single characters are the lexicon's business."""
    counts: Counter[str] = Counter()
    total = 1
    for text in page:
        total += len(text)
        counts.update(_words_in(text))
    return {word: count / total for word, count in counts.items()}


def _words_in(text: str) -> Iterator[str]:
    """Yield the runs of two to four characters of a text, in simplified characters."""
    folded = characters.fold(text)
    for length in (2, 3, LONGEST):
        pieces = (folded[at : at + length] for at in range(len(folded) - length + 1))
        yield from (piece for piece in pieces if _HAN_ONLY.fullmatch(piece))
