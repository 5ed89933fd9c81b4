"""Signs: what a reader sees as one, of however many characters, and what stands for one that no face has.

A sign is an extended grapheme cluster (UAX #29): a letter with its marks, a flag, a keycap, an emoji with its modifiers
and joiners (UTS #51).
"""

from collections.abc import Collection, Iterator

import regex  # type: ignore[import-untyped]

# The geta mark, which compositors put where a sort is missing. JIS X 0208 2-14
GETA = "〓"

_SIGN = regex.compile(r"\X")
# Unicode, “Default_Ignorable_Code_Point”: selectors, joiners and what steers direction are no ink of their own.
_UNSEEN = regex.compile(r"\p{Default_Ignorable_Code_Point}")
# What a sign does without where a face lacks it: a tone of skin, the frame of a keycap, a selector.
_SPARE = regex.compile(r"[\p{Emoji_Modifier}\u20e0-\u20e4\p{Default_Ignorable_Code_Point}]")
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]")
_COLOURED = regex.compile(r"[\p{Emoji_Presentation}\ufe0f]")
_PAIR = regex.compile(r"\p{Regional_Indicator}{2}")
_PRIVATE = regex.compile(r"[\p{Co}\p{Cn}]")

# What the scripts of signs are called that have none of their own.
EMOJI, PRIVATE, COMMON = "emoji", "private use", "symbols"


def signs(text: str) -> Iterator[str]:
    """Yield the signs of a text."""
    yield from _SIGN.findall(text)


def is_unseen(character: str) -> bool:
    """Tell whether a character shows nothing by itself, so that no face need have it."""
    return _UNSEEN.match(character) is not None


def is_private(character: str) -> bool:
    """Tell whether a character means whatever a font makes of it."""
    return _PRIVATE.match(character) is not None


def is_emoji(sign: str) -> bool:
    """Tell whether a sign asks to be set as a picture, and not as text."""
    return has_emoji(sign) and sign[0] not in _KEYS


# Bases of keycaps, which are no pictures without the cap.
_KEYS = frozenset("0123456789#*")


def is_compound(sign: str) -> bool:
    """Tell whether an emoji is made of several, which a face has to know as one. A flag is read as its two letters."""
    seen = _UNSEEN.sub("", sign)
    return len(seen) > 1 and not _PAIR.fullmatch(seen)


def in_black(sign: str) -> str:
    """Return an emoji for a face without colours, which would else be passed over for whichever has colours."""
    bare = sign.replace(_AS_PICTURE, "")
    return bare[:1] + _AS_TEXT + bare[1:]


# Variation selectors 15 and 16, which ask for an emoji as text and as a picture. UTS #51, ED-8a
_AS_TEXT, _AS_PICTURE = "\ufe0e", "\ufe0f"
# What only encloses a digit, which the face of the text has: it is looked for in no other.
KEYCAP = "\u20e3"


def set_sign(sign: str, lost: Collection[str]) -> str:
    """Return a sign as it is set where no face has the characters `lost`: with less about it, or 〓 for it as a whole.

    >>> set_sign("👍🏽", "🏽"), set_sign("👨‍👩‍👧", "👧"), set_sign("渡", "橋")
    ('👍', '〓', '渡')
    """
    if not any(character in lost for character in sign):
        return sign
    base = sign[0]
    if base in lost or not all(_SPARE.match(character) for character in sign if character in lost):
        return GETA
    return base + "".join(character for character in sign[1:] if not _SPARE.match(character))


def has_emoji(text: str) -> bool:
    """Tell whether a text has any emoji, quickly."""
    return _COLOURED.search(text) is not None


def script_of(sign: str) -> str:
    r"""Return what findings call the script of a sign.

    >>> [script_of(sign) for sign in ("م", "ש", "ก", "👍🏽", "𠮷", "☖", "\ue000")]
    ['Arabic', 'Hebrew', 'Thai', 'emoji', 'Han', 'symbols', 'private use']
    """
    from fontTools import unicodedata

    if is_private(sign[0]):
        return PRIVATE
    if _EMOJI.search(sign):
        return EMOJI
    code = unicodedata.script(sign[0])
    return COMMON if code in {"Zyyy", "Zinh", "Zzzz"} else str(unicodedata.script_name(code)).replace("_", " ")
