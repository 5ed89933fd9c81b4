"""Infer the character of ASCII that a decoder took along with a lost byte, where only one is possible.

A lead byte before a digit, a letter or a space became one question mark with it. Nobody can know most of these
characters: it may have been 600 or 500. But only one digit makes a year of our time of 019年. And a line that has a
space before another of its labels had one before this, too.
"""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

# 1840 to 2099, the years that news are about; a round number may as well tell how many years.
_YEAR = re.compile(r"(?!\d00)(?:(?P<old>8[4-9]\d|9\d\d)|0\d\d) ?年(?![前后後来來])")
_MONTH_AND_DAY = re.compile(r"(?P<digit>\d?)月(?:(?P<day>\d{1,2})日)?")
_PUBLISHED = re.compile(r"(?<!\d)20\d\d[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)")
# A bracket closes here that none has opened.
_LOST_OPENER = re.compile(r"[^()（）。]{1,40}\)")
_LABEL = re.compile(r" *[\u4e00-\u9fff]{2,5}[:：]")
_SPACED_LABEL = re.compile(r" [\u4e00-\u9fff]{2,5}[:：]")
# Marks that a mirror folds were two bytes, and none that it swallows.
_BETWEEN = re.compile(r"(?=([^\x00-\x7f]|[,;:!?()])((?![,;:!?()])[ -~])(.))")
_REST_OF_WORD = re.compile(r"(?=[A-Za-z\d]*[A-Za-z])[A-Za-z\d]+")
_DAY = re.compile(r"(?P<day>\d)日")

# A day without its year that news tell of lies in the week before; so many places, and so large a share, are a habit.
_WEEK = 7
_FEWEST, _SHARE = 4, 0.95
# So many characters behind a place are held against the page.
_AHEAD = 6


class PageClues(Struct, frozen=True):
    """What a page shows: its text, month and day of its first date, and its habits.

    A habit is what a page always puts between two kinds of characters, such as a space between Han and digits.
    `initials` keeps which first characters the page's words were found to have, by what they go on with.
    """

    text: str
    published: tuple[int, int] | None
    habits: dict[tuple[str, str], str]
    initials: dict[str, str] = field(default_factory=dict)

    def initial(self, behind: str) -> str:
        """Return the first character of a word that goes on like this, as `_initial` finds it."""
        known = behind[: _AHEAD + 1]
        if known not in self.initials:
            self.initials[known] = _initial(known, self.text)
        return self.initials[known]


def clues_in(texts: Iterable[str]) -> PageClues:
    """Return what the lines of a page show."""
    page = "\n".join(texts)
    dated = _PUBLISHED.search(page)
    return PageClues(
        text=page,
        published=(int(dated["month"]), int(dated["day"])) if dated else None,
        habits=_habits(page),
    )


def _habits(page: str) -> dict[tuple[str, str], str]:
    """Return the space or sign that nearly always stands between two kinds of characters, by those kinds."""
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


def infer(last: str, text: str, at: int, clues: PageClues) -> str:
    """Return what was taken along at the place `at` of a line, behind the character `last`; nothing if that is open."""
    behind = text[at + 1 :]
    if _LOST_OPENER.match(behind) and text.count("(") < text.count(")"):
        return "("
    if closes(text, at):
        return ")"
    if _LABEL.match(behind) and _SPACED_LABEL.search(text):
        return " "
    return _by_habit_or_date(last, behind, clues)


def closes(text: str, at: int) -> bool:
    """Tell whether a bracket stands open at a place of a line that nothing behind it closes."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at) and ")" not in text[at:].partition("(")[0]


def _by_habit_or_date(last: str, behind: str, clues: PageClues) -> str:
    """Return what the page's habits, or its date, say was taken along."""
    if habit := clues.habits.get((_kind(last), _kind(behind[:1]))):
        return habit
    if year := _YEAR.match(behind):
        return "1" if year["old"] else "2"
    if date := _MONTH_AND_DAY.match(behind):
        return _month(date["digit"], int(date["day"] or 0), clues.published)
    if (date := _DAY.match(behind)) and _kind(last) == "Han":
        return _tens(int(date["day"]), clues.published)
    return clues.initial(behind)


def _month(digit: str, day: int, published: tuple[int, int] | None) -> str:
    """Return what the month lacks before its last `digit`, if the page is of that month.

    Where a `day` is named, it must be of the week before the page's.
    """
    if not published or (day and not 0 <= published[1] - day <= _WEEK) or not (day or digit):
        return ""
    month = str(published[0])
    return month.removesuffix(digit) if month.endswith(digit) and len(month) == len(digit) + 1 else ""


def _tens(digit: int, published: tuple[int, int] | None) -> str:
    """Return what the day of a month lacks before its last `digit`, if it is within a week of the page's."""
    days = (tens for tens in "123" if published and abs(10 * int(tens) + digit - published[1]) <= _WEEK)
    return next(days, "")


def _initial(behind: str, page: str) -> str:
    """Return the first character of a word that goes on like this, if it is always the same where the page has that.

    As much as possible of what stands behind must be alike: G is the rest of 5G and 4G, and G芯片 that of 5G芯片.
    """
    rest = _REST_OF_WORD.match(behind)
    for length in range(_AHEAD, len(rest[0]) - 1 if rest else _AHEAD, -1):
        alike = re.escape(behind[:length]) + ("(?![A-Za-z0-9])" if rest and length == len(rest[0]) else "")
        found = set(re.findall(rf"(?<![A-Za-z0-9])([A-Za-z0-9]){alike}", page))
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""
