"""Bisection: which of many items is at fault, found in a few tries and not in one for each."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def culprits(items: tuple[T, ...], fails: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """Return those of `items` with which a try fails, given that it fails with all of them.

    `fails` makes a try with some of the items. It is told of each half of what has failed, down to single items.
    Nothing is returned where all fail together, and each half alone does not.

    >>> tried = []
    >>> culprits(tuple(range(8)), lambda some: tried.append(some) or 5 in some)
    (5,)
    >>> len(tried)
    6
    """
    if len(items) <= 1:
        return items
    half = len(items) // 2
    found: tuple[T, ...] = ()
    for part in (items[:half], items[half:]):
        if fails(part):
            found += culprits(part, fails)
    return found
