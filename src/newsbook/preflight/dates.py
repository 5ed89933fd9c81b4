"""Dates that cannot be: days that no month has, weekdays that do not fit, and facts that contradict each other."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from newsbook.diagnostics import Code
from newsbook.preflight.subjects import Fault, Passage, Subject, bare, fault
from newsbook.script import fold

_DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s?(?P<mark>年|[-/.]))?\s?(?<![\d./-])(?P<month>\d{1,2})(?:(?(mark)(?:月|(?P=mark))|月))"
    r"\s?(?P<day>\d{1,2})(?(mark)(?:日|号|(?!\d))|[日号])"
    r"(?:\s?[(]?\s?(?:(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])|(?P<kanji>[月火水木金土日])曜日?"
    r"|(?<=[(])(?P<short>[月火水木金土日一二三四五六])(?=[)]))\s?[)]?)?"
)
_CALENDARS = re.compile("(?:农历|阴历|旧历|旧暦|夏历)[^。;]{0,6}$")
_CLOCK = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?![\d:])")
_HALF = re.compile("(?:上午|下午|凌晨|早上|晚上|中午|夜里|午前|午后)")
_CHINESE = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_JAPANESE = {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEAP = 2000
_MONTHS = 12
_MOST_DAYS = 31
_LAST_HOUR, _LAST_MINUTE = 24, 59


def impossible_days(subject: Subject) -> Iterator[Fault]:
    """Find days that are in no calendar, and weekdays that are not theirs."""
    for passage in subject.passages:
        plain = fold(passage.text) if passage.kind not in {"code", "label"} else ""
        for match in _DAY.finditer(plain):
            if _CALENDARS.search(plain[max(0, match.start() - 8) : match.start()]):
                continue
            yield from _of_day(subject, passage, match)


def _of_day(subject: Subject, passage: Passage, match: re.Match[str]) -> Iterator[Fault]:
    year, month, day = int(match["year"] or 0), int(match["month"]), int(match["day"])
    if match["mark"] not in {None, "年"} and (not month or month > _MONTHS or not day or day > _MOST_DAYS):
        return
    try:
        date(year or _LEAP, month, day)
    except ValueError:
        yield fault(Code.DATE_IMPOSSIBLE, subject, passage, match.span(), "there is no such day", "Look it up.")
        return
    weekday = _weekday(match)
    if weekday is None:
        return
    days = [date(year, month, day)] if year else _days_near(subject.article.published, month, day)
    if days and weekday not in {each.weekday() for each in days}:
        nearest = days[0]
        message = f"{nearest.isoformat()} is a {_NAMES[nearest.weekday()]}"
        yield fault(Code.WEEKDAY_WRONG, subject, passage, match.span(), message, "Look the day up, and the weekday.")


def _weekday(match: re.Match[str]) -> int | None:
    if match["weekday"]:
        return _CHINESE[match["weekday"]]
    written = match["kanji"] or match["short"]
    if written is None:
        return None
    return _JAPANESE[written] if written in _JAPANESE else _CHINESE[written]


def _days_near(published: str, month: int, day: int) -> list[date]:
    """Return the days that a date without a year may mean, seen from the day of the article, the nearest first."""
    with suppress(ValueError):
        seen = date.fromisoformat(published[:10])
        days: list[date] = []
        for year in (seen.year - 1, seen.year, seen.year + 1):
            with suppress(ValueError):
                days.append(date(year, month, day))
        return sorted(days, key=lambda each: abs(each - seen))[:1]
    return []


def impossible_clocks(subject: Subject) -> Iterator[Fault]:
    """Find times that no clock shows: 25:30, 9:75; a score is told from a time by the half of the day before it."""
    for passage in subject.prose:
        plain = fold(passage.text)
        for match in _CLOCK.finditer(plain):
            is_time = _HALF.search(plain[max(0, match.start() - 4) : match.start()])
            if is_time and (int(match["hour"]) > _LAST_HOUR or int(match["minute"]) > _LAST_MINUTE):
                yield fault(Code.DATE_IMPOSSIBLE, subject, passage, match.span(), "no clock shows this", "Look it up.")


def disagreeing(subject: Subject, day: str) -> Iterator[Fault]:
    """Find facts that contradict each other; `day` is that of the issue, where a person has said it."""
    article = subject.article
    published, updated, retrieved = article.published[:10], article.updated[:10], article.source.retrieved[:10]
    pairs = (
        (updated, published, "it was changed on {0}, before it was published on {1}."),
        (retrieved, published, "it was retrieved on {0}, before it was published on {1}."),
        (day[:10], published, "the issue is of {0}, and the article was published on {1}."),
    )
    for first, later, message in pairs:
        if len(first) == len(later) == len("2000-01-01") and first < later:
            yield bare(Code.DATES_DISAGREE, subject, message.format(first, later), "Say it rightly in newsbook.toml.")
