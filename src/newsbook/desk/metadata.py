"""Fill in from a page's metadata what the page does not show, and say where the two disagree."""

import re
from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from newsbook.dates import find_dates
from newsbook.desk.draft import Draft
from newsbook.desk.fields import with_credits, with_source, with_writers
from newsbook.desk.language import language_of, with_foreign_runs
from newsbook.desk.lines import folded, printed
from newsbook.desk.meta import credits_of, is_byline
from newsbook.desk.metaline import parse, parse_outlet, signature
from newsbook.desk.names import is_person, may_be_japanese
from newsbook.desk.people import people
from newsbook.desk.rules import finder
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article, Credit, Line, Markup, Part, Role
from newsbook.script import fold

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
_NEAR_MIDNIGHT = 10
_HOUSES = frozenset({"outlet", "tail", "site"})
_ROLES = {Role.AUTHOR: "author", Role.EDITOR: "editor", Role.PHOTOGRAPHER: "photographer"}
_INNER_SPACE = re.compile(r"(?<=[\u3040-\u9fff])[ \u3000]+(?=[\u3040-\u9fff])")


def take_metadata(draft: Draft) -> Draft:
    """Fill in what only the metadata say, the language of the text among it. What is shown is kept."""
    lines = {markup.field: line for line, markup in _stated(draft)}
    says = {field: printed(line) for field, line in lines.items() if field not in _HOUSES or not _is_section(line)}
    article, place = draft.article, partial(Place, draft.article.source.name)
    findings = [Diagnostic(code, words, place(lines[field].number)) for field, code, words in _doubts(article, says)]
    article = _filled(
        _without_noise(_with_reporter(_with_portal(article, draft.likely, says), draft.likely, says)), says
    )
    article = with_source(with_source(article, draft.likely, ""), says.get("tail", ""), "")
    language = draft.copy.language or language_of(article) or says.get("language", "")
    article = with_foreign_runs(replace(article, language=language), language)
    return replace(draft, article=article, findings=(*draft.findings, *findings))


def _stated(draft: Draft) -> Iterator[tuple[Line, Markup]]:
    for line in draft.copy.lines:
        if draft.part(line) is Part.STATED:
            yield line, draft.markup_of(line)


def _doubts(article: Article, says: dict[str, str]) -> Iterator[tuple[str, Code, str]]:
    """Yield where the metadata disagree with what the page shows, or cannot be read: field, code and message."""
    for field, shown in _shown(article).items():
        if shown and field in says and not _agree(field, shown, says[field]):
            message = f"the page shows “{shown[:40]}” as {field}, and its metadata say “{says[field][:40]}”."
            yield field, Code.METADATA_DISAGREES, message
    for field in ("published", "updated"):
        if says.get(field) and not _date(says[field]):
            yield field, Code.FACT_UNREADABLE, f"what is stated as {field}, “{says[field][:40]}”, is no date."


def _is_section(line: Line) -> bool:
    """Tell whether what is stated as an outlet is but the column that a story stands in."""
    return bool(finder("outlets", "section")(folded(line)))


def _with_portal(article: Article, likely: str, says: dict[str, str]) -> Article:
    """Return `article` with whom the page names beside its date as its outlet, where the site shows others' stories."""
    is_portal = finder("outlets", "portal")(fold(says.get("outlet", "") or says.get("site", "")))
    return with_source(article, likely, "") if is_portal and not is_person(likely) else article


def _with_reporter(article: Article, likely: str, says: dict[str, str]) -> Article:
    """Return `article` with a name that stands where an outlet does as its author's, where the site is another.

    On Japanese pages a name beside the date is the reporter's, as they seldom name an outlet but their own.
    """
    name = article.source.outlet or likely
    ours = says.get("language", "").startswith("ja") and may_be_japanese(name)
    if (
        not name
        or parse_outlet(name)
        or not says.get("site")
        or name in says["site"]
        or not (ours or name in says.get("author", ""))
    ):
        return article
    source = replace(article.source, outlet=says.get("outlet", ""))
    return with_credits(replace(article, source=source), (Credit(Role.AUTHOR, name),))


def _without_noise(article: Article) -> Article:
    """Return `article` without names of nobody: 未知, 網絡, admin, a number."""
    return replace(article, credits=tuple(credit for credit in article.credits if not _is_nobody(credit.name)))


def _is_nobody(name: str) -> bool:
    return bool(finder("names", "nobody")(fold(name)))


def without_button(article: Article) -> Article:
    """Return `article` without its outlet where that is one of a page's buttons, which stand beside a date too."""
    is_button = finder("outlets", "button")(fold(article.source.outlet))
    return replace(article, source=replace(article.source, outlet="")) if is_button else article


def _shown(article: Article) -> dict[str, str]:
    authors = "、".join(credit.name for credit in article.credits if credit.role is Role.AUTHOR)
    return {"headline": article.headline, "published": article.published, "author": authors}


