"""Tell captions by what stands at their end, and take caption and credit apart: 渡口晨景。渡口社區供圖 渡口報發."""

import re
from collections.abc import Iterator

from msgspec import Struct

from newsbook.desk.names import is_person, split_names
from newsbook.desk.script import fold
from newsbook.model import Credit, Role


class Cutline(Struct, frozen=True):
    """Where in a text the credit begins, and whom it names. `credit_start` is the text's length where it has none."""

    credit_start: int
    credits: tuple[Credit, ...] = ()


_HAN = "[一-鿿㐀-䶿]"
_NAMES = rf"(?:{_HAN} ?{_HAN}{{1,3}}|{_HAN}+·{_HAN}+|[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){{0,3}})(?<![摄拍])"
_LIST = rf"{_NAMES}(?:[ 、,/]+{_NAMES}){{0,4}}"
_REPORTER = r"(?:[^\s,。!?;:、“”《》()]{0,12}(?:记者|通讯员|特派员|摄影师|摄影))"
_AGENT = r"[^\s,。!?;:“”《》()|/]{2,18}"
_SHOT = r"(?:拍摄|摄影报道|摄影|航拍|摄|影)"
_GIVEN = r"(?:供图|提供图片|图片提供|提供照片|提供图|提供|授权使用|配图|制图|绘图|绘制)"
_WHENCE = (
    r"(?:影片|影像|画面|照片|视频|监控|新闻|电视|直播|官方微博|官博|微博"
    r"|官网|网络|网页|网上|网站|脸书|微信|朋友圈|手机|节目|预告片?|资料"
    r"|档案|历史|电影"
    r"|社交媒体|抖音|央视|推特|官方|宣传|爆料|社群)"
)
_WHAT = r"(?:截图|截屏|撷图|翻摄|截取|资料|照|照片|图|图片|画面|剧照|供图|配图|图像)"
_KIND = (
    rf"(?:{_WHENCE}+{_WHAT}|截图|截屏|资料图|资料照|剧照|档案照|(?<= )(?:图"
    rf"|图片|照片|供图)|(?<=/)(?:图|图片|照片|供图))"
)
_OPENING = (
    r"(?:(?:(?:压题|题头|本版|本栏|本文|文内|文中|资料|以上|本组)?(?:图片|照片|图)(?:除[^,。]{2,10}外,?)?(?:均"
    r"|皆|都)?(?:[:/]|为|由|系)?|均?由|均为)\s*)?"
)
_AGENCY = (
    r"(?:路透社?|美联社|法新社|新华社|中新社|中新网|中央社|欧新社|彭博社?"
    r"|共同社|时事(?:社|通信)?|塔斯社|韩联社|视觉中国|东方IC|IC ?photo"
    r"|达志影像|达志|盖蒂|欧联社|"
    r"联合报系|今日俄罗斯|俄新社|美通社|AP|AFP|EPA|REUTERS|Reuters|Getty(?: Images)?"
    r"|Xinhua|CNS|CFP|NOWnews|ANN|shutterstock|Unsplash|Pixabay|PIXTA"
    r"|"
    r"연합뉴스|뉴시스|뉴스1|로이터|게티이미지)"
)

