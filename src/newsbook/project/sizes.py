"""Sizes of files, as people write them."""

import re

# IEC 80000-13: mail services count in powers of ten, and a limit is better too low than too high.
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?([kmg]?b?)", re.IGNORECASE)
_LEAST, _MOST = 10_000, 10**12


def bytes_of(size: str) -> int:
    """Return how many bytes a size is. Raises `ValueError`, with what to write.

    >>> bytes_of("25MB"), bytes_of("1.5 mb"), bytes_of("500000")
    (25000000, 1500000, 500000)
    """
    found = _SIZE.fullmatch(size.strip())
    unit = found and (found[2].lower() if found[2].lower() in _UNITS else f"{found[2].lower()}b")
    count = round(float(found[1]) * _UNITS[unit]) if found and unit in _UNITS else 0
    if not _LEAST <= count <= _MOST:
        raise ValueError("no size of a file; write 10KB or more, as 25MB.")
    return count
