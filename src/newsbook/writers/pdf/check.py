"""Open a finished PDF again and hold it against what was asked for: its edition, and the profile of the file."""

import io
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import pikepdf

from newsbook.cjk import is_han
from newsbook.diagnostics import ValidationError
from newsbook.model import Edition
from newsbook.writers.pdf.pdfium import characters_of


class Profile(StrEnum):
    """What kind of PDF is written: an ordinary one, or one that conforms to PDF/UA-1 (ISO 14289-1)."""

    PLAIN = "plain"
    ACCESSIBLE = "accessible"


def check(pdf: bytes, edition: Edition, profile: Profile) -> None:
    """Raise `ValidationError` where `pdf` lacks what was asked for.

    That is pages, text, a language, a bookmark of every article and every face; pages that stand upright where they
    are vertical; and the statement that it conforms to PDF/UA-1 where that is its profile.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            faults = [*_faults(file, pdf, edition), *_loose_faces(file)]
            if edition.is_vertical and not _is_upright(file):
                faults.append("its vertical pages are not turned upright")
            if profile is Profile.ACCESSIBLE and not _is_accessible(file):
                faults.append("it does not say that it conforms to PDF/UA-1")
    except pikepdf.PdfError as error:
        raise ValidationError(f"the finished PDF cannot be opened again: {error}.") from error
    if faults:
        raise ValidationError(f"the finished PDF is not whole: {'; '.join(faults)}.")


def _faults(file: pikepdf.Pdf, pdf: bytes, edition: Edition) -> Iterator[str]:
    articles = sum(document.role in {"article", "brief"} for document in edition.documents)
    with file.open_outline() as outline:
        bookmarks = len(outline.root)
    if not file.pages:
        yield "it has no pages"
    if bookmarks < articles:
        yield f"it has {bookmarks} bookmarks for {articles} articles"
    if file.Root.get("/Lang") is None:
        yield "it names no language"
    lost = _lost_characters(pdf, edition)
    if lost:
        yield f"{lost} characters of its paragraphs are on no page"


def _is_upright(file: pikepdf.Pdf) -> bool:
    preferences = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    quarter = 90
    return preferences.get("/Direction") == pikepdf.Name.R2L and all(
        page.get("/Rotate") == quarter for page in file.pages
    )


def _is_accessible(file: pikepdf.Pdf) -> bool:
    """Tell whether a file says that it conforms to PDF/UA-1, and has the tags that this rests on."""
    with file.open_metadata() as metadata:
        return metadata.get("pdfuaid:part") == "1" and "/StructTreeRoot" in file.Root


def _lost_characters(pdf: bytes, edition: Edition) -> int:
    """Return how many Han characters of the paragraphs of an edition are on no page."""
    said = Counter(
        character
        for item in edition.documents
        for paragraph in item.paragraphs
        for character in paragraph
        if is_han(character)
    )
    return (said - characters_of(pdf)).total()


def _loose_faces(file: pikepdf.Pdf) -> list[str]:
    """Return a fault for every face that is not in the file."""
    descriptors = [
        item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    kinds = ("/FontFile", "/FontFile2", "/FontFile3")
    loose = [item for item in descriptors if not any(kind in item for kind in kinds)]
    return [f"the face {item.get('/FontName')} is not embedded" for item in loose]
