"""Editions of the tests' own making, and the programs that judge an EPUB."""

import io
import json
import subprocess
import sys
import zipfile
from atexit import register
from functools import cache
from pathlib import Path

from lxml import etree
from msgspec import Struct
from PIL import Image

from newsbook.model import Contribution, Document, Edition, Entry, Media, Metadata, Provenance, Stylesheet
from newsbook.writers.epub import write_epub
from stores import STORE, put
from tools import require

XHTML = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"

METADATA = Metadata(
    title="渡口街坊報 第12期",
    language="zh-Hant",
    identifier="urn:uuid:0f1e2d3c-4b5a-5978-8695-a4b3c2d1e0f9",
    date="2024-05-07",
    modified="2024-05-07T00:00:00Z",
    publisher="渡口街坊會",
    rights="",
    description="老街、早市",
    accessibility="文字可讀，可重排。",
    languages=("zh-Hant",),
    contributors=(),
    sources=(),
)


def document(name: str = "a001", body: str = "<p>渡口老街的早市六點開張。</p>", **given: str) -> Document:
    """Return a document; `given` may name its role, title or language."""
    section = f'<section id="{name}">{body}</section>'
    fields = {"role": "article", "title": "早市", "language": "zh-Hant"} | given
    return Document(name, fields["role"], fields["title"], fields["language"], section)


def edition(
    *documents: Document,
    media: tuple[Media, ...] = (),
    contents: tuple[Entry, ...] = (),
    metadata: Metadata = METADATA,
) -> Edition:
    """Return an edition of `documents`, with a line of contents for each where none are given."""
    held = documents or (document(),)
    return Edition(
        documents=held,
        stylesheets=(Stylesheet("book.css", "p { text-indent: 2em; }"),),
        media=media,
        contents=contents or tuple(Entry(item.title, item.name) for item in held),
        metadata=metadata,
    )


def picture(folder: Path, name: str, colour: str = "#7a9e7e") -> Media:
    """Draw a picture into `folder`, in the form that its suffix names."""
    path = folder / name
    Image.new("RGB", (60, 40), colour).save(path)
    kind = "image/png" if path.suffix == ".png" else "image/jpeg"
    return Media(name, kind, 60, 40, put(path))


def cover() -> bytes:
    """Return a cover of the size that shops ask for."""
    target = io.BytesIO()
    Image.new("RGB", (1600, 2560), "#314e52").save(target, "JPEG", quality=40)
    return target.getvalue()


def written(held: Edition, cover_picture: bytes = b"") -> bytes:
    """Return an edition as an e-book."""
    target = io.BytesIO()
    write_epub(held, cover_picture, target, STORE)
    return target.getvalue()


NASTY_BODY = """前文先於一切元素。
<h1>&lt;街坊&gt; &amp; “朋友” ' "</h1>
<p xml:lang="ja" lang="ja">「<ruby>渡<rt>わた</rt></ruby>し」の朝。</p>
<p lang="ko" xml:lang="ko">나루터 골목의 아침 장은 여섯 시에 열린다.</p>
<p lang="en" xml:lang="en">A -- B --> C ]]&gt; &#8212; <a href="https://example.org/?a=1&amp;b=2#x">link</a></p>
<p>字外之字：\N{CJK UNIFIED IDEOGRAPH-20021}\N{CJK UNIFIED IDEOGRAPH-2A6D6}\N{FISHING POLE AND FISH}　　全形空白。</p>
<h2 id="cross">小標題</h2>
<table><caption>借閱</caption><thead><tr><th scope="col">月</th><th scope="col">冊</th></tr></thead>
<tbody><tr><td>三</td><td>412</td></tr></tbody></table>
<blockquote><p>讀書的地方，不必大。</p></blockquote>
<ol><li>週三<ul><li>說故事</li></ul></li></ol>
<figure><img src="images/a001-1.jpg" alt="孩子們圍著長桌看書"/><figcaption>書房一角。 街坊會供圖</figcaption></figure>
<figure><img src="images/a001-2.png" alt="長桌"/><figcaption>長桌。</figcaption></figure>
<figure><p>圖片未隨稿提供</p><figcaption>門口的告示。</figcaption></figure>
<p>見<a href="a002.xhtml#end">另一篇</a>，或<a href="#cross">上文</a>。<br/>
末行<em epub:type="keyword">重點</em></p>後文"""


