"""Tell the character of ASCII that a decoder swallowed with a lost byte, where what stands behind leaves only one.

A lead byte before a digit, a letter or a space became one question mark with it. Most such characters nobody can know,
600 or 500. But one digit alone makes a year of our time of 019年, and a line that has a space before another of its
labels had one before this, too.
"""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

# 1840 to 2099, the years that news are about; a round number may as well tell how many years.
_YEAR = re.compile(r"(?!\d00)(?:(?P<old>8[4-9]\d|9\d\d)|0\d\d) ?年(?![前后後来來])")
_MONTH_AND_DAY = re.compile(r"(?P<digit>\d?)月(?P<day>\d{1,2})日")
_PUBLISHED = re.compile(r"(?<!\d)20\d\d[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)")
_LABEL = re.compile(r" *[\u4e00-\u9fff]{2,5}[:：]")
_SPACED_LABEL = re.compile(r" [\u4e00-\u9fff]{2,5}[:：]")
# Marks that a mirror folds were two bytes, and none that it swallows.
_BETWEEN = re.compile(r"(?=([^\x00-\x7f]|[,;:!?()])((?![,;:!?()])[ -~])(.))")
_WORD = re.compile(r"(?<![A-Za-z\d])[A-Za-z][A-Za-z\d]{2,}")
_REST_OF_WORD = re.compile(r"[A-Za-z\d]{2,}")

# A day without its year that news tell of lies in the week before; so many places, and so large a share, are a habit.
_WEEK = 7
_FEWEST, _SHARE = 4, 0.95


class Clues(Struct, frozen=True):
    """What a page shows: month and day of its first date, its words in Latin, and its habits.

    A habit is what a page always puts between two kinds of characters, such as a space between Han and digits.
    """

    published: tuple[int, int] | None
    words: frozenset[str]
    habits: dict[tuple[str, str], str]


def gather(texts: Iterable[str]) -> Clues:
    """Return what the lines of a page show."""
    page = "\n".join(texts)
    dated = _PUBLISHED.search(page)
    return Clues(
        published=(int(dated["month"]), int(dated["day"])) if dated else None,
        words=frozenset(_WORD.findall(page)),
        habits=_habits(page),
    )


def _habits(page: str) -> dict[tuple[str, str], str]:
    """Return the space or sign that nearly always stands, if one character of ASCII does, between two kinds."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for before, between, behind in _BETWEEN.findall(page):
        seen.setdefault((_kind(before), _kind(behind)), Counter())[between] += 1
    commonest = {kinds: found.most_common(1)[0] for kinds, found in seen.items()}
    return {
        kinds: between
        for kinds, (between, count) in commonest.items()
        if count >= max(_FEWEST, _SHARE * seen[kinds].total()) and not between.isalnum()
    }


def _kind(character: str) -> str:
    """Return whether a character is a Han character, a digit, a letter of Latin, or anything else."""
    if "\u4e00" <= character <= "\u9fff":
        return "Han"
    if character.isascii() and character.isalnum():
        return "digit" if character.isdigit() else "Latin"
    return "mark"


def tell(last: str, text: str, at: int, clues: Clues) -> str:
    """Return what was swallowed behind the character `last` at the place `at` of a line, or nothing if that is open."""
    behind = text[at + 1 :]
    if _LABEL.match(behind) and _SPACED_LABEL.search(text):
        return " "
    if habit := clues.habits.get((_kind(last), _kind(behind[:1]))):
        return habit
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
