"""Issues as e-books: alone, bound into volumes, by month, article by article; their covers, pages and fonts."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image, ImageChops

from issues import article, issue, picture, text
from making import bound, epub_of, lone, pdf_of, quiet
from newsbook.assets import styles
from newsbook.binding import bind_volume, by_month
from newsbook.diagnostics import Code, Diagnostic, Exit, UsageError
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, embedding, make_up
from newsbook.model import Article, Figure, Genre, Issue, Media, Paragraph, Source, Span, Volume
from newsbook.native import dump
from newsbook.project import Facts, Output
from plain import bare, strings_of
from stores import STORE, put, style_of
from tools import require
from typefaces import draw_font
from writers.epub_tools import DC, body_text, epubcheck, tree, unzipped

ROOT = Path(__file__).parent.parent
NOTHING = Facts()


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(picture(tmp_path_factory.mktemp("cover") / "cover.png"))


def made(subject: Issue | Volume, output: Output) -> bytes:
    return epub_of(subject, output)


def said(book: bytes, name: str) -> list[str | None]:
    """Return the values of a Dublin Core element or of a meta property."""
    package = tree(book, "content.opf")
    found = [*package.iter(f"{DC}{name}"), *package.iterfind(f".//{{*}}meta[@property='{name}']")]
    return [node.text for node in found]


def contents(book: bytes) -> list[tuple[int, str, str]]:
    """Return the lines of the navigation document: how deep they stand, what they say, where they lead."""
    lists = tree(book, "nav.xhtml").iterfind(".//{*}nav[@id='toc']//{*}li")
    depths = ((len([*item.iterancestors("{*}ol")]), item[0]) for item in lists)
    return [(depth, "".join(map(str, line.itertext())), line.get("href", "")) for depth, line in depths]


def dated(day: str, section: str = "") -> Article:
    """Return a short article of a day."""
    return Article(f"記{day}", (Paragraph(text("早市開張。")),), published=day, section=section, language="zh-Hant")


# --- an issue


def test_an_issue_is_a_number_of_its_series(cover: str) -> None:
    book = made(issue(), Output(cover=cover))
    assert said(book, "belongs-to-collection") == ["渡口街坊報"]
    assert said(book, "collection-type") == ["series"]
    assert said(book, "group-position") == ["12"]


def test_a_number_in_words_has_no_position(cover: str) -> None:
    book = made(replace(issue(), number="增刊"), Output(cover=cover))
    assert said(book, "belongs-to-collection") == ["渡口街坊報"]
    assert said(book, "group-position") == []


def test_sections_stand_above_their_articles(cover: str) -> None:
    stories = (dated("2024-05-01"), dated("2024-05-02", section="街坊"), dated("2024-05-03", section="街坊"))
    book = made(issue(*stories), Output(cover=cover))
    assert contents(book) == [
        (1, "本期目錄", "front.xhtml"),
        (1, "記2024-05-01", "a001.xhtml"),
        (1, "街坊", ""),
        (2, "記2024-05-02", "a002.xhtml"),
        (2, "記2024-05-03", "a003.xhtml"),
        (1, "稿源一覽 · 本刊版記", "back.xhtml"),
    ]
    depth = tree(book, "toc.ncx").find(".//{*}meta[@name='dtb:depth']")
    assert depth is not None
    assert depth.get("content") == "2"


def test_people_are_filed_and_indexed(cover: str) -> None:
    book = made(issue(article(), article("二")), Output(cover=cover))
    assert said(book, "creator") == ["渡口街坊會"]
    assert said(book, "contributor") == ["林小舟", "許一帆"]
    assert said(book, "file-as") == ["林小舟", "許一帆"]
    assert said(book, "role") == ["pbl", "isb", "aut", "edt"]
    rows = [[*map(str, item.itertext())] for item in tree(book, "people.xhtml").iter("{*}li")]
    assert [bare("".join(row)) for row in rows] == ["林小舟渡口老街開了小書房二", "許一帆渡口老街開了小書房二"]


def test_sources_say_how_the_text_came_from_there(cover: str) -> None:
    source = Source(outlet="渡口街坊網", url="https://example.org/a", retrieved="2024-05-06", sha256="a" * 64)
    book = made(issue(replace(article(), source=source)), Output(cover=cover))
    assert said(book, "source") == ["https://example.org/a"]
    assert said(book, "dcterms:provenance") == [f"渡口街坊網 · 擷取 2024年5月6日 · SHA-256 {'a' * 64}"]


def shown(folder: Path, alt: str) -> Issue:
    media = Media("a001-1.png", "image/png", 300, 200, put(picture(folder / "a001-1.png")))
    body = (Figure(text("書房一角。"), image="a001-1.png", alt=alt),)
    return replace(issue(Article("題", body, language="zh-Hant")), media=(media,))


def test_words_for_pictures_are_claimed_where_every_picture_has_them(tmp_path: Path, cover: str) -> None:
    without, described = (made(shown(tmp_path, alt), Output(cover=cover)) for alt in ("", "長桌邊坐著七個孩子"))
    assert "alternativeText" not in said(without, "schema:accessibilityFeature")
    assert said(without, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" in said(described, "schema:accessibilityFeature")
    assert said(described, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert said(without, "schema:accessibilitySummary") != said(described, "schema:accessibilitySummary")
    assert b'alt="\xe9\x95\xb7\xe6\xa1\x8c' in unzipped(described)["EPUB/a001.xhtml"]


@pytest.mark.parametrize("alt", ["", "長桌邊坐著七個孩子"])
def test_a_picture_without_words_for_it_is_a_finding(tmp_path: Path, alt: str) -> None:
    picture(tmp_path / "one.png")
    body = (Figure(text("書房一角。"), image="one.png", alt=alt),)
    (tmp_path / "page.json").write_bytes(dump(Article("題", body, language="zh-Hant")))
    found: list[Diagnostic] = []
    bound((tmp_path / "page.json",), report=found.append)
    assert [finding.code for finding in found] == ([] if alt else [Code.ALT_TEXT_UNKNOWN])


@pytest.mark.parametrize(
    ("style", "language", "ways"),
    [
        ("vertical", "zh-Hant", ["verticalWriting"]),
        ("bulletin", "ja", ["horizontalWriting"]),
        ("bulletin", "en", []),
    ],
)
def test_the_way_of_the_lines_is_stated_where_there_are_two(
    cover: str, style: str, language: str, ways: list[str]
) -> None:
    book = made(replace(issue(article()), language=language), Output(style=style, cover=cover))
    features = said(book, "schema:accessibilityFeature")
    assert [feature for feature in features if feature and feature.endswith("Writing")] == ways


def test_an_index_is_stated_where_there_is_one(cover: str) -> None:
    nobody = Article("題", (Paragraph(text("早市。")),), language="zh-Hant")
    with_index, without = (made(issue(story), Output(cover=cover)) for story in (article(), nobody))
    assert "index" in said(with_index, "schema:accessibilityFeature")
    assert "index" not in said(without, "schema:accessibilityFeature")


def test_words_in_another_language_are_marked(cover: str) -> None:
    story = Article("讀「ひかり」", (Paragraph((Span("나루터 골목的燈"),)),), language="zh-Hant")
    page = tree(made(issue(story), Output(cover=cover)), "a001.xhtml")
    marked = {(node.get("lang"), node.text) for node in page.iter("{*}span") if node.get("lang")}
    assert marked == {("ja", "ひかり"), ("ko", "나루터 골목")}


# --- styles


def sheets(style: str) -> str:
    """Return the style sheets of an e-book in a style, without their comments."""
    whole = "".join(sheet.css for kind in ("base", "ebook") for sheet in style_of(style).sheets[kind])
    return re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)


@pytest.mark.parametrize("style", styles())
def test_no_style_fights_the_readers_own_face_size_and_ground(style: str) -> None:
    """No face; sizes that grow with the reader's; no ground, so that a page may be read in white on black."""
    sheet = sheets(style)
    assert not re.findall(r"font-family|font:|background", sheet)
    assert set(re.findall(r"[\s;{]color:\s*([^;}]+?)\s*[;}]", sheet)) <= {"inherit", "#c8161d"}
    sized = re.findall(r"(?:font-size|text-indent):\s*([^;}]+)", sheet)
    assert all(re.fullmatch(r"-?[\d.]*(em)?|inherit", size.strip()) for size in sized), sized
    assert not re.search(r"(?:body|\.paragraph)[^{}]*\{[^}]*font-size", sheet)


