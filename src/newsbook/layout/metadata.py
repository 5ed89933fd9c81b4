"""What a carrier says of an issue, a volume of issues or a lone article: title, names, sources, collections.

Its identifier and its time stamp are made of what is in it, and never of the clock or of chance.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from newsbook.layout.listings import file_as
from newsbook.layout.words import Words, words_for, written_date
from newsbook.model import (
    Article,
    Collection,
    Contribution,
    Figure,
    Issue,
    Media,
    Metadata,
    Paragraph,
    Provenance,
    Role,
    Source,
    Volume,
)
from newsbook.model.walk import plain

# MARC code list for relators: https://www.loc.gov/marc/relators/
_RELATORS = {
    Role.AUTHOR: "aut",
    Role.EDITOR: "edt",
    Role.TRANSLATOR: "trl",
    Role.PHOTOGRAPHER: "pht",
    Role.CORRESPONDENT: "rpt",
    Role.SUPPLIER: "dnr",
}


def issue_metadata(issue: Issue) -> Metadata:
    """Return what an issue says of itself: it is a number of the series that its nameplate names."""
    words = words_for(issue.language)
    is_described = _is_described(issue.articles)
    return Metadata(
        title=issue_title(issue),
        language=issue.language,
        identifier=urn(issue),
        date=issue.date,
        modified=modified(issue.date),
        publisher=issue.publisher,
        rights=issue.rights,
        description=_description(issue.articles),
        accessibility=words.accessibility_described if is_described else words.accessibility,
        languages=tuple(dict.fromkeys((issue.language, *(article.language for article in issue.articles)))),
        contributors=tuple(_contributors(issue.articles)),
        sources=tuple(_provenance(issue.articles, words)),
        collections=(Collection(issue.nameplate, "series", issue.number),),
        is_described=is_described,
        # As the body that issues it: foliate-js opens no book that names the publisher a second time.
        creators=(Contribution("isb", issue.publisher),) if issue.publisher else (),
    )


def volume_metadata(volume: Volume) -> Metadata:
    """Return what a volume says of itself: it is a set of issues out of a series."""
    articles = tuple(article for issue in volume.issues for article in issue.articles)
    whole = Issue(
        nameplate=volume.nameplate,
        articles=articles,
        language=volume.language,
        date=volume.date,
        publisher=volume.publisher,
        rights=volume.rights,
    )
    titles = (part_title(issue) for issue in volume.issues)
    whole_story = _description(articles)
    return replace(
        issue_metadata(whole),
        title=volume_title(volume),
        identifier=volume_urn(volume),
        description=_joined((words_for(volume.language).separator.join(dict.fromkeys(titles)), whole_story)),
        collections=(Collection(volume.nameplate, "series", volume.number),),
    )


def lone_metadata(issue: Issue, number: int) -> Metadata:
    """Return what the `number`-th article of an issue says of itself where it stands alone: it is part of that set."""
    article = issue.articles[number - 1]
    words = words_for(article.language)
    alone = replace(issue, articles=(article,), language=article.language, media=_shown(issue, article))
    alone_metadata = issue_metadata(alone)
    is_signed = any(credit.role is Role.AUTHOR for credit in article.credits)
    return replace(
        alone_metadata,
        title=article.headline or article.source.name or words.article,
        date=article.published or issue.date,
        modified=modified(article.updated or article.published or issue.date),
        description=article.deck or article.kicker or _opening(article),
        creators=() if is_signed else alone_metadata.creators,
        collections=(Collection(issue_title(issue), "set", str(number)),),
    )


# The stories that a description names, and the characters of one that it gives of a text.
_NAMED = 5
_EXCERPT = 120


def _description(articles: tuple[Article, ...]) -> str:
    """Return what is in an issue, as a shelf says it: the first story and what it is about, and the next headlines."""
    told = [article for article in articles if article.headline]
    lead = told[0].deck or _opening(told[0]) if told else ""
    headlines = [article.headline for article in told[:_NAMED]]
    return _joined((*headlines[:1], lead, *headlines[1:]))


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _opening(article: Article) -> str:
    """Return the beginning of the first paragraph of an article, cut where it is long."""
    first = next((plain(block.text).strip() for block in article.body if isinstance(block, Paragraph)), "")
    return first if len(first) <= _EXCERPT else f"{first[:_EXCERPT]}…"


def _shown(issue: Issue, article: Article) -> tuple[Media, ...]:
    names = {block.image for block in article.body if isinstance(block, Figure)}
    return tuple(media for media in issue.media if media.name in names)


def issue_title(issue: Issue) -> str:
    """Return the title that a shelf shows: the nameplate, the number and the date, so that issues differ."""
    return " ".join((issue.nameplate, *number_and_day(issue)))


def part_title(issue: Issue) -> str:
    """Return the title of an issue inside a volume: its number and date, or its name where it has neither."""
    return " ".join(number_and_day(issue)) or issue.nameplate


def number_and_day(issue: Issue) -> Iterator[str]:
    """Yield the number and the date of an issue in words, as far as they are known."""
    words = words_for(issue.language)
    yield from filter(None, (numbered(issue.number, words),))
    yield from filter(None, (written_date(issue.date, words) if issue.date else "",))


def numbered(number: str, words: Words) -> str:
    """Return the number of an issue in words; what is no number is in words already."""
    return words.number.format(number=number) if number.isdigit() else number


def volume_title(volume: Volume) -> str:
    """Return the title of a volume: the nameplate, and its number, or the years that it is of."""
    words = words_for(volume.language)
    return " ".join(part for part in (volume.nameplate, numbered(volume.number, words) or years(volume)) if part)


def years(volume: Volume) -> str:
    """Return the years that the issues of a volume are of, in words: one, or the first and the last."""
    words = words_for(volume.language)
    known = sorted({issue.date[:4] for issue in volume.issues if issue.date})
    return "–".join(dict.fromkeys(written_date(year, words) for year in (known[0], known[-1]))) if known else ""


def running_words(issue: Issue) -> dict[str, str]:
    """Return what a running head can say of an issue: its nameplate, its number and its date, in words."""
    words = words_for(issue.language)
    day = written_date(issue.date, words) if issue.date else ""
    return {"nameplate": issue.nameplate, "number": numbered(issue.number, words), "date": day}


def _contributors(articles: Iterable[Article]) -> Iterator[Contribution]:
    credits_in_order = (credit for article in articles for credit in article.credits)
    yield from dict.fromkeys(Contribution(_RELATORS[c.role], c.name, file_as(c.name)) for c in credits_in_order)


def _provenance(articles: Iterable[Article], words: Words) -> Iterator[Provenance]:
    """Yield where the articles came from, each place once, with what is known of its first article."""
    first: dict[str, Source] = {}
    for source in (article.source for article in articles):
        first.setdefault(source.url or source.outlet, source)
    yield from (Provenance(name, _history(source, words)) for name, source in first.items() if name)


def _history(source: Source, words: Words) -> str:
    known = (
        ("", source.outlet if source.url else ""),
        (words.retrieved, written_date(source.retrieved, words) if source.retrieved else ""),
        ("SHA-256", source.sha256),
    )
    return " · ".join(f"{label} {value}".strip() for label, value in known if value)


def _is_described(articles: Iterable[Article]) -> bool:
    """Tell whether every picture has words that stand for it."""
    shown = (block for article in articles for block in article.body if isinstance(block, Figure) and block.image)
    return all(figure.alt.strip() for figure in shown)


def urn(issue: Issue) -> str:
    """Return a `urn:uuid:` that is the same for the same content, wherever its files lie (RFC 9562, version 5)."""
    return _named(hashlib.sha256(_identified(issue)).hexdigest())


def volume_urn(volume: Volume) -> str:
    """Return a `urn:uuid:` for a volume, which depends on its own name and on what is in its issues."""
    own = msgspec.json.encode(replace(volume, issues=()))
    return _named(hashlib.sha256(own + b"".join(_identified(issue) for issue in volume.issues)).hexdigest())


def _identified(issue: Issue) -> bytes:
    """Return the JSON that the identifier of an issue is made of.

    It is that of the native form, where a picture once had an empty path: a book that a shelf knows keeps its name.
    """
    plain = msgspec.to_builtins(issue)
    for media in plain.get("media", ()):
        media["path"] = ""
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def _named(digest: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'newsbook:{digest}')}"


def modified(date: str) -> str:
    """Return the UTC time stamp that stands for an issue's day, to the second, as EPUB 3.3 §5.5.3 wants it.

    >>> modified("2020-01-17"), modified("")
    ('2020-01-17T00:00:00Z', '1980-01-01T00:00:00Z')
    """
    day = (date[:10] + "-01-01")[:10] if date else "1980-01-01"
    return f"{max(day, '1980-01-01')}T00:00:00Z"
