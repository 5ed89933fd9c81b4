"""The words that newsbook puts into an edition, in the edition's language, from `templates/words.toml`."""

import tomllib
from datetime import date
from functools import cache

import msgspec

from newsbook.assets import read_asset


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's words; `kinds` names the kinds of repair, and `months` the months where numbers do not do."""

    nameplate: str
    number: str
    date: str
    month: str
    year: str
    weekdays: tuple[str, ...]
    contents: str
    briefs: str
    foreword: str
    editorial: str
    notices: str
    corrections: str
    corrects: str
    advertisement: str
    staff: str
    sources: str
    colophon: str
    not_supplied: str
    picture: str
    picture_alone: str
    article: str
    story_missing: str
    page: str
    jump: str
    again: str
    outlet: str
    author: str
    editor: str
    corrected: str
    translator: str
    photographer: str
    correspondent: str
    supplier: str
    published: str
    updated: str
    retrieved: str
    url: str
    qr: str
    reprints: str
    rights: str
    encoding: str
    sha256: str
    repairs: str
    doubtful: str
    doubt_mark: str
    doubt_place: str
    doubt_guess: str
    doubt_unknown: str
    none: str
    count: str
    publisher: str
    issued: str
    fonts: str
    tools: str
    cover: str
    people: str
    licence: str
    undated: str
    separator: str
    accessibility: str
    accessibility_described: str
    kinds: dict[str, str]
    months: tuple[str, ...] = ()


def words_for(language: str) -> Words:
    """Return the words for a language tag; the longest known tag that begins it, else Traditional Chinese's kin.

    >>> words_for("zh-Hant-HK").contents
    '本期目錄'
    """
    known = _vocabulary()
    fitting = [tag for tag in known if language == tag or language.startswith(f"{tag}-")]
    return known[max(fitting, key=len)] if fitting else known["zh-Hans"]


@cache
def _vocabulary() -> dict[str, Words]:
    return msgspec.convert(tomllib.loads(read_asset("templates/words.toml")), dict[str, Words])


def written_date(moment: str, words: Words) -> str:
    """Write an ISO 8601 date or date-time as it is written in the language, exactly as precise as it is.

    >>> written_date("2020-01-17T10:09:00", words_for("zh-Hant"))
    '2020年1月17日 10:09'
    >>> written_date("2020-01", words_for("ja"))
    '2020年1月'
    >>> written_date("2020-01-17", words_for("en"))
    '17 January 2020'
    """
    day, _, clock = moment.partition("T")
    numbers = [part.lstrip("0") for part in day.split("-")]
    form = (words.year, words.month, words.date)[len(numbers) - 1]
    parts = dict(zip(("year", "month", "day"), numbers, strict=False))
    written = form.format(**parts, name=_name(parts.get("month", ""), words))
    return f"{written} {_clock(clock)}" if clock else written


def _name(month: str, words: Words) -> str:
    return words.months[int(month) - 1] if month and words.months else ""


def _clock(clock: str) -> str:
    """Drop seconds that are nought, keep a zone.

    >>> _clock("10:09:00+08:00"), _clock("10:09:30"), _clock("10:09:00Z")
    ('10:09 +08:00', '10:09:30', '10:09 UTC')
    """
    time, zone = clock[:8], clock[8:].replace("Z", "UTC")
    hours_and_minutes = time[:5] if time[5:] in {"", ":00"} else time
    return f"{hours_and_minutes} {zone}" if zone else hours_and_minutes


def weekday(moment: str, words: Words) -> str:
    """Return the weekday of an ISO 8601 date, or nothing where the date names no day."""
    try:
        return words.weekdays[date.fromisoformat(moment[:10]).weekday()]
    except ValueError:
        return ""
