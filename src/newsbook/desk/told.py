"""Text whose head and pictures a form of exchange tells: what it tells is put where the desk would look for it."""

from msgspec.structs import replace

from newsbook.desk.body import told_figure
from newsbook.desk.draft import Draft, printed, with_credits
from newsbook.model import Article, Block, Copy, Credit, Figure, Line, Markup, Paragraph, Part


def is_text(copy: Copy) -> bool:
    """Tell whether the body of a copy is text, whatever is told of its head."""
    return any(markup.part is Part.TEXT for markup in copy.markup)


def begin(copy: Copy) -> Draft:
    """Return the draft that a copy of text begins as: every line of it, and the fields that are told."""
    if not copy.markup:
        return Draft(copy.lines, Article(headline="", source=copy.source))
    first: dict[Part, Line] = {}
    for line, markup in _told(copy):
        first.setdefault(markup.part, line)
    kicker, deck = (printed(first[part]) if part in first else "" for part in (Part.KICKER, Part.DECK))
    article = Article(headline="", kicker=kicker, deck=deck, source=copy.source)
    lines = tuple(line for line, markup in _told(copy) if markup.part in {Part.TEXT, Part.HEADLINE})
    return Draft(lines, article, headline=first.get(Part.HEADLINE))


def with_figures(article: Article, copy: Copy) -> Article:
    """Return `article` with the pictures that are told: the first behind the first paragraph, the others at the end."""
    told = [told_figure(line, markup) for line, markup in _told(copy) if markup.part is Part.PICTURE]
    if not told:
        return article
    figures: list[Block] = [figure for figure, _ in told]
    credits_: tuple[Credit, ...] = tuple(credit for _, credited in told for credit in credited)
    body = [block for block in article.body if not _repeats(block, figures)]
    at = next((at for at, block in enumerate(body, 1) if isinstance(block, Paragraph)), len(body))
    return replace(with_credits(article, credits_), body=(*body[:at], *figures[:1], *body[at:], *figures[1:]))


def _told(copy: Copy) -> list[tuple[Line, Markup]]:
    return list(zip(copy.lines, copy.markup, strict=bool(copy.markup)))


def _repeats(block: Block, figures: list[Block]) -> bool:
    """Tell whether a figure that the text has without its picture is one of those that are told."""
    captions = {figure.caption for figure in figures if isinstance(figure, Figure)}
    return isinstance(block, Figure) and bool(block.caption) and block.caption in captions
