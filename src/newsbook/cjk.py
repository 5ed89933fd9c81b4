"""Classes of characters that Chinese, Japanese and Korean setting goes by; marks of half width beside Han."""

import re
from collections import Counter
from enum import IntEnum
from functools import cache
from unicodedata import normalize

# Opening and closing marks: CLREQ §3.1.2, JLREQ cl-01 and cl-02. https://www.w3.org/TR/clreq/
OPENERS = frozenset("「『（《〈【〔〖［｛“‘")
CLOSERS = frozenset("」』）》〉】〕〗］｝”’")

# Pause and stop marks that carry air where they stand in their em: CLREQ §3.1.3.
STOPS = frozenset("，。、；：．")

# Marks that ask and call, which JLREQ (cl-04) and CLREQ set in an em of their own.
CALLS = frozenset("！？")

# Where stops stand in the middle of their em, on both sides of which the air is needed: CLREQ §3.1.3.
CENTRED = "zh-Hant"

# Japanese sets these, too, in the middle of their em: JLREQ cl-05.
_MIDDLE = frozenset("：；・")

# Half-width marks beside Han and kana, as mirrors write them; none inside numbers, times, URLs and Latin words. One
# counts only where Han or another full-width mark stands before it, or behind a number where Han follows. A pair of
# brackets counts where Han stands in it or beside it, or where one of the two is full-width.
_HAN = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "，。、；：！？”’」』）》】…—"
_FOLDED = re.compile(rf"(?<=[{_HAN}{_MARKS}])[,;:!?]+")
_AFTER_NUMBER = re.compile(rf"(?<=[0-9A-Za-z%℃℉‰°㎡])[,;:!?](?=[{_HAN}“‘「『（《])")
_BRACKETS = re.compile(
    rf"（[^()（）]*\)|\([^()（）]*）|\([^()]*[{_HAN}][^()]*\)|(?<=[{_HAN}{_MARKS}])\([^()]*\)|\([^()]*\)(?=[{_HAN}{_MARKS}])",
)
_FULL = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"})


class Kind(IntEnum):
    """What a character is to the line that it stands in."""

    HAN = 0
    OPENER = 1
    CLOSER = 2
    STOP = 3
    CENTRED_STOP = 4
    CALL = 5
    LATIN = 6
    SPACE = 7
    ELLIPSIS = 8
    DASH = 9
    FULL_WIDTH = 10
    OTHER = 11


def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph or kana, set solid in an em of its own.

    >>> [is_han(character) for character in "渡か々A，"]
    [True, True, True, False, False]
    """
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\u3041" <= character <= "\u30fa"
        or character in "々〇〆ーヽヾ"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


@cache
def kind_of(character: str, language: str) -> Kind:
    """Return what `character` is in text of `language`.

    >>> [kind_of(character, "zh-Hans").name for character in "渡，「A3 …"]
    ['HAN', 'STOP', 'OPENER', 'LATIN', 'LATIN', 'SPACE', 'ELLIPSIS']
    >>> kind_of("，", "zh-Hant").name, kind_of("；", "ja").name
    ('CENTRED_STOP', 'CENTRED_STOP')
    """
    if is_han(character):
        return Kind.HAN
    if is_western(character):
        return Kind.LATIN
    return _MARK_KINDS.get(character, Kind.OTHER) if character not in _MOVING else _moving(character, language)


# What stands in a corner of its em in one language, and in the middle of it in another.
_MOVING = STOPS | CALLS | _MIDDLE


def _moving(character: str, language: str) -> Kind:
    if language.startswith(CENTRED) or (language.startswith("ja") and character in CALLS | _MIDDLE):
        return Kind.CALL if character in CALLS else Kind.CENTRED_STOP
    return Kind.FULL_WIDTH if character == "・" else Kind.STOP


_MARK_KINDS = {
    **dict.fromkeys(OPENERS, Kind.OPENER),
    **dict.fromkeys(CLOSERS, Kind.CLOSER),
    **dict.fromkeys(" \N{NO-BREAK SPACE}", Kind.SPACE),
    **dict.fromkeys("…", Kind.ELLIPSIS),
    **dict.fromkeys("—―", Kind.DASH),
    **dict.fromkeys((chr(code) for code in range(0xFF01, 0xFF5F)), Kind.FULL_WIDTH),
    **dict.fromkeys((chr(code) for code in range(0xAC00, 0xD7A4)), Kind.FULL_WIDTH),
    **dict.fromkeys("〓　〜□○●◆■", Kind.FULL_WIDTH),
}
# The brackets among the full-width forms keep their kind.
_MARK_KINDS |= dict.fromkeys("（［｛", Kind.OPENER) | dict.fromkeys("）］｝", Kind.CLOSER)


def is_western(character: str) -> bool:
    """Tell whether a character is a letter or digit of the Latin, Greek or Cyrillic script (CLREQ §3.2.2).

    >>> [is_western(character) for character in "Aé3Ω%，"]
    [True, True, True, True, False, False]
    """
    return character < "\u0590" and character.isalnum()


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


# Ideographs, kana, syllables of Hangul, and digits; no letters, of which faces may draw two alphabets' with one glyph.
_COUNTED = re.compile("[0-9\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")


def counted(text: str) -> Counter[str]:
    """Return how often each character that must stand where a text is set is in it; variants of one are one (NFKC)."""
    return Counter(_COUNTED.findall(normalize("NFKC", text)))
