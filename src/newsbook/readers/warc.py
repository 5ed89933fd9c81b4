"""Read web archives, WARC or ARC, packed or not: every page of HTML in them, one after the other.

ISO 28500. The target and the date of a record become the article's URL and the time at which it was retrieved.
"""

import logging
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.model import Copy, Part
from newsbook.readers.html import read_html
from newsbook.readers.interface import Enclosed, RawPage, Received, Taken

_HTML = ("text/html", "application/xhtml+xml")
_ANSWERS = frozenset({"response", "resource"})
_MARKS = frozenset("。！？.!?")
_FEWEST = 15


class _Headers(Protocol):
    def get_header(self, name: str, default: str = "") -> str | None: ...


class _StatusAndHeaders(_Headers, Protocol):
    def get_statuscode(self) -> str: ...


class _Record(Protocol):
    """What warcio says of a record."""

    rec_type: str | None
    rec_headers: _Headers
    http_headers: _StatusAndHeaders | None
    raw_stream: object

    def content_stream(self) -> BinaryIO: ...


def read_warc(received: Received) -> Iterator[Taken]:
    """Yield the articles in an archive, each as soon as its record is read. Raises `InputError` where there is none."""
    found = False
    pictures: dict[str, int] = {}
    for number, (record, offset_of) in enumerate(_records(received), 1):
        kind = _kind(record)
        if kind.startswith("image/"):
            pictures[_target(record)] = offset_of()
        copy = _page(record, received, number) if kind in _HTML else None
        if copy:
            found = True
            yield Taken(copy, _enclosed(received, pictures))
    if not found:
        raise InputError(f"{received.name} is a web archive without an article in it.")


def _enclosed(received: Received, pictures: dict[str, int]) -> Enclosed:
    """Return a function that finds a picture by its URL. `pictures` holds all of them once the archive is read."""

    def picture(url: str) -> bytes:
        from warcio.archiveiterator import ArchiveIterator

        if url not in pictures:
            raise InputError(f"it is not in {received.name}")
        with received.open() as file:
            file.seek(pictures[url])
            record: _Record = next(ArchiveIterator(file, arc2warc=True))
            return record.content_stream().read(received.caps.page_bytes)

    return picture


def _records(received: Received) -> Iterator[tuple[_Record, Callable[[], int]]]:
    """Yield the records of an archive. A broken archive ends where it breaks, and that is reported.

    With each record comes a function that tells where it begins. Nothing of the record can be read after its call.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    class SilentIterator(ArchiveIterator):  # type: ignore[misc]
        """Writes nothing of what it finds, which is a stranger's, on standard error."""

        INC_RECORD = ""

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    last: _Record | None = None
    with received.open() as file:
        try:
            records = SilentIterator(file, arc2warc=True)
            for last in records:
                yield last, records.get_record_offset
        except AttributeError:  # The library looks into an address that is none.
            _report_broken(received, "a record states no address")
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
            _report_broken(received, f"{error}")
    if last and (not last.rec_type or getattr(last.raw_stream, "limit", 0) > 0):
        _report_broken(received, "its last record is not whole")


def _report_broken(received: Received, why: str) -> None:
    message = f"the archive is broken or cut short ({why}); it was read as far as it goes."
    hint = "Fetch it again, or compare the number of its records."
    received.report(Diagnostic(Code.FORM_BROKEN, message, Place(received.name), hint))


def _kind(record: _Record) -> str:
    """Return the media type of what was answered, empty where nothing was."""
    headers = record.http_headers
    refused = headers is not None and not headers.get_statuscode().startswith("2")
    if record.rec_type not in _ANSWERS or refused:
        return ""
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    return kind.partition(";")[0].strip().lower()


def _target(record: _Record) -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or ""


def _page(record: _Record, received: Received, number: int) -> Copy | None:
    """Return the copy of a page. One without a story is reported, and the result is None."""
    url = _target(record)
    name = f"{received.name}#{number}"
    try:
        raw = record.content_stream().read(received.caps.page_bytes + 1)
        if len(raw) > received.caps.page_bytes:
            raise LimitError(f"it has more than {received.caps.page_bytes:,} bytes")  # noqa: TRY301
        copy = read_html(RawPage(name, raw, (), received.encoding, received.report, url, caps=received.caps))
        if not _tells_story(copy):
            raise InputError("it has no prose in it")  # noqa: TRY301
    except (InputError, LimitError) as error:
        message = f"the page {url} is no article: {error}"
        received.report(Diagnostic(Code.INPUT_IGNORED, message, Place(name)))
        return None
    date = record.rec_headers.get_header("WARC-Date") or ""
    return replace(copy, online=True, source=replace(copy.source, url=url, retrieved=date, identifier=url))


def _tells_story(copy: Copy) -> bool:
    """Tell whether a page has a sentence in it: lists of links and forms are crawled along with stories."""
    told = zip(copy.lines, copy.markup, strict=True)
    prose = (line.text for line, markup in told if markup.part is Part.PARAGRAPH)
    return any(len(text) >= _FEWEST and any(mark in text for mark in _MARKS) for text in prose)
