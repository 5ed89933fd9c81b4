"""A project as a value: all that is to be said about an issue before it is made, by a file, by flags, or in Python.

The annotations are the one description of it: what they say is what the file is checked by, what the JSON Schema says,
and what `newsbook config` prints. Every field has a default, so that `Project()` is what newsbook does unasked. Paths
stand as they were written; a function that is given the folder makes them paths on this machine.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from newsbook.gate.caps import Caps

Script: TypeAlias = Literal["keep", "hans", "hant", "hant-tw", "hant-hk"]
Marks: TypeAlias = Literal["keep", "locale"]
Form: TypeAlias = Literal[
    "",
    "text",
    "aozora",
    "html",
    "markdown",
    "json",
    "jsonl",
    "csv",
    "feed",
    "sitemap",
    "nitf",
    "newsml",
    "xml",
    "docx",
    "epub",
    "zip",
    "gzip",
    "warc",
]
Kind: TypeAlias = Literal["", "pdf", "epub", "proof", "json", "ninjs"]
Profile: TypeAlias = Literal["plain", "accessible", "archive"]
Choice: TypeAlias = Literal["", "yes", "no"]
Sheets: TypeAlias = Literal["", "2up", "4up"]
Binding: TypeAlias = Literal["", "volume", "months", "individual"]
Weight: TypeAlias = Literal["", "lead", "story", "brief"]
Extent: TypeAlias = Literal["", "column", "quarter", "half", "full"]
Filing: TypeAlias = Literal["", "pinyin", "zhuyin", "strokes", "gojuon", "ganada"]
NameKind: TypeAlias = Literal["", "person", "place", "outlet"]
Held: TypeAlias = Literal["embargoed", "withdrawn"]

# RFC 9309, section 2.3.1.2: at least five redirects are followed; browsers give up at twenty.
_REDIRECTS = 10
# No wait is longer than a day.
_DAY = 86_400

# Paper of 80 g/m² is 0.1 mm thick.
_OFFICE_PAPER = 0.1

# What a string must be beside a string, by the name of the check that `newsbook.project.check` holds it to.
_LANGUAGE = {"form": "language"}
_DATE = {"form": "day"}
_MOMENT = {"form": "moment"}
_ENCODING = {"form": "encoding"}
_PATH = {"form": "path"}
_STYLE = {"form": "style"}
_PAPER = {"form": "paper"}
_COLOUR = {"form": "colour"}
_FAMILY = {"form": "family"}
_HEAD = {"form": "running head"}
_SIZE = {"form": "size"}
_ADDRESS = {"form": "address"}
_CODE = {"form": "code"}
_BLEED = {"form": "bleed"}
_SPINE = {"form": "binding"}


class Facts(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of the issue as a whole. What is left empty is found out from the articles, or left out."""

    nameplate: Annotated[str, Meta(description="Name of the publication.")] = ""
    number: Annotated[str, Meta(description="Number of the issue: 12, or in words.")] = ""
    date: Annotated[str, Meta(description="Day of the issue, YYYY-MM-DD; else the newest article's.", extra=_DATE)] = ""
    publisher: Annotated[str, Meta(description="Who publishes the issue.")] = ""
    rights: Annotated[str, Meta(description="Rights statement of the issue.")] = ""
    language: Annotated[
        str, Meta(description="Language of the issue and of every article, as zh-Hant.", extra=_LANGUAGE)
    ] = ""


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """How the inputs are read, where their content misleads or does not tell."""

    form: Annotated[Form, Meta(description="Form of every input; empty where its content tells.")] = ""
    encoding: Annotated[
        str, Meta(description="Encoding of text pages, as gb18030; empty where the pages tell.", extra=_ENCODING)
    ] = ""
    lexicon: Annotated[
        tuple[str, ...],
        Meta(description="Files of names and words, one a line, that damaged pages are read by.", extra=_PATH),
    ] = ()
    url: Annotated[str, Meta(description="Where the articles were published, for their colophon.")] = ""
    retrieved: Annotated[
        str, Meta(description="When the articles were retrieved: YYYY-MM-DD[THH:MM:SS].", extra=_MOMENT)
    ] = ""


