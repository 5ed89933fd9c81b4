"""Damage a clean page as mirrors do, on its GBK bytes: the forward direction of what `newsbook.repairs` undoes.

The steps, in their order: simplified characters become traditional, one at a time; the bytes are cut where they look
like a mark, in step with the characters or not; in each piece the reading of each key is put behind every occurrence of
the key's bytes, again in step or not; a lenient decoder reads the pieces; some sites lose the user-defined characters
that come of it; full-width forms of ASCII are folded.

On pages in the wild more goes wrong (`wild_harm_of`): a few keys are looked for in the simplified text, where their
bytes may be the halves of two characters; brackets are narrow before anything is cut; a cut in step ends a run; and
pairs that GBK leaves free are private-use characters, which most sites lose.
"""

import random
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import opencc
from msgspec import Struct
from msgspec.structs import replace
from pypinyin import Style, pinyin

# The marks whose bytes a mirror cuts at.
MARKS = "，。！？；："

# Simplified characters that are good traditional ones too, mostly of another meaning, which a one-to-one table leaves.
_KEPT = frozenset("么于云伙余佣划占后听坏峰干并征愿游秘群范荐采里斗松谷丑朱郁咸岩岳涌朴咨淀吃床唇")

# What the table writes where OpenCC's first choice is another form.
_FORCED = {"为": "為", "众": "眾", "启": "啟", "着": "著", "台": "臺", "准": "準", "丰": "豐", "几": "幾"}

_FULL_WIDTH = ord("！") - ord("!")
_FOLDED = {ord(mark): ord(mark) - _FULL_WIDTH for mark in "，：；！？（）－"} | {
    code: code - _FULL_WIDTH for code in range(ord("０"), ord("ｚ") + 1)
}

_USER_DEFINED = re.compile("[\ue000-\uf8ff]")

# On a page in the wild: how many keys are put in early, and how often pairs without a character are not shown.
_EARLY, _DROPPING = 3, 0.8


class Harm(Struct, frozen=True):
    """What is done to a page: its keys in the order of their turn, where its bytes are cut, and what is dropped.

    `cuts` are ascending offsets into the GBK bytes of the page in traditional characters. `early` are keys that are put
    for their simplified forms before the other characters are changed, wherever the bytes stand. A `wild` page has
    narrow brackets from the start, and takes what GBK leaves free for private-use characters, as GB 18030 does.
    """

    keys: tuple[str, ...]
    cuts: tuple[int, ...]
    drops: bool = False
    early: tuple[str, ...] = ()
    wild: bool = False


def damaged(text: str, level: int, seed: int) -> str:
    """Return `text` damaged at `level`, 1 to 4, always the same for the same seed."""
    return inflicted(text, harm_of(text, level, seed))


