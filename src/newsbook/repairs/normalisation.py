"""Normalisation: the repairs that any text may need. They mend references, mojibake, odd and invisible characters.

One search tells a clean page, and nothing more is done to it. Any other page goes through the table until nothing
changes, for one repair may bring to light what another mends.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from newsbook.model import FORBIDDEN
from newsbook.repairs import entities, ideographs, invisible, lost, mojibake, pinyin, privateuse
from newsbook.repairs.context import PageContext, looks_like
from newsbook.repairs.edits import Edit, EditedLine, certain, unedited


class Finder(Struct, frozen=True):
    """One repair: what finds its edits in a line, and the signs without which a page has nothing for it.

    A sign is a pattern of one character, which is searched in the distinct characters of a page, and a pattern that is
    searched in its text then; an empty one is found anywhere.
    """

    find: Callable[[str, PageContext], Iterator[Edit]]
    signs: tuple[tuple[str, str], ...]

    def may_find(self, distinct: str, text: str) -> bool:
        """Tell whether there may be anything to mend in `text`, whose distinct characters are given."""
        return any(_compiled(one).search(distinct) and _compiled(both).search(text) for one, both in self.signs)


# References first, which may stand for anything; mojibake before the control characters that are part of it are gone.
NORMALISATIONS = (
    Finder(entities.find, (("&", entities.SUSPECT),)),
    Finder(mojibake.find, mojibake.SIGNS),
    Finder(lost.find, ((lost.TELLTALE, lost.SUSPECT),)),
    Finder(ideographs.find, ((ideographs.SUSPECT, ""),)),
    Finder(privateuse.find, ((privateuse.SUSPECT, ""),)),
    Finder(invisible.find, ((invisible.SUSPECT, ""), (FORBIDDEN.pattern, ""))),
)

# References may be escaped, and text be in the wrong encoding, a few times over, but not for ever.
_MOST_TURNS = 4


def normalised(texts: Sequence[str], language: str) -> tuple[EditedLine, ...]:
    """Return the lines of a page, mended. `language` is what is said of the page, or empty."""
    lines = tuple(map(unedited, texts))
    for _ in range(_MOST_TURNS):
        before = "\n".join(line.text for line in lines)
        finders = _finders(before)
        if not finders:
            break
        bare = tuple(invisible.bare(line.text) for line in lines)
        mirrored = pinyin.might_show(bare) and pinyin.show(bare)
        context = PageContext(language or looks_like(before), mirrored)
        lines = tuple(_normalised(line, finders, context) for line in lines)
        if before == "\n".join(line.text for line in lines):
            break
    return lines


def is_suspect(text: str) -> bool:
    """Tell whether a page may hold anything that the table mends."""
    return bool(_finders(text))


def _finders(text: str) -> tuple[Finder, ...]:
    """Return the finders that may find anything in a page."""
    distinct = "".join(set(text))
    found = tuple(one for one in NORMALISATIONS if one.may_find(distinct, text))
    if _MOJIBAKE not in found and mojibake.holds_gibberish(text + "\n"):
        found = tuple(one for one in NORMALISATIONS if one in found or one is _MOJIBAKE)
    return found


def _normalised(line: EditedLine, finders: tuple[Finder, ...], context: PageContext) -> EditedLine:
    """Send a line through the table once."""
    for finder in finders:
        line = line.edited(certain(finder.find(line.text, context), line))
    return line


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_MOJIBAKE = next(one for one in NORMALISATIONS if one.find is mojibake.find)
