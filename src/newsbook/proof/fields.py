"""The fields of an article as plain text: what was found about it, and its body."""

from collections.abc import Iterator

from msgspec import Struct

from newsbook.model import Article, Block, Figure, Role, Table
from newsbook.model.walk import labels, plain, texts


class FoundField(Struct, frozen=True):
    """A field's label and value. An empty value was looked for and not found."""

    label: str
    value: str


# What a reader of the edition will miss is shown as not found; the rest only where it is there.
_EXPECTED = ("Headline", "Published", "Outlet", "Author")


def fields_of(article: Article) -> tuple[FoundField, ...]:
    """Return the fields of an article in the order in which an edition has them."""
    source = article.source
    credited = {role: "、".join(credit.name for credit in article.credits if credit.role is role) for role in Role}
    every = (
        ("Section", article.section),
        ("Kicker", article.kicker),
        ("Headline", article.headline),
        ("Deck", article.deck),
        ("Byline", article.byline),
        ("Dateline", article.dateline),
        ("Published", article.published),
        ("Updated", article.updated),
        ("Outlet", source.outlet),
        *((role.value.capitalize(), names) for role, names in credited.items()),
        ("Language", article.language),
        ("Address", source.url),
        ("Retrieved", source.retrieved),
        ("Rights", source.rights),
    )
    return tuple(FoundField(label, value) for label, value in every if value or label in _EXPECTED)


def body_texts(article: Article) -> tuple[str, ...]:
    """Return the body as plain lines."""
    return tuple(line for block in article.body for line in _lines(block) if line)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Figure():
            return
        case Table():
            yield plain(block.caption)
            yield from (" · ".join(map(plain, row)) for row in block.rows)
        case _:
            yield from (*map(plain, texts(block)), *labels(block))
