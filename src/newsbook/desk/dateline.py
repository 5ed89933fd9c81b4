"""Find the dateline that opens a story: 新華社北京3月5日電, 本報訊（記者 林小滿）, 〔記者林小滿／台北報導〕."""

import re
from collections.abc import Iterator

from newsbook.desk.names import is_person
from newsbook.desk.rules import finders
from newsbook.desk.script import fold
from newsbook.model import Credit, Role


def find_dateline(text: str) -> str:
    """Return the dateline at the start of a paragraph as printed, or nothing. It stays in the paragraph as well.

    >>> find_dateline("本報訊（記者 林小滿）渡口昨日開市。")
    '本報訊（記者 林小滿）'
    """
    plain = fold(text)
    match = next((match for _, find in finders("dateline", "dateline") if (match := find(plain))), None)
    return text[: match.end()].strip() if match else ""


# What a dateline calls who reports, and the names behind it up to a place, an agency's word or the bracket's end.
_NAME = "(?!记者|特派员|通讯员|实习|见习|特约|本报)[一-鿿·]{2,4}"
_REPORTER = re.compile(rf"(?P<title>记者|特派员|通讯员)[ :]?(?P<names>{_NAME}(?:[ 、,]{_NAME})*)(?=[ /)\]】]|$)")
_KOREAN = re.compile("(?:^|[ =])(?P<name>[가-힣]{2,4}) ?기자(?=[)\\]])")


def reporters(dateline: str) -> Iterator[Credit]:
    """Yield the people that a dateline names as its reporters and correspondents.

    >>> [(credit.role.value, credit.name) for credit in reporters("本報訊（記者 林小滿 通訊員 周遠）")]
    [('author', '林小滿'), ('correspondent', '周遠')]
    """
    plain = fold(dateline)
    for korean in _KOREAN.finditer(plain):
        yield Credit(Role.AUTHOR, korean["name"])
    for match in _REPORTER.finditer(plain):
        role = Role.CORRESPONDENT if match["title"] == "通讯员" else Role.AUTHOR
        for name in re.finditer("[^ 、,]+", match["names"]):
            start = match.start("names") + name.start()
            if is_person(name[0]):
                yield Credit(role, dateline[start : start + len(name[0])])
