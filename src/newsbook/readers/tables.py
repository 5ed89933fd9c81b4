"""Read a table of articles, as spreadsheets, spiders and databases write it: CSV, a record on each row.

RFC 4180, with comma, tab, semicolon or bar between the cells; the first row names the columns.
"""

import codecs
import csv
import json
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.readers.encoding import decode
from newsbook.readers.interface import RawPage, Received, Taken, pass_over
from newsbook.readers.jsonforms import take_record
from newsbook.readers.records import field_of

_DELIMITERS = ",\t;|"
_NAMES = (".csv", ".tsv", ".tab")
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_HEADER = 4_000
_LONGEST_NAME = 40
# Excel's own line, which tells it the delimiter: sep=;
_SEPARATOR = "sep="
_BODIES = frozenset({"headline", "text", "html"})


class _Rows(Struct, frozen=True):
    """The rows of a table with the line that each begins in, and why they are not sure, where they are not."""

    rows: tuple[tuple[int, list[str]], ...]
    fault: str = ""


def is_table(raw: bytes, name: str) -> bool:
    """Tell by its first bytes whether an input is a table: its name says so, or its first row names known columns."""
    return name.lower().endswith(_NAMES) or any(map(_names_columns, _first_lines(raw)))


def _first_lines(raw: bytes) -> Iterator[str]:
    """Yield the first line in each encoding that it may be in, behind Excel's own."""
    marked = next(((encoding,) for mark, encoding in _MARKS if raw.startswith(mark)), _ENCODINGS)
    for encoding in marked:
        lines = raw[: 2 * _LONGEST_HEADER].decode(encoding, "ignore").lstrip().splitlines()
        lines = lines[1:] if lines and lines[0].lower().startswith(_SEPARATOR) else lines
        yield from lines[:1] if len(lines) > 1 else ()


def _names_columns(line: str) -> bool:
    return any(_are_columns(next(csv.reader([line], delimiter=mark), [])) for mark in _DELIMITERS if mark in line)


def _are_columns(cells: list[str]) -> bool:
    """Tell whether cells are names of columns: short, each once, two of them known, one of a headline or a text."""
    names = [cell.strip() for cell in cells]
    fields = {field_of(name) for name in names} - {""}
    once = len(set(names)) == len(names)
    return once and len(fields) > 1 and bool(fields & _BODIES) and all(len(name) <= _LONGEST_NAME for name in names)


def read_table(received: Received) -> Iterator[Taken]:
    """Yield the article on each row. Raises `InputError` where no column is called as a headline or a text is."""
    page = received.page()
    decoded = decode(page)
    text = decoded.text.replace("\0", "")
    if text.lower().startswith(_SEPARATOR):
        text = text.partition("\n")[2]
    delimiter = _delimiter(text)
    (_, names), *rows = _parsed(text, delimiter, page).rows or ((0, []),)
    names = [name.strip() for name in names]
    if not {field_of(name) for name in names} & _BODIES:
        called = "、".join(names[:8])
        raise InputError(f"{page.name} is a table without a column for headline or text; its first row has: {called}.")
    if not rows:
        raise InputError(f"{page.name} is a table without a row below the names of its columns.")
    for number, (line, cells) in enumerate(rows, 1):
        inner = RawPage(f"{page.name}#{number}", b"", (), decoded.encoding, page.report, caps=page.caps)
        try:
            yield take_record(_record(names, cells, line, delimiter), _with_bytes(inner, cells))
        except (InputError, LimitError) as error:
            pass_over(page, inner.name, error)


def _with_bytes(page: RawPage, cells: list[str]) -> RawPage:
    return RawPage(page.name, json.dumps(cells).encode(), (), page.encoding, page.report, caps=page.caps)


def _delimiter(text: str) -> str:
    """Return what divides the cells of the first row: what makes it names of columns, else what is in it most."""
    first = text.lstrip().partition("\n")[0][:_LONGEST_HEADER]
    fits = (mark for mark in _DELIMITERS if _are_columns(next(csv.reader([first], delimiter=mark), [])))
    return next(fits, max(_DELIMITERS, key=first.count))


def _parsed(text: str, delimiter: str, page: RawPage) -> _Rows:
    """Return the rows that are not blank. Where quotation marks are not as they should be, that is reported."""
    csv.field_size_limit(page.caps.page_bytes)
    found = _read(text, delimiter, csv.QUOTE_MINIMAL, strict=True)
    if found.fault and delimiter == "\t":
        plain = _read(text, delimiter, csv.QUOTE_NONE, strict=False)
        if len({len(cells) for _, cells in plain.rows}) == 1:
            return plain
    if not found.fault:
        return found
    message = f"the table's quotation marks are broken ({found.fault}); it was read as far as it can be told."
    hint = "Compare the number of articles with the table's, or save it anew."
    page.report(Diagnostic(Code.FORM_BROKEN, message, Place(page.name), hint))
    return _read(text, delimiter, csv.QUOTE_MINIMAL, strict=False)


def _read(text: str, delimiter: str, quoting: Literal[0, 3], *, strict: bool) -> _Rows:
    """Return the rows that are not blank, up to the first fault."""
    lines = text.split("\n" if "\n" in text else "\r")
    ended = (f"{line}\n" for line in lines)
    reader = csv.reader(ended, delimiter=delimiter, quoting=quoting, strict=strict, skipinitialspace=True)
    rows: list[tuple[int, list[str]]] = []
    at = 1
    try:
        for cells in reader:
            rows += [(at, cells)] if any(cell.strip() for cell in cells) else []
            at = reader.line_num + 1
    except csv.Error as error:
        return _Rows(tuple(rows), f"line {at}: {error}")
    return _Rows(tuple(rows))


def _record(names: list[str], cells: list[str], line: int, delimiter: str) -> Mapping[str, object]:
    """Return a row as a record. Raises `InputError` where it has more cells than the table has columns."""
    if any(cell.strip() for cell in cells[len(names) :]):
        raise InputError(f"the row in line {line} has {len(cells)} cells, and the table {len(names)} columns.")
    told = {name: _unescaped(cell, delimiter) for name, cell in zip(names, cells, strict=False) if name}
    return {name: cell for name, cell in told.items() if cell.strip()}


def _unescaped(cell: str, delimiter: str) -> str:
    r"""Return a cell with the line ends that databases write as \n where a tab divides the cells."""
    return cell.replace("\\n", "\n").replace("\\t", "\t") if delimiter == "\t" and "\n" not in cell else cell