# What a credit can be, each with the role of whoever it names; matched against folded text.
_FORMS: tuple[tuple[Role | None, str], ...] = (
    (Role.PHOTOGRAPHER, rf"本文(?:图片|照片|配图)\s*[:丨|/]?\s*(?:{_REPORTER})\s*(?P<w>{_LIST})"),
    # 森下一郎撮影 behind a Japanese cutline; hangul names before 기자, who took the picture.
    (Role.PHOTOGRAPHER, rf"[=]?(?P<w>{_HAN}{{3,6}}|{_HAN}{{1,3}} {_HAN}{{1,3}})撮影"),
    (Role.SUPPLIER, r"[=](?P<w>[^\s=、。]{2,16})提供"),
    (Role.PHOTOGRAPHER, r"(?:/|사진\s*[=:]?)?\s*(?P<w>[가-힣]{2,4})\s?(?:사진|선임|인턴)?기자(?:\s+[\w.+-]+@[\w.-]+)?"),
    (
        Role.SUPPLIER,
        r"(?:/|사진\s*[=:]?)?\s*(?P<w>[가-힣A-Za-z0-9][가-힣A-Za-z0-9·& ]{0,18}) 제공(?:[.] ?재판매 및 DB 금지)?",
    ),
    (Role.PHOTOGRAPHER, rf"{_OPENING}(?:{_AGENT}发|{_REPORTER})?\s*[(]?\s*(?P<w>{_LIST})\s*[/ ]?\s*{_SHOT}[)]?"),
    (Role.PHOTOGRAPHER, rf"{_OPENING}{_REPORTER}\s*(?P<w>{_LIST})\s*[/ ]\s*(?:图|图片|发|供图|{_HAN}{{0,4}}{_SHOT})"),
    (
        Role.PHOTOGRAPHER,
        (
            rf"(?:摄影|摄影/{_HAN}{{2,6}}|摄影记者|拍摄|撮影|Photo by|사진|写真)\s*[:/|=・ ]\s*"
            rf"(?:{_REPORTER}\s*)?(?P<w>{_LIST})"
        ),
    ),
    (Role.SUPPLIER, rf"{_OPENING}(?P<w>(?:{_AGENT})?(?: {_HAN}{{2,3}})?)\s*[/]?{_GIVEN}"),
    (Role.SUPPLIER, rf"(?:图片来源|图片提供|供图|图源|图据|来源|图片)\s*[:/|]\s*(?P<w>{_AGENT}(?: {_AGENT})?)"),
    (
        Role.SUPPLIER,
        (
            rf"{_OPENING}(?P<w>{_AGENT}(?:社|网|报|台|新闻|客户端|杂志|周刊|传媒"
            rf"|视频|中心|在线))发(?:\s*[(].{{1,20}}[)])?"
        ),
    ),
    (
        None,
        (
            r"(?:图|照片|图片均?|以上图片|题图|首图|影片)\s*(?:[:/|=]|来源|来自"
            r"|取自|翻摄自?|自|据|源)\s*[:/]?\s*[^,。]{2,30}"
        ),
    ),
    (
        None,
        (
            r"/?(?:图)?(?:翻摄自?|取自|撷取自|截自|摘自)\s*[:/=・| ]?\s*[^,。]{2,30}"
            r"|/?(?:写真提供|撮影|写真|提供|画像|사진\s*제공|사진\s*출처|사진|출처)\s*[:/=・|]\s*[^,。]{2,30}"
        ),
    ),
    (None, r"(?:摄影|拍摄|图|文图|制图|绘图|漫画)\s*[:/]\s*(?:@\S{1,20}|[^\s,。:]{2,12})"),
    (None, rf"(?:{_AGENT})?[的/ ]?{_KIND}(?:\s*[:/ ]\s*{_AGENT})?"),
    (
        None,
        (
            rf"(?:新华社|中新社)?发?{_AGENCY}(?:\s*[/-]?\s*(?:资料)?(?:图片|照片|图|资料照|资料图|资料|发|供图|사진|제공))?"
            rf"(?:\s*[/|]\s*{_AGENCY})?"
        ),
    ),
    (None, rf"(?:=|[/])\s*(?:{_AGENCY}|[^\s,。]{{2,16}}(?:提供|撮影|写真|제공|기자))|[ⓒ©]\s?\S.{{1,24}}"),
)
_COMPILED = tuple((role, re.compile(form)) for role, form in _FORMS)

