"""Marks and full-width forms by the language of an article, where the user asks for them.

Chinese has full-width marks. Its letters and digits are half-width, as GB/T 15835-2011 has them. Its quotation marks
follow the script: “ ” and ‘ ’ in simplified Chinese (GB/T 15834-2011 §4.8), 「 」 and 『 』 in traditional Chinese
(《重訂標點符號手冊》 of Taiwan's Ministry of Education, and the usage of Hong Kong). Japanese has corner brackets,
full-width marks beside its characters and full-width katakana (JLREQ §2.1). Its digits stay, for both widths are in
use. Korean has curly quotation marks (한글 맞춤법, 문장 부호). What stands between Latin letters is an apostrophe. A
passage without a character of the language keeps what it has.
"""

import re
import unicodedata
from enum import StrEnum
from functools import partial

from newsbook.cjk import is_han, widened
from newsbook.conversion.scripts import Target, script_of
from newsbook.conversion.wording import Change, reworded
from newsbook.model import Article


class Marks(StrEnum):
    """Whose marks an article is set with: its own, or those of its language."""

    KEEP = "keep"
    LOCALE = "locale"


# Straight quotation marks in pairs, within one sentence or around whole ones; an inch or a second has no partner.
_STRAIGHT = re.compile('"([^"]+)"')

# A full stop behind Han that ends what is said: no ellipsis, no abbreviation, no number.
_STOP = re.compile("(?<![.])[.](?=$|[\\s”’」』）])")

# A blank behind a full-width mark, which has its own air.
_BLANK = re.compile("(?<=[，。、；：！？）」』”’》]) +(?=\\S)")

# Unicode 17, “Halfwidth and Fullwidth Forms”: letters and digits; katakana and marks of a half em.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW = re.compile("[｡-ﾟ]+")

_CURLY, _CORNER = "“”‘’", "「」『』"
_TO_CORNERS = str.maketrans(_CURLY, _CORNER)
_TO_CURLY = str.maketrans(_CORNER, _CURLY)

# Single marks only in pairs: a lone one is an apostrophe.
_PAIR = re.compile("‘([^‘’]*)’")
_DOUBLE = re.compile("[“”]")


def localise(article: Article, language: str, marks: Marks) -> Article:
    """Return `article`, which is in `language`, with `marks`. Where nothing changes, it is the same object."""
    change = _change(language) if marks is Marks.LOCALE else None
    changed = article if change is None else reworded(article, change)
    return article if changed == article else changed


def _change(language: str) -> Change | None:
    if script_of(language) is not Target.KEEP:
        is_simplified = script_of(language).is_simplified
        return partial(_chinese, is_simplified=is_simplified)
    return _OTHERS.get(language.partition("-")[0])


def _chinese(text: str, *, is_simplified: bool) -> str:
    """Return a Chinese text with the marks of its script.

    >>> _chinese('他說: "Wi-Fi在２樓(靠窗)."', is_simplified=False)
    '他說：「Wi-Fi在2樓（靠窗）。」'
    >>> _chinese("「看《渡口志》，」他说", is_simplified=True)
    '“看《渡口志》，”他说'
    """
    if not any(map(is_han, text)):
        return text
    curly = _stopped(_joined(widened(_paired(_narrowed(text)))))
    return to_curly(curly) if is_simplified else to_corners(curly)


def _japanese(text: str) -> str:
    """Return a Japanese text with corner brackets and full-width forms.

    >>> _japanese("彼は“ﾊﾟﾝ”と言った(笑)｡")
    '彼は「パン」と言った（笑）。'
    """
    if not any(map(is_han, text)):
        return text
    whole = _NARROW.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return to_corners(_joined(widened(_paired(whole))))


def _korean(text: str) -> str:
    """Return a Korean text with curly quotation marks.

    >>> _korean('그는 "나루터"라고 했다.')
    '그는 “나루터”라고 했다.'
    """
    return _paired(text)


_OTHERS: dict[str, Change] = {"ja": _japanese, "ko": _korean}


def _paired(text: str) -> str:
    """Return `text` with curly quotation marks for pairs of straight ones, unless what they quote is all Latin."""
    return _STRAIGHT.sub(lambda match: match[0] if match[0].isascii() else f"“{match[1]}”", text)


def _stopped(text: str) -> str:
    """Return `text` with full stops as Chinese has them behind Han and its marks."""
    return _STOP.sub(lambda match: "。" if _ends_chinese(text[: match.start()]) else ".", text)


def _ends_chinese(text: str) -> bool:
    return bool(text) and (is_han(text[-1]) or text[-1] in "）》」”")


def _joined(text: str) -> str:
    return _BLANK.sub("", text)


def _narrowed(text: str) -> str:
    return _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def to_corners(text: str) -> str:
    """Return `text` with corner brackets for curly quotation marks.

    >>> to_corners("他说：“读到‘渡口’，It’s fine。”"), to_corners("“It’s ‘fine’,” he said.")
    ('他说：「读到『渡口』，It’s fine。」', '“It’s ‘fine’,” he said.')
    """
    if not any(map(is_han, text)):
        return text
    paired = _PAIR.sub(lambda match: _cornered(match, text), text)
    return _DOUBLE.sub(lambda match: match[0].translate(_TO_CORNERS), paired)


def _cornered(match: re.Match[str], text: str) -> str:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    is_chinese = any(map(is_han, match[1])) or not (around.isascii() and around)
    return f"『{match[1]}』" if is_chinese else match[0]


def to_curly(text: str) -> str:
    """Return `text` with curly quotation marks for corner brackets.

    >>> to_curly("他說：「讀到『渡口』了。」")
    '他說：“讀到‘渡口’了。”'
    """
    return text.translate(_TO_CURLY)
