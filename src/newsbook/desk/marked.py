"""Edit copy whose structure its page's markup tells: the same rules read head, sign-off and cutlines, fewer guess."""

import re

from msgspec.structs import replace

from newsbook.desk.blocks import set_blocks
from newsbook.desk.body import with_reporters
from newsbook.desk.bylines import take_credit_of_all_pictures
from newsbook.desk.chrome import chrome_kind, leave_out_chrome
from newsbook.desk.dateline import find_dateline
from newsbook.desk.dates import find_dates
from newsbook.desk.draft import Draft, folded, leave_out, printed, with_credits, with_source, without
from newsbook.desk.figures import place_pictures
from newsbook.desk.findings import report_findings
from newsbook.desk.head import take_meta
from newsbook.desk.labels import Field
from newsbook.desk.language import language_of
from newsbook.desk.linkfarm import leave_out_link_farm
from newsbook.desk.marks import TERMINAL
from newsbook.desk.metaline import ROLES, parse, parse_outlet
from newsbook.desk.names import is_person
from newsbook.desk.omissions import place_omissions, put_back
from newsbook.desk.repeats import leave_out_repeats
from newsbook.desk.signoff import is_signed, take_sign_off
from newsbook.desk.stated import named, stated_lines, take_stated, without_button
from newsbook.diagnostics import Report
from newsbook.model import Article, Copy, Credit, Line, Markup, Paragraph, Part
from newsbook.model.walk import plain

SURROUNDINGS = "surroundings"
_RUNNING = frozenset({Part.HEADLINE, Part.HEAD, Part.PARAGRAPH, Part.CROSSHEAD, Part.ITEM, Part.FOOT})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ABOUT = frozenset({Part.HEAD, Part.FOOT, Part.DECK})
_LEADING = 4
_LEADS = frozenset({Part.PARAGRAPH, Part.CROSSHEAD, Part.QUOTATION})
_LONGEST_DATED = 40
_LONGEST_DECK = 80
_DASHES = ("——", "──", "――")
_OUTLET = re.compile(r"(?!.*\d\d[:-]\d\d)[^:。,]{2,20}")
_PLACED = re.compile(
    r"(?P<outlet>[^\s/]{2,12})\s*/\s*记者\s*(?P<names>[^\s/]{2,12})\s*/\s*\S{2,12}(?:报导|报道|专访|特稿)"
)
_CAME_OUT = re.compile(r"(?:입력|등록|송고|기사입력|公开|配信|发布时间|发布)\s*:?\s*(?:19|20)\d\d")
_BRACKETED = re.compile(r"[\[(](?P<names>[^,、]{2,12}),\s*(?P<outlet>[^,、]{2,20})[\])]")
_HANGUL = re.compile("[가-힣]{2,4}")


def edit_marked(copy: Copy, report: Report) -> Article:
    """Return the article that a copy with markup holds, what was left out recorded in its source."""
    told = {line.number: markup for line, markup in zip(copy.lines, copy.markup, strict=True)}
    page = tuple(line for line in copy.lines if told[line.number].part is not Part.STATED)
    draft = _without_chrome(Draft(page, Article(headline="", source=copy.source)), told)
    draft = _take_head(draft, told)
    draft = take_credit_of_all_pictures(_without_foot(draft, told))
    draft = leave_out_repeats(take_sign_off(draft))
    draft = put_back(place_omissions(_without_last_heads(draft, told), copy), copy, report)
    body, credits_, shaped = set_blocks(draft.lines, told, copy.source.repairs)
    dateline = _dateline(body)
    article = with_reporters(replace(draft.article, body=body, dateline=dateline), dateline)
    article = with_credits(article, credits_)
    article = replace(article, source=replace(article.source, omissions=draft.omissions))
    article, language = take_stated(article, stated_lines(copy), report)
    article = replace(article, language=copy.language or language_of(article) or language)
    report_findings(article, shaped, report)
    return place_pictures(article, copy, report)


def _without_chrome(draft: Draft, told: dict[int, Markup]) -> Draft:
    """Leave out chrome and link farms among the running text; what stands in tables and quotations is not looked at."""
    running = replace(draft, lines=tuple(line for line in draft.lines if told[line.number].part in _RUNNING))
    cleared = leave_out_chrome(leave_out_link_farm(running))
    gone = {omission.line for omission in cleared.omissions}
    told_so = {line.number for line in draft.lines if told[line.number].part is Part.HEADLINE} | {
        omission.line
        for omission in cleared.omissions
        if omission.kind == "site-label" and told[omission.line].field == "outlet"
    }
    kept = tuple(omission for omission in cleared.omissions if omission.line not in told_so)
    return _without_promotion(replace(without(draft, gone - told_so), omissions=kept), told)


