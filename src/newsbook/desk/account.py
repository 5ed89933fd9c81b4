"""Balance the account of a page: what was read stands in the article, or is on record as left out.

Every step of the desk puts on record what it takes away. This is the check on them all: the letters of each line are
held against the article and its omissions. A line that became fields lacks their labels (來源, 作者). One that lacks
more, or one of the body that lacks anything, is a loss, which is put on record and said.
"""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.desk.draft import Draft, column_of
from newsbook.desk.lines import excerpt, folded, printed
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import WITHIN_STORY, Article, Figure, Line, Omission, Part
from newsbook.model.walk import labels, plain, texts
from newsbook.script import fold

# Fields spell dates and numbers their own way, and the words around them are no loss.
_OF_DATES = re.compile(
    r"[\d年月日号时分秒点星期周上下午前后零〇一二三四五六七八九十百廿卅民国令和平成昭大正년월일시분초오전후요]+"
)
_SENTENCE = re.compile("[。!?]")
_LONGEST_LABEL = 8
# A page may say who wrote a story, and when, above it, below it, and again.
_TIMES_SAID = 4
FACTS = "facts"
"""The kind of a line whose facts other lines told first, as a second outlet."""

_UNHEARD = frozenset({Part.STATED, Part.PICTURE})
_LONGEST_NAME = 30
_OF_PEOPLE = frozenset({"author", "editor", "photographer", "byline"})


def balance(draft: Draft) -> Draft:
    """Return `draft` with what no step has accounted for on record, and a finding for each line that it is of."""
    lost = tuple(_lost(draft))
    if not lost:
        return draft
    omissions = tuple(sorted((*draft.omissions, *lost), key=lambda each: (each.line, each.column)))
    article = replace(draft.article, source=replace(draft.article.source, omissions=omissions))
    findings = (_finding(omission, draft.copy.source.name) for omission in lost)
    return replace(draft, article=article, omissions=omissions, findings=(*draft.findings, *findings))


def _lost(draft: Draft) -> Iterator[Omission]:
    """Yield what each line lacks. What a line of fields lacks are their labels, and what is stated has none."""
    missing = tuple(_missing(draft))
    body = _of_body(draft) if missing else set()
    for line, words in missing:
        lack, letters = sum(map(len, words)), sum(map(str.isalnum, line.text))
        is_inside = line.number in body
        if draft.part(line) in _UNHEARD:
            yield _omission(draft, line, printed(line), FACTS)
        elif 2 * lack <= letters:
            if is_inside:
                yield _omission(draft, line, " ".join(words), WITHIN_STORY)
        elif is_inside or _SENTENCE.search(folded(line)):
            yield _omission(draft, line, printed(line), WITHIN_STORY)
        elif lack == letters or len(_OF_DATES.sub("", fold("".join(words)))) > _LONGEST_LABEL:
            yield _omission(draft, line, printed(line), FACTS)


def _is_heard(draft: Draft, line: Line) -> bool:
    """Tell whether what a line says must stand somewhere. What is stated need not, but where a name is prose."""
    if draft.part(line) not in _UNHEARD:
        return True
    is_prose = sum(map(str.isalnum, line.text)) > _LONGEST_NAME or _SENTENCE.search(folded(line))
    return draft.markup_of(line).field in _OF_PEOPLE and bool(is_prose)


def _missing(draft: Draft) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Yield each line that lacks letters, with the words that lack."""
    stand = Counter(_strings(draft.article))
    rest = []
    for line in draft.copy.lines:
        text = printed(line)
        if stand[text] > 0:
            stand[text] -= 1
        elif text and _is_heard(draft, line):
            rest.append(line)
    if not rest:
        return
    fields = _fields(draft.article)
    # What is stated beside the page is told once.
    stated = Counter("".join(fields))
    said = Counter("".join((*stand.elements(), *fields * _TIMES_SAID)))
    for line in rest:
        words = tuple(_words(line.text, stated if draft.part(line) in _UNHEARD else said))
        if words:
            yield line, words


def _strings(article: Article) -> Iterator[str]:
    """Yield all that stands in an article but its fields, and all that is on record as left out of it."""
    yield from (plain(text) for text in texts(article))
    yield from labels(article)
    yield from (article.headline, article.kicker, article.deck)
    yield from (omission.text for omission in article.source.omissions)


def _fields(article: Article) -> tuple[str, ...]:
    source, names = article.source, (credit.name for credit in article.credits)
    dates = (article.dateline, article.published, article.updated)
    return (article.byline, article.section, *dates, source.outlet, source.url, source.rights, source.usage, *names)


def _words(text: str, pool: Counter[str]) -> Iterator[str]:
    """Yield the runs of letters of a line that are not in the pool, and take the others out of it."""
    word = ""
    for letter in text:
        if pool[letter] > 0 or not letter.isalnum():
            pool[letter] -= 1
            if word:
                yield word
            word = ""
        else:
            word += letter
    if word:
        yield word


def _of_body(draft: Draft) -> set[int]:
    """Return the numbers of the lines from the first of the body to the last, without those that are captions."""
    body = {plain(text) for text in texts(draft.article)} - {""}
    numbers = [line.number for line in draft.copy.lines if printed(line) in body]
    captions = [plain(block.caption) for block in draft.article.body if isinstance(block, Figure) and block.caption]
    span = range(numbers[0], numbers[-1]) if numbers else range(0)
    inside = (line for line in draft.copy.lines if line.number in span)
    return {line.number for line in inside if not any(caption in line.text for caption in captions)}


def _omission(draft: Draft, line: Line, words: str, kind: str) -> Omission:
    at = line.text.find(words.partition(" ")[0])
    return Omission(kind, line.number, words, column_of(draft.copy, line.number, at))


def _finding(omission: Omission, name: str) -> Diagnostic:
    where = Place(name, omission.line)
    if omission.kind == FACTS:
        return Diagnostic(Code.CHROME_LEFT_OUT, f"left out as {FACTS}: “{excerpt(omission.text)}”.", where)
    message = f"words of the page stand nowhere in the article: “{excerpt(omission.text)}”."
    return Diagnostic(Code.WORDS_LEFT_OUT, message, where, "Keep them on the proof sheet, or add them by an amendment.")