def test_nothing_in_large_print_is_smaller_than_what_the_reader_set(cover: str) -> None:
    """The last rule for a class wins; only readings and what is raised or lowered are smaller than their base."""
    del cover
    sizes: dict[str, float] = {}
    for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", sheets("large-print")):
        for selector in selectors.split(","):
            if size := re.search(r"font-size:\s*([\d.]+)em", rules):
                sizes[selector.strip()] = float(size[1])
    assert {selector for selector, size in sizes.items() if size < 1} == {"rt", "sub", "sup"}


@pytest.mark.parametrize("style", styles())
def test_every_style_makes_an_e_book(style: str) -> None:
    book = made(issue(), Output(style=style))
    for string in strings_of(article()):
        assert bare(string) in bare(body_text(book, "a001"))
    with Image.open(io.BytesIO(unzipped(book)["EPUB/cover.jpg"])) as drawn:
        assert drawn.size == (1600, 2560)


@pytest.mark.parametrize(
    ("nameplate", "is_stacked"),
    [("渡口街坊報", True), ("市聲", True), ("Harbour Street Gazette", False), ("渡口老街與早市及碼頭街坊報", False)],
)
def test_only_a_short_name_of_wide_characters_is_stacked_on_a_cover(nameplate: str, is_stacked: bool) -> None:  # noqa: FBT001 - a column of the table above.

    edition = make_up(replace(issue(), nameplate=nameplate), Carrier.COVER, style_of("vertical"), "", find_face, quiet)
    assert ('class="cover stacked' in edition.documents[0].body) is is_stacked


