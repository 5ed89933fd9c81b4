"""The index of an e-book: who is credited, and with which articles."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from newsbook.layout.names import file_as
from newsbook.model import Issue

# One name needs no index to be found by.
FEWEST_PEOPLE = 2


class Place(Protocol):
    """An article's line in the contents: where it is, and what it is called."""

    @property
    def href(self) -> str:
        """The link to it."""

    @property
    def title(self) -> str:
        """Its headline."""

    @property
    def language(self) -> str:
        """The language of its headline."""


class Person(Struct, frozen=True):
    """A name, and the articles that it is credited in, in reading order."""

    name: str
    places: tuple[Place, ...]


def credited_people(issues: Iterable[tuple[Issue, Sequence[Place]]]) -> tuple[Person, ...]:
    """Return everybody who is credited, as a catalogue files them.

    The order is that of Unicode: Latin by the alphabet, kana and Hangul by theirs, Han by radical and strokes.
    """
    found: dict[str, dict[Place, None]] = {}
    for issue, lines in issues:
        for article, line in zip(issue.articles, lines, strict=True):
            for credit in article.credits:
                found.setdefault(credit.name, {})[line] = None
    names = sorted(found, key=lambda name: (file_as(name).casefold(), name))
    return tuple(Person(file_as(name), tuple(found[name])) for name in names)
