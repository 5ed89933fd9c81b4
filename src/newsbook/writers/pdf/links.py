"""Give links inside a PDF a name that can be read aloud: the headline that they lead to, not the anchor's.

ISO 14289-1 §7.18.5 asks for an alternate description of every link; the engine puts the target's identifier there.
"""

import io

import pikepdf

from newsbook.model import Edition


def name_links(pdf: bytes, edition: Edition) -> bytes:
    """Return `pdf` with its inner links described by the titles of the documents that they lead into."""
    titles = {document.name: document.title for document in edition.documents}
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            for note in page.get("/Annots", ()):
                document, _, _ = str(note.get("/Dest", "")).partition("-")
                title = titles.get(document)
                if title:
                    note.Contents = pikepdf.String(title)
        file.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()
