"""The walks over the model: every text of an article's body, and every string of any part of it."""

from collections.abc import Callable, Iterator
from enum import Enum
from itertools import chain
from operator import is_
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import (
    Article,
    Aside,
    Block,
    Break,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    Items,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Span,
    Table,
    Text,
    Verse,
)


def plain(text: Text) -> str:
    """Return the characters of `text` without its formatting.

    >>> from newsbook.model import Span
    >>> plain((Span("渡口"), Span("開市", ruby="kāi shì")))
    '渡口開市'
    """
    return "".join(span.text for span in text)


def lines_of(text: Text) -> tuple[Text, ...]:
    r"""Return the lines of a text that line feeds divide, as of verse or code.

    >>> [plain(line) for line in lines_of((Span("一聲長\n一聲"), Span("短")))]
    ['一聲長', '一聲短']
    """
    lines: list[list[Span]] = [[]]
    for span in text:
        first, *others = span.text.split("\n")
        lines[-1] += [replace(span, text=first)] if first else []
        lines += [[replace(span, text=other)] if other else [] for other in others]
    return tuple(map(tuple, lines))


def in_lines(lines: tuple[Text, ...]) -> Text:
    """Return lines as one text, divided by line feeds; `lines_of` turned round."""
    spans: list[Span] = []
    for number, line in enumerate(lines):
        for span in ((Span("\n"),) if number else ()) + line:
            if spans and not span.ruby and not spans[-1].ruby and replace(spans[-1], text=span.text) == span:
                spans[-1] = replace(span, text=spans[-1].text + span.text)
            else:
                spans.append(span)
    return tuple(spans)


def texts(part: Article | Block) -> tuple[Text, ...]:
    """Return every text of a block or of an article's body, in the order in which they are set; some are empty."""
    return tuple(chain.from_iterable(map(_texts, _blocks(part))))


def labels(part: Article | Block) -> tuple[str, ...]:
    """Return what a block or an article's body says besides its texts: credits, attributions, alternative texts."""
    return tuple(chain.from_iterable(map(_labels, _blocks(part))))


def _blocks(part: Article | Block) -> tuple[Block, ...]:
    return part.body if isinstance(part, Article) else (part,)


def _texts(block: Block) -> tuple[Text, ...]:
    match block:
        case Paragraph() | Crosshead() | PullQuote() | Verse() | Preformatted() | Footnote():
            return (block.text,)
        case Figure():
            return (block.caption,)
        case Quotation() | Aside():
            return block.paragraphs
        case Items() | Definitions():
            return block.items
        case Table():
            return (block.caption, *chain.from_iterable(block.rows))
        case Break():
            return ()


def _labels(block: Block) -> tuple[str, ...]:
    match block:
        case Figure():
            return (block.credit, block.alt)
        case Quotation():
            return (block.attribution,)
        case Footnote():
            return (block.mark,)
        case _:
            return ()


def map_texts(
    article: Article, change: Callable[[Text], Text], change_label: Callable[[str], str] = lambda label: label
) -> Article:
    """Return `article` with every text of its body changed, and every label; as `texts` and `labels` have them."""
    return replace(article, body=tuple(_mapped(block, change, change_label) for block in article.body))


def _mapped(block: Block, change: Callable[[Text], Text], change_label: Callable[[str], str]) -> Block:  # noqa: PLR0911 - a return for each kind of block.
    match block:
        case Paragraph() | Crosshead() | PullQuote() | Verse() | Preformatted():
            return replace(block, text=change(block.text))
        case Footnote():
            return replace(block, text=change(block.text), mark=change_label(block.mark))
        case Figure():
            credit, alt = map(change_label, labels(block))
            return replace(block, caption=change(block.caption), credit=credit, alt=alt)
        case Quotation():
            paragraphs = tuple(map(change, block.paragraphs))
            return replace(block, paragraphs=paragraphs, attribution=change_label(block.attribution))
        case Aside():
            return replace(block, paragraphs=tuple(map(change, block.paragraphs)))
        case Items() | Definitions():
            return replace(block, items=tuple(map(change, block.items)))
        case Table():
            rows = tuple(tuple(map(change, row)) for row in block.rows)
            return replace(block, caption=change(block.caption), rows=rows)
        case Break():
            return block


def strings(part: object) -> Iterator[str]:
    """Yield every string of a part of the model, however deep: names, addresses and the record among them."""
    match part:
        case Enum():
            return
        case str():
            yield part
        case tuple():
            yield from chain.from_iterable(map(strings, part))
        case Struct():
            for name in part.__struct_fields__:
                yield from strings(getattr(part, name))


_Value = TypeVar("_Value")


def map_strings(part: _Value, change: Callable[[str], str]) -> _Value:
    """Return a part of the model with every string of it changed; the same object where none did."""
    changed: object = part
    if isinstance(part, str):
        changed = part if isinstance(part, Enum) else change(part)
        return part if changed == part else cast("_Value", changed)
    if isinstance(part, tuple):
        changed = tuple([map_strings(item, change) for item in part])
        return part if all(map(is_, part, changed)) else cast("_Value", changed)
    if isinstance(part, Struct):
        old = [getattr(part, name) for name in part.__struct_fields__]
        new = [map_strings(value, change) for value in old]
        return part if all(map(is_, old, new)) else type(part)(*new)
    return part
