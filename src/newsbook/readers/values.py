"""Look up what a form states: values in mappings that nobody vouches for, and dates, which become ISO 8601.

A value that is not as it should be counts as missing. A date stays as exact as it was stated.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeAlias

Fields: TypeAlias = Mapping[str, object]

# ISO 8601 in its basic form, as NITF's `norm` has it; the extended form needs no change.
_BASIC = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(?:\s*(Z|[+-]\d\d(?::?\d\d)?))?)?", re.IGNORECASE
)
_EXTENDED = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?", re.IGNORECASE
)
_DIGITS = re.compile(r"-?\d{9,13}(?:\.\d+)?")

# Beyond this many seconds, which is the year 5138, a number counts milliseconds.
_MOST_SECONDS = 100_000_000_000


def text_in(entry: object, *names: str) -> str:
    """Return the first of the values `names` that is a text and says something."""
    values = (entry.get(name) for name in names) if isinstance(entry, Mapping) else ()
    return next((text for value in values if isinstance(value, str) and (text := value.strip())), "")


def maps_in(entry: object, name: str) -> tuple[Fields, ...]:
    """Return the mappings in the list `name`; one that stands there alone counts as a list."""
    value = entry.get(name) if isinstance(entry, Mapping) else None
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, Mapping))


def iso(stated: object) -> str:
    """Return the moment that a form states, or the text as it is where it is in no form known here.

    >>> iso("20240305T143000+0800"), iso("Tue, 05 Mar 2024 14:30:00 +0800"), iso(1709620200), iso("昨天")
    ('2024-03-05T14:30:00+08:00', '2024-03-05T14:30:00+08:00', '2024-03-05T06:30:00Z', '昨天')
    """
    if isinstance(stated, int | float) and not isinstance(stated, bool):
        return _from_clock(float(stated))
    text = str(stated or "").strip()
    if match := _EXTENDED.fullmatch(text):
        return _joined(match[1], match[2], match[3])
    if match := _BASIC.fullmatch(text):
        clock = ":".join(filter(None, match.group(4, 5, 6)))
        return _joined("-".join(match.group(1, 2, 3)), clock, match[7])
    if _DIGITS.fullmatch(text):
        return _from_clock(float(text))
    return _from_mail(text)


def _joined(day: str, clock: str | None, zone: str | None) -> str:
    moment = f"{day}T{clock}{_zone(zone or '')}" if clock else day
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return f"{day} {clock or ''}".strip()
    return moment


def _zone(zone: str) -> str:
    if zone.upper() in {"Z", "UTC", ""}:
        return "Z" if zone else ""
    hours, minutes = zone[:3], zone[3:].removeprefix(":")
    return f"{hours}:{minutes or '00'}"


def _from_clock(seconds: float) -> str:
    """Return the moment that a number of seconds or milliseconds since 1970 stands for."""
    seconds = seconds / 1000 if abs(seconds) > _MOST_SECONDS else seconds
    try:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f}"


def _from_mail(text: str) -> str:
    """Return a date as mail and RSS write it (RFC 5322, section 3.3) in ISO 8601."""
    try:
        return parsedate_to_datetime(text).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError):
        return text
