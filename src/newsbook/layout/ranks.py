"""How much each story weighs: the lead, stories, and short notices, which are gathered behind the stories."""

from itertools import groupby

from msgspec.structs import replace

from newsbook.layout.headlines import width_of
from newsbook.model import PANELS, Article, Figure, Issue, Paragraph, Rank
from newsbook.model.walk import plain

# A notice alone is no column of notices.
_FEWEST = 2


def ranked(issue: Issue, notice: float) -> Issue:
    """Return an issue whose articles all have their rank: what was said of it, else by place, length and pictures.

    Without pictures, and with no more than `notice` ems of text, a story is a brief, where it is not the only one. The
    first that is none is the lead, where none is said to be.
    """
    short = {at for at, article in enumerate(issue.articles) if not article.rank and _is_short(article, notice)}
    said = {article.rank for article in issue.articles}
    is_column = len(short) + sum(article.rank is Rank.BRIEF for article in issue.articles) >= _FEWEST
    briefs = short if is_column and len(short) < len(issue.articles) else short - {0} if is_column else set()
    open_to_all = (at for at, article in enumerate(issue.articles) if not article.rank and at not in briefs)
    lead = -1 if Rank.LEAD in said else next(open_to_all, -1)
    return replace(
        issue,
        articles=tuple(
            article
            if article.rank
            else replace(article, rank=Rank.LEAD if at == lead else Rank.BRIEF if at in briefs else Rank.STORY)
            for at, article in enumerate(issue.articles)
        ),
    )


def reading_order(issue: Issue) -> tuple[int, ...]:
    """Return the places of a ranked issue's articles as they are set: in each section stories, briefs, then frames."""
    articles = issue.articles
    parts = (list(part) for _, part in groupby(range(len(articles)), key=lambda at: articles[at].section))
    return tuple(at for part in parts for at in sorted(part, key=lambda at: _depth(articles[at])))


def is_feature(article: Article, least: float) -> bool:
    """Tell whether a ranked article has pictures and no less than so many ems of text; none is where that is nought."""
    has_pictures = any(isinstance(block, Figure) and block.image for block in article.body)
    return (
        bool(least)
        and article.rank is not Rank.BRIEF
        and not article.genre
        and has_pictures
        and _length(article) >= least
    )


def _length(article: Article) -> float:
    """Return how long the paragraphs of an article are, in ems."""
    return sum(width_of(plain(block.text)) for block in article.body if isinstance(block, Paragraph))


def _depth(article: Article) -> int:
    return 2 if article.genre in PANELS else int(article.rank is Rank.BRIEF)


def _is_short(article: Article, notice: float) -> bool:
    """Tell whether an article is nothing but a few words."""
    is_plain = all(isinstance(block, Paragraph) for block in article.body)
    return is_plain and 0 < _length(article) <= notice
