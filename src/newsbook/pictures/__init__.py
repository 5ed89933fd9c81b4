"""Make a picture fit for print and for the shelf: upright, without private data, in a form that every reader takes."""

import hashlib
import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

from newsbook.diagnostics import InputError, extra
from newsbook.gate import Caps
from newsbook.pictures.colours import in_srgb
from newsbook.pictures.slices import slices_of

if TYPE_CHECKING:
    from PIL import Image

# Forms that Pillow decodes without calling other programs; vector and page forms stay out.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "BMP")

# ISO/IEC 23008-12, annex B: brands of HEIF pictures that are coded as HEVC, in the first box of the file.
_HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)

# 2400 pixels set a picture across an A4 page at 300 dpi.
LONGEST_SIDE = 2400

# What has been found to come of broken pictures, whichever the form.
_BROKEN = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, EOFError,
    MemoryError, RuntimeError, struct.error,
)  # fmt: skip

# A photograph as PNG has this many times the bytes of its JPEG; a drawing has not.
_PHOTO = 4


class Picture(Struct, frozen=True):
    """A finished picture: its bytes, media type, file suffix, pixels as displayed, and the hash of the bytes."""

    data: bytes
    type: str
    suffix: str
    width: int
    height: int
    sha256: str


def prepare(raw: bytes, longest: int = LONGEST_SIDE, caps: Caps = Caps()) -> Picture:
    """Return the picture in `raw` as JPEG or PNG: upright, in sRGB, without EXIF, no side above `longest` pixels.

    A moving picture gives its first frame. Raises `InputError` with the reason where `raw` is no picture, is broken, or
    is too large.
    """
    picture, lossless = _decoded(raw, longest, caps)
    return _finished(_within(picture, longest), lossless=lossless)


def prepare_slices(raw: bytes, longest: int = LONGEST_SIDE, caps: Caps = Caps()) -> tuple[Picture, ...]:
    """Return the picture in `raw` as `prepare` does; one that is too long for a page in slices, in their order."""
    picture, lossless = _decoded(raw, longest, caps)
    return tuple(_finished(_within(part, longest), lossless=lossless) for part in slices_of(picture))


# Below this quality of JPEG, a drawing as PNG gets along with a palette.
_FEW_COLOURS = 80


def reduced(raw: bytes, longest: int, quality: int) -> Picture:
    """Return a finished picture once more in its form, with no side above `longest` pixels, or of fewer colours."""
    from PIL import Image

    with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
        image.load()
        small = _within(image, longest)
        if image.format == "JPEG":
            return _made(_jpeg(small, quality), "JPEG", small)
    if quality < _FEW_COLOURS and small.mode in {"RGB", "RGBA"}:
        small = small.quantize(256, Image.Quantize.FASTOCTREE)
    return _made(_png(small), "PNG", small)


def _decoded(raw: bytes, longest: int, caps: Caps) -> "tuple[Image.Image, bool]":
    """Return a picture as it is to be seen, and whether it came in a form without losses."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), _whole_or_not():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _opened(raw, longest, caps)
            return _upright(image), image.format in {"PNG", "GIF", "BMP"}
    except UnidentifiedImageError as error:
        raise InputError(f"it is none of {', '.join(FORMATS)}") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"it has more pixels than newsbook decodes ({error})") from error
    except _BROKEN as error:
        raise InputError(f"it cannot be decoded ({error})") from error


# Pillow has one switch for all threads.
_SWITCH = Lock()


@contextmanager
def _whole_or_not() -> Iterator[None]:
    """Have Pillow refuse what is torn: where WeasyPrint is loaded, it fills up what is missing, and says nothing."""
    from PIL import ImageFile

    with _SWITCH:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _finished(picture: "Image.Image", *, lossless: bool) -> Picture:
    data, kind = _encoded(picture, lossless=lossless)
    return _made(data, kind, picture)


def _made(data: bytes, kind: str, picture: "Image.Image") -> Picture:
    suffix = {"JPEG": "jpg", "PNG": "png"}[kind]
    digest = hashlib.sha256(data).hexdigest()
    return Picture(data, f"image/{kind.lower()}", suffix, picture.width, picture.height, digest)


def _opened(raw: bytes, longest: int, caps: Caps) -> "Image.Image":
    """Return the picture, not decoded yet. Raises `InputError` where it has too many pixels."""
    from PIL import Image

    formats = (*FORMATS, "HEIF") if _HEIC.match(raw) and _reads_heic() else FORMATS
    image = Image.open(io.BytesIO(raw), formats=formats)
    # The decoder of JPEG halves sides at next to no cost.
    image.draft(None, (longest, longest))
    # A square of 40 megapixels is 54 cm wide at 300 dpi: more than a newspaper page prints. A JPEG may have more, up to
    # where Pillow sees a bomb, for it was brought down just now.
    if image.width * image.height > caps.pixels:
        raise InputError(f"it has {image.width} × {image.height} pixels, more than {caps.pixels:,} (cap pixels)")
    return image


def _reads_heic() -> bool:
    """Tell whether pictures of telephones can be decoded: the extra `heic` is installed. Raises `InputError` if not."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise InputError(f"it is HEIC, which needs pillow-heif: {extra('heic')}") from error
    register_heif_opener()
    return True


def _upright(image: "Image.Image") -> "Image.Image":
    """Return the first frame of a picture as it is to be seen: turned as its EXIF says, in eight bits of sRGB."""
    from PIL import ImageOps

    image.load()
    upright = ImageOps.exif_transpose(image)
    return in_srgb(upright)


def _within(image: "Image.Image", longest: int) -> "Image.Image":
    """Return a picture with no side above `longest` pixels. One with a palette becomes one of full colours first."""
    from PIL import Image

    if max(image.size) <= longest:
        return image
    if image.mode in {"1", "P"}:
        image = image.convert("L" if image.mode == "1" else "RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return image


def _encoded(image: "Image.Image", *, lossless: bool) -> tuple[bytes, str]:
    """Return a picture as JPEG, or as PNG where it is transparent or was drawn."""
    if image.has_transparency_data:
        return _png(image), "PNG"
    jpeg = _jpeg(image)
    if not lossless:
        return jpeg, "JPEG"
    png = _png(image)
    return (jpeg, "JPEG") if len(png) > _PHOTO * len(jpeg) and image.mode != "P" else (png, "PNG")


def _jpeg(image: "Image.Image", quality: int = 90) -> bytes:
    buffer = io.BytesIO()
    image.convert("L" if image.mode in {"1", "L"} else "RGB").save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def _png(image: "Image.Image") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True, exif=b"", icc_profile=None)
    return buffer.getvalue()
