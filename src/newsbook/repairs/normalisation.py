"""Normalisation: the repairs that any text may need. They mend references, mojibake, odd and invisible characters.

One search tells a clean page, and nothing more is done to it. Any other page goes through the table until nothing
changes, for one repair may bring to light what another mends.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from newsbook.model import FORBIDDEN
from newsbook.repairs import (
    blanks,
    disguises,
    entities,
    ideographs,
    invisible,
    lookalikes,
    lost,
    mojibake,
    noise,
    outofstep,
    overconversion,
    pinyin,
    privateuse,
    questionmarks,
    widths,
)
from newsbook.repairs.context import PageContext, looks_like
from newsbook.repairs.edits import Edit, EditedLine, certain, unedited
from newsbook.repairs.knownwords import KnownWords


class Signs(Struct, frozen=True):
    """Signs without which a page has nothing for a repair.

    A sign is a pattern of one character, which is searched in the distinct characters of a page, and a pattern that is
    searched in its text then; an empty one is found anywhere.
    """

    signs: tuple[tuple[str, str], ...]

    def may_find(self, distinct: str, text: str) -> bool:
        """Tell whether there may be anything to mend in `text`, whose distinct characters are given."""
        return any(_compiled(one).search(distinct) and _compiled(both).search(text) for one, both in self.signs)


class LineFinder(Signs, frozen=True):
    """A repair that finds its edits in a line."""

    find: Callable[[str, PageContext], Iterator[Edit]]


class PageFinder(Signs, frozen=True):
    """A repair that goes by the whole page: it finds edits, each with the number of its line, from 0."""

    find_in: Callable[[Sequence[str], PageContext], Iterator[tuple[int, Edit]]]


# References first, which may stand for anything; mojibake before the control characters that are part of it are gone.
NORMALISATIONS = (
    LineFinder(entities.SIGNS, entities.find),
    LineFinder(outofstep.SIGNS, outofstep.find),
    LineFinder(mojibake.SIGNS, mojibake.find),
    LineFinder(((lost.TELLTALE, lost.SUSPECT),), lost.find),
    LineFinder(((ideographs.SUSPECT, ""),), ideographs.find),
    LineFinder(((privateuse.SUSPECT, ""),), privateuse.find),
    LineFinder(((invisible.SUSPECT, ""), (FORBIDDEN.pattern, "")), invisible.find),
)

# These go by what is there when all else is mended. What an earlier one has marked or mended, a later one leaves.
PAGEWIDE = (
    PageFinder(questionmarks.SIGNS, questionmarks.find),
    PageFinder(blanks.SIGNS, blanks.find),
    PageFinder(widths.SIGNS, widths.find),
    PageFinder(overconversion.SIGNS, overconversion.find),
    PageFinder(noise.SIGNS, noise.find),
    PageFinder(disguises.SIGNS, disguises.find),
    PageFinder(lookalikes.SIGNS, lookalikes.find),
)

_NOT_CHINESE = re.compile("[\u3041-\u3096\uac00-\ud7a3]")

# References may be escaped, and text be in the wrong encoding, a few times over, but not for ever.
_MOST_TURNS = 4


def normalised(texts: Sequence[str], language: str, listed: Sequence[str] = ()) -> tuple[EditedLine, ...]:
    """Return the lines of a page, mended. `language` is what is said of it, or empty; `listed` are known words."""
    lines, known = tuple(map(unedited, texts)), KnownWords(texts, listed)
    text = "\n".join(texts)
    for _ in range(_MOST_TURNS):
        finders = _finders(text)
        if not finders:
            break
        context = _context(lines, text, language, known)
        lines = tuple(_normalised(line, finders, context) for line in lines)
        before, text = text, "\n".join(line.text for line in lines)
        if before == text:
            break
    return _pagewide(lines, text, language, known)


def _context(lines: tuple[EditedLine, ...], text: str, language: str, known: KnownWords) -> PageContext:
    bare = tuple(invisible.bare(line.text) for line in lines)
    return PageContext(language or looks_like(text), pinyin.might_show(bare) and pinyin.show(bare), known)


def _pagewide(lines: tuple[EditedLine, ...], text: str, language: str, known: KnownWords) -> tuple[EditedLine, ...]:
    """Return the lines of a page after the finders that go by all of it."""
    distinct = "".join(set(text))
    finders = [finder for finder in PAGEWIDE if finder.may_find(distinct, text)]
    if not finders:
        return lines
    # What is Chinese alone is told by its distinct characters as well, and faster.
    context = _context(lines, text if _NOT_CHINESE.search(distinct) else distinct, language, known)
    for finder in () if context.mirrored else finders:
        by_line: dict[int, list[Edit]] = {}
        for number, edit in finder.find_in([line.text for line in lines], context):
            by_line.setdefault(number, []).append(edit)
        if by_line:
            edited = {
                number: lines[number].edited(certain(_apart(by_line[number]), lines[number])) for number in by_line
            }
            lines = tuple(edited.get(number, line) for number, line in enumerate(lines))
    return lines


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """Yield the edits that touch no earlier one."""
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start >= end:
            yield edit
            end = edit.end


def is_suspect(text: str) -> bool:
    """Tell whether a page may hold anything that the table mends."""
    return bool(_finders(text))


def _finders(text: str) -> tuple[LineFinder, ...]:
    """Return the finders that may find anything in a page."""
    distinct = "".join(set(text))
    found = tuple(one for one in NORMALISATIONS if one.may_find(distinct, text))
    if _MOJIBAKE not in found and mojibake.holds_gibberish(text + "\n"):
        found = tuple(one for one in NORMALISATIONS if one in found or one is _MOJIBAKE)
    return found


def _normalised(line: EditedLine, finders: tuple[LineFinder, ...], context: PageContext) -> EditedLine:
    """Send a line through the table once."""
    for finder in finders:
        line = line.edited(certain(finder.find(line.text, context), line))
    return line


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_MOJIBAKE = next(one for one in NORMALISATIONS if one.find is mojibake.find)
