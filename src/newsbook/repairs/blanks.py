"""Blanks that part what belongs together: 七 十 三 岁 的, and 七十三岁的　祝南枝　守了水车.

Words spaced out character by character are joined where they read as text then, and hold a mark or are long: a list of
characters stays. An ideographic space inside a sentence goes from a line of which one stands where no phrase ends. A
space behind a dateline or between names is the writer's.
"""

import re
from collections.abc import Iterator, Sequence

from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import general_model

KIND = "stray-blank"

_BLANK = " \u00a0\u2002-\u200a\u3000"
_ONE = "[\u3041-\u30fc\u3400-\u9fff，。、；：！？“”‘’「」『』（）《》…—·0-9A-Za-z%]"
_SPACED = re.compile(f"(?<![A-Za-z0-9])(?:{_ONE}[{_BLANK}]{{1,2}}){{7,}}{_ONE}(?![A-Za-z0-9])")
_MARK = re.compile("[，。；：！？“「]")
_HAN = "\u3400-\u9fff"
_INSIDE = re.compile(f"(?<=[{_HAN}，。！？；：”」])[\u3000\u00a0]+(?=[{_HAN}“「])")
_NO_END = re.compile(
    "[\u3000\u00a0](?:(?<=[的了是和与與从從把被对對向着著地得将將在由][\u3000\u00a0])[\u3000\u00a0]*"
    f"(?=[{_HAN}])|(?<=[{_HAN}][\u3000\u00a0])[\u3000\u00a0]*(?=[的了着著过過们們得]))"
)

SIGNS = (
    ("[\u3000\u00a0]", _NO_END.pattern),
    (f"[{_BLANK}]", f"[{_HAN}][{_BLANK}]{{1,2}}[{_HAN}，。][{_BLANK}]{{1,2}}[{_HAN}，。][{_BLANK}]"),
)

# Nats per character: running Chinese has about -6.
_READS = -8.5
_LONG = 16
_ENOUGH_HAN = 20


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield the edits that take such blanks out, with their lines."""
    if context.language.startswith("ko"):
        return
    for number, text in enumerate(texts):
        for match in _SPACED.finditer(text):
            if _is_text(match[0]):
                blanks = re.finditer(f"[{_BLANK}]+", match[0])
                yield from ((number, _without(match.start() + b.start(), match.start() + b.end())) for b in blanks)
        if context.language.startswith("zh") and _is_prose(text) and _NO_END.search(text):
            indent = len(text) - len(text.lstrip())
            yield from ((number, _without(*m.span())) for m in _INSIDE.finditer(text) if m.start() >= indent)


def _without(start: int, end: int) -> Edit:
    return Edit(start, end, "", KIND, 0.95)


def _is_text(spaced: str) -> bool:
    """Tell whether spaced characters are text, and no list of characters."""
    joined = re.sub(f"[{_BLANK}]+", "", spaced)
    if not _MARK.search(joined) and len(joined) < _LONG:
        return False
    kana = len(re.findall("[\u3041-\u30fc]", joined))
    return 4 * kana > len(joined) or general_model().score(joined) >= _READS * len(joined)


def _is_prose(text: str) -> bool:
    return "。" in text and len(re.findall(f"[{_HAN}]", text)) >= _ENOUGH_HAN
