"""A line of a story and what the markup of its page, or the form that carries it, tells about it."""

from msgspec import Struct

from newsbook.model import Markup


class Told(Struct, frozen=True):
    """A line of the story's text and what its markup says."""

    text: str
    markup: Markup
