"""Read JSON, whole or a value on each line: newsbook's own, ninjs, JSON Feed, and the records of extractors."""

import codecs
import hashlib
import json
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from newsbook import native
from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.gate import parse_json
from newsbook.model import FORBIDDEN, Article, Issue
from newsbook.model.walk import map_strings
from newsbook.readers.encoding import decode
from newsbook.readers.interface import RawPage, Received, Taken, pass_over
from newsbook.readers.newsitem import copy_of

_NATIVE = frozenset({"article", "issue"})
# What a collection calls the list of its articles: NewsAPI, JSON:API, search engines, datasets.
_LISTS = ("articles", "items", "data", "results", "records", "docs", "documents", "news", "stories", "entries", "hits")
_NINJS = frozenset({
    "$standard", "standard", "versioncreated", "firstcreated", "pubstatus", "embargoeduntil", "embargoed", "renditions",
    "associations", "bodies", "headlines", "descriptions", "slugline", "infosources", "ednote", "usageterms", "profile",
    "representationtype", "copyrightholder", "body_text", "body_html", "body_xhtml", "body_richtext", "altids",
})  # fmt: skip

# A line longer than this is no record.
_LONGEST_LINE = 50_000_000


def read_json(received: Received) -> Iterator[Taken]:
    """Yield the articles in a JSON document. Raises `InputError` where it is no JSON, or has no article in it."""
    page = received.page()
    try:
        yield from _articles(*_parsed(page))
    except _BrokenError as error:
        raise InputError(f"{page.name} is not JSON, or cut short: {error}.") from error


def read_json_lines(received: Received) -> Iterator[Taken]:
    """Yield the articles in a file with a JSON value on each line, each as soon as its line is read."""
    with received.open() as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            page = RawPage(
                f"{received.name}#{number}", line, (), received.encoding, received.report, caps=received.caps
            )
            if line.strip():
                yield from _line(page)


def _line(page: RawPage) -> Iterator[Taken]:
    """Yield the articles on a line. One that cannot be used is reported."""
    try:
        yield from _articles(*_parsed(page))
    except _BrokenError as error:
        pass_over(page, page.name, f"the line is not JSON, or cut short: {error}.")
    except (InputError, LimitError) as error:
        pass_over(page, page.name, error)


class _BrokenError(Exception):
    """What should be JSON is not."""


def _parsed(page: RawPage) -> tuple[object, RawPage]:
    """Return the value in a page of JSON, and the page in UTF-8 with the encoding that it was in."""
    decoded = decode(page)
    try:
        value, is_changed = parse_json(decoded.text, page.name, page.caps, page.report)
    except (ValueError, RecursionError) as error:
        raise _BrokenError(str(error)) from error
    text = json.dumps(value) if is_changed else decoded.text
    return value, replace(page, raw=text.encode("utf-8", "replace"), encoding=decoded.encoding)


def form_of(value: Mapping[str, object]) -> str:
    """Return the key of the reader for a JSON object: `native`, `feed`, `ninjs`, `record` or, for a list, `list`."""
    names = {name.lower() for name in value}
    kind = value.get("type")
    own = isinstance(kind, str) and kind in _NATIVE and "title" not in names and not names & _NINJS
    if own:
        return "native"
    if str(value.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return "feed"
    if "uri" in names and names & _NINJS:
        return "ninjs"
    return "list" if _listed(value) and "title" not in names else "record"


def _listed(value: Mapping[str, object]) -> list[object]:
    """Return the list of articles that a collection holds, whatever it calls it."""
    lists = (value[name] for name in _LISTS if name in value)
    return next((each for each in lists if isinstance(each, list) and all(isinstance(item, dict) for item in each)), [])


def _articles(value: object, page: RawPage) -> Iterator[Taken]:
    if isinstance(value, list):
        yield from _each(value, page)
    elif not isinstance(value, dict):
        raise InputError(f"{page.name} is JSON without an article in it.")
    else:
        match form_of(value):
            case "native":
                yield Taken(read_native(page))
            case "feed":
                from newsbook.readers.feeds import read_json_feed

                yield from read_json_feed(value, page)
            case "ninjs":
                from newsbook.readers.ninjs import read_ninjs

                yield from read_ninjs(value, page)
            case "list":
                yield from _each(_listed(value), page)
            case _:
                yield take_record(value, page)


def _each(values: list[object], page: RawPage) -> Iterator[Taken]:
    for number, value in enumerate(values, 1):
        raw = json.dumps(value).encode()
        inner = RawPage(f"{page.name}#{number}", raw, (), page.encoding, page.report, caps=page.caps)
        try:
            if isinstance(value, list):
                raise InputError(f"{inner.name} is a list in a list, not an article.")  # noqa: TRY301
            yield from _articles(value, inner)
        except (InputError, LimitError) as error:
            pass_over(page, inner.name, error)


def take_record(value: Mapping[str, object], page: RawPage) -> Taken:
    """Return the article in a record. Raises `InputError` where it has neither headline nor text."""
    from newsbook.readers.records import is_record, left_out, read_record

    if not is_record(value):
        names = "、".join(name if held or held == 0 else f"{name} (empty)" for name, held in list(value.items())[:8])
        raise InputError(f"{page.name} has neither headline nor text under a name that is known; it has: {names}.")
    if gone := left_out(value):
        message = f"fields of the record that no article has a place for: {', '.join(gone)}."
        page.report(Diagnostic(Code.FIELDS_LEFT_OUT, message, Place(page.name.partition("#")[0])))
    return Taken(copy_of(read_record(value, page.name, hashlib.sha256(page.raw).hexdigest(), page.encoding)))


def read_native(page: RawPage) -> Article | Issue:
    """Return the article or issue, without characters that no edition can hold. Raises `InputError` for other JSON."""
    document = native.load(page.raw.removeprefix(codecs.BOM_UTF8), page.name)
    cleaned = map_strings(document, lambda text: FORBIDDEN.sub("", text))
    if cleaned is not document:
        message = "control characters were taken out of the text."
        page.report(Diagnostic(Code.CONTROL_CHARACTERS, message, Place(page.name)))
    return cleaned
