"""Classes of characters that Chinese, Japanese and Korean setting goes by."""

from itertools import pairwise

# Opening and closing marks: CLREQ §3.1.2, JLREQ cl-01 and cl-02. https://www.w3.org/TR/clreq/
OPENERS = frozenset("「『（《〈【〔〖［｛“‘")
CLOSERS = frozenset("」』）》〉】〕〗］｝”’")

# Pause and stop marks that carry half an em of air where they stand in the corner of their em: CLREQ §3.1.3.
STOPS = frozenset("，。、；：．")

# Where stops stand in the middle of their em, on both sides of which the air is needed: CLREQ §3.1.3.
CENTRED = "zh-Hant"


def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph or kana, set solid in an em of its own.

    >>> [is_han(character) for character in "渡か々A，"]
    [True, True, True, False, False]
    """
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\u3041" <= character <= "\u30ff"
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U00020000"
        or character in "々〇〆"
    )


def is_mark(character: str) -> bool:
    """Tell whether a character is a full-width mark that carries air of its own."""
    return character in OPENERS or character in CLOSERS or character in STOPS


def is_full_width(character: str) -> bool:
    """Tell whether a character fills an em: Han, kana, full-width marks and forms.

    >>> [is_full_width(character) for character in "渡，！A…"]
    [True, True, True, False, True]
    """
    return is_han(character) or is_mark(character) or "！" <= character <= "～" or character in "…—·〓　"


def is_joint(left: str, right: str) -> bool:
    """Tell whether a quarter em belongs between two characters: Han beside a Latin letter or digit (CLREQ §3.2.2).

    >>> is_joint("第", "3"), is_joint("%", "以"), is_joint("，", "3")
    (True, False, False)
    """
    return (is_han(left) and _is_latin(right)) or (_is_latin(left) and is_han(right))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def squeezed(text: str, language: str) -> frozenset[int]:
    """Return the places in `text` of the marks that give up half their em to a neighbouring mark (CLREQ §3.1.6).

    >>> sorted(squeezed("他说：“好。”", "zh-Hans")), sorted(squeezed("他說：「好。」", "zh-Hant"))
    ([2, 5], [3])
    """
    airy_right = CLOSERS if language.startswith(CENTRED) else CLOSERS | STOPS
    places = set()
    for at, (left, right) in enumerate(pairwise(text)):
        if left in airy_right and is_mark(right):
            places.add(at)
        elif right in OPENERS and is_mark(left):
            places.add(at + 1)
    return frozenset(places)
