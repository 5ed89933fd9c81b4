"""What is fuzzed: each target takes any bytes, feeds a part of newsbook with them, and holds what comes out to its laws.

A target raises `AssertionError` where a law is broken, and whatever else newsbook raises that is no failure of its own.
Half of all bytes are taken as they are, the other half as a recipe: each byte names a piece of what the part reads.
"""

import contextlib
import gzip
import hashlib
import io
import re
import tomllib
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from newsbook import desk, native, overrides, readers, repairs
from newsbook.diagnostics import NewsbookError, UsageError
from newsbook.languagetags import canonical
from newsbook.layout.soundness import check_sheet
from newsbook.model import FORBIDDEN, Article, Copy, Issue
from newsbook.model.walk import map_strings, strings
from newsbook.project import check, editing, reading
from newsbook.replay import pieces
from newsbook.writers.pdf.breaking import Measure, break_lines
from newsbook.writers.pdf.engine.pango import breaks_of
from newsbook.writers.pdf.spacing import HorizontalList, in_squares

LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
NOTHING_SAID: Callable[[object], None] = lambda _finding: None  # noqa: E731 - as short as what it does.

WORDS = (
    "渡口老街的早市六點開張。", "渡口的早市，六点开张；街坊都来了。", "ひかりの渡し場、朝六時。", "나루터 골목의 아침 장.",
    "網(wǎng)路", "鄉(xiāng)村", "（記者林小舟／渡口報道）", "來源：渡口街坊報", "2024年5月7日 08:30", "作者：林小舟",
    "「", "」", "『", "』", "“", "”", "——", "……", "、", "，", "。", "！", "?", ",", ".", "(", ")", "&nbsp;", "&#x6e21;",
    "&amp;lt;", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}", "\N{WORD JOINER}", "　", "　　", " ",
    "\t", "\n", "\r\n", "\n\n", "\x85", "\N{LINE SEPARATOR}", "\x00", "\x1b[0m", "\ufffe", "\ufeff", "\ufffd", "〓", "█",
    "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{POP DIRECTIONAL FORMATTING}", "e\N{COMBINING ACUTE ACCENT}", "ﾊﾟ", "㍻", "⼀", "\ue000",
    "葛\N{VARIATION SELECTOR-17}", "\N{CJK UNIFIED IDEOGRAPH-20021}", "⿰亻尔", "A", "PDF", "1", "12", "３", "%", "https://a.example/b?c=1",
    "首頁 > 要聞 > 正文", "首頁 | 要聞", "責任編輯：許一帆", "分享到：", "圖：早市。街坊會攝", "▲", "■", "●", "1. ", "（一）", "本報訊 ",
    "娓″彛", "æ¸¡å\x8f£", "Ð¼Ð¾", "锟斤拷", "烫烫烫", "渡?口", "民國一百一十三年", "令和六年", "…" * 6, "網" * 30,
)  # fmt: skip
TAGS = (
    "<p>", "</p>", "<p class='related'>", "<div>", "</div>", "<h1>", "</h1>", "<h2>", "<br>", "<br/>", "<img src='1.jpg' alt='早市'>",
    "<figure>", "<figcaption>", "</figcaption>", "</figure>", "<table>", "<tr>", "<td colspan='99'>", "<td>", "</table>", "<ul>", "<li>",
    "</ul>", "<ruby>", "<rt>", "</ruby>", "<rp>", "<a href='javascript:x'>", "<a href='#n1'>", "</a>", "<svg>", "<math>", "<mi>", "</math>",
    "<template>", "<noscript>", "<iframe>", "<object>", "<embed>", "<video>", "<select>", "<button>", "<script>", "</script>", "<style>",
    "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-16'?>", "<meta charset='gb2312'>", "<title>", "</title>",
    "<article>", "</article>", "<script type='application/ld+json'>", "<base href='//h/'>", "<blockquote>", "<pre>", "<span style='display:none'>",
    "</span>", "<b>", "<i>", "<sup>", "<o:p>", "<", ">", "&", "</", "<p @click='x' 中文=3>", "<hr>", "<dl><dt>", "<dd>", "<textarea>", "<plaintext>",
)  # fmt: skip
JSON = (
    "{", "}", "[", "]", ":", ",", '"', "null", "true", "NaN", "1e999", "-1", "0", "9" * 40, '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"',
    '"type":"article"', '"type":"issue"', '"headline":"早市"', '"body":[]', '"articles":[', '"title":', '"content":', '"content_html":"<p>早市。</p>"',
    '"version":"https://jsonfeed.org/version/1.1"', '"items":[{"id":"1"}]', '"versioncreated":"2024-05-07T08:00:00Z"', '"body_xhtml":', '"published":"x"',
    '"date_published":1', '"byline":', '"authors":[{"name":"林小舟"}]', '"associations":{"a":{"type":"picture"}}', '"pubstatus":"canceled"', '"text":"渡口。"',
    '{"type":"paragraph","text":[{"text":"渡口"}]}', "\n", " ", "\ufeff", '"早市"', '"\\', "//", "'",
)  # fmt: skip
FEED = (
    "<?xml version='1.0'?>", "<rss version='2.0'>", "<channel>", "<item>", "</item>", "</channel></rss>", "<title>", "</title>", "<description>",
    "</description>", "<link>", "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>", "<![CDATA[", "]]>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "</feed>", "<content type='xhtml'>", "<content type='html'>", "<id>", "</id>",
    "<pubDate>Tue, 07 May 2024 08:00:00 GMT</pubDate>", "<updated>x</updated>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "<author><name>", "</name></author>",
    "<enclosure url='file:///etc/passwd' type='image/png'/>", "<guid>1</guid>", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
)  # fmt: skip
CSS = (
    "p{", "}", "color:red;", "background:", "url(", ")", "'x'", '"', "@import ", "@media print{", "@font-face{src:", "image-set(", "var(--a)", "--a:", "--b:var(--a) var(--a);",
    "calc(1px/0)", "1e9px", "repeat(9999,1px)", "\\75rl(", "/*", "*/", ";", "@namespace ", "#a", ":not(", "[", "]", "(", "\n", "images/a.jpg", "<!--", "\\", "u+0-7f",
)  # fmt: skip