def nasty(folder: Path) -> Edition:
    """Return an edition of what has broken e-books before; its pictures are drawn into `folder`."""
    documents = (
        document("front", '<h1>目錄</h1><p><a href="a001.xhtml">一</a></p>', role="contents", title="目錄"),
        document("a001", NASTY_BODY, title="<街坊> & “朋友” ' \""),
        document("a002", '<h1>日本語</h1><p id="end">終わり。</p>', title="渡し場 & 朝", language="ja"),
        document("a003", "<h1>\N{CJK UNIFIED IDEOGRAPH-20021}</h1>", title="\N{CJK UNIFIED IDEOGRAPH-20021}"),
        document("back", "<h1>版記</h1><p>渡口街坊會</p>", role="colophon", title="版記"),
    )
    sections = (
        Entry("目錄", "front"),
        Entry("街坊", "", (Entry("<街坊> & “朋友” ' \"", "a001"), Entry("渡し場 & 朝", "a002"))),
        Entry("其他 & 餘下", "a003", (Entry("   ", "a003"),)),
        Entry("版記", "back"),
    )
    metadata = Metadata(
        title="渡口街坊報 <第12期> & “特刊”",
        language="zh-Hant",
        identifier=METADATA.identifier,
        date="2024-05-07T08:30:00",
        modified="2024-05-07T08:30:01+08:00",
        publisher="渡口街坊會 & 友",
        rights="© 街坊",
        description="一 -- 二 <三>",
        accessibility="文字可讀。",
        languages=("zh-Hant", "ja", "ko", "en"),
        contributors=(Contribution("aut", "林小舟"), Contribution("edt", "許一帆 & 友"), Contribution("pht", "街坊會")),
        sources=(Provenance("https://example.org/a?x=1&y=2", "渡口街坊網；2024-05-06"), Provenance("渡口街坊網")),
    )
    pictures = (picture(folder, "a001-1.jpg"), picture(folder, "a001-2.png", "#e9d8a6"))
    return edition(*documents, media=pictures, contents=sections, metadata=metadata)


def unzipped(made: bytes) -> dict[str, bytes]:
    """Return what the container holds, by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(files: dict[str, bytes]) -> bytes:
    """Return `files` as a container, the type plain and the rest deflated."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            plain = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, plain)
    return target.getvalue()


def tree(made: bytes, name: str) -> etree._Element:
    """Return a file of the e-book's package folder, parsed."""
    return etree.fromstring(unzipped(made)[f"EPUB/{name}"])


def body_text(made: bytes, name: str) -> str:
    """Return the text of a document's body, white space and all."""
    body = tree(made, f"{name}.xhtml").find(f"{XHTML}body")
    assert body is not None
    return "".join(str(run) for run in body.itertext())


class Message(Struct, frozen=True):
    """What EPUBCheck says: how grave it is, its code, its words."""

    severity: str
    code: str
    words: str


@cache
def _judge() -> subprocess.Popen[str]:
    """Start EPUBCheck, once for all the books of a test run."""
    require("java")
    command = [sys.executable, str(Path(__file__).parents[1] / "judge.py")]
    judge = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    register(judge.communicate)
    return judge


def epubcheck(book: Path) -> tuple[Message, ...]:
    """Return EPUBCheck's messages of every severity on `book`. Skips the test where there is no Java, but not in CI."""
    judge = _judge()
    assert judge.stdin
    assert judge.stdout
    judge.stdin.write(f"{book}\n")
    judge.stdin.flush()
    answer = judge.stdout.readline()
    assert answer, "EPUBCheck has ended"
    return tuple(Message(item["severity"], item["ID"], item["message"]) for item in json.loads(answer)["messages"])
