"""Make up an issue into an edition: every article a finished XHTML document, with front and back matter."""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import msgspec

from newsbook.assets import template_environment
from newsbook.diagnostics import Report
from newsbook.documents import document
from newsbook.fonts.faces import FindFace
from newsbook.layout.coverage import embeddable, named, substitute, with_installed
from newsbook.layout.doubts import doubt_notes, numbering
from newsbook.layout.facts import colophon, credited, details, issue_facts, short_address
from newsbook.layout.figurecolumns import figures_of
from newsbook.layout.footnotes import FootnoteNumbers
from newsbook.layout.headlines import balanced, columns, fit, phrases, size_of, squares, turned_over, width_of
from newsbook.layout.indexing import IndexGroup, indexed
from newsbook.layout.listings import FEWEST_PEOPLE, REPORTED, Listing, credited_people, listed, reported, sections
from newsbook.layout.metadata import issue_metadata, numbered, urn
from newsbook.layout.ranks import is_feature, ranked, reading_order
from newsbook.layout.sheets import faces_in_use, families, progression, stylesheets
from newsbook.layout.style import Carrier, QRCode, Style
from newsbook.layout.templates import (
    Divide,
    Placed,
    address,
    divider,
    find_small,
    formula_of,
    is_link,
    kind,
    placer,
    syllable_of,
    tags_of,
    undivided,
)
from newsbook.layout.textlines import indent_of, lines_of, listing_of, with_fixed_indent
from newsbook.layout.widetables import parts_of
from newsbook.layout.words import Words, weekday, words_for, written_date
from newsbook.model import (
    PANELS,
    Article,
    Document,
    Edition,
    Entry,
    Figure,
    Genre,
    Issue,
    Media,
    Metadata,
    PagePlan,
    Rank,
    Role,
    Table,
    set_cells,
)
from newsbook.nameindex import Wanted

# A nameplate on a cover is set as wide as this many ems would be, however short it is.
_SHORTEST_NAMEPLATE = 3
# A tablet sets so many ems of a headline on a line; what is narrower divides a phrase evenly.
_SCREEN_MEASURE = 18.0
# One of more characters cannot be stacked on a cover, where they would be too small for a thumbnail.
_TALLEST_NAMEPLATE = 8
# The headlines on a cover; where there is no picture, the first stands in its place. Set in lines, on a sheet of
# squares, or in columns beside a nameplate that is stacked, it has a box so many times as wide as it is high; the
# second figure is for a headline alone, which has more room.
_HEADLINES = 3
_BOX = 1.5
_SHEETS = (1.5, 1.15)
_SLIPS = (0.68, 0.45)
# The lines of an index that are set in columns together, fewer than a page has room for.
_INDEX_LINES = 48


def make_up(  # noqa: PLR0913, PLR0917 - each argument is a different thing that make-up must not fetch for itself.
    issue: Issue, carrier: Carrier, style: Style, tools: str, find_face: FindFace, report: Report,
    wanted: Wanted | None = None,
) -> Edition:  # fmt: skip
    """Return `issue` made up for `carrier` in a style.

    `tools` names programs and versions for the colophon, `wanted` what an index of names has. `find_face` looks up a
    face. One that may not be embedded in print is a finding, and the next one sets the text. Raises `DependencyError`
    where a role of the style has no face at all.
    """
    issue, metadata, order = _ordered(issue, style)
    faces = embeddable(issue, style.faces, find_face, report) if carrier is Carrier.PRINT else style.faces
    covering = faces
    if carrier is not Carrier.EBOOK:
        covering = with_installed(issue, faces, find_face, is_vertical=style.page.vertical)
        issue = substitute(issue, covering, find_face, report)
    for finding in find_small(issue, style.page) if carrier is Carrier.PRINT else ():
        report(finding)
    sheets = stylesheets(issue, style, named(covering, faces, find_face), carrier)
    maker = Maker(issue, carrier, style, words_for(issue.language), progression(sheets))
    names = article_names(issue)
    listings = maker.listings(names)
    if carrier is Carrier.COVER:
        documents: tuple[Document, ...] = (maker.cover(listings),)
    else:
        fonts = faces_in_use(issue, faces, covering, find_face) if carrier is Carrier.PRINT else ""
        documents = maker.documents(names, listings, fonts, tools, wanted, report)
    return Edition(
        documents=documents,
        stylesheets=sheets,
        media=(*media_in_use((issue,)), *(style.media if carrier is not Carrier.EBOOK else ())),
        contents=maker.contents(listings, documents),
        metadata=metadata,
        order=order,
        progression=maker.progression,
        families=families(issue, covering) if carrier is not Carrier.EBOOK else (),
        font_files=style.fonts if carrier is not Carrier.EBOOK else (),
        is_vertical=carrier is Carrier.PRINT and style.page.vertical,
        plan=_plan_of(style) if carrier is Carrier.PRINT else PagePlan(),
    )


