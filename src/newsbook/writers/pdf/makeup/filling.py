"""Fill one column in every way that its illustrations allow, each with what it costs.

Illustrations stand at the head of the column, between paragraphs, beside text, several in a row, or at the foot; text
runs on above and below them, and a paragraph may be divided there. Costs are in points of no unit: what an empty page
costs and what all else costs were balanced by eye.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import accumulate
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from newsbook.writers.pdf.makeup.pieces import (
    At,
    Beside,
    Compositor,
    Illustration,
    PictureRow,
    Placing,
    RunningText,
    Size,
    Text,
    TextRow,
)
from newsbook.writers.pdf.makeup.regions import Regions, lowered

# Blank lines above and below an illustration.
AIR = 1

# What an empty column costs; a part of one, as its square.
_EMPTY = 200.0

# What it costs to give a line of white away, above a head or around an illustration, so that a column is full.
_WHITE = 0.25

# What a line costs by which an illustration stands behind, or before, its place.
_BEHIND, _BEFORE, _EARLY = 0.03, 0.08, 0.5

# What it costs that two illustrations stand one below the other without text between them.
_STACKED = 2.0

# What it costs that a story that should begin a page, if it can, begins below others; and that it begins a page without
# the illustration that could stand above its head.
_NOT_FRESH, _UNOPENED = 3.0, 2.0

# What a line more or less between two stories costs; and one by which a head stands higher or lower, as its square.
_UNEVEN, _SHIFTED = 0.4, 0.08

# The share of a story's last page below which it looks lost, and what it costs to be empty altogether.
_LEAST, _LOST = 0.3, 60.0

# By how much of a line rows may be higher than what they stand in: rules, and sums of what is no whole number.
_ROUNDING = 0.1

# The part of the cost of white beside an illustration that is left where a story ends there.
_AT_END = 0.2

# In how many places near its end a paragraph that does not fit is divided for a try.
_TRIES = 3

# How many illustrations ahead one may be that stands at a foot.
_AHEAD = 2


class Foot(Struct, frozen=True):
    """An illustration that stands at the foot of a column, in a size."""

    illustration: int
    size: Size


class _Node(Struct, frozen=True):
    """A way to have filled a column down to `line`; `blank` lines must follow before anything else does.

    `gives` are the places where white may be given away, `below_picture` tells that an illustration stands just above,
    and `is_full` that nothing more stands below but a foot.
    """

    at: At
    illustrations: int
    line: int = 0
    blank: int = 0
    cost: float = 0.0
    gives: int = 0
    below_picture: bool = False
    placed: tuple[Placing, ...] = ()
    before: "_Node | None" = None
    is_full: bool = False


class Filled(Struct, frozen=True):
    """A way to fill a column: what it costs, and where the text and the illustrations go on.

    What stands in it is worked out for the way that is taken in the end (`Filler.placed`): all that is above `node`,
    with `left` lines of white given away, and `foot` at the foot.
    """

    at: At
    illustrations: int
    cost: float
    node: _Node
    left: int
    foot: tuple[Placing, ...] = ()


class Filler:
    """Fills the columns of a running text, one by one.

    One that is `lax` ends a column anywhere, and lets stand alone what is too high for any: where nothing else is left.
    """

    def __init__(self, running: RunningText, compositor: Compositor, *, is_lax: bool = False) -> None:
        self._is_lax = is_lax
        self.texts = running.texts
        self.illustrations = running.illustrations
        self._compositor = compositor
        self._sums: dict[tuple[int, int], list[float]] = {}
        self._besides: dict[tuple[At, int, float, int], Beside | None] = {}
        self._parts = [max(1, text.narrow) for text in running.texts]
        heights = (_height(text) / parts for text, parts in zip(running.texts, self._parts, strict=True))
        self._starts = list(accumulate(heights, initial=0.0))
        counts = sorted({text.narrow for text in running.texts} - {0})
        self._regions = {count: Regions(running, count, self._astray, is_lax=is_lax) for count in counts}

    @property
    def lines(self) -> float:
        """How many lines of text there are in all, those of columns side by side as one."""
        return self._starts[-1]

    def lines_before(self, at: At) -> float:
        """Return how many lines of text stand before a place, as texts are first set."""
        if at.text >= len(self.texts):
            return self.lines
        return self._starts[at.text] + (self._depths(at)[at.row] / self._parts[at.text] if at.row else 0)

    def fill(self, at: At, illustrations: int, height: int) -> Iterator[Filled]:
        """Yield every way to fill a column of `height` lines from a place on, so many illustrations being placed."""
        for foot in (None, *self._feet(at, illustrations, height)):
            room = height if foot is None else height - foot.size.lines - AIR
            yield from self._nodes_ended(_Node(at, illustrations), room, height, foot)

    def _feet(self, at: At, illustrations: int, height: int) -> Iterator[Foot]:
        for number in range(illustrations, min(illustrations + _AHEAD, len(self.illustrations))):
            illustration = self.illustrations[number]
            if self._starts[illustration.low] > self.lines_before(at) + height:
                return
            yield from (Foot(number, size) for size in illustration.sizes[::2] if size.lines + AIR < height)

    def _nodes_ended(self, start: _Node, room: int, height: int, foot: Foot | None) -> Iterator[Filled]:
        """Yield the ends of all ways down a column, the cheapest first to each place in it."""
        order = 0
        agenda = [(start.at, start.illustrations, start.line, order, start)]
        best: dict[tuple[At, int, int, int], float] = {}
        while agenda:
            *_, node = heappop(agenda)
            if node.cost > best.get(_key(node), node.cost):
                continue
            for follower in self._followers(node, room, height, foot):
                has_room = follower.line <= room or (self._is_lax and not node.line)
                if has_room and follower.cost < best.get(_key(follower), 1e9):
                    best[_key(follower)] = follower.cost
                    order += 1
                    heappush(agenda, (follower.at, follower.illustrations, follower.line, order, follower))
            if node.before is not None:
                yield from self._ended(node, room, height, foot)

    def _followers(self, node: _Node, room: int, height: int, foot: Foot | None) -> Iterator[_Node]:
        """Yield all that a node can have below it, but for what stands at the foot."""
        if node.is_full:
            return
        if node.at.text < len(self.texts) and self.texts[node.at.text].narrow:
            yield from self._with_region(node, room)
        else:
            yield from self._with_text(node, room)
        if foot is None or node.illustrations < foot.illustration:
            yield from self._with_illustration(node, room, height)

    # Text.

    def _depths(self, at: At) -> list[float]:
        """Return the lines from the head of a text down to each of its rows, without those above its first."""
        key = (at.text, at.turn)
        if key not in self._sums:
            rows = self._compositor.rows(at)
            heights = (row.height + (row.space if number else 0) for number, row in enumerate(rows))
            self._sums[key] = list(accumulate(heights, initial=0.0))
        return self._sums[key]

    def _with_text(self, node: _Node, room: int) -> Iterator[_Node]:
        """Yield a node with the next text below it, or with those of its rows that there is room for."""
        at = node.at
        if at.text >= len(self.texts) or (at.row and node.line) or not self._may_pass(node):
            return
        text = self.texts[at.text]
        if text.opens == "page" and node.line and at.is_between:
            return
        opened = list(self._opened(node, room)) if not node.line and at.is_between and text.opens else []
        yield from opened
        rows, depths = self._compositor.rows(at), self._depths(at)
        base = depths[at.row] + (rows[at.row].space if at.row else 0)
        late = _UNOPENED if opened else _NOT_FRESH if text.opens == "fresh" and node.line and at.is_between else 0.0
        gives = node.gives + bool(node.line and (node.below_picture or (text.opens and at.is_between)))
        for space, cost in _spaces(node, text, rows[at.row].space):
            top = node.line + space
            done = replace(node, cost=node.cost + cost + late, gives=gives, below_picture=False, blank=0, before=node)
            fitting = bisect_right(depths, room - top + base + _ROUNDING) - 1
            if self._is_lax and not node.line:
                fitting = max(fitting, at.row + 1)
            ends = [len(rows)] if fitting >= len(rows) else []
            for row in (*ends, *self._divisions(rows, at.row, min(fitting, len(rows) - 1))):
                is_whole = row == len(rows)
                yield replace(
                    done,
                    at=At(at.text + 1) if is_whole else at._replace(row=row),
                    line=top + ceil(depths[row] - base - _ROUNDING),
                    blank=text.below if is_whole else 0,
                    placed=(Placing(top, at.text, at.turn, at.row, row),),
                )

    def _opened(self, node: _Node, room: int) -> Iterator[_Node]:
        """Yield a node with a head, at the head of a column, below the first illustration of its story.

        It is read before the illustration all the same.
        """
        at, number = node.at, node.illustrations
        if number >= len(self.illustrations) or self.illustrations[number].low != at.text + 1:
            return
        head = self.texts[at.text]
        lines = ceil(self._depths(at)[-1] - _ROUNDING)
        for size in self.illustrations[number].opening:
            top = size.lines + AIR
            if top + lines <= room:
                placed = (Placing(top, at.text, 0, 0, len(head.rows)), Placing(0, illustration=number, size=size))
                yield _Node(
                    At(at.text + 1),
                    number + 1,
                    top + lines,
                    head.below,
                    node.cost + size.cost,
                    0,
                    placed=placed,
                    before=node,
                )

    def _with_region(self, node: _Node, room: int) -> Iterator[_Node]:
        """Yield a node with columns side by side below it."""
        if not self._may_pass(node):
            return
        at = node.at
        top = node.line + max(self._compositor.rows(at)[at.row].space, node.blank) if node.line else 0
        filler = self._regions[self.texts[at.text].narrow]
        regions = filler.fill(at, node.illustrations, room - top)
        if not regions and self._is_lax and not node.line:
            regions = (filler.alone(at),)
        gives = node.gives + bool(node.line and node.below_picture)
        for region in regions:
            count = node.illustrations + region.illustrations
            is_torn = region.goes_on and self.texts[at.text].kept and node.line and not self._is_lax
            if self._leaves_room(region.end, count) and not is_torn:
                yield replace(
                    node,
                    at=region.end,
                    illustrations=count,
                    line=top + region.lines,
                    blank=region.below,
                    cost=node.cost + region.cost,
                    gives=gives,
                    below_picture=False,
                    placed=lowered(region.placed, top),
                    before=node,
                    is_full=region.goes_on,
                )

    def _divisions(self, rows: Sequence[TextRow], first: int, last: int) -> list[int]:
        """Return the rows before which a column may end within a text: the last that has room, and some before."""
        return [row for row in range(last, first, -1) if rows[row].may_begin or self._is_lax][:_TRIES]

    def _may_pass(self, node: _Node) -> bool:
        """Tell whether text may follow: not where the next illustration could not stand any more."""
        following = self.illustrations[node.illustrations : node.illustrations + 1]
        return not following or node.at.text < following[0].high

    # Illustrations.

    def _with_illustration(self, node: _Node, room: int, height: int) -> Iterator[_Node]:
        """Yield a node with the next illustration below it, or with several in a row, or with one beside text."""
        number = node.illustrations
        if number >= len(self.illustrations) or not self._may_stand(node, self.illustrations[number]):
            return
        illustration = self.illustrations[number]
        cost = node.cost + self._astray(node.at, illustration)
        stacked = cost + (_STACKED if node.below_picture else 0.0)
        top = node.line + (max(AIR, node.blank) if node.line else 0)
        for size in illustration.sizes:
            if top + size.lines <= room or (self._is_lax and not node.line):
                placed = (Placing(top, illustration=number, size=size),)
                yield _below(node, placed, 1, top + size.lines, stacked + size.cost)
        for row in illustration.rows:
            yield from self._in_row(node, row, top, room)
        for size in illustration.beside:
            yield from self._beside(node, size, room, height, cost)

    def _in_row(self, node: _Node, row: PictureRow, top: int, room: int) -> Iterator[_Node]:
        first = node.illustrations
        others = self.illustrations[first : first + len(row.shares)]
        if top + row.lines > room or not all(self._may_stand(node, one) for one in others):
            return
        size = Size(row.lines, row.picture)
        lefts = accumulate((share + row.gap for share in row.shares), initial=(1 - _taken(row)) / 2)
        placed = tuple(
            Placing(top, illustration=number, size=size, left=left, share=share)
            for number, (left, share) in enumerate(zip(lefts, row.shares, strict=False), first)
        )
        cost = node.cost + row.cost + sum(self._astray(node.at, one) for one in others)
        cost += _STACKED if node.below_picture else 0.0
        yield _below(node, placed, len(others), top + row.lines, cost)

    def _beside(self, node: _Node, size: Size, room: int, height: int, cost: float) -> Iterator[_Node]:
        """Yield a node with an illustration and the text beside it, on the right and on the left in turns."""
        number, at = node.illustrations, node.at
        top = node.line + node.blank if node.line else 0
        is_fit = at.text < len(self.texts) and self.texts[at.text].plain and top + size.lines <= room
        if not is_fit or not self._may_pass(node):
            return
        lines = min(size.lines + AIR, room - top)
        others = self.illustrations[number + 1 : number + 2]
        key = (at, lines, size.share, others[0].high if others else len(self.texts))
        if key not in self._besides:
            self._besides[key] = self._compositor.beside(*key)
        beside = self._besides[key]
        if beside is None or not self._leaves_room(beside.end, number + 1):
            return
        is_right = number % 2 == 0
        shown = Placing(top, illustration=number, size=size, left=1 - size.share if is_right else 0, share=size.share)
        texts = (replace(one, line=top + one.line, left=0 if is_right else 1 - one.share) for one in beside.placed)
        end = beside.end.text
        is_done = end >= len(self.texts) or self.texts[end].opens == "page"
        white = _EMPTY * (beside.lacking * (1 - size.share) / height) ** 2
        cost += size.cost + white * (_AT_END if is_done else 1)
        done = _below(node, (shown, *texts), 1, top + lines, cost)
        yield replace(done, at=beside.end, blank=0, gives=node.gives, below_picture=False)

    def _leaves_room(self, end: At, number: int) -> bool:
        """Tell whether the next illustration may stand behind a place."""
        following = self.illustrations[number : number + 1]
        return not following or end.text < following[0].high or end == At(following[0].high)

    def _may_stand(self, node: _Node, illustration: Illustration) -> bool:
        """Tell whether an illustration may stand here: in its story, between blocks or at the head of the column."""
        at = node.at
        if not _is_inside(at, illustration) or (node.line and not at.is_between):
            return False
        is_led = at.is_between and at.text > 0 and self.texts[at.text - 1].leads
        return at.text == illustration.low or not is_led

    def _astray(self, at: At, illustration: Illustration) -> float:
        """Return what it costs that an illustration stands at a place that is not its own."""
        lines = self.lines_before(at) - self._starts[illustration.anchor]
        return _BEHIND * lines if lines >= 0 else _EARLY - _BEFORE * lines

    # The foot.

    def _ended(self, node: _Node, room: int, height: int, foot: Foot | None) -> Iterator[Filled]:
        """Yield the column that ends with a node, if it may end there."""
        at = node.at
        is_done = at.text >= len(self.texts)
        if not is_done and not self._may_end(at, node.illustrations + (foot is not None)):
            return
        cost, count, line = node.cost, node.illustrations, node.line
        placed: tuple[Placing, ...] = ()
        if foot is not None:
            illustration = self.illustrations[foot.illustration]
            if foot.illustration != count or not _is_inside(at, illustration):
                return
            cost += foot.size.cost + self._astray(at, illustration) + (_STACKED if node.below_picture else 0.0)
            placed = (Placing(height - foot.size.lines, illustration=count, size=foot.size),)
            count, line = count + 1, line + height - room
        if is_done and count < len(self.illustrations):
            return
        left = height - line
        is_last = is_done or (at.is_between and self.texts[at.text].opens == "page")
        if is_last and foot is not None and left:
            return
        cost += _LOST * max(0.0, 1 - line / height / _LEAST) if is_last else _hole(left, node.gives, height)
        yield Filled(at, count, cost, node, 0 if is_last else left, placed)

    def placed(self, filled: Filled) -> tuple[Placing, ...]:
        """Return what stands in a column that is filled."""
        return (*self._path(filled.node, filled.left), *filled.foot)

    def _may_end(self, at: At, illustrations: int) -> bool:
        """Tell whether a column may end at a place: before what may begin one, or a story's last illustration."""
        following = self.illustrations[illustrations : illustrations + 1]
        is_shown_next = bool(following) and at == At(following[0].high) and not self.texts[at.text - 1].leads
        if self._is_lax or is_shown_next:
            return True
        return (at.is_between and bool(self.texts[at.text].opens)) or self._compositor.rows(at)[at.row].may_begin

    def _path(self, node: _Node, left: int) -> tuple[Placing, ...]:
        """Return what stands above a node, `left` lines given away as white above heads and around illustrations."""
        groups = []
        above: _Node | None = node
        while above is not None:
            groups += [above.placed] if above.placed else []
            above = above.before
        groups.reverse()
        slots = [number for number in range(1, len(groups)) if self._gives(groups[number - 1], groups[number])]
        given = frozenset(slots[-left:]) if left else frozenset[int]()
        placed: list[Placing] = []
        lower = 0
        for number, group in enumerate(groups):
            lower += number in given
            placed += [replace(one, line=one.line + lower) for one in group]
        return tuple(placed)

    def _gives(self, above: Sequence[Placing], below: Sequence[Placing]) -> bool:
        """Tell whether there may be a line more between two things that stand in a column."""
        return _is_shown(above) or _is_shown(below) or bool(self.texts[below[0].text].opens and not below[0].first)


