"""How much can be set: a story beyond it would hold the page engine for longer than anybody waits."""

from collections.abc import Iterable, Iterator

from newsbook.diagnostics import Code, Diagnostic, LimitError, Place, Report
from newsbook.gate.caps import Caps, over
from newsbook.model import Article, Block
from newsbook.model.walk import labels, texts


def demand_settable(article: Article, caps: Caps) -> int:
    """Return how many characters a story has. Raises `LimitError` where it is more than pages are made of."""
    name = article.source.name or "an article"
    body = texts(article)
    length = sum(len(span.text) + len(span.ruby) for text in body for span in text) + sum(map(len, labels(article)))
    if length > caps.story:
        raise over(name, length, "characters", "story", caps)
    parts = sum(map(_parts, article.body))
    if parts > caps.parts:
        raise over(name, parts, "paragraphs, cells and runs", "parts", caps)
    return length


def _parts(block: Block) -> int:
    """Return how many paragraphs, items and cells a block has, each counted as its runs where it has several."""
    return max(1, sum(max(1, len(text)) for text in texts(block)))


def admit_stories(articles: Iterable[Article], name: str, caps: Caps) -> Iterator[LimitError | None]:
    """Yield for each article of an input why no pages can be made of it, or None."""
    total = 0
    for article in articles:
        try:
            length = demand_settable(article, caps)
        except LimitError as error:
            yield error
            continue
        total += length
        yield over(f"what {name} holds", total, "characters", "stories", caps) if total > caps.stories else None
        total -= length if total > caps.stories else 0


def short(text: str, what: str, caps: Caps, report: Report) -> str:
    """Return a name that stands on every page, cut where it is none any more; that is reported."""
    if len(text) <= caps.heading:
        return text
    message = f"the {what} has {len(text):,} characters, and was cut (cap heading: {caps.heading:,})."
    report(Diagnostic(Code.OVER_CAP, message, Place(), "Raise it with --cap heading=NUMBER."))
    return f"{text[: caps.heading - 1]}…"
