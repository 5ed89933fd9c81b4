"""Measure the text density of a page: how much each element shows, how much of it is links, and how much is prose."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.tree import BLOCKS, UNSHOWN, attribute

# Prose is text outside links with sentence marks in it.
_MARKS = re.compile("[，。、！？；：,.!?;「」『』“”]")
_MARKS_PER_BLOCK = 25
_HEADINGS = frozenset({"h1", "h2", "h3"})
_SPACE = re.compile(r"\s+")

# A link to a larger picture, or to the page of one, does not lead away from the story.
_TO_PICTURE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif)\b|(?:photo|graph|image|picture|gallery|viewer|zoom|album|enlarge)|^#", re.IGNORECASE
)


class TextDensity(Struct, frozen=True):
    """Measures by element, in characters: `lengths` shown, `linked` away, its own `prose`, all prose `held`.

    `texts` is what blocks show themselves, outside of links.
    """

    lengths: dict[etree._Element, int]
    linked: dict[etree._Element, int]
    prose: dict[etree._Element, float]
    held: dict[etree._Element, float]
    texts: dict[etree._Element, str]

    def is_linked(self, element: etree._Element, share: float) -> bool:
        """Tell whether `share` or more of what an element shows leads away."""
        return self.linked.get(element, 0) >= share * self.lengths.get(element, 0) > 0


def measure(root: etree._Element) -> TextDensity:
    """Return the measures of all elements below `root`."""
    scale = _Scale()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            scale.enter(element)
        else:
            scale.leave(element)
    texts = {element: "".join(pieces) for element, pieces in scale.pieces.items()}
    prose = {element: prose_in(text) for element, text in texts.items() if element.tag not in _HEADINGS}
    return TextDensity(scale.lengths, scale.linked, prose, _held(root, prose), texts)


def leads_away(link: etree._Element) -> bool:
    """Tell whether a link goes to another page, or does something, and is not about a picture of this one."""
    address = attribute(link, "href")
    return bool(address) and not _TO_PICTURE.search(address)


class _Scale:
    """The state of one pass through a page."""

    def __init__(self) -> None:
        self.lengths: dict[etree._Element, int] = {}
        self.linked: dict[etree._Element, int] = {}
        self.pieces: dict[etree._Element, list[str]] = {}
        self._holders: list[etree._Element] = []
        self._unshown = 0
        self._away = 0
        self._links = 0

    def enter(self, element: etree._Element) -> None:
        self._unshown += element.tag in UNSHOWN
        self._links += element.tag == "a"
        self._away += element.tag == "a" and leads_away(element)
        if element.tag in BLOCKS and element.tag != "br":
            self._holders.append(element)
        self.lengths[element] = self.linked[element] = 0
        self._add(element, element.text or "")

    def leave(self, element: etree._Element) -> None:
        self._unshown -= element.tag in UNSHOWN
        self._links -= element.tag == "a"
        self._away -= element.tag == "a" and leads_away(element)
        if self._holders and self._holders[-1] is element:
            self._holders.pop()
        parent = element.getparent()
        if parent is not None and parent in self.lengths:
            self.lengths[parent] += self.lengths[element]
            self.linked[parent] += self.linked[element]
            self._add(parent, element.tail or "")

    def _add(self, element: etree._Element, text: str) -> None:
        if self._unshown:
            return
        length = len(text.strip())
        self.lengths[element] += length
        self.linked[element] += length if self._away else 0
        if not self._links and self._holders and length:
            self.pieces.setdefault(self._holders[-1], []).append(text)


def prose_in(text: str) -> float:
    """Return how many characters of a text count as prose: each mark vouches for so many."""
    text = _SPACE.sub("", text)
    return float(min(len(text), _MARKS_PER_BLOCK * len(_MARKS.findall(text))))


def _held(root: etree._Element, prose: dict[etree._Element, float]) -> dict[etree._Element, float]:
    """Return how much prose each element below `root` holds, directly or not."""
    held = dict(prose)
    for _, element in etree.iterwalk(root, events=("end",)):
        parent = element.getparent()
        if parent is not None and held.get(element):
            held[parent] = held.get(parent, 0.0) + held[element]
    return held


def ancestors(element: etree._Element) -> Iterator[etree._Element]:
    """Yield `element` and the elements that it stands in, the nearest first."""
    yield element
    yield from element.iterancestors()
