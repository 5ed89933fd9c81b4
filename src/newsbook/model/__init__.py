"""What newsbook talks about: copy, articles, issues and editions, as frozen data.

Two waists hold the program together. `Issue` knows journalism and no HTML; `Edition` knows XHTML, CSS and
media and no journalism. `Copy` is what comes before both: a page's text as it was received, line by line.

Everything here is an immutable `msgspec.Struct`, so that the model has one JSON form, checked on the way in
(`newsbook.native`), and no hand-written serialiser.
"""

import re
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

# XML 1.0 §2.2, production 2, turned round, with the C1 controls that it discourages. Text of the model holds no run
# of these, for no edition could. https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]+")


class Mark(StrEnum):
    """How a run of text is set: dots, bold, the line of a proper name (專名號), the wave of a title (書名號甲式).

    What is raised, lowered, struck out, put in and code means another thing without its mark: 10⁸ is not 108.
    """

    EMPHASIS = "emphasis"
    STRONG = "strong"
    PROPER_NAME = "proper-name"
    BOOK_TITLE = "book-title"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    DELETED = "deleted"
    INSERTED = "inserted"
    CODE = "code"


class Role(StrEnum):
    """What a credited person or agency did, named as in the MARC relator list."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    PHOTOGRAPHER = "photographer"
    CORRESPONDENT = "correspondent"
    SUPPLIER = "supplier"


class Rank(StrEnum):
    """How much a story weighs in its issue; unsaid where nobody has said it, so that layout finds it out."""

    UNSAID = ""
    LEAD = "lead"
    STORY = "story"
    BRIEF = "brief"


class Genre(StrEnum):
    """What kind of matter an article is: a story that was reported, or the house's own word."""

    STORY = ""
    FOREWORD = "foreword"
    EDITORIAL = "editorial"
    NOTICE = "notice"
    CORRECTION = "correction"
    ADVERTISEMENT = "advertisement"
    BOX = "box"
    STAFF = "staff"


PANELS = frozenset({Genre.ADVERTISEMENT, Genre.BOX, Genre.STAFF})
"""What stands in a frame of its own, which nothing divides while a page holds it."""


class Space(StrEnum):
    """How much of a page an advertisement takes; as much as it needs where nobody has said it."""

    NEEDED = ""
    COLUMN = "column"
    QUARTER = "quarter"
    HALF = "half"
    FULL = "full"


# --- text and blocks ---------------------------------------------------------------------------------------------


