"""Booklets and handouts: which page stands where on which sheet, found out from the finished file."""

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from issues import article, issue
from making import made
from newsbook.diagnostics import Diagnostic
from newsbook.project import Output
from newsbook.writers.pdf.imposition import Imposition, Leaf, folded, imposed
from newsbook.writers.pdf.sheets import impose
from tools import require

A5, A4, A3 = (419.53, 595.28), (595.28, 841.89), (841.89, 1190.55)
BOOKLET = Imposition("booklet")


def pages(count: int, size: tuple[float, float] = A5, others: dict[int, tuple[float, float]] | None = None) -> bytes:
    """Return a PDF whose pages, from 1, say their number in their lower left corner."""
    file = pikepdf.new()
    font = file.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, count + 1):
        page = file.add_blank_page(page_size=(others or {}).get(number, size))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = file.make_stream(b"BT /F 12 Tf 20 20 Td (%d) Tj ET" % number)
    return saved(file)


def saved(file: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def on_sheets(pdf: bytes, wanted: Imposition = BOOKLET) -> tuple[bytes, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return impose(pdf, wanted, "out.pdf", found.append), found


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [str(finding.code) for finding in found]


class Seen:
    """The sides of a file, each with the numbers on it and where they begin."""

    def __init__(self, pdf: bytes) -> None:
        self.sizes: list[tuple[float, float]] = []
        self.sides: list[dict[int, tuple[float, float]]] = []
        for page in pypdfium2.PdfDocument(pdf):
            text = page.get_textpage()
            self.sizes.append(page.get_size())
            found = (text.get_rect(at) for at in range(text.count_rects()))
            self.sides.append({int(text.get_text_bounded(*box)): box[:2] for box in found})

    def half(self, side: int, *, right: bool) -> int:
        """Return the number on one half of a side, 0 where it is blank."""
        middle = self.sizes[side][0] / 2
        return next((number for number, at in self.sides[side].items() if (at[0] > middle) is right), 0)

    def read(self, *, from_right: bool = False) -> list[int]:
        """Return the numbers as they come when sheets, laid into each other, are folded and leafed through."""
        sheets = [(front, front + 1) for front in range(0, len(self.sides), 2)]
        first, second = not from_right, from_right
        rising = [(self.half(front, right=first), self.half(back, right=second)) for front, back in sheets]
        falling = [(self.half(back, right=first), self.half(front, right=second)) for front, back in reversed(sheets)]
        return [number for pair in (*rising, *falling) for number in pair]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 12, 33])
def test_a_folded_booklet_has_its_pages_in_order(count: int) -> None:
    made_of, found = on_sheets(pages(count))
    blanks = [0] * (-count % 4)
    assert Seen(made_of).read() == [*range(1, count + 1), *blanks]
    assert codes(found) == ["pages-imposed"]
    assert ("blank" in found[0].message) is bool(blanks)


def test_a_booklet_of_vertical_pages_opens_to_the_right() -> None:
    with pikepdf.open(io.BytesIO(pages(8))) as file:
        file.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        seen = Seen(on_sheets(saved(file))[0])
    assert seen.read(from_right=True) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert seen.half(0, right=False) == 1


def with_beginnings(count: int, begins: dict[str, tuple[int, float]]) -> bytes:
    """Return pages with what begins on them: the page, from 1, and how high."""
    with pikepdf.open(io.BytesIO(pages(count))) as file:
        tree = pikepdf.NameTree.new(file)
        for name, (page, top) in begins.items():
            tree[name] = pikepdf.Array([file.pages[page - 1].obj, pikepdf.Name.XYZ, 50, top, 0])
        file.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
        return saved(file)


