"""Leave out what a site has put among the words of a story: sentences, brackets, addresses, links at its end."""

import re
from collections.abc import Iterator
from functools import partial

from newsbook.desk.buttons import TOOL_BAR
from newsbook.desk.draft import Draft, cut_each
from newsbook.desk.lines import inked, sentences
from newsbook.desk.rules import finder
from newsbook.model import Part
from newsbook.script import fold

ADVERTISEMENT = "advertisement"
_RUNNING = (Part.TEXT, Part.PARAGRAPH, Part.ITEM)
_find = partial(finder, "adverts")
_BRACKETS = {"【": "】", "[": "]", "(": ")", "<": ">", "{": "}"}
_LONGEST = 110
_LONGEST_BRACKET = 48
# How far around an address is looked for what leads to it.
_NEAR = 8
_QUOTED = re.compile("[:说道称][“「『]|[“「『][^”」』]{13,}")
_MARKS = "。!?…;,:. "


def leave_out_adverts(draft: Draft) -> Draft:
    """Take advertising out of the lines of the body, and a link to the site's own pages off their ends."""
    adverts = ((line, tuple(_apart(sorted(_adverts(fold(line.text)))))) for line in inked(draft.of(*_RUNNING)))
    draft = cut_each(draft, ((line, spans) for line, spans in adverts if spans), ADVERTISEMENT)
    tails = ((line, _find("tail")(fold(line.text).rstrip())) for line in inked(draft.of(*_RUNNING)))
    return cut_each(draft, ((line, [(tail.start(), len(line.text))]) for line, tail in tails if tail), TOOL_BAR)


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sorted spans without those that stand in others."""
    end = -1
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def _adverts(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where advertising stands in a folded line."""
    parts = sentences(plain)
    called = [_is_call(plain[start:end]) for start, end in parts]
    for place, (start, end) in enumerate(parts):
        baits = place + 1 < len(parts) and called[place + 1] and _find("bait")(plain[start:end].strip())
        if called[place] or baits:
            yield start, end
    yield from _brackets(plain)
    yield from _addresses(plain)


def _is_call(sentence: str) -> bool:
    """Tell whether a folded sentence calls the reader to the site's own doors, and tells of no such call."""
    bare = sentence.strip(_MARKS)
    if not 0 < len(bare) <= _LONGEST or not _find("sign")(bare) or _QUOTED.search(bare):
        return False
    return bool(_find("sentence")(bare)) and not _find("told")(bare)


def _brackets(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the brackets within a line that hold an advertisement."""
    for start, mark in enumerate(plain):
        end = plain.find(_BRACKETS[mark], start, start + _LONGEST_BRACKET + 2) if mark in _BRACKETS else -1
        inside = plain[start + 1 : end].strip() if end > 0 else ""
        if inside and _find("bracket")(inside) and not _is_given(plain, start, inside):
            yield start, end + 1


def _is_given(plain: str, start: int, inside: str) -> bool:
    """Tell whether what stands in a bracket is an address that the story gives."""
    address = _find("address")(inside)
    return bool(address) and bool(_find("named")(plain[max(0, start - 2 * _NEAR) : start]))


def _addresses(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the addresses that stand in the middle of a sentence and that nothing in it leads to."""
    at = 0
    while found := _find("address")(plain[at:]):
        start, end = at + found.start(), at + found.end()
        at = end
        before, after = plain[max(0, start - _NEAR) : start], plain[end : end + _NEAR]
        amid = before[-1:].isalpha() and after[:1].isalpha()
        if amid and not _find("led_to")(before) and not _find("leads_on")(after):
            yield start, end
