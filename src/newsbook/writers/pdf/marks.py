"""Marks for the knife and the press, outside of what is kept: crop marks at the corners, registration marks between."""

import io
from decimal import Decimal

import pikepdf

_MM = 72 / 25.4
# ISO 12647 and printers' usage: marks of 5 mm begin where the bleed ends, 2 mm off the trim at least.
_LENGTH, _OFF = 5 * _MM, 2 * _MM
_RADIUS = 1.5 * _MM
# Hairlines in all inks: a separation of that name prints on every plate (ISO 32000-1, 8.6.6.4).
_LINE = 0.25
# What is outside of the bleed.
ROOM = 8 * _MM


def mark_pages(pdf: bytes) -> bytes:
    """Return a PDF with marks around the trim of each page, on a sheet that is larger by the room for them."""
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        inks = _all_inks(file)
        for page in file.pages:
            trim = tuple(map(float, page.trimbox))
            kept = tuple(map(float, page.get("/BleedBox", page.mediabox)))
            page.obj.BleedBox, page.obj.TrimBox = _array(kept), _array(trim)
            left, bottom, right, top = kept
            page.obj.MediaBox = _array((left - ROOM, bottom - ROOM, right + ROOM, top + ROOM))
            if "/CropBox" in page.obj:
                del page.obj["/CropBox"]
            # Marks are no content: what reads a page aloud passes them over (ISO 14289-1, 7.3).
            drawn = f"/Artifact BMC q /Inks CS 1 SCN {_LINE} w {marks_around(trim, trim[0] - left)} Q EMC"
            page.add_resource(inks, pikepdf.Name.ColorSpace, pikepdf.Name.Inks)
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q " + drawn.encode("ascii"))
        file.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def marks_around(trim: tuple[float, ...], bleed: float) -> str:
    """Return the operators that draw crop marks at the corners of a box, and registration marks amid its sides."""
    left, bottom, right, top = trim
    off = max(bleed, _OFF)
    lines = [
        f"{x + way * off:.3f} {y:.3f} m {x + way * (off + _LENGTH):.3f} {y:.3f} l S"
        for x, way in ((left, -1), (right, 1))
        for y in (bottom, top)
    ]
    lines += [
        f"{x:.3f} {y + way * off:.3f} m {x:.3f} {y + way * (off + _LENGTH):.3f} l S"
        for y, way in ((bottom, -1), (top, 1))
        for x in (left, right)
    ]
    beyond = off + _LENGTH / 2
    middles = (
        ((left + right) / 2, bottom - beyond), ((left + right) / 2, top + beyond),
        (left - beyond, (bottom + top) / 2), (right + beyond, (bottom + top) / 2),
    )  # fmt: skip
    return " ".join((*lines, *(_registration(x, y) for x, y in middles)))


def _registration(x: float, y: float) -> str:
    arm = _LENGTH / 2
    cross = f"{x - arm:.3f} {y:.3f} m {x + arm:.3f} {y:.3f} l S {x:.3f} {y - arm:.3f} m {x:.3f} {y + arm:.3f} l S"
    # A circle of four Bézier curves.
    r, k = _RADIUS, _RADIUS * 0.5523
    return (
        f"{cross} {x + r:.3f} {y:.3f} m "
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c S"
    )


def _all_inks(file: pikepdf.Pdf) -> pikepdf.Object:
    tint = file.make_stream(b"{1 exch sub}", {"/FunctionType": 4, "/Domain": [0, 1], "/Range": [0, 1]})
    return file.make_indirect(
        pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceGray, tint])
    )


def _array(box: tuple[float, ...]) -> pikepdf.Array:
    return pikepdf.Array([Decimal(f"{each:.3f}") for each in box])
