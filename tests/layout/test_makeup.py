"""Make-up: finished XHTML for each carrier, everything of the model in it, and nothing that was not said."""

import re
from pathlib import Path

import pytest
from lxml import etree

from issues import LONG, article, issue, text
from newsbook.assets import root, styles
from newsbook.diagnostics import Code, Diagnostic, UsageError
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.layout.templates import is_link
from newsbook.model import (
    Article,
    CellSpan,
    Credit,
    Edition,
    Figure,
    Genre,
    Issue,
    Media,
    Paragraph,
    Rank,
    Role,
    Source,
    Space,
    Span,
    Table,
    set_cells,
)
from plain import strings_of
from stores import style_of

CARRIERS = list(Carrier)


def made(subject: Issue, carrier: Carrier) -> Edition:
    found: list[Diagnostic] = []
    edition = make_up(subject, carrier, style_of(), "newsbook 0", find_face, found.append)
    assert not found
    return edition


def parsed(body: str) -> etree._Element:
    return etree.fromstring(f'<r xmlns:epub="http://www.idpf.org/2007/ops">{body}</r>')


def words_in(body: str) -> str:
    return re.sub(r"\s", "", "".join(parsed(body).itertext()))


def test_a_span_is_set_where_it_hides_nothing() -> None:
    grid = ((text("一"), text("二"), ()), ((), text("三"), ()), (text("四"), (), ()))
    spans = (
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 2),
        (2, 0, 1, 9),
        (2, 0, 1, 3),
        (2, 1, 1, 2),
        (-1, 0, 1, 2),
        (0, 1, 2, 2),
    )
    table = Table(grid, 1, spans=tuple(CellSpan(*span) for span in spans))
    assert [[(cell.text, cell.rows, cell.columns) for cell in row] for row in set_cells(table)] == [
        [(text("一"), 1, 1), (text("二"), 1, 2)],
        [((), 1, 1), (text("三"), 1, 2)],
        [(text("四"), 1, 3)],
    ]


def test_what_a_cell_fills_is_in_the_page() -> None:
    body = "".join(document.body for document in made(issue(), Carrier.PRINT).documents)
    assert body.count('colspan="2"') == 1


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_document_is_well_formed(carrier: Carrier) -> None:
    for document in made(issue(), carrier).documents:
        parsed(document.body)


@pytest.mark.parametrize("carrier", [Carrier.PRINT, Carrier.EBOOK])
def test_every_string_of_the_article_is_set_in_order(carrier: Carrier) -> None:
    (document,) = (d for d in made(issue(), carrier).documents if d.role == "article")
    rest = words_in(document.body)
    for string in strings_of(article()):
        assert re.sub(r"\s", "", string) in rest
        rest = rest.partition(re.sub(r"\s", "", string))[2]


@pytest.mark.parametrize("carrier", [Carrier.PRINT, Carrier.EBOOK])
def test_ids_are_unique_over_the_edition_in_print_and_per_document_in_ebooks(carrier: Carrier) -> None:
    documents = made(issue(article(), article("二")), carrier).documents
    ids = [[e.get("id") for e in parsed(d.body).iter() if e.get("id")] for d in documents]
    assert all(len(set(one)) == len(one) for one in ids)
    assert len({i for one in ids for i in one}) == sum(map(len, ids))


@pytest.mark.parametrize(
    ("count", "carrier", "lists"),
    [(1, Carrier.PRINT, 0), (2, Carrier.PRINT, 2), (1, Carrier.EBOOK, 2)],
)
def test_one_article_on_paper_has_neither_contents_nor_table_of_sources(
    count: int, carrier: Carrier, lists: int
) -> None:
    bodies = [parsed(document.body) for document in made(issue(*[article()] * count), carrier).documents]
    assert sum(len(body.xpath("//nav[@class='contents'] | //*[@class='sources']")) for body in bodies) == lists


def test_headings_never_skip_a_level() -> None:
    for carrier in (Carrier.PRINT, Carrier.EBOOK):
        level = 0
        for document in made(issue(), carrier).documents:
            level = level if carrier is Carrier.PRINT else 0
            for heading in re.findall(r"<h(\d)", document.body):
                assert int(heading) <= level + 1
                level = int(heading)


def test_markup_in_text_stays_text_and_links_that_run_are_no_links() -> None:
    body = (Paragraph((Span("<b>&amp;", href="javascript:alert(1)"), Span("好", href="https://a.example/?a&b"))),)
    (document,) = (
        d for d in made(issue(Article("{{7*7}}", body, language="ja")), Carrier.EBOOK).documents if d.name == "a001"
    )
    assert "{{7*7}}" in document.body
    assert "&lt;b&gt;&amp;amp;" in document.body
    assert "javascript" not in document.body
    assert 'href="https://a.example/?a&amp;b"' in document.body


@pytest.mark.parametrize(
    ("href", "answer"),
    [
        ("https://a", True),
        ("mailto:a@b", True),
        ("file:///etc", False),
        ("data:text/html,x", False),
        (" https://a", False),
        ("https://", False),
        ("http://[::1", False),
        ("http://a b/", False),
        ("http://a:x/", False),
        ("http://[::1]:80/", True),
        ("mailto:", False),
    ],
)
def test_links_that_an_edition_may_carry(href: str, answer: bool) -> None:  # noqa: FBT001
    assert is_link(href) is answer


