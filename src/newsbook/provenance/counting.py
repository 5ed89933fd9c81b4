"""Count what of a story must stand where it is set."""

from collections import Counter

from newsbook.cjk import counted
from newsbook.model import Article
from newsbook.model.walk import plain, texts


def of_story(article: Article) -> Counter[str]:
    """Return the characters of a story that must stand where it is set: those of its headline and its body."""
    return counted("".join([article.headline, *(plain(text) for text in texts(article))]))
