"""The index in finished files: names on the pages that it names, links to where a name stands."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from msgspec.structs import replace

from making import made
from newsbook.assets import styles
from newsbook.binding import Bound
from newsbook.model import Article, Credit, Issue, Paragraph, Role, Source, Span
from newsbook.project import Facts, Output, Project
from newsbook.project.values import IndexEntry, Indexing
from writers.epub_tools import epubcheck, unzipped
from writers.test_pdf import VERAPDF

NAMES = ("林小舟", "周柏安", "曾國清", "單麗華", "汪渡", "霧嶺", "汐渡")
FILLER = "碼頭邊的燈一盞一盞亮起來，船老大把纜繩繞了三圈，街坊提著竹籃往早市走，說今天的豆腐還是溫的。" * 3


def story(number: int) -> Article:
    """Return a story of about a page, in which one to three names stand, the first of them near its end."""
    said = tuple(NAMES[(number + 2 * step) % len(NAMES)] for step in range(1 + number % 3))
    body = tuple(Paragraph((Span(FILLER),)) for _ in range(3))
    return Article(
        f"渡口日記之{number}",
        (*body, *(Paragraph((Span(f"這天{name}也到了碼頭。"),)) for name in said), body[0]),
        published=f"2024-05-{number:02d}",
        language="zh-Hant",
        credits=(Credit(Role.AUTHOR, NAMES[number % 2]),),
        source=Source(name=f"{number}.txt", outlet="渡口街坊報"),
    )


ISSUE = Issue("渡口街坊報", tuple(map(story, range(1, 13))), "zh-Hant", "12", "2024-05-31")
PROJECT = Project(
    index=Indexing(make=True, names=NAMES[:-1], entries=(IndexEntry(name="汐渡", reading="xī dù"),)),
)


INDEX = r"\s*".join("人名、地名、媒體索引")


def with_index(output: Output, issue: Issue = ISSUE) -> bytes:
    return made(Bound((issue,), (), project=PROJECT), output)


def pages_of(told: str) -> set[int]:
    """Return the pages that an entry of an index names, as `2, 4–6`."""
    ranges = (part.partition("–") for part in re.findall(r"\d+(?:–\d+)?", told))
    return {page for first, _, last in ranges for page in range(int(first), int(last or first) + 1)}


def test_a_name_stands_on_the_pages_that_the_index_names_and_on_no_other() -> None:
    with pypdfium2.PdfDocument(with_index(Output(kind="pdf", style="bulletin"))) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    first = next(number for number, text in enumerate(texts) if re.search(INDEX, text))
    before, index = re.split(INDEX, texts[first], maxsplit=1)
    texts[first:], index = [before], re.split(r"稿\s*源\s*一\s*覽", index)[0]
    told = dict(re.findall(r"^(?:\S+畫 )?(\S+) (\d[\d, –]*)\s*$", index, re.MULTILINE))
    is_there = {name: {number for number, text in enumerate(texts, 1) if name in text} for name in told}
    assert {name: pages_of(pages) for name, pages in told.items()} == is_there
    assert set(told) == {*NAMES, "渡口街坊報"}
    assert next(iter(told)) == "汐渡"


@pytest.mark.parametrize("style", ["bulletin", "newspaper", "vertical"])
def test_the_links_of_an_index_land_where_a_name_stands_on_the_page_that_they_say(style: str) -> None:
    pdf = with_index(Output(kind="pdf", style=style))
    landed = 0
    with pikepdf.open(io.BytesIO(pdf)) as file, pypdfium2.PdfDocument(pdf) as document:
        targets = pikepdf.NameTree(file.Root.Names.Dests)
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        texts = [page.get_textpage() for page in document]
        for page, text in zip(file.pages, texts, strict=True):
            for link in page.obj.get("/Annots", ()):
                if "-name-" not in str(link.get("/Dest", "")):
                    continue
                (left, low), (right, high) = sorted_corners([float(each) for each in link.Rect])
                said = re.findall(r"\d+", text.get_text_bounded(left, low, right, high))
                target, _, x, y, *_ = targets[str(link.Dest)]
                number = numbers[target.objgen]
                assert min(map(int, said)) == number + 1
                near = texts[number].get_text_bounded(float(x) - 40, float(y) - 40, float(x) + 90, float(y) + 20)
                assert any(name[:2] in near for name in (*NAMES, "渡口")), near
                landed += 1
    assert landed >= len(NAMES)


def sorted_corners(rectangle: list[float]) -> tuple[tuple[float, float], tuple[float, float]]:
    left, right = sorted(rectangle[::2])
    low, high = sorted(rectangle[1::2])
    return (left, low), (right, high)


def entries(book: bytes) -> dict[str, list[tuple[str, str]]]:
    """Return the names of the index of a book, each with its links and what is in the paragraph that they lead to."""
    files = unzipped(book)
    documents = {
        name.rpartition("/")[2]: etree.fromstring(raw) for name, raw in files.items() if name.endswith("xhtml")
    }
    found: dict[str, list[tuple[str, str]]] = {}
    for line in documents["index.xhtml"].iterfind(".//{*}li[@class='person']"):
        own = found.setdefault("".join(line[0].itertext()), [])
        for link in line.iterfind("{*}a"):
            file, _, anchor = link.get("href", "").partition("#")
            (place,) = documents[file].xpath(f"//*[@id='{anchor}']")
            own.append((file, "".join(place.itertext()) or "".join(place.getparent().itertext())))
    return found


def test_the_index_of_a_book_leads_to_each_article_where_a_name_stands() -> None:
    found = entries(with_index(Output(kind="epub")))
    assert set(found) == {*NAMES, "渡口街坊報"}
    for name, places in found.items():
        assert all(name in text for _, text in places), (name, places)
    assert len(found["渡口街坊報"]) == len(ISSUE.articles)


def test_a_volume_has_one_index_of_all_its_issues_and_the_contents_name_it() -> None:
    volume = Bound((ISSUE, ISSUE), (), Facts("渡口合訂本", language="zh-Hant"), project=PROJECT)
    book = made(volume, Output(kind="epub", collection="volume"))
    found = entries(book)
    assert set(found) == {*NAMES, "渡口街坊報"}
    assert {file[:4] for file, _ in found["汪渡"]} == {"i01-", "i02-"}
    assert all("汪渡" in text for _, text in found["汪渡"])
    nav = unzipped(book)[next(name for name in unzipped(book) if name.endswith("nav.xhtml"))].decode()
    assert nav.index("人名、地名、媒體索引") > nav.rindex("i02-a012.xhtml")


@pytest.mark.tool
def test_epubcheck_accepts_an_issue_and_a_volume_with_an_index(tmp_path: Path) -> None:
    one = Output(kind="epub", style="vertical")
    for output, issues in ((one, (ISSUE,)), (replace(one, collection="volume"), (ISSUE, ISSUE))):
        whole = Bound(issues, (), Facts("渡口合訂本", language="zh-Hant"), project=PROJECT)
        book = tmp_path / f"{len(issues)}.epub"
        book.write_bytes(made(whole, output))
        assert epubcheck(book) == ()


@pytest.mark.tool
@pytest.mark.skipif(not VERAPDF.exists(), reason="veraPDF is not part of newsbook, and was not found beside it")
def test_verapdf_accepts_pages_with_an_index_in_every_style(tmp_path: Path) -> None:
    for style in styles():
        pdf = with_index(Output(kind="pdf", style=style, profile="accessible"))
        (tmp_path / f"{style}.pdf").write_bytes(pdf)
    paths = sorted(tmp_path.glob("*.pdf"))
    done = subprocess.run([VERAPDF, "ua1", *paths], capture_output=True, text=True, check=False)
    assert done.stdout.count("PASS") == len(styles()), done.stdout
