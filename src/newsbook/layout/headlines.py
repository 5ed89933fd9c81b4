"""Headlines that turn over where the sense does, and leave no line with a character or two."""

import math
import re
import unicodedata

_JOINT = re.compile(r"(?<=[：，。！？；])(?=[^：，。！？；”’」』）])|(\s+)")


def phrases(headline: str, measure: float) -> tuple[str, ...]:
    """Return the parts that a headline may be turned over between, white space as parts of its own.

    A headline whose parts do not fit into lines of `measure` ems is one part.

    >>> phrases("渡口老街開市：早點鋪又見炊煙", 19)
    ('渡口老街開市：', '早點鋪又見炊煙')
    """
    parts = tuple(part for part in _JOINT.split(headline) if part)
    return parts if max(map(width_of, parts), default=0) <= measure else (headline,)


def balanced(headline: str, measure: float) -> float:
    """Return the width in ems that spreads `headline` evenly over the lines it needs in `measure` ems.

    A headline that turns over between phrases has the whole measure.

    >>> balanced("一二三四五六七八九十" * 2, 19), balanced("一二三四五六七八九，" * 2, 19)
    (11, 19)
    """
    width = width_of(headline)
    lines = math.ceil(width / measure)
    whole = len(phrases(headline, measure)) == 1
    return min(measure, math.ceil(width / lines) + 1) if whole and lines > 1 else measure


def width_of(text: str) -> float:
    """Return a width in ems: one for a character that UAX #11 calls wide, about a half for any other."""
    return sum(1.0 if unicodedata.east_asian_width(character) in {"W", "F"} else 0.55 for character in text)
