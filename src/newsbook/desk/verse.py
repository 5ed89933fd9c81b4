"""Tell verse from prose: short lines in a row, in one block of a page, or between the blank lines of a text.

Free verse seldom ends its lines with stops, and its lines differ in length. Regular verse has lines as long as each
other, each of which ends in a mark, or is too short for prose. Short sentences that stand each on a line of their own
are prose, and so are lists of names with what they did, of times and of addresses.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec.structs import replace

from newsbook.desk.lines import folded, printed, width
from newsbook.desk.shapes import Shape, Shaped

Unit = Callable[[Shaped], int]

_LONGEST = 20.0
_FEWEST, _MOST = 3, 60
# Two lines are a stanza beside others, or where they are a couplet of regular verse.
_COUPLET = 2
_SHORT = 8.0
_ALIKE = 1.0
_ENDED = re.compile(r"[。.!?…][”」』\"')]*$")
_POINTED = re.compile(r"[,。.;!?、…][”」』\"')]*$")
# What opens a fact, a turn, an item; numbers, addresses.
_NO_VERSE = re.compile(r"[:|/@#=]|\d|^[·•●○◇□▪★☆◎■◆▶►*–-]|[A-Za-z]{3}")
_LETTER = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SHARE = 1 / 3


def with_verse(shaped: tuple[Shaped, ...], unit: Unit) -> Iterator[Shaped]:
    """Yield shaped lines, those of stanzas as such. `unit` tells which lines stand together, 0 for none."""
    groups = [tuple(lines) for _, lines in groupby(shaped, key=unit)]
    verse = [unit(group[0]) > 0 and _is_stanza(group, _FEWEST) for group in groups]
    for at, group in enumerate(groups):
        beside = any(verse[near] for near in (at - 1, at + 1) if 0 <= near < len(groups))
        if verse[at] or (beside and unit(group[0]) > 0 and _is_stanza(group, _COUPLET)) or _is_couplet(group, unit):
            yield from (replace(one, shape=Shape.VERSE, stanza=group[0].line.number, doubtful=False) for one in group)
        else:
            yield from group


def _is_stanza(group: tuple[Shaped, ...], fewest: int) -> bool:
    if not fewest <= len(group) <= _MOST or not all(map(_may_be_verse, group)):
        return False
    plain = [folded(one.line) for one in group]
    odd = sum(bool(_NO_VERSE.search(text)) for text in plain)
    if odd > len(group) * _SHARE or not all(map(_LETTER.search, plain)):
        return False
    return _is_regular(plain) or sum(bool(_ENDED.search(text)) for text in plain) <= len(group) * _SHARE


def _may_be_verse(one: Shaped) -> bool:
    return one.shape in {Shape.PARAGRAPH, Shape.CROSSHEAD} and width(printed(one.line)) <= _LONGEST


def _is_regular(plain: list[str]) -> bool:
    """Tell whether lines are as long as each other, and each ends in a mark or is too short for prose."""
    widths = [width(text) for text in plain]
    if max(widths) - min(widths) > _ALIKE:
        return False
    return max(widths) <= _SHORT or all(map(_POINTED.search, plain))


def _is_couplet(group: tuple[Shaped, ...], unit: Unit) -> bool:
    """Tell whether two lines are verse by themselves: as long as each other, the first ending in a comma."""
    if len(group) != _COUPLET or not unit(group[0]) or not all(map(_may_be_verse, group)):
        return False
    first, second = (folded(one.line) for one in group)
    return _is_regular([first, second]) and first.endswith((",", ";")) and bool(_ENDED.search(second))
