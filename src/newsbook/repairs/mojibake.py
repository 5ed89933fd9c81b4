"""Text that was read in the wrong encoding: ä¸­å›½ and 涓浗 for 中国, ÖÐ¹ú for the same from GBK.

It is whole again when it is encoded the wrong way and decoded the right way. The result tells whether that is what
happened: it must be valid throughout, and read like Chinese, Japanese or Korean, and the text as it stands must not.
Where UTF-8 lost bytes on the way, the characters that they belonged to are doubtful, or known after all (`lostbytes`).
Where another encoding did, the whole line is doubtful and stays: nothing says where its bytes are in step again.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from itertools import groupby

from msgspec import Struct

from newsbook.repairs import lostbytes
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

_PAIR = 2

# GB 2312 has simplified characters that no Japanese standard has; KS X 1001 has all syllables that Korean prose needs,
# and spells the others with four pairs (annex 3).
_SIMPLIFIED = f"[{''.join(one for one in _rows(range(0xB0, 0xF8), range(0xA1, 0xFF)) if not is_in(one, 'cp932'))}]"
_ODD_HANGUL = f"[{''.join(one for one in map(chr, range(0xAC00, 0xD7A4)) if len(one.encode('euc_kr')) > _PAIR)}]"
_HIRAGANA = "[\u3041-\u3096]"

# What a page with mojibake in it cannot do without: a character, and in the text two odd ones close together.
SIGNS = (
    ("[\xa1-\xff]", f"[\xa1-\xff][{_HIGH}]"),
    ("[‚ƒ]", "[‚ƒ].[‚ƒ]"),
    (_BEGINS, f"{_BEGINS}[^\x00-\x7f]{{0,2}}{_BEGINS}"),
    ("[縺繧繝縲]", "[縺繧繝縲]..?[縺繧繝縲]"),
    ("[銝銋嚗隞摰]", "[銝銋嚗隞摰].{1,3}[銝銋嚗隞摰]"),
    ("､", "､[\uff66-\uff9f].{1,9}､[\uff66-\uff9f]"),
    (_HIRAGANA, f"{_SIMPLIFIED}{_HIRAGANA}+{_SIMPLIFIED}"),
    (_ODD_HANGUL, f"{_ODD_HANGUL}.{{0,6}}{_ODD_HANGUL}"),
    ("[\uac00-\ud7a3]", "(?:[\uac00-\ud7a3]+[\u4e00-\u9fff]+){3}"),
    ("[?\ufffd]", "(?:[?\ufffd]+[^\x00-\x7f\ufffd]{1,3}){5}"),
)
_SIGN = re.compile("|".join(f"(?:{both})" for _, both in SIGNS))
_ENOUGH_INK = 12


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
_WIDE = "(?![?\u3000]*(?:$|[\x00-\x3e]))\\?*(?!\u3000)(?:[^\x00-\x7f]+\\?*)+"
_LINE = "(?!\u3000)[^\x00-\x7f](?:.*[^\x00-\x1f ])?"

# Where several read equally well, the first is taken.
_MISDECODINGS = (
    Misdecoding("cp1252", "utf-8", f"[{_HIGH}][{_HIGH}\ufffd?]*"),
    Misdecoding("cp1252", "euc_jp", _EUC),
    Misdecoding("cp1252", "euc_kr", _EUC),
    Misdecoding("cp1252", "gb18030", _EUC),
    Misdecoding("cp1252", "gb18030", _NARROW),
    Misdecoding("cp1252", "big5hkscs", _NARROW),
    Misdecoding("cp1252", "cp932", _NARROW),
    Misdecoding("gb18030", "utf-8", _WIDE, 3),
    Misdecoding("big5hkscs", "utf-8", _WIDE, 3),
    Misdecoding("cp932", "utf-8", _WIDE, 3),
    Misdecoding("cp949", "utf-8", _WIDE, 3),
    Misdecoding("gb18030", "big5hkscs", _LINE, 8),
    Misdecoding("big5hkscs", "gb18030", _LINE, 8),
    Misdecoding("gb18030", "cp932", _LINE, 8),
    Misdecoding("gb18030", "euc_kr", _LINE, 8),
    Misdecoding("gb18030", "euc_jp", _LINE, 8),
    Misdecoding("cp932", "euc_jp", _LINE, 8),
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
_TEXT_OR_LATIN = re.compile(f"{_TEXT.pattern}|[\xa0-\u024f]")

# Nats per character: running Chinese has about -6, names and headlines -8, characters drawn by lot below -11.
_READS = -9.0

# Nothing else is valid UTF-8 by chance.
_VALIDITY = 3.0
_GAIN = 2.5

# Japanese is about half kana, Korean nearly all hangul; Chinese read as either has hardly any.
_KANA_SHARE = 0.3
_NEARLY_ALL = 0.9
_READS_AS_WELL = -7.0
_HAN_WORD = re.compile("[\u3400-\u9fff]{2,}")
# The mark of a long vowel in EUC-JP, read as GBK.
_EUC_LENGTH = re.compile("[\u30a1-\u30fa]〖")
_WRECKED = -12.5
_HAN_BASE, _HAN_WEIGHT = -1.0, 0.7
_FEWEST = 4

# So many characters of UTF-8 in a row are no chance, even if hardly one of them is whole.
_CERTAINLY = 8
_MOST_MISFITS = 0.05

# The commonest characters of news, in both scripts, are half of any text; in a wrong reading hardly any is among them.
COMMON = (
    "的一在有人国中是个我会大不系为以和了年到上行要新用日你时好可生嘅他这唔发出对来多家都法们地同作成月于过政加后工民件学就下方说病佢开者将自经得文能使前事本公动其部呢员如关安理定之主表分例全港而与进面数重"
    "业度制现去长所名但选当最美报心啲及实入内区市高被机间并问天社意周外应因建提示已特香程两状力先做议由点无毒相通期道次也起明从统更三果务咗子电合至小任第该或府指正性情等然手记总场西利些里立话体解今装设种只"
    "冠包资组目产几管知口式亚题持代交样导路受保真计平万没位展认何水化司接案回世住基打它向少感十告据常此信结需老元首想警流头又达北共传金试界院决还女华局未取教讲二见济马放处改调海党令联条引支斯反变始台活近死"
    "士布四强运网比食南单求服治物看举關係電於舉這齣時並問題來頭後國講當對個單議話間沒員內發進開點結變應佈現達會與種為記選華傳學樣們將報該區過說動數調兩從組導經處認還決萬設務體統長資網強見聯總幾狀黨場實產無"
    "濟馬條運機計業試製裝據裡亞併裏隻迴週臺爲"
)
_COMMONEST = frozenset(COMMON)
_COMMON = re.compile(f"[{COMMON}，。、：；“”「」]")
_LEAST_COMMON = 0.1

# What a line of which nine in ten characters are uncommon cannot do without; the rest of the line is passed over.
_UNCOMMON = re.compile(f"[^\x00-\x7f\u3041-\u30fc\uac00-\ud7a3{COMMON}，。、：；“”「」]{{9}}.*")

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_MOST_LOST = 0.4

# So many characters, and so many runs, tell how a text reads; and at the head of a longer run so large a share of
# misfits, what it is not.
_TELLING = 600
_TELLING_RUNS = 50
_PLAINLY_MISFITS = 0.15


# Where more of a run is unsure than this, all of it is: a few characters that are right make no sense alone.
_MOSTLY = 0.4

# Encodings that have no character for many pairs of GBK and EUC, which some programs drop without a trace.
_DROPPING = ("big5hkscs", "cp949", "cp932")

# A window of so many characters that reads worse than this is where a byte was dropped without a trace.
_WINDOW = 6
_WRECK = -12.0


# Of Big5's characters, GBK lacks the marks, which have A1 before a letter of ASCII.
_MARK_LOST = re.compile(b"\xff(?=[@-~])")


class Reread(Struct, frozen=True):
    """A run read again: the text that came out whole, what shows it, and how its edits are found, which takes longer.

    `whole` is how many of the run's `total` characters came out.
    """

    text: str
    before: str
    whole: int
    total: int
    edits: Callable[[], tuple[Edit, ...]]


class Recovered(Struct, frozen=True):
    """The runs of a line, read the right way, how well that reads, in nats per character, and whether it is certain."""

    runs: tuple[Reread, ...]
    score: float
    is_certain: bool = False


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield the edits that read a line's mojibake as it was meant."""
    if context.mirrored or not _is_odd(text) or is_about_damage(text):
        return
    recovered: list[Recovered] = []
    for misdecoding in _MISDECODINGS:
        if found := _undone(misdecoding, text):
            recovered = [found] if found.is_certain else [*recovered, found]
        if recovered and recovered[-1].is_certain:
            break
    if recovered:
        for run in max(recovered, key=lambda found: found.score).runs:
            yield from run.edits()
        return
    edits = tuple(_single_byte(text))
    yield from edits
    if not edits and is_gibberish(text) and _score(text) < _WRECKED:
        yield Edit(0, len(text), "", KIND, 0.5, doubtful=True)


