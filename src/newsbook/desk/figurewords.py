"""Take the words of a site out of figures: labels that are read out, and the doors to larger and to other pictures."""

from functools import partial

from msgspec.structs import replace

from newsbook.desk.draft import Draft
from newsbook.desk.lines import folded, printed, slice_line
from newsbook.desk.rules import finder
from newsbook.model import Line, Markup, Omission, Part
from newsbook.script import fold

_find = partial(finder, "figurewords")
WIDGET = "widget"


def take_figure_words(draft: Draft) -> Draft:
    """Leave nothing but the caption in the lines of pictures; a credit that is labelled is the picture's."""
    for line in draft.of(Part.PICTURE):
        if not printed(line):
            continue
        markup = draft.markup_of(line)
        kept, told, gone = _without_labels(*_without_door(line), markup)
        if gone:
            lines = tuple(kept if each is line else each for each in draft.lines)
            omission = Omission(WIDGET, line.number, " ".join(gone))
            markups = {**draft.markup, line.number: told}
            draft = replace(draft, lines=lines, markup=markups, omissions=(*draft.omissions, omission))
    return draft


def _without_door(line: Line) -> tuple[Line, tuple[str, ...]]:
    """Return a line without a door at its end, and that door."""
    door = _find("door")(folded(line))
    if not door:
        return line, ()
    first = line.text.index(printed(line))
    return slice_line(line, 0, first + door.start()), (printed(line)[door.start() :],)


def _without_labels(line: Line, gone: tuple[str, ...], markup: Markup) -> tuple[Line, Markup, tuple[str, ...]]:
    """Return the caption of a labelled line, with its credit in the markup, and what is left out besides `gone`."""
    plain = fold(line.text)
    label, source = _find("caption_label")(plain), _find("credit_label")(plain)
    if not label and not source:
        return line, markup, gone
    end = label.start() if label else len(line.text)
    start = label.end() if label else len(line.text)
    credit = line.text[source.end() : end].strip() if source else line.text[:end].strip()
    labels = [line.text[slice(*match.span())].strip() for match in (source, label) if match]
    runs = (
        replace(run, start=max(run.start - start, 0), end=run.end - start) for run in markup.runs if run.end > start
    )
    told = replace(markup, credit=markup.credit or credit, runs=tuple(runs))
    return slice_line(line, start, len(line.text)), told, (*labels, *gone)