def _filled(article: Article, says: dict[str, str]) -> Article:
    article = with_source(article, says.get("outlet", ""), _web(says.get("url", "")))
    source = article.source
    terms = replace(source, rights=source.rights or says.get("rights", ""), usage=source.usage or says.get("usage", ""))
    article = _credited(replace(article, source=terms), says)
    return replace(
        article,
        headline=article.headline or says.get("headline", ""),
        published=article.published or _date(says.get("published", "")),
        updated=article.updated or _later(_date(says.get("updated", "")), _date(says.get("published", ""))),
        section=article.section or says.get("section", ""),
        byline=article.byline or says.get("byline", ""),
        dateline=article.dateline or says.get("dateline", ""),
    )


def _credited(article: Article, says: dict[str, str]) -> Article:
    """Return `article` with the credits that are stated for a part that nobody is shown to have had."""
    for role, field in _ROLES.items():
        signed = any(credit.role is role for credit in article.credits)
        said = says.get(field, "")
        said = _INNER_SPACE.sub("", said) if says.get("language", "").startswith("ja") else said
        names = () if signed else _stated_names(said) or _signed(says.get("byline", ""), role)
        editors = tuple(credit.name for credit in article.credits if credit.role is Role.EDITOR)
        known = (name for name in names if _is_author(name, (article.source.outlet, says.get("site", ""))))
        known = (name for name in known if not (editors and name.endswith(editors)))
        named = tuple(Credit(role, name) for name in known)
        article = with_credits(replace(article, byline=with_writers(article, "", named)), named)
    return article


def _stated_names(text: str) -> tuple[str, ...]:
    """Return the names in a statement, which may be a whole signature; what is a desk's or a post has none.

    One with spaces in it is several names only where each is a person's.
    """
    signed = signature(text)
    if signed:
        return tuple(credit.name for credit in credits_of(signed) if credit.role is Role.AUTHOR)
    parts = ((part.strip(), named(part)) for part in text.split("、") if part.strip())
    return tuple(name for part, names in parts for name in (names if _are_people(part, names) else (part,)))


def _are_people(part: str, names: tuple[str, ...]) -> bool:
    """Tell whether names are those in a statement, and not words of one name; a desk has none."""
    return len(names) == 1 or (all(map(is_person, names)) and bool(names or finder("signatures", "desk")(fold(part))))


def _signed(byline: str, role: Role) -> tuple[str, ...]:
    """Return whom a byline names for a part: as it says itself, or authors, where it is nothing but names of people."""
    names = named(byline)
    meta = None if names and all(map(is_person, names)) else parse(byline)
    if meta and is_byline(meta):
        return tuple(credit.name for credit in credits_of(meta) if credit.role is role)
    return names if role is Role.AUTHOR and not meta and all(map(is_person, names)) else ()


def _is_author(name: str, sites: tuple[str, ...]) -> bool:
    """Tell whether a stated author is one, and neither the site itself, nor a house, nor nobody, nor an address."""
    site = any(_letters(name) in _letters(other) or (other and _letters(other) in _letters(name)) for other in sites)
    plain = fold(name)
    house = finder("names", "house")(plain) or (finder("outlets", "endings")(plain) and not is_person(name))
    return not (site or house or finder("outlets", "button")(plain) or "@" in name or _is_nobody(name))


def named(text: str) -> tuple[str, ...]:
    """Return the names in a list of authors, without the word that says that they are reporters.

    >>> named("김하늘 기자"), named("記者許若海、江晨曦")
    (('김하늘',), ('許若海', '江晨曦'))
    """
    return people(text)


def _web(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""


def _later(updated: str, published: str) -> str:
    return updated if updated != published else ""


def _date(text: str) -> str:
    if _ISO.fullmatch(text):
        return text
    return next((moment.iso for moment in find_dates(text)), "")


def _agree(field: str, shown: str, said: str) -> bool:
    if field == "published":
        return not _date(said) or _same_moment(shown, _date(said))
    one, other = _letters(shown), _letters(said)
    return one in other or other in one


def _same_moment(shown: str, said: str) -> bool:
    """Tell whether a shown date is the stated one, on a clock of the east where the stated one is in UTC."""
    if shown[:10] == said[:10] and (len(shown) <= _NEAR_MIDNIGHT or len(said) <= _NEAR_MIDNIGHT):
        return True
    if said.endswith(("Z", "+00:00")):
        return any(_moved(said, hours)[: len(shown[:16])] == shown[:16] for hours in (0, 8, 9))
    return said[:16].startswith(shown[:16]) or shown[:16].startswith(said[:16])


def _moved(moment: str, hours: int) -> str:
    from datetime import datetime, timedelta

    try:
        return (datetime.fromisoformat(moment) + timedelta(hours=hours)).isoformat()
    except (ValueError, OverflowError):
        return moment


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text))).lower()
