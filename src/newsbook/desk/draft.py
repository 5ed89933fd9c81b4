"""An article in the making: what has been found so far, the lines still to be placed, and what their markup says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.desk.lines import join_lines, mended_runs, printed, slice_line, slice_runs
from newsbook.desk.shapes import Shaped
from newsbook.diagnostics import Diagnostic
from newsbook.model import Article, Copy, Lack, Line, Markup, Omission, Part, Repair
from newsbook.replay import by_line, raw_column


class Draft(Struct, frozen=True):
    """`lines` are those not placed yet, blank ones included; `article` holds what was found; `omissions` the rest.

    `markup` is what the page says of its lines, by their numbers; of the lines of a text page it says nothing.
    `cuts` are parts of lines that were left out, `kept` those that a person keeps. `shaped` are the lines whose shape
    was decided, `findings` what is to be reported in the end, `lacks` what is missing from the story, with the words
    that say so. `likely` is who may have published the story: a word beside its date, or whom its reporter
    works for. What `is_own` is the house's, and nothing but what it is marked as.
    """

    copy: Copy
    lines: tuple[Line, ...]
    article: Article
    markup: Mapping[int, Markup]
    omissions: tuple[Omission, ...] = ()
    cuts: tuple[Omission, ...] = ()
    kept: tuple[Omission, ...] = ()
    shaped: tuple[Shaped, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    lacks: tuple[tuple[Lack, str], ...] = ()
    likely: str = ""
    is_own: bool = False

    def markup_of(self, line: Line) -> Markup:
        """Return what the markup says of a line."""
        return self.markup.get(line.number, _NOTHING)

    def part(self, line: Line) -> Part:
        """Return what the markup says that a line is; `Part.TEXT` where it says nothing."""
        return self.markup_of(line).part

    def of(self, *parts: Part) -> tuple[Line, ...]:
        """Return the lines, blank ones included, that are of one of `parts`."""
        if not self.markup:
            return self.lines if Part.TEXT in parts else ()
        return tuple(line for line in self.lines if self.part(line) in parts)


Step: TypeAlias = Callable[[Draft], Draft]

_NOTHING = Markup(Part.TEXT)

# What is told by a sentence's words is less sure than what is told by the form of a line.
_CUT = 0.9


def begin(copy: Copy) -> Draft:
    """Return the draft that a copy begins as: its lines, but not what is stated, nor the pictures beside a text."""
    repairs = by_line(copy.source.repairs) if copy.markup else {}
    markup = {
        line.number: replace(told, runs=mended_runs(told.runs, repairs.get(line.number, [])))
        for line, told in zip(copy.lines, copy.markup, strict=bool(copy.markup))
    }
    draft = Draft(copy, copy.lines, Article(headline="", source=copy.source), markup)
    aside = {Part.STATED, Part.PICTURE} if is_text(copy) else {Part.STATED}
    return replace(draft, lines=tuple(line for line in copy.lines if draft.part(line) not in aside))


def is_text(copy: Copy) -> bool:
    """Tell whether the body of a copy is text, whatever is told of its head."""
    return not copy.markup or any(told.part is Part.TEXT for told in copy.markup)


def leave_out(draft: Draft, kinds: Mapping[int, str]) -> Draft:
    """Take the lines whose numbers are in `kinds` out of the draft, and record them under that kind."""
    if not kinds:
        return draft
    gone = tuple(
        Omission(kinds[line.number], line.number, printed(line)) for line in draft.lines if line.number in kinds
    )
    return replace(without(draft, kinds), omissions=draft.omissions + gone)


def without(draft: Draft, numbers: Mapping[int, str] | set[int]) -> Draft:
    """Take the lines with these `numbers` out of the draft, as their text has found its place."""
    return replace(draft, lines=tuple(line for line in draft.lines if line.number not in numbers))


def cut(draft: Draft, line: Line, spans: Iterable[tuple[int, int]], kind: str) -> Draft:
    """Take parts of a line out of the draft, and record them under `kind`; what a person keeps stays."""
    return cut_each(draft, ((line, spans),), kind)


def cut_each(draft: Draft, found: Iterable[tuple[Line, Iterable[tuple[int, int]]]], kind: str) -> Draft:
    """Take parts of several lines out of the draft, each line named once, as `cut` does, in one way through them."""
    found = tuple(found)
    if not found:
        return draft
    asked = {(each.line, each.column) for each in draft.copy.kept}
    whole = {each.number: each.text for each in reversed(draft.copy.lines)}
    repairs = by_line(draft.copy.source.repairs)
    cuts, kept, markup = list(draft.cuts), list(draft.kept), dict(draft.markup)
    made: dict[int, Line | None] = {}
    for line, spans in found:
        own = repairs.get(line.number, ())
        parts = [(span, _omission(whole[line.number], line, span, kind, own)) for span in sorted(spans)]
        gone = [(span, part) for span, part in parts if (part.line, part.column) not in asked]
        cuts += (part for _, part in gone)
        kept += (part for _, part in parts if (part.line, part.column) in asked)
        left = tuple(_left(line, [span for span, _ in gone]))
        told = draft.markup_of(line)
        shorter = join_lines([slice_line(line, start, end) for start, end in left]) if left else replace(line, text="")
        made[id(line)] = shorter if left or told.image else None
        if draft.markup:
            markup[line.number] = replace(told, runs=slice_runs(told.runs, left))
    lines = (made.get(id(each), each) for each in draft.lines)
    return replace(
        draft,
        lines=tuple(each for each in lines if each is not None),
        markup=markup if draft.markup else draft.markup,
        cuts=tuple(cuts),
        kept=tuple(kept),
    )


def _omission(whole: str, line: Line, span: tuple[int, int], kind: str, repairs: Iterable[Repair]) -> Omission:
    """Return a part of a line as an omission; `whole` is the first of the lines that were joined in it."""
    start, end = span
    text = line.text[start:end].strip()
    at = start + len(line.text[start:end]) - len(line.text[start:end].lstrip())
    if not whole.startswith(text, at):
        at = max(0, whole.find(text))
    return Omission(kind, line.number, text, raw_column(repairs, at), _CUT)


def column_of(copy: Copy, number: int, at: int) -> int:
    """Return the column, from 1, in which the page has what stands `at` characters into a line of mended copy."""
    return raw_column((repair for repair in copy.source.repairs if repair.line == number), at)


def _left(line: Line, gone: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a line between the parts that are gone, without such as have no ink."""
    at = 0
    for start, end in (*gone, (len(line.text), len(line.text))):
        if line.text[at:start].strip():
            yield at, start
        at = max(at, end)
