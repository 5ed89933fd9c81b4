"""Look over a page before it is walked: what becomes one line, and what is a list, a table or a quotation."""

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.model import Markup, Part
from newsbook.readers.html.figures import captioned, is_picture, shown_lengths
from newsbook.readers.html.main import Story
from newsbook.readers.html.tables import is_data, is_header
from newsbook.readers.html.tree import BLOCKS, Tree

_LINKED = 0.8
_MOST_OF_IT = 0.6
_FEWEST_LINKS = 2


class Plan(Struct, frozen=True):
    """What was found out about elements.

    `whole` are those that become one line each, and what that is. `pictures` are those of some size, `figures` maps
    an element that holds one with its caption to the picture. `groups` are lists, tables and quotations.
    `around` are the elements that the story stands in. `left_out` are those in the story that are none of it.
    `lengths` is how many characters are shown in each element.
    """

    whole: dict[etree._Element, Part]
    pictures: frozenset[etree._Element]
    figures: dict[etree._Element, etree._Element]
    groups: dict[etree._Element, Markup]
    around: frozenset[etree._Element]
    left_out: frozenset[etree._Element]
    lengths: dict[etree._Element, int]

    def markup(self, holder: etree._Element) -> Markup:
        """Return what the place of `holder` among lists, tables and quotations says about a line in it."""
        if holder in self.groups:
            return self.groups[holder]
        for above in holder.iterancestors():
            if above in self.groups:
                return self.groups[above]
        return Markup(Part.PARAGRAPH)


def plan(tree: Tree, story: Story) -> Plan:
    """Return the plan of a walk through `tree`."""
    lengths = shown_lengths(tree.root)
    main = story.main
    whole: dict[etree._Element, Part] = {}
    pictures = frozenset(filter(is_picture, tree.root.iter("img", "amp-img")))
    figures: dict[etree._Element, etree._Element] = {}
    for picture in filter(pictures.__contains__, tree.root.iter("img", "amp-img")):
        figure = captioned(picture, main, lengths)
        figures |= {} if figure is None else {figure: picture}
    whole |= dict.fromkeys(figures, Part.PICTURE)
    groups: dict[etree._Element, Markup] = {}
    for number, element in enumerate(main.iter("ul", "ol", "table", "blockquote"), 1):
        if element not in groups and not any(each in groups for each in element.iterancestors()):
            groups |= dict(_group(element, number, lengths, lengths.get(main, 0)))
    whole |= {element: markup.part for element, markup in groups.items() if element.tag in {"td", "th", "caption"}}
    whole |= {element: Part.ITEM for element in groups if element.tag == "li" and not _has_blocks(element)}
    if story.headline is not None:
        whole[story.headline] = Part.HEADLINE
        groups[story.headline] = Markup(Part.HEADLINE)
    ends = [element for element in (main, story.headline) if element is not None]
    around = {each for element in ends for each in (element, *element.iterancestors())}
    left_out = frozenset(element for element in main.iter("ul", "ol") if _is_link_list(element, lengths))
    return Plan(whole, pictures, figures, groups, frozenset(around), left_out, lengths)


def _group(
    element: etree._Element, number: int, lengths: dict[etree._Element, int], whole: int
) -> Iterator[tuple[etree._Element, Markup]]:
    """Yield the parts of a list, a table or a quotation with their markup."""
    if element.tag == "blockquote":
        if lengths.get(element, 0) < whole * _MOST_OF_IT and not any(element.iter("img")):
            yield element, Markup(Part.QUOTATION, number)
    elif element.tag == "table":
        if is_data(element, lengths):
            yield element, Markup(Part.PARAGRAPH)
            yield from _cells(element, number)
    elif lengths.get(element, 0) < whole * _MOST_OF_IT and not any(element.iter("img")):
        yield element, Markup(Part.ITEM, number)
        for item in element.iter("li"):
            yield item, Markup(Part.ITEM, number, row=int(element.tag == "ol"))


def _cells(table: etree._Element, number: int) -> Iterator[tuple[etree._Element, Markup]]:
    for caption in table.iter("caption"):
        yield caption, Markup(Part.TABLE_CAPTION, number)
    for row, element in enumerate(table.iter("tr"), 1):
        for cell in element:
            if cell.tag in {"td", "th"}:
                yield cell, Markup(Part.CELL, number, row, is_header(cell))


def _has_blocks(element: etree._Element) -> bool:
    return any(
        each.tag in BLOCKS and each is not element and each.tag not in {"p", "br", "div"} for each in element.iter()
    )


def _is_link_list(element: etree._Element, lengths: dict[etree._Element, int]) -> bool:
    links = [lengths.get(link, 0) for link in element.iter("a")]
    return len(links) >= _FEWEST_LINKS and sum(links) >= _LINKED * max(1, lengths.get(element, 0))
