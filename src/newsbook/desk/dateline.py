"""Find the dateline that opens a story: 新華社北京3月5日電, 本報訊（記者 林小滿）, 〔記者林小滿／台北報導〕."""

import re

from newsbook.desk.script import fold

_FORMS = tuple(
    re.compile(form)
    for form in (
        r"[(]?(?:[^\s,。:;()]{2,10}(?:社|网|报|台|新闻|客户端))(?:[^\s,。:;()]{0,12})?\d{1,2}(?:月\d{1,2})?日(?:专|综合|快|急)?电(?:\s*[(][^()]{2,40}[)])?",
        r"[^\s,。:;()]{0,8}(?:讯|消息)\s*[(][^()]{2,40}[)]",
        r"[(\[【](?:[^\s()\[\]【】]{2,10})?(?:记者|特派员|通讯员|实习记者)[^()\[\]【】]{2,30}[)\]】]",
        r"(?:本报|本网|新京报|[^\s,。:;()]{2,8}(?:社|网|报|台|新闻))[^\s,。:;()]{0,6}\d{0,2}(?:月\d{1,2}日)?(?:讯|电)",
        r"[【][^【】]{2,10}=[^【】]{2,20}[】]|[(\[][^()\[\]]{1,8}=[^()\[\]]{2,16}[)\]]",
    )
)


def find_dateline(text: str) -> str:
    """Return the dateline at the start of a paragraph as printed, or nothing. It stays in the paragraph as well.

    >>> find_dateline("本報訊（記者 林小滿）渡口昨日開市。")
    '本報訊（記者 林小滿）'
    """
    plain = fold(text)
    match = next((match for form in _FORMS if (match := form.match(plain))), None)
    return text[: match.end()].strip() if match else ""
