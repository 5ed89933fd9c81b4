"""A PDF as the preview shows it: pictures of its pages, their text in place, and where each article stands.

Articles are found by the tags of the PDF: each `Art` is what stands of one on a page, and the outline says where each
begins (ISO 32000-1, 14.7 and 12.3.3).
"""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO

from msgspec import Struct

from newsbook.preview.snapshot import PagePlace, PageSize, ShownPages
from newsbook.writers.pdf.pdfium import Tool, opened, picture_of


class TextRun(Struct, frozen=True):
    """A piece of a line, and its box in parts of the page."""

    text: str
    left: float
    top: float
    width: float
    height: float


class _Start(Struct, frozen=True):
    """Where an entry of the outline leads to: its title, the number of a page, and a point on it from the top left."""

    title: str
    page: int
    left: float
    top: float


def picture(pdf: bytes, number: int, width: int) -> bytes | None:
    """Return a page as PNG, so many pixels wide; None where there is no such page."""
    with opened(pdf) as document:
        if number >= len(document):
            return None
        drawn = picture_of(document, number, width)
    file = BytesIO()
    drawn.save(file, "PNG", compress_level=1)
    return file.getvalue()


def text_of(pdf: bytes, number: int) -> tuple[TextRun, ...]:
    """Return the text of a page in its order; nothing where there is no such page."""
    with opened(pdf) as document:
        if number >= len(document):
            return ()
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            boxes = (text.get_rect(at) for at in range(text.count_rects()))
            runs = [(text.get_text_bounded(*box), _part_of(page, *box)) for box in boxes]
    return tuple(TextRun(said, *box) for said, box in runs if said.strip())


def anatomy(pdf: bytes, titles: Iterable[tuple[str, str]]) -> ShownPages:
    """Return the pages of a PDF, without its hash. `titles` are names of articles, and what the outline calls each."""
    with opened(pdf) as document:
        sizes: list[PageSize] = []
        pieces: list[PagePlace] = []
        for number in range(len(document)):
            with closing(document[number]) as page:
                sizes.append(PageSize(page.get_width(), page.get_height(), document.get_page_label(number)))
                pieces += (PagePlace(number, *box) for box in _articles_on(page))
        starts = tuple(_starts(document, sizes))
    return ShownPages(pages=tuple(sizes), places=_placed(tuple(titles), starts, pieces))


def _placed(
    titles: tuple[tuple[str, str], ...], starts: tuple[_Start, ...], pieces: list[PagePlace]
) -> dict[str, tuple[PagePlace, ...]]:
    """Return the pieces of each article, by its name: from where it begins to where another does."""
    waiting = list(titles)
    begins: dict[int, str] = {}
    for start in starts:
        known = next((entry for entry in waiting if entry[1] == start.title), None)
        near = [at for at, piece in enumerate(pieces) if piece.page == start.page and at not in begins]
        if known and near:
            waiting.remove(known)
            begins[min(near, key=lambda at: _distance(pieces[at], start))] = known[0]
    places: dict[str, list[PagePlace]] = {}
    name = ""
    for at, piece in enumerate(pieces):
        name = begins.get(at, name)
        if name:
            places.setdefault(name, []).append(piece)
    return {name: tuple(own) for name, own in places.items()}


def _distance(piece: PagePlace, start: _Start) -> float:
    beside = max(piece.left - start.left, start.left - piece.left - piece.width, 0)
    return abs(piece.top - start.top) + beside


def _starts(document: Tool, sizes: list[PageSize]) -> Iterator[_Start]:
    for entry in document.get_toc():
        target = entry.get_dest()
        number = target.get_index() if target else None
        if number is None or number >= len(sizes):
            continue
        _, point = target.get_view()
        size = sizes[number]
        left, top = (*point, 0, size.height)[:2] if len(point) > 1 else (0, size.height)
        yield _Start(entry.get_title(), number, (left or 0) / size.width, 1 - (top or 0) / size.height)


def _articles_on(page: Tool) -> Iterator[tuple[float, float, float, float]]:
    """Yield the box of every piece of an article on a page, in the order of the tags."""
    import pypdfium2.raw as pdfium

    boxes: dict[int, list[tuple[float, float, float, float]]] = {}
    for each in page.get_objects():
        number = pdfium.FPDFPageObj_GetMarkedContentID(each)
        if number >= 0:
            boxes.setdefault(number, []).append(each.get_bounds())
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        roots = (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in _counted(tree, "FPDF_StructTree_"))
        for piece in (piece for root in roots if root for piece in _tagged(root, "Art")):
            found = [box for number in _contents(piece) for box in boxes.get(number, ())]
            if found:
                lefts, bottoms, rights, tops = zip(*found, strict=True)
                yield _part_of(page, min(lefts), min(bottoms), max(rights), max(tops))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _tagged(element: Tool, tag: str) -> Iterator[Tool]:
    """Yield the outermost elements with a tag."""
    if _type(element) == tag:
        yield element
        return
    for child in _children(element):
        yield from _tagged(child, tag)


def _contents(element: Tool) -> Iterator[int]:
    """Yield the numbers of the marked content in an element."""
    import pypdfium2.raw as pdfium

    for at in range(max(0, pdfium.FPDF_StructElement_GetMarkedContentIdCount(element))):
        number = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
        if number >= 0:
            yield number
    for child in _children(element):
        yield from _contents(child)


def _children(element: Tool) -> Iterator[Tool]:
    import pypdfium2.raw as pdfium

    for at in _counted(element, "FPDF_StructElement_"):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield child


def _counted(parent: Tool, prefix: str) -> range:
    import pypdfium2.raw as pdfium

    return range(max(0, getattr(pdfium, f"{prefix}CountChildren")(parent)))


def _type(element: Tool) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    text = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, text, size)
    return text.raw.decode("utf-16-le", "replace").rstrip("\0")


def _part_of(page: Tool, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """Return a box in points from the bottom left as left, top, width and height in parts of the page."""
    width, height = page.get_size()
    numbers = (left / width, 1 - top / height, (right - left) / width, (top - bottom) / height)
    across, down, wide, high = (round(min(max(number, 0.0), 1.0), 4) for number in numbers)
    return across, down, wide, high