def test_a_figure_without_picture_says_so_and_one_with_it_stands_in_whole_lines() -> None:
    media = Media("a001-1.jpg", "image/jpeg", 1200, 800, "0")
    body = (Figure(text("一"), image="a001-1.jpg"), Figure(text("二")))
    subject = Issue("報", (Article("題", body, language="zh-Hant"),), "zh-Hant", media=(media,))
    (document,) = (d for d in made(subject, Carrier.PRINT).documents if d.role == "article")
    assert 'src="images/a001-1.jpg"' in document.body
    assert 'style="--lines: 11"' in document.body
    assert document.body.count("圖片未隨稿提供") == 1


def test_a_colophon_says_only_what_is_known() -> None:
    (document,) = (
        d for d in made(issue(Article("題", language="zh-Hant")), Carrier.PRINT).documents if d.role == "article"
    )
    assert "fact" not in document.body
    (document,) = (d for d in made(issue(), Carrier.PRINT).documents if d.role == "article")
    facts = re.findall(r'class="fact (\w+)"', document.body)
    assert facts == ["outlet", "author", "editor", "published", "url", "corrected"]


def test_what_no_face_covers_is_a_finding_and_a_geta() -> None:
    found: list[Diagnostic] = []
    subject = issue(Article("題\ue303字", (Paragraph(text("好\ue303好")),), language="zh-Hant"))
    edition = make_up(subject, Carrier.PRINT, style_of(), "", find_face, found.append)
    assert [(f.code, f.where.source) for f in found] == [("glyph-missing", "題\ue303字")]
    assert "U+E303 (private use), first at character 2 of “題\ue303字”" in found[0].message
    assert "好〓好" in edition.documents[1].body
    assert "好\ue303好" in make_up(subject, Carrier.EBOOK, style_of(), "", find_face, found.append).documents[1].body


def test_the_identifier_follows_the_content() -> None:
    def identifier(subject: Issue) -> str:
        return made(subject, Carrier.EBOOK).metadata.identifier

    assert identifier(issue()) != identifier(issue(article("別")))


def test_every_class_in_the_templates_is_known_to_the_styles_and_the_other_way_round() -> None:
    used = set(re.findall(r"[a-z-]+", " ".join(_classes())))
    known = {name for css in _of_editions("styles", "css") for name in re.findall(r"\.([a-z][a-z-]+)", _bare(css))}
    allowed = {"article", "body", "front", "back", "cover", "value", "label", "title", "contents", "table", "image"}
    # The writer of e-books sets the first, where it divides a paragraph. The marks of a run have classes by a table, a
    # list is marked by a parameter, facts have names, and stories their rank and genre.
    valued = {each.value for each in (*Rank, *Genre, *Space) if each}
    assert known - used - valued == {"continued", "proper-name", "book-title", "marked", "fonts", "tools", "coded"}
    words = {"fact", "name", "if", "endif", "else", "not", "is", "picture", "size", "genre", "space", "posters"}
    words |= {"and", "place"}
    assert used - known - allowed - words == set()


def _of_editions(folder: str, suffix: str) -> list[Path]:
    """Return the files that editions are made of; proof sheet and preview are none, and have their own."""
    files = sorted((root() / folder).rglob(f"*.{suffix}"))
    return [file for file in files if file.stem != "proof" and file.parent.name != "preview"]


def _classes() -> list[str]:
    texts = [file.read_text("utf-8") for file in _of_editions("templates", "html")]
    return [re.sub(r"{{.*?}}", "", found) for one in texts for found in re.findall(r'class="([^"]*)"', one)]


def _bare(css: Path) -> str:
    return re.sub(r"/\*.*?\*/|\"[^\"]*\"|@page[^{]*{", "", css.read_text("utf-8"), flags=re.DOTALL)


def test_an_unknown_style_names_the_known_ones() -> None:
    assert "bulletin" in styles()
    with pytest.raises(UsageError, match="bulletin"):
        make_up(issue(), Carrier.PRINT, style_of("nonesuch"), "", find_face, print)


def test_a_users_style_is_laid_over_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "print.css").write_text("p { color: blue }")
    (tmp_path / "style.toml").write_text("[print]\npicture = 30.0\n")
    edition = make_up(issue(), Carrier.PRINT, style_of(str(tmp_path)), "", find_face, print)
    assert edition.stylesheets[-1].css == "p { color: blue }"
    assert any("--leading" in sheet.css for sheet in edition.stylesheets[:-1])
    assert LONG[:4] in edition.documents[1].body


def test_an_outlet_that_is_its_own_author_stands_once_in_the_byline() -> None:
    source = Source(outlet="渡口輪渡公司")
    story = Article("渡船時刻", (), credits=(Credit(Role.AUTHOR, "渡口輪渡公司"),), source=source, language="zh-Hant")
    (document,) = (d for d in made(issue(story), Carrier.PRINT).documents if d.role == "article")
    assert document.body.partition("<footer")[0].count("渡口輪渡公司") == 1


@pytest.mark.parametrize(("style", "findings"), [("bulletin", 0), ("newspaper", 1)])
def test_a_long_picture_is_shown_whole_and_one_that_is_small_is_a_finding(style: str, findings: int) -> None:
    media = (
        Media("a001-1.png", "image/png", 700, 500, "0" * 64, is_slice=True),
        Media("b.png", "image/png", 3, 2, "1"),
    )
    figures = tuple(Figure(image=each.name, alt="渡口") for each in media)
    story = Article("渡口", (Paragraph(text(LONG)), *figures), language="zh-Hant")
    subject = Issue("報", (story,), "zh-Hant", media=media)
    found: list[Diagnostic] = []
    body = make_up(subject, Carrier.PRINT, style_of(style), "", find_face, found.append).documents[1].body
    assert body.count('class="image whole"') == 1
    assert [finding.code for finding in found if finding.code is Code.PICTURE_SMALL] == [Code.PICTURE_SMALL] * findings
