"""What a page as a whole says about its text: its language by its looks, and whether a mirror was at work."""

import re
from functools import cache

from msgspec import Struct

# Unicode 17, charts U+3040, U+30A0 and U+AC00; kana without their marks, which Chinese text borrows.
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA_SHARE = 0.15
_HANGUL_SHARE = 0.3


class Setting(Struct, frozen=True):
    """A language tag or nothing; and whether a page is `mirrored`, odd characters being parts of slipped runs."""

    language: str
    mirrored: bool


def looks_like(text: str) -> str:
    """Return the language that a text looks like, from its characters alone; empty where nothing tells."""
    kana, hangul, han = (len(pattern.findall(text)) for pattern in (_KANA, _HANGUL, _HAN))
    if hangul > _HANGUL_SHARE * (hangul + kana + han):
        return "ko"
    if kana > _KANA_SHARE * (kana + han):
        return "ja"
    ideographs = _HAN.findall(text)
    traditional = sum(is_in(character, "big5") and not is_in(character, "gb2312") for character in ideographs)
    simplified = sum(is_in(character, "gb2312") and not is_in(character, "big5") for character in ideographs)
    if traditional == simplified:
        return ""
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@cache
def is_in(character: str, encoding: str) -> bool:
    """Tell whether an encoding has a character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
