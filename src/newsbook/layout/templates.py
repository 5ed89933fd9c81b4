"""What the templates ask for while they are filled: a picture in its place, the pieces of a text, links, macros."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape
from msgspec import Struct

from newsbook import formulas
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.layout.style import Print
from newsbook.layout.words import Words
from newsbook.model import Block, Figure, Issue, Mark, Media, Span

# Unicode Scripts.txt: what is written in kana is Japanese, what is written in Hangul Korean.
_KANA = r"[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff]+"
_HANGUL = r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+(?: [\uac00-\ud7a3]+)*"

# JLREQ §3.2.5, “Tate-chu-yoko”: figures of two digits; of marks, a pair.
_FIGURE = r"(?<![0-9A-Za-z.,:/-])[0-9]{1,2}(?![0-9A-Za-z.,:/%-])|[!?]{2}"

# The schemes of links that an edition may carry.
_SCHEMES = ("https://", "http://", "mailto:")

# URL Standard, “URL code points”: these stand for themselves, and so do letters outside ASCII. A percent sign begins
# an escape, a number sign the fragment. https://url.spec.whatwg.org/#url-code-points
_PLAIN = "!$&'()*+,-./:;=?@_~%"
_ASCII = re.compile(r"[\x00-\x7f]+")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# A host as browsers take it; what stands in brackets is an address of IPv6.
_HOST = re.compile(r"(?:[^\s\x00-\x2c/:;<=>?@\[\\\]^`{|}~%\x7f]+|\[[0-9A-Fa-f:.]+\])")


class Placed(Struct, frozen=True):
    """What a template needs of a picture. `lines` is its height in the page's leading.

    `is_whole` tells that nothing of it may be cropped.
    """

    src: str
    alt: str
    width: int
    height: int
    lines: int
    is_whole: bool = False


FindPicture = Callable[[Figure], Placed | None]


def placer(issue: Issue, grid: Print, words: Words) -> FindPicture:
    """Return the function that gives a figure's picture its place, or None where no picture was supplied."""
    media = {item.name: item for item in issue.media}

    def place(figure: Figure) -> Placed | None:
        picture = media.get(figure.image)
        if picture is None:
            return None
        alt = figure.alt or (words.picture if figure.caption else words.picture_alone)
        size = picture.width, picture.height, whole_lines(picture, grid)
        return Placed(f"images/{picture.name}", alt, *size, is_whole(picture))

    return place


# The tallest picture takes this share of its own width, so that a portrait still leaves room for text.
TALLEST = 1.4


# Higher than this is no photograph that could lose something at its head and foot; and wider, none at its sides.
_WHOLE_ABOVE, _WHOLE_BELOW = 1.6, 0.45


def is_whole(picture: Media) -> bool:
    """Tell whether a picture is shown to its edges, and has its place: a slice of one, and what is long or wide."""
    return picture.is_slice or not _WHOLE_BELOW <= picture.height / picture.width <= _WHOLE_ABOVE


# On telephones, for which long pictures are made, a line of them has about 31 characters; in so many ems of the body
# they are set in half its size.
_READABLE = 15.5


def find_small(issue: Issue, grid: Print) -> Iterator[Diagnostic]:
    """Yield a finding for each article with long pictures that are set too small for the words in them."""
    media = {item.name: item for item in issue.media}
    for article in issue.articles:
        pictures = [media[block.image] for block in article.body if isinstance(block, Figure) and block.image in media]
        small = [picture for picture in pictures if is_whole(picture) and _set_width(picture, grid) < _READABLE]
        if small:
            width = min(_set_width(picture, grid) for picture in small)
            message = f"{len(small)} long pictures, or slices of them, are set {width:.0f} ems wide, which is small."
            hint = "Take a style with a wider measure, as bulletin, where words in them are to be read."
            yield Diagnostic(Code.PICTURE_SMALL, message, Place(article.source.name or article.headline), hint)


def _set_width(picture: Media, grid: Print) -> float:
    """Return how wide a picture is set, in ems of the body; where it is wide, how wide a slice of it would be."""
    ratio = picture.height / picture.width
    return grid.picture * min(1.0, TALLEST / ratio)


def whole_lines(picture: Media, grid: Print) -> int:
    """Return the height in lines of a picture as wide as the style sets them; the text below keeps to the grid."""
    ratio = min(picture.height / picture.width, TALLEST)
    return max(3, round(ratio * grid.picture / grid.leading))


class Piece(Struct, frozen=True):
    """Part of a text; `language` is empty where it is the text's own."""

    text: str
    language: str = ""
    is_upright: bool = False


Divide = Callable[[str], tuple[Piece, ...]]


