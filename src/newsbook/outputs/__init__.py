"""Outputs: what is bound becomes a PDF, an EPUB, a proof sheet or JSON, each by a function of the same signature."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from newsbook.binding import Bound
from newsbook.outputs import epub, models, pdf, proof
from newsbook.outputs.pdf import set_pages
from newsbook.project import Output
from newsbook.workplace import Product, Workplace

__all__ = ["MAKERS", "UNBOUND", "Make", "set_pages"]

Make: TypeAlias = Callable[[Bound, Output, Workplace], Iterator[Product]]

MAKERS: dict[str, Make] = {
    "pdf": pdf.make,
    "epub": epub.make,
    "proof": proof.make,
    "json": models.make,
    "ninjs": models.make,
}

# What is made of stories as they were read, whether they may be published or not.
UNBOUND = frozenset({"json", "ninjs"})
