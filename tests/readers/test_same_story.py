"""A text comes out alike whichever reader it goes through: as text, HTML, Markdown, a record, a feed."""

import html
import json
import re
from collections.abc import Callable

import pytest

from corpora import Page, clean_pages, damaged_pages
from newsbook import desk, readers, repairs
from newsbook.model import Article, Copy
from score import figures_of, measured

Form = Callable[[list[str]], str]

_DAMAGED = frozenset({"hans-river", "hans-museum", "hans-court"})


def as_html(lines: list[str]) -> str:
    title, *rest = map(html.escape, lines)
    story = "\n".join(f"<p>{line}</p>" for line in rest)
    return f"<title>{title}</title><body><h1>{title}</h1><div class='article'>{story}</div>"


def as_one_block(lines: list[str]) -> str:
    """As sites set it that write a break at the end of each paragraph."""
    title, *rest = map(html.escape, lines)
    return f"<title>{title}</title><body><h1>{title}</h1><div>{'<br>'.join(rest)}</div>"


def as_markdown(lines: list[str]) -> str:
    title, *rest = (re.sub(r"([\\`*_{}\[\]<>#|~!.)-])", r"\\\1", line) for line in lines)
    return "\n\n".join((f"# {title}", *rest))


def as_record(lines: list[str]) -> str:
    return json.dumps({"title": lines[0], "text": "\n".join(lines[1:])})


def as_feed(lines: list[str]) -> str:
    story = html.escape("".join(f"<p>{html.escape(line)}</p>" for line in lines[1:]))
    item = f"<title>{html.escape(lines[0])}</title><guid>1</guid><content:encoded>{story}</content:encoded>"
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {spaces}><channel><title/><item>{item}</item></channel></rss>'


def article_of(name: str, raw: bytes) -> Article:
    document = readers.read(name, raw, (), "", lambda _finding: None)
    assert isinstance(document, Copy)
    return desk.edit(repairs.repair(document, lambda _finding: None), lambda _finding: None)


def lines_of(page: Page) -> list[str]:
    return [line.strip() for line in page.raw.decode().splitlines() if line.strip()]


def pages() -> tuple[Page, ...]:
    return (*clean_pages(), *(page for page in damaged_pages(4) if page.name in _DAMAGED))


@pytest.fixture(scope="module")
def wanted() -> dict[str, float]:
    return figures_of(measured(article_of("page.txt", page.raw), page) for page in pages())


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("page.html", as_html),
        ("page.html", as_one_block),
        ("page.md", as_markdown),
        ("page.json", as_record),
        ("page.xml", as_feed),
    ],
)
def test_no_figure_is_lower_than_that_of_the_text(name: str, form: Form, wanted: dict[str, float]) -> None:
    got = figures_of(measured(article_of(name, form(lines_of(page)).encode()), page) for page in pages())
    assert {figure: got[figure] for figure in wanted if got[figure] < wanted[figure]} == {}