def _text(data: bytes, *pieces: tuple[str, ...]) -> bytes:
    """Return what is read: the bytes as they are, or pieces of a text as they name them."""
    if not data or data[0] & 1:
        return data[1:]
    known = [piece for some in pieces for piece in some]
    # One byte for few pieces, two for many.
    numbers = data[1:] if len(known) <= 256 else [256 * a + b for a, b in zip(data[1::2], data[2::2], strict=False)]
    return "".join(known[number % len(known)] for number in numbers).encode("utf-8", "surrogatepass")


def _read(raw: bytes, form: str) -> Iterator[Copy | Article | Issue]:
    """Yield what is read of `raw`; a failure of newsbook's own ends it."""
    received = readers.Received("page", lambda: io.BytesIO(raw), (), "", NOTHING_SAID)
    try:
        for taken in readers.take(received, form):
            if not isinstance(taken.document, readers.Addresses):
                yield taken.document
    except NewsbookError as failure:
        assert str(failure), "a failure says why"


def _follow(document: Copy | Article | Issue) -> None:
    """Hold a document that was read to the laws of what follows: repairs, desk, and the native form."""
    if isinstance(document, Copy):
        mended = repairs.repair(document, NOTHING_SAID)
        _replays(document, mended)
        document = desk.edit(mended, NOTHING_SAID)
        _is_accounted_for(mended, document)
    # What no JSON and no XML can hold is taken out behind the readers.
    fit = map_strings(document, lambda text: FORBIDDEN.sub("", text))
    assert native.load(native.dump(fit), "x") == fit


