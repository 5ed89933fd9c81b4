"""Cut a picture that is too long for a page into slices, at rows where little is: between the lines of its text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# A picture up to this many times as high as wide is scaled down to a page: text that has 31 characters in its width, as
# on telephones, is then set in about half the size of the body. A wider one than this many times its height is set in
# slices below each other.
_TALLEST, _WIDEST = 2.4, 3.6

# How high a slice is at most, in shares of its width, so that two or three fill a page; and how wide, in shares of its
# height.
_HIGHEST_SLICE, _WIDEST_SLICE = 0.75, 3.0

# How far from its place a cut is looked for, in shares of the slice; how far it keeps from what is in the picture, in
# shares of the width; and in how many strips a row is looked at.
_SEARCH, _AIR = 0.3, 0.02
_STRIPS = 96

# A row whose shades differ by less has nothing in it but its ground.
_QUIET = 24

# A picture of more slices than this is no picture for a page: it is scaled down, and that is found.
_MOST = 60


def slices_of(image: "Image.Image") -> tuple["Image.Image", ...]:
    """Return a picture in slices, from the top or from the left; the picture alone where it is of a common shape."""
    ratio = image.height / image.width
    if ratio > _TALLEST:
        at = _cuts(image, round(image.width * _HIGHEST_SLICE))
        boxes = [(0, top, image.width, foot) for top, foot in at]
    elif 1 / ratio > _WIDEST:
        from PIL import Image as Pillow

        lying = image.transpose(Pillow.Transpose.TRANSPOSE)
        boxes = [(left, 0, right, image.height) for left, right in _cuts(lying, round(image.height * _WIDEST_SLICE))]
    else:
        return (image,)
    return tuple(map(image.crop, boxes)) if 1 < len(boxes) <= _MOST else (image,)


def _cuts(image: "Image.Image", most: int) -> list[tuple[int, int]]:
    """Return the first and last row of slices of at most `most` rows, about equal, cut where the rows are quiet."""
    if image.height > most * _MOST:
        return []
    unrest = _unrest(image)
    cuts, top = [], 0
    while image.height - top > most:
        left = image.height - top
        ideal = top + left / -(-left // most)
        low, high = round(ideal - _SEARCH * most), min(top + most, image.height - 1)
        foot = min(range(max(top + 1, low), high + 1), key=lambda row: (*unrest[row], abs(row - ideal)))
        cuts.append((top, foot))
        top = foot
    return [*cuts, (top, image.height)]


def _unrest(image: "Image.Image") -> list[tuple[int, int]]:
    """Return for each row how near it is to where something is, from 0 to less, and the range of its own shades."""
    from PIL import Image as Pillow

    strips = min(_STRIPS, image.width)
    small = image.convert("RGB").convert("L").resize((strips, image.height), Pillow.Resampling.BOX)
    shades = small.tobytes()
    rows = [shades[at : at + strips] for at in range(0, len(shades), strips)]
    busy = [max(row) - min(row) for row in rows]
    above, below = _distances(busy), _distances(busy[::-1])[::-1]
    air = max(2, round(image.width * _AIR))
    # A cut is made above its row.
    return [(-min(above[max(0, at - 1)], below[at], air), busy[at]) for at in range(len(busy))]


def _distances(busy: list[int]) -> list[int]:
    """Return for each row how many rows in which little is end with it."""
    found, quiet = [], 0
    for shades in busy:
        quiet = quiet + 1 if shades < _QUIET else 0
        found.append(quiet)
    return found
