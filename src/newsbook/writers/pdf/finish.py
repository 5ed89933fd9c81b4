"""Finish a PDF: passes over one opened file, which is then saved once."""

import io
from collections.abc import Callable
from typing import TypeAlias

import pikepdf

from newsbook.model import Edition
from newsbook.writers.pdf.archival import ARCHIVAL
from newsbook.writers.pdf.check import QUARTER_TURN, Profile

Pass: TypeAlias = Callable[[pikepdf.Pdf, Edition], None]


def finish(pdf: bytes, edition: Edition, profile: Profile) -> bytes:
    """Return what the engine wrote of an edition, finished. The same file gives the same bytes."""
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for run in (*PASSES, *(ARCHIVAL if profile is Profile.ARCHIVE else ())):
            run(file, edition)
        file.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def turn_upright(file: pikepdf.Pdf, edition: Edition) -> None:
    """Turn vertical pages, which were laid out lying, a quarter to the right, to be read from right to left.

    A PDF that says so is copied in disorder by PDFium, whatever is in it: `FPDFText_LoadPage` hands `Direction` on as
    that of the script, and `CPDF_TextPage::CloseTempLine` then puts the runs of each line (ideographs, marks, digits)
    into the opposite order and turns those of marks round. Only a line of a single run would escape, and a line ends
    where objects of text do not stand in one row, however they are cut, turned or described by `ActualText`.
    """
    if not edition.is_vertical:
        return
    for page in file.pages:
        page.obj.Rotate = QUARTER_TURN
    preferences = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    preferences.Direction = pikepdf.Name.R2L
    file.Root.ViewerPreferences = preferences


def name_links(file: pikepdf.Pdf, edition: Edition) -> None:
    """Describe the links inside a PDF by what can be read aloud: the titles of the documents that they lead into.

    ISO 14289-1 §7.18.5 asks for a description of every link; the engine puts the target's identifier.
    """
    titles = {document.name: document.title for document in edition.documents}
    for page in file.pages:
        for note in page.get("/Annots", ()):
            document, _, _ = str(note.get("/Dest", "")).partition("-")
            title = titles.get(document)
            if title:
                note.Contents = pikepdf.String(title)


def state_bleed(file: pikepdf.Pdf, edition: Edition) -> None:
    """Have all that is painted beyond the trim be the bleed, of which the engine states ten points at most."""
    del edition
    for page in file.pages:
        page.obj.BleedBox = page.mediabox


PASSES: tuple[Pass, ...] = (turn_upright, name_links, state_bleed)