def _replays(raw: Copy, mended: Copy) -> None:
    """Hold the record of repairs, played on the raw lines, against the repaired ones: nothing else changed."""
    record: dict[int, list[object]] = {}
    for repair in mended.source.repairs:
        record.setdefault(repair.line, []).append(repair)
    before = {line.number: line.text for line in raw.lines}
    for line in mended.lines:
        played = "".join(piece.after for piece in pieces(before[line.number], record.get(line.number, ())))  # type: ignore[arg-type]
        assert played == line.text, f"line {line.number} is not what its record says"


def _is_accounted_for(mended: Copy, article: Article) -> None:
    """Demand that every long line of prose stands in the article, or is on record as left out."""
    said = "".join([*strings(article), *(omission.text for omission in article.source.omissions)])
    held = Counter(HAN.findall(said))
    for line in mended.lines:
        letters = HAN.findall(line.text)
        if len(letters) > 30 and not re.search("[:：/／|｜>年月日]", line.text):
            lost = Counter(letters) - held
            assert not lost, f"lost {''.join(lost)[:20]} of {line.text[:40]!r}"


def text(data: bytes) -> None:
    """Fuzz the reader of text pages, repairs and desk."""
    raw = _text(data, WORDS)
    for document in _read(raw, "text"):
        assert isinstance(document, Copy)
        _follow(document)


def decoding(data: bytes) -> None:
    """Fuzz the decoder: whatever is sound UTF-8 loses no ideograph."""
    raw = _text(data, WORDS)
    for document in _read(raw, "text"):
        assert isinstance(document, Copy)
        try:
            said = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if document.source.encoding == "utf-8":
            lost = Counter(HAN.findall(said)) - Counter(HAN.findall("".join(line.text for line in document.lines)))
            assert not lost, f"lost {lost}"


def html(data: bytes) -> None:
    """Fuzz the reader of HTML, repairs and desk."""
    for document in _read(_text(data, WORDS, TAGS), "html"):
        _follow(document)


def markdown(data: bytes) -> None:
    """Fuzz the reader of Markdown."""
    for document in _read(
        _text(data, WORDS, ("# ", "> ", "- ", "    ", "```", "|a|b|\n|-|-|\n", "[x](y)", "![](z)", "*", "_")),
        "markdown",
    ):
        _follow(document)


def json(data: bytes) -> None:
    """Fuzz the readers of JSON, whole and by lines."""
    raw = _text(data, JSON)
    for form in ("json", "jsonl"):
        for document in _read(raw, form):
            _follow(document)


def feed(data: bytes) -> None:
    """Fuzz the reader of feeds, and those of news items."""
    raw = _text(data, FEED, WORDS[:30], TAGS[:12])
    for form in ("feed", "nitf", "newsml", "sitemap"):
        for document in _read(raw, form):
            _follow(document)


_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
WORD = (
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>", "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tc>", "</w:tr>", "</w:tbl>",
    "<w:br/>", "<w:drawing/>", "<a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' r:embed='r9'/>", "<w:hyperlink r:id='r8'>", "</w:hyperlink>",
    "<w:footnoteReference w:id='1'/>", "<w:ruby>", "<w:rubyBase>", "</w:rubyBase>", "</w:ruby>", "<w:del>", "<w:ins>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>",
)  # fmt: skip


def docx(data: bytes) -> None:
    """Fuzz the reader of Word files: a document of any content in a sound container, or a container of any bytes."""
    if data and data[0] & 2:
        raw = data
    else:
        target = io.BytesIO()
        head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr("word/document.xml", head + _text(data, WORD, WORDS[:20]) + b"</w:body></w:document>")
        raw = target.getvalue()
    for document in _read(raw, "docx"):
        _follow(document)


NAMES = ("a.txt", "A.TXT", "../a.txt", "/etc/a.txt", "b/../../a.html", "a\\b.md", "mimetype", "META-INF/container.xml", "o.opf", "c.xhtml", "1.jpg",
    "a.1.jpg", "\u6e21\u53e3.txt", "", "/", "b/", "__MACOSX/._a.txt", "n.zip", "n.epub", "a.json", "a\nb.txt", "word/document.xml", "[Content_Types].xml")  # fmt: skip
