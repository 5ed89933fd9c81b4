"""Unroll a line box of the engine into a galley, and find the way back from places in it to the engine's boxes."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.cjk import Kind, kind_of
from newsbook.writers.pdf.fitting import THOUSAND, Line, Measure, fit
from newsbook.writers.pdf.galley import FULL, OBJECT, Character, Galley

# The engine ships no types: boxes, contexts and Pango's pointers are what it says they are.
Engine: TypeAlias = Any


class Node(Struct):
    """A box of a line box, in places of the galley: what stands in it, and where the box around it ends.

    `base` is where the characters begin that a reading (ruby) is the reading of.
    """

    start: int
    end: int
    parent_end: int
    text: str = ""
    children: tuple["Node", ...] = ()
    base: int | None = None


class Proof:
    """A line box unrolled: its galley, the tree of its boxes, and the lines chosen so far.

    While the engine fills a line, `line` is that line.
    """

    def __init__(self) -> None:
        self.galley = Galley([], [])
        self.tree = Node(0, 0, 0)
        self.has_objects = self.may_shrink = False
        self.line: Line | None = None
        self._lines: dict[tuple[int, float, Measure], Line] = {}

    def choose(self, start: int, measure: Measure) -> Line:
        """Return the line that begins at `start`, out of the best lines of what is left of the paragraph."""
        start = self.galley.start(start)
        follows = replace(measure, first=measure.rest)
        if (start, measure.first, follows) not in self._lines:
            first = measure.first
            for line in fit(self.galley, start, measure):
                self._lines[line.start, first, follows] = line
                first = measure.rest
        return self._lines[start, measure.first, follows]


def position(node: Node, stack: Engine) -> int:
    """Return the place in the galley that one of the engine's skip stacks means."""
    if stack is None:
        return node.start
    ((index, rest),) = stack.items()
    if node.text:
        return node.start + len(node.text.encode()[: index or 0].decode())
    return position(node.children[index], rest) if index < len(node.children) else node.end


def skip_stack(node: Node, at: int) -> Engine:
    """Return the engine's skip stack for a place in the galley; None is the end of the paragraph."""
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


def proof_of(context: Engine, linebox: Engine, containing_block: Engine) -> Proof | None:
    """Return the proof of a line box, or None where the engine is to set it: other languages, floats, kept spaces.

    It is kept with the line box for as long as that says the same: a page number may become known later.
    """
    boxes = tuple(_boxes(linebox))
    has_atomic = any(map(_is_atomic, boxes))
    if has_atomic and containing_block is None:
        return None
    key = (containing_block.width if has_atomic else None, tuple(getattr(box, "text", None) for box in boxes))
    kept_key, proof = getattr(linebox, "proof", (None, None))
    if kept_key != key:
        proof = _unrolled(context, linebox, containing_block) if _is_ours(linebox) else None
        linebox.proof = (key, proof)
    return proof


