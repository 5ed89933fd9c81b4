"""Run the repairs over a page, line by line, and put together the record.

Damage is a property of a page: what a line alone leaves open, the page decides. So whether a mirror's mechanism was at
work is found out first, from all lines; a page that shows none of it keeps every character but those nobody can see.
"""

from collections import Counter

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Copy, Repair
from newsbook.repairs import invisible, lost, marks, readings, slipped, variants
from newsbook.repairs.hygiene import certain, cleaned
from newsbook.repairs.leftovers import leftovers
from newsbook.repairs.lexicon import Lexicon, common_lexicon, load_model
from newsbook.repairs.strand import Edit, Strand, strand


def repair(copy: Copy, report: Report) -> Copy:
    """Return `copy` with its damage undone and the record of that in its source.

    Lines keep their numbers. A copy without damage comes back as the same object. What was found and is not sure is
    left as it was, marked in `Line.doubts`, and reported.
    """
    visible = cleaned(tuple(line.text for line in copy.lines), copy.language)
    page = _page(tuple(line.text for line in visible))
    mended = tuple(_mend(line, page) if page else line for line in visible)
    record = tuple(
        entry for line, result in zip(copy.lines, mended, strict=True) for entry in result.repairs(line.number)
    )
    lines = tuple(
        replace(line, text=result.text, doubts=result.doubts) for line, result in zip(copy.lines, mended, strict=True)
    )
    for finding in leftovers(lines, copy.source.name):
        report(finding)
    if not record:
        return copy
    _report(record, copy.source.name, report)
    return replace(copy, lines=lines, source=replace(copy.source, repairs=record))


def _page(texts: tuple[str, ...]) -> slipped.Page | None:
    """Return what the page shows of a mirror's mechanism, or None where it shows none. Loads the model if need be."""
    if not readings.might_show(texts):
        return None
    lexicon = common_lexicon()
    if not readings.show(texts, lexicon):
        return None
    own = (_bare(text, lexicon) for text in texts if _is_prose(text))
    drops = not any("\ue000" <= character <= "\uf8ff" for text in texts for character in text)
    return slipped.Page(Lexicon(load_model(), own), drops)


def _bare(text: str, lexicon: Lexicon) -> str:
    """Return a line without bracketed readings, and without what may have slipped: that is no witness."""
    stripped = strand(text).edited(readings.strip(text, lexicon).edits).text
    return slipped.SUSPECT.sub("\n", stripped)


def _is_prose(text: str) -> bool:
    """Tell whether a line counts as the page's own words: a link farm's row of names does not."""
    return text.count("|") < 5  # noqa: PLR2004 - a handful of bars is a row of links, never prose.


def _mend(line: Strand, page: slipped.Page) -> Strand:
    """Undo a mirror's damage to one line: brackets first, which tell what was lost; then slips; then what is left."""
    stripped = readings.strip(line.text, page.lexicon)
    bare = line.edited(stripped.edits)
    put_back = bare.edited(tuple(map(_edit, slipped.solve(bare.text, stripped.splits, page))))
    put_back = put_back.edited(certain(readings.strip(put_back.text, page.lexicon).edits, put_back))
    later = (*marks.find(put_back.text), *variants.find(put_back.text, common_lexicon()))
    return put_back.edited(certain(later, put_back))


def _edit(solution: slipped.Solution) -> Edit:
    confidence = round(min(0.99, 0.9 + solution.margin / 200), 3) if solution.sure else 0.5
    run = solution.run
    return Edit(run.start, run.end, solution.text, slipped.KIND, confidence, doubtful=not solution.sure)


def _report(record: tuple[Repair, ...], name: str, report: Report) -> None:
    """Report repairs as one finding per kind, and every doubtful one on its own."""
    for kind, count in Counter(repair.kind for repair in record if not repair.doubtful).items():
        code = Code.CONTROL_CHARACTERS if kind == invisible.CONTROL else Code.REPAIRED
        report(Diagnostic(code, f"{kind}: {count} repaired.", Place(name)))
    gone = tuple(repair for repair in record if repair.kind == lost.KIND)
    if gone:
        message = f"{lost.KIND}: in {len(gone)} places nothing tells what stood there; they were marked."
        where = Place(name, gone[0].line, gone[0].column)
        report(Diagnostic(Code.REPAIR_DOUBTFUL, message, where, "Look there in the original page."))
    for doubt in (repair for repair in record if repair.doubtful and repair.kind != lost.KIND):
        message = f"“{doubt.before}” looks damaged and may have been “{doubt.after}”; it was left as it is."
        hint = "Compare it with the original page."
        report(Diagnostic(Code.REPAIR_DOUBTFUL, message, Place(name, doubt.line, doubt.column), hint))
