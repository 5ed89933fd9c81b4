"""A news item: a story as a form of exchange hands it over, with a body and facts. Here it becomes copy.

So repairs and desk see it as they see any page.
"""

import unicodedata
from collections.abc import Iterator
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import InputError, LimitError
from newsbook.model import Copy, Extent, Line, Markup, Omission, Origin, Part, Source
from newsbook.readers.html import is_whole_page
from newsbook.readers.interface import MarkedLine
from newsbook.readers.text import closed_up, split_lines

_HEAD = (("kicker", Part.KICKER), ("headline", Part.HEADLINE), ("deck", Part.DECK))
_STATED = ("published", "updated", "byline", "dateline", "section", "outlet", "language", "rights", "usage")
_NAMED = (("author", "authors"), ("editor", "editors"), ("photographer", "photographers"))


class ItemFacts(Struct, frozen=True):
    """What a form states about a story. A fact that it does not state is empty.

    Dates are ISO 8601. `authors`, `editors` and `photographers` are names. `embargo` and `status` are as in `Source`.
    """

    headline: str = ""
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    dateline: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    section: str = ""
    outlet: str = ""
    language: str = ""
    rights: str = ""
    usage: str = ""
    url: str = ""
    identifier: str = ""
    retrieved: str = ""
    embargo: str = ""
    status: str = ""


class ItemPicture(Struct, frozen=True):
    """A picture that comes with a story.

    `images` are its files, addresses or names, and the story may refer to it by any of them. The first is the one to be
    used. There is none where no picture was supplied.
    """

    images: tuple[str, ...]
    caption: str = ""
    credit: str = ""
    alt: str = ""


class NewsItem(Struct, frozen=True):
    """A story. `name` is what findings call it. `sha256` is of the bytes that it was read from.

    Its body is `html`, or `text` where that is empty. `pictures` may stand in the HTML as well. Addresses are relative
    to `base`; where that is empty, they are files beside the input. `extent` is how far it goes.
    What `is_page` is a file of its own, so that a link to no whole address leads to a file beside it.
    """

    name: str
    sha256: str
    facts: ItemFacts
    html: str = ""
    text: str = ""
    pictures: tuple[ItemPicture, ...] = ()
    encoding: str = "utf-8"
    base: str = ""
    extent: Extent = Extent()
    is_page: bool = False


def copy_of(item: NewsItem) -> Copy:
    """Return the copy of a story: its head, its body with its pictures, and a line for each fact that is stated.

    Raises `InputError` where there is nothing to be read, and `LimitError` where the body is nested too deep.
    """
    body, omissions = _from_html(item) if item.html.strip() else (_from_text(item), ())
    if not any(told.text.strip() or told.markup.image for told in body):
        raise InputError(f"{item.name} has no text to be read.")
    told = (*_head(item.facts, body), *body, *_stated(item.facts))
    lines = tuple(Line(each.text, number) for number, each in enumerate(told, 1))
    # A body is no page of its own: places in it are those in the lines of its text.
    markup = (
        replace(each.markup, origins=(Origin(0, number, 1),), inner=each.markup.inner if item.is_page else ())
        for number, each in enumerate(told, 1)
    )
    return Copy(lines, _source(item, omissions), markup=tuple(markup), extent=item.extent)


def _source(item: NewsItem, omissions: tuple[Omission, ...]) -> Source:
    facts = item.facts
    return Source(
        name=item.name,
        url=facts.url,
        retrieved=facts.retrieved,
        sha256=item.sha256,
        encoding=item.encoding,
        identifier=facts.identifier,
        embargo=facts.embargo,
        status=facts.status,
        omissions=omissions,
    )


def _from_html(item: NewsItem) -> tuple[tuple[MarkedLine, ...], tuple[Omission, ...]]:
    """Return the lines of a body of HTML with its pictures in it, and what is left out of it."""
    from newsbook.readers.html.extraction import read_fragment, read_tree
    from newsbook.readers.html.tree import Tree

    try:
        whole = is_whole_page(item.html)
        reading = read_tree(Tree(item.html)) if whole else read_fragment(item.html, item.facts.headline)
    except LimitError as error:
        raise LimitError(f"{item.name}: {error}") from error
    lines = tuple(_absolute(line, item.base) for line in reading.lines)
    pictures = tuple(
        replace(each, images=tuple(urljoin(item.base, image) for image in each.images)) for each in item.pictures
    )
    return _with_pictures(lines, pictures), reading.omissions


def _absolute(line: MarkedLine, base: str) -> MarkedLine:
    image = line.markup.image
    return replace(line, markup=replace(line.markup, image=urljoin(base, image))) if image and base else line


def _with_pictures(lines: tuple[MarkedLine, ...], pictures: tuple[ItemPicture, ...]) -> tuple[MarkedLine, ...]:
    """Return `lines` with the `pictures` that are not among them. The first goes behind the first paragraph."""
    known = {image: picture for picture in pictures for image in picture.images}
    told = tuple(_captioned(line, known.get(line.markup.image)) for line in lines)
    placed = [known[line.markup.image] for line in lines if line.markup.image in known]
    spare = tuple(_figure(picture) for picture in pictures if picture not in placed)
    at = next((at for at, line in enumerate(told, 1) if line.markup.part is Part.PARAGRAPH), len(told))
    return (*told[:at], *spare[:1], *told[at:], *spare[1:])


def _captioned(line: MarkedLine, picture: ItemPicture | None) -> MarkedLine:
    """Return a picture's line with what the form states about the picture, where the line says less."""
    if picture is None or line.markup.part is not Part.PICTURE:
        return line
    alt = line.markup.alt or picture.alt
    markup = replace(line.markup, image=picture.images[0], alt=alt, credit=picture.credit)
    return MarkedLine(line.text or picture.caption, markup)


def _figure(picture: ItemPicture) -> MarkedLine:
    image = "".join(picture.images[:1])
    return MarkedLine(picture.caption, Markup(Part.PICTURE, image=image, alt=picture.alt, credit=picture.credit))


def _from_text(item: NewsItem) -> tuple[MarkedLine, ...]:
    """Return the lines of a body of text, and its pictures behind them, for the desk to place."""
    lines = split_lines(item.text)
    first = next((number for number, line in enumerate(lines) if line.strip()), -1)
    repeats = first >= 0 and _letters(lines[first]) == _letters(item.facts.headline) != ""
    told = tuple(
        MarkedLine(line, Markup(Part.HEADLINE if repeats and number == first else Part.TEXT))
        for number, line in enumerate(lines)
    )
    return (*told, *map(_figure, item.pictures))


def _head(facts: ItemFacts, body: tuple[MarkedLine, ...]) -> Iterator[MarkedLine]:
    """Yield kicker, headline and deck, where the body does not bring them along."""
    brought = {line.markup.part for line in body}
    for field, part in _HEAD:
        text = getattr(facts, field)
        if text and part not in brought:
            yield MarkedLine(closed_up(text), Markup(part))


def _stated(facts: ItemFacts) -> Iterator[MarkedLine]:
    """Yield a line for each fact that a page might show as well."""
    said = {field: getattr(facts, field) for field in ("headline", *_STATED)}
    said |= {field: "、".join(getattr(facts, names)) for field, names in _NAMED}
    for field, text in said.items():
        if text:
            yield MarkedLine(closed_up(text), Markup(Part.STATED, field=field))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()
