"""The user's own list of words: what must not be printed, or only in some contexts, and what to write instead."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsbook.diagnostics import Code, UsageError
from newsbook.preflight.subjects import Fault, Subject, fault


class ListedWord(Struct, frozen=True):
    """A word, what to write instead, and the longer words in which it may stand."""

    word: str
    instead: str = ""
    contexts: tuple[str, ...] = ()


def listed(lines: Iterable[str], name: str) -> Iterator[ListedWord]:
    r"""Yield the words of a list: a word a line, behind tabs what to write instead and where it may stand.

    Blank lines and those that begin with # say nothing. Raises `UsageError` for a line without a word.

    >>> list(listed(["老人\t長者\t老人與海、老人星"], "words.txt"))
    [ListedWord(word='老人', instead='長者', contexts=('老人與海', '老人星'))]
    """
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, instead, contexts, *_ = [*line.split("\t"), "", ""]
        if not word.strip():
            raise UsageError(f"{name}:{number} has no word; write word, a tab, and what to write instead.")
        yield ListedWord(word.strip(), instead.strip(), tuple(filter(None, re.split("[、,，]", contexts.strip()))))


def listed_words(subjects: tuple[Subject, ...], words: tuple[ListedWord, ...]) -> Iterator[Fault]:
    """Find listed words in everything that is printed of an article."""
    if not words:
        return
    known = {each.word.lower(): each for each in words}
    longest_first = sorted(known, key=len, reverse=True)
    find = re.compile("|".join(_form(word) for word in longest_first), re.IGNORECASE)
    for subject in subjects:
        for passage in subject.passages:
            for match in find.finditer(passage.text):
                word = known[match[0].lower()]
                if not _may_stand(word, passage.text, match.start()):
                    hint = f"Write {word.instead}." if word.instead else "Write another."
                    message = f"{match[0]} is on the list of words"
                    yield fault(Code.WORD_LISTED, subject, passage, match.span(), message, hint)


def _form(word: str) -> str:
    """Return a pattern of a word; one of Latin letters stands alone."""
    form = re.escape(word)
    return rf"(?<![A-Za-z0-9]){form}(?![A-Za-z0-9])" if word.isascii() else form


def _may_stand(word: ListedWord, text: str, start: int) -> bool:
    """Tell whether a word stands within one of its contexts."""
    for context in word.contexts:
        first = max(0, start - len(context) + 1)
        at = text.find(context, first)
        if 0 <= at <= start and start + len(word.word) <= at + len(context):
            return True
    return False
