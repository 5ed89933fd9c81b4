"""What was left out, by its place in the raw page; and what of it a person keeps goes back among the lines."""

from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.desk.draft import Draft, printed
from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Copy, Line, Omission
from newsbook.replay import raw_column

# What is told by its own words or form is surer than what is told by where it stands. On the development pages all of
# 202 omissions were right, so that these are an order, not frequencies.
_CONFIDENCE = {"site-label": 0.95, "page-number": 0.95, "related": 0.9, "prompt": 0.9, "meta": 0.9}
_BY_ITS_FORM = 0.99


def place_omissions(draft: Draft, copy: Copy) -> Draft:
    """Return `draft` with its omissions in the order of the page, each with its column and confidence."""
    lines = {line.number: line for line in copy.lines}
    placed = (_placed(omission, lines[omission.line], copy) for omission in draft.omissions)
    return replace(draft, omissions=tuple(sorted(placed, key=lambda omission: (omission.line, omission.column))))


def _placed(omission: Omission, line: Line, copy: Copy) -> Omission:
    found = line.text.find(omission.text)
    at = found if found >= 0 else _first_word(omission.text, line)
    repairs = (repair for repair in copy.source.repairs if repair.line == line.number)
    confidence = _CONFIDENCE.get(omission.kind, _BY_ITS_FORM)
    return replace(omission, column=raw_column(repairs, at), confidence=confidence)


def _first_word(text: str, line: Line) -> int:
    """Return where a text begins that was put together from parts of a line, or of this one and the next."""
    at = line.text.find(text.partition(" ")[0])
    return at if at >= 0 else len(line.text) - len(line.text.lstrip())


def put_back(draft: Draft, copy: Copy, report: Report) -> Draft:
    """Return `draft` with what a person keeps among its lines again. What was not left out anyway is a finding."""
    if not copy.kept:
        return draft
    wanted = {(kept.line, kept.column) for kept in copy.kept}
    back = [omission for omission in draft.omissions if (omission.line, omission.column) in wanted]
    found = {(omission.line, omission.column) for omission in back}
    for kept in copy.kept:
        if (kept.line, kept.column) not in found:
            message = f"the decision to keep “{kept.text}” was not needed: it is not left out."
            place = Place(copy.source.name, kept.line, kept.column)
            report(Diagnostic(Code.OVERRIDE_UNFIT, message, place, "Take the decision back on the proof sheet."))
    lines = sorted((*draft.lines, *_lines(back, copy)), key=lambda line: line.number)
    left = tuple(omission for omission in draft.omissions if omission not in back)
    return replace(draft, lines=tuple(lines), omissions=left)


def _lines(back: list[Omission], copy: Copy) -> Iterator[Line]:
    """Yield the lines that omissions were: the whole of one where that is what was left out, its doubts with it."""
    lines = {line.number: line for line in copy.lines}
    for omission in back:
        whole = lines[omission.line]
        yield whole if printed(whole) == omission.text else Line(omission.text, omission.line)
