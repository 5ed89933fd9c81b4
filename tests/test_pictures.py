"""Pictures come out upright, bare of private data, bounded, and in a form that every reader takes."""

import io
import random
import struct
import sys
import zlib

import pytest
from PIL import Image, ImageCms

from newsbook.diagnostics import InputError
from newsbook.pictures import LONGEST_SIDE, prepare, prepare_slices
from newsbook.pictures.slices import slices_of


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
        ("AVIF", "RGB", "jpg"),
        ("AVIF", "RGBA", "png"),
        ("BMP", "RGB", "png"),
        ("TIFF", "CMYK", "jpg"),
        ("TIFF", "RGBA", "png"),
        ("TIFF", "I;16", "jpg"),
        ("TIFF", "F", "jpg"),
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


def noise(width: int, height: int) -> Image.Image:
    """Return the same noise every time."""
    grain = random.Random(1).randbytes(width * height)  # noqa: S311 - the same every time, on purpose.
    return Image.frombytes("L", (width, height), grain)


def colour(raw: bytes) -> tuple[int, ...]:
    """Return the colour in the middle of a picture that was made of `raw`."""
    image = Image.open(io.BytesIO(prepare(raw).data)).convert("RGB")
    pixel = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return tuple(int(part) for part in pixel)


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(one, other, strict=True))


def test_inks_become_light() -> None:
    assert near(colour(encoded(Image.new("CMYK", (30, 20), (0, 255, 255, 0)), "JPEG")), (255, 0, 0))
    assert near(colour(encoded(Image.new("CMYK", (30, 20), (0, 0, 0, 255)), "TIFF")), (0, 0, 0))


