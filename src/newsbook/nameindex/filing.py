"""The orders in which names are filed, each with its groups: 拼音, 注音, 筆畫, 五十音, 가나다."""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal, TypeAlias

from msgspec import Struct

from newsbook.nameindex.han import hangul_of, is_han, strokes_of
from newsbook.nameindex.kana import is_kana, row_of, sounds
from newsbook.nameindex.surnames import surname
from newsbook.script import fold

Order: TypeAlias = Literal["pinyin", "zhuyin", "strokes", "gojuon", "ganada"]
Key: TypeAlias = tuple[object, ...]
Spell: TypeAlias = Callable[[str, int], str]

# What no order has a reading for stands behind everything else.
UNREAD = "unread"
_LATIN, _KANA, _HANGUL = "A–Z", "あ–ん", "가–하"


class Filed(Struct, frozen=True):
    """Where a name is filed: its group, and what it is sorted by.

    `group` is the heading as it is printed, a number of strokes in figures, or `UNREAD`.
    """

    group: str
    key: Key


def order_for(language: str) -> Order:
    """Return the order that a language's readers look names up by.

    >>> order_for("zh-Hans"), order_for("zh-Hant-TW"), order_for("zh-Hant-HK"), order_for("ja"), order_for("ko-KR")
    ('pinyin', 'zhuyin', 'strokes', 'gojuon', 'ganada')
    """
    base = language.split("-", maxsplit=1)[0]
    if base in {"ja", "ko"}:
        return "gojuon" if base == "ja" else "ganada"
    if language.startswith("zh-Hant"):
        return "zhuyin" if language.endswith("-TW") else "strokes"
    return "pinyin"


