"""Tell whose name stands beside a date where nothing says that it is one: surely a person's, maybe one's, or nobody's.

So short a line may as well name a place, a column or a paper. A name of three characters with a common surname is a
person's; one of two is too short to tell, and is a person's beside another that is.
"""

import re
from functools import partial

from newsbook.desk.names import is_japanese_name, is_person, may_be_japanese_name, split_names
from newsbook.desk.rules import finder, words
from newsbook.script import fold

_find = partial(finder, "unlabelled")
_HANGUL = re.compile("[가-힣]+")
_SURE_LENGTH = 3
_PARTS = 2
_WITH_DOUBLE = 4
_KOREAN_DIVISIONS = frozenset("도시군구")
_KOREAN_DOUBLE = frozenset({"남궁", "황보", "선우", "제갈", "독고", "사공", "서문"})
# Of a name in Latin letters, each word begins with a capital; what ends as this does is no person.
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]+(?: [A-Z][A-Za-z'’.-]*){1,2}")
_LATIN_HOUSE = re.compile(r"(?:News|Times|Post|Daily|Press|Journal|Online|Media|Today|Tribune|Herald|Team|Desk|Staff)$")
_DESK = re.compile(
    "(?:编辑|编集|采访|报道|取材)(?:部|班|组|室)$|^(?:社会|政治|経済|经济|文化|国际|运动|地方|科学|生活|スポーツ)部$|(?:편집국|취재팀|[가-힣]부)$"
)
_KATAKANA = re.compile("[ァ-ヶー]{2,}(?:[・=][ァ-ヶー]{2,})+")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text that is nothing but names of people for certain, else nothing.

    >>> names_in("林小舟"), names_in("林小舟、周遠"), names_in("周遠"), names_in("石家莊")
    (('林小舟',), ('林小舟', '周遠'), (), ())
    """
    names = split_names(text)
    return names if any(map(_is_sure, names)) and all(map(may_be_person, names)) else ()


def may_be_person(name: str) -> bool:
    """Tell whether a name may be a person's, and is not known for a place, a desk, a column or a paper.

    >>> may_be_person("周遠"), may_be_person("高雄"), may_be_person("정치부"), may_be_person("スミス・ジョン")
    (True, False, False, True)
    """
    plain = fold(name)
    if _KATAKANA.fullmatch(plain):
        return True
    if plain.isascii():
        return bool(_LATIN.fullmatch(name)) and not is_latin_house(name)
    if not is_person(name) or is_place(name):
        return False
    if _HANGUL.fullmatch(plain):
        return not _find("no_korean")(plain)
    is_known = any(finder("outlets", rule)(plain) for rule in ("section", "nowhere", "no_outlet", "button"))
    return not (is_known or _find("no_name")(plain) or finder("names", "nobody")(plain))


def is_latin_house(name: str) -> bool:
    """Tell whether a name in Latin letters ends as that of a paper or of a desk.

    >>> is_latin_house("Ferry News"), is_latin_house("Lin Xiaozhou")
    (True, False)
    """
    return bool(_LATIN_HOUSE.search(name))


def is_desk(name: str) -> bool:
    """Tell whether a name is that of a desk, which is neither a paper nor a person."""
    return bool(_DESK.search(fold(name))) or bool(finder("signatures", "desk")(fold(name)))


def joined_name(parts: tuple[str, ...]) -> str:
    """Return the one name that the words of a line are: surname and given name are set apart in Japan.

    >>> joined_name(("山田", "花子")), joined_name(("山田花子",)), joined_name(("渡し場", "新聞"))
    ('山田花子', '山田花子', '')
    """
    if len(parts) == 1:
        return parts[0]
    return "".join(parts) if is_japanese_name("".join(parts[:2])) and len(parts) == _PARTS else ""


def may_sign_in_japanese(name: str) -> bool:
    """Tell whether a name on a Japanese page may be its reporter's: no place, no desk, and no surname alone."""
    return may_be_japanese_name(name) and not is_place(name) and fold(name) not in words("japanese", "surnames")


def is_place(name: str) -> bool:
    """Tell whether a name is that of a place."""
    plain = fold(name)
    korean = words("unlabelled", "korean_places")
    is_korean = plain in korean or (plain[:-1] in korean and plain[-1] in _KOREAN_DIVISIONS)
    return is_korean or plain in words("unlabelled", "places") or _is_placed(plain)


def _is_placed(plain: str) -> bool:
    match = finder("signatures", "placed")(plain)
    return match is not None and match.end() == len(plain)


def _is_sure(name: str) -> bool:
    """Tell whether a name that may be a person's is one."""
    plain = fold(name)
    if _HANGUL.fullmatch(plain):
        return len(plain) == _SURE_LENGTH or plain[:2] in _KOREAN_DOUBLE
    if len(plain) == _WITH_DOUBLE:
        return plain[:2] in words("names", "compound_surnames")
    is_common = plain[0] in words("unlabelled", "common_surnames")
    return len(plain) == _SURE_LENGTH and is_common and not _find("seldom")(plain)
