"""Find dates in all the forms that news pages write, and bring them to ISO 8601, as exact as they were."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, time

from msgspec import Struct

from newsbook.script import fold


class Moment(Struct, frozen=True):
    """A date found in a text: its ISO 8601 form, and the half-open range where it stands."""

    iso: str
    start: int
    end: int


_HAN_DIGIT = "〇○零一二三四五六七八九"
_YEAR = rf"(?P<year>(?:19|20)\d\d|[{_HAN_DIGIT}]{{4}})"
_NUMERAL = "一二三四五六七八九十廿卅百零〇"
_ERA = rf"(?:中华)?(?P<era>民国|令和|平成|昭和|大正|明治)\s*(?P<era_year>\d{{1,3}}|元|[{_NUMERAL}]{{1,7}})"
_SMALL = r"\d{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_WEEKDAY = (
    r"(?:\s*[(]?\s*(?:(?:星期|周|礼拜)[一二三四五六日天]|[月火水木金土日](?:曜日?)?(?=\s*\))"
    r"|[월화수목금토일](?:요일)?|[一二三四五六日](?=\)))(?:\s*[)])?)?"
)
_HALF = r"(?P<half>上午|下午|中午|凌晨|早上|晚上|午前|午后|오전|오후|[AaPp]\.?[Mm]\.?)"
_CLOCK = (
    rf"(?:\s*(?P<zone_before>HKT|JST|KST|CST|GMT|UTC)(?=\s))?"
    rf"(?:(?:\s*[,.]?\s*T?|\s*[/|-]?\s*)[(]?(?:{_HALF}\s*)?(?P<hour>\d{{1,2}})\s*(?::\s?"
    rf"|[时点시]\s*)(?P<minute>(?<=:)\d{{2}}|(?<!:)\d{{1,2}}(?=\s*[分분])"
    rf"|\d{{2}})\s*(?:分|분)?"
    r"(?:\s*:?\s*(?P<second>\d{2})(?:\.\d+)?\s*(?:秒|초)?(?!\d))?(?:\s*(?P<half_after>[AaPp]\.?[Mm]\.?(?![a-z])))?[)]?)?"
)
_ZONE = (
    r"(?:\s*[(]?(?P<zone>Z|UTC|GMT|JST|KST|HKT|CST|[+-]\d{2}:?\d{2}|北京时间"
    r"|台北时间|香港时间|日本时间|东京时间|首尔时间)[)]?(?![A-Za-z]))?"
)

# 民國109年 is the year of the Republic, from 1911; the Japanese eras begin in the years that the Cabinet Office lists.
_ERAS = {"民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_ERAS |= {"R": _ERAS["令和"], "H": _ERAS["平成"], "S": _ERAS["昭和"]}
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT"), "+00:00"),
    **dict.fromkeys(("CST", "HKT", "北京时间", "台北时间", "香港时间"), "+08:00"),
    **dict.fromkeys(("JST", "KST", "日本时间", "东京时间", "首尔时间"), "+09:00"),
}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH_NAME = r"(?P<month_name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_ORDINAL = "(?:st|nd|rd|th)?"

_MARKED_DAY = r"(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
_BRIEF_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\d)"
_TOLD = (
    r"(?P<told>(?:时间|日期|日时|发布于?|发表于?|刊登|更新于?|出版|配信|公开|掲载|입력|등록일?|수정|작성일?|승인|송고|게재|기사입력"
    r"|Date|Posted|Published)\s*[:|丨]?\s*)(?<![\d.])"
)

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?<!\d)(?:{_YEAR}|{_ERA})\s*[年년]\s*(?P<month>{_SMALL})\s*[月월]\s*(?P<day>{_SMALL})\s*[日号일]{_WEEKDAY}{_CLOCK}{_ZONE}",
        # 113年5月6日: a year of the Republic without its name.
        rf"(?<![\d第])(?P<era_year>1[01]\d)\s*年\s*(?P<month>{_SMALL})\s*月\s*(?P<day>{_SMALL})\s*日{_WEEKDAY}{_CLOCK}{_ZONE}",
        rf"(?<![\w.])(?P<era>[RHS])\s?(?P<era_year>\d{{1,2}})\s?(?P<mark>[./年-])\s?(?P<month>\d{{1,2}})\s?[./月-]\s?(?P<day>\d{{1,2}})(?!\d)日?{_WEEKDAY}{_CLOCK}",
        # 05:10 2024/04/28: a clock before its date, where none stands behind, and none of another date ends before.
        (
            rf"(?<!\d)(?<!\d:)(?<!\d\s)(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?\s{{1,3}}{_YEAR}"
            rf"(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d|\s{{0,3}}\d{{1,2}}:){_ZONE}"
        ),
        rf"(?<!\d){_YEAR}\s?(?P<mark>[-/.])\s?(?P<month>\d{{1,2}})\s?(?P=mark)\s?(?P<day>\d{{1,2}})(?!\d)\.?{_WEEKDAY}{_CLOCK}{_ZONE}",
        (
            r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
            r"(?:\s?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
        ),
        rf"(?<!\d)(?P<year>(?:19|20)\d\d)-{_MONTH_NAME}-(?P<day>\d{{1,2}})(?!\d){_CLOCK}{_ZONE}",
        # 24.07.07 11:05: a year of two digits, where a clock stands behind, a word for the day before, or nothing else.
        rf"(?<![\d.])(?P<short>[0-3]\d){_MARKED_DAY}\s+{_BRIEF_CLOCK}",
        rf"{_TOLD}(?P<short>[0-3]\d){_MARKED_DAY}(?![\d./-]){_WEEKDAY}{_CLOCK}",
        rf"^\s*[(\[]?\s*['’]?(?P<short>[0-3]\d){_MARKED_DAY}\s*[)\]]?\s*$",
        rf"(?<![\d第])'?(?P<short>[0-3]\d)\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日号일]{_WEEKDAY}{_CLOCK}{_ZONE}",
        # 25/03/2024: where the first number can but be the day.
        rf"(?<![\d/.-])(?P<day>1[3-9]|2\d|3[01])(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d){_CLOCK}{_ZONE}",
        rf"(?<![\w]){_MONTH_NAME}\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+(?P<year>(?:19|20)\d\d){_CLOCK}{_ZONE}",
        rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}\s+{_MONTH_NAME},?\s+(?P<year>(?:19|20)\d\d){_CLOCK}{_ZONE}",
        rf"(?<!\d)(?P<era_year>1\d\d)(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d){_WEEKDAY}{_CLOCK}{_ZONE}",
        rf"(?<!\d)(?:{_YEAR}|{_ERA})\s*[年년]\s*(?P<month>{_SMALL})\s*[月월](?!\s*\d)",
        rf"(?<![\d年])(?P<month>{_SMALL})\s*[月월]\s*(?P<day>{_SMALL})\s*[日号일]{_WEEKDAY}{_CLOCK}{_ZONE}",
        r"(?<![\d/.-])(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])(?:\s*(?P<hour>\d{2}):(?P<minute>\d{2})(?!\d))?",
        r"(?<![\d/.-])(?P<month>\d{1,2})/(?P<day>\d{1,2})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\d)",
    )
)


def find_dates(text: str, year: int = 0) -> tuple[Moment, ...]:
    """Return the dates in `text`, in order. `year` stands in where one is written without; 0 leaves such out.

    >>> [moment.iso for moment in find_dates("民國１０９年１月１７日 下午３時０５分")]
    ['2020-01-17T15:05']
    """
    plain = fold(text)
    found: list[Moment] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            overlaps = any(match.start() < other.end and other.start < match.end() for other in found)
            iso = "" if overlaps else _iso(match, year or _year_of(found))
            if iso:
                told = "told" in form.groupindex
                found.append(Moment(iso, match.end("told") if told else match.start(), match.end()))
    return tuple(sorted(found, key=lambda moment: moment.start))


def _year_of(found: list[Moment]) -> int:
    """Return the year of the date before, which the next may leave out: 2022/5/6 14:20 (5/6 15:02 更新)."""
    return int(found[0].iso[:4]) if found else 0


def _iso(match: re.Match[str], year: int) -> str:
    parts = {name: value for name, value in match.groupdict().items() if value}
    years = _year(parts) or year
    month = _MONTHS[parts["month_name"].lower()] if "month_name" in parts else _number(parts["month"])
    if not years or not month:
        return ""
    if "day" not in parts:
        return f"{years:04d}-{month:02d}" if month <= 12 else ""  # noqa: PLR2004  a year has twelve months
    try:
        day = date(years, month, _number(parts["day"])).isoformat()
        clock = _clock(parts)
    except ValueError:
        return ""
    zone = _zone(parts.get("zone", parts.get("zone_before", "")))
    return f"{day}T{clock}{':00' if zone and clock.count(':') == 1 else ''}{zone}" if clock else day


def _year(parts: dict[str, str]) -> int:
    if "era_year" in parts:
        since = _ERAS[parts.get("era", "民国")]
        year = 1 if parts["era_year"] == "元" else _number(parts["era_year"])
        # No era has a year nought.
        return since + year if year else 0
    if "short" in parts:
        return 2000 + int(parts["short"])
    return _number(parts["year"]) if "year" in parts else 0


def _clock(parts: dict[str, str]) -> str:
    """Return the time of day, raising `ValueError` where there is none such."""
    if "hour" not in parts:
        return ""
    hour = int(parts["hour"])
    half = parts.get("half", parts.get("half_after", "")).lower()
    afternoon = half.startswith("p") or half in {"下午", "晚上", "午后", "오후"}
    if afternoon and hour < 12:  # noqa: PLR2004  a half day has twelve hours
        hour += 12
    elif (half.startswith("a") or half in {"오전", "午前"}) and hour == 12:  # noqa: PLR2004
        hour = 0
    seconds = int(parts.get("second", "0"))
    return time(hour, int(parts["minute"]), seconds).isoformat("seconds" if "second" in parts else "minutes")


def _zone(zone: str) -> str:
    if zone[:1] in {"+", "-"}:
        return f"{zone[:3]}:{zone[-2:]}"
    return _ZONES.get(zone, "")


_DIGITS = "〇一二三四五六七八九"
_TEN = 10


def numeral(number: int) -> str:
    """Return a number below a hundred as it is written in Han.

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(31)
    ('三', '十', '十二', '二十', '三十一')
    """
    tens, ones = divmod(number, _TEN)
    before = f"{_DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return before + (_DIGITS[ones] if ones or not tens else "")


def _number(written: str) -> int:
    """Return the value of digits or Han numerals; 0 where they make none.

    >>> _number("十七"), _number("廿五"), _number("二〇二〇"), _number("08"), _number("一百一十三"), _number("一百零三")
    (17, 25, 2020, 8, 113, 103)
    """
    if written.isdecimal():
        return int(written)
    units = {mark: value for value, mark in enumerate(_DIGITS)} | {"○": 0, "零": 0}
    hundreds, hundred, written = written.rpartition("百")
    if hundred:
        return 100 * units.get(hundreds, 1) + _number(written)
    if len(written) > 1 and not set(written) & {*"十廿卅"}:  # digit by digit: 二〇二〇, 一一三
        return int("".join(str(units[mark]) for mark in written))
    tens, _, ones = written.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    ten = 10 * (units.get(tens, 1) if tens else 1) if "十" in written or "廿" in written or "卅" in written else 0
    return ten + sum(_ones(ones, units))


def _ones(ones: str, units: dict[str, int]) -> Iterator[int]:
    yield from (units[mark] for mark in ones[:1] if mark in units)
