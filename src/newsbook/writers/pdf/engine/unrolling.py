"""Unroll a line box of the engine into a horizontal list, and lead from places in it back to the engine's boxes."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.percent import resolve_percentages

from newsbook.cjk import Kind, kind_of
from newsbook.writers.pdf.breaking import ChosenLine, Measure, break_lines
from newsbook.writers.pdf.engine.pango import breaks_of, widths_of
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.spacing import FULL, OBJECT, Character, HorizontalList


class Node(Struct):
    """A box of a line box, in places of the list: what stands in it, and where the box around it ends.

    `base` is where the characters begin that a reading (ruby) is the reading of.
    """

    start: int
    end: int
    parent_end: int
    text: str = ""
    children: tuple["Node", ...] = ()
    base: int | None = None


class Unrolled:
    """A line box unrolled: its horizontal list, the tree of its boxes, and the lines chosen so far.

    While the engine fills a line, `line` is that line.
    """

    def __init__(self) -> None:
        self.hlist = HorizontalList([], [])
        self.tree = Node(0, 0, 0)
        self.has_objects = self.may_shrink = False
        # How much narrower than it is the end of a line is said to be. Beside a reading the engine may break a line,
        # and would, where rounding has made that longer than its measure.
        self.slack = 0.0
        self.line: ChosenLine | None = None
        self._lines: dict[tuple[int, float, Measure], ChosenLine] = {}

    def choose(self, start: int, measure: Measure) -> ChosenLine:
        """Return the line that begins at `start`, out of the best lines of what is left of the paragraph."""
        start = self.hlist.start(start)
        follows = replace(measure, first=measure.rest)
        if (start, measure.first, follows) not in self._lines:
            first = measure.first
            for line in break_lines(self.hlist, start, measure):
                self._lines[line.start, first, follows] = line
                first = measure.rest
        return self._lines[start, measure.first, follows]


def position(node: Node, stack: Engine) -> int:
    """Return the place in the list that one of the engine's skip stacks means."""
    if stack is None:
        return node.start
    ((index, rest),) = stack.items()
    if node.text:
        return node.start + len(node.text.encode()[: index or 0].decode())
    return position(node.children[index], rest) if index < len(node.children) else node.end


def skip_stack(node: Node, at: int) -> Engine:
    """Return the engine's skip stack for a place in the list; None is the end of the paragraph."""
    if node.text:
        return {len(node.text[: at - node.start].encode()): None}
    for index, child in enumerate(node.children):
        if child.start >= at:
            return {index: None}
        if at < child.end:
            return {index: skip_stack(child, at)}
    return None


LANGUAGES = ("zh", "ja", "ko")

