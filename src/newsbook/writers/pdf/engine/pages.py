"""Make the engine's pages of a plan: what was set, in its place, with the running heads and folios of the style.

The engine makes every page empty, as the style's `@page` asks for it; what was set is then moved in, inside copies of
the elements that it stands in, so that tags, links and bookmarks come out as ever.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy

from msgspec import Struct
from weasyprint import layout
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.html import get_html_metadata
from weasyprint.layout.page import PageType, make_page
from weasyprint.layout.percent import resolve_percentages
from weasyprint.pdf.metadata import DocumentMetadata

from newsbook.writers.pdf.engine.boxes import whole_lines
from newsbook.writers.pdf.engine.galley import Foundry, Matter, cut
from newsbook.writers.pdf.engine.patch import Engine


class Portion(Struct, frozen=True):
    """Rows of a galley in their place: `left` in pixels, `line` in lines, from the corner of the type area.

    `of` is the box that was set, as the document has it, before it was laid out. `heads` are those of a table that
    goes on here, set once more, to stand above.
    """

    matter: Matter
    of: Engine
    first: int
    last: int
    left: float
    line: float
    heads: Engine = None


class Area(Struct, frozen=True):
    """The type area of a page: its width in pixels, and how many lines it has."""

    width: float
    lines: int


class Press:
    """What makes the pages of a document, one after the other."""

    def __init__(self, foundry: Foundry, page_name: str = "") -> None:
        self._foundry = foundry
        self._name = page_name
        self._parents = {child: parent for parent in _boxes(foundry.root) for child in parent.children}
        self._blank: list[Engine] = []
        self._states: list[Engine] = [([0], {"pages": [0]}, [{"pages"}], [])]

    def area(self, number: int) -> Area:
        """Return the type area of a page, of which the first is 1."""
        page = self._page(number)
        return Area(float(page.width), whole_lines(page.height, self._foundry.leading))

    def margins(self, number: int) -> float:
        """Return how much higher a page is than its type area, in pixels."""
        page = self._page(number)
        return float(page.margin_height() - page.height)

    def shorten(self, number: int, lines: int) -> None:
        """Cut the sheet of a page so that its type area has so many lines."""
        self._page(number).height = lines * self._foundry.leading

    def pages(self, plan: Sequence[Sequence[Portion]]) -> Engine:
        """Return the document whose pages hold these portions, each in the order in which it is read."""
        # Everything is cut before anything is moved, for a portion is found by where it was set.
        cuts = [[(portion, cut_out(portion)) for portion in portions] for portions in plan]
        made = [self._filled(number, portions) for number, portions in enumerate(cuts, 1)]
        self._read_out(made)
        for number, page in enumerate(made, 1):
            self._finish(number, page, len(made))
        html, context = self._foundry.page, self._foundry.context
        document = Document(
            [Page(page) for page in made],
            DocumentMetadata(**get_html_metadata(html)),
            html.url_fetcher,
            context.font_config,
            {},
            None,
        )
        document._html = html
        return document

    def _page(self, number: int) -> Engine:
        """Return an empty page, made as the first of its number is asked for."""
        while len(self._blank) < number:
            self._blank.append(self._empty(len(self._blank) + 1))
        return self._blank[number - 1]

    def _empty(self, number: int) -> Engine:
        foundry, context = self._foundry, self._foundry.context
        page_type = PageType("right" if number % 2 else "left", False, self._name, number - 1, ())
        context.style_for.add_page(page_type, foundry.page)
        state = deepcopy(self._states[-1])
        root = foundry.root.copy_with_children([foundry.body.copy_with_children([])])
        remake = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
        context.page_maker = [(None, {"break": "any", "page": ""}, True, state, remake)] * number
        page, *_ = make_page(context, root, page_type, None, number, state)
        self._states.append(state)
        return page

    def _filled(self, number: int, portions: Iterable[tuple[Portion, Engine]]) -> Engine:
        page = self._page(number)
        root = page.children[0]
        (body,) = [box for box in root.children if box.element_tag == "body"]
        body.height = root.height = page.height
        grown = _Growing(body, self._foundry, self._parents)
        for portion, box in portions:
            grown.add(portion, box)
        grown.close()
        return page

    def _read_out(self, pages: Sequence[Engine]) -> None:
        """Take the texts of running heads from the pages, and leave an element one bookmark."""
        marked = set[tuple[Engine, str]]()
        strings = self._foundry.context.string_set
        for number, page in enumerate(pages, 1):
            for box in page.descendants():
                if box.bookmark_label:
                    key = (box.element, box.element_tag)
                    box.bookmark_label = "" if key in marked else box.bookmark_label
                    marked.add(key)
                for name, text in box.string_set if box.string_set and box.string_set != "none" else ():
                    strings[name][number].append(text)

    def _finish(self, number: int, page: Engine, count: int) -> None:
        context = self._foundry.context
        context.current_page = number
        state = self._states[number]
        state[1]["pages"] = [count]
        root, *_ = page.children
        page.children = [root]
        page.children = (root, *layout.make_margin_boxes(context, page, state))
        layout.layout_backgrounds(page, context.get_image_from_uri)


def cut_out(portion: Portion) -> Engine:
    """Return the rows of a portion, cut out of their galley."""
    matter = portion.matter
    top = matter.tops[portion.first]
    box = cut(matter.box, top, matter.tops[portion.last])
    if portion.heads is not None:
        table = next(one for one in box.descendants() if isinstance(one, boxes.TableBox))
        portion.heads.translate(0, top - portion.heads.position_y - portion.heads.height)
        table.children = [portion.heads, *table.children]
    return box


def _boxes(box: Engine) -> Iterator[Engine]:
    return (one for one in box.descendants() if hasattr(one, "children"))


class _Growing:
    """The tree of a page while portions are added to it: the elements that the last one stands in are open."""

    def __init__(self, body: Engine, foundry: Foundry, parents: Mapping[Engine, Engine]) -> None:
        self._body = body
        self._foundry = foundry
        self._parents = parents
        # Of each open element the box as the document has it, and the copy of it on this page.
        self._open: list[tuple[Engine, Engine]] = [(foundry.body, body)]

    def add(self, portion: Portion, box: Engine) -> None:
        """Add what was cut out of a galley for a portion."""
        matter, leading = portion.matter, self._foundry.leading
        top = self._body.content_box_y() + portion.line * leading
        box.translate(self._body.content_box_x() + portion.left, top - matter.tops[portion.first])
        self._descend(self._ancestors(portion.of), box)
        self._open[-1][1].children.append(box)

    def _ancestors(self, box: Engine) -> list[Engine]:
        """Return the boxes that a box of the document stands in, the outermost first."""
        chain = []
        while box is not self._foundry.body:
            box = self._parents[box]
            chain.append(box)
        return chain[::-1]

    def _descend(self, chain: Sequence[Engine], box: Engine) -> None:
        """Close and open elements until those of `chain` are open, at the place of `box`."""
        while len(self._open) > len(chain) or any(
            one is not other for (one, _), other in zip(self._open, chain, strict=False)
        ):
            self._open.pop()
        for element in chain[len(self._open) :]:
            copy = element.copy_with_children([])
            resolve_percentages(copy, self._body)
            copy.position_x, copy.position_y = self._body.content_box_x(), box.border_box_y()
            copy.remove_decoration(start=True, end=True)
            copy.margin_left = copy.margin_right = 0
            copy.width, copy.height = self._body.width, 0
            self._open[-1][1].children.append(copy)
            self._open.append((element, copy))

    def close(self) -> None:
        """Give every element the height of what it holds."""
        for box in reversed(list(self._body.descendants())):
            if box.height == 0 and box.children and box is not self._body:
                foot = max(child.position_y + child.margin_height() for child in box.children)
                box.height = max(0.0, foot - box.content_box_y())


# As wide as most.
_UNKNOWN = 88


def fill_in_unknown(foundry: Foundry) -> None:
    """Fill in a number for every page that is still to be planned, so that what is set takes the room that it will."""
    names = (element.get("id") for element in foundry.page.etree_element.iter())
    fill_in_pages(foundry, {name: _UNKNOWN for name in names if name})


def fill_in_pages(foundry: Foundry, pages: Mapping[str, int]) -> None:
    """Fill in the numbers of the pages on which anchors stand, where a style has them (`target-counter`)."""
    collector = foundry.context.target_collector
    for anchor, number in pages.items():
        collector.cache_target_page_counters(anchor, {"page": [number], "pages": [len(pages)]}, None, [])
    for item in collector.counter_lookup_items.values():
        if item.missing_target_counters:
            item.pending = False
            item.parse_again({"page": [1], "pages": [1]})
