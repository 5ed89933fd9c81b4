"""Vertical pages: laid out lying on their side, in turned faces, and turned upright when they are finished.

Columns then run down and from right to left, and everything that the engine does for lines it does for columns: lines
are broken and filled, pages numbered, links placed. Pictures are turned the other way, and so are numbers of one or two
digits and single capital letters.
"""

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from newsbook.model import Media

# JLREQ §3.2.5 and §2.3.2: a number of one or two digits, and a capital letter by itself, stand upright in one em. What
# belongs to a longer number, or to words in another script, does not.
_UPRIGHT = re.compile(
    r"(?<![0-9A-Za-z.,:/%+#@&'’-])(?<![A-Za-z.,:] )(?:[0-9]{1,2}|[A-Z])(?![0-9A-Za-z.,:/%+#@&'’-])(?! [A-Za-z])"
)


def turned_picture(media: Media, raw: bytes) -> bytes:
    """Return a picture turned a quarter to the left."""
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(raw)) as image:
        form = image.format or "PNG"
        turned = image.transpose(Image.Transpose.ROTATE_90)
        turned.save(buffer, form, **({"quality": 90} if media.type == "image/jpeg" else {}))
    return buffer.getvalue()


def mark_upright(root: Element) -> None:
    """Wrap numbers of one or two digits, and single letters, in the tree of a page: the style sets them upright."""
    for element in list(root.iter()):
        if element.tag in {"style", "script", "title"}:
            continue
        _split(element, element.text or "", None)
        for child in list(element):
            if child.tag != "bdi":
                _split(element, child.tail or "", child)


def _split(parent: Element, text: str, before: Element | None) -> None:
    """Wrap what stands upright in the text of `parent`, or of the text behind its child `before`."""
    pieces = list(_pieces(text))
    if len(pieces) < 2:  # noqa: PLR2004 - one piece is a text without any.
        return
    place = 0 if before is None else list(parent).index(before) + 1
    lead = pieces[0][0]
    if before is None:
        parent.text = lead
    else:
        before.tail = lead
    for number, (tail, digits) in enumerate(pieces[1:]):
        span = SubElement(parent, "bdi")
        parent.remove(span)
        span.text, span.tail = digits, tail
        parent.insert(place + number, span)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text before the first number or letter, then each with the text behind it: (text, number)."""
    at, digits = 0, ""
    for match in _UPRIGHT.finditer(text):
        yield text[at : match.start()], digits
        at, digits = match.end(), match[0]
    yield text[at:], digits
