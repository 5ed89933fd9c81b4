"""Make what the examples read: damage the originals as a mirror site does, encode them, and draw the pictures.

Run it from anywhere after a change to `originals/` or `draw.py`: `.venv/bin/python examples/make.py`.
"""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from newsbook.files import expand
from newsbook.pipeline import Options, gather, make_pdf, read
from newsbook.store import Store

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from draw import PICTURES  # noqa: E402 - it lies beside this script.

from damage import Harm, first_hits, inflicted  # noqa: E402 - the tests' model of the damage lies in their folder.

ISSUES = {
    "bulletin": Options(nameplate="渡口街坊報", number="12", publisher="渡口街坊會"),
    "single": Options(),
    "clean": Options(nameplate="渡口月刊"),
}
THUMBNAIL_SCALE = 0.75
GAP = 12

# The characters that get a reading behind them.
KEYS = "網鄉區業經據環衛線號燈熱戶裝務鍾開說幾這"


def mirrored(name: str) -> bytes:
    """Return an original as the mirror shows it: damaged but for the tail of names, which the mirror added."""
    lines = (HERE / "originals" / name).read_text("utf-8").splitlines(keepends=True)
    story, tail = "".join(lines[:-1]), lines[-1]
    return (inflicted(story, Harm(tuple(KEYS), first_hits(story))) + tail).encode()


def encoded(name: str, encoding: str) -> bytes:
    """Return an original as an older site would send it."""
    return (HERE / "originals" / name).read_text("utf-8").encode(encoding)


def pages() -> dict[str, bytes]:
    """Return the text pages that are made from originals, by their path below this folder."""
    return {
        "bulletin/1-lanterns.txt": mirrored("1-lanterns.txt"),
        "bulletin/2-canteen.txt": encoded("2-canteen.txt", "big5"),
        "bulletin/3-park.txt": encoded("3-park.txt", "gb18030"),
        "single/ferry-bell.txt": mirrored("ferry-bell.txt"),
    }


def drawn(name: str) -> bytes:
    """Return a picture of the bulletin as a file: JPEG or PNG, as its name says."""
    buffer = BytesIO()
    image = PICTURES[name]()
    if name.endswith(".png"):
        # A drawing in few colours makes a small PNG.
        image.quantize(128).save(buffer, "PNG", optimize=True)
    else:
        image.save(buffer, "JPEG", quality=84, optimize=True)
    return buffer.getvalue()


def thumbnail(folder: Path, options: Options) -> bytes:
    """Return the first two pages of an example's PDF, side by side, as a PNG."""
    with TemporaryDirectory() as name:
        store = Store(Path(name))
        frame, stories = read(expand((str(folder),), print), options, print)
        issue = gather(frame, stories, options, store, print)
        pdf = make_pdf(issue, options.style, "plain", store, print)
    pages = [page.render(scale=THUMBNAIL_SCALE).to_pil() for page in list(pypdfium2.PdfDocument(pdf))[:2]]
    sheet = Image.new("RGB", (sum(page.width + GAP for page in pages) + GAP, pages[0].height + 2 * GAP), "#d9d5cf")
    for number, page in enumerate(pages):
        sheet.paste(page, (GAP + number * (page.width + GAP), GAP))
    buffer = BytesIO()
    sheet.quantize(256).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Write everything."""
    for name, raw in pages().items():
        (HERE / name).write_bytes(raw)
    for name in PICTURES:
        (HERE / "bulletin" / name).write_bytes(drawn(name))
    for name, options in ISSUES.items():
        (HERE / "thumbnails" / f"{name}.png").write_bytes(thumbnail(HERE / name, options))


if __name__ == "__main__":
    main()
