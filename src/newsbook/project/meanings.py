"""Which articles an entry of the issue file means: the name of an input, all that came in it, or a pattern.

Of many entries and many names, names are looked up; only patterns are held against each.
"""

import re
from collections.abc import Iterable, Iterator
from fnmatch import translate
from functools import lru_cache
from glob import has_magic
from unicodedata import normalize


def fits(entry: str, name: str) -> bool:
    """Tell whether `entry`, a name or a pattern, means the input that findings call `name`.

    >>> fits("3-*", "3-park.txt"), fits("feed.xml", "feed.xml#2"), fits("park.txt", "3-park.txt")
    (True, True, False)
    """
    meant, pattern = _meaning(entry)
    name = normalize("NFC", name)
    return name == meant or name.startswith(f"{meant}#") or bool(pattern and pattern.match(name))


def is_pattern(entry: str) -> bool:
    """Tell whether an entry is a pattern, which is held against every name."""
    return has_magic(entry)


@lru_cache(maxsize=10_000)
def _meaning(entry: str) -> tuple[str, re.Pattern[str] | None]:
    """Return the name that an entry may be, and what it matches if it is a pattern."""
    meant = normalize("NFC", entry)
    return meant, re.compile(translate(meant)) if has_magic(meant) else None


class Meanings:
    """Entries, of which those are found that mean a name.

    >>> list(Meanings(("b.txt", "*", "feed.xml")).of("feed.xml#2"))
    [1, 2]
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._named: dict[str, list[int]] = {}
        self._patterns: dict[re.Pattern[str], list[int]] = {}
        for number, entry in enumerate(entries):
            meant, pattern = _meaning(entry)
            self._named.setdefault(meant, []).append(number)
            if pattern:
                self._patterns.setdefault(pattern, []).append(number)

    def of(self, name: str) -> list[int]:
        """Return the numbers of the entries that mean the input that findings call `name`, from the first."""
        name = normalize("NFC", name)
        found = {number for held in _within(name) for number in self._named.get(held, ())}
        for pattern, numbers in self._patterns.items():
            if pattern.match(name):
                found.update(numbers)
        return sorted(found)


def meant(entries: Iterable[str], names: Iterable[str]) -> dict[str, list[int]]:
    """Return the numbers of the names that each entry means, in the order of the names.

    >>> meant(("b*", "a", "c"), ("a#1", "b", "a#2"))
    {'b*': [1], 'a': [0, 2], 'c': []}
    """
    found: dict[str, list[int]] = {entry: [] for entry in entries}
    distinct, meanings = tuple(found), Meanings(found)
    for number, name in enumerate(names):
        for entry in meanings.of(name):
            found[distinct[entry]].append(number)
    return found


def _within(name: str) -> Iterator[str]:
    """Yield a name, and those of what it came in."""
    yield name
    at = name.find("#")
    while at >= 0:
        yield name[:at]
        at = name.find("#", at + 1)
