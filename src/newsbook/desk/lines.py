"""Lines of copy: what they print, how wide they are, what they end in, and the spans that they become."""

import re
from bisect import insort
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from newsbook.model import Line, Repair, Run, Span, Text
from newsbook.script import fold

# What a sentence or a part of one ends in, before closing marks and numbers of notes; a heading ends in none of these.
TERMINAL = re.compile(r"[。.;:,、…]$|[。.](?:\s*\[\d{1,3}\]|[①-⑳¹²³⁰⁴-⁹]|[”」』)\]\"’])+$")
QUESTION = re.compile(r"[?!]$")
NUMBERED = re.compile(
    r"(?P<style>第?[一二三四五六七八九十]{1,3}[、.章节部篇回]|[(][一二三四五六七八九十\d]{1,3}[)]"
    r"|\d{1,2}[、.](?!\d)|[①-⑳]|[■◆●▍▌▎◎★☆▶►▪□◇]|【[^】]{2,24}】$|(?:其"
    r"|之)[一二三四五六七八九]|(?:PART|Part|part)\s?\.?\d{1,2}|0\d\b)"
)

# What stands around a line as indent or padding: white space, and what is as wide as nothing.
_BLANK = (
    " \t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}"
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}\r\n\v\f\x85"
)

_EXCERPT = 40


_STOP = re.compile("[“”「」『』《》()【】]|[。!?…]+|(?<=[가-힣])\\.(?=\\s|$)")
_ENDED = re.compile("[。!?…][”」』)】]?$|[가-힣]\\.$")
_OPENING = frozenset("“「『《(【")
_CLOSING = frozenset("”」』》)】")


def printed(line: Line) -> str:
    """Return the text of `line` without its indent."""
    return line.text.strip(_BLANK)


def folded(line: Line) -> str:
    """Return the text of `line` without its indent, folded for matching."""
    return fold(printed(line))


def inked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines that are not blank."""
    return tuple(line for line in lines if printed(line))


def excerpt(text: str) -> str:
    """Return the beginning of a text, as findings quote it."""
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def width(text: str) -> float:
    """Return how many Han characters wide `text` is; what is in ASCII counts half.

    >>> width("渡口 2024")
    4.5
    """
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def slice_line(line: Line, start: int, end: int) -> Line:
    """Return the part of `line` from `start` to `end`, its doubts with it."""
    doubts = tuple((max(low, start) - start, min(high, end) - start) for low, high in line.doubts)
    return Line(line.text[start:end], line.number, tuple((low, high) for low, high in doubts if low < high))


def sentences(plain: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a folded text begin and end. What is said in quotation marks is not taken apart."""
    ends: list[int] = []
    depth = 0
    for match in _STOP.finditer(plain):
        mark = match[0][0]
        depth = max(0, depth + (mark in _OPENING) - (mark in _CLOSING))
        after = plain[match.end() : match.end() + 1]
        ends += (
            [match.end()] if not depth and _ENDED.search(plain[: match.end()][-2:]) and after not in _CLOSING else []
        )
    ends = [end for end in ends if plain[end:].strip()]
    return tuple(pairwise((0, *ends, len(plain)))) if plain.strip() else ()


def join_lines(parts: list[Line]) -> Line:
    """Return the parts of one line as one again."""
    doubts: list[tuple[int, int]] = []
    length = 0
    for part in parts:
        doubts += [(low + length, high + length) for low, high in part.doubts]
        length += len(part.text)
    return Line("".join(part.text for part in parts), parts[0].number, tuple(doubts))


def slice_runs(runs: tuple[Run, ...], parts: tuple[tuple[int, int], ...]) -> tuple[Run, ...]:
    """Return the `runs` of a line of which these parts, in order, are left."""
    moved: list[Run] = []
    length = 0
    for start, end in parts:
        inside = (run for run in runs if run.start < end and run.end > start)
        moved += (
            replace(run, start=max(run.start, start) - start + length, end=min(run.end, end) - start + length)
            for run in inside
        )
        length += end - start
    return tuple(moved)


def text_of(line: Line, runs: tuple[Run, ...] = (), start: int = 0) -> Text:
    """Return the line's text from `start` on, without its indent, as spans.

    What a repair was not sure of is marked doubtful; `runs` are the ranges that the page's markup formats.
    """
    return _between(line, len(line.text) - len(line.text[start:].lstrip(_BLANK)), runs)


def indented_text_of(line: Line, runs: tuple[Run, ...] = ()) -> Text:
    """Return the line's text as `text_of` does, with its indent."""
    return _between(line, 0, runs)


def _between(line: Line, first: int, runs: tuple[Run, ...]) -> Text:
    last = len(line.text.rstrip(_BLANK))
    ends = (at for low, high in (*line.doubts, *((run.start, run.end) for run in runs)) for at in (low, high))
    cuts = sorted({first, *(at for at in ends if first < at < last), last}) if first < last else []
    return tuple(_spans(line, cuts, runs))


def _spans(line: Line, cuts: list[int], runs: tuple[Run, ...]) -> Iterator[Span]:
    """Yield the spans between neighbouring `cuts`: one way through the runs and the doubts, however many they are."""
    coming = sorted(range(len(runs)), key=lambda number: runs[number].start, reverse=True)
    doubts = sorted(line.doubts, reverse=True)
    over: list[int] = []
    for start, end in pairwise(cuts):
        while coming and runs[coming[-1]].start <= start:
            insort(over, coming.pop())
        over = [number for number in over if runs[number].end >= end]
        while doubts and doubts[-1][1] < end:
            doubts.pop()
        doubtful = bool(doubts) and doubts[-1][0] <= start
        yield _span(line.text[start:end], (start, end), [runs[number] for number in over], doubtful=doubtful)


def _span(text: str, place: tuple[int, int], over: list[Run], *, doubtful: bool) -> Span:
    return Span(
        text,
        marks=tuple(dict.fromkeys(mark for run in over for mark in run.marks)),
        href=next((run.href for run in over if run.href), ""),
        ruby=next((run.ruby for run in over if run.ruby and run.start == place[0]), ""),
        language=next((run.language for run in reversed(over) if run.language), ""),
        direction=next((run.direction for run in reversed(over) if run.direction), ""),
        note=next((run.note for run in reversed(over) if run.note), ""),
        math=next((run.math for run in over if run.math and (run.start, run.end) == place), ""),
        doubtful=doubtful,
    )


def mended_runs(runs: tuple[Run, ...], repairs: list[Repair]) -> tuple[Run, ...]:
    """Return the ranges that `runs` of a line as received have in the line as repaired, by replaying its record."""
    made = sorted((repair for repair in repairs if not repair.doubtful), key=lambda repair: repair.column)
    if not made:
        return runs
    moved = (replace(run, start=_moved(run.start, made, 0), end=_moved(run.end, made, 1)) for run in runs)
    return tuple(run for run in moved if run.start < run.end)


def _moved(at: int, repairs: list[Repair], side: int) -> int:
    """Return where the place `at` has gone; within a repair, to its start or, at `side` 1, its end."""
    shift = 0
    for repair in repairs:
        start = repair.column - 1
        end = start + len(repair.before)
        if at >= end:
            shift += len(repair.after) - len(repair.before)
        elif at > start:
            return start + shift + side * len(repair.after)
        else:
            break
    return at + shift
