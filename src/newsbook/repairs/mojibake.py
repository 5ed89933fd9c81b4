"""Text that was read in the wrong encoding: ä¸­å›½ and 涓浗 for 中国, ÖÐ¹ú for the same from GBK.

It is whole again when it is encoded the wrong way and decoded the right way. The result tells whether that is what
happened: it must be valid throughout, and read like Chinese, Japanese or Korean, and the text as it stands must not.
Where bytes were lost on the way, the text is doubtful and stays.

What is gone for good is marked: the replacement character, and what became of it in GBK, Big5 and Korean. 锟斤拷 is two
replacement characters in UTF-8 that were read as GBK. Nothing on the page tells what stood there.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from newsbook.repairs.context import PageContext, is_about_damage, is_in, is_quoted
from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import general_model

KIND = "mojibake"

# Windows code page 1252, 0x80 to 0x9F, as the WHATWG's Encoding Standard has it for ISO-8859-1 as well.
_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_HIGH = f"\x80-\xff{_CP1252}"


def _rows(leads: range, trails: range) -> str:
    """Return the characters of GBK with these lead and trail bytes."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return b"".join(pairs).decode("gbk", "ignore")


# What UTF-8's three-byte sequences begin as in GBK: a lead byte of E2 to E9 or EF with a continuation byte behind it.
_BEGINS = f"[{_rows(range(0xE2, 0xEA), range(0x80, 0xC0))}{_rows(range(0xEF, 0xF0), range(0x80, 0xC0))}]"

# What a page with mojibake in it cannot do without: two of the odd characters close together.
SUSPECT = (
    f"[\xa1-\xff][{_HIGH}]|[‚ƒ].[‚ƒ]|{_BEGINS}[^\x00-\x7f]{{0,2}}{_BEGINS}"
    "|[縺繧繝縲]..?[縺繧繝縲]|[銝銋嚗隞摰].{1,3}[銝銋嚗隞摰]"
)


class Misdecoding(Struct, frozen=True):
    """What went wrong: text in the encoding `right` was read as `wrong`.

    `run` is a pattern of what such text looks like. `least` is how many letters beyond ASCII it must show.
    """

    wrong: str
    right: str
    run: str
    least: int = 2


# EUC has high bytes only, so that a single character shows, though not inside a word; the others mix with ASCII and
# need more to be told by.
_EUC = "(?:[\xa1-\xff]{2}){2,}|(?<![A-Za-z])[\xa1-\xff]{2}(?![A-Za-z\xa1-\xff])"
_NARROW = f"(?:[{_HIGH}][{_HIGH}@-~])+"
_WIDE = "(?:[^\x00-\x7f]+\\?*)+"
_LINE = "[^\x00-\x7f](?:.*[^\x00-\x1f ])?"

# Where several read equally well, the first is taken.
_MISDECODINGS = (
    Misdecoding("cp1252", "utf-8", f"[{_HIGH}]+"),
    Misdecoding("cp1252", "euc_jp", _EUC),
    Misdecoding("cp1252", "euc_kr", _EUC),
    Misdecoding("cp1252", "gb18030", _EUC),
    Misdecoding("cp1252", "gb18030", _NARROW),
    Misdecoding("cp1252", "big5hkscs", _NARROW),
    Misdecoding("cp1252", "cp932", _NARROW),
    Misdecoding("gb18030", "utf-8", _WIDE, 3),
    Misdecoding("big5hkscs", "utf-8", _WIDE, 3),
    Misdecoding("cp932", "utf-8", _WIDE, 3),
    Misdecoding("gb18030", "big5hkscs", _LINE, 8),
    Misdecoding("big5hkscs", "gb18030", _LINE, 8),
    Misdecoding("gb18030", "cp932", _LINE, 8),
    Misdecoding("gb18030", "euc_kr", _LINE, 8),
    Misdecoding("cp932", "gb18030", _LINE, 8),
    Misdecoding("cp949", "gb18030", _LINE, 8),
)

_ASCII = re.compile("[\x00-\x7f]+")
_SINGLE_BYTE = re.compile("[\x80-\u2e7f]+")

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u3400-\u9fff]")
_EAST_ASIAN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff66-\uff9f]")
_TEXT = re.compile("[\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uffee\\s!-~·]")

# Nats per character: running Chinese has about -6, names and headlines -8, characters drawn by lot below -11.
_READS = -9.0

# Nothing else is valid UTF-8 by chance.
_VALIDITY = 3.0
_GAIN = 2.5

# Japanese is about half kana, Korean nearly all hangul; Chinese read as either has hardly any.
_KANA_SHARE = 0.3
_NEARLY_ALL = 0.9
_READS_AS_WELL = -7.0
_FEWEST = 4

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_MOST_LOST = 0.25


class Recovered(Struct, frozen=True):
    """The runs of a line, read the right way, and how well that reads, in nats per character."""

    edits: tuple[Edit, ...]
    score: float


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield the edits that read a line's mojibake as it was meant."""
    if context.mirrored or is_about_damage(text):
        return
    recovered = [found for misdecoding in _MISDECODINGS if (found := _undone(misdecoding, text))]
    if recovered:
        yield from max(recovered, key=lambda found: found.score).edits
    else:
        yield from _single_byte(text)


