"""Tell what each line of a body is: paragraph, crosshead, caption, item of a list, row of a table, break."""

import re
from enum import StrEnum
from functools import partial

from msgspec import Struct

from newsbook.desk.captions import is_caption, is_credit_only, is_doubtful_caption, names_of_labels
from newsbook.desk.lines import NUMBERED, QUESTION, TERMINAL, folded, width
from newsbook.desk.lists import list_items, speech_turns, table_rows
from newsbook.desk.rules import finder
from newsbook.model import Line


class Shape(StrEnum):
    """What a line of the body is."""

    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    ITEM = "item"
    ROW = "row"
    VERSE = "verse"
    BREAK = "break"


class Shaped(Struct, frozen=True):
    """A line with its shape. `doubtful` where only the page's pictures or type would tell.

    `ordered` is for items, `cells` for rows; lines of verse have the number of their `stanza`'s first line.
    """

    line: Line
    shape: Shape
    doubtful: bool = False
    ordered: bool = False
    cells: tuple[str, ...] = ()
    stanza: int = 0


class _Body(Struct, frozen=True):
    """The lines of a body, and what has been told of them: which are settled, and which may be crossheads."""

    lines: tuple[Line, ...]
    plain: tuple[str, ...]
    settled: tuple[Shaped | None, ...]
    candidates: tuple[bool, ...]
    runs: tuple[tuple[int, int], ...]
    crowded: bool
    exclaimed: int
    stated: int


_find = partial(finder, "shapes")
_BARE = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,2}")
_SHORTEST = 2
_LONGEST_CROSSHEAD = 32.0
_LONGEST_CALL = 20
_LONGEST_CAPTION = 60
_CLOSED = re.compile('[”」』"]$')
_CROWD = 0.55
_VERSES = 3
_VERSE_SLACK = 2.0


def shape_lines(lines: tuple[Line, ...]) -> tuple[Shaped, ...]:
    """Return the body's inked `lines` with their shapes."""
    body = _survey(lines)
    return tuple(settled or _decide(body, place) for place, settled in enumerate(body.settled))


def is_no_crosshead(line: Line) -> bool:
    """Tell whether a line is no crosshead however it is set: a day, an address, who wrote."""
    plain = folded(line)
    return bool(_find("none")(plain)) and not _BARE.fullmatch(plain)


def _survey(lines: tuple[Line, ...]) -> _Body:
    plain = tuple(folded(line) for line in lines)
    settled, turns = _settled(lines, plain), speech_turns(lines)
    labels = _labels(plain)
    candidates = tuple(
        known is None and place not in turns and (plain[place] in labels or _may_be_crosshead(plain[place]))
        for place, known in enumerate(settled)
    )
    asked = sum(bool(QUESTION.search(text)) for text, other in zip(plain, candidates, strict=True) if other)
    among = sum(known is None or known.shape is Shape.CAPTION for known in settled)
    return _Body(
        lines=lines,
        plain=plain,
        settled=settled,
        candidates=candidates,
        runs=_runs(candidates),
        crowded=sum(candidates) > among * _CROWD,
        exclaimed=asked,
        stated=sum(candidates) - asked,
    )


def _labels(plain: tuple[str, ...]) -> frozenset[str]:
    """Return the short lines that end in a colon where several do: what is said of each thing stands below its name."""
    ends = [text for text in plain if _find("label")(text)]
    return frozenset(ends) if len(ends) > 1 else frozenset()


def _settled(lines: tuple[Line, ...], plain: tuple[str, ...]) -> tuple[Shaped | None, ...]:
    """Return the shapes that lines show by themselves or by their neighbours' marks; None where they do not."""
    items, rows, labels = list_items(lines), table_rows(lines), names_of_labels(plain)

    def settle(place: int, line: Line) -> Shaped | None:
        if place in rows:
            return Shaped(line, Shape.ROW, cells=rows[place])
        if _find("break")(plain[place]):
            return Shaped(line, Shape.BREAK)
        if is_caption(line, labels):
            return Shaped(line, Shape.CAPTION, doubtful=is_doubtful_caption(line))
        return Shaped(line, Shape.ITEM, ordered=items[place]) if place in items else None

    return tuple(settle(place, line) for place, line in enumerate(lines))


