"""Writing a PDF: its pages, bookmarks and language, its text in order, and nothing taken from outside the edition."""

import io
import os
import re
import subprocess
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from glyphs import lines_of, words
from issues import LONG, article, issue, picture, text
from newsbook.assets import styles
from newsbook.diagnostics import Code, Diagnostic, UsageError, ValidationError
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Crosshead, Edition, Figure, Issue, Mark, Media, Paragraph, Span, Stylesheet
from newsbook.writers.pdf import Profile, write_pdf
from newsbook.writers.pdf.check import check
from plain import bare, is_subsequence, pdftotext, strings_of
from stores import STORE, put, style_of
from tools import require

VERAPDF = Path(__file__).parents[3] / "shared" / "tools" / "verapdf" / "verapdf"


def made_up(subject: Issue) -> Edition:
    found: list[Diagnostic] = []
    edition = make_up(subject, Carrier.PRINT, style_of(), "newsbook 0", find_face, found.append)
    assert found == []
    return edition


def written(edition: Edition, profile: Profile = Profile.PLAIN) -> bytes:
    found: list[Diagnostic] = []
    pdf = write_pdf(edition, profile, STORE, found.append)
    assert found == []
    return pdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def with_picture(folder: Path) -> Issue:
    path = picture(folder / "a.jpg")
    media = Media("a.jpg", "image/jpeg", 300, 200, put(path))
    story = Article(
        "涼亭換新", (Paragraph(text(LONG)), Figure(text("涼亭。"), "林小舟攝", "a.jpg")), language="zh-Hant"
    )
    return replace(issue(article(), story), media=(media,))


def test_the_file_says_what_it_is() -> None:
    with opened(written(made_up(issue()))) as pdf:
        assert pdf.Root.Lang == "zh-Hant"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.Title).startswith("渡口街坊報")
        assert pdf.docinfo.Author == "林小舟"
        with pdf.open_outline() as outline:
            assert "渡口老街開了小書房" in [entry.title for entry in outline.root]


@pytest.mark.tool
def test_every_string_is_extracted_in_order(tmp_path: Path) -> None:
    require("pdftotext")
    subject = issue(article(), article("第二篇", "zh-Hans"))
    (tmp_path / "out.pdf").write_bytes(written(made_up(subject)))
    extracted = bare(pdftotext(tmp_path / "out.pdf"))
    for story in subject.articles:
        # Readings are set above their bases, which no two programs put into one order.
        strings = [bare(string) for string in strings_of(story) if "tiânn" not in string]
        assert is_subsequence("".join(strings), extracted)


def test_contents_lead_to_their_pages() -> None:
    subject = issue(*(replace(article(), headline=f"第{n}篇") for n in "一二三"))
    with opened(written(made_up(subject))) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", ()) if "/Dest" in note or "/A" in note]
        inner = [note for note in links if "/URI" not in note.get("/A", {})]
        assert len(inner) >= len(subject.articles)


def test_links_are_named_for_what_they_lead_to() -> None:
    subject = issue(*(replace(article(), headline=f"第{n}篇") for n in "一二三"))
    with opened(written(made_up(subject), Profile.ACCESSIBLE)) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", ()) if "/Dest" in note]
        assert {str(note.Contents) for note in notes} >= {"第一篇", "第二篇", "第三篇"}
        assert not [note for note in notes if str(note.Contents) == str(note.Dest)]


def test_a_link_is_one_whatever_stands_in_it() -> None:
    words_ = (Span("詳見 PDF 與 "), Span("EPUB 本", marks=(Mark.STRONG,), href="https://example.org/"))
    subject = issue(Article("題", (Paragraph(words_),), language="zh-Hant"))
    with opened(written(made_up(subject))) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", ()) if "/URI" in note.get("/A", {})]
        assert [str(note.A.URI) for note in notes] == ["https://example.org/"]


def test_a_figure_without_picture_is_a_frame_that_says_so() -> None:
    subject = issue(Article("題", (Figure(text("涼亭。"), "林小舟攝"),), language="zh-Hant"))
    pdf = written(made_up(subject))
    assert any("圖片未隨稿提供" in words(line) for size in (8, 8.5, 9, 9.5, 10) for line in lines_of(pdf, size))


def test_the_picture_is_in_the_file(tmp_path: Path) -> None:
    with opened(written(made_up(with_picture(tmp_path)))) as pdf:
        images = {image.objgen: image for page in pdf.pages for image in page.get_images().values()}
        assert [(int(image.Width), int(image.Height)) for image in images.values()] == [(300, 200)]


