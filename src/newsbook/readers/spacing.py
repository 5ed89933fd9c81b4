"""Close white space up as a browser does; where a line of wide characters was broken, it vanishes."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def closed_up(text: str) -> str:
    r"""Return `text` on one line, its white space closed up.

    >>> closed_up(" 渡口\n  開市 了\t!\n")
    '渡口開市 了 !'
    """
    return _SPACE.sub(_between, text.strip())


def is_wide(character: str) -> bool:
    """Tell whether `character` is Han, kana or a full-width mark, which no space divides from its like."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _between(match: re.Match[str]) -> str:
    broken = "\n" in match[0] and is_wide(match.string[match.start() - 1]) and is_wide(match.string[match.end()])
    return "" if broken else " "