def _is_odd(text: str) -> bool:
    """Tell whether a line may hold mojibake at all."""
    return bool(_SIGN.search(text)) or is_gibberish(text)


def holds_gibberish(text: str) -> bool:
    """Tell whether any line of a page is gibberish."""
    ends = (text.find("\n", match.start()) for match in _UNCOMMON.finditer(text))
    return any(is_gibberish(text[text.rfind("\n", 0, end) + 1 : end]) for end in ends)


def is_gibberish(line: str) -> bool:
    """Tell whether a line of some length has hardly any common character."""
    return len(_HAN.findall(line)) >= _ENOUGH_INK and not is_common(line)


def _undone(misdecoding: Misdecoding, text: str) -> Recovered | None:
    """Return a line with a misdecoding undone, or None where that is not what happened to it."""
    matches = [match for match in _pattern(misdecoding.run).finditer(text) if not is_quoted(text, *match.span())]
    if len(matches) > _TELLING_RUNS and not any(_reread(misdecoding, match) for match in matches[:_TELLING_RUNS]):
        return None
    runs = tuple(run for match in matches if (run := _reread(misdecoding, match)))
    result, before = "".join(run.text for run in runs), "".join(run.before for run in runs)
    whole, total = sum(run.whole for run in runs), sum(run.total for run in runs)
    is_valid = misdecoding.right == "utf-8" and (whole == total or total >= _CERTAINLY)
    if not _may_be(misdecoding, before) or not _is_enough(misdecoding, result, runs):
        return None
    is_mark = misdecoding.wrong == "cp1252" and whole == total and is_common(result)
    if is_valid and (is_mark or (total >= _CERTAINLY and whole >= _FEWEST)):
        return Recovered(runs, _READS_AS_WELL + _VALIDITY, is_mark and total >= _CERTAINLY)
    if whole < (1 - _MOST_LOST) * total or not (is_valid or is_common(result)):
        return None
    score = _score(result) + (_VALIDITY if is_valid else 0)
    return Recovered(runs, score) if score >= _READS and score >= _score(before) + _GAIN else None


