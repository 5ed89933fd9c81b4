"""Pictures that stand in a page, and those that were saved beside it."""

import base64
import io
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from making import bound, taken
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Figure
from newsbook.model.walk import plain

PROSE = "<p>　　渡口开市了，来的人很多，大家都说今年的鱼比去年的好。</p>"


def png(width: int = 90, height: int = 70, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (30, 160, 30)).save(file, form)
    return file.getvalue()


def in_base64(raw: bytes, kind: str = "image/png", more: str = "") -> str:
    return f"data:{kind}{more};base64,{base64.b64encode(raw).decode()}"


SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='200'>{}</svg>"


def of_html(folder: Path, inner: str) -> tuple[Article, list[Diagnostic]]:
    page = folder / "page.html"
    page.write_text(
        f"<html><meta charset=utf-8><body><article><h1>渡口开市</h1>{PROSE * 2}{inner}{PROSE}</article></body></html>"
    )
    found: list[Diagnostic] = []
    return bound((page,), report=found.append).issues[0].articles[0], found


def figures(article: Article) -> list[tuple[str, bool]]:
    return [(plain(each.caption), bool(each.image)) for each in article.body if isinstance(each, Figure)]


@pytest.mark.parametrize(
    "picture",
    [
        f'<img src="{in_base64(png())}">',
        f'<img src="{in_base64(png(form="JPEG"), "image/jpeg", ";charset=utf-8")}">',
        f'<img src="DATA:image/webp;base64,{base64.b64encode(png(form="WEBP")).decode().rstrip("=")}">',
        f'<img src="data:image/gif,{quote(png(form="GIF"))}">',
        f'<img data-src="{in_base64(png())}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        f'<img srcset="{in_base64(png())} 2x">',
        f'<picture><source srcset="{in_base64(png())}"><img></picture>',
        f'<img src="{in_base64(png())[:200]}&#10;{in_base64(png())[200:]}">',
    ],
)
def test_what_stands_in_the_page_is_a_picture(picture: str, tmp_path: Path) -> None:
    article, found = of_html(tmp_path, f"<figure>{picture}<figcaption>晨景</figcaption></figure>")
    assert figures(article) == [("晨景", True)]
    assert not {finding.code for finding in found} & {Code.PICTURE_UNUSABLE, Code.PICTURE_NOT_SUPPLIED}


@pytest.mark.parametrize(
    "source",
    [
        "data:image/png;base64,iVBOR!!",
        in_base64(png()[:20]),
        in_base64(b"no picture at all"),
        "data:image/svg+xml," + quote(SVG.format("<path d='M0 0L9 9'/>")),
    ],
)
def test_a_broken_one_is_a_finding_and_its_caption_stays(source: str, tmp_path: Path) -> None:
    article, found = of_html(tmp_path, f'<figure><img src="{source}"><figcaption>晨景</figcaption></figure>')
    assert figures(article) == [("晨景", False)]
    (finding,) = [finding for finding in found if finding.code is Code.PICTURE_UNUSABLE]
    assert len(finding.message) < 200


@pytest.mark.parametrize(
    "source",
    [
        "data:,",
        "data:image/gif;base64,",
        "data:text/html,hello",
        in_base64(png(1, 1)),
        in_base64(png(42, 28)),
        f"data:image/svg+xml;utf8,{quote(SVG.format(''))}",
    ],
)
def test_what_holds_the_place_of_a_picture_is_none(source: str, tmp_path: Path) -> None:
    article, found = of_html(tmp_path, f'<p><img src="{source}"></p>')
    assert not figures(article)
    assert Code.PICTURE_UNUSABLE not in {finding.code for finding in found}


def test_a_picture_in_any_form_of_page_is_used(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f'# 渡口开市\n\n渡口开市了，人很多。\n\n![晨景]({in_base64(png())} "晨景")\n')
    entry = f"<figure><img src='{in_base64(png())}'><figcaption>晨景</figcaption></figure>{PROSE}"
    (tmp_path / "feed.xml").write_text(
        f"<rss version='2.0'><channel><title>t</title><item><title>渡口开市</title><description>"
        f"<![CDATA[{entry}]]></description></item></channel></rss>"
    )
    for name in ("page.md", "feed.xml"):
        assert figures(bound((tmp_path / name,)).issues[0].articles[0]) == [("晨景", True)], name


def images(folder: Path, page: str) -> list[tuple[str, str]]:
    (story,) = taken((folder / page,)).stories
    blocks = [each for each in story.article.body if isinstance(each, Figure)]
    assert {each.image for each in blocks if each.image} == {each.name for each in story.pictures if not each.fault}
    return [(plain(block.caption), block.image) for block in blocks]