class Conversion(Struct, frozen=True, forbid_unknown_fields=True):
    """What the text is brought to that it was not written in."""

    script: Annotated[Script, Meta(description="Script that Chinese articles are brought to; vocabulary stays.")] = (
        "keep"
    )
    marks: Annotated[
        Marks, Meta(description="Whose marks and full-width forms: the page's own, or those of its language.")
    ] = "keep"


class Release(Struct, frozen=True, forbid_unknown_fields=True):
    """What is published although it is held back."""

    allow: Annotated[
        tuple[Held, ...], Meta(description="What is published all the same: what is embargoed, or withdrawn.")
    ] = ()
    most_failures: Annotated[
        int, Meta(description="Articles that may be missing at most; beyond that nothing is written.", ge=0, le=100_000)
    ] = 100_000


class Processing(Struct, frozen=True, forbid_unknown_fields=True):
    """What a process may take for one input or picture, small ones less, and for an issue, by its length."""

    memory: Annotated[int, Meta(description="Memory, in megabytes.", ge=64, le=1_000_000)] = 1536
    cpu: Annotated[float, Meta(description="Seconds of processor time.", gt=0, le=_DAY)] = 60.0
    wall: Annotated[float, Meta(description="Seconds by the clock.", gt=0, le=_DAY)] = 180.0


class Fetching(Struct, frozen=True, forbid_unknown_fields=True):
    """The terms on which pages and pictures are fetched. Times are seconds."""

    cache: Annotated[str, Meta(description="Folder that keeps what was fetched; empty for none.", extra=_PATH)] = ""
    offline: Annotated[bool, Meta(description="Fetch nothing; take pages and pictures from the cache.")] = False
    refresh: Annotated[bool, Meta(description="Fetch anew what is in the cache.")] = False
    pictures: Annotated[bool, Meta(description="Fetch the pictures, too, that files on disk name by URL.")] = False
    ignore_robots: Annotated[bool, Meta(description="Fetch what robots.txt forbids; have the owner's leave.")] = False
    allow_hosts: Annotated[
        tuple[str, ...],
        Meta(description="Hosts that are fetched from though their address is not public: NAME, NAME:PORT or NAME:*."),
    ] = ()
    delay: Annotated[float, Meta(description="Pause between two requests to one host.", ge=0, le=_DAY)] = 0.5
    timeout: Annotated[float, Meta(description="How long every wait for a host may take.", gt=0, le=_DAY)] = 15.0
    deadline: Annotated[
        float, Meta(description="How long an address may take, robots.txt and tries included.", gt=0, le=_DAY)
    ] = 120.0
    total: Annotated[float, Meta(description="How long all fetching of a run may take.", gt=0, le=_DAY)] = 3600.0
    tries: Annotated[int, Meta(description="How often something is asked for at most.", ge=1, le=100)] = 3
    pause: Annotated[float, Meta(description="Wait before the second try; it doubles with each.", ge=0, le=_DAY)] = 1.0
    patience: Annotated[
        float, Meta(description="Longest wait that a server may ask for before the next try.", ge=0, le=_DAY)
    ] = 30.0
    redirects: Annotated[int, Meta(description="How many redirects are followed.", ge=0, le=100)] = _REDIRECTS
    most_bytes: Annotated[int, Meta(description="Bytes of an answer at most.", ge=1, le=1_000_000_000)] = 50_000_000
    follow: Annotated[
        bool, Meta(description="Read what feeds of summaries, sitemaps and pages of links lead to, too.")
    ] = False
    most_pages: Annotated[int, Meta(description="Pages that are followed at most.", ge=0, le=100_000)] = 100
    most_pictures: Annotated[int, Meta(description="Pictures of an article at most.", ge=0, le=100_000)] = 200


Families: TypeAlias = tuple[str, ...]


