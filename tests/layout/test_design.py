"""A style on other paper and in other type: the grid follows, and what cannot be is refused with a sentence."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphs import lines_of
from issues import LONG, issue, picture, text
from making import pdf_of
from newsbook.assets import styles
from newsbook.diagnostics import NewsbookError, UsageError
from newsbook.fonts.faces import find_face
from newsbook.gate import Caps
from newsbook.layout import Carrier, coloured, designed, load_style, make_up, with_logo
from newsbook.layout.geometry import geometry_of
from newsbook.layout.style import Style
from newsbook.model import Article, Edition, Issue, Paragraph
from newsbook.project import Design, paper_size
from newsbook.project.values import DesignFaces
from newsbook.writers.pdf import Profile, write_pdf
from stores import STORE, style_of

RUNNING = {"nameplate": '渡口"報\\', "number": "第12期", "date": "2024年5月12日"}
# The newspaper's sheet is planned as a whole.
FLOWING = sorted(set(styles()) - {"newspaper"})
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><rect width="400" height="100"/></svg>'


def geometry(style: Style) -> object:
    return geometry_of((*style.sheets["base"], *style.sheets["print"]))


@pytest.mark.parametrize(
    ("style", "width", "height", "size", "leading", "ems"),
    [
        ("bulletin", 595.28, 841.89, 12, 20, 38),
        ("large-print", 595.28, 841.89, 18, 30, 25),
        ("official", 595.28, 841.89, 15.75, 29, 28),
        ("reader", 419.53, 595.28, 10, 17, 28),
        ("vertical", 595.28, 419.53, 10.5, 18.5, 42),
    ],
)
def test_the_geometry_of_a_style_is_read_out_of_its_sheets(  # noqa: PLR0913, PLR0917 - it is a table.
    style: str, width: float, height: float, size: float, leading: float, ems: float
) -> None:
    page = geometry_of((*style_of(style).sheets["base"], *style_of(style).sheets["print"]))
    assert (page.width, page.height) == pytest.approx((width, height), abs=0.1)
    assert (page.text, page.leading) == (size, leading)
    assert page.measure == pytest.approx(ems, abs=0.02)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(FLOWING),
    st.sampled_from(["", "A3", "A4", "A5", "JIS-B5", "ISO-B6", "Letter", "Legal", "Tabloid", "185x260mm"]),
    st.sampled_from([0.0, 7.5, 9, 10, 12, 14.5, 20]),
    st.integers(0, 4),
)
def test_whole_ems_and_whole_lines_stand_between_the_margins(style: str, page: str, size: float, columns: int) -> None:
    try:
        made = designed(style_of(style), Design(page=page, text=size, columns=columns), RUNNING)
    except UsageError:
        assert columns > 1 or page in {"ISO-B6", "A5", "JIS-B5"} or size >= 14
        return
    found = geometry_of((*made.sheets["base"], *made.sheets["print"]))
    assert found.measure == pytest.approx(round(found.measure), abs=0.02)
    for margins in (found.left, found.right):
        lines = (found.height - margins.top - margins.bottom) / found.leading
        if page or size or columns:
            assert lines == pytest.approx(round(lines), abs=0.02)
        assert min(margins.top, margins.right, margins.bottom, margins.left) > 0
    assert 0 < made.page.picture <= found.measure + 0.1
    assert found.leading / found.text == pytest.approx(made.page.leading, abs=0.01)
    assert found.left.left + found.left.right == pytest.approx(found.right.left + found.right.right, abs=0.02)
    assert not size or found.text == pytest.approx(size, abs=0.01)


def drawn(style: Style) -> pypdfium2.PdfDocument:
    subject = issue(*(Article(f"渡口{at}", (Paragraph(text(LONG * 6)),) * 4, language="zh-Hant") for at in "甲乙"))
    edition = make_up(subject, Carrier.PRINT, style, "", find_face, lambda _: None)
    return pypdfium2.PdfDocument(write_pdf(edition, Profile.PLAIN, STORE, lambda _: None))


@pytest.mark.parametrize(
    ("style", "design"), [("bulletin", Design(page="A5", text=10)), ("reader", Design(page="JIS-B5", text=11))]
)
def test_lines_stand_on_the_grid_of_the_new_page(style: str, design: Design) -> None:
    document = drawn(designed(style_of(style), design, RUNNING))
    leading = style_of(style).page.leading * design.text
    assert document[1].get_size() == pytest.approx(paper_size(design.page), abs=0.1)
    found = 0
    for at in range(len(document)):
        page = pypdfium2.PdfDocument.new()
        page.import_pages(document, [at])
        page.save(buffer := BytesIO())
        body = [line for line in lines_of(buffer.getvalue(), design.text) if len(line) > 12]
        steps = [(body[0][0].y - line[0].y) / leading for line in body]
        assert [step for step in steps if abs(step - round(step)) * leading > 0.3] == []
        found += len(body)
    assert found > 20


def test_a_running_head_says_what_was_asked_on_every_page_but_the_first() -> None:
    document = drawn(designed(style_of(), Design(running_head="{nameplate}／{date}／{headline}"), RUNNING))
    texts = [page.get_textpage().get_text_bounded().replace(" ", "") for page in document]
    assert '渡口"報\\／' not in texts[0]
    assert all('渡口"報\\／2024年5月12日／' in each for each in texts[1:])
    bare = drawn(designed(style_of(), Design(running_head="-"), RUNNING))
    assert all("渡口街坊報" not in page.get_textpage().get_text_bounded() for page in [*bare][1:-1])


@pytest.mark.parametrize("design", [Design(page="A4"), Design(text=10), Design(columns=3)])
def test_a_newspaper_keeps_its_sheet(design: Design) -> None:
    with pytest.raises(UsageError, match="newspaper has a sheet of its own"):
        designed(style_of("newspaper"), design, RUNNING)


def test_faces_of_the_users_go_before_those_of_the_style() -> None:
    faces = designed(style_of(), Design(faces=DesignFaces(text=("LXGW WenKai",))), RUNNING).faces
    assert faces.stack("text", "zh-Hant")[:2] == ("LXGW WenKai", "Noto Serif CJK TC")
    assert faces.heading == style_of().faces.heading


def test_nothing_asked_is_nothing_changed() -> None:
    assert designed(style_of(), Design(), RUNNING) == style_of()
    assert coloured(style_of(), Design()) == style_of()


def test_an_accent_is_that_of_pages_and_covers() -> None:
    assert "#17406d" in designed(style_of(), Design(accent="#17406d"), RUNNING).sheets["print"][-1].css
    assert "#17406d" in coloured(style_of(), Design(accent="#17406d")).sheets["cover"][-1].css


def front(style: Style) -> Edition:
    return make_up(issue(), Carrier.PRINT, style, "", find_face, print)


@pytest.mark.parametrize("style", ["bulletin", "vertical"])
def test_a_logo_stands_for_the_nameplate(style: str, tmp_path: Path) -> None:
    edition = front(with_logo(style_of(style), picture(tmp_path / "a.png").read_bytes(), "a.png", STORE))
    (media,) = (each for each in edition.media if each.name.startswith("style-"))
    assert media.name in edition.documents[0].images
    assert "渡口街坊報" not in edition.documents[0].text
    assert 'alt="渡口街坊報"' in edition.documents[0].body
    write_pdf(edition, Profile.ACCESSIBLE, STORE, print)


@pytest.mark.parametrize(
    ("raw", "style", "message"),
    [
        (b"no picture", "bulletin", "cannot be used"),
        (b"<html/>", "bulletin", "it is no SVG"),
        (b"<svg", "bulletin", "cannot be used"),
        (b'<!DOCTYPE svg [<!ENTITY a "a">]>' + SVG, "bulletin", "it declares entities"),
        (SVG, "vertical", "give a PNG or a JPEG"),
    ],
)
def test_a_logo_that_is_none_is_refused(raw: bytes, style: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        with_logo(style_of(style), raw, "a.svg", STORE)


@pytest.mark.parametrize("caps", [Caps(pixels=100), Caps(picture_bytes=10)])
def test_a_logo_beyond_the_caps_is_refused(caps: Caps, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"cap {'pixels' if caps.pixels == 100 else 'picture_bytes'}"):
        with_logo(style_of("bulletin"), picture(tmp_path / "a.png").read_bytes(), "a.png", STORE, caps)


def users(folder: Path, css: str) -> bytes:
    (folder / "print.css").write_text(css, "utf-8")
    return pdf_of(
        Issue("渡口報", (Article("渡口", (Paragraph(text(LONG)),), language="zh-Hant"),), "zh-Hant"), str(folder)
    )


@pytest.mark.parametrize("css", ["url(logo.svg)", 'url("logo.svg")', r"url(logo\2e svg)", "url(sub/ear.png)"])
def test_pictures_of_a_styles_folder_are_part_of_the_edition(css: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    (tmp_path / "sub").mkdir()
    picture(tmp_path / "sub" / "ear.png")
    assert users(tmp_path, f".nameplate {{ background: {css}; }}").startswith(b"%PDF")


@pytest.mark.parametrize(
    "css", ["url(nope.svg)", "url(../out.svg)", "url(/etc/passwd)", "url(file:///etc/passwd)", "url(link.svg)"]
)
def test_what_lies_elsewhere_is_no_part_of_a_style(css: str, tmp_path: Path) -> None:
    folder = tmp_path / "style"
    folder.mkdir()
    (tmp_path / "out.svg").write_bytes(SVG)
    (folder / "link.svg").symlink_to(tmp_path / "out.svg")
    with pytest.raises(NewsbookError):
        users(folder, f".nameplate {{ background: {css}; }}")


def test_a_picture_of_a_style_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(b"<svg")
    (tmp_path / "print.css").write_text(".flag { background: url(logo.svg) }", "utf-8")
    with pytest.raises(UsageError, match=r"logo\.svg cannot be used"):
        load_style(str(tmp_path), STORE)


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("a4", (595, 842)),
        ("jis b5", (516, 729)),
        ("ISO_B5", (499, 709)),
        ("tabloid", (792, 1224)),
        ("8.5x11in", (612, 792)),
        ("185 × 260 mm", (524, 737)),
    ],
)
def test_papers(paper: str, size: tuple[int, int]) -> None:
    assert tuple(round(side) for side in paper_size(paper)) == size


@pytest.mark.parametrize("paper", ["", "B5", "A9", "10x10mm", "9999x9999mm", "185x260", "x", "1e9x2mm", "-5x9cm"])
def test_what_is_no_paper(paper: str) -> None:
    with pytest.raises(ValueError, match="write"):
        paper_size(paper)
