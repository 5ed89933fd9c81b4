"""Open a finished PDF again and hold it against its edition: it is whole, bookmarked, and every face is embedded."""

import io

import pikepdf

from newsbook.diagnostics import ValidationError
from newsbook.model import Edition


def check(pdf: bytes, edition: Edition) -> None:
    """Raise `ValidationError` where `pdf` lacks pages, a language, a bookmark per article, or an embedded face."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            faults = tuple(_faults(file, edition))
    except pikepdf.PdfError as error:
        raise ValidationError(f"the finished PDF cannot be opened again: {error}.") from error
    if faults:
        raise ValidationError(f"the finished PDF is not whole: {'; '.join(faults)}.")


def _faults(file: pikepdf.Pdf, edition: Edition) -> list[str]:
    articles = sum(document.role == "article" for document in edition.documents)
    with file.open_outline() as outline:
        bookmarks = len(outline.root)
    faults = []
    if not file.pages:
        faults.append("it has no pages")
    if bookmarks < articles:
        faults.append(f"it has {bookmarks} bookmarks for {articles} articles")
    if file.Root.get("/Lang") is None:
        faults.append("it names no language")
    return faults + [f"the face {name} is not embedded" for name in _loose_faces(file)]


def _loose_faces(file: pikepdf.Pdf) -> list[str]:
    descriptors = [
        item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    kinds = ("/FontFile", "/FontFile2", "/FontFile3")
    return [str(item.get("/FontName")) for item in descriptors if not any(kind in item for kind in kinds)]
