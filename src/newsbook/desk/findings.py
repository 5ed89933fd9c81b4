"""Put on record what was left out, by its place in the raw page; say what is missing, and what nobody could tell."""

from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.desk.chrome import LINK_FARM
from newsbook.desk.draft import Draft, column_of
from newsbook.desk.lines import excerpt, printed
from newsbook.desk.repeats import REPEAT
from newsbook.desk.shapes import Shape, Shaped
from newsbook.desk.unlabelled import may_be_person, may_sign_in_japanese
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import WITHIN_STORY, Article, Copy, Crosshead, Line, Omission, Paragraph, Role
from newsbook.model.walk import plain

# What is told by its own words or form is surer than what is told by where it stands. On the development pages all of
# 202 omissions were right, so that these are an order, not frequencies.
_CONFIDENCE = {"site-label": 0.95, "page-number": 0.95, "related": 0.9, "prompt": 0.9, "teaser": 0.9, "meta": 0.9}
_BY_ITS_FORM = 0.99
_FURNITURE = frozenset({
    "counter", "embed", "meta", "ornament", "page-join", "page-number", "player", "share-bar", "site-label", "tool-bar",
    "widget",
})  # fmt: skip


def place_omissions(draft: Draft) -> Draft:
    """Return `draft` with its omissions in the order of the page, each with its column and confidence."""
    lines = {line.number: line for line in draft.copy.lines}
    placed = (_placed(omission, lines[omission.line], draft.copy) for omission in draft.omissions)
    both = sorted((*placed, *draft.cuts), key=lambda omission: (omission.line, omission.column))
    return replace(draft, omissions=tuple(both))


def _placed(omission: Omission, line: Line, copy: Copy) -> Omission:
    found = line.text.find(omission.text)
    at = found if found >= 0 else _first_word(omission.text, line)
    confidence = _CONFIDENCE.get(omission.kind, _BY_ITS_FORM)
    return replace(omission, column=column_of(copy, line.number, at), confidence=confidence)


def _first_word(text: str, line: Line) -> int:
    """Return where a text begins that was put together from parts of a line, or of this one and the next."""
    at = line.text.find(text.partition(" ")[0])
    return at if at >= 0 else len(line.text) - len(line.text.lstrip())


def put_back(draft: Draft) -> Draft:
    """Put what a person keeps among the lines again; the rest is on record. What was not left out is a finding."""
    done = {(each.line, each.column) for each in draft.kept}
    kept = {(each.line, each.column): each for each in draft.copy.kept if (each.line, each.column) not in done}
    back = [omission for omission in draft.omissions if (omission.line, omission.column) in kept]
    for omission in back:
        kept.pop((omission.line, omission.column), None)
    lines = sorted((*draft.lines, *_lines(back, draft.copy)), key=lambda line: line.number) if back else draft.lines
    left = tuple(omission for omission in draft.omissions if omission not in back)
    article = replace(draft.article, source=replace(draft.article.source, omissions=left))
    findings = (*draft.findings, *(_unneeded(each, draft.article.source.name) for each in kept.values()))
    return replace(draft, lines=tuple(lines), article=article, omissions=left, findings=findings)


def _unneeded(kept: Omission, name: str) -> Diagnostic:
    message = f"the decision to keep “{kept.text}” was not needed: it is not left out."
    hint = "Take the decision back on the proof sheet."
    return Diagnostic(Code.OVERRIDE_UNFIT, message, Place(name, kept.line, kept.column), hint)


def _lines(back: list[Omission], copy: Copy) -> Iterator[Line]:
    """Yield the lines that omissions were: the whole of one where that is what was left out, its doubts with it."""
    lines = {line.number: line for line in copy.lines}
    for omission in back:
        whole = lines[omission.line]
        yield whole if printed(whole) == omission.text else Line(omission.text, omission.line)


def find_doubts(draft: Draft) -> Draft:
    """Find what is missing and what is doubtful in the article, and report what was left out, once for each kind."""
    article = draft.article
    inside = tuple(_inside(draft))
    known = frozenset(inside)
    rest = tuple(omission for omission in article.source.omissions if omission not in known)
    found = (*_within_story(draft.copy, inside), *_left_out(draft.copy, rest))
    found = (*found, *_missing(article), *_unsigned(draft.copy, article), *_doubtful(article, draft.shaped))
    return replace(draft, findings=(*draft.findings, *found))


def _inside(draft: Draft) -> Iterator[Omission]:
    """Yield what the desk left out of the story itself: parts of its lines, and lines between its paragraphs.

    What stands on buttons and counters, and above and below the pages of a paper, holds nothing of a story.
    """
    paragraphs = [item.line.number for item in draft.shaped if item.shape is Shape.PARAGRAPH]
    first, last = min(paragraphs, default=0), max(paragraphs, default=0)
    cuts = frozenset(draft.cuts)
    for omission in draft.article.source.omissions:
        between = first < omission.line < last or omission in cuts
        again = omission.kind == REPEAT and omission.line > first
        if (between or again) and omission.kind not in _FURNITURE and any(map(str.isalnum, omission.text)):
            yield omission


