"""Read an HTML page: the text of its story line by line, with what the markup says of each line."""

import hashlib
import re

from msgspec.structs import replace

from newsbook.diagnostics import Diagnostic, InputError, LimitError
from newsbook.gate import demand_few_elements
from newsbook.inputs import is_url
from newsbook.model import Copy, Line, Source
from newsbook.readers.encoding import decode
from newsbook.readers.interface import RawPage
from newsbook.readers.saved import with_pictures

# HTML, section 13.2.3.2: a page states its encoding near its beginning; ours may stand behind some scripts.
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PRESCAN = 8192
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html\b)", re.IGNORECASE)


def read_html(page: RawPage) -> Copy:
    """Return the copy of a page: lines of the story's text in order, and their markup.

    Lines are numbered by their order; `Markup.origins` has the places in the page. Raises `InputError` where there is
    no text in the page, and `LimitError` where it is nested too deep.
    """
    from newsbook.readers.html.extraction import read_tree
    from newsbook.readers.html.imagesources import resolve
    from newsbook.readers.html.metadata import stated
    from newsbook.readers.html.tree import Tree

    decoded = decode(page, _stated_encoding(page.raw))
    demand_few_elements(decoded.text, page.name, page.caps)
    try:
        tree = Tree(decoded.text)
    except LimitError as error:
        raise LimitError(f"{page.name}: {error}") from error
    if page.url:
        resolve(tree.root, page.url)
    reading = read_tree(tree)
    if not any(told.text for told in reading.lines):
        raise InputError(f"{page.name} has no text to be read; scripts may fill it in, so save it from a browser.")
    told = (*reading.lines, *stated(tree))
    source = Source(
        name=page.name,
        sha256=hashlib.sha256(page.raw).hexdigest(),
        encoding=decoded.encoding,
        omissions=reading.omissions,
    )
    lines = tuple(Line(each.text, number) for number, each in enumerate(told, 1))
    copy = Copy(lines, source, markup=tuple(each.markup for each in told), extent=reading.extent)
    return with_pictures(copy, page, decoded.text)


def read_links(page: RawPage) -> tuple[str, ...]:
    """Return what a page without a story leads to: the addresses, in full, of links that read like headlines."""
    from newsbook.readers.html.content import find_content
    from newsbook.readers.html.extent import links_in
    from newsbook.readers.html.imagesources import resolve
    from newsbook.readers.html.tree import Tree

    tree = Tree(decode(replace(page, report=_quiet), _stated_encoding(page.raw)).text)
    if page.url:
        resolve(tree.root, page.url)
    return tuple(filter(is_url, links_in(find_content(tree))))


def _quiet(finding: Diagnostic) -> None:
    """Take a finding that was reported already."""
    del finding


def _stated_encoding(raw: bytes) -> str:
    match = _META.search(raw[:_PRESCAN])
    return match[1].decode("ascii", "replace") if match else ""


def is_whole_page(markup: str) -> bool:
    """Tell whether a piece of HTML is a whole page, not only a body."""
    return bool(_PAGE.match(markup))
