"""Read Markdown, CommonMark with tables and strikethrough, and its front matter as a record's fields."""

import hashlib
import re
from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.readers.encoding import decode
from newsbook.readers.frontmatter import split_front_matter
from newsbook.readers.interface import Received, Taken
from newsbook.readers.records import left_out, read_record

# A paragraph that is nothing but a picture is a figure; its title, else its alternative text, is the caption.
_LONE_PICTURE = re.compile(r"<p>\s*(<img\b[^>]*?>)\s*(?:<br\s*/?>\s*)?(?:<em>(.*?)</em>)?\s*</p>", re.DOTALL)
_TITLE = re.compile(r'\btitle="([^"]*)"')


def read_markdown(received: Received) -> Iterator[Taken]:
    """Yield the article in a page of Markdown. Raises `InputError` where its front matter is broken."""
    from newsbook.readers.carried import copy_of

    page = received.page()
    decoded = decode(page)
    stated, text = split_front_matter(decoded.text, page.name)
    if gone := left_out(stated):
        message = f"fields of the front matter that no article has a place for: {', '.join(gone)}."
        page.report(Diagnostic(Code.FIELDS_LEFT_OUT, message, Place(page.name)))
    record = {name: value for name, value in stated.items() if name.lower() not in {"content", "body", "text", "html"}}
    digest = hashlib.sha256(page.raw).hexdigest()
    item = read_record({**record, "content_html": to_html(text)}, page.name, digest, decoded.encoding)
    yield Taken(replace(copy_of(item), pictures=page.pictures))


def to_html(text: str) -> str:
    """Return Markdown as HTML, lone pictures as figures."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"breaks": False}).enable(["table", "strikethrough"]).render(text)
    return _LONE_PICTURE.sub(_figure, made)


def _figure(match: re.Match[str]) -> str:
    title = _TITLE.search(match[1])
    caption = match[2] or (title[1] if title else "")
    return f"<figure>{match[1]}<figcaption>{caption}</figcaption></figure>"
