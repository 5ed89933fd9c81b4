"""Split a list of names as it is printed into names, and tell what can be the name of a person."""

import re
from functools import cache

from newsbook.desk.rules import finder, words
from newsbook.script import fold

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_PERSON = re.compile(
    "[가-힣]{2,4}|"
    rf"{_HAN}{{2,4}}|{_HAN}{{1,6}}(?:[·‧•・]{_HAN}{{1,8}})+|{_HAN} {{1,2}}{_HAN}"
    rf"|[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*){{0,3}}"
)
_JAPANESE = re.compile(
    r"[\u4e00-\u9fff々ヶ]{2,3}[\u3040-\u9fff々]{1,3}(?<![新闻社网报部局课版场庁会院校馆所町市県村区室队団])"
)
# A name of four characters has a surname of two, or those of both parents.
_LONGEST_HAN = 4
_BETWEEN = re.compile(r"\s*[、，,;；/／|｜&＆]\s*")
_STAFF_NUMBER = re.compile(r"[\s_-]*[(\[]?(?:[A-Z]{1,4}[-_]?\d{2,6}|\d{3,8})[)\]]?$")
_REMARK = re.compile(
    r"\s*(?:[(](?:实习生?|见习|署名|微博|整理|编译|文|图|文图|摄影|本报"
    r"|特约|主任|笔名|责编)[)]|(?:综合|摄影|图文|文图|采访|现场|专题"
    r"|联合)?(?:报道|报导|摄影|采写|整理)| (?:文|撰|摄)|@.*)$"
)
_PUNCTUATION = " 　:：,，.。;；、|｜-—_/／"
_SHORTEST_SURNAME, _LONGEST_SURNAME = 2, 3
_INNER_SPACE = re.compile(r"(?<=[一-鿿々ぁ-んァ-ヶ])\s(?=[一-鿿々ぁ-んァ-ヶ])")


def split_names(printed: str) -> tuple[str, ...]:
    """Return the names in `printed`, in order, without staff numbers and remarks.

    >>> split_names("張三、李 四／John Smith NB1234")
    ('張三', '李四', 'John Smith')
    """
    names: list[str] = []
    for part in _BETWEEN.split(printed):
        names += _words(_bare(part))
    return tuple(dict.fromkeys(name for name in names if name))


def is_person(name: str) -> bool:
    """Tell whether `name` has the form of a person's name; a Han name must begin with a surname.

    >>> is_person("林小滿"), is_person("司馬青衫"), is_person("雲溪日報")
    (True, True, False)
    """
    plain = fold(name)
    if not _PERSON.fullmatch(plain):
        return False
    if "·" in plain or plain[0].isascii():
        return True
    if "가" <= plain[0] <= "힣":
        return plain[0] in _surnames("korean_surnames")
    single = _surnames("surnames")
    double = plain[:2] in words("names", "compound_surnames") or {*plain[:2]} <= single
    return double if len(plain) == _LONGEST_HAN else plain[0] in single or double


@cache
def _surnames(rule: str) -> frozenset[str]:
    return frozenset("".join(words("names", rule)))


@cache
def _of_surnames() -> frozenset[str]:
    return frozenset("".join(words("japanese", "surnames")))


def begins_as_japanese(name: str) -> bool:
    """Tell whether what may be a Japanese name begins with two characters that surnames are made of.

    >>> begins_as_japanese("沢渡小春"), begins_as_japanese("現場報導")
    (True, False)
    """
    plain = fold(name)
    return len(plain) > _SHORTEST_SURNAME and may_be_japanese(name) and _of_surnames().issuperset(plain[:2])


def may_be_japanese(name: str) -> bool:
    """Tell whether `name`, which stands where only one can, has the form of a Japanese one, of which no list is whole.

    >>> may_be_japanese("木曽路まゆみ"), may_be_japanese("渡口新聞")
    (True, False)
    """
    return bool(_JAPANESE.fullmatch(fold(name)))


def set_solid(name: str) -> str:
    """Return a Japanese name without the space between surname and given name."""
    return _INNER_SPACE.sub("", name)


def is_japanese_name(name: str) -> bool:
    """Tell whether a name begins with one of the commonest Japanese surnames, and goes on as a name does.

    >>> is_japanese_name("森下一郎"), is_japanese_name("渡口大学")
    (True, False)
    """
    plain = fold(set_solid(name))
    surnames = words("japanese", "surnames")
    begins = any(plain[:length] in surnames for length in range(1, min(_LONGEST_SURNAME, len(plain) - 1) + 1))
    return begins and len(plain) > _SHORTEST_SURNAME and may_be_japanese_name(plain)


def may_be_japanese_name(name: str) -> bool:
    """Tell whether `name` has the form of a Japanese one, and is no word of those that have it and name nobody."""
    return may_be_japanese(name) and not finder("japanese", "nobody")(fold(name))


def _bare(part: str) -> str:
    """Return `part` without what stands around a name; its width and script stay as printed."""
    end = len(part)
    for pattern in (_STAFF_NUMBER, _REMARK, _STAFF_NUMBER):
        match = pattern.search(fold(part[:end]))
        if match and match.start() > 0:
            end = match.start()
    return part[:end].strip(_PUNCTUATION)


def _words(part: str) -> list[str]:
    """Split at spaces, but keep a Latin name whole, and close up a name that was spaced to the width of three."""
    if re.fullmatch(r"[\x00-\u024f’]+", part):
        return [part]
    if re.fullmatch(rf"{_HAN}\s+{_HAN}", part):
        return [re.sub(r"\s+", "", part)]
    joined: list[str] = []
    for word in part.split():
        single = len(word) == 1 and joined and len(joined[-1]) == 1
        latin = word.isascii() and joined and joined[-1].isascii()
        joined = [*joined[:-1], joined[-1] + (" " if latin else "") + word] if single or latin else [*joined, word]
    return joined
