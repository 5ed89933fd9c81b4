"""Ask PDFium what is in a PDF and how it looks. PDFium is not thread-safe, so that one thread asks at a time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from math import hypot
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from PIL import Image

# PDFium ships no types.
Tool: TypeAlias = Any

_ASKING = Lock()


class PageText(Struct, frozen=True):
    """The label of a page, empty where it has none, and the text inside its bounds."""

    label: str
    text: str


def page_texts(pdf: bytes) -> tuple[PageText, ...]:
    """Return the text of each page. Raises `ValueError` where `pdf` is no PDF."""
    with opened(pdf) as document:
        texts = (text.get_text_bounded() for text in _texts(document))
        return tuple(PageText(document.get_page_label(number), text) for number, text in enumerate(texts))


def number_of_pages(pdf: bytes) -> int:
    """Return how many pages there are. Raises `ValueError` where `pdf` is no PDF."""
    with opened(pdf) as document:
        return len(document)


def characters_of(pdf: bytes) -> Counter[str]:
    """Return how often each character stands on the pages. Raises `ValueError` where `pdf` is no PDF."""
    with opened(pdf) as document:
        return Counter(character for text in _texts(document) for character in text.get_text_range())


class PlacedPicture(Struct, frozen=True):
    """A picture where it stands: the number of its page, from 1, its size there in points, and its pixels.

    `sha256` is the hash of its bytes in the file, which are those of the picture itself where that is a JPEG.
    """

    page: int
    width: float
    height: float
    pixels: tuple[int, int]
    sha256: str


def placed_pictures(pdf: bytes) -> tuple[PlacedPicture, ...]:
    """Return the pictures on the pages, in their order. Raises `ValueError` where `pdf` is no PDF."""
    with opened(pdf) as document:
        return tuple(_placed(document))


def _placed(document: Tool) -> Iterator[PlacedPicture]:
    from pypdfium2 import raw

    for number in range(len(document)):
        with closing(document[number]) as page:
            for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                matrix = picture.get_matrix()
                width, height = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
                content = sha256(bytes(picture.get_data(decode_simple=False))).hexdigest()
                yield PlacedPicture(number + 1, width, height, tuple(picture.get_px_size()), content)


def first_page(pdf: bytes, width: int) -> "Image.Image":
    """Return a picture of the first page, `width` pixels wide. Raises `ValueError` where `pdf` is no PDF."""
    with opened(pdf) as document:
        return picture_of(document, 0, width)


def picture_of(document: Tool, number: int, width: int) -> "Image.Image":
    """Return a picture of a page of an opened PDF, `width` pixels wide."""
    with closing(document[number]) as page, closing(page.render(scale=width / page.get_width())) as bitmap:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture


def _texts(document: Tool) -> Iterator[Tool]:
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            yield text


@contextmanager
def opened(pdf: bytes) -> Iterator[Tool]:
    """Open a PDF for this thread alone. All is closed here: what garbage collection closes, any thread may close."""
    import pypdfium2

    with _ASKING:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from error
        with closing(document):
            yield document
