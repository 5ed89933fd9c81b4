"""Issues become PDFs."""

from collections.abc import Iterator

from newsbook.binding import Bound
from newsbook.fonts.faces import face_finder
from newsbook.outputs.pages import lay_out, read_named
from newsbook.project import Output
from newsbook.record import tools
from newsbook.workplace import Product, Workplace


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield the PDF of the issue."""
    from newsbook.layout import Carrier, designed, load_style, make_up, running_words, with_logo

    (issue,) = bound.issues
    style = designed(load_style(output.style, work.store), bound.design, running_words(issue))
    if bound.design.logo:
        style = with_logo(style, read_named(bound.design.logo), bound.design.logo, work.store)
    find_face = face_finder(style.fonts, work.store)
    edition = make_up(issue, Carrier.PRINT, style, tools("weasyprint"), find_face, work.report)
    yield Product(lay_out(edition, output.profile, find_face, work))