@pytest.mark.parametrize(
    ("begins", "expected", "said"),
    [
        ({"front": (1, 550), "back": (9, 550)}, [*range(1, 9), 0, 0, 0, 9], "before page 9"),
        ({"front": (1, 550), "back": (8, 550)}, [*range(1, 8), 0, 0, 0, 8, 9], "before page 8"),
        ({"front": (1, 550), "back": (9, 300)}, [*range(1, 10), 0, 0, 0], "at the end"),
        ({"front": (1, 550), "a002": (9, 550), "back": (9, 90)}, [*range(1, 9), 0, 0, 0, 9], "before page 9"),
        ({"front": (1, 550), "back-imprint": (9, 550)}, [*range(1, 10), 0, 0, 0], "at the end"),
    ],
)
def test_blanks_stand_before_what_begins_on_a_page_of_its_own(
    begins: dict[str, tuple[int, float]], expected: list[int], said: str
) -> None:
    made_of, found = on_sheets(with_beginnings(9, begins))
    assert Seen(made_of).read() == expected
    assert f"3 blank pages {said}" in found[0].message


def test_inner_pages_move_to_the_fold_by_the_paper_around_them() -> None:
    at = {}
    for thickness in (0.0, 0.5):
        seen = Seen(on_sheets(pages(12), replace(BOOKLET, thickness=thickness))[0])
        at[thickness] = {number: place[0] for side in seen.sides for number, place in side.items()}
    moved = {number: round(at[0.5][number] - at[0.0][number], 1) for number in range(1, 13)}
    half_a_millimetre = round(0.5 * 72 / 25.4, 1)
    assert moved[1] == moved[2] == moved[11] == moved[12] == 0
    assert moved[3] == moved[9] == -half_a_millimetre  # On the right, the fold is on its left.
    assert moved[4] == moved[10] == half_a_millimetre
    assert moved[5] == moved[7] == round(-1 * 72 / 25.4, 1)
    assert moved[6] == moved[8] == round(1 * 72 / 25.4, 1)


def test_signatures_are_folded_one_after_the_other() -> None:
    made_of, found = on_sheets(pages(40), replace(BOOKLET, signature=16))
    seen = Seen(made_of)
    numbers: list[int] = []
    for first in (0, 8, 16):
        part = Seen(made_of)
        part.sides, part.sizes = seen.sides[first : first + 8], seen.sizes[first : first + 8]
        numbers += part.read()
    assert numbers == list(range(1, 41))
    assert codes(found) == ["pages-imposed"]


def test_booklet_thick() -> None:
    _, found = on_sheets(pages(400))
    assert codes(found) == ["pages-imposed", "booklet-thick"]
    assert "100 sheets" in found[1].message
    assert "signature = 32" in found[1].hint


@pytest.mark.parametrize(
    ("size", "paper", "sheet"),
    [
        (A5, "", (841.89, 595.28)),
        (A4, "", (1190.55, 841.89)),
        ((396, 612), "", (792, 612)),
        ((612, 792), "", (1224, 792)),
        ((516, 729), "", (1190.55, 841.89)),
        (A5, "A3", (1190.55, 841.89)),
    ],
)
def test_the_sheet_is_by_the_size_of_the_pages(
    size: tuple[float, float], paper: str, sheet: tuple[float, float]
) -> None:
    made_of, found = on_sheets(pages(4, size), replace(BOOKLET, paper=paper))
    seen = Seen(made_of)
    assert seen.sizes[0] == pytest.approx(sheet, abs=0.02)
    assert codes(found) == ["pages-imposed"]
    right = seen.sides[0][1]
    assert right[0] == pytest.approx(sheet[0] / 2 + 20, abs=2)  # At its full size, along the fold.


def test_pages_reduced() -> None:
    _, found = on_sheets(pages(4, A3))
    assert codes(found) == ["pages-imposed", "pages-reduced"]
    assert "71%" in found[1].message
    assert codes(on_sheets(pages(4, A4), replace(BOOKLET, paper="A4"))[1]) == ["pages-imposed"]  # As it was asked for.
    assert "pages-reduced" in codes(on_sheets(pages(4, A3), Imposition("4up", "A4"))[1])