def _left_out(copy: Copy, omissions: tuple[Omission, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for each kind of what was left out; of what a person wrote as a whole, a warning."""
    groups: dict[str, list[Omission]] = {}
    for omission in omissions:
        groups.setdefault(omission.kind, []).append(omission)
    for kind, group in groups.items():
        code = Code.LINK_FARM_LEFT_OUT if kind == LINK_FARM else Code.CHROME_LEFT_OUT
        code = Code.WORDS_LEFT_OUT if copy.is_authored and kind not in _FURNITURE else code
        first = group[0]
        more = f" and {len(group) - 1} more" if len(group) > 1 else ""
        message = f"left out as {kind}: “{excerpt(first.text)}”{more}."
        yield Diagnostic(code, message, Place(copy.source.name, first.line))


def _within_story(copy: Copy, inside: tuple[Omission, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for all that the reader or the desk left out between the paragraphs of the story, or of them."""
    read = tuple((omission, Place(copy.source.name)) for omission in _read(copy))
    edited = tuple((omission, Place(copy.source.name, omission.line, omission.column)) for omission in inside)
    hint = "Read it in the page, to be sure that it is none of the story."
    for omission, place in (*read, *edited)[:_MOST_TOLD]:
        message = f"left out inside the story: “{excerpt(omission.text)}”."
        yield Diagnostic(Code.WORDS_LEFT_OUT, message, place, hint)
    more = (*read, *edited)[_MOST_TOLD:]
    if more:
        (omission, place), count = more[0], len(more)
        message = f"left out inside the story, with {count - 1} more below it: “{excerpt(omission.text)}”."
        yield Diagnostic(Code.WORDS_LEFT_OUT, message, place, "The report lists each. " + hint)


# A page that repeats itself on and on is told once, behind its first places.
_MOST_TOLD = 5


def _read(copy: Copy) -> Iterator[Omission]:
    return (omission for omission in copy.source.omissions if omission.kind == WITHIN_STORY)


def _missing(article: Article) -> Iterator[Diagnostic]:
    place = Place(article.source.name)
    if not article.headline:
        yield Diagnostic(Code.HEADLINE_MISSING, "no line of the page looks like a headline.", place)
    if not article.body:
        yield Diagnostic(Code.BODY_MISSING, "the page has no text below its headline.", place)
    if not article.published:
        yield Diagnostic(Code.DATE_MISSING, "the page does not say when it was published.", place)
    if not article.language:
        hint = "Name it with --lang."
        yield Diagnostic(Code.LANGUAGE_UNCERTAIN, "nothing in the page tells its language.", place, hint)


def _unsigned(copy: Copy, article: Article) -> Iterator[Diagnostic]:
    """Yield what may be the byline of a story that names nobody: words beside the date, or a first line of one name."""
    if article.byline or any(credit.role in _WRITERS for credit in article.credits):
        return
    beside = [(each.text, each.line) for each in article.source.omissions if each.kind == "meta"]
    names = [(name, number) for text, number in beside for name in _names(text, article.language)]
    above = (
        article.deck.strip(),
        *(plain(block.text) for block in article.body[:1] if isinstance(block, Paragraph | Crosshead)),
    )
    alone = tuple(text for text in above if may_be_person(text))
    names += [(printed(line), line.number) for line in copy.lines if printed(line) in alone][:1]
    for name, number in names:
        message = f"“{name}” may be who wrote the story, or a place, a column or a paper; nobody was credited."
        hint = "Say it with byline or credits in newsbook.toml."
        yield Diagnostic(Code.BYLINE_DOUBTFUL, message, Place(article.source.name, number), hint)


_WRITERS = frozenset({Role.AUTHOR, Role.CORRESPONDENT})


def _names(text: str, language: str) -> Iterator[str]:
    """Yield what may be a name in words beside a date: all of them, as those in Latin letters, or one."""
    for word in (text,) if may_be_person(text) else text.split():
        if may_be_person(word) or (language == "ja" and may_sign_in_japanese(word)):
            yield word


def _doubtful(article: Article, shaped: tuple[Shaped, ...]) -> Iterator[Diagnostic]:
    for item in shaped:
        if item.doubtful:
            message = f"set as a {item.shape.value}, but it may be something else: “{excerpt(printed(item.line))}”."
            yield Diagnostic(Code.STRUCTURE_DOUBTFUL, message, Place(article.source.name, item.line.number))