class DesignFaces(Struct, frozen=True, forbid_unknown_fields=True):
    """Families that go before those of the style, by role, the preferred one first."""

    text: Annotated[Families, Meta(description="Families of the text.", extra=_FAMILY)] = ()
    heading: Annotated[Families, Meta(description="Families of headings and labels.", extra=_FAMILY)] = ()
    caption: Annotated[Families, Meta(description="Families of captions and decks.", extra=_FAMILY)] = ()


class Design(Struct, frozen=True, forbid_unknown_fields=True):
    """What a PDF has otherwise than its style. The grid follows: lines, columns and margins in whole lines and ems."""

    page: Annotated[
        str,
        Meta(description="Its paper: A3, JIS-B5, Letter …, or 185x260mm; empty for the style's.", extra=_PAPER),
    ] = ""
    text: Annotated[float, Meta(description="Size of the text in points; 0 for the style's.", ge=0, le=48)] = 0.0
    columns: Annotated[int, Meta(description="Columns of a story; 0 for the style's.", ge=0, le=6)] = 0
    accent: Annotated[str, Meta(description="Colour of rules and labels, as #17406d.", extra=_COLOUR)] = ""
    logo: Annotated[str, Meta(description="Picture that stands for the nameplate: SVG, PNG or JPEG.", extra=_PATH)] = ""
    running_head: Annotated[
        str,
        Meta(
            description="What heads the pages; {nameplate}, {number}, {date} and {headline} are filled in; - is none.",
            extra=_HEAD,
        ),
    ] = ""
    qr: Annotated[
        Choice,
        Meta(description="yes or no: QR codes that lead to where stories were published; empty for the style's."),
    ] = ""
    faces: DesignFaces = DesignFaces()


