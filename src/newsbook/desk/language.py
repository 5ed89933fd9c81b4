"""Tell an article's language and script by its letters: kana, hangul, or characters that only one script has."""

import re
from collections import Counter

from newsbook.desk.script import count_scripts, scripts
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article
from newsbook.model.walk import plain, texts

# Unicode 17, charts U+3040, U+30A0, U+31F0 and U+FF66: kana without their marks, which Chinese text borrows.
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

# Japanese news is about half kana, Korean nearly all hangul; a Chinese story about either quotes a few words.
_KANA_SHARE = 0.15
_HANGUL_SHARE = 0.3

# A name or a quotation brings a few characters of the other script; fewer than these are no mixture.
_FEWEST = 5
_SHARE = 0.02
_SHOWN = 6


def detect(text: str) -> str:
    """Return the BCP 47 tag of `text`: zh-Hans, zh-Hant, ja or ko; empty where nothing tells.

    >>> detect("渡口開市"), detect("渡口开市"), detect("渡し場の市"), detect("나루터 장날"), detect("Market day")
    ('zh-Hant', 'zh-Hans', 'ja', 'ko', '')
    """
    kana, hangul, han = (len(pattern.findall(text)) for pattern in (_KANA, _HANGUL, _HAN))
    if hangul > _HANGUL_SHARE * (hangul + han + kana):
        return "ko"
    if kana > _KANA_SHARE * (han + kana):
        return "ja"
    traditional, simplified = count_scripts(text)
    if traditional == simplified:
        return ""
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def language_of(article: Article) -> str:
    """Return the BCP 47 tag of the language that an article is written in; empty where nothing tells."""
    return detect(wording(article))


def wording(article: Article) -> str:
    """Return headline, deck and body of an article, a line each."""
    return "\n".join((article.headline, article.deck, *map(plain, texts(article))))


def find_mixture(article: Article, language: str) -> Diagnostic | None:
    """Return the finding that a Chinese article mixes scripts, or None where it does not."""
    if not language.startswith("zh"):
        return None
    tables = scripts()
    text = wording(article)
    counts = (
        Counter(character for character in text if character in tables.traditional),
        Counter(character for character in text if character in tables.simplified),
    )
    other = min(counts, key=Counter.total)
    if other.total() < max(_FEWEST, _SHARE * (counts[0].total() + counts[1].total())):
        return None
    name = "traditional" if other is counts[0] else "simplified"
    shown = "".join(character for character, _ in other.most_common(_SHOWN))
    message = f"{other.total()} characters of the text are {name} and the others are not: {shown}."
    return Diagnostic(Code.SCRIPT_MIXED, message, Place(article.source.name), "--script brings it to one.")
