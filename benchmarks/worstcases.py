"""Inputs of a given size in every form that newsbook reads, in shapes that are hard on it and yet might be met with."""

import io
import json
import zipfile
from collections.abc import Callable

HEAD = "渡口老街的早市"
PROSE = "老街的早市天一亮就開了，賣豆花的攤子排到渡口邊上，街坊們端著碗站在石階上聊天。"
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
Make = Callable[[int], bytes]


def repeated(piece: str, size: int) -> str:
    """Return a piece as often as a number of bytes holds it."""
    return piece * (size // max(1, len(piece.encode())))


def text(piece: str) -> Make:
    return lambda size: f"{HEAD}\n\n{PROSE}\n\n{repeated(piece, size)}\n".encode()


def html(piece: str, before: str = "", after: str = "") -> Make:
    def make(size: int) -> bytes:
        body = f"<h1>{HEAD}</h1><p>{PROSE}</p>{before}{repeated(piece, size)}{after}"
        return f"<html><body>{body}<p>{PROSE}</p></body></html>".encode()

    return make


def nested(opening: str, closing: str) -> Make:
    """Return a page of elements within each other, as many as there is room for."""

    def make(size: int) -> bytes:
        depth = size // len(f"{opening}{closing}".encode())
        return html("")(0).replace(b"</body>", f"{opening * depth}{closing * depth}</body>".encode())

    return make


def listed(of: str) -> Make:
    """Return a JSON array of as many objects as there is room for."""
    return lambda size: f"[{repeated(f'{of},', size)[:-1]}]".encode()


def held(before: str, piece: str, after: str) -> Make:
    return lambda size: f"{before}{repeated(piece, size)}{after}".encode()


def word(piece: str) -> Make:
    """Return a Word file whose document has as many bytes, before it is packed."""

    def make(size: int) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", TYPES)
            package.writestr("_rels/.rels", RELATIONS)
            said = f"<w:p><w:r><w:t>{HEAD}</w:t></w:r></w:p><w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
            package.writestr("word/document.xml", f"{WORD}{said}{repeated(piece, size)}</w:body></w:document>")
        return target.getvalue()

    return make


def archive(count: int, piece: str) -> Make:
    """Return a ZIP of many pages of one piece each, of that size together."""

    def make(size: int) -> bytes:
        target = io.BytesIO()
        page = f"{HEAD}\n\n{PROSE}\n\n{repeated(piece, size // count)}\n"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
            for number in range(count):
                package.writestr(f"{number:06}.txt", page.replace(HEAD, f"{HEAD}{number}"))
        return target.getvalue()

    return make


def records(size: int) -> bytes:
    """Return records, one a line, each another story."""
    one = json.dumps({"title": f"{HEAD}0000000", "text": f"{PROSE}\n\n{PROSE}"}, ensure_ascii=False)
    count = size // len(one.encode())
    return "\n".join(one.replace("0000000", f"{number:07}") for number in range(count)).encode()


def rss(piece: str) -> Make:
    return held(f"<?xml version='1.0'?><rss version='2.0'><channel><title>{HEAD}</title>", piece, "</channel></rss>")


ITEM = f"<item><title>{HEAD}</title><description>{PROSE}</description></item>"
ENTRY = f"<entry><title>{HEAD}</title><content type='html'>&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry>"
NATIVE = f'{{"type":"article","headline":"{HEAD}","body":['
PARAGRAPH = f'{{"type":"paragraph","text":[{{"text":"{PROSE}"}}]}}'
NITF = f"<?xml version='1.0'?><nitf><body><body.head><hedline><hl1>{HEAD}</hl1></hedline></body.head><body.content>"
LINE = "字" * 1_000

CASES: dict[str, tuple[str, Make]] = {
    "text one line of prose": (".txt", text(PROSE)),
    "text paragraphs": (".txt", text(f"{PROSE}\n\n")),
    "text short lines": (".txt", text("短行\n")),
    "text brackets": (".txt", text("「")),
    "text mojibake": (".txt", text("æ¸¡å£")),
    "text lost bytes": (".txt", text("渡口�的早市，")),
    "text question marks": (".txt", text("渡口?的早市??")),
    "text soft hyphens": (".txt", text("渡\u00ad口\u200d")),
    "text combining marks": (".txt", text("か\u3099\u0301")),
    "text one Latin word": (".txt", text("a")),
    "text spaces": (".txt", text("字　 ")),
    "text dates": (".txt", text("2024年5月6日 ")),
    "text Aozora": (".txt", text("｜渡口《わたし》［＃「渡口」に傍点］")),
    "text damaged bytes": (".txt", lambda size: text("")(0) + bytes(range(128, 256)) * (size // 128)),
    "text GBK cut": (".txt", lambda size: repeated(PROSE, size).encode("gb18030")[1:size]),
    "html one paragraph": (".html", html(PROSE, "<p>", "</p>")),
    "html paragraphs": (".html", html(f"<p>{PROSE}</p>")),
    "html empty paragraphs": (".html", html("<p></p>")),
    "html breaks": (".html", html("短句<br>", "<p>", "</p>")),
    "html spans": (".html", html("<b>字</b><i>句</i>", "<p>", "</p>")),
    "html links": (".html", html("<a href='https://a.example/1'>渡口老街</a>，", "<p>", "</p>")),
    "html pictures": (".html", html("<img src='a.jpg' alt='渡口'>")),
    "html figures": (".html", html(f"<figure><img src='a.jpg'><figcaption>{PROSE}</figcaption></figure>")),
    "html table": (".html", html("<tr><td>渡口</td><td>12</td></tr>", "<table>", "</table>")),
    "html wide table": (".html", html("<td>渡口</td>", "<table><tr>", "</tr></table>")),
    "html tables": (".html", html("<table><tr><td>渡口</td><td>早市</td></tr></table>")),
    "html list": (".html", html("<li>渡口的早市</li>", "<ul>", "</ul>")),
    "html ruby": (".html", html("<ruby>渡<rt>わ</rt></ruby>", "<p>", "</p>")),
    "html quotations": (".html", html(f"<blockquote><p>{PROSE}</p></blockquote>")),
    "html notes": (".html", html("<p>字<sup><a href='#n1' id='r1'>1</a></sup></p><p id='n1'>1 註</p>")),
    "html nested divisions": (".html", nested("<div>", "</div>")),
    "html nested lists": (".html", nested("<ul><li>層", "</li></ul>")),
    "html nested runs": (".html", nested("<b>", "</b>")),
    "html nested tables": (".html", nested("<table><tr><td>", "</td></tr></table>")),
    "html nested quotations": (".html", nested("<blockquote>", "</blockquote>")),
    "html tags never closed": (".html", html("<p><b>字")),
    "html attributes": (".html", html("a='字' ", "<p ", ">字</p>")),
    "html entities": (".html", html("&amp;&#28193;&hellip;", "<p>", "</p>")),
    "html comment": (".html", html("<!-- 字 -->")),
    "html script": (".html", html("var a = {b: 1};", "<script>", "</script>")),
    "html linked data": (".html", html('{"@type":"NewsArticle"},', "<script type='application/ld+json'>[", "{}]</script>")),
    "html style": (".html", html("p{color:red}", "<style>", "</style>")),
    "html picture in the page": (".html", html("A", "<img src='data:image/png;base64,", "'>")),
    "html formulas": (".html", html("<math><mi>x</mi><mo>=</mo><mn>3</mn></math>，", "<p>", "</p>")),
    "markdown paragraphs": (".md", text(f"{PROSE}\n\n")),
    "markdown stars": (".md", text("*字**句")),
    "markdown brackets": (".md", text("[字](")),
    "markdown backticks": (".md", text("`字``")),
    "markdown quotations": (".md", text("> 字\n")),
    "markdown list": (".md", text("- 渡口的早市\n")),
    "markdown table": (".md", text("| 渡口 | 早市 |\n|---|---|\n| 字 | 句 |\n\n")),
    "markdown notes": (".md", text("字[^1]\n\n[^1]: 註\n\n")),
    "markdown references": (".md", text("[字]: https://a.example/\n[字]\n")),
    "markdown front matter": (".md", held("---\n", "a: [字]\n", f"---\n\n# {HEAD}\n\n{PROSE}\n")),
    "word paragraphs": (".docx", word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")),
    "word runs": (".docx", word("<w:p>" + "<w:r><w:t>字</w:t></w:r>" * 2_000 + "</w:p>")),
    "word cells": (".docx", word("<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>字</w:t></w:r></w:p></w:tc>" * 50 + "</w:tr></w:tbl>")),
    "rss items": (".xml", rss(ITEM)),
    "rss one item": (".xml", held(f"<?xml version='1.0'?><rss version='2.0'><channel><item><title>{HEAD}</title><description>", PROSE, "</description></item></channel></rss>")),
    "rss empty items": (".xml", rss("<item/>")),
    "rss categories": (".xml", rss(f"<item><title>{HEAD}</title>{'<category>字</category>' * 5_000}<description>{PROSE}</description></item>")),
    "atom entries": (".xml", held(f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>{HEAD}</title>", ENTRY, "</feed>")),
    "sitemap": (".xml", held("<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "<url><loc>https://a.example/1</loc></url>", "</urlset>")),
    "nitf paragraphs": (".xml", held(NITF, f"<p>{PROSE}</p>", "</body.content></body></nitf>")),
    "json native paragraphs": (".json", held(NATIVE, f"{PARAGRAPH},", f"{PARAGRAPH}]}}")),
    "json native runs": (".json", held(NATIVE + '{"type":"paragraph","text":[', '{"text":"字","strong":true},', '{"text":"字"}]}]}')),
    "json native headline": (".json", held('{"type":"article","headline":"', "渡口", f'","body":[{PARAGRAPH}]}}')),
    "json native rights": (".json", held(f'{NATIVE}{PARAGRAPH}],"source":{{"rights":"', "渡口", '"}}')),
    "json native alternative text": (".json", held(f'{NATIVE}{PARAGRAPH},{{"type":"figure","image":"a.jpg","alt":"', "渡口", '"}]}')),
    "json native articles": (".json", held('{"type":"issue","nameplate":"報","articles":[', f"{NATIVE}{PARAGRAPH}]}},", f"{NATIVE}{PARAGRAPH}]}}]}}")),
    "json records": (".json", listed(json.dumps({"title": HEAD, "text": PROSE}, ensure_ascii=False))),
    "json numbers": (".json", listed("1")),
    "json nested": (".json", lambda size: b"[" * (size // 2) + b"]" * (size // 2)),
    "json lines": (".jsonl", records),
    "json lines torn": (".jsonl", held("", '{"title": "x\n', "")),
    "ninjs": (".json", held(f'{{"uri":"urn:x","type":"text","headline":"{HEAD}","body_text":"', PROSE, '"}')),
    "csv records": (".csv", held("title,text\n", f"{HEAD},{PROSE}\n", "")),
    "csv one cell": (".csv", held(f"title,text\n{HEAD},", PROSE, "\n")),
    "csv columns": (".csv", held("title,text", ",a", f"\n{HEAD},{PROSE}\n")),
    "csv quotation marks": (".csv", held(f"title,text\n{HEAD},", '"a', "\n")),
    "zip of pages": (".zip", archive(2_000, PROSE)),
    "zip of tiny pages": (".zip", archive(20_000, "")),
}  # fmt: skip
