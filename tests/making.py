"""Short ways to what a build does, for tests: inputs become stories and issues, issues become bytes."""

from pathlib import Path

from msgspec.structs import replace

from newsbook.binding import Bound, bind, bind_volume
from newsbook.diagnostics import Diagnostic, Report
from newsbook.inputs import Input, expand
from newsbook.intake import Intake, Wish, take_in
from newsbook.jobs import Serial
from newsbook.model import Article, Issue, Volume
from newsbook.native import dump
from newsbook.outputs import MAKERS
from newsbook.project import Facts, Output, Project
from newsbook.project.values import Profile
from newsbook.store import Store
from newsbook.workplace import Workplace
from stores import STORE


def quiet(finding: Diagnostic) -> None:
    """Take a finding, and do nothing with it."""


def workplace(report: Report = quiet, store: Store = STORE) -> Workplace:
    """Return a workplace in this process."""
    return Workplace(store, Serial(store), report)


def taken(inputs: tuple[str | Path | Input, ...], project: Project = Project(), report: Report = quiet) -> Intake:
    """Return what inputs, or names of them, become."""
    named = tuple(one for one in inputs if isinstance(one, Input))
    others = expand(tuple(str(one) for one in inputs if not isinstance(one, Input)), report)
    return take_in((*named, *others), project, workplace(report), wish=Wish(pulls=True))


def bound(inputs: tuple[str | Path | Input, ...], project: Project = Project(), report: Report = quiet) -> Bound:
    """Return the issue that inputs are bound into, and its stories."""
    got = taken(inputs, project, report)
    return Bound((bind(got.frame, got.stories, project, workplace(report)),), got.stories)


def made(subject: Issue | Bound, output: Output, report: Report = quiet) -> bytes:
    """Return the one file that an output is of an issue."""
    whole = subject if isinstance(subject, Bound) else Bound((subject,), ())
    complete = replace(output, style=output.style or "bulletin")
    (product,) = MAKERS[output.kind](whole, complete, workplace(report))
    return STORE.read(product.sha256)


def pdf_of(subject: Issue, style: str = "bulletin", profile: Profile = "plain", report: Report = quiet) -> bytes:
    """Return an issue as a PDF."""
    return made(subject, Output(kind="pdf", style=style, profile=profile), report)


def epub_of(subject: Issue | Volume, output: Output = Output(), report: Report = quiet) -> bytes:
    """Return an issue or a volume as an e-book."""
    complete = replace(output, kind="epub")
    if isinstance(subject, Issue):
        return made(subject, complete, report)
    facts = Facts(subject.nameplate, subject.number, subject.date, subject.publisher, subject.rights, subject.language)
    return made(Bound(subject.issues, (), facts), replace(complete, collection="volume"), report)


def lone(subject: Issue, number: int, output: Output = Output()) -> bytes:
    """Return an article of an issue as an e-book of its own."""
    complete = replace(output, kind="epub", style=output.style or "bulletin", collection="individual")
    products = tuple(MAKERS["epub"](Bound((subject,), ()), complete, workplace()))
    return STORE.read(products[number - 1].sha256)


__all__ = ["bind_volume", "bound", "epub_of", "lone", "made", "pdf_of", "quiet", "taken", "workplace"]


def read_back(folder: Path, article: Article) -> Article:
    """Return what is read of the e-book of an article, of which it has headline, body and language alone."""
    source = folder / "in.json"
    source.write_bytes(dump(Article(article.headline, article.body, language=article.language)))
    book = folder / "book.epub"
    book.write_bytes(made(bound((source,), Project(issue=Facts(date="2024-03-07"))), Output(kind="epub")))
    (story,) = taken((book,)).stories
    return story.article
