"""Find what lines of a page belong together: lists, definitions, tables, quotations, verse, code, and boxes."""

import re
from collections.abc import Iterator
from itertools import takewhile

from lxml import etree
from msgspec import Struct

from newsbook.model import Markup, Part
from newsbook.readers.html.blockroles import is_called_pull_quote
from newsbook.readers.html.density import ancestors
from newsbook.readers.html.tables import grid, is_data, is_header
from newsbook.readers.html.tree import BLOCKS, attribute, hints, shown_text

# What holds this much of the story is how its page is laid out, and no part of it.
_MOST_OF_IT = 0.6
_MOST = 0.5
_FEWEST_ITEMS = 3
_LONGEST_ITEM = 400
_LISTS = ("ul", "ol", "menu", "dir")
_LISTED = (*_LISTS, "dl")
TYPED = ("pre", "listing", "xmp")

_VERSE = re.compile(r"(?:^|[\s_:-])(?:verse|poem|poetry|stanza|strophe|shige|shici)(?=$|[\s_-])")
_CODE = re.compile(
    r"(?:^|[\s_-])(?:code|language|lang|brush|highlight\w*|hljs|prettyprint|syntax\w*|source-?code|console|terminal)(?=$|[\s_:-])"
)
_BOX = re.compile(r"(?:^|\s)(?:(?:info|fact|text|note|data|key)[_-]?box|call-?out|admonition|kakomi)(?=$|[\s_-])")
_BESIDE = re.compile(r"\b(?:ad|ads|share|related|recommend|newsletter|subscribe|comment|promo|author|bio|nav|widget)")
_NARROW = re.compile(r"[\x21-\x7e]")
_SENTENCE = re.compile(r"[。！？]|[.!?](?=\s|$)|다\.")
_INK = re.compile(r"\S")
_SHORT_LINE = 22
_NUMBERS = re.compile(r"[\s\d]*")


class Frame(Struct, frozen=True):
    """What groups are told by: how many characters each element shows, and how many of them lead away."""

    main: etree._Element
    lengths: dict[etree._Element, int]
    linked: dict[etree._Element, int]

    def share(self, element: etree._Element) -> float:
        """Return how much of the story an element holds."""
        return self.lengths.get(element, 0) / max(1, self.lengths.get(self.main, 0))


def groups_in(frame: Frame) -> dict[etree._Element, Markup]:
    """Return the parts of each group in the story, with their markup. A group within another is a part of that."""
    groups: dict[etree._Element, Markup] = {}
    inside: set[etree._Element] = set()
    for number, element in enumerate(frame.main.iter(etree.Element), 1):
        if element.getparent() in inside:
            inside.add(element)
        elif found := dict(_group(element, number, frame)):
            groups |= found
            inside.add(element)
    return groups


def _group(element: etree._Element, number: int, frame: Frame) -> Iterator[tuple[etree._Element, Markup]]:
    """Yield the parts of the group that an element is, with their markup, if it is one."""
    if element is frame.main:
        return
    if element.tag in TYPED:
        yield from _typed(element, number, frame)
    elif element.tag == "table":
        if is_data(element, frame.lengths):
            yield element, Markup(Part.PARAGRAPH)
            yield from _cells(element, number)
    elif frame.lengths.get(element) and not _has_picture(element):
        yield from _listed(element, number, frame) if element.tag in _LISTED else _framed(element, number, frame)


def _listed(element: etree._Element, number: int, frame: Frame) -> Iterator[tuple[etree._Element, Markup]]:
    if element.tag == "dl":
        yield from _definitions(element, number, frame)
    elif frame.share(element) < _MOST_OF_IT or _is_long_list(element, frame):
        yield from _items(element, number)


def _framed(element: etree._Element, number: int, frame: Frame) -> Iterator[tuple[etree._Element, Markup]]:
    part = _part_of(element, frame) if frame.share(element) < _MOST_OF_IT else None
    if part is not None:
        yield element, Markup(part, number)
        yield from _heading(element, number, part)


def _part_of(element: etree._Element, frame: Frame) -> Part | None:
    """Return what an element with lines in it is: a quotation, verse, a box, or nothing of these."""
    if element.tag == "blockquote":
        lists = (each for each in element.iter(*_LISTS) if frame.lengths.get(each) == frame.lengths.get(element))
        return Part.QUOTATION if next(lists, None) is None else None
    if element.tag in BLOCKS and _VERSE.search(f"{hints(element)} {attribute(element, 'epub:type').lower()}"):
        return Part.VERSE
    return Part.ASIDE if is_box(element, frame.linked) else None


def is_box(element: etree._Element, linked: dict[etree._Element, int]) -> bool:
    """Tell whether an element is a box of the story: an aside with a sentence in it, or one called a box."""
    called = hints(element)
    if element.tag not in {"aside", "section", "div"} or _BESIDE.search(called) or is_called_pull_quote(element):
        return False
    text = shown_text(element)
    if linked.get(element, 0) * 2 >= len(text):
        return False
    if element.tag != "aside":
        return bool(_BOX.search(called))
    return bool(_SENTENCE.search(text)) or "box" in called.split()


