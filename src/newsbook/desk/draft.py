"""An article in the making: what has been found so far, the lines still to be placed, and what their markup says."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook.desk.lines import printed
from newsbook.desk.shapes import Shaped
from newsbook.diagnostics import Diagnostic
from newsbook.model import Article, Copy, Line, Markup, Omission, Part


class Draft(Struct, frozen=True):
    """`lines` are those not placed yet, blank ones included; `article` holds what was found; `omissions` the rest.

    `markup` is what the page says of its lines, by their numbers; of the lines of a text page it says nothing.
    `shaped` are the lines whose shape was decided, `findings` what is to be reported in the end. `likely` is who may
    have published the story: a word beside its date, or whom its reporter works for.
    """

    copy: Copy
    lines: tuple[Line, ...]
    article: Article
    markup: Mapping[int, Markup]
    omissions: tuple[Omission, ...] = ()
    shaped: tuple[Shaped, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    likely: str = ""

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


def begin(copy: Copy) -> Draft:
    """Return the draft that a copy begins as: its lines, but not what is stated, nor the pictures beside a text."""
    markup = {line.number: told for line, told in zip(copy.lines, copy.markup, strict=bool(copy.markup))}
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
