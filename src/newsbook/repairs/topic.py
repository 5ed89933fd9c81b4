"""Tell damage from a text that talks about damage: “锟斤拷” in quotation marks is what somebody wrote."""

import re

_ABOUT = re.compile(
    "乱码|亂碼|文字化け|글자 ?깨짐|깨진 글자|mojibake|编码|編碼|エンコード|인코딩|encoding", re.IGNORECASE
)
_OPENERS, _CLOSERS = "“‘「『《（(\"'", "”’」』》）)\"'"


def is_about_damage(text: str) -> bool:
    """Tell whether a line speaks of encodings or of text gone wrong."""
    return bool(_ABOUT.search(text))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether what stands from `start` to `end` of a line is quoted as it is."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    enclosed = bool(before and behind) and before in _OPENERS and behind in _CLOSERS
    return enclosed or is_about_damage(text)
