"""Names written in two ways: 林小舟 and 林曉舟, 渡邊 and 渡辺, two transliterations, WeChat and Wechat.

A Chinese name counts where somebody is credited by it, or where a word before or behind it tells that it is one. Two
of them are one where they differ in one character, and the two characters sound alike or are variants of each other;
so that brothers and namesakes, 王建國 and 王建民, are left alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from newsbook.desk.names import is_person
from newsbook.diagnostics import Code
from newsbook.preflight.subjects import Fault, Passage, Subject, fault
from newsbook.repairs.characters import readings
from newsbook.repairs.lexicon import load_lexicon
from newsbook.script import fold

_HAN = "\u3400-\u9fff"
_BEFORE = (
    "记者|作者|编辑|摄影师?|老师|校长|主任|书记|镇长|县长|市长|局长|处长|村民|居民|店主|老板|教授|医生|护士|船长|队长|馆长"
    "|院长|社长|会长|经理|导演|演员|歌手|作家|画家|诗人|选手|球员|教练|律师|法官|总统|总理|首相|部长|议员|委员|代表|发言人|负责人"
    "|志愿者|站长|店长|司机|警官|民警|里长|理事长|董事长|総理|監督"
)
_BEHIND = (
    "说|表示|告诉|介绍|认为|指出|坦言|笑着|透露|回忆|解释|强调|补充|呼吁|感叹|老师|校长|主任|先生|女士|教授|医生|书记|局长|馆长"
    "|院长|会长|队长|船长|站长|理事长|さん|氏"
)
_TOLD = re.compile(rf"(?:{_BEFORE})(?P<after>[{_HAN}]{{2,4}})|(?P<ahead>[{_HAN}]{{2,4}})(?:{_BEHIND})")
_LENGTHS = (4, 3, 2)
_CREDITED = f"[{_HAN}々\u3041-\u30fa]{{2,6}}"

# Shorter names are told apart by every character.
_SHORTEST = 3

# Names of foreigners with their dots; and characters that transliterations are made of (新华社译名室's tables).
_DOTTED = re.compile(rf"[{_HAN}]{{1,6}}(?:[·‧•・][{_HAN}]{{1,8}})+")
_SOUNDS = (
    "阿埃艾爱安昂奥巴白拜班邦保鲍贝本比彼宾波博伯勃布查丹当道德登迪蒂丁东杜顿多恩尔法范菲费芬丰弗福夫盖冈"
    "高戈格根古瓜哈海汉豪赫亨胡华怀惠霍基吉加贾简杰金卡坎康考柯科克肯孔库夸拉莱赖兰朗劳勒雷里利连廉列林刘"
    "卢鲁伦罗洛马迈麦曼芒毛梅门蒙米密明缪摩莫姆穆纳娜南内尼涅宁纽诺努欧帕潘庞佩彭皮平珀普奇齐恰钱乔琴丘萨"
    "塞赛桑森沙山尚绍舍申圣施史舒斯司松苏索塔泰坦汤唐陶特腾提廷图托瓦万旺威韦维魏温翁沃乌武西希锡夏香肖谢"
    "辛欣休许逊雅亚扬耶伊因英尤约泽扎詹哲珍芝兹朱卓佐茨什捷"
)
_FOREIGN = re.compile(f"[{_SOUNDS}]{{4,10}}")

# Variants that names are written with, each row one character: 人名用漢字 and their older forms, and forms of Taiwan.
_VARIANTS = (
    "邊邉辺边 齋斎齊斉齐斋 澤沢泽 廣広广 國国囯 櫻桜樱 濱浜滨 髙高 﨑崎埼 嶋島嶌岛 冨富 瀧滝泷 "
    "萬万 惠恵 眞真 實実实 藏蔵 龍竜龙 嶽岳 德徳 淺浅 關関关 櫛栉 豐豊丰 榮栄荣 黑黒 渕淵渊 "
    "槇槙 遙遥 凜凛 煕熙 溫温 峯峰 啓啟启 爲為为 裡裏里 羣群 棊棋 麪麵面 綉繡绣 曉暁晓 敎教 "
    "內内 靑青 淸清 祿禄 梁樑 昇升 鍾鐘钟 佈布 徧遍"
)

_WORD = re.compile(r"(?<![\w@./:-])[A-Za-z][A-Za-z0-9]{2,}(?![\w@/:]|\.[a-z])")


class Mention(Struct, frozen=True):
    """A name and where it stands first."""

    name: str
    subject: Subject
    passage: Passage
    start: int


def varying(subjects: tuple[Subject, ...]) -> Iterator[Fault]:
    """Find names that stand in the issue in two forms; the rarer one is told, where it stands first."""
    for kind in _KINDS:
        first: dict[str, Mention] = {}
        counts: Counter[str] = Counter()
        for subject in subjects:
            for mention in kind.find(subject):
                first.setdefault(mention.name, mention)
                counts[mention.name] += 1
        told: set[str] = set()
        for one, other in _pairs(first, kind):
            if not {one, other} & told:
                common, rare = (one, other) if counts[one] >= counts[other] else (other, one)
                told.add(rare)
                yield _told(first[rare], first[common])


def _pairs(names: Iterable[str], kind: "NameKind") -> Iterator[tuple[str, str]]:
    """Yield names that are one; only those are compared that have a key in common."""
    groups: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for name in names:
        for key in dict.fromkeys(kind.keys(name)):
            group = groups.setdefault(key, [])
            for other in group:
                if (other, name) not in seen and kind.is_one(other, name):
                    seen.add((other, name))
                    yield other, name
            group.append(name)


def _told(rare: Mention, common: Mention) -> Fault:
    where = "" if common.subject is rare.subject else f" in {common.subject.name}"
    message = f"{rare.name} and {common.name}{where} may be one name"
    span = (rare.start, rare.start + len(rare.name))
    return fault(Code.NAME_VARIES, rare.subject, rare.passage, span, message, "Write it in one way, or allow it.")


# --- people


def _people(subject: Subject) -> Iterator[Mention]:
    """Yield the names of people: those who are credited, wherever they stand, and those whom a word tells."""
    for credit in subject.article.credits:
        if re.fullmatch(_CREDITED, credit.name):
            yield Mention(credit.name, subject, Passage("byline", credit.name), 0)
    for passage in subject.passages:
        plain = fold(passage.text)
        at = 0
        while match := _TOLD.search(plain, at):
            group = "after" if match["after"] else "ahead"
            found = _person_in(plain, match.start(group), is_behind=group == "after", end=match.end(group))
            at = match.start(group) + 1
            if found:
                yield Mention(passage.text[found[0] : found[1]], subject, passage, found[0])


def _person_in(plain: str, start: int, *, is_behind: bool, end: int) -> tuple[int, int] | None:
    """Return where the name of a person stands in a run of characters, by its surname: at its end or its beginning."""
    for length in _LENGTHS:
        one = (start, start + length) if is_behind else (end - length, end)
        if start <= one[0] and one[1] <= end and _is_chinese(plain[one[0] : one[1]]):
            tail = plain[one[0] + 1 : one[1]]
            # 林小舟说: what is behind the name must not have become a part of it.
            if not is_word(plain[one[0] : one[1]]) and not any(mark in tail for mark in "的了在是和与说就也都不这那有"):
                return one
    return None


def is_word(text: str) -> bool:
    """Tell whether the lexicon has a word, in simplified characters."""
    return load_lexicon().share(text) > 0


def _is_chinese(name: str) -> bool:
    return "·" not in name and re.fullmatch(rf"[{_HAN}]{{2,4}}", name) is not None and is_person(name)


def _keys_of_person(name: str) -> Iterator[str]:
    """Yield what a name is compared by: its characters without regard to variants, and what it sounds like."""
    yield "".join(map(_variant, name))
    plain = fold(name)
    for at in range(1, len(plain)):
        yield from (f"{plain[:at]}{sound}{plain[at + 1 :]}" for sound in _sounds(plain[at]))


def _is_one_person(one: str, other: str) -> bool:
    """Tell whether two names are one: alike but for a character that sounds the same, or variants."""
    if len(one) != len(other) or fold(one) == fold(other):
        return one != other and len(one) == len(other) and _is_variant_pair(one, other)
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if fold(a) != fold(b)]
    if all(_variant(a) == _variant(b) for a, b in pairs):
        return True
    (a, b), *more = pairs
    return not more and len(one) >= _SHORTEST and fold(one[0]) == fold(other[0]) and bool(_sounds(a) & _sounds(b))


def _is_variant_pair(one: str, other: str) -> bool:
    """Tell whether names that are the same when folded differ by more than their script."""
    scripts_differ = any(a != b and fold(b) == a for a, b in zip(one, other, strict=True))
    return not scripts_differ and not any(a != b and fold(a) == b for a, b in zip(one, other, strict=True))


def _sounds(character: str) -> frozenset[str]:
    """Return the readings of a character without their tones."""
    return frozenset(_toneless(reading) for reading in readings(character) or readings(fold(character)))


def _toneless(reading: str) -> str:
    bare = (one for one in unicodedata.normalize("NFD", reading) if one not in "\u0300\u0301\u0304\u030c")
    return "".join(bare)


@cache
def _variants() -> dict[str, str]:
    return {character: row[0] for row in _VARIANTS.split() for character in row}


def _variant(character: str) -> str:
    return _variants().get(character, _variants().get(fold(character), fold(character)))


# --- foreigners


def _foreigners(subject: Subject) -> Iterator[Mention]:
    """Yield names in transliteration: with dots, or of characters that hardly anything else is made of."""
    for passage in subject.passages:
        plain = fold(passage.text)
        for match in _DOTTED.finditer(plain):
            for part in re.finditer(f"[{_HAN}]+", match[0]):
                start = match.start() + part.start()
                yield Mention(passage.text[start : start + len(part[0])], subject, passage, start)
        for match in _FOREIGN.finditer(plain):
            yield Mention(passage.text[match.start() : match.end()], subject, passage, match.start())


def _keys_of_foreigner(name: str) -> Iterator[str]:
    """Yield a name and all that is left of it without one character; what differs in one has one in common."""
    plain = fold(name)
    yield plain
    yield from (plain[:at] + plain[at + 1 :] for at in range(len(plain)))


def _is_one_foreigner(one: str, other: str) -> bool:
    """Tell whether two transliterations are one: of three characters or more, one of them another or missing."""
    first, second = fold(one), fold(other)
    if min(len(first), len(second)) < _SHORTEST or first == second or (is_word(first) and is_word(second)):
        return False
    if first in second or second in first or {first[-1], second[-1]} in _OF_COUPLES:
        return False
    return Levenshtein.distance(first, second, score_cutoff=1) == 1 and (
        min(len(first), len(second)) > _SHORTEST or first[0] == second[0]
    )


# What surnames of Slavs end in, of him and of her: 伊万诺夫, 伊万诺娃.
_OF_COUPLES = ({"夫", "娃"}, {"宁", "娜"}, {"林", "娜"})


# --- brands


def _brands(subject: Subject) -> Iterator[Mention]:
    """Yield Latin words with capitals inside or at their head."""
    for passage in subject.passages:
        if passage.kind in {"code", "label"} or subject.article.language.startswith("en"):
            continue
        for match in _WORD.finditer(passage.text):
            if not any(span.href and match[0] in span.href for span in passage.spans):
                yield Mention(match[0], subject, passage, match.start())


def _is_one_brand(one: str, other: str) -> bool:
    """Tell whether two Latin words are one, written with other capitals; all capitals or none are another style."""
    inside = any(character.isupper() for word in (one, other) for character in word[1:])
    styled = any(word.isupper() or word.islower() for word in (one, other))
    return one.lower() == other.lower() and inside and not styled


class NameKind(Struct, frozen=True):
    """A kind of name: how it is found, what two must have in common to be compared, and whether they are one."""

    find: Callable[[Subject], Iterator[Mention]]
    keys: Callable[[str], Iterator[str]]
    is_one: Callable[[str, str], bool]


def _in_small(name: str) -> Iterator[str]:
    yield name.lower()


_KINDS = (
    NameKind(_people, _keys_of_person, _is_one_person),
    NameKind(_foreigners, _keys_of_foreigner, _is_one_foreigner),
    NameKind(_brands, _in_small, _is_one_brand),
)