PARTS = (
    "渡口的早市。\n\n渡口老街的早市六點開張，街坊都來了。\n".encode(), b"", b"application/epub+zip", b"\0" * 3000, b"/etc/passwd", b"\xff\xd8\xff\xe0", b"PK\x03\x04",
    b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='o.opf'/></rootfiles></container>",
    b"<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine></package>",
    "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>早市</h1><p>渡口老街的早市六點開張，街坊都來了。</p><img src='../1.jpg'/></body></html>".encode(),
)  # fmt: skip
WARC = (
    b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"WARC-Target-URI: https://a.example/b\r\n", b"Content-Type: application/http;msgtype=response\r\n", b"Content-Length: 90\r\n",
    b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n", b"Content-Encoding: gzip\r\n", b"\r\n\r\n",
    "<h1>早市</h1><p>渡口老街的早市六點開張，街坊都來了。</p>".encode(), b"Transfer-Encoding: chunked\r\n", b"5\r\n", b"WARC-Date: 2024-05-07T08:00:00Z\r\n",
)  # fmt: skip


def _packed(data: bytes) -> bytes:
    """Return a ZIP of what the bytes name, of which a few bytes are changed: sizes, methods, flags, offsets."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, part in zip(data[2:14:2], data[3:14:2], strict=False):
            entry = zipfile.ZipInfo(NAMES[name % len(NAMES)] or "x")
            entry.external_attr = (0o120777 if part & 128 else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if part & 64 else zipfile.ZIP_STORED
            archive.writestr(entry, PARTS[part % len(PARTS)])
    packed = bytearray(target.getvalue())
    for high, low, value in zip(data[14::3], data[15::3], data[16::3], strict=False):
        packed[(256 * high + low) % len(packed)] = value
    return bytes(packed)


def container(data: bytes) -> None:
    """Fuzz the readers of ZIP, EPUB, gzip and web archives: of any bytes, and of sound ones that were damaged."""
    which = data[1] if len(data) > 1 else 0
    if data and data[0] & 1:
        raw = data[1:]
    elif which & 3 == 0:
        raw = b"".join(WARC[number % len(WARC)] for number in data[2:])
    else:
        raw = _packed(data)
    raw = gzip.compress(raw, mtime=0) if which & 4 else raw
    for form in ("", "zip", "epub", "warc", "gzip"):
        if form in readers.READERS or not form:
            for document in _read(raw, form):
                _follow(document)


TOML = (
    "inputs = [", "]", '"."', ", ", "\n", '"a.txt"', "[issue]\n", "nameplate = ", '"渡口"', "number = ", "date = ", "2024-05-07", "[[articles]]\n", 'of = "a.txt"', 'of = "*"',
    "headline = ", "hold = true", "leave_out = true", "replace = [[", '"早", "晚"', "]]", "[[sections]]\n", "name = ", "articles = [", "order = [", "[[outputs]]\n", 'file = "a.pdf"', 'kind = "epub"',
    "style = ", '"bulletin"', "true", "-1", "1e400", "nan", "9" * 30, "'", '"', "\\", "# a remark\n", "{", "}", " = ", ".", "a", "[gate]\n", "depth = ", "[fetching]\n", "delay = ", "[design]\n", "logo = ",
    '"""', "\t", "\r\n", "\ufeff", "articles = [{", "sections = [{", "}]", "[series]\n", "[check]\n", "[[advertisements]]\n", "[index]\n", "[[index.entries]]\n", "~/x", "../", "\x00", "\N{RIGHT-TO-LEFT OVERRIDE}",
)  # fmt: skip


