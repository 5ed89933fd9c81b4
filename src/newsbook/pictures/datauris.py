"""Pictures that stand in a page itself, as `data:` URIs. RFC 2397; read as the Fetch Standard, “data: URLs”, has it."""

import base64
import binascii
import io
import re
import warnings
from urllib.parse import unquote_to_bytes

from newsbook.diagnostics import InputError

_SCHEME = re.compile(r"\s*data:", re.IGNORECASE)
_WHITE = re.compile(rb"[\t\n\f\r ]+")

# What is smaller than this in a page is an icon, or holds the place of a picture that is loaded later.
SMALLEST = 60

_SVG = re.compile(rb"<(?:\w+:)?svg\b", re.IGNORECASE)
_SVG_DRAWS = re.compile(rb"<(?:\w+:)?(?:path|image|text|polygon|polyline|line|circle|ellipse|use)\b", re.IGNORECASE)
_HEAD = 1000
_SHOWN = 40
_LONGEST_PLACEHOLDER = 100_000


def is_data(address: str) -> bool:
    """Tell whether an address holds what it stands for."""
    return bool(_SCHEME.match(address))


def read_data(uri: str) -> bytes:
    """Return the bytes that a `data:` URI holds. Raises `InputError` where they cannot be had, or are no picture."""
    head, comma, body = _SCHEME.sub("", uri, count=1).partition(",")
    kind, *parameters = (part.strip().lower() for part in head.split(";"))
    if not comma or not body.strip():
        raise InputError("nothing is in it")
    if not kind.startswith("image/"):
        raise InputError(f"it is {kind or 'text/plain'}, and no picture")
    raw = unquote_to_bytes(body)
    if "base64" not in parameters:
        return raw
    raw = _WHITE.sub(b"", raw).rstrip(b"=")
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4), validate=True)
    except binascii.Error as error:
        raise InputError("its base64 is broken") from error


def fault_of(uri: str) -> str:
    """Return why the picture in a `data:` URI cannot be used, as far as its head tells; empty where it can be."""
    try:
        raw = read_data(uri)
    except InputError as error:
        return str(error)
    if _SVG.search(raw[:_HEAD]):
        return "it is SVG, which is not read"
    # What telephones make has another decoder, which may be missing.
    return "" if size_of(raw) or raw[4:8] == b"ftyp" else "it cannot be decoded"


def is_placeholder(uri: str) -> bool:
    """Tell whether a `data:` URI only holds the place of a picture: it is empty, tiny, no picture, or draws nothing."""
    if len(uri) > _LONGEST_PLACEHOLDER:
        return False
    try:
        raw = read_data(uri)
    except InputError:
        return "," not in uri or not uri.partition(",")[2].strip() or "image/" not in uri[:_SHOWN].lower()
    if _SVG.search(raw[:_HEAD]):
        return not _SVG_DRAWS.search(raw)
    size = size_of(raw)
    return size is not None and min(size) < SMALLEST


def size_of(raw: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture in pixels, as its head states them; None where it states none."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(raw)).size
    except Exception:  # noqa: BLE001 - whatever a broken picture provokes, it has no size.
        return None


def called(image: str) -> str:
    """Return what findings call a picture: its name, or that it stands in the page.

    >>> called("page.1.jpg"), called("data:image/png;base64,iVBORw0KGgo=")
    ('page.1.jpg', 'in the page itself (image/png, 12 characters)')
    """
    if not is_data(image):
        return image[:_LONGEST]
    head, _, body = _SCHEME.sub("", image, count=1).partition(",")
    return f"in the page itself ({head.partition(';')[0][:_SHOWN] or 'text/plain'}, {len(body):,} characters)"


_LONGEST = 200