def _ordered(issue: Issue, style: Style) -> tuple[Issue, Metadata, tuple[int, ...]]:
    """Return an issue with its ranks, in reading order, its metadata, and that order.

    The identifier in the metadata is that of what was given.
    """
    weighed = ranked(issue, style.page.notice)
    order = reading_order(weighed)
    ordered = msgspec.structs.replace(weighed, articles=tuple(weighed.articles[at] for at in order))
    return ordered, msgspec.structs.replace(issue_metadata(ordered), identifier=urn(issue)), order


def _plan_of(style: Style) -> PagePlan:
    page = style.page
    return PagePlan(page.plan, page.columns, page.gap, page.picture, page.heads)


def article_names(issue: Issue, prefix: str = "") -> tuple[str, ...]:
    """Return the names of the documents of an issue's articles."""
    return tuple(f"{prefix}a{number:03d}" for number in range(1, len(issue.articles) + 1))


class Maker(msgspec.Struct, frozen=True):
    """The things that every document of one edition is made with; `is_lone` where there will be but one article."""

    issue: Issue
    carrier: Carrier
    style: Style
    words: Words
    progression: str = "ltr"
    is_lone: bool = False

    def render(self, template: str, language: str, values: Mapping[str, object]) -> str:
        """Return a template of the edition, filled in, in a language."""
        words = words_for(language)
        place = placer(self.issue, self.style.page, words)
        shared: dict[str, object] = {"issue": self.issue, "carrier": self.carrier.value, "words": words, "place": place}
        shared["pieces"] = self.divide(language)
        shared["parts_of"] = self.divide_table
        shared["is_modular"] = self.is_modular
        shared |= {
            "tags_of": tags_of,
            "formula_of": formula_of,
            "syllable_of": syllable_of,
            "lines_of": lines_of,
            "listing_of": listing_of,
            "figures_of": figures_of,
        }
        shared |= {"indent_of": indent_of, "with_fixed_indent": with_fixed_indent}
        page = template_environment().get_template(template)
        return page.render(**shared, **values, is_link=is_link, address=address, kind=kind, set_cells=set_cells).strip()

    def divide_table(self, table: Table) -> tuple[Table, ...]:
        """Return a table as it is set: in print as several, where it has more columns than the measure has room for."""
        return parts_of(table, self.table_measure) if self.carrier is Carrier.PRINT else (table,)

    @property
    def is_modular(self) -> bool:
        """Whether the pages are planned in modules, where a story may be continued on another page."""
        return self.carrier is Carrier.PRINT and self.style.page.plan == "modules"

    @property
    def table_measure(self) -> float:
        """The ems that a table may be wide: in modules, as many columns as there are."""
        page = self.style.page
        return page.picture * page.columns + page.gap * (page.columns - 1) if self.is_modular else page.picture

    def divide(self, language: str) -> Divide:
        """Return what divides a text into pieces; in print the engine tells languages and figures by itself."""
        if self.carrier is not Carrier.EBOOK:
            return undivided
        return divider(language, is_vertical=self.progression == "rtl")

    def href(self, name: str) -> str:
        """Return the link to a document."""
        return f"#{name}" if self.carrier is Carrier.PRINT else f"{name}.xhtml"

    @property
    def level(self) -> int:
        """The level of an article's headline: below the nameplate in print, at the top of its own e-book file."""
        return 2 if self.carrier is Carrier.PRINT else 1

    @property
    def is_full(self) -> bool:
        """Whether a colophon has all that is known: the style wants that, or there is no table of sources."""
        return self.is_lone or self.style.colophon.form == "full"

    def measure(self, article: Article) -> float:
        """Return the ems that a headline has to itself, of its own size; of an e-book's, on a tablet."""
        if self.carrier is not Carrier.PRINT:
            return _SCREEN_MEASURE
        page = self.style.page
        usual = page.feature_headline if self.is_feature(article) else page.headline
        return {Rank.LEAD: page.lead_headline, Rank.BRIEF: page.brief_headline}.get(article.rank, usual)

    def is_feature(self, article: Article) -> bool:
        """Tell whether an article is a feature, as the style has them in print."""
        return self.carrier is Carrier.PRINT and is_feature(article, self.style.page.feature)

    def listings(self, names: tuple[str, ...]) -> tuple[Listing, ...]:
        """Return how the articles are listed, whose documents have these names."""
        return tuple(self.listing(name, article) for name, article in zip(names, self.issue.articles, strict=True))

    def listing(self, name: str, article: Article) -> Listing:
        """Return how one article is listed."""
        words = words_for(article.language)
        return Listing(
            name=name,
            section=article.section or (self.words.briefs if article.rank is Rank.BRIEF else ""),
            href=self.href(name),
            title=title_of(article, words),
            language=article.language,
            outlet=article.source.outlet,
            author=credited(article, Role.AUTHOR, words),
            published=written_date(article.published[:10], self.words) if article.published else "",
            details=() if self.is_full else details(article, self.words),
            genre=article.genre,
        )

    def documents(  # noqa: PLR0913, PLR0917 - what the documents hold, and whom to tell.
        self,
        names: tuple[str, ...],
        listings: tuple[Listing, ...],
        fonts: str,
        tools: str,
        wanted: Wanted | None,
        report: Report,
    ) -> tuple[Document, ...]:
        """Return every document of the issue, in reading order."""
        articles = tuple(self.articles(names))
        if wanted is not None:
            made = indexed(self.issue, listings, articles, wanted, self.words, report)
            articles, index = made.documents, self.index(made.groups)
        else:
            index = self.people(((self.issue, listings),)) if self.carrier is Carrier.EBOOK else ()
        return (self.front(listings), *articles, *index, self.back(listings, fonts, tools))

    def articles(self, names: tuple[str, ...]) -> Iterator[Document]:
        """Yield the articles, whose documents have these names."""
        above: Article | None = None
        for name, article in zip(names, self.issue.articles, strict=True):
            yield self.article(name, article, above)
            above = article

    def article(self, name: str, article: Article, above: Article | None) -> Document:
        """Return one article with its colophon, and with the bands that part it from what stands `above`."""
        if article.genre in PANELS:
            return self.panel(name, article)
        words = words_for(article.language)
        title = title_of(article, words)
        measure = self.measure(article)
        size = size_of(title, measure)
        is_section = article.section != (above.section if above else "")
        is_first = is_section or above is None or above.rank is not Rank.BRIEF
        values = {
            "name": name,
            "article": msgspec.structs.replace(article, headline=title),
            "level": self.level,
            "is_feature": self.is_feature(article),
            "section_band": article.section if is_section else "",
            "briefs_band": self.words.briefs if article.rank is Rank.BRIEF and is_first else "",
            "phrases": phrases(title, measure / size),
            "size": size,
            "balance": balanced(title, measure / size),
            "byline": () if article.genre else (*self.byline(article, words), *self.address_in_head(article)),
            "signature": article.byline if article.genre else "",
            "qr": None if article.genre else self.code_of(article),
            "qr_place": self.style.page.qr or "end",
            "facts": colophon(article, words, is_full=self.is_full) if article.genre in REPORTED else (),
            "notes": doubt_notes(article, words),
            "mark": numbering(),
            "footnotes": FootnoteNumbers(article),
        }
        body = self.render("article.html", article.language, values)
        is_foreword = article.genre is Genre.FOREWORD
        role = "foreword" if is_foreword else "brief" if self.is_brief(article) else "article"
        return document(name, role, title, article.language, body)

    def panel(self, name: str, article: Article) -> Document:
        """Return what stands in a frame of its own: an advertisement, a box, or who makes the paper."""
        words = words_for(article.language)
        title = article.headline or article.kicker or title_of(article, words)
        is_poster = article.genre is Genre.ADVERTISEMENT
        posters = tuple(block for block in article.body if isinstance(block, Figure) and block.image and is_poster)
        values = {
            "name": name,
            "article": article,
            "level": self.level,
            "title": title,
            "posters": posters,
            "body": tuple(block for block in article.body if block not in posters),
            "notes": doubt_notes(article, words),
            "mark": numbering(),
            "footnotes": FootnoteNumbers(article),
        }
        body = self.render("panel.html", article.language, values)
        return document(name, "panel", title, article.language, body)

    def byline(self, article: Article, words: Words) -> Iterator[str]:
        """Yield what stands below a headline."""
        return _byline(article, words, is_brief=self.carrier is Carrier.PRINT and article.rank is Rank.BRIEF)

    def address_in_head(self, article: Article) -> Iterator[str]:
        """Yield where an article was published, if the style has that in its head."""
        if self.carrier is Carrier.PRINT and self.style.page.qr == "head" and article.source.url:
            yield short_address(article.source.url)

    def code_of(self, article: Article) -> QRCode | None:
        """Return the code of an article's address; none in an e-book, whose address can be followed."""
        return self.style.codes.get(article.source.url) if self.carrier is Carrier.PRINT else None

    def is_brief(self, article: Article) -> bool:
        """Tell whether a story stands among the briefs of a page; the first does not, and none in an e-book."""
        is_first = article is self.issue.articles[0]
        return self.carrier is Carrier.PRINT and article.rank is Rank.BRIEF and not is_first

    def front(self, listings: tuple[Listing, ...], name: str = "front") -> Document:
        """Return the front: nameplate and contents."""
        values = {
            "name": name,
            "ems": width_of(self.issue.nameplate) or 1,
            "logo": self.style.logo if self.carrier is Carrier.PRINT else "",
            "cover": self.front_picture(),
            "entries": listed(listings),
            "sections": sections(listed(listings)),
            "issue_line": self.issue_line(),
        }
        body = self.render("contents.html", self.issue.language, values)
        return document(name, "contents", self.words.contents, self.issue.language, body)

    def front_picture(self) -> Placed | None:
        """Return the picture on the front, if the style has one there: the first that is wide and shown as it is."""
        place = placer(self.issue, self.style.page, self.words)
        is_wanted = self.carrier is Carrier.PRINT and self.style.page.cover
        pictures = (place(figure) for figure in (figures(self.issue) if is_wanted else ()))
        return next((one for one in pictures if one and not one.is_whole and one.height <= one.width), None)

    def people(self, issues: Iterable[tuple[Issue, tuple[Listing, ...]]]) -> tuple[Document, ...]:
        """Return the index of the people who are credited, where there are any to tell apart."""
        people = credited_people(issues)
        if len(people) < FEWEST_PEOPLE:
            return ()
        body = self.render("people.html", self.issue.language, {"name": "people", "people": people})
        return (document("people", "index", self.words.people, self.issue.language, body),)

    def index(self, groups: tuple[IndexGroup, ...]) -> tuple[Document, ...]:
        """Return the index of names, where there are any."""
        if not groups:
            return ()
        rows = [("" if at else group.title, line) for group in groups for at, line in enumerate(group.lines)]
        chunks = [rows[at : at + _INDEX_LINES] for at in range(0, len(rows), _INDEX_LINES)]
        values = {"name": "index", "groups": groups, "chunks": chunks, "level": self.level}
        body = self.render("index.html", self.issue.language, values)
        return (document("index", "index", self.words.index, self.issue.language, body),)

    def back(self, listings: tuple[Listing, ...], fonts: str, tools: str) -> Document:
        """Return the back: the table of sources, the imprint, and the colophon of the issue."""
        facts = issue_facts(self.issue, self.words, fonts, tools)
        listings = reported(listings)
        if self.carrier is Carrier.PRINT and len(listings) == 1:
            facts = (*listings[0].details, *facts)
        values = {"name": "back", "rows": listings, "facts": facts, "level": self.level}
        body = self.render("back.html", self.issue.language, values)
        return document("back", "colophon", self.words.colophon, self.issue.language, body)

    def cover(self, listings: tuple[Listing, ...]) -> Document:
        """Return the cover: nameplate, the lead picture or a pattern, and the first headlines."""
        lead = next((block for block in figures(self.issue) if block.image), None)
        picture = lead and placer(self.issue, self.style.page, self.words)(lead)
        listings = reported(listings)
        number, *rest = self.issue_line() if self.issue.number else ("", *self.issue_line())
        first = listings[0]
        is_lone = len(listings) == 1
        is_stacked = _is_wide(self.issue.nameplate) and len(self.issue.nameplate) <= _TALLEST_NAMEPLATE
        values = {
            "lead": first,
            "more": listings[1:_HEADLINES],
            "lone": is_lone,
            "number": number,
            "issue_line": rest,
            "picture": picture,
            "width": _display_width(self.issue.nameplate),
            "stacked": is_stacked,
            "turned": partial(turned_over, most=2),
            "measures": self.style.cover,
            "display": fit(first.title, _BOX),
            "squares": squares(first.title, _SHEETS[is_lone]),
            "columns": columns(first.title, _SLIPS[is_lone]) if is_stacked else None,
        }
        body = self.render("cover.html", self.issue.language, values)
        return document("cover", "cover", self.words.cover, self.issue.language, body)

    def issue_line(self) -> tuple[str, ...]:
        """Return number, date with weekday, and publisher, as far as they are known."""
        issue, words = self.issue, self.words
        day = f"{written_date(issue.date, words)} {weekday(issue.date, words)}".strip() if issue.date else ""
        return tuple(part for part in (numbered(issue.number, words), day, issue.publisher) if part)

    def contents(self, listings: tuple[Listing, ...], documents: Iterable[Document] = ()) -> tuple[Entry, ...]:
        """Return the contents: the front, the articles, the index of names if there is one, the back."""
        front = Entry(self.words.contents, "front")
        back = Entry(f"{self.words.sources} · {self.words.colophon}", "back")
        index = (Entry(one.title, one.name) for one in documents if one.name == "index")
        return (front, *self.entries(listings), *index, back)

    def entries(self, listings: tuple[Listing, ...]) -> Iterator[Entry]:
        """Yield the lines of articles in the contents; in an e-book those of a section stand below its name."""
        for section, below in sections(listed(listings)):
            entries = tuple(Entry(listing.title, listing.name) for listing in below)
            if section and self.carrier is Carrier.EBOOK:
                yield Entry(section, "", entries)
            else:
                yield from entries


