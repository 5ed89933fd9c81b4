"""Set long text in every style and language, and hold the lines of each against the rules.

    python benchmarks/styles.py LINECHECK.py [FOLDER [STYLE …]]

`plain` is clean text; `marked` has links, bold, readings, emphasis and doubtful places in its lines. The program
measures lines from the positions of glyphs; it takes a PDF, `--json` and `--size`. Vertical pages are measured as they
were laid out, lying on their side. `pdfium` and `pdftotext` say whether what they copy is the source, white space
aside. With a FOLDER the PDFs are kept there.
"""

import ctypes
import io
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from typesetting import FACES, paragraphs

from newsbook.assets import styles
from newsbook.diagnostics import Diagnostic
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Issue, Mark, Paragraph, Span, Text
from newsbook.writers.pdf import Profile, write_pdf
from stores import STORE, style_of

# The size of the body in each style, in points, as its print.css has it.
SIZES = {
    "bulletin": 12,
    "clippings": 10.5,
    "magazine": 9.5,
    "large-print": 18,
    "newspaper": 9,
    "official": 15.75,
    "reader": 10,
    "vertical": 10.5,
}
COLUMNS = ("lines", "kinsoku", "ragged_max", "ragged_share", "squeezed", "spaced", "pitch_sd", "pitch_max", "off_grid")
PARAGRAPHS = 40

# Where the marked text is cut, and what its pieces are in turn.
READING, NOTE = "ㄉㄨˋ", "[3]"
_CUT = re.compile("([\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FFF}]{2,5})")
_FURNITURE = re.compile("(渡口[报報]?|稿源一[览覽]|記事の出典)*")

TURNS: tuple[Callable[[str], Text], ...] = (
    lambda text: (Span(text, href="https://example.org/"),),
    lambda text: (Span(text, marks=(Mark.STRONG,)),),
    lambda text: (Span(text, marks=(Mark.EMPHASIS,)),),
    # A reading keeps its base on one line, which no word of news makes longer than this.
    lambda text: (Span(text[:2], ruby=READING), Span(text[2:])),
    lambda text: (Span(text, doubtful=True),),
    # As the readers have it of a page or of a Word file with notes.
    lambda text: (Span(text), Span(NOTE, href="https://example.org/#note-3")),
)


def marked(text: str, first: int) -> Text:
    """Return text with every fifth run of Han in some formatting, or with a note, from the turn `first` on."""
    spans: list[Span] = []
    for number, piece in enumerate(_CUT.split(text)):
        is_plain = number % 2 == 0 or number // 2 % 5
        spans += (Span(piece),) if is_plain else TURNS[(first + number // 10) % len(TURNS)](piece)
    return tuple(span for span in spans if span.text)


def issue(language: str, *, is_marked: bool) -> Issue:
    """Return an issue of one long story."""
    texts = paragraphs(language)[:PARAGRAPHS]
    body = tuple(Paragraph(marked(text, number) if is_marked else (Span(text),)) for number, text in enumerate(texts))
    return Issue("渡口报", (Article("渡口", body, language=language),), language)


def lying(pdf: bytes, size: float) -> bytes:
    """Return a PDF with its pages as they were laid out, each moved so that its measure ends on a quarter point.

    To that the program rounds the measure; elsewhere up to an eighth of a point of its figure would be its own.
    """
    buffer = io.BytesIO()
    edges = [edge(page, size) for page in pypdfium2.PdfDocument(pdf)]
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        for page, end in zip(whole.pages, edges, strict=True):
            page.obj.Rotate = 0
            page.contents_add(f"1 0 0 1 {round(end * 4) / 4 - end:.4f} 0 cm".encode(), prepend=True)
        if "/ViewerPreferences" in whole.Root:
            del whole.Root.ViewerPreferences
        whole.save(buffer)
    return buffer.getvalue()


def edge(page: pypdfium2.PdfPage, size: float) -> float:
    """Return where the body ends on the right of a page as it was laid out: the furthest of its Han characters."""
    page.set_rotation(0)
    text = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    ends = [0.0]
    for at in range(text.count_chars()):
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        height = pdfium.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        if _CUT.match(chr(pdfium.FPDFText_GetUnicode(text, at)) * 2) and abs(height - size) < size / 25:
            pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            ends.append(x.value + size)
    return max(ends)


def copied(pdf: Path, texts: list[str]) -> tuple[int, int]:
    """Return how many paragraphs are missing from what PDFium and pdftotext copy out of a file."""
    document = pypdfium2.PdfDocument(pdf)
    pdfium = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    program = shutil.which("pdftotext") or "pdftotext"
    poppler = subprocess.run([program, str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return missing(pdfium, texts, len(document)), missing(poppler, texts, len(document))


def missing(drawn: str, texts: list[str], pages: int) -> int:
    """Return how many of `texts` are not in `drawn`, whole and one behind the other, white space aside.

    What stands in the margins of pages, the marks of notes, and the readings, which stand behind what they are readings
    of, do not count.
    """
    lines = ("".join(line.split()) for line in drawn.splitlines())
    folios = {str(number) for number in range(1, pages + 1)}
    said = (line for line in lines if not (_FURNITURE.fullmatch(line) or line.strip("—") in folios))
    whole = "".join(said).replace(READING, "").replace(NOTE, "")
    at = lost = 0
    for text in texts:
        found = whole.find("".join(text.split()), at)
        lost += found < 0
        at = max(at, found)
    return lost


def main() -> None:
    """Set, measure and print."""
    checker, *rest = sys.argv[1:]
    folder = Path(rest[0] if rest else tempfile.mkdtemp())
    print(f"| | {' | '.join(COLUMNS)} | pdfium | pdftotext | KB |")
    print("|---" * (len(COLUMNS) + 4) + "|")
    found: list[Diagnostic] = []
    for style in rest[1:] or styles():
        for language in FACES:
            for is_marked in (False, True):
                subject = issue(language, is_marked=is_marked)
                edition = make_up(subject, Carrier.PRINT, style_of(style), "newsbook 0", find_face, found.append)
                pdf = write_pdf(edition, Profile.PLAIN, STORE, found.append)
                name = f"{style}-{language}-{'marked' if is_marked else 'plain'}"
                path = folder / f"{name}.pdf"
                path.write_bytes(lying(pdf, SIZES[style]))
                options = (str(path), "--json", "--size", str(SIZES[style]))
                done = subprocess.run([sys.executable, checker, *options], check=True, capture_output=True, text=True)
                measured = json.loads(done.stdout)
                cells = " | ".join(str(measured.get(column, "")) for column in COLUMNS)
                lost = " | ".join(map(str, copied(path, paragraphs(language)[:PARAGRAPHS])))
                print(f"| {name} | {cells} | {lost} | {len(pdf) // 1000} |", flush=True)
    for message in sorted({finding.message for finding in found}):
        print(message)


if __name__ == "__main__":
    main()
