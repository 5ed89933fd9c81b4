"""Set short lines in columns, as high as each other as may be."""

from collections.abc import Sequence


def balanced(heights: Sequence[int], count: int) -> tuple[tuple[int, int], ...]:
    """Return the rows of each of `count` columns, whose highest is as low as can be: (first, last), the last left out.

    >>> balanced([1, 1, 2, 1, 1], 2)
    ((0, 3), (3, 5))
    """
    least = max([*heights, -(-sum(heights) // count)])
    height = next(height for height in range(least, sum(heights) + 1) if len(_filled(heights, height)) <= count)
    return _filled(heights, height)


def _filled(heights: Sequence[int], height: int) -> tuple[tuple[int, int], ...]:
    columns, first, line = [], 0, 0
    for number, row in enumerate(heights):
        if line + row > height:
            columns.append((first, number))
            first, line = number, 0
        line += row
    return (*columns, (first, len(heights)))