def project(data: bytes) -> None:
    """Fuzz newsbook.toml: what is read is checked, and an edit changes what it is about, and nothing else."""
    raw = _text(data, TOML)
    with contextlib.suppress(NewsbookError, UnicodeDecodeError):
        said = reading.read(raw.decode(), "newsbook.toml")
        check(said, NOTHING_SAID)
    for name in ("a.txt", "b"):
        try:
            after = editing.edited(raw, partial(editing.with_headline, of=name, headline='早\n市"\\'))
        except UsageError as failure:
            assert "newsbook.toml" in str(failure)
            continue
        again = editing.edited(after, partial(editing.with_headline, of=name, headline='早\n市"\\'))
        assert again == after, "an edit made twice is made once"
        held = editing.edited(after, partial(editing.with_mark, of=name, name="hold"))
        tomllib.loads(held.decode("utf-8-sig"))


DECIDED = (
    '{"type":"overrides"', '"page":"a"', f'"sha256":"{hashlib.sha256(b"x").hexdigest()}"', '"repairs":[', '"omissions":[', '{"line":1', '"column":1', '"before":"網(w"', '"before":""', '"decision":"replace"',
    '"decision":"reject"', '"decision":"accept"', '"decision":"keep"', '"after":"網"', '"after":null', '"after":"\\u0000\\n"', '"after":"\\ud800"', '"kind":"advert"', "}", "]", ",", '"line":3', '"column":0',
    '"line":-1', '"column":99999999999999999999', "[" * 40, '"line":"1"',
)  # fmt: skip
_DECIDED_ON = "渡口的早市\n\n網(w渡口的早市六點開張，街坊都來了，坐在石階上吃豆花。\n分享到：微信\n".encode()


def decisions(data: bytes) -> None:
    """Fuzz a person's decisions on a page: what they bring about is on record, as what newsbook does is."""
    raw = _text(data[:1] + data[2:], DECIDED)
    made = []
    with contextlib.suppress(NewsbookError):
        made.append(overrides.load(raw, "a.overrides.json"))
    known = [overrides.Decision.ACCEPT, overrides.Decision.REJECT, overrides.Decision.REPLACE]
    rulings = tuple(
        overrides.Ruling(
            line % 6, column % 30, "網(w"[: 1 + kind % 3], known[kind % 3], (None, "網", "", "網\n路")[kind % 4]
        )
        for line, column, kind in zip(data[2::3], data[3::3], data[4::3], strict=False)
    )
    made.append(overrides.Overrides("a", hashlib.sha256(_DECIDED_ON).hexdigest(), rulings))
    for said in made:
        for document in _read(_DECIDED_ON, "text"):
            assert isinstance(document, Copy)
            mended = repairs.repair(document, NOTHING_SAID)
            _replays(document, overrides.override(document, mended, said, NOTHING_SAID))


def lines(data: bytes) -> None:
    """Fuzz the line breaker: its lines follow one another to the end, and none is longer than it must be."""
    words = " ".join(_text(data[2:], WORDS).decode("utf-8", "replace").split())[:200]
    language = LANGUAGES[data[0] % 4] if data else "ja"
    measure = float(2 + (data[1] % 40 if len(data) > 1 else 8))
    if not words:
        return
    hlist = HorizontalList(in_squares(words, language), [*breaks_of(words, language), len(words)])
    made = break_lines(hlist, 0, Measure(measure, measure, is_justified=bool(data[0] & 4), hangs=bool(data[0] & 8)))
    assert made[-1].resume == hlist.length, "the last line ends with the paragraph"
    assert all(hlist.start(one.resume) == other.start for one, other in pairwise(made)), "lines follow one another"
    assert all(one.start < one.resume for one in made), "no line is empty"


def sheet(data: bytes) -> None:
    """Fuzz the check of a user's style sheet."""
    try:
        check_sheet(_text(data, CSS).decode("utf-8", "replace"), "ebook", "x.css")
    except NewsbookError as failure:
        assert str(failure).startswith("x.css ")


def tag(data: bytes) -> None:
    """Fuzz language tags: what is canonical stays what it is."""
    made = canonical(data.decode("utf-8", "replace"))
    assert canonical(made) == made


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (text, decoding, html, markdown, json, feed, docx, container, project, decisions, lines, sheet, tag)
}
