"""Take what the markup tells of a story's head: titles, and the lines that say when, where and by whom."""

import re

from msgspec.structs import replace

from newsbook.dates import find_dates
from newsbook.desk.captions import is_caption
from newsbook.desk.chrome import SURROUNDINGS
from newsbook.desk.draft import Draft, leave_out, without
from newsbook.desk.fields import states, take_meta, with_credits, with_source
from newsbook.desk.furniture import furniture
from newsbook.desk.labels import Field
from newsbook.desk.lines import TERMINAL, folded, inked, printed
from newsbook.desk.meta import ROLES, Meta, Value
from newsbook.desk.metadata import named, without_button
from newsbook.desk.metaline import parse, parse_outlet
from newsbook.desk.names import is_person
from newsbook.desk.rules import finder
from newsbook.model import Credit, Line, Part

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ABOUT = (Part.HEAD, Part.FOOT, Part.DECK)
_LEADING = 4
_LEADS = (Part.PARAGRAPH, Part.CROSSHEAD, Part.QUOTATION)
_LONGEST_DATED = 40
_SHORTEST_HEADLINE = 6
_LONGEST_HEADLINE = 45
_ACCOUNT = re.compile(r"[\w·]{2,12}")
_LONGEST_DECK = 80
_DASHES = ("——", "──", "――")
_OUTLET = re.compile(r"(?!.*\d\d[:-]\d\d)[^:。,]{2,20}")
_PLACED = re.compile(
    r"(?P<outlet>[^\s/]{2,12})\s*/\s*记者\s*(?P<names>[^\s/]{2,12})\s*/\s*\S{2,12}(?:报导|报道|专访|特稿)"
)
_CAME_OUT = re.compile(r"(?:입력|등록|송고|기사입력|公开|配信|发布时间|发布)\s*:?\s*(?:19|20)\d\d")
_BRACKETED = re.compile(r"[\[(](?P<names>[^,、]{2,12}),\s*(?P<outlet>[^,、]{2,20})[\])]")
_HANGUL = re.compile("[가-힣]{2,4}")


def take_titles(draft: Draft) -> Draft:
    """Move the headline, kicker and deck that the markup tells into the article's fields."""
    headline, kicker = draft.of(Part.HEADLINE)[:1] or _first_line(draft), draft.of(Part.KICKER)[:1]
    texts = ["".join(map(printed, lines)) for lines in (headline, kicker)]
    article = replace(draft.article, headline=texts[0], kicker=texts[1])
    draft = without(replace(draft, article=article), {line.number for line in (*headline, *kicker)})
    year = _year(draft)
    for line in draft.of(Part.DECK):
        draft = _take_deck(draft, line, year)
    return draft


def _first_line(draft: Draft) -> tuple[Line, ...]:
    """Return the first line of a page that states no headline, where it reads as one; else none."""
    stated = any(markup.field == "headline" for markup in draft.markup.values() if markup.part is Part.STATED)
    first = inked(draft.of(Part.HEAD, *_LEADS))[:1] if not stated else ()
    return tuple(line for line in first if _may_be_headline(line))


def _may_be_headline(line: Line) -> bool:
    text, plain = printed(line), folded(line)
    if line.text.startswith("\N{IDEOGRAPHIC SPACE}"):
        return False
    if not _SHORTEST_HEADLINE <= len(text) <= _LONGEST_HEADLINE or TERMINAL.search(plain) or "。" in plain:
        return False
    return not parse(text) and not is_caption(line, frozenset()) and not finder("shapes", "none")(plain)


def take_head(draft: Draft) -> Draft:
    """Move what the lines about a story say into the article's fields; what says nothing is left out.

    A name tells what it is only beside a date, which may stand below it.
    """
    year, waiting = _year(draft), []
    bodiless = not inked(draft.of(*_LEADS, Part.TEXT))
    about = draft.of(Part.HEAD, *((Part.FOOT,) if bodiless else ()))
    for line in sorted(about, key=lambda line: not _is_plain(line, draft.markup_of(line).field)):
        taken = _taken(draft, line, draft.markup_of(line).field, year)
        draft = replace(taken, article=without_button(taken.article)) if taken else draft
        waiting += [] if taken else [line]
    for place, line in enumerate(waiting):
        taken = _taken(draft, line, draft.markup_of(line).field, year) or (None if place else _accounted(draft, line))
        draft = taken or leave_out(draft, {line.number: SURROUNDINGS})
    leads = inked(draft.of(*_LEADS, Part.TEXT))
    return (_accounted(draft, leads[0]) or draft) if len(leads) == 1 else draft