def is_common(text: str) -> bool:
    """Tell, without the model, whether a text may be one that people write: it holds a few of the commonest characters.

    >>> is_common("渡口老街的早市六点开张"), is_common("娓″彛鑰佽鐨勬棭甯傚紑寮"), is_common("나루터")
    (True, False, True)
    """
    kana, hangul, han = (len(pattern.findall(text)) for pattern in (_KANA, _HANGUL, _HAN))
    letters = kana + hangul + han
    common = len(_COMMON.findall(text)) + sum(few for few in (kana, hangul) if few >= _KANA_SHARE / 2 * letters)
    return common > 0 and common >= _LEAST_COMMON * letters


def _may_be(misdecoding: Misdecoding, before: str) -> bool:
    """Tell whether a text looks like the outcome: East Asian, unless single bytes were read."""
    ink = _ink(before)
    return len(ink) >= misdecoding.least and (
        misdecoding.wrong == "cp1252" or 2 * len(_EAST_ASIAN.findall(ink)) >= len(ink)
    )


def _is_enough(misdecoding: Misdecoding, result: str, runs: tuple[Reread, ...]) -> bool:
    """Tell whether enough came out. Three bytes that are one character of East Asia in UTF-8 are enough together."""
    longest = max((len(run.text) for run in runs), default=0)
    if misdecoding.wrong == "cp1252" and misdecoding.right == "utf-8":
        return longest > 1 or all(_EAST_ASIAN.fullmatch(run.text) for run in runs)
    return len(_ink(result)) > 1 and (longest > 1 or misdecoding.run == _EUC)


def _reread(misdecoding: Misdecoding, match: re.Match[str]) -> Reread | None:
    """Return a run read again, or None where it gives no text."""
    read = _utf8 if misdecoding.right == "utf-8" else _other
    return read(misdecoding, match)


