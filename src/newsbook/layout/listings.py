"""An article as the edition lists it: in the contents, in the table of sources, in the index of people."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from newsbook.layout.facts import Fact
from newsbook.model import Genre, Issue

# One name needs no index to be found by.
FEWEST_PEOPLE = 2

# What was reported, or argued, and has a source.
REPORTED = frozenset({Genre.STORY, Genre.EDITORIAL})

_LATIN = re.compile(r"[A-Za-zÀ-ɏ.'’-]+(?: [A-Za-zÀ-ɏ.'’-]+)+")


class Listing(Struct, frozen=True):
    """An article as it stands in the contents, in the table of sources, and in the index of people.

    `details` are what the table of sources, in which reported stories stand, says of it beside the rest.
    """

    name: str
    section: str
    href: str
    title: str
    language: str
    outlet: str
    author: str
    published: str
    details: tuple[Fact, ...] = ()
    genre: Genre = Genre.STORY


def listed(listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Return what the contents list: advertisements and boxes are come upon."""
    return tuple(one for one in listings if one.genre not in {Genre.ADVERTISEMENT, Genre.BOX})


def reported(listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Return what is no word of the house's own; all, where there is nothing else."""
    return tuple(one for one in listings if one.genre in REPORTED) or listings


def sections(listings: tuple[Listing, ...]) -> tuple[tuple[str, tuple[Listing, ...]], ...]:
    """Return the listings section by section, as they are read; a section that is taken up again comes again."""
    return tuple((name, tuple(below)) for name, below in groupby(listings, key=lambda listing: listing.section))


class Person(Struct, frozen=True):
    """A name, and the articles that it is credited in, in reading order."""

    name: str
    places: tuple[Listing, ...]


def credited_people(issues: Iterable[tuple[Issue, Sequence[Listing]]]) -> tuple[Person, ...]:
    """Return everybody who is credited, as a catalogue files them.

    The order is that of Unicode: Latin by the alphabet, kana and Hangul by theirs, Han by radical and strokes.
    """
    found: dict[str, dict[Listing, None]] = {}
    for issue, listings in issues:
        for article, listing in zip(issue.articles, listings, strict=True):
            for credit in article.credits:
                found.setdefault(credit.name, {})[listing] = None
    names = sorted(found, key=lambda name: (file_as(name).casefold(), name))
    return tuple(Person(file_as(name), tuple(found[name])) for name in names)


def file_as(name: str) -> str:
    """Return a name as it is filed: the family's first, where it is Latin and stands last.

    Names in Han, kana and Hangul begin with the family's already.

    >>> file_as("Anna Bell"), file_as("林小舟"), file_as("김 나루")
    ('Bell, Anna', '林小舟', '김 나루')
    """
    if not _LATIN.fullmatch(name):
        return name
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}"
