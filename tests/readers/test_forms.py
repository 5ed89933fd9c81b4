"""What holds for every form alike: damage in it is repaired as in text, and what is large is read along."""

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest

import making
from corpora import clean_pages, damaged_pages
from newsbook import desk, readers, repairs
from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError
from newsbook.gate import Caps
from newsbook.inputs import read_all
from newsbook.model import Article, Block, Copy, Credit, Figure
from newsbook.readers.interface import Received, Taken
from newsbook.readers.ziparchive import opened

Lines = tuple[str, ...]


def received(raw: bytes, name: str = "in", found: list[Diagnostic] | None = None) -> Received:
    report = found.append if found is not None else lambda _finding: None
    return Received(name, lambda: io.BytesIO(raw), (), "", report)


def articles(raw: bytes, name: str = "in") -> Iterator[Article]:
    for taken in readers.take(received(raw, name)):
        assert isinstance(taken.document, Copy)
        yield desk.edit(repairs.repair(taken.document, lambda _finding: None), lambda _finding: None)


# --- the same damaged text in every form ---------------------------------------------------------------------------


def in_html(title: str, lines: Lines) -> bytes:
    body = "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in lines)
    return f"<!DOCTYPE html><html><body><h1>{escape(title)}</h1><article>{body}</article></body></html>".encode()


def paragraphs(lines: Lines) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def in_markdown(title: str, lines: Lines) -> bytes:
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-.!|<>~&"})
    text = "\n\n".join(line.strip().translate(marks) for line in lines)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{text}\n".encode()


def in_record(title: str, lines: Lines) -> bytes:
    return json.dumps({"title": title, "text": "\n".join(lines)}).encode()


def in_marked_record(title: str, lines: Lines) -> bytes:
    return json.dumps({"title": title, "content": paragraphs(lines)}).encode()


def in_rss(title: str, lines: Lines) -> bytes:
    item = f"<title>{escape(title)}</title><description>{escape(paragraphs(lines))}</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()


def in_json_feed(title: str, lines: Lines) -> bytes:
    item = {"id": "1", "title": title, "content_html": paragraphs(lines)}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "", "items": [item]}).encode()


def in_ninjs(title: str, lines: Lines) -> bytes:
    return json.dumps({"uri": "u:1", "profile": "", "headline": title, "body_html": paragraphs(lines)}).encode()


def nitf(title: str, lines: Lines) -> str:
    head = f"<body.head><hedline><hl1>{escape(title)}</hl1></hedline></body.head>"
    return f"<nitf><body>{head}<body.content>{paragraphs(lines)}</body.content></body></nitf>"


def in_nitf(title: str, lines: Lines) -> bytes:
    return nitf(title, lines).encode()


def in_newsml(title: str, lines: Lines) -> bytes:
    content = (
        f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{paragraphs(lines)}</body></html></inlineXML>'
    )
    meta = f"<contentMeta><headline>{escape(title)}</headline></contentMeta>"
    item = f"{meta}<contentSet>{content}</contentSet>"
    return f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g">{item}</newsItem>'.encode()


def in_newsml_nitf(title: str, lines: Lines) -> bytes:
    item = f"<contentSet><inlineXML>{nitf(title, lines)}</inlineXML></contentSet>"
    return f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g">{item}</newsItem>'.encode()


def zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode())
    return packed.getvalue()


def in_docx(title: str, lines: Lines) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r></w:p>'
    text = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    style = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{heading}{text}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{word}">{style}</w:styles>',
    })  # fmt: skip


def in_epub(title: str, lines: Lines) -> bytes:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{escape(title)}</h1>{paragraphs(lines)}</body></html>'
    manifest = '<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": f'<package>{manifest}<spine><itemref idref="a"/></spine></package>',
            "a.xhtml": page,
        }
    )


def in_warc(title: str, lines: Lines) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + in_html(title, lines)
    head = "WARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2024-03-05T00:00:00Z\r\n"
    kind = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return f"WARC/1.0\r\n{head}{kind}".encode() + answer + b"\r\n\r\n"


def in_zip(title: str, lines: Lines) -> bytes:
    return zipped({"a.txt": "\n".join((title, *lines))})