def _heading(element: etree._Element, number: int, part: Part) -> Iterator[tuple[etree._Element, Markup]]:
    """Yield the heading that a box opens with."""
    blocks = (each for each in element.iter(etree.Element) if each is not element and each.tag in BLOCKS)
    first = next((each for each in blocks if (each.text or "").strip() or _is_heading(each)), None)
    if part is Part.ASIDE and first is not None and _is_heading(first):
        yield first, Markup(part, number, field="heading")


def _is_heading(element: etree._Element) -> bool:
    return element.tag in _HEADINGS or bool(_TITLE.search(hints(element)))


_TITLE = re.compile(r"(?:^|[\s_-])(?:title|tit|heading|headline)(?=$|[\s_-])")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})


def _typed(element: etree._Element, number: int, frame: Frame) -> Iterator[tuple[etree._Element, Markup]]:
    """Yield what stands as it was typed: code, or verse. A whole story that does is prose."""
    text = "".join(element.itertext()).strip("\n")
    if not _INK.search(text) or _NUMBERS.fullmatch(text):
        return
    if _VERSE.search(hints(element)):
        yield element, Markup(Part.VERSE, number)
    elif is_code(element, text):
        yield element, Markup(Part.PREFORMATTED, number)
    elif frame.share(element) < _MOST_OF_IT and _is_verse(text):
        yield element, Markup(Part.VERSE, number)


def is_code(element: etree._Element, text: str) -> bool:
    """Tell whether what was typed is code: it is called so, or most of it is in ASCII."""
    near = takewhile(lambda each: each.tag not in {"body", "article", "main"}, ancestors(element))
    called = any(_CODE.search(hints(each)) for each, _ in zip(near, range(3), strict=False))
    if called or element.find(".//code") is not None or element.find(".//samp") is not None:
        return True
    return len(_NARROW.findall(text)) > _MOST * len(_INK.findall(text))


def _is_verse(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    stops = sum(line.endswith("。") for line in lines)
    return len(lines) > 1 and max(map(len, lines)) <= _SHORT_LINE and stops * 2 <= len(lines)


def _is_long_list(element: etree._Element, frame: Frame) -> bool:
    """Tell whether a list that is most of an article is one: several items of one paragraph each, none the most."""
    items = [frame.lengths.get(item, 0) for item in element if item.tag == "li"]
    paragraphs = any(sum(each.tag == "p" for each in item) > 1 for item in element)
    layout = any(next(element.iter(tag), None) is not None for tag in ("article", "h1", "h2", "h3", "h4", "table"))
    return (
        sum(length > 0 for length in items) >= _FEWEST_ITEMS
        and not (paragraphs or layout)
        and max(items) <= min(_LONGEST_ITEM, _MOST * sum(items))
    )


def _items(element: etree._Element, number: int) -> Iterator[tuple[etree._Element, Markup]]:
    """Yield the items of a list and of the lists in it: how deep each stands, and from which number on."""
    yield element, Markup(Part.ITEM, number, row=_first_number(element))
    for item in element.iter("li"):
        lists = [each for each in ancestors(item) if each.tag in _LISTS]
        depth = lists.index(element) if element in lists else 0
        yield item, Markup(Part.ITEM, number, row=_first_number(lists[0] if lists else element), column=depth)


def _first_number(element: etree._Element) -> int:
    """Return the number that the items of a list are counted from, 0 where they have none."""
    stated = attribute(element, "start")
    return (int(stated[:6]) if stated[:6].isdecimal() else 1) or 1 if element.tag == "ol" else 0


def _definitions(element: etree._Element, number: int, frame: Frame) -> Iterator[tuple[etree._Element, Markup]]:
    """Yield terms and what they mean; a list of either alone is none."""
    terms = [each for each in element.iter("dt") if frame.lengths.get(each)]
    meanings = [each for each in element.iter("dd") if frame.lengths.get(each)]
    if not terms or not meanings or frame.linked.get(element, 0) * 2 >= frame.lengths.get(element, 0):
        return
    yield element, Markup(Part.DEFINITION, number)
    for part, found in ((Part.TERM, terms), (Part.DEFINITION, meanings)):
        yield from ((each, Markup(part, number)) for each in found)


def _cells(table: etree._Element, number: int) -> Iterator[tuple[etree._Element, Markup]]:
    for caption in table.iter("caption"):
        yield caption, Markup(Part.TABLE_CAPTION, number)
    for place in grid(table):
        yield (
            place.cell,
            Markup(
                Part.CELL,
                number,
                row=place.row + 1,
                column=place.column,
                rows=place.rows,
                columns=place.columns,
                header=is_header(place.cell),
            ),
        )


def _has_picture(element: etree._Element) -> bool:
    return next(element.iter("img", "amp-img"), None) is not None
