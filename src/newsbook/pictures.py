"""Make a picture fit for print and for the shelf: upright, without private data, in a form that every reader takes."""

import hashlib
import io
import warnings
from typing import TYPE_CHECKING

from msgspec import Struct

from newsbook.diagnostics import InputError

if TYPE_CHECKING:
    from PIL import Image

# Forms that Pillow decodes without calling other programs; vector and page forms stay out.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")

# A square of 40 megapixels is 54 cm wide at 300 dpi: more than a newspaper page prints.
MOST_PIXELS = 40_000_000

# 2400 pixels set a picture across an A4 page at 300 dpi.
LONGEST_SIDE = 2400


class Picture(Struct, frozen=True):
    """A finished picture: its bytes, media type, file suffix, pixels as displayed, and the hash of the bytes."""

    data: bytes
    type: str
    suffix: str
    width: int
    height: int
    sha256: str


def prepare(raw: bytes, longest: int = LONGEST_SIDE) -> Picture:
    """Return the picture in `raw` as JPEG or PNG: upright, without EXIF and GPS, no side above `longest` pixels.

    Raises `InputError` with the reason where it is no picture, is broken, or is too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise InputError(f"it has {image.width} × {image.height} pixels, more than {MOST_PIXELS:,}")
            form = image.format
            upright = ImageOps.exif_transpose(image)
            upright.load()
    except UnidentifiedImageError as error:
        raise InputError(f"it is none of {', '.join(FORMATS)}") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"it cannot be decoded ({error})") from error
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    data, kind = _encode(
        upright, as_photo=form in {"JPEG", "WEBP", "AVIF", "TIFF"} and not upright.has_transparency_data
    )
    suffix = {"JPEG": "jpg", "PNG": "png"}[kind]
    digest = hashlib.sha256(data).hexdigest()
    return Picture(data, f"image/{kind.lower()}", suffix, upright.width, upright.height, digest)


def _encode(image: "Image.Image", *, as_photo: bool) -> tuple[bytes, str]:
    buffer = io.BytesIO()
    if as_photo:
        image.convert("L" if image.mode in {"1", "L"} else "RGB").save(buffer, "JPEG", quality=90, optimize=True)
        return buffer.getvalue(), "JPEG"
    mode = image.mode if image.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGBA"
    image.convert(mode).save(buffer, "PNG", optimize=True, exif=b"", icc_profile=None)
    return buffer.getvalue(), "PNG"
