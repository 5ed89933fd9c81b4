"""A figure's picture in its place: where it is fetched from, its alternative text, its height in whole lines."""

from collections.abc import Callable

from msgspec import Struct

from newsbook.layout.style import Print
from newsbook.layout.words import Words
from newsbook.model import Figure, Issue, Media


class Placed(Struct, frozen=True):
    """What a template needs of a picture. `lines` is its height in the page's leading."""

    src: str
    alt: str
    width: int
    height: int
    lines: int


Place = Callable[[Figure], Placed | None]


def placer(issue: Issue, grid: Print, words: Words) -> Place:
    """Return the function that gives a figure's picture its place, or None where no picture was supplied."""
    media = {item.name: item for item in issue.media}

    def place(figure: Figure) -> Placed | None:
        picture = media.get(figure.image)
        if picture is None:
            return None
        alt = figure.alt or (words.picture if figure.caption else words.picture_alone)
        return Placed(f"images/{picture.name}", alt, picture.width, picture.height, whole_lines(picture, grid))

    return place


# The tallest picture takes this share of its own width, so that a portrait still leaves room for text.
TALLEST = 1.4


def whole_lines(picture: Media, grid: Print) -> int:
    """Return the height in lines of a picture as wide as the style sets them; the text below keeps to the grid."""
    ratio = min(picture.height / picture.width, TALLEST)
    return max(3, round(ratio * grid.picture / grid.leading))
