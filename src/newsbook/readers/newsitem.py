"""A story as a form of exchange hands it over: its body as HTML or text, and what the form states about it."""

from msgspec import Struct


class Facts(Struct, frozen=True):
    """What a form states about a story, each empty where it states nothing.

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


class Picture(Struct, frozen=True):
    """A picture that comes with a story.

    `images` are its files, addresses or names, by any of which the story may refer to it; the first is the one to be
    used, empty where no picture was supplied.
    """

    images: tuple[str, ...]
    caption: str = ""
    credit: str = ""
    alt: str = ""


class Item(Struct, frozen=True):
    """A story. `name` is what findings call it; `sha256` is of the bytes that it was read from.

    Its body is `html` where there is any, else `text`. `pictures` may stand in the HTML as well. Where there is
    a `base`, addresses are relative to it; else they are those of files beside the input.
    """

    name: str
    sha256: str
    facts: Facts
    html: str = ""
    text: str = ""
    pictures: tuple[Picture, ...] = ()
    encoding: str = "utf-8"
    base: str = ""
