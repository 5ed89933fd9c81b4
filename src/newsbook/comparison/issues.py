"""Two issues: which articles were added, taken out, moved or changed."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from newsbook.comparison.articles import Difference, changed_blocks, changed_facts
from newsbook.comparison.matching import matched, moved
from newsbook.model import Article
from newsbook.stories import Story

Fate: TypeAlias = Literal["added", "removed", "changed", "same"]


class ArticleDifference(Struct, frozen=True):
    """What became of an article: its fate, whether it stands elsewhere in the order, and what changed in it.

    `old` and `new` are its numbers in the two issues, from 1, and 0 where it is not there; the names are those of its
    inputs. `repairs` are how many are on record on each side, which is no change of the text.
    """

    fate: Fate
    headline: str
    language: str = ""
    old: int = 0
    new: int = 0
    old_name: str = ""
    new_name: str = ""
    is_moved: bool = False
    facts: tuple[Difference, ...] = ()
    blocks: tuple[Difference, ...] = ()
    repairs: tuple[int, int] = (0, 0)


class Comparison(Struct, frozen=True):
    """Two issues by their names, and what became of each article, in the order of the new one."""

    old: str
    new: str
    articles: tuple[ArticleDifference, ...]

    @property
    def changed(self) -> tuple[ArticleDifference, ...]:
        """The articles that are not the same, or stand elsewhere."""
        return tuple(each for each in self.articles if each.fate != "same" or each.is_moved)


def compare(old: tuple[Story, ...], new: tuple[Story, ...], names: tuple[str, str]) -> Comparison:
    """Return what changed from the stories of one issue to those of another; `names` are what the two are called."""
    before, after = (tuple(story.article for story in stories) for stories in (old, new))
    pairs = matched(before, after)
    elsewhere = moved(pairs)
    partner = {place: other for other, place in pairs}
    kept = set(partner.values())
    found = [
        _changed(old[partner[place]], story, (partner[place], place), is_moved=place in elsewhere)
        if place in partner
        else _alone("added", story.article, new=place + 1)
        for place, story in enumerate(new)
    ]
    for place in range(len(old)):
        if place not in kept:
            found.insert(_behind(place, found), _alone("removed", before[place], old=place + 1))
    return Comparison(*names, tuple(found))


def _behind(place: int, found: list[ArticleDifference]) -> int:
    """Return where an article that is gone is told: behind the one that stood before it."""
    return next((at + 1 for at in reversed(range(len(found))) if 0 < found[at].old <= place), 0)


def _alone(fate: Fate, article: Article, old: int = 0, new: int = 0) -> ArticleDifference:
    name = article.source.name
    return ArticleDifference(
        fate, _title(article), article.language, old, new, name if old else "", name if new else ""
    )


def _changed(old: Story, new: Story, places: tuple[int, int], *, is_moved: bool) -> ArticleDifference:
    before, after = old.article, new.article
    facts = tuple(changed_facts(before, after))
    pictures = {each.name: each.sha256 for each in old.pictures}, {each.name: each.sha256 for each in new.pictures}
    blocks = tuple(changed_blocks(before, after, pictures))
    return ArticleDifference(
        fate="changed" if facts or blocks else "same",
        headline=_title(after),
        language=after.language,
        old=places[0] + 1,
        new=places[1] + 1,
        old_name=before.source.name,
        new_name=after.source.name,
        is_moved=is_moved,
        facts=facts,
        blocks=blocks,
        repairs=(_repairs(before), _repairs(after)),
    )


def _title(article: Article) -> str:
    return article.headline or article.source.name


def _repairs(article: Article) -> int:
    return sum(not repair.doubtful for repair in article.source.repairs)


def told(comparison: Comparison) -> Iterator[str]:
    """Yield the counts of a comparison, as a sentence has them."""
    for fate, word in (("changed", "changed"), ("added", "added"), ("removed", "taken out")):
        count = sum(each.fate == fate for each in comparison.articles)
        if count:
            yield f"{count} {word}"
    count = sum(each.is_moved for each in comparison.articles)
    if count:
        yield f"{count} moved"
