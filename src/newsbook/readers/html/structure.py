"""Find the structure of a page before it is walked: what becomes one line, what is a list, a table or a quotation."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.model import Markup, Part
from newsbook.readers.html.blockroles import LONGEST_DECK, is_called_deck
from newsbook.readers.html.content import MainContent
from newsbook.readers.html.density import ancestors
from newsbook.readers.html.figures import captioned, is_picture
from newsbook.readers.html.formulas import is_formula_picture
from newsbook.readers.html.groups import Frame, groups_in
from newsbook.readers.html.notes import Notes, notes_in
from newsbook.readers.html.tree import BLOCKS, Tree, offset_of, shown_text

_LINKED = 0.8
_ALWAYS_WHOLE = frozenset({"td", "th", "caption"})
_WHOLE = frozenset({"li", "dt", "dd"})
_LONGEST_LABEL = 16
_STATEMENT = re.compile("[。！？!?，,]")
_SENTENCE = re.compile("。[」』”’）)]*$")


class PageStructure(Struct, frozen=True):
    """What is known of the elements of a page.

    `whole` are those that become one line each, with the part that the line is. `pictures` are those of some size.
    `figures` maps an element that holds a picture with its caption to the picture. `groups` are lists, tables,
    quotations, boxes, verse and code. `around` are the elements that the story stands in. `left_out` are those within
    the story that do not belong to it. `lengths` is how many characters each element shows. `notes`
    are its notes, wherever they stand.
    """

    whole: dict[etree._Element, Part]
    pictures: frozenset[etree._Element]
    figures: dict[etree._Element, etree._Element]
    groups: dict[etree._Element, Markup]
    around: frozenset[etree._Element]
    left_out: frozenset[etree._Element]
    lengths: dict[etree._Element, int]
    notes: Notes

    @property
    def kept(self) -> frozenset[etree._Element]:
        """What is of the story whatever it is called: what that or a note stands in, and notes."""
        return self.around | self.notes.around | self.notes.notes.keys()

    def is_box(self, element: etree._Element) -> bool:
        """Tell whether an element is a box of the story, though its tag calls it something beside it."""
        return element.tag == "aside" and element in self.groups and self.groups[element].part is Part.ASIDE

    def markup(self, holder: etree._Element) -> Markup:
        """Return what the place of `holder` among lists, tables and quotations says about a line in it."""
        if holder in self.groups:
            return self.groups[holder]
        for above in holder.iterancestors():
            if above in self.groups:
                return self.groups[above]
        return Markup(Part.PARAGRAPH)


def structure_of(tree: Tree, content: MainContent) -> PageStructure:
    """Return what a walk through `tree` needs to know of its elements."""
    lengths = content.density.lengths
    main = content.main
    whole: dict[etree._Element, Part] = {}
    shown = filter(is_picture, tree.root.iter("img", "amp-img"))
    pictures = frozenset(each for each in shown if not is_formula_picture(each))
    ends = [element for element in (main, content.headline) if element is not None]
    around = frozenset(each for element in ends for each in ancestors(element))
    figures: dict[etree._Element, etree._Element] = {}
    for picture in filter(pictures.__contains__, tree.root.iter("img", "amp-img")):
        figure = captioned(picture, around, lengths)
        figures |= {} if figure is None else {figure: picture}
    whole |= dict.fromkeys(figures, Part.PICTURE)
    groups = groups_in(Frame(main, lengths, content.density.linked))
    notes = notes_in(tree.root, main)
    for number, (note, name) in enumerate(notes.notes.items()):
        groups[note] = Markup(Part.NOTE, number, field=name, alt=notes.marks[name])
    whole |= {each: markup.part for each, markup in groups.items() if _is_whole(each, markup.part)}
    if content.headline is not None:
        whole[content.headline] = Part.HEADLINE
        groups[content.headline] = Markup(Part.HEADLINE)
    decks = tuple(_decks(tree, content, around, lengths))
    whole |= dict.fromkeys(decks, Part.DECK)
    groups |= dict.fromkeys(decks, Markup(Part.DECK))
    noted = notes.around | frozenset(notes.notes)
    blocks = (element for element in main.iter(*BLOCKS) if element is not main and element not in noted)
    links = [element for element in blocks if _leads_away(element, content)]
    labels = (label for element in links if (label := _label(element, lengths)) is not None)
    left_out = frozenset({*links, *labels})
    return PageStructure(whole, pictures, figures, groups, around, left_out, lengths, notes)


def _decks(
    tree: Tree, content: MainContent, around: frozenset[etree._Element], lengths: dict[etree._Element, int]
) -> Iterator[etree._Element]:
    """Yield the decks of several lines, as Korean papers set them. They stand above the body, or first in it."""
    for element in tree.root.iter("strong", "b", "p", "div", "h2", "h3", "h4"):
        if element.find("br") is None or element in around or not is_called_deck(element):
            continue
        fits = 0 < lengths.get(element, 0) <= LONGEST_DECK and not shown_text(element).endswith("。")
        if fits and (_is_between(element, content) or _is_early(element, content.main, lengths)):
            yield element


def _is_between(element: etree._Element, content: MainContent) -> bool:
    """Tell whether `element` stands below the headline and above the body."""
    return content.headline is not None and (offset_of(content.headline) < offset_of(element) < offset_of(content.main))


def _is_early(element: etree._Element, main: etree._Element, lengths: dict[etree._Element, int]) -> bool:
    """Tell whether little is shown in the body before `element`."""
    before = 0
    for at in ancestors(element):
        parent = at.getparent()
        if at is main:
            break
        if parent is None:
            return False
        before += len((parent.text or "").strip())
        before += sum(lengths.get(each, 0) + len((each.tail or "").strip()) for each in at.itersiblings(preceding=True))
    return before <= LONGEST_DECK


def _is_whole(element: etree._Element, part: Part) -> bool:
    """Tell whether a part of a group becomes one line: a cell, and an item or a note of one paragraph."""
    if element.tag in _ALWAYS_WHOLE:
        return True
    if part is Part.NOTE:
        return not _has_blocks(element) and len([*element.iter("p")]) <= 1
    return element.tag in _WHOLE and not _has_blocks(element)


def _has_blocks(element: etree._Element) -> bool:
    return any(
        each.tag in BLOCKS and each is not element and each.tag not in {"p", "br", "div"} for each in element.iter()
    )


def _has_picture(element: etree._Element) -> bool:
    return next(element.iter("img", "amp-img"), None) is not None


def _label(links: etree._Element, lengths: dict[etree._Element, int]) -> etree._Element | None:
    """Return the short block before links that says what they are: 延伸閱讀."""
    label = links.getprevious()
    while label is not None and not lengths.get(label, 0) and not _has_picture(label):
        label = label.getprevious()
    if label is None or label.tag not in BLOCKS or lengths[label] > _LONGEST_LABEL or _has_picture(label):
        return None
    return None if _STATEMENT.search(shown_text(label)) else label


def _leads_away(element: etree._Element, content: MainContent) -> bool:
    """Tell whether a block is nothing but links to other pages. An item of a list is judged with its list.

    A paragraph that is a sentence is the story's, wherever its words lead.
    """
    if element.tag in {"li", "td", "th", "dt", "dd", "tr"} or not content.density.is_linked(element, _LINKED):
        return False
    return element.tag != "p" or not _SENTENCE.search(shown_text(element))
