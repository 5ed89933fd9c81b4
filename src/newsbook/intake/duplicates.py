"""Find stories that are one: the same text, or the copy of it that another outlet has carried.

Texts are compared by shingles, runs of so many letters in their order (Broder, On the resemblance and containment of
documents, 1997). A few of each text's shingles find the pairs that may be alike, all of them decide.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from newsbook.desk import letters_of
from newsbook.model import Reprint
from newsbook.model.walk import plain, texts
from newsbook.stories import Story

_SHINGLE = 8
_SKETCH = 64
_MOST_TRIED = 20
_ALIKE = 0.8
# Notices of the same wording, day by day, have other figures in them.
_FIGURES_ALIKE = 0.8
_FIGURE = re.compile(r"\d+")
# Of shorter texts the headline must be the same, too.
_SHORTEST = 80


class _Text(Struct, frozen=True):
    """A story's text as it is compared: its letters, the first place of each shingle, its figures, its headline."""

    letters: str
    shingles: dict[int, int]
    figures: Counter[str]
    headline: str


def each_once(stories: tuple[Story, ...]) -> Iterator[tuple[Story, Story | None]]:
    """Yield each story with the one that is taken instead of it, None for one that is taken.

    Of those that are alike the most complete is taken, the first where they are equal; it names the others.
    """
    groups: dict[int, list[int]] = {}
    leader: dict[int, int] = {}
    known: dict[int, list[int]] = {}
    for at, story in enumerate(stories):
        text = _text_of(story)
        marks = _sketch(text)
        shared = Counter(other for mark in marks for other in known.get(mark, ()))
        fits = (other for other, _ in shared.most_common(_MOST_TRIED) if _are_alike(text, _text_of(stories[other])))
        alike = next(fits, at)
        leader[at] = leader.get(alike, at)
        groups.setdefault(leader[at], []).append(at)
        for mark in marks:
            known.setdefault(mark, []).append(at)
    taken = {first: _taken([stories[at] for at in group], group) for first, group in groups.items()}
    for at, story in enumerate(stories):
        kept = taken[leader[at]]
        others = tuple(stories[other] for other in groups[leader[at]] if other != kept)
        yield (_with_reprints(story, others), None) if at == kept else (story, stories[kept])


def _text_of(story: Story) -> _Text:
    article = story.article
    written = "".join(plain(text) for text in texts(article))
    letters = letters_of(written)
    shingles: dict[int, int] = {}
    for at in range(max(0, len(letters) - _SHINGLE + 1)):
        shingles.setdefault(crc32(letters[at : at + _SHINGLE].encode()), at)
    return _Text(letters, shingles, Counter(_FIGURE.findall(written)), letters_of(article.headline))


def _sketch(text: _Text) -> list[int]:
    return sorted(text.shingles)[:_SKETCH] if text.shingles else [crc32(text.letters.encode())]


def _are_alike(one: _Text, other: _Text) -> bool:
    if min(len(one.letters), len(other.letters)) < _SHORTEST:
        return one.letters == other.letters != "" and one.headline == other.headline
    longer = max(len(one.shingles), len(other.shingles))
    if one.letters != other.letters and _in_order(one, other) < _ALIKE * longer:
        return False
    figures = (one.figures | other.figures).total()
    return (one.figures & other.figures).total() >= _FIGURES_ALIKE * figures


def _in_order(one: _Text, other: _Text) -> int:
    """Return how many shingles two texts have in common in the same order: a longest increasing subsequence."""
    places = [other.shingles[mark] for mark in one.shingles if mark in other.shingles]
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def _taken(group: list[Story], numbers: list[int]) -> int:
    """Return the number of the most complete story."""
    best = max(range(len(group)), key=lambda at: (_completeness(group[at]), -at))
    return numbers[best]


def _completeness(story: Story) -> tuple[int, int]:
    """Return how complete a story is: what is known of it counts first, then its text, by whole paragraphs."""
    article = story.article
    facts = (article.headline, article.published, article.source.outlet, article.credits, article.source.url)
    return len(article.body), sum(map(bool, facts))


def _with_reprints(story: Story, others: tuple[Story, ...]) -> Story:
    if not others:
        return story
    source = story.article.source
    named = tuple(
        Reprint(
            name=other.article.source.name,
            outlet=other.article.source.outlet,
            url=other.article.source.url,
            published=other.article.published,
            headline=other.article.headline,
        )
        for other in others
    )
    more = tuple(each for other in others for each in other.article.source.reprints)
    reprints = tuple(dict.fromkeys((*source.reprints, *named, *more)))
    return replace(story, article=replace(story.article, source=replace(source, reprints=reprints)))


def perhaps_once(stories: tuple[Story, ...]) -> Iterator[tuple[Story, Story, str]]:
    """Yield each story that may be another version of one before, that one, and what the two have in common."""
    known: dict[tuple[str, str], Story] = {}
    for story in stories:
        article = story.article
        address = _page_of(article.source.url)
        title = f"{letters_of(article.headline)} {article.published[:10]}" if article.published else ""
        for key in (("address", address), ("headline and the day", title)):
            if key[1] and article.headline and known.setdefault(key, story) is not story:
                yield story, known[key], key[0]
                break


def _page_of(url: str) -> str:
    """Return what two addresses of one page have in common: neither protocol, nor www. or m., nor what tracks readers.

    >>> _page_of("https://www.ferry.example/news/1/?utm_source=x#top"), _page_of("http://m.ferry.example/amp/news/1")
    ('ferry.example/news/1', 'ferry.example/news/1')
    """
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|amp|mobile|wap)\.", "", parts.netloc.lower())
    path = re.sub(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", "", parts.path).rstrip("/")
    query = urlencode(sorted(each for each in parse_qsl(parts.query) if not _TRACKING.match(each[0])))
    return f"{host}{path}{'?' if query else ''}{query}" if path or query else ""


# https://support.google.com/analytics/answer/10917952, and what platforms of the region add.
_TRACKING = re.compile(r"utm_|fbclid$|gclid$|from$|spm$|share|ref$|source$|amp$|outputType$")
