"""Count what of a story must stand where it is set: ideographs, kana, syllables of Hangul, and digits."""

import re
from collections import Counter
from unicodedata import normalize

from newsbook.model import Article
from newsbook.model.walk import plain, texts

# As the check of a PDF counts. Letters are not, for faces may draw those of two alphabets with one glyph.
_COUNTED = re.compile("[0-9\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")


def counted(text: str) -> Counter[str]:
    """Return how often each character that counts is in a text; variants of one are one (NFKC)."""
    return Counter(_COUNTED.findall(normalize("NFKC", text)))


def of_story(article: Article) -> Counter[str]:
    """Return the characters of a story that must stand where it is set: those of its headline and its body."""
    return counted("".join([article.headline, *(plain(text) for text in texts(article))]))
