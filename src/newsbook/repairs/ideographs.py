"""Radicals and compatibility ideographs that stand for ordinary characters: ⽇本 is 日本, and ⻓江 is 长江.

They come from PDFs and from old character sets. Radicals are mended in every language, but only beside other
letters, and never in a line that is about radicals. Compatibility ideographs are mended in Chinese alone: Korean
standards have them by design, and Japanese names are written with them. GBK has a few. On a page that shows a
mirror's work these are parts of slipped runs.
"""

import re
import unicodedata
from collections.abc import Iterator

from newsbook.repairs import gbk
from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

KIND = "compatibility-ideograph"

SUSPECT = "[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]"

_HAN = "\u3400-\u9fff\u2e80-\u2fd5\U00020000-\U0003ffff"
_LETTER = f"{_HAN}\u3041-\u3096\u30a1-\u30fc\uac00-\ud7a3"
_RADICAL = re.compile(f"[\u2e80-\u2fd5](?=[{_LETTER}])|(?<=[{_LETTER}])[\u2e80-\u2fd5]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_ABOUT = re.compile("部首|偏旁|部件|康熙|康煕|부수|radical", re.IGNORECASE)

# UCD, EquivalentUnifiedIdeograph.txt: of the CJK Radicals Supplement, those that are whole characters. Kangxi radicals
# and compatibility ideographs have their mappings in UnicodeData.txt.
_SUPPLEMENT = dict(
    zip(
        "⺎⺒⺓⺟⺠⺫⺬⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "兀巳幺母民目示羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)

# Unicode unifies a radical with the form of the Kangxi dictionary; where the page's own standard writes the character
# in another way, that is what the radical was drawn as. GB 18030, JIS X 0213 and Big5 code both forms.
_FORMS = {
    "zh-Hans": str.maketrans("戶靑黃", "户青黄"),
    "ja": str.maketrans("戶靑黃", "戸青黄"),
    "zh-Hant": str.maketrans("靑", "青"),
}


def is_topic(text: str) -> bool:
    """Tell whether a line is about radicals."""
    return bool(_ABOUT.search(text))


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield the edits that put ordinary characters for radicals and compatibility ideographs."""
    if not is_topic(text):
        for match in _RADICAL.finditer(text):
            character = _unified(match[0]).translate(_forms(context.language))
            if character != match[0]:
                yield Edit(match.start(), match.end(), character, KIND)
    if context.language.startswith("zh"):
        for match in _COMPATIBILITY.finditer(text):
            character = unicodedata.normalize("NFC", match[0])
            if character != match[0] and not (context.mirrored and gbk.spell(match[0])):
                yield Edit(match.start(), match.end(), character, KIND)


def _unified(radical: str) -> str:
    return _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)


def _forms(language: str) -> dict[int, int]:
    return next((table for tag, table in _FORMS.items() if language.startswith(tag)), {})
