"""The text of a model and of finished files, plain, for comparing one with the other."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from newsbook.model import Article, Block, Footnote, Text
from newsbook.model.walk import labels, texts


def joined(text: Text) -> str:
    """Return a text's words without its formatting, each reading behind its base."""
    return "".join(span.text + span.ruby for span in text)


def strings_of(article: Article) -> Iterator[str]:
    """Yield the strings of an article in the order in which an edition sets them."""
    yield from filter(None, (article.section, article.kicker, article.headline, article.deck))
    for block in article.body:
        yield from filter(None, _strings_of_block(block))


def _strings_of_block(block: Block) -> Iterator[str]:
    """Yield what a block has in print: its texts, and a credit or an attribution, which come before other labels."""
    if isinstance(block, Footnote):
        yield from (block.mark, joined(block.text))
        return
    for text in texts(block):
        yield from map(str.strip, joined(text).split("\n"))
    yield from labels(block)[:1]


def bare(text: str) -> str:
    """Return `text` without white space."""
    return re.sub(r"\s", "", text)


def pdftotext(pdf: Path, *options: str) -> str:
    """Return what poppler's pdftotext reads from `pdf`."""
    done = subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def is_subsequence(short: str, long: str) -> bool:
    """Tell whether every character of `short` stands in `long`, in order."""
    characters = iter(long)
    return all(character in characters for character in short)
