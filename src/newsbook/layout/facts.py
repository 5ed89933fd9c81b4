"""What a colophon says, as label and value in the words of its language: only what is known, nothing invented."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from newsbook.layout.words import Words, written_date
from newsbook.model import Article, Issue, Repair, Reprint, Role, Source


class Fact(Struct, frozen=True):
    """A line of a colophon: the name of the field, its label, its value."""

    name: str
    label: str
    value: str


def article_facts(article: Article, words: Words) -> tuple[Fact, ...]:
    """Return the colophon of an article: where it came from, who made it, and what was done to its text."""
    source = article.source
    credits_by_role = tuple((role.value, getattr(words, role.value), credited(article, role, words)) for role in Role)
    return _known(
        ("outlet", words.outlet, source.outlet),
        *credits_by_role,
        ("published", words.published, _date(article.published, words)),
        ("updated", words.updated, _date(article.updated, words)),
        ("retrieved", words.retrieved, _date(source.retrieved, words)),
        ("url", words.url, source.url),
        ("reprints", words.reprints, _reprints(article, words)),
        ("rights", words.rights, source.rights),
        ("repairs", words.repairs, _repairs(_every_repair(source), words) if source.sha256 else ""),
        ("sha256", words.sha256, f"SHA-256 {source.sha256}" if source.sha256 else ""),
    )


def issue_facts(issue: Issue, words: Words, fonts: str, tools: str) -> tuple[Fact, ...]:
    """Return the imprint and colophon of an issue; `fonts` and `tools` are lists with versions, ready to print."""
    return _known(
        ("publisher", words.publisher, issue.publisher),
        ("issued", words.issued, _date(issue.date, words)),
        ("rights", words.rights, issue.rights),
        ("fonts", words.fonts, fonts),
        ("tools", words.tools, tools),
    )


def credited(article: Article, role: Role, words: Words) -> str:
    """Return the names credited with `role`, joined as the language joins them."""
    return words.separator.join(credit.name for credit in article.credits if credit.role is role)


def _known(*facts: tuple[str, str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(*fact) for fact in facts if fact[2])


def _date(moment: str, words: Words) -> str:
    return written_date(moment, words) if moment else ""


def _reprints(article: Article, words: Words) -> str:
    return words.separator.join(_reprint(each, article, words) for each in article.source.reprints)


def _reprint(reprint: Reprint, article: Article, words: Words) -> str:
    """Return who else carried a story, under which headline where that is another, and when."""
    headline = reprint.headline if reprint.headline != article.headline else ""
    more = [each for each in (headline, _date(reprint.published, words)) if each]
    return (reprint.outlet or reprint.url or reprint.name) + (f" ({' · '.join(more)})" if more else "")


def _every_repair(source: Source) -> Iterable[Repair]:
    return chain(source.repairs, *(page.repairs for page in source.pages))


def _repairs(repairs: Iterable[Repair], words: Words) -> str:
    """Count repairs by kind, the doubtful ones apart: 讀音括注 81 處、錯位字節 2 處."""
    made = Counter(repair.kind for repair in repairs if not repair.doubtful)
    doubtful = sum(repair.doubtful for repair in repairs)
    counts = [(words.kinds.get(kind, kind), count) for kind, count in sorted(made.items(), key=_by_count)]
    if doubtful:
        counts.append((words.doubtful, doubtful))
    return words.separator.join(f"{name} {words.count.format(count=n)}" for name, n in counts) or words.none


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])
