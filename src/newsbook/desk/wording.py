"""The words of an article as plain text."""

from collections.abc import Iterator

from newsbook.model import Article, Crosshead, Figure, Items, Paragraph, Quotation, Text


def wording(article: Article) -> str:
    """Return headline, deck and body of `article`, a line each."""
    return "\n".join((article.headline, article.deck, *_texts(article)))


def plain(text: Text) -> str:
    """Return the characters of `text` without its formatting."""
    return "".join(span.text for span in text)


def _texts(article: Article) -> Iterator[str]:
    for block in article.body:
        if isinstance(block, Paragraph | Crosshead):
            yield plain(block.text)
        elif isinstance(block, Figure):
            yield plain(block.caption)
        elif isinstance(block, Items):
            yield from map(plain, block.items)
        elif isinstance(block, Quotation):
            yield from map(plain, block.paragraphs)
