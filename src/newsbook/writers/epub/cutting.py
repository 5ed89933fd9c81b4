"""Cut a long body into several: before a crosshead near the middle, else before any block, and so on with each half.

What stands around a cut, an article or a list, is opened again behind it; a table's head is set again, a numbered list
goes on counting. A paragraph that is too long by itself is divided behind a sentence; where none ends, behind a clause;
else before any character that is a word's.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

_OPS = "http://www.idpf.org/2007/ops"
_CONTAINERS = frozenset({"r", "article", "section", "div", "nav", "footer", "blockquote", "ol", "ul", "table", "tbody"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# What belongs to the block behind it or around it, and is no place to begin with.
_BOUND = frozenset({"caption", "thead", "header"})
# What a long paragraph is divided behind, the best first. Marks that combine with what stands before are no words.
_ENDS = tuple(
    map(re.compile, (r"[。！？!?][”’」』）)]*|\. ", r"[，、；：,;:]| ", r"[^\N{ZERO WIDTH JOINER}「『（《〈“‘(](?=\w)"))
)

# A cut gives each side at least this share of the whole.
_LEAST = 0.2


def cut(body: str, limit: int) -> tuple[str, ...]:
    """Return `body` as bodies of at most `limit` bytes each, as far as it has places to be cut at.

    Every character is in one of them, in order. Raises `ValueError` where it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(f'<r xmlns:epub="{_OPS}">{body}</r>'.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise ValueError(str(error)) from error
    for paragraph in [*root.iter("p")]:
        _divide(paragraph, limit // 4)
    return tuple(map(_inner, _halves(root, limit)))


def _inner(root: etree._Element) -> str:
    """Return what stands in `root`, as XML."""
    whole = etree.tostring(root, encoding="unicode")
    return whole.partition(">")[2].rpartition("<")[0]


def _halves(root: etree._Element, limit: int) -> Iterator[etree._Element]:
    place = _place(root) if len(etree.tostring(root, encoding="utf-8")) > limit else None
    if place is None:
        yield root
    else:
        yield from _halves(_before(root, place), limit)
        yield from _halves(_behind(root, place), limit)


def _place(root: etree._Element) -> tuple[int, ...] | None:
    """Return the way to the element to cut before, by its place in every element around it."""
    openers = [(share, element) for share, element in _openers(root) if _LEAST < share < 1 - _LEAST]
    headings = [opener for opener in openers if opener[1].tag in _HEADINGS]
    found = min(headings or openers or [*_openers(root)], key=lambda opener: abs(opener[0] - 0.5), default=None)
    return found and _way(found[1])


def _openers(root: etree._Element) -> Iterator[tuple[float, etree._Element]]:
    """Yield the elements that a part may begin with, each with the share of the text that stands before it."""
    lengths = [0]
    whole = len(etree.tostring(root, encoding="unicode", method="text")) + 1
    inside = [_is_container(root)]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            inside.pop()
            lengths[0] += len(node.tail or "")
            continue
        if inside[-1] and node is not root and node.tag not in _BOUND and lengths[0]:
            yield lengths[0] / whole, node
        inside.append(inside[-1] and _is_container(node))
        lengths[0] += len(node.text or "")


def _is_container(element: etree._Element) -> bool:
    return element.tag in _CONTAINERS


def _way(element: etree._Element) -> tuple[int, ...]:
    parent = element.getparent()
    return () if parent is None else (*_way(parent), parent.index(element))


def _before(root: etree._Element, way: tuple[int, ...]) -> etree._Element:
    """Return a copy of `root` with what stands before the element at `way`."""
    copy = deepcopy(root)
    node = copy
    *around, last = way
    for place in around:
        _remove(node, node[place + 1 :])
        node = node[place]
        node.tail = None
    _remove(node, node[last:])
    return copy


def _behind(root: etree._Element, way: tuple[int, ...]) -> etree._Element:
    """Return a copy of `root` with the element at `way` and what stands behind it, the shells around it without ids."""
    copy = deepcopy(root)
    node = copy
    for depth, place in enumerate(way):
        if depth:
            _reopen(node, place)
        node.text = None
        target = node[place]
        _remove(node, [child for child in node[:place] if child.tag != "thead"])
        node = target
    return copy


def _remove(parent: etree._Element, children: Iterable[etree._Element]) -> None:
    for child in children:
        parent.remove(child)


def _reopen(shell: etree._Element, place: int) -> None:
    """Make the shell of what went before one that goes on: its place in a count kept, its names left to the first."""
    for name in ("id", "aria-labelledby"):
        shell.attrib.pop(name, None)
    if shell.tag == "ol":
        shell.set("start", str(int(shell.get("start", "1")) + place))


def _divide(paragraph: etree._Element, limit: int) -> None:
    """Divide a paragraph that is longer than `limit` characters, where words stand free in it."""
    while True:
        free = _free_place(paragraph, limit)
        if free is None:
            return
        paragraph = _continued(paragraph, *free)


def _free_place(paragraph: etree._Element, limit: int) -> tuple[int, int] | None:
    """Return where to divide: behind how many child elements, and behind how many characters of the text there."""
    if len("".join(paragraph.itertext())) <= limit:
        return None
    places = (_last_place(paragraph, limit, end) for end in _ENDS)
    return next((place for place in places if place and _rest(paragraph, *place)), None)


def _last_place(paragraph: etree._Element, limit: int, end: re.Pattern[str]) -> tuple[int, int] | None:
    """Return the last place within `limit` characters that a free text has behind an `end`."""
    length, last = 0, None
    for number, text in enumerate([paragraph.text or "", *(child.tail or "" for child in paragraph)]):
        length += len("".join(paragraph[number - 1].itertext())) if number else 0
        for match in end.finditer(text):
            if length + match.end() > limit:
                return last
            last = (number, match.end())
        length += len(text)
    return last


def _rest(paragraph: etree._Element, number: int, place: int) -> int:
    text = paragraph.text if not number else paragraph[number - 1].tail
    return len(text or "") - place + len(paragraph) - number


def _continued(paragraph: etree._Element, number: int, place: int) -> etree._Element:
    """Move what stands behind a place into a paragraph of its own, and return that."""
    rest = etree.Element("p", {**paragraph.attrib, "class": f"{paragraph.get('class', '')} continued".strip()})
    rest.attrib.pop("id", None)
    rest.tail, paragraph.tail = paragraph.tail, None
    children = paragraph[number:]
    if number:
        anchor = paragraph[number - 1]
        text = anchor.tail or ""
        anchor.tail, rest.text = text[:place], text[place:]
    else:
        text = paragraph.text or ""
        paragraph.text, rest.text = text[:place], text[place:]
    rest.extend(children)
    paragraph.addnext(rest)
    return rest
