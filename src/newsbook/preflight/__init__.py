"""Preflight: everything that can be known of an issue before it is printed, as a list with places and hints."""

from collections.abc import Iterable, Iterator
from itertools import chain

from newsbook.diagnostics import Code, Diagnostic, Place, Severity
from newsbook.model import Issue
from newsbook.preflight import dates, doubles, figures, heads, leftovers, links, marks, names, wordlist
from newsbook.preflight.allowances import with_allowances
from newsbook.preflight.figures import Impression
from newsbook.preflight.fixes import Fix, fixes, without
from newsbook.preflight.subjects import Fault, Subject, subject_of
from newsbook.preflight.wordlist import ListedWord, listed
from newsbook.project import Project
from newsbook.release import check_release
from newsbook.stories import Story

__all__ = [
    "Fault", "Fix", "Impression", "ListedWord", "asks", "fixes", "inspect", "listed", "stands", "without"
]  # fmt: skip

_EACH = (
    *marks.CHECKS, dates.impossible_days, dates.impossible_clocks, heads.empty_crossheads, heads.unlabelled,
    heads.differing_numbers, links.malformed_addresses, leftovers.leftovers,
)  # fmt: skip

# Notes that ask for a decision; the others say how reading went.
_ASKING = frozenset(
    {
        Code.ALT_TEXT_UNKNOWN, Code.ALLOWANCE_UNUSED, Code.BYLINE_MISSING, Code.DATE_MISSING, Code.HEADLINE_LONG,
        Code.METADATA_DISAGREES, Code.NUMBER_DIFFERS, Code.OUTLET_MISSING, Code.PICTURE_NOT_SUPPLIED,
        Code.PICTURE_UNUSED, Code.PICTURE_WITHOUT_CAPTION, Code.RELEASE_NOTED, Code.SCRIPT_MIXED,
        Code.SECTION_EMPTY, Code.USAGE_TERMS,
    }
)  # fmt: skip

# What a build says of itself and not of what is printed, and of releases, which are looked at here.
_HARDLY = frozenset({Code.SETTINGS_READ, Code.ENGINE_MESSAGE, Code.RELEASE_NOTED, Code.USAGE_TERMS})


def inspect(  # noqa: PLR0913, PLR0917 - an issue's every side.
    issue: Issue,
    stories: tuple[Story, ...],
    project: Project,
    prints: tuple[Impression, ...] = (),
    findings: Iterable[Diagnostic] = (),
    words: tuple[ListedWord, ...] = (),
    unused: Iterable[str] = (),
) -> tuple[Fault, ...]:
    """Return what is to be known of a bound issue before it is printed, in the order of its articles.

    `stories` are what its articles were made from, `prints` its pages, `findings` what was found on the way to them,
    `words` the user's own list, and `unused` the pictures beside the inputs that no article shows.
    """
    given = tuple(finding for finding in findings if finding.code not in _HARDLY)
    subjects = tuple(
        subject_of(article, story) for article, story in zip(issue.articles, stories, strict=True) if not story.lost
    )
    found = (*map(Fault, given), *_found(issue, subjects, project, prints, given, words), *map(_unused, unused))
    order = {subject.name: number for number, subject in enumerate(subjects)}
    allowed = with_allowances(dict.fromkeys(found), project.check.allow)
    return tuple(sorted(allowed, key=lambda one: (order.get(one.finding.where.source, -1), one.paragraph)))


def _found(  # noqa: PLR0913, PLR0917 - as above.
    issue: Issue,
    subjects: tuple[Subject, ...],
    project: Project,
    prints: tuple[Impression, ...],
    given: tuple[Diagnostic, ...],
    words: tuple[ListedWord, ...],
) -> Iterator[Fault]:
    inputs = frozenset(subject.name for subject in subjects)
    called = links.called(issue.articles)
    told = frozenset((finding.where.source, finding.code) for finding in given)
    for subject in subjects:
        yield from heads.heads(subject, project.check.longest_headline, told)
        yield from dates.disagreeing(subject, project.issue.date)
        yield from links.dead_links(subject, inputs)
        yield from links.dead_inner_links(subject, called)
        yield from chain.from_iterable(check(subject) for check in _EACH)
    yield from doubles.doubled_texts(subjects)
    yield from doubles.repeated_headlines(subjects)
    yield from doubles.repeated_pictures(issue, subjects)
    yield from figures.coarse_pictures(issue, subjects, prints, project.check.least_dpi)
    yield from names.varying(subjects)
    yield from wordlist.listed_words(subjects, words)
    articles = tuple(subject.article for subject in subjects)
    for finding in check_release(articles, issue.date, project.release.allow):
        yield Fault(finding)


def _unused(name: str) -> Fault:
    message = f"the picture {name} lies beside the inputs, and no article shows it."
    return Fault(Diagnostic(Code.PICTURE_UNUSED, message, Place(name), "Caption it, or take it away."))


def asks(fault: Fault) -> bool:
    """Tell whether a finding asks a person for a decision."""
    return fault.finding.severity is not Severity.NOTE or fault.finding.code in _ASKING


def stands(fault: Fault, *, strictly: bool = False) -> bool:
    """Tell whether a finding stands in the way of printing: a problem or a warning; strictly, a note that asks, too."""
    is_grave = asks(fault) if strictly else fault.finding.severity is not Severity.NOTE
    return is_grave and not fault.allowed
