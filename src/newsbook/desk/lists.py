"""Tell lists, tables and the turns of an interview by the marks that their lines share with their neighbours."""

import re
from collections import Counter
from itertools import groupby

from newsbook.desk.lines import folded, width
from newsbook.model import Line

# A dash or an asterisk is a bullet only before a space; numerals count from one on, each item on a line of its own.
_BULLET = re.compile(r"(?P<bullet>[·•●○◇□▪❖✓☑√★☆◎■◆▶►・]|[*–-](?= )|[.](?=[^\s\d.]))\s*\S")
_NUMBER = re.compile(r"(?P<open>[(]?)(?P<number>\d{1,2})(?P<close>[.、)])(?!\d)|(?P<circled>[①-⑳])")
_FEWEST = 2
_FEWEST_NUMBERED = 3

# An item that runs over more than two lines of a page is a numbered paragraph.
_LONGEST_ITEM = 60.0
_LEAST_ROWS = 2
_LEAST_CELLS = 3
_TURN = re.compile(r"(?![■◆●◎★▶►▪□◇【(\d])(?P<speaker>[^\s:。,!?“”「」]{1,10}) ?[:](?!//).")
_LONGEST_FACT = 5
_ASKED = re.compile(r"(?:问|答|Q\d{0,2}|A\d{0,2}|问题|回答)\s?[:].", re.IGNORECASE)


def is_marked(line: Line) -> bool:
    """Tell whether a bullet or a numeral stands before the text of an item."""
    return bool(_style(line))


def list_items(lines: tuple[Line, ...]) -> dict[int, bool]:
    """Return the places of the lines that are items of a list, and of each whether its list is numbered."""
    styles = [_style(line) for line in lines]
    found: dict[int, bool] = {}
    for style, run in groupby(range(len(lines)), key=lambda place: styles[place]):
        places = list(run)
        numbered = style.endswith("1")
        if style and len(places) >= (_FEWEST_NUMBERED if numbered else _FEWEST):
            for stretch in _counted(lines, places) if numbered else [places]:
                found.update(dict.fromkeys(stretch, numbered))
    return found


def table_rows(lines: tuple[Line, ...]) -> dict[int, tuple[str, ...]]:
    """Return the places of the lines that are rows of a table, with their cells: tabs between as many cells in each."""
    cells = [tuple(cell.strip() for cell in re.split(r"\t+", line.text.strip())) for line in lines]
    found: dict[int, tuple[str, ...]] = {}
    for count, run in groupby(range(len(lines)), key=lambda place: len(cells[place])):
        places = list(run)
        if count >= _LEAST_CELLS and len(places) >= _LEAST_ROWS:
            found.update({place: cells[place] for place in places})
    return found


def speech_turns(lines: tuple[Line, ...]) -> frozenset[int]:
    """Return the places of the lines that a speaker's name opens, and comes back.

    A row of such lines counts as well: the facts of a book, a match or a meeting, each behind its name.
    """
    speakers = {place: match["speaker"] for place, line in enumerate(lines) if (match := _TURN.match(folded(line)))}
    counts = Counter(speakers.values())
    asked = {place for place, line in enumerate(lines) if _ASKED.match(folded(line))}
    again = {place for place, speaker in speakers.items() if counts[speaker] > 1}
    facts = {place for place in speakers if place - 1 in speakers or place + 1 in speakers}
    short = {place for place in facts if len(speakers[place]) <= _LONGEST_FACT}
    return frozenset(asked | again | short)


def _style(line: Line) -> str:
    """Return what marks a line as an item: its bullet, or the form of its numeral with 1 at its end."""
    plain = folded(line)
    if width(plain) > _LONGEST_ITEM:
        return ""
    bullet = _BULLET.match(plain)
    if bullet:
        return bullet["bullet"]
    number = _NUMBER.match(plain)
    if not number:
        return ""
    return "circled1" if number["circled"] else f"{number['open']}{number['close']}1"


def _counted(lines: tuple[Line, ...], places: list[int]) -> list[list[int]]:
    """Return the stretches of `places` whose numerals count on by one."""
    stretches: list[list[int]] = []
    last = 0
    for place in places:
        value = _value(folded(lines[place]))
        if stretches and value == last + 1:
            stretches[-1].append(place)
        else:
            stretches.append([place])
        last = value
    return [stretch for stretch in stretches if len(stretch) >= _FEWEST_NUMBERED]


def _value(plain: str) -> int:
    match = _NUMBER.match(plain)
    if not match:
        return 0
    return ord(match["circled"]) - ord("①") + 1 if match["circled"] else int(match["number"])