def test_columns_from_the_right_turn_pages_from_the_right(cover: str) -> None:
    for style, way in (("vertical", "rtl"), ("reader", "ltr")):
        spine = tree(made(issue(), Output(style=style, cover=cover)), "content.opf").find("{*}spine")
        assert spine is not None
        assert spine.get("page-progression-direction") == way


def test_short_figures_stand_upright_in_columns(cover: str) -> None:
    story = Article("5月12日", (Paragraph((Span("路燈120盞，3.5元，12日開。"),)),), language="zh-Hant")
    upright = [
        [node.text for node in tree(made(issue(story), Output(style=style, cover=cover)), "a001.xhtml").iter("{*}span")]
        for style in ("vertical", "bulletin")
    ]
    assert upright == [["5", "12", "12"], []]


def test_a_users_style_may_have_a_sheet_for_e_books_only(tmp_path: Path, cover: str) -> None:
    (tmp_path / "ebook.css").write_text(".paragraph { text-indent: 3em }")
    book = made(issue(), Output(style=str(tmp_path), cover=cover))
    sheets = [data for name, data in unzipped(book).items() if name.endswith(".css")]
    assert sheets[-1] == b".paragraph { text-indent: 3em }"


# --- collections


def test_a_volume_has_its_issues_and_their_articles(cover: str) -> None:
    first = replace(issue(dated("2024-05-01", section="街坊"), dated("2024-05-02")), number="1", date="2024-05-02")
    second = replace(issue(dated("2024-06-01")), number="2", date="2024-06-01")
    book = made(bind_volume((first, second), NOTHING), Output(cover=cover))
    assert said(book, "title") == ["渡口街坊報 2024年"]
    assert said(book, "date") == ["2024-06-01"]
    assert contents(book)[1:-1] == [
        (1, "第1期 2024年5月2日", "i01-front.xhtml"),
        (2, "街坊", ""),
        (3, "記2024-05-01", "i01-a001.xhtml"),
        (2, "記2024-05-02", "i01-a002.xhtml"),
        (1, "第2期 2024年6月1日", "i02-front.xhtml"),
        (2, "記2024-06-01", "i02-a001.xhtml"),
    ]


