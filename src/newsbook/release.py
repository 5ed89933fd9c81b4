"""Hold back what may not be published yet, since it is under embargo, or at all, since its provider withdrew it.

An embargo is compared with the date of the issue, never with a clock. So the same input gives the same issue on any
day. An issue for tomorrow has tomorrow's date.
"""

import re
from collections.abc import Iterator

from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article

INDEFINITE = "indefinite"

HELD = frozenset({Code.EMBARGOED, Code.WITHDRAWN})

# IPTC NewsCodes, publishing status. https://cv.iptc.org/newscodes/pubstatusg2/
_WITHDRAWN = {"withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_embargoed(article: Article, day: str) -> bool:
    """Tell whether `article` is embargoed on `day`, ISO 8601 or empty. What cannot be compared is embargoed."""
    embargo = article.source.embargo
    return bool(embargo) and (not _DAY.match(embargo) or not day or embargo[:10] > day)


def is_withdrawn(article: Article) -> bool:
    """Tell whether the provider of `article` has said that it must not be used."""
    return article.source.status.lower() in _WITHDRAWN


def check_release(articles: tuple[Article, ...], day: str, allowed: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield what stands against publishing `articles` on `day`. What is `allowed` is only noted."""
    for article in articles:
        place = Place(article.source.name)
        embargo, status = article.source.embargo, article.source.status
        if is_withdrawn(article):
            yield _held(Code.WITHDRAWN, f"its provider has declared it {status}", place, allowed)
        if is_embargoed(article, day):
            yield _held(
                Code.EMBARGOED,
                f"it is embargoed until {embargo}, and the issue is of {day or 'no day'}",
                place,
                allowed,
            )
        elif embargo[:10] == day and len(embargo) > len(day):
            message = f"its embargo ends on the day of the issue, at {embargo[11:]}; hand nothing out before."
            yield Diagnostic(Code.RELEASE_NOTED, message, place)
        if article.source.usage:
            yield Diagnostic(Code.USAGE_TERMS, f"terms of use: {article.source.usage}", place)


def _held(code: Code, why: str, place: Place, allowed: tuple[str, ...]) -> Diagnostic:
    if code in allowed:
        return Diagnostic(Code.RELEASE_NOTED, f"{why}; it was published as --allow {code} says.", place)
    dated = " Give the issue its --date." if code is Code.EMBARGOED else ""
    return Diagnostic(code, f"{why}.", place, f"Leave it out, or say --allow {code}.{dated}")