def swapped_profile() -> bytes:
    """Return the profile of sRGB with the columns of red and blue changed for each other."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swap = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}
    count = struct.unpack_from(">I", made, 128)[0]
    table = b"".join(
        swap.get(tag := made[at : at + 4], tag) + made[at + 4 : at + 12] for at in range(132, 132 + 12 * count, 12)
    )
    swapped = made[:132] + table + made[132 + 12 * count :]
    return swapped.replace("sRGB".encode("utf-16-be"), "BGR!".encode("utf-16-be"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_profile_is_followed_and_left_behind(form: str) -> None:
    raw = encoded(Image.new("RGB", (32, 16), (200, 20, 20)), form, icc_profile=swapped_profile())
    assert near(colour(raw), (20, 20, 200))
    assert "icc_profile" not in Image.open(io.BytesIO(prepare(raw).data)).info


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200, swapped_profile()[:140]])
def test_a_broken_profile_is_left_behind(profile: bytes) -> None:
    assert near(colour(encoded(Image.new("RGB", (32, 16), (200, 20, 20)), "PNG", icc_profile=profile)), (200, 20, 20))


def test_sixteen_bits_of_grey_keep_their_shade() -> None:
    assert near(colour(encoded(Image.new("I;16", (30, 20), 32768), "PNG")), (127, 127, 127))
    assert near(colour(encoded(Image.new("I;16", (30, 20), 0), "TIFF")), (0, 0, 0))


def test_of_moving_pictures_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (30, 20), name) for name in ("navy", "red", "red")]
    for form in ("GIF", "WEBP", "PNG"):
        raw = encoded(frames[0], form, save_all=True, append_images=frames[1:])
        assert near(colour(raw), (0, 0, 128)), form
        assert getattr(Image.open(io.BytesIO(prepare(raw).data)), "n_frames", 1) == 1


def test_a_photograph_is_jpeg_and_a_drawing_png_however_they_came() -> None:
    smooth = Image.linear_gradient("L").resize((300, 200))
    photo = Image.merge("RGB", [Image.blend(smooth.rotate(turn), noise(300, 200), 0.1) for turn in (0, 90, 180)])
    assert prepare(encoded(photo, "PNG")).suffix == "jpg"
    drawing = Image.new("RGB", (300, 200), "white")
    drawing.paste("black", (20, 20, 200, 22))
    assert prepare(encoded(drawing, "PNG")).suffix == "png"
    assert prepare(encoded(photo, "JPEG")).suffix == "jpg"


def test_what_a_palette_cannot_show_smaller_is_shown_without_one() -> None:
    stripes = Image.new("P", (LONGEST_SIDE * 2, 10))
    stripes.putpalette([0, 0, 0, 255, 255, 255])
    stripes.putdata([x % 2 for _ in range(10) for x in range(LONGEST_SIDE * 2)])
    red, green, blue = colour(encoded(stripes, "PNG"))
    assert red == green == blue
    assert 100 < red < 155


def test_a_photograph_of_a_large_camera_is_brought_down_while_it_is_read() -> None:
    raw = encoded(Image.new("L", (9000, 6000), 128), "JPEG")
    picture = prepare(raw)
    assert (picture.width, picture.height) == (LONGEST_SIDE, 1600)


def test_a_bomb_is_not_decoded() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    with pytest.raises(InputError, match="more pixels than newsbook decodes"):
        prepare(bomb)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "BMP"])
def test_a_broken_picture_is_refused_or_read_but_breaks_nothing(form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    options = {"exif": exif.tobytes()} if form in {"JPEG", "PNG", "WEBP", "TIFF"} else {}
    whole = encoded(noise(40, 30).convert("RGB"), form, **options)
    dice = random.Random(form)  # noqa: S311 - the same every time, on purpose.
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            picture = prepare(bytes(broken[: dice.randint(8, len(broken))]))
        except InputError:
            continue
        assert picture.type in {"image/jpeg", "image/png"}


def test_pictures_of_telephones_are_read_where_the_extra_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    heif = pytest.importorskip("pillow_heif")
    buffer = io.BytesIO()
    heif.from_pillow(Image.new("RGB", (64, 48), (10, 120, 200))).save(buffer, quality=90)
    picture = prepare(buffer.getvalue())
    assert (picture.suffix, picture.width, picture.height) == ("jpg", 64, 48)
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(InputError, match="pip install"):
        prepare(buffer.getvalue())


def lines_of_text(width: int, height: int, *, every: int = 40) -> Image.Image:
    """Return a picture with a black bar in the place of every line of text, on white."""
    image = Image.new("L", (width, height), 255)
    for top in range(10, height, every):
        image.paste(0, (20, top, width - 20, min(top + every // 2, height)))
    return image


@pytest.mark.parametrize(("width", "height"), [(400, 300), (300, 700), (900, 300), (3, 7), (1, 1)])
def test_a_picture_of_a_common_shape_stays_whole(width: int, height: int) -> None:
    image = lines_of_text(width, height)
    assert slices_of(image) == (image,)


@pytest.mark.parametrize("size", [(600, 6000), (750, 2000), (640, 21000), (5, 100)])
def test_a_long_picture_is_cut_between_its_lines(size: tuple[int, int]) -> None:
    image = lines_of_text(*size)
    parts = slices_of(image)
    whole = Image.new("L", size)
    top = 0
    for part in parts:
        assert part.width == image.width
        assert part.height <= image.width
        whole.paste(part, (0, top))
        top += part.height
        if size[0] > 100 and part is not parts[-1]:
            assert part.crop((0, part.height - 1, part.width, part.height)).getextrema() == (255, 255)
    assert (top, whole.tobytes()) == (image.height, image.tobytes())


def test_a_panorama_is_cut_into_slices_from_the_left() -> None:
    image = lines_of_text(500, 6000).rotate(90, expand=True)
    parts = slices_of(image)
    assert sum(part.width for part in parts) == image.width
    assert all(part.height == image.height and part.width <= 3 * image.height for part in parts)


def test_a_strip_of_no_end_is_not_cut() -> None:
    assert len(slices_of(Image.new("L", (2, 4000)))) == 1


def test_slices_keep_the_pixels_that_a_whole_would_lose() -> None:
    raw = encoded(lines_of_text(700, 7000), "PNG")
    parts = prepare_slices(raw)
    assert {part.width for part in parts} == {700}
    assert sum(part.height for part in parts) == 7000
    assert prepare(raw).height == LONGEST_SIDE
