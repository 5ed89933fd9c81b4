"""Pages fetched from a site of our own become editions with all their pictures, each with its caption."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from msgspec import Struct
from PIL import Image

from fetch.site import HOST, Asked, Reply, Route, Site, serving
from newsbook.cli import cli
from newsbook.diagnostics import Exit
from newsbook.model import Article, Figure
from newsbook.native import load

PAGE = """<!DOCTYPE html>
<html><head><meta charset="gb2312"><title>柳渡镇办起木船节_柳渡新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a></div>
<div class="article"><h1>柳渡镇办起木船节</h1>
<div class="info">2024年05月06日 08:30 来源：柳渡新闻网 作者：林小舟</div>
<div class="content">
<p>五月六日清晨，柳渡镇的老码头上锣鼓声不断，第一届木船节在这里开幕，十二条新漆的木船依次下水，岸边站满了赶来看热闹的街坊。</p>
<p class="pic"><img class="lazy" src="/images/loading.gif" data-src="/upload/boats.jpg?w=900" alt="木船下水"></p>
<p class="caption" style="text-align:center">图为十二条木船依次下水。林小舟 摄</p>
<p>造船的老师傅许一帆今年七十三岁，他说这门手艺在镇上传了四代，年轻人肯学，他就肯教，去年冬天收了三个徒弟。</p>
<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt="许一帆">
<noscript><img src="../img/master.webp" alt="许一帆"></noscript>
<figcaption>许一帆在船坞里给徒弟示范捻缝。陈阿婆供图</figcaption></figure>
<p>木船节为期三天，镇上还请来邻县的戏班，晚上在码头搭台唱戏，沿街的铺子也都延长了营业时间，欢迎各地客人前来做客。</p>
<figure><picture><source type="image/webp" srcset="//{host}/cdn/small.webp 320w, //{host}/cdn/large.webp 1280w">
<img src="/images/blank.gif" alt="戏台"></picture><figcaption>夜里的戏台。街坊会供图</figcaption></figure>
<figure><img data-original="/upload/gone.jpg" alt="龙灯"><figcaption>码头上的龙灯。街坊会供图</figcaption></figure>
<p>镇里的干部介绍，木船节以后每年办一次，收入用来修缮老码头和两岸的石阶，账目贴在街坊会门口，谁都可以来查看。</p>
</div></div><div class="footer">柳渡新闻网 版权所有</div></body></html>
"""

CAPTIONS = ("图为十二条木船依次下水", "许一帆在船坞里给徒弟示范捻缝", "夜里的戏台", "码头上的龙灯")


def encoded(form: str, colour: str, size: tuple[int, int] = (640, 400)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, form)
    return buffer.getvalue()


def bound(site: Site, picture: bytes) -> Route:
    """Return the route of a picture that is given to nobody who does not come from the site's page."""

    def answer(asked: Asked) -> Reply:
        return Reply(picture) if asked.headers.get("referer") == f"{site.url}/2024/boats.html" else Reply(status=403)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        page = PAGE.replace("{host}", made.url.removeprefix("http://"))
        made.routes |= {
            "/2024/boats.html": Reply(page.encode("gbk"), headers=(("Content-Type", "text/html"),)),
            "/upload/boats.jpg?w=900": bound(made, encoded("JPEG", "navy")),
            "/img/master.webp": bound(made, encoded("WEBP", "maroon")),
            "/cdn/large.webp": bound(made, encoded("WEBP", "olive", (1280, 800))),
        }
        yield made


class Done(Struct, frozen=True):
    """How a command ended, and what it said on standard error."""

    code: int
    said: str


def newsbook(*arguments: str, cwd: Path) -> Done:
    network = ("--allow-host", f"{HOST}:*", "--delay", "0", "--cache", "cache")
    with chdir(cwd):
        done = CliRunner(env={"http_proxy": "http://127.0.0.1:9"}).invoke(cli, [*arguments, *network])
    return Done(done.exit_code, done.stderr)


