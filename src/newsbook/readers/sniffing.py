"""Tell by an input's first bytes which reader it is for, or that there is none. Its name decides only between texts."""

import codecs
import json
import re

from newsbook.readers.interface import Received

_ENOUGH = 65_536
_LONGEST_TAG = 2_000

_MARKUP = re.compile(
    rb"\s*<(?:!--|(?:!doctype|\?xml|html|head|body|article|div|p|table|meta|title|section|main|link|script|h[1-6]|span|font|ul"
    rb"|ol|figure|blockquote|center|header|nav|br|img|a|b|strong|em|i|form|iframe|style|pre)(?![\w-]))",
    re.IGNORECASE,
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# The outermost element of a document, behind its declaration, comments, document type and instructions.
_ROOT = re.compile(
    rb"(?>\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>))*+\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]",
    re.DOTALL,
)
_XML_FORMS = {
    b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"nitf": "nitf", b"newsitem": "newsml", b"packageitem": "newsml",
    b"newsmessage": "newsml", b"contentset": "newsml", b"conceptitem": "newsml", b"knowledgeitem": "newsml",
    b"planningitem": "newsml", b"catalogitem": "newsml", b"urlset": "sitemap", b"sitemapindex": "sitemap",
}  # fmt: skip
_JSON = re.compile(rb'\s*(?:\{\s*(?:["}]|\Z)|\[\s*[\[{\]])')
_FRONT_MATTER = re.compile(rb"(---|\+\+\+)[ \t]*\r?\n(?=[^\n:=]{1,60}[:=])(?:[^\n]*\n)*?\1[ \t]*(?:\r?\n|\Z)")
_HEADING = re.compile(rb"#{1,2} [^\n]+\n")
_MARKS = re.compile(
    rb"^(?:#{2,6} |[*-] |> |!\[|```|\|.+\|\s*$|\d\. )|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\n]+\)", re.MULTILINE
)
_MARKDOWN_NAMES = (".md", ".markdown", ".mkd", ".mdown")
_WARC = re.compile(rb"WARC/\d\.\d\r?\n")


def sniff(received: Received) -> str:
    """Return the key of the reader for an input. What no other reader is for is `text`."""
    raw = received.head(_ENOUGH)
    if raw.startswith(b"PK\x03\x04"):
        return _zipped(received)
    if raw.startswith(b"\x1f\x8b"):
        return "warc" if _WARC.match(_unpacked(raw)) else "gzip"
    head = _narrow(raw)
    if _WARC.match(head):
        return "warc"
    if _JSON.match(head):
        return "jsonl" if _is_lines(head) else "json"
    return _marked(head) or _told_apart(raw, head, received.name)


def _told_apart(raw: bytes, head: bytes, name: str) -> str:
    """Return the form of a text: a table, Markdown, Aozora Bunko's notation, or plain."""
    from newsbook.readers.aozora import is_aozora
    from newsbook.readers.tables import is_table

    if is_table(raw, name):
        return "csv"
    if _is_markdown(head, name):
        return "markdown"
    return "aozora" if is_aozora(raw) else "text"


def _narrow(raw: bytes) -> bytes:
    """Return the first bytes without a byte order mark. UTF-16 becomes ASCII."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw[2:].replace(b"\0", b"")
    return raw.removeprefix(codecs.BOM_UTF8)


def _marked(head: bytes) -> str:
    """Return the form of a document with markup, empty where it is none."""
    root = _ROOT.match(head)
    form = _XML_FORMS.get(root[1].lower(), "") if root else ""
    if form:
        return form
    if _MARKUP.match(head):
        return "xml" if head.lstrip().startswith(b"<?xml") and not _HTML.search(head) else "html"
    return "xml" if root and b"</" in head and b">" in head[: root.end() + _LONGEST_TAG] else ""


def _is_lines(head: bytes) -> bool:
    """Tell whether each line is a JSON value: the first is one whole, and another begins below it."""
    first, _, rest = head.lstrip().partition(b"\n")
    if not rest.lstrip().startswith((b"{", b"[")):
        return False
    try:
        json.loads(first.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _is_markdown(head: bytes, name: str) -> bool:
    """Tell whether a text is Markdown: front matter, a heading with other marks below it, or its name says so."""
    if name.lower().endswith(_MARKDOWN_NAMES) or _FRONT_MATTER.match(head):
        return True
    return bool(_HEADING.match(head.lstrip())) and bool(_MARKS.search(head.lstrip().partition(b"\n")[2]))


def _unpacked(raw: bytes) -> bytes:
    """Return the first bytes in a gzip file."""
    import zlib

    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(raw, 64)
    except zlib.error:
        return b""


def _zipped(received: Received) -> str:
    """Return the form of a ZIP archive: a Word file, an EPUB, or articles and pictures."""
    import zipfile

    try:
        with received.open() as file, zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    return "epub" if "META-INF/container.xml" in names else "zip"
