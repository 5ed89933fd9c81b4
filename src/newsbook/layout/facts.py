"""What a colophon says, as label and value in the words of its language: only what is known, nothing invented."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from msgspec import Struct

from newsbook.layout.words import Words, written_date
from newsbook.model import OVERRIDE, Article, Issue, Repair, Reprint, Role, Source


class Fact(Struct, frozen=True):
    """A line of a colophon: the name of the field, its label, its value, and what that leads to.

    A label is empty where the value tells what it is; `href` is for a value that is a shortened address.
    """

    name: str
    label: str
    value: str
    href: str = ""


# Who wrote a story, and who else is named with it: photographers are named with their pictures.
_IN_PRINT = (Role.AUTHOR, Role.TRANSLATOR, Role.CORRESPONDENT, Role.EDITOR)

# An address of no more characters is short enough to be printed whole.
_SHORT_ADDRESS = 40


def colophon(article: Article, words: Words, *, is_full: bool = False) -> tuple[Fact, ...]:
    """Return the colophon of an article: what a reader asks of a story, or when `is_full` all that is known of it."""
    if is_full:
        return tuple(_every_fact(article, words))
    source = article.source
    facts = _known(
        ("outlet", "", source.outlet),
        *((role.value, getattr(words, role.value), credited(article, role, words)) for role in _IN_PRINT),
        ("published", "", _date(article.published, words)),
    )
    address = (Fact("url", "", short_address(source.url), source.url),) if source.url else ()
    return (*facts, *address, *_known(("corrected", words.corrected, _correctors(source, words))))


def details(article: Article, words: Words) -> tuple[Fact, ...]:
    """Return what the table of sources says of an article beside its short colophon, and the address that that cuts."""
    said = {fact.name for fact in colophon(article, words) if fact.href.endswith(fact.value) or not fact.href}
    is_mended = any(_every_repair(article.source)) or article.source.changes
    needless = said if is_mended else {*said, "repairs"}
    return tuple(fact for fact in _every_fact(article, words) if fact.name not in needless)


def _every_fact(article: Article, words: Words) -> Iterator[Fact]:
    """Yield where an article came from, who made it, and what was done to its text."""
    source = article.source
    credits_by_role = tuple((role.value, getattr(words, role.value), credited(article, role, words)) for role in Role)
    yield from _known(
        ("outlet", words.outlet, source.outlet),
        *credits_by_role,
        ("published", words.published, _date(article.published, words)),
        ("updated", words.updated, _date(article.updated, words)),
        ("retrieved", words.retrieved, _date(source.retrieved, words)),
        ("url", words.url, source.url),
        ("reprints", words.reprints, _reprints(article, words)),
        ("rights", words.rights, source.rights),
        ("repairs", words.repairs, _repairs(source, words) if source.sha256 else ""),
        ("encoding", words.encoding, source.encoding),
        ("sha256", words.sha256, f"SHA-256 {source.sha256}" if source.sha256 else ""),
    )


def short_address(url: str) -> str:
    """Return an address as it is printed: whole where it is short, else its host, and its last part if that is short.

    >>> short_address("https://www.news.example/a/12"), short_address("https://news.example/local/2026/05/12/t12_34.html")
    ('news.example/a/12', 'news.example/…/t12_34.html')
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    except ValueError:
        return url
    if not host:
        return url
    bare = host + parts.path.rstrip("/")
    if len(bare) <= _SHORT_ADDRESS and not parts.query:
        return bare
    last = parts.path.rstrip("/").rpartition("/")[2]
    short = f"{host}/…/{last}"
    return short if last and len(short) <= _SHORT_ADDRESS and "%" not in last else host


def _correctors(source: Source, words: Words) -> str:
    """Return who has changed the text: newsbook, and the editor where a person decided."""
    kinds = {repair.kind == OVERRIDE for repair in _every_repair(source) if _is_made(repair)}
    kinds |= {True for change in source.changes if change.field == "text"}
    known = ((False, "newsbook"), (True, words.editor))
    return words.separator.join(name for is_editor, name in known if is_editor in kinds)


def _is_made(repair: Repair) -> bool:
    return not repair.doubtful and repair.before != repair.after


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


def _repairs(source: Source, words: Words) -> str:
    """Count repairs by kind, the doubtful ones apart: 讀音括注 81 處、錯位字節 2 處; words replaced are overrides."""
    repairs = tuple(_every_repair(source))
    made = Counter(repair.kind for repair in repairs if not repair.doubtful)
    made += Counter({OVERRIDE: sum(change.field == "text" for change in source.changes)})
    doubtful = sum(repair.doubtful for repair in repairs)
    counts = [(words.kinds.get(kind, kind), count) for kind, count in sorted(made.items(), key=_by_count)]
    if doubtful:
        counts.append((words.doubtful, doubtful))
    return words.separator.join(f"{name} {words.count.format(count=n)}" for name, n in counts) or words.none


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])
