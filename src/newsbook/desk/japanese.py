"""Take the bylines of Japanese pages: who is called the author above a story, and who signs it at its end."""

import re
from functools import partial

from msgspec.structs import replace

from newsbook.desk.draft import Draft, leave_out, without
from newsbook.desk.fields import with_credits
from newsbook.desk.language import detect
from newsbook.desk.lines import folded, inked, printed
from newsbook.desk.names import is_japanese_name, may_be_japanese_name, set_solid
from newsbook.desk.rules import finder
from newsbook.model import Credit, Part, Role
from newsbook.script import fold

_find = partial(finder, "japanese")
STAFF = "meta"
_RUNNING = (Part.TEXT, Part.PARAGRAPH, Part.CROSSHEAD)
_LONGEST = 60
_LAST = 3
_BETWEEN = re.compile(r"\s*(?:[、,・/&]|(?<=[々一-鿿])と(?=[一-鿿]))\s*")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){1,3}")


def take_japanese_bylines(draft: Draft) -> Draft:
    """Credit whom a Japanese page names as its author; where it names nobody above, whoever signed below."""
    if detect("".join(line.text for line in draft.lines)) != "ja":
        return draft
    others: dict[int, str] = {}
    about = draft.of(Part.HEAD, Part.FOOT)
    for before, line in zip((None, *about), about, strict=False):
        called = draft.markup_of(line).field == "author"
        names = _named(printed(line), called=called) if len(line.text) <= _LONGEST else ()
        if names and before and _find("other_part")(folded(before)):
            others[line.number] = STAFF
        elif names:
            draft = _credited(without(draft, {line.number}), names)
    draft = leave_out(draft, others)
    if not any(credit.role is Role.AUTHOR for credit in draft.article.credits):
        draft = _credited(draft, _titled(draft) or _signed(draft))
    return draft


def _credited(draft: Draft, names: tuple[str, ...]) -> Draft:
    credits_ = tuple(Credit(Role.AUTHOR, name) for name in names)
    return replace(draft, article=with_credits(draft.article, credits_))


def _named(text: str, *, called: bool) -> tuple[str, ...]:
    """Return the names in a line about the story: behind a label, or where the line is called the author's."""
    plain = fold(text)
    match = _find("labelled")(plain) or (_find("called")(plain) if called else None)
    return _all(text[slice(*match.span("names"))], sure=False) if match else ()


def _all(printed_names: str, *, sure: bool) -> tuple[str, ...]:
    """Return the names in a list of them, where each may be one; where `sure`, each must have a known surname."""
    names = [set_solid(part.strip()) for part in _BETWEEN.split(printed_names) if part.strip()]
    holds = is_japanese_name if sure else may_be_japanese_name
    return tuple(names) if names and all(holds(name) or _LATIN.fullmatch(name) for name in names) else ()


def _titled(draft: Draft) -> tuple[str, ...]:
    """Return who signed behind the headline of a column: 川べりの風＝森下一郎."""
    headlines = draft.of(Part.HEADLINE)
    match = _find("titled")(folded(headlines[0])) if headlines else None
    return _all(printed(headlines[0])[slice(*match.span("names"))], sure=True) if match else ()


def _signed(draft: Draft) -> tuple[str, ...]:
    """Return who signed in a bracket at the end of one of the last paragraphs, which stays where it is."""
    for line in reversed(inked(draft.of(*_RUNNING))[-_LAST:]):
        plain, text = folded(line), printed(line)
        lenticular = _find("lenticular")(plain)
        match = lenticular or _find("bracketed")(plain) or _find("alone")(plain)
        names = _in_bracket(text[slice(*match.span("signed"))], sure=not lenticular) if match else ()
        if names:
            return names
    return ()


def _in_bracket(signed: str, *, sure: bool) -> tuple[str, ...]:
    vouched = _find("vouched")(fold(signed))
    parts = re.split(r"\s*[、,]\s*", signed[vouched.end() :] if vouched else signed)
    names: list[str] = []
    for at, part in enumerate(parts):
        place = _find("place")(fold(part))
        ours = _find("vouched")(fold(part)) if at else None
        told = part[ours.end() :] if ours else part[place.end() :] if place else part
        name = re.sub(r"(?:記者|特派員|編集委員|論説委員|支局長)$", "", told.strip())
        if at and _find("behind")(f"、{fold(name)}"):
            continue
        strict = sure and not vouched and not place and name == told.strip()
        found = _all(name, sure=strict)
        if not found:
            return ()
        names += found
    return tuple(names)
