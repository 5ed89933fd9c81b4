"""Characters that show nothing and only harm: a byte-order mark in the text, zero-width spaces, control characters.

Some characters that show nothing do something, and stay: joiners in emoji and in Arabic and the scripts of India,
selectors of a character's form, direction marks beside a script that runs to the left.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from newsbook.model import FORBIDDEN
from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

INVISIBLE = "invisible-character"
CONTROL = "control-character"

_USELESS = "\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}\N{WORD JOINER}-\u2064\u206a-\u206f\u180e\ufff9-\ufffc"
_SPACE = "\N{ZERO WIDTH SPACE}"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e007f"

SUSPECT = f"[{_USELESS}{_SPACE}{_DIRECTIONS}{_JOINERS}{_SELECTORS}{_TAGS}]"

_ANY = re.compile(SUSPECT)
_ALWAYS = re.compile(f"[{_USELESS}]+")
_DIRECTION = re.compile(f"[{_DIRECTIONS}]+")

# Hebrew to Arabic Extended-A, their presentation forms, and the right-to-left scripts of the second plane.
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

# Thai, Lao, Tibetan, Myanmar and Khmer are written without spaces: there a zero-width space parts words.
_SPACES = re.compile(f"(?<![\u0e00-\u109f\u1780-\u17ff]){_SPACE}+(?![\u0e00-\u109f\u1780-\u17ff])")

# A joiner does its work between letters of its scripts or between emoji: nothing of that is ASCII, space or East Asian.
_OTHERS = "\\s\x21-\x7e\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_JOINER = re.compile(f"(?:^|(?<=[{_OTHERS}]))[{_JOINERS}]+|[{_JOINERS}]+(?=$|[{_OTHERS}])")

# UTS #37 puts U+E0100 and up behind ideographs; StandardizedVariants.txt has U+FE00 to U+FE02 behind ideographs, full-
# width forms and marks; UTS #51 has U+FE0E and U+FE0F behind symbols, digits, # and *.
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SELECTOR = re.compile(
    f"(?<![{_HAN}])[\U000e0100-\U000e01ef]|(?:^|(?<=[\\s\x21-\x22\x24-\x29\x2b-\x2f\x3a-\x7e]))[\ufe00-\ufe0f]"
    f"|(?<=[{_HAN}\u3040-\u30ff\uac00-\ud7a3])[\ufe03-\ufe0f]"
)

# UTS #51, annex C: a flag made of tags begins with a black flag.
_TAG = re.compile(f"(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+")

_PATTERNS = (_ALWAYS, _SPACES, _JOINER, _SELECTOR, _TAG)


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield the edits that take invisible and control characters out of a line."""
    del context
    yield from (Edit(match.start(), match.end(), "", CONTROL) for match in FORBIDDEN.finditer(text))
    if not _ANY.search(text):
        return
    patterns = _PATTERNS if _LEFTWARDS.search(text) else (*_PATTERNS, _DIRECTION)
    taken = sorted({at for pattern in patterns for match in pattern.finditer(text) for at in range(*match.span())})
    yield from (Edit(start, end, "", INVISIBLE) for start, end in _runs(taken))


def bare(text: str) -> str:
    """Return `text` without any character that shows nothing, to search in it."""
    return _ANY.sub("", text)


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """Join neighbouring places, which are in order, into half-open ranges."""
    for _, run in groupby(enumerate(places), key=lambda item: item[1] - item[0]):
        ats = [at for _, at in run]
        yield ats[0], ats[-1] + 1
