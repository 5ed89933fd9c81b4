"""The words of a page's furniture: what buttons, counters and widgets say, as opposed to what stories say."""

import re
from functools import cache

from newsbook.desk.rules import finder, table

_SPLIT = re.compile(r"[:\s|丨/·•>»›《》«<【】\[\]()・,、◆●■★☆▼▲→←↑↓]+")
_MOST_PIECES = 40


def furniture(plain: str) -> str:
    """Return the kind of furniture that the folded line `plain` is, or nothing where it may be text.

    >>> furniture("分享到: 微信 微博 QQ空间"), furniture("阅读 (10万+) 点赞 2346"), furniture("微博上的渡口")
    ('share-bar', 'tool-bar', '')
    """
    pieces = [piece for piece in _SPLIT.split(plain.lower()) if piece]
    if len(pieces) > _MOST_PIECES:
        return ""
    kinds = [_kind(piece) for piece in pieces]
    named = [kind for kind in kinds if kind != "count"]
    return named[0] if all(kinds) and named else ""


@cache
def _kinds() -> dict[str, str]:
    """Return the words of furniture, each with its kind."""
    return {word: rule.kind for rule in table("furniture")["words"] for word in rule.words.split()}


def _kind(piece: str) -> str:
    kind = _kinds().get(piece, "")
    if kind:
        return kind
    if finder("furniture", "count")(piece):
        return "count"
    return "tool-bar" if finder("furniture", "counted")(piece) else ""
