"""Tell the character of ASCII that a decoder swallowed with a lost byte, where what stands behind leaves only one.

A lead byte before a digit, a letter or a space became one question mark with it. Most such characters nobody can know,
600 or 500. But one digit alone makes a year of our time of 019年, and a line that has a space before another of its
labels had one before this, too.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

# 1840 to 2099, the years that news are about; a round number may as well tell how many years.
_YEAR = re.compile(r"(?!\d00)(?:(?P<old>8[4-9]\d|9\d\d)|0\d\d) ?年(?![前后後来來])")
_MONTH_AND_DAY = re.compile(r"(?P<digit>\d?)月(?P<day>\d{1,2})日")
_PUBLISHED = re.compile(r"(?<!\d)20\d\d[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)")
_LABEL = re.compile(r" *[\u4e00-\u9fff]{2,5}[:：]")
_SPACED_LABEL = re.compile(r" [\u4e00-\u9fff]{2,5}[:：]")
_BESIDE_NUMBER = re.compile(r"[\u4e00-\u9fff]( ?)\d")
_WORD = re.compile(r"(?<![A-Za-z\d])[A-Za-z][A-Za-z\d]{2,}")
_REST_OF_WORD = re.compile(r"[A-Za-z\d]{2,}")

# A day without its year that news tell of lies in the week before, and on so many places a page shows a habit.
_WEEK = 7
_FEWEST = 4


class Clues(Struct, frozen=True):
    """What a page shows: month and day of its first date, its words in Latin, and whether it parts numbers from Han."""

    published: tuple[int, int] | None
    words: frozenset[str]
    parts_numbers: bool


def gather(texts: Iterable[str]) -> Clues:
    """Return what the lines of a page show."""
    page = "\n".join(texts)
    dated = _PUBLISHED.search(page)
    spaces = _BESIDE_NUMBER.findall(page)
    return Clues(
        published=(int(dated["month"]), int(dated["day"])) if dated else None,
        words=frozenset(_WORD.findall(page)),
        parts_numbers=len(spaces) >= _FEWEST and all(spaces),
    )


def tell(last: str, text: str, at: int, clues: Clues) -> str:
    """Return what was swallowed behind the character `last` at the place `at` of a line, or nothing if that is open."""
    behind = text[at + 1 :]
    if clues.parts_numbers and "\u4e00" <= last <= "\u9fff" and behind[:1].isdigit():
        return " "
    if _LABEL.match(behind) and _SPACED_LABEL.search(text):
        return " "
    if year := _YEAR.match(behind):
        return "1" if year["old"] else "2"
    if date := _MONTH_AND_DAY.match(behind):
        return _month(date["digit"], int(date["day"]), clues.published)
    return _initial(behind, clues.words)


def _month(digit: str, day: int, published: tuple[int, int] | None) -> str:
    """Return what the month of a `day` lacks before its last `digit`, if the page is of that week or the next."""
    if not published or not 0 <= published[1] - day <= _WEEK:
        return ""
    month = str(published[0])
    return month.removesuffix(digit) if month.endswith(digit) and len(month) == len(digit) + 1 else ""


def _initial(behind: str, words: frozenset[str]) -> str:
    """Return the first letter of the only word of the page that goes on like this."""
    rest = _REST_OF_WORD.match(behind)
    initials = {word[0] for word in words if rest and word[1:] == rest[0]}
    return initials.pop() if len(initials) == 1 else ""
