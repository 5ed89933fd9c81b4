"""Issues become PDFs."""

from collections.abc import Iterator

from newsbook.binding import Bound
from newsbook.fonts.faces import face_finder
from newsbook.jobs import Outcome
from newsbook.model import Issue
from newsbook.outputs.culprits import set_without_culprits
from newsbook.outputs.pages import lay_out
from newsbook.project import Output
from newsbook.record import tools
from newsbook.workplace import Product, Workplace


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield the PDF of the issue."""
    from newsbook.layout import Carrier, load_style, make_up

    (issue,) = bound.issues
    style = load_style(output.style, work.store)
    find_face = face_finder(style.fonts, work.store)

    def laid_out(issue: Issue, work: Workplace) -> Outcome[str]:
        edition = make_up(issue, Carrier.PRINT, style, tools("weasyprint"), find_face, work.report)
        return lay_out(edition, output.profile, find_face, work)

    yield Product(set_without_culprits(issue, laid_out, work, "laying out"))