class Span(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A run of text in one formatting; `ruby` is its reading, `doubtful` a repair that nobody is sure of.

    `language` is BCP 47, where it is another than the article's. `direction` is the way that it runs, `ltr` or `rtl`,
    where its page says so. `note` is the name of the footnote that it is a mark of. `math` is the
    formula that the run is, in MathML, and the text says it in a line.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    href: str = ""
    ruby: str = ""
    doubtful: bool = False
    language: str = ""
    direction: str = ""
    note: str = ""
    math: str = ""


Text: TypeAlias = tuple[Span, ...]


class Paragraph(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="paragraph"):
    """A paragraph of the body."""

    text: Text


class Crosshead(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="crosshead"):
    """A small heading inside the body."""

    text: Text


class Figure(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="figure"):
    """A picture with its cutline. `image` names a `Media`, and is empty where no picture was supplied."""

    caption: Text = ()
    credit: str = ""
    image: str = ""
    alt: str = ""


class Quotation(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="quotation"):
    """Paragraphs quoted from elsewhere, with the name of whoever said or wrote them."""

    paragraphs: tuple[Text, ...]
    attribution: str = ""


class PullQuote(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="pull_quote"):
    """Words lifted from the body for display."""

    text: Text


class Aside(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="aside"):
    """A box beside the story: background, figures, advice. When `headed`, its first paragraph is its heading."""

    paragraphs: tuple[Text, ...]
    headed: bool = False


class Verse(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="verse"):
    """A stanza, whose lines are divided by line feeds and keep their indents. Neighbours make a poem."""

    text: Text


class Preformatted(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="preformatted"):
    """Code, or what else stands as it was typed: lines divided by line feeds, with their indents and blanks."""

    text: Text


class Nesting(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The item of this number, from 0, stands in a list `level` lists deep, which is numbered when `ordered`."""

    item: int
    level: int
    ordered: bool = False


class Items(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="items"):
    """A list, numbered from `start` on when `ordered`; when `marked`, the items' text brings bullets or numerals along.

    `nested` are the items of lists within the list, each with how deep it stands.
    """

    items: tuple[Text, ...]
    ordered: bool = False
    marked: bool = False
    start: int = 1
    nested: tuple[Nesting, ...] = ()


class Definitions(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="definitions"):
    """Terms, each with what it means behind it: `terms` are the numbers, from 0, of the items that are terms."""

    items: tuple[Text, ...]
    terms: tuple[int, ...]


class CellSpan(Struct, frozen=True, forbid_unknown_fields=True):
    """The cell in this row and column, from 0, fills so many rows and columns; the cells it covers are empty."""

    row: int
    column: int
    rows: int
    columns: int


class Table(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="table"):
    """Rows of cells; the first `header_rows` rows name the columns."""

    rows: tuple[tuple[Text, ...], ...]
    header_rows: int = 0
    caption: Text = ()
    spans: tuple[CellSpan, ...] = ()


class Cell(Struct, frozen=True):
    """A cell as it is set: its text, how many rows and columns it fills, and the column that it begins in, from 0."""

    text: Text
    rows: int = 1
    columns: int = 1
    column: int = 0


def set_cells(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of `table` that no other covers, row by row.

    A span that would hide words, leave the table, or join what names the columns with what stands below, is none.
    """
    covered: set[tuple[int, int]] = set()
    filled: dict[tuple[int, int], CellSpan] = {}
    for span in table.spans:
        first, *others = _places(table, span) or ((-1, -1),)
        words = any(table.rows[row][column] for row, column in others)
        if others and not words and covered.isdisjoint({first, *others}) and filled.keys().isdisjoint(others):
            covered.update(others)
            filled[first] = span
    return tuple(
        tuple(
            _cell(text, column, filled.get((at, column)))
            for column, text in enumerate(row)
            if (at, column) not in covered
        )
        for at, row in enumerate(table.rows)
    )


def _cell(text: Text, column: int, span: CellSpan | None) -> Cell:
    return Cell(text, span.rows, span.columns, column) if span else Cell(text, column=column)


def _places(table: Table, span: CellSpan) -> tuple[tuple[int, int], ...]:
    """Return the places that a span fills, its own first; none where it fills what is no part of the table."""
    below, behind = span.row + span.rows, span.column + span.columns
    if min(span.row, span.column) < 0 or below > len(table.rows) or span.row < table.header_rows < below:
        return ()
    rows = table.rows[span.row : below]
    if behind > min(map(len, rows), default=0):
        return ()
    return tuple((row, column) for row in range(span.row, below) for column in range(span.column, behind))


class Footnote(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="footnote"):
    """A note. `mark` is its mark as it is printed, and `name` what the spans that are marks of it have as their `note`.

    One without a name goes on with the note before it.
    """

    text: Text
    name: str = ""
    mark: str = ""


class Break(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="break"):
    """A change of scene without a heading."""


Block: TypeAlias = (
    Paragraph
    | Crosshead
    | Figure
    | Quotation
    | PullQuote
    | Aside
    | Verse
    | Preformatted
    | Items
    | Definitions
    | Table
    | Footnote
    | Break
)


# --- provenance --------------------------------------------------------------------------------------------------


WITHIN_STORY = "within-story"
"""The kind of an omission that stands between the first paragraph of a story and its last, and says something."""


OVERRIDE = "override"
"""The kind of a repair that a person decided on; one that was rejected has an `after` that is its `before`."""


class Repair(Struct, frozen=True, forbid_unknown_fields=True):
    """One change made to the text as it was received.

    `line` and `column` count from 1, in characters of the decoded input. `confidence` lies in 0…1; a repair that
    was not made because nobody could be sure has `doubtful` set and `after` holds the best guess.
    """

    kind: str
    line: int
    column: int
    before: str
    after: str
    confidence: float = 1.0
    doubtful: bool = False


class Retrieval(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that was fetched: where it was in the end, when, and its bytes' hash and number.

    `asked` is the URL that led there, where it is another.
    """

    url: str
    retrieved: str
    sha256: str
    size: int
    asked: str = ""


class Omission(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the input, or a part of one, that is no part of the story, and why it was left out.

    `line` and `column` say where in the decoded input it begins, as in `Repair`; `text` is what it says after the
    repairs. `confidence` lies in 0…1.
    """

    kind: str
    line: int
    text: str
    column: int = 1
    confidence: float = 1.0


class EditorialChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What the issue file changed in an article that was read: which `field` of it, from what, to what.

    A word that was replaced by quoting it has the field `text`, and the picture that it calls 2 has `picture 2`.
    """

    field: str
    before: str
    after: str


class Source(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where an article came from and what was done to it.

    `name` is the input's base name, never its folder. `sha256` is of the raw bytes. `retrieved` is ISO 8601.
    `identifier` is what the provider knows the story by; `usage` are the terms of its use. Before `embargo`, an ISO
    8601 date or `indefinite`, it must not be published, and never where its `status`, `usable` by default, is
    `withheld` or `canceled`.
    `retrievals` are what was fetched for it from the network, the page first. `pages` are the sources of its further
    pages, where it stood on several; `reprints` the other copies of the same story. `changes` are those of the
    issue file, in their order, after everything else.
    """

    name: str = ""
    outlet: str = ""
    url: str = ""
    retrieved: str = ""
    rights: str = ""
    usage: str = ""
    identifier: str = ""
    embargo: str = ""
    status: str = ""
    sha256: str = ""
    encoding: str = ""
    retrievals: tuple[Retrieval, ...] = ()
    repairs: tuple[Repair, ...] = ()
    omissions: tuple[Omission, ...] = ()
    pages: tuple["Source", ...] = ()
    reprints: tuple["Reprint", ...] = ()
    changes: tuple[EditorialChange, ...] = ()


class Reprint(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Another copy of a story, which was left out: the input, and what it said of itself; as in `Source`."""

    name: str
    outlet: str = ""
    url: str = ""
    published: str = ""
    headline: str = ""


class Credit(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person or an agency, and the part it had in the story."""

    role: Role
    name: str


# --- the semantic waist ------------------------------------------------------------------------------------------


class Line(Struct, frozen=True):
    """One line of copy: its text without the line end, and its number in the decoded input, from 1.

    `doubts` are the half-open ranges of `text` that a repair was not sure of and left as they were.
    """

    text: str
    number: int
    doubts: tuple[tuple[int, int], ...] = ()


class Part(StrEnum):
    """What the markup of a page says that a line of it is.

    `HEAD` and `FOOT` stand around the story, undecided; of `TEXT` nothing is known, as of the lines of a text page.
    """

    TEXT = "text"
    HEADLINE = "headline"
    KICKER = "kicker"
    DECK = "deck"
    HEAD = "head"
    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    PICTURE = "picture"
    QUOTATION = "quotation"
    PULL_QUOTE = "pull_quote"
    ASIDE = "aside"
    VERSE = "verse"
    PREFORMATTED = "preformatted"
    ITEM = "item"
    TERM = "term"
    DEFINITION = "definition"
    CELL = "cell"
    TABLE_CAPTION = "table_caption"
    NOTE = "note"
    BREAK = "break"
    FOOT = "foot"
    STATED = "stated"


CAPTION_OF_GROUP = "caption"
"""The `field` of a paragraph that stands below a group of pictures, each with a caption of its own."""


class Run(Struct, frozen=True):
    """The half-open range of a line, as it was received, that the markup sets in a formatting; as in `Span`."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    href: str = ""
    ruby: str = ""
    language: str = ""
    direction: str = ""
    note: str = ""
    math: str = ""


class InnerLink(Struct, frozen=True):
    """A link of a page to another file, or to a place that the page does not have: its `words`, from `at` in its line.

    `href` is relative, and `line` is the text as it was received.
    """

    href: str
    words: str
    at: int
    line: str


class Origin(Struct, frozen=True):
    """From its character `at` on, a line stands in the raw input from this line and column on, both from 1."""

    at: int
    line: int
    column: int


class Markup(Struct, frozen=True):
    """What the markup of a page says about one line of its text.

    `group` tells neighbours of the same part apart: the lines of one list, table, quotation, stanza or box share it,
    and so do the lines that a paragraph is broken into. `row` counts the rows of a table, or is the number that the
    list of an item begins with, 0 for one without numbers; a cell stands in `column`, from 0, and fills `rows` and
    `columns`; an item stands `column` lists deep. `field` is what a line of the head, of a quotation or of a box is,
    or a stated one says; of a note it is the name, and `alt` its mark. `image` is the picture whose caption the line
    is, or stands for where it has no text; `alt` and `credit` are what is stated about it. `inner` are the links in it
    that an edition cannot have, for it holds neither the page nor what lies beside it.
    """

    part: Part
    group: int = 0
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    header: bool = False
    field: str = ""
    image: str = ""
    alt: str = ""
    credit: str = ""
    runs: tuple[Run, ...] = ()
    origins: tuple[Origin, ...] = ()
    inner: tuple[InnerLink, ...] = ()


class Lack(StrEnum):
    """Why some of a story is not in its page."""

    PAYWALL = "paywall"
    REGISTRATION = "registration"
    CONTINUED = "continued"
    PAGES = "pages"
    SUMMARY = "summary"
    SCRIPT = "script"
    MEDIA = "media"
    PICTURES = "pictures"
    CUT = "cut"


class Extent(Struct, frozen=True):
    """What a page tells of how far its story goes.

    `missing` are the reasons why some of it is not there. `pages` are the addresses of the story's other pages in their
    order, of which so many come `before` this one; `whole` is that of a page with all of it. `links` are what a page
    without a story leads to.
    """

    missing: tuple[Lack, ...] = ()
    pages: tuple[str, ...] = ()
    before: int = 0
    whole: str = ""
    links: tuple[str, ...] = ()


class Copy(Struct, frozen=True):
    """A page's text as received: every line in order, blank ones and indents included.

    `pictures[n]` is the file of the n-th picture that came with the page, or empty where the count has a gap; `album`
    are those that bear no number.
    `language` is set where the user or the page says it, and empty where it is to be detected. `markup` is empty for
    a text page; for a page with markup it is as long as `lines`, whose numbers then count the lines of its text.
    `kept` is what a person has said is part of the story, whatever the copy desk makes of it.
    `online` is set where pictures that the page names by URL can be fetched. `extent` is how far the story goes.
    What `is_authored` a person wrote as a whole, as a Word file, so that nothing in it is a site's.
    """

    lines: tuple[Line, ...]
    source: Source
    pictures: tuple[str, ...] = ()
    language: str = ""
    markup: tuple[Markup, ...] = ()
    kept: tuple[Omission, ...] = ()
    online: bool = False
    extent: Extent = Extent()
    album: tuple[str, ...] = ()
    is_authored: bool = False


class Article(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="article"):
    """One story, or a piece of the house's own. `language` is BCP 47; `space` is what an advertisement has.

    `published` and `updated` are ISO 8601, as exact as the source was.
    """

    headline: str
    body: tuple[Block, ...] = ()
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    dateline: str = ""
    published: str = ""
    updated: str = ""
    section: str = ""
    language: str = ""
    credits: tuple[Credit, ...] = ()
    source: Source = Source()
    rank: Rank = Rank.UNSAID
    genre: Genre = Genre.STORY
    space: Space = Space.NEEDED


class Media(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture: its name in the edition, and what it is. `width` and `height` are pixels as displayed.

    `sha256` is the hash of its bytes, under which a store holds them. `is_slice` tells that it goes on in the next or
    from the one before.
    """

    name: str
    type: str
    width: int
    height: int
    sha256: str
    is_slice: bool = False


class Issue(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="issue"):
    """One number of a publication; articles stand in the order in which they are read."""

    nameplate: str
    articles: tuple[Article, ...]
    language: str
    number: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    media: tuple[Media, ...] = ()


class Volume(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="volume"):
    """Several issues bound into one; they stand in the order in which they are read."""

    nameplate: str
    issues: tuple[Issue, ...]
    language: str
    number: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""


# --- the typeset waist -------------------------------------------------------------------------------------------


class Document(Struct, frozen=True):
    """One XHTML document of an edition.

    `name` is an ASCII file stem, unique in the edition, and the `id` of the document's outermost element. `role` says
    which part of the edition it is: `cover`, `contents`, `issue`, `article`, `brief` (an article that shares
    its columns with its neighbours), `foreword`, `panel` (it has
    a frame of its own), `index`, `colophon` or `licence`. `body` is well-formed XHTML without the `body`
    tag; it names pictures as `images/NAME`.

    The rest is what the body holds, so that nobody need read it again: its text, that of the story in it, the names
    of its pictures, its `id`s, what its links lead to, and which of `mathml`, `ruby` and `svg` are in it.
    `newsbook.documents.document` makes a document out of its body.
    """

    name: str
    role: str
    title: str
    language: str
    body: str
    text: str
    story: str
    images: tuple[str, ...]
    anchors: tuple[str, ...]
    links: tuple[str, ...]
    properties: tuple[str, ...]


class Stylesheet(Struct, frozen=True):
    """A style sheet and the file name under which a carrier may keep it."""

    name: str
    css: str


class Font(Struct, frozen=True):
    """A font that an edition brings along: its file name, its media type and its bytes."""

    name: str
    type: str
    data: bytes


class Entry(Struct, frozen=True):
    """A line of the contents: what it says, the document that it leads to, and the lines below it."""

    title: str
    document: str
    entries: tuple["Entry", ...] = ()


class Contribution(Struct, frozen=True):
    """A name for the carrier's metadata with its MARC relator code (`aut`, `edt`, `pht`, `isb`, …).

    `file_as` is the name as a catalogue sorts it, and empty where nothing was said.
    """

    relator: str
    name: str
    file_as: str = ""


class Provenance(Struct, frozen=True):
    """A place that articles came from: its URL or name, and what is known of how they came from there."""

    source: str
    history: str = ""


class Collection(Struct, frozen=True):
    """What an edition is a part of: a `series`, which goes on, or a `set`, which is complete; and its place in it."""

    name: str
    kind: str = "series"
    position: str = ""


class PageBreak(Struct, frozen=True):
    """Where a page of the printed edition begins: its label, and the document and the `id` that mark the place."""

    label: str
    document: str
    anchor: str


class Metadata(Struct, frozen=True):
    """What a carrier says about itself.

    `identifier` is a URN derived from the content; `accessibility` sums up in a sentence how the edition can be read;
    `date` and `modified` are ISO 8601. `is_described` says that every picture has words that stand for it.
    `creators` are those under whose name it is filed; where there are none, the first authors among its contributors.
    """

    title: str
    language: str
    identifier: str
    date: str
    modified: str
    publisher: str
    rights: str
    description: str
    accessibility: str
    languages: tuple[str, ...]
    contributors: tuple[Contribution, ...]
    sources: tuple[Provenance, ...]
    collections: tuple[Collection, ...] = ()
    is_described: bool = False
    creators: tuple[Contribution, ...] = ()


class PagePlan(Struct, frozen=True):
    """How the pages of a printed edition are planned.

    `kind` is `columns` where text runs on from page to page, `modules` where every story is a rectangle of columns, or
    nothing where the engine breaks the pages. A page has so many `columns`, `gap` ems apart and in modules `column` ems
    wide, with fewer of them on a narrower page. `heads` are the sizes of headlines across one column, two, and so on.
    """

    kind: str = ""
    columns: int = 1
    gap: float = 2.0
    column: float = 15.0
    heads: tuple[float, ...] = (1.8,)


class Edition(Struct, frozen=True):
    """An issue made up for one carrier: finished documents in reading order, and what they need.

    `progression` is the way that pages turn, `ltr` or `rtl`. `pages` are those of the printed edition called
    `pages_of`, where the two are to be quoted alike.
    `families` names the font families that set it, `font_files` the files that its style brings, by their hashes in the
    store; `is_vertical` says that lines run down its pages, and `plan` how these are planned. `repertoire` has the
    characters that the faces of print are cut to, whatever is in use, so that one cut serves many editions. `order` has
    the places in the issue of the articles, as their documents follow one another; empty where that is their order.
    """

    documents: tuple[Document, ...]
    stylesheets: tuple[Stylesheet, ...]
    media: tuple[Media, ...]
    contents: tuple[Entry, ...]
    metadata: Metadata
    progression: str = "ltr"
    pages: tuple[PageBreak, ...] = ()
    pages_of: str = ""
    fonts: tuple[Font, ...] = ()
    families: tuple[str, ...] = ()
    font_files: tuple[str, ...] = ()
    is_vertical: bool = False
    plan: PagePlan = PagePlan()
    repertoire: str = ""
    order: tuple[int, ...] = ()
