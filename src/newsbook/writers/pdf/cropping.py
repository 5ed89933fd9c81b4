"""Crop photographs to the height of the text beside them, and give up those beside which a page ends.

A style sets a photograph across two columns and the text in the others (`.beside`). How high the text is, the engine
knows only when it has set it: the picture is then cropped to that height, in whole lines, within what a picture bears.
Where it bears less, or the text runs on to the next page, the story becomes a block like any other (`.block`), with its
picture in a column. Both are done in the tree that the engine lays out.
"""

from xml.etree import ElementTree as ET

from newsbook.writers.pdf.engine.boxes import leading_of, pictures_out_of_flow, whole_lines
from newsbook.writers.pdf.engine.patch import Engine

# How much lower and higher than its own shape a picture may be cropped.
_LOWEST, _HIGHEST = 0.7, 1.45

# The lines of a cutline below a picture.
_CUTLINE = 2

# A story that becomes a block shifts those behind it, so that the pages are made anew; after so many times every one
# that is still broken is given up at once.
CROPPINGS = 4


def crop_beside_text(pages: list[Engine], *, is_last: bool) -> bool:
    """Crop the pictures that are set beside text; tell whether the pages must be made anew.

    Of the stories that a page ends in, the first is given up, or all of them where this is the last pass.
    """
    is_changed = is_broken = False
    for story, parts in _stories(pages).items():
        lines = _fitting(parts[0]) if len(parts) == 1 else None
        if lines is not None:
            is_changed |= _set_lines(story, lines)
        elif len(parts) == 1 or is_last or not is_broken:
            is_broken |= len(parts) > 1
            is_changed = True
            _give_up(story)
    return is_changed


def _stories(pages: list[Engine]) -> dict[ET.Element, list[Engine]]:
    """Return every story that stands beside a picture, with its boxes, one for each page."""
    stories: dict[ET.Element, list[Engine]] = {}
    for page in pages:
        for box in page.children[0].descendants():
            if box.element_tag == "article" and "beside" in box.element.get("class", "").split():
                stories.setdefault(box.element, []).append(box)
    return stories


def _fitting(story: Engine) -> int | None:
    """Return the lines of a picture that is as high as its story's text; None where it cannot be."""
    picture = next(pictures_out_of_flow(story), None)
    body = next((box for box in story.children if box.element_tag == "div"), None)
    if picture is None or body is None:
        return None
    leading = leading_of(body)
    lines = whole_lines(body.height, leading) - _CUTLINE
    share = lines * leading * picture.replacement.ratio / picture.width
    return lines if _LOWEST <= share <= _HIGHEST else None


def _give_up(story: ET.Element) -> None:
    """Make a story a block, with its pictures before its last paragraph.

    A picture that fits no column at the foot of a page takes the whole block to the next page with it.
    """
    story.set("class", story.get("class", "").replace("beside", "block"))
    body = next(one for one in story.iter("div") if one.get("class") == "body")
    figures = body.findall("figure")
    for figure in figures:
        body.remove(figure)
    last = max(len(body) - 1, 0)
    body[last:last] = figures


def _set_lines(story: ET.Element, lines: int) -> bool:
    """Set the height of a story's picture; tell whether it had another."""
    figure = next(story.iter("figure"))
    style = f"--beside: {lines}"
    is_changed = figure.get("style") != style
    figure.set("style", style)
    return is_changed
