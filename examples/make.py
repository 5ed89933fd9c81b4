"""Make what the examples read: damage the originals as a mirror site does, encode them, and draw the pictures.

Run it from anywhere after a change to `originals/` or `draw.py`: `.venv/bin/python examples/make.py`.
"""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape
from zipfile import ZipFile, ZipInfo

import pypdfium2
from msgspec.structs import replace
from PIL import Image

from newsbook import Facts, Output, Project, build

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from draw import PICTURES  # noqa: E402 - it lies beside this script.

from damage import Harm, first_hits, inflicted  # noqa: E402 - the tests' model of the damage lies in their folder.

ISSUES = {
    "bulletin": Project(issue=Facts("渡口街坊報", "12", publisher="渡口街坊會")),
    "single": Project(),
    "clean": Project(issue=Facts("渡口月刊")),
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
    """Return the pages that are made from originals, by their path below this folder."""
    return {
        "bulletin/1-lanterns.txt": mirrored("1-lanterns.txt"),
        "bulletin/2-canteen.txt": encoded("2-canteen.txt", "big5"),
        "bulletin/3-park.txt": encoded("3-park.txt", "gb18030"),
        "single/ferry-bell.txt": mirrored("ferry-bell.txt"),
        "weekly/08-bridge.docx": document("08-bridge.txt"),
    }


def document(name: str) -> bytes:
    """Return an original as a word processor saves it: its first paragraph as the title (ECMA-376, parts 1 and 2)."""
    title, *paragraphs = (HERE / "originals" / name).read_text("utf-8").strip().split("\n\n")
    heading = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r></w:p>'
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    style = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/></Types>',
        "_rels/.rels": _relation(package, f"{office}/relationships/officeDocument", "word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{heading}{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{main}">{style}</w:styles>',
        "word/_rels/document.xml.rels": _relation(package, f"{office}/relationships/styles", "styles.xml"),
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, xml in parts.items():
            archive.writestr(ZipInfo(path, (2024, 7, 5, 0, 0, 0)), f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return buffer.getvalue()


def _relation(package: str, kind: str, target: str) -> str:
    one = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{package}/relationships">{one}</Relationships>'


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


def thumbnail(folder: Path, project: Project) -> bytes:
    """Return the first two pages of an example's PDF, side by side, as a PNG."""
    with TemporaryDirectory() as name:
        made = Path(name) / "issue.pdf"
        build(replace(project, inputs=(str(folder),), outputs=(Output(str(made)),)), report=print)
        pdf = made.read_bytes()
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
    for name, project in ISSUES.items():
        (HERE / "thumbnails" / f"{name}.png").write_bytes(thumbnail(HERE / name, project))


if __name__ == "__main__":
    main()