def test_pictures_of_two_issues_with_one_name_are_both_in_the_volume(tmp_path: Path, cover: str) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    one, two = (shown(folder, "") for folder in folders)
    files = unzipped(made(bind_volume((one, two), NOTHING), Output(cover=cover)))
    assert {name for name in files if "images/" in name} == {
        "EPUB/images/i01-a001-1.png",
        "EPUB/images/i02-a001-1.png",
    }


def test_a_year_stands_by_month_and_what_has_no_date_behind(cover: str) -> None:
    days = ("2024-02-03", "", "2024-01-20", "2023-12-31", "2024-01-05")
    book = made(by_month(replace(issue(*map(dated, days)), number="", date="2024-02-03")), Output(cover=cover))
    assert said(book, "title") == ["渡口街坊報 2023年–2024年"]
    assert [(depth, title) for depth, title, _ in contents(book)[1:-1]] == [
        (1, "2023年12月"),
        (2, "記2023-12-31"),
        (1, "2024年1月"),
        (2, "記2024-01-05"),
        (2, "記2024-01-20"),
        (1, "2024年2月"),
        (2, "記2024-02-03"),
        (1, "日期不詳"),
        (2, "記"),
    ]


def test_the_house_s_own_matter_is_of_no_month_and_no_book_of_its_own(cover: str) -> None:
    own = (("卷首語", Genre.FOREWORD), ("啟事", Genre.NOTICE), ("編輯室", Genre.STAFF))
    foreword, *rest = (replace(dated(""), headline=headline, genre=genre) for headline, genre in own)
    subject = issue(foreword, dated("2024-02-03"), dated("2024-01-05"), *rest)
    book = made(by_month(replace(subject, number="", date="2024-02-03")), Output(cover=cover))
    assert [title for _, title, _ in contents(book)[1:-1]] == [
        "2024年1月", "卷首語", "記2024-01-05", "2024年2月", "記2024-02-03", "啟事", "編輯室",
    ]  # fmt: skip
    assert [said(lone(subject, number), "title") for number in (1, 2)] == [["記2024-02-03"], ["記2024-01-05"]]
    with pytest.raises(IndexError):
        lone(subject, 3)


def test_a_lone_article_is_part_of_the_set_that_its_issue_is(cover: str) -> None:
    book = lone(issue(dated("2024-05-01"), dated("2024-05-02")), 2, Output(cover=cover))
    assert said(book, "title") == ["記2024-05-02"]
    assert said(book, "belongs-to-collection") == ["渡口街坊報 第12期 2024年5月7日"]
    assert said(book, "collection-type") == ["set"]
    assert said(book, "group-position") == ["2"]
    assert [name for name in unzipped(book) if re.search(r"/a\d", name)] == ["EPUB/a001.xhtml"]


def test_every_book_has_an_identifier_of_its_own(cover: str) -> None:
    stories = (dated("2024-05-01"), dated("2024-05-02"))
    books = [
        made(issue(*stories), Output(cover=cover)),
        made(bind_volume((issue(*stories),), NOTHING), Output(cover=cover)),
    ]
    books += (lone(issue(*stories), number, Output(cover=cover)) for number in (1, 2))
    assert len({tuple(said(book, "identifier")) for book in books}) == len(books)


# --- covers


def cover_of(book: bytes) -> Image.Image:
    return Image.open(io.BytesIO(unzipped(book)["EPUB/cover.jpg"]))


def test_the_users_picture_becomes_the_cover_whole(tmp_path: Path) -> None:
    wide = picture(tmp_path / "wide.png", (800, 400), "#ff0000")
    assert cover_of(made(issue(), Output(cover=str(wide)))).size == (1600, 800)
    clear = tmp_path / "clear.png"
    Image.new("RGBA", (100, 400), (0, 0, 0, 0)).save(clear)
    drawn = cover_of(made(issue(), Output(cover=str(clear))))
    assert drawn.size == (640, 2560)
    assert drawn.getpixel((300, 1000)) == (255, 255, 255)