def test_pdf_and_epub_have_all_pictures_with_their_captions(site: Site, tmp_path: Path) -> None:
    url = f"{site.url}/2024/boats.html"
    done = newsbook("pdf", url, "-o", "a.pdf", "--report", "a.json", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    assert done.said.count("warning[picture-not-fetched]") == 1
    assert f"{site.url}/upload/gone.jpg answers 404 Not Found" in done.said
    assert shown_in_pdf((tmp_path / "a.pdf").read_bytes()) == {(640, 400): 2, (1280, 800): 1}
    text = text_of_pdf(tmp_path / "a.pdf")
    assert [caption for caption in CAPTIONS if caption not in text] == []

    asked = len(site.asked)
    done = newsbook("epub", url, "-o", "a.epub", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    assert site.paths()[-1] == "/upload/gone.jpg"
    assert len(site.asked) - asked == 2, "only what is not in the cache, and robots.txt, is asked for again"
    pictures, captions = shown_in_epub(tmp_path / "a.epub")
    assert pictures == {(640, 400): 2, (1280, 800): 1}
    assert [caption for caption in CAPTIONS if caption not in captions] == []


def test_whatever_was_fetched_is_on_record(site: Site, tmp_path: Path) -> None:
    url = f"{site.url}/2024/boats.html"
    done = newsbook("parse", url, "-o", "a.json", "--report", "report.json", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    article = load((tmp_path / "a.json").read_bytes(), "a.json")
    assert isinstance(article, Article)
    assert article.source.url == url
    assert article.source.encoding == "gb18030"
    figures = [block for block in article.body if isinstance(block, Figure)]
    fetched = [retrieval.url for retrieval in article.source.retrievals]
    expected = ["/upload/boats.jpg?w=900", "/img/master.webp", "/cdn/large.webp"]
    assert fetched == [url, *(site.url + path for path in expected)]
    assert [figure.image for figure in figures] == [*fetched[1:], ""]
    assert article.source.retrievals[0].sha256 == article.source.sha256
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))["articles"][0]
    assert [each["url"] for each in told["retrievals"]] == fetched
    assert all(each["retrieved"].endswith("Z") and len(each["sha256"]) == 64 for each in told["retrievals"])


def test_the_same_cache_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    url = f"{site.url}/2024/boats.html"
    first = newsbook("epub", url, "-o", "a.epub", cwd=tmp_path)
    second = newsbook("epub", url, "-o", "b.epub", "--offline", cwd=tmp_path)
    assert (first.code, second.code) == (Exit.OK, Exit.OK), second.said
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()


def test_what_parse_wrote_gets_its_pictures_when_asked(site: Site, tmp_path: Path) -> None:
    assert newsbook("parse", f"{site.url}/2024/boats.html", "-o", "a.json", cwd=tmp_path).code == Exit.OK
    without = newsbook("epub", "a.json", "-o", "a.epub", "-v", cwd=tmp_path)
    assert without.said.count("is on the network; a frame says so. Add --fetch-pictures") == 3
    done = newsbook("epub", "a.json", "-o", "a.epub", "--fetch-pictures", "--offline", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    assert sum(shown_in_epub(tmp_path / "a.epub")[0].values()) == 3


def test_a_saved_page_gets_its_pictures_only_when_asked(site: Site, tmp_path: Path) -> None:
    page = PAGE.replace("//{host}", site.url).replace("</head>", f'<link rel="canonical" href="{site.url}/a"></head>')
    (tmp_path / "saved.html").write_bytes(page.encode("gbk"))
    site.routes |= {
        "/cdn/large.webp": Reply(encoded("WEBP", "olive", (1280, 800))),
        "/upload/boats.jpg?w=900": Reply(encoded("JPEG", "navy")),
    }
    assert newsbook("parse", "saved.html", cwd=tmp_path).code == Exit.OK
    assert site.asked == []
    done = newsbook("parse", "saved.html", "-o", "a.json", "--fetch-pictures", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    assert site.paths() == ["/upload/boats.jpg?w=900", "/cdn/large.webp", "/upload/gone.jpg"], "not what lies beside"
    article = load((tmp_path / "a.json").read_bytes(), "a.json")
    assert isinstance(article, Article)
    fetched = [f"{site.url}/upload/boats.jpg?w=900", f"{site.url}/cdn/large.webp"]
    assert [each.url for each in article.source.retrievals] == fetched


def test_a_list_of_names_may_have_urls_in_it(site: Site, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"# today\n{site.url}/2024/boats.html\n", "utf-8")
    done = newsbook("parse", "@list.txt", "-o", "a.json", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    assert b"boats.html" in (tmp_path / "a.json").read_bytes()


def test_a_feed_is_fetched_with_the_pictures_of_its_entries(site: Site, tmp_path: Path) -> None:
    entry = (
        "<item><title>木船下水</title><link>/2024/boats.html</link><guid>1</guid><description><![CDATA["
        "<p>五月六日清晨，柳渡镇的老码头上锣鼓声不断，第一届木船节在这里开幕。</p>"
        '<figure><img src="/feed/a.webp"><figcaption>老码头</figcaption></figure>]]></description></item>'
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>柳渡</title>{entry}</channel></rss>'
    site.routes |= {"/feed.xml": Reply(feed.encode()), "/feed/a.webp": Reply(encoded("WEBP", "teal"))}
    done = newsbook("epub", f"{site.url}/feed.xml", "-o", "a.epub", cwd=tmp_path)
    assert done.code == Exit.OK, done.said
    pictures, text = shown_in_epub(tmp_path / "a.epub")
    assert pictures == {(640, 400): 1}
    assert "老码头" in text


def test_one_bad_url_does_not_take_the_issue_down(site: Site, tmp_path: Path) -> None:
    urls = (f"{site.url}/2024/boats.html", f"{site.url}/nowhere.html")
    done = newsbook("parse", *urls, "-o", "a.json", cwd=tmp_path)
    assert done.code == Exit.PROBLEMS
    assert "problem[article-unusable] nowhere.html: " in done.said
    strict = newsbook("parse", *urls, "-o", "b.json", "--strict", cwd=tmp_path)
    assert strict.code == Exit.VALIDATION
    assert not (tmp_path / "b.json").exists()
    alone = newsbook("parse", urls[1], "-o", "b.json", cwd=tmp_path)
    assert alone.code == Exit.INPUT
    assert alone.said.strip() == f"newsbook: {urls[1]} answers 404 Not Found; check the address."


def test_a_page_may_not_show_what_is_private(site: Site, tmp_path: Path) -> None:
    page = PAGE.replace("//{host}/cdn", "http://localhost:{port}/cdn").replace("{port}", site.url.rpartition(":")[2])
    site.routes["/2024/boats.html"] = Reply(page.encode("gbk"))
    done = newsbook("parse", f"{site.url}/2024/boats.html", "-o", "a.json", cwd=tmp_path)
    assert "localhost has the address" in done.said
    assert "/cdn/large.webp" not in site.paths()


def shown_in_pdf(data: bytes) -> dict[tuple[int, int], int]:
    """Return how many pictures of each size a PDF has."""
    sizes: dict[tuple[int, int], int] = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        for image in (each for each in streams if each.get("/Subtype") == "/Image"):
            size = (int(image.Width), int(image.Height))
            sizes[size] = sizes.get(size, 0) + 1
    return sizes


def text_of_pdf(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "").replace("\n", "")


def shown_in_epub(path: Path) -> tuple[dict[tuple[int, int], int], str]:
    """Return how many pictures of each size an EPUB has, but for its cover, and the text of its pages."""
    sizes: dict[tuple[int, int], int] = {}
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if "/images/a0" in name]
        assert all(name.endswith((".jpg", ".png")) for name in names)
        for name in names:
            size = Image.open(io.BytesIO(book.read(name))).size
            sizes[size] = sizes.get(size, 0) + 1
        return sizes, "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
