"""Make one link of each, and give those inside a PDF a name that can be read aloud: the headline that they lead to.

ISO 14289-1 §7.18.5 asks for a tag and an alternate description of every link. The engine makes a link of every box
inside one, too, and leaves it without a tag; for a description it puts the target's identifier.
"""

import io
from typing import Any, TypeAlias

import pikepdf

from newsbook.model import Edition

# The engine ships no types.
Engine: TypeAlias = Any


def join_links(document: Engine) -> None:
    """Leave the pages of the engine no links but those that stand for a whole one."""
    for page in document.pages:
        # The last of a link's four parts is its box.
        page.links = [link for link in page.links if link[3].link]


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
