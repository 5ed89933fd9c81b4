"""Join lines that were broken at a fixed width back into paragraphs, on pages where nearly all lines were."""

from collections import Counter
from itertools import pairwise

from msgspec.structs import replace

from newsbook.desk.draft import Draft, is_text
from newsbook.desk.lines import printed, width
from newsbook.model import Line

# A mark that may not begin a line is taken back or pushed on, so that full lines differ a little in width.
_SLACK = 2.5
_NARROWEST, _WIDEST = 12, 64
_FEWEST_FULL = 4
_SHARE_FULL = 0.6
_TERMINAL = tuple("。！？!?…」』”）)：:")


def unwrap(draft: Draft) -> Draft:
    """Join the lines of hard-wrapped paragraphs; a text that is not hard-wrapped comes back as it is."""
    measure = find_measure(draft.lines) if is_text(draft.copy) else 0
    if not measure:
        return draft
    paragraphs: list[list[Line]] = []
    before: Line | None = None
    for line in draft.lines:
        if before and _goes_on(before, line, measure):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        before = line
    return replace(draft, lines=tuple(join(paragraph) for paragraph in paragraphs))


def find_measure(lines: tuple[Line, ...]) -> float:
    """Return the width at which the lines were broken, or 0 where they were not."""
    followed = [line for line, after in pairwise(lines) if printed(line) and printed(after) and not _is_indented(after)]
    widths = Counter(round(width(line.text.rstrip())) for line in followed)
    measure = max((size for size in widths if widths[size] > 1), default=0)
    full = [line for line in followed if measure - _SLACK <= width(line.text.rstrip()) <= measure + 1]
    broken = sum(not printed(line).endswith(_TERMINAL) for line in full)
    if not _NARROWEST <= measure <= _WIDEST or any(width(line.text) > measure + _SLACK for line in lines):
        return 0
    enough = len(full) >= _FEWEST_FULL and len(full) >= len(followed) * _SHARE_FULL
    return float(measure) if enough and broken * 2 >= len(full) else 0


def join(lines: list[Line]) -> Line:
    """Return `lines` as one, with a space only where Latin words meet."""
    parts, doubts = [lines[0].text.rstrip() if len(lines) > 1 else lines[0].text], list(lines[0].doubts)
    length = len(parts[0])
    for line in lines[1:]:
        tail = printed(line)
        gap = " " if _is_latin(parts[-1][-1:]) and _is_latin(tail[:1]) else ""
        shift = length + len(gap) - line.text.index(tail)
        doubts += [(low + shift, high + shift) for low, high in line.doubts]
        parts += [gap, tail]
        length += len(gap) + len(tail)
    return Line("".join(parts), lines[0].number, tuple(doubts))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _goes_on(before: Line, line: Line, measure: float) -> bool:
    if not printed(before) or not printed(line) or _is_indented(line) or line.number - before.number != 1:
        return False
    return width(before.text.rstrip()) >= measure - _SLACK


def _is_indented(line: Line) -> bool:
    return line.text[:1].isspace()
