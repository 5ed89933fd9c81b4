"""Find the headlines of a Word file and the stories in it. A person wrote all of it, so nothing in it is a site's.

A style says what a line is, if there is one; else the largest type of the first lines, or the first of them.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from newsbook.dates import find_dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLES = ("Title", "标题", "標題", "표제", "제목", "表題")
"""Word's style of a title, by the names that its languages give it."""

_LONGEST_TITLE = 40
_STATEMENT = re.compile(r"[。；;，,：:]$|。|[a-z가-힣]\.$")
# What a press office prints above the headline of what it hands out.
_LETTERHEADS = """
新[闻聞]稿|[发發][布佈]稿|通稿|消息稿|プレスリリース|報道発表資料?|ニュースリリース|보도\\s?자료|(?:news|press)_release
[办辦]公[室厅廳]|公司|政府|公所|[委员員][会會]|[新宣][闻聞传傳][处處局部]|株式会社|시청|군청|도청"""
_LETTERHEAD = re.compile(f"(?:{'|'.join(_LETTERHEADS.split())})$".replace("_", " "), re.IGNORECASE)
_PROSE = re.compile(r"[。！？!?]|[가-힣]\.")
_LONGEST_META = 40
# Of what stands right below a headline, so many lines may say when the story came out.
_BELOW = 2
_FIRST = 8
_LARGER = 1.2


class WordStory(Struct, frozen=True):
    """A story in a Word file: its HTML, and the headings of the first rank in it that may be headlines of others."""

    html: str
    others: tuple[str, ...] = ()


class _Sized(Protocol):
    """What mammoth says of a paragraph or a run."""

    children: list["_Sized"]
    font_size: float | None
    style_name: str | None

    def copy(self, *, style_name: str = "", children: "list[_Sized] | None" = None) -> "_Sized": ...


def with_largest_titled(document: _Sized) -> _Sized:
    """Return mammoth's document with the line of the largest type as its title, where one of the first lines has it."""
    lines = [one for one in document.children if hasattr(one, "numbering") and _written(one)]
    sizes = [_size(one) for one in lines]
    largest = max(sizes[:_FIRST], default=0)
    usual = sorted(filter(None, sizes))[len(list(filter(None, sizes))) // 2] if any(sizes) else 0
    plain = 0 in sizes or largest >= usual * _LARGER
    if not largest or not plain or sizes.count(largest) > 1 or any(one.style_name in TITLES for one in lines):
        return document
    title = lines[sizes.index(largest)]
    made = [one.copy(style_name="Title") if one is title else one for one in document.children]
    return document.copy(children=made)


def _written(element: _Sized) -> str:
    return getattr(element, "value", "") + "".join(map(_written, getattr(element, "children", ())))


def _size(paragraph: _Sized) -> float:
    runs = (one for one in paragraph.children if _written(one).strip())
    return max((getattr(one, "font_size", None) or 0 for one in runs), default=0)


def stories_in(html: str) -> Iterator[WordStory]:
    """Yield the stories in a document of mammoth's HTML, each with its headline as the one heading of the first rank.

    Titles, and headings of the first rank with a date below each, begin stories; others divide one.
    """
    from lxml import html as markup

    blocks = list(markup.fragment_fromstring(html, create_parent="div")) if html.strip() else []
    titles = [at for at, block in enumerate(blocks) if block.tag == "h1" and block.get("class") == "title"]
    firsts = [at for at, block in enumerate(blocks) if block.tag == "h1"]
    starts = titles or firsts
    apart = len(starts) > 1 and all(_has_story(blocks[start + 1 : end]) for start, end in _spans(starts, len(blocks)))
    dated = apart and all(_is_dated(blocks[start + 1 : start + 1 + _BELOW]) for start in starts)
    if dated or (apart and titles):
        for start, end in _spans([0, *starts[1:]], len(blocks)):
            yield _story(blocks[start:end])
        return
    yield _story(blocks)


def _spans(starts: list[int], last: int) -> Iterator[tuple[int, int]]:
    return zip(starts, (*starts[1:], last), strict=True)


def _has_story(blocks: "list[HtmlElement]") -> bool:
    return any(_is_prose(block) for block in blocks)


def _is_prose(block: "HtmlElement") -> bool:
    return block.tag == "p" and bool(_PROSE.search(_text(block))) and len(_text(block)) > _LONGEST_TITLE // 2


def _is_dated(below: "list[HtmlElement]") -> bool:
    return any(len(_text(block)) <= _LONGEST_META and bool(find_dates(_text(block))) for block in below)


def _text(block: "HtmlElement") -> str:
    return "".join(block.itertext()).strip()


def _story(blocks: "list[HtmlElement]") -> WordStory:
    """Return a story with its headline above all that it tells; what stands above that otherwise is its letterhead."""
    from lxml import html as markup

    head = _head(blocks)
    is_first = head >= 0 and blocks[head].tag == "h1" and blocks[head].get("class") != "title"
    others = tuple(_text(block) for at, block in enumerate(blocks) if is_first and block.tag == "h1" and at != head)
    for at, block in enumerate(blocks):
        if block.tag == "h1" or at == head:
            block.tag = "h1" if at == head else "h2"
            block.attrib.pop("class", None)
    above = [block for block in blocks[: max(head, 0)] if not _is_prose(block)]
    rest = [block for at, block in enumerate(blocks) if at != head and block not in above]
    ordered = [*above, *([blocks[head]] if head >= 0 else ()), *rest]
    return WordStory("".join(markup.tostring(block, encoding="unicode") for block in ordered), others)


def _head(blocks: "list[HtmlElement]") -> int:
    """Return the place of the headline: what is called so, the first heading above all prose, or the first line."""
    titles = [at for at, block in enumerate(blocks) if block.tag == "h1" and block.get("class") == "title"]
    prose = next((at for at, block in enumerate(blocks) if _is_prose(block)), len(blocks))
    headings = [at for at, block in enumerate(blocks[:prose]) if block.tag in {"h1", "h2", "h3"}]
    ranked = sorted(headings, key=lambda at: blocks[at].tag)
    return [*titles[:1], *ranked[:1], *_first_lines(blocks[:prose]), -1][0]


def _first_lines(blocks: "list[HtmlElement]") -> Iterator[int]:
    """Yield the places of first lines that may be a headline, those of a letterhead last."""
    lines = [at for at, block in enumerate(blocks) if block.tag == "p" and not block.get("class") and _may_head(block)]
    yield from (at for at in lines if not _LETTERHEAD.search(_text(blocks[at])))
    yield from lines


def _may_head(block: "HtmlElement") -> bool:
    line = _text(block)
    return 0 < len(line) <= _LONGEST_TITLE and not _STATEMENT.search(line) and not find_dates(line)
