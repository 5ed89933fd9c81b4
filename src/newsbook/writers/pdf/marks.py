"""Marks for the knife and the press, outside of what is kept: crop marks at the corners, registration marks between."""

import io
from collections.abc import Iterator
from decimal import Decimal

import pikepdf

from newsbook.diagnostics import ValidationError
from newsbook.writers.pdf.imposition import MARKS_ROOM, Box

_MM = 72 / 25.4
# Marks of 5 mm begin where the bleed ends, 2 mm off the trim at least, where a knife that is off does not meet them.
_LENGTH, _OFF = 5 * _MM, 2 * _MM
_RADIUS = 1.5 * _MM
# A quarter of a point, the hairline of presses.
_LINE = 0.25
# How far the handles of a Bézier curve are from its ends, in radii, where four of them make a circle.
_HANDLE = 0.5523

INKS = "/Inks"
"""What pages call the colour of marks."""


def mark_pages(pdf: bytes) -> bytes:
    """Return a PDF with marks around the trim of each page, on a sheet that is larger by the room for them."""
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        inks = all_inks(file)
        for page in file.pages:
            left, bottom, right, top = box_of(bleed_box(page))
            trim = box_of(page.trimbox)
            page.obj.TrimBox, page.obj.BleedBox = array(trim), array((left, bottom, right, top))
            page.obj.MediaBox = array((left - MARKS_ROOM, bottom - MARKS_ROOM, right + MARKS_ROOM, top + MARKS_ROOM))
            if "/CropBox" in page.obj:
                del page.obj["/CropBox"]
            page.add_resource(inks, pikepdf.Name.ColorSpace, pikepdf.Name(INKS))
            page.contents_add(b"q", prepend=True)
            # Marks are no content: what reads a page aloud passes them over (ISO 14289-1, 7.3).
            page.contents_add(f"Q /Artifact BMC {marks_around(trim, trim[0] - left)} EMC".encode("ascii"))
        faults = file.check_pdf_syntax()
        file.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    if faults:
        raise ValidationError(f"the PDF with marks is not whole: {'; '.join(map(str, faults))}.")
    return finished.getvalue()


def marks_around(trim: Box, bleed: float) -> str:
    """Return the operators that draw crop marks at the corners of a box, and registration marks amid its sides."""
    left, bottom, right, top = trim
    near = max(bleed, _OFF)
    far, amid = near + _LENGTH, near + _LENGTH / 2
    across, up = (left + right) / 2, (bottom + top) / 2
    drawn = [
        *(_line(x + way * near, y, x + way * far, y) for x, way in ((left, -1), (right, 1)) for y in (bottom, top)),
        *(_line(x, y + way * near, x, y + way * far) for y, way in ((bottom, -1), (top, 1)) for x in (left, right)),
        *_registration(across, bottom - amid),
        *_registration(across, top + amid),
        *_registration(left - amid, up),
        *_registration(right + amid, up),
    ]
    return f"q {INKS} CS 1 SCN {_LINE} w {' '.join(drawn)} Q"


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S"


def _registration(x: float, y: float) -> Iterator[str]:
    """Yield a cross in a circle, by which the plates of a press are laid over each other."""
    arm, r, k = _LENGTH / 2, _RADIUS, _RADIUS * _HANDLE
    yield _line(x - arm, y, x + arm, y)
    yield _line(x, y - arm, x, y + arm)
    yield (
        f"{x + r:.3f} {y:.3f} m "
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c S"
    )


def all_inks(file: pikepdf.Pdf) -> pikepdf.Object:
    """Return the colour that every plate prints (ISO 32000-1, 8.6.6.4): 1 is full, as grey 0 where there is one ink."""
    tint = file.make_stream(b"{1 exch sub}", {"/FunctionType": 4, "/Domain": [0, 1], "/Range": [0, 1]})
    return file.make_indirect(pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceGray, tint]))


def array(box: Box) -> pikepdf.Array:
    """Return a box as a PDF has it."""
    return pikepdf.Array([Decimal(f"{each:.3f}") for each in box])


def bleed_box(page: pikepdf.Page) -> pikepdf.Object:
    """Return the box of a page with its bleed."""
    return page.get("/BleedBox", page.mediabox)


def box_of(box: pikepdf.Object) -> Box:
    """Return a box of a PDF."""
    left, bottom, right, top = map(float, box)
    return left, bottom, right, top
