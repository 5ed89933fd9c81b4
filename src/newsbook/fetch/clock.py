"""The clock of a session: what time it is, how time goes by, and how to let it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct


def _now() -> datetime:
    return datetime.now(UTC)


class Clock(Struct, frozen=True):
    """`now` is the time of day in UTC; `monotonic` counts seconds; `sleep` lets some go by."""

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def written(moment: datetime) -> str:
    """Return a moment in UTC as ISO 8601, exact to the second.

    >>> written(datetime(2026, 11, 23, 19, 5, 7, tzinfo=UTC))
    '2026-11-23T19:05:07Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
