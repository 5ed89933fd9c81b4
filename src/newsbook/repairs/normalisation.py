"""Normalisation: the repairs that any text may need. They mend references, mojibake, odd and invisible characters.

One search tells a clean page, and nothing more is done to it. Any other page goes through the table until nothing
changes, for one repair may bring to light what another mends.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from newsbook.model import FORBIDDEN
from newsbook.repairs import entities, ideographs, invisible, mojibake, pinyin, privateuse
from newsbook.repairs.context import PageContext, looks_like
from newsbook.repairs.edits import Edit, EditedLine, certain, unedited

# References first, which may stand for anything; mojibake before the control characters that are part of it are gone.
NORMALISATIONS: tuple[Callable[[str, PageContext], Iterator[Edit]], ...] = (
    entities.find,
    mojibake.find,
    mojibake.find_lost,
    ideographs.find,
    privateuse.find,
    invisible.find,
)

_SUSPECTS = (
    FORBIDDEN.pattern,
    mojibake.LOST,
    *(module.SUSPECT for module in (entities, mojibake, ideographs, privateuse, invisible)),
)
_SUSPECT = re.compile("|".join(_SUSPECTS))

# References may be escaped, and text be in the wrong encoding, a few times over, but not for ever.
_MOST_TURNS = 4

# Half of the characters of any Chinese or Japanese text of some length are common; in a wrong reading hardly any is.
_COMMON = "的一是了不在人有我這这国國大中和上会會年日月地出本市来來說说時时要就為为生"
_LEAST_SHARE = 0.03
_HAN = re.compile("[\u3400-\u9fff]")
_ENOUGH_HAN = 30


def normalised(texts: Sequence[str], language: str) -> tuple[EditedLine, ...]:
    """Return the lines of a page, mended. `language` is what is said of the page, or empty."""
    lines = tuple(map(unedited, texts))
    for _ in range(_MOST_TURNS):
        before = "\n".join(line.text for line in lines)
        if not is_suspect(before):
            break
        bare = tuple(invisible.bare(line.text) for line in lines)
        mirrored = pinyin.might_show(bare) and pinyin.show(bare)
        context = PageContext(language or looks_like(before), mirrored)
        lines = tuple(_normalised(line, context) for line in lines)
        if before == "\n".join(line.text for line in lines):
            break
    return lines


def is_suspect(text: str) -> bool:
    """Tell whether a page may hold anything that the table mends."""
    return bool(_SUSPECT.search(text)) or _is_gibberish(text)


def _normalised(line: EditedLine, context: PageContext) -> EditedLine:
    """Send a line through the table once."""
    for find in NORMALISATIONS:
        line = line.edited(certain(find(line.text, context), line))
    return line


def _is_gibberish(text: str) -> bool:
    """Tell whether a page of Han characters has hardly any of the common ones: it was read in a wrong encoding."""
    han = len(_HAN.findall(text))
    common = sum(text.count(character) for character in _COMMON)
    return han >= _ENOUGH_HAN and common < _LEAST_SHARE * han
