"""What optical character recognition leaves: characters taken for their likes, 二+六年 and 愿竟, and lost blanks.

A sign for a numeral, or a letter for a digit, shows that a page was read by a machine. There, a character that reads
far worse than its like is marked. Latin words that run into one another are marked wherever they stand.
"""

import re
from collections.abc import Iterator, Sequence

from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import general_model

KIND = "lookalike"
BLANK_KIND = "lost-blank"

_HAN = "\u3400-\u9fff"
_NUMERAL = "[一二三四五六七八九]"
_SIGN = re.compile(
    f"(?P<ten>(?<={_NUMERAL})[+＋](?={_NUMERAL}|[年月日岁歲个個人多余餘元天])"
    f"|(?<![0-9A-Za-z])[+＋](?={_NUMERAL}[年月日岁歲]))"
    "|(?P<day>(?<=[0-9])曰)|(?P<nought>(?<=[0-9])[oO](?=[0-9]{0,2}[年月日]))"
    "|(?P<one>(?<=[0-9])[lI|](?=[0-9]{0,2}[年月日])|(?<![A-Za-z])[lI|](?=[0-9][年月日]))"
)
_MEANT = {"ten": "十", "day": "日", "nought": "0", "one": "1"}

# Pairs that machines and typists take for one another.
_LIKES = (
    "土上 土士 竟意 末未 己已 己巳 曰日 人入 干千 干于 大太 大犬 白自 目自 目且 天夫 天无 乌鸟 侯候 王玉 王主 "
    "木本 木术 木不 力刀 刀刃 田由 由甲 申甲 午牛 久夂 么公 今令 住往 住佳 侍待 像象 兔免 处外 体休 何可 坐座 "
    "垂睡 间问 阵陈 晴睛 材村 析折 技枝 拔拨 扰抚 扶抉 贝见 货贷 拆折 洒酒 活话 清请 情清 若苦 草章 著着 斤斥 "
    "广厂 厂广 石右 名各 治冶 冶治 胃冒 灸炙 辛幸 幸辛 师帅 帅师 微徽 徒徙 徙徒 历厉 旦且 旱早 早旱 昌冒 晓哓 "
    "未来 米来 朱未 束朿 柬束 竞竟 竞兢 雨两 两雨 两丙 西酉 四匹 儿几 几儿 风凤 丸九 九丸 七匕 匕七 小水 水氷 "
    "永水"
)
_OTHERS: dict[str, str] = {}
for _pair in _LIKES.split():
    _OTHERS[_pair[0]] = _OTHERS.get(_pair[0], "") + _pair[1]
    _OTHERS[_pair[1]] = _OTHERS.get(_pair[1], "") + _pair[0]
_LIKE = re.compile(f"[{''.join(_OTHERS)}]")

# Nats by which a like must read better.
_GAIN = 5.5
_AROUND = 5

_WORDS = (
    "a about after all also an and are as at back be because but by can come could day do even first for from "
    "get give go good happy have he her him his how i if in into is it its just know like look love make many "
    "me more most much my new no not now of on one only or other our out over people say see she so some take "
    "than thank thanks that the their them then there these they think this time to two up us use very want "
    "way we welcome well what when which who will with work world would year you your"
)
_SOME_WORDS = f"(?:{'|'.join(sorted(_WORDS.split(), key=len, reverse=True))})"
_RUN = re.compile("[A-Za-z]{12,}")
_SMALL_WORDS = re.compile(f"{_SOME_WORDS}{{3,}}", re.IGNORECASE)
_TITLE = re.compile("[A-Z][a-z]{3,}?(?:of|the|for)(?:[A-Z][a-z]+)+|[A-Z][a-z]{3,}?and(?:[A-Z][a-z]+)+")
_NO_WORD = re.compile("(?:[lhsbmrt]and|[rhw]oof)$", re.IGNORECASE)

SIGNS = (
    ("[+＋]", _SIGN.pattern),
    ("曰", "[0-9]曰"),
    ("[oOlI|]", "[0-9][oOlI|][0-9年月日oO]|[lI|][0-9][年月日]"),
    ("[A-Za-z]", "[A-Za-z]{12}"),
)


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield doubtful edits for what was read wrongly and for lost blanks, with their lines."""
    if not context.language.startswith("zh"):
        return
    signs = [(number, match) for number, text in enumerate(texts) for match in _SIGN.finditer(text)]
    for number, match in signs:
        guess = _MEANT[match.lastgroup or ""]
        yield number, Edit(*match.span(), guess, KIND, 0.5, doubtful=True)
    for number, text in enumerate(texts):
        if any(match.lastgroup in ("ten", "day") for _, match in signs):
            yield from ((number, edit) for edit in _likes(text))
        yield from ((number, edit) for edit in _words(text))


def _likes(text: str) -> Iterator[Edit]:
    """Yield the edits for characters of a line whose likes read far better."""
    model = general_model()
    for match in _LIKE.finditer(text):
        at = match.start()
        before, behind = text[max(0, at - _AROUND) : at], text[at + 1 : at + 1 + _AROUND]
        best, like = max((model.score(before + one + behind), one) for one in _OTHERS[match[0]])
        if best - model.score(before + match[0] + behind) >= _GAIN:
            yield Edit(at, at + 1, like, KIND, 0.5, doubtful=True)


def _words(text: str) -> Iterator[Edit]:
    """Yield the edits for Latin words without blanks between them: common words only, or a title with a small one."""
    for match in _RUN.finditer(text):
        run = match[0]
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not re.search(f"[{_HAN}“”「」，。：]", beside) or re.search("[@/._-]", beside):
            continue
        if _SMALL_WORDS.fullmatch(run) or (_TITLE.fullmatch(run) and not _NO_WORD.search(run[: _capital(run)])):
            yield Edit(*match.span(), _parted(run), BLANK_KIND, 0.5, doubtful=True)


def _capital(run: str) -> int:
    """Return where the second capital stands."""
    return next((at for at, one in enumerate(run) if at and one.isupper()), len(run))


def _parted(run: str) -> str:
    """Return a run of words with blanks between them."""
    if _SMALL_WORDS.fullmatch(run):
        words = re.match(f"{f'({_SOME_WORDS})' * 3}.*", run, re.IGNORECASE)
        return run if words is None else " ".join((*words.groups(), run[words.end(3) :])).strip()
    return re.sub("(?<=[a-z])(?=[A-Z])|(?<=[a-z]{4})(?=(?:of|the|for|and)[A-Z])", " ", run)
