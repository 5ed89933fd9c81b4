"""Open a finished PDF again and hold it against its edition: it is whole, bookmarked, and every face is embedded."""

import io
import re
from collections import Counter
from html import unescape

import pikepdf

from newsbook.cjk import is_han
from newsbook.diagnostics import ValidationError
from newsbook.model import Edition
from newsbook.writers.pdf.pdfium import characters_of


def check(pdf: bytes, edition: Edition) -> None:
    """Raise `ValidationError` where `pdf` lacks pages, text, a language, a bookmark of an article, or a face."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            faults = tuple(_faults(file, pdf, edition))
    except pikepdf.PdfError as error:
        raise ValidationError(f"the finished PDF cannot be opened again: {error}.") from error
    if faults:
        raise ValidationError(f"the finished PDF is not whole: {'; '.join(faults)}.")


def _faults(file: pikepdf.Pdf, pdf: bytes, edition: Edition) -> list[str]:
    articles = sum(document.role in {"article", "brief"} for document in edition.documents)
    with file.open_outline() as outline:
        bookmarks = len(outline.root)
    faults = []
    if not file.pages:
        faults.append("it has no pages")
    if bookmarks < articles:
        faults.append(f"it has {bookmarks} bookmarks for {articles} articles")
    if file.Root.get("/Lang") is None:
        faults.append("it names no language")
    lost = _lost_characters(pdf, edition)
    if lost:
        faults.append(f"{lost} characters of its paragraphs are on no page")
    return faults + [f"the face {name} is not embedded" for name in _loose_faces(file)]


_PARAGRAPH = re.compile('<p class="paragraph">(.*?)</p>', re.DOTALL)
_TAG = re.compile("<[^>]*>")


def _lost_characters(pdf: bytes, edition: Edition) -> int:
    """Return how many Han characters of the paragraphs of an edition are on no page."""
    said = Counter(
        character
        for item in edition.documents
        for paragraph in _PARAGRAPH.findall(item.body)
        for character in unescape(_TAG.sub("", paragraph))
        if is_han(character)
    )
    return (said - characters_of(pdf)).total()


def _loose_faces(file: pikepdf.Pdf) -> list[str]:
    descriptors = [
        item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    kinds = ("/FontFile", "/FontFile2", "/FontFile3")
    return [str(item.get("/FontName")) for item in descriptors if not any(kind in item for kind in kinds)]
