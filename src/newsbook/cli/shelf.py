"""What `newsbook epub` makes of its inputs: one e-book, a volume of many issues or months, or one for each article."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from newsbook.cli.run import Run
from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place, UsageError
from newsbook.ebooks import Ebook, bind, by_month, make_epub, make_lone, make_volume
from newsbook.model import FORBIDDEN, Article, Issue
from newsbook.pipeline import Story, gather

# A file name takes 255 bytes on the file systems in use; the number and the suffix have their share of them.
_LONGEST_NAME = 200
_NOT_IN_NAMES = str.maketrans("", "", '\\/:*?"<>|')

Gathered: TypeAlias = tuple[tuple[Issue, ...], tuple[Story, ...]]


def make_ebooks(work: Run, collection: str, book: Ebook) -> None:
    """Read, gather, make what `collection` asks for, write it, and leave the record last.

    `collection` is `volume`, `months`, `individual`, or empty for one issue.
    """
    is_folder = collection == "individual"
    target = work.target("-articles" if is_folder else ".epub", is_folder=is_folder)
    _demand_sense(collection, book, target)
    with tempfile.TemporaryDirectory(prefix="newsbook-") as name:
        workshop = Path(name)
        issues, stories = _issues(work) if collection == "volume" else _issue(work)
        with work.terminal.progress("making up"):
            products = tuple(_PRODUCTS[collection](work, issues, book, target, workshop))
        work.deliver(target, products, stories)


def _demand_sense(collection: str, book: Ebook, target: Path) -> None:
    """Raise `UsageError` where the options of an e-book contradict each other."""
    if collection and book.pages:
        raise UsageError("--pages is for one issue, which its PDF was made of; leave it out.")
    if target.resolve() in {Path(name).resolve() for name in (book.cover, book.pages) if name}:
        raise UsageError(f"{target.name} is read for the e-book; name another file with -o.")


def _issue(work: Run) -> Gathered:
    frame, stories = work.read(work.call.inputs)
    return (gather(frame, stories, work.call.options, work.store, work.add),), stories


def _issues(work: Run) -> Gathered:
    """Return the issues that the inputs are; one that cannot be used is a finding where there are others."""
    options = replace(work.call.options, number="", date="")
    issues: list[Issue] = []
    stories: tuple[Story, ...] = ()
    for name in work.call.inputs:
        try:
            frame, own = work.read((name,))
        except (InputError, LimitError) as error:
            work.add(Diagnostic(Code.ARTICLE_UNUSABLE, str(error), Place(Path(name).name), "The volume lacks it."))
            continue
        issues.append(gather(frame, own, options, work.store, work.add))
        stories += own
    if not issues:
        raise InputError("there is no issue in what was given; name folders of text pages, or newsbook's JSON.")
    return tuple(issues), stories


def _one(
    work: Run, issues: tuple[Issue, ...], book: Ebook, target: Path, workshop: Path
) -> Iterator[tuple[Path, Path]]:
    made = workshop / "made.epub"
    with made.open("w+b") as file:
        make_epub(issues[0], book, file, work.store, work.add)
    yield target, made


def _months(
    work: Run, issues: tuple[Issue, ...], book: Ebook, target: Path, workshop: Path
) -> Iterator[tuple[Path, Path]]:
    made = workshop / "made.epub"
    with made.open("w+b") as file:
        make_volume(by_month(issues[0]), book, file, work.store, work.add)
    yield target, made


def _volume(
    work: Run, issues: tuple[Issue, ...], book: Ebook, target: Path, workshop: Path
) -> Iterator[tuple[Path, Path]]:
    made = workshop / "made.epub"
    said = work.call.options
    frame = Issue(said.nameplate, (), said.language, said.number, said.date, said.publisher, said.rights)
    with made.open("w+b") as file:
        make_volume(bind(issues, frame), book, file, work.store, work.add)
    yield target, made


def _individual(
    work: Run, issues: tuple[Issue, ...], book: Ebook, target: Path, workshop: Path
) -> Iterator[tuple[Path, Path]]:
    """Yield an e-book for every article, called by its number and headline."""
    (issue,) = issues
    for number, article in enumerate(issue.articles, 1):
        made = workshop / f"made-{number}.epub"
        with made.open("w+b") as file:
            make_lone(issue, number, book, file, work.store, work.add)
        yield target / _name(number, article, len(issue.articles)), made


def _name(number: int, article: Article, count: int) -> str:
    """Return the file name of an article's e-book, fit for any file system."""
    plain = FORBIDDEN.sub("", article.headline or Path(article.source.name).stem).translate(_NOT_IN_NAMES)
    words = plain.encode("utf-8", "ignore")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"{number:0{len(str(count))}d} {words}".strip() + ".epub"


_PRODUCTS = {"": _one, "months": _months, "volume": _volume, "individual": _individual}
