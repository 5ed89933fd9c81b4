"""The record of a run: its findings, each once, and what was done to every article, as one JSON document."""

from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version

import msgspec

from newsbook.diagnostics import Diagnostic, Exit, Severity
from newsbook.model import Article, EditorialChange, Omission, Repair, Reprint, Retrieval, Source


class Findings:
    """Collects findings, each once, and passes every new one on to `show`."""

    def __init__(self, show: Callable[[Diagnostic], None]) -> None:
        self._show = show
        self._seen: dict[Diagnostic, None] = {}

    def add(self, finding: Diagnostic) -> None:
        """Take a finding. One that was seen before is dropped."""
        if finding not in self._seen:
            self._seen[finding] = None
            self._show(finding)

    def all(self) -> tuple[Diagnostic, ...]:
        """Return the findings in the order in which they came."""
        return tuple(self._seen)

    def worst(self) -> Severity | None:
        """Return the highest severity among the findings, or None where there are none."""
        order = list(Severity)
        return max((finding.severity for finding in self._seen), key=order.index, default=None)


class FindingRecord(msgspec.Struct, frozen=True):
    """A finding in the record."""

    code: str
    severity: str
    message: str
    source: str
    line: int
    column: int
    hint: str


class ArticleRecord(msgspec.Struct, frozen=True):
    """An article in the record: what it is known by, and everything that was done to it."""

    source: str
    sha256: str
    encoding: str
    headline: str
    language: str
    url: str
    retrieved: str
    retrievals: tuple[Retrieval, ...]
    repairs: tuple[Repair, ...]
    omissions: tuple[Omission, ...]
    pages: tuple[Source, ...]
    reprints: tuple[Reprint, ...]
    changes: tuple[EditorialChange, ...]


class FileRecord(msgspec.Struct, frozen=True):
    """An input or output: its name without a folder, SHA-256 and size in bytes."""

    name: str
    sha256: str
    size: int


class Record(msgspec.Struct, frozen=True):
    """What `--report` writes.

    `version` changes when a field changes its meaning. `versions` are those of newsbook and of the libraries whose work
    shows in the outputs. `failure` is why nothing was written, or empty.
    """

    version: int
    versions: dict[str, str]
    exit: int
    failure: str
    inputs: tuple[FileRecord, ...]
    outputs: tuple[FileRecord, ...]
    findings: tuple[FindingRecord, ...]
    articles: tuple[ArticleRecord, ...]


def record(  # noqa: PLR0913 - a run's every side is on record.
    *,
    code: Exit,
    failure: str,
    inputs: Iterable[FileRecord],
    outputs: Iterable[FileRecord],
    findings: Findings,
    articles: Iterable[Article],
) -> bytes:
    """Return the record of a run as indented UTF-8 JSON."""
    document = Record(
        version=1,
        versions={name: installed_version(name) for name in ("newsbook", "weasyprint", "ebooklib", "lxml", "pillow")},
        exit=code.value,
        failure=_encodable(failure),
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        findings=tuple(_finding(finding) for finding in findings.all()),
        articles=tuple(_story(article) for article in articles),
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def installed_version(distribution: str) -> str:
    """Return the version of an installed distribution, or a question mark where it is not installed as one."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "?"


def tools(*libraries: str) -> str:
    """Return the programs behind an edition with their versions, for its colophon."""
    names = {"newsbook": "newsbook", "weasyprint": "WeasyPrint", "ebooklib": "EbookLib"}
    return " · ".join(f"{names[name]} {installed_version(name)}" for name in ("newsbook", *libraries))


def _finding(finding: Diagnostic) -> FindingRecord:
    where = finding.where
    message, source, hint = map(_encodable, (finding.message, where.source, finding.hint))
    return FindingRecord(finding.code, finding.severity, message, source, where.line, where.column, hint)


def _encodable(text: str) -> str:
    """Return a text with escapes for what JSON cannot hold: bytes of a name that are no UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _story(article: Article) -> ArticleRecord:
    source = article.source
    return ArticleRecord(
        source.name,
        source.sha256,
        source.encoding,
        article.headline,
        article.language,
        source.url,
        source.retrieved,
        source.retrievals,
        source.repairs,
        source.omissions,
        source.pages,
        source.reprints,
        source.changes,
    )