def _boxes(box: Engine) -> Iterator[Engine]:
    """Yield the boxes inside an inline box, in order, without what atomic ones hold."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        yield child
        if isinstance(child, boxes.InlineBox):
            yield from _boxes(child)


def _is_atomic(box: Engine) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, (boxes.AtomicInlineLevelBox, boxes.InlineFlexBox, boxes.InlineGridBox))


def _is_ours(linebox: Engine) -> bool:
    if not (linebox.style["lang"] or "").startswith(LANGUAGES) or linebox.style["direction"] != "ltr":
        return False
    return all(map(_is_plain, _boxes(linebox)))


def _is_plain(box: Engine) -> bool:
    from weasyprint.formatting_structure import boxes

    if box.is_floated() or getattr(box, "is_leader", False):
        return False
    if isinstance(box, boxes.TextBox):
        return box.style["white_space"] in {"normal", "nowrap"} and not _FOREIGN.search(box.text)
    return True


def drawn_width(box: Engine) -> float:
    """Return how wide the text in a box of one line is drawn, which may be more than the box is wide."""
    from weasyprint.formatting_structure import boxes

    texts = (one for one in box.descendants() if isinstance(one, boxes.TextBox))
    return float(sum(getattr(one, "places", (one.width,))[-1] for one in texts))


# How many ems a reading may be longer than its base before that is spread: JLREQ §3.3.8.
_OVERHANG = 0.5


class _Unroller:
    """Walks the boxes of a line box and lays their characters into a row."""

    def __init__(self, context: Engine, containing_block: Engine) -> None:
        self.context = context
        self.containing_block = containing_block
        self.proof = Proof()
        self.characters: list[Character] = []
        self.whole: set[int] = set()
        self._base = 0

    def walk(self, box: Engine, *, is_raised: bool) -> tuple[Node, ...]:
        """Return the nodes of the boxes inside `box`, having laid down their characters."""
        nodes = tuple(self._node(child, is_raised=is_raised) for child in box.children)
        for node in nodes:
            node.parent_end = len(self.characters)
        return nodes

    def _node(self, box: Engine, *, is_raised: bool) -> Node:
        from weasyprint.formatting_structure import boxes

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
            node.base = self._base
            self._read(box, self.characters[node.base :])
            self._base = len(self.characters)
        else:
            self.characters.append(self._object(box))
        node.end = len(self.characters)
        box.place = (self.proof, node)
        return node

    def _set(self, box: Engine, *, is_raised: bool) -> None:
        start = len(self.characters)
        em, language = box.style["font_size"], box.style["lang"] or ""
        is_odd = is_raised or box.style["letter_spacing"] != "normal"
        widths = _widths(box)
        kinds = [Kind.OTHER] * len(widths) if is_odd else _kinds(box.text, widths, em, language)
        self.characters += [
            Character(one, width, em, kind) for one, width, kind in zip(box.text, widths, kinds, strict=True)
        ]
        if is_raised or box.style["white_space"] == "nowrap":
            self.whole.update(range(start + (not is_raised), len(self.characters)))

    def _pad(self, box: Engine, start: int) -> None:
        """Add the margins, borders and padding of an inline box to its first and last character."""
        from weasyprint.layout.percent import resolve_percentages

        if len(self.characters) == start:
            return
        resolve_percentages(box, self.containing_block or (0, 0))
        for side, at in (("left", start), ("right", -1)):
            sizes = (getattr(box, name.format(side)) for name in ("margin_{}", "padding_{}", "border_{}_width"))
            self.characters[at].edge += sum(size for size in sizes if size != "auto")

    def _object(self, box: Engine) -> Character:
        return Character(OBJECT, self._laid_out(box).margin_width(), box.style["font_size"], Kind.FULL_WIDTH)

    def _laid_out(self, box: Engine) -> Engine:
        from weasyprint.layout.inline import atomic_box
        from weasyprint.layout.percent import resolve_percentages

        resolve_percentages(box, self.containing_block)
        return atomic_box(self.context, box, 0, None, self.containing_block, [], [])

    def _read(self, box: Engine, base: list[Character]) -> None:
        """Lay down a reading: a character of no width that is to its neighbours what the last of its base is.

        Where it is longer than its base, and than a quarter em more on either side, its base is spread.
        """
        last = base[-1]
        over = drawn_width(self._laid_out(box)) - sum(character.width for character in base) - last.em * _OVERHANG
        part = max(0.0, over) / last.em / len(base)
        for before in self.characters[-len(base) - 1 : -len(base)]:
            before.spread += part / 2
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


def _unrolled(context: Engine, linebox: Engine, containing_block: Engine) -> Proof | None:
    unroller = _Unroller(context, containing_block)
    children = unroller.walk(linebox, is_raised=False)
    characters = unroller.characters
    if not any(character.text != " " for character in characters):
        return None
    text = "".join(character.text for character in characters)
    may_tear = linebox.style["white_space"] != "nowrap"
    places = breaks_of(text, linebox.style["lang"]) if may_tear else []
    breaks = [at for at in places if at not in unroller.whole]
    proof = unroller.proof
    proof.galley = Galley(characters, [*breaks, len(characters)], may_tear=may_tear)
    proof.has_objects = OBJECT in text
    proof.may_shrink = any(box.style["overflow_wrap"] == "anywhere" for box in _boxes(linebox))
    proof.tree = Node(0, len(characters), len(characters), children=children)
    return proof


# Pango takes curly quotation marks for Western ones (UAX #14, class QU), which glue to both their neighbours. The
# corner brackets are what they mean beside Han; an apostrophe in a Latin word stays one.
_CORNERS = str.maketrans("“”‘’", "「」『』")
_CURLY = re.compile("(?<![A-Za-z])[“”‘’]|[“”‘’](?![A-Za-z])")


# A soft hyphen would need to be drawn; a hyphen that ends a line is taken out by whatever copies the text.
_HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"


# The mark of a note stays with what it is a note on: JLREQ §3.9.1, cl-20.
_NOTE = re.compile(r"\[\d{1,3}\]")


def breaks_of(text: str, language: str) -> list[int]:
    """Return the places inside `text` at which a line may begin, by UAX #14 as Pango has it."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    if language.startswith("zh"):
        text = _CURLY.sub(lambda match: match[0].translate(_CORNERS), text)
    size = ffi.sizeof("PangoLogAttr")
    flags = bytes(ffi.buffer(get_log_attrs(text, language), size * (len(text) + 1)))[::size]
    # The first bit is the engine's is_line_break.
    notes = {note.start() for note in _NOTE.finditer(text)}
    breaks = [at for at in range(1, len(text)) if flags[at] & 1 and text[at - 1] not in _HYPHENS and at not in notes]
    if language.startswith("ko"):
        return [at for at in breaks if not (_is_hangul(text[at - 1]) and _is_hangul(text[at]))]
    return breaks


