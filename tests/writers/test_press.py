"""Bleed, marks and margins for the binding, measured in the finished file and on the rendered page."""

import io
import re
import subprocess
from itertools import product
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image

from issues import LONG, article, issue, text
from making import made
from newsbook import Exit, Manner, Project, build
from newsbook.diagnostics import Report, UsageError
from newsbook.model import Article, Figure, Issue, Media, Paragraph
from newsbook.outputs.pages import LayOut
from newsbook.project import Output
from newsbook.store import Store
from newsbook.writers.pdf.marks import marks_around
from stores import STORE
from tools import require

MM = 72 / 25.4
A4 = (595.28, 841.89)
VERAPDF = Path(__file__).parents[3] / "shared" / "tools" / "verapdf" / "verapdf"
BLUE, GREEN, RED, SAND = (0x17, 0x40, 0x6D), (0x00, 0x90, 0x00), (0xB3, 0x14, 0x0E), (0xE9, 0xD8, 0xA6)
# A band, a picture and a border that touch the edge of the page, and a corner; and a box that stays within.
TOUCHING = """
.head { margin: 0 -69.63pt 20pt; padding: 0 69.63pt; background: #17406d; }
.figure { width: auto; }
.figure .image { margin-left: -69.63pt; object-fit: fill; }
.deck { margin-right: -69.63pt; border-right: 6pt solid #b3140e; }
.byline { background: #ff0; }
@page { @bottom-right-corner { content: ""; background: #009000; } }
"""


def poster(tmp_path: Path, css: str = TOUCHING) -> Path:
    (tmp_path / "print.css").write_text(css, "utf-8")
    return tmp_path


def pictured() -> Issue:
    """Return an issue whose first story has a picture, half of it red and half of it of sand."""
    drawn = io.BytesIO()
    image = Image.new("RGB", (600, 300), RED)
    image.paste(SAND, (300, 0, 600, 300))
    image.save(drawn, "PNG")
    digest = STORE.put(drawn.getvalue())
    story = replace(
        article(), body=(Paragraph(text(LONG)), Figure(text("涼亭"), image="half.png"), Paragraph(text(LONG)))
    )
    media = (Media("half.png", "image/png", 600, 300, digest),)
    return replace(issue(story), media=media)


def short() -> Issue:
    return issue(Article("涼亭換新", (Paragraph(text(LONG)),), language="zh-Hant"))


def box(page: pikepdf.Page, name: str) -> tuple[float, ...]:
    return tuple(float(each) for each in page.obj[name])


class Rendered:
    """A page as it is seen, asked by points of its own, from the lower left corner of the trim."""

    def __init__(self, pdf: bytes, number: int = 0, scale: float = 3.0) -> None:
        self._picture = pypdfium2.PdfDocument(pdf)[number].render(scale=scale).to_pil().convert("RGB")
        with pikepdf.open(io.BytesIO(pdf)) as file:
            self._left, _, _, self._top = box(file.pages[number], "/MediaBox")
        self._scale = scale

    def at(self, x: float, y: float) -> tuple[int, ...]:
        place = (round((x - self._left) * self._scale), round((self._top - y) * self._scale))
        found = self._picture.getpixel(place)
        assert isinstance(found, tuple)
        return found

    def rows(self, x: float, colour: tuple[int, ...]) -> list[float]:
        """Return how high a colour is found above a place at the foot."""
        return [y / 2 for y in range(2, int(A4[1]) * 2 - 2) if near(self.at(x, y / 2), colour)]


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("bleed", "points", "marks"), [("5mm", 5 * MM, False), ("0.125in", 9.0, True), ("", 0.0, True), ("", 0.0, False)]
)
def test_the_boxes_of_a_page_say_what_is_kept(bleed: str, points: float, *, marks: bool) -> None:
    subject = short()
    with pikepdf.open(
        io.BytesIO(made(subject, Output(kind="pdf", style="reader", bleed=bleed, crop_marks=marks)))
    ) as file:
        assert file.check_pdf_syntax() == []
        for page in file.pages:
            width, height = 148 * MM, 210 * MM
            around = points + (8 * MM if marks else 0)
            assert box(page, "/TrimBox") == pytest.approx((0, 0, width, height), abs=0.1)
            assert box(page, "/BleedBox") == pytest.approx((-points, -points, width + points, height + points), abs=0.1)
            assert box(page, "/MediaBox") == pytest.approx((-around, -around, width + around, height + around), abs=0.1)


def test_what_touches_the_edge_is_brought_out_to_the_bleed(tmp_path: Path) -> None:
    style = str(poster(tmp_path))
    plain = made(pictured(), Output(kind="pdf", style=style))
    bled = made(pictured(), Output(kind="pdf", style=style, bleed="5mm"))
    page, without = Rendered(bled), Rendered(plain)
    for outside, inside, colour in (
        (-13, 3, BLUE),
        (A4[0] + 13, A4[0] - 3, BLUE),
        (-13, 3, RED),
    ):
        rows = without.rows(inside, colour)
        assert len(rows) > 60
        # Over its whole height, and only there.
        assert page.rows(outside, colour) == pytest.approx(page.rows(inside, colour), abs=0.6)
    assert near(page.at(A4[0] + 13, -13), GREEN)
    # A border is as wide within the page as it was.
    rows = without.rows(A4[0] - 3, RED)
    assert rows
    assert near(page.at(A4[0] + 13, rows[0]), RED)
    assert not near(page.at(A4[0] - 8, rows[0]), RED)
    # What stays within, and what is white, is left alone.
    assert page.rows(-13, (255, 255, 0)) == page.rows(A4[0] + 13, (255, 255, 0)) == []


