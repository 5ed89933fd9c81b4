"""How much can be set: a story beyond it would hold the page engine for longer than anybody waits."""

from collections.abc import Iterable, Iterator

from newsbook.diagnostics import Code, Diagnostic, LimitError, Place, Report
from newsbook.gate.caps import Caps, over
from newsbook.gate.texts import Scrubber
from newsbook.model import Article, Block
from newsbook.model.walk import labels, texts

_WHOLE = Place()


def demand_settable(article: Article, caps: Caps) -> int:
    """Return how many characters a story has. Raises `LimitError` where it is more than pages are made of."""
    name = article.source.name or "an article"
    body = texts(article)
    length = sum(len(span.text) + len(span.ruby) for text in body for span in text) + sum(map(len, labels(article)))
    if length > caps.story:
        raise over(name, length, "characters", "story", caps)
    parts = sum(map(_parts, article.body))
    if parts > caps.parts:
        raise over(name, parts, "paragraphs, cells, lines and runs", "parts", caps)
    return length


def _parts(block: Block) -> int:
    """Return how many paragraphs, items, cells and forced lines a block has, each as its runs where it has several."""
    return max(1, sum(max(1, len(text)) + sum(span.text.count("\n") for span in text) for text in texts(block)))


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


def short(text: str, what: str, caps: Caps, report: Report, place: Place = _WHOLE) -> str:
    """Return a name without what turns its direction or piles up on it, cut where it is none; both are reported."""
    kept = Scrubber(caps).label(text)
    if kept != text:
        message = f"the {what} held characters that no name has, as controls of direction; they were taken out."
        report(Diagnostic(Code.CONTROL_CHARACTERS, message, place))
    return cut(kept, what, "heading", caps, report, place)


def cut(text: str, what: str, cap: str, caps: Caps, report: Report, place: Place = _WHOLE) -> str:  # noqa: PLR0913, PLR0917
    """Return what stands beside a text, cut where it has more characters than a cap; that is reported."""
    most: int = getattr(caps, cap)
    if len(text) <= most:
        return text
    message = f"the {what} has {len(text):,} characters, and was cut (cap {cap}: {most:,})."
    report(Diagnostic(Code.OVER_CAP, message, place, f"Raise it with --cap {cap}=NUMBER."))
    return f"{text[: most - 1]}…"
