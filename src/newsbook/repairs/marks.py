"""Half-width marks beside Han characters, made full-width again, on pages that show that a mirror folded them.

Never inside numbers, times, URLs and Latin words: a mark is only taken where Han or another full-width mark stands
before it, or behind a number where Han follows.
"""

import re
from collections.abc import Iterator

from newsbook.repairs.strand import Edit

KIND = "half-width-mark"

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "，。、；：！？”’」』）》】…—"
_FOLDED = re.compile(rf"(?<=[{_HAN}{_MARKS}])[,;:!?]")
_AFTER_NUMBER = re.compile(rf"(?<=[0-9A-Za-z%℃℉‰°㎡])[,;:!?](?=[{_HAN}“‘「『（《])")
_BRACKETS = re.compile(rf"(?<=[{_HAN}{_MARKS}])\((?:[^()]*[{_HAN}][^()]*\)|[^()]*\)(?=[{_HAN}{_MARKS}]))")
_FULL = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"})


def find(text: str) -> Iterator[Edit]:
    """Yield the edits that make the folded marks of a line full-width."""
    for pattern in (_FOLDED, _AFTER_NUMBER):
        for match in pattern.finditer(text):
            yield Edit(match.start(), match.end(), match[0].translate(_FULL), KIND)
    for match in _BRACKETS.finditer(text):
        yield Edit(match.start(), match.start() + 1, "（", KIND)
        yield Edit(match.end() - 1, match.end(), "）", KIND)