TEXT = "渡口开市\n2024年5月6日\n渡口开市了，来的人很多。\n图为渡口的早晨。\n大家都说今年的鱼比去年的好。\n"
TWICE = f"{TEXT}图为渡口的傍晚。\n渡船天黑以前就停了，人也散了。\n"


@pytest.mark.parametrize(
    ("text", "files", "shown"),
    [
        (TEXT, ["page.jpg"], [("图为渡口的早晨。", "page.jpg")]),
        (TEXT, ["page/船.png"], [("图为渡口的早晨。", "page/船.png")]),
        (TWICE, ["page_files/p2.png"], [("图为渡口的早晨。", ""), ("图为渡口的傍晚。", "page_files/p2.png")]),
        (TWICE, ["page.jpg"], [("图为渡口的早晨。", ""), ("图为渡口的傍晚。", ""), ("", "page.jpg")]),
        (TWICE, ["page.2.jpg", "page.jpg"],
         [("图为渡口的早晨。", ""), ("图为渡口的傍晚。", "page.2.jpg"), ("", "page.jpg")]),
        (TEXT, ["page.files/b.png", "page.files/a.png"],
         [("图为渡口的早晨。", ""), ("", "page.files/a.png"), ("", "page.files/b.png")]),
    ],
)  # fmt: skip
def test_pictures_called_after_a_text_are_its_pictures(
    text: str, files: list[str], shown: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text(text)
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(png())
    assert images(tmp_path, "page.txt") == shown
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for name in ("page.txt", *files):
            archive.write(tmp_path / name, f"inner/{name}")
    assert images(tmp_path, "pages.zip") == shown


def test_an_icon_beside_a_page_is_no_picture_and_a_broken_one_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT)
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "icon.png").write_bytes(png(16, 16))
    (tmp_path / "page_files" / "船.png").write_bytes(b"\x89PNG broken")
    found: list[Diagnostic] = []
    assert figures(bound((tmp_path / "page.txt",), report=found.append).issues[0].articles[0]) == [
        ("图为渡口的早晨。", False)
    ]
    assert Code.PICTURE_UNUSABLE in {finding.code for finding in found}


def test_what_a_page_names_is_not_added_at_its_end(tmp_path: Path) -> None:
    """In the story, or around it: what stands in a page's navigation is not the story's because it was saved."""
    for name in ("page.1.png", "page.2.png", "page_files/天 线.png", "page_files/banner.png", "page_files/more.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(png())
    inner = (
        "<figure><img src='page.2.png'><figcaption>晨景</figcaption></figure>"
        f"<figure><img src='page_files/{quote('天 线.png')}'><figcaption>天线</figcaption></figure>"
    )
    page = tmp_path / "page.html"
    page.write_text(
        "<html><meta charset=utf-8><body><nav><img src='page_files/banner.png'></nav><article><h1>渡口开市</h1>"
        f"{PROSE * 2}{inner}{PROSE}</article></body></html>"
    )
    assert images(tmp_path, "page.html") == [
        ("晨景", "page.2.png"),
        ("天线", "page_files/天 线.png"),
        ("", "page.1.png"),
        ("", "page_files/more.png"),
    ]


def test_a_file_stands_for_the_one_address_that_ends_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "page_files" / name).write_bytes(png())
    named = ("https://img.example/x/a.png?w=640", "file:///C:/x/b.png", "https://img.example/y/b.png")
    inner = "".join(
        f"<figure><img src='{url}'><figcaption>景{number}</figcaption></figure>" for number, url in enumerate(named)
    )
    article, found = of_html(tmp_path, inner)
    assert figures(article) == [("景0", True), ("景1", False), ("景2", False)]
    assert [finding.code for finding in found].count(Code.PICTURE_NOT_SUPPLIED) == len(named) - 1


def test_a_long_picture_comes_in_slices_the_last_with_the_caption(tmp_path: Path) -> None:
    (tmp_path / "long.png").write_bytes(png(300, 2000))
    article, found = of_html(tmp_path, "<figure><img src='long.png'><figcaption>晨景</figcaption></figure>")
    blocks = [block for block in article.body if isinstance(block, Figure)]
    assert [plain(block.caption) for block in blocks] == [*[""] * (len(blocks) - 1), "晨景"]
    assert [block.alt for block in blocks] == [f"晨景 ({at}/{len(blocks)})" for at in range(1, len(blocks) + 1)]
    assert len({block.image for block in blocks}) == len(blocks) > 1
    assert Code.PICTURE_SLICED in {finding.code for finding in found}
