"""The notes of an article while it is set: which mark leads to which note, and which note leads back to which mark."""

from msgspec import Struct

from newsbook.model import Article, Footnote
from newsbook.model.walk import texts


class Reference(Struct, frozen=True):
    """A mark of a note: the number of that, and whether it is its first mark, to which the note leads back."""

    number: int
    is_first: bool


class FootnoteNumbers:
    """The notes of one article, numbered in their order. Marks are asked for in the order in which they are set."""

    def __init__(self, article: Article) -> None:
        named = (block.name for block in article.body if isinstance(block, Footnote) and block.name)
        self._numbers = {name: number for number, name in enumerate(dict.fromkeys(named), 1)}
        self._marked = {span.note for text in texts(article) for span in text}
        self._met = set[str]()
        self._set = set[str]()

    def reference(self, name: str) -> Reference | None:
        """Return where a mark of the note of this name leads, None where there is no such note."""
        if name not in self._numbers:
            return None
        is_first = name not in self._met
        self._met.add(name)
        return Reference(self._numbers[name], is_first)

    def number(self, name: str) -> int:
        """Return the number of a note that is set now, 0 for one that goes on, or has the name of one before it."""
        number = 0 if name in self._set else self._numbers.get(name, 0)
        self._set.add(name)
        return number

    def is_marked(self, name: str) -> bool:
        """Tell whether a note has a mark in the text."""
        return name in self._marked
