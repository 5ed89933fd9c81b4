"""Readings in brackets that a mirror put behind traditional characters: 網(wǎng) was 網.

The mirror works on bytes: behind each occurrence of a key it puts the key's reading. So a page that shows the
mechanism brackets each of its keys nearly always, and with the key's own reading. Where the bytes of a key straddle
two characters, the bracket lands inside one: its lead byte becomes a question mark that swallows the opening bracket,
以?xún)?nèi) for 以內. A page with a note on pinyin shows none of this and is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from newsbook.repairs import characters, gbk
from newsbook.repairs.edits import Edit

KIND = "bracketed-reading"

_SYLLABLE = r"[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹɡ]{1,6}"
_BEHIND = re.compile(rf"(.)\(({_SYLLABLE})\)")
_INSIDE = re.compile(rf"\?({_SYLLABLE})\)")
# A last byte of 0x80 is lost without taking the bracket along: ?(hái).
_AT_LOST = re.compile(rf"\?\(?({_SYLLABLE})\)")

# Fewer brackets than these are no mechanism, whatever they look like.
_FEWEST_BRACKETS = 3
_FEWEST_KEYS = 2
_NEARLY_ALWAYS = 0.9


class Stripped(Struct, frozen=True):
    """A line without its bracketed readings: the edits that take them out, and what some of them tell.

    `inside` maps the place of a question mark, in the stripped text, to the reading that stood behind it. `behind` maps
    the place of a character of ASCII to the reading behind it. A slipped run may end there. `keyed` are the places of
    the characters that had a reading of their own.
    """

    edits: tuple[Edit, ...]
    inside: dict[int, str]
    behind: dict[int, str]
    keyed: frozenset[int]


def might_show(texts: Iterable[str]) -> bool:
    """Tell, without the model, whether a page holds anything like a bracketed reading."""
    return any(_BEHIND.search(text) or _INSIDE.search(text) for text in texts)


def show(texts: tuple[str, ...]) -> bool:
    """Tell whether a page shows the mechanism: several traditional keys, each nearly always with its own reading."""
    keys = Counter(match[1] for text in texts for match in _BEHIND.finditer(text) if _is_key(match))
    split = any(_INSIDE.search(text) for text in texts)
    every = sum(text.count(key) for text in texts for key in keys)
    always = bool(keys) and sum(keys.values()) >= _NEARLY_ALWAYS * every
    enough = len(keys) >= _FEWEST_KEYS and sum(keys.values()) >= _FEWEST_BRACKETS
    return always and (enough or split)


def bracketed(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the characters that a page nearly always puts a reading behind."""
    keys = Counter(match[1] for text in texts for match in _BEHIND.finditer(text) if _is_key(match))
    return frozenset(
        key for key, count in keys.items() if count >= _NEARLY_ALWAYS * sum(text.count(key) for text in texts)
    )


def strip(text: str, spared: frozenset[int] = frozenset()) -> Stripped:
    """Return how a line is stripped, on a page that shows the mechanism.

    `spared` are places of ASCII characters in the line as it stands. The brackets behind those are left alone, unless
    such a character made a key with the trail byte before it: 年P(guān)VC was 年PVC.
    """
    found = [match for match in _BEHIND.finditer(text) if match[2] in characters.readings(match[1])]
    ends = [match for match in _BEHIND.finditer(text) if _ends_run(match) and match.start() not in spared]
    found += [match for match in _BEHIND.finditer(text) if match.start() in spared and _straddles(match, text)]
    inside = list(_AT_LOST.finditer(text))
    edits = [Edit(match.end(1), match.end(), "", KIND) for match in (*found, *ends)]
    edits += [Edit(match.start() + 1, match.end(), "", KIND) for match in inside]
    return Stripped(
        tuple(edits),
        {match.start() - _taken_before(match.start(), edits): match[1] for match in inside},
        {match.start() - _taken_before(match.start(), edits): match[2] for match in ends},
        frozenset(match.start() - _taken_before(match.start(), edits) for match in found),
    )


def _is_key(match: re.Match[str]) -> bool:
    return characters.is_converted(match[1]) and match[2] in characters.readings(match[1])


def _ends_run(match: re.Match[str]) -> bool:
    """Tell whether a bracket stands where a slipped run may end: behind the last byte of a key."""
    return "@" <= match[1] <= "~"


def _straddles(match: re.Match[str], text: str) -> bool:
    """Tell whether a bracket has the reading of the key that a trail byte makes with the ASCII character behind it."""
    spelt = gbk.spell(text[match.start() - 1]) if match.start() and _ends_run(match) else None
    key = gbk.read(spelt[1], ord(match[1])) if spelt else None
    return key is not None and match[2] in characters.readings(key)


def _taken_before(place: int, edits: list[Edit]) -> int:
    return sum(edit.end - edit.start for edit in edits if edit.start < place)
