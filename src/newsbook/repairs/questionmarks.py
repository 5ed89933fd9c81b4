"""Question marks that stand for characters which an encoding lacked: 哈娜?维利可娃, 祝南枝?阮青禾, 记者庞?.

A question mark behind a stop or at the head of a line ends no question: a blank or a quotation mark was lost there.
Between the parts of a foreign name it was a dot, between names a comma, and behind a surname a character that few fonts
have. So it was where a name stands elsewhere with that character, or a listed word has it. Where a word of the clause
asks, it is a question. All of this is marked and nothing is put in its place.
"""

import re
from collections.abc import Iterator, Sequence

from newsbook.repairs.context import PageContext, is_about_damage
from newsbook.repairs.edits import Edit
from newsbook.repairs.knownwords import SURNAMES, KnownWords

KIND = "lost-to-question-mark"

_HAN = "\u3400-\u9fff"
SIGNS = (("\\?", f"\\?(?=[{_HAN}?，。、；：！）”」’』(（]|\\s*$)|(?<=[{_HAN}])\\?(?=\n)"),)

# The characters that foreign names are written with.
_FOREIGN = (
    "阿埃艾爱愛安昂奥奧巴白柏班邦保鲍鮑贝貝本比彼毕畢宾賓波伯博布查茨达達大戴丹当當道德登邓鄧迪蒂丁东東杜多厄恩"
    "尔爾法凡范菲费費芬弗佛福夫伏盖蓋冈岡高戈哥格葛根贡貢古瓜哈海汉漢豪赫黑亨洪胡华華霍基吉加贾賈杰傑金津卡凯凱"
    "坎康考柯科可克肯库庫夸寇拉莱萊兰蘭朗劳勞勒雷蕾黎里理丽麗利莉林琳卢盧鲁魯路伦倫罗羅洛马馬玛瑪麦麥曼芒梅门門"
    "蒙米密敏明莫默姆木穆纳納娜南瑙内內尼妮宁寧纽紐努诺諾欧歐帕派潘庞龐佩彭皮平珀普奇齐齊恰乔喬切琴丘让讓热熱日"
    "荣榮茹瑞若萨薩塞赛賽桑森沙莎珊尚舍申圣聖施什史士舒朔斯司松苏蘇索塔泰坦汤湯唐特滕提廷图圖托瓦万萬旺威韦韋维"
    "維魏温溫文翁沃乌烏吾伍西希锡錫夏肖谢謝辛欣雄休许許雪雅亚亞延扬揚耶叶葉伊因英尤于约約赞贊泽澤扎詹珍朱兹茲祖"
    "佐冯馮"
)
_ASKS = re.compile(
    "[吗嗎呢吧么麼嘛谁誰何哪怎几幾孰岂豈咩咪嗰乜邊啥否]"
    "|什[么麼]|多[少大远久高长遠長]|是不是|[还還]是|有[没沒]有|能不能|[难難]道|莫非|為何|甚"
)
_STOPS = re.compile("[，。；：！？、,;:!“”「」\n]")

_LONGEST_CLAUSE = 200

_BLANK = re.compile(
    f"^[\\s\u3000]*(\\?+)(?=[{_HAN}])|(?<=[。；])(\\?+)(?=[{_HAN}“「]|$)|(?<=[。！？…][”」])(\\?+)(?=[{_HAN}“「]|$)|(?<=！)(\\?)$"
)
_QUOTE = re.compile(f"(?<=[：，、])(\\?)(?=[{_HAN}])|(?<=[。！])(\\?)(?=[{_HAN}，。；]|$)")
_DOT = re.compile(f"(?<=[{_FOREIGN}]{{2}})\\?(?=[{_FOREIGN}])|(?<=[{_FOREIGN}])\\?(?=[{_FOREIGN}]{{2}})")
_LISTED = re.compile(
    f"[{SURNAMES}][{_HAN}]{{1,2}}(\\?)(?=[{SURNAMES}][{_HAN}]{{1,2}}(?:[?、，。；和与及跟等三两兩四五六七八九十）)]|$))"
)
_NAMED = re.compile(
    f"(?:^|(?<=[\\s，。、；：（(“「者员員辑輯影和与與及跟师師长長生士]))[{SURNAMES}][{_HAN}]?(\\?+)(?=[、，。；：）)”」和与與及跟说說的守在等都也]|\\s|$)"
)


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield doubtful edits for question marks that ask nothing, with their lines."""
    if not context.language.startswith("zh"):
        return
    lines = [(number, text) for number, text in enumerate(texts) if "?" in text and not is_about_damage(text)]
    between = {(number, at): context.known.guess(text, at, at + 1) for number, text in lines for at in _between(text)}
    found = {place: guess for place, guess in between.items() if guess}
    found |= {(number, at): guess for number, text in lines for at, guess in _lost(text, context.known)}
    for (number, at), guess in sorted((between | found if found else found).items()):
        yield number, Edit(at, at + 1, guess, KIND, 0.5, doubtful=True)


def _lost(text: str, known: KnownWords) -> Iterator[tuple[int, str]]:
    """Yield the places of a line's question marks that stand for something else, and what may have been there."""
    opened = False
    for match in sorted((*_BLANK.finditer(text), *_QUOTE.finditer(text)), key=lambda match: match.start()):
        is_opening = match.re is _QUOTE and match.lastindex == 1
        guess = "“" if is_opening else "”" if opened else ""
        opened = is_opening or (opened and not guess)
        yield from ((at, guess) for at in range(*match.span(match.lastindex or 0)))
    for pattern, guess in ((_DOT, "·"), (_LISTED, "、"), (_NAMED, "")):
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if not _asks(text, start):
                yield from ((at, guess or known.guess(text, at, at + 1)) for at in range(start, end))


def _between(text: str) -> Iterator[int]:
    """Yield the places of question marks between Han characters of clauses that do not ask."""
    yield from (m.start() for m in re.finditer(f"(?<=[{_HAN}])\\?(?=[{_HAN}])", text) if not _asks(text, m.start()))


def _asks(text: str, at: int) -> bool:
    """Tell whether the clause before a question mark asks."""
    clause = _STOPS.split(text[max(0, at - _LONGEST_CLAUSE) : at])[-1]
    return bool(_ASKS.search(clause))