def test_body_and_crossheads_stand_on_one_grid() -> None:
    body = (Paragraph(text(LONG * 3)), Crosshead(text("涼亭")), Paragraph(text(LONG * 4))) * 2
    lines = lines_of(written(made_up(issue(Article("題", body, language="zh-Hant")))), 12)
    phases = {round(line[0].y % 20, 1) for line in lines if len(line) > 20}
    assert len(phases) == 1


def test_every_face_is_embedded_and_named_for_what_it_is() -> None:
    with opened(written(made_up(issue()))) as pdf:
        names = {
            str(item.FontName) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert names
    assert any(re.search("Serif-?CJK", name) for name in names)


def test_a_style_cannot_reach_outside_the_edition() -> None:
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/x.png", "https://example.org/x.png"):
        reaching = Stylesheet("user.css", f"body {{ background: url({address}) }}")
        edition = made_up(issue())
        with pytest.raises(UsageError, match="only what the edition holds"):
            written(replace(edition, stylesheets=(*edition.stylesheets, reaching)))


def test_what_the_engine_does_not_understand_is_a_finding() -> None:
    edition = made_up(issue())
    odd = Stylesheet("user.css", "p { flavour: salty }")
    found: list[Diagnostic] = []
    write_pdf(replace(edition, stylesheets=(*edition.stylesheets, odd)), Profile.PLAIN, STORE, found.append)
    assert [finding.code for finding in found] == [Code.ENGINE_MESSAGE]
    assert "flavour" in found[0].message


def test_a_file_that_is_not_whole_is_refused() -> None:
    edition = made_up(issue())
    pdf = written(edition)
    with pytest.raises(ValidationError, match="cannot be opened"):
        check(pdf[:300], edition, Profile.PLAIN)
    more = replace(edition, documents=edition.documents * 9)
    with pytest.raises(ValidationError, match="bookmarks"):
        check(pdf, more, Profile.PLAIN)
    with opened(pdf) as file:
        del file.Root.Lang
        buffer = io.BytesIO()
        file.save(buffer)
    with pytest.raises(ValidationError, match="no language"):
        check(buffer.getvalue(), edition, Profile.PLAIN)


def test_the_check_knows_what_was_asked_for() -> None:
    edition = made_up(issue())
    pdf = written(edition)
    with pytest.raises(ValidationError, match="PDF/UA-1"):
        check(pdf, edition, Profile.ACCESSIBLE)
    with pytest.raises(ValidationError, match="upright"):
        check(pdf, replace(edition, is_vertical=True), Profile.PLAIN)
    check(written(edition, Profile.ACCESSIBLE), edition, Profile.ACCESSIBLE)


@pytest.mark.parametrize("lost", ["陳", "が", "댁", "7"])
def test_the_check_misses_a_cell_that_is_on_no_page(lost: str) -> None:
    edition = made_up(issue())
    more = tuple(replace(item, story=f"{item.story}{lost}") for item in edition.documents)
    with pytest.raises(ValidationError, match="characters of its stories are on no page"):
        check(written(edition), replace(edition, documents=more), Profile.PLAIN)


def test_a_compatibility_character_is_on_the_page_that_shows_its_like() -> None:
    odd = replace(issue().articles[0], body=(Paragraph(text("⼈山⼈海，人山人海；㎞，１２，12，ｶﾞ，가각。")),))
    assert written(made_up(replace(issue(), articles=(odd,))))


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    edition = made_up(with_picture(tmp_path))
    assert written(edition) == written(edition)


@pytest.mark.skipif(not VERAPDF.exists(), reason="veraPDF is not part of newsbook, and was not found beside it")
def test_the_accessible_profile_conforms_to_pdf_ua_in_every_style(tmp_path: Path) -> None:
    subject = with_picture(tmp_path)
    # In a vertical column the day stands in a box of its own inside the link to the story.
    dated = replace(subject, articles=(replace(subject.articles[0], headline="5月16日的 PDF"), *subject.articles[1:]))
    for style, language in zip(styles(), cycle(["zh-Hant", "zh-Hans"]), strict=False):
        edition = make_up(
            replace(dated, language=language), Carrier.PRINT, style_of(style), "newsbook 0", find_face, print
        )
        (tmp_path / f"{style}.pdf").write_bytes(write_pdf(edition, Profile.ACCESSIBLE, STORE, print))
    paths = sorted(tmp_path.glob("*.pdf"))
    done = subprocess.run([VERAPDF, "ua1", *paths], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.stdout.count("PASS") == len(styles()), done.stdout
