"""The clock of a session: what time it is, how time goes by, and how to wait. Nothing else reads the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct


class Clock(Struct, frozen=True):
    """`now` returns the moment in UTC. `monotonic` returns seconds that only grow. `sleep` waits for some seconds."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]


SYSTEM_CLOCK = Clock(lambda: datetime.now(UTC), time.monotonic, time.sleep)
"""The machine's clock, for whoever starts a session."""


def written(moment: datetime) -> str:
    """Return a moment in UTC as ISO 8601, exact to the second.

    >>> written(datetime(2026, 11, 23, 19, 5, 7, tzinfo=UTC))
    '2026-11-23T19:05:07Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
