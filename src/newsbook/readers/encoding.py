"""Turn bytes into text. The byte order mark tells the encoding, or the user, or UTF-8's strictness, or the text itself.

GB18030, Big5, EUC-KR and their kin share most of their byte ranges, so that a page in one of them is often valid in
the others. The text tells them apart. In the right reading, about a third of it are the few characters that the
language cannot do without. In a wrong one, hardly any are.
"""

import codecs
import re

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, Place, UsageError
from newsbook.readers.binaries import refuse_controls, refuse_signature
from newsbook.readers.interface import RawPage

# The Unicode Standard, section 23.8, "Byte Order Mark": the longer ones first, as FF FE begins two of them.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Function words and the commonest nouns of news, in both scripts; the commonest syllables of Korean.
_CHINESE = (
    "的一是不了在人有我他这这個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于着下自之年过過"
    "发發后後作里用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣"
    "理心本前开開但因只从從想实實日者意无無新工将將与與市月报報记記公区區电電及并並名高被社民第全长長业業关關化"
)
_KOREAN = "이다는에을의가를로고하한지도기사은서자대인시해일어리정으나전부수년원들라스과보상만장있했구국"
_KANA = re.compile("[\N{HIRAGANA LETTER SMALL A}-\N{HIRAGANA LETTER N}\N{KATAKANA LETTER A}-\N{KATAKANA LETTER N}]")
_COMMON = frozenset(_CHINESE + _KOREAN + "，。、：“”「」")

_GUESSES = ("utf-8", "gb18030", "big5hkscs", "euc_jp", "cp932", "cp949")
_WIDE_GUESSES = ("utf-16-le", "utf-16-be")
_NAMES = {"big5hkscs": "big5", "cp932": "shift_jis", "cp949": "euc-kr", "euc_jp": "euc-jp"}
# The Encoding Standard, section 4.2: what pages call by one name is read as its superset. https://encoding.spec.whatwg.org/
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
_SAMPLE = 20_000
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"

# Right readings of news score 0.25 and more, wrong ones 0.03 and less.
_PLAUSIBLE = 0.06

# A right reading of a page with few words on it may be as low as this.
_BELIEVED = 0.1

# A piece that is valid in the page's encoding is in another where that reads so well, so many times as well, and has so
# many characters beyond ASCII: of 83,000 lines in five encodings, two are taken for what they are not.
_PLAIN = 0.25
_PLAINLY_BETTER = 4
_ENOUGH_PLAIN = 10

# A trail byte of GB18030, Big5 or Shift_JIS may be ASCII, and is no part of a run.
_ASCII_RUN = re.compile(rb"([\x00-\x7f]{4})[\x00-\x7f]{20,}")

# Where a page may go over into another encoding: at a line's end or a tag, whose bytes are no part of a character.
_PIECE = re.compile(rb"((?:\r\n|[\n\r<>])+)")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

# So many characters of three bytes are valid UTF-8 by no chance, and so many in another encoding tell which.
_ENOUGH_UTF_8 = 4
_ENOUGH_TEXT = 6

# Beyond this share of broken bytes a page is not a damaged text but something else.
_MOST_BROKEN = 0.1

# A damaged text may hold a NUL; half of what is in UTF-16, and no more than ASCII, are NULs.
_FEW_NULS = 0.02

# XML 1.0 §2.8, production 23. https://www.w3.org/TR/xml/#sec-prolog-dtd
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)")


class Decoded(Struct, frozen=True):
    """Text, and the name of the encoding that it was in."""

    text: str
    encoding: str