def _without_promotion(draft: Draft, told: dict[int, Markup]) -> Draft:
    """Leave out the pictures whose caption sends the reader to the site's own doors: 点击上方蓝字关注我们."""
    pictures = (line for line in draft.lines if told[line.number].part is Part.PICTURE)
    return leave_out(draft, {line.number: "prompt" for line in pictures if chrome_kind(folded(line)) == "prompt"})


def _take_head(draft: Draft, told: dict[int, Markup]) -> Draft:
    """Move headline, kicker, deck and meta lines into the article's fields; what else stands above is left out."""
    parts: dict[Part, list[Line]] = {}
    for line in draft.lines:
        parts.setdefault(told[line.number].part, []).append(line)
    dated = (line for line in draft.lines if told[line.number].part in _ABOUT)
    year = next((int(match[1]) for line in dated if (match := _YEAR.search(folded(line)))), 0)
    titles = [parts.get(part, [])[:1] for part in (Part.HEADLINE, Part.KICKER)]
    headline, kicker = (printed(lines[0]) if lines else "" for lines in titles)
    draft = replace(draft, article=replace(draft.article, headline=headline, kicker=kicker))
    draft = without(draft, {line.number for lines in titles for line in lines})
    for line in parts.get(Part.DECK, []):
        draft = _take_deck(draft, line, year)
    return _take_leading(_take_lines(draft, parts.get(Part.HEAD, []), told, year), told, year)


def _take_lines(draft: Draft, lines: list[Line], told: dict[int, Markup], year: int) -> Draft:
    """Take what the lines about a story say; a name tells what it is only beside a date, which may stand below it."""
    waiting = []
    for line in sorted(lines, key=lambda line: not _is_plain(line, told[line.number].field)):
        taken = _taken(draft, line, told[line.number].field, year)
        draft = replace(taken, article=without_button(taken.article)) if taken else draft
        waiting += [] if taken else [line]
    for line in waiting:
        taken = _taken(draft, line, told[line.number].field, year)
        draft = taken or leave_out(draft, {line.number: SURROUNDINGS})
    return draft


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
        return take_meta(without(draft, {line.number}), line, meta)
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
    if field == "outlet" and _OUTLET.fullmatch(folded(line)):
        return replace(without(draft, {line.number}), article=with_source(draft.article, text, ""))
    return None


def _take_placed(draft: Draft, text: str, placed: re.Match[str]) -> Draft:
    """Take a byline with its outlet: 海岬時報／記者許若海／海岬即時報導 in Taiwan, [江藤さくら，海岬時報] in Japan."""
    names, outlet = (text[slice(*placed.span(group))] for group in ("names", "outlet"))
    credits_ = tuple(Credit(role, name) for role in ROLES[Field.AUTHOR] for name in named(names))
    return replace(draft, article=with_credits(with_source(draft.article, outlet, ""), credits_))


def _take_leading(draft: Draft, told: dict[int, Markup], year: int) -> Draft:
    """Take the deck and the meta lines that a page sets as the first paragraphs of the body."""
    paragraphs = [line for line in draft.lines if told[line.number].part in _LEADS]
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


def _without_foot(draft: Draft, told: dict[int, Markup]) -> Draft:
    """Leave out what stands below the story and is not signed."""
    feet = [line for line in draft.lines if told[line.number].part is Part.FOOT]
    return leave_out(draft, {line.number: SURROUNDINGS for line in feet if not is_signed(printed(line))})


def _without_last_heads(draft: Draft, told: dict[int, Markup]) -> Draft:
    """Leave out headings below the story's last text, as they head nothing of it."""
    below: dict[int, str] = {}
    for line in reversed(draft.lines):
        part = told[line.number].part
        if printed(line) and part is not Part.CROSSHEAD:
            break
        below |= {line.number: SURROUNDINGS} if part is Part.CROSSHEAD else {}
    return leave_out(draft, below)


def _dateline(body: tuple[object, ...]) -> str:
    first = next((block for block in body if isinstance(block, Paragraph)), None)
    return find_dateline(plain(first.text)) if first else ""
