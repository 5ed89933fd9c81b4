"""Draw the cover of an e-book: the cover edition as a page, the page as a picture."""

import io

from newsbook.diagnostics import Report
from newsbook.model import Edition
from newsbook.writers.pdf import Profile, write_pdf

# Kindle Publishing Guidelines 4.2 ask for 1600 × 2560; other shops take it too.
WIDTH, HEIGHT = 1600, 2560


def draw_cover(edition: Edition, report: Report) -> bytes:
    """Return the first page of `edition` as a JPEG of 1600 × 2560 pixels."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(write_pdf(edition, Profile.PLAIN, report))
    page = pdf[0]
    picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").resize((WIDTH, HEIGHT))
    pdf.close()
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88, optimize=True, subsampling=0)
    return buffer.getvalue()
