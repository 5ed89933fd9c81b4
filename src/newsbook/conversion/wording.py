"""Put every text of an article through a change, and nothing else: not links, file names, hashes or the record."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec.structs import replace

from newsbook.model import (
    Article,
    Block,
    Crosshead,
    Figure,
    Items,
    Paragraph,
    PullQuote,
    Quotation,
    Source,
    Span,
    Table,
    Text,
)

Change: TypeAlias = Callable[[str], str]


def reworded(article: Article, change: Change) -> Article:
    """Return `article` with every text of it changed. What is doubtful stays as it was received."""
    return replace(
        article,
        headline=change(article.headline),
        kicker=change(article.kicker),
        deck=change(article.deck),
        byline=change(article.byline),
        dateline=change(article.dateline),
        section=change(article.section),
        body=tuple(_block(block, change) for block in article.body),
        credits=tuple(replace(credit, name=change(credit.name)) for credit in article.credits),
        source=_source(article.source, change),
    )


def _source(source: Source, change: Change) -> Source:
    return replace(source, outlet=change(source.outlet), rights=change(source.rights))


def _block(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Crosshead() | PullQuote():
            return replace(block, text=_text(block.text, change))
        case Figure():
            caption = _text(block.caption, change)
            return replace(block, caption=caption, credit=change(block.credit), alt=change(block.alt))
        case Quotation():
            paragraphs = tuple(_text(paragraph, change) for paragraph in block.paragraphs)
            return replace(block, paragraphs=paragraphs, attribution=change(block.attribution))
        case Items():
            return replace(block, items=tuple(_text(item, change) for item in block.items))
        case Table():
            rows = tuple(tuple(_text(cell, change) for cell in row) for row in block.rows)
            return replace(block, rows=rows, caption=_text(block.caption, change))
        case _:
            return block


def _text(text: Text, change: Change) -> Text:
    """Change the runs of a text together, so that a word may begin in one and end in the next."""
    whole = "".join(span.text for span in text)
    changed = change(whole)
    if len(changed) != len(whole):
        return tuple(_span(span, change(span.text)) for span in text)
    spans: list[Span] = []
    at = 0
    for span in text:
        spans.append(_span(span, changed[at : at + len(span.text)]))
        at += len(span.text)
    return tuple(spans)


def _span(span: Span, words: str) -> Span:
    return span if span.doubtful else replace(span, text=words)
