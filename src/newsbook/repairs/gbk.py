"""GBK as bytes: the lead byte and the trail byte of a character, user-defined areas included (GB 18030 §5.1)."""

from functools import cache

LEADS = range(0x81, 0xFF)

# Unicode's private use area in the order in which GBK's user-defined areas 1 and 2 are mapped to it.
_AREA_1, _AREA_2, _AREA_END = 0xE000, 0xE234, 0xE4C6

# Behind them come the user-defined area 3 and the pairs in between that GB 2312 left free, as GB 18030-2000 maps them.
_REST_END = 0xE815
_ROW = 94
_USER_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_USER_TRAILS = range(0xA1, 0xFF)


@cache
def spell(character: str) -> bytes | None:
    """Return the two bytes of a character, or None where GBK has none for it.

    >>> spell("新").hex(), spell(chr(0xE303)).hex(), spell(chr(0xE76B)).hex(), spell("가")
    ('d0c2', 'fab4', 'a2b0', None)
    """
    code = ord(character)
    if _AREA_1 <= code < _AREA_2:
        row, cell = divmod(code - _AREA_1, _ROW)
        return bytes((0xAA + row, 0xA1 + cell))
    if _AREA_2 <= code < _AREA_END:
        row, cell = divmod(code - _AREA_2, _ROW)
        return bytes((0xF8 + row, 0xA1 + cell))
    try:
        spelt = character.encode("gb18030" if _AREA_END <= code < _REST_END else "gbk")
    except UnicodeEncodeError:
        return None
    return spelt if len(spelt) > 1 else None


@cache
def read(lead: int, trail: int) -> str | None:
    """Return the Han character, mark or full-width form that two bytes spell, or None."""
    try:
        character = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return character if len(character) == 1 and is_text(character) else None


def is_text(character: str) -> bool:
    """Tell whether a character is one that Chinese prose is made of: Han, a mark, or a full-width form."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or character in "、。·…—‘’“”〈〉《》「」『』【】〔〕〇℃‰"
        or "！" <= character <= "～"
    )


def is_no_pair(lead: int, trail: int) -> bool:
    """Tell whether two bytes that look like a pair have no character in GBK. User-defined areas 1 and 2 do not count.

    >>> is_no_pair(0xA7, 0x81), is_no_pair(0xD0, 0xC2), is_no_pair(0xAA, 0xA1)
    (True, False, False)
    """
    if is_user_defined(lead, trail):
        return False
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return True
    return False


def is_user_defined(lead: int, trail: int) -> bool:
    """Tell whether two bytes are a pair of the user-defined areas 1 and 2."""
    return lead in _USER_LEADS and trail in _USER_TRAILS