def harm_of(text: str, level: int, seed: int) -> Harm:
    """Return what a mirror of a level does to `text`.

    1: seventeen keys; a cut at the first hit of each mark. 2: a quarter of the changed characters, cut alike. 3: all of
    them, and half of the cuts that straddle two characters. 4: all of them and all of the cuts, user-defined dropped.
    """
    chance = random.Random(seed * 10 + level)  # noqa: S311 - text to test with, no secret.
    keys = list(changed(text))
    chance.shuffle(keys)
    most = {1: 17, 2: max(1, len(keys) // 4)}.get(level, len(keys))
    if level <= 2:
        cuts = first_hits(text)
    else:
        cuts = tuple(cut for cut in straddling_hits(text) if level == 4 or chance.random() < 0.5)
    return Harm(tuple(keys[:most]), cuts, drops=level == 4)


def wild_harm_of(text: str, seed: int) -> Harm:
    """Return what a mirror in the wild does to `text`: all keys, all cuts, in step too, and a few keys early."""
    chance = random.Random(seed)  # noqa: S311
    keys = list(changed(text))
    chance.shuffle(keys)
    narrow = _narrowed(text)
    across = set(straddling_hits(narrow, MARKS + "、"))
    in_step = _hits(narrow, MARKS + "、") - across - {hit + way for hit in across for way in (-1, 1)}
    early = tuple(key for key in keys if _simplified_form(key) in text and key.encode("gbk")[1] > 0x80)[:_EARLY]
    return Harm(tuple(keys), tuple(sorted(across | in_step)), drops=chance.random() < _DROPPING, early=early, wild=True)


def inflicted(text: str, harm: Harm) -> str:
    """Return `text` with `harm` done to it. Lines stay lines; characters that GBK lacks become question marks."""
    raw = _early(_narrowed(text), harm.early) if harm.wild else _spelt(text)
    ends = (0, *harm.cuts, len(raw))
    pieces = (raw[start:end] for start, end in pairwise(ends))
    shown = "".join(decoded(keyed(piece, harm.keys), "gb18030" if harm.wild else "gbk") for piece in pieces)
    kept = _USER_DEFINED.sub("", shown) if harm.drops else shown
    return folded(kept)


def _narrowed(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def _early(text: str, keys: tuple[str, ...]) -> bytes:
    """Return the bytes of `text`, keys put for those of their simplified forms, and then changed pair by pair."""
    raw = text.replace("\N{IDEOGRAPHIC SPACE}", " ").encode("gbk", "replace")
    for key in keys:
        raw = raw.replace(_simplified_form(key).encode("gbk"), key.encode("gbk"))
    changed_pairs: list[bytes] = []
    at = 0
    while at < len(raw):
        width = 2 if raw[at] > 0x80 else 1
        pair = raw[at : at + width]
        try:
            changed_pairs.append(traditional(pair.decode("gbk")).encode("gbk"))
        except UnicodeDecodeError:
            changed_pairs.append(pair)
        at += width
    return b"".join(changed_pairs)


@cache
def _simplified_form(character: str) -> str:
    return str(opencc.OpenCC("t2s").convert(character))


def traditional(text: str) -> str:
    """Return `text` with each simplified character changed on its own, as a one-to-one table does."""
    return "".join(map(_traditional_form, text))


@cache
def _traditional_form(character: str) -> str:
    if character in _KEPT:
        return character
    form = _FORCED.get(character) or _converter().convert(character)
    return form if _is_in_gbk(form) else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _is_in_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def changed(text: str) -> tuple[str, ...]:
    """Return the traditional characters that the table puts into `text`, sorted: what a mirror takes its keys from."""
    pairs = zip(text, traditional(text), strict=True)
    return tuple(sorted({form for character, form in pairs if form != character and "\u4e00" <= form <= "\u9fff"}))


@cache
def reading(character: str) -> str:
    """Return the reading of a character with its tone mark, as it stands in the brackets."""
    return pinyin(character, style=Style.TONE)[0][0]


def first_hits(text: str) -> tuple[int, ...]:
    """Return where the bytes of each mark come first, in step or not; a cut before a mark in step shows nothing."""
    raw = _spelt(text)
    return tuple(sorted({raw.find(mark.encode("gbk")) for mark in MARKS} - {-1}))


def straddling_hits(text: str, marks: str = MARKS) -> tuple[int, ...]:
    """Return where the bytes of marks straddle two characters."""
    starts = set[int]()
    at = 0
    for character in _converted(text):
        starts.add(at)
        at += len(character.encode("gbk", "replace"))
    return tuple(sorted(_hits(text, marks) - starts))


def _hits(text: str, marks: str) -> set[int]:
    raw = _spelt(text)
    return {match.start() for mark in marks for match in re.finditer(re.escape(mark.encode("gbk")), raw)}


def cuts_by_line(text: str, harm: Harm) -> list[list[bool]]:
    """Return, for each line of `text`, which of the places where a cut would straddle two characters `harm` cuts."""
    found: list[list[bool]] = []
    start = 0
    for line in text.split("\n"):
        found.append([start + hit in harm.cuts for hit in straddling_hits(line)])
        start += len(_spelt(line)) + 1
    return found


def damaged_again(line: str, harm: Harm, chosen: list[bool]) -> str:
    """Return a line with a page's harm done to it, cut at the `chosen` ones of its straddling hits.

    Where it has another number of them than there are choices, it is not the line that was cut, and gives an empty one.
    """
    hits = straddling_hits(line)
    if len(hits) != len(chosen):
        return ""
    cuts = tuple(hit for hit, is_cut in zip(hits, chosen, strict=True) if is_cut)
    return inflicted(line, replace(harm, cuts=cuts))


def _spelt(text: str) -> bytes:
    return _converted(text).encode("gbk", "replace")


def _converted(text: str) -> str:
    """Return `text` in traditional characters, with plain spaces for ideographic ones."""
    return traditional(text).replace("\N{IDEOGRAPHIC SPACE}", " ")


def keyed(raw: bytes, keys: Iterable[str]) -> bytes:
    """Return `raw` with its reading in brackets behind every occurrence of each key's bytes."""
    for key in keys:
        spelt = key.encode("gbk")
        raw = raw.replace(spelt, spelt + f"({reading(key)})".encode("gbk"))
    return raw


def decoded(raw: bytes, encoding: str = "gbk") -> str:
    """Decode leniently: a lead byte without a valid trail is a question mark, and takes a trail in ASCII with it.

    Two bytes that look like a pair and are none in `encoding` are a question mark; in GB 18030 there are few.
    """
    shown: list[str] = []
    at = 0
    while at < len(raw):
        lead, trail = raw[at], raw[at + 1 : at + 2]
        if lead < 0x80:
            shown.append(chr(lead))
            at += 1
        elif 0x80 < lead < 0xFF and b"\x40" <= trail < b"\xff" and trail != b"\x7f":
            shown.append(_pair(lead, trail[0], encoding))
            at += 2
        else:
            shown.append("?")
            at += 2 if lead != 0x80 and b"" < trail < b"\x80" and trail != b"\n" else 1
    return "".join(shown)


@cache
def _pair(lead: int, trail: int, encoding: str) -> str:
    """Return the character of two bytes in the ranges of GBK; those of its user-defined areas 1 and 2 are private."""
    try:
        return bytes((lead, trail)).decode(encoding)
    except UnicodeDecodeError:
        if 0xAA <= lead <= 0xAF and trail >= 0xA1:
            return chr(0xE000 + (lead - 0xAA) * 94 + trail - 0xA1)
        if lead >= 0xF8 and trail >= 0xA1:
            return chr(0xE234 + (lead - 0xF8) * 94 + trail - 0xA1)
        return "?"


def folded(text: str) -> str:
    """Return `text` with the full-width forms that mirrors fold made half-width."""
    return text.translate(_FOLDED)