@pytest.mark.parametrize("raw", [b"", b"no picture"])
def test_a_cover_that_is_no_picture_is_refused_in_a_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "cover.jpg").write_bytes(raw)
    with pytest.raises(UsageError, match=r"the cover .*cover\.jpg cannot be used"):
        made(issue(), Output(cover=str(tmp_path / "cover.jpg")))
    with pytest.raises(UsageError, match=r"gone\.jpg does not exist"):
        made(issue(), Output(cover=str(tmp_path / "gone.jpg")))


def ink(drawn: Image.Image) -> float:
    """Return which part of a picture is dark."""
    grey = drawn.convert("L")
    return sum(grey.histogram()[:128]) / (grey.width * grey.height)


@pytest.mark.parametrize(
    "nameplate", ["報", "渡口街坊報", "云汀市渡口街道新时代文明实践简报", "The Harbour Street Gazette"]
)
def test_a_drawn_cover_shows_name_and_number_on_a_shelf(nameplate: str) -> None:
    """As a thumbnail of 100 × 160 there is dark ink where both stand, and none at the edges."""
    drawn = cover_of(made(replace(issue(), nameplate=nameplate), Output())).resize((100, 160), Image.Resampling.LANCZOS)
    other = cover_of(made(replace(issue(), nameplate=nameplate, number="38"), Output())).resize((100, 160))
    assert ink(drawn.crop((5, 5, 95, 50))) > 0.05
    assert ink(drawn.crop((0, 0, 3, 160))) == ink(drawn.crop((97, 0, 100, 160))) == 0
    difference = ImageChops.difference(drawn, other.convert(drawn.mode)).convert("L")
    assert sum(difference.histogram()[60:]) > 20


@pytest.mark.parametrize("style", styles())
@pytest.mark.parametrize("headline", ["渡口街坊報：" * 30, "Harbour lights return after thirty years, 12 of them dark"])
def test_a_drawn_cover_is_one_page_whatever_stands_on_it(style: str, headline: str) -> None:
    """What does not go on the page would begin another, and be lost."""
    import pypdfium2

    from newsbook.writers.pdf import Profile, write_pdf

    subject = replace(issue(*(article(headline) for _ in range(4))), nameplate="市聲報", publisher="渡口街坊會")
    edition = make_up(subject, Carrier.COVER, style_of(style), "", find_face, quiet)
    pages = pypdfium2.PdfDocument(write_pdf(edition, Profile.PLAIN, STORE, quiet))
    assert len(pages) == 1
    words = bare(pages[0].get_textpage().get_text_bounded())
    assert "市聲報" in words
    assert bare(headline)[:6] in words


# --- pages


def test_pages_are_those_of_the_printed_edition(tmp_path: Path, cover: str) -> None:
    import pypdfium2

    words = [f"第{number}日，渡口老街的早市開張，第{number}攤賣豆花的陳阿婆第{number}個到。" for number in range(400)]
    story = Article("長", tuple(Paragraph(text(line)) for line in words), language="zh-Hant")
    subject = issue(article(), story)
    pdf = pdf_of(subject)
    (tmp_path / "print.pdf").write_bytes(pdf)
    book = made(subject, Output(cover=cover, pages=str(tmp_path / "print.pdf")))
    printed = pypdfium2.PdfDocument(pdf)
    listed = [*tree(book, "nav.xhtml").iterfind(".//{*}nav[@id='page-list']//{*}a")]
    assert [node.text for node in listed] == [str(number) for number in range(1, len(printed) + 1)]
    assert len(printed) > 8
    for node, page in list(zip(listed, printed, strict=True))[3:-1]:
        name, _, anchor = node.get("href", "").partition("#")
        assert begins_with(book, name, anchor) in bare(page.get_textpage().get_text_bounded())[:120]
    assert said(book, "pageBreakSource") == ["渡口街坊報 第12期 2024年5月7日 (PDF)"]
    assert {"pageBreakMarkers", "pageNavigation"} <= {*said(book, "schema:accessibilityFeature")}
    assert len([*tree(book, "toc.ncx").iter("{*}pageTarget")]) == len(printed)


def begins_with(book: bytes, name: str, anchor: str) -> str:
    """Return the first words behind an anchor."""
    page = unzipped(book)[f"EPUB/{name}"].decode().partition(f'id="{anchor}"')[2].partition("</span>")[2]
    return bare(re.sub("<[^>]*>", "", page))[:12]


