"""Run the repairs over a page, line by line, and put together the record.

Damage is a property of a page: the page decides what a line alone leaves open. So it is found out first, from all
lines, whether a mirror was at work. A page that shows no mirror's work gets the repairs that any text may need.
"""

from collections import Counter

from msgspec.structs import replace

from newsbook.diagnostics import Report
from newsbook.model import Copy, Part
from newsbook.repairs import characters, ideographs, pinyin, slipped, substitutions
from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import EditedLine, certain, unedited
from newsbook.repairs.findings import leftovers, report_repairs
from newsbook.repairs.languagemodel import LanguageModel, general_model
from newsbook.repairs.lexicon import load_lexicon
from newsbook.repairs.normalisation import normalised

# Where every changed character but a few has a bracket, on a page that is long enough to tell, one without has slipped.
_FEWEST_CHANGED = 30
_HARDLY_EVER = 0.03

# A line whose runs are put back, where odd characters stand for themselves.
_PUT_BACK = PageContext("zh", mirrored=False)


def repair(copy: Copy, report: Report, listed: tuple[str, ...] = ()) -> Copy:
    """Return `copy` with its damage undone and the record of that in its source.

    Lines keep their numbers, and code is left as it is. A copy without damage comes back as the same object, and so
    does one that was repaired. A repair that is not sure is not made: its place is in `Line.doubts`, and reported.
    `listed` are words that pages of this house are likely to hold, names above all.
    """
    if copy.source.repairs:
        return copy
    visible = normalised(tuple(line.text for line in copy.lines), copy.language, listed)
    page = _page(tuple(line.text for line in visible), listed)
    typed = {line.number for line, told in zip(copy.lines, copy.markup, strict=False) if told.part is Part.PREFORMATTED}
    mended = tuple(
        unedited(line.text) if line.number in typed else _mend(seen, page) if page else seen
        for line, seen in zip(copy.lines, visible, strict=True)
    )
    record = tuple(
        entry
        for line, result in zip(copy.lines, mended, strict=True)
        if result.is_edited
        for entry in result.repairs(line.number)
    )
    lines = tuple(
        replace(line, text=result.text, doubts=result.doubts) if result.is_edited else line
        for line, result in zip(copy.lines, mended, strict=True)
    )
    for finding in leftovers(lines, copy.source.name):
        report(finding)
    if not record:
        return copy
    report_repairs(record, copy.source.name, report)
    return replace(copy, lines=lines, source=replace(copy.source, repairs=record))


def _page(texts: tuple[str, ...], listed: tuple[str, ...] = ()) -> slipped.MirroredPage | None:
    """Return what the page shows of a mirror's work, or None where it shows none. Loads the lexicon if need be."""
    if not (pinyin.might_show(texts) and pinyin.show(texts)):
        return None
    own = tuple(_bare(text) for text in texts if _is_prose(text))
    seen = Counter(character for text in own for character in text)
    keys = pinyin.bracketed(texts)
    free = frozenset(filter(characters.is_converted, seen)) - keys
    changed = sum(count for character, count in seen.items() if characters.is_converted(character))
    bare = sum(seen[character] for character in free)
    return slipped.MirroredPage(
        model=LanguageModel(load_lexicon(), own, listed),
        seen=frozenset(seen),
        bracketed=keys,
        free=free,
        always=changed >= _FEWEST_CHANGED and bare <= _HARDLY_EVER * changed,
        drops=not any("\ue000" <= character <= "\uf8ff" for text in texts for character in text),
        clues=slipped.clues_in(own),
    )


def _bare(text: str) -> str:
    """Return a line without bracketed readings and without what may have slipped: that is no witness of the page."""
    return slipped.SUSPECT.sub("\n", unedited(text).edited(pinyin.strip(text).edits).text)


def _is_prose(text: str) -> bool:
    """Tell whether a line counts as the page's own words: a link farm's row of names does not."""
    return text.count("|") < 5  # noqa: PLR2004 - a handful of bars is a row of links, never prose.


def _mend(line: EditedLine, page: slipped.MirroredPage) -> EditedLine:
    """Undo a mirror's damage to one line: first brackets, which tell what was lost, then slips, then the rest."""
    put_back = _put_back(line, page)
    put_back = put_back.edited(certain(pinyin.strip(put_back.text, _latin(put_back.text)).edits, put_back))
    left = ideographs.find(put_back.text, _PUT_BACK)
    substituted = substitutions.find(put_back.text, general_model())
    return put_back.edited(certain((*substituted, *left), put_back))


def _put_back(line: EditedLine, page: slipped.MirroredPage, spared: frozenset[int] = frozenset()) -> EditedLine:
    """Return a line with its runs put back. A bracket behind Latin where no run ends is the text's own, and stays."""
    stripped = pinyin.strip(line.text, spared)
    bare = line.edited(stripped.edits)
    runs = tuple(slipped.find_runs(bare.text, slipped.Evidence(stripped.inside, stripped.behind, stripped.keyed), page))
    ends = {run.end - 1 for run in runs}
    if all(place in ends for place in stripped.behind):
        return bare.edited([edit for run in runs for edit in slipped.edits_of(run)])
    return _put_back(line, page, _latin(line.text))


def _latin(text: str) -> frozenset[int]:
    return frozenset(at for at, character in enumerate(text) if character.isascii())
