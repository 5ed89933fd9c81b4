"""What can be mended without a person: doubled stops, blanks between Han, half-width marks, straight quotation marks.

Each is a correction as newsbook.toml has it: words quoted that stand in the article just once; the article itself stays
as it is.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.cjk import widened
from newsbook.diagnostics import Code
from newsbook.model import Article
from newsbook.preflight.marks import BLANK, DOUBLED, is_of_names, without_quoted
from newsbook.preflight.subjects import Fault, Passage, subject_of
from newsbook.project.quoting import corrected
from newsbook.project.values import Replacement

FIXABLE = frozenset({Code.MARK_DOUBLED, Code.BLANK_IN_TEXT, Code.MARK_WIDTH_MIXED, Code.QUOTE_STRAIGHT})

# Of two stops the stronger stays.
_STRENGTH = "、，,：:；;。？?！!"
_PAIR = re.compile('"([^"“”「」]*)"')
_MOST_CONTEXT = 40

# What stands for characters that nobody may quote.
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Fix(Struct, frozen=True):
    """Corrections of an article, by the name of its input, and the findings that they do away with."""

    of: str
    replacements: tuple[Replacement, ...]
    faults: tuple[Fault, ...]


def fixes(articles: Iterable[Article], faults: tuple[Fault, ...]) -> Iterator[Fix]:
    """Yield the corrections for what was found and is not allowed; what cannot be quoted surely is left."""
    open_ = [each for each in faults if each.finding.code in FIXABLE and not each.allowed and each.paragraph]
    for article in articles:
        own = [each for each in open_ if each.finding.where.source == article.source.name and _is_sure(article, each)]
        made: list[Replacement] = []
        done: list[Fault] = []
        mended = article
        for number in dict.fromkeys(each.paragraph for each in own):
            here = [each for each in own if each.paragraph == number]
            found = _mended(mended, number, frozenset(each.finding.code for each in here))
            if found:
                mended, changes = found
                made += changes
                done += here
        if made:
            yield Fix(article.source.name, tuple(made), tuple(done))


# It may stand for a character that was lost, as well as for a mark.
_MAY_BE_LOST = re.compile(r"(?<=[\u3400-\u9fff])\?(?=[\u3400-\u9fff])")


def _is_sure(article: Article, fault: Fault) -> bool:
    """Tell whether a finding is surely what it says."""
    if fault.finding.code is not Code.MARK_WIDTH_MIXED:
        return True
    passages = (each for each in subject_of(article).passages if each.number == fault.paragraph)
    return not any(_MAY_BE_LOST.search(one.sure) for one in passages)


def _mended(article: Article, number: int, codes: frozenset[Code]) -> tuple[Article, list[Replacement]] | None:
    """Return an article with one block of it mended, and the corrections that do it; None where one is not sure."""
    made: list[Replacement] = []
    for passage in subject_of(article).passages:
        after = passage.sure
        edits = _edits(passage, codes, article.language) if passage.number == number else []
        for start, end, new in reversed(edits):
            change = _quoted(article, after, (start, end), new)
            if change is None:
                return None
            article = corrected(article, change).article
            after = after[:start] + new + after[end:]
            made.append(change)
    return (article, made) if made else None


def _edits(passage: Passage, codes: frozenset[Code], language: str) -> list[tuple[int, int, str]]:
    """Return what is to stand in which places of a passage, in order; of two that overlap the first."""
    text, unquoted = passage.sure, without_quoted(passage)
    found: list[tuple[int, int, str]] = []
    if Code.MARK_DOUBLED in codes:
        found += ((*match.span(), max(match[0], key=_STRENGTH.find)) for match in DOUBLED.finditer(text))
    if Code.BLANK_IN_TEXT in codes:
        found += ((*match.span(), "") for match in BLANK.finditer(unquoted) if not is_of_names(text, *match.span()))
    if Code.MARK_WIDTH_MIXED in codes:
        pairs = enumerate(zip(text, widened(text), strict=True))
        found += ((at, at + 1, wide) for at, (mark, wide) in pairs if mark != wide)
    if Code.QUOTE_STRAIGHT in codes and text.count('"') % 2 == 0:
        first, last = "“”" if "Hans" in language else "「」"
        for match in _PAIR.finditer(text):
            found += ((match.start(), match.start() + 1, first), (match.end() - 1, match.end(), last))
    kept: list[tuple[int, int, str]] = []
    for edit in sorted(found):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _quoted(article: Article, text: str, span: tuple[int, int], new: str) -> Replacement | None:
    """Return a correction that quotes as little around a place as makes it stand in the article just once."""
    start, end = span
    for context in range(1, _MOST_CONTEXT):
        first, last = max(0, start - context), min(len(text), end + context)
        quoted = text[first:last]
        if _OBJECT in quoted:
            return None
        change = Replacement(quoted, text[first:start] + new + text[end:last])
        if len(corrected(article, change).places) == 1:
            return change
        if last - first == len(text):
            return None
    return None


def without(faults: tuple[Fault, ...], made: tuple[Fix, ...]) -> tuple[Fault, ...]:
    """Return the findings that corrections have not done away with."""
    done = {replace(each, allowed="") for fix in made for each in fix.faults}
    return tuple(each for each in faults if each not in done)
