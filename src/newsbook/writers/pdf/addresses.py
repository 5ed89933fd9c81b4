"""Where a long address may be parted at the end of a line: no hyphen is added, for it would be read as a part of it.

UAX #14 parts URLs behind slashes only, so that the line before a long piece is torn apart.
"""

import re
from collections.abc import Iterator

# A run without spaces that no line need be long enough for.
_LONG = re.compile(r"[!-~]{24,}")
_ADDRESS = re.compile(r"://|^www\.|@|/[^/]+/|%[0-9A-Fa-f]{2}")
# What is neither Latin words nor an address, a hash for example, is parted where nothing else will do.
_LONGEST = 40

# As the LaTeX package url has it: behind what divides an address, and not beside a hyphen of its own.
_BEHIND = re.compile(r"(?<=[/?&=.,;:_@+|])(?![/?&=.,;:_@+|]|$)|(?=[%#~])")
_PIECE, _EDGE = 20, 4


def breaks_in_addresses(text: str) -> Iterator[int]:
    """Yield the places inside the long addresses of `text` at which a line may begin.

    >>> text = "见https://news.example/path/article.html?id=12"
    >>> [text[at:] for at in breaks_in_addresses(text)][-3:]
    ['html?id=12', 'id=12', '12']
    """
    for run in _LONG.finditer(text):
        if _ADDRESS.search(run[0]) or len(run[0]) >= _LONGEST:
            yield from (run.start() + at for at in _places(run[0]))


def _places(address: str) -> Iterator[int]:
    last = 0
    for at in (*(match.start() for match in _BEHIND.finditer(address)), len(address)):
        if at - last > _PIECE:
            yield from range(last + _EDGE, at - _EDGE + 1)
        if 1 < at < len(address) - 1:
            yield at
        last = at
