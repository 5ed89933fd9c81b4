"""Copy → Copy: undo what mirrors and scrapers did to a text, and keep the record of it."""

from newsbook.repairs.engine import repair
from newsbook.repairs.knownwords import listed_words

__all__ = ["listed_words", "repair"]
