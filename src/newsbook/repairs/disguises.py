"""Characters that a writer disguised for fear of a filter: by their readings, 她shuo：, or their parts, 言兑 for 说.

A reading counts where it makes a word with a character beside it, and two parts where the whole character reads far
better than they do. Both are marked; nobody but the writer knows what was meant.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from newsbook.repairs.characters import load_characters
from newsbook.repairs.context import PageContext, is_in
from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import general_model

KIND = "disguised-character"

_HAN = "\u3400-\u9fff"
_READING = re.compile(
    f"(?<=[{_HAN}])[a-z]{{2,6}}(?=[{_HAN}，。、；：！？”」]|$)|(?<![^{_HAN}，。、；：！？“「])[a-z]{{2,6}}(?=[{_HAN}])"
)

# Characters and the two parts that stand side by side in them, for the commonest.
_TABLE = (
    "言兑=说 言舌=话 言吾=语 言午=许 言隹=谁 言青=请 言寺=诗 言川=训 言己=记 言式=试 言平=评 言正=证 "
    "言成=诚 言周=调 言炎=谈 言果=课 言某=谋 言井=讲 言人=认 言只=识 言义=议 言方=访 言上=让 言殳=设 讠兑=说 "
    "讠舌=话 足艮=跟 足包=跑 足兆=跳 足各=路 足易=踢 足采=踩 木寸=村 木几=机 木又=权 木交=校 木羊=样 木娄=楼 "
    "木对=树 木娇=桥 木黄=横 木直=植 木及=极 木支=枝 木反=板 木公=松 木艮=根 木各=格 木土=杜 木乔=桥 女马=妈 "
    "女且=姐 女未=妹 女乃=奶 女也=她 女台=始 女昏=婚 女家=嫁 女尔=妳 口马=吗 口巴=吧 口尼=呢 口合=哈 口昌=唱 "
    "口斤=听 口乞=吃 口曷=喝 口可=呵 口亥=咳 日青=晴 日免=晚 日寸=时 日乍=昨 日央=映 日音=暗 日爰=暖 月巴=肥 "
    "月土=肚 月却=脚 月旦=胆 月市=肺 月齐=脐 月要=腰 火登=灯 火丁=灯 火包=炮 火少=炒 火尧=烧 火因=烟 火只=炽 "
    "火暴=爆 王里=理 王见=现 王求=球 王元=玩 王不=环 王旦=珥 禾火=秋 禾中=种 禾口=和 禾多=移 禾斗=科 禾呈=程 "
    "禾兑=税 禾责=积 禾必=秘 米青=精 米分=粉 目艮=眼 目垂=睡 石皮=破 石马=码 石更=硬 石并=碰 车专=转 车仑=轮 "
    "车交=较 车乍=轧 车两=辆 耳又=取 耳只=职 耳关=联 门口=问 门人=闪 立占=站 土也=地 土不=坏 土成=城 土真=填 "
    "土勇=塘 山夆=峰 金失=铁 金艮=银 金戋=钱 金昔=错 氵可=河 氵每=海 亻也=他 亻故=做 扌丁=打 扌巴=把 扌立=拉 "
    "舟公=船 虫马=蚂 虫它=蛇 马主=驻 马奇=骑 马区=驱 鱼羊=鲜 歹匕=死 身寸=射 身且=躯 牛寺=特 牛勿=物 矢豆=短 "
    "矢口=知 又鸟=鸡 且力=助 奴力=努 另刂=别 各页=额 青争=静 京尤=就 者阝=都 亲斤=新 幸丸=执 其月=期 言襄=讓 "
    "言吾=語 言舌=話 言兌=說 言賣=讀 足責=蹟 車專=轉 木喬=橋 木羊=樣 王見=現 糹工=紅 禾責=積 金戔=錢 口馬=嗎 "
    "女馬=媽 馬主=駐 又隹=难 木目=相"
)
_PARTS = dict(pair.split("=") for pair in _TABLE.split())
_SPLIT = re.compile("|".join(_PARTS))

SIGNS = (
    ("[a-z]", f"[a-z]{{2,6}}(?=[{_HAN}，。：])"),
    (f"[{''.join(dict.fromkeys(parts[0] for parts in _PARTS))}]", _SPLIT.pattern),
)

# Of words, a share that is no chance; of texts, nats.
_WORD = 2e-6
_GAIN = 9.0
_BEFORE = 4

# One on a page may be a name, or slang.
_FEWEST = 2


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield doubtful edits for disguised characters, with their lines."""
    if not context.language.startswith("zh"):
        return
    readings = [(number, match) for number, text in enumerate(texts) for match in _READING.finditer(text)]
    parts = [(number, match) for number, text in enumerate(texts) for match in _SPLIT.finditer(text)]
    if len({match[0] for _, match in (*readings, *parts)}) < _FEWEST:
        return
    found = [*_spelt(texts, readings), *_split(texts, parts)]
    if len({texts[number][edit.start : edit.end] for number, edit in found}) >= _FEWEST:
        yield from found


def _spelt(texts: Sequence[str], readings: list[tuple[int, re.Match[str]]]) -> Iterator[tuple[int, Edit]]:
    """Yield the edits for readings: all of them, where one makes a word."""
    known = [(number, match) for number, match in readings if match[0] in _syllables()]
    if len({match[0] for _, match in known}) < _FEWEST:
        return
    meant = [_meant(texts[number], match) for number, match in known]
    if any(meant):
        for (number, match), character in zip(known, meant, strict=True):
            yield number, Edit(*match.span(), character, KIND, 0.5, doubtful=True)


def _meant(text: str, match: re.Match[str]) -> str:
    """Return the character of a reading that makes the commonest word with a neighbour, or nothing."""
    model = general_model()
    before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    shares = {
        character: max(model.share(before + character), model.share(character + behind))
        for character in _syllables()[match[0]]
    }
    best = max(shares, key=lambda character: shares[character])
    return best if shares[best] >= _WORD else ""


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    """Return the characters of each syllable without its tone."""
    found: dict[str, list[str]] = {}
    for character, sounds in load_characters().readings.items():
        if is_in(character, "gb2312"):
            for sound in sounds:
                bare = unicodedata.normalize("NFD", sound.replace("ü", "v")).encode("ascii", "ignore").decode()
                found.setdefault(bare, []).append(character)
    return {syllable: tuple(dict.fromkeys(all_of_it)) for syllable, all_of_it in found.items()}


def _split(texts: Sequence[str], parts: list[tuple[int, re.Match[str]]]) -> Iterator[tuple[int, Edit]]:
    """Yield the edits for characters in two parts."""
    for number, match in parts:
        text = texts[number]
        before, behind = (
            text[max(0, match.start() - _BEFORE) : match.start()],
            text[match.end() : match.end() + _BEFORE],
        )
        whole, model = _PARTS[match[0]], general_model()
        if model.score(before + whole + behind) - model.score(before + match[0] + behind) >= _GAIN:
            yield number, Edit(*match.span(), whole, KIND, 0.5, doubtful=True)
