"""Issues become PDFs."""

from collections.abc import Iterator

from newsbook.assets import styles
from newsbook.binding import Bound
from newsbook.diagnostics import Exit, NewsbookError, UsageError
from newsbook.fonts.faces import FindFace, face_finder
from newsbook.jobs import Outcome
from newsbook.model import Edition, Issue
from newsbook.outputs.archive import archived
from newsbook.outputs.culprits import set_without_culprits
from newsbook.outputs.imposed import on_sheets, with_marks
from newsbook.outputs.indexing import index_wanted
from newsbook.outputs.pages import lay_out, read_named
from newsbook.project import Output
from newsbook.record import tools
from newsbook.workplace import Product, Workplace


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield the PDF of the issue."""
    from newsbook.writers.pdf.pdfium import number_of_pages

    made, edition, find_face = set_pages(bound, output, work)
    made = with_marks(made, output, work)
    if output.profile == "archive":
        made = archived(work.store.read(made), edition, find_face, bound.issues[0], bound, output, work)
    finished = on_sheets(made, output, work)
    yield Product(finished, pages=number_of_pages(work.store.read(finished)))


def set_pages(bound: Bound, output: Output, work: Workplace) -> tuple[str, Edition, FindFace]:
    """Return the hash of the issue's PDF before anything is enclosed in it, its edition, and what finds its faces."""
    from newsbook.layout import Carrier, designed, for_press, load_style, make_up, running_words, with_codes, with_logo

    (issue,), design = bound.issues, bound.project.design
    style = designed(load_style(output.style, work.store), design, running_words(issue))
    style = for_press(style, output.bleed, output.binding)
    if design.logo:
        style = with_logo(style, read_named(design.logo), design.logo, work.store, bound.project.gate)
    style = with_codes(style, issue, design.qr, work.store, work.report)
    find_face = face_finder(style.fonts, work.store)
    wanted = index_wanted(bound.project)
    editions: list[Edition] = []

    def laid_out(issue: Issue, work: Workplace) -> Outcome[str]:
        editions[:] = [make_up(issue, Carrier.PRINT, style, tools("weasyprint"), find_face, work.report, wanted)]
        return lay_out(editions[0], output.profile, find_face, work)

    try:
        made = set_without_culprits(issue, laid_out, work, "laying out")
    except NewsbookError as error:
        if error.exit is Exit.INTERNAL and output.style not in styles():
            raise UsageError(f"the style {output.style} cannot be set: {error}") from error
        raise
    return made, editions[0], find_face
