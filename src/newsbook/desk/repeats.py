"""Leave out what a page says twice: the headline again, and paragraphs and sentences that were doubled by mistake."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.desk.draft import Draft, cut_each, is_text, leave_out
from newsbook.desk.lines import folded, inked, sentences
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Part
from newsbook.script import fold

REPEAT = "repeat"
_RUNNING = (Part.TEXT, Part.PARAGRAPH)

# A short line may well come twice, as a refrain or an answer.
_SHORTEST = 20
# Further apart, only a statement of some length is no refrain.
_SHORTEST_APART = 30
# A line or two of the site's may stand between the headline and its repetition.
_FIRST = 3
# What somebody says twice is short; a sentence that comes again after others, and as it was, is longer.
_SHORTEST_SENTENCE = 10
_SHORTEST_SENTENCE_APART = 14
_STATEMENT = re.compile("。[”」』)]*$|[가-힣]\\.$")


def leave_out_repeats(draft: Draft) -> Draft:
    """Take out a long line that came before, one of the first that repeats the headline, and doubled sentences."""
    # A page may set its first paragraph apart above the story, where a text has only lost its way.
    running = {line.number for line in draft.of(*_RUNNING)} if is_text(draft.copy) else _echoes(draft)
    kinds: dict[int, str] = {}
    seen: set[str] = set()
    headline = before = fold(draft.article.headline)
    for place, line in enumerate(inked(draft.lines)):
        text = folded(line)
        again = (text == before and (place == 0 or len(text) >= _SHORTEST)) or (text == headline and place < _FIRST)
        if text and (again or (line.number in running and text in seen)):
            kinds[line.number] = REPEAT
        seen |= {text} if len(text) >= _SHORTEST_APART and _STATEMENT.search(text) else set()
        before = text
    if _is_all_twice(draft, kinds):
        draft = replace(draft, findings=(*draft.findings, _said_twice(draft, min(kinds))))
    else:
        draft = leave_out(draft, kinds)
    doubled = ((line, tuple(_doubled(fold(line.text)))) for line in inked(draft.of(*_RUNNING)))
    return cut_each(draft, ((line, spans) for line, spans in doubled if spans), REPEAT)


def _is_all_twice(draft: Draft, kinds: dict[int, str]) -> bool:
    """Tell whether half of a text are repeats: it was put together of two copies, or is meant so; a person decides."""
    return is_text(draft.copy) and len(kinds) > 1 and 2 * len(kinds) >= len(inked(draft.of(*_RUNNING)))


def _said_twice(draft: Draft, first: int) -> Diagnostic:
    message = "the page says all of its text twice."
    hint = "Take one copy out of the input, unless both are meant."
    return Diagnostic(Code.STORY_DOUBTFUL, message, Place(draft.article.source.name, first), hint)


def _echoes(draft: Draft) -> set[int]:
    """Return the numbers of the paragraphs of a page that repeat one, as does the paragraph beside them."""
    seen: set[str] = set()
    again: list[bool] = []
    lines = inked(draft.of(*_RUNNING))
    for line in lines:
        again.append(folded(line) in seen)
        seen.add(folded(line))
    beside = zip((False, *again), again, (*again[1:], False), strict=False)
    return {line.number for line, (before, it, after) in zip(lines, beside, strict=True) if it and (before or after)}


def _doubled(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a folded line that stood in it before."""
    seen: set[str] = set()
    before = ""
    for start, end in sentences(plain):
        text = plain[start:end].strip()
        shortest = _SHORTEST_SENTENCE if text == before else _SHORTEST_SENTENCE_APART
        if text in seen and len(text) > shortest and _STATEMENT.search(text):
            yield start, end
        seen.add(text)
        before = text
