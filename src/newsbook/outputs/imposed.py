"""A finished PDF becomes a booklet, a handout of several pages on a sheet, or gets marks for the knife."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from newsbook.diagnostics import Report, printable
from newsbook.project import Output
from newsbook.store import Store
from newsbook.workplace import Workplace


class Impose(Struct, frozen=True, tag=True):
    """Put the pages of the PDF that the store holds under `pdf` on sheets; other fields are those of `Imposition`."""

    name: str
    pdf: str
    scheme: Literal["booklet", "2up", "4up"]
    paper: str
    thickness: float
    signature: int
    marks: bool

    def run(self, store: Store, report: Report) -> str:
        """Return the hash of the imposed PDF. Raises as `writers.pdf.sheets.impose` does."""
        from newsbook.writers.pdf.imposition import Imposition
        from newsbook.writers.pdf.sheets import impose

        wanted = Imposition(self.scheme, self.paper, self.thickness, self.signature, self.marks)
        return store.put(impose(store.read(self.pdf), wanted, self.name, report))


class MarkPages(Struct, frozen=True, tag=True):
    """Print crop and registration marks around the pages of the PDF that the store holds under `pdf`."""

    name: str
    pdf: str

    def run(self, store: Store, report: Report) -> str:
        """Return the hash of the PDF with marks."""
        from newsbook.writers.pdf.marks import mark_pages

        del report
        return store.put(mark_pages(store.read(self.pdf)))


def with_marks(pdf: str, output: Output, work: Workplace) -> str:
    """Return the hash of a PDF with marks around its pages, if an output wants them; those of sheets are their own."""
    if not output.crop_marks or output.booklet:
        return pdf
    return work.done(MarkPages(printable(Path(output.file).name), pdf))


def on_sheets(pdf: str, output: Output, work: Workplace) -> str:
    """Return the hash of a PDF as an output wants it printed: that of `pdf` itself where it says nothing of sheets."""
    scheme: Literal["", "booklet", "2up", "4up"] = "booklet" if output.booklet else output.sheets
    if not scheme:
        return pdf
    name = printable(Path(output.file).name)
    return work.done(Impose(name, pdf, scheme, output.paper, output.thickness, output.signature, output.crop_marks))
