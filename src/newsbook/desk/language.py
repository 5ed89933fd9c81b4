"""Tell an article's language and script by its letters: kana, hangul, or characters that only one script has."""

import re
import unicodedata
from collections import Counter
from functools import partial
from itertools import pairwise

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article, Span, Text
from newsbook.model.walk import map_texts, plain, texts
from newsbook.script import count_scripts, scripts

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


def with_foreign_runs(article: Article, language: str) -> Article:
    """Return an article in `language` whose runs say a language or a direction only where that is another.

    Pages call their digits English, and templates in English their Chinese.
    """
    return map_texts(article, partial(_with_foreign_runs, language=language))


def _with_foreign_runs(text: Text, language: str) -> Text:
    if not any(span.language or span.direction for span in text):
        return text
    kept = [replace(span, language=_foreign(span, language), direction=_turned(span)) for span in text]
    starts = [
        at for at, (one, other) in enumerate(pairwise(kept), 1) if replace(one, text=other.text) != other or one.ruby
    ]
    cuts = pairwise([0, *starts, len(kept)])
    return tuple(replace(kept[start], text=plain(tuple(kept[start:end]))) for start, end in cuts)


def _foreign(span: Span, language: str) -> str:
    tag, script = span.language.partition("-")[0], _script_of(span.text)
    is_cjk = tag in {"zh", "ja", "ko", "yue"}
    if not script or tag == language.partition("-")[0] or is_cjk is not (script == "CJK"):
        return ""
    return span.language


def _turned(span: Span) -> str:
    """Return the direction of a run that has letters of a script that runs from right to left."""
    return span.direction if any(unicodedata.bidirectional(one) in {"R", "AL"} for one in span.text) else ""


def _script_of(text: str) -> str:
    """Return whether a text has characters of Chinese, Japanese or Korean, or other letters, or none."""
    if _HAN.search(text) or _KANA.search(text) or _HANGUL.search(text):
        return "CJK"
    return "other" if any(map(str.isalpha, text)) else ""


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
