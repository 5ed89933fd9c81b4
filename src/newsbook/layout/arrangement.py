"""How the stories of a newspaper are arranged: in blocks of their own, beside a picture, or with their neighbours."""

from enum import StrEnum

from msgspec.structs import replace

from newsbook.layout.headlines import width_of
from newsbook.layout.style import Print
from newsbook.model import Article, Block, Crosshead, Figure, Issue, Paragraph


class Arrangement(StrEnum):
    """What a story is to the page: a block, a block beside its first picture, or one of several in common columns."""

    BLOCK = "block"
    BESIDE = "beside"
    BRIEF = "brief"


def arrangement(article: Article, grid: Print) -> Arrangement:
    """Return how a style arranges a story that is not the first."""
    ems = sum(map(_ems, article.body))
    pictures = [block for block in article.body if isinstance(block, Figure)]
    if not pictures and ems < grid.brief:
        return Arrangement.BRIEF
    has_picture = any(picture.image for picture in pictures)
    return Arrangement.BESIDE if has_picture and grid.brief <= ems <= grid.beside else Arrangement.BLOCK


def _ems(block: Block) -> float:
    return width_of("".join(span.text for span in block.text)) if isinstance(block, Paragraph | Crosshead) else 0.0


def led_by_pictures(issue: Issue, grid: Print) -> Issue:
    """Return `issue` with the first picture of a story before its text where a style places it there."""
    first, *others = issue.articles
    slices = frozenset(media.name for media in issue.media if media.is_slice)
    led = [_led_by_picture(first, slices) if grid.lead_picture else first]
    led += [_led_by_picture(one, slices) if arrangement(one, grid) is Arrangement.BESIDE else one for one in others]
    return replace(issue, articles=tuple(led))


def _led_by_picture(article: Article, slices: frozenset[str]) -> Article:
    """Return an article with its first picture before its text. Slices of one stay where they are."""
    pictures = [block for block in article.body if isinstance(block, Figure) and block.image not in {"", *slices}][:1]
    return replace(article, body=(*pictures, *(block for block in article.body if block not in pictures)))
