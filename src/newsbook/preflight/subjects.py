"""What is checked: articles taken apart into passages, each with its place; and what is found in them."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from newsbook.desk import letters_of
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import (
    Article,
    Aside,
    Block,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    InnerLink,
    Items,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Table,
    Text,
    Verse,
)
from newsbook.model.walk import labels, plain, texts
from newsbook.places import in_page
from newsbook.stories import Story

# How much of a text tells the line that it begins in.
_BEGINNING = 16

# A passage begins within so many lines of the one before.
_NEAR = 400

# What stands for characters that are not looked at, so that places stay what they are.
FILLER = "\ufffc"

# How much of a text stands around what is quoted of it.
_CONTEXT = 12

_KINDS: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Crosshead: "crosshead",
    Figure: "caption",
    Quotation: "quotation",
    PullQuote: "pull quote",
    Aside: "box",
    Verse: "verse",
    Preformatted: "code",
    Items: "list",
    Definitions: "list",
    Table: "table",
    Footnote: "footnote",
}

# What is prose; verse and code stand as they were written, and cells hold what is no sentence.
PROSE = frozenset({"headline", "deck", "paragraph", "caption", "quotation", "pull quote", "box", "list", "footnote"})


class Passage(Struct, frozen=True):
    """A text of an article: what it is, and where it stands.

    `number` counts the blocks of the body from 1, and is 0 in front of it. `line` is that of the page, 0 where it is
    not known. `spans` are its text with its formatting; a field has none.
    """

    kind: str
    text: str
    number: int = 0
    line: int = 0
    spans: Text = ()

    @property
    def sure(self) -> str:
        """Its text, as long as it is, with fillers for what a repair was not sure of, which is told already."""
        if not any(span.doubtful for span in self.spans):
            return self.text
        return "".join(FILLER * len(span.text) if span.doubtful else span.text for span in self.spans)

    @property
    def is_prose(self) -> bool:
        """Tell whether it is made of sentences."""
        return self.kind in PROSE


class Subject(Struct, frozen=True):
    """An article with its passages, and the links of its page that were no whole addresses."""

    article: Article
    passages: tuple[Passage, ...]
    inner: tuple[InnerLink, ...] = ()

    @property
    def name(self) -> str:
        """What findings call its input."""
        return self.article.source.name

    @property
    def prose(self) -> tuple[Passage, ...]:
        """The passages that are made of sentences."""
        return tuple(passage for passage in self.passages if passage.is_prose)


class Fault(Struct, frozen=True):
    """A finding with its place in the article: the number of the block, and what is `quoted`, between its context.

    `allowed` is the reason why it may stand, where the project gives one.
    """

    finding: Diagnostic
    paragraph: int = 0
    before: str = ""
    quoted: str = ""
    behind: str = ""
    allowed: str = ""


Check: TypeAlias = Callable[[Subject], Iterator[Fault]]


def subject_of(article: Article, story: Story | None = None) -> Subject:
    """Return an article as what is checked; `story` tells the lines of its page."""
    head = (Passage(kind, getattr(article, kind)) for kind in ("kicker", "headline", "deck", "byline", "dateline"))
    made = [passage for passage in head if passage.text]
    for number, block in enumerate(article.body, 1):
        kind = _KINDS.get(type(block), "")
        made += (Passage(kind, plain(text), number, spans=text) for text in texts(block) if plain(text).strip())
        made += (Passage("label", label, number) for label in labels(block) if label.strip())
    inner = tuple(link for each in story.parts or (story,) for link in each.inner) if story else ()
    return Subject(article, tuple(_with_lines(made, story)), inner)


def _with_lines(passages: list[Passage], story: Story | None) -> Iterator[Passage]:
    """Yield passages with the lines of the page that they begin in, found by their letters, in order."""
    if story is None or story.pull is None or story.parts:
        yield from passages
        return
    find = in_page(story.pull.received)
    lines = [(letters_of(line.text), line.number) for line in story.pull.ruled.lines]
    at = 0
    for passage in passages:
        begins = letters_of(passage.text)[:_BEGINNING]
        near = (*range(at, min(len(lines), at + _NEAR)), *range(max(0, at - _NEAR), at))
        found = next((number for number in near if begins and begins in lines[number][0]), None)
        if found is not None and passage.number:
            at = found
        line = find(lines[found][1], 1).line if found is not None else 0
        yield Passage(passage.kind, passage.text, passage.number, line, passage.spans)


def fault(  # noqa: PLR0913, PLR0917 - a finding's every side.
    code: Code, subject: Subject, passage: Passage, span: tuple[int, int], message: str, hint: str = ""
) -> Fault:
    """Return what was found in `span`, a half-open range of a passage; the message is told with it in its context."""
    start, end = span
    text = passage.text
    before, behind = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    left, right = "…" if start > _CONTEXT else "", "…" if end + _CONTEXT < len(text) else ""
    shown = f"{left}{before}[{text[start:end]}]{behind}{right}"
    where = f" in the {passage.kind}" if not passage.number else f", in paragraph {passage.number}"
    told = f"{message}{where}: {re.sub(chr(10), ' ', shown)}"
    finding = Diagnostic(code, told, Place(subject.name, passage.line), hint)
    return Fault(finding, passage.number, before, text[start:end], behind)


def bare(code: Code, subject: Subject, message: str, hint: str = "", paragraph: int = 0) -> Fault:
    """Return what was found of an article as a whole, or of a block of it."""
    line = next((each.line for each in subject.passages if paragraph and each.number == paragraph), 0)
    return Fault(Diagnostic(code, message, Place(subject.name, line), hint), paragraph)
