"""The findings about a page's repairs: what was mended, what is in doubt, what looks damaged and was left alone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Line, Repair
from newsbook.repairs import entities, invisible, lost, privateuse

_PRIVATE = re.compile(privateuse.SUSPECT)
_LOST = re.compile(lost.SUSPECT)
_TELLTALE = re.compile(lost.TELLTALE)
_SHOWN = 6


def report_repairs(record: tuple[Repair, ...], name: str, report: Report) -> None:
    """Report the repairs of a page: one finding for each kind, and one for each doubtful repair."""
    for kind, count in Counter(repair.kind for repair in record if not repair.doubtful).items():
        code = Code.CONTROL_CHARACTERS if kind == invisible.CONTROL else Code.REPAIRED
        report(Diagnostic(code, f"{kind}: {count} repaired.", Place(name)))
    for doubt in (repair for repair in record if repair.doubtful):
        guess = f"may have been “{doubt.after}”" if doubt.after else "what was there is lost"
        message = f"“{doubt.before}” looks damaged and {guess}; it was left as it is."
        hint = "Compare it with the original page."
        report(Diagnostic(Code.REPAIR_DOUBTFUL, message, Place(name, doubt.line, doubt.column), hint))


def leftovers(lines: Sequence[Line], name: str) -> Iterator[Diagnostic]:
    """Yield the findings about what still looks damaged in mended lines."""
    distinct = "".join(set().union(*(line.text for line in lines)))
    if _PRIVATE.search(distinct):
        yield from _unknown(lines, name)
    if "&" not in distinct and not _TELLTALE.search(distinct):
        return
    for line in lines:
        places = (*_spans(line.text), (len(line.text), len(line.text)))
        start, end = min(places)
        if start < len(line.text) and not _is_doubtful(start, line):
            message = f"“{line.text[start:end]}” would be damage, but the line seems to be about it; it was left alone."
            yield Diagnostic(Code.DAMAGE_QUOTED, message, Place(name, line.number, start + 1))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _LOST.finditer(text))
    if "&" in text:
        yield from ((edit.start, edit.end) for edit in entities.references(text))


def _unknown(lines: Sequence[Line], name: str) -> Iterator[Diagnostic]:
    found = [
        (match[0], line.number, match.start() + 1)
        for line in lines
        for match in _PRIVATE.finditer(line.text)
        if not _is_doubtful(match.start(), line)
    ]
    if found:
        codes = ", ".join(f"U+{ord(character):04X}" for character in list(dict.fromkeys(c for c, *_ in found))[:_SHOWN])
        message = f"{len(found)} private-use characters ({codes}) mean nothing outside of where they came from."
        yield Diagnostic(Code.CHARACTER_UNKNOWN, message, Place(name, *found[0][1:]), "Replace them in the input.")


def _is_doubtful(at: int, line: Line) -> bool:
    return any(start <= at < end for start, end in line.doubts)
