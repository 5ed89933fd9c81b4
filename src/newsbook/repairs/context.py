"""What stands around a place and decides whether it is damaged: the page's language, a mirror at work, a quotation.

“锟斤拷” in quotation marks is what somebody wrote, and so is whatever stands in a line about encodings.
"""

import re
from collections import Counter
from functools import cache, lru_cache

from msgspec import Struct

from newsbook.repairs.knownwords import KnownWords

# Unicode 17, charts U+3040, U+30A0 and U+AC00; kana without their marks, which Chinese text borrows.
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA_SHARE = 0.15
_HANGUL_SHARE = 0.3

_ABOUT = re.compile(
    "乱码|亂碼|文字化け|글자 ?깨짐|깨진 글자|mojibake|编码|編碼|エンコード|인코딩|encoding", re.IGNORECASE
)
_OPENERS, _CLOSERS = "“‘「『《（(\"'", "”’」』》）)\"'"


class PageContext(Struct, frozen=True):
    """What is known of a page: its `language` as a tag, or empty, whether a mirror was at work, and its words.

    On a page that is `mirrored`, odd characters are parts of slipped runs.
    """

    language: str
    mirrored: bool
    known: KnownWords = KnownWords(())


def looks_like(text: str) -> str:
    """Return the language that a text looks like, by its characters alone. It is empty where nothing tells."""
    kana, hangul, han = (len(pattern.findall(text)) for pattern in (_KANA, _HANGUL, _HAN))
    if hangul > _HANGUL_SHARE * (hangul + kana + han):
        return "ko"
    if kana > _KANA_SHARE * (kana + han):
        return "ja"
    counts = Counter(_HAN.findall(text))
    traditional = sum(counts[one] for one in _only_in("big5", "gb2312").intersection(counts))
    simplified = sum(counts[one] for one in _only_in("gb2312", "big5").intersection(counts))
    if traditional == simplified:
        return ""
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@cache
def _only_in(encoding: str, other: str) -> frozenset[str]:
    """Return the Han characters that one encoding has and another has not."""
    pairs = (bytes((lead, trail)) for lead in range(0xA1, 0xFA) for trail in range(0x40, 0xFF))
    found = (pair.decode(encoding, "ignore") for pair in pairs)
    return frozenset(one for one in found if _HAN.fullmatch(one) and not is_in(one, other))


@cache
def is_in(character: str, encoding: str) -> bool:
    """Tell whether an encoding has a character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=2)
def is_about_damage(text: str) -> bool:
    """Tell whether a line speaks of encodings or of text gone wrong; it is asked of each odd place in the line."""
    return bool(_ABOUT.search(text))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether what stands from `start` to `end` of a line is quoted as it is."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    enclosed = bool(before and behind) and before in _OPENERS and behind in _CLOSERS
    return enclosed or is_about_damage(text)
