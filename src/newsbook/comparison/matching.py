"""Which article of the new issue is which of the old one: by its address, by its content, by its name."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from zlib import crc32

from newsbook.desk import letters_of
from newsbook.model import Article
from newsbook.model.walk import plain, texts

# Texts are compared by runs of so many letters; of these every so many, by their hash, is enough to know a text by.
_RUN = 6
_ONE_OF = 4
_FEWEST = 64

# A run that so many articles have is a formula of the paper, and tells nothing.
_COMMON = 20

# The share of its runs that the shorter of two articles has in common with the other, where they are one.
_ALIKE = 0.25


def matched(old: tuple[Article, ...], new: tuple[Article, ...]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of articles that are one, by their places, in the order of the new issue.

    Time grows with the length of both issues, not with its square.
    """
    pairs: dict[int, int] = {}
    for key in (_identifier, _wording):
        _pair_by_key(old, new, key, pairs)
    _pair_by_content(old, new, pairs)
    for key in (_headline, _name):
        _pair_by_key(old, new, key, pairs)
    return tuple((before, after) for after, before in sorted(pairs.items()))


def _identifier(article: Article) -> str:
    source = article.source
    return source.identifier or source.url


def _wording(article: Article) -> str:
    return letters_of("\n".join(map(plain, texts(article))))


def _headline(article: Article) -> str:
    return letters_of(article.headline)


def _name(article: Article) -> str:
    return article.source.name


def _pair_by_key(
    old: tuple[Article, ...], new: tuple[Article, ...], key: Callable[[Article], str], pairs: dict[int, int]
) -> None:
    """Pair articles that share a key that no other of their issue has; the n-th with the n-th where several have it."""
    taken = set(pairs.values())
    waiting: dict[str, list[int]] = {}
    for number, article in enumerate(old):
        if number not in taken and (own := key(article)):
            waiting.setdefault(own, []).append(number)
    for number, article in enumerate(new):
        if number not in pairs and (same := waiting.get(key(article))):
            pairs[number] = same.pop(0)


def _pair_by_content(old: tuple[Article, ...], new: tuple[Article, ...], pairs: dict[int, int]) -> None:
    """Pair articles by the runs of letters that they have in common, the most alike first."""
    taken = set(pairs.values())
    known: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for number, article in enumerate(old):
        if number not in taken:
            runs = _runs(article)
            sizes[number] = len(runs)
            for run in runs:
                known.setdefault(run, []).append(number)
    likeness: list[tuple[float, int, int]] = []
    for number, article in enumerate(new):
        if number in pairs:
            continue
        runs = _runs(article)
        common = Counter(_holders(runs, known))
        likeness += ((-count / (min(len(runs), sizes[other]) or 1), number, other) for other, count in common.items())
    for share, number, other in sorted(likeness):
        if -share >= _ALIKE and number not in pairs and other not in taken:
            pairs[number] = other
            taken.add(other)


def _holders(runs: frozenset[int], known: dict[int, list[int]]) -> Iterator[int]:
    for run in runs:
        holders = known.get(run, [])
        if len(holders) <= _COMMON:
            yield from holders


def _runs(article: Article) -> frozenset[int]:
    """Return the hashes of an article's runs of letters; of a long one a sample, the same of every copy."""
    letters = f"{_headline(article)}\n{_wording(article)}"
    hashes = frozenset(crc32(letters[at : at + _RUN].encode()) for at in range(max(1, len(letters) - _RUN + 1)))
    sample = frozenset(each for each in hashes if each % _ONE_OF == 0)
    return sample if len(sample) >= _FEWEST else hashes


def moved(pairs: tuple[tuple[int, int], ...]) -> frozenset[int]:
    """Return the places in the new issue of articles that stand elsewhere among those that are in both.

    As few as can be are moved: the others are the longest run that keeps its order (patience sorting).

    >>> sorted(moved(((1, 0), (2, 1), (0, 2))))
    [2]
    """
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number, (old, _) in enumerate(pairs):
        at = bisect_left(tails, old, key=lambda tail: pairs[tail][0])
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(new for place, (_, new) in enumerate(pairs) if place not in kept)
