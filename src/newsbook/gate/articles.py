"""An article when it is edited, or came as one: every text of it clean, and no heading or paragraph beyond the caps.

What is over of a heading stands at the head of the body, what is over of a caption or a cell behind its block: nothing
is lost. The characters of the article are counted before and after.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.gate.caps import Caps
from newsbook.gate.dividing import divided
from newsbook.gate.sizes import cut, short
from newsbook.gate.texts import CONTROL, LINK, PILED, READING, TURNED, Scrubber
from newsbook.model import (
    Article,
    Aside,
    Block,
    Crosshead,
    Footnote,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Span,
    Text,
    Verse,
)
from newsbook.model.walk import labels, map_texts, plain, texts

# Names and headings of an article, in the order in which what is over of them is set.
_HEADINGS = ("kicker", "headline", "deck", "byline", "dateline")
_SHOWN = (*_HEADINGS, "section", "published", "updated", "language")
_OF_SOURCE = ("name", "outlet", "url", "rights", "usage", "identifier")
_DATES = ("published", "updated")
_STATEMENTS = {"rights": "rights statement", "usage": "terms of use"}
_MOMENT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<clock>[T ]\d\d:\d\d.*)?)?)?", re.ASCII)
_SAID = {
    CONTROL: (Code.CONTROL_CHARACTERS, "{} characters that no edition can hold were taken out."),
    PILED: (
        Code.OVER_CAP,
        "{} combining marks were taken out, where more than {marks} stood on one character (marks).",
    ),
    TURNED: (
        Code.CONTROL_CHARACTERS,
        "controls that turn the direction of text were closed or taken out, in {} texts.",
    ),
    READING: (Code.OVER_CAP, "{} readings of more than {reading} characters stand in brackets (cap reading)."),
    LINK: (
        Code.LINK_LEFT_OUT,
        "{} links lead to what no edition links to, as a script, or have no end; their words stand without.",
    ),
}


def admit_article(article: Article, caps: Caps, report: Report) -> Article:
    """Return an article with its texts clean and within the caps; the same object where they were.

    What was changed is reported.
    """
    scrubber = Scrubber(caps)
    place = Place(article.source.name)
    if _is_within(article, scrubber, caps):
        return article
    article = _dated(article, report)
    before = _count(article)
    cleaned = _cleaned(article, scrubber)
    for kind, count in scrubber.taken.items():
        code, message = _SAID[kind]
        if count:
            message = message.format(f"{count:,}", marks=caps.marks, reading=caps.reading)
            report(Diagnostic(code, message, place))
    body: list[Block] = []
    cuts = _Cuts(caps)
    headings = {name: cuts.heading(getattr(cleaned, name), body) for name in _HEADINGS}
    body += chain.from_iterable(map(cuts.block, cleaned.body))
    made = _named(replace(cleaned, body=tuple(body), **headings), caps, report)
    if cuts.made:
        message = f"{cuts.made:,} headings or paragraphs beyond the caps (heading, line, spans) were divided."
        report(Diagnostic(Code.OVER_CAP, message, place, "Raise a cap with --cap NAME=NUMBER."))
    taken = scrubber.taken
    lost = before - taken[CONTROL] - taken[PILED] + 2 * taken[READING] - _count(made)
    if lost > 0 and not taken[TURNED]:
        report(Diagnostic(Code.WORDS_LEFT_OUT, f"{lost:,} characters were lost at the gate.", place))
    return _bounded(made, caps, report)


def _bounded(article: Article, caps: Caps, report: Report) -> Article:
    """Return an article in which rights, terms, credits and alternative texts are no longer than a line."""
    place, source = Place(article.source.name), article.source

    def label(text: str) -> str:
        return cut(text, "credit or alternative text of a block", "line", caps, report, place)

    body = tuple(
        map_texts(Article("", (block,)), lambda text: text, label).body[0] if _is_wordy(block, caps) else block
        for block in article.body
    )
    told = {name: cut(getattr(source, name), said, "line", caps, report, place) for name, said in _STATEMENTS.items()}
    return replace(article, body=body, source=replace(source, **told))


def _is_wordy(block: Block, caps: Caps) -> bool:
    """Tell whether a label of a block is longer than a line. The mark of a note is none: it leads to it."""
    return not isinstance(block, Footnote) and any(len(text) > caps.line for text in labels(block))


def _named(article: Article, caps: Caps, report: Report) -> Article:
    """Return an article whose section, outlet and people are called by names; what is none is cut, and reported."""
    place, source = Place(article.source.name), article.source
    people = tuple(
        replace(each, name=short(each.name, f"{each.role}", caps, report, place)) for each in article.credits
    )
    outlet = short(source.outlet, "outlet", caps, report, place)
    section = short(article.section, "section", caps, report, place)
    return replace(article, section=section, credits=people, source=replace(source, outlet=outlet))


def _names(article: Article) -> Iterator[str]:
    yield from (article.section, article.source.outlet)
    yield from (credit.name for credit in article.credits)


def _dated(article: Article, report: Report) -> Article:
    """Return an article without what is stated as a date and is none; that is reported."""
    for name in _DATES:
        stated = getattr(article, name)
        if not is_moment(stated):
            message = f"what is stated as {name}, “{stated[:40]}”, is no date."
            report(Diagnostic(Code.FACT_UNREADABLE, message, Place(article.source.name)))
            article = replace(article, **{name: ""})
    return article


def is_moment(text: str) -> bool:
    """Tell whether a text is empty, or a moment of ISO 8601 as exact as one likes.

    >>> [is_moment(one) for one in ("", "2024", "2024-05", "2024-02-30", "2024-05-06T08:30:00+08:00", "昨天")]
    [True, True, True, False, True, False]
    """
    match = _MOMENT.fullmatch(text)
    if not text or not match:
        return not text
    try:
        datetime.fromisoformat(f"{match['year']}-{match['month'] or '01'}-{match['day'] or '01'}{match['clock'] or ''}")
    except ValueError:
        return False
    return True


def _is_within(article: Article, scrubber: Scrubber, caps: Caps) -> bool:
    """Tell whether there is nothing to change: most articles are looked at no further."""
    if not all(is_moment(getattr(article, name)) for name in _DATES):
        return False
    headings = (getattr(article, name) for name in _HEADINGS)
    if any(len(name) > caps.heading for name in chain(headings, _names(article))):
        return False
    if any(len(getattr(article.source, name)) > caps.line for name in _STATEMENTS):
        return False
    if not all(_is_block_within(block, scrubber, caps) for block in article.body):
        scrubber.taken.clear()
        return False
    is_fit = scrubber.link(article.source.url) == article.source.url
    scrubber.taken.clear()
    return is_fit and scrubber.is_clean("\n".join(_words(article)))


def _is_block_within(block: Block, scrubber: Scrubber, caps: Caps) -> bool:
    most = _most(block, caps)
    for text in texts(block):
        if len(text) > caps.spans or sum(len(span.text) for span in text) > most:
            return False
        if any(len(span.ruby) > caps.reading or scrubber.link(span.href) != span.href for span in text):
            return False
    return not _is_wordy(block, caps)


def _words(article: Article) -> Iterator[str]:
    """Yield every text that an edition shows of an article, and not its record."""
    source = article.source
    yield from (getattr(article, name) for name in _SHOWN)
    yield from (getattr(source, name) for name in _OF_SOURCE)
    yield from (credit.name for credit in article.credits)
    yield from labels(article)
    for text in texts(article):
        for span in text:
            yield span.text
            yield span.ruby


def _most(block: Block, caps: Caps) -> int:
    return caps.heading if isinstance(block, Crosshead | PullQuote) else caps.line


def _count(article: Article) -> int:
    headings = sum(len(getattr(article, name)) for name in _HEADINGS)
    body = sum(len(span.text) + len(span.ruby) for text in texts(article) for span in text)
    return headings + body + sum(map(len, labels(article)))


def _cleaned(article: Article, scrubber: Scrubber) -> Article:
    article = map_texts(article, scrubber.spans, scrubber.label)
    named = {name: scrubber.label(getattr(article, name)) for name in _SHOWN}
    credited = tuple(replace(credit, name=scrubber.label(credit.name)) for credit in article.credits)
    source = article.source
    told = {name: scrubber.label(getattr(source, name)) for name in _OF_SOURCE}
    source = replace(source, **told)
    return replace(article, **named, credits=credited, source=replace(source, url=scrubber.link(source.url)))


class _Cuts:
    """Divides what is too long, and counts how often."""

    def __init__(self, caps: Caps) -> None:
        self.made = 0
        self._caps = caps

    def heading(self, text: str, body: list[Block]) -> str:
        """Return a heading as far as it is one; what is over becomes paragraphs at the end of `body`."""
        if len(text) <= self._caps.heading:
            return text
        self.made += 1
        (_, end), *_ = divided(text, self._caps.heading)
        rest = text[end:]
        body += (Paragraph((Span(rest[start:stop]),)) for start, stop in divided(rest, self._caps.line))
        return text[:end]

    def block(self, block: Block) -> Iterator[Block]:
        """Yield a block in pieces that are not too long."""
        most = _most(block, self._caps)
        match block:
            case Paragraph() | Verse() | Preformatted():
                yield from (replace(block, text=text) for text in self._pieces(block.text, most))
            case Quotation() | Aside():
                yield replace(
                    block, paragraphs=tuple(chain.from_iterable(self._pieces(t, most) for t in block.paragraphs))
                )
            case _:
                yield from self._behind(block, most)

    def _behind(self, block: Block, most: int) -> Iterator[Block]:
        """Yield a block whose texts are their first pieces, and behind it paragraphs of the others."""
        over: list[Text] = []

        def first(text: Text) -> Text:
            head, *others = self._pieces(text, most) or [()]
            over.extend(others)
            return head

        yield map_texts(Article("", (block,)), first).body[0]
        yield from map(Paragraph, over)

    def _pieces(self, text: Text, most: int) -> list[Text]:
        """Return a text in pieces of at most `most` characters and not too many spans."""
        if len(text) <= self._caps.spans and sum(len(span.text) for span in text) <= most:
            return [text]
        self.made += 1
        starts = [0]
        for span in text:
            starts.append(starts[-1] + len(span.text))
        breaks = tuple(dict.fromkeys(starts[self._caps.spans : -1 : self._caps.spans]))
        return [_sliced(text, starts, *piece) for piece in divided(plain(text), most, breaks)]


def _sliced(text: Text, starts: list[int], start: int, end: int) -> Text:
    """Return the spans of a text, each of which begins at its place in `starts`, between two characters."""
    first, last = max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)
    pieces = (
        _piece(span, max(0, start - at), end - at)
        for span, at in zip(text[first:last], starts[first:last], strict=True)
    )
    return tuple(piece for piece in pieces if piece.text)


def _piece(span: Span, start: int, end: int) -> Span:
    """Return a span between two of its characters. Its reading goes with its beginning, a formula only with all."""
    if not start and end >= len(span.text):
        return span
    return replace(span, text=span.text[start:end], ruby="" if start else span.ruby, math="")