# A statement and not a credit, though it may end in 提供 or 圖片: it has a verb's particle or a measure in it.
_PROSE = re.compile(
    r"[了着过吗呢吧的被把将就也还很]|(?<![成首])都(?!市)|正在|我们|他们|可以|能够|应当|必须|不得|没有|不是|这是|为.+提供|[^图片照]并提供|\d{3,}"
)
_LONGEST_CREDIT = 48
_BOUNDARY = re.compile(
    r"(?<=[。!?…”」』])|(?<=다\.)|\s+|(?=[(\[])|(?<=[)\]])(?=\S)|(?<=日[、,])|(?<=[市町村区県][、,])|(?==)"
)
# 中央社 gives the day behind the credit: …攝 111年5月6日.
_UNDATED = re.compile(r"(?<=[摄图]) +(?:民国)?\d{2,4}年\d{1,2}月\d{1,2}日$")
# The credit is that of the pictures below as well.
_DITTO = re.compile(r",\s*(?:下同|以下皆同|以下同|均同)$")
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]{1,46}(?:\([^()]{1,20}\)[^()\[\]]{0,6})?)[)\]]")
_JOINTS = re.compile(r"\s+|(?<=[)\]])|(?=[(\[])|(?<=摄)[ ,]|(?<=供图)[ ,、]|,")


def read_cutline(text: str) -> Cutline | None:
    """Return where the credit at the end of `text` begins and whom it names, or None where there is no credit.

    >>> read_cutline("渡口晨景。渡口社區供圖 渡口報發").credit_start
    5
    """
    plain = fold(text)
    body = _UNDATED.sub("", plain.rstrip(" 。"))
    for start in _starts(body):
        found = _credits(body[start:].strip(), text[start : len(body)].strip())
        if found is not None:
            return Cutline(start, found)
    return None


def _starts(plain: str) -> Iterator[int]:
    """Yield the places where a credit may begin, the farthest from the end first."""
    yield from (
        place
        for place in dict.fromkeys((0, *(match.end() for match in _BOUNDARY.finditer(plain))))
        if 0 < len(plain) - place <= _LONGEST_CREDIT
    )


def _credits(plain: str, text: str) -> tuple[Credit, ...] | None:
    """Return whom the credit `plain` names, or None where it is no credit."""
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed:
        inside = _DITTO.sub("", bracketed["inside"].strip())
        return _credits(inside, text[1:-1].strip()[: len(inside)])
    if _PROSE.search(plain):
        return None
    whole = _one(plain, text)
    if whole is not None:
        return whole
    return _several(plain, text)


def _several(plain: str, text: str) -> tuple[Credit, ...] | None:
    """Read a row of credits, splitting it in two at each joint: 資料圖 中新社記者 林小滿 攝."""
    for joint in _JOINTS.finditer(plain):
        if not joint.start() or joint.end() >= len(plain):
            continue
        first = _one_bracketed(plain[: joint.start()], text[: joint.start()])
        rest = _credits(plain[joint.end() :], text[joint.end() :]) if first is not None else None
        if first is not None and rest is not None:
            return first + rest
    return None


def _one_bracketed(plain: str, text: str) -> tuple[Credit, ...] | None:
    bracketed = _BRACKETED.fullmatch(plain)
    return _one(bracketed["inside"], text[1:-1]) if bracketed else _one(plain, text)


def _one(plain: str, text: str) -> tuple[Credit, ...] | None:
    for role, form in _COMPILED:
        match = form.fullmatch(plain)
        if not match:
            continue
        if role is None:
            return ()
        words = text[match.start("w") : match.end("w")].strip() if match["w"] else ""
        credited = _named(role, words, reporter=any(word in plain for word in _REPORTING))
        if credited is not None:
            return credited
    return None


def _named(role: Role, words: str, *, reporter: bool) -> tuple[Credit, ...] | None:
    """Return the credits for `words`; a photographer's name must be a name, unless the word 記者 stands before it."""
    if role is Role.SUPPLIER and " " in words and fold(words).split()[-1] in _NOBODY:
        return None
    if role is Role.SUPPLIER:
        return (Credit(role, words),) if words and words not in _NOBODY and fold(words) not in _NOBODY else ()
    names = split_names(words)
    if not names or not (reporter or all(is_person(name) for name in names)):
        return None
    return tuple(Credit(role, name) for name in names)


# What says by itself that a name is one.
_REPORTING = ("记者", "通讯员", "撮影")

# Who is not named is not credited.
_NOBODY = frozenset(
    {"资料", "网络", "图片", "视频", "受访者", "官方", "本人", "当事人", "网友", "家属", "片方", "读者", "受访者本人"}
)
