"""Divide a text that is too long at the end of a sentence, else of a clause, else between two characters."""

import unicodedata
from collections.abc import Iterator

_SENTENCE = "。！？!?…．｡"
_CLAUSE = "，、；：,;:､ \N{IDEOGRAPHIC SPACE}\t"
_CLOSERS = "”’」』》）)】〕〉"
_JOINERS = "\N{ZERO WIDTH JOINER}\N{WORD JOINER}"
# What stands before a place may be looked at so far to find where a character begins that marks stand on.
_LONGEST_CLUSTER = 100


def divided(text: str, most: int, breaks: tuple[int, ...] = ()) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end, none longer than `most`; a piece ends at each of `breaks`, too.

    >>> [("渡口開市。街坊來了。"[a:b]) for a, b in divided("渡口開市。街坊來了。", 7)]
    ['渡口開市。', '街坊來了。']
    """
    at, ahead = 0, iter((*breaks, len(text)))
    stop = next(ahead)
    while at < len(text):
        while stop <= at:
            stop = next(ahead)
        end = stop if stop - at <= most else _end(text, at, at + most)
        yield at, end
        at = end


def _end(text: str, start: int, latest: int) -> int:
    """Return where a piece from `start` ends, at `latest` or before: at least half of it is taken."""
    earliest = start + max(1, (latest - start) // 2)
    for marks in (_SENTENCE, _CLAUSE):
        found = max(text.rfind(mark, earliest, latest) for mark in marks)
        if found >= 0:
            end = found + 1
            while end < latest and text[end] in _CLOSERS:
                end += 1
            return end
    for end in range(latest, max(earliest, latest - _LONGEST_CLUSTER), -1):
        if not _joins(text, end):
            return end
    return latest


def _joins(text: str, at: int) -> bool:
    """Tell whether what stands before and behind a place is one character as it is seen."""
    behind = text[at : at + 1]
    return (
        unicodedata.category(behind)[:1] == "M"
        or behind in _JOINERS
        or text[at - 1] in _JOINERS
        or "\u1160" <= behind <= "\u11ff"
        or "\U0001f3fb" <= behind <= "\U0001f3ff"
    )