def _accounted(draft: Draft, line: Line) -> Draft | None:
    """Take a name alone right below the headline for the account that published, where nothing else says which."""
    name, plain = printed(line), folded(line)
    above = next((each for each in reversed(inked(draft.copy.lines)) if each.number < line.number), None)
    known = draft.article.source.outlet or draft.likely or states(draft, "outlet")
    if known or above is None or draft.part(above) is not Part.HEADLINE or not _ACCOUNT.fullmatch(plain):
        return None
    if is_person(name) or furniture(plain) or _names_none(plain):
        return None
    return replace(without(draft, {line.number}), likely=name)


def _names_none(plain: str) -> bool:
    """Tell whether a word that stands where an outlet does is a button, a column or a place."""
    return any(finder("outlets", rule)(plain) for rule in ("button", "no_outlet", "section", "nowhere"))


def _year(draft: Draft) -> int:
    """Return the first year that the lines around a story have, for dates that leave it out."""
    around = (line for line in draft.copy.lines if draft.part(line) in _ABOUT)
    return next((int(match[1]) for line in around if (match := _YEAR.search(folded(line)))), 0)


def _is_plain(line: Line, field: str) -> bool:
    """Tell whether a line says in so many words what it is: the name of an outlet, or when the story came out."""
    return bool((field == "outlet" and parse_outlet(printed(line))) or _CAME_OUT.match(folded(line)))


def _take_deck(draft: Draft, line: Line, year: int) -> Draft:
    if parse(printed(line), year) or draft.article.deck or printed(line) == draft.article.headline:
        return _taken(draft, line, "", year) or leave_out(draft, {line.number: SURROUNDINGS})
    return replace(without(draft, {line.number}), article=replace(draft.article, deck=printed(line)))


def _taken(draft: Draft, line: Line, field: str, year: int) -> Draft | None:
    """Return the draft with what a line of the head says, or None where it says nothing."""
    text = printed(line)
    meta = parse(text, year) or (
        parse_outlet(text) if draft.article.published and not draft.article.source.outlet else None
    )
    if meta:
        told = _with_author(meta) if field == "author" else meta
        return take_meta(without(draft, {line.number}), line, told)
    placed = (_PLACED.fullmatch(folded(line)) or _BRACKETED.fullmatch(folded(line))) if field == "author" else None
    if placed:
        return _take_placed(without(draft, {line.number}), text, placed)
    moments = find_dates(text, year)
    if moments and len(text) <= _LONGEST_DATED and not draft.article.published:
        rest = leave_out(draft, {line.number: SURROUNDINGS})
        return replace(rest, article=replace(rest.article, published=moments[0].iso))
    names = named(text)
    if field == "author" and names and all(is_person(name) or _HANGUL.fullmatch(name) for name in names):
        credits_ = tuple(Credit(role, name) for role in ROLES[Field.AUTHOR] for name in names)
        return replace(without(draft, {line.number}), article=with_credits(draft.article, credits_))
    if field == "outlet" and _OUTLET.fullmatch(folded(line)) and not _names_none(folded(line)):
        return replace(without(draft, {line.number}), article=with_source(draft.article, text, ""))
    return None


def _with_author(meta: Meta) -> Meta:
    """Return what a line says that is called the author's: a name in it without a label is one."""
    names = () if Field.AUTHOR in meta.fields else tuple(word for word in meta.rest if is_person(word))
    rest = tuple(word for word in meta.rest if word not in names)
    return Meta((*meta.values, *(Value(Field.AUTHOR, name) for name in names)), rest)


def _take_placed(draft: Draft, text: str, placed: re.Match[str]) -> Draft:
    """Take a byline with its outlet: 海岬時報／記者許若海／海岬即時報導 in Taiwan, [江藤さくら，海岬時報] in Japan."""
    names, outlet = (text[slice(*placed.span(group))] for group in ("names", "outlet"))
    credits_ = tuple(Credit(role, name) for role in ROLES[Field.AUTHOR] for name in named(names))
    return replace(draft, article=with_credits(with_source(draft.article, outlet, ""), credits_))


def take_leading(draft: Draft) -> Draft:
    """Take the deck and the meta lines that a page sets as the first paragraphs of the body."""
    year, paragraphs = _year(draft), list(draft.of(*_LEADS))
    if not draft.article.deck and _is_leading_deck(paragraphs, year):
        draft = _take_deck(draft, paragraphs.pop(0), year)
    for line in paragraphs[:_LEADING]:
        taken = _taken(draft, line, "", year) if parse(printed(line), year) else None
        if taken is None:
            break
        draft = taken
    return draft


def _is_leading_deck(paragraphs: list[Line], year: int) -> bool:
    """Tell whether the first of `paragraphs` is a deck: a line behind dashes, or any above a line with a date."""
    texts = [printed(line) for line in paragraphs[:2]]
    if len(texts) < 2 or len(texts[0]) > _LONGEST_DECK or TERMINAL.search(folded(paragraphs[0])):  # noqa: PLR2004
        return False
    below = parse(texts[1], year)
    dated = below is not None and Field.PUBLISHED in below.fields
    return not parse(texts[0], year) and (dated or texts[0].startswith(_DASHES))