def _utf8(misdecoding: Misdecoding, match: re.Match[str]) -> Reread | None:
    """Return a run that was UTF-8. A question mark is a lost byte where the bytes around it call for one."""
    raw = _bytes(match[0], misdecoding.wrong)
    if raw is None or (len(match[0]) > _TELLING and _is_plainly_other(match[0][: _TELLING // 2], misdecoding.wrong)):
        return None
    with suppress(UnicodeDecodeError):
        return _all_there(match, raw.decode("utf-8"))
    return _with_losses(misdecoding, match)


def _is_plainly_other(head: str, wrong: str) -> bool:
    """Tell whether the head of a long run shows that it was no UTF-8."""
    characters = lostbytes.divided(_spelt(head, wrong) or [])
    misfits, whole = (
        sum(not one.fits for one in characters),
        sum(one.is_whole and len(one.bytes) > 1 for one in characters),
    )
    return misfits > _PLAINLY_MISFITS * len(characters) or whole < _FEWEST


def _all_there(match: re.Match[str], text: str) -> Reread | None:
    """Return a run of which no byte was lost."""
    if text == match[0] or not all(map(_TEXT_OR_LATIN.match, text)):
        return None
    edit = Edit(match.start(), match.end(), text, KIND, 0.95)
    return Reread(text, match[0], len(text), len(text), lambda: (edit,))


def _with_losses(misdecoding: Misdecoding, match: re.Match[str]) -> Reread | None:
    spelt = _spelt(match[0], misdecoding.wrong) or []
    characters = lostbytes.divided(spelt)
    if not all(one.is_whole for one in characters):
        spelt = [(None if match[0][place] == "?" else byte, place) for byte, place in spelt]
        characters = lostbytes.divided(spelt)
    whole = [one for one in characters if one.is_whole]
    text = "".join(bytes(byte or 0 for byte in one.bytes).decode("utf-8", "replace") for one in whole)
    misfits = sum(not one.fits for one in characters)
    if text == match[0] or not all(map(_TEXT_OR_LATIN.match, text)) or misfits > _MOST_MISFITS * len(characters):
        return None
    wrong = "gbk" if misdecoding.wrong == "gb18030" else misdecoding.wrong

    def edits() -> tuple[Edit, ...]:
        return tuple(_edits(match, lostbytes.read(characters, wrong)))

    return Reread(text, match[0], len(whole), len(characters), edits)


def _edits(match: re.Match[str], pieces: list[lostbytes.Fragment]) -> Iterator[Edit]:
    """Yield the edits of a run that was UTF-8: neighbours that are equally sure are one."""
    unsure = sum(len(piece.text) for piece in pieces if not piece.sure)
    if unsure > _MOSTLY * sum(len(piece.text) for piece in pieces):
        guess = "".join(piece.text for piece in pieces)
        yield Edit(match.start(), match.end(), guess, KIND, 0.5, doubtful=True)
        return
    for sure, group in groupby(pieces, key=lambda piece: piece.sure):
        joined = list(group)
        start, end = match.start() + joined[0].start, match.start() + joined[-1].end
        yield Edit(start, end, "".join(piece.text for piece in joined), KIND, 0.95 if sure else 0.5, doubtful=not sure)


def _other(misdecoding: Misdecoding, match: re.Match[str]) -> Reread | None:
    """Return a run that was in an encoding of one or two bytes. All of it is doubtful where bytes were lost."""
    raw = _bytes(match[0].replace("?", _UNREADABLE), misdecoding.wrong)
    if not raw:
        return None
    result, is_whole = _decoded(raw, misdecoding.right)
    text = result.replace(_UNREADABLE, "")
    odd = len(text) - len(_TEXT.findall(text))
    if not text or result == match[0] or odd + result.count(_UNREADABLE) > _MOST_LOST * len(result):
        return None
    is_narrow = misdecoding.wrong == "cp1252"
    if is_narrow and (odd or not is_whole):
        return None

    def edits() -> tuple[Edit, ...]:
        unsure = bool(odd) or not is_whole or misdecoding.wrong in _DROPPING or (not is_narrow and _has_wreck(text))
        return (Edit(match.start(), match.end(), result, KIND, 0.5 if unsure else 0.95, doubtful=unsure),)

    return Reread(text, match[0], len(text), len(result), edits)


def _decoded(raw: bytes, encoding: str) -> tuple[str, bool]:
    """Return bytes as text, and whether all are there. Behind a lost one, 0xFF, they are read as they read best."""
    try:
        return raw.decode(encoding), True
    except UnicodeDecodeError:
        pass
    if encoding == "big5hkscs":
        raw = _MARK_LOST.sub(b"\xa1", raw)
    readings = [
        [chunk.decode(encoding, "replace"), _UNREADABLE + chunk[1:].decode(encoding, "replace")]
        for chunk in raw.split(b"\xff")
    ]
    return _UNREADABLE.join(max(both, key=_how_common) for both in readings), False


def _how_common(text: str) -> int:
    return len(_KANA.findall(text)) + sum(map(_COMMONEST.__contains__, text)) - 2 * text.count(_UNREADABLE)


def _has_wreck(text: str) -> bool:
    """Tell whether text that is Chinese reads badly somewhere: bytes may be dropped without a trace."""
    if _KANA.search(text) or _HANGUL.search(text):
        return False
    windows = (text[at : at + _WINDOW] for at in range(0, max(1, len(text) - _WINDOW), 2))
    return any(general_model().score(window) < _WRECK * len(window) for window in windows)


def _spelt(text: str, encoding: str) -> list[tuple[int | None, int]] | None:
    """Return the bytes that `text` was read from, each with its place, None for one that is lost."""
    found: list[tuple[int | None, int]] = []
    for place, character in enumerate(text):
        raw = _bytes(character, encoding)
        if raw is None:
            return None
        found.extend((None if character == _UNREADABLE else byte, place) for byte in raw)
    return found


def _bytes(text: str, encoding: str) -> bytes | None:
    """Return the bytes that `text` was read from, 0xFF for those that are lost; None where it cannot come from there.

    Browsers and editors read ISO-8859-1 as Windows code page 1252, and bytes that it lacks as control characters. They
    read 0x80, which GBK lacks, as the euro sign.
    """
    errors = _AS_LATIN_1 if encoding == "cp1252" else "strict"
    try:
        if encoding != "gb18030":
            return b"\xff".join(piece.encode(encoding, errors) for piece in text.split(_UNREADABLE))
        pieces = (piece.split("€") for piece in text.split(_UNREADABLE))
        return b"\xff".join(b"\x80".join(part.encode(encoding) for part in piece) for piece in pieces)
    except UnicodeEncodeError:
        return None


_AS_LATIN_1 = "newsbook-as-latin-1"


def _as_latin_1(error: UnicodeError) -> tuple[bytes, int]:
    """Encode what code page 1252 lacks as ISO-8859-1, which may lack it, too."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error(_AS_LATIN_1, _as_latin_1)


@lru_cache(maxsize=4)
def _score(text: str) -> float:
    """Return how well a text reads, in nats per character, in the language in which it reads best."""
    ink = _ink(text[:_TELLING])
    if not ink:
        return -99.0
    if _EUC_LENGTH.search(text):
        return _WRECKED
    kana, hangul, han = (len(pattern.findall(ink)) / len(ink) for pattern in (_KANA, _HANGUL, _HAN))
    japanese = kana >= _KANA_SHARE and kana + han >= _NEARLY_ALL and all(is_in(one, "euc_jp") for one in ink)
    if len(ink) >= _FEWEST and hangul >= _NEARLY_ALL:
        return _READS_AS_WELL
    if len(ink) >= _FEWEST and japanese:
        return _words_in_han(ink)
    beyond = _ASCII.sub("", text[:_TELLING])
    return general_model().score(beyond) / len(beyond)


def _words_in_han(text: str) -> float:
    """Return how well Japanese reads: by its words in Han, most of which Chinese has as well, so far as they tell."""
    words = "，".join(_HAN_WORD.findall(text))
    return _HAN_BASE + _HAN_WEIGHT * general_model().score(words) / len(words) if words else _READS_AS_WELL


def _ink(text: str) -> str:
    """Return the letters of a text: no marks, spaces or ASCII."""
    return "".join(character for character in text if character.isalpha() and not character.isascii())


def _single_byte(text: str) -> Iterator[Edit]:
    """Yield the edits for UTF-8 that was read in a single-byte encoding, by ftfy, which weighs them all."""
    for match in _SINGLE_BYTE.finditer(text):
        result = _fixed(match[0])
        if result != match[0] and not is_quoted(text, *match.span()):
            yield Edit(match.start(), match.end(), result, KIND, 0.95)


@lru_cache(maxsize=1024)
def _fixed(run: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(run)


@cache
def _pattern(run: str) -> re.Pattern[str]:
    return re.compile(run)
