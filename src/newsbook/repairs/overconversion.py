"""Traditional characters that a conversion chose wrongly: 皇後 for 皇后, 麵積 for 面積, 轉瞭 for 轉了.

Several traditional characters were merged into one simplified character. A conversion without phrases writes the
same one for all of them, or leaves the simplified one, as in 頭發 and 優化后. Words tell: 皇后 is one, and 皇後 is
none. A character is mended where it makes no word with its neighbours, and another form of it does. Where both do, as
in 三皇後來, it stays. Forms that are written either way, in Taiwan or in Hong Kong, are no matter.
"""

import lzma
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

KIND = "overconverted-character"

# What is written wrongly, and what it should be: forms that came together in one simplified character. Those that are
# written either way are not here, nor those whose words are too many to be known.
_TABLE = (
    "麵面 後后 鬆松 乾幹 幹乾 干幹 干乾 發髮 髮發 鹹咸 醜丑 鬥斗 穀谷 嶽岳 錶表 鬍胡 穫獲 緻致 睏困 瀋沈 "
    "鞦秋 蔘參 樸朴 傭佣 籲吁"
)
PAIRS = tuple(_TABLE.split())

# Characters that are wrong but in a few words, and what they should be else.
_BUT = {
    "瞭": ("了", re.compile("瞭(?=[解望然如若亮])|(?<=明)瞭|(?<=目)瞭|(?<=照)瞭")),
    "箇": ("個", re.compile("箇(?=[中舊裡])")),
    "畱": ("留", re.compile("(?!)")),
    "闆": ("板", re.compile("(?<=老)闆|闆(?=娘)")),
    "傢": ("家", re.compile("傢(?=[俱伙具俬私什])")),
    "隻": (
        "只",
        re.compile(
            "隻(?![有是能要會剩好不在得怕花需為限因])|(?<=[一二三四五六七八九十百千萬幾數兩半0-9０-９這那每哪某船嗰呢])隻"
        ),
    ),
    "后": (
        "後",
        re.compile("(?<=[皇太王天影歌母帝妃立廢封先女仙視賢蟻蜂髮呂武稱封])后|后(?=[冠座宮妃稷羿土豐里街弦母])"),
    ),
    "週": ("周", re.compile("週(?![到密詳全旋折])|(?<=[一二三四五六七八九十兩幾每上下本這那])週")),
}
_NOT_HAVING = "冇有"

# Whose title is written with 后, of those before whom 後 stands.
_QUEENS = ("皇", "太", "王", "影", "歌")

# These are never right, whatever the page; of others, this many on a page are no slip of a pen.
_NEVER = frozenset("瞭箇畱")
_SEVERAL = 3

# These are certain only where the page has the other form as well: a table without it writes all of a page in one.
_LEFT = frozenset("后干發")

# A line with one of these is in simplified characters, whatever the page around it is in.
_SIMPLIFIED = re.compile(
    "[这来国说时个为对过开关们学头业东两长车门问间见现经给让还进远运边达选总战书电话语认计记讲设证诉应实机]"
)

_WRONG = re.compile(f"[{''.join(_BUT)}冇範{''.join(dict.fromkeys(pair[0] for pair in PAIRS))}]")

# Words that are frequent enough to tell of an error end so in the list.
OFTEN = "+"

# Some of the commonest characters that are traditional alone, and what may be wrong.
SIGNS = (("[這來國說時會個為對過開關們學]", _WRONG.pattern),)

_SURNAME = re.compile("範(?=(?:先生|女士|小姐|太太|老師|教授|醫生|醫師|博士|記者|仲淹|冰冰|曉萱|姓)|某|家)")


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield the edits that put the right form for wrong ones, on a page in traditional characters, with their lines.

    A page with one of them may have been written so: that is in doubt. Several come from a conversion.
    """
    if not context.language.startswith("zh-Hant"):
        return
    found = [(number, edit) for number, text in enumerate(texts) for edit in _wrong(text)]
    forms = {texts[number][edit.start] for number, edit in found}
    certain = len(forms) > 1 or len(found) >= _SEVERAL or not forms.isdisjoint(_NEVER)
    for number, edit in found:
        is_certain = certain and (texts[number][edit.start] not in _LEFT or any(edit.text in text for text in texts))
        yield number, edit if is_certain else replace(edit, confidence=0.5, doubtful=True)


def _wrong(text: str) -> Iterator[Edit]:
    if _SIMPLIFIED.search(text):
        return
    for match in _WRONG.finditer(text):
        at, character = match.start(), match[0]
        right = _single(text, at) or (_by_words(text, at) if character in _FORMS else None)
        if right:
            yield Edit(at, at + 1, right, KIND, 0.95)


def _single(text: str, at: int) -> str | None:
    """Return what stands for a character that is wrong but in a few words."""
    character = text[at]
    if character in _BUT:
        right, but = _BUT[character]
        return None if but.match(text, at) else right
    if character == "範" and _SURNAME.match(text, at):
        return "范"
    return "沒" if text.startswith(_NOT_HAVING, at) else None


def _by_words(text: str, at: int) -> str | None:
    """Return the form of a character that makes a word with one of its neighbours, where it makes none itself."""
    if text[at] == "後" and text[at - 1 : at] not in _QUEENS:
        return None
    words = _words()
    neighbours = [(text[at - 1 : at], ""), ("", text[at + 1 : at + 2])]
    made = [(left, right) for left, right in neighbours if left or right]
    if any(left + text[at] + right in words or left + text[at] + right + OFTEN in words for left, right in made):
        return None
    others = [form for form in _FORMS[text[at]] for left, right in made if left + form + right + OFTEN in words]
    return others[0] if others and len(set(others)) == 1 else None


@cache
def _words() -> frozenset[str]:
    packed = (Path(__file__).parent / "variants.xz").read_bytes()
    return frozenset(lzma.decompress(packed).decode().split())


_FORMS = {pair[0]: "".join(other[1] for other in PAIRS if other[0] == pair[0]) for pair in PAIRS}
