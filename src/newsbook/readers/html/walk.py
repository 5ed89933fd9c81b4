"""Walk a page in order. The story becomes lines with their markup, and what stands around it is left out."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import CAPTION_OF_GROUP, WITHIN_STORY, Extent, Markup, Omission, Part
from newsbook.readers.html.blockroles import (
    called_field,
    field_of,
    is_called_credit,
    is_called_meta,
    part_of,
    styling_of,
)
from newsbook.readers.html.content import MainContent
from newsbook.readers.html.figures import is_caption_of_group, picture_name
from newsbook.readers.html.formulas import divided, formula_of, holds_formula, is_drawn_again, is_math
from newsbook.readers.html.groups import TYPED
from newsbook.readers.html.imagesources import source_of
from newsbook.readers.html.inline import GatheredLine, Gatherer
from newsbook.readers.html.regions import PlacedLine, Region, settle
from newsbook.readers.html.structure import structure_of
from newsbook.readers.html.tree import (
    BLOCKS,
    UNSHOWN,
    Tree,
    attribute,
    hints,
    is_block,
    offset_of,
    shown_text,
    without_markers,
)
from newsbook.readers.interface import MarkedLine
from newsbook.readers.text import closed_up

# The kind of what stands around a story on its page: navigation, lists of other stories, comments.
SURROUNDINGS = "surroundings"

# A browser shows what is in these, and it cannot be set here.
_SHOWN_OTHERWISE = frozenset({"object", "select", "svg", "textarea"})

_ICON_FONT = re.compile(r"(?:^|\s)(?:material-(?:icons|symbols)|mdi|icon-?font|ligature)[\w-]*(?=$|\s)")
_LIGATURE = re.compile("[a-z0-9_]{2,40}")

_LONGEST_META = 200
_LONGEST_SIGNED = 60
_SIGNED = re.compile(
    r"\W*(?:责任编辑|責任編輯|责编|責編|(?:网络|值班)?编辑|編輯|记者|記者|作者|撰文|来源|來源|稿源|校对|審核|审核)\s*[:：／/]"
)
_SENTENCE = re.compile(r"。|\w{2}[.!?](?:\s|$)")
_SHORTEST_SENTENCE = 8
_STATEMENT = 60
_INDENT = re.compile(r"(?<![ \t\r\n])[ \t]*+[\r\n][^\S\u3000]*+(?=\u3000)")
_LINE_END = re.compile("\r\n|\n|\r")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d\D{1,3}\d{1,2}\D{1,3}\d{1,2}(?!\d)")


class StoryLines(Struct, frozen=True):
    """The lines of a story, what of its page was left out, and how far the story goes."""

    lines: tuple[MarkedLine, ...]
    omissions: tuple[Omission, ...]
    extent: Extent = Extent()


def walk(tree: Tree, content: MainContent) -> StoryLines:
    """Return the lines of the story in the order of the page, and what of the page was left out."""
    return _Walk(tree, content).run()


class _Walk:
    """The state of one walk through a page."""

    def __init__(self, tree: Tree, content: MainContent) -> None:
        self._tree, self._content = tree, content
        self._structure = structure_of(tree, content)
        self._kept = self._structure.kept
        self._gatherer = Gatherer(tree, self._structure.notes.references)
        self._region = Region.ABOVE
        self._lines: list[PlacedLine] = []
        self._omissions: list[tuple[int, Omission]] = []
        self._holders: list[etree._Element] = [tree.root]
        self._skipped: etree._Element | None = None
        self._inside = False
        self._whole: etree._Element | None = None
        self._typed: etree._Element | None = None
        # Counts the blocks of the page, and what an empty line divides in one.
        self._block = 0

    def run(self) -> StoryLines:
        """Walk the whole page."""
        steps = etree.iterwalk(self._tree.root, events=("start", "end"))
        for event, element in steps:
            if event == "end":
                self._leave(element)
            elif self._passes(element):
                self._skip(element)
                steps.skip_subtree()
            else:
                self._enter(element)
        self._flush()
        lines, rest = settle(self._lines)
        for placed in rest:
            self._leave_out(placed.told.text, placed.holder)
        return StoryLines(lines, tuple(self._on_record()))

    def _on_record(self) -> Iterator[Omission]:
        """Yield what was left out. A sentence between the paragraphs of the story is no surroundings."""
        body = [at for at, line in enumerate(self._lines) if _is_of_body(line)]
        for at, omission in self._omissions:
            inside = body and body[0] < at <= body[-1] and _says_something(omission.text)
            yield replace(omission, kind=WITHIN_STORY) if inside else omission

    def _passes(self, element: etree._Element) -> bool:  # noqa: PLR0911 - a return for each reason.
        if is_drawn_again(element) or is_math(element):
            return True
        if element.tag in {"rt", "rp"}:
            return _is_in_ruby(element) and not (element.tag == "rp" and len(element))
        if element.tag in UNSHOWN or _is_glyph(element):
            return True
        if element in self._structure.notes.back:
            return True
        if element in self._kept or (self._in_figure() and is_called_credit(element)):
            return False
        if self._is_word(element) or self._structure.is_box(element) or holds_formula(element):
            return False
        return element in self._structure.left_out or (
            element in self._content.boilerplate and not self._tells_of_story(element)
        )

    def _is_word(self, element: etree._Element) -> bool:
        """Tell whether an element called boilerplate is words of a line. In a meta line each is a fact of its own."""
        is_prose = self._content.worded.get(element)
        return is_prose is not None and (is_prose or self._in_headline() or not (self._in_meta() or self._is_above()))

    def _tells_of_story(self, element: etree._Element) -> bool:
        """Tell whether a short element says when or by whom the story was written, though it is called boilerplate."""
        if self._region is Region.ABOVE or self._structure.lengths.get(element, 0) > _LONGEST_META:
            return False
        text = shown_text(element)
        dated = self._region is Region.HEAD and _DATE.search(text)
        return bool(dated or (_SIGNED.match(text) and len(text) <= _LONGEST_SIGNED))

    def _skip(self, element: etree._Element) -> None:
        self._skipped = element
        if element.tag == "rt":
            self._gatherer.read(_reading(element))
        elif not is_drawn_again(element) and (formula := formula_of(element, self._tree)):
            self._gatherer.add_formula(formula, offset_of(element))
        elif element.tag in _SHOWN_OTHERWISE and self._region is Region.MAIN:
            self._leave_out(closed_up("".join(element.itertext())), element, WITHIN_STORY)
        elif element.tag not in UNSHOWN:
            if element.tag in BLOCKS:
                self._flush()
            self._leave_out(shown_text(element), element)

    def _leave_out(self, text: str, element: etree._Element, kind: str = SURROUNDINGS) -> None:
        if text:
            place = self._tree.origin(0, max(0, offset_of(element)))
            self._omissions.append((len(self._lines), Omission(kind, place.line, text, place.column)))

    def _enter(self, element: etree._Element) -> None:
        self._gatherer.reach(element)
        if element is self._content.headline or element is self._content.main:
            self._flush()
            self._inside = self._inside or element is self._content.main
            self._region = Region.MAIN if element is self._content.main else self._region
        if self._whole is None and element in self._structure.whole:
            self._flush()
            self._whole = element
        if is_block(element):
            self._enter_block(element)
        elif element in self._structure.pictures:
            self._picture(element)
        else:
            self._inline(element)
        if formula := formula_of(element, self._tree):
            self._gatherer.add_formula(formula, offset_of(element))
        else:
            self._add("" if element.tag == "rp" and _is_in_ruby(element) else element.text or "")

    def _add(self, text: str) -> None:
        """Gather text. A line of it that begins with an indent of full width begins a paragraph."""
        text = without_markers(text) if "<" in text else text
        if self._typed is not None:
            self._add_typed(text)
            return
        first, *others = _INDENT.split(text)
        self._add_words(first)
        for other in others:
            self._flush_whole()
            self._add_words(other)

    def _add_words(self, text: str) -> None:
        """Gather text, and the formulas in it, of which code has none."""
        for piece in (text,) if self._gatherer.is_in_code else divided(text):
            if isinstance(piece, str):
                self._gatherer.add(piece)
            else:
                self._gatherer.add_formula(piece, 0)

    def _add_typed(self, text: str) -> None:
        """Gather text that stands as it was typed, each line of it as one, with its blanks."""
        first, *others = _LINE_END.split(text)
        self._gatherer.add_typed(first)
        for other in others:
            if self._gatherer.is_empty:
                self._place(MarkedLine("", self._structure.markup(self._holders[-1])), self._holders[-1])
            self._flush()
            self._gatherer.add_typed(other)

    def _enter_block(self, element: etree._Element) -> None:
        divides = element.tag != "br" or self._gatherer.is_empty
        if self._whole is None:
            self._flush()
            self._holders.append(element)
        else:
            self._gatherer.divide()
        self._block += divides
        if element.tag == "hr" and self._region is Region.MAIN:
            self._place(MarkedLine("", Markup(Part.BREAK)), element)
        group = self._structure.groups.get(element)
        if self._typed is None and group is not None and element.tag in TYPED:
            self._typed = element
        elif (
            element.tag == "p"
            and self._structure.markup(element).part is Part.VERSE
            and element.find(".//br") is not None
        ):
            self._place(MarkedLine("", self._structure.markup(element)), element)

    def _inline(self, element: etree._Element) -> None:
        if self._in_meta() and called_field(element) and not self._gatherer.awaits_value:
            self._flush_whole()
        elif self._in_meta() or self._in_figure():
            self._gatherer.divide()
        self._gatherer.open(element)

    def _flush_whole(self) -> None:
        """End the line, unless it must become one with what follows."""
        if self._whole is None:
            self._flush()

    def _in_meta(self) -> bool:
        """Tell whether each element of a line is a fact of its own, as in the lines around the body."""
        if self._whole is not None and self._whole in self._structure.notes.notes:
            return False
        if self._inside and self._region is Region.HEAD:
            return is_called_meta(self._holders[-1])
        return self._region in {Region.HEAD, Region.FOOT}

    def _in_headline(self) -> bool:
        return self._whole is not None and self._whole is self._content.headline

    def _is_above(self) -> bool:
        return self._region is Region.ABOVE

    def _in_figure(self) -> bool:
        return self._whole is not None and self._structure.whole[self._whole] is Part.PICTURE

    def _picture(self, element: etree._Element) -> None:
        """Place a picture on its own; one in a figure waits for its caption."""
        if self._region not in {Region.MAIN, Region.HEAD}:
            return
        if self._whole is not None and self._structure.figures.get(self._whole) is element:
            return
        if self._whole is None:
            self._flush()
        self._place(MarkedLine("", _picture_markup(element)), element)

    def _leave(self, element: etree._Element) -> None:
        if element is self._typed:
            self._flush()
            self._typed = None
        if element is self._skipped:
            self._skipped = None
        elif element is self._whole:
            self._flush()
            self._whole = None
            self._drop(element)
        elif is_block(element):
            if self._whole is None:
                self._flush()
                self._drop(element)
            else:
                self._gatherer.divide()
            self._block += element.tag != "br"
        else:
            self._gatherer.close(element)
            if self._in_meta() and called_field(element) and not self._gatherer.is_in_bracket:
                self._flush_whole()
            elif self._in_meta() or self._in_figure():
                self._gatherer.divide()
        self._turn(element)
        if element is not self._tree.root:
            self._add(element.tail or "")

    def _drop(self, element: etree._Element) -> None:
        if self._holders[-1] is element:
            self._holders.pop()

    def _turn(self, element: etree._Element) -> None:
        """Go on to the next region of the page where `element` ends one."""
        if element is self._content.main:
            self._flush()
            self._region = Region.FOOT
        elif element is self._content.headline:
            self._flush()
            self._region = Region.HEAD

    def _flush(self) -> None:
        holder = self._whole if self._whole is not None else self._holders[-1]
        line = self._gatherer.end(holder)
        picture = self._structure.figures.get(holder)
        if picture is not None:
            markup = _picture_markup(picture)
            told = replace(markup, runs=line.runs, origins=line.origins, inner=line.inner) if line else markup
            self._place(MarkedLine(line.text if line else "", told), holder)
        elif line or (self._whole is not None and self._structure.whole[self._whole] is Part.CELL):
            self._place_line(line, holder)

    def _place_line(self, line: GatheredLine | None, holder: etree._Element) -> None:
        text, runs, origins = (line.text, line.runs, line.origins) if line else ("", (), ())
        inner = line.inner if line else ()
        markup = self._structure.markup(holder)
        if self._region is Region.HEAD and self._inside and _begins_body(holder, text):
            self._region = Region.MAIN
        if markup.part is Part.PARAGRAPH:
            field = CAPTION_OF_GROUP if is_caption_of_group(holder) else field_of(line)
            markup = replace(markup, part=part_of(holder, text, runs), field=field, group=self._block)
        elif markup.part is Part.PREFORMATTED:
            runs = ()
        elif markup.part is Part.QUOTATION and "attribution" in hints(holder):
            markup = replace(markup, field="attribution")
        look = styling_of(holder, line.opener if line else None)
        self._place(MarkedLine(text, replace(markup, runs=runs, origins=origins, inner=inner)), holder, look)

    def _place(self, told: MarkedLine, holder: etree._Element, look: tuple[str, ...] = ()) -> None:
        self._lines.append(PlacedLine(self._region, told, holder, look))


def _is_glyph(element: etree._Element) -> bool:
    """Tell whether an element is a glyph of an icon font, whose ligatures are words: access_time, create."""
    return bool(_ICON_FONT.search(hints(element))) and bool(_LIGATURE.fullmatch("".join(element.itertext()).strip()))


def _is_of_body(line: PlacedLine) -> bool:
    return line.region is Region.MAIN and line.told.markup.part is Part.PARAGRAPH


def _says_something(text: str) -> bool:
    return len(text) >= _SHORTEST_SENTENCE and bool(_SENTENCE.search(text))


def _is_in_ruby(element: etree._Element) -> bool:
    return next(element.iterancestors("ruby"), None) is not None


def _reading(element: etree._Element) -> str:
    """Return the reading in an `rt`, without the brackets for those who show no ruby."""
    texts = (each.text if each.tag != "rp" else "" for each in element.iter())
    tails = (each.tail for each in element.iterdescendants())
    return "".join(text for text in (*texts, *tails) if text).strip()


def _begins_body(holder: etree._Element, text: str) -> bool:
    """Tell whether a line below a headline in the body's own element is of the body: a paragraph or a statement."""
    return (holder.tag == "p" and not is_called_meta(holder)) or len(text) >= _STATEMENT or "。" in text


def _picture_markup(element: etree._Element) -> Markup:
    return Markup(Part.PICTURE, image=picture_name(source_of(element)), alt=attribute(element, "alt"))