# Text that runs from right to left, and white space that is kept, are left to the engine.
_FOREIGN = re.compile("[\\t\\n\\f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def unrolled_of(context: Engine, linebox: Engine, containing_block: Engine) -> Unrolled | None:
    """Return a line box unrolled, or None where the engine is to set it: other languages, floats, spaces that are kept.

    It is kept with the line box for as long as that says the same: a page number may become known later.
    """
    inside = tuple(_inside(linebox))
    has_atomic = any(map(_is_atomic, inside))
    if has_atomic and containing_block is None:
        return None
    key = (containing_block.width if has_atomic else None, tuple(getattr(box, "text", None) for box in inside))
    kept_key, unrolled = getattr(linebox, "unrolled", (None, None))
    if kept_key != key:
        unrolled = _unroll(context, linebox, containing_block) if _is_ours(linebox) else None
        linebox.unrolled = (key, unrolled)
    return unrolled


def _inside(box: Engine) -> Iterator[Engine]:
    """Yield the boxes inside an inline box, in order, without what atomic ones hold."""
    for child in box.children:
        yield child
        if isinstance(child, boxes.InlineBox):
            yield from _inside(child)


def _is_atomic(box: Engine) -> bool:
    return isinstance(box, (boxes.AtomicInlineLevelBox, boxes.InlineFlexBox, boxes.InlineGridBox))


def _is_ours(linebox: Engine) -> bool:
    if not (linebox.style["lang"] or "").startswith(LANGUAGES) or linebox.style["direction"] != "ltr":
        return False
    return all(map(_is_plain, _inside(linebox)))


def _is_plain(box: Engine) -> bool:
    if box.is_floated() or getattr(box, "is_leader", False):
        return False
    if isinstance(box, boxes.TextBox):
        return box.style["white_space"] in {"normal", "nowrap"} and not _FOREIGN.search(box.text)
    return True


def drawn_width(box: Engine) -> float:
    """Return how wide the text in a box of one line is drawn, which may be more than the box is wide."""
    texts = (one for one in box.descendants() if isinstance(one, boxes.TextBox))
    return float(sum(getattr(one, "places", (one.width,))[-1] for one in texts))


# How many ems a reading may be longer than its base before that is spread: JLREQ §3.3.8.
_OVERHANG = 0.5

# In points: more than the gaps of a line are rounded by.
_SLACK = 0.02

# How many ems stand between two readings in a row, of which the second is as long as its base or longer.
_CLEAR = 0.12


class _Unroller:
    """Walks the boxes of a line box and lays their characters into a row."""

    def __init__(self, context: Engine, containing_block: Engine) -> None:
        self.context = context
        self.containing_block = containing_block
        self.unrolled = Unrolled()
        self.characters: list[Character] = []
        self.whole: set[int] = set()
        self._base = 0
        # Where the last reading ends, and how many ems it is longer than its base there.
        self._read_up_to, self._overhang = -1, 0.0

    def walk(self, box: Engine, *, is_raised: bool) -> tuple[Node, ...]:
        """Return the nodes of the boxes inside `box`, having laid down their characters."""
        nodes = tuple(self._node(child, is_raised=is_raised) for child in box.children)
        for node in nodes:
            node.parent_end = len(self.characters)
        return nodes

    def _node(self, box: Engine, *, is_raised: bool) -> Node:
        start = len(self.characters)
        node = Node(start, start, 0)
        if not box.is_in_normal_flow():
            return node
        if isinstance(box, boxes.TextBox):
            node.text = box.text
            self._set(box, is_raised=is_raised)
        elif isinstance(box, boxes.InlineBox):
            raised = is_raised or box.style["vertical_align"] != "baseline"
            self._base = start
            node.children = self.walk(box, is_raised=raised)
            self._pad(box, start)
        elif box.element_tag == "rt" and self.characters:
            self.unrolled.slack = _SLACK
            if box.style["width"] != "auto" and box.style["width"].value > 0:
                self._set_beside(box)
            else:
                node.base = self._base
                self._read(box, self.characters[node.base :])
            self._base = len(self.characters)
        else:
            self.characters.append(self._object(box))
        node.end = len(self.characters)
        box.place = (self.unrolled, node)
        return node

    def _set(self, box: Engine, *, is_raised: bool) -> None:
        start = len(self.characters)
        em, language = box.style["font_size"], box.style["lang"] or ""
        is_odd = is_raised or box.style["letter_spacing"] != "normal"
        widths = widths_of(box)
        kinds = [Kind.OTHER] * len(widths) if is_odd else _kinds(box.text, widths, em, language)
        self.characters += [
            Character(one, width, em, kind) for one, width, kind in zip(box.text, widths, kinds, strict=True)
        ]
        if is_raised or box.style["white_space"] == "nowrap":
            self.whole.update(range(start + (not is_raised), len(self.characters)))

    def _pad(self, box: Engine, start: int) -> None:
        """Add the margins, borders and padding of an inline box to its first and last character."""
        if len(self.characters) == start:
            return
        resolve_percentages(box, self.containing_block or (0, 0))
        for side, at in (("left", start), ("right", -1)):
            sizes = (getattr(box, name.format(side)) for name in ("margin_{}", "padding_{}", "border_{}_width"))
            self.characters[at].edge += sum(size for size in sizes if size != "auto")

    def _object(self, box: Engine) -> Character:
        return Character(OBJECT, self._laid_out(box).margin_width(), box.style["font_size"], Kind.FULL_WIDTH)

    def _laid_out(self, box: Engine) -> Engine:
        resolve_percentages(box, self.containing_block)
        return atomic_box(self.context, box, 0, None, self.containing_block, [], [])

    def _set_beside(self, box: Engine) -> None:
        """Lay down a reading that stands behind its base, as bopomofo does, with the room that it takes."""
        last = self.characters[-1]
        last.is_loose = False
        self.whole.add(len(self.characters))
        self.characters.append(Character(last.text, self._laid_out(box).margin_width(), last.em, last.kind))

    def _read(self, box: Engine, base: list[Character]) -> None:
        """Lay down a reading: a character of no width that is to its neighbours what the last of its base is.

        Where it is longer than its base, and than a quarter em more on either side, its base is spread. Behind another
        reading it stands clear of that.
        """
        last = base[-1]
        longer = drawn_width(self._laid_out(box)) - sum(character.width for character in base)
        part = max(0.0, longer - last.em * _OVERHANG) / last.em / len(base)
        overhang = min(max(0.0, longer / last.em), _OVERHANG) / 2
        start = len(self.characters) - len(base)
        for before in self.characters[-len(base) - 1 : -len(base)]:
            before.spread += part / 2
            before.spread += overhang + self._overhang + _CLEAR * (longer > 0) if start == self._read_up_to else 0.0
        self._overhang, self._read_up_to = overhang, len(self.characters) + 1
        for character in base[:-1]:
            character.spread += part
        last.is_loose = False
        self.whole.add(len(self.characters))
        self.characters.append(Character(last.text, 0.0, last.em, last.kind, spread=part / 2))


def _kinds(text: str, widths: list[float], em: float, language: str) -> list[Kind]:
    """Return what the characters are, for their widths: a number set upright in an em of its own is no Latin."""
    known = {one: kind_of(one, language) for one in set(text)}
    digits = {one for one in known if one.isdigit()}
    return [
        Kind.FULL_WIDTH if one in digits and (width == 0 or width > FULL * em) else known[one]
        for one, width in zip(text, widths, strict=True)
    ]


def _unroll(context: Engine, linebox: Engine, containing_block: Engine) -> Unrolled | None:
    unroller = _Unroller(context, containing_block)
    children = unroller.walk(linebox, is_raised=False)
    characters = unroller.characters
    if not any(character.text != " " for character in characters):
        return None
    text = "".join(character.text for character in characters)
    may_tear = linebox.style["white_space"] != "nowrap"
    places = breaks_of(text, linebox.style["lang"]) if may_tear else []
    breaks = [at for at in places if at not in unroller.whole]
    unrolled = unroller.unrolled
    unrolled.hlist = HorizontalList(characters, [*breaks, len(characters)], may_tear=may_tear)
    unrolled.has_objects = OBJECT in text
    unrolled.may_shrink = any(box.style["overflow_wrap"] == "anywhere" for box in _inside(linebox))
    unrolled.tree = Node(0, len(characters), len(characters), children=children)
    return unrolled