def title_of(article: Article, words: Words) -> str:
    """Return the headline, or what the contents call an article that has none: the name of its source."""
    return article.headline or article.source.name or words.article


def _display_width(nameplate: str) -> int:
    """Return how many ems wide a nameplate is in bold display type, in which Latin letters are wider than in text."""
    return max(_SHORTEST_NAMEPLATE, math.ceil(max(width_of(nameplate), 0.7 * len(nameplate))))


def _is_wide(text: str) -> bool:
    """Tell whether a text is of nothing but characters as wide as they are high, which can be stacked."""
    return len(text) == width_of(text)


def _byline(article: Article, words: Words, *, is_brief: bool) -> Iterator[str]:
    """Yield what stands below a headline. Below that of a brief is nothing that stands right behind it, too."""
    credit = credited(article, Role.AUTHOR, words)
    author = article.byline or credit
    # A byline may begin with its agency: 中央社記者林小滿雲溪5日電.
    if article.source.outlet and not is_brief and not article.byline.startswith(article.source.outlet):
        yield article.source.outlet
    if author and author != article.source.outlet and not (is_brief and author == credit):
        yield author
    if article.published and not is_brief:
        yield written_date(article.published, words)


def figures(issue: Issue) -> Iterator[Figure]:
    """Yield the figures of an issue."""
    for article in issue.articles:
        yield from (block for block in article.body if isinstance(block, Figure))


def media_in_use(issues: Iterable[Issue]) -> tuple[Media, ...]:
    """Return the pictures that the figures of some issues show."""
    return tuple(media for issue in issues for media in _used(issue))


def _used(issue: Issue) -> Iterator[Media]:
    used = {figure.image for figure in figures(issue)}
    return (media for media in issue.media if media.name in used)
