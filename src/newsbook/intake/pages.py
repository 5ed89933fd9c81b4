"""Put the pages of one story together: which files are its pages, and one article of several."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from newsbook.model import Article, Block, Crosshead, Omission, Paragraph
from newsbook.model.walk import plain, texts
from newsbook.stories import Story

# The number of a page behind the name of the first: page_2.html, page-2.html, page(2).html, page.2.html.
_NUMBERED = re.compile(
    r"(?P<stem>.+?)(?:[_-](?:p|page)?|\s?[(（]|\.)(?P<number>[1-9]\d?)[)）]?", re.IGNORECASE | re.DOTALL
)
_COUNTED = re.compile(
    r"\s*[(（\[【]?\s*(?:第\s*)?(\d{1,2})\s*(?:[/／]\s*\d{1,2})?\s*(?:[页頁]|ページ|쪽)?\s*[)）\]】]?\s*$"
)
_SHAPES = ("{stem}_{number}", "{stem}-{number}", "{stem}({number})", "{stem} ({number})", "{stem}.{number}")
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt", ".md"})
_MOST = 60


def page_number(name: str) -> tuple[str, int]:
    """Return the name of a story's first page, without its suffix, and the number of the page called `name`.

    >>> page_number("boats_2.html"), page_number("boats.html")
    (('boats', 2), ('boats', 1))
    """
    stem = Path(name).stem
    match = _NUMBERED.fullmatch(stem)
    return (match["stem"], int(match["number"])) if match else (stem, 1)


def names_beside(name: str, addresses: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the names that each other page of a story may have beside its first: as that calls it, or numbered."""
    yield from ((called,) for called in map(_last_part, addresses) if Path(called).suffix.lower() in _SUFFIXES)
    stem, suffix = Path(name).stem, Path(name).suffix
    if suffix.lower() in _SUFFIXES:
        for number in range(2, _MOST):
            yield tuple(shape.format(stem=stem, number=number) + suffix for shape in _SHAPES)


def _last_part(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).rpartition("/")[2]
    except ValueError:
        return ""


def is_next_of(first: Article, other: Article) -> bool:
    """Tell whether an article is a further page of another: it has its headline, but for the number of the page."""
    headline = _COUNTED.sub("", other.headline) or other.headline
    return bool(first.headline) and headline == (_COUNTED.sub("", first.headline) or first.headline)


def joined(stories: tuple[Story, ...], at: int) -> Story:
    """Return the story whose pages are `stories`, in their order; the one `at` is whose facts count.

    What a page repeats of those before it is left out.
    """
    main = stories[at]
    body: list[Block] = []
    sources = []
    for number, story in enumerate(stories):
        repeated = [
            block for block in story.article.body if body and block in body and not isinstance(block, Crosshead)
        ]
        body += [block for block in story.article.body if block not in repeated]
        said = (plain(text) for block in repeated for text in texts(block))
        omissions = (*story.article.source.omissions, *(Omission("repeat", 1, text) for text in said if text))
        sources += [replace(story.article.source, omissions=omissions, retrievals=())] if number != at else []
    source = main.article.source
    retrievals = dict.fromkeys(each for story in stories for each in story.article.source.retrievals)
    others = (credit for story in stories for credit in story.article.credits)
    whole = replace(
        main.article,
        body=tuple(body),
        credits=tuple(dict.fromkeys((*main.article.credits, *others))),
        source=replace(source, pages=(*source.pages, *sources), retrievals=tuple(retrievals)),
    )
    pictures = {picture.name: picture for story in stories for picture in story.pictures}
    return replace(main, article=whole, pictures=tuple(pictures.values()), parts=stories)


def length_of(article: Article) -> int:
    """Return the number of characters in the paragraphs of an article."""
    return sum(len(plain(block.text)) for block in article.body if isinstance(block, Paragraph))
