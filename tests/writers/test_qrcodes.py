"""QR codes on paper, read back from the rendered page by a decoder."""

import io

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace

from issues import article, issue
from making import made
from newsbook.binding import Bound
from newsbook.diagnostics import Diagnostic
from newsbook.model import Article, Issue
from newsbook.project import Design, Output, Project
from newsbook.project.values import Choice

URLS = {
    "https://news.example/2024/05/06/pavilion.html": "",
    "https://渡口.example/食堂/一百天?from=list&id=20240516": (
        "https://xn--6orp42d.example/%E9%A3%9F%E5%A0%82/%E4%B8%80%E7%99%BE%E5%A4%A9?from=list&id=20240516"
    ),
    "https://www.ferry.example/local/2024/05/18/article_0001234567890.html?utm_source=weekly&utm_medium="
    + "x" * 90: "",
}
DOTS_PER_INCH = 150


def coded(*urls: str) -> Issue:
    return issue(
        *(replace(article(f"第{n}篇"), source=replace(article().source, url=url)) for n, url in enumerate(urls, 1))
    )


def pdf_with(subject: Issue, style: str, qr: Choice, found: list[Diagnostic]) -> bytes:
    whole = Bound((subject,), (), project=Project(design=Design(qr=qr)))
    return made(whole, Output(kind="pdf", style=style), found.append)


def read_back(pdf: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(pdf)
    pictures = (page.render(scale=DOTS_PER_INCH / 72).to_pil() for page in pages)
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("style", ["bulletin", "clippings", "vertical", "newspaper", "official"])
def test_codes_lead_to_where_stories_were_published(style: str) -> None:
    found: list[Diagnostic] = []
    pdf = pdf_with(coded(*URLS), style, "yes", found)
    assert sorted(read_back(pdf)) == sorted(said or url for url, said in URLS.items())
    assert "qr-left-out" not in {finding.code for finding in found}


def test_a_module_is_large_enough_for_a_telephone() -> None:
    pdf = pdf_with(coded(next(iter(URLS))), "bulletin", "yes", [])
    (code,) = (
        code for page in pypdfium2.PdfDocument(pdf) for code in zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    )
    side = code.position.top_right.x - code.position.top_left.x
    # ISO/IEC 18004, table 7: the 45 bytes of the address are in version 4 at level M, which has 33 modules.
    assert side / 4 / 72 * 25.4 / 33 >= 0.4


def test_codes_are_asked_for_or_of_the_style() -> None:
    subject = coded("https://news.example/1")
    assert [len(read_back(pdf_with(subject, style, "", []))) for style in ("bulletin", "clippings")] == [0, 1]
    assert read_back(pdf_with(subject, "clippings", "no", [])) == []


def test_a_code_is_a_figure_that_is_described() -> None:
    pdf = pdf_with(coded("https://news.example/1"), "clippings", "yes", [])
    with pikepdf.open(io.BytesIO(pdf)) as file:
        figures = [
            str(item.Alt)
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert "二維碼，通往 https://news.example/1" in figures


def test_qr_left_out() -> None:
    found: list[Diagnostic] = []
    bare = Article("沒有網址", article().body, language="zh-Hant")
    long = "https://news.example/" + "a" * 300
    pdf = pdf_with(replace(coded(long), articles=(bare, *coded(long).articles)), "bulletin", "yes", found)
    assert read_back(pdf) == []
    said = [(finding.where.source, finding.message) for finding in found if finding.code == "qr-left-out"]
    assert said == [
        ("沒有網址", "there is no QR code, for it has no address."),
        (article().source.name, "there is no QR code, for it has an address that is too long for one."),
    ]


def test_articles_without_an_address_are_one_finding_and_none_where_nobody_asked() -> None:
    bare = issue(*(Article(f"第{n}篇", article().body, language="zh-Hant") for n in range(1, 8)))
    asked: list[Diagnostic] = []
    of_the_style: list[Diagnostic] = []
    pdf_with(bare, "clippings", "yes", asked)
    pdf_with(bare, "clippings", "", of_the_style)
    said = [finding.message for finding in asked if finding.code == "qr-left-out"]
    assert said == [
        "7 articles have no QR code, for they have no address: 第1篇, 第2篇, 第3篇, 第4篇, 第5篇 and 2 more."
    ]
    assert "qr-left-out" not in {finding.code for finding in of_the_style}
