"""Quotation marks follow the script: “ ” and ‘ ’ in simplified Chinese, 「 」 and 『 』 in traditional Chinese.

GB/T 15834-2011 §4.8 has the former; the 《重訂標點符號手冊》 of Taiwan's Ministry of Education has the latter, and
so has Hong Kong's usage. What stands between Latin letters is an apostrophe, and a passage without Han keeps its marks.
"""

import re

from newsbook.cjk import is_han

_CURLY, _CORNER = "“”‘’", "「」『』"
_TO_CORNERS = str.maketrans(_CURLY, _CORNER)
_TO_CURLY = str.maketrans(_CORNER, _CURLY)

# Single marks only in pairs: a lone one is an apostrophe.
_PAIR = re.compile("‘([^‘’]*)’")
_DOUBLE = re.compile("[“”]")


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
