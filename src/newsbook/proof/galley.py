"""A galley: one article's part of the proof sheet, everything that a person compares and decides on."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy, Figure, Omission
from newsbook.model.walk import plain
from newsbook.places import Position, in_page, in_text
from newsbook.proof.changes import Change, LinePart, changes_of, parts_of
from newsbook.proof.fields import FoundField, body_texts, fields_of
from newsbook.replay import by_line, in_order


class Pull(Struct, frozen=True):
    """A page on its way: as it was received, as the program mended it, and as a person's decisions left it.

    `decisions` names the file beside the page that keeps the decisions. It is empty where no file can lie there.
    """

    received: Copy
    mended: Copy
    ruled: Copy
    decisions: str


class Row(Struct, frozen=True):
    """A line of text. `left_out` says what kind of thing it is, if it is no part of the story.

    `number` is its own. `line` is the line of the raw page that it begins in, which differs where the page has markup.
    """

    number: int
    line: int
    parts: tuple[LinePart, ...]
    left_out: str

    @property
    def is_changed(self) -> bool:
        """Tell whether anything of the line was repaired, or might have been."""
        return any(part.change for part in self.parts)


class Doubt(Struct, frozen=True):
    """A doubtful change with the text to its left and right, as it was received and as it is now."""

    change: Change
    raw_left: str
    raw_right: str
    left: str
    right: str


class Plate(Struct, frozen=True):
    """A figure: its picture as a data URI, or empty, and its cutline."""

    picture: str
    caption: str
    credit: str
    alt: str


class LeftOut(Struct, frozen=True):
    """Something left out, numbered. `before` is the raw text from its column to the end of the line.

    `row` is the line of text that it is from. What the reader of the page left out has no row, and cannot be kept.
    """

    number: int
    row: int
    omission: Omission
    before: str
    kept: bool


class Remark(Struct, frozen=True):
    """A finding, and the row that it is about, 0 for none."""

    finding: Diagnostic
    row: int


class Galley(Struct, frozen=True):
    """One article's part of the sheet. `name` is its anchor. `data` is for the script of the page, as JSON."""

    name: str
    article: Article
    decisions: str
    fields: tuple[FoundField, ...]
    counts: tuple[tuple[str, int], ...]
    doubts: tuple[Doubt, ...]
    rows: tuple[Row, ...]
    texts: tuple[str, ...]
    plates: tuple[Plate, ...]
    changes: tuple[Change, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[Remark, ...]
    data: str

    @property
    def open(self) -> int:
        """How many doubts wait for a person."""
        return sum(doubt.change.is_open for doubt in self.doubts)


# What the galley shows in a place of its own.
_SHOWN = frozenset(
    {Code.REPAIRED, Code.REPAIR_DOUBTFUL, Code.CHROME_LEFT_OUT, Code.LINK_FARM_LEFT_OUT, Code.PICTURE_NOT_SUPPLIED}
)
_CONTEXT = 24


def pull_galley(
    name: str, article: Article, pull: Pull | None, pictures: Mapping[str, str], findings: Iterable[Diagnostic]
) -> Galley:
    """Return the galley of an article. `pictures` are data URIs by the name that a figure's `image` has.

    An article of newsbook's own JSON has no `pull`. Its galley has text and record, and nothing to decide.
    """
    record = pull.ruled.source.repairs if pull else article.source.repairs
    changes = changes_of(
        pull.mended.source.repairs if pull else (), record, in_page(pull.received) if pull else Position
    )
    rows = tuple(_rows(pull, article, changes)) if pull else ()
    left_out = tuple(_left_out(article, pull))
    decisions = pull.decisions if pull else ""
    return Galley(
        name=name,
        article=article,
        decisions=decisions,
        fields=fields_of(article),
        counts=tuple(Counter(change.kind for change in changes if not change.doubtful).most_common()),
        doubts=tuple(_doubts(rows)),
        rows=rows,
        texts=() if pull else body_texts(article),
        plates=tuple(_plates(article, pictures)),
        changes=changes,
        left_out=left_out,
        remarks=tuple(_remarks(article, pull, rows, findings)),
        data=_data(article, decisions, changes, left_out),
    )


def _belongs(finding: Diagnostic, article: Article) -> bool:
    return finding.where.source == article.source.name and finding.code not in _SHOWN


def _remarks(
    article: Article, pull: Pull | None, rows: tuple[Row, ...], findings: Iterable[Diagnostic]
) -> Iterator[Remark]:
    numbers = {row.number for row in rows}
    find = in_text(pull.received) if pull else Position
    for finding in findings:
        if _belongs(finding, article):
            row = find(finding.where.line, finding.where.column or 1).line
            yield Remark(finding, row if row in numbers else 0)


def _rows(pull: Pull, article: Article, changes: tuple[Change, ...]) -> Iterator[Row]:
    """Yield a row for every line with ink on it."""
    place, find = in_page(pull.received), in_text(pull.received)
    entries = in_order(pull.ruled.source.repairs)
    by_place = {(entry.line, entry.column): change for entry, change in zip(entries, changes, strict=True)}
    kinds = {find(omission.line, omission.column).line: omission.kind for omission in article.source.omissions}
    record = by_line(entries)
    for line in pull.received.lines:
        if line.text.strip():
            parts = tuple(parts_of(line, tuple(record.get(line.number, ())), by_place))
            yield Row(line.number, place(line.number, 1).line, parts, kinds.get(line.number, ""))


def _doubts(rows: tuple[Row, ...]) -> Iterator[Doubt]:
    for row in rows:
        for place, part in enumerate(row.parts):
            if part.change and part.change.doubtful:
                before, behind = row.parts[:place], row.parts[place + 1 :]
                yield Doubt(
                    part.change,
                    "".join(each.before for each in before)[-_CONTEXT:].lstrip(),
                    "".join(each.before for each in behind)[:_CONTEXT].rstrip(),
                    "".join(each.now for each in before)[-_CONTEXT:].lstrip(),
                    "".join(each.now for each in behind)[:_CONTEXT].rstrip(),
                )


def _plates(article: Article, pictures: Mapping[str, str]) -> Iterator[Plate]:
    for block in article.body:
        if isinstance(block, Figure):
            yield Plate(pictures.get(block.image, ""), plain(block.caption), block.credit, block.alt)


def _left_out(article: Article, pull: Pull | None) -> Iterator[LeftOut]:
    """Yield what was left out and what would have been, had a person not kept it."""
    kept = tuple(_kept(pull)) if pull else ()
    find = in_text(pull.received) if pull else Position
    lines = {line.number: line.text for line in pull.received.lines} if pull else {}
    both = sorted((*article.source.omissions, *kept), key=lambda omission: (omission.line, omission.column))
    for number, omission in enumerate(both):
        position = find(omission.line, omission.column)
        before = lines.get(position.line, "")[position.column - 1 :].rstrip()
        yield LeftOut(number, position.line if position.line in lines else 0, omission, before, omission in kept)


def _kept(pull: Pull) -> Iterator[Omission]:
    """Yield what a person keeps, by its place in the raw page."""
    place = in_page(pull.received)
    for omission in pull.ruled.kept:
        position = place(omission.line, omission.column)
        yield replace(omission, line=position.line, column=position.column)


def _data(article: Article, decisions: str, changes: tuple[Change, ...], left_out: tuple[LeftOut, ...]) -> str:
    """Return what the page's script needs to know, and to write a file of decisions with, as JSON in ASCII."""
    omissions = [
        {
            "line": item.omission.line,
            "column": item.omission.column,
            "before": item.before,
            "kind": item.omission.kind,
            "kept": item.kept,
        }
        for item in left_out
    ]
    page = {"page": article.source.name, "sha256": article.source.sha256, "file": decisions}
    return json.dumps({**page, "repairs": msgspec.to_builtins(changes), "omissions": omissions})
