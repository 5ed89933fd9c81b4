"""What was read and does not stand in the issue: held, left out, or another copy; who says so, and where."""

from collections.abc import Iterable, Iterator
from functools import reduce

from newsbook.diagnostics import Code, Diagnostic
from newsbook.intake import take_in
from newsbook.model import Article
from newsbook.preview.snapshot import ShownAside
from newsbook.preview.sources import Sources
from newsbook.project import amended, fits
from newsbook.workplace import Workplace

_WHY = {
    Code.ARTICLE_HELD: "held",
    Code.ARTICLE_LEFT_OUT: "left-out",
    Code.DUPLICATE_LEFT_OUT: "duplicate",
    Code.ARTICLE_UNUSABLE: "unusable",
}


def set_aside(findings: Iterable[Diagnostic], sources: Sources, work: Workplace) -> tuple[ShownAside, ...]:
    """Return what findings say does not stand in the issue, in their order."""
    found = {(each.where.source, each.code): each for each in findings if each.code in _WHY and each.where.source}
    return tuple(_shown(finding, sources, work) for finding in found.values())


def entries_aside(name: str, sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield each entry of the issue file that holds an article or leaves it out: what it means, and its place."""
    for at, each in enumerate(sources.project.articles):
        if fits(each.of, name) and (each.hold or each.leave_out):
            key = f"articles[{at}].{'hold' if each.hold else 'leave_out'}"
            yield each.of, str(sources.draft.origin(key) or "")


def _shown(finding: Diagnostic, sources: Sources, work: Workplace) -> ShownAside:
    name, why = finding.where.source, _WHY[finding.code]
    if why not in {"held", "left-out"}:
        return ShownAside(name, "", "", why, finding.message)
    article = _read_again(name, sources, work)
    entries = tuple(entries_aside(name, sources))
    return ShownAside(
        name,
        article.headline if article else "",
        article.language if article else "",
        why,
        ", ".join(dict.fromkeys(place for _, place in entries)),
        comes_back=all(of == name for of, _ in entries),
    )


def _read_again(name: str, sources: Sources, work: Workplace) -> Article | None:
    """Return an article as the issue file has it; None where it did not come as a file. Reading is looked up."""
    item = sources.named(name)
    if item is None or item.path is None or item.url:
        return None
    stories = take_in((item,), sources.project, work).stories
    found = next((story.article for story in stories if story.article.source.name == name), None)
    meant = (each for each in sources.project.articles if fits(each.of, name))
    return found and reduce(amended, meant, found)
