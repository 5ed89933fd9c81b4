"""Issues become PDFs, each laid out by a job."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from newsbook.binding import Bound
from newsbook.diagnostics import Report
from newsbook.fonts.faces import face_finder
from newsbook.model import Edition
from newsbook.outputs.product import Product
from newsbook.project import Output
from newsbook.record import tools
from newsbook.store import Store
from newsbook.workplace import Workplace


class LayOut(Struct, frozen=True, tag=True):
    """Lay out the edition that the store holds under `edition`, as MessagePack, in a profile of PDF."""

    name: str
    edition: str
    profile: str

    def run(self, store: Store, report: Report) -> str:
        """Return the hash of the PDF. Raises as `writers.pdf.write_pdf` does."""
        from newsbook.writers.pdf import Profile, write_pdf

        edition = msgspec.msgpack.decode(store.read(self.edition), type=Edition)
        return store.put(write_pdf(edition, Profile(self.profile), store, report))


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield the PDF of the issue."""
    from newsbook.layout import Carrier, load_style, make_up

    (issue,) = bound.issues
    style = load_style(output.style, work.store)
    find_face = face_finder(style.fonts, work.store)
    edition = make_up(issue, Carrier.PRINT, style, tools("weasyprint"), find_face, work.report)
    digest = work.store.put(msgspec.msgpack.encode(edition))
    yield Product(work.done(LayOut(edition.metadata.title, digest, output.profile)))
