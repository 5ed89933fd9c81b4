"""Put every text of an article through a change, and nothing else: not links, file names, hashes or the record."""

from collections.abc import Callable
from difflib import SequenceMatcher
from functools import partial
from itertools import accumulate, pairwise
from typing import TypeAlias

from msgspec.structs import replace

from newsbook.model import Article, Source, Span, Text
from newsbook.model.walk import map_texts, plain

Change: TypeAlias = Callable[[str], str]


def reworded(article: Article, change: Change) -> Article:
    """Return `article` with every text of it changed. What is doubtful stays as it was received."""
    return replace(
        map_texts(article, partial(_text, change=change), change),
        headline=change(article.headline),
        kicker=change(article.kicker),
        deck=change(article.deck),
        byline=change(article.byline),
        dateline=change(article.dateline),
        section=change(article.section),
        credits=tuple(replace(credit, name=change(credit.name)) for credit in article.credits),
        source=_source(article.source, change),
    )


def _source(source: Source, change: Change) -> Source:
    return replace(source, outlet=change(source.outlet), rights=change(source.rights))


def _text(text: Text, change: Change) -> Text:
    """Change the runs of a text together, so that a word may begin in one and end in the next."""
    whole = plain(text)
    changed = change(whole)
    if changed == whole:
        return text
    ends = accumulate(len(span.text) for span in text)
    places = [0, *_moved(list(ends), whole, changed)]
    return tuple(_span(span, changed[start:end]) for span, (start, end) in zip(text, pairwise(places), strict=True))


def _moved(places: list[int], whole: str, changed: str) -> list[int]:
    """Return where places in `whole` are in `changed`: what stands behind one stands behind it still."""
    if len(whole) == len(changed) or len(places) == 1:
        return [*places[:-1], len(changed)]
    steps = SequenceMatcher(None, whole, changed, autojunk=False).get_opcodes()
    return [next(max(to, stop - (end - at)) for _, _, end, to, stop in steps if at <= end) for at in places]


def _span(span: Span, words: str) -> Span:
    return span if span.doubtful else replace(span, text=words)