def places(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """Return the characters of each page, each with its left and its foot."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        said = page.get_textpage()
        boxes = ((said.get_text_range(at, 1), *said.get_charbox(at)[:2]) for at in range(said.count_chars()))
        found.append([(one, round(left, 1), round(foot, 1)) for one, left, foot in boxes if one.strip()])
    return found


@pytest.mark.parametrize("style", ["bulletin", "vertical", "newspaper"])
def test_bleed_and_marks_move_nothing_that_is_read(style: str) -> None:
    subject = issue(article(), article("第二篇", "zh-Hans"))
    plain, press = (
        made(subject, output) for output in (
            Output(kind="pdf", style=style), Output(kind="pdf", style=style, bleed="3mm", crop_marks=True)
        )
    )  # fmt: skip
    assert places(plain) == places(press)
    with pikepdf.open(io.BytesIO(plain)) as one, pikepdf.open(io.BytesIO(press)) as other:
        for page, same in zip(one.pages, other.pages, strict=True):
            links, kept = ([list(map(float, note.Rect)) for note in each.get("/Annots", ())] for each in (page, same))
            assert links == kept
        assert [str(each) for each in pikepdf.NameTree(one.Root.Names.Dests)] == [
            str(each) for each in pikepdf.NameTree(other.Root.Names.Dests)
        ]


def ink(page: Rendered, x: float, y: float) -> bool:
    """Tell whether something dark is within half a point of a place."""
    around = product((-0.5, -0.25, 0, 0.25, 0.5), repeat=2)
    return any(sum(page.at(x + across, y + up)) < 500 for across, up in around)


@pytest.mark.parametrize(("bleed", "near_to"), [("3mm", 3 * MM), ("", 2 * MM)])
def test_crop_marks_point_at_the_corners_of_the_trim(bleed: str, near_to: float) -> None:
    pdf = made(short(), Output(kind="pdf", bleed=bleed, crop_marks=True))
    page = Rendered(pdf)
    middle = near_to + 2.5 * MM
    for x, y in product((0, A4[0]), (0, A4[1])):
        out_x, out_y = (-1 if x == 0 else 1), (-1 if y == 0 else 1)
        assert ink(page, x + out_x * middle, y)
        assert ink(page, x, y + out_y * middle)
        # Nothing of them is in the bleed, and nothing beside the line.
        assert not ink(page, x + out_x * (near_to - 1), y)
        assert not ink(page, x, y + out_y * (near_to - 1))
        assert not ink(page, x + out_x * middle, y + out_y * 2)
    for x, y in ((A4[0] / 2, -middle), (A4[0] / 2, A4[1] + middle), (-middle, A4[1] / 2), (A4[0] + middle, A4[1] / 2)):
        assert ink(page, x, y)
        assert ink(page, x + 1.5 * MM, y)
        assert ink(page, x, y + 1.5 * MM)


def test_marks_are_drawn_in_all_inks_and_as_no_content() -> None:
    with pikepdf.open(io.BytesIO(made(short(), Output(kind="pdf", profile="accessible", crop_marks=True)))) as file:
        for page in file.pages:
            contents = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
            last = bytes(contents[-1].read_bytes()).decode("ascii")
            assert last.startswith("Q /Artifact BMC q /Inks CS 1 SCN")
            assert last.endswith("Q EMC")
            assert page.Resources.ColorSpace.Inks[:2] == [pikepdf.Name.Separation, pikepdf.Name.All]
        assert "/StructTreeRoot" in file.Root


def test_a_booklet_with_bleed_has_marks_around_its_sheets(tmp_path: Path) -> None:
    style = str(poster(tmp_path))
    output = Output(kind="pdf", style=style, bleed="3mm", crop_marks=True, booklet=True)
    pdf = made(pictured(), output)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.check_pdf_syntax() == []
        trim, bleed = (box(file.pages[0], name) for name in ("/TrimBox", "/BleedBox"))
        drawn = bytes(file.pages[0].Contents.read_bytes()).decode("ascii")
    # Two pages of A4 with bleed and marks have room on SRA3, at their size.
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((2 * A4[0], A4[1]), abs=0.2)
    assert [one - other for one, other in zip(trim, bleed, strict=True)] == pytest.approx(
        [3 * MM, 3 * MM, -3 * MM, -3 * MM], abs=0.01
    )
    wanted = marks_around((trim[0], trim[1], trim[2], trim[3]), 3 * MM)
    numbers = [[float(each) for each in re.findall(r"-?[0-9]+[.][0-9]+", one)] for one in (drawn, wanted)]
    assert numbers[0][-len(numbers[1]) :] == pytest.approx(numbers[1], abs=0.01)
    # The first page is on the right: its ground goes on beyond the trim there, and ends at the fold.
    page = Rendered(pdf)
    rows = page.rows(trim[2] - 3, BLUE)
    assert rows
    assert near(page.at(trim[2] + 7, rows[10]), BLUE)
    assert not near(page.at((trim[0] + trim[2]) / 2 - 4, rows[10]), BLUE)


@pytest.mark.parametrize("style", ["bulletin", "reader", "newspaper"])
def test_inner_margins_are_wider_by_the_binding(style: str) -> None:
    subject = issue(*(article(f"第{n}篇", "zh-Hans") for n in range(1, 9 if style == "newspaper" else 4)))
    plain, bound = (places(made(subject, Output(kind="pdf", style=style, binding=each))) for each in ("", "5mm"))
    assert len(plain) == len(bound) > 1
    for number, (before, after) in enumerate(zip(plain, bound, strict=True), 1):
        # Pages with odd numbers are on the right, where the binding is on their left.
        moved = 5 * MM if number % 2 else -5 * MM
        assert [(one, foot) for one, _, foot in before] == [(one, foot) for one, _, foot in after]
        shifts = {round(other[1] - one[1], 1) for one, other in zip(before, after, strict=True)}
        assert all(abs(shift - moved) < 0.11 or (abs(shift) < 0.11 and style == "newspaper") for shift in shifts), (
            shifts
        )


def test_vertical_pages_are_bound_on_the_right() -> None:
    subject = issue(article(), article("第二篇"))
    plain, bound = (places(made(subject, Output(kind="pdf", style="vertical", binding=each))) for each in ("", "5mm"))
    for number, (before, after) in enumerate(zip(plain, bound, strict=True), 1):
        # The text is laid out lying: what is up there is seen on the right. Odd pages are on the left of a spread.
        moved = -5 * MM if number % 2 else 5 * MM
        shifts = {round(other[2] - one[2], 1) for one, other in zip(before, after, strict=True)}
        assert all(shift == pytest.approx(moved, abs=0.11) for shift in shifts)


def test_a_handbill_and_a_first_page_have_a_binding_too(tmp_path: Path) -> None:
    (tmp_path / "print.css").write_text("@page :first { margin-left: 100pt; margin-right: 39.26pt; }", "utf-8")
    for style, subject in (("newspaper", short()), (str(tmp_path), short())):
        plain, bound = (places(made(subject, Output(kind="pdf", style=style, binding=each))) for each in ("", "5mm"))
        assert bound[0][0][1] - plain[0][0][1] == pytest.approx(5 * MM, abs=0.11)


def test_a_binding_that_no_margin_has_room_for_is_refused() -> None:
    with pytest.raises(UsageError, match=r"outer margins of newspaper have no room for that binding; 6mm is the most"):
        made(issue(article(), article("第二篇")), Output(kind="pdf", style="newspaper", binding="20mm"))


def test_a_pdf_and_its_booklet_and_its_marks_share_one_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[str] = []
    run = LayOut.run

    def counted(job: LayOut, store: Store, report: Report) -> str:
        laid_out.append(job.name)
        return run(job, store, report)

    monkeypatch.setattr(LayOut, "run", counted)
    (tmp_path / "a.txt").write_text(f"涼亭換新\n\n2024-05-07 08:30 來源：渡口街坊網\n\n{LONG}\n", "utf-8")
    outputs = (
        Output("a.pdf"),
        Output("b.pdf", booklet=True),
        Output("c.pdf", crop_marks=True),
        Output("d.pdf", sheets="4up"),
    )
    done = build(Project(inputs=("a.txt",), outputs=outputs), tmp_path, manner=Manner(workers=0))
    assert done.exit is Exit.OK
    assert len({(tmp_path / output.file).read_bytes() for output in outputs}) == len(outputs)
    assert len(laid_out) == 1


@pytest.mark.tool
def test_qpdf_finds_nothing_wrong_with_marks(tmp_path: Path) -> None:
    require("qpdf")
    for booklet in (False, True):
        path = tmp_path / f"{booklet}.pdf"
        path.write_bytes(made(short(), Output(kind="pdf", bleed="3mm", crop_marks=True, booklet=booklet)))
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.skipif(not VERAPDF.exists(), reason="veraPDF is not part of newsbook, and was not found beside it")
def test_pages_with_bleed_and_marks_conform_to_their_profiles(tmp_path: Path) -> None:
    style = str(poster(tmp_path))
    for profile, flavours in (("accessible", ("ua1",)), ("archive", ("ua1", "3a"))):
        output = Output(kind="pdf", style=style, profile=profile, bleed="3mm", crop_marks=True)  # type: ignore[arg-type]
        path = tmp_path / f"{profile}.pdf"
        path.write_bytes(made(pictured(), output))
        for flavour in flavours:
            done = subprocess.run([VERAPDF, flavour, path], capture_output=True, text=True, check=False)
            assert "PASS" in done.stdout, done.stdout
