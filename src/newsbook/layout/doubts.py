"""The notes to the doubtful places of an article: where they stand in the raw page, and what they may have been."""

from collections.abc import Callable, Iterator
from itertools import count

from msgspec import Struct

from newsbook.layout.words import Words
from newsbook.model import Article, Repair, Span
from newsbook.model.walk import texts

# Characters that are lost for good even in the best guess, set as the mark for a missing sort.
_LOST = str.maketrans("\N{REPLACEMENT CHARACTER}", "〓")
_EXCERPT = 12


class Note(Struct, frozen=True):
    """A note in an article's colophon: the number of its mark, the damaged text, and what is known of it."""

    number: int
    excerpt: str
    words: str


def doubt_notes(article: Article, words: Words) -> tuple[Note, ...]:
    """Return a note for every doubtful span of an article, in reading order."""
    repairs = [repair for repair in article.source.repairs if repair.doubtful]
    return tuple(_note(number, span, repairs, words) for number, span in enumerate(_doubtful(article), 1))


def numbering() -> Callable[[], int]:
    """Return a function that counts the marks of an article as they are set, from 1."""
    return count(1).__next__


def _note(number: int, span: Span, repairs: list[Repair], words: Words) -> Note:
    """Make the note of a span; the first repair that fits it is taken from `repairs`."""
    fitting = (repair for repair in repairs if span.text in repair.before or repair.before in span.text)
    repair = next(fitting, None)
    if repair:
        repairs.remove(repair)
    excerpt = span.text if len(span.text) <= _EXCERPT else f"{span.text[:_EXCERPT]}…"
    return Note(number, excerpt, _known(repair, words) if repair else words.doubt_unknown)


def _known(repair: Repair, words: Words) -> str:
    guess = repair.after.translate(_LOST)
    place = words.doubt_place.format(line=repair.line, column=repair.column)
    return place + (words.doubt_guess.format(guess=guess) if guess else words.doubt_unknown)


def _doubtful(article: Article) -> Iterator[Span]:
    for text in texts(article):
        yield from (span for span in text if span.doubtful)
