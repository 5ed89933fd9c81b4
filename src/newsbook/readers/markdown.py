"""Read Markdown: CommonMark with tables, strikethrough, footnotes and definitions. Its front matter is a record."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from urllib.parse import unquote

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.gate.caps import over
from newsbook.model import Copy
from newsbook.readers.encoding import decode
from newsbook.readers.interface import Received, Taken
from newsbook.readers.newsitem import copy_of
from newsbook.readers.records import left_out, read_record
from newsbook.readers.saved import with_pictures

# A paragraph that is nothing but a picture is a figure; its title, else its alternative text, is the caption.
_LONE_PICTURE = re.compile(r"<p>\s*(<img\b[^>]*?>)\s*(?:<br\s*/?>\s*)?(?:<em>(.*?)</em>)?\s*</p>", re.DOTALL)
# What stands between dollars, and may be TeX; the library keeps it from being read as Markdown.
_BETWEEN_DOLLARS = re.compile(r'<span class="math inline">(\$[^<]*)</span>')
# The library's own link from a note back to its mark.
_BACK = re.compile(r'\s*<a href="[^"]*" class="footnote-backref">[^<]*</a>')
# A second mark of the same note, which the library tells from the first.
_AGAIN = re.compile(r'(<sup class="footnote-ref"><a [^>]*>\[\d+):\d+\]')
# The library passes over what is nested deeper than 20 levels, in silence.
_DEEPEST = 10_000
_HEADING = re.compile(r"<h[1-6]>(.*?)</h[1-6]>", re.DOTALL)
_TAG = re.compile("<[^>]*>")
_TITLE = re.compile(r'\btitle="([^"]*)"')

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?)(?:^|\n)(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_markdown(received: Received) -> Iterator[Taken]:
    """Yield the article in a page of Markdown. Raises `InputError` where its front matter is broken."""
    page = received.page()
    decoded = decode(page)
    # The library needs some ten microseconds for each character.
    if len(decoded.text) > page.caps.text:
        raise over(page.name, len(decoded.text), "characters of Markdown", "text", page.caps)
    stated, text = split_front_matter(decoded.text, page.name)
    if gone := left_out(stated):
        message = f"fields of the front matter that no article has a place for: {', '.join(gone)}."
        page.report(Diagnostic(Code.FIELDS_LEFT_OUT, message, Place(page.name)))
    record = {name: value for name, value in stated.items() if name.lower() not in {"content", "body", "text", "html"}}
    digest = hashlib.sha256(page.raw).hexdigest()
    try:
        html = to_html(text)
    except LimitError as error:
        raise LimitError(f"{page.name}: {error}") from error
    item = read_record({**record, "content_html": html}, page.name, digest, decoded.encoding)
    copy = _with_headings(copy_of(replace(item, is_page=True)), html)
    yield Taken(with_pictures(copy, page, decoded.text))


def _with_headings(copy: Copy, html: str) -> Copy:
    """Return a copy without its links to headings, which lead to them wherever Markdown is shown as a page."""
    from mdit_py_plugins.anchors.index import slugify

    anchors = {f"#{slugify(unescape(_TAG.sub('', heading)))}" for heading in _HEADING.findall(html)}
    inner = (tuple(link for link in each.inner if unquote(link.href) not in anchors) for each in copy.markup)
    markup = tuple(replace(each, inner=links) for each, links in zip(copy.markup, inner, strict=True))
    return replace(copy, markup=markup)


def to_html(text: str) -> str:
    """Return Markdown as HTML, lone pictures as figures. Raises `LimitError` where it is nested too deep."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"breaks": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True, renderer=_formula)
    # Nothing that is addressed so is ever run, and a picture of any form may stand in the page.
    setattr(parser, "validateLink", _is_any)  # noqa: B010 - the library's way to say which links it takes.
    try:
        made = parser.render(text)
    except RecursionError as error:
        raise LimitError("its lists and quotations are nested too deep; indent them less.") from error
    made = _BACK.sub("", _BETWEEN_DOLLARS.sub(r"\1", made))
    return _LONE_PICTURE.sub(_figure, _AGAIN.sub(r"\1]", made))


def _formula(tex: str, options: Mapping[str, object]) -> str:
    """Return TeX between dollars as it was; what is TeX is told by the reader of HTML."""
    marks = "$$" if options.get("display_mode") else "$"
    return f"{marks}{escape(tex, quote=False)}{marks}"


def _is_any(_address: str) -> bool:
    return True


def _figure(match: re.Match[str]) -> str:
    title = _TITLE.search(match[1])
    caption = match[2] or (title[1] if title else "")
    return f"<figure>{match[1]}<figcaption>{caption}</figcaption></figure>"


def split_front_matter(text: str, name: str) -> tuple[dict[str, object], str]:
    """Return what the front matter states, strings as they are written, and the text with blank lines in its place.

    Raises `InputError` where it is broken.
    """
    match = _FENCED.match(text)
    if not match:
        return {}, text
    fence, matter = match[1], match[2]
    stated = _yaml(matter, name) if fence == "---" else _toml(matter, name)
    return stated, "\n" * match[0].count("\n") + text[match.end() :]


def _yaml(matter: str, name: str) -> dict[str, object]:
    """Read YAML without its types: a date stays as it is written, and nothing is made but strings, lists and maps."""
    import yaml

    try:
        value = yaml.load(matter, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes strings only.
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = getattr(error, "problem", None) or type(error).__name__
        raise InputError(f"the front matter of {name} is no YAML: {problem}; mend it, or take it out.") from error
    if not isinstance(value, dict):
        raise InputError(f"the front matter of {name} names no fields; mend it, or take it out.")
    return {str(key): item for key, item in value.items()}


def _toml(matter: str, name: str) -> dict[str, object]:
    import tomllib

    try:
        value = tomllib.loads(matter)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the front matter of {name} is no TOML: {error}; mend it, or take it out.") from error
    return {key: item if isinstance(item, str | list | dict) else str(item) for key, item in value.items()}
