"""Stories that the page engine dies of, or takes too long or too much memory for: found, and replaced by a notice."""

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from msgspec.structs import replace

from newsbook.assets import styles
from newsbook.binding import notice_for
from newsbook.diagnostics import Code, Diagnostic, Exit, NewsbookError, Place, UsageError
from newsbook.jobs import Failed, Outcome, culprits
from newsbook.jobs.job import unforeseen
from newsbook.model import Article, Issue
from newsbook.model.walk import strings
from newsbook.workplace import Workplace

Set: TypeAlias = Callable[[Issue, Workplace], Outcome[str]]
"""Sets an issue, and returns the hash of what was made, or how that failed."""


def set_without_culprits(issue: Issue, set_it: Set, work: Workplace, what: str) -> str:
    """Return the hash of what `set_it` makes of an issue; `what` that is, for findings.

    Where it is lost, the stories at fault are found by bisection, each a finding, and notices set in their place.
    Raises the failure where no story is at fault by itself, or every one is.
    """
    outcome = _attempt(issue, set_it, work)
    lost: dict[int, Failed] = {}
    while isinstance(outcome, Failed) and outcome.is_lost:
        left = tuple(number for number in range(len(issue.articles)) if number not in lost)
        found = _lost_articles(issue, left, set_it, work)
        if not found or len(found) == len(left):
            break
        for number, failed in found.items():
            work.report(_finding(issue.articles[number], failed, what))
        lost |= found
        outcome = _attempt(_noticed(issue, lost), set_it, work)
        if isinstance(outcome, Failed) and outcome.is_lost:  # A headline may be what the engine dies of.
            outcome = _attempt(_noticed(issue, lost, is_bare=True), set_it, work)
    if isinstance(outcome, Failed):
        raise outcome.error()
    return outcome.value


def _noticed(issue: Issue, lost: Container[int], *, is_bare: bool = False) -> Issue:
    """Return an issue with notices in the places of articles."""
    articles = (
        notice_for(each, is_bare=is_bare) if number in lost else each for number, each in enumerate(issue.articles)
    )
    return replace(issue, articles=tuple(articles))


def _lost_articles(issue: Issue, left: tuple[int, ...], set_it: Set, work: Workplace) -> dict[int, Failed]:
    """Return the numbers of those articles of `left` that cannot be set even alone, and how each failed.

    Nothing is reported. A story that is longer than all others together is tried first, and alone.
    """
    failures: dict[int, Failed] = {}
    silent = replace(work, report=lambda _finding: None)

    def fails(numbers: tuple[int, ...]) -> bool:
        some = tuple(issue.articles[number] for number in numbers)
        outcome = _attempt(replace(issue, articles=some), set_it, silent)
        if not (isinstance(outcome, Failed) and outcome.is_lost):
            return False
        failures[numbers[0]] = outcome
        return True

    lengths = {number: sum(map(len, strings(issue.articles[number]))) for number in left}
    longest = max(left, key=lambda number: lengths[number])
    if len(left) > 1 and 2 * lengths[longest] > sum(lengths.values()) and fails((longest,)):
        return failures
    found = culprits(left, fails)
    return {number: failures[number] for number in found if number in failures}


def _attempt(issue: Issue, set_it: Set, work: Workplace) -> Outcome[str]:
    """Set an issue. What is raised on the way to the engine is a failure of the issue, too."""
    try:
        return set_it(issue, work)
    except NewsbookError:
        raise
    except Exception as error:  # noqa: BLE001 - one story must not take the issue down.
        return unforeseen(issue.nameplate, error)


def _finding(article: Article, failed: Failed, what: str) -> Diagnostic:
    why = failed.message.removeprefix(failed.name).strip()
    message = f"{what} {why}"
    hint = "A notice stands in the story's place; give more with --memory, --cpu or --wall, or leave it out."
    return Diagnostic(Code.STORY_NOT_SET, message, Place(article.source.name or article.headline[:60]), hint)


@contextmanager
def blaming(style: str) -> Iterator[None]:
    """Lay it to a style of the user's where the engine fails at what it asks for. Raises `UsageError` then."""
    try:
        yield
    except NewsbookError as error:
        if error.exit is Exit.INTERNAL and style not in styles():
            what = f"{error}".rpartition("internal error: ")[2].rstrip(".")
            hint = "take rules out of its sheets until it can, those of sizes, positions and displays first"
            raise UsageError(f"the style {style} asks for what the page engine cannot set ({what}); {hint}.") from error
        raise
