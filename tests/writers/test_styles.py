"""Every style, in every language that it is for: on its grid, nothing overprinted, and the text whole."""

import io
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import uharfbuzz
from msgspec.structs import replace

from glyphs import lines_of, words
from issues import LONG, article, issue, picture, text
from newsbook.assets import styles
from newsbook.diagnostics import Code, Diagnostic
from newsbook.fonts.derived import faces_of
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Block, Crosshead, Figure, Issue, Media, Paragraph
from newsbook.writers.pdf import Profile, write_pdf
from newsbook.writers.pdf.vertical import mark_upright
from plain import bare, pdftotext
from shelf.books import require_packages
from stores import STORE, put, style_of
from tools import require

# Body size and leading of each style, in points, as its print.css has them.
GRID = {
    "bulletin": (12.0, 20.0),
    "clippings": (10.5, 15.0),
    "large-print": (18.0, 30.0),
    "magazine": (9.5, 14.0),
    "newspaper": (9.0, 13.0),
    "official": (15.75, 29.0),
    "reader": (10.0, 17.0),
}


def pdf_of(subject: Issue, style: str) -> bytes:
    found: list[Diagnostic] = []
    edition = make_up(subject, Carrier.PRINT, style_of(style), "newsbook 0", find_face, found.append)
    pdf = write_pdf(edition, Profile.PLAIN, STORE, found.append)
    assert {finding.code for finding in found} <= {Code.FACE_MISSING}
    return pdf


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Return the same issue in any style, set once."""
    lead, media = story(tmp_path_factory.mktemp("pictures"))
    return cache(lambda style: pdf_of(replace(issue(lead, article()), media=(media,)), style))


def story(folder: Path, headline: str = "涼亭換新") -> tuple[Article, Media]:
    path = picture(folder / "a.jpg")
    body: tuple[Block, ...] = (
        *(Paragraph(text(LONG * 3)) for _ in range(4)),
        Figure(text("涼亭。"), "林小舟攝", "a.jpg"),
        Crosshead(text("書房")),
        *(Paragraph(text(LONG * 2)) for _ in range(6)),
    )
    return Article(headline, body, language="zh-Hant"), Media("a.jpg", "image/jpeg", 300, 200, put(path))


def test_every_style_is_measured_here() -> None:
    assert {*GRID, "vertical"} == set(styles())


@pytest.mark.parametrize("style", sorted(GRID))
def test_the_body_stands_on_the_grid(style: str, made: Callable[[str], bytes]) -> None:
    size, leading = GRID[style]
    for page in _pages(made(style)):
        body = [line for line in lines_of(page, size) if len(line) > 12]
        steps = [(body[0][0].y - line[0].y) / leading for line in body]
        assert [round(step, 2) for step in steps if abs(step - round(step)) * leading > 0.3] == []


@pytest.mark.parametrize("style", sorted({*GRID, "vertical"}))
def test_no_line_overprints_another(style: str, made: Callable[[str], bytes]) -> None:
    for page in pypdfium2.PdfDocument(made(style)):
        boxes = _boxes(page)
        assert [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 : n + 60] if _overlap(a, b)] == []


@pytest.mark.parametrize("style", ["bulletin", "newspaper"])
def test_a_long_nameplate_is_set_smaller_and_stays_on_one_line(style: str) -> None:
    page = pypdfium2.PdfDocument(pdf_of(replace(issue(article(), article()), nameplate="渡口街" * 6), style))[0]
    boxes, drawn = _boxes(page), page.get_textpage().get_text_bounded()
    assert "渡口街" * 6 in map(bare, drawn.splitlines())
    assert [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if _overlap(a, b)] == []


def test_an_only_story_in_a_newspaper_is_set_on_a4_and_begins_below_the_nameplate(tmp_path: Path) -> None:
    lead, media = story(tmp_path)
    page = pypdfium2.PdfDocument(pdf_of(replace(issue(lead), media=(media,)), "newspaper"))[0]
    assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    assert LONG[:12] in bare(page.get_textpage().get_text_bounded())


# Running heads and folios, which stand between two halves of a paragraph that is continued on the next page.
FURNITURE = re.compile("(渡口街坊報|涼亭換新|渡口老街開了小書房|稿源一覽|[0-9—])*")


def paragraphs_lost(drawn: str) -> list[str]:
    """Return the paragraphs of the issue made here that are not in `drawn`, whole and one behind the other."""
    whole = "".join(line for line in map(bare, drawn.splitlines()) if not FURNITURE.fullmatch(line))
    # A reading stands beside its base, which no two programs put into one order.
    whole = whole.replace("tiânn", "")
    at, lost = 0, []
    for said in [LONG * 3] * 4 + [LONG * 2] * 6 + [LONG]:
        found = whole.find(said, at)
        at = max(at, found + len(said))
        lost += [said] if found < 0 else []
    return lost


@pytest.mark.parametrize("style", sorted({*GRID, "vertical"}))
def test_what_pdfium_copies_is_the_text(style: str, made: Callable[[str], bytes]) -> None:
    document = pypdfium2.PdfDocument(_unturned(made(style)))
    assert paragraphs_lost("\n".join(page.get_textpage().get_text_bounded() for page in document)) == []


@pytest.mark.tool
@pytest.mark.parametrize("style", sorted({*GRID, "vertical"}))
def test_what_pdftotext_copies_is_the_text(style: str, made: Callable[[str], bytes], tmp_path: Path) -> None:
    require("pdftotext")
    (tmp_path / "a.pdf").write_bytes(made(style))
    # Columns that run down beside a picture and its cutline it orders by where they lie, and not as they are drawn.
    # So it does columns side by side whose lines are far apart, where it is not told to go by how they are drawn.
    options = ("-raw",) if style in {"clippings", "magazine"} else ()
    known = {"vertical": 1, "newspaper": 2}.get(style, 0)
    assert len(paragraphs_lost(pdftotext(tmp_path / "a.pdf", *options))) <= known


@pytest.mark.tool
@pytest.mark.parametrize("style", sorted({*GRID, "vertical"}))
def test_what_pdf_js_copies_is_the_text(style: str, made: Callable[[str], bytes], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made(style))
    script = Path(__file__).parent / "copy.mjs"
    command = [require("node"), str(script), str(require_packages()), str(tmp_path / "a.pdf")]
    done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8", timeout=120)
    assert paragraphs_lost(done.stdout) == []


def test_an_official_page_has_22_lines_of_28_characters() -> None:
    body = (Paragraph(text("渡口老街開了小書房" * 240)),)
    lines = lines_of(_pages(pdf_of(issue(Article("題", body, language="zh-Hant")), "official"))[2], 15.75)
    full = [line for line in lines if len(line) > 20]
    assert len(lines) == 22
    assert {len(line) for line in full} <= {26, 28}
    assert lines[0][0].y - lines[-1][0].y == pytest.approx(21 * 29, abs=0.1)
    # 156 mm: the left edge of the first character to the right edge of the last, within a millimetre.
    longest = next(line for line in full if len(line) == 28)
    assert (longest[-1].x + 15.75 - longest[0].x) / 72 * 25.4 == pytest.approx(156, abs=1)


def test_the_imprint_of_an_official_document_ends_on_the_last_line(made: Callable[[str], bytes]) -> None:
    last = lines_of(_pages(made("official"))[-1], 10.5)
    # The foot of the type area is 98.9 pt above that of the page; the baseline of a line lies 8.5 pt above its foot.
    assert min(line[0].y for line in last if "製" in words(line)) == pytest.approx(98.9 + 8.5, abs=4)


def test_text_goes_before_a_figure_that_would_leave_a_foot_empty(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", (300, 390))
    media = Media("a.jpg", "image/jpeg", 300, 390, put(path))
    body: tuple[Block, ...] = (
        *(Paragraph(text(LONG * 3)) for _ in range(2)),
        Paragraph(text(LONG * 2)),
        Figure(text("涼亭。"), "", "a.jpg"),
        *(Paragraph(text(LONG * 3)) for _ in range(5)),
    )
    subject = replace(issue(Article("題", body, language="zh-Hant")), media=(media,))
    first = lines_of(_pages(pdf_of(subject, "bulletin"))[0], 12)
    assert first[-1][0].y < 110


@pytest.mark.parametrize("lines", [12, 42, 99])
def test_nothing_in_a_newspaper_stands_on_anything_else(lines: int, tmp_path: Path) -> None:
    media = Media("b.jpg", "image/jpeg", 300, 200, put(picture(tmp_path / "b.jpg")))
    body: tuple[Block, ...] = (
        Figure(text("涼亭。"), "", "b.jpg"),
        *(Paragraph(text("渡口老街開了小書房" * 5)) for _ in range(lines // 3)),
    )
    second = Article("涼亭換新", body, language="zh-Hant")
    pdf = pdf_of(replace(issue(article(), second, article(), article()), media=(media,)), "newspaper")
    for page in pypdfium2.PdfDocument(pdf):
        boxes = _boxes(page)
        assert [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 : n + 60] if _overlap(a, b)] == []


def test_a_story_that_goes_on_on_another_page_says_where() -> None:
    long = Article("長文", tuple(Paragraph(text(LONG * 4)) for _ in range(90)), language="zh-Hant")
    drawn = _texts(pdf_of(issue(long, article()), "newspaper"))
    assert "下轉第2版" in drawn[0]
    assert "上接第1版長文" in drawn[1]


def _texts(pdf: bytes) -> list[str]:
    return [bare(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)]


# --- vertical pages ----------------------------------------------------------------------------------------------


def test_vertical_pages_are_turned_and_bound_on_the_right(made: Callable[[str], bytes]) -> None:
    with pikepdf.open(io.BytesIO(made("vertical"))) as pdf:
        assert {int(page.obj.Rotate) for page in pdf.pages} == {90}
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
        faces = {
            str(item.FontName) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
        assert [name for name in faces if "Turned" not in name] == []


@pytest.mark.parametrize("language", ["zh-Hant", "ja"])
def test_columns_are_flush(language: str) -> None:
    subject = Issue("報", (Article("題", (Paragraph(text(LONG * 6)),), language=language),), language)
    columns = [line for line in lines_of(_unturned(pdf_of(subject, "vertical")), 10.5) if len(line) > 36]
    edge = max(line[-1].x for line in columns)
    for line in columns[1:-1]:
        assert min(abs(line[-1].x + width - edge) for width in (0, 5.25)) < 0.3 or line[-1].character in "，。」", (
            words(line)
        )


@pytest.mark.parametrize(
    ("said", "upright"),
    [
        ("5月16日，<b>12</b>人走了1200步，共8.1%；3", ["5", "16", "12", "3"]),
        ("A級紙、B5紙、K歌；<b>X</b>光", ["A", "K", "X"]),
        ("iPhone 15 Pro，Plan B today，10:30，a計畫，T-shirt", []),
    ],
)
def test_numbers_of_two_digits_and_single_capitals_stand_upright(said: str, upright: list[str]) -> None:
    from xml.etree import ElementTree as ET

    root = ET.fromstring(f"<p>{said}</p>")  # noqa: S314 - our own.
    mark_upright(root)
    assert [element.text for element in root.iter("bdi")] == upright
    assert "".join(root.itertext()) == re.sub("<[^>]*>", "", said)


def test_a_link_on_a_vertical_page_lies_on_its_words(made: Callable[[str], bytes]) -> None:
    drawn = pypdfium2.PdfDocument(made("vertical"))
    with pikepdf.open(io.BytesIO(made("vertical"))) as pdf:
        covered = [
            drawn[number].get_textpage().get_text_bounded(*map(float, note.Rect))
            for number, page in enumerate(pdf.pages)
            for note in page.get("/Annots", ())
            if "notice" in str(note.get("/A", pikepdf.Dictionary()).get("/URI", ""))
        ]
    assert [bare(words_)[:4] for words_ in covered] == ["詳見公告"]


def test_a_list_in_columns_has_numerals_that_stand(made: Callable[[str], bytes]) -> None:
    pages = pypdfium2.PdfDocument(_unturned(made("vertical")))
    lines = {line for page in pages for line in page.get_textpage().get_text_bounded().splitlines()}
    assert {"一、", "二、"} <= lines


@pytest.mark.parametrize("language", ["zh-Hant", "ja"])
def test_marks_stand_in_an_em_of_their_own_and_two_dashes_are_one_stroke(language: str) -> None:
    subject = Issue("報", (Article("題", (Paragraph(text("“渡口”——老街")),), language=language),), language)
    edition = make_up(subject, Carrier.PRINT, style_of("vertical"), "newsbook 0", find_face, print)
    family = {"zh-Hant": "Noto Serif CJK TC", "ja": "Noto Serif CJK JP"}[language]
    file = next(face.file for face in faces_of(edition, STORE) if face.family == family)
    font = uharfbuzz.Font(uharfbuzz.Face(file))
    buffer = uharfbuzz.Buffer()
    buffer.add_str("“渡口”——老")
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    assert [position.x_advance for position in buffer.glyph_positions] == [1000, 1000, 1000, 1000, 2000, 1000]


def _pages(pdf: bytes) -> list[bytes]:
    pages = []
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        for page in whole.pages:
            single, buffer = pikepdf.new(), io.BytesIO()
            single.pages.append(page)
            single.save(buffer)
            pages.append(buffer.getvalue())
    return pages


def _unturned(pdf: bytes) -> bytes:
    """Return a PDF with its pages lying as they were laid out."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        for page in whole.pages:
            page.obj.Rotate = 0
        # PDFium takes the direction of the pages for that of the script.
        if "/ViewerPreferences" in whole.Root:
            del whole.Root.ViewerPreferences
        whole.save(buffer)
    return buffer.getvalue()


def _boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the Han characters of a page, in the order of the text."""
    words_ = page.get_textpage()
    return [
        words_.get_charbox(at) for at in range(words_.count_chars()) if "一" <= words_.get_text_range(at, 1) <= "鿿"
    ]


def _overlap(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    """Tell whether the ink of two characters covers the same place by more than a fifth of the smaller one."""
    width = min(one[2], two[2]) - max(one[0], two[0])
    height = min(one[3], two[3]) - max(one[1], two[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, two))
    return width > 0 and height > 0 and width * height > 0.2 * smaller
