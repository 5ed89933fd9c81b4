"""Marks of the wrong width or kind: small forms ﹐﹔, half-width ｡｢｣ in Chinese, カﾞ, `,` among ，, and 「 closed by ”.

A half-width comma is made full-width only where the page otherwise has full-width ones, and far more of them. Japanese
keeps its half-width marks, and a page in half-width marks throughout keeps its own.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from newsbook.cjk import full_width
from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

SMALL_KIND = "small-form"
WIDTH_KIND = "half-width-mark"
PAIR_KIND = "mismatched-mark"

_HAN = "\u3400-\u9fff"
_SMALL = re.compile("[\ufe50-\ufe52\ufe54-\ufe5e]")
_HALF = dict(zip("｡｢｣､･", "。「」、·", strict=True))
_VOICED = re.compile("[\u304b-\u3062\u3064-\u3069\u306f-\u307b\u30ab-\u30c2\u30c4-\u30c9\u30cf-\u30db][ﾞﾟ]")
_COMMA = re.compile(f",(?<=[{_HAN}”」』）》],)(?=[{_HAN}“「『《（])")
_STOP = re.compile(f"\\.(?<=[{_HAN}”」]\\.)(?=\\s*$|[”」])", re.MULTILINE)
_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’"}
_QUOTES = re.compile("[“”‘’「」『』]")
_OPENS = {closer: opener for opener, closer in _PAIRS.items()}

SIGNS = (
    ("[\ufe50-\ufe5e｡｢｣､･ﾞﾟ]", ""),
    (",", _COMMA.pattern),
    ("\\.", f"(?m:{_STOP.pattern})"),
    ("[「『]", "[「『][^「『」』\n]*[”’]"),
    ("[“‘]", "[“‘][^”’\n]*[」』]"),
)

_FULL = re.compile("[，。；：]")

# Full-width stops on a page for each half-width one that was lost among them.
_MOSTLY = 2


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield the edits that put such marks right, with their lines."""
    is_chinese = context.language.startswith("zh")
    commas = is_chinese and _are_lost(texts, _COMMA, "，")
    stops = is_chinese and _are_lost(texts, _STOP, "。")
    for number, text in enumerate(texts):
        for match in _VOICED.finditer(text):
            composed = unicodedata.normalize("NFKC", match[0])
            if len(composed) == 1:
                yield number, Edit(match.start(), match.end(), composed, SMALL_KIND)
        if is_chinese:
            yield from ((number, edit) for edit in _chinese(text, commas=commas, stops=stops))


def _are_lost(texts: Sequence[str], half: re.Pattern[str], full: str) -> bool:
    found = sum(len(half.findall(text)) for text in texts)
    return bool(found) and sum(text.count(full) for text in texts) >= _MOSTLY * found


def _chinese(text: str, *, commas: bool, stops: bool) -> Iterator[Edit]:
    for match in _SMALL.finditer(text):
        mark = unicodedata.normalize("NFKC", match[0])
        yield Edit(match.start(), match.end(), "。" if mark == "." else full_width(mark), SMALL_KIND)
    yield from (Edit(at, at + 1, _HALF[one], SMALL_KIND) for at, one in enumerate(text) if one in _HALF)
    if commas and _FULL.search(text):
        yield from (Edit(match.start(), match.end(), "，", WIDTH_KIND) for match in _COMMA.finditer(text))
    if stops and _FULL.search(text):
        yield from (Edit(match.start(), match.end(), "。", WIDTH_KIND) for match in _STOP.finditer(text))
    yield from _mismatched(text)


def _mismatched(text: str) -> Iterator[Edit]:
    """Yield the edits for a closing mark of another kind than the one that stands open, where none of its own does."""
    opened: list[str] = []
    for match in _QUOTES.finditer(text):
        at, character = match.start(), match[0]
        if character in _PAIRS:
            opened.append(character)
        elif character in _OPENS and opened and opened[-1] == _OPENS[character]:
            opened.pop()
        elif character in "”」" and opened and _OPENS[character] not in opened and _PAIRS[opened[-1]] not in text[at:]:
            yield Edit(at, at + 1, _PAIRS[opened.pop()], PAIR_KIND, 0.95)
