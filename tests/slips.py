"""The slipped runs of a damaged page: where it is out of step with its clean text, and what a repair made of each."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import opencc
from msgspec import Struct
from rapidfuzz.distance import Levenshtein, Opcode

from damage import folded, traditional
from newsbook.model import Line

_READING = r"[a-zɡ\u00e0-\u01dc\u1e3f]{1,6}"
BRACKETS = re.compile(rf"(?<=[^\x00-\x3f])\({_READING}\)|(?<=\?){_READING}\)")

# Two runs this near are one: what stands in step between them is too short to tell.
_NEAR = 2
_CONTEXT = 12


class Verdict(StrEnum):
    """What became of a run: right to the character, marked as doubtful, or neither."""

    EXACT = "exact"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


class Slip(Struct, frozen=True):
    """A run with what it should be, what it is now, and its neighbours."""

    line: int
    verdict: Verdict
    wanted: str
    got: str
    left: str
    right: str


def slips_of(raw: str, clean: str, repaired: Line) -> Iterator[Slip]:
    """Yield what became of the slipped runs of one line. Script and width do not count."""
    want, got = alike(clean), alike(repaired.text)
    steps = list(Levenshtein.opcodes(want, got))
    for start, end in _runs(BRACKETS.sub("", raw), clean):
        touching = [
            step for step in steps if step.src_start <= end and step.src_end >= start and _counts(step, want, got)
        ]
        first, last = _place(steps, start, is_end=False), _place(steps, end, is_end=True)
        verdict = _verdict(touching, repaired.doubts, first, last)
        left, right = want[max(0, start - _CONTEXT) : start], want[end : end + _CONTEXT]
        yield Slip(repaired.number, verdict, want[start:end], got[first:last], left, right)


def differences(clean: str, repaired: Line) -> Iterator[tuple[str, str]]:
    """Yield what is wrong outside doubtful places, with what should stand there."""
    want, got = alike(clean), alike(repaired.text)
    for step in Levenshtein.opcodes(want, got):
        ends = step.dest_start, max(step.dest_end, step.dest_start + 1)
        if _counts(step, want, got) and not _is_doubtful(repaired.doubts, *ends):
            yield want[step.src_start - 6 : step.src_end + 6], got[step.dest_start - 6 : step.dest_end + 6]


def _counts(step: Opcode, want: str, got: str) -> bool:
    """Tell whether a step from one text to the other is a difference in more than white space."""
    sides = want[step.src_start : step.src_end], got[step.dest_start : step.dest_end]
    return step.tag != "equal" and bool("".join(sides).strip())


def _verdict(touching: list[Opcode], doubts: tuple[tuple[int, int], ...], first: int, last: int) -> Verdict:
    if not touching:
        return Verdict.EXACT
    return Verdict.DOUBTFUL if _is_doubtful(doubts, first, last) else Verdict.WRONG


def _is_doubtful(doubts: tuple[tuple[int, int], ...], first: int, last: int) -> bool:
    return any(start < last and first < end for start, end in doubts)


def _runs(shown: str, clean: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of a clean line that are not in step in what is shown of it without brackets."""
    found: list[tuple[int, int]] = []
    expected = folded(traditional(clean).replace("\N{IDEOGRAPHIC SPACE}", " "))
    for step in Levenshtein.opcodes(expected, shown):
        if not _counts(step, expected, shown):
            continue
        if found and step.src_start - found[-1][1] <= _NEAR:
            found[-1] = (found[-1][0], step.src_end)
        else:
            found.append((step.src_start, step.src_end))
    return found


def _place(steps: list[Opcode], at: int, *, is_end: bool) -> int:
    """Return where the place `at` of the clean text is in the repaired one, as wide as may be."""
    inside = [step for step in steps if step.src_start <= at <= step.src_end]
    step = inside[-1 if is_end else 0] if inside else steps[-1]
    if step.tag == "equal":
        return step.dest_start + at - step.src_start
    return step.dest_end if is_end else step.dest_start


def alike(text: str) -> str:
    """Return `text` in simplified characters and half-width forms of ASCII, each character where it was."""
    return "".join(map(_alike, text))


@cache
def _alike(character: str) -> str:
    narrow = " " if character in "\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}" else character
    narrow = chr(ord(narrow) - 0xFEE0) if "！" <= narrow <= "～" else narrow
    return {"「": "“", "」": "”", "『": "‘", "』": "’"}.get(narrow) or str(_converter().convert(narrow))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
