"""Open a finished PDF again and hold it against what was asked for: its edition, and the profile of the file."""

import io
from collections.abc import Iterator
from enum import StrEnum

import pikepdf

from newsbook.cjk import counted
from newsbook.diagnostics import ValidationError
from newsbook.model import Edition
from newsbook.writers.pdf.pdfium import characters_of

# The turn of a vertical page to the right, in degrees.
QUARTER_TURN = 90


class Profile(StrEnum):
    """What kind of PDF is written.

    That is an ordinary one, one that conforms to PDF/UA-1 (ISO 14289-1), or one that conforms to that and to PDF/A-3a
    (ISO 19005-3).
    """

    PLAIN = "plain"
    ACCESSIBLE = "accessible"
    ARCHIVE = "archive"


def check(pdf: bytes, edition: Edition, profile: Profile) -> None:
    """Raise `ValidationError` where `pdf` lacks what was asked for.

    That is pages, text, a language, a bookmark of every article and every face; pages that stand upright where they
    are vertical; and the statement of what it conforms to where its profile is more than plain.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            faults = [*_faults(file, pdf, edition), *_loose_faces(file)]
            if edition.is_vertical and not _is_upright(file):
                faults.append("its vertical pages are not turned upright")
            if profile is not Profile.PLAIN and not _is_accessible(file):
                faults.append("it does not say that it conforms to PDF/UA-1")
            if profile is Profile.ARCHIVE and not _is_archival(file):
                faults.append("it does not say that it conforms to PDF/A-3a")
    except (pikepdf.PdfError, ValueError) as error:
        raise ValidationError(f"the finished PDF cannot be opened again: {error}.") from error
    if faults:
        raise ValidationError(f"the finished PDF is not whole: {'; '.join(faults)}.")


def _faults(file: pikepdf.Pdf, pdf: bytes, edition: Edition) -> Iterator[str]:
    articles = sum(document.role in {"article", "brief", "foreword"} for document in edition.documents)
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
        yield f"{lost} characters of its stories are on no page"


def _is_upright(file: pikepdf.Pdf) -> bool:
    """Tell whether pages that were laid out lying stand, and are read from right to left."""
    preferences = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    is_turned = all(page.get("/Rotate") == QUARTER_TURN for page in file.pages)
    return is_turned and preferences.get("/Direction") == pikepdf.Name.R2L


def _is_accessible(file: pikepdf.Pdf) -> bool:
    """Tell whether a file says that it conforms to PDF/UA-1, and has the tags that this rests on."""
    with file.open_metadata() as metadata:
        return metadata.get("pdfuaid:part") == "1" and "/StructTreeRoot" in file.Root


def _is_archival(file: pikepdf.Pdf) -> bool:
    """Tell whether a file says that it conforms to PDF/A-3a, and says what its colours mean."""
    with file.open_metadata() as metadata:
        said = metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")
    return said == ("3", "A") and "/OutputIntents" in file.Root


def _lost_characters(pdf: bytes, edition: Edition) -> int:
    """Return how many characters of the stories of an edition are on no page, of those that are counted."""
    said = counted("".join(item.story for item in edition.documents))
    return (said - counted("".join(characters_of(pdf).elements()))).total()


def _loose_faces(file: pikepdf.Pdf) -> list[str]:
    """Return a fault for every face that is not in the file."""
    descriptors = [
        item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    kinds = ("/FontFile", "/FontFile2", "/FontFile3")
    loose = [item for item in descriptors if not any(kind in item for kind in kinds)]
    return [f"the face {item.get('/FontName')} is not embedded" for item in loose]