def divider(language: str, *, is_vertical: bool) -> Divide:
    """Return the function that divides a text in `language` into pieces.

    >>> [piece.text for piece in divider("zh-Hant", is_vertical=True)("5月12日讀「ひかり」")]
    ['5', '月', '12', '日讀「', 'ひかり', '」']
    """
    own = language.split("-", maxsplit=1)[0]
    kinds = [f"(?P<{tag}>{script})" for tag, script in (("ja", _KANA), ("ko", _HANGUL)) if tag != own]
    kinds += [f"(?P<upright>{_FIGURE})"] if is_vertical else []
    special = re.compile("|".join(kinds))

    def divide(text: str) -> tuple[Piece, ...]:
        found: list[Piece] = []
        at = 0
        for match in special.finditer(text):
            found += [Piece(text[at : match.start()])] if match.start() > at else []
            kind = match.lastgroup or ""
            found.append(Piece(match[0], "" if kind == "upright" else kind, kind == "upright"))
            at = match.end()
        return (*found, Piece(text[at:])) if text[at:] or not found else tuple(found)

    return divide


def undivided(text: str) -> tuple[Piece, ...]:
    """Return a text as the one piece that it is in print, where the engine tells languages and figures by itself."""
    return (Piece(text),)


class Tag(Struct, frozen=True):
    """An inline element: its name and its attributes."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()


# The elements of the marks, the outermost first. Code is the last, as no other is read inside of it.
_TAGS = {
    Mark.DELETED: Tag("del"),
    Mark.INSERTED: Tag("ins"),
    Mark.STRONG: Tag("strong"),
    Mark.PROPER_NAME: Tag("span", (("class", "proper-name"),)),
    Mark.BOOK_TITLE: Tag("cite", (("class", "book-title"),)),
    Mark.EMPHASIS: Tag("em"),
    Mark.SUPERSCRIPT: Tag("sup"),
    Mark.SUBSCRIPT: Tag("sub"),
    Mark.CODE: Tag("code"),
}


def tags_of(span: Span, carrier: str) -> tuple[Tag, ...]:
    """Return the elements that a run stands in, the outermost first. The engine of print tells languages by itself."""
    marked = tuple(tag for mark, tag in _TAGS.items() if mark in span.marks)
    told = (("lang", span.language), ("xml:lang", span.language), ("dir", span.direction))
    said = tuple((name, value) for name, value in told if value) if carrier == "ebook" else ()
    return (Tag("span", said), *marked) if said else marked


# Bopomofo, of Mandarin and of other languages of Taiwan, and its tones.
_BOPOMOFO = re.compile("\u02d9?[\u3105-\u312f\u31a0-\u31bf]{1,4}[\u02ca\u02c7\u02cb\u02d9\u02c9\u02ea\u02eb]?")
_LIGHT = "\u02d9"


class Syllable(Struct, frozen=True):
    """A reading in bopomofo: its symbols, the dot of the light tone the first, and the mark of its tone."""

    symbols: str
    tone: str = ""


def syllable_of(span: Span) -> Syllable | None:
    """Return the reading of a character in bopomofo, None where a run has none.

    >>> syllable_of(Span("船", ruby="ㄔㄨㄢˊ")), syllable_of(Span("的", ruby="ㄉㄜ˙"))
    (Syllable(symbols='ㄔㄨㄢ', tone='ˊ'), Syllable(symbols='˙ㄉㄜ', tone=''))
    """
    if len(span.text) != 1 or not _BOPOMOFO.fullmatch(span.ruby):
        return None
    symbols = span.ruby.rstrip("\u02ca\u02c7\u02cb\u02c9\u02ea\u02eb")
    if symbols.endswith(_LIGHT):
        symbols = _LIGHT + symbols.strip(_LIGHT)
    return Syllable(symbols, span.ruby[len(symbols) :] if not symbols.startswith(_LIGHT) else "")


_SCRIPTS = {1: "sup", -1: "sub"}


def formula_of(span: Span, carrier: str) -> Markup:
    """Return the formula that a run is: MathML in an e-book; in print, which cannot draw that, a line of text."""
    math = formulas.cleaned(span.math)
    if not math:
        return escape(span.text)
    if carrier == "ebook":
        return Markup(math.replace("<math ", f'<math alttext="{escape(span.text)}" ', 1))  # noqa: S704 - it is cleaned.
    pieces = ((escape(piece.text), _SCRIPTS.get(piece.level)) for piece in formulas.scripts(math))
    return Markup("").join(Markup(f"<{tag}>{text}</{tag}>") if tag else text for text, tag in pieces)  # noqa: S704


def is_link(text: str) -> bool:
    """Tell whether `text` is a link that an edition may carry: the web's schemes and mail, nothing that runs."""
    if not text.startswith(_SCHEMES):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{port}")
    return bool(parts.path) if parts.scheme == "mailto" else bool(_HOST.fullmatch(host))


def address(link: str) -> str:
    """Return a link with what may not stand in one escaped.

    >>> address('https://a.example/早 市?x=<1>&y=100%#"1"#2')
    'https://a.example/早%20市?x=%3C1%3E&y=100%25#%221%22%232'
    """
    before, mark, fragment = link.partition("#")
    return _escaped(before) + mark + _escaped(fragment)


def _escaped(text: str) -> str:
    return _ASCII.sub(lambda run: quote(run[0], safe=_PLAIN), _BARE_PERCENT.sub("%25", text))


def kind(block: Block) -> str:
    """Return the name of a block's type, which is the name of its macro."""
    tag = block.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{type(block).__name__} has no tag")
    return tag