FORMS: tuple[Callable[[str, Lines], bytes], ...] = (
    in_html, in_markdown, in_record, in_marked_record, in_rss, in_json_feed, in_ninjs, in_nitf, in_newsml,
    in_newsml_nitf, in_docx, in_epub, in_warc, in_zip,
)  # fmt: skip


def plain(body: tuple[Block, ...]) -> list[tuple[str, str]]:
    """Return the type and the words of each block."""
    texts = ((type(block).__name__, getattr(block, "text", getattr(block, "caption", ()))) for block in body)
    return [(name, "".join(span.text for span in text)) for name, text in texts]


@pytest.fixture(scope="module")
def damaged() -> tuple[str, Lines, Article]:
    page = damaged_pages(3)[0]
    title, *lines = filter(str.strip, page.raw.decode().split("\n"))
    (wanted,) = articles("\n".join((title, *lines)).encode())
    return title, tuple(lines), wanted


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_damage_is_repaired_alike_in_every_form(
    form: Callable[[str, Lines], bytes], damaged: tuple[str, Lines, Article]
) -> None:
    title, lines, wanted = damaged
    (got,) = articles(form(title, lines))
    assert wanted.source.repairs
    assert (got.headline, plain(got.body)) == (wanted.headline, plain(wanted.body))
    assert [repair.kind for repair in got.source.repairs]


# A deck behind dashes above the meta line in simplified characters; traditional ones; Japanese; Korean.
_KINDS_OF_PAGES = ("hans-museum", "hant-harbour", "ja-bakery", "ko-market")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_same_article_comes_of_every_form(form: Callable[[str, Lines], bytes]) -> None:
    for page in (page for page in clean_pages() if page.name in _KINDS_OF_PAGES):
        title, *lines = filter(str.strip, page.raw.decode().split("\n"))
        (wanted,) = articles("\n".join((title, *lines)).encode())
        (got,) = articles(form(title, tuple(lines)))
        assert (facts(got), plain(got.body)) == (facts(wanted), plain(wanted.body)), page.name


def facts(article: Article) -> tuple[str, str, str, str, set[Credit]]:
    """Return what an article says of itself, in whichever order it says it."""
    return article.headline, article.deck, article.published, article.source.outlet, set(article.credits)


