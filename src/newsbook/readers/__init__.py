"""Bytes become documents: a table of readers, and a sniffer that picks one."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePath

from msgspec.structs import replace

from newsbook.diagnostics import InputError, Report
from newsbook.model import Copy
from newsbook.readers.feeds import read_feed
from newsbook.readers.html import read_html, read_links
from newsbook.readers.interface import Addresses, Document, Enclosed, RawPage, Reader, Received, Taken
from newsbook.readers.jsonforms import read_json, read_json_lines
from newsbook.readers.markdown import read_markdown
from newsbook.readers.sniffing import sniff
from newsbook.readers.text import read_text

__all__ = ["READERS", "Addresses", "Document", "Enclosed", "Received", "Taken", "read", "sniff", "take"]


def read(name: str, raw: bytes, pictures: tuple[str, ...], encoding: str, report: Report) -> Document:
    """Return the first document in the bytes of a page. Raises what `take` raises."""
    received = Received(name, lambda: BytesIO(raw), pictures, encoding, report)
    first = next(take(received), None)
    if first is None:
        raise InputError(f"there is no article in {PurePath(name).name}.")
    return first.document


def take(received: Received, form: str = "") -> Iterator[Taken]:
    """Yield the documents in an input, each as soon as it is read. `form` is a key of `READERS`, or empty.

    Raises `InputError` where the input is empty or not of its form, `LimitError` where it is too large, and
    `UsageError` for an encoding that does not exist. A part that cannot be used is a finding.
    """
    received = replace(received, name=PurePath(received.name).name)
    if not received.head(_BLANK).strip():
        raise InputError(f"{received.name} is empty.")
    yield from READERS[form or sniff(received)](received)


# An input that begins with so much white space holds nothing else.
_BLANK = 1_000_000


def _whole(reader: Callable[[RawPage], Copy]) -> Reader:
    """Return the reader of a form that is one page."""
    return lambda received: iter((Taken(reader(received.page())),))


def _read_page(received: Received) -> Iterator[Taken]:
    """Yield the story in a page, or what the page leads to where it has no text but links."""
    page = received.page()
    try:
        yield Taken(read_html(page))
    except InputError:
        links = read_links(page)
        if not links:
            raise
        yield Taken(Addresses(links))


def _read_nitf(received: Received) -> Iterator[Taken]:
    from newsbook.readers.nitf import read_nitf

    yield from read_nitf(received.page())


def _read_newsml(received: Received) -> Iterator[Taken]:
    from newsbook.readers.newsml import read_newsml

    yield from read_newsml(received.page())


def _read_docx(received: Received) -> Iterator[Taken]:
    from newsbook.readers.docx import read_docx

    yield from read_docx(received)


def _read_epub(received: Received) -> Iterator[Taken]:
    from newsbook.readers.epub import read_epub

    yield from read_epub(received)


def _read_warc(received: Received) -> Iterator[Taken]:
    from newsbook.readers.warc import read_warc

    yield from read_warc(received)


def _read_zip(received: Received) -> Iterator[Taken]:
    from newsbook.readers.ziparchive import read_bundle

    yield from read_bundle(received, take)


def _read_gzip(received: Received) -> Iterator[Taken]:
    from newsbook.readers.gzipped import read_gzip

    yield from read_gzip(received, take)


def _read_aozora(page: RawPage) -> Copy:
    from newsbook.readers.aozora import read_aozora

    return read_aozora(page)


def _read_sitemap(received: Received) -> Iterator[Taken]:
    from newsbook.readers.sitemap import read_sitemap

    yield from read_sitemap(received)


def _read_table(received: Received) -> Iterator[Taken]:
    from newsbook.readers.tables import read_table

    yield from read_table(received)


def _refuse_xml(received: Received) -> Iterator[Taken]:
    raise InputError(f"{received.name} is XML, but no feed, sitemap, NITF or NewsML-G2; save it as HTML or plain text.")


READERS: dict[str, Reader] = {
    "text": _whole(read_text),
    "aozora": _whole(_read_aozora),
    "html": _read_page,
    "markdown": read_markdown,
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": _read_table,
    "feed": read_feed,
    "sitemap": _read_sitemap,
    "nitf": _read_nitf,
    "newsml": _read_newsml,
    "xml": _refuse_xml,
    "docx": _read_docx,
    "epub": _read_epub,
    "zip": _read_zip,
    "gzip": _read_gzip,
    "warc": _read_warc,
}
