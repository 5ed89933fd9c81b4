"""What a line with doubtful places may stand for."""

import re

from newsbook.model import Line


def right_or_doubtful(line: Line, right: str) -> bool:
    """Tell whether a line is right, save for its doubtful places, which may stand for up to twice as much."""
    pattern, at = "", 0
    for start, end in line.doubts:
        pattern += re.escape(line.text[at:start]) + f".{{0,{2 * (end - start)}}}"
        at = end
    return re.fullmatch(pattern + re.escape(line.text[at:]), right) is not None