class Allowance(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding of the check that may stand, and why."""

    code: Annotated[str, Meta(description="Code of the finding, as headline-long.", extra=_CODE)] = ""
    of: Annotated[str, Meta(description="Input whose article is meant: its name or a pattern; empty for any.")] = ""
    quoting: Annotated[str, Meta(description="Words that the finding quotes; empty for any.")] = ""
    reason: Annotated[str, Meta(description="Why it may stand.")] = ""


class Inspection(Struct, frozen=True, forbid_unknown_fields=True):
    """What `newsbook check` looks for, and what it lets pass."""

    words: Annotated[tuple[str, ...], Meta(description="Words that must not be printed.")] = ()
    word_lists: Annotated[
        tuple[str, ...],
        Meta(description="Files of words, one a line; behind tabs, what to write and where it may stand.", extra=_PATH),
    ] = ()
    least_dpi: Annotated[
        int, Meta(description="Dots to an inch that a picture has at least where it stands.", ge=0, le=10_000)
    ] = 200
    longest_headline: Annotated[
        int, Meta(description="Characters of a headline at most; Latin letters count half.", ge=1, le=1000)
    ] = 40
    allow: Annotated[tuple[Allowance, ...], Meta(description="What may stand.")] = ()


class IndexEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A name that the index is to have, and what cannot be seen from it."""

    name: Annotated[str, Meta(description="The name, as the articles write it.")] = ""
    reading: Annotated[
        str, Meta(description="How it is read: kana, Hangul, or pinyin with a blank behind each syllable.")
    ] = ""
    kind: Annotated[NameKind, Meta(description="What it names: person, place or outlet; empty for unknown.")] = ""


class Indexing(Struct, frozen=True, forbid_unknown_fields=True):
    """An index of people, places and outlets, with the pages that they stand on."""

    make: Annotated[bool, Meta(description="Put an index of names at the back.")] = False
    order: Annotated[
        Filing, Meta(description="How names are filed: pinyin, zhuyin, strokes, gojuon, ganada; empty for the usual.")
    ] = ""
    names: Annotated[tuple[str, ...], Meta(description="Names that it is to have beside those that were found.")] = ()
    entries: Annotated[tuple[IndexEntry, ...], Meta(description="Names with what is to be said of each.")] = ()
    leave_out: Annotated[tuple[str, ...], Meta(description="Names that it is not to have.")] = ()


class Series(Struct, frozen=True, forbid_unknown_fields=True):
    """A series: the folders beside its file that have a newsbook.toml are its issues, in the order of their names."""

    first: Annotated[
        int, Meta(description="Number of the first issue; the others count on from there.", ge=0, le=1_000_000)
    ] = 1


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the issue and what stands in it, in this order."""

    name: Annotated[str, Meta(description="Name of the section, as it is printed.")] = ""
    articles: Annotated[
        tuple[str, ...], Meta(description="Inputs whose articles stand in it: names, as page.txt, or patterns.")
    ] = ()


Names: TypeAlias = tuple[str, ...] | None


class Credits(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who had which part in a story, by role. A role that is not named stays as it was read; an empty list ends it."""

    author: Annotated[Names, Meta(description="Who wrote it.")] = None
    editor: Annotated[Names, Meta(description="Who edited it.")] = None
    translator: Annotated[Names, Meta(description="Who translated it.")] = None
    photographer: Annotated[Names, Meta(description="Who took its pictures.")] = None
    correspondent: Annotated[Names, Meta(description="Who reported it from elsewhere.")] = None
    supplier: Annotated[Names, Meta(description="The agency that supplied it.")] = None


class Replacement(Struct, frozen=True, array_like=True):
    """A word or more as they stand in the article, and what is to stand there; in the file a pair of texts."""

    quoted: str
    text: str


class PictureAmendment(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a person says of a picture of an article; one without `of` is put in."""

    of: Annotated[
        str, Meta(description="Picture that is meant: its number in the article, from 1, or its file name.")
    ] = ""
    file: Annotated[str, Meta(description="Picture that is put in, or in the place of that one.", extra=_PATH)] = ""
    after: Annotated[str, Meta(description="Words of the paragraph or crosshead that it stands behind.")] = ""
    caption: Annotated[str | None, Meta(description="What stands below it.")] = None
    alt: Annotated[str | None, Meta(description="What it shows, for those who cannot see it.")] = None
    credit: Annotated[str | None, Meta(description="Who took it or supplied it.")] = None
    leave_out: Annotated[bool, Meta(description="Print the article without it.")] = False


class Amendment(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a person says of an article. What is not named stays as it was read; an empty string takes it away."""

    of: Annotated[
        str, Meta(description="Input whose articles are meant: its name, as page.txt or feed.xml#3, or a pattern.")
    ] = ""
    headline: Annotated[str | None, Meta(description="Title of the article.")] = None
    kicker: Annotated[str | None, Meta(description="Short line above the headline.")] = None
    deck: Annotated[str | None, Meta(description="Summary below the headline.")] = None
    byline: Annotated[str | None, Meta(description="Who wrote it, as it is printed.")] = None
    dateline: Annotated[str | None, Meta(description="Place that opens the story.")] = None
    published: Annotated[
        str | None, Meta(description="When it was published: YYYY[-MM[-DD[THH:MM[:SS]]]].", extra=_MOMENT)
    ] = None
    updated: Annotated[str | None, Meta(description="When it was last changed, in the same form.", extra=_MOMENT)] = (
        None
    )
    section: Annotated[str | None, Meta(description="Section that it stands under, whatever [[sections]] say.")] = None
    rank: Annotated[
        Weight | None, Meta(description="How much it weighs: lead, story or brief; empty where layout is to tell.")
    ] = None
    language: Annotated[str | None, Meta(description="Its language, as zh-Hant.", extra=_LANGUAGE)] = None
    credits: Credits = Credits()
    outlet: Annotated[str | None, Meta(description="Paper or site that it is from.")] = None
    url: Annotated[str | None, Meta(description="Where it was published.")] = None
    retrieved: Annotated[str | None, Meta(description="When it was retrieved, as published.", extra=_MOMENT)] = None
    rights: Annotated[str | None, Meta(description="Rights statement of the article.")] = None
    replace: Annotated[
        tuple[Replacement, ...],
        Meta(description="Pairs of texts: what stands in the article once, and what is to stand there."),
    ] = ()
    pictures: tuple[PictureAmendment, ...] = ()
    leave_out: Annotated[bool, Meta(description="Make the issue without it.")] = False
    hold: Annotated[bool, Meta(description="Keep it for a later issue.")] = False


class HousePiece(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of the house's own: the foreword, an editorial, a notice, a box. Without text and file it is none."""

    headline: Annotated[str, Meta(description="Its title, else the first heading of the text.")] = ""
    text: Annotated[str, Meta(description="What it says, in Markdown.")] = ""
    file: Annotated[str, Meta(description="File of Markdown that says it.", extra=_PATH)] = ""
    byline: Annotated[str, Meta(description="Who signs it.")] = ""
    section: Annotated[str, Meta(description="Section whose articles it stands behind.")] = ""
    after: Annotated[str, Meta(description="Article that it stands behind, by the name of its input.")] = ""
    language: Annotated[str, Meta(description="Its language, as zh-Hant; else the issue's.", extra=_LANGUAGE)] = ""


class Advertisement(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An advertisement: a picture, or a text, or both."""

    headline: Annotated[str, Meta(description="Whose it is, or what it is for.")] = ""
    text: Annotated[str, Meta(description="What it says, in Markdown.")] = ""
    file: Annotated[str, Meta(description="File of Markdown that says it.", extra=_PATH)] = ""
    picture: Annotated[str, Meta(description="Picture that it shows.", extra=_PATH)] = ""
    alt: Annotated[str, Meta(description="What the picture says, for those who cannot see it.")] = ""
    size: Annotated[
        Extent, Meta(description="How much of a page it takes: column, quarter, half or full; else what it needs.")
    ] = ""
    labelled: Annotated[bool, Meta(description="Say above it that it is an advertisement.")] = True
    section: Annotated[str, Meta(description="Section whose articles it stands behind.")] = ""
    after: Annotated[str, Meta(description="Article that it stands behind, by the name of its input.")] = ""
    language: Annotated[str, Meta(description="Its language, as zh-Hant; else the issue's.", extra=_LANGUAGE)] = ""


class Correction(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was wrong in an earlier issue, and what is right."""

    text: Annotated[str, Meta(description="What was wrong and what is right, in Markdown.")] = ""
    headline: Annotated[str, Meta(description="Title of what is corrected.")] = ""
    number: Annotated[str, Meta(description="Number of the issue that it stood in.")] = ""
    date: Annotated[str, Meta(description="Day of that issue, YYYY-MM-DD.", extra=_DATE)] = ""
    url: Annotated[str, Meta(description="Where it was published.", extra=_ADDRESS)] = ""


class StaffRole(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part in the making of the issue, and who has it."""

    role: Annotated[str, Meta(description="What they do, as it is printed.")] = ""
    names: Annotated[tuple[str, ...], Meta(description="Who does it.")] = ()


class Staff(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who makes the paper. Without roles and text there is no such box."""

    headline: Annotated[str, Meta(description="Its title; empty for the usual word.")] = ""
    text: Annotated[str, Meta(description="What stands below the names, in Markdown: an address, a telephone.")] = ""
    roles: tuple[StaffRole, ...] = ()


class Output(Struct, frozen=True, forbid_unknown_fields=True):
    """A file to be made, or with collection = "individual" a folder of them."""

    file: Annotated[
        str,
        Meta(
            description="File to write; empty for the input's name with a suffix, - for standard output.", extra=_PATH
        ),
    ] = ""
    kind: Annotated[Kind, Meta(description="What it is; empty where the file's suffix tells.")] = ""
    style: Annotated[str, Meta(description="A style's name or folder; empty for the project's.", extra=_STYLE)] = ""
    profile: Annotated[
        Profile,
        Meta(description="PDF: accessible conforms to PDF/UA-1, archive to PDF/A-3a too. archive: its sources in it."),
    ] = "plain"
    collection: Annotated[
        Binding,
        Meta(description="EPUB: a volume of issues, one of months, or individual books; empty for one issue."),
    ] = ""
    cover: Annotated[str, Meta(description="EPUB: a picture for the cover, else one is drawn.", extra=_PATH)] = ""
    pages: Annotated[
        str, Meta(description="EPUB: the PDF of the same issue, whose pages are to be quoted.", extra=_PATH)
    ] = ""
    embed_fonts: Annotated[bool, Meta(description="EPUB: bring the style's fonts along, cut down.")] = False
    picture_size: Annotated[
        int, Meta(description="EPUB: no side of a picture has more pixels; 0 for 2400.", ge=0, le=10_000)
    ] = 0
    size_limit: Annotated[
        str, Meta(description="EPUB: bytes of the file at most, as 25MB; pictures are made smaller.", extra=_SIZE)
    ] = ""
    sign_with: Annotated[
        str, Meta(description="archive: the private key, of Ed25519, that signs the manifest.", extra=_PATH)
    ] = ""
    booklet: Annotated[bool, Meta(description="PDF: print it as a booklet, two pages on a side, to be folded.")] = False
    sheets: Annotated[Sheets, Meta(description="PDF: print 2up or 4up, so many pages on a sheet.")] = ""
    paper: Annotated[
        str,
        Meta(description="PDF: the paper of a booklet or of sheets; empty for A4 or A3 by the pages.", extra=_PAPER),
    ] = ""
    thickness: Annotated[
        float, Meta(description="Booklet: how thick its paper is, in millimetres; 0 for no creep.", ge=0, le=1)
    ] = _OFFICE_PAPER
    signature: Annotated[
        int, Meta(description="Booklet: pages that are folded together, as 32; 0 for all.", ge=0, le=400)
    ] = 0
    bleed: Annotated[
        str,
        Meta(description="PDF: how far colours and pictures at the edge go beyond it, as 3mm.", extra=_BLEED),
    ] = ""
    crop_marks: Annotated[
        bool, Meta(description="PDF: print crop and registration marks around the pages, on a larger sheet.")
    ] = False
    binding: Annotated[
        str,
        Meta(description="PDF: how much wider the inner margin is than the style has it, as 5mm.", extra=_SPINE),
    ] = ""


class Project(Struct, frozen=True, forbid_unknown_fields=True):
    """An issue to be made: what it is made of, how that is read, and what comes out."""

    inputs: Annotated[
        tuple[str, ...],
        Meta(description="Files, folders, patterns, @lists and URLs to read, in this order.", extra=_PATH),
    ] = ()
    order: Annotated[
        tuple[str, ...], Meta(description="Inputs whose articles come first, in this order: names or patterns.")
    ] = ()
    style: Annotated[
        str, Meta(description="A style's name or folder, for every output without its own.", extra=_STYLE)
    ] = "bulletin"
    series: Series = Series()
    issue: Facts = Facts()
    reading: Reading = Reading()
    conversion: Conversion = Conversion()
    release: Release = Release()
    fetching: Fetching = Fetching()
    processes: Processing = Processing()
    gate: Caps = Caps()
    design: Design = Design()
    index: Indexing = Indexing()
    check: Inspection = Inspection()
    sections: tuple[Section, ...] = ()
    articles: tuple[Amendment, ...] = ()
    foreword: HousePiece = HousePiece()
    editorial: HousePiece = HousePiece()
    notices: tuple[HousePiece, ...] = ()
    corrections: tuple[Correction, ...] = ()
    advertisements: tuple[Advertisement, ...] = ()
    boxes: tuple[HousePiece, ...] = ()
    staff: Staff = Staff()
    outputs: tuple[Output, ...] = ()


def pieces(project: Project) -> Iterator[tuple[str, HousePiece | Advertisement]]:
    """Yield what of the house's own may stand in a file, each with its key."""
    yield "foreword", project.foreword
    yield "editorial", project.editorial
    for name in ("notices", "advertisements", "boxes"):
        yield from ((f"{name}[{number}]", piece) for number, piece in enumerate(getattr(project, name)))