def decode(page: RawPage, stated: str = "") -> Decoded:
    """Return the text of `page`, with U+FFFD for bytes that cannot be read. Those are reported as a finding.

    `stated` is the encoding that the page itself states. It is believed unless the text says otherwise.
    Raises `UsageError` where the user's encoding is unknown, and `InputError` where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if page.raw.startswith(mark):
            return _sound(page, _finish(page, page.raw[len(mark) :], encoding))
    if page.encoding:
        return _sound(page, _finish(page, page.raw, _known(page.encoding)))
    refuse_signature(page.name, page.raw)
    if stated:
        return _finish(page, page.raw, _believed(page, stated))
    if _is_valid(page.raw, "utf-8") and page.raw.count(b"\0") <= len(page.raw) * _FEW_NULS + 1:
        refuse_controls(page.name, page.raw)
        return _finish(page, page.raw, "utf-8")
    return _guessed(page)


def _sound(page: RawPage, decoded: Decoded) -> Decoded:
    """Return what was decoded as somebody said. Raises `InputError` where that gives no text."""
    refuse_controls(page.name, decoded.text.encode("utf-8", "replace"))
    return decoded


def _guessed(page: RawPage) -> Decoded:
    encoding = _guess((page.raw[:_SAMPLE],), _WIDE_GUESSES) if len(page.raw) % 2 == 0 else ""
    if not encoding:
        refuse_controls(page.name, page.raw)
        rest = _without_utf_8(page.raw)
        encoding = (_guess(_pieces(rest), _GUESSES) or _fallback(page)) if rest else "utf-8"
    message = f"nothing says in which encoding the page is; it was taken to be in {_NAMES.get(encoding, encoding)}."
    page.report(Diagnostic(Code.ENCODING_GUESSED, message, Place(page.name), "Name another with --encoding."))
    return _finish(page, page.raw, encoding)


def _without_utf_8(raw: bytes) -> bytes:
    """Return a page without the pieces that are UTF-8 by no chance: nothing where that is most of its text."""
    pieces = [piece for piece in _PIECE.split(raw) if not piece.isascii()]
    others = [piece for piece in pieces if len(piece) < 3 * _ENOUGH_UTF_8 or not _is_valid(piece, "utf-8")]
    return b"\n".join(others) if 2 * sum(map(len, others)) >= sum(map(len, pieces)) else b""


def _believed(page: RawPage, stated: str) -> str:
    """Return the encoding that a page states, or, with a finding, another in which its text plainly reads better."""
    try:
        encoding = _known(stated)
    except UsageError:
        encoding = ""
    telling = _without_ascii(page.raw)
    found = "utf-8" if _is_valid(page.raw, "utf-8") else _guess(_pieces(telling), _GUESSES)
    if not telling or not found:
        return encoding or "utf-8"
    reads_well = encoding and plausibility(telling.decode(encoding, "replace")) >= _BELIEVED
    if found == encoding or (found != "utf-8" and reads_well and _mostly_valid(telling, encoding)):
        return encoding
    message = f"the page states that it is in {stated}, and is in {_NAMES.get(found, found)}."
    page.report(Diagnostic(Code.ENCODING_MISSTATED, message, Place(page.name), "Name another with --encoding."))
    return found


def _without_ascii(raw: bytes) -> bytes:
    """Return the first bytes of a page that tell its encoding: long runs of ASCII, as of markup, do not."""
    return _ASCII_RUN.sub(rb"\1\n", raw)[:_SAMPLE] if not raw.isascii() else b""


def _mostly_valid(raw: bytes, encoding: str) -> bool:
    text = raw.decode(encoding, "replace")
    beyond = sum(character > "\x7f" for character in text)
    return text.count(_UNREADABLE) <= beyond * _MOST_BROKEN


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"“{encoding}” is no encoding; try utf-8, gb18030, big5, euc-jp, shift_jis or euc-kr."
        ) from error
    return _SUPERSETS.get(name, name)


def _is_valid(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _pieces(raw: bytes) -> tuple[bytes, ...]:
    return tuple(piece for piece in _PIECE.split(raw[:_SAMPLE]) if not piece.isascii())


def _guess(pieces: tuple[bytes, ...], encodings: tuple[str, ...]) -> str:
    """Return the encoding in which the most of a page reads best, or nothing where it reads well in none.

    A piece in another encoding may be full of what is broken, and counts no more against the page than one that is odd.
    """
    scores = {encoding: _share_read(pieces, encoding) for encoding in encodings}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= _PLAUSIBLE else ""


def _share_read(pieces: tuple[bytes, ...], encoding: str) -> float:
    """Return the plausibility of a page in an encoding, each piece by its length."""
    texts = [piece.decode(encoding, "replace") for piece in pieces]
    lengths = [sum(character > "\x7f" for character in text) for text in texts]
    read = sum(length * max(plausibility(text), 0.0) for text, length in zip(texts, lengths, strict=True) if length)
    return read / max(sum(lengths), 1)


def plausibility(text: str) -> float:
    """Return the share of a text's characters beyond ASCII that are common in news, less what is broken in it."""
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 0.0
    common = sum(character in _COMMON for character in beyond) + len(_KANA.findall(text))
    broken = sum(character == _UNREADABLE or "\ue000" <= character <= "\uf8ff" for character in beyond)
    return (common - 2 * broken) / len(beyond)


