"""Hostile pictures, beside a page and as a logo: bombs, liars, torn ones, and kinds that decoders get wrong."""

import gzip
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageCms

from hostile.folders import PAGE, HostileFolder, file, settings, together
from newsbook.diagnostics import Code, Exit

WIDTH, HEIGHT = 300, 200
NOISE = Image.effect_noise((WIDTH, HEIGHT), 60).convert("RGB")


def encoded(form: str, image: Image.Image = NOISE, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, kind: tuple[int, int] = (8, 2), extra: bytes = b"") -> bytes:
    """Return a PNG of a width and height, whatever its data; `kind` is its depth and type of colour."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, *kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


def plain(extra: bytes = b"") -> bytes:
    return png(WIDTH, HEIGHT, b"\0" * (3 * WIDTH + 1) * HEIGHT, extra=extra)


def exif(orientation: int) -> bytes:
    """Return EXIF whose directory of details is itself."""
    turned = struct.pack("<HHII", 0x0112, 3, 1, orientation)
    return b"Exif\0\0II*\0\x08\0\0\0\x02\0" + turned + struct.pack("<HHIII", 0x8769, 4, 1, 8, 8)


def tiff_in_circles() -> bytes:
    raw = bytearray(encoded("TIFF"))
    at = struct.unpack("<I", raw[4:8])[0]
    entries = struct.unpack("<H", raw[at : at + 2])[0]
    raw[at + 2 + 12 * entries : at + 6 + 12 * entries] = struct.pack("<I", at)
    return bytes(raw)


def jpeg_of(width: int, height: int) -> bytes:
    """Return a JPEG that says that it is of another size."""
    raw = encoded("JPEG")
    at = raw.find(b"\xff\xc0")
    return raw[: at + 5] + struct.pack(">HH", height, width) + raw[at + 9 :]


def gif(screen: tuple[int, int], frame: tuple[int, int], frames: int = 1) -> bytes:
    one = b"\x2c" + struct.pack("<HHHH", 0, 0, *frame) + b"\0\2\2\x44\1\0"
    return b"GIF89a" + struct.pack("<HH", *screen) + b"\xf0\0\0" + b"\0" * 6 + one * frames + b";"


def bmp(width: int, height: int, data: bytes, depth: int = 24, packed: int = 0) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, packed, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(data), 0, 0, 54) + head + data


def frames(form: str) -> bytes:
    return encoded(form, save_all=True, append_images=[NOISE.rotate(90 * turn) for turn in range(1, 4)])


SHOWN: dict[str, Callable[[], bytes]] = {
    "1-wide-60000.png": lambda: png(1, 60_000, b"\0\1\2\3" * 60_000),
    "60000-wide.png": lambda: png(60_000, 1, b"\0" + b"\1\2\3" * 60_000),
    "profile-bomb.png": lambda: plain(chunk(b"iCCP", b"c\0\0" + zlib.compress(b"a" * 30_000_000, 9))),
    "chunks.png": lambda: plain(chunk(b"tEXt", b"a\0b") * 20_000),
    "frames-4-billion.png": lambda: plain(chunk(b"acTL", struct.pack(">II", 0xFFFFFFFF, 0))),
    "ends-as-zip.png": lambda: plain() + b"PK\x03\x04" + b"x" * 100,
    "profile-of-noughts.png": lambda: encoded("PNG", icc_profile=b"\0" * 128),
    "profile-of-lab.png": lambda: encoded(
        "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    ),
    "palette-with-alpha.png": lambda: encoded("PNG", NOISE.quantize(4), transparency=b"\0\x80\xff\0"),
    "palette-of-none.png": lambda: png(WIDTH, HEIGHT, b"\0" * (WIDTH + 1) * HEIGHT, (8, 3)),
    "16-bit.png": lambda: png(WIDTH, HEIGHT, b"\0" * (8 * WIDTH + 1) * HEIGHT, (16, 6)),
    "moving.png": lambda: frames("PNG"),
    "circles.jpg": lambda: encoded("JPEG", exif=exif(6)),
    "turned-65535.jpg": lambda: encoded("JPEG", exif=exif(65_535)),
    "exif-of-noise.jpg": lambda: encoded("JPEG", exif=b"Exif\0\0" + b"II*\0\xff\xff\xff\xff" * 20),
    "profile-of-noise.jpg": lambda: encoded("JPEG", icc_profile=b"x" * 600_000),
    "inks.jpg": lambda: encoded("JPEG", NOISE.convert("CMYK")),
    "comment.jpg": lambda: encoded("JPEG", comment=b"<script>alert(1)</script>"),
    "5000-frames.gif": lambda: gif((1, 1), (1, 1), 5_000),
    "moving.webp": lambda: frames("WEBP"),
    "packets.webp": lambda: encoded("WEBP", exif=exif(6), icc_profile=b"x" * 200, xmp=b"<!ENTITY"),
    "circles.tiff": tiff_in_circles,
    "inks.tiff": lambda: encoded("TIFF", NOISE.convert("CMYK")),
    "fractions.tiff": lambda: encoded("TIFF", Image.new("F", (WIDTH, HEIGHT), 1e38)),
    "16-bit.tiff": lambda: encoded("TIFF", Image.new("I;16", (WIDTH, HEIGHT))),
    "pages.tiff": lambda: encoded("TIFF", save_all=True, append_images=[NOISE] * 20),
    "moving.avif": lambda: frames("AVIF"),
}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.jpg": (lambda: b"", "none of"),
    "one-byte.png": (lambda: b"\x89", "none of"),
    "head.png": (lambda: b"\x89PNG\r\n\x1a\n", "cannot be"),
    "0-wide.png": (lambda: png(0, HEIGHT, b""), "cannot be"),
    "30000-square.png": (lambda: png(30_000, 30_000, b"\0" * 3_751 * 30_000, (1, 0)), "more pixels"),
    "12000-square.png": (lambda: png(12_000, 12_000, b"\0" * 1_000), "more pixels"),
    "largest.png": (lambda: png(0x7FFFFFFF, 0x7FFFFFFF, b""), "pixels"),
    "torn.png": (lambda: png(WIDTH, HEIGHT, b"\0" * 100), "cannot be decoded"),
    "note-bomb.png": (lambda: plain(chunk(b"zTXt", b"c\0\0" + zlib.compress(b"a" * 30_000_000, 9))), "cannot be decoded"),
    "torn.jpg": (lambda: encoded("JPEG")[:3_000], "cannot be decoded"),
    "0-high.jpg": (lambda: jpeg_of(WIDTH, 0), "cannot be"),
    "65500-high.jpg": (lambda: jpeg_of(65_500, 65_500), "pixels"),
    "page-first.jpg": (lambda: b"<html><script>" + encoded("JPEG"), "none of"),
    "65535-square.gif": (lambda: gif((65_535, 65_535), (1, 1)), "pixels"),
    "frame-beyond.gif": (lambda: gif((1, 1), (65_535, 65_535)), "pixels"),
    "torn.webp": (lambda: encoded("WEBP")[:400], "cannot be"),
    "lying.webp": (lambda: b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 40, "more pixels"),
    "directory-beyond.tiff": (lambda: b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 1 << 60), "none of"),
    "torn.avif": (lambda: encoded("AVIF")[:600], "cannot be"),
    "upside-down.bmp": (lambda: bmp(30_000, -30_000, b""), "pixels"),
    "packed.bmp": (lambda: bmp(5_000, 5_000, b"\0" * 1_024 + b"\xff\x01" * 3, 8, 1), "cannot be decoded"),
    "script.eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n", "none of"),
    "layers.psd": (lambda: b"8BPS\0\1" + b"\0" * 40, "none of"),
    "stars.fits": (lambda: b"SIMPLE  =                    T" + b" " * 3_000, "none of"),
    "icon.ico": (lambda: encoded("ICO", Image.new("RGBA", (64, 64))), "none of"),
    "page.pdf": (lambda: b"%PDF-1.7\n", "none of"),
    "words.txt": ("早市".encode, "none of"),
    "page.html": (lambda: b"<html><img src=x></html>", "none of"),
    "drawing.svg": (lambda: svg("<script>alert(1)</script>"), "none of"),
    "drawing.svgz": (lambda: gzip.compress(svg("<rect/>")), "none of"),
    "wavelets.jp2": (lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 200, "none of"),
    "bare.ppm": (lambda: b"P6 9 9 255\n" + b"x" * 243, "none of"),
}  # fmt: skip


def svg(body: str, head: str = "", box: str = "0 0 300 200") -> bytes:
    spaces = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    return f"{head}<svg {spaces} viewBox='{box}'>{body}</svg>".encode()


def multiplied(tag: str, reference: str) -> str:
    """Return ten parts, each of which has ten references to the one before."""
    parts = (f"<{tag} id='p{n}'>{reference.format(n - 1) * 10}</{tag}>" for n in range(1, 10))
    return f"<{tag} id='p0'><rect width='1' height='1'/></{tag}>{''.join(parts)}{reference.format(9)}"


AREA = "<rect width='9' height='9'/>"
# Drawings are for the nameplate, and the engine draws them: what they name it does not get.
DRAWN = {
    "script": svg("<script>alert(1)</script><rect width='9' height='9' onclick='x()'/>"),
    "picture-of-a-file": svg("<image width='9' height='9' xlink:href='file:///etc/passwd'/>"),
    "picture-of-a-host": svg("<image width='9' height='9' href='http://127.0.0.1:9/x.png'/>"),
    "page-within": svg("<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='/etc/passwd'/></foreignObject>"),
    "sheet": svg(f"<style>@import url(file:///etc/passwd); rect{{fill:url(http://127.0.0.1:9/x#y)}}</style>{AREA}"),
    "sheet-beside": svg(AREA, "<?xml-stylesheet href='http://127.0.0.1:9/x.css'?>"),
    "use-of-a-file": svg("<use xlink:href='file:///etc/passwd#a'/>"),
    "link": svg(f"<a href='javascript:alert(1)'>{AREA}</a>"),
    "no-numbers": svg("<rect width='9xx' height='-1' rx='--'/>", box="nan inf -1 -1"),
    "no-area": svg("", box="0 0 0 0"),
    "100000-high": svg(AREA, box="0 0 1 100000"),
    "blur": svg("<filter id='f'><feGaussianBlur stdDeviation='1e9'/></filter><g filter='url(#f)'><rect width='9' height='9'/></g>"),
}  # fmt: skip
UNDRAWN = {
    "multiplied": (svg(multiplied("g", "<use xlink:href='#p{}'/>")), "more than 20,000 parts"),
    "multiplied-fills": (svg(multiplied("pattern", "<rect fill='url(#p{})' width='9' height='9'/>")), "more than 20,000 parts"),
    "itself": (svg("<g id='a'><use xlink:href='#a'/></g>"), "refers to itself"),
    "circle": (svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"), "refers to itself"),
    "mask-of-itself": (svg("<mask id='m'><rect mask='url(#m)' width='9' height='9'/></mask>"), "refers to itself"),
    "entity": (svg("<text>&b;</text>", "<!DOCTYPE svg [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"), "declares entities"),
    "entity-in-utf-16": (svg("<text>&b;</text>", "<!DOCTYPE svg [<!ENTITY b 'c'>]>").decode().encode("utf-16"), "cannot be used"),
    "deep": (svg("<g>" * 5_000 + "</g>" * 5_000), "depth"),
    "many": (svg("<text>" + "<tspan>字</tspan>" * 30_000 + "</text>"), "more than 20,000 parts"),
    "without-end": (svg("", box=f"0 0 {'9' * 5_000} 1"), "larger than"),
    "page": (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "no SVG"),
    "torn": (svg("<g>")[:-9], "cannot be used"),
    "packed": (gzip.compress(svg("<rect/>")), "cannot be used"),
}  # fmt: skip


def _beside(make: Callable[[], bytes]) -> Callable[[Path], object]:
    def put(folder: Path) -> None:
        (folder / "a.txt").write_text(PAGE, "utf-8")
        (folder / "a.1.jpg").write_bytes(make())

    return put


def _as_logo(data: bytes) -> Callable[[Path], object]:
    return together(file("logo.svg", data), settings('inputs = ["good.txt"]\n[design]\nlogo = "logo.svg"\n'))


def _link(target: str) -> Callable[[Path], object]:
    return together(file("a.txt", PAGE), lambda folder: (folder / "a.1.jpg").symlink_to(target))


BOOK = ("build", "-o", "out.epub")
PRINT = ("build", "-o", "out.pdf")


def _rows() -> Iterator[HostileFolder]:
    for name, make in SHOWN.items():
        yield HostileFolder(f"picture-{name}", _beside(make), arguments=("build", ".", *BOOK[1:]))
    for name, (make, said) in REFUSED.items():
        codes = (Code.PICTURE_UNUSABLE,)
        yield HostileFolder(
            f"picture-{name}", _beside(make), codes=codes, said=said, arguments=("build", ".", *BOOK[1:])
        )
    for name, target in (
        ("device", "/dev/zero"),
        ("file-elsewhere", "/etc/passwd"),
        ("nowhere", "nowhere.jpg"),
        ("itself", "a.1.jpg"),
    ):
        yield HostileFolder(f"picture-link-to-{name}", _link(target), arguments=("build", ".", *BOOK[1:]))
    for name, data in DRAWN.items():
        yield HostileFolder(f"logo-{name}.svg", _as_logo(data), arguments=PRINT)
    for name, (data, said) in UNDRAWN.items():
        yield HostileFolder(f"logo-{name}.svg", _as_logo(data), Exit.USAGE, said=said, arguments=PRINT)


PICTURES = tuple(_rows())
