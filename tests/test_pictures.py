"""Pictures come out upright, bare of private data, bounded, and in a form that every reader takes."""

import io

import pytest
from PIL import Image

from newsbook.diagnostics import InputError
from newsbook.pictures import LONGEST_SIDE, prepare


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def test_orientation_is_applied_and_exif_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    picture = prepare(encoded(Image.new("RGB", (40, 20), "red"), "JPEG", exif=exif.tobytes()))
    assert (picture.width, picture.height, picture.type, picture.suffix) == (20, 40, "image/jpeg", "jpg")
    assert b"Secret Camera" not in picture.data
    assert not dict(Image.open(io.BytesIO(picture.data)).getexif())


@pytest.mark.parametrize(
    ("form", "mode", "suffix"),
    [
        ("PNG", "RGBA", "png"),
        ("PNG", "P", "png"),
        ("PNG", "I;16", "png"),
        ("GIF", "P", "png"),
        ("WEBP", "RGB", "jpg"),
        ("WEBP", "RGBA", "png"),
        ("JPEG", "CMYK", "jpg"),
        ("TIFF", "RGB", "jpg"),
    ],
)
def test_every_form_becomes_jpeg_or_png(form: str, mode: str, suffix: str) -> None:
    picture = prepare(encoded(Image.new(mode, (30, 20)), form))
    assert picture.suffix == suffix
    assert Image.open(io.BytesIO(picture.data)).size == (30, 20)


def test_a_large_picture_is_brought_down() -> None:
    picture = prepare(encoded(Image.new("L", (LONGEST_SIDE * 2, 100)), "PNG"))
    assert (picture.width, picture.height) == (LONGEST_SIDE, 50)


def test_the_same_picture_gives_the_same_bytes() -> None:
    raw = encoded(Image.effect_noise((200, 100), 40).convert("RGB"), "JPEG")
    assert prepare(raw) == prepare(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "none of"),
        (b"%PDF-1.7", "none of"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "none of"),
        (encoded(Image.new("RGB", (90, 90)), "JPEG")[:300], "cannot be decoded"),
        (encoded(Image.new("1", (9000, 9000)), "PNG"), "more than"),
    ],
)
def test_what_is_no_good_picture_is_refused_with_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        prepare(raw)
