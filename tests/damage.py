"""Damage a clean page as mirrors do, on its GBK bytes: the forward direction of what `newsbook.repairs` undoes.

The steps: simplified to traditional, one character at a time; a reading in brackets behind every occurrence of a key's
bytes; a cut at bytes that look like a mark; a decoder that shows a lead byte without trail as a question mark; and
full-width marks folded to half-width ones.
"""

import re
from collections.abc import Iterable

from newsbook.repairs import characters

_FOLDED = str.maketrans({"，": ",", "：": ":", "；": ";", "！": "!", "？": "?"})


def traditional(text: str) -> str:
    """Return `text` with each simplified character changed on its own, as a one-to-one table does."""
    table: dict[str, str | int | None] = {}
    for complex_form, simple in characters.load_characters().simplified.items():
        table.setdefault(simple, complex_form)
    return text.translate(str.maketrans(table))


def bracketed(text: str, keys: Iterable[str]) -> bytes:
    """Return the bytes of `text` with a reading behind every occurrence of each key's bytes, in step or not."""
    raw = text.encode("gbk")
    for key in keys:
        spelt = key.encode("gbk")
        raw = raw.replace(spelt, spelt + f"({characters.load_characters().readings[key][0]})".encode("gbk"))
    return raw


def cut(raw: bytes, marks: Iterable[str]) -> tuple[bytes, ...]:
    """Cut `raw` behind the first bytes that look like each of `marks`, in step or not."""
    pieces = [raw]
    for mark in marks:
        spelt = mark.encode("gbk")
        at = next((n for n, piece in enumerate(pieces) if spelt in piece), None)
        if at is not None:
            head, _, tail = pieces[at].partition(spelt)
            pieces[at : at + 1] = [head, spelt + tail]
    return tuple(pieces)


def decoded(raw: bytes) -> str:
    """Decode leniently: a lead byte without a valid trail is a question mark, and takes a trail in ASCII with it."""
    shown: list[str] = []
    at = 0
    while at < len(raw):
        lead = raw[at]
        if lead < 0x80:
            shown.append(chr(lead))
            at += 1
        elif at + 1 < len(raw) and 0x80 < lead < 0xFF and raw[at + 1] >= 0x40 and raw[at + 1] not in {0x7F, 0xFF}:
            shown.append(_pair(lead, raw[at + 1]))
            at += 2
        else:
            shown.append("?")
            swallows = raw[at + 1 : at + 2].isascii() and raw[at + 1 : at + 2] not in {b"", b"\n"} and lead != 0x80
            at += 2 if swallows else 1
    return "".join(shown)


def _pair(lead: int, trail: int) -> str:
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return _user_defined(lead, trail)


def _user_defined(lead: int, trail: int) -> str:
    if 0xAA <= lead <= 0xAF and trail >= 0xA1:
        return chr(0xE000 + (lead - 0xAA) * 94 + trail - 0xA1)
    if lead >= 0xF8 and trail >= 0xA1:
        return chr(0xE234 + (lead - 0xF8) * 94 + trail - 0xA1)
    return "?"


def folded(text: str) -> str:
    """Return `text` with full-width marks made half-width, as mirrors do."""
    return text.translate(_FOLDED)


def damaged(text: str, keys: Iterable[str], cuts: Iterable[str] = "；！") -> str:
    """Return a clean page as a mirror would show it. Line ends are kept; each line is converted, keyed and decoded."""
    raw = bracketed(traditional(text), keys)
    return folded("".join(decoded(piece) for piece in cut(raw, cuts)))


def keys_of(text: str, most: int) -> tuple[str, ...]:
    """Return the characters that conversion changes, the most frequent first: what a mirror takes its keys from."""
    changed = [new for old, new in zip(text, traditional(text), strict=True) if old != new]
    ranked = sorted(set(changed), key=lambda character: (-changed.count(character), character))
    return tuple(character for character in ranked if re.fullmatch("[\u4e00-\u9fff]", character))[:most]
