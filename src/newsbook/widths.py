"""Half-width marks beside Han characters and kana, and what they are in full width.

Never inside numbers, times, URLs and Latin words: a mark is only taken where Han or another full-width mark stands
before it, or behind a number where Han follows; brackets, where Han stands in them or on either side of
them, or where the other one of the pair is full-width.
"""

import re

_HAN = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "，。、；：！？”’」』）》】…—"
_FOLDED = re.compile(rf"(?<=[{_HAN}{_MARKS}])[,;:!?]+")
_AFTER_NUMBER = re.compile(rf"(?<=[0-9A-Za-z%℃℉‰°㎡])[,;:!?](?=[{_HAN}“‘「『（《])")
_BRACKETS = re.compile(
    rf"（[^()（）]*\)|\([^()（）]*）|\([^()]*[{_HAN}][^()]*\)|(?<=[{_HAN}{_MARKS}])\([^()]*\)|\([^()]*\)(?=[{_HAN}{_MARKS}])",
)
_FULL = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"})


def full_width(text: str) -> str:
    """Return `text` with all its half-width marks full-width."""
    return text.translate(_FULL)


def widened(text: str) -> str:
    """Return `text`, as long as it was, with the half-width marks beside Han full-width.

    >>> widened("渡口(又名東渡),8:30開船!"), widened("A,B; 1,200 (x)")
    ('渡口（又名東渡），8:30開船！', 'A,B; 1,200 (x)')
    """
    # Brackets come first, for marks stand behind them.
    result = _BRACKETS.sub(lambda match: f"（{match[0][1:-1]}）", text)
    for pattern in (_FOLDED, _AFTER_NUMBER):
        result = pattern.sub(lambda match: full_width(match[0]), result)
    return result