def _is_hangul(character: str) -> bool:
    """Tell whether a character is a Hangul syllable: between two, KLREQ §3.2 breaks no line."""
    return "가" <= character <= "힣"


def _widths(box: Engine) -> list[float]:
    """Return the width of each character of a text box in points, that of a cluster at its first character.

    The engine draws a glyph's own advance in whole thousandths of its em, and so is it counted here.
    """
    from weasyprint.text.ffi import FROM_UNITS
    from weasyprint.text.line_break import Layout, line_size

    layout = Layout(box.style)
    layout.set_text(box.text)
    line, _ = layout.get_first_line()
    widths = dict.fromkeys(byte_offsets(box.text)[:-1], 0)
    for clusters, advances in glyph_rows(line):
        for at, advance in zip(clusters, advances, strict=True):
            widths[at] += advance
    _, box.set_height = line_size(line, box.style)
    box.set_baseline = _baseline(layout)
    layout.deactivate()
    box.set_layout = layout
    unit = thousandth(box.style["font_size"])
    drawn = {width: round(width / unit) * unit * FROM_UNITS for width in set(widths.values())}
    return [drawn[width] for width in widths.values()]


def thousandth(em: float) -> float:
    """Return a thousandth of an em in Pango's units, of which the engine gives an em a whole number."""
    from weasyprint.text.ffi import TO_UNITS

    return int(em * TO_UNITS) / THOUSAND


def _baseline(layout: Engine) -> float:
    from weasyprint.text.ffi import FROM_UNITS, pango

    return float(pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS)


def byte_offsets(text: str) -> list[int]:
    """Return where each character of `text` begins in UTF-8, and where the text ends."""
    return list(accumulate(map(len, map(str.encode, text)), initial=0))


def glyph_rows(line: Engine) -> Iterator[tuple[list[int], memoryview]]:
    """Yield the places in the text, in bytes, and the advances, in Pango's units, of the glyphs of each run."""
    from weasyprint.text.ffi import ffi

    run = line.runs
    row = ffi.sizeof("PangoGlyphInfo") // 4
    while run != ffi.NULL:
        item = run.data
        count, offset = item.glyphs.num_glyphs, item.item.offset
        numbers = memoryview(ffi.buffer(item.glyphs.glyphs, count * row * 4)).cast("i")
        clusters = [offset + at for at in ffi.unpack(item.glyphs.log_clusters, count)]
        # Of each glyph's numbers the second is the width of its geometry.
        yield clusters, numbers[1::row]
        run = run.next
