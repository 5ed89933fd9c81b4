"""Draw the cover of an e-book: the cover edition as a page, the page as a picture."""

import io
from typing import TYPE_CHECKING

from newsbook.diagnostics import Report
from newsbook.model import Edition
from newsbook.store import Store
from newsbook.writers.pdf import Profile, write_pdf

if TYPE_CHECKING:
    from PIL import Image

# Kindle Publishing Guidelines 4.2 ask for 1600 × 2560; other shops take it too.
WIDTH, HEIGHT = 1600, 2560


def fit_cover(raw: bytes) -> bytes:
    """Return the user's picture as a JPEG, whole, and as tall as covers are. Raises `InputError` where it is none."""
    from PIL import Image

    from newsbook.pictures import prepare

    picture: Image.Image = Image.open(io.BytesIO(prepare(raw).data))
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    scale = min(WIDTH / picture.width, HEIGHT / picture.height)
    size = (round(picture.width * scale), round(picture.height * scale))
    return _jpeg(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))


def draw_cover(edition: Edition, store: Store, report: Report) -> bytes:
    """Return the first page of `edition` as a JPEG of 1600 × 2560 pixels."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(write_pdf(edition, Profile.PLAIN, store, report))
    page = pdf[0]
    picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").resize((WIDTH, HEIGHT))
    pdf.close()
    return _jpeg(picture)


def _jpeg(picture: "Image.Image") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88, optimize=True, subsampling=0)
    return buffer.getvalue()