def _undone(misdecoding: Misdecoding, text: str) -> Recovered | None:
    """Return a line with a misdecoding undone, or None where that is not what happened to it."""
    runs = [match for match in _pattern(misdecoding.run).finditer(text) if not is_quoted(text, *match.span())]
    edits = tuple(edit for match in runs if (edit := _reread(misdecoding, match)))
    sure = [edit for edit in edits if not edit.doubtful] or list(edits)
    result = "".join(edit.text for edit in sure).replace(_UNREADABLE, "")
    before = "".join(text[edit.start : edit.end] for edit in sure)
    is_valid = misdecoding.right == "utf-8" and not any(edit.doubtful for edit in edits)
    score = _score(result) + (_VALIDITY if is_valid else 0)
    if not _may_be(misdecoding, before) or not _is_enough(misdecoding, result, sure):
        return None
    return Recovered(edits, score) if score >= max(_READS, _score(before) + _GAIN) else None


def _may_be(misdecoding: Misdecoding, before: str) -> bool:
    """Tell whether a text looks like the outcome: East Asian, unless single bytes were read."""
    ink = _ink(before)
    return len(ink) >= misdecoding.least and (
        misdecoding.wrong == "cp1252" or 2 * len(_EAST_ASIAN.findall(ink)) >= len(ink)
    )


def _is_enough(misdecoding: Misdecoding, result: str, edits: list[Edit]) -> bool:
    longest = max((len(edit.text) for edit in edits), default=0)
    return len(_ink(result)) > 1 and (longest > 1 or misdecoding.run == _EUC)


def _reread(misdecoding: Misdecoding, match: re.Match[str]) -> Edit | None:
    """Return a run read again. It is doubtful where bytes were lost. The result is None where it gives no text."""
    raw = _bytes(match[0].replace("?", _UNREADABLE), misdecoding.wrong)
    result = raw.decode(misdecoding.right, "replace") if raw else ""
    lost = result.count(_UNREADABLE)
    if not result or result == match[0] or lost > _MOST_LOST * len(result) or (lost and misdecoding.right != "utf-8"):
        return None
    if not all(_TEXT.match(character) for character in result.replace(_UNREADABLE, "")):
        return None
    return Edit(match.start(), match.end(), result, KIND, 0.5 if lost else 0.95, doubtful=bool(lost))


def _bytes(text: str, encoding: str) -> bytes | None:
    """Return the bytes that `text` was read from, 0xFF for those that are lost; None where it cannot come from there.

    Browsers and editors read ISO-8859-1 as Windows code page 1252, and bytes that it lacks as control characters. They
    read 0x80, which GBK lacks, as the euro sign.
    """
    pieces: list[bytes] = []
    for character in text:
        if character == _UNREADABLE:
            pieces.append(b"\xff")
        elif character == "€" and encoding == "gb18030":
            pieces.append(b"\x80")
        elif encoding == "cp1252" and character <= "\xff":
            pieces.append(bytes((ord(character),)))
        else:
            try:
                pieces.append(character.encode(encoding))
            except UnicodeEncodeError:
                return None
    return b"".join(pieces)


def _score(text: str) -> float:
    """Return how well a text reads, in nats per character, in the language in which it reads best."""
    ink = _ink(text)
    if not ink:
        return -99.0
    kana, hangul, han = (len(pattern.findall(ink)) / len(ink) for pattern in (_KANA, _HANGUL, _HAN))
    japanese = kana >= _KANA_SHARE and kana + han >= _NEARLY_ALL and all(is_in(one, "euc_jp") for one in ink)
    if len(ink) >= _FEWEST and (japanese or hangul >= _NEARLY_ALL):
        return _READS_AS_WELL
    beyond = _ASCII.sub("", text)
    return general_model().score(beyond) / len(beyond)


def _ink(text: str) -> str:
    """Return the letters of a text: no marks, spaces or ASCII."""
    return "".join(character for character in text if character.isalpha() and not character.isascii())


def _single_byte(text: str) -> Iterator[Edit]:
    """Yield the edits for UTF-8 that was read in a single-byte encoding, by ftfy, which weighs them all."""
    from ftfy import fix_encoding

    for match in _SINGLE_BYTE.finditer(text):
        result = fix_encoding(match[0])
        if result != match[0] and not is_quoted(text, *match.span()):
            yield Edit(match.start(), match.end(), result, KIND, 0.95)


@cache
def _pattern(run: str) -> re.Pattern[str]:
    return re.compile(run)


LOST_KIND = "lost-character"

LOST = "\ufffd|锟斤拷|占쏙옙|嚙踝蕭"

_LOST = re.compile("\ufffd+|(?:锟斤拷)+(?:锟斤?)?|(?:占쏙옙)+|(?:嚙踝蕭)+")


def find_lost(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield doubtful edits for what is lost. A line that talks about it is left alone."""
    if context.mirrored:
        return
    for match in _LOST.finditer(text):
        if not is_quoted(text, match.start(), match.end()):
            yield Edit(match.start(), match.end(), "", LOST_KIND, 0.5, doubtful=True)
