"""Find the dateline that opens a story: 新華社北京3月5日電, 本報訊（記者 林小滿）, 〔記者林小滿／台北報導〕."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from newsbook.desk.names import is_person, may_be_japanese
from newsbook.desk.rules import finders
from newsbook.desk.signatures import names_before_place
from newsbook.model import Credit, Role
from newsbook.script import fold


def find_dateline(text: str) -> str:
    """Return the dateline at the start of a paragraph as printed, or nothing. It stays in the paragraph as well.

    >>> find_dateline("本報訊（記者 林小滿）渡口昨日開市。")
    '本報訊（記者 林小滿）'
    """
    plain = fold(text)
    match = next((match for _, find in finders("dateline", "dateline") if (match := find(plain))), None)
    return text[: match.end()].strip() if match else ""


# What a dateline calls who reports; the names behind it end at a place, an agency's word or the bracket's end.
_TITLE = re.compile(r"(?:记者|特派员|通讯员|实习生)[ :]?")
_PART = re.compile(r"[^()\[\]【】/]+")
_KOREAN = re.compile("(?:^|[ =])(?P<name>[가-힣]{2,4}) ?기자(?=[)\\]])")
_JAPANESE = re.compile("[【(][^【】()=・]{1,10}[=・](?P<name>[^【】()=・]{3,7})[】)]")
_UNTITLED = re.compile(r"[(\[【](?P<part>[^()\[\]【】/]{2,20})/[^()\[\]【】/]{0,12}(?:报道|报导|电)[)\]】]")


def reporters(dateline: str) -> Iterator[Credit]:
    """Yield the people that a dateline names as its reporters and correspondents.

    >>> [(credit.role.value, credit.name) for credit in reporters("本報訊（記者 林小滿 通訊員 周遠）")]
    [('author', '林小滿'), ('correspondent', '周遠')]
    """
    plain = fold(dateline)
    for korean in _KOREAN.finditer(plain):
        yield Credit(Role.AUTHOR, korean["name"])
    for signed in _JAPANESE.finditer(plain):
        if may_be_japanese(signed["name"]) or is_person(signed["name"]):
            yield Credit(Role.AUTHOR, dateline[slice(*signed.span("name"))])
    titles = tuple(_TITLE.finditer(plain))
    for title, following in zip_longest(titles, titles[1:]):
        part = _PART.match(plain, title.end(), following.start() if following else len(plain))
        role = Role.CORRESPONDENT if title[0].startswith("通讯员") else Role.AUTHOR
        if part and title[0][:3] != "实习生":
            yield from _credits(dateline[slice(*part.span())], role)
    for signed in _UNTITLED.finditer(plain) if not titles else ():
        yield from _credits(dateline[slice(*signed.span("part"))], Role.AUTHOR)


def _credits(part: str, role: Role) -> Iterator[Credit]:
    for name in re.split("[ \N{IDEOGRAPHIC SPACE}、，,]+", names_before_place(part.strip())):
        if name:
            yield Credit(role, name)