def _height(text: Text) -> float:
    return sum(row.height + row.space for row in text.rows) + text.below


def _key(node: _Node) -> tuple[At, int, int, int]:
    return node.at, node.illustrations, node.line, node.blank


def _spaces(node: _Node, text: Text, space: int) -> Iterator[tuple[int, float]]:
    """Yield the blank lines that may stand above a text, with what each costs."""
    natural = max(space, node.blank)
    if not node.line:
        if not node.at.is_between:
            yield text.repeats, 0.0
            return
        for give in range(-text.rise, text.sink + 1):
            yield give, _SHIFTED * give * give
    elif not text.opens:
        yield natural, 0.0
    else:
        for give in (0, 1, -1) if natural > 1 else (0, 1):
            yield natural + give, _UNEVEN * abs(give)


def _below(node: _Node, placed: tuple[Placing, ...], count: int, line: int, cost: float) -> _Node:
    """Return a node with illustrations below another."""
    return _Node(node.at, node.illustrations + count, line, AIR, cost, node.gives + 1, True, placed, node)  # noqa: FBT003


def _taken(row: PictureRow) -> float:
    return sum(row.shares) + row.gap * (len(row.shares) - 1)


def _is_inside(at: At, illustration: Illustration) -> bool:
    return illustration.low <= at.text < illustration.high or at == At(illustration.high)


def _is_shown(placed: Sequence[Placing]) -> bool:
    return all(one.illustration >= 0 for one in placed)


def _hole(left: int, gives: int, height: int) -> float:
    """Return what lines left empty at a foot cost, some of which white above heads and pictures may take."""
    left = max(0, left)
    given = min(left, gives)
    return _WHITE * given + _EMPTY * ((left - given) / height) ** 2