# --- what is large ------------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A file whose lines are made as they are read, and that counts them."""

    def __init__(self, line: bytes, count: int) -> None:
        self.line, self.count, self.given = line, count, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = min(max(1, len(buffer) // len(self.line)), self.count - self.given)
        made = (self.line * wanted)[: len(buffer)]
        assert len(made) == wanted * len(self.line)
        buffer[: len(made)] = made
        self.given += wanted
        return len(made)


def test_records_are_read_along_in_bounded_memory() -> None:
    line = json.dumps({"title": "渡口開市", "text": "渡口開市了，來的人很多。" * 20}).encode() + b"\n"
    files: list[Endless] = []

    def opened_anew() -> io.BufferedReader:
        files.append(Endless(line, 400))
        return io.BufferedReader(files[-1], 8 * len(line))

    read = readers.take(Received("in.jsonl", opened_anew, (), "", lambda _finding: None), "jsonl")
    next(read)
    assert files[-1].given < 20
    tracemalloc.start()
    assert sum(1 for _ in read) == 399
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500_000 < 400 * len(line)


def test_an_archive_is_read_along() -> None:
    record = in_warc("渡口开市", ("渡口开市了，来的人很多，大家都说今年的鱼比去年的好。",) * 3)
    read = readers.take(received(record * 50, "in.warc"))
    first = next(read)
    assert isinstance(first.document, Copy)
    assert first.document.source.retrieved == "2024-03-05T00:00:00Z"
    assert sum(1 for _ in read) == 49


def test_pictures_of_an_archive_are_had_by_their_address(tmp_path: Path) -> None:
    def record(url: str, kind: str, body: bytes) -> bytes:
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = f"WARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T00:00:00Z\r\n"
        kinds = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        return f"WARC/1.0\r\n{head}{kinds}".encode() + answer + b"\r\n\r\n"

    figure = "<figure><img src='../img/a.jpg'><figcaption>渡口晨景。</figcaption></figure>"
    prose = "<p>渡口开市了，来的人很多，大家都说今年的鱼比去年的好。</p>" * 3
    page = f"<html><body><h1>渡口开市</h1><article>{prose}{figure}</article></body></html>".encode()
    first = record("https://a.example/news/1.html", "text/html", page)
    raw = first + record("https://a.example/img/a.jpg", "image/jpeg", b"\xff\xd8\xff picture")
    (taken,) = readers.take(received(raw, "in.warc"))
    assert isinstance(taken.document, Copy)
    (article,) = articles(raw, "in.warc")
    (image,) = (block.image for block in article.body if isinstance(block, Figure))
    assert image == "https://a.example/img/a.jpg"
    assert taken.enclosed
    assert taken.enclosed(image) == b"\xff\xd8\xff picture"
    with pytest.raises(InputError, match="not in in"):
        taken.enclosed("https://a.example/img/b.jpg")
    # A crawler asks for the pictures of a page when it has the page, so they stand behind it.
    (tmp_path / "in.warc").write_bytes(raw)
    (story,) = making.taken((tmp_path / "in.warc",)).stories
    assert [(picture.name, picture.fault, picture.is_remote) for picture in story.pictures] == [(image, "", False)]


# --- what is hostile ----------------------------------------------------------------------------------------------


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(LimitError, match="more than 10 bytes"):
        read_all(io.BytesIO(b"x" * 11), "in.txt", Caps(page_bytes=10))


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbook.readers.ziparchive._MOST_FILES", 3)
    with pytest.raises(LimitError, match="4 files"), opened(received(zipped(dict.fromkeys("abcd", "x")))):
        pass


def test_a_name_that_leads_out_of_an_archive_is_not_followed() -> None:
    raw = zipped({"a.md": '# 渡口開市\n\n![圖](../../../etc/passwd "一張圖")\n\n渡口開市了，來的人很多。\n'})
    (taken,) = readers.take(received(raw, "in.zip"))
    assert taken.enclosed
    with pytest.raises(InputError, match="is not in in"):
        taken.enclosed("../../../etc/passwd")


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"title": "\\ud800", "text": "\\udfff\\u0000"}',
        b'{"title": 1e999, "text": NaN}',
        b"<rss>" * 20_000,
        b"<nitf><body>" + b"<block>" * 5_000,
        b"<!--" * 20_000 + b"<rss>",
        b"<!-- -->" * 8_000 + b"x",
        b"---\n" + b"a: &a [*a, *a]\n" * 100 + b"---\n",
        b"---\n? {" * 5_000,
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
        b"WARC/1.0\r\n" * 5_000,
        b"\x1f\x8b\x08\x00broken",
        b"PK\x03\x04" + b"\0" * 500,
        b'{"uri": "u", "profile": [], "associations": {"a": {"associations": []}}, "bodies": [1, null, {"value": 7}]}',
        b'{"version": "https://jsonfeed.org/version/1", "items": [null, {}, {"authors": "x", "content_html": 5}]}',
    ],
    ids=range(16),
)
def test_hostile_input_is_read_or_refused_in_a_sentence(raw: bytes) -> None:
    found: list[Diagnostic] = []
    start = time.process_time()
    try:
        for taken in readers.take(received(raw, "in", found)):
            assert isinstance(taken, Taken)
            if isinstance(taken.document, Copy):
                desk.edit(repairs.repair(taken.document, found.append), found.append)
    except (InputError, LimitError) as error:
        found.append(Diagnostic(Code.ARTICLE_UNUSABLE, str(error)))
    assert time.process_time() - start < 10
    sentences = [finding.message for finding in found if finding.code is Code.ARTICLE_UNUSABLE]
    assert all(sentence.startswith(("in", "it ", "the ")) for sentence in sentences)


def test_a_form_can_be_named() -> None:
    text = "---\ntitle: 渡口開市\n---\n渡口開市了，來的人很多，大家都說今年的魚比去年的好。\n"
    (taken,) = readers.take(received(text.encode(), "in.txt"), "text")
    assert isinstance(taken.document, Copy)
    assert taken.document.lines[0].text == "---"
    with pytest.raises(InputError, match="not JSON"):
        list(readers.take(received(text.encode(), "in.txt"), "json"))
