"""Make up e-books of more or less than an issue: many issues bound into a volume, or one article alone."""

from collections.abc import Iterable
from itertools import chain, islice

from msgspec.structs import replace

from newsbook.diagnostics import Report
from newsbook.documents import document
from newsbook.layout.indexing import indexed
from newsbook.layout.listings import Listing
from newsbook.layout.makeup import Maker, article_names, media_in_use
from newsbook.layout.metadata import lone_metadata, part_title, volume_metadata, volume_title
from newsbook.layout.ranks import ranked
from newsbook.layout.sheets import progression, stylesheets
from newsbook.layout.style import Carrier, Style
from newsbook.layout.words import words_for
from newsbook.model import Block, Document, Edition, Entry, Figure, Issue, Volume
from newsbook.nameindex import Wanted


def make_up_volume(volume: Volume, style: Style, tools: str, report: Report, wanted: Wanted | None = None) -> Edition:
    """Return `volume` made up as an e-book in a style; `tools` names programs for the colophon.

    Every issue's documents and pictures bear its number: `i02-a001`, `i02-a001-1.jpg`. An index of names is one of all
    issues; `wanted` is what it has.
    """
    prefixes = tuple(f"i{number:02d}-" for number in range(1, len(volume.issues) + 1))
    issues = tuple(_renamed(issue, prefix) for issue, prefix in zip(volume.issues, prefixes, strict=True))
    sheets = stylesheets(issues[0], style, style.faces, Carrier.EBOOK)
    way = progression(sheets)
    # In a volume every story stands where its issue, or its day, has it: none is a brief by itself.
    issues = tuple(ranked(issue, notice=0.0) for issue in issues)
    makers = tuple(Maker(issue, Carrier.EBOOK, style, words_for(issue.language), way) for issue in issues)
    names = tuple(article_names(issue, prefix) for issue, prefix in zip(issues, prefixes, strict=True))
    listings = tuple(maker.listings(own) for maker, own in zip(makers, names, strict=True))
    whole = Maker(as_one(volume, issues), Carrier.EBOOK, style, words_for(volume.language), way)
    articles = tuple(tuple(maker.articles(own)) for maker, own in zip(makers, names, strict=True))
    every = tuple(chain.from_iterable(listings))
    if wanted is not None:
        made = indexed(whole.issue, every, chain.from_iterable(articles), wanted, whole.words, report)
        anchored = iter(made.documents)
        articles = tuple(tuple(islice(anchored, len(own))) for own in articles)
        index = whole.index(made.groups)
    else:
        index = whole.people(zip(issues, listings, strict=True))
    documents = [_front(whole, volume, makers, prefixes, listings)]
    for maker, prefix, own_articles, own_listings in zip(makers, prefixes, articles, listings, strict=True):
        documents += (_opening(maker, own_listings, prefix), *own_articles)
    documents += (*index, whole.back(every, "", tools))
    return Edition(
        documents=tuple(documents),
        stylesheets=sheets,
        media=media_in_use(issues),
        contents=_contents(whole, makers, prefixes, listings, documents),
        metadata=volume_metadata(volume),
        progression=way,
    )


def cover_of(volume: Volume) -> Issue:
    """Return the issue that stands for a volume on its cover: its name and number, and every issue's lead."""
    issues = tuple(_renamed(issue, f"i{number:02d}-") for number, issue in enumerate(volume.issues, 1))
    leads = tuple(issue.articles[0] for issue in issues if issue.articles)
    title = volume_title(volume).removeprefix(volume.nameplate).strip()
    return replace(as_one(volume, ()), articles=leads, number=title, date="", media=media_in_use(issues))


def as_one(volume: Volume, issues: tuple[Issue, ...] | None = None) -> Issue:
    """Return a volume as one issue: of all articles of its own issues, or of others in their place."""
    return Issue(
        nameplate=volume.nameplate,
        articles=tuple(
            article for issue in (volume.issues if issues is None else issues) for article in issue.articles
        ),
        language=volume.language,
        number=volume.number,
        date=volume.date,
        publisher=volume.publisher,
        rights=volume.rights,
        media=(),
    )


def _front(
    whole: Maker,
    volume: Volume,
    makers: tuple[Maker, ...],
    prefixes: tuple[str, ...],
    listings: tuple[tuple[Listing, ...], ...],
) -> Document:
    parts = tuple(
        (whole.href(f"{prefix}front"), part_title(maker.issue), own)
        for maker, prefix, own in zip(makers, prefixes, listings, strict=True)
    )
    values = {"name": "front", "parts": parts, "title": volume_title(volume)}
    body = whole.render("volume.html", volume.language, values)
    return document("front", "contents", whole.words.contents, volume.language, body)


def _opening(maker: Maker, listings: tuple[Listing, ...], prefix: str) -> Document:
    """Return the first page of an issue inside a volume, which is its front."""
    return replace(maker.front(listings, f"{prefix}front"), role="issue", title=part_title(maker.issue))


def _contents(
    whole: Maker,
    makers: tuple[Maker, ...],
    prefixes: tuple[str, ...],
    listings: tuple[tuple[Listing, ...], ...],
    documents: Iterable[Document],
) -> tuple[Entry, ...]:
    """Return the contents: issues, and below them their sections and articles; behind them the index of names."""
    front, *ends = whole.contents((), documents)
    parts = (
        Entry(part_title(maker.issue), f"{prefix}front", tuple(maker.entries(own)))
        for maker, prefix, own in zip(makers, prefixes, listings, strict=True)
    )
    return (front, *parts, *ends)


def _renamed(issue: Issue, prefix: str) -> Issue:
    """Return an issue whose pictures bear its number, for issues number theirs alike."""
    media = tuple(replace(item, name=f"{prefix}{item.name}") for item in issue.media)
    articles = tuple(
        replace(article, body=tuple(_with_prefix(block, prefix) for block in article.body))
        for article in issue.articles
    )
    return replace(issue, articles=articles, media=media)


def _with_prefix(block: Block, prefix: str) -> Block:
    return replace(block, image=f"{prefix}{block.image}") if isinstance(block, Figure) and block.image else block


def make_up_lone(issue: Issue, number: int, style: Style) -> Edition:
    """Return the `number`-th article of an issue made up as an e-book: the article with its colophon, and no more."""
    article = issue.articles[number - 1]
    alone = ranked(alone_in(issue, number), style.page.notice)
    sheets = stylesheets(alone, style, style.faces, Carrier.EBOOK)
    maker = Maker(alone, Carrier.EBOOK, style, words_for(article.language), progression(sheets), is_lone=True)
    (document,) = maker.articles(("a001",))
    return Edition(
        documents=(document,),
        stylesheets=sheets,
        media=media_in_use((alone,)),
        contents=(Entry(document.title, document.name),),
        metadata=lone_metadata(issue, number),
        progression=maker.progression,
    )


def alone_in(issue: Issue, number: int) -> Issue:
    """Return the issue with its `number`-th article only."""
    return replace(issue, articles=(issue.articles[number - 1],))
