"""Pictures as they will be printed: how fine they are where they stand."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from newsbook.diagnostics import Code
from newsbook.model import Figure, Issue, Media
from newsbook.preflight.subjects import Fault, Subject, bare
from newsbook.writers.pdf import PlacedPicture

# Points to an inch, and millimetres.
_POINTS = 72.0
_MILLIMETRES = 25.4


class Impression(Struct, frozen=True):
    """The pages of an issue in one style: the pictures on them, in the order of the pages."""

    style: str
    pictures: tuple[PlacedPicture, ...]


def coarse_pictures(
    issue: Issue, subjects: tuple[Subject, ...], prints: tuple[Impression, ...], least: int
) -> Iterator[Fault]:
    """Find pictures with fewer than `least` dots to an inch where they stand; the coarsest of all prints is told."""
    figures = {
        block.image: (subject, number)
        for subject in subjects
        for number, block in enumerate(subject.article.body, 1)
        if isinstance(block, Figure) and block.image
    }
    worst: dict[str, tuple[float, PlacedPicture, str]] = {}
    for one in prints:
        for name, placed in _named(issue.media, one.pictures).items():
            fineness = _fineness(placed)
            if name not in worst or fineness < worst[name][0]:
                worst[name] = fineness, placed, one.style
    for name, (subject, number) in figures.items():
        if name in worst and worst[name][0] < least:
            yield _coarse(subject, number, *worst[name], least)


def _coarse(subject: Subject, number: int, fineness: float, placed: PlacedPicture, style: str, least: int) -> Fault:  # noqa: PLR0913, PLR0917 - what a printer asks.
    wide, high = (round(side / _POINTS * _MILLIMETRES) for side in (placed.width, placed.height))
    pixels = f"{placed.pixels[0]} × {placed.pixels[1]} pixels"
    needed = round(placed.pixels[0] * least / fineness)
    message = (
        f"the picture in paragraph {number} has {fineness:.0f} dots to an inch on page {placed.page} of the style"
        f" {style}: {pixels} on {wide} × {high} mm."
    )
    return bare(Code.PICTURE_COARSE, subject, message, f"Supply it {needed} pixels wide, or set it smaller.", number)


def _fineness(placed: PlacedPicture) -> float:
    """Return the dots to an inch of a picture, along the side that has the fewest."""
    return min(
        dots / size * _POINTS for dots, size in zip(placed.pixels, (placed.width, placed.height), strict=True) if size
    )


def _named(media: tuple[Media, ...], pictures: tuple[PlacedPicture, ...]) -> Mapping[str, PlacedPicture]:
    """Return where each picture stands, by its name in the issue.

    A page has a picture's bytes as they are, where they are JPEG; others are told by their size and their order.
    """
    by_content = {picture.sha256: picture for picture in pictures}
    named = {each.name: by_content[each.sha256] for each in media if each.sha256 in by_content}
    told = {picture.sha256 for picture in named.values()}
    rest = [picture for picture in pictures if picture.sha256 not in told]
    for each in media:
        if each.name in named:
            continue
        size = (each.width, each.height)
        found = next((picture for picture in rest if picture.pixels == size), None)
        if found:
            named[each.name] = found
            rest.remove(found)
    return named
