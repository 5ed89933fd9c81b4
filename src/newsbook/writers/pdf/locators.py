"""Fill in the pages of an index, when it is known where everything stands: each page once, neighbours as a range."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct


class PageRange(Struct, frozen=True):
    """Pages from one to another, which may be the same, and the anchor that stands first on them."""

    first: int
    last: int
    anchor: str

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def ranges(places: Iterable[tuple[int, str]]) -> tuple[PageRange, ...]:
    """Return the pages of some places, each a page and an anchor; three pages in a row, or more, are a range.

    >>> [str(one) for one in ranges([(3, "a"), (3, "b"), (4, "c"), (5, "d"), (9, "e"), (10, "f")])]
    ['3–5', '9', '10']
    """
    first: dict[int, str] = {}
    for page, anchor in places:
        first.setdefault(page, anchor)
    runs: list[list[int]] = []
    for page in sorted(first):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts = (part for run in runs for part in ([run] if len(run) > 2 else [[page] for page in run]))  # noqa: PLR2004
    return tuple(PageRange(part[0], part[-1], first[part[0]]) for part in parts)


def locators(root: Element) -> tuple[tuple[Element, tuple[str, ...]], ...]:
    """Return where an index has its pages, with the anchors that each name stands at."""
    return tuple(
        (one, tuple(link.get("href", "").removeprefix("#") for link in one))
        for one in root.iter()
        if one.get("class") == "locators"
    )


def pages_of_anchors(pages: Sequence[Iterable[str]]) -> dict[str, int]:
    """Return the first page that each anchor stands on, of pages that are given by their anchors."""
    found: dict[str, int] = {}
    for number, anchors in enumerate(pages, 1):
        for anchor in anchors:
            found.setdefault(anchor, number)
    return found


def fill_in(places: Iterable[tuple[Element, tuple[str, ...]]], pages: Mapping[str, int]) -> Iterator[Element]:
    """Fill in the pages of an index. Yield each element in which something changed."""
    for element, anchors in places:
        told = ranges((pages[anchor], anchor) for anchor in anchors if anchor in pages)
        written = [(f"#{one.anchor}", str(one)) for one in told]
        if written == [(link.get("href"), link.get("data-pages")) for link in element]:
            continue
        for link in list(element):
            element.remove(link)
        for href, text in written:
            SubElement(element, "a", {"href": href, "data-pages": text}).text = text
        for link, _ in pairwise(list(element)):
            link.tail = ", "
        yield element
