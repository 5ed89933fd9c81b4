"""Half-width marks beside Han characters, made full-width again, on pages that show that a mirror folded them.

Never inside numbers, times, URLs and Latin words: a mark is only taken where Han or another full-width mark stands
before it, or behind a number where Han follows; brackets, where Han stands in them or on either side of
them, or where the other one of the pair is full-width.
"""

import re
from collections.abc import Iterator

from newsbook.repairs.strand import Edit

KIND = "half-width-mark"

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "，。、；：！？”’」』）》】…—"
_FOLDED = re.compile(rf"(?<=[{_HAN}{_MARKS}])[,;:!?]+")
_AFTER_NUMBER = re.compile(rf"(?<=[0-9A-Za-z%℃℉‰°㎡])[,;:!?](?=[{_HAN}“‘「『（《])")
_BRACKETS = re.compile(
    rf"（[^()（）]*\)|\([^()（）]*）|\([^()]*[{_HAN}][^()]*\)|(?<=[{_HAN}{_MARKS}])\([^()]*\)|\([^()]*\)(?=[{_HAN}{_MARKS}])",
)
_FULL = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"})


def full_width(text: str) -> str:
    """Return `text` with its half-width marks as they were before they were folded."""
    return text.translate(_FULL)


def find(text: str) -> Iterator[Edit]:
    """Yield the edits that make the folded marks of a line full-width: brackets first, for marks stand behind them."""
    widened = _BRACKETS.sub(lambda match: f"（{match[0][1:-1]}）", text)
    for pattern in (_FOLDED, _AFTER_NUMBER):
        widened = pattern.sub(lambda match: full_width(match[0]), widened)
    for at, (old, new) in enumerate(zip(text, widened, strict=True)):
        if old != new:
            yield Edit(at, at + 1, new, KIND)
