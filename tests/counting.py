"""Steps that a piece of work takes, counted and not timed."""

import sys
from collections.abc import Callable


def steps(work: Callable[[], None]) -> int:
    """Return how many functions of Python a piece of work calls."""
    count = 0

    def see(frame: object, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event in {"call", "c_call"}

    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