def filed(name: str, order: Order, reading: str = "", *, is_person: bool = True, is_taiwan: bool = False) -> Filed:
    """Return where `name` is filed in an order.

    `reading` is what somebody says it is read like: pinyin, zhuyin, kana or Hangul, as the order asks for. A family
    name is read as such where the name `is_person`. Strokes are counted as in Taiwan where `is_taiwan`.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    native = ORDERS[order](text, reading.strip(), is_person, is_taiwan)
    if native:
        return Filed(native.group, (0, native.key, text))
    script = _script(text)
    places = {_LATIN: 1, _KANA: 2, _HANGUL: 3, UNREAD: 5}
    return Filed(script, (places.get(script, 4), _plain(text, script), text))


def _plain(text: str, script: str) -> Key:
    """Return what a name in a script of its own is sorted by, whatever the order."""
    if script == _KANA:
        return sounds(text)
    if script == UNREAD:
        return tuple(strokes_of(one) for one in text)
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return (re.sub(r"[^\w\s]", "", bare).casefold(),) if script == _LATIN else (text.casefold(),)


def _script(text: str) -> str:
    """Return the group of a name that the order has no reading for: that of its script."""
    first = next((one for one in text if one.isalnum()), "0")
    if is_han(first):
        return UNREAD
    if is_kana(first):
        return _KANA if is_kana(text) else UNREAD
    name = unicodedata.name(first, "")
    if name.startswith("HANGUL"):
        return _HANGUL
    is_latin = name.startswith("LATIN") or first.isdecimal()
    return _LATIN if is_latin else name.split(" ")[0].capitalize()


# --- Mandarin ------------------------------------------------------------------------------------------------------

_TONED = re.compile(r"(?P<syllable>[a-zü]+)(?P<tone>[1-5]?)")


def _syllables(text: str, *, is_person: bool) -> tuple[str, ...]:
    """Return the syllables of a name in pinyin, as `zeng1`; `v` stands for ü. What has no reading stays.

    >>> _syllables("重慶", is_person=False), _syllables("曾國清", is_person=True)
    (('chong2', 'qing4'), ('zeng1', 'guo2', 'qing1'))
    """
    from pypinyin import Style, lazy_pinyin

    simple = fold(text)
    read = lazy_pinyin(simple, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda unread: unread)
    family = surname(simple) if is_person else ()
    return (*family, *read[len(family) :])


def _mandarin(text: str, reading: str, *, is_person: bool) -> tuple[tuple[str, int], ...]:
    """Return syllables and tones of a name, `v` for ü; nothing where it does not begin with Han.

    A `reading` in pinyin, with marks or figures for tones, has a blank behind each syllable; in zhuyin it is not asked.

    >>> _mandarin("渡邊", "dù biān", is_person=True), _mandarin("呂蒙", "", is_person=True)
    ((('du', 4), ('bian', 1)), (('lv', 3), ('meng', 2)))
    """
    from pypinyin.contrib.tone_convert import to_tone3

    if not text or not is_han(text[0]):
        return ()
    said = tuple(to_tone3(one.replace("v", "ü"), v_to_u=False) for one in reading.casefold().split())
    known = tuple(one.replace("ü", "v") for one in said)
    if not known or not all(map(_TONED.fullmatch, known)):
        known = _syllables(_BETWEEN.sub("", text), is_person=is_person)
    found = [(_TONED.fullmatch(one.replace("ü", "v")), one) for one in known]
    return tuple((match["syllable"], int(match["tone"] or 5)) if match else (f"~{one}", 0) for match, one in found)


_BETWEEN = re.compile(r"[\s·・‧•]")


def _by_syllable(
    text: str, read: tuple[tuple[str, int], ...], spell: Callable[[str, int], str], *, counted: bool
) -> Key:
    """Return syllables, each by its spelling, its tone, and then the strokes of its character."""
    letters = _BETWEEN.sub("", text)
    strokes = [strokes_of(one, is_taiwan=counted) for one in letters] if len(letters) == len(read) else []
    return tuple((spell(*one), one[1], tuple(strokes[at : at + 1])) for at, one in enumerate(read))


def _pinyin(text: str, reading: str, is_person: bool, is_taiwan: bool) -> Filed | None:  # noqa: FBT001 - as all orders.
    read = _mandarin(text, reading, is_person=is_person)
    if not read or read[0][0].startswith("~"):
        return None
    # ü stands behind u where nothing else differs: lu, lü, luan, lüe, lun, as in 现代汉语词典.
    key = _by_syllable(text, read, lambda one, _: f"{one.replace('v', 'u')} {'v' * ('v' in one)}", counted=is_taiwan)
    return Filed(read[0][0][0].upper(), key)


def _zhuyin(text: str, reading: str, is_person: bool, is_taiwan: bool) -> Filed | None:  # noqa: FBT001 - as all orders.
    from pypinyin import Style
    from pypinyin.style import convert

    read = _mandarin(text, reading, is_person=is_person)
    if not read or read[0][0].startswith("~"):
        return None

    def symbols(syllable: str, tone: int) -> str:
        written = convert(f"{syllable}{tone}" if tone < _LIGHT else syllable, Style.BOPOMOFO, strict=True)
        return "".join(one for one in written if "ㄅ" <= one <= "ㄩ")

    key = _by_syllable(text, read, symbols, counted=is_taiwan)
    first = symbols(*read[0])
    return Filed(first[0], key) if first else None


# The fifth tone is the light one.
_LIGHT = 5


# --- strokes, kana, Hangul -----------------------------------------------------------------------------------------


def _strokes(text: str, reading: str, is_person: bool, is_taiwan: bool) -> Filed | None:  # noqa: FBT001 - as all orders.
    del reading, is_person
    counted = tuple(strokes_of(one, is_taiwan=is_taiwan) for one in _BETWEEN.sub("", text))
    return Filed(f"{counted[0].count}", counted) if counted and counted[0].count else None


def _gojuon(text: str, reading: str, is_person: bool, is_taiwan: bool) -> Filed | None:  # noqa: FBT001 - as all orders.
    del is_person, is_taiwan
    read = reading if is_kana(reading) else text
    key = sounds(read) if is_kana(read) else ("", ())
    return Filed(row_of(key[0]), key) if key[0] else None


# The initial consonants of precomposed syllables, in Unicode's order, which is the alphabet's; a doubled one is filed
# under the single one.
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
_FIRST, _VOWELS, _ENDINGS = 0xAC00, 21, 28
# The vowels before which a first ㄹ or ㄴ is not said: ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ, by their places among all.
_YOTISED = {2, 3, 6, 7, 12, 17, 20}
_N, _R, _SILENT = 2, 5, 11
# Read otherwise as a family name.
_KOREAN_FAMILIES = {"金": "김"}


def _ganada(text: str, reading: str, is_person: bool, is_taiwan: bool) -> Filed | None:  # noqa: FBT001 - as all orders.
    del is_taiwan
    given = reading if _is_hangul(reading) else text
    letters = [one if _is_hangul(one) else hangul_of(one) for one in _BETWEEN.sub("", given)]
    if not letters or not letters[0]:
        return None
    first = _BETWEEN.sub("", given)[0]
    if not _is_hangul(first):
        letters[0] = (is_person and _KOREAN_FAMILIES.get(first)) or _said_first(letters[0])
    return Filed(_INITIALS[(ord(letters[0]) - _FIRST) // (_VOWELS * _ENDINGS)], tuple(letters))


def _is_hangul(text: str) -> bool:
    return text != "" and all("가" <= one <= "힣" or one in " ·" for one in text) and text[0] >= "가"


def _said_first(syllable: str) -> str:
    """Return a syllable of a reading as it is said at the head of a word in South Korea (한글 맞춤법 제10–12항).

    >>> "".join(map(_said_first, "리림로녀김"))
    '이임노여김'
    """
    initial, rest = divmod(ord(syllable) - _FIRST, _VOWELS * _ENDINGS)
    is_yotised = rest // _ENDINGS in _YOTISED
    if initial in {_N, _R} and is_yotised:
        initial = _SILENT
    elif initial == _R:
        initial = _N
    return chr(_FIRST + initial * _VOWELS * _ENDINGS + rest)


ORDERS: dict[Order, Callable[[str, str, bool, bool], Filed | None]] = {
    "pinyin": _pinyin,
    "zhuyin": _zhuyin,
    "strokes": _strokes,
    "gojuon": _gojuon,
    "ganada": _ganada,
}
