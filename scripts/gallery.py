"""Make docs/gallery.md: a spread of each style, set from the example bulletin, with its pictures.

Run it through `make gallery` after a change to a style, and look at every picture.
"""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from newsbook import Conversion, Diagnostic, Facts, Output, Project, build

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "gallery"

TRADITIONAL = Project(issue=Facts("渡口街坊報", "12", publisher="渡口街坊會"), conversion=Conversion("hant"))
SIMPLIFIED = Project(issue=Facts("渡口街坊报", "12", publisher="渡口街坊会"), conversion=Conversion("hans"))

# In pixels: the width of a picture, and what is around its pages.
WIDTH, GAP = 1240, 14
BACKGROUND = "#d9d5cf"

HEAD = """# The styles

The [example bulletin](../examples/README.md) in each style, as `newsbook pdf examples/bulletin --style NAME` sets it;
two pages of each, as they lie open. This page is made by `make gallery`."""

# What was repaired is told elsewhere.
FOUND: list[Diagnostic] = []
SILENT = FOUND.append


class Spread(Struct, frozen=True):
    """Two pages of a style, as they lie open, and what is to be said about them; the examples that fill them."""

    style: str
    pages: tuple[int, int]
    project: Project
    what: str
    examples: tuple[str, ...] = ("bulletin",)


SPREADS = (
    Spread(
        "bulletin",
        (4, 5),
        TRADITIONAL,
        "The default. A4, one column of 38 em in 12 pt on 20 pt, 35 lines to the page, all on one grid: a page that is"
        " read, copied and read aloud from top to bottom.",
    ),
    Spread(
        "newspaper",
        (1, 2),
        TRADITIONAL,
        "A3, five columns of 15 em in 小五 (9 pt). Every story is a rectangle of whole columns, planned page by page:"
        " the lead with its photograph below the nameplate, the contents in a box, short notices under a band, and"
        " stories that go on inside where a page has no room for them. It takes all the examples.",
        ("bulletin", "clean", "single"),
    ),
    Spread(
        "official",
        (1, 2),
        SIMPLIFIED,
        "The frame of GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters in 3号, red head and rule,"
        " folios between dashes on the outer side, imprint box at the end.",
    ),
    Spread(
        "reader",
        (10, 11),
        SIMPLIFIED,
        "A book: A5, one column of 28 em in 10 pt on 17 pt, chapters on pages of their own, inner margins wider.",
    ),
    Spread(
        "large-print",
        (2, 3),
        TRADITIONAL,
        "A4, 18 pt on 30 pt, black on white, nothing smaller than 14 pt.",
    ),
    Spread(
        "clippings",
        (2, 3),
        TRADITIONAL,
        "A4, for cuttings: a head across the page, the text in two columns of 21 em in 10.5 pt on 15 pt, and in full"
        " where each cutting is from.",
    ),
    Spread(
        "magazine",
        (2, 3),
        TRADITIONAL,
        "A4, for schools, communities and institutions: a front page with a picture and the contents, features in two"
        " columns of 24 em below a large picture, shorter stories in three of 15 em, in 9.5 pt on 14 pt, page numbers"
        " outside. Pictures fill their columns. It takes all the examples.",
        ("bulletin", "clean", "single"),
    ),
    Spread(
        "vertical",
        (4, 3),
        TRADITIONAL,
        "A5, 17 lines of 42 em that run down and from right to left; marks in their vertical forms, numbers of one or"
        " two digits and single capitals upright, pictures upright, pages that turn to the right.",
    ),
)


def picture(spread: Spread, folder: Path) -> bytes:
    """Return a spread as a PNG."""
    made = folder / "spread.pdf"
    inputs = tuple(str(ROOT / "examples" / name) for name in spread.examples)
    build(replace(spread.project, inputs=inputs, outputs=(Output(str(made), style=spread.style),)), report=SILENT)
    document = pypdfium2.PdfDocument(made)
    pages = [document[number - 1] for number in spread.pages]
    scale = (WIDTH - 3 * GAP) / sum(page.get_width() for page in pages)
    images = [page.render(scale=scale).to_pil() for page in pages]
    sheet = Image.new("RGB", (WIDTH, images[0].height + 2 * GAP), BACKGROUND)
    left = GAP
    for image in images:
        sheet.paste(image, (left, GAP))
        left += image.width + GAP
    buffer = BytesIO()
    sheet.quantize(200, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def text() -> str:
    """Return the page that shows the pictures."""
    parts = [HEAD]
    parts += [f"## {one.style}\n\n{one.what}\n\n![{one.style}](gallery/{one.style}.png)" for one in SPREADS]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the page and its pictures, or those of the styles that are named."""
    FOLDER.mkdir(exist_ok=True)
    for spread in SPREADS:
        if spread.style in (sys.argv[1:] or [spread.style]):
            with TemporaryDirectory() as workshop:
                (FOLDER / f"{spread.style}.png").write_bytes(picture(spread, Path(workshop)))
    (ROOT / "docs" / "gallery.md").write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