def test_pages_of_other_sizes_are_fitted_in() -> None:
    made_of, found = on_sheets(pages(8, A5, {3: (A5[1], A5[0]), 5: (300, 300), 6: A3}))
    seen = Seen(made_of)
    assert sorted(number for side in seen.sides for number in side) == list(range(1, 9))
    assert seen.read() == list(range(1, 9))
    assert codes(found) == ["pages-imposed", "pages-reduced"]
    for side, size in zip(seen.sides, seen.sizes, strict=True):
        assert all(0 < x < size[0] and 0 < y < size[1] for x, y in side.values())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_stand_as_they_are_read(turn: int) -> None:
    size = A5 if turn % 180 == 0 else (A5[1], A5[0])
    with pikepdf.open(io.BytesIO(pages(4, size))) as file:
        for page in file.pages:
            page.obj.Rotate = turn
        turned = saved(file)
    made_of, _ = on_sheets(turned)
    whole = pypdfium2.PdfDocument(turned)[0].render(scale=1).to_pil().convert("L")
    sheet = pypdfium2.PdfDocument(made_of)[0].render(scale=1).to_pil().convert("L")
    half = sheet.crop((sheet.width // 2, 0, sheet.width, sheet.height))

    def inked(picture: object) -> tuple[int, ...]:
        return picture.point(lambda value: 255 * (value < 128)).getbbox()  # type: ignore[attr-defined, no-any-return]

    assert inked(half) == pytest.approx(inked(whole), abs=2)


def test_handouts_have_pages_side_by_side() -> None:
    seen = Seen(on_sheets(pages(5, A4), Imposition("2up"))[0])
    assert [sorted(side) for side in seen.sides] == [[1, 2], [3, 4], [5]]
    assert seen.sizes[0] == pytest.approx((841.89, 595.28), abs=0.02)
    assert seen.sides[0][1][0] < 421 < seen.sides[0][2][0]
    four = Seen(on_sheets(pages(5, A4), Imposition("4up"))[0])
    assert [sorted(side) for side in four.sides] == [[1, 2, 3, 4], [5]]
    at = four.sides[0]
    across, down = A4[0] / 2, A4[1] / 2
    assert [(x > across, y > down) for x, y in (at[n] for n in range(1, 5))] == [
        (False, True), (True, True), (False, False), (True, False)
    ]  # fmt: skip
    lying = Seen(on_sheets(pages(2, (A4[1], A4[0])), Imposition("2up"))[0])
    assert lying.sizes[0] == pytest.approx(A4, abs=0.02)
    assert lying.sides[0][1][1] > lying.sides[0][2][1]


def test_rows_of_vertical_pages_begin_on_the_right() -> None:
    leaves = (Leaf(*A5),) * 4
    plan = imposed(leaves, range(4), Imposition("4up"), from_right=True)
    at = {cell.page: (cell.x, cell.y) for cell in plan.sides[0].cells}
    assert at[0][0] > at[1][0]
    assert at[0][1] == at[1][1] > at[2][1]


def test_a_booklet_of_an_issue_is_whole_and_made_alike() -> None:
    subject = issue(article(), article("第二篇", "zh-Hans"))
    output = Output(file="out/booklet.pdf", kind="pdf", style="vertical", booklet=True)
    found: list[Diagnostic] = []
    booklet = made(subject, output, found.append)
    assert booklet == made(subject, output)
    assert [finding.where.source for finding in found] == ["booklet.pdf"]
    with pikepdf.open(io.BytesIO(booklet)) as file:
        assert file.check_pdf_syntax() == []
        assert file.Root.Lang == "zh-Hant"
        assert file.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert not {"/Outlines", "/Names", "/StructTreeRoot", "/MarkInfo"} & set(file.Root.keys())
        assert str(file.docinfo.Title).startswith("渡口街坊報")


def test_every_place_is_on_one_side() -> None:
    for signature in (0, 4, 16):
        places = [place for _, pair in folded(48, signature) for place in pair]
        assert sorted(places) == list(range(48))


@pytest.mark.tool
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    require("qpdf")
    subject = issue(article(), article("第二篇", "zh-Hans"))
    for name, output in {
        "booklet": Output(kind="pdf", style="reader", booklet=True),
        "handout": Output(kind="pdf", sheets="4up"),
    }.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made(subject, output))
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
