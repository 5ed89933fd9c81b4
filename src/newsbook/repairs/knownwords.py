"""What is known of the words of a page: those that an editor lists, and the names that stand elsewhere on it.

They outrank what is frequent in general. Where a character is lost, they tell what it may have been: 林?舟 was 林小舟.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

# The commonest surnames, in both scripts.
SURNAMES = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅"
    "沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦"
    "江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞"
    "章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂塗谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童"
    "欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔"
)
_NAMES = re.compile(f"(?=([{SURNAMES}][\u3400-\u9fff]{{2}}))")

# A name of the page tells where only one of its characters is lost; what is listed tells more.
_KNOWN_OF_NAMES = 2
_FURTHEST, _MOST_LOST = 8, 2


def listed_words(text: str) -> tuple[str, ...]:
    r"""Return the words of a list, one a line. Blank lines, those that begin with #, and what is behind tabs are none.

    >>> listed_words("# 街坊\n林小舟\t攝影\n\n渡口\n")
    ('林小舟', '渡口')
    """
    lines = (line.partition("\t")[0].strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


class KnownWords:
    """The words that are `listed`, and the names in `texts`, the lines of a page."""

    def __init__(self, texts: Sequence[str], listed: Sequence[str] = ()) -> None:
        self._texts, self._listed = texts, listed

    def guess(self, text: str, start: int, end: int) -> str:
        """Return what may have stood in the half-open range of a line; empty where nothing tells, or not clearly.

        >>> KnownWords((), ["林小舟"]).guess("記者林?舟報導", 3, 4)
        '小'
        """
        for length in range(2 * _FURTHEST, 0, -1):
            found: set[str] = set()
            for before in range(max(0, length - _FURTHEST), min(length, _FURTHEST, start) + 1):
                key = text[start - before : start], text[end : end + length - before]
                found |= self._lost.get(key, frozenset())
            if found:
                return found.pop() if len(found) == 1 else ""
        return ""

    @cached_property
    def _lost(self) -> dict[tuple[str, str], set[str]]:
        """What is lost of a word, by what is left before it and behind it."""
        found: dict[tuple[str, str], set[str]] = {}
        names = {name for line in self._texts for name in _NAMES.findall(line)}
        for key, lost in (*_losses(self._listed, 1), *_losses(names, _KNOWN_OF_NAMES)):
            found.setdefault(key, set()).add(lost)
        return found


def _losses(words: Iterable[str], least: int) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what may be lost of words, with what is left: `least` characters or more."""
    for word in words:
        for count in range(1, min(_MOST_LOST, len(word) - least) + 1):
            for at in range(len(word) - count + 1):
                yield (word[:at], word[at + count :]), word[at : at + count]