def test_the_pages_of_another_issue_are_refused(tmp_path: Path, cover: str) -> None:
    other = Article(
        "別", tuple(Paragraph(text(f"豆腐店第{number}回開門。")) for number in range(300)), language="zh-Hant"
    )
    (tmp_path / "other.pdf").write_bytes(pdf_of(issue(other)))
    with pytest.raises(UsageError, match="of another issue"):
        made(issue(), Output(cover=cover, pages=str(tmp_path / "other.pdf")))
    with pytest.raises(UsageError, match="no PDF"):
        made(issue(), Output(cover=cover, pages=cover))


# --- fonts


@pytest.fixture(scope="module")
def with_fonts(cover: str) -> bytes:
    return made(issue(), Output(cover=cover, embed_fonts=True))


def test_fonts_come_along_with_just_the_characters_in_use(with_fonts: bytes) -> None:
    from fontTools.ttLib import TTFont

    files = unzipped(with_fonts)
    fonts = {name: TTFont(io.BytesIO(data)) for name, data in files.items() if "fonts/" in name}
    assert len(fonts) >= 3
    text_font = fonts["EPUB/fonts/noto-serif-cjk-tc-regular.otf"]
    used = {c for name in files if name.endswith("xhtml") for c in files[name].decode()}
    assert set(map(chr, text_font.getBestCmap())) <= used
    assert set(bare("".join(strings_of(article())))) <= set(map(chr, text_font.getBestCmap())) | set("ì")
    assert "vert" in {record.FeatureTag for record in text_font["GSUB"].table.FeatureList.FeatureRecord}


def test_fonts_are_named_licensed_and_told_to_apple(with_fonts: bytes) -> None:
    files = unzipped(with_fonts)
    sheet = files["EPUB/styles/fonts.css"].decode()
    assert {f"EPUB/fonts/{name}" for name in re.findall(r"fonts/([\w.-]+)", sheet)} == {
        name for name in files if "fonts/" in name
    }
    licence = body_text(with_fonts, "licence")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Noto Serif CJK TC Regular" in licence
    assert "Adobe" in licence
    assert "DISCLAIMER" in licence
    options = etree.fromstring(files["META-INF/com.apple.ibooks.display-options.xml"])
    assert options.findtext(".//option[@name='specified-fonts']") == "true"


DUKOU = ["dukou-regular.ttf"]


@pytest.mark.parametrize(("bits", "names"), [(0, DUKOU), (0x0002, []), (0x0006, DUKOU), (0x0200, []), (0x0100, DUKOU)])
def test_a_font_comes_along_as_far_as_its_makers_allow(tmp_path: Path, bits: int, names: list[str]) -> None:
    """What a refused font would have set, the next one of the style sets; what may not be cut comes whole."""
    draw_font(tmp_path / "fonts" / "dukou.ttf", "Dukou", "渡口早市", embedding=bits)
    (tmp_path / "style.toml").write_text('[faces.text]\nzh-Hant = ["Dukou", "Noto Serif CJK TC"]\n')
    found: list[Diagnostic] = []
    plain = make_up(issue(), Carrier.EBOOK, style_of(), "", find_face, found.append)
    edition = embedding.with_fonts(plain, style_of(str(tmp_path)), STORE, found.append)
    assert [font.name for font in edition.fonts if "dukou" in font.name] == names
    refused = ["the face Dukou is not embedded: its makers do not allow it."]
    assert [finding.message for finding in found] == ([] if names else refused)
    assert {finding.code for finding in found} <= {Code.FACE_NOT_EMBEDDED}
    sheet = next(sheet.css for sheet in edition.stylesheets if sheet.name == "fonts.css")
    assert ('"Dukou"' in sheet) == bool(names)
    if bits == 0x0100:
        (data,) = (font.data for font in edition.fonts if "dukou" in font.name)
        assert data == (tmp_path / "fonts" / "dukou.ttf").read_bytes()


# --- the judge