def _runs(candidates: tuple[bool, ...]) -> tuple[tuple[int, int], ...]:
    """Return, for each place, where the run of candidates around it begins and ends."""
    runs = [(place, place) for place in range(len(candidates))]
    start = 0
    for place, candidate in enumerate((*candidates, False)):
        if not candidate:
            runs[start:place] = [(start, place)] * (place - start)
            start = place + 1
    return tuple(runs)


def _decide(body: _Body, place: int) -> Shaped:
    line = body.lines[place]
    if not body.candidates[place]:
        return Shaped(line, Shape.PARAGRAPH, doubtful=_may_be_caption(body.plain[place]))
    below = body.settled[place + 1] if place + 1 < len(body.lines) else None
    if below and below.shape is Shape.CAPTION and is_credit_only(below.line):
        return Shaped(line, Shape.CAPTION)
    return _crosshead(body, place)


def _may_be_caption(plain: str) -> bool:
    """Tell whether a line that stops short of a full stop could be the caption of a picture."""
    if len(plain) > _LONGEST_CAPTION or TERMINAL.search(plain) or QUESTION.search(plain):
        return False
    return not (_find("bracketed")(plain) or _find("none")(plain) or _CLOSED.search(plain))


def _crosshead(body: _Body, place: int) -> Shaped:
    """Decide on a short line without a full stop: a crosshead stands alone above a paragraph."""
    line, plain = body.lines[place], body.plain[place]
    numbered = NUMBERED.match(plain)
    if not _has_text_below(body, place):
        return Shaped(line, Shape.PARAGRAPH, doubtful=not numbered)
    if _in_row(body, place) or (body.crowded and not numbered):
        return Shaped(line, Shape.PARAGRAPH, doubtful=True)
    if QUESTION.search(plain) and not numbered:
        kin = body.stated > 0 or body.exclaimed > 1
        return Shaped(line, Shape.CROSSHEAD if kin else Shape.PARAGRAPH, doubtful=True)
    is_couplet = body.runs[place][1] - place > 1
    return Shaped(line, Shape.CROSSHEAD, doubtful=is_couplet and not numbered)


def _has_text_below(body: _Body, place: int) -> bool:
    """Tell whether the next line that is no caption is text, or a second or lower crosshead with text below."""
    for at in range(place + 1, len(body.lines)):
        settled = body.settled[at]
        if settled and settled.shape is Shape.CAPTION:
            continue
        if not body.candidates[at]:
            return settled is not None or not _find("none")(body.plain[at])
        if at > place + 1:
            return False
    return False


def _in_row(body: _Body, place: int) -> bool:
    """Tell whether a candidate stands in a row of such, of more than two: verses, names, or captions without a mark."""
    start, end = body.runs[place]
    if end - start < 2:  # noqa: PLR2004  one alone
        return False
    if end - start >= _VERSES and _is_verse(body.plain[start:end]):
        return True
    if place == end - 1 or (place == end - 2 and start == place):
        return False
    numbered = any(NUMBERED.match(text) for text in body.plain[max(start, place - 1) : place + 2])
    return not (numbered and not _same_style(body.plain[place], body.plain[place + 1]))


def _is_verse(run: tuple[str, ...]) -> bool:
    """Tell whether lines are about as wide as each other, as verses are."""
    widths = [width(text) for text in run]
    return max(widths) - min(widths) <= _VERSE_SLACK


def _same_style(first: str, second: str) -> bool:
    one, other = NUMBERED.match(first), NUMBERED.match(second)
    if not one or not other:
        return one is other
    return _NUMERAL.sub("", one["style"]) == _NUMERAL.sub("", other["style"])


_NUMERAL = re.compile(r"[\d一二三四五六七八九十]")


def _may_be_crosshead(plain: str) -> bool:
    if _BARE.fullmatch(plain):
        return True
    if len(plain) > 2 * _LONGEST_CROSSHEAD or not _SHORTEST <= width(plain) <= _LONGEST_CROSSHEAD:
        return False
    if TERMINAL.search(plain) or _find("bracketed")(plain) or _find("none")(plain) or _find("statement")(plain):
        return False
    if _find("enumeration")(plain) or _find("told_speech")(plain):
        return False
    if QUESTION.search(plain) and "," in plain and width(plain) > _LONGEST_CALL and not NUMBERED.match(plain):
        return False
    return not (_find("speech")(plain) and (width(plain) > _LONGEST_CALL or QUESTION.search(plain[:-1])))
