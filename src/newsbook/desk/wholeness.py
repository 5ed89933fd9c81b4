"""Tell whether an article is whole: paywalls, links to the rest, lost players, texts that break off, tombstones."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from msgspec.structs import replace

from newsbook.desk.draft import Draft, leave_out
from newsbook.desk.lines import excerpt, folded, inked
from newsbook.desk.rules import finder, finders
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article, Copy, Figure, Lack, Line, Paragraph, Part
from newsbook.model.walk import plain, texts
from newsbook.script import fold

_find = partial(finder, "wholeness")

# What is said of each, behind “the article is not whole: ”; and what one can do about it.
_REASONS: dict[Lack, tuple[str, str]] = {
    Lack.PAYWALL: ("the rest of the article is behind a paywall, for subscribers", "Save the page as a subscriber."),
    Lack.REGISTRATION: ("the rest of the article is for registered members", "Log in, and save the page then."),
    Lack.CONTINUED: ("it is continued elsewhere, behind a link", "Save the page that the link leads to."),
    Lack.PAGES: ("it goes on on a next page, and further pages are not at hand", "Save the others beside it."),
    Lack.SUMMARY: ("only a summary is here, not the rest of the article", "Name its page, or add --follow."),
    Lack.SCRIPT: ("scripts fill in the rest of the article", "Save the page from a browser."),
    Lack.MEDIA: ("a film or a sound on the page is lost", "Look at the page itself."),
    Lack.PICTURES: ("it is in pictures, whose words are not read", "Type the words, or have them recognised."),
    Lack.CUT: ("the text is cut short, and ends in mid-sentence", "Compare it with the original."),
}
_KINDS = {"paywall": Lack.PAYWALL, "registration": Lack.REGISTRATION, "continued": Lack.CONTINUED}
# Of these nobody knows before all inputs are read, and what they lead to is fetched.
_MAY_BE_HAD = frozenset({Lack.PAGES, Lack.SUMMARY})
_HELD = frozenset({Lack.PAYWALL, Lack.REGISTRATION})

# Where what a site says instead of the rest may stand: in the last lines of a story, a text page's own foot among them.
_LAST = {Part.PARAGRAPH: 6, Part.CROSSHEAD: 6, Part.ITEM: 6, Part.TEXT: 15}
_RUNNING = (Part.TEXT, Part.HEAD, Part.PARAGRAPH, Part.CROSSHEAD, Part.ITEM, Part.FOOT)
_FIRST = 4
_LONGEST = 120
_EXCERPT = 40
# At the end of a paragraph, in brackets or behind dots: (订阅后阅读全文), ……続きを読む.
_TAIL = re.compile(r"(?:[(\[【](?P<inside>[^()\[\]【】]{2,40})[)\]】]|…+\s*(?P<behind>[^…。]{2,40}))\s*$")

_LONGEST_TAIL = 200

# Less than this is the beginning of a story, where its page has a mark of what is for subscribers; and no prose at all.
_BRIEF = 400
_PROSE = 100

_SHORTEST = 30
_SHORTEST_CAPTION = 12
_STOP = re.compile(r"[。!?]|[가-힣]\.")
_HANGS = re.compile(r"[,、]\s*$|[\u3400-\u9fff\u3041-\u30ff\uac00-\ud7a3]\s*$")


def leave_out_teasers(draft: Draft) -> Draft:
    """Take out what a page says in the place of the rest of a story, and note what is lacking."""
    lines = inked(draft.of(*_RUNNING))
    near = _near_end(draft, lines)
    held = {line.number: lack for line in lines if line.number in near and (lack := _held(folded(line)))}
    gone: dict[int, str] = dict.fromkeys(held, "teaser")
    lacks = [(held[line.number], line.text) for line in lines if line.number in held]
    lacks += [(Lack.MEDIA, line.text) for line in lines if _is_short(line) and _find("player")(folded(line))]
    lacks += [(lack, line.text) for line in lines[-1:] if (lack := _tail(folded(line)))]
    lacks += _around(draft.copy)
    is_held = not _HELD.isdisjoint({*draft.copy.extent.missing, *(lack for lack, _ in lacks)})
    for line in lines:
        is_offer = is_held and line.number in near and _find("offer")(folded(line))
        if is_offer or (_is_short(line) and _find("player")(folded(line))):
            gone[line.number] = "teaser"
    badges = [(Lack.PAYWALL, line.text) for line in _at_head(draft, lines) if _find("badge")(folded(line))]
    written = sum(len(line.text) for line in lines if line.number not in gone)
    return replace(leave_out(draft, gone), lacks=(*lacks, *(badges if written < _BRIEF else ())))


def find_lacks(draft: Draft) -> Draft:
    """Report why the article is not whole, once for each reason."""
    article, stated = draft.article, draft.copy.extent.missing
    lacks: dict[Lack, str] = dict.fromkeys((lack for lack in stated if lack not in _MAY_BE_HAD), "")
    for lack, words in (*draft.lacks, *_seen(article, draft.copy)):
        lacks[lack] = lacks.get(lack, "") or words
    if not _HELD.isdisjoint(lacks):
        lacks.pop(Lack.CONTINUED, None)
    place = Place(article.source.name)
    findings = tuple(not_whole(lack, words, place) for lack, words in sorted(lacks.items(), key=_order))
    return replace(draft, findings=(*draft.findings, *findings))


def not_whole(lack: Lack, words: str, place: Place, hint: str = "") -> Diagnostic:
    """Return the finding that an article is not whole; `words` of the page say so, where there are any.

    `hint` says what to do about it where that is not what helps with most.
    """
    why, usual = _REASONS[lack]
    shown = words.strip()
    quoted = f" (“{excerpt(shown)}”)" if shown else ""
    return Diagnostic(Code.NOT_WHOLE, f"the article is not whole: {why}{quoted}.", place, hint or usual)


def _order(entry: tuple[Lack, str]) -> int:
    return list(_REASONS).index(entry[0])


def _near_end(draft: Draft, lines: tuple[Line, ...]) -> set[int]:
    """Return the numbers of the lines in which a page may say that there is more."""
    near = {line.number for line in lines if draft.part(line) in {Part.HEAD, Part.FOOT}}
    body = [line for line in lines if draft.part(line) in _LAST]
    return near | {line.number for at, line in enumerate(reversed(body)) if at < _LAST[draft.part(line)]}


def _at_head(draft: Draft, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    first = tuple(line for line in lines if draft.part(line) is Part.TEXT)[:_FIRST]
    return (*first, *(line for line in lines if draft.part(line) is Part.HEAD))


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST


def _held(folded_text: str) -> Lack | None:
    if len(folded_text) > _LONGEST:
        return None
    return next((_KINDS[kind] for kind, find in finders("wholeness", "held") if find(folded_text)), None)


def _tail(folded_text: str) -> Lack | None:
    """Return what is held back by what stands at the end of a paragraph."""
    tail = _TAIL.search(folded_text[-_LONGEST_TAIL:])
    return _held((tail["inside"] or tail["behind"]).strip()) if tail else None


def _around(copy: Copy) -> Iterator[tuple[Lack, str]]:
    """Yield what the surroundings of a story say of it; links to the rest lead from there to other stories."""
    for omission in copy.source.omissions:
        lack = _held(fold(omission.text)) if len(omission.text) <= _LONGEST else None
        if lack in _HELD:
            yield lack, omission.text


def _seen(article: Article, copy: Copy) -> Iterator[tuple[Lack, str]]:
    """Yield what an article shows by itself: nothing but pictures, no prose where a script writes, a broken end."""
    body = [fold(plain(text)) for text in texts(article)]
    prose = sum(len(text) for text in body if _STOP.search(text))
    if (
        article.body
        and all(isinstance(block, Figure) for block in article.body)
        and max(map(len, body)) < _SHORTEST_CAPTION
    ):
        yield Lack.PICTURES, ""
    if prose < _PROSE:
        around = (fold(omission.text) for omission in (*copy.source.omissions, *article.source.omissions))
        found = (text for text in (*body, *around) if len(text) <= _LONGEST and _find("unfilled")(text))
        yield from ((Lack.SCRIPT, text) for text in islice(found, 1))
    last = article.body[-1] if article.body else None
    if isinstance(last, Paragraph) and _breaks_off(body, fold(plain(last.text))):
        yield Lack.CUT, plain(last.text)[-_EXCERPT:]


def _breaks_off(body: list[str], last: str) -> bool:
    """Tell whether the last paragraph ends in mid-sentence, where all the others end as sentences do.

    One that has no sentence in it and no comma at its end is a line of another kind: a name, an address, a slogan.
    """
    text = last.strip()
    others = [each for each in body if len(each) >= _SHORTEST and each != last]
    hangs = _HANGS.search(text)
    if not hangs or len(text) < _SHORTEST or not (_STOP.search(text) or text[-1] in ",、"):
        return False
    return not any(_HANGS.search(each) for each in others)


def notice_in(article: Article) -> str:
    """Return the notice that stands in the place of an article, which was removed or is not there; empty for a story.

    >>> from newsbook.model import Paragraph, Span
    >>> notice_in(Article("渡口", (Paragraph((Span("该文章已被删除"),)),)))
    '该文章已被删除'
    """
    lines = [article.headline, article.deck, *(plain(text) for text in texts(article))]
    is_bare = not any(isinstance(block, Figure) for block in article.body)
    aside = [omission.text for omission in article.source.omissions] if is_bare else []
    notices = [line for line in (*lines, *aside) if 0 < len(line) <= _LONGEST and _is_notice(fold(line.strip()))]
    if not notices:
        return ""
    told = (fold(line.strip()) for line in lines[1:] if line not in notices)
    prose = sum(len(line) for line in told if _STOP.search(line) and not _find("excuse")(line))
    return notices[0] if prose < _PROSE else ""


def _is_notice(folded_text: str) -> bool:
    return any(find(folded_text) for _, find in finders("wholeness", "notice"))
