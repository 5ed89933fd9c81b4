"""How long a server asks to be left alone."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def wait_asked_for(retry_after: str, now: datetime) -> float:
    """Return the seconds that a `Retry-After` header asks for; 0 where it says nothing that can be understood.

    RFC 9110, section 10.2.3: a number of seconds, or a date.

    >>> wait_asked_for("7", datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> wait_asked_for("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    if retry_after.strip().isdecimal():
        return float(retry_after.strip()[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