@pytest.mark.tool
def test_epubcheck_has_nothing_to_say_of_a_column_of_everything(tmp_path: Path) -> None:
    require("java")
    book = made(
        bind_volume((shown(tmp_path, ""), issue(article(), article("二", "ja"))), NOTHING), Output(style="vertical")
    )
    (tmp_path / "volume.epub").write_bytes(book)
    assert epubcheck(tmp_path / "volume.epub") == ()


# --- the command line


def newsbook(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **env}
    command = [sys.executable, "-m", "newsbook", "epub", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment)


def laid_down(folder: Path, names: list[str]) -> Path:
    """Copy the example's files into a folder, one after the other in this order."""
    folder.mkdir(parents=True)
    for name in names:
        shutil.copyfile(ROOT / "examples" / "bulletin" / name, folder / name)
    return folder


@pytest.mark.parametrize("extra", [("--style", "vertical", "--embed-fonts"), ("--volume",), ("--by-month",)])
def test_zone_folder_seed_locale_mask_and_file_order_do_not_show(tmp_path: Path, extra: tuple[str, ...]) -> None:
    names = sorted(path.name for path in (ROOT / "examples" / "bulletin").iterdir())
    books = set()
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # What Python decodes as ASCII.
    here = {"TZ": "Asia/Taipei", "PYTHONHASHSEED": "1", **plain}
    there = {"TZ": "America/Lima", "PYTHONHASHSEED": "2", "LC_ALL": "zh_TW.UTF-8"}
    for place, order, mask, workers, machine in (
        ("a", names, 0o077, "0", here),
        ("b/c", names[::-1], 0o002, "2", there),
    ):
        folder = laid_down(tmp_path / place / "in", order)
        kept = os.umask(mask)
        try:
            done = newsbook(str(folder), "-o", "out.epub", "-j", workers, *extra, cwd=folder.parent, **machine)
        finally:
            os.umask(kept)
        assert done.returncode == Exit.OK, done.stderr
        books.add((folder.parent / "out.epub").read_bytes())
    assert len(books) == 1


def test_articles_go_into_a_folder_one_by_one(tmp_path: Path) -> None:
    folder = laid_down(tmp_path / "in", ["1-lanterns.txt", "4-library.json", "4-library.1.jpg"])
    done = newsbook(str(folder), "--individual", "-o", "out", "--report", "out.json", cwd=tmp_path)
    assert done.returncode == Exit.OK, done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name[:2] for name in names] == ["1 ", "2 "]
    assert all(name.endswith(".epub") for name in names)
    assert all(name in (tmp_path / "out.json").read_text("utf-8") for name in names)
    assert all(f"{name}: 1 article\n".encode() in done.stderr for name in names)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("in", "--volume", "--pages", "x.pdf"), Exit.USAGE, "--pages is for one issue"),
        (("in", "--cover", "in/x.png", "-o", "in/x.png"), Exit.USAGE, "x.png”, which is read"),
        (("in", "--individual", "-o", "file"), Exit.OUTPUT, "is a file; name a folder"),
        (("in", "--individual", "-o", "one.epub"), Exit.USAGE, "each article is a book of its own; name a folder"),
        (("in", "--individual", "--index"), Exit.USAGE, "--index is for an issue or a volume"),
        (("in", "--individual", "-o", "-"), Exit.OUTPUT, "several files cannot go to standard output"),
        (("gone", "nothing", "--volume"), Exit.INPUT, "there is no issue in what was given"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, arguments: tuple[str, ...], code: Exit, words: str) -> None:
    laid_down(tmp_path / "in", ["1-lanterns.txt"])
    picture(tmp_path / "in" / "x.png")
    (tmp_path / "file").touch()
    done = newsbook(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr.decode("utf-8")


def test_a_volume_is_made_without_an_issue_that_cannot_be_read(tmp_path: Path) -> None:
    laid_down(tmp_path / "in", ["1-lanterns.txt"])
    done = newsbook("in", "gone", "--volume", "-o", "out.epub", cwd=tmp_path)
    assert done.returncode == Exit.PROBLEMS
    assert "article-unusable" in done.stderr.decode("utf-8")
    assert (tmp_path / "out.epub").exists()