def _fallback(page: RawPage) -> str:
    """Return what a page too short or too odd to judge is read as: the superset of the commonest encoding."""
    text = page.raw.decode("gb18030", "replace")
    if text.count(_UNREADABLE) > len(text) * _MOST_BROKEN:
        raise InputError(f"{page.name} is in no encoding that could be recognised; name it with --encoding.")
    return "gb18030"


def _finish(page: RawPage, raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, "replace") if page.encoding or encoding in _WIDE else _piecewise(page, raw, encoding)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    name = _NAMES.get(encoding, encoding)
    if _UNREADABLE in text and not _is_valid(raw, encoding):
        _report_broken(page, text, name)
    return Decoded(text, name)


def _piecewise(page: RawPage, raw: bytes, encoding: str) -> str:
    """Return the text of a page of which pieces may be in another encoding. Those are reported as a finding."""
    if encoding == "utf-8" and _is_valid(raw, encoding):
        return raw.decode(encoding)
    texts: list[str] = []
    odd: dict[str, int] = {}
    line = 1
    for piece in _PIECE.split(raw):
        own = encoding if piece.isascii() else _encoding_of(piece, encoding)
        if own != encoding:
            odd.setdefault(own, line)
        line += len(_LINE_END.findall(piece))
        texts.append(piece.decode(own, "replace"))
    name = _NAMES.get(encoding, encoding)
    for other, first in odd.items():
        message = (
            f"pieces of the page are in {_NAMES.get(other, other)}, the first in line {first}, the rest in {name}."
        )
        page.report(
            Diagnostic(Code.ENCODING_MIXED, message, Place(page.name, first), "Compare them with the original.")
        )
    return "".join(texts)


def _encoding_of(piece: bytes, encoding: str) -> str:
    """Return the encoding of a piece of a page in `encoding`: that, unless it is plain that it is another."""
    if encoding != "utf-8" and _is_valid(piece, "utf-8"):
        text = piece.decode("utf-8")
        is_plain = sum(character > "\u07ff" for character in text) >= _ENOUGH_UTF_8
        better = plausibility(text) > plausibility(piece.decode(encoding, "replace"))
        return "utf-8" if (is_plain and better) or not _is_valid(piece, encoding) else encoding
    is_valid = _is_valid(piece, encoding)
    own = plausibility(piece.decode(encoding, "replace"))
    # What is valid UTF-8 is no other encoding.
    if is_valid and (encoding == "utf-8" or own > _PLAIN):
        return encoding
    scores = {one: plausibility(piece.decode(one)) for one in _GUESSES if one != encoding and _is_valid(piece, one)}
    best = max(scores, key=lambda one: scores[one], default=encoding)
    text = piece.decode(best, "replace")
    if is_valid:
        beyond = sum(character > "\x7f" for character in text)
        is_plain = beyond >= _ENOUGH_PLAIN and scores.get(best, 0.0) >= max(_PLAIN, _PLAINLY_BETTER * own)
    else:
        is_plain = len(text) >= _ENOUGH_TEXT and scores.get(best, 0.0) >= _BELIEVED
    return best if is_plain else encoding


def _report_broken(page: RawPage, text: str, name: str) -> None:
    at = text.find(_UNREADABLE)
    line = len(re.findall(r"\r\n|\r|\n", text[:at])) + 1
    message = f"{text.count(_UNREADABLE)} characters cannot be read as {name}; the first is in line {line}."
    hint = "If the page is in another encoding, name it with --encoding."
    page.report(Diagnostic(Code.ENCODING_BROKEN, message, Place(page.name, line), hint))


def decode_xml(page: RawPage) -> Decoded:
    """Return the text of an XML document without its declaration, which holds for bytes alone."""
    declared = _ENCODING.match(page.raw[:1000])
    decoded = decode(page, declared[1].decode("ascii") if declared else "")
    return Decoded(_DECLARATION.sub("", decoded.text, count=1), decoded.encoding)
