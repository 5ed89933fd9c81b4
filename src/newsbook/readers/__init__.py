"""Bytes become copy, an article or an issue: a table of readers, and a sniffer that picks one."""

import codecs
import re
from pathlib import PurePath

from newsbook.diagnostics import InputError, Report
from newsbook.model import Article, Copy, Issue
from newsbook.readers.html import read_html
from newsbook.readers.native import read_native
from newsbook.readers.page import Page, Reader
from newsbook.readers.text import read_text

_MARKUP = re.compile(
    rb"\s*<(?:!--|(?:!doctype|\?xml|html|head|body|rss|feed|article|div|p|table|meta|title|section|main|link|script)(?![\w-]))",
    re.IGNORECASE,
)
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|rdf|nitf|newsItem)\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_NATIVE = re.compile(rb'\s*\{\s*(?:["}]|\Z)')


def read(name: str, raw: bytes, pictures: tuple[str, ...], encoding: str, report: Report) -> Copy | Article | Issue:
    """Read one input. `pictures` as in `Copy`; `encoding` is what the user said, empty to find it out.

    Raises `InputError` where the input is empty, no text or not newsbook's JSON, and `UsageError` for an encoding
    that does not exist.
    """
    page = Page(PurePath(name).name, raw, pictures, encoding, report)
    if not raw.strip():
        raise InputError(f"{page.name} is empty.")
    return READERS[sniff(raw)](page)


def sniff(raw: bytes) -> str:
    """Return the key of the reader for `raw`: `native`, `html`, `markup` or, for all else, `text`."""
    head = raw[:1000].removeprefix(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[2:].replace(b"\0", b"")
    if _NATIVE.match(head):
        return "native"
    if not _MARKUP.match(head):
        return "text"
    return "markup" if _XML.match(head) and not _HTML.search(head) else "html"


def _refuse_markup(page: Page) -> Copy:
    raise InputError(f"{page.name} is XML, which newsbook does not read yet; save it as HTML or plain text.")


READERS: dict[str, Reader] = {"text": read_text, "html": read_html, "native": read_native, "markup": _refuse_markup}
